"""Installations of their own for tests that commit: a migrated, empty database and a folder."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import override_settings

from tests.tables import lay_out

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}


@dataclass(frozen=True)
class Place:
    """One installation; `used` lets the product work there."""

    database: dict[str, Any]
    files: Path

    @contextmanager
    def used(self) -> Iterator[None]:
        """Inside, the product's database and files are those of the place."""
        kept, settings = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
        connections.settings[DEFAULT_DB_ALIAS] = self.database
        del connections[DEFAULT_DB_ALIAS]
        try:
            with override_settings(MEDIA_ROOT=self.files):
                yield
        finally:
            connections[DEFAULT_DB_ALIAS].close()
            connections.settings[DEFAULT_DB_ALIAS] = settings
            connections[DEFAULT_DB_ALIAS] = kept


class Places:
    """Makes places on the database of the tests, as the migrations leave it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count(1)
        self._settings = dict(connection.settings_dict)
        self._vendor = connection.vendor
        if self._vendor == "postgresql":
            test = str(self._settings["NAME"])
            self._empty = f"{test}_empty"
            connection.close()  # what is copied must have no guest
            self._say(f'CREATE DATABASE "{self._empty}" TEMPLATE "{test}"')
            return
        self._empty = str(folder / "empty.sqlite3")
        connection.ensure_connection()
        with closing(sqlite3.connect(self._empty)) as copy:
            connection.connection.backup(copy)

    @contextmanager
    def new(self) -> Iterator[Place]:
        """An empty installation; gone at the end."""
        number = next(self._numbers)
        files = self._folder / f"files-{number}"
        if self._vendor == "postgresql":
            name = f"{self._empty}_{number}"
            self._say(f'CREATE DATABASE "{name}" TEMPLATE "{self._empty}"')
            yield Place({**self._settings, "NAME": name}, files)
            self._say(f'DROP DATABASE "{name}" WITH (FORCE)')
            return
        path = self._folder / f"{number}.sqlite3"
        shutil.copy(self._empty, path)
        yield Place({**self._settings, "NAME": str(path)}, files)

    @contextmanager
    def on_sqlite(self) -> Iterator[Place]:
        """An empty installation on SQLite, whatever the database of the tests is."""
        number = next(self._numbers)
        name = str(self._folder / f"{number}.sqlite3")
        found = Place({**self._settings, **SQLITE, "NAME": name}, self._folder / f"files-{number}")
        lay_out(Path(name))
        with found.used():
            call_command("migrate", verbosity=0)
        yield found

    def close(self) -> None:
        """Leave nothing on a server."""
        if self._vendor == "postgresql":
            self._say(f'DROP DATABASE "{self._empty}" WITH (FORCE)')

    def _say(self, words: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(words)
