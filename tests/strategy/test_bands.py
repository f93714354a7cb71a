"""Bands, indicators that are only watched, limits, and what the catalogue fills in."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hrplan.strategy import tables
from hrplan.strategy.analysis.follow_up import Standing, Trend, standing, trend
from hrplan.strategy.library import catalogue
from hrplan.strategy.models import Indicator
from hrplan.strategy.report import follow_up
from hrplan.strategy.usecases import changes, computed, indicators, read
from hrplan.strategy.usecases.contents import strategy_contents
from tests.strategy import make_strategy

D = Decimal
ENDS = (D(24), D(40))


@pytest.fixture
def objective(customs):
    return make_strategy.objective(make_strategy.strategy(customs))


def test_a_value_within_the_stated_ends_has_reached_its_target():
    for value in (24, 33, 40):
        assert standing(D(value), None, D(11), "band", ends=ENDS) == Standing.MET
    assert standing(D(20), None, D(11), "band", ends=ENDS) == Standing.NEARER  # 4 off, not 13
    assert standing(D(54), None, D(11), "band", ends=ENDS) == Standing.NO_NEARER  # 14 off


def test_the_ends_count_before_a_target_beside_them():
    assert standing(D(25), D(36), D(11), "band", ends=ENDS) == Standing.MET


def test_a_trend_within_the_band_is_unchanged_and_towards_it_better():
    assert trend([D(11), D(20)], None, "band", ENDS) == Trend.BETTER
    assert trend([D(25), D(39)], None, "band", ENDS) == Trend.STEADY
    assert trend([D(39), D(41)], None, "band", ENDS) == Trend.WORSE


def test_what_is_only_watched_is_neither_good_nor_bad():
    assert standing(D(60), D(50), D(40), "monitored") == Standing.WATCHED
    assert standing(None, None, None, "monitored") == Standing.UNKNOWN
    assert trend([D(60), D(70)], None, "monitored") == Trend.MOVED
    assert trend([D(60), D(60)], None, "monitored") == Trend.STEADY


@pytest.mark.parametrize(
    "given",
    [
        {"band_low": D(24)},
        {"band_high": D(40)},
        {"band_low": D(40), "band_high": D(24)},
        {"band_low": D(24), "band_high": D(40), "better": "higher"},
    ],
)
def test_half_a_band_or_one_of_another_kind_is_refused(given, customs, objective, alice):
    fields = {"code": "K15", "title": "Hours", "better": "band", **given}
    with pytest.raises(ValidationError, match="band"):
        changes.add_row(Indicator, customs, by=alice, **fields)
    row = {"strategy": "hr-2016", "indicator": "K15", "title": "Hours", "better": "band", **given}
    with pytest.raises(ValidationError, match="band"):
        door().save(customs, [row], [])
    assert not Indicator.objects.exists()


def door():
    return next(door for door in tables.DOORS if door.name == "indicators")


def test_a_band_that_stands_is_moved_with_its_reason_and_not_silently(objective, alice):
    row = make_strategy.indicator(
        objective, "K15", better="band", target=None, band_low=D(24), band_high=D(40)
    )
    with pytest.raises(ValidationError, match="with why"):
        changes.change_row(row, by=alice, band_low=D(10))
    row.refresh_from_db()
    indicators.move_target(row, band=(D(20), D(36)), reason="Cover.", by=alice)
    line = read.strategy_overview(row.administration).indicators[0]
    assert line.ends == (20, 36)
    assert [(one.band_before, one.band_after) for one in line.moves] == [("24–40", "20–36")]
    told = str(follow_up.monitoring_section(strategy_contents(row.administration)))
    assert "24–40" in told
    assert "within 20–36" in told


def test_an_indicator_with_a_band_or_only_watched_is_complete_without_a_target(objective):
    make_strategy.indicator(
        objective, "K15", better="band", target=None, band_low=D(24), band_high=D(40)
    )
    make_strategy.indicator(objective, "K26", better="monitored", target=None)
    make_strategy.indicator(objective, "K10", target=None)
    lines = read.strategy_overview(objective.administration).indicators
    assert {line.code: line.is_complete for line in lines} == {
        "K10": False, "K15": True, "K26": True,
    }  # fmt: skip


def test_a_form_without_a_formula_takes_that_of_its_code(customs, objective, alice, as_):
    data = {"code": "K10", "title": "Gaps", "unit": "points", "better": "", "modules": []}
    address = reverse("strategy:indicators_add", args=["customs"])
    assert as_(alice).post(address, data).status_code == 302
    row, entry = Indicator.objects.get(), entries()["K10"]
    assert (row.formula, row.unit, row.better) == (entry.formula, "points", "lower")
    assert (row.source, row.limits) == (entry.source, entry.limits)


def test_rest_and_tables_take_it_too_and_a_code_of_ones_own_stays_empty(
    customs, objective, alice, as_
):
    given = {"code": "K15", "title": "Hours"}
    made = as_(alice).post("/api/v1/customs/indicators/", given, content_type="application/json")
    assert made.json()["better"] == "band"
    rows = [
        {"strategy": "hr-2016", "indicator": code, "title": code, "better": None}
        for code in ("K26", "T01")
    ]
    door().save(customs, rows, [])
    found = {row.code: (row.better, row.unit) for row in Indicator.objects.all()}
    assert found == {
        "K15": ("band", "hours a year"), "K26": ("monitored", "%"), "T01": ("higher", ""),
    }  # fmt: skip


def test_a_new_title_alone_leaves_what_was_stated(objective, alice):
    row = make_strategy.indicator(objective, "K10", formula="ours", better="higher")
    changes.change_row(row, by=alice, title="Gaps")
    row.refresh_from_db()
    assert (row.title, row.formula, row.better) == ("Gaps", "ours", "higher")


def entries():
    return {entry.code: entry for entry in catalogue.entries("BZD")}


def test_the_catalogue_has_all_forty_each_with_source_and_limits():
    known = entries()
    assert list(known) == [f"K{n:02d}" for n in range(1, 41)]
    assert all(e.formula and e.unit and e.source and e.limits for e in known.values())
    assert {e.better for e in known.values()} <= set(Indicator.Better.values)


def test_everything_computed_has_an_entry_and_the_annex_prints_limits(objective):
    assert set(computed.COMPUTED) <= set(entries())
    make_strategy.indicator(objective, "K10", limits="Counts the assessed alone.")
    annex = str(follow_up.indicator_annex(strategy_contents(objective.administration)))
    assert "Counts the assessed alone." in annex


def test_a_band_is_given_to_an_indicator_of_another_kind_by_nobody(objective, alice, as_):
    row = make_strategy.indicator(objective, "K10")
    address = reverse("strategy:move_target", args=["customs", row.pk])
    given = {"band_low": "24", "band_high": "40", "reason": "Cover."}
    assert "within a band" in as_(alice).post(address, given).content.decode()
    row.refresh_from_db()
    assert (row.ends, row.changes.count()) == (None, 0)


def test_page_and_rest_move_a_band_and_refuse_half_of_one(objective, alice, as_):
    row = make_strategy.indicator(objective, "K15", better="band", target=None)
    page = reverse("strategy:move_target", args=["customs", row.pk])
    assert as_(alice).post(page, {"band_low": "24", "reason": "Set."}).status_code == 200
    both = {"band_low": "24", "band_high": "40", "reason": "Set."}
    assert as_(alice).post(page, both).status_code == 302
    rest = f"/api/v1/customs/indicators/{row.pk}/move-target/"
    half = {"band_high": "36", "reason": "Cover."}
    kind = "application/json"
    assert as_(alice).post(rest, half, content_type=kind).status_code == 400
    moved = as_(alice).post(rest, {**half, "band_low": "20"}, content_type=kind)
    assert (moved.json()["band_low"], moved.json()["band_high"]) == ("20.00", "36.00")
    assert [one.band_before for one in row.changes.all()] == ["", "24–40"]
