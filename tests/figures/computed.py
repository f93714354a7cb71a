"""The indicators of the catalogue worked out again, one by one, by what their formulas say."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from competencies.models import Campaign, IndividualPlan, Post, Requirement, StaffMember
from hrplan.core.models import Administration
from hrplan.partners.models import AidRecommendation, OverlapRuling
from hrplan.strategy.models import Indicator
from tests.figures import training
from tests.figures.ahead import NOW, RETIRES, YEARS, anniversaries, followers
from tests.figures.gaps import Sum, cells
from tests.figures.levels import MONTH, latest, levels
from tests.figures.people import serving
from tests.figures.strategy import figure
from tests.figures.training import Found, share
from tests.figures.written import Again, Row, num

NOTHING_KNOWN = "nothing is known yet of training that is over"
NO_LINKS = "no module that is to move an indicator is due yet"
YEAR, RECENT, CARRIES, BENCH = timedelta(days=365), 18, 3, 2
# --- Posts and people --------------------------------------------------------------------------


def vacancies(owner: Administration) -> Found:
    posts = Post.objects.filter(administration=owner)
    filled = {one.post_id for one in serving(owner)}
    return share(sum(one.pk not in filled for one in posts), len(posts))


def acting(owner: Administration) -> Found:
    posts = Post.objects.filter(administration=owner).count()
    return share(sum(one.is_acting for one in serving(owner)), posts)


def turnover(owner: Administration) -> Found:
    """Leavers of a year over the mean of those in service at its start and its end."""
    day, before = owner.as_of, owner.as_of - YEAR
    rows = StaffMember.objects.filter(administration=owner)
    left = sum(bool(one.left_on and before < one.left_on <= day) for one in rows)
    then = sum(_serves(one, before) for one in rows)
    now = len(serving(owner))
    return 100 * left / ((now + then) / 2), now, 0


def _serves(one: StaffMember, day: date) -> bool:
    gone = one.left_on and one.left_on <= day
    return not gone and not (one.joined_on and one.joined_on > day)


def retiring(owner: Administration) -> Found:
    born = [one.born_on for one in serving(owner) if one.born_on]
    due = sum(anniversaries(one, owner.as_of) >= RETIRES - YEARS for one in born)
    return share(due, len(born), len(serving(owner)) - len(born))


def posts_profiled(owner: Administration) -> Found:
    posts = Post.objects.filter(administration=owner)
    return share(posts.filter(profile__state="approved").count(), posts.count())


def profiled(owner: Administration) -> Found:
    people = serving(owner)
    own = [one for one in people if one.profile and one.profile.state == "approved"]
    return share(len(own), len(people))


def planned_for(owner: Administration) -> Found:
    people = serving(owner)
    rows = IndividualPlan.objects.filter(staff_member__in=people, agreed_on__lte=owner.as_of)
    return share(len({one.staff_member_id for one in rows}), len(people))


def successors(owner: Administration) -> Found:
    posts = followers(owner)
    return share(sum(kinds[NOW] > 0 for _post, _filled, kinds in posts), len(posts))


# --- Competencies ------------------------------------------------------------------------------


def rated(owner: Administration) -> Iterable[tuple[int, str, date]]:
    """Person, source and day of each rating in force of those in service."""
    people = {one.pk for one in serving(owner)}
    for (person, _topic), sources in latest(owner).items():
        if person in people:
            yield from ((person, source, on) for source, (_level, on) in sources.items())


def validated_people(owner: Administration) -> Found:
    since = owner.as_of - timedelta(days=RECENT * MONTH)
    people = {who for who, source, on in rated(owner) if source == "validated" and on >= since}
    return share(len(people), len(serving(owner)))


def validated_ratings(owner: Administration) -> Found:
    sources = Counter(source for _who, source, _on in rated(owner))
    return share(sources["validated"], sources.total())


def gap_index(owner: Administration) -> Found:
    total = Sum(tuple(one for one in cells(owner) if one.counts))
    return 100 * total.weighted / total.required, len(total.known), total.missing


def ready_for_role(owner: Administration) -> Found:
    """Of those whose critical competencies are all assessed, those who miss none by a level."""
    found: dict[int, list[Any]] = defaultdict(list)
    for one in cells(owner):
        if one.critical:
            found[one.person].append(one)
    known = [own for own in found.values() if all(one.held is not None for one in own)]
    able = sum(all(one.gap < 1 for one in own) for own in known)
    return share(able, len(known), len(found) - len(known))


def critical_closed(owner: Administration) -> Found:
    """The demonstration was assessed once, so that nothing is known of two days."""
    assert not Campaign.objects.filter(administration=owner, state="closed").exists()
    return "no critical gap was assessed at both times", 0, 0


def on_one(owner: Administration) -> Found:
    """Competencies asked for that fewer than two people in service hold at the level."""
    people = {one.pk for one in serving(owner)}
    asked = Requirement.objects.filter(
        profile__administration=owner,
        profile__state="approved",
        competency__framework__state="in_force",
        competency__group__in_gap_totals=True,
    )
    holders: dict[int, list[float]] = {one.competency_id: [] for one in asked}
    for (person, topic), (level, _sure) in levels(owner).items():
        if person in people and topic in holders:
            holders[topic].append(round(level, 6))
    known = [own for own in holders.values() if own]
    few = sum(sum(level >= CARRIES for level in own) < BENCH for own in known)
    return float(few), len(known), len(holders) - len(known)


# --- Assistance --------------------------------------------------------------------------------


def followed(owner: Administration) -> Found:
    rows = list(AidRecommendation.objects.filter(administration=owner))
    due = [one for one in rows if one.due_on and one.due_on <= owner.as_of]
    undated = sum(one.due_on is None for one in rows)
    if not due:
        return "no recommendation of assistance was due yet", 0, undated
    return share(sum(bool(one.done_on and one.done_on <= owner.as_of) for one in due), len(due),
                 undated)  # fmt: skip


def duplicates(owner: Administration) -> Found:
    rulings = OverlapRuling.objects.filter(administration=owner, verdict="duplicate")
    amounts = [one.other.amount for one in rulings.select_related("other")]
    priced = [amount for amount in amounts if amount is not None]
    if not priced:
        nothing = "no activity with an amount was concluded to be a duplicate"
        return nothing, 0, len(amounts)
    return float(sum(priced)), len(priced), len(amounts) - len(priced)


# --- All of them -------------------------------------------------------------------------------

EACH: dict[str, tuple[Callable[[Administration], Found], str]] = {
    "K01": (vacancies, "%"),
    "K02": (acting, "%"),
    "K03": (turnover, "%"),
    "K04": (retiring, "%"),
    "K06": (posts_profiled, "%"),
    "K07": (profiled, "%"),
    "K08": (validated_people, "%"),
    "K09": (validated_ratings, "%"),
    "K10": (gap_index, "%"),
    "K11": (critical_closed, "%"),
    "K12": (ready_for_role, "%"),
    "K13": (on_one, "competencies"),
    "K15": (training.hours_each, "hours a year"),
    "K16": (training.reached, "%"),
    "K17": (training.sessions_held, "%"),
    "K18": (training.not_over("no attendance is recorded"), "%"),
    "K19": (training.not_over("no attendance is recorded"), "%"),
    "K20": (training.not_over("no attendance is recorded"), "%"),
    "K22": (training.an_hour, "BZD"),
    "K23": (training.a_level, "BZD"),
    "K24": (training.travel, "%"),
    "K25": (training.against_salaries, "%"),
    "K26": (training.part_of_money(lambda line: line.intervention.funding == "donor"), "%"),
    "K27": (training.not_over(NOTHING_KNOWN), "points"),
    "K28": (training.not_over(NOTHING_KNOWN), "%"),
    "K29": (training.not_over(NOTHING_KNOWN), "%"),
    "K30": (training.not_over(NO_LINKS), "%"),
    "K31": (training.taught_back, "%"),
    "K33": (planned_for, "%"),
    "K34": (successors, "%"),
    "K37": (training.fairness, "ratio"),
    "K39": (followed, "%"),
    "K40": (duplicates, "BZD"),
}


def computed(owner: Administration, _code: str) -> Iterable[Row]:
    """The value of today beside the baseline that the strategy states."""
    rows = Indicator.objects.filter(strategy__administration=owner, strategy__is_current=True)
    stated = {one.code: one for one in rows}
    for code, (make, unit) in EACH.items():
        value, n, missing = make(owner)
        own = stated.get(code)
        yield (
            code,
            value if isinstance(value, str) else _measured(value, unit),
            num(n),
            num(missing),
            _measured(own.baseline, own.unit) if own else "not in the strategy",
        )


def _measured(value: Any, unit: str) -> str:
    """A number with its unit; money with two decimals at the most and its currency before it."""
    if unit == "BZD":
        return f"{unit} {num(value, 2).rstrip('0').rstrip('.')}"
    return f"{figure(value)} {unit}".strip()


def coded(cell: str) -> str:
    """The code of an indicator instead of its name, which is in no row."""
    return re.sub(r"^(K\d\d) .*", r"\1", cell)


CASES: dict[str, Again] = {"computed": Again((0, 2, 3, 4, 5), computed, shown=coded)}
