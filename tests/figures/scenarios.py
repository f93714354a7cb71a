"""What other budgets buy, worked out again from the money asked for and the scenarios kept."""

from collections.abc import Iterable
from typing import Any

from competencies.models import Competency
from hrplan.core.models import Administration
from tests.figures.plan import current
from tests.figures.written import Again, Row, num, pct
from training_calendar.models import Budget, Need, Scenario

LISTED, CLOSES = 15, 3
REASONS = {
    "worth": "worth less than it costs at this budget",
    "cover": "the station would be uncovered",
}


def asked(owner: Administration) -> list[tuple[Scenario, float]]:
    """The scenarios of other budgets, the smallest first, and the money of each."""
    whole = sum(float(one.amount) for one in Budget.objects.filter(administration=owner))
    rows = Scenario.objects.filter(plan=current(owner), kind="share")
    return [(one, one.share * whole) for one in rows.order_by("share")]


def gap(owner: Administration) -> float:
    """The weighted gap of what training can close; other causes are no needs of it [points]."""
    rows = Need.objects.filter(plan=current(owner)).exclude(reason__startswith="cause-")
    return sum(one.weighted_gap for one in rows)


def titles(owner: Administration) -> dict[str, str]:
    return dict(Competency.objects.filter(administration=owner).values_list("code", "title"))


def case(owner: Administration, _code: str) -> Iterable[Row]:
    """Of each budget the money, the gap closed, the people and the two widest gaps left."""
    name, whole = titles(owner), gap(owner)
    for one, budget in asked(owner):
        widest = sorted(one.left_out, key=lambda item: -item["points"])[:2]
        few = one.people < owner.small_cell_limit
        yield (
            pct(one.share, 1),
            num(budget),
            num(one.cost),
            num(one.closed),
            pct(one.closed, whole, 1),
            f"fewer than {owner.small_cell_limit}" if few else num(one.people),
            "\n".join(f"{name[x['competency']]}: {REASONS[x['reason']]}" for x in widest),
        )


def chart(owner: Administration, _code: str) -> Iterable[Row]:
    whole = gap(owner)
    return ((pct(one.share, 1), num(100 * one.closed / whole, 1)) for one, _m in asked(owner))


def more(owner: Administration, _code: str) -> Iterable[Row]:
    """What each budget buys beyond the one before; points of few needs are withheld."""
    rows = asked(owner)
    for (less, little), (one, much) in zip(rows, rows[1:], strict=False):
        points, money = one.closed - less.closed, much - little
        yield (
            f"to {pct(one.share, 1)}",
            num(money),
            num(points),
            num(1000 * points / money, 1),
            "; ".join(_closed(owner, less.left_out, one.left_out)),
        )


def _closed(owner: Administration, before: list[Any], after: list[Any]) -> Iterable[str]:
    """The three competencies of which most is closed; one no longer listed has the last's left."""
    name, left = titles(owner), {item["competency"]: item for item in after}
    last = after[-1]["points"] if len(after) == LISTED else 0
    found = []
    for item in before:
        now = left.get(item["competency"])
        points = round(item["points"] - (now["points"] if now else last), 1)
        needs = abs(item["needs"] - (now["needs"] if now else 0))
        if points > 0:
            found.append((-points, item["competency"], needs))
    for less, code, needs in sorted(found)[:CLOSES]:
        shown = num(-less) if needs >= owner.small_cell_limit else "withheld"
        yield f"{name[code]} ({shown})"


CASES: dict[str, Again] = {
    "budget-case-table": Again((0, 1, 2, 3, 4, 5, 6), case),
    "budget-case-chart": Again((0, 1), chart),
    "budget-case-next": Again((0, 1, 2, 3, 4), more),
}
