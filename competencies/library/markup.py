"""Descriptions in HTML as plain text: nothing of the markup is kept, scripts are left out."""

import re
from html.parser import HTMLParser

LINES = frozenset(
    {
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
        "blockquote", "pre", "section", "article",
    }
)  # fmt: skip
SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "title"})
LOST = frozenset({"img", "table", "script", "iframe", "object", "video", "audio", "svg", "embed"})
BLANKS, RUNS = re.compile(r"[ \t\r\n\f\v]+"), re.compile(" +")
BREAK, ITEM = "\n", "\0"  # of a line, and what begins an item of a list


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int] = []  # where in `parts` the lists of the top begin
        self.deep, self.silent = 0, 0
        self.lost = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.lost |= tag in LOST
        self.silent += tag in SILENT
        if tag in {"ul", "ol"}:
            if self.deep == 0:
                self.lists.append(len(self.parts))
            self.deep += 1
        if tag == "br":
            self.parts.append(BREAK)
        elif tag == "li":
            self.parts.append(BREAK + ITEM)
        elif tag in LINES:
            self._new_line()

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.lost |= tag in LOST
        if tag == "br":
            self.parts.append(BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in {"ul", "ol"}:
            self.deep = max(0, self.deep - 1)
        if tag in LINES:
            self._new_line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(BLANKS.sub(" ", data.replace(ITEM, "")))

    def _new_line(self) -> None:
        if self.parts and not self.parts[-1].endswith(BREAK):
            self.parts.append(BREAK)


def text_of(html: str) -> tuple[str, tuple[str, ...], bool]:
    """(text before the last list, items of that list, whether pictures or the like are lost).

    A break or a paragraph begins a new line, runs of blanks become one. Where the description
    doesn't end with a list there are no items.
    """
    reader = _Text()
    reader.feed(html)
    reader.close()
    begins = reader.lists[-1] if reader.lists else len(reader.parts)
    tail = "".join(reader.parts[begins:])
    items = tuple(filter(None, (_tidy(part) for part in tail.split(ITEM)[1:])))
    is_last = items and not _tidy(tail.split(ITEM)[0])
    if not is_last:
        return lined("".join(reader.parts)), (), reader.lost
    return lined("".join(reader.parts[:begins])), items, reader.lost


def lined(text: str) -> str:
    """The text with a dash before each item of a list."""
    return _tidy(text.replace(ITEM, "- "))


def _tidy(text: str) -> str:
    return "\n".join(RUNS.sub(" ", line).strip() for line in text.split("\n")).strip()
