"""The shipped catalogue of training modules and programmes: what each lifts, lasts, costs, asks."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hrplan.exchange.content import ContentError, Fault, read_content, with_head

MODULES = Path(__file__).parent / "modules"
PROGRAMMES = "programmes.yaml"
TOP_LEVEL = 4
SESSION_MODES = frozenset({"classroom", "online", "external"})
COSTED_BY_SESSION = frozenset({"classroom", "online"})
MODES = ("classroom", "online", "external", "self_paced", "on_the_job", "provider_run")
HOURS_A_DAY = 8

_NAME = {"type": "string", "minLength": 1}
_NOTE = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_AMOUNT = {"type": "number", "minimum": 0}
_CODE = {"type": "string", "pattern": r"^[A-Z][A-Z0-9]*(\.\d+)?$"}
_DATE = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}


def _choice(*values: str | None) -> dict[str, Any]:
    return {"enum": list(values)}


def _list(items: Mapping[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


def _record(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


_COST = _record({"amount": _AMOUNT}, {"basis": _choice("estimate", "sourced"), "source": _NOTE})
_OUTCOME = _record({"competency": _NAME, "from": {"type": "integer"}, "to": {"type": "integer"}})
_PART = _record({"title": _NAME, "hours": {"type": "number", "exclusiveMinimum": 0}})
_DEFAULTS: dict[str, Any] = {
    "language": _NAME,
    "status": _choice("offered", "planned", "retired"),
    "checked": _DATE,
    "prerequisites": _list(_CODE),
    "parts": _list(_PART),
    "entry": _NOTE,
    "minimum_service_years": _COUNT,
    "maximum_service_years": {"type": ["integer", "null"], "minimum": 0},
    "validity_months": {"type": ["integer", "null"], "minimum": 1},
    "delivery_months": _list({"type": "integer", "minimum": 1, "maximum": 12}),
    "nomination": _NOTE,
    "rights": _NOTE,
    "evidence": {"type": "string", "pattern": r"^(https?://\S+)?$"},
    "note": _NOTE,
}
_OFFER: dict[str, Any] = {
    "code": _CODE,
    "title": _NAME,
    "provider": _NAME,
    "mode": _choice(*MODES),
    "hours_basis": _choice("estimate", "sourced"),
    "venue_kind": _choice("classroom", "lab", "practical", None),
    "min_group": {"type": "integer", "minimum": 1},
    "max_group": {"type": "integer", "minimum": 1},
    "travel": _choice("none", "local", "regional", "long_haul"),
    "lead_days": _COUNT,
    "certificate": _NAME,
    "evaluation": _NAME,
    "audience": _record({"staff_levels": _list(_NAME), "profiles": _list(_NAME)}),
}
_CONTENT: dict[str, Any] = {
    "hours": _AMOUNT,
    "self_study_hours": _AMOUNT,
    "days": _COUNT,
    "cost_person": _COST,
    "outcomes": _list(_OUTCOME, 1),
}
_UNIT = _record({"code": _CODE, "title": _NAME, "evaluation": _NAME, **_CONTENT})
_AWARD: dict[str, Any] = {
    "years": {"type": "integer", "minimum": 1},
    "award": _NAME,
    "award_by": _NAME,
    "tutors": _NAME,
    "units": _list(_UNIT, 1),
}
_FILE = {"currency": {"type": "string", "pattern": "^[A-Z]{3}$"}, "price_date": _DATE}
_MODULE_SCHEMA = with_head(
    {
        **_FILE,
        "defaults": _record(_DEFAULTS),
        "modules": _list(_record({**_OFFER, **_CONTENT, "cost_session": _COST}, _DEFAULTS), 1),
    }
)
_PROGRAMME_SCHEMA = with_head(
    {
        **_FILE,
        "defaults": _record(_DEFAULTS),
        "programmes": _list(_record({**_OFFER, **_AWARD}, _DEFAULTS), 1),
    }
)


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    """A module lifts to `to_level` those who hold at least `from_level` and less than `to_level`."""

    competency: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class CostContent:
    """An amount in the catalogue's currency at its price date, and how it is known."""

    amount: Decimal
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class PartContent:
    """A stretch of a long course [hours]."""

    title: str
    hours: float


