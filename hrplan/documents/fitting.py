"""How much text finds room on a slide: measured, cut at a word, and never smaller.

Letters are as wide as those of Helvetica, which the fonts of offices keep to (Arial, Liberation
Sans); widths are parts of the size in thousandths, from the metrics that Adobe published.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from hrplan.documents.nodes import Bullets, Rich, Table, Text, plain

GOES_ON = "…"
LINE = 1.2  # the height of a line against the size of its letters
SIDES = 0.2  # [inch] between the words of a cell and its two edges
_SAFE = 1.03  # what is measured against what fonts differ
_BOLD = 1.08  # bold letters are so much wider
_OTHER, _FULL = 720, 1000  # a letter that is not listed, one of the Far East
_BOLD_HEAD = 0.3  # [inch] by which the bold words that open an item are wider
_SHORT_HEAD = 10  # letters of a heading that is not broken
_MOST_CELL = 5  # lines of a cell at most
_WIDTHS = {
    letter: width
    for width, letters in (
        (222, "'`ijl’‘"), (260, "|"), (278, " !,./:;I[\\]ft·\u00a0\u202f"), (333, "()-r“”"),
        (334, "{}"), (355, '"'), (389, "*"), (469, "^"), (500, "Jcksvxyz"),
        (556, "#$0123456789?L_abdeghnopqu–«»"), (584, "+<=>~×"), (611, "FTZ"),
        (667, "&ABEKPSVXY"), (722, "CDHNRUw"), (778, "GOQ"), (833, "Mm"), (889, "%"), (944, "W"),
        (1000, "—…"), (1015, "@"),
    )
    for letter in letters
}  # fmt: skip

Measure = Callable[[str], float]


def measure(size: float, *, bold: bool = False) -> Measure:
    """The width [inch] of words in letters of a size [point]."""
    scale = size / 72_000 * _SAFE * (_BOLD if bold else 1)
    return lambda text: scale * sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0])
    return known or (_FULL if unicodedata.east_asian_width(letter) in "WF" else _OTHER)


def broken(text: str, width: float, wide: Measure) -> list[str]:
    """The lines that a text takes in a width [inch]; a word that is too long is parted."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if wide(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            while wide(word) > width and len(word) > 1:
                fits = max(n for n in range(1, len(word)) if n == 1 or wide(word[:n]) <= width)
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    return lines


def shortened(text: str, width: float, wide: Measure, most: int) -> str:
    """The text in at most so many lines; a longer one is cut at a word and ends with “…”."""
    if len(broken(text, width, wide)) <= most:
        return text
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if len(broken(_cut(words, middle), width, wide)) <= most:
            low = middle
        else:
            high = middle - 1
    return _cut(words, low)


def _cut(words: list[str], count: int) -> str:
    kept = " ".join(words[:count]).rstrip(" \n,;:.–-")
    return f"{kept} {GOES_ON}".strip()


def _allowed(
    needed: Sequence[int], height: Callable[[list[int]], float], room: float, most: int
) -> list[int] | None:
    """Lines for each text: as many as find room together, given out one after the other.

    None where not even one line each finds room.
    """
    given = [1] * len(needed)
    if height(given) > room:
        return None
    for step in range(2, most + 1):
        for index, need in enumerate(needed):
            if need >= step and given[index] == step - 1:
                given[index] = step
                if height(given) > room:
                    given[index] = step - 1
    return given


# --- Lists -------------------------------------------------------------------------------------


def fitted_items(items: Bullets, width: float, height: float, size: float, after: float) -> Bullets:
    """The list in a width and height [inch]; after : space below an item [point].

    Two lines stand even where there is no room for them.
    """
    wide = measure(size)
    width -= _BOLD_HEAD
    told = [plain(item) for item in items.items]
    line, gap = size * LINE / 72, after / 72

    def tall(lines: list[int]) -> float:
        return sum(lines) * line + len(lines) * gap

    needed = [len(broken(one, width, wide)) for one in told]
    given = _allowed(needed, tall, height, max(needed, default=1))
    count = max(1, int(height / (line + gap)) - 1)
    if given is None and count + 1 < len(told):
        kept = (*items.items[:count], f"{GOES_ON} + {len(told) - count}")
        return fitted_items(replace(items, items=kept), width + _BOLD_HEAD, height, size, after)
    given = given or [1] * len(told)
    cut = (shortened(one, width, wide, n) for one, n in zip(told, given, strict=True))
    whole = zip(items.items, cut, strict=True)
    return replace(items, items=tuple(_as_said(item, text) for item, text in whole))


