"""What the findings propose: what stands there, what a proposal fills in, when it goes."""

from datetime import date
from typing import NamedTuple

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.models import Cause, CorporateObjective, Exercise, Finding, Recommendation
from hrplan.core.models import Role
from hrplan.strategy.analysis.codes import next_code
from hrplan.strategy.models import Initiative, Objective, Strategy
from hrplan.strategy.usecases import changes, proposals
from tests import make
from tests.diagnostics import make_diagnostics
from tests.strategy import make_strategy

PAGE = "/customs/strategy/proposals/"
REST = "/api/v1/customs/strategies/proposals/"


class Ground(NamedTuple):
    exercise: Exercise
    strategy: Strategy


def finding(exercise: Exercise, code: str, rank: int = 1, **fields) -> Finding:
    question = make_diagnostics.question(exercise, code)
    defaults = {"kind": "weakness", "title": f"{code}: level 1, ad hoc", "severity": 75}
    return Finding.objects.create(
        administration=exercise.administration, exercise=exercise, code=code, rank=rank,
        domain=question.domain, question=question, **{**defaults, **fields},
    )  # fmt: skip


def recommendation(row: Finding, text: str = "Write it down.", **fields) -> Recommendation:
    place = row.recommendations.count() + 1
    return Recommendation.objects.create(finding=row, position=place, text=text, **fields)


def filled_in(form) -> dict[str, object]:
    """What a browser sends of a form as it stands."""
    values = ((name, form[name].value()) for name in form.fields)
    return {name: value for name, value in values if value}


@pytest.fixture
def ground(customs) -> Ground:
    exercise = make_diagnostics.exercise(customs)
    return Ground(exercise, make_strategy.strategy(customs, exercise=exercise))


@pytest.fixture
def strong(ground) -> Ground:
    """Two weaknesses, a strength, and a note that the scores do not single out."""
    recommendation(finding(ground.exercise, "D1.1", 1), owner="Head of HR", due_on="2016-09-30")
    finding(ground.exercise, "D1.2", 2)
    finding(ground.exercise, "D2.1", 1, kind="strength")
    return ground


def test_each_weakness_that_no_objective_answers_is_proposed_the_gravest_first(
    strong, customs, alice
):
    found = proposals.proposals(customs, by=alice)
    assert [(one.code, one.domain, one.severity) for one in found.weaknesses] == [
        ("D1.1", "Domain D1", 75),
        ("D1.2", "Domain D1", 75),
    ]
    make_strategy.objective(strong.strategy, findings=["D1.1"])
    found = proposals.proposals(customs, by=alice)
    assert [one.code for one in found.weaknesses] == ["D1.2"]


def test_what_the_scores_do_not_single_out_asks_for_no_objective_but_its_advice_is_proposed(
    ground, customs, alice
):
    recommendation(finding(ground.exercise, "D1.1", 0))
    recommendation(finding(ground.exercise, "D1.2", 3), "First.")
    found = proposals.proposals(customs, by=alice)
    assert [one.code for one in found.weaknesses] == ["D1.2"]
    assert [one.mark for one in found.recommendations] == ["D1.2:1", "D1.1:1"]


def test_evidence_is_counted_once_whether_the_finding_or_the_room_cites_it(ground, customs, alice):
    room = make_diagnostics.workshop(ground.exercise)
    make_diagnostics.agreement(room, "D1.1", 1, cited=["document:RD01", "swot:threat-1"])
    finding(ground.exercise, "D1.1", cited=["document:RD01"])
    (one,) = proposals.proposals(customs, by=alice).weaknesses
    assert one.evidence == 2


def test_an_objective_begins_with_what_its_finding_says_and_cites(ground, customs):
    served = CorporateObjective.objects.create(administration=customs, code="CO2", title="Trade")
    row = finding(
        ground.exercise, "D1.1", text="Nobody decides.", cited=["objective:CO2", "objective:CO9"]
    )
    Cause.objects.create(finding=row, kind="may", text="The order is silent.")
    make_strategy.objective(ground.strategy, "SO6")
    assert proposals.begin_objective(customs, ["D1.1", "D9.9"]) == {
        "code": "SO7",
        "title": row.question.title,
        "rationale": "Nobody decides.\n\nThe order is silent.",
        "corporate_objectives": [served.pk],
        "domains": ["D1"],
        "findings": ["D1.1"],
    }
    assert proposals.begin_objective(customs, ["D9.9"]) == {}


