"""The markup of a passage: paragraphs, bold, italic, lists, and figures by name in braces.

Whatever is written becomes paragraphs and lists of text: there is no way to a link, to another
node or to HTML. What is no mark stands as it was typed; `\\` before a mark takes its meaning.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hrplan.documents.nodes import Bullets, Paragraph, Rich, Text, plain

Passage = Paragraph | Bullets
Figure = Callable[[str], str | None]

_BOLD, _ITALIC = 2, 1  # stars
_LINE = re.compile(r"\r\n|\r|\n")
_ITEM = re.compile(r"(?:[-*•]|(?P<number>\d{1,3})[.)]) (?=\S)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*{}.)-])"
    r"|\{ *(?P<name>[A-Za-z][A-Za-z0-9_ -]{0,59}?) *\}"
    r"|(?P<stars>\*+)"
    r"|[^\\*{]+|[\\{]"
)


@dataclass(slots=True)
class _Lines:
    """A block as it is read: one paragraph where `ordered` is None, else the items of a list."""

    ordered: bool | None
    parts: list[str]


def blocks(text: str, figure: Figure = lambda name: None) -> tuple[Passage, ...]:
    """The paragraphs and lists of a passage.

    figure : the words of a figure by its name; None where there is none of that name, which then
        stands as it was typed
    """
    return tuple(_block(one, figure) for one in _read(text))


def names(text: str) -> tuple[str, ...]:
    """The figures named in a passage, each once, in the order of their first place."""
    tokens = (token for one in _read(text) for part in one.parts for token in _tokens(part))
    return tuple(dict.fromkeys(_name(token["name"]) for token in tokens if token["name"]))


def words(block: Passage) -> str:
    """The words of a paragraph, or of a list with a dash before each item."""
    if isinstance(block, Paragraph):
        return plain(block.text)
    return " ".join(f"– {plain(item)}" for item in block.items)


def _name(written: str) -> str:
    """`{Gap index}` and `{gap_index}` are the same figure."""
    return re.sub(r"[ -]+", "_", written.lower())


# --- Lines to blocks -----------------------------------------------------------------------------


def _read(text: str) -> list[_Lines]:
    found: list[_Lines] = []
    is_apart = True  # nothing, or an empty line, came before
    for line in _LINE.split(text):
        words = " ".join(line.split())
        if words:
            _add(found, words, is_apart)
        is_apart = not words
    return found


def _add(found: list[_Lines], words: str, is_apart: bool) -> None:
    """A line begins an item, begins a paragraph, or goes on with what is open."""
    current = found[-1] if found else None
    item = _ITEM.match(words)
    if item and _begins(item["number"], current, is_apart):
        is_ordered = item["number"] is not None
        if current is None or current.ordered is not is_ordered:
            found.append(_Lines(is_ordered, []))
        found[-1].parts.append(words[item.end() :])
    elif current is None or is_apart:
        found.append(_Lines(None, [words]))
    else:
        current.parts[-1] += f" {words}"


def _begins(number: str | None, current: _Lines | None, is_apart: bool) -> bool:
    """A number in the midst of a paragraph begins a list only where it is the first."""
    inside = not is_apart and current is not None and current.ordered is not True
    return number is None or not inside or int(number) == 1


def _block(lines: _Lines, figure: Figure) -> Passage:
    if lines.ordered is None:
        return Paragraph(_rich(lines.parts[0], figure))
    return Bullets(tuple(_rich(part, figure) for part in lines.parts), ordered=lines.ordered)


# --- Words to runs -------------------------------------------------------------------------------


def _tokens(words: str) -> tuple[re.Match[str], ...]:
    return tuple(_TOKEN.finditer(words))


def _rich(words: str, figure: Figure) -> Rich:
    tokens = _tokens(words)
    runs: list[Text] = []
    for run in _runs(tokens, words, figure):
        last = runs[-1] if runs else None
        if last and (last.bold, last.italic) == (run.bold, run.italic):
            runs[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            runs.append(run)
    is_plain = all(not (run.bold or run.italic) for run in runs)
    return "".join(run.text for run in runs) if is_plain else tuple(runs)


def _runs(tokens: tuple[re.Match[str], ...], words: str, figure: Figure) -> Iterator[Text]:
    bolds, italics = _paired(tokens, words, _BOLD), _paired(tokens, words, _ITALIC)
    bold = italic = False
    for place, token in enumerate(tokens):
        said = _said(token, figure)
        if place in bolds:
            bold, said = not bold, said[_BOLD:]
        if place in italics:
            italic, said = not italic, said[_ITALIC:]
        yield Text(said, bold, italic)


def _said(token: re.Match[str], figure: Figure) -> str:
    if token["escaped"]:
        return token["escaped"]
    if token["name"]:
        found = figure(_name(token["name"]))
        return token[0] if found is None else found
    return token[0]


def _paired(tokens: tuple[re.Match[str], ...], words: str, width: int) -> set[int]:
    """The places of stars that open and close an emphasis; a star without a partner is a star."""
    paired: set[int] = set()
    begun: int | None = None
    for place, token in enumerate(tokens):
        stars = len(token["stars"] or "")
        if stars not in {width, _BOLD + _ITALIC}:
            continue
        before = words[max(token.start() - 1, 0) : token.start()]
        after = words[token.end() : token.end() + 1]
        if begun is None and after.strip() and not before.isalnum():
            begun = place
        elif begun is not None and before.strip() and not after.isalnum():
            paired |= {begun, place}
            begun = None
    return paired
