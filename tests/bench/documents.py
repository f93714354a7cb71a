"""`python -m tests.bench.documents`: documents in Word, as PDF and compared, and their memory.

Each piece of work runs in a process of its own: once to load what it needs, then three times.
Told are seconds waited and those of the processor, children included. Tables in Word
are measured beside python-docx's `row.cells`, PDF beside LibreOffice, both on the same content.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from hrplan.documents import charts, to_docx, to_pdf, word_xml
from hrplan.documents.comparing import compared
from hrplan.documents.nodes import BarChart, Bullets, Document, Paragraph, Section, Table

REPORT = Path("docs/methods/document-speed.md")
RUNS = 3
TABLES, ROWS, COLUMNS = 12, 300, 6  # what D1 and D2 are measured on
CHAPTERS = 45  # of three pages
TEXT = (
    "The administration sets out what the work asks for, what people hold and what it takes to "
    "close the difference; every figure rests on the ratings of one day. "
) * 4
OFFICE = "soffice"
HEAD = """# How fast documents are

Written by `python -m tests.bench.documents --write` on {cores} cores, Python {python}. Each piece
of work ran in a process of its own, once to load what it needs and then {runs} times; the medians
are shown, charts drawn anew each time. Seconds on the clock are those somebody waits, with nothing
else on the machine; the processor's include children. Memory is the most that the process held.

## A document of {pages} pages

{chapters} chapters, each with text, a list and a table of {short} rows, and every fourth with a
chart; the second version differs from the first in a sentence and a number of each chapter.

| work | s on the clock | s of the processor | first time | at most s | MB |
|---|---|---|---|---|---|
{long}

## Beside others

{tables} tables of {rows} rows and {columns} columns with headings and text. D1 is the writing of
these tables beside python-docx filled by `row.cells`: headings, text and tables in a file, as both
write them. The whole of our file has more to do: its contents tell the page of each heading, which
nobody knows before the file was set once. D2 is the PDF beside LibreOffice converting the Word
file, by page, where it is installed.

| work | s of the processor | pages | ms a page | MB |
|---|---|---|---|---|
{beside}

