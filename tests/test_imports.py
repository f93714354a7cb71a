"""Tables in by page and by command: previewed, confirmed whole, or refused with nothing written."""

import csv
import os
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from competencies.models import StaffMember, Unit
from hrplan import workbook
from hrplan.core.models import AuditEntry, Import, Run, RunState
from hrplan.exchange.preview import Existing
from hrplan.imports.usecases import exports, imports
from tests import make
from tests.exchange.corpus import CORPUS
from training_calendar.models import PlanningParameters

UNITS = [
    ["unit", "title", "parent", "region"],
    ["HQ", "Head office", None, "BZC"],
    ["PORT", "Port", "HQ", "BZC"],
]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.MEDIA_ROOT


def book(**sheets: list[list]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def bring(client, content: bytes, name: str = "book.xlsx", existing: str = "stop") -> Import:
    file = SimpleUploadedFile(name, content)
    url = reverse("import_list", args=["customs"])
    response = client.post(url, {"file": file, "existing": existing})
    assert response.status_code == 302, response.content.decode()[:2000]
    return Import.objects.get(pk=int(response.url.rstrip("/").rsplit("/", 1)[1]))


def decide(client, row: Import, **what: str):
    return client.post(reverse("import_decide", args=["customs", row.pk]), what)


def test_nothing_is_written_before_the_preview_is_confirmed(as_, alice):
    client = as_(alice)

    row = bring(client, book(units=UNITS))

    assert (row.state, Unit.objects.count()) == (Import.State.PREVIEWED, 0)
    decide(client, row, confirm="1")
    assert sorted(Unit.objects.values_list("code", "parent__code")) == [
        ("HQ", None),
        ("PORT", "HQ"),
    ]


def test_the_same_file_twice_changes_nothing(as_, alice):
    client = as_(alice)
    decide(client, bring(client, book(units=UNITS)), confirm="1")

    again = bring(client, book(units=UNITS))

    assert [(t["added"], t["changed"], t["unchanged"]) for t in again.counts] == [(0, 0, 2)]


def test_a_faulty_file_is_refused_whole_and_names_place_and_advice(as_, alice):
    client = as_(alice)
    rows = [*UNITS, ["X", None, "NOWHERE", "BZC"]]

    row = bring(client, book(units=rows))

    assert (row.state, Unit.objects.count()) == (Import.State.REFUSED, 0)
    places = {(fault["sheet"], fault["row"], fault["column"]) for fault in row.faults}
    assert {("units", 4, "title"), ("units", 4, "parent")} <= places
    assert all(fault["advice"] for fault in row.faults)
    page = client.get(reverse("import", args=["customs", row.pk])).content.decode()
    assert "NOWHERE" in page


def test_the_same_fault_in_many_rows_is_told_once_with_their_number(as_, alice):
    rows = [[f"U{n}", f"Unit {n}", "NONE", "BZC"] for n in range(60)]
    client = as_(alice)

    row = bring(client, book(units=[UNITS[0], *rows]))

    page = client.get(reverse("import", args=["customs", row.pk]))
    groups = [(one["column"], one["count"], one["rows"]) for one in page.context["groups"]]
    assert groups == [("parent", 60, [2, 3, 4, 5, 6, 7])]
    assert len(page.context["page_obj"]) == 50


def test_tables_that_stay_as_they_are_stand_apart_under_their_titles(as_, alice):
    client = as_(alice)
    decide(client, bring(client, book(units=UNITS)), confirm="1")
    more = [*UNITS, ["YARD", "Yard", "HQ", "BZC"]]

    row = bring(client, book(units=more, holidays=[["date", "name"]]))

    page = client.get(reverse("import", args=["customs", row.pk]))
    assert [table["title"] for table in page.context["tables"]] == ["Units"]
    assert [table["title"] for table in page.context["untouched"]] == ["Holidays"]
    assert page.context["totals"]["added"] == 1


def test_no_table_is_called_by_its_code(as_, alice):
    page = as_(alice).get(reverse("import_list", args=["customs"]))

    assert [title for _, title in page.context["tables"] if "_" in title or title.islower()] == []


def test_a_refused_file_comes_back_with_its_faults_marked(as_, alice):
    client = as_(alice)
    row = bring(client, book(units=[*UNITS, ["X", None, "NOWHERE", "BZC"]]))

    answer = client.get(reverse("import_marked", args=["customs", row.pk]))

    marked = openpyxl.load_workbook(BytesIO(answer.content))
    assert any(cell.comment for line in marked["units"].iter_rows() for cell in line)


def test_a_row_that_differs_stops_is_skipped_or_is_updated_as_chosen(as_, alice):
    client = as_(alice)
    decide(client, bring(client, book(units=UNITS)), confirm="1")
    renamed = book(units=[UNITS[0], ["HQ", "Headquarters", None, "BZC"]])

    assert bring(client, renamed).state == Import.State.REFUSED
    decide(client, bring(client, renamed, existing="skip"), confirm="1")
    assert Unit.objects.get(code="HQ").title == "Head office"
    decide(client, bring(client, renamed, existing="update"), confirm="1")
    assert Unit.objects.get(code="HQ").title == "Headquarters"


def test_a_dropped_file_is_gone_and_cannot_be_confirmed(as_, alice, files):
    client = as_(alice)
    row = bring(client, book(units=UNITS))

    decide(client, row, drop="1")
    decide(client, row, confirm="1")

    assert Unit.objects.count() == 0
    assert list((files / "imports").iterdir()) == []


def test_no_row_can_name_a_file_outside_the_folder_of_imports(files):
    row = Import(stored="../../../etc/passwd")

    assert imports.stored_path(row) == files / "imports" / "passwd"


def test_a_single_table_comes_as_csv(as_, alice):
    text = StringIO()
    csv.writer(text).writerows(UNITS)

    row = bring(as_(alice), text.getvalue().encode("cp1252"), name="units.csv")

    assert [(t["table"], t["added"]) for t in row.counts] == [("units", 2)]


def test_only_the_hr_officer_takes_tables_in(as_, bob, ruth):
    for member in (bob, ruth):
        client = as_(member)
        assert client.get(reverse("import_list", args=["customs"])).status_code == 403
        assert client.post(reverse("export", args=["customs"])).status_code == 403


def test_a_file_of_a_strange_kind_is_refused_in_the_form(as_, alice):
    file = SimpleUploadedFile("book.exe", b"MZ")

    page = as_(alice).post(
        reverse("import_list", args=["customs"]), {"file": file, "existing": "stop"}
    )

    assert page.status_code == 200
    assert Import.objects.count() == 0


@pytest.mark.parametrize("entry", [e for e in CORPUS if not e.heavy and e.expected == "R"][::4])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_hostile_file_breaks_the_page_or_writes_a_row(entry, as_, alice, tmp_path):
    path: Path = entry.build(tmp_path)
    if path.is_dir():
        path = next(path.iterdir())
    client = as_(alice)
    file = SimpleUploadedFile(path.name, path.read_bytes())

    answer = client.post(
        reverse("import_list", args=["customs"]), {"file": file, "existing": "update"}
    )

    assert answer.status_code in {200, 302}
    assert Import.objects.exclude(state=Import.State.REFUSED).filter(counts=[]).count() <= 1
    assert (Unit.objects.count(), StaffMember.objects.count()) == (0, 0)


def test_what_is_exported_comes_in_again_unchanged(customs, alice, tmp_path):
    unit = make.unit(customs, "HQ")
    make.staff_member(unit, code="00123")
    out = tmp_path / "out.xlsx"
    workbook.write_book(customs, out)

    seen = workbook.import_preview(customs, out, Existing.STOP)

    assert [str(fault) for fault in seen.faults] == []
    assert seen.nothing_to_do


def exported(client, django_capture_on_commit_callbacks) -> Run:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("export", args=["customs"]))
    return Run.objects.get(kind="export")


