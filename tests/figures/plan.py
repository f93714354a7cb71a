"""Money, places, needs and sessions of the plan and its calendar added up again."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from competencies.models import StaffLevel
from hrplan.core.models import Administration
from tests.figures.people import serving
from tests.figures.written import Again, Row, big, crossed, num, pct
from training_calendar.models import (
    Budget,
    CostLine,
    Enrolment,
    Evaluation,
    Intervention,
    Module,
    Need,
    Plan,
    PlanningParameters,
    Scenario,
    Trainer,
    TrainingSession,
    Venue,
)

DRAWN = 10


def current(owner: Administration) -> Plan:
    return Plan.objects.get(administration=owner, is_current=True)


def cash(owner: Administration) -> list[CostLine]:
    """The cost lines that are money."""
    rows = CostLine.objects.filter(intervention__plan=current(owner), is_opportunity=False)
    return list(rows.select_related("intervention__module"))


def held(owner: Administration) -> list[TrainingSession]:
    """The sessions that are not cancelled, each with its places given."""
    rows = TrainingSession.objects.filter(calendar__plan=current(owner))
    return list(rows.exclude(status="cancelled").select_related("module", "venue"))


def seats(owner: Administration) -> list[Enrolment]:
    """The places given, in sessions that are held and outside them."""
    rows = Enrolment.objects.filter(calendar__plan=current(owner))
    return list(
        rows.exclude(session__status="cancelled").select_related(
            "module", "session", "staff_member__profile"
        )
    )


def quarter_of(owner: Administration, day: date) -> str:
    """The quarter of the budget in which a day lies."""
    rows = Budget.objects.filter(administration=owner, starts_on__lte=day, ends_on__gte=day)
    return str(rows.get().quarter)


def given(owner: Administration) -> dict[int, int]:
    """Places given by session."""
    found: dict[int, int] = defaultdict(int)
    for one in seats(owner):
        if one.session_id:
            found[one.session_id] += 1
    return found


def plan_lines(owner: Administration, _code: str) -> Iterable[Row]:
    amounts = [(line.budget_line, line.fiscal_year, line.amount) for line in cash(owner)]
    return [row[1:] for row in crossed(amounts, "All")]


def plan_time(owner: Administration, _code: str) -> Iterable[Row]:
    """The worth of working time, which is no cash, by item and year."""
    rows = CostLine.objects.filter(intervention__plan=current(owner), is_opportunity=True)
    return [row[1:] for row in crossed(((x.title, x.fiscal_year, x.amount) for x in rows), "All")]


def plan_funding(owner: Administration, _code: str) -> Iterable[Row]:
    def payer(line: CostLine) -> str:
        return f"{funded(owner, line)}: {line.intervention.source}"

    return [
        row[1:]
        for row in crossed(((payer(x), x.fiscal_year, x.amount) for x in cash(owner)), "All")
    ]


def funded(owner: Administration, line: CostLine) -> str:
    """The class of a line: what a later year's vote must give is of the next call."""
    first = date(int(line.fiscal_year[:4]), owner.fiscal_year_month, 1)
    own = line.intervention.funding
    if own not in ("within", "next"):
        return own
    return "next" if (first - owner.as_of).days > 365 else "within"


def plan_items(owner: Administration, _code: str) -> Iterable[Row]:
    sums: dict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for line in cash(owner):
        own = sums[line.budget_line, line.title, line.unit]
        own[0] += float(line.quantity)
        own[1] += float(line.amount)
    for key, (count, amount) in sums.items():
        yield (*key, num(amount / count, 2), num(amount))
    yield ("All", "", "", "", num(sum(amount for _count, amount in sums.values())))


def training(owner: Administration) -> list[Intervention]:
    rows = Intervention.objects.filter(plan=current(owner), kind="training")
    return list(rows.select_related("module").order_by("rank", "code"))


def spent(owner: Administration) -> dict[int, float]:
    """Cash by intervention."""
    found: dict[int, float] = defaultdict(float)
    for line in cash(owner):
        found[line.intervention_id] += float(line.amount)
    return found


