"""Tables drawn as text in a test, and compared as whole values."""

from io import StringIO

import pandas as pd

from hrplan.core.frames import plain


def frame(text: str, *, dates: tuple[str, ...] = (), **types: str) -> pd.DataFrame:
    """The table drawn; `-` is an empty cell, `dates` are read as dates, `types` are set."""
    table = pd.read_csv(
        StringIO(text.strip()), sep=r"\s+", na_values=["-"], keep_default_na=False, dtype=types
    )
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


def same(table: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Both hold the same columns, in the same order, with the same values."""
    pd.testing.assert_frame_equal(
        plain(table), expected, check_dtype=False, check_exact=False, rtol=1e-9
    )
