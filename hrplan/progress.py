"""How far an administration is on each step of the journey, in words, and what is next."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import Assessment, JobProfile, StaffMember, Unit
from diagnostics.models import Agreement, Finding
from diagnostics.usecases.results import current_exercise
from hrplan.core.figures import number
from hrplan.core.models import Administration, Member
from hrplan.deliverables.models import DocumentKind, DocumentVersion, Submission
from hrplan.strategy.models import Indicator, Milestone
from training_calendar.models import Calendar, CostLine, Enrolment, Need, Plan, TrainingSession

Sentence = tuple[bool, str, str]  # done, what stands, what to do next


def journey(member: Member, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The member's steps with state (done, current, waiting), words and the thing to do next."""
    words = {
        "done": _("Done"),
        "current": _("Next"),
        "waiting": _("Waiting"),
    }
    found = False
    told = []
    for step in steps:
        done, summary, action = SAYS[step["key"]](member.administration)
        state = "done" if done else "waiting" if found else "current"
        found = found or not done
        url = step["items"][0]["url"]
        told.append(
            {
                **step,
                "state": state,
                "words": words[state],
                "summary": summary,
                "action": action,
                "url": url,
            }
        )
    return told


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _numbers(administration: Administration, *rows: QuerySet[Any]) -> tuple[int, ...]:
    """How many rows each of them has, in one query."""
    asked = Administration.objects.values_list(*(_number(one) for one in rows))
    return tuple(asked.get(pk=administration.pk))


def _prepare(administration: Administration) -> Sentence:
    staff, units = _numbers(
        administration,
        StaffMember.objects.of(administration).serving(),
        Unit.objects.of(administration),
    )
    if not staff:
        return False, _("No staff list yet."), _("Import units and staff")
    people = ngettext("%(n)d person", "%(n)d people", staff) % {"n": staff}
    return True, _("%(people)s in %(units)d units.") % {"people": people, "units": units}, ""


def _diagnose(administration: Administration) -> Sentence:
    exercise = current_exercise(administration)
    if exercise is None:
        return False, _("No diagnostic yet."), _("Begin an exercise")
    agreed, findings = _numbers(
        administration,
        Agreement.objects.filter(workshop__exercise=exercise),
        Finding.objects.filter(exercise=exercise, rank__gt=0),
    )
    told = _("%(exercise)s: %(agreed)d ratings agreed, %(findings)d findings.")
    summary = told % {"exercise": exercise.title, "agreed": agreed, "findings": findings}
    return findings > 0, summary, _("Conclude the findings")


def _profile(administration: Administration) -> Sentence:
    profiles = JobProfile.objects.of(administration).filter(state=JobProfile.State.APPROVED).count()
    rated = Assessment.objects.of(administration).aggregate(
        ratings=Count("pk"), people=Count("staff_member", distinct=True)
    )
    if not profiles:
        return False, _("No job profile is approved yet."), _("Approve job profiles")
    told = _("%(profiles)d approved profiles; %(people)d people assessed in %(ratings)d ratings.")
    return rated["people"] > 0, told % {"profiles": profiles, **rated}, _("Import assessments")


def _plan(administration: Administration) -> Sentence:
    plan = Plan.objects.of(administration).filter(is_current=True).first()
    if plan is None:
        return False, _("No development plan yet."), _("Make the plan")
    lines = CostLine.objects.filter(intervention__plan=plan, is_opportunity=False)
    cost = lines.aggregate(total=Sum("amount"))["total"] or 0
    needs = Need.objects.filter(plan=plan).aggregate(
        met=Count("pk", filter=Q(is_met=True)), asked=Count("pk")
    )
    told = _("%(met)d of %(asked)d needs met for %(currency)s %(cost)s.")
    figures = {**needs, "currency": administration.currency, "cost": number(cost)}
    return True, told % figures, ""


def _schedule(administration: Administration) -> Sentence:
    found = Calendar.objects.of(administration).filter(plan__is_current=True)
    calendar = found.annotate(
        held=_number(TrainingSession.objects.filter(calendar=OuterRef("pk"))),
        places=_number(Enrolment.objects.filter(calendar=OuterRef("pk"))),
    ).first()
    if calendar is None:
        return False, _("No calendar yet."), _("Make the plan with its calendar")
    told = _("%(sessions)d sessions with %(places)d places; %(conflicts)d conflicts.")
    figures = {
        "sessions": calendar.held,
        "places": calendar.places,
        "conflicts": len(calendar.violations),
    }
    return not calendar.violations, told % figures, _("Mend the conflicts")


def _decide(administration: Administration) -> Sentence:
    kinds = DocumentVersion.objects.of(administration).values("kind").distinct().count()
    submission = Submission.objects.of(administration).first()
    if kinds < len(DocumentKind):
        told = _("%(kinds)d of %(all)d documents have a version.")
        return False, told % {"kinds": kinds, "all": len(DocumentKind)}, _("Make the documents")
    if submission is None:
        return False, _("The documents stand; nothing is submitted."), _("Submit the documents")
    state = submission.get_state_display()
    approved = submission.state == Submission.State.APPROVED
    return (
        approved,
        _("Submission %(n)d: %(state)s.") % {"n": submission.number, "state": state},
        "",
    )


def _follow_up(administration: Administration) -> Sentence:
    milestones = Milestone.objects.of(administration)
    asked, done, indicators = _numbers(
        administration,
        milestones,
        milestones.exclude(done_on=None),
        Indicator.objects.filter(strategy__administration=administration),
    )
    told = _("%(done)d of %(asked)d milestones reached; %(indicators)d indicators are kept.")
    return (
        False,
        told % {"done": done, "asked": asked, "indicators": indicators},
        _("Record what was reached"),
    )


SAYS = {
    "prepare": _prepare,
    "diagnose": _diagnose,
    "profile": _profile,
    "plan": _plan,
    "schedule": _schedule,
    "decide": _decide,
    "follow-up": _follow_up,
}
