"""Comments on places of a version, their answers, and what became of the place since."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core.models import Administration, AuditEntry, Role
from hrplan.deliverables.models import Comment, DocumentVersion, Submission
from hrplan.deliverables.usecases import comments, files, outlines, passages, versions
from hrplan.documents.nodes import Table, leaves
from tests import make
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import sent_to_ministry
from tests.once import once

pytestmark = pytest.mark.whole

KIND = "hr-strategy"
ROOT = "/api/v1/customs/comments/"


def build() -> int:
    """The small administration with a version of its strategy, sent to the ministry."""
    owner = make.administration("customs")
    house(owner)
    (version,) = versions.freeze(owner, [KIND], by=None)
    sent_to_ministry(version)
    return version.pk


made_once = once(build)


@pytest.fixture
def version(made_once, db) -> DocumentVersion:
    return DocumentVersion.objects.select_related("administration").get(pk=made_once)


@pytest.fixture
def customs(version) -> Administration:
    return version.administration


@pytest.fixture
def remark(version, ruth) -> Comment:
    """A reviewer's on the first place of the version."""
    place = comments.places_of(version)[0]
    return comments.comment(version, anchor=place.anchor, text="Say who pays.", by=ruth)


def at(name: str, *keys: object) -> str:
    return reverse(f"deliverables:{name}", args=["customs", *keys])


def written(customs, alice, text: str) -> DocumentVersion:
    """Another version, with own words at the head of the first section."""
    place = outlines.outline(customs, KIND)[1]
    passages.write_passage(customs, KIND, place.key, text, by=alice)
    return versions.freeze(customs, [KIND], by=alice)[0]


def test_every_heading_passage_table_and_row_is_a_place_in_their_order(version):
    found = comments.places_of(version)

    assert found[0].words.startswith("1 ")
    assert any(place.words.startswith("Table 1. ") for place in found)
    assert {"heading", "paragraph", "item", "table", "row"} <= {place.kind for place in found}
    assert len({place.anchor for place in found}) == len(found)


def test_a_comment_keeps_what_its_place_was_called_and_is_on_record(remark, version):
    assert remark.place == comments.places_of(version)[0].words
    assert remark.is_from_ministry
    assert AuditEntry.objects.latest("pk").action == "comment"


@pytest.mark.parametrize(
    ("anchor", "text"), [("nowhere", "Words."), (None, "  "), (None, "x" * 4_001)], ids=str
)
def test_no_place_no_words_and_too_many_are_refused(version, ruth, anchor, text):
    anchor = anchor or comments.places_of(version)[0].anchor

    with pytest.raises(ValidationError):
        comments.comment(version, anchor=anchor, text=text, by=ruth)

    assert not Comment.objects.exists()


def test_who_does_not_read_the_version_does_not_comment_on_it(version, stan, mallory, ruth):
    place = comments.places_of(version)[0].anchor
    for member in (stan, mallory):
        with pytest.raises(PermissionDenied):
            comments.comment(version, anchor=place, text="No.", by=member)
    Submission.objects.get().sent.clear()
    with pytest.raises(PermissionDenied):
        comments.comment(version, anchor=place, text="Not sent yet.", by=ruth)


def test_a_comment_unanswered_or_among_the_house_makes_no_new_version(
    remark, version, alice, carol
):
    comments.answer(remark, outcome="noted", text="It stays.", by=alice)
    (before,) = versions.freeze(version.administration, [KIND], by=alice)
    anchor = comments.places_of(version)[1].anchor
    ours = comments.comment(version, anchor=anchor, text="Among us.", by=carol)
    comments.answer(ours, outcome="noted", text="So it is.", by=alice)
    Comment.objects.create(
        version=version, administration=version.administration, is_from_ministry=True, text="Why?"
    )
    (inside,) = versions.freeze(version.administration, [KIND], by=alice, internal=True)
    Comment.objects.create(
        version=inside, administration=version.administration, is_from_ministry=True, text="Why?",
        outcome="noted", answered_at=version.made_at,
    )  # fmt: skip

    (after,) = versions.freeze(version.administration, [KIND], by=alice)

    assert before.number == 2
    assert after == before


def test_the_ministry_reads_its_own_comments_and_none_of_the_house(remark, version, ruth, carol):
    place = comments.places_of(version)[1].anchor
    ours = comments.comment(version, anchor=place, text="Among us.", by=carol)

    assert set(Comment.objects.visible_to(carol)) == {remark, ours}
    assert set(Comment.objects.visible_to(ruth)) == {remark}


