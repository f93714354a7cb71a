"""Remarks out of a Word file that comes back: its comments, and its tracked changes."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from hrplan.documents.finding import Stand, stands, words_of
from hrplan.documents.places import Place
from hrplan.documents.word_styles import W

BODY, COMMENTS = "word/document.xml", "word/comments.xml"
LONGEST = 2_000  # letters of a passage that is told


class Unreadable(ValueError):
    """The file holds no body of a Word document."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a tracked change.

    stand : the place it stands at; without an anchor where there is none
    quote : the words it is about; text : what is said
    before, after : of a change, the words removed and those put in their place
    at : as the file tells it, None where it doesn't or not so that it can be read
    """

    stand: Stand
    author: str
    at: datetime | None
    quote: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.before or self.after)


def remarks(data: bytes, places: Sequence[Place]) -> list[Remark]:
    """All comments and tracked changes, in the order of the text; comments on nothing come last.

    Parameters
    ----------
    data : a .docx file that was looked at before (`exchange.packages`)
    places : of the version, as it was sent out

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
    reader = _Reader(told)
    for block, stand in stands(next(iter(body), body), places):
        reader.read(block, stand)
    return [*reader.found, *reader.left()]


@dataclass(frozen=True, slots=True)
class _Said:
    author: str
    at: datetime | None
    text: str


def _comments(root: Element) -> dict[str, _Said]:
    return {
        one.get(f"{W}id", ""): _Said(*_by(one), "\n".join(map(words_of, one.iter(f"{W}p"))).strip())
        for one in root.iter(f"{W}comment")
    }


def _by(one: Element) -> tuple[str, datetime | None]:
    try:
        at = datetime.fromisoformat(one.get(f"{W}date", ""))
    except ValueError:
        at = None
    return one.get(f"{W}author", "").strip(), at


class _Reader:
    """Reads paragraphs in order, and keeps what is said in each."""

    def __init__(self, told: dict[str, _Said]) -> None:
        self.told = told
        self.open: dict[str, list[str]] = {}
        self.begun: dict[str, Stand] = {}
        self.found: list[Remark] = []

    def read(self, block: Element, stand: Stand) -> None:
        for paragraph in block.iter(f"{W}p"):
            self._comments_in(paragraph, stand)
            self.found += self._changes_in(paragraph, stand)

    def left(self) -> Iterator[Remark]:
        """Comments that stand at no words."""
        for said in self.told.values():
            yield Remark(Stand(), said.author, said.at, "", said.text)

    def _comments_in(self, paragraph: Element, stand: Stand) -> None:
        for node in paragraph.iter():
            key = node.get(f"{W}id", "")
            if node.tag == f"{W}commentRangeStart":
                self.open[key] = []
                self.begun[key] = stand
            elif node.tag in {f"{W}t", f"{W}delText"}:
                for words in self.open.values():
                    words.append(node.text or "")
            elif node.tag == f"{W}commentReference" and key in self.told:
                said = self.told.pop(key)
                quote = "".join(self.open.pop(key, []))[:LONGEST]
                where = self.begun.get(key, stand)
                self.found.append(Remark(where, said.author, said.at, quote, said.text))

    def _changes_in(self, paragraph: Element, stand: Stand) -> Iterator[Remark]:
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
                quote = words_of(paragraph)[:LONGEST]
                yield Remark(stand, author, at, quote, "", before, after)

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
                if words := words_of(part):
                    yield (*by, kind, words)
            elif part.tag != f"{W}pPr":
                yield from self._steps(part, by, kind)
