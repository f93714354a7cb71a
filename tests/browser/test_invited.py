"""A release in a browser, its invitations at a real mail server, read byte for byte."""

import json
import time
from collections.abc import Iterator
from datetime import date

import pytest

from tests.browser.conftest import FURNISH, Site, follow, free_port, served
from tests.browser.test_calendar import LONG, OVER, first_months
from tests.postbox import Postbox
from tests.training_calendar.reader import parts, read

pytest.importorskip("aiosmtpd", reason="the mail server of the tests is not installed")
from aiosmtpd.controller import Controller

pytestmark = pytest.mark.browser
ADDRESSED = """
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower
from competencies.models import StaffMember
from hrplan.core.models import Administration
Administration.objects.update(is_demonstration=False)
StaffMember.objects.update(email=Concat(Lower(F("code")), Value("@x.example")))
"""
PLACES = """
import json
from training_calendar.models import Enrolment
held = Enrolment.objects.filter(calendar__plan__is_current=True, session__isnull=False)
held = held.exclude(session__status="cancelled")
rows = held.values_list("staff_member__email", "session__code", "starts_on", "ends_on")
print(json.dumps([[who, code, str(first), str(last)] for who, code, first, last in rows]))
"""
UNDER_WAY = ("waits to be sent", "is being sent")
Place = tuple[str, str, str]


@pytest.fixture(scope="module")
def server() -> Iterator[Controller]:
    started = Controller(Postbox(), hostname="127.0.0.1", port=free_port())
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def site(server: Controller, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that sends mail, of an administration that is no demonstration."""
    settings = {
        "HRPLAN_EMAIL_HOST": server.hostname,
        "HRPLAN_EMAIL_PORT": str(server.port),
        "HRPLAN_EMAIL_SECURITY": "none",
        "HRPLAN_FROM_EMAIL": "Training office <training@hr.customs.example>",
    }
    with served(tmp_path_factory.mktemp("mailing"), FURNISH + ADDRESSED, **settings) as running:
        yield running


def places(site: Site) -> dict[str, set[Place]]:
    """What each address has places in: reference, first and last day."""
    found: dict[str, set[Place]] = {}
    for who, *place in json.loads(site.manage("shell", "-c", PLACES).splitlines()[-1]):
        found.setdefault(who, set()).add(tuple(place))
    return found


def released(page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/belize/calendar/release/")
    page.fill("#id_name", name)
    page.fill("#id_reason", "For the stations")
    follow(page, "main button:has-text('Release')")
    assert "The calendar is released as" in page.inner_text("main")


def received(page, site: Site, post: Postbox) -> list[tuple[str, bytes]]:
    """What came in, once the outbox holds nothing that is still to be sent."""
    for _ in range(600):
        page.goto(f"{site.url}/belize/calendar/outbox/")
        counted = page.text_content("main .stats").lower()
        if not any(words in counted for words in UNDER_WAY):
            break
        time.sleep(0.5)
    return post.mails


def moved_by_hand(page, site: Site) -> None:
    """Move a session of the working calendar by the form."""
    page.goto(f"{site.url}/belize/calendar/month/")
    first_months(page)
    follow(page, "[data-drag] a >> nth=0")
    follow(page, "a:has-text('Move')")
    page.wait_for_selector("#places tbody a")
    follow(page, "#places tbody a >> nth=0")
    page.fill("#id_reason", "The room is painted")
    follow(page, "button:has-text('Move the session')")
    page.wait_for_selector(OVER)
    assert "What changed" in page.inner_text("main")


def events(mails: list[tuple[str, bytes]]) -> list[tuple[str, str, dict[str, str]]]:
    """Of each mail: address, method, and what its one event says."""
    found = []
    for to, data in mails:
        calendar = read(parts(data)[2].get_payload(decode=True))
        (event,) = calendar.events
        found.append((to, calendar.values["METHOD"], event.values))
    return found


def test_the_invitation_that_a_release_promises_is_received_and_a_moved_session_updates_it(
    site, server, sign_in
):
    post = server.handler
    head, desk = sign_in("head"), sign_in("hr")
    for page in (head, desk):
        page.set_default_timeout(LONG)
    before = places(site)

    released(head, site, "First release")
    first = events(received(head, site, post))

    assert sorted(to for to, *_ in first) == sorted(who for who in before for _ in before[who])
    assert {(method, said["SEQUENCE"]) for _, method, said in first} == {("REQUEST", "0")}
    identifiers = {said["UID"]: to for to, _, said in first}
    assert len(identifiers) == len(first)
    assert all(uid.endswith("@hr.customs.example") for uid in identifiers)
    told = {address: {said["DTSTART"] for to, _, said in first if to == address}
            for address in before}  # fmt: skip
    assert told == {address: days(held) for address, held in before.items()}

    moved_by_hand(desk, site)
    after = places(site)
    released(head, site, "Second release")
    second = events(received(head, site, post)[len(first) :])

    changed = {who for who in before.keys() | after.keys() if before.get(who) != after.get(who)}
    assert {to for to, *_ in second} == changed
    assert 0 < len(changed) < len(before)
    updated = [(to, said) for to, method, said in second
               if method == "REQUEST" and said["UID"] in identifiers]  # fmt: skip
    assert updated
    assert all(identifiers[said["UID"]] == to for to, said in updated)
    assert {said["SEQUENCE"] for _, said in updated} == {"1"}
    for address in changed:
        held = post.inbox(address).entries.values()
        assert {one.values["DTSTART"] for one in held} == days(after.get(address, set())), address


def days(held: set[Place]) -> set[str]:
    """First days as a calendar program writes them."""
    return {date.fromisoformat(first).strftime("%Y%m%d") for _code, first, _last in held}
