"""The sheets of a questionnaire's own workbook, for the levels and languages that it has."""

import re
from collections.abc import Iterable, Sequence

from diagnostics.library.content import EXISTENCE, USE
from hrplan.exchange.grids import Grid
from hrplan.exchange.spec import Column, Kind, Table, Workbook

LEVELS = tuple(range(11))  # that a workbook may hold; a scale has up to ten of them
LONG = 4000
TRANSLATED = re.compile(r"(?P<name>[^:]+)::\s*(?:.*\()?(?P<language>[a-z]{2}(?:-[A-Z]{2})?)\)?\s*")
MATURITY_SHEETS = (
    *("questionnaire", "scale", "references", "domains", "questions", "guides"),
    "guide_questions",
)
BASELINE_SHEETS = ("questionnaire", "items", "fields")


def languages_in(grids: Iterable[Grid]) -> tuple[str, ...]:
    """The languages that the headers of the sheets name, as `title::fr`."""
    found = {
        match["language"]
        for grid in grids
        for _number, cells in grid.rows[:10]
        for cell in cells
        if isinstance(cell, str) and (match := TRANSLATED.fullmatch(cell.strip()))
    }
    return tuple(sorted(found))


def workbook(levels: Sequence[int], languages: Sequence[str], title: str = "") -> Workbook:
    """All sheets that a questionnaire of either kind may have."""
    return Workbook(title=title, tables=tuple(_tables(levels, languages)))


def _text(
    name: str, meaning: str, size: int = LONG, *, required: bool = False, key: bool = False
) -> Column:
    return Column(name=name, meaning=meaning, max_length=size, required=required, key=key)


def _said(
    languages: Sequence[str], name: str, meaning: str, size: int = LONG, *, required: bool = False
) -> tuple[Column, ...]:
    """A column of text, and one for each language it may be translated into."""
    own = _text(name, meaning, size, required=required)
    return (own, *(_text(f"{name}::{code}", f"the same in {code}", size) for code in languages))


def _choice(
    name: str, meaning: str, *choices: str, required: bool = False, key: bool = False
) -> Column:
    return Column(
        name=name, kind=Kind.CHOICE, choices=choices, meaning=meaning, required=required, key=key
    )


def _tables(levels: Sequence[int], languages: Sequence[str]) -> Iterable[Table]:
    yield Table(
        name="questionnaire",
        meaning="What the questionnaire is, in one row.",
        columns=(
            _choice("kind", "what it is", "maturity", "baseline", required=True),
            _text("id", "short name: small letters, digits, hyphens", 60, key=True),
            _text("version", "such as 1.0", 10, required=True),
            _text("language", "language of its texts, such as en", 10, required=True),
            *_said(languages, "title", "its title", 200, required=True),
            _text("provider", "who wrote it", 120, required=True),
            _text("licence", "under which licence", 60, required=True),
            *_said(languages, "provenance", "where it comes from", required=True),
        ),
    )
    yield Table(
        name="scale",
        meaning="The levels, and the steps of existence and use, each from the lowest.",
        columns=(
            _choice("of", "level, existence or use", "level", "existence", "use", key=True),
            _text("code", f"the level's number, or one of {', '.join(EXISTENCE + USE)}", key=True),
            *_said(languages, "name", "what it is called", 200, required=True),
            *_said(languages, "meaning", "what it means"),
            Column(name="caps_at", kind=Kind.INTEGER, meaning="highest level it allows; or none"),
        ),
    )
    yield Table(
        name="references",
        meaning="What domains and questions refer to.",
        columns=(
            _choice(
                *("kind", "what it is", "reference_point", "framework_section", "arusha_practice"),
                key=True,
            ),
            _text("code", "short name; of a section its number", key=True),
            _text("title", "its title", 200, required=True),
            _text("meaning", "what a reference point means"),
        ),
    )
    yield Table(
        name="domains",
        meaning="The parts of the questionnaire, in order.",
        columns=(
            _text("code", "such as D1", 20, key=True),
            *_said(languages, "title", "its title", 200, required=True),
            Column(name="cross_cutting", kind=Kind.BOOLEAN, default=False, meaning="cuts across"),
            *_said(languages, "purpose", "what it looks at"),
            *_said(languages, "documents", "documents to ask for, one a line"),
            _text("framework_sections", "numbers of the sections, one a line"),
            _text("arusha_8", "codes of the practices, one a line"),
        ),
    )
    yield _questions(levels, languages)
    yield Table(
        name="guides",
        meaning="Interview guides.",
        columns=(
            _text("code", "short name", 39, key=True),
            _text("title", "its title", 200, required=True),
            _text("audience", "who is interviewed", 200, required=True),
            Column(
                name="minutes", kind=Kind.INTEGER, required=True, meaning="how long", unit="min"
            ),
            _text("opening", "what is said first", required=True),
        ),
    )
    yield Table(
        name="guide_questions",
        meaning="The questions of the interview guides, in order.",
        columns=(
            Column(name="guide", required=True, reference="guides.code", meaning="its guide"),
            _text("code", "such as HR1", 20, key=True),
            _text("text", "the question", required=True),
            _text("domains", "codes of the domains it looks at, one a line", required=True),
        ),
    )
    yield from _baseline_tables(languages)


