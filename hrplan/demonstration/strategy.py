"""The strategy of the demonstration and the register of partners, as they are written."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hrplan.demonstration.people import AS_OF
from hrplan.demonstration.texts import text

Row = dict[str, Any]
Tables = dict[str, list[Row]]
INDICATOR = (
    "indicator", "objective", "title", "formula", "unit", "better", "baseline", "target",
    "target_on", "owner", "source",
)  # fmt: skip
COST = (
    "initiative", "fiscal_year", "budget_line", "title", "quantity", "unit", "rate", "funding",
    "source", "rate_source", "priced_on", "is_recurrent",
)  # fmt: skip
RISK = ("risk", "scope", "title", "likelihood", "impact", "owner", "mitigation")
OBLIGATION = ("obligation", "title", "source", "due_on", "training_need", "competencies")
RULE_KEYS = ("responsible", "accountable", "consulted", "informed")
ADVICE = ("activity", "text", "owner", "due_on", "done_on", "evidence")
COUNTED = "counted"
RULING = ("activity", "other", "verdict", "note", "ruled_on")


def strategy() -> Tables:
    """The tables of strategy and partners, by name; baselines to be counted are still empty."""
    content = text("strategy")
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
            _indicator(of, line, content["objectives"]) for line in content["indicators"]
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
        "findings": ";".join(line["findings"]),
        "owner": line["owner"],
    }


def _indicator(of: Row, line: Sequence[Any], objectives: Sequence[Mapping[str, Any]]) -> Row:
    row = dict(zip(INDICATOR, line, strict=True))
    points = {one["code"]: one["points"] for one in objectives}
    counted = row["baseline"] == COUNTED
    bands = {code: (low, high) for code, low, high in text("strategy")["bands"]}
    low, high = bands.get(row["indicator"], (None, None))
    return {
        **of,
        **row,
        "band_low": low,
        "band_high": high,
        "baseline": None if counted else row["baseline"],
        "baseline_on": AS_OF,
        "reference_points": ";".join(points[row["objective"]]),
    }


def counted_baselines() -> list[str]:
    """Codes of the indicators whose baseline is counted from the rows once they are there."""
    return [line[0] for line in text("strategy")["indicators"] if COUNTED in line]


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
        "recommendations": ";".join(line.get("answers", ())) or None,
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
