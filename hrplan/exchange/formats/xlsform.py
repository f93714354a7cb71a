"""XLSForm, the workbook in which ODK and KoboToolbox write their forms: as values, out and in.

A form has the sheets `survey`, `choices` and `settings`; texts in several languages stand in
columns such as `label::French (fr)`. Columns and sheets that other programs don't know are ours;
columns begin with `x_`. Specification: https://xlsform.org.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from hrplan.exchange.cells import shown
from hrplan.exchange.clean import clean_text, header_form
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Broken, Grid, Raw
from hrplan.exchange.safe import safe_cell
from hrplan.exchange.sheet_scan import column_letters
from hrplan.exchange.spec import Table, Values
from hrplan.exchange.write import PLAIN, STAMP, Formats, write_sheet

GROUP, REPEAT = "group", "repeat"
LANGUAGE_NAMES = {
    **{"ar": "Arabic", "az": "Azerbaijani", "bn": "Bengali", "de": "German", "el": "Greek"},
    **{"en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fr": "French"},
    **{"hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hy": "Armenian"},
    **{"id": "Indonesian", "it": "Italian", "ka": "Georgian", "km": "Khmer", "ky": "Kyrgyz"},
    **{"lo": "Lao", "mg": "Malagasy", "mn": "Mongolian", "ms": "Malay", "my": "Burmese"},
    **{"ne": "Nepali", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian"},
    **{"ru": "Russian", "sq": "Albanian", "sr": "Serbian", "sw": "Swahili", "th": "Thai"},
    **{"tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese"},
    **{"zh": "Chinese"},
}
CODE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
IN_BRACKETS = re.compile(r"(?:.*,\s*(?P<region>[A-Z]{2})\s*|.*)\(\s*(?P<code>[\w-]+)\s*\)")
OPENING = {"begin_group": GROUP, "begin_repeat": REPEAT}
CLOSING = {"end_group": GROUP, "end_repeat": REPEAT}
SYNONYMS = {"string": "text", "int": "integer", "select1": "select_one", "select_one_from": ""}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
DEEPEST = 10  # groups inside each other
PARTED = "$\u2060{"  # a text is no reference to a row; reading takes the joiner out again
TRANSLATED = ("label", "hint")  # filled in every language, for ODK shows a dash for what is missing

Texts = Mapping[str, str]  # language code -> text; "" is the form's own language
Note = Callable[[Fault], None]


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the survey; a group or repeat holds others. `texts` and `values` by column."""

    type: str
    name: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    list_name: str = ""
    children: tuple["Element", ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the choices."""

    list_name: str
    name: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `language` is the code of the language in which texts stand that name none."""

    title: str
    form_id: str
    version: str
    language: str
    survey: tuple[Element, ...]
    choices: tuple[Choice, ...]
    texts: Mapping[str, Texts] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def list_of(self, name: str) -> tuple[Choice, ...]:
        """The choices of a list, in order."""
        return tuple(choice for choice in self.choices if choice.list_name == name)


def language_label(code: str) -> str:
    """A language as XLSForm writes it: French (fr), or Portuguese, BR (pt)."""
    main, _hyphen, region = code.partition("-")
    name = LANGUAGE_NAMES.get(main, main)
    return f"{name}, {region} ({main})" if region else f"{name} ({main})"


# Out


def write_form(form: Form, path: Path, more: Iterable[tuple[Table, Sequence[Values]]] = ()) -> None:
    """The form as .xlsx, with further sheets of ours; the same form gives the same bytes."""
    survey = list(_flat(form.survey))
    everything: list[Element | Choice | Form] = [*survey, *form.choices, form]
    codes = {code for one in everything for said in one.texts.values() for code in said}
    languages = sorted((codes | {form.language}) - {""}, key=lambda c: (c != form.language, c))
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"title": safe_cell(form.title), "created": STAMP})
        formats = Formats(book)
        rows = [_survey_cells(one, form.language, languages) for one in survey]
        _sheet(book.add_worksheet("survey"), ("type", "name"), rows, formats)
        rows = [
            {"list_name": one.list_name, "name": one.name, **_cells(one, form.language, languages)}
            for one in form.choices
        ]
        _sheet(book.add_worksheet("choices"), ("list_name", "name"), rows, formats)
        settings = {
            "form_title": form.title,
            "form_id": form.form_id,
            "version": form.version,
            "default_language": language_label(form.language),
            **_cells(form, form.language, languages),
        }
        _sheet(book.add_worksheet("settings"), ("form_title",), [settings], formats)
        for table, lines in more:
            write_sheet(book.add_worksheet(table.name), table, lines, formats)


