"""Drafts: begun, changed, checked, published; new versions and what their questions follow."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.library import edits, plain, read
from diagnostics.library.edits import LevelEdit
from diagnostics.models import Question, Questionnaire
from diagnostics.tables import stored
from diagnostics.usecases import beginning, drafts, questionnaires
from hrplan.core.models import AuditEntry
from hrplan.exchange.content import ContentError
from tests import make as house
from tests.diagnostics import make_diagnostics as make
from tests.diagnostics.make_contents import questionnaires as drawn
from tests.diagnostics.make_contents import texts
from tests.diagnostics.test_content_files import SMALL

db = pytest.mark.django_db
NEW = {
    "text": "Is there a plan?",
    "subject": "the plan",
    "anchors": [{"level": n, "text": f"Seen at {n}."} for n in range(1, 6)],
}


@pytest.fixture
def draft(customs, alice):
    return questionnaires.begin_questionnaire(customs, by=alice, code="own", title="Our own")


def filled(draft, alice, *, questions=2):
    drafts.put_domain(draft, "", {"title": "One"}, by=alice)
    for _n in range(questions):
        drafts.put_question(draft, "D1", "", deepcopy(NEW), by=alice)
    return Questionnaire.objects.get(pk=draft.pk)


def codes(questionnaire):
    asked = Question.objects.filter(domain__questionnaire=questionnaire)
    return list(asked.order_by("domain__position", "position").values_list("code", flat=True))


# --- Edits as values ------------------------------------------------------------------------------


def small(**changes):
    return deepcopy({**SMALL, "guides": [], **changes})


def test_a_question_moves_to_the_end_of_another_domain_and_conditions_on_it_follow():
    asked = {"subject": "the plan", "anchors": []}
    data = plain.plain(read.built(small()))
    data["domains"] = [
        {"code": "D1", "title": "One", "questions": [{**asked, "code": "D1.1", "text": "A?"}]},
        {
            "code": "D2",
            "title": "Two",
            "questions": [
                {
                    **asked,
                    "code": "D2.1",
                    "text": "B?",
                    "relevant": {"question": "D1.1", "of": "level", "test": "is", "value": 3},
                }
            ],
        },
    ]

    moved = edits.put_question(data, "D1", "D1.1", {"code": "D2.7", "text": "A?"})

    assert [[q["code"] for q in one["questions"]] for one in moved["domains"]] == [
        [],
        ["D2.1", "D2.7"],
    ]
    assert moved["domains"][1]["questions"][0]["relevant"]["question"] == "D2.7"
    with pytest.raises(ContentError):
        edits.put_question(data, "D1", "D1.1", {"code": "D9.1"})


def test_a_level_taken_out_takes_its_anchors_and_moves_caps_and_conditions_down():
    data = plain.plain(read.built(small()))
    data["scale"] = [{"level": n, "name": f"l{n}", "meaning": ""} for n in (1, 2, 3)]
    data["existence"][0]["caps_at"] = 2
    question = data["domains"][0]["questions"][0]
    question["anchors"] = [{"level": n, "text": f"a{n}"} for n in (1, 2, 3)]
    question["translations"] = {"fr": {"anchors": {"2": "deux", "3": "trois"}}}
    data["domains"][0]["questions"][1]["relevant"] = {
        **{"question": "D1.1", "of": "level", "test": "at_least", "value": 3}
    }

    found = edits.put_scale(data, 0, [LevelEdit(1, "l1"), LevelEdit(3, "l3"), LevelEdit(None, "x")])

    first, second = found["domains"][0]["questions"]
    assert [row["level"] for row in found["scale"]] == [0, 1, 2]
    assert first["anchors"] == [{"level": 0, "text": "a1"}, {"level": 1, "text": "a3"}]
    assert first["translations"] == {"fr": {"anchors": {"1": "trois"}}}
    assert (found["existence"][0]["caps_at"], second["relevant"]["value"]) == (0, 1)


@settings(suppress_health_check=list(HealthCheck))
@given(drawn(), st.data())
def test_an_edited_questionnaire_written_and_read_again_is_the_same(content, data):
    draw = data.draw
    domain = draw(st.sampled_from(content.domains))
    question = draw(st.sampled_from(domain.questions))
    said = {"text": draw(texts), "subject": draw(texts), "code": f"{domain.code}.77"}
    levels = [LevelEdit(level, draw(texts)) for level in content.levels]
    edited = plain.plain(content)
    for edit in (
        lambda d: edits.put_question(d, domain.code, question.code, said),
        lambda d: edits.put_domain(d, "", {"title": draw(texts)}),
        lambda d: edits.move(d, domain.code, draw(st.sampled_from((-1, 1)))),
        lambda d: edits.put_scale(d, draw(st.sampled_from((0, 1))), levels),
    ):
        edited = plain.plain(read.built(edit(edited)))

    again = read.built(plain.plain(read.built(edited)))

    assert again == read.built(edited)
    if not read.faults_of(edited):
        assert read.from_yaml(plain.yaml_text(again).encode(), "x.yaml") == again


@settings(suppress_health_check=list(HealthCheck))
@given(drawn(), st.data())
def test_conditions_follow_a_question_that_gets_another_code(content, data):
    domain = data.draw(st.sampled_from(content.domains))
    code = data.draw(st.sampled_from(domain.questions)).code
    before = [q.relevant.question if q.relevant else "" for q in content.questions]

    changed = edits.put_question(
        plain.plain(content), domain.code, code, {"code": f"{domain.code}.77"}
    )

    now = [q.relevant.question if q.relevant else "" for q in read.built(changed).questions]
    assert now == [f"{domain.code}.77" if was == code else was for was in before]


# --- From draft to publication --------------------------------------------------------------------


@db
def test_a_draft_is_checked_with_all_faults_at_once_and_published_when_there_is_none(draft, alice):
    draft = filled(draft, alice)
    drafts.put_domain(draft, "", {"title": "Empty"}, by=alice)
    drafts.put_question(draft, "D1", "D1.2", {"anchors": NEW["anchors"][:4]}, by=alice)

    told = [(fault.place, fault.reason) for fault in questionnaires.faults(draft)]
    assert told == [
        ("D2, questions", "The list has 0 entries; at least 1 are needed"),
        ("D1.2", "no anchor for level 5"),
    ]
    with pytest.raises(ValidationError) as refusal:
        questionnaires.publish(draft, by=alice)
    assert len(refusal.value.messages) == 2
    drafts.remove(draft, "D2", by=alice)
    drafts.put_question(draft, "D1", "D1.2", {"anchors": NEW["anchors"]}, by=alice)

    questionnaires.publish(draft, by=alice)

    draft.refresh_from_db()
    assert questionnaires.state_of(draft) == "published"
    assert AuditEntry.objects.filter(action="publish", row=str(draft.pk)).exists()


@db
def test_domains_and_questions_are_added_ordered_renamed_and_removed(draft, alice):
    draft = filled(draft, alice, questions=3)
    drafts.put_domain(draft, "", {"title": "Two", "purpose": "Why."}, by=alice)
    drafts.put_question(draft, "D2", "", {**NEW, "relevant": {
        "question": "D1.2", "of": "level", "test": "at_least", "value": 3}}, by=alice)  # fmt: skip

    drafts.move(draft, "D1.3", -1, by=alice)
    drafts.move(draft, "D1.1", -1, by=alice)
    assert codes(draft) == ["D1.1", "D1.3", "D1.2", "D2.1"]
    drafts.put_question(draft, "D1", "D1.2", {"code": "D1.9", "weight": 2.5}, by=alice)
    assert (
        Question.objects.get(domain__questionnaire=draft, code="D2.1").relevant["question"]
        == "D1.9"
    )
    drafts.move(draft, "D2", -1, by=alice)
    drafts.remove(draft, "D1.3", by=alice)

    assert codes(draft) == ["D2.1", "D1.1", "D1.9"]
    with pytest.raises(ValidationError, match="another question has this code"):
        drafts.put_question(draft, "D1", "D1.9", {"code": "D1.1"}, by=alice)
    with pytest.raises(ValidationError, match="another form"):
        drafts.put_question(draft, "D1", "D1.9", {"code": "D7.5"}, by=alice)
    with pytest.raises(ValidationError, match="no such part"):
        drafts.remove(draft, "D7", by=alice)


@db
def test_the_scale_may_have_any_number_of_levels(draft, alice):
    draft = filled(draft, alice, questions=1)
    levels = [LevelEdit(1, "none"), LevelEdit(3, "half"), LevelEdit(5, "whole", "All of it.")]

    drafts.change_scale(draft, lowest=0, levels=levels, stages={}, by=alice)

    held = stored.content_of(Questionnaire.objects.get(pk=draft.pk))
    assert held.levels == (0, 1, 2)
    assert [anchor.text for anchor in held.questions[0].anchors] == [
        *("Seen at 1.", "Seen at 3.", "Seen at 5.")
    ]
    assert held.use[0].caps_at == 0


@db
def test_a_questionnaire_in_use_is_frozen_and_a_published_one_is_taken_back_first(
    customs, alice, draft
):
    filled(draft, alice)
    questionnaires.publish(draft, by=alice)
    held = Questionnaire.objects.get(pk=draft.pk)
    with pytest.raises(ValidationError, match="Take it back"):
        drafts.move(held, "D1", 1, by=alice)
    questionnaires.take_back(held, by=alice)
    drafts.move(held, "D1", 1, by=alice)
    questionnaires.publish(held, by=alice)
    make.exercise(customs, form=held)

    for change in (
        lambda: drafts.change_head(held, title="New", by=alice),
        lambda: drafts.change_scale(held, lowest=1, levels=[], stages={}, by=alice),
        lambda: drafts.put_domain(held, "", {"title": "X"}, by=alice),
        lambda: drafts.put_question(held, "D1", "", NEW, by=alice),
        lambda: drafts.move(held, "D1", 1, by=alice),
        lambda: drafts.remove(held, "D1", by=alice),
        lambda: drafts.replace_content(held, stored.content_of(held), by=alice),
        lambda: questionnaires.publish(held, by=alice),
        lambda: questionnaires.take_back(held, by=alice),
        lambda: questionnaires.discard(held, by=alice),
    ):
        with pytest.raises(ValidationError, match=r"is in use.*new version"):
            change()


@db
def test_a_draft_is_not_asked(customs, alice, draft):
    with pytest.raises(ValidationError, match="publish it first"):
        beginning.begin_exercise(
            **{"administration": customs, "questionnaires": [filled(draft, alice)], "by": alice},
            **{"code": "x", "title": "X", "starts_on": "2016-01-01", "ends_on": "2016-02-01"},
        )


@db
def test_a_file_becomes_a_draft_and_one_of_a_known_short_name_a_new_version(customs, alice):
    first = questionnaires.take_in(customs, read.from_data(small(), "x"), by=alice)
    with pytest.raises(ValidationError, match="there already"):
        questionnaires.take_in(customs, read.from_data(small(), "x"), by=alice)
    questionnaires.publish(first, by=alice)

    second = questionnaires.take_in(customs, read.from_data(small(version="1.1"), "x"), by=alice)

    assert (second.is_draft, second.replaces) == (True, first)
    drafts.replace_content(second, read.from_data(small(version="1.2", title="T"), "x"), by=alice)
    second.refresh_from_db()
    assert str(second) == "T 1.2"
    with pytest.raises(ValidationError, match="another questionnaire"):
        drafts.replace_content(second, read.from_data(small(id="other"), "x"), by=alice)


@db
def test_only_those_who_prepare_write_questionnaires_and_only_their_own(
    customs, draft, carol, mona, mallory
):
    for member in (carol, mona, mallory):
        with pytest.raises(PermissionDenied):
            questionnaires.begin_questionnaire(customs, by=member, code="x", title="X")
        with pytest.raises(PermissionDenied):
            drafts.put_domain(draft, "", {"title": "X"}, by=member)
        with pytest.raises(PermissionDenied):
            questionnaires.publish(draft, by=member)
    assert draft not in questionnaires.seen_by(mona)
    assert not questionnaires.seen_by(mallory).exists()


# --- Versions -------------------------------------------------------------------------------------


@pytest.fixture
def version(customs, alice):
    return questionnaires.begin_version(make.questionnaire(customs), by=alice)


def before(questionnaire):
    questionnaire.refresh_from_db()
    found = questionnaires.following(questionnaire)
    return {one.code: one.before for one in found.questions}


@db
def test_a_version_is_a_copy_whose_questions_follow_those_of_the_same_code(version):
    assert (version.version, version.is_draft, version.replaces.version) == ("2.0", True, "1.0")
    assert before(version) == {code: code for code in ("D1.1", "D1.2", "D2.1")}
    assert codes(version) == codes(version.replaces)


@db
def test_what_a_question_follows_stays_with_it_and_one_that_is_added_follows_none(version, alice):
    drafts.put_question(version, "D1", "D1.2", {"code": "D1.7"}, by=alice)
    drafts.put_question(version, "D1", "", {**NEW, "code": "D1.2"}, by=alice)
    drafts.remove(version, "D2", by=alice)

    assert before(version) == {"D1.1": "D1.1", "D1.7": "D1.2", "D1.2": ""}
    assert [code for code, _t in questionnaires.following(version).dropped] == ["D2.1"]
    drafts.put_question(version, "D1", "D1.7", {"code": "D1.8"}, by=alice)
    assert before(version)["D1.8"] == "D1.2"


@db
def test_what_questions_follow_is_said_by_hand_and_unknown_codes_are_refused(version, alice):
    questionnaires.follow(version, {"D1.1": "D2.1", "D2.1": ""}, by=alice)

    assert before(version) == {"D1.1": "D2.1", "D1.2": "D1.2", "D2.1": ""}
    for wrong in ({"D9.9": "D1.1"}, {"D1.1": "D9.9"}):
        with pytest.raises(ValidationError, match=r"D9\.9"):
            questionnaires.follow(version, wrong, by=alice)
    with pytest.raises(ValidationError, match="replaces no earlier"):
        questionnaires.follow(version.replaces, {}, by=alice)


@db
def test_a_version_number_is_taken_once_and_a_draft_has_no_versions(version, customs, alice):
    with pytest.raises(ValidationError, match="there already"):
        questionnaires.begin_version(version.replaces, by=alice, version="2.0")
    with pytest.raises(ValidationError, match="two numbers"):
        drafts.change_head(version, version="two", by=alice)
    with pytest.raises(ValidationError, match="draft"):
        questionnaires.begin_version(version, by=alice)
    foreign = make.questionnaire(house.administration("elsewhere"))
    with pytest.raises(PermissionDenied):
        questionnaires.begin_version(foreign, by=alice)
