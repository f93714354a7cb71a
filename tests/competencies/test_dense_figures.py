"""Totals, maps and rows of persons out of dense tables are those of ratings read cell by cell."""

from datetime import date

import pandas as pd
import pytest

from competencies.analysis.gaps import gap_totals, person_gaps
from competencies.analysis.held_levels import SOURCES, held_levels
from competencies.models import StaffMember
from competencies.usecases import dense, gaps, heat_maps, levels_ahead, person_maps, standing
from tests import make
from tests.competencies.make_gaps import Port, port, rate
from tests.competencies.plain_gaps import narrowed

pytestmark = pytest.mark.django_db
DAY = date(2016, 2, 12)


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    rate(made.eve, "O1", 3, source="self", rated_on=date(2015, 1, 10))
    rate(made.eve, "O1", 2, source="supervisor", rated_on=date(2015, 6, 1))
    levels_ahead.work_out(customs)
    return made


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True),
        expected.reset_index(drop=True),
        check_dtype=False,
        check_exact=False,
        atol=1e-6,
        rtol=1e-6,
    )


@pytest.fixture
def mixed(place, customs, alice) -> Port:
    """A place with a second unit and profile, further profiles, an exemption, a value, a draft."""
    air = make.unit(customs, "AIR", title="Air", parent=place.unit)
    other = make.profile(place.framework, "R2", O1=4, O2=1)
    draft = make.profile(place.framework, "R3", O1=4)
    draft.state = "draft"
    draft.save()
    both = make.staff_member(air, place.profile, code="S5", grade=3)
    both.secondary_profiles.add(other, draft)
    make.staff_member(air, draft, code="S6").secondary_profiles.add(other)
    make.staff_member(air, code="S7").secondary_profiles.add(other)
    make.staff_member(air, other, code="S8", left_on=DAY)
    rate(both, "O1", 2.5)
    rate(StaffMember.objects.get(code="S6"), "O2", 0)
    topic = place.framework.competencies.get(code="O2")
    standing.exempt(place.ben, topic, starts_on=DAY, reason="on leave", by=alice)
    return place


WAYS = [(), ("unit",), ("profile",), ("competency",), ("unit", "competency"),
        ("profile", "competency")]  # fmt: skip
NARROW = [{}, {"unit": "PORT"}, {"unit": "AIR"}, {"profile": "R1"}, {"grade": "3"},
          {"only_critical": True}, {"group": "O", "unit": "AIR"}, {"group": "none"}]  # fmt: skip


@pytest.mark.parametrize("values", [False, True], ids=["levels", "values"])
def test_totals_of_everybody_are_those_of_the_ratings(mixed, customs, values):
    mixed.framework.groups.update(in_gap_totals=not values)
    analysis, figures = gaps.gap_analysis(customs), dense.gap_figures(customs)

    for by in WAYS:
        same(figures.totals(*by), analysis.totals(*by))
        same(figures.values(*by), narrowed(analysis, values=True)(*by))
        for narrow in NARROW:
            same(figures.narrowed(**narrow)(*by), narrowed(analysis, **narrow)(*by))
    for name in ("assessed_people", "unassessed_people", "without_profile", "left_out"):
        assert getattr(figures, name) == getattr(analysis, name), name


@pytest.mark.parametrize("narrow", NARROW, ids=str)
def test_the_rows_of_persons_are_the_totals_of_their_ratings(mixed, customs, narrow):
    heat = person_maps.person_map(dense.gap_figures(customs), **narrow)
    totals = narrowed(gaps.gap_analysis(customs), **narrow)
    figures = heat_maps.FIGURES

    cells, rows = (totals(*by).set_index(list(by))[figures] for by in (
        ("staff", "competency"), ("staff",)
    ))  # fmt: skip

    assert [row.key for row in heat.rows] == list(rows.index)
    assert heat.rows[len(rows) - 1 :] == [*heat.rows][-1:]
    for row in heat.rows:
        assert told(row.total) == pytest.approx(rows.loc[row.key].tolist(), nan_ok=True)
        asked = [one.code for one, cell in zip(heat.columns, row.cells, strict=True) if cell]
        assert asked == list(cells.loc[row.key].index)
        for code, cell in zip(asked, filter(None, row.cells), strict=True):
            expected = cells.loc[(row.key, code)].tolist()
            assert told(cell) == pytest.approx(expected, nan_ok=True)


def test_totals_of_named_people_are_those_of_their_ratings(mixed, customs):
    people = dict(StaffMember.objects.filter(code__in=["S5", "S7"]).values_list("pk", "code"))

    found = dense.gap_figures(customs).totals_of(people)

    totals = gaps.gap_analysis(customs).totals("staff")
    same(found, totals[totals["staff"].isin(people.values())][found.columns])


def told(cell):
    """The figures of a cell of a map, NaN for what is not known."""
    values = [getattr(cell, name) for name in heat_maps.FIGURES]
    return [float("nan") if value is None else value for value in values]


@pytest.mark.parametrize("source", ["self", "validated", ""])
def test_a_map_by_one_source_shows_what_that_source_alone_says(mixed, customs, source):
    rate(mixed.ann, "O1", 2, source="self")
    rate(mixed.ben, "O2", 4, source="self")
    analysis = gaps.gap_analysis(customs)
    alone = analysis.ratings[analysis.ratings["source"].isin([source] if source else SOURCES)]
    held = held_levels(alone, analysis.constants, as_of=analysis.as_of)

    seen = dense.gap_figures(customs).seen_by(source, customs)

    cells = person_gaps(analysis.required, held)
    same(seen.totals("competency"), gap_totals(cells, ["competency"], left_out=analysis.left_out))


@pytest.mark.parametrize("limit", [None, 2])
@pytest.mark.parametrize("by", ["unit", "profile"])
def test_what_a_map_shows_are_the_totals_of_the_ratings(mixed, customs, by, limit):
    totals = narrowed(gaps.gap_analysis(customs))
    cells = totals(by, "competency").set_index([by, "competency"])[heat_maps.FIGURES]
    rows = totals(by).set_index(by)[heat_maps.FIGURES]

    heat = heat_maps.heat_map(dense.gap_figures(customs), by, limit=limit)

    shown = {(row.key, column.code): cell for row in heat.rows
             for column, cell in zip(heat.columns, row.cells, strict=True) if cell}  # fmt: skip
    assert set(shown) == set(cells.index)
    assert {row.key for row in heat.rows} == set(rows.index)
    few = {place for place, n in cells["n"].items() if limit and 0 < n < limit}
    assert few <= {place for place, cell in shown.items() if cell.hidden}
    seen = [(cell, cells.loc[place]) for place, cell in shown.items()]
    for cell, expected in seen + [(row.total, rows.loc[row.key]) for row in heat.rows]:
        if not cell.hidden:
            assert told(cell) == pytest.approx(expected.tolist(), abs=1e-6, nan_ok=True)
