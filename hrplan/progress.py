"""How far an administration is on each step of the journey, in words, and what is next."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import Assessment, JobProfile, StaffMember, Unit
from diagnostics.models import Agreement, Finding
from diagnostics.usecases.results import current_exercise
from hrplan.core.access import OFFICE
from hrplan.core.figures import money, number
from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables.models import DocumentKind, DocumentVersion, State, Submission
from hrplan.deliverables.usecases.submissions import OVER
from hrplan.strategy.models import Indicator, Milestone
from training_calendar.models import Calendar, CostLine, Enrolment, Need, Plan, TrainingSession
from training_calendar.usecases import calendars

HR = frozenset({Role.HR_OFFICER})
PREPARERS = HR | {Role.FACILITATOR}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a step is: what stands, and what to do next, on which page, by whose roles."""

    done: bool
    summary: str
    action: str = ""
    url_name: str = ""
    roles: frozenset[Role] = HR


def journey(member: Member, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The member's steps with state (done, current, waiting), words and the thing to do next.

    What to do is told to those alone whose role does it.
    """
    words = {
        "done": _("Done"),
        "current": _("Next"),
        "waiting": _("Waiting"),
    }
    counts = _counts(member.administration)
    found = False
    told = []
    for step in steps:
        standing = SAYS[step["key"]](member.administration, counts)
        state = "done" if standing.done else "waiting" if found else "current"
        found = found or not standing.done
        told.append(
            {
                **step,
                "state": state,
                "words": words[state],
                "summary": standing.summary,
                "url": step["items"][0]["url"],
                **_action(member, standing),
            }
        )
    return told


def _action(member: Member, standing: Standing) -> dict[str, str]:
    """What the member can do about a step, and where; nothing where others do it."""
    if not standing.action or member.role not in standing.roles:
        return {"action": "", "action_url": ""}
    url = reverse(standing.url_name, args=[member.administration.slug])
    return {"action": standing.action, "action_url": url}


def _number(rows: QuerySet[Any], count: Count | None = None) -> Coalesce:
    """How many rows there are, or what else is counted of them, as a part of another query."""
    alone = rows.order_by().annotate(all=Value(1)).values("all")
    counted = alone.annotate(n=count or Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each kind stand; `kinds` are the documents that have a version."""

    staff: int
    units: int
    profiles: int
    rated: int
    ratings: int
    milestones: int
    reached: int
    indicators: int
    kinds: int


def _counts(administration: Administration) -> Counts:
    """All of them in one query."""
    ratings = Assessment.objects.of(administration)
    people = StaffMember.objects.of(administration)
    milestones = Milestone.objects.of(administration).filter(initiative__cut_on=None)
    documents = DocumentVersion.objects.of(administration)
    rows = {
        "staff": people.serving(),
        "units": Unit.objects.of(administration),
        "profiles": JobProfile.objects.of(administration).filter(state=JobProfile.State.APPROVED),
        "rated": people.filter(Exists(ratings.filter(staff_member=OuterRef("pk")))),
        "ratings": ratings,
        "milestones": milestones,
        "reached": milestones.exclude(done_on=None),
        "indicators": Indicator.objects.filter(strategy__administration=administration),
    }
    asked = {name: _number(one) for name, one in rows.items()}
    asked["kinds"] = _number(documents, Count("kind", distinct=True))
    found = Administration.objects.values_list(*asked.values()).get(pk=administration.pk)
    return Counts(**dict(zip(asked, found, strict=True)))


def _numbers(administration: Administration, *rows: QuerySet[Any]) -> tuple[int, ...]:
    """How many rows each of them has, in one query."""
    asked = Administration.objects.values_list(*(_number(one) for one in rows))
    return tuple(asked.get(pk=administration.pk))


def _prepare(_administration: Administration, counts: Counts) -> Standing:
    staff, units = counts.staff, counts.units
    if not staff:
        return Standing(False, _("No staff list yet."), _("Import units and staff"), "import_list")
    people = ngettext("%(n)s person", "%(n)s people", staff) % {"n": number(staff)}
    places = ngettext("%(n)s unit", "%(n)s units", units) % {"n": number(units)}
    return Standing(True, _("%(people)s in %(units)s.") % {"people": people, "units": places})


def _diagnose(administration: Administration, _counts: Counts) -> Standing:
    page = "diagnostics:exercise_list"
    exercise = current_exercise(administration)
    if exercise is None:
        told = _("No diagnostic yet.")
        return Standing(False, told, _("Begin an exercise"), page, PREPARERS)
    agreed, findings = _numbers(
        administration,
        Agreement.objects.filter(workshop__exercise=exercise),
        Finding.objects.filter(exercise=exercise, rank__gt=0),
    )
    told = _("%(exercise)s: %(agreed)s ratings agreed, %(findings)s findings.")
    figures = {"agreed": number(agreed), "findings": number(findings)}
    summary = told % {"exercise": exercise.title, **figures}
    return Standing(findings > 0, summary, _("Conclude the findings"), page, PREPARERS)


def _profile(_administration: Administration, counts: Counts) -> Standing:
    if not counts.profiles:
        page, told = "competencies:profile_list", _("No job profile is approved yet.")
        return Standing(False, told, _("Approve job profiles"), page, OFFICE)
    told = _("%(profiles)s approved profiles; %(people)s people assessed in %(ratings)s ratings.")
    figures = {
        "profiles": number(counts.profiles),
        "people": number(counts.rated),
        "ratings": number(counts.ratings),
    }
    return Standing(counts.rated > 0, told % figures, _("Import assessments"), "import_list")


def _plan(administration: Administration, _counts: Counts) -> Standing:
    lines = CostLine.objects.filter(intervention__plan=OuterRef("pk"), is_opportunity=False)
    cash = lines.order_by().values("intervention__plan").annotate(total=Sum("amount"))
    needs = Need.objects.filter(plan=OuterRef("pk"))
    rows = Plan.objects.of(administration).filter(is_current=True)
    plan = rows.annotate(
        cost=Coalesce(Subquery(cash.values("total")), Decimal(0)),
        met=_number(needs.filter(is_met=True)),
        asked=_number(needs),
    ).first()
    if plan is None:
        page, told = "training_calendar:plan", _("No development plan yet.")
        return Standing(False, told, _("Make the plan"), page)
    told = _("%(met)s of %(asked)s needs met for %(cost)s.")
    figures = {"met": number(plan.met), "asked": number(plan.asked)}
    return Standing(True, told % {**figures, "cost": money(plan.cost, administration.currency)})


def _schedule(administration: Administration, _counts: Counts) -> Standing:
    rows = Calendar.objects.of(administration).select_related("administration")
    found = rows.filter(plan__is_current=True)
    calendar = found.annotate(
        held=_number(TrainingSession.objects.filter(calendar=OuterRef("pk"))),
        places=_number(Enrolment.objects.filter(calendar=OuterRef("pk"))),
    ).first()
    if calendar is None:
        page, told = "training_calendar:plan", _("No calendar yet.")
        return Standing(False, told, _("Make the plan with its calendar"), page)
    conflicts = calendars.conflicts(calendar)
    told = _("%(sessions)s sessions with %(places)s places; %(conflicts)s conflicts.")
    figures = {
        "sessions": number(calendar.held),
        "places": number(calendar.places),
        "conflicts": number(len(conflicts)),
    }
    page = "training_calendar:calendar"
    return Standing(not conflicts, told % figures, _("Mend the conflicts"), page)


def _decide(administration: Administration, counts: Counts) -> Standing:
    last = _last_submissions(administration)
    if not last and counts.kinds < len(DocumentKind):
        told = _("%(kinds)d of %(all)d documents have a version.")
        figures = {"kinds": counts.kinds, "all": len(DocumentKind)}
        page = "deliverables:document_list"
        return Standing(False, told % figures, _("Make the documents"), page)
    page = "deliverables:submission_list"
    if not last:
        told = _("The documents stand; nothing is submitted.")
        return Standing(False, told, _("Submit the documents"), page)
    words, found = _("Submission %(n)d: %(state)s."), sorted(set(last.values()))
    sent = [words % {"n": number, "state": State(state).label} for number, state in found]
    left = [str(kind.label) for kind in DocumentKind if kind not in last]
    sent += [_("Not submitted: %(documents)s.") % {"documents": ", ".join(left)}] if left else []
    approved = not left and all(state in OVER for _number, state in found)
    everybody = frozenset(Role)
    return Standing(approved, " ".join(sent), _("See the submissions"), page, everybody)


def _last_submissions(administration: Administration) -> dict[str, tuple[int, str]]:
    """Document -> number and state of the last submission that it is in."""
    rows = Submission.objects.of(administration).order_by("number")
    told = rows.exclude(versions=None).values_list("versions__kind", "number", "state")
    return {kind: (number, state) for kind, number, state in told}


def _follow_up(_administration: Administration, counts: Counts) -> Standing:
    told = _("%(done)s of %(asked)s milestones reached; %(indicators)s indicators are kept.")
    figures = {
        "done": number(counts.reached),
        "asked": number(counts.milestones),
        "indicators": number(counts.indicators),
    }
    page = "strategy:initiative_list"
    return Standing(False, told % figures, _("Record what was reached"), page)


SAYS = {
    "prepare": _prepare,
    "diagnose": _diagnose,
    "profile": _profile,
    "plan": _plan,
    "schedule": _schedule,
    "decide": _decide,
    "follow-up": _follow_up,
}
