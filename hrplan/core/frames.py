"""The guard at the door of the pure functions, and how the rows of a frame are read."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SHOWN = 3  # how many offending keys a message names


class FrameError(ValueError):
    """A frame lacks a column, or its key is empty or given twice; holds every fault found."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame one by one, as named tuples of what its columns hold."""
    return frame.itertuples(index=False)


class Rows(Sequence[Any]):
    """The rows of a frame, as `rows_of` gives them, made only when they are asked for."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return list(rows_of(self.frame.iloc[at]))
        return next(rows_of(self.frame.iloc[[at]]))


def in_order(codes: pd.Series) -> pd.Index:
    """The different codes of a column, sorted."""
    found = codes.dropna().unique()
    if isinstance(found, pd.Categorical):
        found = found.sort_values().astype(found.categories.dtype)
    index: pd.Index = pd.Index(found, dtype="str")
    return index if index.is_monotonic_increasing else index.sort_values()


def numbered(numbers: NDArray[np.integer], codes: pd.Index) -> pd.Categorical:
    """A column of codes by their places in their sorted list, cheap to sum and join; -1 = none."""
    return pd.Categorical.from_codes(numbers, categories=codes)


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, numbered anew, with codes written out again: for tables of few rows."""
    kinds = {
        name: kind.categories.dtype
        for name, kind in rows.dtypes.items()
        if isinstance(kind, pd.CategoricalDtype)
    }
    return rows.astype(kinds).reset_index(drop=True)


def places(codes: pd.Index, column: pd.Series) -> NDArray[np.int64]:
    """Where in a list the codes of a column stand; -1 = nowhere."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        found = np.append(codes.get_indexer(pd.Index(column.cat.categories)), -1)
        return np.asarray(found[column.cat.codes], np.int64)
    return np.asarray(codes.get_indexer(pd.Index(column)), np.int64)


def spread(
    first: NDArray[np.int64], count: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans of whole numbers one by one: the place of the span, and the number in it.

    first, count : where each span begins, and how many numbers it has
    """
    row = np.repeat(np.arange(len(first)), count)
    within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, first[row] + within


def need(frame: pd.DataFrame, columns: Sequence[str], *, key: Sequence[str] = ()) -> None:
    """Refuse a frame without these columns, or whose key has gaps or doubles.

    Parameters
    ----------
    frame : DataFrame
    columns : the names that must be there; more columns are welcome
    key : the columns that together tell one row from another; none of them may be empty

    Raises
    ------
    FrameError
        With every fault: each missing column, each key column with gaps, the doubled keys.
    """
    faults = [f"column missing: {name}" for name in columns if name not in frame.columns]
    if not faults and key and _distinct([frame.get(name) for name in key]):
        return
    known = [name for name in key if name in frame.columns]
    faults += [f"key is empty: {name}" for name in known if frame[name].isna().any()]
    if known and len(known) == len(key):
        doubled = frame.loc[frame.duplicated(known), known].drop_duplicates()
        faults += [_doubled(known, row) for row in doubled.head(SHOWN).itertuples(index=False)]
        if len(doubled) > SHOWN:
            faults.append(f"and {len(doubled) - SHOWN} more keys given twice")
    if faults:
        raise FrameError(tuple(faults))


def _distinct(key: Sequence[pd.Series | None]) -> bool:
    """Whether a key of numbered codes is whole and has nothing twice: fast, for many rows."""
    number = np.zeros(1, np.int64)
    for column in key:
        if column is None or not isinstance(column.dtype, pd.CategoricalDtype):
            return False
        codes = column.cat.codes.to_numpy()
        if codes.min(initial=0) < 0:
            return False
        number = number * len(column.cat.categories) + codes
    rises = (np.diff(number) > 0).all()
    return bool(rises or (np.diff(np.sort(number)) > 0).all())


def _doubled(names: Sequence[str], values: tuple[object, ...]) -> str:
    pairs = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
    return f"key given twice: {pairs}"


def one_of(frame: pd.DataFrame, column: str, allowed: Sequence[str]) -> None:
    """Refuse a frame in which a column holds a word that isn't in the list.

    Raises
    ------
    FrameError
        Naming the words that aren't allowed, and those that are.
    """
    strange = sorted({str(word) for word in frame[column].unique()} - set(allowed))
    if strange:
        words = ", ".join(strange)
        raise FrameError((f"{column} holds {words}; it may hold {', '.join(allowed)}",))