def _questions(levels: Sequence[int], languages: Sequence[str]) -> Table:
    anchors = (
        column
        for level in levels
        for column in _said(languages, f"level_{level}", f"what can be observed at level {level}")
    )
    return Table(
        name="questions",
        meaning="The questions, in order, each with a text for every level.",
        columns=(
            Column(name="domain", required=True, reference="domains.code", meaning="its domain"),
            _text("code", "such as D1.2", 20, key=True),
            *_said(languages, "text", "the question as it is asked", required=True),
            *_said(languages, "subject", "what is rated", 200, required=True),
            *_said(languages, "help", "a help to answer it"),
            *anchors,
            Column(
                name="weight",
                kind=Kind.DECIMAL,
                meaning="weight in its domain's score; empty: 1",
            ),
            *_said(languages, "evidence", "what to ask to see, one a line"),
            _text("tags", "codes of reference points, one a line"),
            _choice(
                *("probe", "what it looks for"),
                *("exists", "approved", "used", "measured", "evidence"),
            ),
            _text("relevant", "asked if, such as: D1.1 existence is approved", 80),
        ),
    )


def _baseline_tables(languages: Sequence[str]) -> Iterable[Table]:
    yield Table(
        name="items",
        meaning="The items of a baseline form, in order.",
        columns=(
            _text("code", "such as B01", 20, key=True),
            *_said(languages, "title", "its title", 200, required=True),
            *_said(languages, "prompt", "what is asked", required=True),
            *_said(languages, "help", "a help to answer it"),
            _text("documents", "documents to ask for, one a line"),
        ),
    )
    yield Table(
        name="fields",
        meaning="What to fill in in each item, in order; the columns of a table below it.",
        columns=(
            Column(name="item", required=True, reference="items.code", key=True, meaning="item"),
            Column(name="table", key=True, default="", meaning="the table it is a column of"),
            _text("code", "short name", 39, key=True),
            *_said(languages, "label", "what is asked", 200, required=True),
            _choice(
                *("kind", "what is filled in", "text", "long_text", "date", "integer"),
                *("number", "money", "boolean", "choice", "table"),
                required=True,
            ),
            Column(name="required", kind=Kind.BOOLEAN, default=True, meaning="must be filled in"),
            _text("unit", "unit of a number", 60),
            Column(name="minimum", kind=Kind.DECIMAL, meaning="lowest number"),
            Column(name="maximum", kind=Kind.DECIMAL, meaning="highest number"),
            *_said(languages, "choices", "one a line, as code: label"),
            Column(name="row_count", kind=Kind.INTEGER, meaning="rows of a table; empty: any"),
        ),
    )
