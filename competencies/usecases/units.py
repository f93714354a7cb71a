"""Units on show: their tree with posts and people, and one unit with what the analysis says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import floor

import pandas as pd

from competencies import frames
from competencies.models import Unit
from competencies.usecases.dense import GapFigures
from competencies.usecases.gaps import known
from competencies.usecases.heat_maps import HeatCell, HeatColumn, heat_map
from competencies.usecases.quality import Dependency, bench_depth
from competencies.usecases.workforce import Establishment, establishments
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

SHOWN = 10
STATIONS, VACANT = "stations", "vacant"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree: its depth, its own posts and people, and those with all below."""

    unit: Unit
    depth: int
    own: Establishment
    whole: Establishment

    @property
    def indent(self) -> str:
        """Wide blanks that set the unit in by its depth, in tables without a style of their own."""
        return "\u2003" * (self.depth - 1) + "└ " if self.depth else ""


def unit_lines(administration: Administration) -> tuple[UnitLine, ...]:
    """All units, each below the one above it."""
    serving = frames.serving(administration, administration.as_of).order_by()
    people = frames.frame_of(serving, {"pk": "pk", "unit": "unit__code"})
    units, posts = frames.units(administration), frames.posts(administration)
    own = {line.pk: line for line in establishments(units, posts, people).values()}
    children = _children(Unit.objects.of(administration))
    whole: dict[int, Establishment] = {}

    def walk(parent: int | None, depth: int) -> Iterator[tuple[Unit, int]]:
        for unit in children.get(parent, []):
            yield unit, depth
            yield from walk(unit.pk, depth + 1)
            below = [whole[child.pk] for child in children.get(unit.pk, [])]
            whole[unit.pk] = _summed(own[unit.pk], below)

    order = list(walk(None, 0))
    return tuple(UnitLine(unit, depth, own[unit.pk], whole[unit.pk]) for unit, depth in order)


def narrowed_lines(
    lines: Iterable[UnitLine], *, words: str = "", region: str = "", kind: str = ""
) -> tuple[UnitLine, ...]:
    """The units that match, no longer set in; kind: stations, or units with vacant posts."""
    return tuple(
        replace(line, depth=0)
        for line in lines
        if words.casefold() in f"{line.unit.title} {line.unit.code}".casefold()
        and (not region or line.unit.region == region)
        and (kind != STATIONS or line.unit.is_station)
        and (kind != VACANT or line.own.vacant)
    )


def sum_of(lines: Sequence[UnitLine]) -> Establishment:
    """Posts and people of the units themselves, added up."""
    return _summed(Establishment("", "", 0, 0, 0, 0, 0), [line.own for line in lines])


def _children(units: Iterable[Unit]) -> dict[int | None, list[Unit]]:
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    return children


def _summed(own: Establishment, below: Iterable[Establishment]) -> Establishment:
    every = [own, *below]
    return replace(
        own,
        posts=sum(one.posts for one in every),
        filled=sum(one.filled for one in every),
        vacant=sum(one.vacant for one in every),
        strength=sum(one.strength for one in every),
    )


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A unit directly below another, with all under it; `index` [0..1] None if not shown."""

    establishment: Establishment
    index: float | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post of a unit; filled by somebody in service, or vacant."""

    pk: int
    code: str
    profile: str
    profile_pk: int
    rank: str
    is_key: bool
    is_vulnerable: bool
    is_filled: bool
    vacant_since: date | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """Posts of one profile and rank in a unit."""

    first: PostRow
    posts: int
    filled: int
    key: int
    vulnerable: int

    @property
    def vacant(self) -> int:
        return self.posts - self.filled


@dataclass(frozen=True, slots=True)
class UnitOverview:
    """One unit: posts and people with those below it, widest gaps, what hangs on one person."""

    unit: Unit
    own: Establishment
    whole: Establishment
    children: tuple[ChildLine, ...]
    most_away: int
    total: HeatCell | None
    widest: tuple[tuple[HeatColumn, HeatCell], ...]
    dependencies: tuple[Dependency, ...]
    post_lines: tuple[PostLine, ...]
    posts: tuple[PostRow, ...]


