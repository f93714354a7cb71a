"""Progress under the reference points that indicators, or else their objectives, serve."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hrplan.documents.nodes import Section, Table
from hrplan.strategy.models import Measurement
from hrplan.strategy.report import follow_up
from hrplan.strategy.usecases import read
from hrplan.strategy.usecases.contents import strategy_contents
from tests.strategy import make_strategy


@pytest.fixture
def strategy(customs):
    """K10 nearer and K11 unmeasured under integrity, by their objective; K12 of its own point."""
    made = make_strategy.strategy(customs)
    aim = make_strategy.objective(made, reference_points=["integrity"])
    measured(make_strategy.indicator(aim, "K10"), 25)
    make_strategy.indicator(aim, "K11")
    own = ["integrity", "accountability"]
    measured(make_strategy.indicator(aim, "K12", reference_points=own), 32)
    measured(make_strategy.indicator(make_strategy.objective(made, "SO2"), "K13"), 20)
    return made


def measured(row, value):
    Measurement.objects.create(
        administration=row.administration, indicator=row, measured_on=date(2016, 2, 1),
        value=Decimal(value),
    )  # fmt: skip


def points(strategy):
    return read.overview_of(strategy).points


def test_an_indicator_stands_under_its_own_points_or_those_of_its_objective(strategy):
    assert {one.code: [line.code for line in one.indicators] for one in points(strategy)} == {
        "integrity": ["K10", "K11", "K12"], "accountability": ["K12"], "": ["K13"],
    }  # fmt: skip


def test_what_is_not_measured_is_counted_apart_and_not_as_a_failure(strategy):
    first = points(strategy)[0]
    assert (first.judged, first.on_course, first.unjudged) == (2, 1, 1)
    assert follow_up.point_words(first) == (
        "1 of 2 indicators measured against a target are reached or nearer. "
        "1 isn't measured, has no target or is only watched."
    )


def test_the_document_prints_one_table_a_point_and_those_of_none_last(strategy):
    section = follow_up.monitoring_section(strategy_contents(strategy.administration))
    part = next(one for one in section.blocks if isinstance(one, Section) and one.key == "points")
    tables = [one for one in part.blocks if isinstance(one, Table)]
    assert [(one.key, len(one.rows)) for one in tables] == [
        ("point-integrity", 3), ("point-accountability", 1), ("point-none", 1),
    ]  # fmt: skip
    assert tables[0].rows[0] == ("K10 Indicator K10", "32 %", "25 %", "20 %", "nearer")
    assert tables[2].caption == "Of no single point"


def test_where_nothing_serves_a_point_nothing_is_printed(customs):
    make_strategy.whole(customs)
    assert read.strategy_overview(customs).points == ()


def test_the_list_of_indicators_is_narrowed_to_a_point(strategy, alice, as_):
    address = reverse("strategy:indicator_list", args=["customs"])
    for point, codes in (("accountability", ["K12"]), ("none", ["K13"])):
        rows = as_(alice).get(address, {"point": point}).context["rows"]
        assert [line.code for line in rows] == codes
