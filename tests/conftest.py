"""The cast: Alice (HR), Bob (facilitator), Carol (head), Ruth (reviewer), Mallory (elsewhere)."""

import gc
from collections.abc import Callable
from io import StringIO

import hypothesis
import pandas as pd
import pytest
from django.core.cache import cache
from django.test import Client

from hrplan.core.models import Administration, Member, Role
from tests import make

hypothesis.settings.register_profile("house", deadline=None)  # a loaded machine is no fault
hypothesis.settings.register_profile("quick", deadline=None, max_examples=20)  # of `make fast`
hypothesis.settings.load_profile("house")
gc.set_threshold(50_000, 20, 20)  # rows and frames come and go; there is little to find


NEEDS_DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what knows no database, so that it need not run on each of them."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if not item.get_closest_marker("django_db") and not fixtures & NEEDS_DATABASE:
            item.add_marker("pure")


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
