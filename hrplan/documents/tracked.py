"""Marks in a Word file: insertions and deletions that its reader accepts or refuses."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

from hrplan.documents.marks import (
    ADDED,
    ADDED_END,
    ALL_ADDED,
    ALL_REMOVED,
    REMOVED,
    REMOVED_END,
    STRETCH,
    accepted,
)
from hrplan.documents.word_xml import quoted

_TEXTS = "((?:<w:t [^>]*>[^<]*</w:t>|<w:br/>|<w:tab/>)+)"
_RUN = re.compile(f"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?{_TEXTS}</w:r>")
_INNER = re.compile(r"<w:t [^>]*>([^<]*)</w:t>|(<w:(?:br|tab)/>)")
_TAG = re.compile("<[^>]*[\ue000-\ue005][^>]*>")
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p><w:pPr>.*?</w:p>", re.DOTALL)
_SPLIT = re.compile("([\ue000-\ue003])")
_FIRST = 1_000_000  # of the numbers of changes, far above those of bookmarks
_STATES = {ADDED: "ins", ADDED_END: "", REMOVED: "del", REMOVED_END: ""}
_WHOLE = {ALL_ADDED: "ins", ALL_REMOVED: "del"}


class Tracker:
    """Turns the marks of a body into tracked changes by one author on one day."""

    def __init__(self, author: str, day: date) -> None:
        self.numbers = count(_FIRST)
        self.told = f'w:author="{quoted(author)}" w:date="{day.isoformat()}T00:00:00Z"'

    def __call__(self, body: str) -> str:
        """The body with its rows, paragraphs and runs tracked, and no mark left."""
        body = _TAG.sub(lambda tag: accepted(tag[0]), body)
        body = _ROW.sub(lambda row: self._row(row[0]), body)
        body = _PARAGRAPH.sub(lambda one: self._paragraph(one[0]), body)
        body = _RUN.sub(lambda run: self._run(run[0], run[1] or "", run[2]), body)
        return STRETCH.sub("", body)

    def _change(self, kind: str) -> str:
        return f'w:{kind} w:id="{next(self.numbers)}" {self.told}'

    def _row(self, row: str) -> str:
        kind = _whole(row)
        return row.replace("</w:trPr>", f"<{self._change(kind)}/></w:trPr>", 1) if kind else row

    def _paragraph(self, paragraph: str) -> str:
        kind = _whole(paragraph)
        if not kind:
            return paragraph
        sign = f"<w:rPr><{self._change(kind)}/></w:rPr>"
        head, end, tail = paragraph.partition("</w:pPr>")
        before, section, after = head.partition("<w:sectPr")
        return f"{before}{sign}{section}{after}{end}{tail}"

    def _run(self, run: str, properties: str, inner: str) -> str:
        if not STRETCH.search(inner):
            return run
        return "".join(self._pieces(properties, inner))

    def _pieces(self, properties: str, inner: str) -> Iterator[str]:
        state = ""
        for text, sign in _INNER.findall(inner):
            if sign:
                yield self._told(state, f"<w:r>{properties}{sign}</w:r>")
                continue
            for part in _SPLIT.split(STRETCH.sub(_kept, text)):
                if part in _STATES:
                    state = _STATES[part]
                elif part:
                    name = "delText" if state == "del" else "t"
                    words = f'<w:{name} xml:space="preserve">{part}</w:{name}>'
                    yield self._told(state, f"<w:r>{properties}{words}</w:r>")

    def _told(self, kind: str, run: str) -> str:
        return f"<{self._change(kind)}>{run}</w:{kind}>" if kind else run


def _whole(xml: str) -> str:
    """How the whole of a row or paragraph is marked, if it is."""
    return next((kind for mark, kind in _WHOLE.items() if mark in xml), "")


def _kept(mark: re.Match[str]) -> str:
    return "" if mark[0] in _WHOLE else mark[0]
