"""What people hold after training beside what others hold: a comparison, no proof."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from competencies.analysis import cycles
from competencies.analysis.demand import PAIR
from competencies.analysis.suppression import TOTAL, suppressed
from competencies.usecases.cycles import changes_since
from competencies.usecases.gaps import GapAnalysis, gap_analysis, known
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from training_calendar import frames
from training_calendar.analysis import effects
from training_calendar.analysis.effects import BEGUN, OTHER, TRAINED
from training_calendar.models import Module

Cells = frozenset[tuple[str, str]]  # (line, group) withheld


@dataclass(frozen=True, slots=True)
class EffectSide:
    """One of the two groups. n, missing : pairs known and not known both times; means over n."""

    people: int
    n: int
    missing: int
    risen: int
    fallen: int
    before: float | None
    now: float | None
    change: float | None


NOBODY = EffectSide(0, 0, 0, 0, 0, None, None, None)


@dataclass(frozen=True, slots=True)
class EffectLine:
    """Those who completed training beside those who attended none; a side None is withheld."""

    key: str
    pk: int
    title: str
    trained: EffectSide | None
    others: EffectSide | None

    @property
    def is_withheld(self) -> bool:
        return self.trained is None and self.others is None

    @property
    def is_empty(self) -> bool:
        """Nothing of it is asked of anybody, or it is a value."""
        return self.trained == self.others == NOBODY

    @property
    def difference(self) -> float | None:
        """How much more the trained rose than the others, on average [level]."""
        if self.trained is None or self.others is None:
            return None
        mine, theirs = self.trained.change, self.others.change
        return None if mine is None or theirs is None else mine - theirs


@dataclass(frozen=True, slots=True)
class TrainingEffect:
    """The comparison over the days from `before` to `now`.

    completed, begun : people who completed a module that lifts something, and who attended and
    completed none; None where withheld [persons]
    """

    before: date
    now: date
    completed: int | None
    begun: int | None
    total: EffectLine
    by_competency: tuple[EffectLine, ...]
    by_module: tuple[EffectLine, ...]

    @property
    def is_known(self) -> bool:
        """Whether any attendance is on record between the days."""
        return self.completed != 0 or self.begun != 0


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The pairs behind the figures: frames of `analysis.effects`, and the attendance in them."""

    administration: Administration
    analysis: GapAnalysis
    before: date
    taken: pd.DataFrame
    pairs: pd.DataFrame
    by_module: pd.DataFrame


def compared(administration: Administration, before: date) -> Compared:
    """Each pair asked today with its levels on both days and the training between them.

    The level now counts where somebody rated it since: after the training, or after the first
    day where there was none.
    """
    analysis = gap_analysis(administration)
    taken = frames.taken(administration, analysis.framework, after=before, until=analysis.as_of)
    pairs = effects.pairs_by_training(changes_since(analysis, before), taken)
    since = pairs["ended_on"].fillna(pd.Timestamp(before) + pd.Timedelta(days=1))
    rated = analysis.ratings.assign(rated_on=pd.to_datetime(analysis.ratings["rated_on"]))
    rated = rated[rated["rated_on"] <= pd.Timestamp(analysis.as_of)]
    pairs = cycles.seen_since(pairs, rated, since)
    modules = effects.pairs_by_module(pairs, taken)
    return Compared(administration, analysis, before, taken, pairs, modules)


def training_effect(found: Compared, *, limit: int | None = None) -> TrainingEffect:
    """The figures; with `limit`, what few people stand behind is withheld, and what betrays it."""
    hidden = _hidden(found.pairs, limit)
    taken = found.taken
    done = set(taken.loc[taken["completed"], "staff"])
    begun = set(taken["staff"]) - done
    topics = found.analysis.competencies
    lifted = topics[topics["competency"].isin(taken["competency"])]
    titles = {row.competency: (int(row.pk), row.title) for row in rows_of(lifted)}
    return TrainingEffect(
        before=found.before,
        now=found.analysis.as_of,
        completed=_counted(done, limit),
        begun=_counted(begun, limit),
        total=_lines(found.pairs, (), {TOTAL: (0, "")}, hidden)[0],
        by_competency=shown(_lines(found.pairs, ("competency",), titles, hidden)),
        by_module=shown(
            _lines(
                found.by_module,
                ("module",),
                _modules(found),
                _hidden_modules(found, hidden, limit),
            )
        ),
    )


