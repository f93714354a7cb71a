"""Ways of learning: what each step of levels asks for, make or buy, programmes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min

from hrplan.core.models import Administration
from training_calendar import wording
from training_calendar.analysis import modes
from training_calendar.models import (
    Mode,
    Module,
    Need,
    Offer,
    Outcome,
    Plan,
    PlanningParameters,
    Programme,
    Travel,
    Venue,
)
from training_calendar.usecases import constants
from training_calendar.usecases.outside import FAR

Step = tuple[int, int]  # competency, level reached


@dataclass(frozen=True, slots=True)
class WayLine:
    """One step of one competency: who needs it, the way preferred, and what the plan does.

    by_mode : (mode in words, people) whose need the plan meets, most first
    is_followed : does the plan go the first or second way; None where it meets nobody's need
    elearning : a self-paced module on offer that leads there; "" none
    """

    competency: str
    title: str
    level: int
    people: int
    met: int
    first: str
    second: str
    by_mode: tuple[tuple[str, int], ...]
    is_followed: bool | None
    elearning: str


@dataclass(frozen=True, slots=True)
class BuyLine:
    """One course abroad that several people need: send them, or bring the trainer in [money].

    choice : bring, send; unknown where it hangs on the trainer's fee, fare where no fare is known
    """

    module: int
    code: str
    title: str
    people: int
    days: int
    trip: float | None
    send: float
    bring: float
    fee_day: float
    choice: str


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme as an option: needs that its modules lead to, and people with two or more."""

    pk: int
    code: str
    title: str
    award: str
    needs: int
    people: int
    several: int


@dataclass(frozen=True, slots=True)
class Ways:
    """All of them, with the constants they rest on."""

    steps: tuple[WayLine, ...]
    buying: tuple[BuyLine, ...]
    programmes: tuple[ProgrammeLine, ...]
    rule: modes.ModeConstants


def ways(plan: Plan) -> Ways:
    """The ways of learning for the needs of a plan."""
    rule = constants.planning_constants(plan.administration).modes
    needs = list(
        Need.objects.filter(plan=plan)
        .exclude(reason__startswith="cause-")
        .values_list(
            "competency", "competency__code", "competency__title", "competency__group__code",
            "held", "required", "is_met", "module", "module__mode", "staff_member",
        )
    )  # fmt: skip
    return Ways(
        steps=_steps(plan.administration, needs, rule),
        buying=_buying(plan, rule),
        programmes=_programmes(plan.administration, needs),
        rule=rule,
    )


def _steps(
    administration: Administration, needs: list[tuple], rule: modes.ModeConstants
) -> tuple[WayLine, ...]:
    people: Counter[Step] = Counter()
    met: Counter[Step] = Counter()
    by_mode: dict[Step, Counter[str]] = defaultdict(Counter)
    named: dict[int, tuple[str, str, str]] = {}
    for topic, code, title, group, held, required, is_met, _module, mode, _staff in needs:
        named[topic] = code, title, group
        for level in range(int(held) + 1, required + 1):
            people[topic, level] += 1
            if is_met and mode:
                met[topic, level] += 1
                by_mode[topic, level][mode] += 1
    lead = _leading(administration)
    lines = []
    for (topic, level), count in people.items():
        code, title, group = named[topic]
        known = lead.get((topic, level), ())
        practical = bool(known) and all(kind == "practical" for _m, _mode, kind in known)
        choice = modes.preferred(
            level, count, rule, is_behaviour=group == "M", is_practical=practical
        )
        taken = by_mode[topic, level]
        most = taken.most_common(1)
        lines.append(
            WayLine(
                competency=code,
                title=title,
                level=level,
                people=count,
                met=met[topic, level],
                first=choice.first,
                second=choice.second,
                by_mode=tuple((wording.mode(mode), n) for mode, n in taken.most_common()),
                is_followed=choice.suits(most[0][0]) if most else None,
                elearning=next((m for m, mode, _k in known if mode == Mode.SELF_PACED), ""),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.people, line.competency, line.level)))


def _leading(administration: Administration) -> dict[Step, tuple[tuple[str, str, str], ...]]:
    """(competency, level) -> code, mode and venue kind of the modules that lead there."""
    rows = Outcome.objects.filter(module__administration=administration, module__is_offered=True)
    found: dict[Step, list[tuple[str, str, str]]] = defaultdict(list)
    for topic, low, high, code, mode, kind in rows.values_list(
        "competency", "level_from", "level_to", "module__code", "module__mode",
        "module__venue_kind",
    ):  # fmt: skip
        for level in range(low + 1, high + 1):
            found[topic, level].append((code, mode, kind))
    return {step: tuple(sorted(known)) for step, known in found.items()}


def _buying(plan: Plan, rule: modes.ModeConstants) -> tuple[BuyLine, ...]:
    """The courses abroad that enough people need, the largest saving first."""
    owner = plan.administration
    rows = (
        Module.objects.filter(administration=owner, travel__in=FAR, needs__plan=plan)
        .annotate(people=Count("needs__staff_member", distinct=True))
        .filter(people__gte=rule.same_course)
    )
    parameters = PlanningParameters.objects.filter(administration=owner).first()
    per_diem = float(parameters.per_diem) if parameters else 0.0
    room = Venue.objects.filter(administration=owner).aggregate(least=Min("cost_day"))["least"]
    trips = _trips(owner)
    lines = []
    for module in rows:
        trip = trips.get(module.pk)
        found = modes.make_or_buy(
            module.people,
            days=module.days,
            fee=float(module.cost_person),
            trip=trip or 0.0,
            per_diem=per_diem,
            room_day=float(room or 0),
            group=module.max_group,
            trainer_fee_day=rule.trainer_fee_day,
        )
        choice = "fare" if trip is None else found.choice
        lines.append(
            BuyLine(
                module.pk, module.code, module.title, module.people, module.days, trip,
                found.send, found.bring, found.fee_day, choice,
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.bring - line.send, line.code)))


def _trips(owner: Administration) -> dict[int, float]:
    """Module -> the cheapest trip to where it is offered; without an offer it is not known."""
    homes = set(Venue.objects.filter(administration=owner).values_list("region", flat=True))
    cost: dict[str, float] = {}
    for start, end, price in Travel.objects.filter(administration=owner).values_list(
        "from_region", "to_region", "cost"
    ):
        if start in homes and end not in homes:
            cost[end] = min(float(price), cost.get(end, float(price)))
    found: dict[int, float] = {}
    for module, region in Offer.objects.filter(administration=owner).values_list(
        "module", "region"
    ):
        if region in cost:
            found[module] = min(cost[region], found.get(module, cost[region]))
    return found


def _programmes(
    administration: Administration, needs: Iterable[tuple]
) -> tuple[ProgrammeLine, ...]:
    """Each programme with the needs that its modules lead to the level required."""
    rows = Programme.objects.filter(administration=administration).prefetch_related(
        "modules__outcomes"
    )
    asked = [(row[0], row[5], row[9]) for row in needs]
    lines = []
    for programme in rows:
        top: dict[int, int] = {}
        for module in programme.modules.all():
            for outcome in module.outcomes.all():
                at = outcome.competency_id
                top[at] = max(top.get(at, 0), outcome.level_to)
        served = Counter(staff for topic, required, staff in asked if top.get(topic, 0) >= required)
        lines.append(
            ProgrammeLine(
                pk=programme.pk,
                code=programme.code,
                title=programme.title,
                award=programme.award,
                needs=sum(served.values()),
                people=len(served),
                several=sum(count > 1 for count in served.values()),
            )
        )
    return tuple(lines)
