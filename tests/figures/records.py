"""How many records stand behind the documents, and the rates that costs rest on."""

from collections.abc import Iterable

from competencies.models import Assessment, Competency, JobProfile, Post, StaffLevel
from diagnostics.models import Agreement, Finding, ReferenceDocument, Vote
from hrplan.core.models import Administration
from hrplan.partners.models import Activity
from hrplan.strategy.models import Indicator, Initiative, Objective, StrategyCost
from tests.figures.people import serving
from tests.figures.plan import current, held, seats
from tests.figures.written import Again, Row, num
from training_calendar.models import (
    CostLine,
    Enrolment,
    Intervention,
    Module,
    Need,
    TrainingSession,
)

WIDEST, DOCUMENTS = 10, 3
IN_FORCE = {"strategy__is_current": True}


def counted(owner: Administration, _code: str) -> Iterable[Row]:
    own, plan = {"administration": owner}, current(owner)
    line = {"strategy__administration": owner, "strategy__is_current": True}
    card = {f"initiative__{key}": value for key, value in line.items()}
    rows = {
        "Established posts": Post.objects.filter(**own),
        "Job profiles in force": JobProfile.objects.filter(**own, state="approved"),
        "Competencies of the framework": Competency.objects.filter(
            **own, framework__state="in_force"
        ),
        "Ratings of people's competencies, all sources": Assessment.objects.filter(**own),
        "Votes of the workshop": Vote.objects.filter(
            participant__workshop__exercise__administration=owner
        ),
        "Ratings agreed in the workshop": Agreement.objects.filter(
            workshop__exercise__administration=owner
        ),
        "Reference documents registered": ReferenceDocument.objects.filter(**own),
        "Findings of the diagnostic": Finding.objects.filter(**own),
        "Strategic objectives": Objective.objects.filter(**line),
        "Indicators": Indicator.objects.filter(**line),
        "Initiatives": Initiative.objects.filter(**line, cut_on=None),
        "Cost lines of initiatives": StrategyCost.objects.filter(**card, cut_on=None),
        "Training modules in the catalogue": Module.objects.filter(**own, is_offered=True),
        "Training needs of the plan": Need.objects.filter(plan=plan),
        "Interventions of the plan": Intervention.objects.filter(plan=plan),
        "Cost lines of the plan": CostLine.objects.filter(intervention__plan=plan),
        "Training sessions of the calendar": TrainingSession.objects.filter(calendar__plan=plan),
        "Places given to people": Enrolment.objects.filter(calendar__plan=plan),
        "Activities of partners": Activity.objects.filter(**own),
    }
    yield ("People in service", num(len(serving(owner))))
    yield from ((name, num(found.count())) for name, found in rows.items())


def looked_at(owner: Administration, _code: str) -> Iterable[Row]:
    """How much each rule of consistency looks at; whether it holds is tested with the rules."""
    sessions, aims = len(held(owner)), {"strategy__administration": owner, **IN_FORCE}
    stations = {one.unit_id for one in serving(owner)}
    counts = (
        Intervention.objects.filter(plan=current(owner)).count(),
        Objective.objects.filter(**aims).count(),
        *(sessions, sessions, sessions),
        len(seats(owner)),
        len(stations),
        len(StaffLevel),
        WIDEST,
        Indicator.objects.filter(**aims).count(),
        *(DOCUMENTS, DOCUMENTS),
    )
    return ((str(number), num(count)) for number, count in enumerate(counts, 1))


def rates(owner: Administration, _code: str) -> Iterable[Row]:
    """The rates kept with the plan, with four decimals at the most."""
    kept = current(owner).parameters
    keys = ("per_diem", "max_days_staff_year", "discount_beta", "lambda_cost", "lambda_smooth")
    return ((num(kept[key], 4).rstrip("0").rstrip("."),) for key in keys)


CASES: dict[str, Again] = {
    "sources": Again((0, 1), counted),
    "checks": Again((0, 2), looked_at),
    "rates": Again((1,), rates),
}
