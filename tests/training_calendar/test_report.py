"""Plan and calendar as sections of the documents."""

from datetime import date

import pytest

from hrplan.core.models import Administration
from hrplan.documents.nodes import Section, Table, leaves
from tests import make
from tests.once import once
from tests.training_calendar.test_usecases import EFFORT, MINI
from training_calendar.models import Calendar, Plan
from training_calendar.report import (
    calendar,
    constants,
    money,
    priorities,
    reference,
    release,
    sheets,
)
from training_calendar.usecases import contents, imports, plans

pytestmark = pytest.mark.whole


def build() -> int:
    """The plan of a small planning instance."""
    customs = make.administration("customs", as_of_fixed=date(2027, 1, 4))
    customs.constants = {"planning": {"preparation_days": 0, "scenarios": [0.8, 1.2]}}
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return plans.make_plan(customs, by=None, effort=EFFORT).pk


made_once = once(build)


@pytest.fixture
def customs(made_once: int, db: None) -> Administration:
    return Administration.objects.get(slug="customs")


@pytest.fixture
def plan(customs: Administration, made_once: int) -> Plan:
    return Plan.objects.get(pk=made_once)


def tables(section: Section | None) -> list[Table]:
    assert section is not None
    return [leaf for leaf in leaves(section.blocks) if isinstance(leaf, Table)]


def test_a_plan_fills_its_sections(plan: Plan) -> None:
    found = contents.plan_contents(plan)

    made = (
        priorities.priorities_section(found),
        priorities.levels_section(found),
        sheets.sheets_section(found),
        sheets.trainers_section(found),
        money.budget_section(found),
        money.evaluation_section(found),
        money.catalogue_annex(found),
        money.costing_annex(found),
    )

    assert all(section is not None for section in made)
    assert len(tables(made[2])) == len(found.sheets)
    by_line = tables(made[4])[0]
    assert by_line.rows[-1][0] == "All"
    assert len(tables(made[0])[-1].rows) == 2


def test_without_measures_the_section_is_left_out(plan: Plan) -> None:
    assert sheets.measures_section(contents.plan_contents(plan)) is None


def test_a_calendar_fills_its_sections_without_names(plan: Plan) -> None:
    found = contents.calendar_contents(plan.calendar)

    made = [
        calendar.year_section(found),
        calendar.sessions_section(found),
        calendar.quarters_section(found),
        release.release_section(found),
        calendar.phasing_section(found),
        calendar.evaluation_dates_section(found),
        calendar.changes_section(found),
        reference.reference_annex(found),
    ]

    assert all(section is not None for section in made)
    assert "S000" not in repr(made)


def test_nominees_stand_in_the_internal_edition_only(plan: Plan) -> None:
    open_edition = contents.calendar_contents(plan.calendar)
    internal = contents.calendar_contents(plan.calendar, internal=True)

    assert open_edition.nominees == {}
    assert set(internal.nominees) == {row.code for row in internal.rows}
    assert "S000" in repr(calendar.quarters_section(internal))


def test_an_empty_calendar_has_no_sections(customs: Administration) -> None:
    plan = Plan.objects.create(administration=customs, title="Plan", as_of=customs.as_of)
    empty = Calendar.objects.create(
        administration=customs, plan=plan, starts_on=date(2016, 4, 1), ends_on=date(2016, 6, 30)
    )
    found, whole = contents.calendar_contents(empty), contents.plan_contents(plan)

    assert calendar.year_section(found) is None
    assert release.release_section(found) is None
    assert calendar.phasing_section(found) is None
    assert priorities.priorities_section(whole) is None
    assert money.budget_section(whole) is None


def test_every_constant_has_words(plan: Plan) -> None:
    shown = constants.constants_table(contents.plan_contents(plan).overview.constants)

    assert len(shown.rows) > 20
    assert not [row[0] for row in shown.rows if row[0].startswith("planning.")]
