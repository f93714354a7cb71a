"""Furnishing the demonstration: seats, shipped content, then an import like any other."""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import MemberScope, StaffMember, Unit
from competencies.usecases import framework_imports, frameworks
from diagnostics.models import Exercise, Participant, Workshop
from diagnostics.usecases import exercises, findings, joining, rounds, tables, workshops
from hrplan import workbook
from hrplan.core.models import Administration, Member, Role, User
from hrplan.demonstration.assessments import (
    hold_a_campaign,
    say_who_rated,
    sign_for_promotion,
)
from hrplan.demonstration.clear import clear
from hrplan.demonstration.content import Tables, demonstration
from hrplan.demonstration.diagnosis import FORM
from hrplan.demonstration.framework import begin_next_framework
from hrplan.demonstration.funding import name_sources
from hrplan.demonstration.needs import rule_on_needs
from hrplan.demonstration.strategy import counted_baselines
from hrplan.demonstration.texts import text
from hrplan.exchange import preview, write
from hrplan.strategy.models import Indicator
from hrplan.strategy.usecases.computed import computed_indicators
from training_calendar.usecases.accounts import begin_chart
from training_calendar.usecases.catalogue import adopt_catalogue

ACADEMY = Path(__file__).with_name("texts") / "regional-academy.csv"
CENT, TENTH = Decimal("0.01"), Decimal("0.1")
EMAIL = "{account}@{slug}.example"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
PASSWORD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration; the password is known only here."""

    email: str
    role: Role
    function: str
    password: str


@dataclass(frozen=True, slots=True)
class Furnished:
    """What was furnished: rows taken in by table, and one account a role."""

    administration: Administration
    rows: Mapping[str, int]
    findings: int
    accounts: tuple[Account, ...]
    join_code: str


@transaction.atomic
def furnish(slug: str, seed: int) -> Furnished:
    """Make the demonstration administration of that name anew. Refused where a real one has it."""
    administration = _administration(slug, seed)
    clear(administration)
    frameworks.adopt_framework(administration, by=None)
    frameworks.adopt_profiles(administration, by=None)
    exercises.adopt_questionnaires(administration, by=None)
    adopt_catalogue(administration, by=None)
    begin_chart(administration)
    rows = _take_in(administration, demonstration(seed))
    _count_baselines(administration)
    accounts = _accounts(administration)
    _bring_a_framework(administration)
    code = _hold_the_workshops(administration)
    exercise = Exercise.objects.of(administration).get(code=text("exercise")["exercise"]["code"])
    ranked = findings.conclude_findings(exercise, by=None)
    begin_next_framework(administration)
    hold_a_campaign(administration)
    sign_for_promotion(administration)
    say_who_rated(administration)
    rule_on_needs(administration)
    name_sources(administration)
    return Furnished(administration, rows, ranked.count, accounts, code)


def _administration(slug: str, seed: int) -> Administration:
    administration = Administration.objects.filter(slug=slug).first()
    if administration is None:
        administration = Administration(slug=slug, is_demonstration=True)
    if not administration.is_demonstration:
        words = _("“%(slug)s” is a real administration; choose another name for the demonstration.")
        raise ValidationError(words % {"slug": slug})
    content = text("administration")
    for name, value in content.items():
        if name != "accounts":
            setattr(administration, name, value)
    administration.seed = seed
    administration.full_clean()
    administration.save()
    return administration


def _take_in(administration: Administration, tables: Tables) -> dict[str, int]:
    """Write the tables to a folder and import it, as any administration would its own."""
    with tempfile.TemporaryDirectory() as folder:
        write.write_folder(tables, workbook.WORKBOOK, Path(folder))
        seen = workbook.import_preview(administration, Path(folder), preview.Existing.STOP)
    if seen.refused:
        raise ValidationError([str(fault) for fault in seen.faults])
    return workbook.take_in(administration, seen, by=None)


def _count_baselines(administration: Administration) -> None:
    """State as baseline what the rows give for the indicators that leave it to them."""
    counted = computed_indicators(administration, counted_baselines())
    values = {one.code: one.value for one in counted if one.value is not None}
    rows = Indicator.objects.of(administration).filter(code__in=values)
    for row in rows:
        exact = Decimal(str(values[row.code]))
        row.baseline = exact.quantize(CENT if abs(exact) < 1 else TENTH, rounding=ROUND_HALF_UP)
    Indicator.objects.bulk_update(rows, ["baseline"])


def _accounts(administration: Administration) -> tuple[Account, ...]:
    return tuple(_account(administration, line) for line in text("administration")["accounts"])


def _bring_a_framework(administration: Administration) -> None:
    """Take in the framework of a regional academy, beside the one in force."""
    seats = Member.objects.filter(administration=administration)
    officer = seats.get(role=Role.HR_OFFICER)
    sent = SimpleUploadedFile(ACADEMY.name, ACADEMY.read_bytes())
    framework_imports.confirm(framework_imports.receive([sent], by=officer), {}, by=officer)


def _account(administration: Administration, line: Mapping[str, Any]) -> Account:
    """One seat with its scope; the holder's name is that of the staff member it stands for."""
    email = EMAIL.format(account=line["account"], slug=administration.slug)
    person = _person(administration, line.get("holds"))
    given, family = person.name.split(" ", 1) if person else line["name"]
    user, _made = User.objects.update_or_create(
        email=email, defaults={"first_name": given, "last_name": family}
    )
    password = "".join(secrets.choice(LETTERS) for _place in range(PASSWORD_LENGTH))
    user.set_password(password)
    user.save()
    member = Member.objects.create(
        administration=administration, user=user, role=line["role"], function=line["function"]
    )
    if person:
        unit = Unit.objects.of(administration).filter(code=line.get("manages")).first()
        MemberScope.objects.create(member=member, staff_member=person, unit=unit)
    if "participant" in line:
        places = Participant.objects.filter(workshop__administration=administration)
        places.filter(code=line["participant"]).update(member=member)
    return Account(email, Role(line["role"]), line["function"], password)


def _person(administration: Administration, holds: list[str] | None) -> StaffMember | None:
    if holds is None:
        return None
    unit, rank = holds
    rows = StaffMember.objects.of(administration).filter(unit__code=unit, rank=rank, left_on=None)
    return rows.order_by("code").first()


def _hold_the_workshops(administration: Administration) -> str:
    """Name who leads, close the one that was held, let people into the other; its code.

    The other votes on the weights of the domains, too.
    """
    facilitator = Member.objects.get(administration=administration, role=Role.FACILITATOR)
    held, planned = Workshop.objects.of(administration).order_by("starts_on")
    for workshop in (held, planned):
        workshops.name_facilitator(workshop, facilitator, by=None)
    workshops.close_workshop(held, by=None)
    tables.put_to_vote(planned.exercise, f"domains:{FORM}", by=facilitator)
    code = joining.open_joining(planned, by=facilitator)
    rounds.show_next_question(planned, by=facilitator)
    return joining.spaced_code(code.code)