def test_an_initiative_begins_with_what_is_recommended_by_whom_until_when(strong, customs):
    answers = make_strategy.objective(strong.strategy, findings=["D1.1"])
    make_strategy.initiative(answers, "A09")
    assert proposals.begin_initiative(customs, ["D1.1:1"]) == {
        "code": "A10",
        "title": "Write it down",
        "action": "Write it down.",
        "owner": "Head of HR",
        "starts_on": date(2016, 4, 1),
        "ends_on": date(2016, 9, 30),
        "recommendations": ["D1.1:1"],
        "objective": answers.pk,
    }


def test_an_initiative_due_before_the_strategy_begins_starts_no_later_than_it_ends(strong, customs):
    Recommendation.objects.update(due_on="2016-03-31")
    begun = proposals.begin_initiative(customs, ["D1.1:1"])
    assert begun["starts_on"] == begun["ends_on"] == date(2016, 3, 31)


def test_without_a_due_date_an_initiative_may_last_as_long_as_the_strategy(strong, customs):
    Recommendation.objects.update(due_on=None)
    assert proposals.begin_initiative(customs, ["D1.1:1"])["ends_on"] == date(2019, 3, 31)


def test_training_is_learning_and_a_domain_of_our_questionnaire_tells_the_theme(customs, alice):
    form = make_diagnostics.questionnaire(customs, "hr-diagnostic", D2=1, D4=1, D9=1)
    exercise = make_diagnostics.exercise(customs, form=form)
    make_strategy.strategy(customs, exercise=exercise)
    for rank, code in enumerate(("D2.1", "D4.1", "D9.1"), 1):
        recommendation(finding(exercise, code, rank))
    recommendation(Finding.objects.get(code="D9.1"), is_training=True)
    found = proposals.proposals(customs, by=alice).recommendations
    assert [one.theme for one in found] == ["integrity", "", "career", "learning"]


def test_a_proposal_that_is_taken_up_stands_there_no_more_and_the_initiative_leads_back(
    strong, customs, alice, as_
):
    aim = make_strategy.objective(strong.strategy, findings=["D1.1"])
    client = as_(alice)
    form = client.get("/customs/initiatives/new/?recommendations=D1.1:1").context["form"]
    sent = filled_in(form)
    client.post("/customs/initiatives/new/", {**sent, "theme": "learning"})

    row = Initiative.objects.get()
    assert (row.objective, row.recommendations, row.owner) == (aim, ["D1.1:1"], "Head of HR")
    assert not proposals.proposals(customs, by=alice).recommendations
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"/customs/findings/{Finding.objects.get(code='D1.1').pk}/" in page


def test_the_form_of_an_objective_is_filled_in_and_saved_as_a_person_changes_it(
    strong, customs, alice, as_
):
    client = as_(alice)
    form = client.get("/customs/objectives/new/?findings=D1.1").context["form"]
    sent = filled_in(form)
    client.post("/customs/objectives/new/", {**sent, "title": "HR decisions leave a trail"})
    row = Objective.objects.get()
    assert (row.code, row.title) == ("SO1", "HR decisions leave a trail")
    assert (row.findings, row.domains) == (["D1.1"], ["D1"])


def test_strange_codes_in_the_address_fill_in_nothing(strong, customs, alice, as_):
    for address in ("objectives/new/?findings=D9.9", "initiatives/new/?recommendations=nonsense"):
        page = as_(alice).get(f"/customs/{address}")
        assert page.status_code == 200
        assert not page.context["form"]["code"].value()


