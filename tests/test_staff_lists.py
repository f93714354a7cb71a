"""Staff lists as offices keep them: columns told, words matched, differences seen, taken in."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competencies.models import StaffMember
from competencies.usecases import people
from hrplan.core import import_files
from hrplan.core.models import ColumnMapping, Import
from tests import make

HEAD = ["No.", "Emp. No.", "Surname", "First name", "Sex", "DOB", "Date of Appt", None,
        "Station", "Post", "Grade", "Supervisor"]  # fmt: skip
ANA = [1, "00123", "Peña", "Ana", "F", dt.date(1975, 2, 28), "13/05/2001", None,
       "Port of Belize", "Customs Officer", "PS 7", None]  # fmt: skip
BO = [2, 124, "Cal", "Bo", "Male", dt.date(1980, 3, 2), "01/06/2010", None,
      "Western Border", "Examiner", "8", "Ana Peña"]  # fmt: skip
TOP = [["BELIZE CUSTOMS"], ["Nominal roll as at 1 February 2016"], [None]]
UNDER = [["Total", None, None, 2], [None], ["Source: personnel files of the department"]]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT / "imports"


@pytest.fixture
def port(customs):
    make.unit(customs, "WB", title="Western Border Station")
    return make.unit(customs, "PORT", title="Port of Belize")


def sheet(*people: list, head: list = HEAD) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Staff 2016"
    for row in [*TOP, head, *people, *UNDER]:
        page.append(row)
    page.merge_cells("A1:L1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def url(name: str, *args) -> str:
    return reverse(name, args=["customs", *args])


def bring(client, content: bytes, name: str = "nominal roll.xlsx") -> Import:
    response = client.post(url("import_staff_list"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()[:2000]
    return Import.objects.first()


def proposed(client, row: Import, query: str = "") -> dict[str, str]:
    form = client.get(url("import_columns", row.pk) + query).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def tell(client, row: Import, **changes: str):
    sent = {**proposed(client, row), **changes}
    return client.post(url("import_columns", row.pk), sent)


def words(client, row: Import) -> dict[str, str]:
    """Word -> name of its field on the form."""
    form = client.get(url("import_columns", row.pk)).context["form"]
    return {word.word: field.name for field, word, _, _ in form.word_fields()}


def confirm(client, row: Import):
    return client.post(url("import_decide", row.pk), {"confirm": "1"})


def brought(client, *people: list, **changes: str) -> Import:
    row = bring(client, sheet(*people))
    tell(client, row, **changes)
    row.refresh_from_db()
    return row


def test_a_list_as_it_is_kept_comes_in_once_its_words_are_told(as_, alice, port):
    client = as_(alice)
    row = bring(client, sheet(ANA, BO))
    assert row.state == Import.State.MAPPING

    asked = words(client, row)
    assert list(asked) == ["Western Border"]
    tell(client, row, **{asked["Western Border"]: "WB"})
    row.refresh_from_db()

    assert (row.state, StaffMember.objects.count()) == (Import.State.PREVIEWED, 0)
    confirm(client, row)
    rows = StaffMember.objects.values_list(
        *("code", "name", "unit__code", "gender", "born_on", "joined_on", "rank", "grade"),
        "supervisor__code",
    )
    assert list(rows) == [
        ("00123", "Ana Peña", "PORT", "f", dt.date(1975, 2, 28), dt.date(2001, 5, 13),
         "Customs Officer", 7, None),
        ("00124", "Bo Cal", "WB", "m", dt.date(1980, 3, 2), dt.date(2010, 6, 1),
         "Examiner", 8, "00123"),
    ]  # fmt: skip


def test_the_next_list_with_these_headings_is_read_alike_without_asking(as_, alice, port):
    client = as_(alice)
    row = bring(client, sheet(ANA, BO))
    tell(client, row, **{words(client, row)["Western Border"]: "WB", "column-9": "education"})

    again = bring(client, sheet(ANA, BO))

    page = client.get(url("import_columns", again.pk))
    assert page.context["looked"].remembered
    assert page.context["form"]["column-9"].value() == "education"
    tell(client, again)
    again.refresh_from_db()
    assert again.state == Import.State.PREVIEWED
    assert "Ana" not in str(ColumnMapping.objects.get().mapping)


def test_who_changes_and_who_is_left_out_is_listed_and_nobody_is_removed(as_, alice, port):
    client = as_(alice)
    make.staff_member(
        port, code="00123", name="Ana Peña", gender="m", joined_on=dt.date(2001, 5, 13)
    )
    make.staff_member(port, code="00900", name="Cy Mai")

    row = brought(client, ANA)

    assert [(t["added"], t["changed"], t["kept"]) for t in row.counts] == [(0, 1, 1)]
    lines = client.get(url("import_rows", row.pk)).context["page_obj"].object_list
    assert ["gender", "m", "f"] in lines[0]["fields"]
    left = client.get(url("import_rows", row.pk) + "?kind=left").content.decode()
    assert "Cy Mai" in left
    confirm(client, row)
    assert sorted(StaffMember.objects.values_list("code", flat=True)) == ["00123", "00900"]


def test_a_list_taken_in_twice_changes_nothing(as_, alice, port):
    client = as_(alice)
    confirm(client, brought(client, ANA))

    again = brought(client, ANA)

    assert [(t["added"], t["changed"], t["unchanged"]) for t in again.counts] == [(0, 0, 1)]


def test_a_word_left_open_refuses_the_list_with_its_cell_marked(as_, alice, port):
    client = as_(alice)

    row = brought(client, ANA, BO)

    assert (row.state, StaffMember.objects.count()) == (Import.State.REFUSED, 0)
    (fault,) = [fault for fault in row.faults if fault["severity"] == "refuse"]
    assert (fault["row"], fault["column"], fault["value"]) == (6, "Station", "Western Border")
    marked = openpyxl.load_workbook(BytesIO(client.get(url("import_marked", row.pk)).content))
    assert marked["Staff 2016"]["I6"].comment
    tell(client, row, **{words(client, row)["Western Border"]: "WB"})
    row.refresh_from_db()
    assert row.state == Import.State.PREVIEWED


def test_two_people_of_one_number_are_refused_and_both_rows_named(as_, alice, port):
    other = [*ANA[:2], "Mai", "Cy", *ANA[4:]]

    row = brought(as_(alice), ANA, other)

    (fault,) = [fault for fault in row.faults if fault["severity"] == "refuse"]
    assert (fault["key"], fault["row"], "row 5" in fault["reason"]) == ("key_twice", 6, True)


def test_supervision_in_a_ring_is_refused_naming_the_ring(as_, alice, port):
    ana = [*ANA[:11], "00125"]
    cy = [3, "00125", "Mai", "Cy", *ANA[4:11], "00123"]

    row = brought(as_(alice), ana, cy)

    (fault,) = [fault for fault in row.faults if fault["severity"] == "refuse"]
    assert fault["key"] == "ring"
    assert "00123 > 00125 > 00123" in fault["reason"] or "00125 > 00123 > 00125" in fault["reason"]


def test_days_that_can_be_two_are_asked_about(as_, alice, port):
    client = as_(alice)
    ana = [*ANA[:6], "03/04/2001", *ANA[7:]]
    row = bring(client, sheet(ana))

    assert "dates" in proposed(client, row)
    tell(client, row, dates="month")
    row.refresh_from_db()
    confirm(client, row)

    assert StaffMember.objects.get().joined_on == dt.date(2001, 3, 4)


def test_columns_chosen_anew_raise_their_questions_before_anything_is_previewed(as_, alice, port):
    client = as_(alice)
    row = bring(client, sheet(ANA))

    page = tell(client, row, **{"column-9": "unit", "column-8": ""})

    assert page.status_code == 200
    assert page.context["asks_more"]
    assert [word.word for word in page.context["form"].words] == ["Customs Officer"]


def test_a_list_without_a_column_of_units_is_read_by_the_lines_above_its_people(as_, alice, port):
    client = as_(alice)
    head = ["Emp. No.", "Name"]
    people = [
        ["Port of Belize"],
        ["1", "Ana"],
        ["Western Border Station"],
        ["2", "Bo"],
        ["3", "Cy"],
    ]
    row = bring(client, sheet(*people, head=head))
    tell(client, row)

    confirm(client, row)

    units = StaffMember.objects.values_list("code", "unit__code")
    assert list(units) == [("1", "PORT"), ("2", "WB"), ("3", "WB")]


def test_a_list_as_csv_of_an_old_program_is_read_with_its_accents(as_, alice, port):
    text = "Matricule;Nom;Prénoms;Date de naissance;Service\n0012;Peña;Ana;28/02/1975;PORT\n"
    client = as_(alice)
    row = bring(client, text.encode("cp1252"), "personnel.csv")
    tell(client, row)

    confirm(client, row)

    ana = StaffMember.objects.get()
    assert (ana.code, ana.name, ana.born_on) == ("0012", "Ana Peña", dt.date(1975, 2, 28))


def test_an_officer_says_which_sheet_and_row_hold_the_headings(as_, alice, port):
    book = openpyxl.load_workbook(BytesIO(sheet(ANA)))
    other = book.create_sheet("Support")
    for line in (["x"], ["Code", "Who", "Where"], ["77", "Dee", "PORT"]):
        other.append(line)
    out = BytesIO()
    book.save(out)
    client = as_(alice)
    row = bring(client, out.getvalue())
    address = url("import_columns", row.pk) + "?sheet=Support&row=2"

    client.post(address, {"column-0": "staff", "column-1": "name", "column-2": "unit",
                          "existing": "update"})  # fmt: skip
    row.refresh_from_db()
    confirm(client, row)

    assert list(StaffMember.objects.values_list("code", "name")) == [("77", "Dee")]


def test_a_file_that_cannot_be_opened_is_refused_in_words(as_, alice):
    client = as_(alice)
    row = bring(client, b"PK\x03\x04 torn", "roll.xlsx")

    assert row.state == Import.State.REFUSED
    assert row.faults[0]["advice"]
    assert client.get(url("import_marked", row.pk)).status_code == 200


def test_what_a_list_showed_is_gone_once_a_person_is_forgotten(as_, alice, port, files):
    client = as_(alice)
    ana = make.staff_member(port, code="1", name="Ana Ash", left_on=dt.date(2015, 1, 1))
    row = brought(client, ANA, BO)
    assert list(files.iterdir())

    people.forget_person(ana, by=alice)

    row.refresh_from_db()
    assert list(files.iterdir()) == []
    assert {fault["value"] for fault in row.faults} == {""}
    assert "No longer kept" in client.get(url("import_rows", row.pk)).content.decode()


def test_the_files_of_an_import_are_kept_for_thirty_days(as_, alice, port, files):
    client = as_(alice)
    row = brought(client, ANA)
    Import.objects.filter(pk=row.pk).update(at=row.at - import_files.KEPT - dt.timedelta(days=1))

    bring(client, sheet(BO))

    assert len(list(files.iterdir())) == 1


def test_only_the_hr_officer_tells_columns(as_, alice, bob, mallory, port):
    row = bring(as_(alice), sheet(ANA))

    for member, status in ((bob, 403), (mallory, 404)):
        client = as_(member)
        for name in ("import_columns", "import_rows"):
            assert client.get(url(name, row.pk)).status_code == status