@dataclass(frozen=True, slots=True)
class ModuleContent:
    """A unit of training as the catalogue states it.

    `hours` are contact hours; `days` are days away from duty, and for the session modes the days
    of one session. `cost_session` and `cost_person` are without travel, subsistence and venue,
    which follow from `travel` and the place. No name in `audience_profiles`: open to everybody;
    `audience_staff_levels` are the learning paths it belongs to. `delivery_months` empty: any.
    `unit_of` is the programme of a unit, and `None` elsewhere.
    """

    code: str
    title: str
    provider: str
    mode: str
    hours: float
    hours_basis: str
    self_study_hours: float
    days: int
    venue_kind: str | None
    min_group: int
    max_group: int
    cost_session: CostContent
    cost_person: CostContent
    travel: str
    lead_days: int
    validity_months: int | None
    language: str
    certificate: str
    evaluation: str
    prerequisites: tuple[str, ...]
    entry: str
    minimum_service_years: int
    maximum_service_years: int | None
    audience_staff_levels: tuple[str, ...]
    audience_profiles: tuple[str, ...]
    delivery_months: tuple[int, ...]
    nomination: str
    rights: str
    outcomes: tuple[OutcomeContent, ...]
    parts: tuple[PartContent, ...]
    evidence: str
    note: str
    checked: date
    status: str
    unit_of: str | None = None

    @property
    def is_session(self) -> bool:
        """Whether it is held in training sessions; if not, people are enrolled with dates alone."""
        return self.mode in SESSION_MODES

    def is_open_to(self, profile: str) -> bool:
        return not self.audience_profiles or profile in self.audience_profiles


@dataclass(frozen=True, slots=True)
class ProgrammeContent:
    """Unit modules that together earn an award; the programme is a module of the same code too."""

    code: str
    title: str
    years: int
    award: str
    award_by: str
    tutors: str
    units: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileContent:
    """The head of one catalogue file, for the annex that lists data sources."""

    id: str
    version: str
    language: str
    provider: str
    licence: str
    provenance: str
    title: str


@dataclass(frozen=True, slots=True)
class CatalogueContent:
    """All modules (units and programmes among them) and programmes, in the order of the files."""

    currency: str
    price_date: date
    files: tuple[FileContent, ...]
    modules: tuple[ModuleContent, ...]
    programmes: tuple[ProgrammeContent, ...]


def catalogue(
    competencies: Collection[str] | None = None,
    profiles: Collection[str] | None = None,
    *,
    top_level: int = TOP_LEVEL,
    folder: Path = MODULES,
) -> CatalogueContent:
    """The modules and programmes of every catalogue file in a folder.

    Parameters
    ----------
    competencies, profiles : codes known to the framework; `None` leaves them unchecked
    top_level : top of the framework's scale [level]
    folder : where the files stand; the programmes in `programmes.yaml`, modules in all others

    Raises
    ------
    ContentError
        With every fault of every file, in shape and in meaning.
    """
    data, faults = _read(folder)
    complete = not faults
    modules = tuple(m for content in data for m in _modules(content))
    programmes = tuple(_programme(p) for content in data for p in content.get("programmes", ()))
    faults += _file_faults(data)
    for module in modules:
        faults += _module_faults(module)
        faults += _outcome_faults(module, competencies, top_level)
        faults += _unknown("audience", module.code, module.audience_profiles, profiles)
    faults += _catalogue_faults(modules, complete=complete)
    faults += _programme_faults(programmes, modules)
    if faults:
        raise ContentError("training module catalogue", tuple(faults))
    heads = tuple(
        FileContent(**{f.name: content[f.name] for f in fields(FileContent)}) for content in data
    )
    prices = date.fromisoformat(data[0]["price_date"])
    return CatalogueContent(data[0]["currency"], prices, heads, modules, programmes)


