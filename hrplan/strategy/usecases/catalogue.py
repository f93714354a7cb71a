"""The catalogue of indicators the product computes: titles, formulas, units, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the catalogue; `level` says what it measures: input, process, outcome ..."""

    code: str
    title: str
    formula: str
    unit: str
    better: str
    level: str


def entries(currency: str) -> tuple[Entry, ...]:
    """Every indicator that can be computed from the rows, by code."""
    return (*_people(), *_competence(), *_training(), *_money(currency), *_after())


def _people() -> tuple[Entry, ...]:
    return (
        Entry("K01", _("Vacancy rate"), _("vacant posts / established posts × 100"),
              "%", "lower", _("input")),
        Entry("K02", _("Acting rate"),
              _("people acting in a post on the day / established posts × 100"),
              "%", "lower", _("process")),
        Entry("K03", _("Turnover"), _("leavers of twelve months / mean strength × 100"),
              "%", "lower", _("outcome")),
        Entry("K04", _("Retirement exposure"),
              _("people who reach the age of retirement within the years of the outlook / people"
                " whose age is known × 100"),
              "%", "lower", _("risk")),
    )  # fmt: skip


def _competence() -> tuple[Entry, ...]:
    return (
        Entry("K07", _("Job profile coverage"),
              _("people with an approved job profile / strength × 100"),
              "%", "higher", _("process")),
        Entry("K08", _("Assessment coverage"),
              _("people with a validated rating of the last 18 months / strength × 100"),
              "%", "higher", _("process")),
        Entry("K09", _("Validation rate"), _("validated ratings / all ratings in force × 100"),
              "%", "higher", _("quality")),
        Entry("K10", _("Competency gap index"),
              _("sum of weight × gap / sum of weight × required level × 100, over assessed pairs"),
              "%", "lower", _("outcome")),
        Entry("K12", _("Role readiness"),
              _("people who miss no critical competency / people whose critical competencies are"
                " all assessed × 100"),
              "%", "higher", _("outcome")),
        Entry("K13", _("Single-point competencies"),
              _("competencies asked for that fewer than two people hold at level 3"),
              _("competencies"), "lower", _("risk")),
    )  # fmt: skip


def _training() -> tuple[Entry, ...]:
    return (
        Entry("K15", _("Training hours per person"),
              _("planned hours, own study included / strength / years of the calendar"),
              _("hours a year"), "band", _("output")),
        Entry("K16", _("Reach"), _("people with a planned place / strength × 100"),
              "%", "higher", _("output")),
        Entry("K17", _("Plan execution"), _("sessions held / sessions due by the day × 100"),
              "%", "higher", _("process")),
    )  # fmt: skip


def _money(currency: str) -> tuple[Entry, ...]:
    return (
        Entry("K22", _("Cost per training hour"), _("cash cost of the plan / hours of all places"),
              currency, "lower", _("economy")),
        Entry("K23", _("Cost per level gained"),
              _("cash cost of the plan / levels it is planned to gain"),
              currency, "lower", _("effectiveness")),
        Entry("K24", _("Travel share"),
              _("travel and subsistence (lines 31) / cash cost of the plan × 100"),
              "%", "lower", _("economy")),
        Entry("K25", _("Training spend ratio"),
              _("training budget of a mean year / personal emoluments of a year × 100"),
              "%", "band", _("input")),
        Entry("K26", _("External dependence"),
              _("cost funded by donors / cash cost of the plan × 100"),
              "%", "lower", _("risk")),
    )  # fmt: skip


def _after() -> tuple[Entry, ...]:
    return (
        Entry("K31", _("Teach-back"),
              _("people who taught a course outside back within 30 days / people who taught it back"
                " or whose 30 days are over × 100"),
              "%", "higher", _("process")),
        Entry("K33", _("Development plan coverage"),
              _("people with an agreed individual plan / strength × 100"),
              "%", "higher", _("process")),
        Entry("K34", _("Succession cover"),
              _("key posts with somebody ready now / key posts × 100"),
              "%", "higher", _("risk")),
        Entry("K37", _("Equity of access"),
              _("mean planned hours of the gender that gets least / of the one that gets most"),
              _("ratio"), "higher", _("equity")),
    )  # fmt: skip


def reason(key: str) -> str:
    """Why an indicator isn't known."""
    return {
        "nobody": _("nobody is in service"),
        "no_posts": _("no posts are recorded"),
        "no_ages": _("no dates of birth are recorded"),
        "no_ratings": _("nothing is assessed yet"),
        "no_profiles": _("no profile asks for a competency"),
        "no_plan": _("there is no development plan with a calendar"),
        "no_places": _("the plan holds no places that count here"),
        "no_costs": _("the plan has no costs"),
        "none_due": _("no session was due yet"),
        "none_returned": _("nobody was due to teach back a course outside"),
        "no_emoluments": _("personal emoluments of a year are not stated among the constants"),
        "no_budget": _("no training budget is recorded"),
        "no_key_posts": _("no key posts are marked"),
    }[key]
