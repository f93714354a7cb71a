"""The words for what the pure rooms and the rows name by keys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.analysis.profile_warnings import Warning
from competencies.library import messages
from competencies.models import StaffLevel
from hrplan.core.figures import listed, number, percent
from hrplan.exchange import messages as of_files


def source_words(source: str) -> str:
    """Who or what rated."""
    return {
        "self": _("self"),
        "supervisor": _("supervisor"),
        "peer": _("second rater or peer"),
        "test": _("test or observed task"),
        "validated": _("validated"),
    }[source]


def basis_words(basis: str) -> str:
    """The sources a held level rests on, joined by plus signs in the frames."""
    return ", ".join(source_words(source) for source in basis.split("+") if source)


def status_words(status: str) -> str:
    """How far a held level can be relied on."""
    return {
        "not_assessed": _("not assessed"),
        "to_validate": _("to validate"),
        "estimated": _("estimated"),
        "validated": _("validated"),
    }[status]


def proposal_accepted(sources: Sequence[str]) -> str:
    """How a proposed level counts once it is accepted as ratings of these sources."""
    if "validated" in sources:
        return _(
            "Accepted, it takes the place of the validated level that is lower. It counts for "
            "promotion once it is signed a second time."
        )
    if "supervisor" in sources:
        return _(
            "Accepted, it counts as a test passed, and as the supervisor's rating of today in "
            "place of the lower one that stands."
        )
    return _("Accepted, it counts as a test passed, beside what others say of the person.")


def status_badge(status: str) -> str:
    """The kind of badge of a status."""
    kinds = {"validated": "success", "to_validate": "warning", "not_assessed": "unknown"}
    return kinds.get(status, "info")


def readiness_words(key: str) -> str:
    """How near a successor is."""
    return {
        "ready_now": _("ready now"),
        "one_to_two_years": _("in one to two years"),
        "over_two_years": _("in more than two years"),
        "unknown": _("not known"),
    }[key]


def shortage_words(state: str) -> str:
    """Whether there are enough people who hold a level."""
    return {
        "now": _("too few now"),
        "later": _("too few later"),
        "enough": _("enough"),
    }[state]


def standing_words(state: str) -> str:
    """How a candidate stands in a round of promotion."""
    return {
        "ranked": _("ranked"),
        "excluded": _("excluded"),
        "incomplete": _("incomplete"),
    }[state]


def staff_level_words(level: str) -> str:
    """A layer of staff."""
    return str(StaffLevel(level).label) if level in StaffLevel.values else _("without a profile")


def gender_words(gender: str) -> str:
    """A gender as recorded."""
    return {"f": _("women"), "m": _("men"), "": _("not recorded")}[gender]


def gathered_words(titles: list[str]) -> str:
    """Rows of few people that are told together: by name where they are two."""
    if len(titles) == 2:
        return listed(titles)
    return _("%(n)d others, few people each") % {"n": len(titles)}


def together_words(titles: list[str]) -> str:
    """Groups that are told together: by name where they are few."""
    if len(titles) <= 3:
        return listed(titles)
    return _("%(n)d groups told together") % {"n": len(titles)}


def kind_words(kind: str) -> str:
    """Customs officers or support staff."""
    return {"officer": _("customs officers"), "support": _("support staff")}[kind]


def band_words(band: str) -> str:
    """A band of years; the last one may be open or unknown."""
    if band == "unknown":
        return _("not recorded")
    if band.endswith("+"):
        return _("%(years)s and over") % {"years": band[:-1]}
    return band.replace("-", "–")


def scenario_words(scenario: str) -> str:
    """A scenario of the stock ahead."""
    if scenario == "expected":
        return _("at the usual rate of leaving")
    leavers = ngettext("%(number)s leaver a year", "%(number)s leavers a year", int(scenario))
    return leavers % {"number": scenario} if int(scenario) else _("nobody leaves")


def constant_words(key: str) -> str:
    """What a constant of this floor says."""
    part, _dot, name = key.partition(".")
    if name.startswith("base."):
        return _("Confidence before agreement and age: %(sources)s") % {
            "sources": basis_words(name.removeprefix("base."))
        }
    if name.startswith("weight."):
        return _("Weight of the rating by: %(source)s") % {
            "source": source_words(name.removeprefix("weight."))
        }
    return {
        "top_level": _("Highest level of the scale"),
        "doubt_at": _("Levels between highest and lowest rating from which a level is to validate"),
        "self_supervisor_doubt_at": _(
            "Levels between self and supervisor from which a level is to validate"
        ),
        "half_life_months": _("Months after which a rating counts for half as sure"),
        "critical_at": _("Levels below a critical requirement from which it counts as missed"),
        "retirement_age": _("Age of retirement in years"),
        "outlook_years": _("Years of the outlook"),
        "leaver_rate": _("Share of the staff leaving in a year for other reasons than age"),
        "intake_a_year": _("Recruits expected in a year"),
        "small_group": _("People under whom a group gets scenarios instead of a rate"),
        "single_point_level": _("Level from which a person carries a competency"),
        "single_point_people": _("People under whom a competency hangs on too few"),
        "coverage_months": _("Months within which an assessment counts as recent"),
        "unused_months": _("Months after which a technical skill without use counts no more"),
        "lead_months_low": _("Months it takes a recruit to reach level 2"),
        "lead_months_high": _("Months it takes a recruit to reach level 3"),
        "hours_week": _("Hours of work in a week"),
        "hours_shift": _("Hours of a working day or shift"),
        "leave_days": _("Days of leave in a year"),
        "holiday_days": _("Public holidays in a year"),
        "sick_days": _("Days of sickness in a year"),
        "training_days": _("Days of training in a year"),
        "": _("People under whom a figure is withheld from outsiders"),
    }[name]


def profile_words(warnings: Iterable[Warning]) -> list[str]:
    """What to look at again in the demands of a job profile, a sentence each."""
    found = list(warnings)
    words = {
        "critical": _("%(n)d demands are critical; where more than %(most)d are, none stands out."),
        "long": _("%(n)d demands are more than the %(most)d items of one round of assessment."),
        "flat": _("Every demand is of level %(n)d, the top of the scale."),
    }
    told = [words[one.key] % {"n": one.n, "most": one.most} for one in found if one.key in words]
    experts = [one for one in found if one.key == "expert"]
    if experts:
        sentence = _(
            "The top level is asked of more people than the %(most)d experts that an "
            "administration of this size has: %(competencies)s."
        )
        named = [f"{one.competency} ({one.n})" for one in experts]
        told.append(sentence % {"most": experts[0].most, "competencies": listed(named)})
    return told


def relation_words(relation: str) -> str:
    """How a competency of today stands to one of another version, or what becomes of it."""
    return {
        "equal": _("the same"),
        "part": _("a part of it"),
        "wider": _("wider than it"),
        "overlaps": _("overlaps with it"),
        "new": _("new"),
        "dropped": _("dropped"),
    }[relation]


def effect_words(
    before: float | None, after: float | None, doubtful_before: int, doubtful_after: int
) -> str:
    """What a change of the rule for held levels did."""
    if before is None or after is None:
        return _("The rule is changed. Nobody is assessed yet, so no figure moved.")
    return _(
        "The rule is changed. Gap index: %(before)s before, %(after)s now. Levels to validate: "
        "%(doubtful_before)s before, %(doubtful_after)s now."
    ) % {
        "before": percent(before, 1),
        "after": percent(after, 1),
        "doubtful_before": number(doubtful_before),
        "doubtful_after": number(doubtful_after),
    }


def fault_words(found: Mapping[str, Any]) -> dict[str, str]:
    """A fault or note on a framework's file: its place, what is wrong and what to do."""
    reason = {**of_files.MESSAGES, **messages.MESSAGES}[found["key"]]
    advice = {**of_files.ADVICE, **messages.ADVICE}[found["key"]]
    place = _("the file") if found["place"] == "file" else found["place"]
    return {
        "place": place,
        "reason": _(reason).format(**found["params"]),
        "advice": _(advice).format(**found["params"]),
        "key": found["key"],
    }


def severity_words() -> dict[str, tuple[str, str]]:
    """How a rater stands beside others: the kind of badge and the words."""
    return {
        "lenient": ("warning", _("lenient")),
        "severe": ("warning", _("severe")),
        "in_line": ("success", _("in line")),
        "too_few": ("unknown", _("too few to say")),
    }
