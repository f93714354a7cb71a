"""Staff lists as offices keep them, and tables beside rows that are here: more of the corpus.

An administration holds the units PORT (Port of Belize) and WB (Western Border Station), the profile
R1 (Cargo Examiner), the post P1, and Dee Orr, staff number 00900 and S-9, born on 1 May 1970.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from tests.exchange.build import Builder, Cells, Formula, csv, raw, write
from tests.exchange.entries import Entry

HEAD = ["Emp. No.", "Surname", "First name", "Sex", "DOB", "Date of Appt", "Station", "Post",
        "Grade", "Supervisor"]  # fmt: skip
ANA = ["00123", "Peña", "Ana", "F", dt.date(1975, 2, 28), dt.date(2001, 5, 13), "Port of Belize",
       "Cargo Examiner", 7, None]  # fmt: skip
BO = ["00124", "Cal", "Bo", "Male", dt.date(1980, 3, 2), dt.date(2010, 6, 1), "WB", "Examiner", 8,
      "00123"]  # fmt: skip
AT = {name: position for position, name in enumerate(HEAD)}


def roll(
    *rows: list[object], head: list[object] | None = None, top: Cells = (), under: Cells = (),
    shape: Callable | None = None, more: Mapping[str, Cells] | None = None,
) -> Builder:  # fmt: skip
    """A staff list: what stands above, its headings, its people, what stands below."""
    sheet = [*top, head or HEAD, *(rows or (ANA, BO)), *under]
    return lambda folder: write(folder / "roll.xlsx", {"Roll": sheet, **(more or {})}, shape)


def person(base: list[object] = BO, **cells: object) -> list[object]:
    """A person of the list but for some cells, named by the first word of their heading."""
    row = list(base)
    for name, value in cells.items():
        row[next(p for n, p in AT.items() if n.casefold().startswith(name))] = value
    return row


def merged(area: str, value: object = "") -> Callable:
    return lambda book: book.get_worksheet_by_name("Roll").merge_range(area, value)


def case(name, build, expected="R", key="", row=None, column=""):
    at = ("Roll", row, column) if row or column else None
    return Entry(name, "staff list", build, expected, key, at, reader="list")


def days(*texts: str) -> Builder:
    people = (person(ANA, emp=f"{n:05}", date=text) for n, text in enumerate(texts, start=1))
    return roll(*people)


HEADED = ["No.", *HEAD]
SHAPES = (
    case("a sound list", roll(), "A"),
    case("titles above the headings", roll(top=[["CUSTOMS"], ["Nominal roll"], [None]]), "A"),
    case("headings in row 7", roll(top=[["CUSTOMS"], *[[None]] * 5]), "A"),
    case("headings in row 30", roll(top=[["Note"]] * 29), "A"),
    case(
        "a merged title",
        roll(top=[["CUSTOMS"]], shape=merged("A1:J1", "CUSTOMS")),
        "A",
    ),
    case(
        "two rows of headings",
        roll(
            [None, "Surname", "First name", None, "Birth", "Appointment", "Station"],
            ANA[:9],
            head=["Emp. No.", "Name", "Name", "Sex", "Date of", "Date of", "Duty", "Post", "Grade"],
        ),
        "A",
    ),
    case("a blank column between", roll(*[[*r[:4], None, *r[4:]] for r in (ANA, BO)],
         head=[*HEAD[:4], None, *HEAD[4:]]), "A"),
    case("a column that counts the rows", roll([1, *ANA], [2, *BO], head=HEADED), "A"),
    case("a heading that stands twice", roll([*ANA, "x"], [*BO, "y"], head=[*HEAD, "Post"]), "A"),
    case("columns in another order", roll(ANA[::-1], BO[::-1], head=HEAD[::-1]), "A"),
    case("headings of our own table", roll(["1", "Ana", "PORT"], head=["staff", "name", "unit"]),
         "A"),
    case("headings in French", roll(["1", "Peña", "Ana", "PORT"],
         head=["Matricule", "Nom", "Prénoms", "Lieu d'affectation"]), "A"),
    case("headings in Spanish", roll(["1", "Peña", "Ana", "PORT"],
         head=["No. de empleado", "Apellidos", "Nombres", "Unidad"]), "A"),
    case("headings with signs and capitals", roll(["1", "Ana", "PORT"],
         head=["EMP.-NO:", " Full   NAME ", "Duty Station*"]), "A"),
    case("cells merged over two people", roll(
         ANA, person(station=None), shape=merged("G2:G3", "Port of Belize")), "W",
         "list_unmerged", 2),
    case("a row of totals", roll(under=[["Total", None, 2]]), "W", "list_totals", 4, "Emp. No."),
    case("a grand total in Spanish", roll(under=[["Total general", 2]]), "W", "list_totals", 4,
         "Emp. No."),
    case("a note under the list", roll(under=[[None], ["Source: personnel files"]]), "W",
         "list_note", 5, "Emp. No."),
    case("headings once more on each page", roll(ANA, HEAD, BO), "W", "list_heading_again", 3,
         "Emp. No."),
    case("a vacant place", roll(ANA, BO, [None, "VACANT", None, None, None, None, "PORT"]), "W",
         "list_vacant", 4, "Surname"),
    case("units as lines above their people", roll(["Port of Belize"], ["1", "Ana"],
         head=["Emp. No.", "Name"]), "W", "list_section", 2, "Emp. No."),
    case("people without a unit anywhere", roll(["1", "Ana"], head=["Emp. No.", "Name"]),
         key="required_empty"),
    case("several sheets, the list in the second", lambda folder: write(
         folder / "roll.xlsx", {"Cover": [["x"]], "Roll": [HEAD, ANA, BO]}), "A"),
    case("a hidden sheet", lambda folder: write(folder / "roll.xlsx",
         {"Cover": [["x"]], "Roll": [HEAD, ANA, BO]},
         lambda b: b.get_worksheet_by_name("Roll").hide()), "W", "sheet_hidden"),
    case("separated by semicolons in an old encoding",
         raw("Emp. No.;Name;Station\n0012;Peña;PORT\n".encode("cp1252"), "Roll.csv"), "A"),
    case("UTF-16", csv("Emp. No.\tName\tStation\n0012\tPeña\tPORT\n", "utf-16", "Roll.csv"), "A"),
)  # fmt: skip
NUMBERS = (
    case("numbers with zeros in front", roll(), "A"),
    case("a number stored as a number",
         roll(person(emp=124, supervisor=None), person(ANA, emp="A1")), "W",
         "list_number_stored", 2, "Emp. No."),
    case("a number with a point", roll(person(emp="124.0", supervisor=None)), "W",
         "list_number_stored", 2, "Emp. No."),
    case("a number in scientific notation, whole", roll(person(emp="1.23E+02", supervisor=None)),
         "W", "list_number_stored", 2, "Emp. No."),
    case("a number in scientific notation, cut", roll(person(emp="1.23E+08", supervisor=None)),
         key="code_scientific", row=2, column="Emp. No."),
    case("zeros lost among numbers that have them", roll(ANA, person(emp=124)), "W", "list_zeros",
         3, "Emp. No."),
    case("zeros lost of somebody who is here", roll(person(emp="900", supervisor=None)), "W",
         "list_zeros", 2, "Emp. No."),
    case("number and number with zeros of two people", roll(ANA, person(emp=123)),
         key="key_twice", row=3, column="Emp. No."),
    case("the same row twice", roll(ANA, BO, BO), "W", "list_row_twice", 4, "Emp. No."),
    case("two people, one number", roll(ANA, person(emp="00123", supervisor=None)),
         key="key_twice", row=3, column="Emp. No."),
    case("one person, two numbers", roll(ANA, [*["00125"], *ANA[1:]]), "W", "person_twice", 3,
         "Emp. No."),
    case("somebody who is here under another number", roll(person(
         ANA, surname="Orr", first="Dee", dob=dt.date(1970, 5, 1))), "W", "person_known", 2,
         "Emp. No."),
    case("a number in other capitals than here", roll(person(ANA, emp="s-9")),
         key="key_exists", row=2, column="Emp. No."),
    case("a number of another administration", roll(person(ANA, emp="E77")), "A"),
    case("a number missing", roll(ANA, person(emp=None, supervisor=None)), key="required_empty",
         row=3, column="Emp. No."),
    case("a number that was a date", roll(person(ANA, emp=dt.date(2016, 2, 1))),
         key="code_became_date", row=2, column="Emp. No."),
    case("a number of thirty signs", roll(person(ANA, emp="9" * 30)), key="text_too_long", row=2,
         column="Emp. No."),
    case("a number that can't be seen", roll(person(ANA, emp="12\u200b3")), key="code_invisible",
         row=2, column="Emp. No."),
    case("a formula that fails", roll(person(ANA, emp=Formula("=1/0", "#DIV/0!"))),
         key="cell_error", row=2, column="Emp. No."),
)  # fmt: skip
DAYS = (
    case("days before months, as others show", days("13/05/2001", "01/06/2010"), "W",
         "list_days_read", 2, "Date of Appt"),
    case("months before days, as others show", days("05/13/2001", "06/01/2010"), "W",
         "list_days_read", 2, "Date of Appt"),
    case("days that can be two, and none shows which", days("03/04/2001"), key="date_ambiguous",
         row=2, column="Date of Appt"),
    case("both orders in one column", days("13/05/2001", "05/13/2001", "03/04/2001"),
         key="date_ambiguous", row=4, column="Date of Appt"),
    case("a year of two digits", days("13.05.01"), "W", "list_days_read", 2, "Date of Appt"),
    case("a month in English", days("13-May-2001"), "W", "list_days_read", 2, "Date of Appt"),
    case("a month in French", days("13 février 2001"), "W", "list_days_read", 2, "Date of Appt"),
    case("a month in Spanish", days("3 de enero de 2001"), "W", "list_days_read", 2,
         "Date of Appt"),
    case("the number of a day", roll(person(ANA, dob=27453)), "W", "list_days_read", 2, "DOB"),
    case("30 February", roll(ANA, person(dob="30/02/1980")), key="no_such_day", row=3,
         column="DOB"),
    case("a birth to come", roll(ANA, person(dob=dt.date(2090, 1, 1), date=None)), key="too_great",
         row=3, column="DOB"),
    case("an appointment to come", roll(ANA, person(date=dt.date(2090, 1, 1))), key="too_great",
         row=3, column="Date of Appt"),
    case("appointed before born", roll(ANA, person(date=dt.date(1979, 1, 1))),
         key="period_reversed", row=3, column="Date of Appt"),
    case("appointed at the age of nine", roll(ANA, person(date=dt.date(1989, 1, 1))), "W",
         "person_young", 3, "Date of Appt"),
    case("still serving at ninety", roll(ANA, person(dob=dt.date(1925, 1, 1))), "W", "person_old",
         3, "DOB"),
    case("a word for an unknown day", roll(ANA, person(dob="n/a")), "W", "list_emptied", 3, "DOB"),
    case("nonsense for a day", roll(ANA, person(dob="soon")), key="not_a_date", row=3,
         column="DOB"),
    case("29 February of a leap year", roll(ANA, person(dob="29/02/1980")), "W", "list_days_read",
         3, "DOB"),
)  # fmt: skip
WORDS = (
    case("a unit by its title", roll(ANA, person(station="port of BELIZE ")), "A"),
    case("a unit by its code", roll(ANA, person(station="port")), "A"),
    case("a unit written a little differently", roll(ANA, person(station="Port of Belise")),
         key="reference_near", row=3, column="Station"),
    case("a unit of nobody", roll(ANA, person(station="Mars")), key="reference_unknown", row=3,
         column="Station"),
    case("a unit of another administration", roll(ANA, person(station="FAR")),
         key="reference_unknown", row=3, column="Station"),
    case("a unit missing", roll(ANA, person(station=None)), key="required_empty", row=3,
         column="Station"),
    case("a profile by its title", roll(["1", "Ana", "PORT", "Cargo Examiner"],
         head=["Emp. No.", "Name", "Station", "Job profile"]), "A"),
    case("a profile of nobody", roll(["1", "Ana", "PORT", "Astronaut"],
         head=["Emp. No.", "Name", "Station", "Job profile"]), key="reference_unknown", row=2,
         column="Job profile"),
    case("a post of nobody", roll(["1", "Ana", "PORT", "Q77"],
         head=["Emp. No.", "Name", "Station", "Post No."]), key="reference_unknown", row=2,
         column="Post No."),
    case("two people in one post", roll(["1", "Ana", "PORT", "P1"], ["2", "Bo", "PORT", "P1"],
         head=["Emp. No.", "Name", "Station", "Post No."]), key="post_twice", row=3,
         column="Post No."),
    case("gender in words of three languages", roll(
         ANA, person(sex="masculin"), person(ANA, emp="00125", surname="X", sex="mujer")), "A"),
    case("gender that is no gender", roll(ANA, person(sex="yes")), key="not_a_choice", row=3,
         column="Sex"),
    case("grades with a sign in front", roll(ANA, person(grade="PS 12")), "A"),
    case("a grade above all", roll(ANA, person(grade=99)), key="too_great", row=3, column="Grade"),
    case("a supervisor by number", roll(), "A"),
    case("a supervisor by name", roll(ANA, person(supervisor="ana peña")), "A"),
    case("a supervisor by surname first", roll(ANA, person(supervisor="Peña, Ana")), "R",
         "reference_unknown", 3, "Supervisor"),
    case("a supervisor whose name two people bear", roll(
         ANA, [*["00125"], *ANA[1:4], dt.date(1981, 1, 1), *ANA[5:]],
         person(supervisor="Ana Peña")), key="list_name_twice", row=4, column="Supervisor"),
    case("a supervisor of nobody", roll(ANA, person(supervisor="The Minister")),
         key="reference_unknown", row=3, column="Supervisor"),
    case("one's own supervisor", roll(ANA, person(supervisor="00124")), key="ring", row=3,
         column="Supervisor"),
    case("supervision in a ring of two", roll(person(ANA, supervisor="00124"), BO), key="ring",
         column="Supervisor"),
    case("supervision in a ring of five", roll(*(
         person(emp=f"{n}", surname=f"X{n}", supervisor=f"{n % 5 + 1}") for n in range(1, 6))),
         key="ring", column="Supervisor"),
    case("supervision 300 deep", roll(*(
         person(emp=f"{n}", surname=f"X{n}", supervisor=f"{n - 1}" if n > 1 else None)
         for n in range(1, 301))), "A"),
    case("a name of two hundred letters and more", roll(ANA, person(surname="y" * 250)),
         key="text_too_long", row=3, column="Surname"),
    case("names like programs", roll(
         ANA, person(surname="{{7*7}}"), person(emp="00125", surname="'; DROP TABLE x"),
         person(emp="00126", surname="<script>")), "A"),
    case("a name with a look-alike letter", roll(ANA, person(surname="\u0410na")), "W",
         "look_alike", 3, "Surname"),
)  # fmt: skip

LISTS = (*SHAPES, *NUMBERS, *DAYS, *WORDS)