def test_an_export_is_long_work_whose_workbook_the_office_takes(
    as_, alice, customs, django_capture_on_commit_callbacks
):
    make.unit(customs, "HQ")
    client = as_(alice)

    run = exported(client, django_capture_on_commit_callbacks)
    answer = client.get(run.result["url"])

    sheets = openpyxl.load_workbook(BytesIO(answer.getvalue())).sheetnames
    assert (run.state, "units" in sheets) == (RunState.DONE, True)
    assert (
        run.result["url"] in client.get(reverse("import_list", args=["customs"])).content.decode()
    )
    told = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(told) == ["export", "download export"]


def test_an_exported_workbook_is_for_those_who_may_take_tables_in(
    as_, alice, bob, mallory, customs, django_capture_on_commit_callbacks
):
    run = exported(as_(alice), django_capture_on_commit_callbacks)

    assert as_(bob).get(run.result["url"]).status_code == 403
    assert as_(mallory).get(run.result["url"]).status_code == 404
    there = run.result["url"].replace("customs", "elsewhere")
    assert as_(mallory).get(there).status_code == 404


def test_an_exported_workbook_is_forgotten_after_three_days(
    as_, alice, customs, settings, django_capture_on_commit_callbacks
):
    client = as_(alice)
    run = exported(client, django_capture_on_commit_callbacks)
    (kept,) = Path(settings.EXPORTS_ROOT).iterdir()

    assert exports.forget_old() == 0
    long_ago = kept.stat().st_mtime - exports.KEPT.total_seconds() - 60
    os.utime(kept, (long_ago, long_ago))
    assert exports.forget_old() == 1

    assert client.get(run.result["url"]).status_code == 404
    assert exports.kept(customs) == []