def plan_ways(owner: Administration, _code: str) -> Iterable[Row]:
    money, places = spent(owner), defaultdict(int)
    for one in seats(owner):
        places[one.intervention_id] += 1
    ways: dict[str, list[Intervention]] = defaultdict(list)
    for one in training(owner):
        ways[one.module.mode].append(one)
    for part in (*ways.values(), training(owner)):
        hours = sum(places[one.pk] * float(one.hours) for one in part)
        amount = sum(money[one.pk] for one in part)
        points = sum(one.closes_gap for one in part)
        yield (
            num(len(part)),
            num(sum(places[one.pk] for one in part)),
            num(hours),
            num(amount),
            num(amount / hours, 2) if hours else "not known",
            num(amount / points, 2) if points else "–",
        )


def plan_top(owner: Administration, _code: str) -> Iterable[Row]:
    money = spent(owner)
    for one in [line for line in training(owner) if line.priority][:15]:
        yield (
            one.code,
            num(one.priority),
            num(one.people),
            num(one.closes_gap),
            num(money[one.pk]),
        )


def plan_quarters(owner: Administration, _code: str) -> Iterable[Row]:
    """Money set aside, of sessions and beside them, and what is left."""
    rows = [_quarter(owner, one) for one in Budget.objects.filter(administration=owner)]
    sums = [sum(part) for part in zip(*(amounts for _name, amounts in rows), strict=True)]
    for name, amounts in (*rows, ("All", sums)):
        yield (name, *map(num, amounts))


def _quarter(owner: Administration, one: Budget) -> tuple[str, list[float]]:
    budget = float(one.amount) * current(owner).budget_share
    inside = sum(
        float(row.cost) for row in held(owner) if one.starts_on <= row.starts_on <= one.ends_on
    )
    beside = sum(
        float(row.cost)
        for row in seats(owner)
        if not row.session_id and one.starts_on <= row.starts_on <= one.ends_on
    )
    return one.quarter, [budget, inside, beside, budget - inside - beside]


def plan_cash(owner: Administration, _code: str) -> Iterable[Row]:
    for name, _budget, inside, beside, left in plan_quarters(owner, ""):
        if name != "All":
            yield (name, inside, beside, left)


def plan_reasons(owner: Administration, _code: str) -> Iterable[Row]:
    found: dict[str, list[int]] = defaultdict(list)
    for need in Need.objects.filter(plan=current(owner), is_met=False):
        found[need.reason].append(need.staff_member_id)
    return ((num(len(part)), num(len(set(part)))) for part in found.values())


def plan_open(owner: Administration, _code: str) -> Iterable[Row]:
    """Weighted levels still missing after the plan, by competency."""
    found: dict[str, float] = defaultdict(float)
    rows = Need.objects.filter(plan=current(owner), is_met=False).select_related("competency")
    for need in rows:
        whole = need.required - need.held
        found[need.competency.title] += need.weighted_gap * (
            max(0.0, need.required - max(need.held, need.reached)) / whole if whole else 0.0
        )
    return ((name, num(points)) for name, points in sorted(
        found.items(), key=lambda pair: -pair[1])[:DRAWN])  # fmt: skip


