"""The twelve rules on facts drawn by hand."""

from datetime import date

import pytest

from hrplan.deliverables.analysis import checks
from hrplan.deliverables.analysis.facts import (
    Facts,
    Fault,
    GapFact,
    HeadcountFact,
    HoursFact,
    InterventionFact,
    SeatFact,
    SessionFact,
    TargetFact,
)
from hrplan.deliverables.analysis.names import people_named
from hrplan.documents.nodes import Document, Paragraph, Section, Table

DAY = date(2016, 4, 12)


def test_an_empty_administration_breaks_no_rule_because_nothing_is_looked_at():
    outcomes = checks.outcomes(Facts())

    assert [(one.looked_at, one.faults) for one in outcomes] == [(0, ())] * 12


def test_a_duty_stands_in_for_a_need():
    facts = Facts(
        interventions=(
            InterventionFact("I01", "Valuation", needs=3, duty=""),
            InterventionFact("I02", "Origin", needs=0, duty="Agreement, article 3"),
            InterventionFact("I03", "Study tour", needs=0, duty=""),
        )
    )

    assert checks.interventions_trace_to_a_need(facts) == (Fault("I03 Study tour", "no_need"),)


@pytest.mark.parametrize(
    ("calendar", "agrees"), [(1000.0, True), (1010.0, True), (990.0, True), (1010.01, False)]
)
def test_costs_may_differ_by_one_per_cent_of_the_plan(calendar, agrees):
    facts = Facts(sessions_cost=calendar - 100, outside_cost=100, plan_cost=1000.0)

    assert (checks.costs_agree(facts) == ()) is agrees


def test_a_free_session_needs_no_source_but_a_funding_status():
    def session(code: str, funding: str, source: str, cost: float) -> SessionFact:
        return SessionFact(code, "x", True, True, funding, source, cost)

    facts = Facts(
        sessions=(
            session("T1", "none", "", 0),
            session("T2", "", "vote", 0),
            session("T3", "within", "", 5),
            session("T4", "none", "vote", 5),
            session("T5", "donor", "CARTAC", 5),
        )
    )

    faults = checks.sessions_have_funding(facts)

    assert [(one.what[:2], one.reason) for one in faults] == [
        ("T2", "no_funding"),
        ("T3", "no_source"),
        ("T4", "no_source"),
    ]


def seat(module: str, first: int, **fields: object) -> SeatFact:
    days = {"first": date(2016, 4, first), "last": date(2016, 4, first + 1)}
    return SeatFact("ann", module, module.lower(), **{**days, "in_session": True, **fields})


def test_a_module_that_comes_first_is_attended_before_or_needless():
    comes_first = (("B", "A"),)
    after = Facts(seats=(seat("B", 4), seat("A", 11)), prerequisites=comes_first)
    before = Facts(seats=(seat("A", 4), seat("B", 11)), prerequisites=comes_first)
    waived = Facts(seats=(seat("B", 4, waived=frozenset({"A"})),), prerequisites=comes_first)

    assert [one.reason for one in checks.nominees_can_attend(after)] == ["prerequisite_missing"]
    assert checks.nominees_can_attend(before) == ()
    assert checks.nominees_can_attend(waived) == ()


def test_only_places_in_sessions_clash():
    apart = Facts(seats=(seat("A", 4), seat("B", 5, in_session=False)))
    clash = Facts(seats=(seat("A", 4), seat("B", 5)))

    assert checks.nominees_can_attend(apart) == ()
    assert checks.nominees_can_attend(clash) == (
        Fault("B b", "clash", (("module", "A"), ("day", "2016-04-05"))),
    )


def test_hours_are_compared_a_head_and_year():
    def hours(planned: float) -> Facts:
        return Facts(hours=(HoursFact("officers", "officers", 24, 10, planned, 2.0),))

    assert checks.promised_hours_are_planned(hours(480)) == ()
    assert checks.promised_hours_are_planned(hours(470)) == (
        Fault("officers", "hours_short", (("promised", "24.0"), ("planned", "23.5"))),
    )


def test_only_the_ten_widest_gaps_must_be_answered():
    answered = [GapFact(f"O{n}", "x", 20.0 + n, 1, 5) for n in range(10)]
    narrow = GapFact("Z1", "narrow", 1.0, 0, 5)
    wide = GapFact("Z2", "wide", 99.0, 0, 2)

    assert checks.top_gaps_are_answered(Facts(gaps=(*answered, narrow))) == ()
    assert checks.top_gaps_are_answered(Facts(gaps=(*answered, wide))) == (
        Fault("Z2 wide", "gap_unanswered", (("needs", "2"),)),
    )


def test_a_target_that_stays_needs_no_reason():
    facts = Facts(
        targets=(
            TargetFact("K1", "stays", 20, 20, 0),
            TargetFact("K2", "told", 20, 30, 1),
            TargetFact("K3", "silent", 20, 30, 0),
        )
    )

    assert [one.what for one in checks.targets_move_with_a_reason(facts)] == ["K3 silent"]


def test_the_same_people_on_another_day_are_another_statement():
    same = (HeadcountFact("A", DAY, 200), HeadcountFact("B", DAY, 200))
    other = (HeadcountFact("A", DAY, 200), HeadcountFact("B", date(2016, 5, 1), 200))

    assert checks.documents_count_the_same_people(Facts(headcounts=same)) == ()
    assert len(checks.documents_count_the_same_people(Facts(headcounts=other))) == 2


def test_names_are_found_as_whole_words_wherever_they_stand():
    table = Table("Joann Arthurson", ("Ann Arthurs", "n"), (("S0001", "4"), ("S00010", "5")))
    document = Document(
        title="Plan",
        administration="Customs",
        version="1",
        as_of=DAY,
        sections=(
            Section("Gaps", (Paragraph("Nobody."), Section("Deep", (table,)))),
            Section("Costs", (Paragraph("None."),)),
        ),
    )

    found = people_named(document, "Plan", ["Ann Arthurs", "S0001", ""])

    assert [(one.document, one.section, one.times) for one in found] == [("Plan", "Gaps", 2)]