def test_hr_answers_but_not_what_it_remarked_itself_and_gives_words_unless_it_agrees(
    remark, version, alice, carol, ruth
):
    own = comments.comment(version, anchor=remark.anchor, text="To check.", by=alice)
    for member, row in ((carol, remark), (ruth, remark), (alice, own)):
        with pytest.raises(PermissionDenied):
            comments.answer(row, outcome="accepted", text="", by=member)
    for outcome, text in (("refused", " "), ("", "Words."), ("other", "Words.")):
        with pytest.raises(ValidationError):
            comments.answer(remark, outcome=outcome, text=text, by=alice)

    done = comments.answer(remark, outcome="accepted", text="", by=alice)

    assert (done.outcome, done.answered_by) == ("accepted", alice)


def test_a_comment_is_taken_back_by_its_author_until_it_is_answered(remark, alice, ruth):
    with pytest.raises(PermissionDenied):
        comments.withdraw(remark, by=alice)
    comments.answer(remark, outcome="noted", text="Later.", by=alice)
    with pytest.raises(PermissionDenied):
        comments.withdraw(remark, by=ruth)
    Comment.objects.update(outcome="", answered_at=None)

    comments.withdraw(remark, by=ruth)

    assert not Comment.objects.exists()


def test_the_matrix_says_in_which_version_a_place_reads_otherwise(version, customs, alice, ruth):
    places = {place.words: place.anchor for place in comments.places_of(version)}
    summary = next(anchor for words, anchor in places.items() if "summary" in words.lower())
    table = next(anchor for words, anchor in places.items() if words.startswith("Table 1. "))
    other = next(anchor for words, anchor in places.items() if words.endswith("Glossary"))
    for anchor in (summary, other, table):
        comments.comment(version, anchor=anchor, text="Why?", by=ruth)

    written(customs, alice, "Officers are heard first.")

    found = {
        one.anchor: one.became.changed_in for one in comments.responses(customs, KIND, by=alice)
    }
    assert (found[summary], found[other]) == (2, 0)


def test_the_matrix_follows_a_paragraph_behind_a_new_one_and_tells_its_new_words(
    version, customs, alice, as_
):
    first = written(customs, alice, "Officers are heard first.\n\nStations are asked twice a year.")
    said = {place.said: place.anchor for place in comments.places_of(first)}
    for words in ("Officers are heard first.", "Stations are asked twice a year."):
        comments.comment(first, anchor=said[words], text=words, by=alice)

    written(
        customs, alice,
        "New.\n\nOfficers are heard first.\n\nStations are asked three times a year.",
    )  # fmt: skip

    found = {one.text: one.became for one in comments.responses(customs, KIND, by=alice)}
    page = as_(alice).get(at("responses", KIND)).content.decode()
    assert not found["Officers are heard first."].changed_in
    assert found["Stations are asked twice a year."].now == "Stations are asked three times a year."
    assert "Stations are asked <del>twice</del><ins>three times</ins> a year." in page
    listed = as_(alice).get(at("responses", KIND), {"format": "csv"}).getvalue().decode()
    assert "reads otherwise since version 3: “Stations are asked three times a year.”" in listed


