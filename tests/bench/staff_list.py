"""`python -m tests.bench.staff_list`: an untidy list of 20,000 people by 30 columns, previewed."""

import datetime as dt
import logging
import os
import resource
import sys
import tempfile
from pathlib import Path

import xlsxwriter

PEOPLE, COLUMNS, UNITS = 20_000, 30, 40
HEAD = ["No.", "Emp. No.", "Surname", "First name", "Sex", "DOB", "Date of Appt", "Station",
        "Post", "Grade", "Supervisor"]  # fmt: skip


def write(path: Path) -> None:
    """The list: a title, headings in row 4, days as dates and as text, words for units."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Nominal roll")
        sheet.write_string(0, 0, "CUSTOMS (invented)")
        more = [f"Remark {n}" for n in range(COLUMNS - len(HEAD))]
        for position, heading in enumerate([*HEAD, *more]):
            sheet.write_string(3, position, heading)
        for n in range(PEOPLE):
            row = 4 + n
            sheet.write_number(row, 0, n + 1)
            sheet.write_string(row, 1, f"{n + 1:06}")
            sheet.write_string(row, 2, f"Surname{n % 5000}")
            sheet.write_string(row, 3, f"First{n % 700}")
            sheet.write_string(row, 4, "Female" if n % 2 else "M")
            sheet.write_datetime(row, 5, dt.datetime(1960 + n % 35, 1 + n % 12, 1 + n % 28), day)
            sheet.write_string(row, 6, f"{1 + n % 28}/{1 + n % 12}/{2000 + n % 15}")
            sheet.write_string(row, 7, f"Station {n % UNITS}")
            sheet.write_string(row, 8, f"Officer {n % 9}")
            sheet.write_string(row, 9, f"PS {1 + n % 12}")
            if n:
                sheet.write_string(row, 10, f"{n // 12 + 1:06}")
            for position in range(len(HEAD), COLUMNS):
                sheet.write_string(row, position, f"words {n % 97}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        import django  # noqa: PLC0415 -- the environment comes first

        django.setup()
        logging.disable(logging.WARNING)
        print("\n".join(measured(Path(folder))))


def measured(folder: Path) -> list[str]:
    """Seconds of each step of an untidy list, on an administration that holds nine in ten of it."""
    from django.core.files import File  # noqa: PLC0415 -- after the set-up
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from competencies.models import StaffMember  # noqa: PLC0415
    from hrplan.core.models import Role  # noqa: PLC0415
    from hrplan.exchange.preview import Existing  # noqa: PLC0415
    from hrplan.imports.usecases import imports, sheets, staff_lists  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.bench.__main__ import timed  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    customs = make.administration("customs")
    alice = make.member(customs, Role.HR_OFFICER, "alice")
    units = [make.unit(customs, f"U{n}", title=f"Station {n}") for n in range(UNITS)]
    path = folder / "list.xlsx"
    write(path)
    StaffMember.objects.bulk_create(
        StaffMember(administration=customs, code=f"{n + 1:06}", name="Old", unit=units[0])
        for n in range(PEOPLE * 9 // 10)
    )
    row: list = []
    looked: list = []

    def bring() -> None:
        with path.open("rb") as file:
            sent = SimpleUploadedFile("list.xlsx", File(file).read())
        row.append(imports.upload(sent, "update", by=alice, is_staff_list=True))

    steps = {
        "bring": bring,
        "columns page": lambda: looked.append(sheets.look(row[0])),
        "questions": lambda: (
            sheets.orders(looked[0], looked[0].mapping),
            sheets.unresolved(looked[0], looked[0].mapping),
        ),
        "preview": lambda: staff_lists.map_columns(
            row[0], looked[0], looked[0].mapping, Existing.UPDATE, by=alice
        ),
        "confirm": lambda: imports.confirm(row[0], by=alice),
    }
    told = []
    for name, work in steps.items():
        wall, processor = timed(work)
        told.append(f"{name}: {wall:.1f} s, processor {processor:.1f} s")
        if name == "preview":
            counts = {k: v for k, v in row[0].counts[0].items() if k not in {"table", "title"}}
            told.append(f"  {row[0].state} {counts} faults {len(row[0].faults)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [f"{PEOPLE:,} x {COLUMNS}", *told, f"peak {peak} MB"]


if __name__ == "__main__":
    sys.exit(main())
