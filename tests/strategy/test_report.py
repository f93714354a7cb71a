"""Sections of the documents: what they tell, and that they stay away without data."""

from datetime import date
from decimal import Decimal

import pytest

from diagnostics.models import Finding
from hrplan.documents.nodes import Section, Table, leaves
from hrplan.strategy.models import TargetChange
from hrplan.strategy.report import aims, follow_up, money, work
from hrplan.strategy.report.figures import measured
from hrplan.strategy.usecases.contents import strategy_contents
from tests.diagnostics import make_diagnostics
from tests.strategy import make_strategy
from training_calendar.models import CostLine, Intervention, Plan

pytestmark = [pytest.mark.whole, pytest.mark.both]

AS_OF = date(2016, 2, 12)
SECTIONS = (
    aims.foreword_section,
    aims.mandate_section,
    aims.vision_section,
    aims.objectives_section,
    work.initiatives_section,
    work.transition_section,
    work.arrangements_section,
    work.roadmap_section,
    money.costs_section,
    work.risks_section,
    follow_up.monitoring_section,
    money.decisions_section,
    follow_up.indicator_annex,
    follow_up.consultation_annex,
    work.programme_section,
    work.selection_section,
    work.calendar_rules_section,
    work.evaluation_rules_section,
)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_a_whole_strategy_has_something_to_say(section, customs):
    make_strategy.whole(customs)
    made = section(strategy_contents(customs))
    assert isinstance(made, Section)
    assert list(leaves(made.blocks))


@pytest.mark.parametrize(
    "section", [one for one in SECTIONS if one is not follow_up.indicator_annex]
)
def test_a_bare_strategy_leaves_its_sections_out(section, customs):
    make_strategy.strategy(customs, vision="", mandate="", foreword="")
    assert section(strategy_contents(customs)) is None


def test_costs_are_told_with_what_goes_on_afterwards(customs):
    made = make_strategy.strategy(customs)
    work_ = make_strategy.initiative(make_strategy.objective(made))
    make_strategy.cost(work_, is_recurrent=True)
    make_strategy.cost(work_, "Licences", fiscal_year="2017/18", amount=Decimal(1200),
                       is_recurrent=True, funding="within", source="Vote")  # fmt: skip
    told = str(money.costs_section(strategy_contents(customs)))
    assert "costs BZD 9,200 over the fiscal years 2016/17 to 2017/18" in told
    assert "BZD 1,200 a year has to be in the vote" in told
    assert "There is no development plan yet" in told


def test_an_item_that_ends_with_its_donor_is_named_and_not_in_what_goes_on(customs):
    made = make_strategy.strategy(customs)
    work_ = make_strategy.initiative(make_strategy.objective(made))
    make_strategy.cost(work_, "Hotline", is_recurrent=True)
    make_strategy.cost(work_, "Licences", fiscal_year="2017/18", amount=Decimal(1200),
                       is_recurrent=True, funding="within", source="Vote")  # fmt: skip
    section = money.costs_section(strategy_contents(customs))
    tables = {leaf.key: leaf for leaf in leaves(section.blocks) if isinstance(leaf, Table)}
    assert tables["costs-left"].rows == (("I01 Hotline", "Regional bank", "2016/17", "8,000"),)
    assert "1 item recurs by its nature and ends with its donor" in str(section)
    assert "BZD 1,200 a year has to be in the vote" in str(section)


def test_each_cost_line_says_where_its_rate_comes_from_and_of_which_day_it_is(customs):
    work_ = make_strategy.initiative(make_strategy.objective(make_strategy.strategy(customs)))
    make_strategy.cost(work_, rate_source="Offer of a firm", priced_on=date(2016, 1, 20))
    make_strategy.cost(work_, "Licences")
    section = money.costs_section(strategy_contents(customs))
    tables = {leaf.key: leaf for leaf in leaves(section.blocks) if isinstance(leaf, Table)}
    assert [row[-2:] for row in tables["cost-lines"].rows] == [
        ("Offer of a firm", "20 Jan 2016"), ("not stated", "not stated"),
    ]  # fmt: skip


