"""Lists of gaps and of staff: their order in the address, and the list as a file."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from competencies.models import Appeal
from competencies.usecases import heat_maps
from competencies.usecases.dense import gap_figures
from hrplan.core.models import AuditEntry
from tests import make
from tests.competencies.make_gaps import Port, port, rate


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def url(name):
    return reverse(f"competencies:{name}", args=["customs"])


def codes(client, address):
    return [line.person.code for line in client.get(address).context["lines"]]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["S1", "S2", "S3"]),
        ("?sort=-name", ["S3", "S2", "S1"]),
        ("?sort=-index", ["S1", "S2", "S3"]),
        ("?sort=index", ["S2", "S1", "S3"]),
        ("?sort=-missing", ["S3", "S2", "S1"]),
        ("?sort=nonsense", ["S1", "S2", "S3"]),
    ],
)
def test_the_staff_list_follows_the_order_of_its_address(place, as_, alice, sort, order):
    assert codes(as_(alice), f"{url('staff_list')}{sort}") == order


def test_the_staff_list_as_a_file_holds_all_who_match_and_is_on_record(place, as_, alice):
    place.ben.name = "=Ben"
    place.ben.save()

    response = as_(alice).get(f"{url('staff_list')}?format=csv&q=ben")

    assert response["Content-Type"].startswith("text/csv")
    head, line = response.getvalue().decode("utf-8-sig").splitlines()
    assert head.startswith("Staff number,Name,Unit,Job profile,Rank,Gap index")
    assert line == "S2,'=Ben,Port,Profile R1,,0,0,1"
    assert AuditEntry.objects.get().action == "export staff list"


def test_a_manager_takes_out_only_the_own_people(place, as_, mona):
    response = as_(mona).get(f"{url('staff_list')}?format=csv")

    assert len(response.getvalue().decode().splitlines()) == 1


def test_gaps_are_sorted_with_the_unknown_last(place, customs):
    yard = make.unit(customs, "YARD", title="Yard")
    make.staff_member(yard, place.profile)
    lines = heat_maps.gap_lines(gap_figures(customs), "unit")

    shown = [
        [line.key for line in heat_maps.sorted_lines(lines, sort)]
        for sort in ("index", "-index", "title", "-title", "-missing")
    ]

    assert shown == [
        ["PORT", "YARD"],
        ["PORT", "YARD"],
        ["PORT", "YARD"],
        ["YARD", "PORT"],
        ["PORT", "YARD"],
    ]


def test_what_stays_out_of_totals_comes_last_in_every_order(place):
    group = place.framework.groups.create(
        administration=place.framework.administration, code="V", title="Values", in_gap_totals=False
    )
    topic = place.framework.competencies.get(code="O2")
    topic.group = group
    topic.save()
    lines = heat_maps.gap_lines(gap_figures(place.administration), "competency")

    for sort in ("title", "-title", "index", "-index"):
        assert [line.key for line in heat_maps.sorted_lines(lines, sort)] == ["O1", "O2"]


def test_a_withheld_line_is_withheld_in_the_file_too(place, as_, ruth):
    response = as_(ruth).get(f"{url('gaps_by_unit')}?format=csv")

    head, line = response.getvalue().decode("utf-8-sig").splitlines()
    assert head.startswith("Code,Unit,People,Levels assessed")
    assert set(line.removeprefix("PORT,Port,").split(",")) == {"withheld"}


def test_the_total_of_the_gaps_stands_under_the_table_in_the_office_alone(place, as_, alice, ruth):
    pages = [as_(member).get(url("gaps_by_unit")) for member in (alice, ruth)]

    assert [page.context["total"] is None for page in pages] == [False, True]


def test_the_heat_map_opens_the_people_of_a_row_and_the_ratings_of_a_cell(place, as_, alice):
    client = as_(alice)

    by_unit = client.get(url("gaps")).content.decode()
    by_person = client.get(f"{url('gaps')}?rows=person").content.decode()

    assert 'href="?rows=person&amp;unit=PORT"' in by_unit
    assert f'href="{place.ann.get_absolute_url()}#c-O1" tabindex="-1"' in by_person
    assert 'id="c-O1"' in client.get(place.ann.get_absolute_url()).content.decode()


def test_the_heat_map_may_show_critical_requirements_alone(place, as_, alice):
    page = as_(alice).get(f"{url('gaps')}?asked=critical")

    assert [column.code for column in page.context["heat"].columns] == ["O1"]


def test_a_sort_by_gap_costs_no_more_queries_for_many(
    place, as_, alice, django_assert_max_num_queries
):
    for number in range(4):
        rate(make.staff_member(place.unit, place.profile), "O1", number)
    client = as_(alice)

    with django_assert_max_num_queries(15):
        client.get(f"{url('staff_list')}?sort=-index")


def test_the_map_switches_between_the_sources(place, as_, alice):
    rate(place.eve, "O1", 3, source="self")
    rate(place.eve, "O1", 1, source="supervisor")
    client, address = as_(alice), reverse("competencies:gaps", args=["customs"])

    def gap(seen):
        heat = client.get(address, {"rows": "person", "seen": seen}).context["heat"]
        row = next(row for row in heat.rows if row.key == "S3")
        return row.cells[0].mean_gap

    assert (gap("self"), gap("supervisor"), gap("validated")) == (0, 2, None)
    assert round(gap(""), 2) == 1.33


def test_the_map_narrows_to_a_grade(place, as_, alice):
    place.ann.grade = 7
    place.ann.save()
    address = reverse("competencies:gaps", args=["customs"])

    heat = as_(alice).get(address, {"rows": "person", "grade": "7"}).context["heat"]

    assert [row.key for row in heat.rows] == ["S1"]


def test_the_whole_map_is_had_as_a_workbook_with_its_margins(place, as_, alice):
    address = reverse("competencies:gaps", args=["customs"])

    answer = as_(alice).get(address, {"rows": "person", "format": "xlsx"})

    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == [
        "Code", "Title", "O1 Competency O1", "O2 Competency O2", "Levels missing, all",
    ]  # fmt: skip
    assert rows[1] == ["S1", "Ann", 2, 0, 2]
    assert rows[3] == ["S3", "Eve", "?", "?", 0]
    assert rows[-1] == [None, "Levels missing, all", 2, 0, 2]


def test_outside_the_office_a_workbook_withholds_what_the_page_withholds(place, as_, ruth):
    address = reverse("competencies:gaps", args=["customs"])

    answer = as_(ruth).get(address, {"format": "xlsx", "seen": "self", "unit": "PORT"})

    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    assert {cell.value for cell in book.active[2][2:]} == {"withheld"}


def test_what_was_not_assessed_or_is_not_asked_is_no_zero_in_the_list_of_staff(as_, alice, customs):
    made = port(customs)
    make.staff_member(made.unit, None, code="S9", name="Nobody asks")
    page = as_(alice).get(reverse("competencies:staff_list", args=["customs"]))

    lines = {line.person.code: line for line in page.context["lines"]}
    found = {
        code: (lines[code].index, lines[code].critical_misses, lines[code].missing)
        for code in ("S2", "S3", "S9")
    }
    assert found == {"S2": (0.0, 0, 1), "S3": (None, None, 2), "S9": (None, None, None)}
    assert "nothing asked" in page.content.decode()


def test_the_page_of_somebody_never_assessed_says_unknown_and_not_zero(as_, alice, customs):
    made = port(customs)
    page = as_(alice).get(made.eve.get_absolute_url()).content.decode()
    plan = as_(alice).get(reverse("competencies:plan_agree", args=["customs", made.eve.pk]))

    assert "no critical requirement was assessed" in page
    assert "no level was assessed" in page
    assert "what is missing is not known" in plan.content.decode()


def test_who_decides_on_an_appeal_reads_whose_rating_of_what_it_is(as_, alice, carol, customs):
    made = port(customs)
    rated = rate(made.ben, "O2", 2)
    appeal = Appeal.objects.create(
        administration=customs, assessment=rated, filed_on=customs.as_of, text="Too low"
    )
    page = as_(carol).get(reverse("competencies:appeal_decide", args=["customs", appeal.pk]))

    words = page.content.decode()
    assert "Ben" in words
    assert "Competency O2: level 2, rated by: supervisor" in words