def _flat(elements: Iterable[Element]) -> Iterator[Element]:
    """The rows of the survey: an opening and a closing row round what a group holds."""
    for one in elements:
        yield one
        if one.type in (GROUP, REPEAT):
            yield from _flat(one.children)
            yield Element(f"end_{one.type}", "")


def _survey_cells(one: Element, own: str, languages: Sequence[str]) -> dict[str, str]:
    kind = f"begin_{one.type}" if one.type in (GROUP, REPEAT) else one.type
    return {
        "type": f"{kind} {one.list_name}".strip(),
        "name": one.name,
        **_cells(one, own, languages),
    }


def _cells(one: Element | Choice | Form, own: str, languages: Sequence[str]) -> dict[str, str]:
    """The cells of the texts, each under its language where there are several, and the values."""
    cells = dict(one.values)
    for column, said in one.texts.items():
        said = {code: text.replace("${", PARTED) for code, text in said.items()}
        main = said.get(own, said.get("", ""))
        if len(languages) == 1:
            cells[column] = main
            continue
        for code in languages:
            text = main if code == own else said.get(code, "")
            filled = text or (main if column in TRANSLATED else "")
            cells[f"{column}::{language_label(code)}"] = filled
    return cells


def _sheet(
    sheet: Worksheet, first: Sequence[str], rows: list[dict[str, str]], formats: Formats
) -> None:
    """All cells as text; ODK's columns first, then ours."""
    named = dict.fromkeys(column for row in rows for column in row)
    columns = [*first, *sorted((c for c in named if c not in first), key=_order)]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 16 if place < 2 else 30)
        sheet.write_string(0, place, column, formats.header)
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            if text := row.get(column, ""):
                sheet.write_string(number, place, safe_cell(text))
    sheet.freeze_panes(1, 0)


def _order(column: str) -> tuple[bool, bool, bool]:
    plain = column.split("::")[0]
    return column.startswith("x_"), plain != "label", plain != "hint"


# In


def is_form(grids: Iterable[Grid]) -> bool:
    """Whether the sheets are those of an XLSForm."""
    return any(header_form(grid.sheet) == "survey" for grid in grids)


def read_form(grids: Iterable[Grid], note: Note) -> Form:
    """The form in the sheets; every fault is noted, and what is faulty left out."""
    sheets = {header_form(grid.sheet): grid for grid in grids}
    settings = next(iter(_rows(sheets.get("settings"), note)), _Line(0))
    own = language_code(settings.values.get("default_language", "")) or "en"
    choices = tuple(_choices(sheets.get("choices"), own, note))
    lists = {choice.list_name for choice in choices}
    survey = sheets.get("survey")
    lines = _rows(survey, note)
    elements = _tree([_element(line, own, lists, survey, note) for line in lines], survey, note)
    values = dict(settings.values)
    return Form(
        title=values.pop("form_title", ""),
        form_id=values.pop("form_id", ""),
        version=values.pop("version", ""),
        language=own,
        survey=elements,
        choices=choices,
        texts=_own(settings.texts, own),
        values={name: text for name, text in values.items() if name != "default_language"},
    )


def language_code(label: str) -> str:
    """The code of a language written as `French (fr)`, `French` or `fr`; "" where unknown."""
    found = IN_BRACKETS.fullmatch(label.strip())
    main, _hyphen, region = (found["code"] if found else label.strip()).partition("-")
    region = region or (found["region"] if found else "") or ""
    code = "-".join(filter(None, (main.lower(), region.upper())))
    if CODE.fullmatch(code):
        return code
    names = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
    return names.get(label.strip().casefold(), "")


@dataclass(slots=True)
class _Line:
    """One row of a sheet while it is read."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)


def _rows(grid: Grid | None, note: Note) -> list[_Line]:
    """The rows below the header, by column; columns in several languages are texts."""
    if grid is None or not grid.rows:
        return []
    headers = {place: _header(cell) for place, cell in enumerate(grid.rows[0][1])}
    lines = []
    for number, cells in grid.rows[1:]:
        line = _Line(number)
        for place, cell in enumerate(cells):
            column, code = headers.get(place, ("", ""))
            text = _text(cell, grid.sheet, f"{column_letters(place + 1)}{number}", note)
            if column and text and code is not None:
                _put(line, column, code, text)
        if line.values or line.texts:
            lines.append(line)
    return lines


def _put(line: _Line, column: str, code: str, text: str) -> None:
    """A column of ours without a language may hold a value or a text: it is both."""
    if code or column in TRANSLATED or column.startswith("x_"):
        line.texts.setdefault(column, {})[code] = text
    if not code and column not in TRANSLATED:
        line.values[column] = text


def _header(cell: Raw) -> tuple[str, str | None]:
    """The column's name and the language it is in; None for a language that isn't known."""
    name, mark, label = (cell if isinstance(cell, str) else "").partition("::")
    return header_form(name), (language_code(label) or None) if mark else ""


def _text(cell: Raw, sheet: str, place: str, note: Note) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Broken):
        key = "cell_error" if cell.shown else "formula_empty"
        note(Fault(key=key, sheet=sheet, cell=place, params={"error": cell.shown}))
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return clean_text(cell if isinstance(cell, str) else shown(cell), lambda key: None)


def _own(texts: Mapping[str, Texts], own: str) -> dict[str, dict[str, str]]:
    """The texts without the empty language: it is the form's own."""
    return {column: {code or own: text for code, text in t.items()} for column, t in texts.items()}


