"""An import is whole or not at all, and is taken back whole while nothing has changed since."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from competencies.models import Assessment, Competency, HeldProfile, StaffMember, Unit
from competencies.models.derived import STALE
from competencies.usecases import people, staff
from hrplan import workbook
from hrplan.core import import_files
from hrplan.core.models import Import
from hrplan.imports.usecases import imports, taking_back
from tests import make
from tests.test_imports import book, bring, decide

UNITS = [["unit", "title", "region"], ["PORT", "Port of Belize", "BZC"], ["NEW", "New yard", "BZC"]]
STAFF = [
    ["staff", "name", "unit", "supervisor", "born_on", "grade"],
    ["1", "Ana Ash", "NEW", "2", dt.date(1975, 2, 28), 7],
    ["2", "Bo Bay", "PORT", None, None, 3],
]
RATED = [
    ["staff", "competency", "source", "rated_on", "level"],
    ["1", "O1", "self", dt.date(2015, 5, 4), 2.5],
]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT / "imports"


@pytest.fixture
def taken(as_, alice, customs):
    """A file that renames a unit, changes Bo, and adds a unit, Ana and a rating of hers."""
    make.framework(customs)
    port = make.unit(customs, "PORT", title="Port")
    make.staff_member(port, code="2", name="Bo Bay", grade=5, joined_on=None, gender="m")
    client = as_(alice)
    row = bring(client, book(units=UNITS, staff_members=STAFF, ratings=RATED), existing="update")
    assert row.state == Import.State.PREVIEWED, row.faults
    decide(client, row, confirm="1")
    return row


def test_levels_are_worked_out_when_an_import_is_taken_in_and_back(taken, as_, alice):
    def worked_out() -> list[str]:
        rows = HeldProfile.objects.exclude(stamp=STALE)
        return sorted(rows.values_list("staff_member__code", flat=True))

    before = worked_out()
    decide(as_(alice), taken, take_back="1")

    assert (before, worked_out()) == (["1", "2"], ["2"])


def test_what_was_added_goes_and_what_was_changed_is_as_before(taken, as_, alice, files):
    assert (StaffMember.objects.count(), Assessment.objects.get().level) == (2, Decimal("2.5"))

    decide(as_(alice), taken, take_back="1")

    taken.refresh_from_db()
    assert taken.state == Import.State.WITHDRAWN
    assert list(StaffMember.objects.values_list("code", "grade", "gender")) == [("2", 5, "m")]
    assert list(Unit.objects.values_list("code", "title")) == [("PORT", "Port")]
    assert Assessment.objects.count() == 0
    assert list(files.iterdir()) == []


def test_it_stays_where_a_row_has_changed_since(taken, alice):
    people.change_person(StaffMember.objects.get(code="2"), by=alice, grade=9)

    with pytest.raises(ValidationError, match="Staff members 2"):
        taking_back.take_back(taken, by=alice)

    assert StaffMember.objects.count() == 2


def test_it_stays_where_something_hangs_on_a_row_that_it_added(taken, alice, customs):
    ana = StaffMember.objects.get(code="1")
    topic = Competency.objects.get(code="O2")
    staff.record_assessment(
        ana, topic, source="peer", level=2, rated_on=dt.date(2015, 6, 1), by=alice
    )

    with pytest.raises(ValidationError, match="assessments"):
        taking_back.take_back(taken, by=alice)

    assert (StaffMember.objects.count(), Assessment.objects.count()) == (2, 2)
    assert StaffMember.objects.get(code="2").grade == 3


def test_it_is_taken_back_once_and_by_the_hr_officer(taken, alice, bob, mallory):
    with pytest.raises(PermissionDenied):
        taking_back.take_back(taken, by=bob)
    taking_back.take_back(taken, by=alice)

    with pytest.raises(ValidationError, match="no longer"):
        taking_back.take_back(taken, by=alice)


def test_it_is_taken_back_by_rest(taken, as_, alice, bob):
    address = f"/api/v1/customs/imports/{taken.pk}/take-back/"

    assert as_(bob).post(address).status_code == 403
    assert as_(alice).post(address).status_code == 204
    assert as_(alice).post(address).status_code == 400
    assert Unit.objects.count() == 1


def test_nothing_is_taken_back_once_a_person_was_forgotten(taken, alice):
    bo = StaffMember.objects.get(code="2")
    people.change_person(bo, by=alice, left_on=dt.date(2015, 1, 1))
    people.forget_person(bo, by=alice)

    assert not taking_back.can_be_taken_back(taken)


def test_an_import_that_is_interrupted_leaves_nothing_half_written(as_, alice, monkeypatch):
    client = as_(alice)
    row = bring(client, book(units=[UNITS[0], UNITS[2]]))

    def broken(*args, **kwargs):
        raise OSError("no room")

    monkeypatch.setattr(import_files, "keep", broken)
    with pytest.raises(OSError, match="no room"):
        imports.confirm(row, by=alice)

    row.refresh_from_db()
    assert (row.state, Unit.objects.count()) == (Import.State.PREVIEWED, 0)


def test_a_change_made_while_an_import_is_confirmed_is_not_overwritten(
    as_, alice, customs, monkeypatch
):
    make.unit(customs, "PORT", title="Port")
    client = as_(alice)
    row = bring(client, book(units=UNITS[:2]), existing="update")
    take_in = workbook.take_in

    def meanwhile(*args, **kwargs):
        Unit.objects.filter(code="PORT").update(title="Deep port")
        return take_in(*args, **kwargs)

    monkeypatch.setattr(workbook, "take_in", meanwhile)
    with pytest.raises(ValidationError, match="PORT"):
        imports.confirm(row, by=alice)


def test_a_staff_list_is_told_and_taken_in_by_rest(as_, alice, customs):
    make.unit(customs, "PORT", title="Port of Belize")
    client = as_(alice)
    text = b"Emp. No.,Name,Station\n0012,Ana,The port\n"
    file = SimpleUploadedFile("roll.csv", text)
    sent = {"file": file, "existing": "update", "is_staff_list": "true"}
    row = client.post("/api/v1/customs/imports/", sent).json()
    address = f"/api/v1/customs/imports/{row['id']}/"

    seen = client.get(f"{address}columns/").json()
    assert (row["state"], seen["mapping"]["columns"]) == (
        "mapping",
        {"0": "staff", "1": "name", "2": "unit"},
    )
    assert [word["word"] for word in seen["unknown"]] == ["The port"]
    told = {**seen["mapping"], "values": {"unit": {"The port": "PORT"}}}
    done = client.post(f"{address}columns/", told, content_type="application/json").json()
    assert done["state"] == "previewed", done
    assert client.post(f"{address}confirm/").json() == {"written": {"staff_members": 1}}
    again = client.post(f"{address}columns/", told, content_type="application/json")
    assert again.status_code == 400
