"""Twelve spoiled administrations: each trips exactly its one rule, a sound one trips none."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from hrplan.core.models import Administration
from hrplan.deliverables.models import Narrative
from hrplan.deliverables.usecases import checks, versions
from hrplan.deliverables.usecases.drafts import draft_documents
from hrplan.strategy.models import Objective, TargetChange
from tests import make
from tests.deliverables.make_deliverables import House, house
from training_calendar.models import CostLine, Enrolment, Intervention, Need, Plan, TrainingSession

pytestmark = pytest.mark.whole


def intervention_without_a_need(house: House) -> None:
    Intervention.objects.create(
        administration=house.administration, plan=house.plan, code="I03", title="A study tour"
    )


def objective_without_an_indicator(house: House) -> None:
    Objective.objects.create(
        administration=house.administration,
        strategy=house.objective.strategy,
        code="SO2",
        title="Be the best",
    )


def session_under_another_module(house: House) -> None:
    house.later.intervention = house.line
    house.later.save()


def cost_line_twice_as_high(house: House) -> None:
    CostLine.objects.filter(intervention=house.line).update(amount=1000)


def session_without_funding(house: House) -> None:
    Intervention.objects.filter(pk=house.second.pk).update(funding="")


def nominee_without_the_first_module(house: House) -> None:
    _move(house.session, date(2016, 5, 9))


def _move(session: TrainingSession, day: date) -> None:
    session.starts_on, session.ends_on = day, day + timedelta(days=1)
    session.save()
    session.enrolments.update(starts_on=session.starts_on, ends_on=session.ends_on)


def station_uncovered(house: House) -> None:
    Enrolment.objects.create(
        calendar=house.calendar,
        session=house.session,
        intervention=house.line,
        module=house.basic,
        staff_member=house.ben,
        starts_on=house.session.starts_on,
        ends_on=house.session.ends_on,
    )


def hours_promised_not_planned(house: House) -> None:
    house.path.hours_a_year = 40
    house.path.save()


def gap_unexplained(house: House) -> None:
    Need.objects.filter(plan=house.plan, is_met=False).update(reason="")


def target_moved_in_silence(house: House) -> None:
    versions.freeze(house.administration, by=None)
    house.indicator.target = 30
    house.indicator.save()


def people_counted_differently(house: House) -> None:
    versions.freeze(house.administration, ("hr-strategy",), by=None)
    make.staff_member(house.ann.unit, code="S0003")


def person_named_to_outsiders(house: House) -> None:
    Narrative.objects.create(
        administration=house.administration,
        kind="hr-development-plan",
        section="gaps",
        text="Ann Arthurs holds level 1 in risk management.",
    )
    versions.freeze(house.administration, by=None)


SPOILED: tuple[Callable[[House], None], ...] = (
    intervention_without_a_need,
    objective_without_an_indicator,
    session_under_another_module,
    cost_line_twice_as_high,
    session_without_funding,
    nominee_without_the_first_module,
    station_uncovered,
    hours_promised_not_planned,
    gap_unexplained,
    target_moved_in_silence,
    people_counted_differently,
    person_named_to_outsiders,
)


def broken(administration: Administration) -> list[int]:
    return [line.number for line in checks.checks(administration).lines if not line.holds]


def test_a_sound_administration_breaks_no_rule(customs):
    house(customs)
    versions.freeze(customs, by=None)

    lines = checks.checks(customs).lines

    assert [line.faults for line in lines] == [()] * 12
    assert [line.looked_at > 0 for line in lines] == [True] * 12


@pytest.mark.parametrize(
    ("number", "spoil"), list(enumerate(SPOILED, 1)), ids=[spoil.__name__ for spoil in SPOILED]
)
def test_each_spoiled_administration_breaks_exactly_its_rule(customs, number, spoil):
    spoil(house(customs))

    assert broken(customs) == [number]


def test_a_target_moved_with_a_reason_breaks_no_rule(customs):
    made = house(customs)
    target_moved_in_silence(made)
    TargetChange.objects.create(
        administration=customs,
        indicator=made.indicator,
        changed_on=date(2016, 2, 20),
        before=20,
        after=30,
        reason="The vote was cut.",
    )

    assert broken(customs) == []


def test_a_nominee_in_two_sessions_at_once_is_a_clash(customs):
    made = house(customs)
    made.advanced.prerequisites.all().delete()
    _move(made.later, date(2016, 4, 13))

    line = checks.checks(customs).lines[5]

    assert line.faults == ("M2 Module M2: a nominee is also in M1 on 13 April 2016",)


def test_a_session_of_another_plan_is_named(customs):
    made = house(customs)
    other = Plan.objects.create(
        administration=customs, title="Old", as_of=date(2015, 1, 1), is_current=False
    )
    Intervention.objects.filter(pk=made.line.pk).update(plan=other)

    line = checks.checks(customs).lines[2]

    assert line.faults == ("T1 Module M1: stands under a line of another plan",)


def test_a_broken_rule_is_printed_and_stops_nothing(customs):
    hours_promised_not_planned(house(customs))

    drafts = draft_documents(customs)

    for draft in drafts:
        annex = next(one for one in draft.document.sections if one.key == "consistency")
        assert annex.blocks[-1].title == "Rule 8 does not hold"