def test_the_days_of_the_budget_rounds_stand_with_the_classes_of_funding(customs):
    work_ = make_strategy.initiative(make_strategy.objective(make_strategy.strategy(customs)))
    make_strategy.cost(work_)
    make_strategy.cost(work_, "Licences", fiscal_year="2017/18", funding="next")
    assert "No budget calendar is stated" in str(money.costs_section(strategy_contents(customs)))
    customs.constants = {
        "budget_calendar": {"call_closes_on": "2015-11-30", "estimates_pass_on": "2016-03-23"}
    }
    customs.save()
    told = str(money.costs_section(strategy_contents(customs)))
    assert (
        "The call for 2016/17 closed on 30 November 2015. Its Estimates pass on 23 March 2016."
    ) in told
    assert (
        "The call for 2017/18 is open until 30 November 2016. Its Estimates pass on 23 March 2017."
    ) in told


def test_the_worth_of_working_time_is_told_apart_and_where_it_is_shown(customs):
    contents = with_training(customs, {"SO1": ("K10",)})
    assert "working time spent in training" not in str(money.costs_section(contents))
    CostLine.objects.create(
        intervention=Intervention.objects.get(), budget_line="30-7", title="backfill",
        quarter="2016/17 Q1", fiscal_year="2016/17", quantity=50, unit="hour", rate=18,
        amount=900, is_opportunity=True,
    )  # fmt: skip
    told = str(money.costs_section(strategy_contents(customs)))
    assert "The working time spent in training is worth BZD 900." in told
    assert "its table “Opportunity cost by fiscal year”" in told


def with_training(administration, objectives):
    """Two objectives, each judged by what training moves, and one intervention of 500."""
    made = make_strategy.strategy(administration)
    for code, indicators in objectives.items():
        row = make_strategy.objective(made, code)
        for indicator in indicators:
            make_strategy.indicator(row, indicator)
    plan = Plan.objects.create(administration=administration, title="Plan", as_of=AS_OF)
    line = Intervention.objects.create(
        administration=administration, plan=plan, code="V1", title="Valuation", kind="training"
    )
    CostLine.objects.create(
        intervention=line, budget_line="43", title="fee", quarter="2016/17 Q1",
        fiscal_year="2016/17", quantity=1, unit="person", rate=500, amount=500,
    )  # fmt: skip
    return strategy_contents(administration)


def test_training_is_counted_under_one_objective_and_named_under_the_other(customs):
    contents = with_training(customs, {"SO1": ("K34",), "SO2": ("K10", "K11"), "SO3": ("K01",)})

    table = next(leaves(work.programme_section(contents).blocks[1:]))

    assert [row[-1] for row in table.rows] == [
        "The training counted under SO2",
        "1 training intervention at BZD 500, among them V1 Valuation",
        "nothing: it is reached by the initiatives",
    ]


def test_training_is_told_to_end_with_its_plan(customs):
    told = str(money.costs_section(with_training(customs, {"SO1": ("K10",)})))

    assert "Training is counted as one-off: BZD 500" in told


def test_no_cost_is_a_zero_and_never_the_sign_of_what_is_withheld(customs):
    made = make_strategy.strategy(customs)
    work_ = make_strategy.initiative(make_strategy.objective(made))
    make_strategy.cost(work_)
    make_strategy.cost(work_, "Later", fiscal_year="2017/18", funding="next")

    section = money.costs_section(strategy_contents(customs))
    tables = {leaf.key: leaf for leaf in leaves(section.blocks) if isinstance(leaf, Table)}

    assert tables["costs-funding"].rows[0][:3] == ("Donor", "8,000", "0")


def test_the_decisions_say_what_they_come_to(customs):
    made = make_strategy.whole(customs)
    make_strategy.cost(made.initiatives.first(), "Cars", funding="next", amount=Decimal(700))

    first = money.decisions_section(strategy_contents(customs)).blocks[0].text

    assert "BZD 700 is to be taken into the Estimates to come." in first


def test_initiatives_stand_in_the_order_of_the_themes(customs):
    aim = make_strategy.objective(make_strategy.strategy(customs))
    for code, theme in (("A1", "systems"), ("A2", "career"), ("A3", "organisation")):
        make_strategy.initiative(aim, code, theme=theme)

    section = work.initiatives_section(strategy_contents(customs))

    assert [part.title for part in section.blocks[1:]] == [
        *("Organisation and jobs", "Career and succession", "HR systems and records")
    ]


