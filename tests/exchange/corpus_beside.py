"""Tables of people and ratings beside the rows that are here (see corpus_lists): of the corpus.

The framework in force has the competencies O1 and O2 and levels 0 to 4; OLD1 is of an earlier one,
ZX of another administration.
"""

import datetime as dt

from tests.exchange.build import Builder, Cells, write
from tests.exchange.entries import Entry

RATED = ["staff", "competency", "source", "rated_on", "level", "valid_until"]
PERSON = ["staff", "name", "unit", "supervisor", "born_on", "joined_on", "left_on", "post"]
UNIT = ["unit", "title", "parent", "region"]
DAY = dt.date(2015, 5, 4)


def tables(**sheets: Cells) -> Builder:
    return lambda folder: write(folder / "book.xlsx", sheets)


def case(name, build, expected="R", key="", at=None):
    return Entry(name, "beside rows that are here", build, expected, key, at, reader="beside")


def rating(name, expected="R", key="", column="", **cells):
    sound = dict(zip(RATED, ("00900", "O1", "supervisor", DAY, 2, None), strict=True))
    row = list({**sound, **cells}.values())
    at = ("ratings", 2, column) if column else None
    return case(name, tables(ratings=[RATED, row]), expected, key, at)


def people(name, *rows, expected="R", key="", row=2, column=""):
    at = ("staff_members", row, column) if column else None
    filled = [[*each, *[None] * (len(PERSON) - len(each))] for each in rows]
    return case(name, tables(staff_members=[PERSON, *filled]), expected, key, at)


RATINGS = (
    rating("a sound rating", "A"),
    rating("level 0, assessed and not held", "A", level=0),
    rating("half a level", "A", level=2.5),
    rating("level missing", key="required_empty", column="level", level=None),
    rating("level below nought", key="too_small", column="level", level=-1),
    rating("level above every scale", key="too_great", column="level", level=6),
    rating("level in words", key="not_a_number", column="level", level="three"),
    rating("level with its name", key="number_with_words", column="level", level="3 – Skilled"),
    rating("level not applicable", key="word_for_empty", column="level", level="N/A"),
    rating("rating of a stranger", key="reference_unknown", column="staff", staff="77777"),
    rating("rating of somebody elsewhere", key="reference_unknown", column="staff", staff="E77"),
    rating("competency of nobody", key="reference_unknown", column="competency", competency="QQ"),
    rating(
        "competency of an earlier framework",
        key="reference_unknown",
        column="competency",
        competency="OLD1",
    ),
    rating(
        "competency of another administration",
        key="reference_unknown",
        column="competency",
        competency="ZX",
    ),
    rating("source misspelt", key="choice_near", column="source", source="suprvisor"),
    rating("source of nobody", key="not_a_choice", column="source", source="horoscope"),
    rating("rating to come", key="too_great", column="rated_on", rated_on=dt.date(2090, 1, 1)),
    rating("day missing", key="required_empty", column="rated_on", rated_on=None),
    rating("day that can be two", key="date_ambiguous", column="rated_on", rated_on="03/04/2015"),
    rating(
        "expired before it was given",
        key="period_reversed",
        column="valid_until",
        valid_until=dt.date(2015, 5, 3),
    ),
    case(
        "two levels of one rating",
        tables(ratings=[RATED, *(["00900", "O1", "self", DAY, n, None] for n in (2, 3))]),
        key="key_twice",
        at=("ratings", 3, "staff"),
    ),
    case(
        "the same rating twice",
        tables(ratings=[RATED, *[["00900", "O1", "self", DAY, 2, None]] * 2]),
        key="row_twice",
        at=("ratings", 3, "staff"),
    ),
    case(
        "ratings of somebody added by the same file",
        tables(
            staff_members=[PERSON[:3], ["5", "Eve", "PORT"]],
            ratings=[RATED, ["5", "O1", "self", DAY, 2, None]],
        ),
        "A",
    ),
)
PEOPLE = (
    people("somebody new", ["5", "Eve", "PORT"], expected="A"),
    people("somebody who differs from here", ["00900", "Dee Ore", "PORT"], expected="A"),
    people("a number in other capitals than here", ["s-9", "Dee Orr", "PORT"], key="key_exists",
           column="staff"),
    people("a number that another administration has", ["E77", "Eve", "PORT"], expected="A"),
    people("a unit of another administration", ["5", "Eve", "FAR"], key="reference_unknown",
           column="unit"),
    people("a supervisor of another administration", ["5", "Eve", "PORT", "E77"],
           key="reference_unknown", column="supervisor"),
    people("a supervisor who is here", ["5", "Eve", "PORT", "00900"], expected="A"),
    people("a ring that closes with people who are here", ["00900", "Dee Orr", "PORT", "S-9"],
           key="ring", column="supervisor"),
    people("left before joining", ["5", "Eve", "PORT", None, None, DAY, dt.date(2014, 1, 1)],
           key="period_reversed", column="left_on"),
    people("two in one post", ["5", "Eve", "PORT", *[None] * 4, "P1"],
           ["6", "Al", "PORT", *[None] * 4, "P1"], key="post_twice", row=3, column="post"),
    case("a ring of units that closes with one that is here",
         tables(units=[UNIT, ["PORT", "Port of Belize", "WB", "BZC"]]), key="ring",
         at=("units", 2, "parent")),
    case("a unit renamed", tables(units=[UNIT, ["PORT", "Port", None, "BZC"]]), "A"),
)  # fmt: skip
BESIDE = (*RATINGS, *PEOPLE)
