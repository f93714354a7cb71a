"""REST as a whole: whatever the schema allows to be sent is answered, never with a server error."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.renderers import JSONRenderer

from hrplan.core.models import Member, Role
from tests.furnish import SLUG, furnished
from tests.routes import fill
from tests.rows import rows_of

pytestmark = [pytest.mark.whole, pytest.mark.both]

FEW, MANY = 3, 50  # requests an operation: each time, and when there is time
SEEN = {200, 201, 202, 204, 400, 403, 404, 405, 409, 415}


@pytest.fixture(scope="module")
def client(django_db_setup: None, django_db_blocker) -> Iterator[Client]:
    with django_db_blocker.unblock(), furnished() as administration:
        signed_in = Client(raise_request_exception=False)
        member = Member.objects.get(administration=administration, role=Role.HR_OFFICER)
        signed_in.force_login(member.user)
        signed_in.rows = rows_of(administration)
        yield signed_in


SCHEMA = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


def address(case: schemathesis.Case, rows: dict[str, object]) -> str:
    """The operation's address with real rows in it, so that more than a 404 is reached."""
    route = case.path.lstrip("/")
    for name in case.path_parameters or {}:
        kind = "slug" if name == "administration" else "int"
        route = route.replace("{" + name + "}", f"<{kind}:{name}>")
    return fill(route, SLUG, rows) or case.formatted_path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: f"{o.method} {o.path}")
def test_no_request_meets_a_server_error(operation, client, db):
    _send(operation, client, FEW)


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: f"{o.method} {o.path}")
def test_none_of_many_requests_meets_a_server_error(operation, client, db):
    _send(operation, client, MANY)


def _send(operation: schemathesis.schemas.APIOperation, client: Client, examples: int) -> None:
    @settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case: schemathesis.Case) -> None:
        url = address(case, client.rows)
        if case.query:
            url = f"{url}?{urlencode(case.query, doseq=True)}"
        body = None if isinstance(case.body, schemathesis.core.NotSet) else case.body
        with transaction.atomic():
            answer = client.generic(
                case.method.upper(), url, _json(body), content_type="application/json"
            )
            transaction.set_rollback(True)
        assert answer.status_code in SEEN, (answer.status_code, answer.content[:500])

    send()


def _json(body: object) -> bytes:

    return b"" if body is None else JSONRenderer().render(body)


def test_the_schema_describes_a_resource_for_every_floor():
    prefixes = {
        operation.path.split("/")[4] for operation in OPERATIONS if SLUG not in operation.path
    }

    assert {
        "administration",
        "units",
        "exercises",
        "modules",
        "strategies",
        "activities",
    } <= prefixes


def test_every_response_is_described_or_has_no_body():
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]

    undescribed = [
        (method, path, status)
        for path, operations in described.items()
        for method, operation in operations.items()
        for status, response in operation["responses"].items()
        for content in response.get("content", {}).values()
        if not content.get("schema")
    ]

    assert undescribed == []
