"""A question in the room, in real browsers: facilitator, projector and two participants' phones."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from hrplan.core.lan import lan_address
from tests.browser.conftest import PASSWORD, ROOT, Site, follow, free_port, wait_for

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
WALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def laptop(site: Site):
    """The workshop server on this machine's own network address, on the same data."""
    if lan_address().startswith("127."):
        pytest.skip("this machine is in no network")
    port = free_port()
    command = [sys.executable, "manage.py", "workshop_server", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def room(chromium, laptop):
    """Opens pages, each in a browser of its own; on the room's network unless it is the own."""
    contexts = []

    def open_page(viewport, *, own=False):
        context = chromium.new_context(viewport=viewport)
        contexts.append(context)
        page = context.new_page()
        page.base = f"http://{'127.0.0.1' if own else lan_address()}:{laptop}"
        return page

    yield open_page
    for context in contexts:
        context.close()


def lead(page) -> str:
    """Sign in as the facilitator and let people into the open workshop; its code."""
    page.goto(f"{page.base}/accounts/login/")
    page.fill("input[name=login]", "facilitator@belize.example")
    page.fill("input[name=password]", PASSWORD)
    follow(page, "button[type=submit]:has-text('Sign')")
    page.goto(f"{page.base}/belize/exercises/")
    follow(page, "text=First review of the diagnostic")
    follow(page, "text=Review by the senior managers")
    follow(page, "button:has-text('New code')")
    return page.inner_text(".way-in .code")


def join(page, code: str, name: str) -> None:
    page.goto(f"{page.base}/")
    page.fill("input[name=code]", code)
    follow(page, "button:has-text('Go on')")
    page.fill("input[name=name]", name)
    follow(page, "button:has-text('Join')")
    page.wait_for_url("**/join/room/")


def choose(page, level: int) -> None:
    page.wait_for_selector("form[data-ballot].live")
    page.check(f"input[name=answer][value='{level}']")


def sound(page) -> None:
    """No violation of accessibility rules on the page as it stands."""
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()


def test_a_question_is_voted_on_revealed_voted_on_again_and_settled(room):
    facilitator = room({"width": 1280, "height": 900}, own=True)
    code = lead(facilitator)
    projector = facilitator.context.new_page()
    projector.set_viewport_size(WALL)
    projector.goto(f"{facilitator.url}projector/")
    one, two = room(PHONE), room(PHONE)
    join(one, code, "Olive One")
    join(two, code, "Theo Two")

    follow(facilitator, "text=The HR committee")
    follow(facilitator, "button:has-text('Open the vote')")
    choose(one, 2)
    one.wait_for_selector("text=Your vote: 2.")
    sound(one)
    two.wait_for_selector("form[data-ballot].live")
    two.context.set_offline(True)
    choose(two, 5)
    two.wait_for_selector("#unsent:visible")
    time.sleep(2)
    two.context.set_offline(False)
    two.wait_for_selector("text=Your vote: 5.", timeout=20_000)
    projector.wait_for_selector("text=2 votes of")
    assert projector.locator("table.bars").count() == 0
    assert one.locator("table.bars").count() == 0
    sound(projector)
    facilitator.wait_for_selector("text=2 votes are in")

    follow(facilitator, "button:has-text('Reveal the votes')")
    for page in (projector, one, two):
        page.wait_for_selector("table.bars")
    sound(projector)
    sound(one)
    follow(facilitator, "button:has-text('Vote again')")
    choose(one, 3)
    choose(two, 3)
    projector.wait_for_selector("text=2 votes of")
    follow(facilitator, "button:has-text('Reveal the votes')")
    facilitator.wait_for_selector("text=Round 2")
    sound(facilitator)
    assert facilitator.is_checked("input[name=level][value='3']")
    facilitator.fill("textarea[name=rationale]", "Two managers, one mind.")
    follow(facilitator, "button:has-text('Save the agreed rating')")

    projector.wait_for_selector("text=Settled: level 3")
    one.wait_for_selector("text=The room settled on level 3")
    assert facilitator.inner_text("main").count("Votes of round") == 2
    assert projector.locator(".way-in .code").inner_text() == code


def test_a_vote_is_given_with_the_keyboard_alone(room):
    facilitator = room({"width": 1280, "height": 900}, own=True)
    code = lead(facilitator)
    phone = room(PHONE)
    join(phone, code, "Kay Board")
    follow(facilitator, "text=The HR strategy")
    follow(facilitator, "button:has-text('Open the vote')")
    phone.wait_for_selector("form[data-ballot].live")

    for _ in range(12):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.name") == "answer":
            break
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")

    phone.wait_for_selector("text=Your vote: 2.")
    follow(facilitator, "button:has-text('Reveal the votes')")


def test_every_text_on_the_projector_can_be_read_from_the_back_of_the_room(room):
    facilitator = room(WALL, own=True)
    lead(facilitator)
    facilitator.goto(re.sub(r"(workshops/\d+/).*", r"\1projector/", facilitator.url))

    small = facilitator.evaluate(
        """() => [...document.querySelectorAll('#screen *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => !e.closest('.visually-hidden, svg'))
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 0.04 * innerHeight)
            .map(e => e.textContent.trim())"""
    )

    assert small == []


def test_guests_on_the_network_reach_the_join_pages_and_nothing_else(laptop):
    def status(path: str) -> int:
        try:
            return urllib.request.urlopen(f"http://{lan_address()}:{laptop}{path}").status
        except urllib.error.HTTPError as refused:
            return refused.code

    found = {path: status(path) for path in ("/", "/join/", "/health/", "/static/app.css")}
    shut = {path: status(path) for path in ("/accounts/login/", "/belize/", "/api/v1/docs/")}

    assert set(found.values()) == {200}
    assert set(shut.values()) == {404}


def test_the_server_keeps_a_secret_of_its_own_beside_the_data(site, laptop):
    kept = Path(site.env["HRPLAN_DATA"]) / "secret.key"

    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(kept.read_text()) > 60
