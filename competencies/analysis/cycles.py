"""Cycles: what everybody held then and holds now, in dense tables, and the sums of the change."""

import numpy as np
import pandas as pd

from competencies.analysis.demand import Demand, Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.gaps import CRITICAL_AT

CHUNK = 256  # people worked on at a time, so that their cells stay near the processor
COUNTS = ("n", "fresh", "lapsed", "missing", "risen", "fallen")
MEANS = ("before", "now", "change", "gap_before", "gap_now")
SUMS = (*COUNTS, *MEANS)
Levels = Floats | Singles
PAIRS = slice(0, COUNTS.index("missing") + 1)  # these of SUMS add up to all pairs


def asked(demand: Demand, role: Whole, counted: np.ndarray) -> Singles:
    """What is asked of each person, cell by cell.

    Parameters
    ----------
    demand : what the roles ask for
    role : (people,), row of `demand`; -1 = holds no profile
    counted : (competencies,), bool, whether the competency enters the figures

    Returns
    -------
    (people, competencies), required level; 0 = no pair: not asked, or not counted [level]
    """
    table = (demand.required * counted).astype(np.float32)
    return np.vstack([table, np.zeros_like(table[:1], shape=(1, table.shape[1]))])[role]


def measured(required: Levels, before: Levels, now: Levels) -> Floats:
    """Set the level held then beside the level held now, against what is asked today.

    Parameters
    ----------
    required : of any shape, required level; 0 = no pair, which adds nothing [level]
    before, now : the same shape, level held; NaN = not assessed by then [level]

    Returns
    -------
    (SUMS, ...), what each pair adds: n, assessed both times; fresh, only now; lapsed, only then;
    missing, neither time; risen and fallen, of n, with a level above or below; and, of n alone,
    before, now, change = now - before, and the gaps then and now [level]

    Source
    ------
    docs/methods/cycles.md.
    """
    pair, known = required > 0, ~np.isnan(now)
    then, today = pair & ~np.isnan(before), pair & known
    both = then & today
    out = np.empty((len(SUMS), *both.shape))
    out[0], out[1], out[2] = both, today & ~then, then & ~today
    out[3] = pair & ~(then | today)
    was, held, change, gap_then, gap_now = out[len(COUNTS) :]
    was[:], held[:] = np.where(both, before, 0), np.where(both, now, 0)
    np.subtract(held, was, out=change)
    out[4], out[5] = change > 0, change < 0
    wanted = np.where(both, required, 0)
    for level, gap in ((was, gap_then), (held, gap_now)):
        np.maximum(np.subtract(wanted, level, out=gap), 0, out=gap)
    return out


def change_sums(
    required: Singles, before: Singles, now: Singles, group: Whole, groups: int
) -> Floats:
    """Sum the changes of all people by their group and by competency.

    Parameters
    ----------
    required, before, now : (people, competencies), as `measured` takes them
    group : (people,), number from 0 of the person's group

    Returns
    -------
    (SUMS, groups, competencies)

    Source
    ------
    docs/methods/cycles.md.
    """
    found = np.zeros((len(SUMS), groups, required.shape[1]))
    order = np.argsort(group, kind="stable")
    for begin in range(0, len(order), CHUNK):
        rows = order[begin : begin + CHUNK]
        part = group[rows]
        cuts = np.flatnonzero(np.diff(part, prepend=-1))
        cells = measured(required[rows], before[rows], now[rows])
        found[:, part[cuts]] += np.add.reduceat(cells, cuts, axis=1)
    return found


def pair_sums(pairs: pd.DataFrame, group: Whole, groups: int) -> Floats:
    """The same of a list of pairs, (SUMS, groups).

    pairs : DataFrame, one row a pair: required, before, now; group : (pairs,)
    """
    cells = measured(*(pairs[name].to_numpy(np.float64) for name in ("required", "before", "now")))
    return np.stack([np.bincount(group, one, minlength=groups) for one in cells])


def change_totals(sums: Floats, people: Whole) -> pd.DataFrame:
    """Totals of groups; only who was assessed both times counts in a mean.

    Parameters
    ----------
    sums : (SUMS, groups); people : (groups,), of whom something is asked [persons]

    Returns
    -------
    DataFrame, one row per group
        people : int [persons]
        n, fresh, lapsed, missing, risen, fallen : int [pairs]
        before, now, change, gap_before, gap_now : float, means over n, NaN if n is 0 [level]

    Source
    ------
    docs/methods/cycles.md.
    """
    of = dict(zip(SUMS, sums, strict=True))
    n = np.where(of["n"] > 0, of["n"], np.nan)
    counts = {name: np.rint(of[name]).astype(np.int64) for name in COUNTS}
    return pd.DataFrame({"people": people, **counts, **{name: of[name] / n for name in MEANS}})


def closed(required: Levels, before: Levels, now: Levels) -> np.ndarray:
    """Find the misses of the day before (`CRITICAL_AT` below what is asked), and what they became.

    Parameters
    ----------
    required, before, now : (people, competencies), as `measured` takes them

    Returns
    -------
    (3, people), int: misses then whose level is known today; of these, no miss any more; misses
    then that nothing is known of today [pairs]

    Source
    ------
    docs/methods/cycles.md.
    """
    missed = (required > 0) & (required - before >= CRITICAL_AT)
    known, closed_now = ~np.isnan(now), required - now < CRITICAL_AT
    cells = (missed & known, missed & closed_now, missed & ~known)
    return np.stack([cell.sum(axis=1) for cell in cells])