def plan_scenarios(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Scenario.objects.filter(plan=current(owner), kind="share"):
        yield (
            pct(one.share, 1),
            num(one.budget),
            num(one.cost),
            num(one.sessions),
            num(one.seats),
            pct(one.closed, one.total, 1),
        )


def plan_frontier(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Scenario.objects.filter(plan=current(owner), kind="share"):
        yield (f"{pct(one.share, 1)}\n{num(one.budget)}", num(100 * one.closed / one.total, 1))


def level_hours(owner: Administration, _code: str) -> Iterable[Row]:
    parameters = PlanningParameters.objects.get(administration=owner)
    years = (parameters.horizon_end - parameters.horizon_start).days / 365.25
    for level in StaffLevel:
        staff = [p for p in serving(owner) if p.profile and p.profile.staff_level == level.value]
        own = [
            one
            for one in seats(owner)
            if one.staff_member.profile and one.staff_member.profile.staff_level == level.value
        ]
        hours = sum(float(one.module.hours + one.module.self_study_hours) for one in own)
        yield (
            big(str(level.label)),
            num(len(staff)),
            num(len({one.staff_member_id for one in own})),
            num(hours / len(staff) / years, 1),
        )


def evaluations(owner: Administration, _code: str) -> Iterable[Row]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = Evaluation.objects.filter(session__calendar__plan=current(owner))
    for one in rows.exclude(session__status="cancelled"):
        found[one.level].append(one.due_on)
    return ((num(len(days)), _day(min(days)), _day(max(days))) for days in found.values())


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def modules(owner: Administration, _code: str) -> Iterable[Row]:
    planned = {one.module_id for one in training(owner)}
    for one in Module.objects.filter(administration=owner, is_offered=True):
        yield (
            one.code,
            num(one.hours + one.self_study_hours),
            num(one.cost_session),
            num(one.cost_person),
            "✓" if one.pk in planned else "",
        )


def sheet(owner: Administration, code: str) -> Iterable[Row]:
    """What one intervention costs in all and a person, and for how many it is."""
    one = Intervention.objects.get(plan=current(owner), code=code)
    money = spent(owner)[one.pk]
    each = num(money / max(1, one.people))
    words = f"{owner.currency} {num(money)} ({each} a person)" if money else "No cash"
    yield ("Cost and payer", words)
    yield ("For whom", f"{num(one.people)} {'person' if one.people == 1 else 'people'}")


def head(cell: str) -> str:
    """What of a cell of a sheet is a figure."""
    found = re.match(r"No cash|[^(]*\([^)]* a person\)|[\d,]+ (person|people)", cell)
    return found[0] if found else cell


def trainers(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Trainer.objects.filter(administration=owner):
        yield (one.code, num(one.modules.count()))


def measures(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Intervention.objects.filter(plan=current(owner), kind="other")
    return ((one.code, one.title) for one in rows)


def stations(owner: Administration, _code: str) -> Iterable[Row]:
    counted = Counter(one.unit.title for one in serving(owner))
    return ((title, num(count)) for title, count in counted.items())


def cost_sheet(owner: Administration, _code: str) -> Iterable[Row]:
    money = spent(owner)
    sums: dict[tuple[Any, ...], float] = defaultdict(float)
    for line in cash(owner):
        key = (line.intervention_id, line.fiscal_year, line.budget_line, line.title, line.unit)
        sums[key] += float(line.amount)
    for one in training(owner):
        if money[one.pk]:
            yield (f"{one.code} {one.title}: {num(money[one.pk])}", "", "", "", "")
    for key, amount in sums.items():
        yield (*key[1:], num(amount))
    yield ("All", "", "", "", num(sum(money.values())))


# --- Calendar ----------------------------------------------------------------------------------


def quarter_load(owner: Administration, _code: str) -> Iterable[Row]:
    places = given(owner)
    rows: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for one in held(owner):
        days = _length(owner, one)
        for name in (quarter_of(owner, one.starts_on), "All"):
            own = rows[name]
            own[0] += 1
            own[1] += places[one.pk]
            own[2] += days
            own[3] += days * places[one.pk]
            own[4] += float(one.cost)
    return ((name, *map(num, own)) for name, own in rows.items())


def _length(owner: Administration, one: TrainingSession) -> int:
    """Days from first to last."""
    return (one.ends_on - one.starts_on).days + 1


def sessions(owner: Administration, code: str) -> Iterable[Row]:
    places = given(owner)
    own = [one for one in held(owner) if quarter_of(owner, one.starts_on) == code]
    for one in own:
        yield (one.code, f"{places[one.pk]} / {one.places}", num(one.cost))
    yield ("All", num(sum(places[x.pk] for x in own)), num(sum(float(x.cost) for x in own)))


def elearning(owner: Administration, _code: str) -> Iterable[Row]:
    """People who begin each course outside the sessions; a mode heads its courses."""
    own = [one for one in seats(owner) if not one.session_id]
    found: dict[tuple[str, str], int] = defaultdict(int)
    for one in own:
        hours = num(one.module.hours + one.module.self_study_hours)
        found[one.module.title, hours] += 1
    yield from ((*key, num(count)) for key, count in found.items())
    yield from ((mode, "", "") for mode in {_mode(one.module) for one in own})
    yield ("All", "", num(len(own)))


def _mode(module: Module) -> str:
    return big(str(module.get_mode_display()))


def cash_months(owner: Administration, _code: str) -> Iterable[Row]:
    months: dict[date, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in held(owner):
        months[one.starts_on.replace(day=1)][0] += float(one.cost)
    for seat in seats(owner):
        if not seat.session_id:
            months[seat.starts_on.replace(day=1)][1] += float(seat.cost)
    for first, (inside, beside) in months.items():
        if inside or beside:
            yield (f"{first:%b %Y}", num(inside), num(beside), num(inside + beside))
    sums = [sum(part) for part in zip(*months.values(), strict=True)]
    yield ("All", *map(num, sums), num(sum(sums)))


def by_session(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Evaluation.objects.filter(session__in=held(owner))
    due = {(one.session_id, one.level): one.due_on for one in rows}
    for one in held(owner):
        yield (one.code, *(_day(due[one.pk, level]) for level in (1, 3, 4)))


def venues(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Venue.objects.filter(administration=owner):
        yield (one.title, num(one.capacity), num(one.cost_day))


def tiles(owner: Administration) -> dict[str, tuple[str, ...]]:
    """Key of a section -> the numbers of its tiles, in order."""
    plan, own = current(owner), seats(owner)
    inside = sum(1 for one in own if one.session_id)
    money = sum(float(line.amount) for line in cash(owner))
    return {
        "calendar-year": (
            num(len(held(owner))),
            num(inside),
            num(len(own) - inside),
            num(sum(float(one.cost) for one in held(owner))),
        ),
        "priorities": (
            pct(plan.closed_gap, plan.total_gap),
            num(len(training(owner))),
            num(len(held(owner))),
            num(money),
        ),
    }


CASES: dict[str, Again] = {
    "plan-lines": Again((1, 2, 3, 4), plan_lines),
    "plan-opportunity": Again((1, 2, 3, 4), plan_time),
    "plan-funding": Again((1, 2, 3, 4), plan_funding),
    "plan-items": Again((0, 1, 2, 4, 5), plan_items),
    "plan-ways": Again((1, 2, 3, 4, 5, 6), plan_ways),
    "plan-top": Again((0, 2, 3, 4, 5), plan_top),
    "plan-quarters": Again((0, 1, 2, 3, 4), plan_quarters),
    "plan-cash": Again((0, 1, 2, 3), plan_cash),
    "plan-reasons": Again((1, 2), plan_reasons),
    "plan-open": Again((0, 1), plan_open),
    "plan-scenarios": Again((0, 1, 2, 3, 4, 5), plan_scenarios),
    "plan-frontier": Again((0, 1), plan_frontier),
    "level-hours": Again((0, 1, 2, 4), level_hours),
    "evaluations": Again((2, 3, 4), evaluations),
    "modules": Again((0, 4, 5, 6, 7), modules),
    "sheet-*": Again((0, 1), sheet, only=frozenset({"Cost and payer", "For whom"}), shown=head),
    "trainer-load": Again((0, 3), trainers),
    "measures": Again((0, 1), measures),
    "release-limits": Again((0, 1), stations, withholds=True),
    "cost-sheet": Again((0, 1, 2, 4, 6), cost_sheet),
    "quarter-load": Again((0, 1, 2, 3, 4, 5), quarter_load),
    "sessions-*": Again((0, 6, 7), sessions),
    "elearning": Again((0, 1, -1), elearning),
    "cash-months": Again((0, 1, 2, 3), cash_months),
    "evaluations-by-session": Again((0, 2, 3, 4), by_session),
    "venues": Again((0, 3, 4), venues),
}