def test_a_late_milestone_is_said_to_be_late_and_one_to_come_is_not(customs):
    row = make_strategy.initiative(make_strategy.objective(make_strategy.strategy(customs)))
    for title, due in (("Signed", date(2016, 1, 4)), ("Held", date(2016, 9, 1))):
        make_strategy.milestone(row, title, due_on=due)

    section = work.roadmap_section(strategy_contents(customs))
    (table,) = [block for block in section.blocks if isinstance(block, Table)]

    assert [one[0] for one in table.rows] == ["4 January 2016 (late)", "1 September 2016"]


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("28.05", "%", "28.1 %"),
        ("0.42", "", "0.42"),
        ("7.55", "BZD", "BZD 7.55"),
        ("3", "%", "3 %"),
    ],
)
def test_values_of_indicators_are_written_alike(value, unit, shown):
    assert measured(Decimal(value), unit) == shown


def test_a_risk_of_the_plan_stands_in_the_plan_alone(customs):
    made = make_strategy.strategy(customs)
    make_strategy.risk(made, "R1", scope="plan", title="Trainers leave", likelihood=5)
    contents = strategy_contents(customs)
    assert work.risks_section(contents) is None
    assert "The gravest: Trainers leave." in str(work.plan_risks_section(contents))


def test_moved_targets_are_printed_with_their_reason(customs):
    row = make_strategy.indicator(make_strategy.objective(make_strategy.strategy(customs)))
    TargetChange.objects.create(
        administration=customs, indicator=row, changed_on=date(2016, 2, 12), before=18, after=20,
        reason="Two posts were cut.",
    )  # fmt: skip
    told = str(follow_up.monitoring_section(strategy_contents(customs)))
    assert "Two posts were cut." in told


def test_an_indicator_without_any_value_has_no_chart(customs):
    aim = make_strategy.objective(make_strategy.strategy(customs))
    make_strategy.indicator(aim, baseline=None)
    line = strategy_contents(customs).overview.indicators[0]
    assert follow_up.indicator_chart(line) is None


def test_the_chart_of_an_indicator_begins_at_its_baseline(customs):
    row = make_strategy.indicator(make_strategy.objective(make_strategy.strategy(customs)))
    row.baseline_on = date(2015, 12, 31)
    row.save()
    assert follow_up.indicator_chart(strategy_contents(customs).overview.indicators[0]) is None
    row.measurements.create(administration=customs, measured_on=date(2016, 2, 1), value=Decimal(30))
    chart = follow_up.indicator_chart(strategy_contents(customs).overview.indicators[0])
    assert chart.labels == ("31 December 2015", "1 February 2016")
    assert [one.values for one in chart.series] == [(32.0, 30.0), (20.0, 20.0)]


def test_the_road_map_is_cut_into_charts_of_a_dozen_in_the_order_of_objectives(customs):
    made = make_strategy.strategy(customs)
    aims_ = [make_strategy.objective(made, code) for code in ("SO2", "SO1")]
    for number in range(13):
        make_strategy.initiative(aims_[number % 2], f"I{number:02}")
    charts = work.roadmap_charts(strategy_contents(customs).roadmap)
    assert [len(chart.rows) for chart in charts] == [12, 1]
    assert [row[:3] for row in charts[0].rows[:6]] == ["I01", "I03", "I05", "I07", "I09", "I11"]


def test_an_objective_names_the_findings_it_answers(customs):
    exercise = make_diagnostics.exercise(customs)
    domain = exercise.questionnaires.get().domains.first()
    Finding.objects.create(
        administration=customs, exercise=exercise, code="D1.1", title="No committee meets",
        domain=domain, kind="weakness",
    )  # fmt: skip
    made = make_strategy.strategy(customs, exercise=exercise)
    make_strategy.objective(made, findings=["D1.1"])

    section = aims.objectives_section(strategy_contents(customs))

    told = " ".join(str(block) for block in leaves(section.blocks))
    assert "Findings it answers: D1.1 No committee meets." in told