{ratios}
"""
SHORT = 30  # rows of a table of the long document


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--write", action="store_true")
    words.add_argument("--one", choices=sorted(WORK), help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.one:
        print(json.dumps(measured(WORK[chosen.one])))
        return
    found = {name: apart(name) for name in WORK if name != "office" or shutil.which(OFFICE)}
    text = told(found)
    print(text)
    if chosen.write:
        REPORT.write_text(text, encoding="utf-8")


def apart(name: str) -> dict[str, float]:
    """What `measured` finds in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.documents", "--one", name]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def measured(prepare: Callable[[], Callable[[], int]]) -> dict[str, float]:
    """Seconds of the first time and the medians of those after it, pages, megabytes."""
    work = prepare()
    clock, _, pages = timed(work)
    waited, used, _ = zip(*(timed(work) for _ in range(RUNS)), strict=True)
    own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    most = max(resource.getrusage(who).ru_maxrss for who in (own, children)) / 1024
    return {"first": clock, "clock": statistics.median(waited), "median": statistics.median(used),
            "pages": pages, "memory": most}  # fmt: skip


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds waited, those of the processor, and what the work returns.

    No chart is at hand from before.
    """
    charts.svg.cache_clear()
    charts.on_sheet.cache_clear()
    begun = os.times()
    pages = work()
    ended = os.times()
    return ended.elapsed - begun.elapsed, sum(ended[:4]) - sum(begun[:4]), pages


# --- What is measured --------------------------------------------------------------------------


def long_document(version: int = 1) -> Document:
    """About 120 pages; another version has another sentence and another number in each chapter."""
    chapters = tuple(_chapter(number, version) for number in range(CHAPTERS))
    return Document("HR Development Plan", "Customs", str(version), date(2016, 2, 12), chapters)


def _chapter(number: int, version: int) -> Section:
    rows = tuple(
        (f"Competency {number}.{row}", f"{row * 7 + number}", f"{row % 5}", TEXT[:90])
        for row in range(SHORT)
    )
    changed = ("Of this, so much is planned: 12.", f"Of this, so much is planned: {12 + number}.")
    blocks: list[Any] = [
        Paragraph(f"{TEXT}{changed[version - 1]}", "lead"),
        Paragraph(TEXT * 2),
        Bullets(tuple(f"{TEXT[:120]} {item}" for item in range(5))),
        Table("Gaps", ("Competency", "People", "Level", "What is done"), rows, key=f"t{number}"),
        Section("What follows", (Paragraph(TEXT * 3), Paragraph(TEXT * 2))),
    ]
    if number % 4 == 0:
        labels, values = zip(
            *((f"Unit {n}", float(n * 3 + number)) for n in range(10)), strict=True
        )
        blocks.append(
            BarChart(caption="Gaps by unit", unit="levels", labels=labels, values=values,
                     key=f"c{number}")
        )  # fmt: skip
    return Section(f"Chapter {number}", tuple(blocks), key=f"s{number}")


def tables_document() -> Document:
    """Twelve long tables with a heading and a text each."""
    head = tuple(f"Column {n}" for n in range(COLUMNS))
    sections = tuple(
        Section(
            f"Part {number}", (Paragraph(TEXT), Table("Rows", head, _cells(), key=f"t{number}"))
        )
        for number in range(TABLES)
    )
    return Document("Tables", "Customs", "1", date(2016, 2, 12), sections)


def _cells() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"cell {r} {c}" for c in range(COLUMNS)) for r in range(ROWS))


def _word() -> Callable[[], int]:
    document = long_document()
    return lambda: _made(to_docx.docx(document))


def _pdf() -> Callable[[], int]:
    document = long_document()
    return lambda: to_pdf.pages(to_pdf.pdf(document))


def _comparison() -> Callable[[], int]:
    old, new = long_document(), long_document(2)

    def work() -> int:
        found = compared(old, new)
        return _made(to_docx.docx(found.document, author="Version 1 to 2"))

    return work


def _tables_word() -> Callable[[], int]:
    document = tables_document()
    return lambda: _made(to_docx.docx(document))


def _tables_written() -> Callable[[], int]:
    """The same tables as XML in a file of python-docx, as our writer makes them."""
    import docx  # noqa: PLC0415 -- slow import
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    document = tables_document()

    def work() -> int:
        word = docx.Document()
        for section in document.sections:
            word.add_heading(section.title, level=1)
            word.add_paragraph(TEXT)
            for table in (one for one in section.blocks if isinstance(one, Table)):
                xml = word_xml.table_xml(table, word_xml.UPRIGHT)
                declared = xml.replace("<w:tbl>", f"<w:tbl {word_xml.NAMESPACES}>", 1)
                word.element.body.insert(-1, parse_xml(declared))
        word.save(BytesIO())
        return 0

    return work


def _made(file: bytes) -> int:
    """A Word file does not know its pages."""
    return 0 if file else -1


def _tables_plain() -> Callable[[], int]:
    """The same tables by python-docx, filled by `row.cells`."""
    import docx  # noqa: PLC0415 -- slow import

    head, cells = tuple(f"Column {n}" for n in range(COLUMNS)), _cells()

    def work() -> int:
        word = docx.Document()
        for number in range(TABLES):
            word.add_heading(f"Part {number}", level=1)
            word.add_paragraph(TEXT)
            table = word.add_table(ROWS + 1, COLUMNS)
            for row, texts in zip(table.rows, (head, *cells), strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        word.save(BytesIO())
        return 0

    return work


def _tables_pdf() -> Callable[[], int]:
    document = tables_document()
    return lambda: to_pdf.pages(to_pdf.pdf(document))


def _office() -> Callable[[], int]:
    """LibreOffice converting the Word file of the same content, with a profile of its own."""
    folder = Path(tempfile.mkdtemp())
    (folder / "tables.docx").write_bytes(to_docx.docx(tables_document()))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]

    def work() -> int:
        subprocess.run([*words, str(folder / "tables.docx")], check=True, capture_output=True)
        return to_pdf.pages((folder / "tables.pdf").read_bytes())

    return work


WORK: dict[str, Callable[[], Callable[[], int]]] = {
    "word": _word,
    "pdf": _pdf,
    "comparison": _comparison,
    "tables-word": _tables_word,
    "tables-written": _tables_written,
    "tables-plain": _tables_plain,
    "tables-pdf": _tables_pdf,
    "office": _office,
}
LONG = {
    "word": ("Word", 3.0),
    "pdf": ("PDF", 3.0),
    "comparison": ("two versions compared, as tracked changes in Word", 5.0),
}
BESIDE = {
    "tables-written": "tables in Word, ours",
    "tables-plain": "tables in Word, python-docx `row.cells`",
    "tables-word": "the whole file in Word, ours",
    "tables-pdf": "PDF, ours",
    "office": "PDF, LibreOffice",
}


# --- What is told ------------------------------------------------------------------------------


def told(found: dict[str, dict[str, float]]) -> str:
    """The report; figures, and what of the targets is met."""
    return HEAD.format(
        cores=os.cpu_count(),
        python=sys.version.split()[0],
        runs=RUNS,
        pages=f"{found['pdf']['pages']:.0f}",
        chapters=CHAPTERS,
        short=SHORT,
        long="\n".join(_long_row(found[name], *LONG[name]) for name in LONG),
        tables=TABLES,
        rows=ROWS,
        columns=COLUMNS,
        beside="\n".join(_row(found[name], words) for name, words in BESIDE.items()
                         if name in found),
        ratios="\n".join(_ratios(found)),
    )  # fmt: skip


def _long_row(one: dict[str, float], words: str, most: float) -> str:
    return (
        f"| {words} | {one['clock']:.2f} | {one['median']:.2f} | {one['first']:.2f} | {most:.0f} "
        f"| {one['memory']:.0f} |"
    )


def _row(one: dict[str, float], words: str) -> str:
    pages = f"{one['pages']:.0f}" if one["pages"] else "–"
    each = f"{1000 * one['median'] / one['pages']:.1f}" if one["pages"] else "–"
    return f"| {words} | {one['median']:.2f} | {pages} | {each} | {one['memory']:.0f} |"


def _ratios(found: dict[str, dict[str, float]]) -> list[str]:
    """D1 and D2: what is measured, divided by what others take."""
    word, whole = (
        found[name]["median"] / found["tables-plain"]["median"]
        for name in ("tables-written", "tables-word")
    )
    lines = [f"D1: {word:.3f} (at most 0.15; 0.07 is the aim); the whole file {whole:.2f}."]
    if "office" not in found:
        return [*lines, "D2 was not measured: LibreOffice is not installed."]
    ours, office = (found[name] for name in ("tables-pdf", "office"))
    pages = (ours["median"] / ours["pages"]) / (office["median"] / office["pages"])
    return [*lines, f"D2: {pages:.3f} (at most 0.3; 0.08 is the aim)."]


if __name__ == "__main__":
    main()