def _element(line: _Line, own: str, lists: set[str], grid: Grid | None, note: Note) -> Element:
    sheet = grid.sheet if grid else ""
    values = dict(line.values)
    words = values.pop("type", "").split()
    kind = words[0].casefold() if words else ""
    if kind in {"begin", "end", "select"} and len(words) > 1:
        kind, words = f"{kind}_{words[1].casefold()}", words[1:]
    kind = SYNONYMS.get(kind, kind)
    name = values.pop("name", "")
    if kind not in CLOSING and not NAME.fullmatch(name):
        note(Fault(key="form_name", sheet=sheet, row=line.number, value=name[:40]))
    list_name = words[1] if kind.startswith("select_") and len(words) > 1 else ""
    if kind.startswith("select_") and list_name not in lists:
        params = {"name": list_name[:40] or "–"}
        note(Fault(key="form_list_unknown", sheet=sheet, row=line.number, params=params))
    return Element(kind, name, _own(line.texts, own), values, list_name, row=line.number)


def _tree(flat: list[Element], grid: Grid | None, note: Note) -> tuple[Element, ...]:
    """The elements with those of each group inside it."""
    sheet = grid.sheet if grid else ""
    open_ones: list[tuple[Element, list[Element]]] = []
    top: list[Element] = []
    seen: dict[str, int] = {}
    for one in flat:
        if one.name and one.type not in CLOSING and one.name in seen:
            params: dict[str, str | int] = {"name": one.name, "first": seen[one.name]}
            note(Fault(key="form_name_twice", sheet=sheet, row=one.row, params=params))
        seen.setdefault(one.name, one.row)
        if one.type in OPENING and len(open_ones) == DEEPEST:
            note(Fault(key="yaml_deep", sheet=sheet, row=one.row, params={"limit": DEEPEST}))
        elif one.type in OPENING:
            open_ones.append((one, []))
        elif one.type in CLOSING:
            if not open_ones or OPENING[open_ones[-1][0].type] != CLOSING[one.type]:
                note(Fault(key="form_not_open", sheet=sheet, row=one.row))
                continue
            _close(open_ones, top)
        else:
            (open_ones[-1][1] if open_ones else top).append(one)
    for one, _held in open_ones:
        note(Fault(key="form_unclosed", sheet=sheet, row=one.row, params={"name": one.name}))
    while open_ones:
        _close(open_ones, top)
    return tuple(top)


def _close(open_ones: list[tuple[Element, list[Element]]], top: list[Element]) -> None:
    one, held = open_ones.pop()
    made = Element(
        OPENING[one.type], one.name, one.texts, one.values, children=tuple(held), row=one.row
    )
    (open_ones[-1][1] if open_ones else top).append(made)


def _choices(grid: Grid | None, own: str, note: Note) -> Iterator[Choice]:
    seen: set[tuple[str, str]] = set()
    for line in _rows(grid, note):
        values = dict(line.values)
        key = (values.pop("list_name", ""), values.pop("name", ""))
        fault = partial(Fault, sheet=grid.sheet if grid else "", row=line.number)
        if not all(key):
            note(fault(key="required_empty", column="name" if key[0] else "list_name"))
        elif key in seen:
            note(fault(key="form_choice_twice", params={"name": key[1]}))
        else:
            seen.add(key)
            yield Choice(*key, _own(line.texts, own), values, row=line.number)


def left_out(sheet: str, one: Element) -> Fault:
    """The warning that a row of the survey has no place in what is made of the form."""
    return Fault(
        key="form_left_out",
        severity=Severity.WARN,
        sheet=sheet,
        row=one.row,
        params={"name": one.name or "–", "kind": one.type or "–"},
    )
