"""The house as a whole: every route of the resolver, walked with real rows."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrplan import journey, workbook
from hrplan.core.models import Administration, AuditEntry, Import, Member, Role, Run
from hrplan.strategy.models import Indicator, Measurement, Strategy
from hrplan.strategy.usecases.computed import COMPUTED
from tests import make
from tests.bench.walk import Page, walk
from tests.furnish import SLUG, furnished
from tests.routes import fill, open_routes, tenant_routes
from tests.rows import rows_of
from training_calendar.models import Budget, Module, Plan
from training_calendar.usecases import calendars
from training_calendar.usecases.cover import cover

pytestmark = [pytest.mark.whole, pytest.mark.both]

CHECKER = Path(__file__).parents[2] / "shared" / "planning" / "check.py"
TENANT = tenant_routes()
LEADING = ("ballots", "file", "merge", "paper")  # for the facilitator of the workshop alone
API = "api/v1/<slug:administration>/"
OWN_ROWS = {Role.MANAGER, Role.STAFF}  # the database narrows what they see
OTHERS = [
    role if role in OWN_ROWS else pytest.param(role, marks=pytest.mark.alike)
    for role in sorted(set(Role) - {Role.HR_OFFICER})
]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker) -> Iterator[Administration]:
    with django_db_blocker.unblock(), furnished() as administration:
        member = Member.objects.filter(administration=administration).first()
        Run.objects.create(administration=administration, kind="plan", by=member)
        Import.objects.create(administration=administration, name="a.csv", stored="none.csv")
        AuditEntry.objects.create(administration=administration, action="x", table="y", row="1")
        yield administration


@pytest.fixture(scope="module")
def mallory(house: Administration) -> Client:
    return client_of(make.member(make.administration("elsewhere"), Role.HR_OFFICER, "mallory"))


@pytest.fixture(scope="module")
def opened(house: Administration) -> dict[str, Page]:
    """Every page, opened once by the HR officer."""
    return {page.route: page for page in walk(SLUG)}


@pytest.fixture(scope="module")
def rows(house: Administration) -> dict[str, object]:
    return rows_of(house)


def client_of(member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.user)
    return client


def posted(client: Client) -> Callable[[str], HttpResponse]:
    """Posts nothing, as JSON to REST and as a form to pages."""

    def post(address: str) -> HttpResponse:
        kind = {"content_type": "application/json"} if address.startswith("/api/") else {}
        return client.post(address, {}, **kind)

    return post


def seat(house: Administration, role: Role) -> Member:
    found = Member.objects.filter(administration=house, role=role).first()
    return found or make.member(house, role, f"seat-{role}")


@pytest.mark.parametrize("route", TENANT)
def test_every_route_can_be_filled_with_a_real_row(route, db, rows):
    assert fill(route, SLUG, rows) is not None, "give tests/rows.py a row for it"


@pytest.mark.alike
@pytest.mark.parametrize("route", TENANT)
def test_a_stranger_gets_no_page(route, db, house, rows):
    client = Client(raise_request_exception=False)
    address = fill(route, SLUG, rows)

    for call in (client.get, client.post):
        response = call(address)
        assert response.status_code in ({401, 403, 405} if route.startswith(API) else {302, 405})
        if response.status_code == 302:
            assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("route", TENANT)
def test_a_member_of_another_administration_finds_none(route, db, mallory, rows):
    for call in (mallory.get, posted(mallory)):
        assert call(fill(route, SLUG, rows)).status_code in {404, 405}
        if "<int:pk>" in route:
            blind = {400} if route.startswith(API) else set()  # the body is read before the row
            assert call(fill(route, "elsewhere", rows)).status_code in {404, 405} | blind


@pytest.mark.parametrize("role", OTHERS, ids=str)
def test_no_role_meets_a_server_error(role, db, house, rows):
    client = client_of(seat(house, role))

    broken = {
        (route, status)
        for route in TENANT
        if (status := client.get(fill(route, SLUG, rows)).status_code) >= 500
    }

    assert broken == set()


def test_the_hr_officer_opens_every_page_that_can_be_opened(db, opened):
    refused = {page.route: page.status for page in opened.values() if page.status not in {200, 302}}
    of_who_leads = {f"<slug:administration>/workshops/<int:pk>/{page}/" for page in LEADING}

    alone = {
        f"{API}exercises/<int:pk>/comparison/": 404,  # there is no earlier exercise
        f"{API}versions/<int:pk>/comparison/": 404,  # there is one version
        "<slug:administration>/versions/<int:pk>/compare/file/": 404,
    }
    of_the_head = {"<slug:administration>/checks/<int:number>/override/": 403}
    own = {"<slug:administration>/ratings/<int:pk>/appeal/": 403}  # one appeals for oneself
    assert refused == dict.fromkeys(of_who_leads, 403) | alone | own | of_the_head
    assert len(opened) > len(TENANT) / 2


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_the_navigation_shows_a_role_only_what_it_may_open(role, db, house):
    member = seat(house, role)
    client = client_of(member)

    statuses = {
        item["url"]: client.get(item["url"]).status_code
        for step in journey.steps_of(member)
        for item in step["items"]
    }

    assert {url: s for url, s in statuses.items() if s != 200} == {}


def test_every_page_belongs_to_one_item_of_the_navigation(db, house, opened, rows):
    member = seat(house, Role.HR_OFFICER)
    apart = {"<slug:administration>/"}  # home

    active = {
        route: [item["url"] for step in steps for item in step["items"] if item["active"]]
        for route in opened
        if not route.startswith(API) and route not in apart
        for steps in [journey.steps_of(member, fill(route, SLUG, rows) or "")]
    }

    assert {route: items for route, items in active.items() if len(items) != 1} == {}


@pytest.mark.parametrize("step", journey.STEPS, ids=lambda step: step.key)
def test_every_page_of_the_navigation_exists(step):
    for item in step.items:
        assert reverse(item.url_name, args=[SLUG])


def test_no_page_asks_the_database_more_than_fifteen_times(db, opened):
    asked = {page.route: page.queries for page in opened.values() if page.many}
    copies = {route for route in asked if route.endswith("staff/<int:pk>/data/")}

    assert asked.keys() - copies == set(), asked
    assert all(asked[route] <= 24 for route in copies)  # a copy of a person asks once a table


@pytest.mark.parametrize("code", COMPUTED)
def test_nor_does_the_page_of_an_indicator_that_the_records_give(code, db, house):
    client = client_of(seat(house, Role.HR_OFFICER))
    strategy = Strategy.objects.get(administration=house, is_current=True)
    row, _made = Indicator.objects.get_or_create(
        administration=house, strategy=strategy, code=code, defaults={"title": code, "unit": "%"}
    )
    row.modules.set(Module.objects.filter(administration=house, sessions__isnull=False)[:3])
    Measurement.objects.get_or_create(
        administration=house, indicator=row, measured_on="2016-02-01", defaults={"value": 3}
    )
    cache.clear()

    with CaptureQueriesContext(connection) as asked:
        page = client.get(row.get_absolute_url())

    assert "Computed from the records on" in page.content.decode()
    assert len(asked) <= 15


def test_the_page_that_compares_plans_has_one_to_compare(db, house, rows):
    client = client_of(seat(house, Role.HR_OFFICER))

    page = client.get(fill("<slug:administration>/plans/<int:pk>/compare/", SLUG, rows))

    assert "Put it in force?" in page.content.decode()


def test_the_pages_that_compare_calendars_have_one_to_compare(db, house, rows):
    client = client_of(seat(house, Role.HR_OFFICER))
    routes = ("calendar/improvement/", "sessions/<int:pk>/replan/")

    dates, others = (client.get(fill(f"<slug:administration>/{one}", SLUG, rows)) for one in routes)

    assert "Take these dates?" in dates.content.decode()
    assert "The trainer is ill" in others.content.decode()


@pytest.mark.parametrize("role", OTHERS, ids=str)
@pytest.mark.parametrize("page", ["", "evaluation/"], ids=["first page", "evaluation"])
def test_nor_do_the_pages_that_gather_what_each_role_has_to_do(role, page, db, house):
    client = client_of(seat(house, role))
    client.get(f"/{SLUG}/{page}")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/{SLUG}/{page}")

    assert len(asked) <= 15


def test_pages_outside_an_administration_tell_a_stranger_nothing(db, house):
    client = Client(raise_request_exception=False)
    guess = {"<str:token>": "guess", "<slug:code>": "ABC234DEF", "<int:question>": "1"}
    guess["<int:pk>"] = "1"
    statuses = {}
    for route in open_routes():
        address = "/" + re.sub("<[^>]+>", lambda argument: guess[argument[0]], route)
        statuses[route] = client.get(address).status_code

    assert statuses == {
        "": 302,
        "api/v1/docs/": 403,
        "api/v1/schema/": 403,
        "feeds/<str:token>/calendar.ics": 404,
        "first/<str:token>/": 404,
        "health/": 200,
        "join/": 200,
        "join/<slug:code>/": 404,
        "join/me/<str:token>/": 404,
        "join/room/": 302,
        "join/room/questions/<int:question>/": 302,
        "join/room/submit/": 302,
        "join/room/vote/": 302,
        "review/<str:token>/": 404,
        "review/<str:token>/checklist/": 404,
        "review/<str:token>/documents/<int:pk>/": 404,
        "review/<str:token>/documents/<int:pk>/file/": 404,
        "review/<str:token>/lines/": 404,
        "review/<str:token>/say/": 405,
        "verify/<str:token>/": 404,
    }


def test_the_demonstration_says_on_every_page_that_it_is_invented(db, house):
    client = client_of(seat(house, Role.HR_OFFICER))

    page = client.get(f"/{SLUG}/").content.decode()

    assert "Invented demonstration data" in page


@pytest.mark.skipif(
    not CHECKER.exists(), reason="the independent checker is not beside the project"
)
def test_the_exported_calendar_breaks_no_rule_of_the_independent_checker(db, house, tmp_path):
    workbook.write_out(house, tmp_path)

    judged = subprocess.run(
        [sys.executable, str(CHECKER), str(tmp_path), str(tmp_path), "--json"],
        capture_output=True,
        text=True,
    )

    assert judged.returncode == 0, judged.stdout + judged.stderr
    told = json.loads(judged.stdout)
    assert (told["violations"], told["sessions"] > 50) == (0, True)


def test_the_demonstration_plans_in_every_quarter_to_the_limit_and_says_what_it_leaves_out(
    db, house
):
    plan = Plan.objects.get(administration=house, is_current=True)
    quarters = Budget.objects.filter(administration=house)
    held = set(plan.calendar.sessions.values_list("starts_on", flat=True))
    reasons = set(plan.needs.filter(is_met=False).values_list("reason", flat=True))

    empty = [
        quarter.quarter
        for quarter in quarters
        if not any(quarter.starts_on <= day <= quarter.ends_on for day in held)
    ]
    assert (empty, calendars.conflicts(plan.calendar)) == ([], ())
    assert len(reasons) >= 3
    stations = cover(plan.calendar).stations
    assert sum(cell.binding_days for station in stations for cell in station.cells) > 0