def test_an_initiative_names_no_recommendation_that_the_diagnostic_has_not(
    strong, customs, alice, as_
):
    aim = make_strategy.objective(strong.strategy)
    row = make_strategy.initiative(aim, recommendations=["D8.8:1"])
    with pytest.raises(ValidationError, match="no recommendation D1.1:7"):
        changes.change_row(row, by=alice, recommendations=["D8.8:1", "D1.1:7"])
    changes.change_row(row, by=alice, recommendations=["D8.8:1", "D1.1:1"])
    answer = as_(alice).patch(
        f"/api/v1/customs/initiatives/{row.pk}/",
        {"recommendations": ["D1.1:9"]},
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert "D1.1:9" in answer.content.decode()


def test_proposals_are_for_those_who_can_change_the_strategy(strong, customs, alice, ruth, as_):
    facilitator = make.member(customs, Role.FACILITATOR, "fred")
    for member in (ruth, facilitator):
        assert as_(member).get(PAGE).status_code == 403
        assert as_(member).get(REST).status_code == 403
        with pytest.raises(PermissionDenied):
            proposals.proposals(customs, by=member)
    found = as_(facilitator).get(f"/customs/findings/{Finding.objects.get(code='D1.1').pk}/")
    assert "objectives/new" not in found.content.decode()
    assert as_(alice).get(PAGE).status_code == 200


def test_rest_lists_what_the_page_shows(strong, alice, as_):
    told = as_(alice).get(REST).json()
    assert [row["code"] for row in told["weaknesses"]] == ["D1.1", "D1.2"]
    (one,) = told["recommendations"]
    assert (one["mark"], one["due_on"], one["objective"]) == ("D1.1:1", "2016-09-30", None)


def test_without_a_diagnostic_there_is_nothing_to_propose_from(customs, alice, as_):
    client = as_(alice)
    assert "No diagnostic to propose from" in client.get(PAGE).content.decode()
    assert client.get(REST).status_code == 404
    make_strategy.strategy(customs)
    assert proposals.proposals(customs, by=alice) is None
    assert proposals.begin_objective(customs, ["D1.1"]) == {}
    assert proposals.begin_initiative(customs, ["D1.1:1"]) == {}


def test_three_weaknesses_cost_no_more_queries_than_one(customs, alice, as_):
    form = make_diagnostics.questionnaire(customs, D1=3)
    exercise = make_diagnostics.exercise(customs, form=form)
    make_strategy.objective(make_strategy.strategy(customs, exercise=exercise))
    recommendation(finding(exercise, "D1.1"))
    client = as_(alice)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for rank, code in enumerate(("D1.2", "D1.3"), 2):
        recommendation(finding(exercise, code, rank))
    with CaptureQueriesContext(connection) as three:
        client.get(PAGE)
    assert len(three) == len(one)
    assert len(one) <= 15


@pytest.mark.parametrize(("codes", "expected"), [
    ([], "SO1"), (["SO1", "SO6"], "SO7"), (["A09"], "A10"), (["A99", "B2"], "A100"),
    (["goal"], "SO1"), (["7"], "8"),
])  # fmt: skip
def test_the_next_code_follows_the_highest(codes, expected):
    assert next_code(codes, first="SO1") == expected


@given(st.lists(st.from_regex(r"[A-Z]{0,3}[0-9]{0,4}", fullmatch=True)))
def test_the_next_code_is_never_one_in_use(codes):
    assert next_code(codes, first="SO1") not in codes


def test_what_a_new_row_begins_with_stands_first_among_what_can_be_chosen(strong, alice, as_):
    form = as_(alice).get("/customs/objectives/new/?findings=D1.2").context["form"]
    assert [code for code, _title in form["findings"].field.choices] == ["D1.2", "D1.1"]


def test_an_initiative_chooses_among_what_no_other_carries_out_and_what_is_noted_comes_last(
    ground, alice, as_
):
    for code, rank in (("D1.1", 0), ("D1.2", 2), ("D2.1", 1)):
        recommendation(finding(ground.exercise, code, rank))
    other = make_strategy.initiative(make_strategy.objective(ground.strategy))
    changes.change_row(other, by=alice, recommendations=["D2.1:1"])
    form = as_(alice).get("/customs/initiatives/new/").context["form"]
    offered = [mark for mark, _title in form["recommendations"].field.choices]
    assert offered == ["D1.2:1", "D1.1:1"]
