"""Use cases of the strategy: values, targets, milestones, costs, computed indicators."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from competencies.models import Assessment, Post
from hrplan.core import audit
from hrplan.core.models import Administration, AuditEntry
from hrplan.strategy.analysis.follow_up import Standing, Trend
from hrplan.strategy.models import Measurement, Objective, Risk
from hrplan.strategy.usecases import changes, contents, costs, indicators, kept, read, roadmap
from hrplan.strategy.usecases.computed import computed_indicators
from tests import make
from tests.strategy import make_strategy
from training_calendar.models import CostLine, Intervention, Plan


@pytest.fixture
def objective(customs: Administration) -> Objective:
    return make_strategy.objective(make_strategy.strategy(customs))


def test_a_value_of_the_same_day_is_replaced(objective, alice):
    row = make_strategy.indicator(objective)
    for value in (30, 29):
        indicators.record_measurement(
            row, measured_on=date(2016, 2, 1), value=Decimal(value), by=alice
        )
    assert [one.value for one in row.measurements.all()] == [29]


def test_a_value_of_a_day_to_come_is_refused(objective, alice):
    row = make_strategy.indicator(objective)
    with pytest.raises(ValidationError, match="after the day"):
        indicators.record_measurement(
            row, measured_on=date(2016, 2, 13), value=Decimal(30), by=alice
        )


def test_only_the_hr_officer_records_values(objective, ruth, mallory):
    row = make_strategy.indicator(objective)
    for member in (ruth, mallory):
        with pytest.raises(PermissionDenied):
            indicators.record_measurement(
                row, measured_on=date(2016, 2, 1), value=Decimal(1), by=member
            )
    assert not Measurement.objects.exists()


def test_a_moved_target_leaves_its_reason_and_a_trace(objective, alice):
    row = make_strategy.indicator(objective)
    indicators.move_target(row, target=Decimal(24), reason="Two posts were cut.", by=alice)
    sheet = indicators.indicator_sheet(type(row).objects.get(pk=row.pk))
    assert [(one.before, one.after, one.reason) for one in sheet.moves] == [
        (Decimal(20), Decimal(24), "Two posts were cut.")
    ]
    assert sheet.target == 24
    assert AuditEntry.objects.filter(action="move target").count() == 1


@pytest.mark.parametrize(("target", "reason"), [(24, "  "), (20, "no change at all")])
def test_a_target_is_not_moved_without_reason_or_nowhere(objective, alice, target, reason):
    row = make_strategy.indicator(objective)
    with pytest.raises(ValidationError):
        indicators.move_target(row, target=Decimal(target), reason=reason, by=alice)
    assert not row.changes.exists()


def test_a_plain_edit_cannot_move_a_target_silently(objective, alice):
    row = make_strategy.indicator(objective)
    with pytest.raises(ValidationError, match="with why"):
        changes.change_row(row, by=alice, target=Decimal(30))


def test_a_sheet_shows_standing_trend_and_what_the_records_give(objective):
    row = make_strategy.indicator(objective)
    for day, value in ((1, 31), (11, 29), (20, 10)):
        Measurement.objects.create(
            administration=row.administration,
            indicator=row,
            measured_on=date(2016, 2, day),
            value=value,
        )
    kept.keep_indicators(row.administration, by=None)
    sheet = indicators.indicator_sheet(row, kept.kept_indicators(row.administration))
    assert [one.value for one in sheet.points] == [31, 29]  # the 20th is yet to come
    assert (sheet.standing, sheet.trend) == (Standing.NEARER, Trend.BETTER)
    assert sheet.way_covered == Decimal("0.25")  # from 32 to 29 of the way to 20
    assert sheet.computed.value is None
    assert sheet.computed.reason == "nothing is assessed yet"


def test_a_milestone_is_completed_once_and_not_ahead_of_time(objective, alice):
    row = make_strategy.milestone(make_strategy.initiative(objective))
    with pytest.raises(ValidationError, match="after the day"):
        changes.complete_milestone(row, done_on=date(2016, 3, 1), by=alice)
    changes.complete_milestone(row, done_on=date(2016, 2, 11), by=alice)
    with pytest.raises(ValidationError, match="already"):
        changes.complete_milestone(row, done_on=date(2016, 2, 11), by=alice)


@pytest.mark.parametrize(
    ("first", "last", "due", "done", "state"),
    [
        (date(2016, 4, 1), date(2016, 9, 1), date(2016, 6, 1), None, "not_begun"),
        (date(2016, 1, 1), date(2016, 9, 1), date(2016, 6, 1), None, "running"),
        (date(2016, 1, 1), date(2016, 9, 1), date(2016, 2, 1), None, "late"),
        (date(2016, 1, 1), date(2016, 2, 1), date(2016, 2, 1), None, "over"),
        (date(2016, 1, 1), date(2016, 2, 1), date(2016, 2, 1), date(2016, 2, 2), "done"),
    ],
)
def test_the_state_of_an_initiative_follows_its_days(objective, first, last, due, done, state):
    row = make_strategy.initiative(objective, starts_on=first, ends_on=last)
    make_strategy.milestone(row, due_on=due, done_on=done)
    assert read.initiative_line(row, date(2016, 2, 12)).state == state


def test_what_an_initiative_depends_on_is_named_by_title(objective):
    make_strategy.initiative(objective, "I01", title="Pass the policy")
    row = make_strategy.initiative(objective, "I02", depends_on="I01")
    assert read.initiative_line(row, date(2016, 2, 12)).depends_on == "I01 Pass the policy"


def test_costs_add_the_plans_cash_and_leave_out_the_worth_of_time(objective, customs):
    work = make_strategy.initiative(objective)
    make_strategy.cost(work, is_recurrent=True)
    plan = Plan.objects.create(administration=customs, title="Plan", as_of=customs.as_of)
    training = Intervention.objects.create(
        administration=customs, plan=plan, code="V1", title="Valuation", source="Vote"
    )
    for amount, opportunity in ((500, False), (900, True)):
        CostLine.objects.create(
            intervention=training,
            budget_line="43",
            title="fee",
            quarter="2017/18 Q1",
            fiscal_year="2017/18",
            quantity=1,
            unit="person",
            rate=amount,
            amount=amount,
            is_opportunity=opportunity,
        )
    found = costs.cost_summary(objective.strategy)
    assert (found.measures, found.training, found.total) == (8000, 500, 8500)
    assert found.opportunity == 900
    assert found.years == ("2016/17", "2017/18")
    assert found.tail == 8000
    assert [(row.key, row.amounts) for row in found.by_line.rows] == [
        ("43 Training fees", (0, 500)),
        ("48 Contracts and consultancies", (8000, 0)),
    ]
    assert [(row.key, row.total) for row in found.by_source.rows] == [
        ("Regional bank", 8000),
        ("Vote", 500),
    ]


def test_an_amount_that_quantity_and_rate_do_not_give_is_refused_in_words(objective, alice):
    row = make_strategy.cost(make_strategy.initiative(objective))  # 10 days at 800
    with pytest.raises(ValidationError, match=r"Quantity times rate is 8,000.00, not 8,000.02."):
        changes.change_row(row, by=alice, amount=Decimal("8000.02"))
    changes.change_row(row, by=alice, amount=Decimal("8000.01"), priced_on=date(2016, 1, 20))
    assert type(row).objects.get().priced_on == date(2016, 1, 20)


@pytest.mark.parametrize(
    ("year", "kind", "words"),
    [
        ("2016/17", "within", ""),
        ("2016/17", "virement", ""),
        ("2016/17", "next", "The call for 2016/17 closed on 30 November 2015"),
        ("2017/18", "next", ""),
        ("2017/18", "donor", ""),
        ("2017/18", "within", "The call for 2017/18 is open until 30 November 2016"),
        ("FY17", "within", ""),
    ],
)
def test_a_class_of_funding_is_told_where_the_budget_calendar_contradicts_it(
    objective, customs, year, kind, words
):
    customs.constants = {"budget_calendar": {"call_closes_on": "2015-11-30"}}
    customs.save()
    make_strategy.cost(make_strategy.initiative(objective), fiscal_year=year, funding=kind)
    found = costs.cost_summary(objective.strategy)
    assert found.rows[0].class_warning.startswith(words)
    assert found.warnings == bool(words) == bool(found.rows[0].class_warning)


def test_without_a_budget_calendar_a_far_year_in_the_vote_is_told_too(objective):
    work = make_strategy.initiative(objective)
    make_strategy.cost(work, fiscal_year="2017/18", funding="within")
    make_strategy.cost(work, "Printer", funding="next")
    assert [row.class_warning for row in costs.initiative_rows(work)] == [
        "2016/17 begins within a year: no next call, where no calendar says more.",
        "2017/18 begins more than a year ahead: next call, where no calendar says more.",
    ]


def test_without_a_plan_the_cost_of_training_is_said_to_be_missing(objective):
    assert costs.cost_summary(objective.strategy).no_plan


def test_the_road_map_runs_over_the_quarters_of_the_fiscal_year(objective):
    work = make_strategy.initiative(objective)  # April to September 2016
    make_strategy.milestone(work, due_on=date(2016, 10, 1))
    found = roadmap.roadmap(objective.strategy)
    assert [one.label for one in found.quarters] == ["2016/17 Q1", "2016/17 Q2", "2016/17 Q3"]
    assert found.rows[0].active == (True, True, False)
    assert found.rows[0].due == (0, 0, 1)


def test_a_row_cannot_point_to_another_administration(objective, elsewhere, alice):
    other = make_strategy.objective(make_strategy.strategy(elsewhere))
    with pytest.raises(ValidationError, match="another administration"):
        changes.add_row(
            type(make_strategy.initiative(objective)),
            objective.administration,
            by=alice,
            objective=other,
            code="I09",
            theme="learning",
            title="Steal",
            action="x",
            owner="x",
            starts_on=date(2016, 4, 1),
            ends_on=date(2016, 5, 1),
        )


def test_a_risk_beyond_the_scale_is_refused(objective, customs, alice):
    with pytest.raises(ValidationError):
        changes.add_row(
            Risk, customs, by=alice, code="R1", title="x", likelihood=6, impact=1, owner="x",
            mitigation="x",
        )  # fmt: skip
    assert not Risk.objects.exists()


def test_risks_are_ordered_by_gravity_and_stand_in_their_cell(objective):
    for code, likelihood, impact in (("R1", 1, 5), ("R2", 5, 4), ("R3", 2, 3)):
        make_strategy.risk(objective.strategy, code, likelihood=likelihood, impact=impact)
    lines = read.risk_lines(Risk.objects.all())
    assert [(one.code, one.score, one.band) for one in lines] == [
        ("R2", 20, "high"),
        ("R3", 6, "medium"),
        ("R1", 5, "low"),
    ]
    matrix = dict(read.risk_matrix(lines))
    assert [one.code for one in matrix[5][3].risks] == ["R2"]


def test_computed_indicators_follow_the_records_and_count_what_is_missing(customs):
    framework = make.framework(customs)
    profile = make.profile(framework, O1=3, O2=2)
    unit = make.unit(customs)
    post = Post.objects.create(administration=customs, code="P1", unit=unit, profile=profile)
    Post.objects.create(administration=customs, code="P2", unit=unit, profile=profile)
    staff = [make.staff_member(unit, profile) for _ in range(3)]
    make.staff_member(unit)  # without a profile
    staff[0].post = post
    staff[0].save()
    topic = framework.competencies.get(code="O1")
    Assessment.objects.create(
        administration=customs,
        staff_member=staff[0],
        competency=topic,
        source="validated",
        level=1,
        rated_on=date(2016, 1, 10),
        evidence="file 1",
    )
    found = {one.code: one for one in computed_indicators(customs)}
    told = {code: (one.value, one.n, one.missing) for code, one in found.items()}
    assert told["K01"] == (50.0, 2, 0)  # one of two posts is vacant
    assert told["K07"] == (75.0, 4, 0)  # three of four have a profile
    assert told["K08"] == (25.0, 4, 0)
    assert told["K09"] == (100.0, 1, 0)
    assert told["K10"] == (66.6667, 1, 5)  # 2 short of 3; five pairs aren't assessed
    assert told["K13"] == (1.0, 1, 1)  # nobody holds O1 at 3; O2 isn't assessed
    assert found["K15"].value is None
    assert found["K15"].reason == "there is no development plan with a calendar"


def test_values_are_no_competencies_that_could_hang_on_one_person(customs):
    framework = make.framework(customs)
    make.staff_member(make.unit(customs), make.profile(framework, O1=3))
    framework.groups.update(in_gap_totals=False)

    (found,) = computed_indicators(customs, ["K13"])

    assert (found.value, found.reason) == (None, "no profile asks for a competency")


def test_contents_hold_the_whole_strategy(customs):
    make_strategy.whole(customs)
    found = contents.strategy_contents(customs)
    assert [len(part) for part in (
        found.overview.objectives, found.risks, found.obligations, found.decisions,
        found.responsibilities, found.consultations,
    )] == [1, 1, 1, 1, 1, 1]  # fmt: skip
    assert len(found.rules) == 10
    assert found.obligations[0].state == "soon"


def test_without_a_strategy_there_are_no_contents(customs):
    assert contents.strategy_contents(customs) is None


def test_computed_indicators_are_kept_and_say_when_a_record_changed_since(customs, alice):
    assert kept.kept_indicators(customs) is None

    kept.keep_indicators(customs, by=alice)
    fresh = kept.kept_indicators(customs)
    audit.record("change unit", make.unit(customs, "HQ"), by=alice)
    old = kept.kept_indicators(customs)

    assert fresh.lines == computed_indicators(customs)
    assert (fresh.is_stale, old.is_stale) == (False, True)


def test_making_documents_alone_makes_no_computed_indicator_stale(customs, alice):
    run = kept.keep_indicators(customs, by=alice)
    audit.record("export", run, by=alice)

    assert not kept.kept_indicators(customs).is_stale


def test_the_hr_officer_alone_asks_for_computed_indicators(customs, alice, ruth):
    with pytest.raises(PermissionDenied):
        kept.ask_for_indicators(by=ruth)
    run = kept.ask_for_indicators(by=alice)

    kept.indicators_task.func(run.pk)

    run.refresh_from_db()
    assert set(run.result["found"]) == {one.code for one in computed_indicators(customs)}
