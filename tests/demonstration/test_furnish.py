"""The demonstration as it is furnished: an import like any other."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from competencies.models import Assessment, StaffMember
from competencies.usecases.gaps import gap_analysis
from diagnostics.models import Finding, Workshop
from diagnostics.usecases import joining
from hrplan.core.models import Administration, AuditEntry, Member, Role
from hrplan.demonstration.clear import clear
from hrplan.demonstration.furnish import Furnished, furnish
from hrplan.strategy.models import Indicator, Objective
from tests import make

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def belize(django_db_setup: None, django_db_blocker: object) -> Iterator[Furnished]:
    """One furnished administration for all tests of this file that only look; then gone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield furnish("belize", 2016)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_is_marked_as_invented_and_stands_at_the_day_of_the_workshop(belize: Furnished) -> None:
    administration = belize.administration

    assert administration.is_demonstration
    assert str(administration.as_of) == "2016-02-12"


@pytest.mark.django_db
def test_there_is_one_account_a_role_each_with_a_password_of_its_own(belize: Furnished) -> None:
    accounts = belize.accounts

    assert {account.role for account in accounts} == set(Role)
    assert len({account.password for account in accounts}) == len(accounts)


@pytest.mark.django_db
def test_the_people_and_their_gaps_are_there(belize: Furnished) -> None:
    administration = belize.administration

    assert StaffMember.objects.of(administration).serving().count() == 200
    assert Assessment.objects.of(administration).count() > 9000
    assert 0.25 <= _index(administration) <= 0.35


def _index(administration: Administration) -> float:
    value = Indicator.objects.of(administration).get(code="K10").baseline
    assert gap_analysis(administration).staff.shape[0] == 200
    return float(value) / 100


@pytest.mark.django_db
def test_the_workshop_is_closed_its_findings_concluded_and_the_next_one_open(
    belize: Furnished,
) -> None:
    administration = belize.administration
    found = Finding.objects.of(administration)

    held, planned = Workshop.objects.of(administration).order_by("starts_on")
    assert (held.is_closed, planned.is_closed) == (True, False)
    assert joining.workshop_of(belize.join_code) == planned
    assert belize.findings == 42
    assert found.filter(kind="strength").count() == 5
    assert not found.filter(kind="weakness", causes=None).exists()


@pytest.mark.django_db
def test_each_objective_has_an_indicator_with_baseline_target_owner_and_source(
    belize: Furnished,
) -> None:
    administration = belize.administration
    complete = Indicator.objects.of(administration).exclude(baseline=None).exclude(target=None)
    served = complete.exclude(owner="").exclude(source="").values("objective")

    assert not Objective.objects.of(administration).exclude(pk__in=served).exists()


@pytest.mark.django_db
def test_the_import_is_on_the_trail(belize: Furnished) -> None:
    trail = AuditEntry.objects.of(belize.administration)

    assert trail.filter(action="import").count() == 1


def test_a_real_administration_is_never_overwritten(customs: Administration) -> None:
    with pytest.raises(ValidationError):
        furnish("customs", 1)


def test_an_installation_in_earnest_refuses_the_command(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HRPLAN_DEMONSTRATION", raising=False)

    with override_settings(DEBUG=False), pytest.raises(CommandError):
        call_command("demo", administration="earnest", stdout=StringIO())

    assert not Administration.objects.filter(slug="earnest").exists()


def test_clearing_leaves_the_rows_of_others_alone(
    customs: Administration, elsewhere: Administration
) -> None:
    make.member(customs, Role.HEAD, "carol")
    mallory = make.member(elsewhere, Role.HEAD, "mallory")

    clear(customs)

    seats = Member.objects.filter(administration__in=[customs, elsewhere])
    assert list(seats) == [mallory]
