"""A demonstration furnished once for a whole test file, rolled back after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from io import StringIO
from typing import Any
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from diagnostics.models import Questionnaire
from diagnostics.usecases import questionnaires
from hrplan.core import runs
from hrplan.core.models import Administration, Holiday, Member, Role
from hrplan.deliverables.models import ReviewLink, Submission, Verdict
from hrplan.deliverables.usecases import (
    chain,
    comments,
    links,
    submissions,
    versions,
    word_templates,
)
from hrplan.imports.usecases import exports
from tests.documents.make_templates import letterhead
from training_calendar.models import Calendar, Certificate, Enrolment, ExchangeRate, Plan, Venue
from training_calendar.solver import check as checker
from training_calendar.solver import lagrange
from training_calendar.solver.facts import Instance
from training_calendar.solver.solution import Solution
from training_calendar.usecases import calendars, feeds, improving, releases, replanning

SLUG = "belize"
STEPS = 20  # of the bound: it holds wherever it is cut off


@contextmanager
def furnished(*, effort: int = 2) -> Iterator[Administration]:
    """The demonstration with plan, calendar and documents' rows; gone at the end."""
    with transaction.atomic():
        administration = furnish(effort=effort)
        connection.check_constraints()  # once, instead of after each test of the file
        yield administration
        transaction.set_rollback(True)


def planned(*, effort: int = 2) -> Administration:
    """The demonstration with its plan; a weak bound and hasty scenarios fill the pages as well."""

    def quietly(*words: str, **options: Any) -> None:
        call_command(*words, stdout=StringIO(), stderr=StringIO(), **options)

    quietly("demo", administration=SLUG)
    administration = Administration.objects.get(slug=SLUG)
    few = {"scenarios": [0.8, 1.0], "scenario_effort": 1}
    planning = administration.constants.get("planning", {}) | few
    administration.constants = administration.constants | {"planning": planning}
    administration.save()
    with patch.multiple(lagrange, FEWEST=STEPS, MOST=STEPS):
        quietly("plan", SLUG, effort=effort)
    administration.refresh_from_db()
    return administration


def furnish(*, effort: int = 2) -> Administration:
    """The same, for good."""
    administration = planned(effort=effort)
    officer = Member.objects.get(administration=administration, role=Role.HR_OFFICER)
    made = versions.freeze(administration, by=officer)
    rated = Questionnaire.objects.get(administration=administration, kind="maturity")
    questionnaires.begin_version(rated, by=officer)
    chain.state_usual(administration, by=officer)
    sent = submissions.make_submission(administration, by=officer)
    head = Member.objects.get(administration=administration, role=Role.HEAD)
    place = comments.places_of(made[0])[0].anchor
    comments.comment(made[0], anchor=place, text="Say who pays.", by=head)
    file = SimpleUploadedFile("letterhead.docx", letterhead())
    word_templates.add_template(administration, file, by=officer)
    calendar = calendars.current_calendar(administration)
    propose(calendar)
    releases.release(calendar, name="First", reason="The plan is adopted", by=head)
    room = Venue.objects.filter(administration=administration).first()
    feeds.make_feed("room", room.pk, by=officer)
    ExchangeRate.objects.create(
        administration=administration, currency="USD", rate=2, on="2016-02-01", source="Bank"
    )
    answered(sent, by=officer)
    certify(calendar.enrolments.select_related("module__provider", "staff_member").first())
    exports.export_task.func(exports.ask(by=officer).pk)
    Holiday.objects.get_or_create(
        administration=administration, date="2016-04-03", defaults={"name": "Customs Sunday"}
    )
    look_for_others(calendar, by=officer)
    return administration


def propose(calendar: Calendar) -> Plan:
    """A plan beside the one in force, with the last session of that one alone, and nobody in it."""
    session = calendar.sessions.select_related("intervention").order_by("-starts_on", "pk").first()
    plan = _again(calendar.plan, state=Plan.State.PROPOSED, is_current=False)
    beside = _again(calendar, plan=plan, violations=[])
    line = _again(session.intervention, plan=plan, rank=plan.interventions.count() + 1000)
    _again(session, calendar=beside, intervention=line)
    return plan


def look_for_others(calendar: Calendar, *, by: Member) -> None:
    """Better dates and a re-plan that wait to be taken: in both the first session is gone."""
    session = calendar.sessions.select_related("calendar__plan", "administration").first()
    dates = improving.ask_for_schedule(calendar, by=by)
    with patch.object(improving, "_searched", _without_first):
        runs.carry_out(dates.pk, improving._work)
    others = replanning.ask_for_replan(session, reason="The trainer is ill", by=by)
    with patch.object(replanning, "_refuse_worse"):
        runs.carry_out(others.pk, replanning._work)


def _without_first(calendar: Calendar, instance: Instance, *_: Any, **_options: Any) -> Solution:
    sessions = improving._sessions(calendar)[1:]
    found = checker.check(instance, sessions)
    return Solution(sessions, found, None, (), (), seconds=0, effort=0, seed=0)


def _again(row: Any, **fields: Any) -> Any:
    """The same row a second time, but for these fields."""
    made = copy(row)
    made.pk, made._state.adding = None, True
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def answered(sent: Submission, *, by: Member) -> None:
    """A delegation, a link that nobody opened, and a signed page that counts no more."""
    head = Member.objects.get(administration=sent.administration, role=Role.HEAD)
    today = timezone.localdate()
    chain.delegate(to=head, starts_on=today, ends_on=today, by=by)
    ReviewLink.objects.create(
        administration=sent.administration, submission=sent, name="A. Reader",
        secret=links.digest("a-secret-that-nobody-guesses"), expires_on=today, made_by=by,
    )  # fmt: skip
    step = sent.steps.filter(stage="technical").first()
    name = "signed/furnished.pdf"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"%PDF-1.4"))
    Verdict.objects.create(step=step, move="query", said_by="B. Signer", is_void=True, paper=name)


def certify(place: Enrolment) -> Certificate:
    """A certificate of a place, as if it had been completed."""
    return Certificate.objects.create(
        administration=place.staff_member.administration,
        staff_member=place.staff_member,
        module=place.module,
        number="2016-0001",
        token="a-token-that-nobody-guesses",
        title=place.module.title,
        provider=place.module.provider.name,
        hours=place.module.hours,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        issued_on=place.ends_on,
    )
