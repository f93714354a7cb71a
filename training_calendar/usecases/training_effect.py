"""What people hold after training beside what others hold: a comparison, no proof."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from competencies.analysis import cycles
from competencies.analysis.suppression import TOTAL, suppressed
from competencies.usecases.cycles import TwoDays, two_days
from competencies.usecases.gaps import known
from hrplan.core.frames import places, rows_of
from hrplan.core.models import Administration
from hrplan.core.titles import told
from training_calendar import frames
from training_calendar.analysis import effects
from training_calendar.analysis.effects import BEGUN, OTHER, TRAINED, Group, Others, Pairs
from training_calendar.models import Module

EPOCH = pd.Timestamp(1970, 1, 1)
Cells = frozenset[tuple[str, str]]  # (line, group) withheld
Groups = Mapping[tuple[str, str], Group]  # (line, group)


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


@dataclass(frozen=True, eq=False)
class Compared:
    """The pairs behind the figures, and the attendance in them.

    taken : one row per (staff, module, competency) attended, as `frames.taken`
    lifted : what each module lifts that anybody completed, by places of competencies
    """

    administration: Administration
    days: TwoDays
    taken: pd.DataFrame
    pairs: Pairs
    lifted: Mapping[object, Sequence[int]]

    @property
    def topics(self) -> pd.DataFrame:
        """The competencies, in the order of the tables."""
        return self.days.figures.competencies

    @cached_property
    def by_competency(self) -> Groups:
        """The pairs of each competency and kind."""
        codes = dict(enumerate(self.topics["competency"]))
        found: dict[tuple[str, str], Group] = {}
        for kind in (TRAINED, BEGUN):
            rows = self.pairs.attended[self.pairs.attended["training"] == kind]
            named = rows.assign(competency=rows["topic"].map(codes))
            found |= _told(effects.listed(named, "competency"), kind)
        each = {code: [place] for place, code in codes.items()}
        return found | _told(self._others.by(each), OTHER)

    @cached_property
    def by_module(self) -> Groups:
        """Those whom each module trained, and those whom none trained in what it lifts.

        Who was trained in a competency by another module stands in neither group of this one.
        """
        trained = effects.listed(self.pairs.completed, "module")
        return _told(trained, TRAINED) | _told(self._others.by(self.lifted), OTHER)

    @cached_property
    def whole(self) -> Groups:
        """Everybody trained, and all pairs of those who attended nothing."""
        trained = self.pairs.attended[self.pairs.attended["training"] == TRAINED]
        found = effects.listed(trained, "training")
        others = self._others.by({OTHER: range(len(self.topics))})
        return {(TOTAL, str(kind)): group for kind, group in (found | others).items()}

    @cached_property
    def _others(self) -> Others:
        return Others(self.pairs)


def _told(groups: Mapping[object, Group], kind: str) -> dict[tuple[str, str], Group]:
    return {(str(key), kind): group for key, group in groups.items()}


def compared(administration: Administration, before: date) -> Compared:
    """Each pair asked today with its levels on both days and the training between them.

    The level now counts where somebody rated it since: after the training, or after the first
    day where there was none.
    """
    days = two_days(administration, before)
    figures = days.figures
    taken = frames.taken(administration, figures.framework, after=before, until=figures.as_of)
    ids = figures.serving["pk"].to_numpy(np.int64)
    placed = pd.DataFrame(
        {
            "person": pd.Index(ids).get_indexer(pd.Index(taken["staff"])),
            "module": taken["module"],
            "topic": places(pd.Index(figures.competencies["competency"]), taken["competency"]),
            "ended": (taken["ended_on"] - EPOCH).dt.days,
            "completed": taken["completed"],
        }
    )
    pairs = effects.pairs_by_training(
        days.required,
        days.then,
        figures.dense.level,
        figures.dense.seen,
        placed[placed["person"] >= 0],
        since=(before - EPOCH.date()).days + 1,
    )
    done = placed[placed["completed"]].drop_duplicates(["module", "topic"])
    lifted = done.groupby("module")["topic"].agg(list).to_dict()
    return Compared(administration, days, taken, pairs, lifted)


def training_effect(found: Compared, *, limit: int | None = None) -> TrainingEffect:
    """The figures; with `limit`, what few people stand behind is withheld, and what betrays it."""
    hidden = _hidden(found.by_competency, limit)
    taken = found.taken
    done = set(taken.loc[taken["completed"], "staff"])
    begun = set(taken["staff"]) - done
    lifted = found.topics[found.topics["competency"].isin(taken["competency"])]
    titles = {row.competency: (int(row.pk), row.title) for row in rows_of(lifted)}
    return TrainingEffect(
        before=found.days.before,
        now=found.days.figures.as_of,
        completed=_counted(done, limit),
        begun=_counted(begun, limit),
        total=_lines(found.whole, {TOTAL: (0, "")}, hidden)[0],
        by_competency=shown(_lines(found.by_competency, titles, hidden)),
        by_module=shown(
            _lines(found.by_module, _modules(found), _hidden_modules(found, hidden, limit))
        ),
    )


def _counted(people: set[str], limit: int | None) -> int | None:
    return None if limit and 0 < len(people) < limit else len(people)


def _modules(found: Compared) -> dict[str, tuple[int, str]]:
    codes = list(found.taken["module"].unique())
    rows = Module.objects.filter(administration=found.administration, code__in=codes)
    return {code: (pk, told(title)) for code, pk, title in rows.values_list("code", "pk", "title")}


def _lines(
    groups: Groups, titles: Mapping[str, tuple[int, str]], hidden: Cells
) -> tuple[EffectLine, ...]:
    sides = _sides(groups)
    lines = [
        EffectLine(
            key,
            *named,
            *(
                None if (key, kind) in hidden else sides.get((key, kind), NOBODY)
                for kind in (TRAINED, OTHER)
            ),
        )
        for key, named in titles.items()
    ]
    return tuple(lines)


def _sides(groups: Groups) -> dict[tuple[str, str], EffectSide]:
    sums = np.array([group.sums for group in groups.values()]).reshape(-1, len(cycles.SUMS))
    people = np.array([group.people for group in groups.values()], np.int64)
    rows = cycles.change_totals(sums.T, people).to_dict("records")
    return {place: _side(row) for place, row in zip(groups, rows, strict=True)}


def _side(row: Mapping[Any, Any]) -> EffectSide:
    return EffectSide(
        people=row["people"],
        n=row["n"],
        missing=row["fresh"] + row["lapsed"] + row["missing"],
        risen=row["risen"],
        fallen=row["fallen"],
        before=known(row["before"]),
        now=known(row["now"]),
        change=known(row["change"]),
    )


def _hidden(groups: Groups, limit: int | None) -> Cells:
    """The (competency, group) withheld, of pairs and of pairs known both times; also of totals."""
    if limit is None or not groups:
        return frozenset()
    names = pd.DataFrame(list(groups), columns=["row", "column"])
    sums = np.array([group.sums for group in groups.values()])
    hidden: Cells = frozenset()
    for n in (sums[:, 0], sums[:, cycles.PAIRS].sum(axis=1)):
        counted = names.assign(n=n.astype(np.int64))
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
    small = {
        key
        for (key, _kind), group in found.by_module.items()
        if group.people < limit or 0 < group.known < limit
    }
    unseen = {key for key, _group in hidden}
    beside = set(lifted.loc[lifted["competency"].isin(unseen), "module"])
    withheld = beside | _touching(small, lifted)
    return frozenset((module, group) for module in withheld for group in (TRAINED, OTHER))


def _touching(chosen: set[str], lifted: pd.DataFrame) -> set[str]:
    """The modules, and all that share a competency with one of them."""
    topics = lifted.loc[lifted["module"].isin(chosen), "competency"]
    return set(lifted.loc[lifted["competency"].isin(topics), "module"])


def shown(lines: Iterable[EffectLine]) -> tuple[EffectLine, ...]:
    """The lines with the most trained people known both times first, those withheld last.

    Without those of which nothing is asked.
    """
    return tuple(
        sorted(
            (line for line in lines if not line.is_empty),
            key=lambda line: (
                line.trained is None,
                -(line.trained.n if line.trained else 0),
                line.key,
            ),
        )
    )
