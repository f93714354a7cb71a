"""How wide columns are and how small their letters, and what is too short to be split."""

from hrplan.documents.nodes import Align, Bullets, Table, plain
from hrplan.documents.words import unbroken

_UPRIGHT, _SIDEWAYS = 453.5, 700.0  # [point] between the margins of A4
_LETTER = 0.5  # the width of a usual letter against its size
_BOLD = 1.12  # headings are bold and so much wider
_PADDING = 2.2  # [letters] beside the words of a cell
_LONGEST = 60  # [letters] a longer cell is wrapped rather than given more width
_SHORT_CELL = 18  # [letters] up to here (a date, an amount) a cell should not be wrapped
_SHORT_ROWS = 20
_SHORT_UPRIGHT, _SHORT_SIDEWAYS = 28, 24  # [lines] of a table that is not split
_LINE, _SHORT_LIST = 90, 8  # [letters] in a line of text, [lines] of a list that is not split
_USUAL = 0.9  # the share of cells that should stand on one line if there is room

Letters = tuple[float, ...]


def column_shares(table: Table, *, landscape: bool = False) -> tuple[float, ...]:
    """The share of each column in the width of the table; they add up to 1.

    Every column has room for its longest word, and for its dates and amounts whole if the table
    is wide enough. Beyond that widths given by the author stand; without them what is left goes
    to those with longer cells, first to those that lack little.
    """
    room = _room(table, landscape)
    words, wanted = zip(*(_needs(table, index) for index in range(len(table.columns))), strict=True)
    least = tuple(
        want if want <= _SHORT_CELL + _PADDING else word
        for word, want in zip(words, wanted, strict=True)
    )
    if sum(least) > room:
        least = words
    if table.widths:
        return _at_least(least, tuple(share * room for share in _normal(table.widths)), room)
    return _filled(least, wanted, room)


def _room(table: Table, landscape: bool) -> float:
    """[letters] in one line across the table."""
    return (_SIDEWAYS if landscape else _UPRIGHT) / (letter_size(table) * _LETTER)


def _filled(least: Letters, wanted: Letters, room: float) -> Letters:
    spare = room - sum(least)
    widths = list(least)
    by_lack = sorted(range(len(least)), key=lambda index: wanted[index] - least[index])
    for place, index in enumerate(by_lack):
        given = min(wanted[index] - least[index], max(spare, 0) / (len(by_lack) - place))
        widths[index] += given
        spare -= given
    return _normal(tuple(widths))


def _at_least(least: Letters, given: Letters, room: float) -> Letters:
    """The widths given, those too narrow raised at the cost of what others have to spare."""
    lacking = sum(max(need - has, 0) for need, has in zip(least, given, strict=True))
    spare = sum(max(has - need, 0) for need, has in zip(least, given, strict=True))
    kept = 1 - lacking / spare if lacking < spare else 0.0
    widths = (need + max(has - need, 0) * kept for need, has in zip(least, given, strict=True))
    return _normal(tuple(widths))


def _normal(weights: Letters) -> Letters:
    whole = sum(weights) or 1.0
    return tuple(weight / whole for weight in weights)


def _needs(table: Table, index: int) -> tuple[float, float]:
    """The letters that the words of a column need at least, and those its cells would like."""
    heads = set(table.subheads)
    cells = [row[index] for place, row in enumerate(table.rows) if place not in heads]
    whole = unbroken("\n".join(cells))  # at once: cell by cell takes twice as long
    longest = _longest(whole) if cells else 1
    least = min(max(longest, _longest(table.columns[index]) * _BOLD, 2), _LONGEST) + _PADDING
    lines = sorted(map(len, whole.split("\n")))
    usual = lines[int((len(lines) - 1) * _USUAL)]
    return least, max(least, min(usual, _LONGEST) + _PADDING)


def _longest(text: str) -> float:
    """The length of its longest word; a fixed space holds words together."""
    return max(map(_letters, set(text.replace("\n", " ").split(" "))))


def _letters(word: str) -> float:
    """The length of a word in usual letters."""
    return len(word) + 0.5 * sum(map(word.count, "mwMW"))


def letter_size(table: Table) -> float:
    """[point] of the cells: 9 up to seven columns, down to 7 for many."""
    count = len(table.columns)
    return 9.0 if count <= 7 else 8.0 if count <= 10 else 7.5 if count <= 14 else 7.0


def aligned(table: Table, index: int) -> Align:
    """The alignment of a column."""
    return table.align[index] if table.align else "left"


def stands_together(table: Table, *, landscape: bool = False) -> bool:
    """Whether the table is so short that it is better moved to the next page than split."""
    if len(table.rows) > _SHORT_ROWS:
        return False
    shares = column_shares(table, landscape=landscape)
    letters = [max(share * _room(table, landscape) - _PADDING, 1) for share in shares]
    lines = sum(_lines(row, letters) for row in table.rows)
    return lines <= (_SHORT_SIDEWAYS if landscape else _SHORT_UPRIGHT)


def list_stands_together(bullets: Bullets) -> bool:
    """Whether a list is so short that no page break should part it."""
    return sum(1 + len(plain(item)) // _LINE for item in bullets.items) <= _SHORT_LIST


def _lines(row: tuple[str, ...], letters: list[float]) -> int:
    """How many lines the longest cell of a row takes."""
    return max(
        (
            sum(1 + int(len(line) / width) for line in cell.split("\n"))
            for cell, width in zip(row, letters, strict=True)
        ),
        default=1,
    )