def _as_said(item: Rich, text: str) -> Rich:
    """The cut text with the first run's emphasis, where the whole of that run is still there."""
    if isinstance(item, str) or not item or not text.startswith(item[0].text):
        return text
    if plain(item) == text:
        return item
    first = item[0]
    return (first, Text(text[len(first.text) :]))


# --- Tables ------------------------------------------------------------------------------------


def fitted_table(table: Table, width: float, height: float, size: float) -> Table:
    """The table in a width and height [inch]: cells cut at a word, or rows left out and counted.

    A total stays, and two rows stand even where there is no room for them. Every column is as wide
    as its longest word; the widths found are kept.
    """
    return _fitted(table, table, width, height, size)


def _fitted(shown: Table, whole: Table, width: float, height: float, size: float) -> Table:
    """`shown` : the whole table, or those rows of it that stand so far."""
    own = shares(shown, width, size)
    inner = [share * width - SIDES for share in own]
    wide = measure(size)
    head = _row_height(_lines(shown.columns, inner, measure(size, bold=True)), size)
    needed = [_lines(row, inner, wide) for row in shown.rows]

    def tall(lines: list[int]) -> float:
        return sum(_row_height(n, size) for n in lines)

    given = _allowed(needed, tall, height - head, _MOST_CELL)
    fewer = _fewer(whole, height - head, size)
    if given is None and len(fewer.rows) < len(shown.rows):
        return _fitted(fewer, whole, width, height, size)
    given = given or [1] * len(shown.rows)
    rows = (
        tuple(shortened(cell, room, wide, most) for cell, room in zip(row, inner, strict=True))
        for row, most in zip(shown.rows, given, strict=True)
    )
    return replace(shown, rows=tuple(rows), widths=own)


def _fewer(table: Table, room: float, size: float) -> Table:
    """The first rows, a row that counts those left out, and the total."""
    last = table.rows[-1:] if table.total else ()
    body = table.rows[: len(table.rows) - len(last)]
    count = max(1, int(room / _row_height(1, size)) - 1 - len(last))
    more = (f"{GOES_ON} + {len(body) - count}", *("",) * (len(table.columns) - 1))
    return replace(table, rows=(*body[:count], more, *last), shading=(), subheads=())


def _lines(row: tuple[str, ...], inner: Sequence[float], wide: Measure) -> int:
    cells = zip(row, inner, strict=True)
    return max((len(broken(cell, room, wide)) for cell, room in cells), default=1)


def _row_height(count: int, size: float) -> float:
    """[inch] of a row of a table with so many lines."""
    return count * size * LINE / 72 + 0.1


def row_heights(table: Table, width: float, size: float) -> tuple[float, ...]:
    """[inch] of the heading and of each row of a table that is so wide."""
    inner = [share * width - SIDES for share in shares(table, width, size)]
    bold, usual = measure(size, bold=True), measure(size)
    body = (_row_height(_lines(row, inner, usual), size) for row in table.rows)
    return (_row_height(_lines(table.columns, inner, bold), size), *body)


def shares(table: Table, width: float, size: float) -> tuple[float, ...]:
    """The share of each column in the width [inch]; none is narrower than its longest word."""
    given = table.widths or (1.0,) * len(table.columns)
    wanted = [one / sum(given) * width for one in given]
    wide = measure(size, bold=True)
    least = [_longest(table, index, wide) + SIDES + 0.02 for index in range(len(given))]
    spare = [max(want - need, 0.0) for want, need in zip(wanted, least, strict=True)]
    lack = sum(max(need - want, 0.0) for want, need in zip(wanted, least, strict=True))
    kept = max(0.0, 1 - lack / sum(spare)) if sum(spare) else 1.0
    found = [need + more * kept if more else need for need, more in zip(least, spare, strict=True)]
    return tuple(one / sum(found) for one in found)


def _longest(table: Table, index: int, wide: Measure) -> float:
    """[inch] of the longest word of a column; a short heading counts as one."""
    head, cells = table.columns[index], [row[index] for row in table.rows]
    words = [head] if len(head) <= _SHORT_HEAD else head.split(" ")
    words += [word for cell in cells for word in cell.replace("\n", " ").split(" ")]
    return max((wide(word) for word in words), default=0.0)
