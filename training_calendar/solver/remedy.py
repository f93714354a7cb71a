"""A change that would meet a need: what it consists of, and the planning problem with it made."""

from dataclasses import dataclass

from training_calendar.solver import altered
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.remedy_sites import Site

KINDS = (
    "seat",
    "session",
    "money",
    "place",
    "group",
    "trainer",
    "venue",
    "offer",
    "days",
    "leave",
    "cover",
    "peak",
    "week",
    "pair",
    "audience",
    "level",
    "course",
)
"""seat, session: a decision alone, nothing lacks: a free place, one more session
money: a quarter needs so much more
place: a full session takes one more; group: a session is held for fewer than the smallest group
trainer, venue, offer: one more, for the days of the session
days: one person's training days a year; leave: moved; cover: a person of relief for the days
peak: the station lets one go in a busy month; week: more of it in one week than its share
pair: somebody stands in for the last two holders of a competency
audience: the module opened to the role; level: it leads to the level needed
course: a course elsewhere that leads there, where no module does
"""


COURSE = "+course"
"""The code of a module that is not there yet."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a change is reckoned at beside its cash, in days of subsistence; own proposal.

    Only the choice between changes uses it; it is no cost. An unknown price is not zero: what has
    no price here (relief, a hired trainer) would always look free without it.
    """

    place: float = 0.5
    group: float = 1.0  # for each person below the smallest group
    trainer_day: float = 2.0
    venue_day: float = 1.0
    offer: float = 8.0
    training_day: float = 1.0
    leave_day: float = 1.0
    relief_day: float = 1.0
    peak_day: float = 1.5
    week_place: float = 0.5  # for each person above the share of the week
    stand_in_day: float = 1.0
    audience: float = 4.0
    level: float = 8.0
    course: float = 20.0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed in the planning problem; positions, -1 where there is none.

    amount : money [money], people in the group or room, days [days], or the level reached [level]
    at : quarter, station, module, year, person or competency, as the kind asks for
    first, last : the days it concerns [day numbers]
    site : the place and time the change makes possible
    """

    kind: str
    amount: float = 0.0
    at: int = -1
    first: int = -1
    last: int = -1
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would meet one need: the changes (nearly always one), and the places it gives.

    changes : none where a decision is enough
    sessions : as they must stand, new or with the person added
    steps : the sites of the sessions, in order; people : others who join the last of them
    cost : what the sessions add to the cash of the plan; None is unknown [money]
    """

    staff_id: str
    competency_id: str
    kind: str
    changes: tuple[Change, ...]
    sessions: tuple[Session, ...]
    steps: tuple[Site, ...]
    people: int
    cost: float | None


def changed(instance: Instance, remedy: Remedy) -> Instance:
    """The planning problem with the changes of a remedy made."""
    for change in remedy.changes:
        instance = _changed(instance, change, remedy)
    return instance


def _changed(instance: Instance, change: Change, remedy: Remedy) -> Instance:
    amount, days = int(change.amount), range(change.first, change.last + 1)
    person = instance.staff.ids.index(remedy.staff_id)
    topic = instance.competency_ids.index(remedy.competency_id)
    match change.kind:
        case "money":
            return altered.with_money(instance, change.at, change.amount)
        case "days":
            return altered.with_training_days(instance, amount)
        case "leave":
            return altered.without_leave(instance, person, days)
        case "cover":
            return altered.with_relief(instance, change.at, days, amount)
        case "peak":
            return altered.with_open_months(instance, change.at, days)
        case "week":
            return altered.with_week_places(instance, change.at, amount)
        case "pair":
            return altered.with_stand_in(instance, person)
        case "audience":
            return altered.with_audience(instance, change.at, int(instance.staff.role[person]))
        case "level":
            return altered.with_level(instance, change.at, topic, amount)
        case "course":
            return _with_course(instance, change, topic)
    return _with_supply(instance, change, remedy)


def _with_supply(instance: Instance, change: Change, remedy: Remedy) -> Instance:
    """What a session lacks, there for its days."""
    site, amount = change.site, int(change.amount)
    if site is None:
        return instance
    number = remedy.steps.index(site) + 1
    match change.kind:
        case "group":
            return altered.with_group(instance, site.module, least=amount)
        case "place":
            wider = altered.with_group(instance, site.module, most=amount)
            return altered.with_places(wider, venue=site.venue, offer=site.offer, places=amount)
        case "trainer":
            return altered.with_trainer(
                instance,
                f"+trainer{number}",
                region=max(0, site.region),
                modules=[site.module],
                days_quarter=len(site.days),
                days=site.days,
            )
        case "venue":
            return _with_room(instance, site, number)
    seats = max(1 + len(site.others), int(instance.modules.min_seats[site.module]))
    return altered.with_offer(
        instance,
        f"+offer{number}",
        module=site.module,
        days=site.days,
        seats=seats,
        region=site.region,
    )


def _with_room(instance: Instance, site: Site, number: int) -> Instance:
    """A room for the days, at the lowest price known for its kind."""
    kind = instance.modules.venue_kind[site.module]
    pairs = zip(instance.venues.cost_day, instance.venues.kind, strict=True)
    return altered.with_venue(
        instance,
        f"+venue{number}",
        region=site.region,
        kind=kind,
        capacity=int(instance.modules.max_seats[site.module]),
        cost_day=min((float(price) for price, k in pairs if k == kind), default=0.0),
        days=site.days,
    )


def _with_course(instance: Instance, change: Change, topic: int) -> Instance:
    site = change.site
    length = len(site.days) if site else 1
    made = altered.with_course(
        instance, COURSE, competency=topic, level=int(change.amount), length=length
    )
    if site is None:
        return made
    return altered.with_offer(
        made,
        "+offer1",
        module=len(instance.modules.ids),
        days=site.days,
        seats=1,
        region=site.region,
    )
