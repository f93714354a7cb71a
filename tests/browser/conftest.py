"""A real server with a furnished demonstration, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tables import lay_out

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PASSWORD = "a long enough pass-phrase"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FURNISH = f"""
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from hrplan.core.models import User
from tests.furnish import planned
call_command("migrate", verbosity=0)
planned()
User.objects.update(password=make_password({PASSWORD!r}))
"""


@dataclass(frozen=True)
class Site:
    """A running server and the data folder behind it."""

    url: str
    env: dict[str, str]

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True
        )
        return done.stdout


@contextmanager
def served(data: Path, furnish: str = FURNISH, **settings: str) -> Iterator[Site]:
    """A server of its own, with settings of its own, on a furnished demonstration."""
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {"HRPLAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hrplan.settings", **settings}
    port = free_port()
    running = Site(f"http://127.0.0.1:{port}", env)
    lay_out(data / "hrplan.sqlite3")
    running.manage("shell", "-c", furnish)
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"{running.url}/health/")
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one file; while it runs, the process may not use the database."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        if "browser" in os.environ.get("HRPLAN_REQUIRE", ""):
            pytest.fail("no Chromium is installed, and this run requires one")
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only with a browser

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def follow(page, selector: str) -> None:
    """Click what leads to another page, and wait until that page has come."""
    with page.expect_navigation():
        page.click(selector)


@pytest.fixture
def sign_in(chromium, site: Site):
    """A page of a signed-in person; every console error of it is a failure."""
    contexts, errors = [], []

    def page_of(name: str, width: int = 1280):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{site.url}/accounts/login/")
        page.fill("input[name=login]", f"{name}@belize.example")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]:has-text('Sign')")
        page.wait_for_url(f"{site.url}/belize/")
        return page

    yield page_of
    for context in contexts:
        context.close()
    assert errors == []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(url: str) -> None:
    for _ in range(450):  # a loaded machine is no fault
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)
