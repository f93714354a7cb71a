"""The workforce on show: strength against establishment, and its structure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from competencies import frames, wording
from competencies.analysis import outlook, suppression
from competencies.models import StaffMember
from competencies.usecases.gaps import GapAnalysis, known
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

YEAR = timedelta(days=365)
PEOPLE = "people"
GATHERED = "\0"  # the key of rows that are told together


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of counts; None is withheld. `total` counts over all columns."""

    key: str
    title: str
    values: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of people, rows against columns, with totals on both margins."""

    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    total: CountRow

    @property
    def withheld(self) -> int:
        return sum(1 for row in self.rows for value in (*row.values, row.total) if value is None)


@dataclass(frozen=True, slots=True)
class Establishment:
    """Posts of one unit: established, filled by somebody in service, vacant; staff in service."""

    unit: str
    title: str
    pk: int
    posts: int
    filled: int
    vacant: int
    strength: int


@dataclass(frozen=True, slots=True)
class WorkforceProfile:
    """Who serves on one day; rates None where there is nothing to divide by."""

    as_of: date
    limit: int | None
    strength: int
    officers: int
    support: int
    posts: int
    filled: int
    vacant: int
    key_posts: int
    vacant_key_posts: int
    acting: int
    leavers: int
    strength_before: int
    units: tuple[Establishment, ...]
    by_unit: CountTable
    by_rank: CountTable
    by_staff_level: CountTable
    by_age: CountTable
    by_service: CountTable
    by_education: CountTable

    @property
    def vacancy_rate(self) -> float | None:
        """Vacant posts among established ones [0..1]."""
        return self.vacant / self.posts if self.posts else None

    @property
    def turnover(self) -> float | None:
        """Leavers of twelve months among the mean strength [0..1]."""
        mean = (self.strength + self.strength_before) / 2
        return self.leavers / mean if mean else None


def workforce_profile(
    administration: Administration,
    analysis: GapAnalysis | None = None,
    *,
    limit: int | None = None,
    as_of: date | None = None,
) -> WorkforceProfile:
    """Strength, posts and structure of the staff; with `limit`, small counts are withheld.

    Heads by unit are establishment, which is public, and are never withheld. An analysis
    that stands already saves reading profiles and units again.
    """
    day = as_of or administration.as_of
    rows = StaffMember.objects.filter(administration=administration)
    everybody = frames.staff(rows, *frames.DATES, *frames.MORE)
    staff = _serving(everybody, day)
    profiles = analysis.profiles if analysis else frames.profiles(administration)
    levels = profiles.set_index("profile")["staff_level"]
    staff = staff.assign(
        staff_level=staff["profile"].map(levels).fillna(""),
        officer=staff["kind"] == "officer",
    )
    posts = frames.posts(administration)
    posts = posts.assign(filled=posts["person"].isin(staff["pk"]))
    units = analysis.units if analysis else frames.units(administration)
    left = pd.to_datetime(everybody["left_on"])
    today = pd.Timestamp(day)
    leavers = int(((left <= today) & (left > today - YEAR)).sum())
    count = _counter(staff, limit)
    titles = dict(zip(units["unit"], units["title"], strict=True))
    return WorkforceProfile(
        as_of=day,
        limit=limit,
        strength=len(staff),
        officers=int(staff["officer"].sum()),
        support=int((~staff["officer"].astype(bool)).sum()),
        posts=len(posts),
        filled=int(posts["filled"].sum()),
        vacant=int((~posts["filled"].astype(bool)).sum()),
        key_posts=int(posts["is_key"].sum()),
        vacant_key_posts=int((posts["is_key"] & ~posts["filled"].astype(bool)).sum()),
        acting=int(staff["acting"].sum()),
        leavers=leavers,
        strength_before=len(_serving(everybody, day - YEAR)),
        units=_establishment(units, posts, staff),
        by_unit=_counter(staff, None)(
            "unit", "kind", list(units["unit"]), titles.get, wording.kind_words
        ),
        by_rank=count("rank", "gender", _ranks(staff), _named, wording.gender_words, gather=True),
        by_staff_level=count(
            "staff_level", "gender", list(LEVELS), wording.staff_level_words, wording.gender_words
        ),
        by_age=_banded(staff, "born_on", outlook.AGE_BANDS, day, limit),
        by_service=_banded(staff, "joined_on", outlook.SERVICE_BANDS, day, limit),
        by_education=count(
            "education",
            "gender",
            _by_size(staff["education"]),
            _named,
            wording.gender_words,
            gather=True,
        ),
    )


LEVELS = (
    *("executives", "managers", "supervisors", "specialists", "officers", "recruits"),
    *("support", ""),
)


def _serving(staff: pd.DataFrame, day: date) -> pd.DataFrame:
    joined, left = pd.to_datetime(staff["joined_on"]), pd.to_datetime(staff["left_on"])
    today = pd.Timestamp(day)
    return staff[~(joined > today) & ~(left <= today)].reset_index(drop=True)


def _named(text: str) -> str:
    return text or wording.gender_words("")


def _by_size(values: pd.Series) -> list[str]:
    return list(values.value_counts().index)


def _ranks(staff: pd.DataFrame) -> list[str]:
    """Ranks from the highest mean grade down."""
    grades = staff.groupby("rank")["grade"].mean().sort_values(ascending=False, kind="stable")
    return list(grades.index)


def _establishment(
    units: pd.DataFrame, posts: pd.DataFrame, staff: pd.DataFrame
) -> tuple[Establishment, ...]:
    established = posts.groupby("unit").size()
    filled = posts[posts["filled"].astype(bool)].groupby("unit").size()
    strength = staff.groupby("unit").size()
    return tuple(
        Establishment(
            unit=row.unit,
            title=row.title,
            pk=row.pk,
            posts=int(established.get(row.unit, 0)),
            filled=int(filled.get(row.unit, 0)),
            vacant=int(established.get(row.unit, 0)) - int(filled.get(row.unit, 0)),
            strength=int(strength.get(row.unit, 0)),
        )
        for row in rows_of(units)
    )


def establishments(
    units: pd.DataFrame, posts: pd.DataFrame, staff: pd.DataFrame
) -> dict[str, Establishment]:
    """Posts and people of each unit itself, by its code; the frames of `competencies.frames`."""
    posts = posts.assign(filled=posts["person"].isin(staff["pk"]))
    return {line.unit: line for line in _establishment(units, posts, staff)}


Words = Callable[[str], str | None]


def _counter(staff: pd.DataFrame, limit: int | None) -> Callable[..., CountTable]:
    def count(
        row: str,
        column: str,
        order: Sequence[str],
        titles: Words,
        heads: Words,
        *,
        gather: bool = False,
    ) -> CountTable:
        found = staff.groupby([row, column]).size().rename("n").reset_index()
        found = found.set_axis(["row", "column", "n"], axis="columns")
        small = suppression.small_rows(found, limit=limit or 0) if gather else ()
        if not small:
            return _table(found, order, titles, heads, limit)
        found = found.replace({"row": dict.fromkeys(small, GATHERED)})
        found = found.groupby(["row", "column"])["n"].sum().reset_index()
        named = wording.gathered_words([str(titles(one)) for one in small])

        def title(key: str) -> str | None:
            return named if key == GATHERED else titles(key)

        return _table(found, [*order, GATHERED], title, heads, limit)

    return count


def _banded(
    staff: pd.DataFrame, since: str, bands: Sequence[int], day: date, limit: int | None
) -> CountTable:
    if staff.empty:
        return _table(pd.DataFrame(columns=["row", "column", "n"]), [], str, str, limit)
    found = outlook.pyramid(staff, since, "gender", as_of=day, bands=bands)
    order = list(dict.fromkeys(found["band"]))
    found = found.set_axis(["row", "column", "n"], axis="columns")
    return _table(found, order, wording.band_words, wording.gender_words, limit)


def _table(
    counts: pd.DataFrame, order: Sequence[str], titles: Words, heads: Words, limit: int | None
) -> CountTable:
    """Counts in the order of the rows given, totals last; small ones withheld under a limit."""
    seen = suppression.suppressed(counts, limit=limit or 0)
    values = {(row, column): n for row, column, n in seen[["row", "column", "n"]].itertuples(
        index=False)}  # fmt: skip
    total = suppression.TOTAL
    columns = sorted({column for _row, column in values} - {total})
    rows = [row for row in order if (row, total) in values]

    def line(key: str, title: str) -> CountRow:
        numbers = [known(values.get((key, column), 0)) for column in (*columns, total)]
        whole = [None if n is None else int(n) for n in numbers]
        return CountRow(key, title, tuple(whole[:-1]), whole[-1])

    return CountTable(
        columns=tuple(str(heads(column)) for column in columns),
        rows=tuple(line(row, str(titles(row))) for row in rows),
        total=line(total, ""),
    )
