"""Outlines and own texts: one's own order, live figures, and texts whose figures have moved."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from competencies.models import StaffMember
from hrplan.core.models import AuditEntry
from hrplan.deliverables.contents.documents import KINDS, PARTS
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.live_figures import BY_NAME, FIGURES, read_all, written
from hrplan.deliverables.models import FigureReading, Narrative, SectionPlace
from hrplan.deliverables.usecases import checks, documents, outlines, passages, versions
from hrplan.deliverables.usecases.drafts import draft_document
from hrplan.demonstration.documents import narratives
from hrplan.documents import markup
from hrplan.documents.nodes import Bullets, Paragraph, plain
from tests import make
from tests.deliverables.make_deliverables import house

pytestmark = pytest.mark.whole

PLAN, STRATEGY = "hr-development-plan", "hr-strategy"
TEXT = "**{strength}** people serve; {not_assessed} ratings are open."


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def furnished(customs):
    return house(customs)


def keys(document):
    return [section.key for section in document.sections]


def section(document, key):
    return next(one for one in document.sections if one.key == key)


def actions():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


# --- The outline ---------------------------------------------------------------------------------


def test_sections_stand_in_the_order_that_the_administration_gave_them(customs, furnished, alice):
    outlines.move_section(customs, PLAN, "framework", "up", by=alice)
    outlines.move_section(customs, PLAN, "framework", "up", by=alice)

    assert keys(draft_document(customs, PLAN))[:3] == ["framework", "scope", "strategy-link"]
    assert [place.key for place in outlines.outline(customs, PLAN)][0] == "framework"
    assert keys(draft_document(customs, STRATEGY))[0] == "summary"
    assert actions() == ["move section", "move section"]


def test_an_annex_moves_among_the_annexes_only(customs, alice):
    before = [place.key for place in outlines.outline(customs, PLAN)]

    outlines.move_section(customs, PLAN, "individual-plan", "up", by=alice)
    outlines.move_section(customs, PLAN, "plan-risks", "down", by=alice)
    outlines.move_section(customs, PLAN, "costing", "up", by=alice)

    after = [place.key for place in outlines.outline(customs, PLAN)]
    assert after[:-2] == before[:-2]
    assert after[-2:] == ["costing", "catalogue"]


def test_a_section_that_is_off_is_named_in_the_annex_apart_and_keeps_its_text(
    customs, furnished, alice
):
    passages.write_passage(customs, PLAN, "gaps", "As follows.", by=alice)

    outlines.turn_section(customs, PLAN, "gaps", is_on=False, by=alice)

    draft = draft_document(customs, PLAN)
    first, no_data, second, by_choice = section(draft, "left-out").blocks
    assert "gaps" not in keys(draft)
    assert "no data" in first.text
    assert "External assistance" in no_data.items
    assert "by the administration" in second.text
    assert by_choice == Bullets(("Gap analysis",))
    outlines.turn_section(customs, PLAN, "gaps", is_on=True, by=alice)
    assert section(draft_document(customs, PLAN), "gaps").blocks[0] == Paragraph("As follows.")
    assert actions()[-2:] == ["leave out section", "print section"]


@pytest.mark.parametrize(
    ("kind", "key", "words"),
    [
        ("hr-strategy", "decisions", "what it is asked to decide"),
        ("hr-strategy", "costs", "what it costs"),
        ("hr-development-plan", "budget", "what it costs"),
        ("training-calendar", "session-list", "what is held when"),
        ("training-calendar", "consistency", "ends each document"),
    ],
)
def test_what_a_ministry_needs_to_decide_cannot_be_left_out(customs, alice, kind, key, words):
    with pytest.raises(ValidationError, match=words):
        outlines.turn_section(customs, kind, key, is_on=False, by=alice)

    assert not SectionPlace.objects.exists()


def test_a_row_that_came_otherwise_takes_no_needed_section_away(customs, furnished):
    SectionPlace.objects.create(
        administration=customs, kind=PLAN, section="budget", position=0, is_on=False
    )

    assert "plan-budget" in keys(draft_document(customs, PLAN))


def test_each_annex_of_the_documents_is_an_annex_of_the_outline(customs, furnished):
    evidence = Evidence(customs)
    for kind in KINDS:
        for part in PARTS[kind]:
            made = part.make(evidence)
            assert made is None or made.annex == part.annex, part.key


def test_only_the_hr_officer_of_the_house_arranges_and_writes(customs, alice, carol, mallory):
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            outlines.move_section(customs, PLAN, "gaps", "up", by=member)
        with pytest.raises(PermissionDenied):
            outlines.turn_section(customs, PLAN, "gaps", is_on=False, by=member)
        with pytest.raises(PermissionDenied):
            passages.confirm_passage(customs, PLAN, "gaps", by=member)


# --- Figures -------------------------------------------------------------------------------------


def test_every_figure_is_known_by_one_name_and_has_a_value_where_there_are_data(customs, furnished):
    values = read_all(Evidence(customs))

    assert len(BY_NAME) == len(FIGURES) >= 15
    assert values["strength"] == 2
    assert values["posts"] is None  # none is on record
    assert values["maturity"] is None  # there was no diagnostic
    assert (values["strategy_cost"], values["plan_cost"]) == (1500, 1500)
    assert values["sessions"] == 2
    assert (values["calendar_start"], values["calendar_end"]) == ("2016-02-15", "2017-02-14")
    assert values["gap_index"] == pytest.approx(0.6)


def test_an_administration_without_data_knows_no_figure_and_prints_no_zero(customs):
    values = read_all(Evidence(customs))

    shown = {written(BY_NAME[name], value, "USD") for name, value in values.items()}
    assert shown == {"not known"}


def test_figures_are_written_as_what_they_are(customs):
    for name, value, words in (
        ("strength", 1200, "1,200"),
        ("gap_index", 0.27, "27 %"),
        ("vacancy_rate", 0.063, "6.3 %"),
        ("plan_cost", 1500, "USD 1,500"),
        ("maturity", 2.4, "2.4"),
        ("calendar_start", "2016-02-15", "15 February 2016"),
        ("plan_cost", None, "not known"),
    ):
        assert written(BY_NAME[name], value, "USD") == words


def test_a_document_prints_the_figures_of_its_day_in_bold_and_lists(customs, furnished, alice):
    text = f"{TEXT}\n\n- the plan costs {{plan_cost}}\n- maturity: {{maturity}}"
    passages.write_passage(customs, PLAN, "gaps", text, by=alice)

    head, items = section(draft_document(customs, PLAN), "gaps").blocks[:2]

    assert (head.text[0].text, head.text[0].bold) == ("2", True)
    assert items == Bullets(("the plan costs BZD 1,500", "maturity: not known"))


def test_an_unknown_figure_is_refused_with_the_nearest_one(customs, alice):
    with pytest.raises(ValidationError, match=r"\{strenth\}; the nearest is \{strength\}"):
        passages.write_passage(customs, PLAN, "gaps", "All {strenth}.", by=alice)

    assert not Narrative.objects.exists()
    passages.write_passage(customs, PLAN, "gaps", r"A brace \{as such}.", by=alice)


def test_texts_of_the_demonstration_read_as_before():
    for row in narratives():
        before = tuple(
            Paragraph(" ".join(one.split())) for one in row["text"].split("\n\n") if one.strip()
        )
        assert markup.blocks(row["text"]) == before


# --- What has changed since ----------------------------------------------------------------------


def grown(customs, furnished):
    """One more officer of the station, so that figures move."""
    ann = StaffMember.objects.get(code="S0001")
    make.staff_member(ann.unit, ann.profile, code="S0003", name="Cy Cole")


def test_a_text_is_stale_once_its_figures_moved_until_somebody_stands_by_it(
    customs, furnished, alice
):
    passages.write_passage(customs, PLAN, "gaps", TEXT, by=alice)
    passages.write_passage(customs, PLAN, "scope", "Nothing of this moves.", by=alice)
    versions.freeze(customs, by=alice)
    assert not passages.stale_counts(customs)

    grown(customs, furnished)
    assert not passages.stale_counts(customs)  # nothing was read again yet
    versions.freeze(customs, by=alice)

    place = next(one for one in outlines.outline(customs, PLAN) if one.key == "gaps")
    assert [(one.name, one.before, one.now) for one in place.stale] == [
        ("strength", "2", "3"),
        ("not_assessed", "0", "2"),
    ]
    line = next(one for one in documents.document_lines(customs, by=alice) if one.kind == PLAN)
    assert line.stale == 1
    assert Narrative.objects.get(section="gaps").text == TEXT
    head = section(draft_document(customs, PLAN), "gaps").blocks[0]
    assert plain(head.text) == "3 people serve; 2 ratings are open."

    passages.confirm_passage(customs, PLAN, "gaps", by=alice)

    assert not passages.stale_counts(customs)
    assert actions()[-1] == "confirm"


def test_the_checks_read_the_figures_too(customs, furnished, alice):
    run = checks.ask_for_checks(by=alice)
    checks.checks_task.func(run.pk)

    reading = passages.reading_of(customs)
    assert reading.values["strength"] == 2
    assert reading.as_of == date(2016, 2, 12)


def test_nobody_stands_by_figures_that_they_did_not_see(customs, furnished, alice):
    passages.write_passage(customs, PLAN, "gaps", TEXT, by=alice)
    passages.keep_figures(Evidence(customs))
    seen = passages.reading_of(customs).read_at
    grown(customs, furnished)
    passages.keep_figures(Evidence(customs))

    with pytest.raises(ValidationError, match="read again meanwhile"):
        passages.confirm_passage(customs, PLAN, "gaps", by=alice, seen=seen)

    assert passages.stale_counts(customs) == {(PLAN, "en"): 1}


def test_texts_in_a_language_that_was_given_up_wait_for_nobody(customs, furnished, alice):
    customs.languages = ["en", "es"]
    customs.save()
    passages.write_passage(customs, PLAN, "gaps", TEXT, by=alice, language="es")
    passages.keep_figures(Evidence(customs))
    kept = Narrative.objects.get().values
    customs.languages = ["en"]
    customs.save()
    grown(customs, furnished)
    passages.keep_figures(Evidence(customs))

    assert not passages.stale_counts(customs)
    assert Narrative.objects.get().values == kept
    customs.languages = ["en", "es"]
    assert passages.stale_counts(customs) == {(PLAN, "es"): 1}


def test_first_values_are_kept_in_languages_that_are_written(customs, furnished, alice):
    customs.languages = ["en", "es"]
    customs.save()
    for language in ("en", "es"):
        passages.write_passage(customs, PLAN, "gaps", TEXT, by=alice, language=language)
    customs.languages = ["en"]
    customs.save()

    passages.keep_figures(Evidence(customs))

    values = dict(Narrative.objects.values_list("language", "values"))
    assert values == {"en": {"strength": 2, "not_assessed": 0}, "es": {}}


def test_a_figure_that_was_not_known_and_now_is_makes_a_text_stale(customs, furnished, alice):
    passages.keep_figures(Evidence(customs))
    passages.write_passage(customs, PLAN, "gaps", "{posts} posts, {strength} people", by=alice)
    FigureReading.objects.update(values=passages.reading_of(customs).values | {"posts": 4})

    (moved,) = next(one for one in outlines.outline(customs, PLAN) if one.key == "gaps").stale

    assert (moved.before, moved.now) == ("not known", "4")


# --- Doors ---------------------------------------------------------------------------------------


def test_the_outline_is_arranged_on_its_page_without_a_script(as_, customs, alice):
    client, root = as_(alice), f"/customs/documents/{PLAN}"

    moved = client.post(f"{root}/outline/move/", {"section": "gaps", "step": "up"})
    client.post(f"{root}/outline/turn/", {"section": "gaps", "on": "0"})
    refused = client.post(f"{root}/outline/turn/", {"section": "budget", "on": "0"}, follow=True)

    assert moved.url == f"{root}/outline/?language=en#gaps"
    page = client.get(f"{root}/outline/").content.decode()
    assert re.findall(r'<tr id="([a-z-]+)">', page)[3:5] == ["gaps", "assessment"]
    assert "left out" in page
    assert "cannot be left out: the ministry has to know what it costs" in (
        refused.content.decode()
    )
    assert client.post(f"{root}/outline/move/", {"section": "x"}).url == (
        f"{root}/outline/?language=en"
    )
    assert client.post("/customs/documents/novel/outline/move/").status_code == 404


def test_a_text_is_seen_before_it_is_kept(as_, customs, alice):
    FigureReading.objects.create(
        administration=customs, values={"strength": 312}, as_of=date(2016, 2, 12)
    )
    address = f"/customs/documents/{PLAN}/passage/?section=gaps"

    shown = as_(alice).post(address, {"text": "**{strength}** <b>here</b>", "preview": "1"})

    page = shown.content.decode()
    assert '<p class="body"><strong>312</strong> &lt;b&gt;here&lt;/b&gt;</p>' in page
    assert "not saved yet" in page
    assert not Narrative.objects.exists()


def test_texts_are_written_in_each_language_of_the_administration(as_, customs, alice):
    customs.languages = ["en", "es"]
    customs.save()
    client, root = as_(alice), f"/customs/documents/{PLAN}"

    client.post(f"{root}/passage/?section=gaps&language=es", {"text": "Miramos dos veces."})

    assert Narrative.objects.get().language == "es"
    assert "Miramos" not in client.get(f"{root}/outline/").content.decode()
    assert "Miramos" in client.get(f"{root}/outline/?language=es").content.decode()
    assert client.get(f"{root}/outline/?language=xx").status_code == 404


def test_a_refused_text_stays_in_its_field_beside_the_reason(as_, customs, alice):
    address = f"/customs/documents/{PLAN}/passage/?section=gaps"

    page = as_(alice).post(address, {"text": "All {strenth}."}).content.decode()

    assert "the nearest is {strength}" in page
    assert "All {strenth}.</textarea>" in page
    assert not Narrative.objects.exists()


def test_a_stale_text_is_flagged_on_its_pages_and_confirmed_there(as_, customs, furnished, alice):
    passages.write_passage(customs, PLAN, "gaps", TEXT, by=alice)
    versions.freeze(customs, by=alice)
    grown(customs, furnished)
    versions.freeze(customs, by=alice)
    client = as_(alice)
    pages = (
        f"/customs/documents/{PLAN}/outline/",
        f"/customs/documents/{PLAN}/passage/?section=gaps",
    )

    for address in pages:
        page = client.get(address).content.decode()
        assert "2 figures have changed since" in page
        assert "was 2, is 3" in page
    assert "1 own text to look at" in client.get("/customs/documents/").content.decode()
    seen = re.search('name="seen" value="([^"]+)"', page)[1]
    client.post(f"/customs/documents/{PLAN}/passage/confirm/", {"section": "gaps", "seen": seen})

    assert "have changed since" not in client.get(pages[0]).content.decode()


@pytest.mark.parametrize("times", [1, 4])
def test_an_outline_asks_no_more_with_more_texts(
    as_, customs, alice, times, django_assert_max_num_queries
):
    passages.keep_figures(Evidence(customs))
    for place in outlines.outline(customs, PLAN)[:times]:
        passages.write_passage(customs, PLAN, place.key, TEXT, by=alice)
    client = as_(alice)

    for page in ("outline/", "passage/?section=gaps"):
        with django_assert_max_num_queries(10):
            assert client.get(f"/customs/documents/{PLAN}/{page}").status_code == 200


def test_rest_arranges_confirms_and_lists_the_figures(as_, customs, furnished, alice, carol):
    client, root = as_(alice), "/api/v1/customs"

    def post(address, **data):
        return client.post(f"{root}/{address}", data, "application/json")

    assert post("passages/plan/", section="gaps", text=TEXT).status_code == 204
    assert "text" in post("passages/plan/", section="gaps", text="{x}").json()
    passages.keep_figures(Evidence(customs))
    moved = post(f"outlines/{PLAN}/move/", section="gaps", step="up")
    off = post(f"outlines/{PLAN}/turn/", section="gaps", is_on=False)
    refused = post(f"outlines/{PLAN}/turn/", section="budget", is_on=False)
    confirmed = post("passages/confirm/", kind=PLAN, section="gaps")
    figures = client.get(f"{root}/passages/figures/").json()

    assert [place["section"] for place in moved.json()][3:5] == ["gaps", "assessment"]
    assert off.json()[3]["is_on"] is False
    assert (refused.status_code, confirmed.status_code) == (400, 204)
    assert figures["figures"][0] == {
        "name": "strength",
        "words": "people in service",
        "unit": "people",
        "value": "2",
    }
    assert as_(carol).get(f"{root}/outlines/{PLAN}/").status_code == 403
    assert client.get(f"{root}/outlines/novel/").status_code == 404