def test_the_places_of_a_version_are_laid_out_once(version, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    first = comments.places_of(version)
    monkeypatch.setattr(files, "document_of", None)

    assert comments.places_of(version) == first
    assert list(tmp_path.rglob(f"{version.digest}.*"))


def test_the_preview_has_a_way_to_comment_at_each_place_and_shows_what_was_said_there(
    version, as_, alice, ruth
):
    row = next(place for place in comments.places_of(version) if place.kind == "row")
    comments.comment(version, anchor=row.anchor, text="Who <pays>?", by=ruth)
    Comment.objects.create(administration=version.administration, version=version, text="Lost.")

    quiet = as_(alice).get(f"{version.get_absolute_url()}?preview=1").content.decode()
    page = as_(alice).get(f"{version.get_absolute_url()}?preview=1&say=1").content.decode()

    address = at("comments", version.pk)
    assert f'href="{address}?at=' not in quiet  # a thousand stops of the tab key
    assert "Who &lt;pays&gt;?" in quiet
    for place in comments.places_of(version):
        assert f'href="{address}?at={place.anchor}"' in page
        assert page.count(f'id="{place.anchor}"') == 1
    assert "1 comment<" in page
    assert "Who &lt;pays&gt;?" in page
    assert "1 comment stands at none of the places below." in page


def test_the_ministry_sees_at_the_places_only_its_own_comments(version, as_, alice, ruth):
    place = next(one for one in comments.places_of(version) if one.kind == "paragraph")
    comments.comment(version, anchor=place.anchor, text="Among us.", by=alice)

    page = as_(ruth).get(f"{version.get_absolute_url()}?preview=1").content.decode()

    assert "Among us." not in page


def test_a_comment_on_a_chosen_place_leads_back_to_it(version, as_, ruth):
    row = next(place for place in comments.places_of(version) if place.kind == "row")
    address = f"{at('comments', version.pk)}?at={row.anchor}"

    form = as_(ruth).get(address).content.decode()
    done = as_(ruth).post(address, {"anchor": row.anchor, "text": "Why?"})

    assert f'<option value="{row.anchor}" selected>' in form
    assert done.url == f"{version.get_absolute_url()}#{row.anchor}"
    assert Comment.objects.get().place == row.words


def test_rest_lists_the_places_of_a_version(version, as_, ruth, stan):
    address = f"/api/v1/customs/versions/{version.pk}/places/"

    found = as_(ruth).get(address).json()

    assert [one["anchor"] for one in found] == [one.anchor for one in comments.places_of(version)]
    assert as_(stan).get(address).status_code == 403


def test_the_next_version_prints_what_the_ministry_said_and_was_answered_and_names_nobody(
    remark, version, customs, alice, carol, ruth
):
    comments.comment(version, anchor=remark.anchor, text="Among us.", by=carol)
    comments.comment(version, anchor=remark.anchor, text="Not answered yet.", by=ruth)
    comments.answer(remark, outcome="partly", text="From next year on.", by=alice)

    (second,) = versions.freeze(customs, [KIND], by=alice)

    tables = [one for one in leaves(files.document_of(second).sections) if isinstance(one, Table)]
    (annex,) = [one for one in tables if one.key == "responses"]
    assert [row[1:3] for row in annex.rows] == [
        ("Say who pays.", "Accepted in part: From next year on.")
    ]
    assert "ruth" not in second.tree
    assert versions.freeze(customs, [KIND], by=alice)[0].pk == second.pk


def test_the_pages_take_a_comment_show_it_and_answer_it(version, as_, alice, ruth):
    place = comments.places_of(version)[0]
    ministry, office = as_(ruth), as_(alice)

    empty = ministry.post(at("comments", version.pk), {"anchor": place.anchor, "text": ""})
    ministry.post(at("comments", version.pk), {"anchor": place.anchor, "text": "Who pays?"})
    row = Comment.objects.get()
    refused = office.post(at("answer", row.pk), {"outcome": "refused", "text": ""})
    office.post(at("answer", row.pk), {"outcome": "refused", "text": "It is in annex C."})
    page = ministry.get(at("responses", KIND)).content.decode()
    back = ministry.post(at("withdraw", row.pk))

    assert (empty.status_code, refused.status_code, back.status_code) == (200, 200, 403)
    assert "Who pays?" in page
    assert "Not accepted: It is in annex C." in page
    assert "reads as it did" in page
    for name in ("csv", "xlsx"):
        assert ministry.get(at("responses", KIND), {"format": name}).getvalue()
    assert ministry.get(at("answer", row.pk)).status_code == 403
    assert office.get(at("responses", "nothing")).status_code == 404


def test_the_matrix_offers_hr_an_answer_to_all_but_its_own_comments(version, remark, as_, alice):
    own = comments.comment(version, anchor=remark.anchor, text="To check.", by=alice)

    page = as_(alice).get(at("responses", KIND)).content.decode()

    assert at("answer", remark.pk) in page
    assert at("answer", own.pk) not in page


def test_rest_comments_lists_answers_and_takes_back(version, as_, alice, ruth):
    ministry, office = as_(ruth), as_(alice)
    json = {"content_type": "application/json"}
    said = {"version": version.pk, "anchor": comments.places_of(version)[0].anchor, "text": "Why?"}

    made = ministry.post(ROOT, said, **json).json()
    mine = ministry.get(ROOT, {"version": version.pk}).json()["results"]
    nothing = ministry.get(ROOT, {"version": "x"})
    answered = office.post(f"{ROOT}{made['id']}/answer/", {"outcome": "accepted"}, **json)
    late = ministry.delete(f"{ROOT}{made['id']}/")

    assert [one["text"] for one in mine] == ["Why?"]
    assert (nothing.status_code, answered.status_code, late.status_code) == (404, 200, 403)
    assert answered.json()["outcome"] == "accepted"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FACILITATOR, Role.HEAD], ids=str)
def test_whoever_reads_documents_comments_on_them(version, customs, role):
    member = make.member(customs, role, "someone")

    made = comments.comment(
        version, anchor=comments.places_of(version)[0].anchor, text="Fine.", by=member
    )

    assert not made.is_from_ministry


def test_a_version_prints_what_it_changes_itself_and_nothing_new_makes_no_other(
    customs, alice, ruth
):
    first = written(customs, alice, "Our first words.")
    Submission.objects.get().sent.add(first)
    said = next(one for one in comments.places_of(first) if one.said == "Our first words.")
    row = comments.comment(first, anchor=said.anchor, text="Say it better.", by=ruth)
    comments.answer(row, outcome="accepted", text="", by=alice)

    second = written(customs, alice, "Our first words, said better.")
    (again,) = versions.freeze(customs, [KIND], by=alice)

    assert f"reads otherwise since version {second.number}" in second.tree
    assert again == second
