"""Sections of the documents: what they tell, and that they stay away without data."""

from datetime import date
from decimal import Decimal

import pytest

from hrplan.documents.nodes import Section, leaves
from hrplan.strategy.models import TargetChange
from hrplan.strategy.report import aims, follow_up, money, work
from hrplan.strategy.usecases.contents import strategy_contents
from tests.strategy import make_strategy

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
