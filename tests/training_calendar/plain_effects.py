"""The training effect read cell by cell over frames: what the dense tables must say."""

from datetime import date

import pandas as pd

from competencies import frames as people_frames
from competencies.analysis.demand import PAIR
from competencies.analysis.suppression import TOTAL, suppressed
from competencies.usecases.gaps import gap_analysis
from hrplan.core.frames import plain
from hrplan.core.models import Administration
from tests.competencies.plain_cycles import change_totals, changes_since, seen_since
from training_calendar import frames
from training_calendar.analysis.effects import BEGUN, OTHER, TRAINED

Line = tuple[dict | None, dict | None]
SHOWN = ["people", "n", "missing", "risen", "fallen", "before", "now", "change"]


def pairs_by_training(table: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Each pair of `table` with the training its person had in the competency."""
    done = taken[taken["completed"]].groupby(PAIR, as_index=False)["ended_on"].min()
    there = taken[PAIR].drop_duplicates().assign(there=True)
    found = table.merge(done, "left", PAIR).merge(there, "left", PAIR)
    kind = pd.Series(OTHER, found.index).mask(found["there"].notna(), BEGUN)
    return found.assign(training=kind.mask(found["ended_on"].notna(), TRAINED))


def pairs_by_module(pairs: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Who completed each module, and whom none trained in what it lifts."""
    done = taken.loc[taken["completed"], [*PAIR, "module"]]
    lifted = done[["module", "competency"]].drop_duplicates()
    trained = pairs[pairs["training"] == TRAINED].merge(done, on=PAIR)
    others = pairs[pairs["training"] == OTHER].merge(lifted, on="competency")
    return pd.concat([trained, others], ignore_index=True)


def compared(administration: Administration, before: date) -> tuple[pd.DataFrame, ...]:
    """What was attended, and the pairs, all and by module."""
    analysis = gap_analysis(administration)
    taken = frames.taken(administration, analysis.framework, after=before, until=analysis.as_of)
    codes = dict(zip(analysis.people["pk"], analysis.people["staff"], strict=True))
    everybody = taken.assign(staff=taken["staff"].map(lambda pk: codes.get(pk, str(pk))))
    pairs = pairs_by_training(changes_since(analysis, before), everybody)
    rated = plain(analysis.ratings_of(people_frames.counting(analysis.framework)))
    until, day = pd.to_datetime(rated["valid_until"]), pd.Timestamp(analysis.as_of)
    rated = rated.assign(rated_on=pd.to_datetime(rated["rated_on"]))
    rated = rated[(rated["rated_on"] <= day) & ~(until < day)]
    since = pairs["ended_on"].fillna(pd.Timestamp(before) + pd.Timedelta(days=1))
    pairs = seen_since(pairs, rated, since)
    return everybody, pairs, pairs_by_module(pairs, everybody)


def effect(administration: Administration, before: date, limit: int | None) -> dict[str, Line]:
    """The two sides of each line by its code, of all by TOTAL; a side None is withheld."""
    taken, pairs, modules = compared(administration, before)
    hidden = _hidden(pairs, limit)
    small = _small(modules, taken, hidden, limit)
    lines = _lines(pairs, "competency", set(taken["competency"]), hidden)
    lines |= _lines(modules, "module", set(taken["module"]), small)
    return lines | _lines(pairs.assign(all=TOTAL), "all", {TOTAL}, hidden)


def _lines(pairs, by, keys, hidden):
    totals = change_totals(pairs, [by, "training"])
    totals["missing"] += totals["fresh"] + totals["lapsed"]
    sides = {
        (row[by], row["training"]): {name: row[name] for name in SHOWN}
        for row in totals.to_dict("records")
    }
    nobody = dict.fromkeys(SHOWN[:5], 0)
    lines = {
        key: tuple(
            None if (key, kind) in hidden else sides.get((key, kind), nobody)
            for kind in (TRAINED, OTHER)
        )
        for key in sorted(keys)
    }
    return {key: line for key, line in lines.items() if by == "all" or line != (nobody, nobody)}


def _hidden(pairs, limit):
    if limit is None or pairs.empty:
        return frozenset()
    table = pairs.assign(known=pairs["change"].notna(), row=pairs["competency"])
    grouped = table.rename(columns={"training": "column"}).groupby(["row", "column"])
    hidden = frozenset()
    for n in (grouped["known"].sum(), grouped.size()):
        cells = suppressed(n.rename("n").reset_index(), limit=limit, also_hidden=hidden)
        hidden = frozenset(
            cells.loc[cells["n"].isna(), ["row", "column"]].itertuples(index=False, name=None)
        )
    return hidden


def _small(modules, taken, hidden, limit):
    if limit is None:
        return frozenset()
    lifted = taken[["module", "competency"]].drop_duplicates()
    few = set()
    for (key, _kind), group in modules.groupby(["module", "training"]):
        twice = group.loc[group["change"].notna(), "staff"].nunique()
        if group["staff"].nunique() < limit or 0 < twice < limit:
            few.add(key)
    topics = lifted.loc[lifted["module"].isin(few), "competency"]
    unseen = {key for key, _kind in hidden} | set(topics)
    withheld = lifted.loc[lifted["competency"].isin(unseen), "module"]
    return frozenset((key, kind) for key in withheld for kind in (TRAINED, OTHER))
