"""How wide the columns of a table are, and how small its letters, from what stands in the cells."""

from hrplan.documents.nodes import Table

_SHORT = 26  # characters that a column gets in full
_LONGEST = 80  # characters; between the two a column gets less than half of what it asks


def column_shares(table: Table) -> tuple[float, ...]:
    """The share of each column in the width of the table; they add up to 1."""
    weights = table.widths or tuple(_need(table, index) for index in range(len(table.columns)))
    whole = sum(weights) or 1.0
    return tuple(weight / whole for weight in weights)


def _need(table: Table, index: int) -> float:
    heads = set(table.subheads)
    cells = [row[index] for place, row in enumerate(table.rows) if place not in heads]
    words = [word for cell in (*cells, table.columns[index]) for word in cell.split()]
    longest_word = max((len(word) for word in words), default=1)
    lines = sorted(len(line) for cell in cells for line in cell.split("\n"))
    usual = lines[len(lines) * 9 // 10] if lines else 0
    return (
        max(longest_word, min(usual, _SHORT) + 0.4 * (min(max(usual, _SHORT), _LONGEST) - _SHORT))
        + 2
    )


def letter_size(table: Table) -> float:
    """[point] of the cells: 9 up to seven columns, down to 7 for many."""
    count = len(table.columns)
    return 9.0 if count <= 7 else 8.0 if count <= 10 else 7.5 if count <= 14 else 7.0


def aligned(table: Table, index: int) -> str:
    """The alignment of a column."""
    return table.align[index] if table.align else "left"
