"""Heat maps of gaps: rows against competencies, totals on both margins, small cells hidden."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from competencies.analysis import suppression
from competencies.usecases.dense import GapFigures
from competencies.usecases.gaps import GapTotal, Totals, gap_total


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Gaps of some people; `mean_gap` [level] and `index` [0..1] None if nothing is assessed.

    Where `hidden`, the figures are withheld because fewer people than the limit stand behind
    them, or because such a figure could be worked out from them.
    """

    n: int
    missing: int
    short: int
    gap: float
    mean_gap: float | None
    index: float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit, profile or person with its cells; None where nothing is asked."""

    key: str
    title: str
    pk: int
    cells: tuple[HeatCell | None, ...]
    total: HeatCell


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A competency with its total over all rows."""

    code: str
    title: str
    group: str
    pk: int
    total: HeatCell


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table of gaps; `limit` is the small-cell limit that was applied, or None."""

    by: str
    rows: Sequence[HeatRow]
    columns: tuple[HeatColumn, ...]
    overall: HeatCell
    limit: int | None

    @property
    def hidden(self) -> int:
        """How many cells are withheld."""
        if self.limit is None:
            return 0
        return sum(1 for row in self.rows for cell in row.cells if cell and cell.hidden)


FIGURES = ["n", "missing", "short", "gap", "mean_gap", "index"]
HIDDEN = HeatCell(0, 0, 0, 0.0, None, None, hidden=True)


def heat_map(
    figures: GapFigures,
    by: str = "unit",
    *,
    unit: str = "",
    profile: str = "",
    group: str = "",
    grade: str = "",
    only_critical: bool = False,
    limit: int | None = None,
) -> HeatMap:
    """Gaps of units or profiles against competencies.

    Parameters
    ----------
    by : unit or profile
    unit, profile, group, grade : narrow the people (the unit with those below it) and the
        competencies; not with `limit`
    only_critical : leave out what is asked without being critical; not with `limit`
    limit : cells with fewer people are hidden, and those from which they could be derived
    """
    chosen = figures.narrowed(
        unit=unit,
        profile=profile,
        group=group,
        grade=grade,
        only_critical=only_critical,
    )
    inner = _cells(chosen(by, "competency"), [by, "competency"])
    totals = chosen(by)
    rows = _cells(totals, [by])
    few = totals.loc[totals["people"] < (limit or 0), by]
    hidden = _hidden(inner, limit, frozenset(few)) if limit else frozenset()
    columns, overall = margins(figures, chosen, hidden)

    def cells_of(code: str) -> tuple[HeatCell | None, ...]:
        return tuple(
            _seen(inner.get((code, one.code)), (code, one.code), hidden) for one in columns
        )

    return HeatMap(
        by=by,
        rows=tuple(
            HeatRow(
                code,
                title,
                pk,
                cells_of(code),
                _seen(rows[code,], (code, suppression.TOTAL), hidden) or HIDDEN,
            )
            for code, title, pk, _ in _titles(figures, by)
            if (code,) in rows
        ),
        columns=columns,
        overall=overall,
        limit=limit,
    )


def margins(
    figures: GapFigures, chosen: Totals, hidden: Collection[tuple[str, ...]] = ()
) -> tuple[tuple[HeatColumn, ...], HeatCell]:
    """The competencies of which something is asked, with their totals; and the sum of all."""
    total = suppression.TOTAL
    cells = _cells(chosen("competency"), ["competency"])
    columns = tuple(
        HeatColumn(code, title, more, pk, _seen(cells[code,], (total, code), hidden) or HIDDEN)
        for code, title, pk, more in _titles(figures, "competency")
        if (code,) in cells
    )
    return columns, _seen(_cells(chosen(), [])[()], (total, total), hidden) or HIDDEN


def _cells(totals: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], HeatCell]:
    """The cell of each group, by its key."""
    figures = totals[FIGURES].astype(object)
    told = figures.where(figures.notna(), None)
    keys = zip(*(totals[name] for name in by), strict=True) if by else [()]
    cells = map(HeatCell, *(told[name] for name in told))
    return dict(zip(keys, cells, strict=True))


def _hidden(
    cells: Mapping[tuple[str, ...], HeatCell], limit: int, few: frozenset[str]
) -> frozenset[tuple[str, ...]]:
    counts = tuple((row, column, cell.n) for (row, column), cell in cells.items())
    return _withheld(counts, limit, few)


@lru_cache(maxsize=32)
def _withheld(
    counts: tuple[tuple[str, str, int], ...], limit: int, few: frozenset[str]
) -> frozenset[tuple[str, ...]]:
    """The places to be hidden: small cells, totals of few people, and what would give them away.

    Kept by its values, as working it out takes a while.
    """
    if not counts:
        return frozenset()
    frame = pd.DataFrame(counts, columns=["row", "column", "n"])
    totals = [(row, suppression.TOTAL) for row in sorted(few)]
    seen = suppression.suppressed(frame, limit=limit, also_hidden=totals)
    gone = seen[seen["hidden"] != suppression.SHOWN]
    return frozenset(zip(gone["row"], gone["column"], strict=True))


def _seen(
    cell: HeatCell | None, place: tuple[str, ...], hidden: Collection[tuple[str, ...]]
) -> HeatCell | None:
    return HIDDEN if cell is not None and place in hidden else cell


def _titles(figures: GapFigures, key: str) -> list[tuple[str, str, int, str]]:
    """Code, title, row id and group of the rows that a key can have, in their order."""
    table = {
        "unit": figures.units.assign(more=""),
        "profile": figures.profiles.assign(more=""),
        "competency": figures.competencies.assign(more=figures.competencies["group_title"]),
    }[key]
    return list(zip(table[key], table["title"], table["pk"], table["more"], strict=True))


@dataclass(frozen=True, slots=True)
class GapLine:
    """One competency, unit or profile in a table of gaps; `total` None where withheld."""

    key: str
    title: str
    pk: int
    group: str
    in_totals: bool
    total: GapTotal | None


def gap_lines(figures: GapFigures, by: str, *, limit: int | None = None) -> tuple[GapLine, ...]:
    """All competencies, units or profiles of which something is asked, widest gap first.

    The competencies that stay out of totals come last; with `limit`, what the heat map of
    units (of profiles) withholds in its margins is withheld here too.
    """
    hidden = _hidden_in_margin(figures, by, limit) if limit else set()
    summed = _lines_of(figures, by, figures.totals(by), hidden, in_totals=True)
    if by != "competency":
        return tuple(summed)
    values = _lines_of(figures, by, figures.values(by), _few(figures, limit), in_totals=False)
    return (*summed, *values)


def _hidden_in_margin(figures: GapFigures, by: str, limit: int) -> set[int]:
    heat = heat_map(figures, "profile" if by == "profile" else "unit", limit=limit)
    margin = heat.columns if by == "competency" else heat.rows
    return {line.pk for line in margin if line.total.hidden}


def _few(figures: GapFigures, limit: int | None) -> set[int]:
    """Values assessed of fewer people than the limit."""
    if limit is None:
        return set()
    table = figures.values("competency")
    few = set(table.loc[table["n"] < limit, "competency"])
    return {pk for code, _, pk, _ in _titles(figures, "competency") if code in few}


def _lines_of(
    figures: GapFigures, by: str, totals: pd.DataFrame, hidden: set[int], *, in_totals: bool
) -> list[GapLine]:
    rows = {row[by]: gap_total(row) for row in totals.to_dict("records")}
    lines = [
        GapLine(code, title, pk, more, in_totals, None if pk in hidden else rows[code])
        for code, title, pk, more in _titles(figures, by)
        if code in rows
    ]
    return sorted(lines, key=lambda line: -(line.total.weighted_gap if line.total else -1))


SORTS = (
    *("title", "people", "n", "missing", "short", "mean_gap", "index"),
    *("weighted_gap", "adjusted_gap", "critical_misses"),
)


def sorted_lines(lines: Iterable[GapLine], sort: str) -> list[GapLine]:
    """The lines by one of SORTS, falling with a minus; what stays out of totals comes last.

    Withheld and unknown figures come after all that are known.
    """
    key, falls = sort.lstrip("-"), sort.startswith("-")
    if key == "title":
        ordered = sorted(lines, key=lambda line: line.title.casefold(), reverse=falls)
        return sorted(ordered, key=lambda line: not line.in_totals)

    def place(line: GapLine) -> tuple[bool, bool, float]:
        value = getattr(line.total, key) if line.total else None
        signed = 0.0 if value is None else -value if falls else value
        return (not line.in_totals, value is None, signed)

    return sorted(lines, key=place)
