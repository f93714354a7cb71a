"""Rows made once for a whole test file; each test's own changes are rolled back after it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction


def once(build: Callable[[], Any]) -> Any:
    """A fixture of the file: what `build` gives, its rows in the database until the file's end."""

    @pytest.fixture(scope="module", name="made_once")
    def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        with django_db_blocker.unblock(), transaction.atomic():
            built = build()
            connection.check_constraints()  # once, instead of after each test of the file
            yield built
            transaction.set_rollback(True)

    return made
