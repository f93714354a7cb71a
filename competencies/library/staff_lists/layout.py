"""Where the headings of a staff list stand, and what they are when merged cells are undone."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from competencies.library.staff_lists.words import plain, scores
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Grid, Raw, place
from hrplan.exchange.sheet_scan import column_letters

SEARCHED = 40  # rows in which the headings are looked for
ENOUGH = 2  # headings known in a row that make it the row of headings
SHOWN_HEADING = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings of a sheet: the last row of them, how many rows, and the words by position."""

    sheet: str
    row: int
    rows: int
    headings: dict[int, str]

    @property
    def fingerprint(self) -> str:
        """What two lists share that have the same headings in the same columns."""
        words = "|".join(f"{p} {plain(heading)}" for p, heading in sorted(self.headings.items()))
        return hashlib.sha256(words.encode()).hexdigest()

    def label(self, position: int) -> str:
        """A column as people find it: its letters and its heading."""
        letters, heading = column_letters(position + 1), self.headings.get(position, "")
        return f"{letters}: {heading}" if heading else letters


def unmerged(grid: Grid) -> tuple[dict[int, list[Raw]], list[str]]:
    """The rows with the value of each merged area in all its cells, and the areas filled."""
    rows = {number: list(cells) for number, cells in grid.rows}
    filled = []
    for area in grid.merged:
        start, end = area.split(":")
        (left, top), (right, bottom) = place(start), place(end)
        value = rows[top][left - 1] if top in rows and left <= len(rows[top]) else None
        if value is None or (bottom - top + 1) * (right - left + 1) > 20_000:
            continue
        filled.append(area)
        for number in range(top, bottom + 1):
            cells = rows.setdefault(number, [])
            cells.extend([None] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)
    return dict(sorted(rows.items())), filled


def find_layout(grid: Grid, row: int | None = None) -> Layout | None:
    """The headings of a sheet, in the row given or in the one that knows most of them.

    Two rows are taken together where the second says more than the first and holds no figures.
    Without any row of known headings the first is taken that is text in most of its cells; None
    for a sheet without such a row.
    """
    rows, _ = unmerged(grid)
    if row is not None:
        return _layout(grid, rows, row, last=True) if row in rows else None
    best, most = None, 0
    for number in list(rows)[:SEARCHED]:
        known = _known(_texts(rows[number]))
        if known > most and known >= ENOUGH:
            best, most = number, known
    if best is None:
        best = next((n for n in list(rows)[:SEARCHED] if _all_text(rows[n])), None)
    return None if best is None else _layout(grid, rows, best)


def merge_faults(layout: Layout, areas: Sequence[str]) -> Iterator[Fault]:
    """A warning for each merged area among the people."""
    for area in areas:
        start, end = area.split(":")
        if place(end)[1] > layout.row:
            yield Fault(
                key="list_unmerged",
                severity=Severity.WARN,
                table="staff_members",
                sheet=layout.sheet,
                row=place(start)[1],
                cell=start,
                params={"area": area},
            )


def _layout(grid: Grid, rows: dict[int, list[Raw]], row: int, *, last: bool = False) -> Layout:
    """The headings in a row, with those above it or, unless it is the last of them, below it."""
    for top in (row - 1, row) if not last else (row - 1,):
        above, below = rows.get(top, []), rows.get(top + 1, [])
        if _is_second(above, below):
            upper, under = _texts(above), _texts(below)
            both = {p: _joined(upper.get(p, ""), under.get(p, "")) for p in {*upper, *under}}
            return Layout(grid.sheet, top + 1, 2, dict(sorted(both.items())))
    return Layout(grid.sheet, row, 1, _texts(rows[row]))


def _is_second(above: list[Raw], cells: list[Raw]) -> bool:
    """Whether a row continues the headings above it: says more than they, and holds no figures."""
    top, under = _texts(above), _texts(cells)
    for row, texts in ((above, top), (cells, under)):
        figures = any(any(map(str.isdigit, text)) for text in texts.values())
        if len(set(texts.values())) < ENOUGH or len(_full(row)) != len(texts) or figures:
            return False
    both = {p: _joined(top.get(p, ""), under.get(p, "")) for p in {*top, *under}}
    return (
        bool(_known(top)) and bool(_known(under)) and _known(both) > max(_known(top), _known(under))
    )


def _full(cells: Sequence[Raw]) -> list[Raw]:
    return [cell for cell in cells if cell is not None]


def _joined(top: str, under: str) -> str:
    if not top or not under or plain(top) == plain(under):
        return top or under
    return under if scores(under) and not scores(f"{top} {under}") else f"{top} {under}"


def _texts(cells: Sequence[Raw]) -> dict[int, str]:
    texts = {p: " ".join(cell.split()) for p, cell in enumerate(cells) if isinstance(cell, str)}
    return {p: text[:SHOWN_HEADING] for p, text in texts.items() if text}


def _known(texts: dict[int, str]) -> int:
    """How many different fields the texts of a row may head."""
    found = {max(each, key=each.__getitem__) for text in texts.values() if (each := scores(text))}
    return len(found)


def _all_text(cells: Sequence[Raw]) -> bool:
    return len(_full(cells)) >= ENOUGH and len(_texts(cells)) == len(_full(cells))
