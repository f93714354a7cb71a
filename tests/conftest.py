"""The cast: Alice (HR), Bob (facilitator), Carol (head), Ruth (reviewer), Mallory (elsewhere)."""

import gc
from collections.abc import Callable, Iterator
from io import StringIO

import hypothesis
import pandas as pd
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from hrplan.core.models import Administration, Member, Role
from tests import make
from tests.tables import READY, held_in_memory

# A loaded machine is no fault. Each run draws other examples: `make test` a few, `make long` many.
for profile, examples in (("quick", 20), ("house", 50), ("thorough", 300)):
    hypothesis.settings.register_profile(profile, deadline=None, max_examples=examples)
hypothesis.settings.load_profile("house")
gc.set_threshold(50_000, 20, 20)  # rows and frames come and go; there is little to find


NEEDS_DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what knows no database and what is a law; what takes long comes first."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if not item.get_closest_marker("django_db") and not fixtures & NEEDS_DATABASE:
            item.add_marker("pure")
        if hypothesis.is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("law")
    yield
    items.sort(key=_place_in_line)


def _place_in_line(item: pytest.Item) -> int:
    """The browser's site takes longest, then whatever builds a whole."""
    marks = {mark.name for mark in item.iter_markers()}
    return 0 if "browser" in marks else 1 if "whole" in marks else 2


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """The database of the tests begins with all tables, where they are ready."""
    if READY and connection.vendor == "sqlite":
        with held_in_memory(connection.creation._get_test_db_name()):
            yield
    else:
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Keys of rows come again in the next test; what was kept of them must not."""
    cache.clear()


@pytest.fixture
def customs(db: None) -> Administration:
    return make.administration("customs")


@pytest.fixture
def elsewhere(db: None) -> Administration:
    return make.administration("elsewhere")


@pytest.fixture
def alice(customs: Administration) -> Member:
    return make.member(customs, Role.HR_OFFICER, "alice")


@pytest.fixture
def bob(customs: Administration) -> Member:
    return make.member(customs, Role.FACILITATOR, "bob")


@pytest.fixture
def carol(customs: Administration) -> Member:
    return make.member(customs, Role.HEAD, "carol")


@pytest.fixture
def mona(customs: Administration) -> Member:
    return make.member(customs, Role.MANAGER, "mona")


@pytest.fixture
def stan(customs: Administration) -> Member:
    return make.member(customs, Role.STAFF, "stan")


@pytest.fixture
def ruth(customs: Administration) -> Member:
    return make.member(customs, Role.REVIEWER, "ruth")


@pytest.fixture
def cora(customs: Administration) -> Member:
    return make.member(customs, Role.COORDINATOR, "cora")


@pytest.fixture
def mallory(elsewhere: Administration) -> Member:
    return make.member(elsewhere, Role.HR_OFFICER, "mallory")


@pytest.fixture
def as_() -> Callable[[Member], Client]:
    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return sign_in


def frame(text: str) -> pd.DataFrame:
    """A frame drawn in the test: a heading line, then rows, columns by blanks."""
    return pd.read_csv(StringIO(text.strip()), sep=r"\s+")
