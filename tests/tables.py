"""The tables as the migrations leave them, made once by `make test` for every test that begins."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

READY = os.environ.get("HRPLAN_TEST_TABLES", "")
"""A migrated, empty SQLite database; '' where there is none, and each place migrates by itself."""


def lay_out(path: Path) -> None:
    """A new SQLite file with all tables, if they are ready: a `migrate` has nothing left to do."""
    if READY:
        shutil.copy(READY, path)


@contextmanager
def held_in_memory(name: str) -> Iterator[None]:
    """All tables in the shared memory that SQLite knows by this name, as long as this lasts."""
    with closing(sqlite3.connect(READY)) as ready, closing(sqlite3.connect(name, uri=True)) as here:
        ready.backup(here)
        yield
