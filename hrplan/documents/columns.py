"""How wide the columns of a table are, and how small its letters, from what stands in the cells."""

from hrplan.documents.nodes import Align, Table

_UPRIGHT, _SIDEWAYS = 453.5, 700.0  # [point] between the margins of A4
_LETTER = 0.54  # the width of a usual letter against its size
_BOLD = 1.12  # headings are bold and so much wider
_PADDING = 2.2  # [letters] beside the words of a cell
_LONGEST = 60  # [letters] a longer cell is wrapped rather than given more width
_SHORT_ROWS = 14
_SHORT_UPRIGHT, _SHORT_SIDEWAYS = 26, 14  # [lines] of a table that is not split
_USUAL = 0.9  # the share of cells that should stand on one line if there is room


def column_shares(table: Table, *, landscape: bool = False) -> tuple[float, ...]:
    """The share of each column in the width of the table; they add up to 1.

    Widths given by the author stand. Otherwise every column has room for its longest word, and
    what is left goes to those with longer cells, first to those that lack little.
    """
    if table.widths:
        return _normal(table.widths)
    room = (_SIDEWAYS if landscape else _UPRIGHT) / (letter_size(table) * _LETTER)
    least, wanted = zip(*(_needs(table, index) for index in range(len(table.columns))), strict=True)
    spare = room - sum(least)
    widths = list(least)
    by_lack = sorted(range(len(least)), key=lambda index: wanted[index] - least[index])
    for place, index in enumerate(by_lack):
        given = min(wanted[index] - least[index], max(spare, 0) / (len(by_lack) - place))
        widths[index] += given
        spare -= given
    return _normal(tuple(widths))


def _normal(weights: tuple[float, ...]) -> tuple[float, ...]:
    whole = sum(weights) or 1.0
    return tuple(weight / whole for weight in weights)


def _needs(table: Table, index: int) -> tuple[float, float]:
    """The letters that a column needs at least, and those it would like."""
    heads = set(table.subheads)
    cells = [row[index] for place, row in enumerate(table.rows) if place not in heads]
    title = table.columns[index]
    longest = max((len(word) for cell in cells for word in cell.split()), default=1)
    head = max((len(word) for word in title.split()), default=1) * _BOLD
    lines = sorted(len(line) for cell in cells for line in cell.split("\n"))
    usual = lines[int((len(lines) - 1) * _USUAL)] if lines else 0
    least = min(max(longest, head, 2), _LONGEST) + _PADDING
    return least, max(least, min(usual, _LONGEST) + _PADDING)


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
    room = (_SIDEWAYS if landscape else _UPRIGHT) / (letter_size(table) * _LETTER)
    shares = column_shares(table, landscape=landscape)
    letters = [max(share * room - _PADDING, 1) for share in shares]
    lines = sum(_lines(row, letters) for row in table.rows)
    return lines <= (_SHORT_SIDEWAYS if landscape else _SHORT_UPRIGHT)


def _lines(row: tuple[str, ...], letters: list[float]) -> int:
    """How many lines the longest cell of a row takes."""
    return max(
        (
            sum(1 + int(len(line) / width) for line in cell.split("\n"))
            for cell, width in zip(row, letters, strict=True)
        ),
        default=1,
    )
