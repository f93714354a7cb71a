"""Courses and activities of others, their deadlines and likeness, worked out again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hrplan.core.models import Administration
from hrplan.partners.models import Activity, OverlapRuling
from tests.figures.plan import given, held
from tests.figures.written import Again, Row, num
from training_calendar.models import Offer

WEIGHTS = (0.35, 0.20, 0.20, 0.15, 0.10)
NEAR, FAR, MONTH = 3.0, 18.0, 365.25 / 12


def span(first: date, last: date) -> str:
    """From the first to the last day, what both share told once."""
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start} – {end}"


def external(owner: Administration, _code: str) -> Iterable[Row]:
    """Courses for which people can still be named, and the places given in those taken up."""
    places, taken = given(owner), {one.offer_id: one.pk for one in held(owner) if one.offer_id}
    for one in Offer.objects.filter(administration=owner).select_related("module__provider"):
        due = one.nominate_by
        if (due or one.starts_on) >= owner.as_of:
            named = f"{places[taken[one.pk]]} / {one.places}" if one.pk in taken else "not taken"
            yield (
                one.module.title,
                one.module.provider.name,
                one.region,
                span(one.starts_on, one.ends_on),
                span(due, due) if due else "not known",
                named,
                one.funding or "–",
            )


def deadlines(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Activity.objects.filter(administration=owner, nominate_by__gte=owner.as_of)
    for one in rows.exclude(status="cancelled").select_related("implementing"):
        yield (
            f"{one.nominate_by.day} {one.nominate_by:%B %Y}",
            one.title,
            span(one.starts_on, one.ends_on or one.starts_on) if one.starts_on else "no date",
            one.implementing.name if one.implementing else "nobody yet",
            "not stated" if one.places is None else str(one.places),
        )


# --- Likeness ----------------------------------------------------------------------------------


def alike(first: list[str], second: list[str]) -> float | None:
    """What both have among all that either has."""
    one, other = set(first), set(second)
    return len(one & other) / len(one | other) if one and other else None


def near(one: Activity, other: Activity) -> float | None:
    """1 up to three months between them, falling evenly to 0 at eighteen."""
    if not (one.starts_on and other.starts_on):
        return None
    ends = min(one.ends_on or one.starts_on, other.ends_on or other.starts_on)
    months = max(0, (max(one.starts_on, other.starts_on) - ends).days) / MONTH
    return min(1.0, max(0.0, (FAR - months) / (FAR - NEAR)))


def likeness(one: Activity, other: Activity) -> float:
    """The parts known of both, by their weights."""
    steps = [(x.level_from, x.level_to) for x in (one, other)]
    parts: list[Any] = [
        alike(one.competencies, other.competencies),
        alike(one.role_groups, other.role_groups),
        near(one, other),
        None if None in (one.level_to, other.level_to) else steps[0] == steps[1],
        one.kind == other.kind,
    ]
    known = [(part, w) for part, w in zip(parts, WEIGHTS, strict=True) if part is not None]
    return float(sum(part * w for part, w in known) / sum(w for _part, w in known))


def concluded(owner: Administration, _code: str) -> Iterable[Row]:
    """Pairs on which something was concluded, the one that began first before the other."""
    for one in OverlapRuling.objects.filter(activity__administration=owner):
        first, second = sorted((one.activity, one.other), key=lambda x: (x.starts_on, x.code))
        score = num(likeness(first, second), 2)
        yield (f"{first.title} – {second.title}", score, one.verdict, one.note)


CASES: dict[str, Again] = {
    "external-courses": Again((), external),
    "partner-deadlines": Again((), deadlines),
    "overlaps": Again((), concluded),
}
