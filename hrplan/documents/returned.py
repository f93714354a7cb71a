"""Remarks out of a Word file that comes back: its comments, and its tracked changes."""

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, COMMENTS = "word/document.xml", "word/comments.xml"
LONGEST = 2_000  # letters of a passage that is told


class Unreadable(ValueError):
    """The file holds no body of a Word document."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a tracked change.

    mark : the bookmark of the heading, table or figure it stands at; empty where there is none
    quote : the words it is about; text : what is said
    before, after : of a change, the words removed and those put in their place
    at : as the file tells it, None where it doesn't or not so that it can be read
    """

    mark: str
    author: str
    at: datetime | None
    quote: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.before or self.after)


def remarks(data: bytes, headings: Collection[str], others: Collection[str]) -> list[Remark]:
    """All comments and tracked changes, in the order of the text; comments on nothing come last.

    Parameters
    ----------
    data : a .docx file that was looked at before (`exchange.packages`)
    headings, others : bookmarks of headings, and of tables and figures, as they were sent out

    Raises
    ------
    Unreadable
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body: Element = fromstring(archive.read(BODY))
            names = set(archive.namelist())
            told = _comments(fromstring(archive.read(COMMENTS))) if COMMENTS in names else {}
    except (KeyError, ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable(str(error)) from error
    reader = _Reader(told, set(headings), set(others))
    reader.read(body)
    return [*reader.found, *reader.left()]


@dataclass(frozen=True, slots=True)
class _Said:
    author: str
    at: datetime | None
    text: str


def _comments(root: Element) -> dict[str, _Said]:
    return {
        one.get(f"{W}id", ""): _Said(*_by(one), "\n".join(map(_words, one.iter(f"{W}p"))).strip())
        for one in root.iter(f"{W}comment")
    }


def _by(one: Element) -> tuple[str, datetime | None]:
    try:
        at = datetime.fromisoformat(one.get(f"{W}date", ""))
    except ValueError:
        at = None
    return one.get(f"{W}author", "").strip(), at


def _words(node: Element) -> str:
    """The words of a node, those removed among them."""
    return "".join(part.text or "" for part in node.iter() if part.tag in {f"{W}t", f"{W}delText"})


class _Reader:
    """Walks the paragraphs in order and knows at which place of the document each stands."""

    def __init__(self, told: dict[str, _Said], headings: set[str], others: set[str]) -> None:
        self.told, self.headings, self.others = told, headings, others
        self.heading = self.caption = ""
        self.open: dict[str, list[str]] = {}
        self.marks: dict[str, str] = {}
        self.found: list[Remark] = []

    def read(self, body: Element) -> None:
        for block in next(iter(body), body):
            if block.tag == f"{W}tbl":
                self._inside(block, self.caption or self.heading)
                self.caption = ""
                continue
            marks = [one.get(f"{W}name", "") for one in block.iter(f"{W}bookmarkStart")]
            self.heading = next((m for m in marks if m in self.headings), self.heading)
            own = next((mark for mark in marks if mark in self.others), "")
            self._inside(block, own or self.heading)
            self.caption = own

    def left(self) -> Iterator[Remark]:
        """Comments that stand at no words."""
        for said in self.told.values():
            yield Remark("", said.author, said.at, "", said.text)

    def _inside(self, block: Element, mark: str) -> None:
        for paragraph in [block] if block.tag == f"{W}p" else block.iter(f"{W}p"):
            self._comments_in(paragraph, mark)
            self.found += self._changes_in(paragraph, mark)

    def _comments_in(self, paragraph: Element, mark: str) -> None:
        for node in paragraph.iter():
            key = node.get(f"{W}id", "")
            if node.tag == f"{W}commentRangeStart":
                self.open[key] = []
                self.marks[key] = mark
            elif node.tag in {f"{W}t", f"{W}delText"}:
                for words in self.open.values():
                    words.append(node.text or "")
            elif node.tag == f"{W}commentReference" and key in self.told:
                said = self.told.pop(key)
                quote = "".join(self.open.pop(key, []))[:LONGEST]
                where = self.marks.get(key, mark)
                self.found.append(Remark(where, said.author, said.at, quote, said.text))

    def _changes_in(self, paragraph: Element, mark: str) -> Iterator[Remark]:
        """Neighbouring insertions and deletions of one author are one change."""
        steps = list(self._steps(paragraph))
        for (is_change, author), group in groupby(steps, key=lambda one: (bool(one[2]), one[0])):
            parts = list(group)
            if not is_change:
                continue
            at = parts[0][1]
            before = "".join(words for _a, _t, kind, words in parts if kind == "del")[:LONGEST]
            after = "".join(words for _a, _t, kind, words in parts if kind == "ins")[:LONGEST]
            if before or after:
                quote = _words(paragraph)[:LONGEST]
                yield Remark(mark, author, at, quote, "", before, after)

    def _steps(
        self, node: Element, by: tuple[str, datetime | None] = ("", None), kind: str = ""
    ) -> Iterator[tuple[str, datetime | None, str, str]]:
        """The runs of a paragraph with who changed them how; what nobody changed by nobody."""
        for part in node:
            if part.tag in {f"{W}ins", f"{W}moveTo"}:
                yield from self._steps(part, _by(part), "ins")
            elif part.tag in {f"{W}del", f"{W}moveFrom"}:
                yield from self._steps(part, _by(part), "del")
            elif part.tag == f"{W}r":
                if words := _words(part):
                    yield (*by, kind, words)
            elif part.tag != f"{W}pPr":
                yield from self._steps(part, by, kind)
