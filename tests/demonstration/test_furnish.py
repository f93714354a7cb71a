"""The demonstration as it is furnished: an import like any other."""

from io import StringIO
from time import perf_counter

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import override_settings

from competencies.models import Assessment, StaffMember
from competencies.usecases.gaps import gap_analysis
from diagnostics.models import Finding, Workshop
from hrplan.core.models import Administration, AuditEntry, Member, Role
from hrplan.demonstration.clear import clear
from hrplan.demonstration.furnish import furnish
from hrplan.strategy.models import Indicator, Objective
from tests import make

LONGEST = 45.0  # [seconds] on a machine shared with others; alone it takes less than 15


@pytest.fixture(scope="module")
def belize(django_db_setup: None, django_db_blocker: object) -> object:
    """One furnished administration for all tests of this file that only look."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        begun = perf_counter()
        furnished = furnish("belize", 2016)
        took = perf_counter() - begun
        yield furnished, took
        clear(furnished.administration)
        furnished.administration.delete()


@pytest.mark.django_db
def test_it_is_marked_as_invented_and_stands_at_the_day_of_the_workshop(belize: tuple) -> None:
    administration = belize[0].administration

    assert administration.is_demonstration
    assert str(administration.as_of) == "2016-02-12"


@pytest.mark.django_db
def test_it_is_furnished_in_time(belize: tuple) -> None:
    assert belize[1] < LONGEST


@pytest.mark.django_db
def test_there_is_one_account_a_role_each_with_a_password_of_its_own(belize: tuple) -> None:
    accounts = belize[0].accounts

    assert {account.role for account in accounts} == set(Role)
    assert len({account.password for account in accounts}) == len(accounts)


@pytest.mark.django_db
def test_the_people_and_their_gaps_are_there(belize: tuple) -> None:
    administration = belize[0].administration

    assert StaffMember.objects.of(administration).serving().count() == 200
    assert Assessment.objects.of(administration).count() > 9000
    assert 0.25 <= _index(administration) <= 0.35


def _index(administration: Administration) -> float:
    value = Indicator.objects.of(administration).get(code="K10").baseline
    assert gap_analysis(administration).staff.shape[0] == 200
    return float(value) / 100


@pytest.mark.django_db
def test_the_workshop_is_closed_and_its_findings_are_concluded(belize: tuple) -> None:
    administration = belize[0].administration
    found = Finding.objects.of(administration)

    assert Workshop.objects.of(administration).get().is_closed
    assert belize[0].findings == 42
    assert found.filter(kind="strength").count() == 5
    assert not found.filter(kind="weakness", causes=None).exists()


@pytest.mark.django_db
def test_each_objective_has_an_indicator_with_baseline_target_owner_and_source(
    belize: tuple,
) -> None:
    administration = belize[0].administration
    complete = Indicator.objects.of(administration).exclude(baseline=None).exclude(target=None)
    served = complete.exclude(owner="").exclude(source="").values("objective")

    assert not Objective.objects.of(administration).exclude(pk__in=served).exists()


@pytest.mark.django_db
def test_the_import_is_on_the_trail(belize: tuple) -> None:
    trail = AuditEntry.objects.of(belize[0].administration)

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