def test_an_export_that_is_stopped_leaves_no_file(customs, alice, settings):
    run = exports.ask(by=alice)
    Run.objects.filter(pk=run.pk).update(stop_requested=True)

    exports.export_task.func(run.pk)

    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert list(Path(settings.EXPORTS_ROOT).iterdir()) == []


def test_a_file_of_tables_comes_in_by_rest_as_by_the_page(as_, alice, bob, customs):
    address = "/api/v1/customs/imports/"
    client = as_(alice)

    def sent(by):
        file = SimpleUploadedFile("book.xlsx", book(units=UNITS))
        return by.post(address, {"file": file, "existing": "stop"})

    seen = sent(client).json()
    assert (seen["state"], Unit.objects.count()) == ("previewed", 0)
    assert client.post(f"{address}{seen['id']}/confirm/").json() == {"written": {"units": 2}}
    assert client.post(f"{address}{seen['id']}/confirm/").status_code == 400
    other = sent(client).json()
    assert client.post(f"{address}{other['id']}/drop/").status_code == 204
    assert sent(as_(bob)).status_code == 403
    assert Unit.objects.count() == 2


def test_everything_is_asked_for_by_rest_and_listed_while_it_is_kept(
    as_, alice, django_capture_on_commit_callbacks
):
    client = as_(alice)

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post("/api/v1/customs/exports/")

    (kept,) = client.get("/api/v1/customs/exports/").json()
    assert (asked.status_code, kept["state"], kept["id"]) == (202, "done", asked.json()["id"])


def test_the_template_is_a_workbook_with_a_sheet_for_each_table(as_, alice):
    answer = as_(alice).get(reverse("import_template", args=["customs"]))

    sheets = openpyxl.load_workbook(BytesIO(answer.content)).sheetnames
    assert set(sheets) == {
        "Read me",
        *(table.name for table in workbook.WORKBOOK.tables if not table.goes_out_only),
    }


def test_the_command_refuses_a_faulty_file_with_status_1_and_a_report(customs, tmp_path):
    path, report = tmp_path / "book.xlsx", tmp_path / "report.json"
    path.write_bytes(book(units=[*UNITS, ["X", None, "NOWHERE", "BZC"]]))

    with pytest.raises(CommandError) as refusal:
        call_command(
            "import_data", "customs", path, report=report, stdout=StringIO(), stderr=StringIO()
        )

    assert refusal.value.returncode == 1
    assert "NOWHERE" in report.read_text()
    assert Unit.objects.count() == 0


def test_the_command_takes_a_sound_file_in_and_leaves_a_trace(customs, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(units=UNITS))

    call_command("import_data", "customs", path, stdout=StringIO())

    assert Unit.objects.count() == 2
    assert AuditEntry.objects.get().fields == ["units"]


def test_a_dry_run_writes_nothing(customs, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(units=UNITS))

    call_command("import_data", "customs", path, dry_run=True, stdout=StringIO())

    assert Unit.objects.count() == 0


def test_a_planning_instance_is_an_administration_to_take_in(customs, tmp_path):
    mini = Path(__file__).parent / "data" / "planning" / "mini-1"

    call_command("import_data", "customs", mini, stdout=StringIO(), stderr=StringIO())

    assert StaffMember.objects.count() == 12
    parameters = PlanningParameters.objects.get(administration=customs)
    assert (parameters.per_diem, parameters.max_days_staff_year) == (60, 20)
