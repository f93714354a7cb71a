from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from competencies import tables
from competencies.library import tables as stated
from competencies.models import Assessment, StaffLevel, StaffMember
from hrplan.exchange import read, spec, write
from tests.competencies.make_gaps import port

BOOK = spec.Workbook(tables=tables.TABLES)
DOORS = {door.name: door for door in tables.DOORS}


def test_every_table_has_a_door_with_its_columns(customs):
    assert [table.name for table in tables.TABLES] == list(DOORS)
    for table in tables.TABLES:
        assert list(DOORS[table.name].columns) == [column.name for column in table.columns]
        assert DOORS[table.name].key == table.key


def test_the_words_of_the_tables_are_those_of_the_rows():
    assert set(stated.STAFF_LEVELS) == set(StaffLevel.values)
    assert list(stated.SOURCES) == Assessment.Source.values


def test_an_administration_goes_out_and_in_again(customs, elsewhere, tmp_path):
    place = port(customs)
    place.ben.secondary_profiles.add(place.profile)
    rows = {name: door.rows(customs) for name, door in DOORS.items()}
    write.write_folder(rows, BOOK, tmp_path / "out")

    found = read.read_tables(tmp_path / "out", BOOK, checks=tables.CHECKS)
    for table in tables.TABLES:
        DOORS[table.name].save(elsewhere, found.values(table.name), [])

    assert [fault for fault in found.faults if fault.refuses] == []
    assert {name: door.rows(elsewhere) for name, door in DOORS.items()} == rows


def test_codes_of_another_administration_are_never_taken(customs, elsewhere):
    port(elsewhere)
    place = port(customs)

    rating = {
        "staff": "S3", "competency": "O1", "source": "self", "rated_on": date(2016, 1, 4),
        "level": Decimal(1), "valid_until": None, "evidence": None,
    }  # fmt: skip
    DOORS["ratings"].save(customs, [rating], [])

    row = Assessment.objects.get(source="self")
    assert row.staff_member == place.eve
    assert row.competency.administration == customs


def test_levels_above_the_scale_are_refused(customs):
    port(customs)
    rating = {
        "staff": "S3", "competency": "O1", "source": "self", "rated_on": date(2016, 1, 4),
        "level": Decimal(5),
    }  # fmt: skip

    with pytest.raises(ValidationError, match="above 4"):
        DOORS["ratings"].save(customs, [rating], [])


def faults_of(tmp_path, table, rows):
    rows = {name: rows if name == table else [] for name in (one.name for one in tables.TABLES)}
    write.write_folder(rows, BOOK, tmp_path / "in")
    found = read.read_tables(tmp_path / "in", BOOK, checks=tables.CHECKS, known={
        "units.unit": {"HQ"}, "units.parent": set()})  # fmt: skip
    return [(fault.key, fault.column) for fault in found.faults if fault.refuses]


def test_units_in_a_ring_are_refused(tmp_path, db):
    rows = [
        {"unit": "A", "title": "A", "region": "N", "parent": "B"},
        {"unit": "B", "title": "B", "region": "N", "parent": "A"},
    ]

    assert faults_of(tmp_path, "units", rows) == [("ring", "parent")]


def test_a_birth_in_the_future_is_refused(tmp_path, db):
    born = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    rows = [{"staff": "S1", "unit": "HQ", "born_on": born}]

    assert faults_of(tmp_path, "staff_members", rows) == [("too_great", "born_on")]


def test_nobody_joins_before_being_born(tmp_path, db):
    rows = [
        {
            "staff": "S1", "unit": "HQ", "born_on": date(1990, 1, 1),
            "joined_on": date(1989, 1, 1),
        }
    ]  # fmt: skip

    assert faults_of(tmp_path, "staff_members", rows) == [("period_reversed", "joined_on")]


def test_people_keep_their_post_and_profile_in_a_change(customs):
    place = port(customs)
    (row,) = [row for row in DOORS["staff_members"].rows(customs) if row["staff"] == "S1"]

    DOORS["staff_members"].save(customs, [], [{**row, "rank": "Senior officer"}])

    person = StaffMember.objects.get(pk=place.ann.pk)
    assert (person.rank, person.profile, person.name) == ("Senior officer", place.profile, "Ann")
