"""Figures that a passage can name: the one list of them, with words, unit, form and value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competencies.usecases.gaps import GapTotal
from competencies.usecases.outlook import WorkforceOutlook
from competencies.usecases.workforce import WorkforceProfile
from diagnostics.usecases.results import ExerciseResults
from hrplan.core.figures import day, money, number, percent
from hrplan.deliverables.analysis.staleness import Known
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.strategy.usecases.contents import StrategyContents
from hrplan.strategy.usecases.lines import CostSummary
from training_calendar.models import Calendar
from training_calendar.usecases.plan_overview import PlanOverview

Form = Literal["count", "share", "rate", "score", "money", "day"]
Raw = float | Decimal | date | None
PLACES: Mapping[Form, int] = {"count": 0, "share": 2, "rate": 3, "score": 1, "money": 0}


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """One figure; `make` gives None where it is not known, never zero for it.

    unit : what is counted, in words
    form : how it is written, as the documents do: a share as whole per cent, a rate with one
        decimal more, a score with one decimal, an amount in whole units with its currency
    """

    name: str
    words: str | Promise
    unit: str | Promise
    form: Form
    make: Callable[[Evidence], Raw]


def read(figure: LiveFigure, evidence: Evidence) -> Known:
    """The value as it is kept and compared: rounded as it is written; a day as ISO text."""
    raw = figure.make(evidence)
    if raw is None:
        return None
    if isinstance(raw, date):
        return raw.isoformat()
    places = Decimal(1).scaleb(-PLACES[figure.form])
    exact = float(Decimal(str(raw)).quantize(places, rounding=ROUND_HALF_UP))
    return int(exact) if exact.is_integer() else exact


def written(figure: LiveFigure, value: Known, currency: str) -> str:
    """The value in the language that is active; what is not known says so."""
    if isinstance(value, str):
        return day(date.fromisoformat(value))
    if figure.form in {"share", "rate"}:
        return percent(value, PLACES[figure.form] - 2)
    if figure.form == "money":
        return money(value, currency)
    return number(value, PLACES.get(figure.form, 0))


def read_all(evidence: Evidence) -> dict[str, Known]:
    """Every figure by its name."""
    return {figure.name: read(figure, evidence) for figure in FIGURES}


# --- Where the values come from ------------------------------------------------------------------


def _staff(make: Callable[[WorkforceProfile], Raw]) -> Callable[[Evidence], Raw]:
    """Of the people in service; not known where nobody is on record."""
    return lambda e: make(e.competence.workforce) if e.competence.workforce.strength else None


def _posts(make: Callable[[WorkforceProfile], Raw]) -> Callable[[Evidence], Raw]:
    """Of the established posts; not known where none is on record."""
    return lambda e: make(e.competence.workforce) if e.competence.workforce.posts else None


def _ahead(make: Callable[[WorkforceOutlook], Raw]) -> Callable[[Evidence], Raw]:
    """Of the years ahead; not known where no age is on record."""
    return lambda e: make(e.competence.outlook) if e.competence.outlook.overall.n else None


def _successors(evidence: Evidence) -> Raw:
    outlook = evidence.competence.outlook
    return outlook.covered if outlook.key_posts else None


def _gap(make: Callable[[GapTotal], Raw]) -> Callable[[Evidence], Raw]:
    """Of the gaps; not known where nothing was assessed."""

    def value(evidence: Evidence) -> Raw:
        total = evidence.competence.analysis.overall
        return make(total) if total.n else None

    return value


def _diagnosis(make: Callable[[ExerciseResults], Raw]) -> Callable[[Evidence], Raw]:
    """Of the diagnostic; not known before there is a score."""

    def value(evidence: Evidence) -> Raw:
        results = evidence.results
        return make(results) if results and results.overall is not None else None

    return value


def _weaknesses(evidence: Evidence) -> Raw:
    return len(evidence.findings.weaknesses) if evidence.findings else None


def _strategy(make: Callable[[StrategyContents], Raw]) -> Callable[[Evidence], Raw]:
    return lambda e: make(e.contents) if e.contents else None


def _costs(make: Callable[[CostSummary], Raw]) -> Callable[[Evidence], Raw]:
    """Of the costs; not known where no cost line is on record."""
    return lambda e: make(e.costs) if e.costs and e.costs.has_any else None


def _plan(make: Callable[[PlanOverview], Raw]) -> Callable[[Evidence], Raw]:
    return lambda e: make(e.plan_overview) if e.plan_overview else None


def _calendar(make: Callable[[Calendar], Raw]) -> Callable[[Evidence], Raw]:
    return lambda e: make(e.calendar) if e.calendar else None


def _stations(evidence: Evidence) -> Raw:
    contents = evidence.calendar_contents
    return len(contents.cover.stations) if contents else None


def _assistance(evidence: Evidence) -> Raw:
    return len(evidence.register.activities) or None


PEOPLE, POSTS, SHARE, MONEY = _("people"), _("posts"), _("per cent"), _("money")
FIGURES: tuple[LiveFigure, ...] = (
    LiveFigure("strength", _("people in service"), PEOPLE, "count", _staff(lambda w: w.strength)),
    LiveFigure("officers", _("officers in service"), PEOPLE, "count", _staff(lambda w: w.officers)),
    LiveFigure("turnover", _("who left in twelve months, of the mean strength"), SHARE, "rate",
               _staff(lambda w: w.turnover)),
    LiveFigure("posts", _("established posts"), POSTS, "count", _posts(lambda w: w.posts)),
    LiveFigure("vacancies", _("vacant posts"), POSTS, "count", _posts(lambda w: w.vacant)),
    LiveFigure("vacancy_rate", _("vacant posts, of the established ones"), SHARE, "rate",
               _posts(lambda w: w.vacancy_rate)),
    LiveFigure("key_posts", _("key posts"), POSTS, "count", _posts(lambda w: w.key_posts)),
    LiveFigure("key_posts_covered", _("key posts for which somebody is ready now"), POSTS, "count",
               _successors),
    LiveFigure("retirements", _("who reach the age of retirement in the years of the outlook"),
               PEOPLE, "count", _ahead(lambda o: o.overall.due)),
    LiveFigure("outlook_years", _("years of the outlook"), _("years"), "count",
               _ahead(lambda o: o.constants.outlook_years)),
    LiveFigure("gap_index", _("competency gap index"), SHARE, "share", _gap(lambda t: t.index)),
    LiveFigure("ratings", _("requirements of people that were assessed"), _("ratings"), "count",
               _gap(lambda t: t.n)),
    LiveFigure("not_assessed", _("requirements of people that were not assessed"), _("ratings"),
               "count", _gap(lambda t: t.missing)),
    LiveFigure("critical_misses", _("assessed critical requirements that are not met"),
               _("ratings"), "count", _gap(lambda t: t.critical_misses)),
    LiveFigure("maturity", _("HR maturity, on the scale of the questionnaire"), _("level"),
               "score", _diagnosis(lambda r: r.overall)),
    LiveFigure("managers_voting", _("people who rated in the diagnostic"), PEOPLE, "count",
               _diagnosis(lambda r: r.participants)),
    LiveFigure("questions", _("questions of the diagnostic"), _("questions"), "count",
               _diagnosis(lambda r: len(r.questions))),
    LiveFigure("weaknesses", _("weaknesses that the diagnostic found"), _("findings"), "count",
               _weaknesses),
    LiveFigure("objectives", _("objectives of the strategy"), _("objectives"), "count",
               _strategy(lambda s: len(s.overview.objectives))),
    LiveFigure("initiatives", _("initiatives of the strategy"), _("initiatives"), "count",
               _strategy(lambda s: len(s.overview.initiatives))),
    LiveFigure("indicators", _("indicators of the strategy"), _("indicators"), "count",
               _strategy(lambda s: len(s.overview.indicators))),
    LiveFigure("decisions", _("decisions asked of the ministry"), _("decisions"), "count",
               _strategy(lambda s: len(s.decisions))),
    LiveFigure("strategy_cost", _("cost of strategy and training"), MONEY, "money",
               _costs(lambda c: c.total)),
    LiveFigure("initiatives_cost", _("cost of the initiatives, without training"), MONEY, "money",
               _costs(lambda c: c.measures)),
    LiveFigure("training_cost", _("cost of training within the strategy"), MONEY, "money",
               _costs(lambda c: None if c.no_plan else c.training)),
    LiveFigure("yearly_cost", _("what recurs each year after the last one"), MONEY, "money",
               _costs(lambda c: c.tail)),
    LiveFigure("plan_cost", _("cost of the development plan"), MONEY, "money",
               _plan(lambda p: p.cost)),
    LiveFigure("plan_budget", _("money there is for the plan"), MONEY, "money",
               _plan(lambda p: p.budget if p.quarters else None)),
    LiveFigure("interventions", _("training interventions of the plan"), _("interventions"),
               "count", _plan(lambda p: p.interventions)),
    LiveFigure("people_trained", _("people whom the plan trains"), PEOPLE, "count",
               _plan(lambda p: p.people)),
    LiveFigure("training_hours", _("hours of training in the plan, of all people"), _("hours"),
               "count", _plan(lambda p: p.person_hours)),
    LiveFigure("gap_closed", _("weighted gap that the plan closes, of what calls for training"),
               SHARE, "share", _plan(lambda p: p.closed_share if p.plan.total_gap else None)),
    LiveFigure("assistance", _("activities of partners on record"), _("activities"), "count",
               _assistance),
    LiveFigure("sessions", _("sessions of the calendar"), _("sessions"), "count",
               _plan(lambda p: p.sessions)),
    LiveFigure("seats", _("places taken in sessions"), _("places"), "count",
               _plan(lambda p: p.seats)),
    LiveFigure("outside_places", _("places on courses outside the sessions"), _("places"), "count",
               _plan(lambda p: p.outside_enrolments)),
    LiveFigure("stations", _("stations kept manned by the calendar"), _("stations"), "count",
               _stations),
    LiveFigure("calendar_start", _("first day of the calendar"), _("day"), "day",
               _calendar(lambda c: c.starts_on)),
    LiveFigure("calendar_end", _("last day of the calendar"), _("day"), "day",
               _calendar(lambda c: c.ends_on)),
)  # fmt: skip
BY_NAME: Mapping[str, LiveFigure] = {figure.name: figure for figure in FIGURES}
