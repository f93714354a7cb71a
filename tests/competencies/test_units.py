"""Units: their tree with posts and people, and one unit with those below it."""

import pytest
from django.urls import reverse

from competencies.models import Post, Unit
from competencies.usecases import units
from competencies.usecases.dense import gap_figures
from tests import make
from tests.competencies.make_gaps import Port, port, rate


@pytest.fixture
def place(customs) -> Port:
    """The port below a division, with a yard below the port."""
    made = port(customs)
    division = make.unit(customs, "DIV", title="Division", region="West")
    made.unit.parent = division
    made.unit.save()
    yard = make.unit(customs, "YARD", title="Yard", parent=made.unit, is_station=True)
    rate(make.staff_member(yard, made.profile, code="S9"), "O1", 0)
    post = {"administration": customs, "unit": yard, "profile": made.profile}
    Post.objects.create(code="P1", rank="Examiner", is_key=True, **post)
    Post.objects.create(code="P2", rank="Examiner", **post)
    return made


def overview(place, code, **options):
    unit = Unit.objects.get(administration=place.administration, code=code)
    return units.unit_overview(unit, gap_figures(place.administration), **options)


def test_a_unit_counts_its_own_people_and_those_of_all_units_below(place):
    lines = units.unit_lines(place.administration)

    shown = [(line.unit.code, line.depth, line.own.strength, line.whole.strength) for line in lines]
    assert shown == [("DIV", 0, 0, 4), ("PORT", 1, 3, 4), ("YARD", 2, 1, 1)]
    assert units.sum_of(lines).strength == 4


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({"words": "yar"}, ["YARD"]),
        ({"region": "West"}, ["DIV"]),
        ({"kind": "stations"}, ["YARD"]),
        ({"kind": "vacant"}, ["YARD"]),
        ({"words": "div", "kind": "stations"}, []),
    ],
)
def test_units_are_narrowed_by_words_region_and_kind(place, wanted, codes):
    lines = units.narrowed_lines(units.unit_lines(place.administration), **wanted)

    assert [(line.unit.code, line.indent) for line in lines] == [(code, "") for code in codes]


def test_a_division_shows_the_gaps_and_the_posts_of_the_units_below(place):
    seen = overview(place, "DIV")

    assert (seen.own.strength, seen.whole.strength, seen.whole.posts) == (0, 4, 2)
    assert [(line.establishment.title, line.establishment.strength) for line in seen.children] == [
        ("Port", 4)
    ]
    assert seen.children[0].index == seen.total.index
    assert [(column.code, cell.gap, cell.n) for column, cell in seen.widest] == [("O1", 5.0, 3)]


def test_outsiders_see_of_a_division_who_serves_and_no_gap(place):
    seen = overview(place, "DIV", limit=5)

    assert (seen.whole.strength, seen.children[0].index, seen.total, seen.widest) == (
        4,
        None,
        None,
        (),
    )


def test_posts_of_one_kind_stand_in_one_line(place):
    line = overview(place, "YARD").post_lines[0]

    assert (line.first.rank, line.posts, line.filled, line.vacant, line.key) == (
        "Examiner",
        2,
        0,
        2,
        1,
    )


def test_the_heat_map_and_the_staff_list_of_a_unit_hold_those_below_it(place, as_, alice):
    client = as_(alice)
    people = client.get(f"{reverse('competencies:staff_list', args=['customs'])}?unit=DIV")
    heat = client.get(f"{reverse('competencies:gaps', args=['customs'])}?rows=person&unit=PORT")

    assert len(people.context["lines"]) == 4
    assert len(heat.context["lines"]) == 4


def test_the_people_of_a_large_unit_stand_on_several_pages(place, as_, alice):
    for _ in range(30):
        make.staff_member(place.unit, place.profile)

    page = as_(alice).get(f"{place.unit.get_absolute_url()}?page=2")

    assert len(page.context["people"]) == 8
