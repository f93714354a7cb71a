"""Names sent go both ways, records of what was done go out only, answers stay nameless."""

from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from hrplan import workbook
from hrplan.exchange.preview import Existing
from tests.furnish import certify
from tests.training_calendar import make_training
from training_calendar import wording
from training_calendar.analysis.reaction import FEEDBACK_DAYS, QUESTIONS
from training_calendar.models import (
    Attendance,
    BehaviourReport,
    Certificate,
    Enrolment,
    Feedback,
    Nomination,
    TeachBack,
)
from training_calendar.tables import records

OUT = {table.name for table in records.TABLES if table.goes_out_only}


@pytest.fixture
def calendar(customs):
    """A session of six that is over, and everything said of it."""
    made = make_training.six_people(customs).calendar
    places = list(made.enrolments.select_related("module__provider", "staff_member"))
    customs.as_of_fixed = places[0].ends_on + timedelta(days=FEEDBACK_DAYS + 1)
    customs.save()
    for place in places:
        Attendance.objects.create(enrolment=place, hours=12, is_completed=True, result=70)
    first = places[0]
    certify(first)
    BehaviourReport.objects.create(
        administration=customs, enrolment=first, staff_member=first.staff_member,
        use="regular", words="Private words", on=date(2016, 4, 7),
    )  # fmt: skip
    TeachBack.objects.create(
        administration=customs, enrolment=first, staff_member=first.staff_member,
        held_on=date(2016, 4, 7), people=9,
    )  # fmt: skip
    return made


def answered(calendar, people):
    session = calendar.sessions.get()
    for number in range(people):
        Feedback.objects.create(session=session, scores=[4 + number % 2] * 8, best="Said by one")


def rows(name, administration):
    return workbook.DOORS[name].rows(administration)


def test_every_table_of_records_has_rows_with_all_its_columns(calendar, customs):
    answered(calendar, 5)
    nominated(calendar)

    for table in records.TABLES:
        (row, *_others) = rows(table.name, customs)
        assert set(row) == {column.name for column in table.columns}, table.name


def test_there_are_as_many_means_as_questions_are_asked(db):
    assert len(wording.reaction_questions()) == QUESTIONS


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, Decimal("4.4"))])
def test_reactions_go_out_as_means_of_as_many_as_the_limit_alone(calendar, customs, people, told):
    answered(calendar, people)

    (row,) = rows("reactions", customs)

    assert (row["attended"], row["answered"]) == (6, people)
    assert {row[name] for name in records.MEANS} == {told}


def test_reactions_do_not_go_out_while_somebody_may_still_answer(calendar, customs):
    answered(calendar, 5)
    customs.as_of_fixed -= timedelta(days=1)
    customs.save()

    (row,) = rows("reactions", customs)

    assert {row[name] for name in records.MEANS} == {None}


def test_no_words_no_secret_and_no_single_answer_leave_in_the_file_of_everything(
    calendar, customs, tmp_path
):
    answered(calendar, 5)
    path = tmp_path / "all.xlsx"
    workbook.write_out(customs, path)

    book = openpyxl.load_workbook(path)
    cells = {str(cell) for sheet in book for row in sheet.values for cell in row}

    assert set(book.sheetnames) >= OUT
    assert "2016-0001" in cells
    for secret in ("Private words", "Said by one", Certificate.objects.get().token):
        assert not any(secret in cell for cell in cells)


def test_the_file_of_everything_comes_in_again_and_changes_no_record(calendar, customs, tmp_path):
    path = tmp_path / "all.xlsx"
    workbook.write_out(customs, path)
    Certificate.objects.all().delete()

    seen = workbook.import_preview(customs, path, Existing.UPDATE)
    workbook.take_in(customs, seen, by=None)

    left_out = {fault.sheet for fault in seen.faults if fault.key == "sheet_goes_out"}
    assert left_out == OUT
    assert not seen.refused
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("name", sorted(OUT))
def test_a_table_that_goes_out_only_is_written_by_no_way(name, customs):
    with pytest.raises(ValidationError, match="goes out only"):
        workbook.DOORS[name].save(customs, [{}], [])


def nominated(calendar) -> Nomination:
    place = Enrolment.objects.filter(calendar=calendar).order_by("pk").first()
    return Nomination.objects.create(
        administration=calendar.administration,
        staff_member=place.staff_member,
        module=place.module,
        starts_on=place.starts_on,
        due_on=date(2016, 3, 1),
        sent_on=date(2016, 3, 4),
    )


def test_names_sent_come_in_as_they_went_out(calendar, customs):
    nominated(calendar)
    told = rows("nominations", customs)
    Nomination.objects.all().delete()

    workbook.DOORS["nominations"].save(customs, told, [])

    assert rows("nominations", customs) == told
    assert Nomination.objects.get().is_late


def test_no_table_writes_a_mark_of_lateness_away(calendar, customs):
    nominated(calendar)
    (row,) = rows("nominations", customs)

    with pytest.raises(ValidationError, match="stays noted"):
        workbook.DOORS["nominations"].save(customs, [], [{**row, "due_on": date(2016, 3, 9)}])
    Nomination.objects.all().delete()
    with pytest.raises(ValidationError, match="after today"):
        workbook.DOORS["nominations"].save(customs, [{**row, "sent_on": date(2017, 1, 1)}], [])
