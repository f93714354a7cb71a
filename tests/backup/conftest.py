"""Places where tests of backups commit for real."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.places import Places


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[Places]:
    with django_db_blocker.unblock():
        made = Places(folder)
        yield made
        made.close()