def _read(folder: Path) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The files that have the right shape, and what is wrong with the shape of the others."""
    data, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            schema = _PROGRAMME_SCHEMA if path.name == PROGRAMMES else _MODULE_SCHEMA
            data.append(read_content(path, schema))
        except ContentError as error:
            faults += [Fault(f"{path.name} {f.place}", f.reason) for f in error.faults]
    if not data and not faults:
        faults.append(Fault(folder.name, "holds no catalogue file (*.yaml)"))
    return data, faults


# From the files to values


def _modules(content: Mapping[str, Any]) -> Iterator[ModuleContent]:
    for item in content.get("modules", ()):
        yield _module({**content["defaults"], **item})
    for item in content.get("programmes", ()):
        yield from _programme_modules({**content["defaults"], **item})


def _module(item: Mapping[str, Any]) -> ModuleContent:
    made = {
        "cost_session": _cost(item["cost_session"]),
        "cost_person": _cost(item["cost_person"]),
        "audience_staff_levels": tuple(item["audience"]["staff_levels"]),
        "audience_profiles": tuple(item["audience"]["profiles"]),
        "outcomes": tuple(
            OutcomeContent(o["competency"], o["from"], o["to"]) for o in item["outcomes"]
        ),
        "parts": tuple(PartContent(p["title"], float(p["hours"])) for p in item["parts"]),
        "prerequisites": tuple(item["prerequisites"]),
        "delivery_months": tuple(item["delivery_months"]),
        "hours": float(item["hours"]),
        "self_study_hours": float(item["self_study_hours"]),
        "checked": date.fromisoformat(item["checked"]),
    }
    plain = {f.name: item[f.name] for f in fields(ModuleContent) if f.name in item}
    return ModuleContent(**{**plain, **made})


def _cost(item: Mapping[str, Any]) -> CostContent:
    return CostContent(
        Decimal(str(item["amount"])), item.get("basis", ""), item.get("source", "")
    )


def _programme_modules(item: Mapping[str, Any]) -> Iterator[ModuleContent]:
    """The programme as a module, which is the sum of its units, and then each unit."""
    no_session = {"amount": 0, "basis": "estimate", "source": "Enrolled one by one: no session"}
    units = [
        _module({**item, **unit, "cost_session": no_session, "parts": _whole(unit)})
        for unit in item["units"]
    ]
    yield replace(
        units[0],
        code=item["code"],
        title=item["title"],
        evaluation=item["evaluation"],
        hours=sum(u.hours for u in units),
        self_study_hours=sum(u.self_study_hours for u in units),
        days=sum(u.days for u in units),
        cost_person=_sum([u.cost_person for u in units]),
        outcomes=_joined([o for u in units for o in u.outcomes]),
        parts=tuple(PartContent(u.title, u.hours + u.self_study_hours) for u in units),
    )
    for unit in units:
        yield replace(unit, unit_of=item["code"])


def _whole(unit: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"title": unit["title"], "hours": unit["hours"] + unit["self_study_hours"]}]


def _sum(costs: Sequence[CostContent]) -> CostContent:
    bases = {cost.basis for cost in costs}
    basis = bases.pop() if len(bases) == 1 else "estimate"
    return CostContent(sum((c.amount for c in costs), Decimal(0)), basis, "Sum of the units")


def _joined(outcomes: Sequence[OutcomeContent]) -> tuple[OutcomeContent, ...]:
    """One outcome per competency, from the lowest level any unit starts at to the highest."""
    names = dict.fromkeys(o.competency for o in outcomes)
    steps = {name: [o for o in outcomes if o.competency == name] for name in names}
    return tuple(
        OutcomeContent(name, min(o.from_level for o in own), max(o.to_level for o in own))
        for name, own in steps.items()
    )


def _programme(item: Mapping[str, Any]) -> ProgrammeContent:
    made = {
        "units": tuple(unit["code"] for unit in item["units"]),
        "requires": tuple(item.get("prerequisites", ())),
    }
    plain = {f.name: item[f.name] for f in fields(ProgrammeContent) if f.name not in made}
    return ProgrammeContent(**plain, **made)


# What can be wrong
