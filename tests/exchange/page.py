"""`python -m tests.exchange.page`: the page of what is accepted, written from the corpus."""

from itertools import groupby
from operator import attrgetter
from pathlib import Path

from hrplan.exchange.messages import ADVICE, MESSAGES
from tests.exchange.corpus import CORPUS
from tests.exchange.corpus_beside import BESIDE
from tests.exchange.corpus_lists import LISTS
from tests.exchange.entries import Entry

PAGE = Path(__file__).parents[2] / "docs" / "what-we-accept.md"
GROUPS = {
    "container": "The file itself",
    "shape": "The shape of a sheet",
    "cells": "Cells",
    "text": "Text and encodings",
    "meaning": "What rows mean together",
    "beside rows that are here": "People and ratings beside rows that are here",
    "staff list": "Staff lists with headings of their own",
}
CLASSES = {"A": "accepted", "W": "accepted with a warning", "R": "refused"}
HEAD = """# What we accept

Written by `python -m tests.exchange.page` from the files that the tests build and read: {count} of
them. A refused file writes nothing; every fault names its sheet, row, column and value, and says
what to do. Words in braces are filled in. How tables come in at all is told in
[Tables in and out](formats.md).

| class | files |
|---|---|
"""


def written() -> str:
    """The page."""
    entries = (*CORPUS, *BESIDE, *LISTS)
    counts = {name: sum(entry.expected == name for entry in entries) for name in CLASSES}
    lines = [f"| {CLASSES[name]} | {count} |" for name, count in counts.items()]
    for group, found in groupby(entries, key=attrgetter("group")):
        lines += ["", f"## {GROUPS[group]}", "", "| file | | what is said | what to do |",
                  "|---|---|---|---|"]  # fmt: skip
        lines += [_line(entry) for entry in found]
    return HEAD.format(count=len(entries)) + "\n".join(lines) + "\n"


def _line(entry: Entry) -> str:
    said = (MESSAGES[entry.key], ADVICE[entry.key]) if entry.key else ("", "")
    cells = (entry.name, CLASSES[entry.expected], *said)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