def _counted(people: set[str], limit: int | None) -> int | None:
    return None if limit and 0 < len(people) < limit else len(people)


def _modules(found: Compared) -> dict[str, tuple[int, str]]:
    codes = list(found.taken["module"].unique())
    rows = Module.objects.filter(administration=found.administration, code__in=codes)
    return {code: (pk, title) for code, pk, title in rows.values_list("code", "pk", "title")}


def _lines(
    pairs: pd.DataFrame, by: tuple[str, ...], titles: Mapping[str, tuple[int, str]], hidden: Cells
) -> tuple[EffectLine, ...]:
    kept = pairs[pairs["training"] != BEGUN]
    trained = kept.loc[kept["training"] == TRAINED, PAIR]
    totals = cycles.training_effect(kept, trained, by).to_dict("records")
    sides = {(row[by[0]] if by else TOTAL, row["trained"]): _side(row) for row in totals}

    def side(key: str, *, is_trained: bool) -> EffectSide | None:
        group = TRAINED if is_trained else OTHER
        return None if (key, group) in hidden else sides.get((key, is_trained), NOBODY)

    lines = [
        EffectLine(key, pk, title, side(key, is_trained=True), side(key, is_trained=False))
        for key, (pk, title) in titles.items()
    ]
    return tuple(line for line in lines if not by or not line.is_empty)


def _side(row: Mapping[Any, Any]) -> EffectSide:
    return EffectSide(
        people=int(row["people"]),
        n=int(row["n"]),
        missing=int(row["fresh"] + row["lapsed"] + row["missing"]),
        risen=int(row["risen"]),
        fallen=int(row["fallen"]),
        before=known(row["before"]),
        now=known(row["now"]),
        change=known(row["change"]),
    )


def _hidden(pairs: pd.DataFrame, limit: int | None) -> Cells:
    """The (competency, group) withheld, of pairs and of pairs known both times; also of totals."""
    if limit is None or pairs.empty:
        return frozenset()
    table = pairs.assign(known=pairs["change"].notna())
    table = table.rename(columns={"competency": "row", "training": "column"})
    grouped = table.groupby(["row", "column"], as_index=False)
    hidden: Cells = frozenset()
    for counted in (grouped.agg(n=("known", "sum")), grouped.agg(n=("staff", "size"))):
        cells = suppressed(counted, limit=limit, also_hidden=hidden)
        unseen = cells.loc[cells["n"].isna(), ["row", "column"]]
        hidden = frozenset(unseen.itertuples(index=False, name=None))
    return hidden


def _hidden_modules(found: Compared, hidden: Cells, limit: int | None) -> Cells:
    """The lines of modules withheld: small ones, and those that share a competency with one.

    With them goes what lifts a competency withheld above: it may be the only one that does. So
    each withheld line adds up with another to any figure that is shown.
    """
    if limit is None:
        return frozenset()
    lifted = found.taken[["module", "competency"]].drop_duplicates()
    small: set[str] = set()
    counts = found.by_module.assign(known=found.by_module["change"].notna())
    for key, group in counts.groupby(["module", "training"]):
        people, twice = group["staff"].nunique(), group.loc[group["known"], "staff"].nunique()
        if people < limit or 0 < twice < limit:
            small.add(str(key[0]))
    unseen = {key for key, _group in hidden}
    beside = set(lifted.loc[lifted["competency"].isin(unseen), "module"])
    withheld = beside | _touching(small, lifted)
    return frozenset((module, group) for module in withheld for group in (TRAINED, OTHER))


def _touching(chosen: set[str], lifted: pd.DataFrame) -> set[str]:
    """The modules, and all that share a competency with one of them."""
    topics = lifted.loc[lifted["module"].isin(chosen), "competency"]
    return set(lifted.loc[lifted["competency"].isin(topics), "module"])


def shown(lines: Iterable[EffectLine]) -> tuple[EffectLine, ...]:
    """The lines with the most trained people known both times first, those withheld last."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.trained is None,
                -(line.trained.n if line.trained else 0),
                line.key,
            ),
        )
    )
