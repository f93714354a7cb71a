"""Measures other than training: what the diagnostic recommends where training is no answer."""

from datetime import date

from diagnostics.models import Finding
from diagnostics.usecases.results import current_exercise
from hrplan.core.figures import day
from hrplan.core.models import Administration
from training_calendar import wording
from training_calendar.models import Intervention, Plan

TITLE = 200


def other_measures(plan: Plan, administration: Administration, rank: int) -> list[Intervention]:
    """One intervention per recommendation that is not answered by training, weakest first."""
    exercise = current_exercise(administration)
    findings = Finding.objects.filter(exercise=exercise, kind=Finding.Kind.WEAKNESS)
    made: list[Intervention] = []
    for finding in findings.order_by("rank", "code").prefetch_related("causes", "recommendations"):
        causes = "; ".join(cause.text for cause in finding.causes.all())
        for advice in finding.recommendations.all():
            if advice.is_training:
                continue
            made.append(
                Intervention(
                    administration=administration,
                    plan=plan,
                    code=f"M{len(made) + 1:02d}",
                    kind=Intervention.Kind.OTHER,
                    title=_short(advice.text),
                    need_text="\n".join(part for part in (finding.title, causes) if part),
                    rank=rank + len(made) + 1,
                    priority=min(100.0, float(finding.severity)),
                    funding=Intervention.Funding.NONE,
                    owner=advice.owner,
                    indicator=_due(advice.due_on),
                    finding=finding,
                )
            )
    return made


def _due(due_on: date | None) -> str:
    return wording.done_by(day(due_on)) if due_on else ""


def _short(text: str) -> str:
    return text if len(text) <= TITLE else text[: TITLE - 1].rsplit(" ", 1)[0] + "…"