def unit_overview(unit: Unit, figures: GapFigures, *, limit: int | None = None) -> UnitOverview:
    """What the figures and the establishment say of one unit with the units below it.

    With `limit` the gaps are those of the unit itself, as the heat map of units shows them.
    """
    administration = unit.administration
    established = frames.posts(administration)
    own = establishments(figures.units, established, figures.serving)
    posts = _posts_of(unit, figures, established)
    codes = figures.units_below(unit.code)
    cells, total = _gaps_of(unit, figures, limit)
    alone = bench_depth(administration, figures).dependencies if limit is None else ()
    strength = own[unit.code].strength
    return UnitOverview(
        unit=unit,
        own=own[unit.code],
        whole=_summed(own[unit.code], (own[code] for code in codes - {unit.code})),
        children=_child_lines(unit, figures, own, limit),
        most_away=max(1, floor(unit.max_away_share * strength)) if strength else 0,
        total=total,
        widest=tuple(sorted(cells, key=lambda pair: pair[1].gap, reverse=True)[:SHOWN]),
        dependencies=tuple(line for line in alone if line.unit == unit.title),
        post_lines=_post_lines(posts),
        posts=posts,
    )


def _gaps_of(
    unit: Unit, figures: GapFigures, limit: int | None
) -> tuple[list[tuple[HeatColumn, HeatCell]], HeatCell | None]:
    """Competencies with what is missing in them, and the total; None where nothing is asked."""
    if limit is None:
        heat = heat_map(figures, "unit", unit=unit.code)
        every = [(column, column.total) for column in heat.columns]
        return [pair for pair in every if pair[1].gap > 0], heat.overall if heat.rows else None
    heat = heat_map(figures, "unit", limit=limit)
    row = next((row for row in heat.rows if row.pk == unit.pk), None)
    pairs = zip(heat.columns, row.cells, strict=True) if row else ()
    total = row.total if row else None
    return [(column, cell) for column, cell in pairs if cell and cell.gap > 0], total


def _child_lines(
    unit: Unit, figures: GapFigures, own: dict[str, Establishment], limit: int | None
) -> tuple[ChildLine, ...]:
    """The units directly below, each with all under it; gaps inside the office only."""
    table = figures.units
    below = {
        code: figures.units_below(code) for code in table.loc[table["parent"] == unit.code, "unit"]
    }
    branch = {code: child for child, codes in below.items() for code in codes}
    totals = figures.totals("unit")
    sums = totals.groupby(totals["unit"].map(branch))[["weighted_gap", "weighted_required"]].sum()
    sums = sums[sums["weighted_required"] > 0] if limit is None else sums[:0]
    index = (sums["weighted_gap"] / sums["weighted_required"]).to_dict()
    return tuple(
        ChildLine(
            _summed(own[child], (own[code] for code in codes - {child})), known(index.get(child))
        )
        for child, codes in below.items()
    )


def _posts_of(unit: Unit, figures: GapFigures, posts: pd.DataFrame) -> tuple[PostRow, ...]:
    profiles = figures.profiles
    titles = dict(zip(profiles["profile"], profiles["title"], strict=True))
    pks = dict(zip(profiles["profile"], profiles["pk"], strict=True))
    serving = set(figures.serving["pk"])
    return tuple(
        PostRow(
            pk=int(row.pk),
            code=row.post,
            profile=titles[row.profile],
            profile_pk=pks[row.profile],
            rank=row.rank,
            is_key=bool(row.is_key),
            is_vulnerable=bool(row.is_vulnerable),
            is_filled=row.person in serving,
            vacant_since=None if pd.isna(row.vacant_since) else row.vacant_since,
        )
        for row in rows_of(posts[posts["unit"] == unit.code])
    )


def _post_lines(posts: Iterable[PostRow]) -> tuple[PostLine, ...]:
    """Posts of the same profile and rank together, in the order of their first code."""
    alike: dict[tuple[int, str], list[PostRow]] = {}
    for post in posts:
        alike.setdefault((post.profile_pk, post.rank), []).append(post)
    return tuple(
        PostLine(
            first=group[0],
            posts=len(group),
            filled=sum(post.is_filled for post in group),
            key=sum(post.is_key for post in group),
            vulnerable=sum(post.is_vulnerable for post in group),
        )
        for group in alike.values()
    )
