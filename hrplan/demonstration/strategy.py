"""The strategy of the demonstration and the register of partners, as they are written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hrplan.demonstration.people import AS_OF, OUTLOOK_YEARS, RETIREMENT_AGE, YEAR
from hrplan.demonstration.texts import text

Row = dict[str, Any]
Tables = dict[str, list[Row]]
INDICATOR = (
    "indicator", "objective", "title", "formula", "unit", "better", "baseline", "target",
    "target_on", "owner", "source",
)  # fmt: skip
COST = (
    "initiative", "fiscal_year", "budget_line", "title", "quantity", "unit", "rate", "funding",
    "source", "rate_source", "is_recurrent",
)  # fmt: skip
RISK = ("risk", "scope", "title", "likelihood", "impact", "owner", "mitigation")
OBLIGATION = ("obligation", "title", "source", "due_on", "training_need", "competencies")
RULE_KEYS = ("responsible", "accountable", "consulted", "informed")
ADVICE = ("activity", "text", "owner", "due_on", "done_on", "evidence")
RULING = ("activity", "other", "verdict", "note", "ruled_on")


def strategy(posts: Sequence[Row], staff: Sequence[Row], ratings: Sequence[Row]) -> Tables:
    """The tables of strategy and partners, by name; baselines that follow from rows are counted."""
    content = text("strategy")
    known = baselines(posts, staff, ratings)
    of = {"strategy": content["strategy"]["strategy"]}
    return {
        "strategy": [content["strategy"]],
        "principles": [
            {**of, "title": title, "text": words, "position": place}
            for place, (title, words) in enumerate(content["principles"])
        ],
        "objectives": [_objective(of, line) for line in content["objectives"]],
        "objective_links": [
            {"objective": line["code"], "corporate_objective": link}
            for line in content["objectives"]
            for link in line["links"]
        ],
        "indicators": [
            _indicator(of, line, known, content["objectives"]) for line in content["indicators"]
        ],
        "measurements": _lines("measurements", "indicator", "measured_on", "value", "note"),
        "target_changes": _lines(
            "target_changes", "indicator", "changed_on", "before", "after", "reason"
        ),
        "initiatives": [_initiative(of, line) for line in content["initiatives"]],
        "milestones": [
            {"initiative": line["code"], "title": title, "due_on": day}
            for line in content["initiatives"]
            for title, day in line["milestones"]
        ],
        "risks": [{**of, **row} for row in _lines("risks", *RISK)],
        "strategy_costs": [_cost(row) for row in _lines("costs", *COST)],
        "obligations": _lines("obligations", *OBLIGATION),
        "requested_decisions": [
            {**of, "number": number, "text": words, "body": body}
            for number, (words, body) in enumerate(content["decisions"], start=1)
        ],
        "responsibilities": [
            {**of, "position": place, **row}
            for place, row in enumerate(_lines("responsibilities", "task", *RULE_KEYS))
        ],
        "policy_rules": list(_rules(content["rules"])),
        "consultations": [
            {**of, **row} for row in _lines("consultations", "held_on", "body", "view")
        ],
        **_partners(),
    }


def _lines(name: str, *columns: str) -> list[Row]:
    return [dict(zip(columns, line, strict=True)) for line in text("strategy")[name]]


def _objective(of: Row, line: Mapping[str, Any]) -> Row:
    return {
        **of,
        "objective": line["code"],
        "title": line["title"],
        "rationale": line["rationale"],
        "reference_points": ";".join(line["points"]),
        "domains": ";".join(line["domains"]),
        "owner": line["owner"],
    }


def _indicator(
    of: Row, line: Sequence[Any], known: Mapping[str, Decimal], objectives: Sequence[Mapping]
) -> Row:
    row = dict(zip(INDICATOR, line, strict=True))
    points = {one["code"]: one["points"] for one in objectives}
    return {
        **of,
        **row,
        "baseline": known.get(row["indicator"], row["baseline"]),
        "baseline_on": AS_OF,
        "reference_points": ";".join(points[row["objective"]]),
    }


def baselines(
    posts: Sequence[Row], staff: Sequence[Row], ratings: Sequence[Row]
) -> dict[str, Decimal]:
    """The baselines that are a count of rows [%]: indicator -> value."""
    strength = len(staff)
    validated = {row["staff"] for row in ratings if row["source"] == "validated"}
    ends = AS_OF + timedelta(days=round(OUTLOOK_YEARS * YEAR))

    def retires(person: Row) -> bool:
        born: date = person["born_on"]
        return born + timedelta(days=round(RETIREMENT_AGE * YEAR)) <= ends

    return {
        "K01": _share(posts, lambda row: row["vacant_since"] is not None),
        "K02": _share(staff, lambda row: row["is_acting"], of=len(posts)),
        "K04": _share(staff, retires, of=strength),
        "K07": _share(staff, lambda row: row["profile"] is not None),
        "K08": _share(staff, lambda row: row["staff"] in validated),
        "K09": _share(ratings, lambda row: row["source"] == "validated"),
    }


def _share(rows: Sequence[Row], chosen: Callable[[Row], bool], of: int | None = None) -> Decimal:
    count = sum(1 for row in rows if chosen(row))
    return (Decimal(100 * count) / Decimal(of or len(rows))).quantize(Decimal("0.01"))


def _initiative(of: Row, line: Mapping[str, Any]) -> Row:
    first, last = line["dates"]
    return {
        **of,
        "initiative": line["code"],
        "objective": line["objective"],
        "theme": line["theme"],
        "title": line["title"],
        "action": line["action"],
        "owner": line["owner"],
        "starts_on": first,
        "ends_on": last,
        "depends_on": line.get("depends"),
        "legal_change": line.get("legal"),
    }


def _cost(row: Row) -> Row:
    return {**row, "amount": Decimal(row["quantity"]) * Decimal(row["rate"])}


def _rules(rules: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    for kind, own in rules.items():
        for place, (title, words) in enumerate(own.items()):
            yield {"kind": kind, "title": title, "text": words, "position": place}


def _partners() -> Tables:
    content = text("strategy")
    numbers: dict[str, int] = {}
    advice = []
    for row in _lines("recommendations", *ADVICE):
        numbers[row["activity"]] = numbers.get(row["activity"], 0) + 1
        advice.append({**row, "number": numbers[row["activity"]]})
    return {
        "partners": _lines("partners", "partner", "name", "kind"),
        "activities": content["activities"],
        "aid_recommendations": advice,
        "overlap_rulings": _lines("rulings", *RULING),
    }
