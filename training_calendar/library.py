"""The shipped modules and programmes, what each lifts, lasts, costs, asks; the budget lines."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hrplan.exchange.content import ContentError, Fault, read_content, with_head

MODULES = Path(__file__).parent / "modules"
ACCOUNTS = Path(__file__).parent / "accounts.yaml"
SCHEMA = MODULES / "schema.json"
PROGRAMMES = "programmes"
TOP_LEVEL = 4
SESSION_MODES = frozenset({"classroom", "online", "external"})
COSTED_BY_SESSION = frozenset({"classroom", "online"})
HOURS_A_DAY = 8
LONGEST_SESSION = 5
STEP = ("competency", "from", "to")
LINE: dict[str, Any] = {
    "code": {"type": "string", "minLength": 1, "maxLength": 20},
    "title": {"type": "string", "minLength": 1, "maxLength": 120},
    "is_travel": {"type": "boolean"},
    "items": {"type": "array", "items": {"type": "string"}},
}
LINES = {"type": "array", "items": {"type": "object", "properties": LINE, "required": list(LINE)}}


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    """A module lifts those who hold `from_level` or more, and less than `to_level`, to that."""

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
class LineContent:
    """A budget line, whether it is one of travel, and the items of cost that fall on it."""

    code: str
    title: str
    is_travel: bool
    items: tuple[str, ...]


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
    """All modules, units and programmes among them, and all programmes."""

    currency: str
    price_date: date
    files: tuple[FileContent, ...]
    modules: tuple[ModuleContent, ...]
    programmes: tuple[ProgrammeContent, ...]


@cache
def shipped() -> CatalogueContent:
    """The catalogue that comes with hrplan, unchecked against any framework; read once."""
    return catalogue()


def catalogue(
    competencies: Collection[str] | None = None,
    profiles: Collection[str] | None = None,
    *,
    top_level: int = TOP_LEVEL,
    folder: Path = MODULES,
) -> CatalogueContent:
    """The modules and programmes of every catalogue file in a folder, in the order of their codes.

    Parameters
    ----------
    competencies, profiles : codes known to the framework; `None` leaves them unchecked
    top_level : top of the framework's scale [level]
    folder : programmes stand in its `programmes.yaml`, modules in all others

    Raises
    ------
    ContentError
        With every fault of every file, in shape and in meaning.
    """
    data, faults = _read(folder)
    complete = not faults
    modules = tuple(sorted((m for content in data for m in _modules(content)), key=_place_in_list))
    programmes = tuple(_programme(item) for content in data for item in _items(content, PROGRAMMES))
    faults += _file_faults(data)
    for module in modules:
        faults += _module_faults(module)
        faults += _outcome_faults(module, competencies, top_level)
        faults += _unknown("audience", module.code, module.audience_profiles, profiles)
    faults += _catalogue_faults(modules, complete=complete)
    faults += _programme_faults(programmes, modules)
    if faults:
        raise ContentError("training module catalogue", tuple(faults))
    prices = date.fromisoformat(data[0]["price_date"])
    files = tuple(FileContent(*(c[f.name] for f in fields(FileContent))) for c in data)
    return CatalogueContent(data[0]["currency"], prices, files, modules, programmes)


def accounts(path: Path = ACCOUNTS) -> tuple[LineContent, ...]:
    """The budget lines that an administration begins with.

    Raises
    ------
    ContentError
        With every fault in the shape of the file.
    """
    content = read_content(path, with_head({"lines": LINES}))
    return tuple(LineContent(**{**one, "items": tuple(one["items"])}) for one in content["lines"])


def _read(folder: Path) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The files that have the right shape, and what is wrong with the shape of the others."""
    data, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            holds = PROGRAMMES if path.stem == PROGRAMMES else "modules"
            data.append(read_content(path, _schema(holds)))
        except ContentError as error:
            faults += [Fault(f"{path.name} {f.place}", f.reason) for f in error.faults]
    if not data and not faults:
        faults.append(Fault(folder.name, "holds no catalogue file (*.yaml)"))
    return data, faults


def _schema(holds: str) -> dict[str, Any]:
    """The shape of a file of `modules` or of `programmes`, under the head common to all content."""
    shape = json.loads(SCHEMA.read_text(encoding="utf-8"))
    properties = {**shape["file"], holds: shape["holds"][holds]}
    return {**with_head(properties), "$defs": shape["$defs"]}


def _items(content: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The entries of a file, completed from its defaults."""
    for item in content.get(name, ()):
        yield {**content["defaults"], **item}


def _modules(content: Mapping[str, Any]) -> Iterator[ModuleContent]:
    for item in _items(content, "modules"):
        yield _module(item)
    for item in _items(content, PROGRAMMES):
        yield from _programme_modules(item)


def _place_in_list(module: ModuleContent) -> list[tuple[int, str]]:
    """T9 before T10, T65 before its unit T65.1."""
    return [(int(n or 0), word) for word, n in re.findall(r"([A-Z.]+)(\d*)", module.code)]


def _module(item: Mapping[str, Any]) -> ModuleContent:
    made = {
        "cost_session": _cost(item["cost_session"]),
        "cost_person": _cost(item["cost_person"]),
        "audience_staff_levels": tuple(item["audience"]["staff_levels"]),
        "audience_profiles": tuple(item["audience"]["profiles"]),
        "outcomes": tuple(OutcomeContent(*(o[k] for k in STEP)) for o in item["outcomes"]),
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
    return CostContent(Decimal(str(item["amount"])), item.get("basis", ""), item.get("source", ""))


def _programme_modules(item: Mapping[str, Any]) -> Iterator[ModuleContent]:
    """The programme as a module, which is the sum of its units, and then each unit."""
    no_session = {"amount": 0, "basis": "estimate", "source": "Enrolled one by one: no session"}
    made = [_module({**item, **u, "cost_session": no_session, "parts": []}) for u in item["units"]]
    parts = [PartContent(u.title, u.hours + u.self_study_hours) for u in made]
    units = [
        replace(u, unit_of=item["code"], parts=(part,)) for u, part in zip(made, parts, strict=True)
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
        parts=tuple(parts),
        unit_of=None,
    )
    yield from units


def _sum(costs: Sequence[CostContent]) -> CostContent:
    basis = costs[0].basis if len({cost.basis for cost in costs}) == 1 else "estimate"
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
    units = tuple(unit["code"] for unit in item["units"])
    made = {**item, "units": units, "requires": tuple(item["prerequisites"])}
    return ProgrammeContent(**{f.name: made[f.name] for f in fields(ProgrammeContent)})


def _file_faults(data: Sequence[Mapping[str, Any]]) -> list[Fault]:
    return [
        Fault(content["id"], f"{key} {content[key]} differs from {data[0][key]} of {data[0]['id']}")
        for content in data
        for key in ("currency", "price_date")
        if content[key] != data[0][key]
    ]


def _module_faults(module: ModuleContent) -> Iterator[Fault]:
    for place, reason in (*_session_faults(module), *_group_and_cost_faults(module)):
        yield Fault(f"{module.code}.{place}", reason)


def _session_faults(module: ModuleContent) -> Iterator[tuple[str, str]]:
    hours = module.hours + module.self_study_hours
    parts = sum(part.hours for part in module.parts)
    if module.is_session and not 1 <= module.days <= LONGEST_SESSION:
        yield "days", f"{module.days}: a training session lasts 1 to {LONGEST_SESSION} days"
    if module.is_session and module.hours > module.days * HOURS_A_DAY:
        yield "hours", f"{module.hours:g} hours do not fit into {module.days} days of {HOURS_A_DAY}"
    if hours <= 0:
        yield "hours", "neither contact nor self-study hours"
    if module.mode == "classroom" and module.venue_kind is None:
        yield "venue_kind", "a classroom module needs a kind of venue"
    if module.mode != "classroom" and module.venue_kind is not None:
        yield "venue_kind", f"a module in mode {module.mode} takes no venue of ours"
    if module.mode == "provider_run" and not module.parts:
        yield "parts", "a course run by its provider states its parts"
    if module.parts and parts != hours:
        yield "parts", f"{parts:g} hours in parts, {hours:g} stated"


def _group_and_cost_faults(module: ModuleContent) -> Iterator[tuple[str, str]]:
    if module.min_group > module.max_group:
        yield "min_group", f"{module.min_group} is more than the largest group {module.max_group}"
    for place, cost in (("cost_session", module.cost_session), ("cost_person", module.cost_person)):
        if not cost.basis:
            yield place, "a cost says whether it is an estimate or sourced"
        if not cost.source.strip():
            yield place, "a cost says where it comes from"
    if module.cost_session.amount and module.mode not in COSTED_BY_SESSION:
        yield "cost_session", f"mode {module.mode} has no session of ours: put it in cost_person"
    longest = module.maximum_service_years
    if longest is not None and module.minimum_service_years > longest:
        yield "minimum_service_years", f"{module.minimum_service_years} is more than {longest}"


def _outcome_faults(
    module: ModuleContent, competencies: Collection[str] | None, top_level: int
) -> Iterator[Fault]:
    for outcome in module.outcomes:
        place = f"{module.code}.outcomes.{outcome.competency}"
        low, high = outcome.from_level, outcome.to_level
        if low >= high:
            yield Fault(place, f"from {low} to {high} lifts nobody")
        for level in (low, high):
            if not 0 <= level <= top_level:
                yield Fault(place, f"level {level} is not on the scale 0 to {top_level}")
    names = [outcome.competency for outcome in module.outcomes]
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(f"{module.code}.outcomes.{name}", f"stated {count} times")
    yield from _unknown("outcomes", module.code, dict.fromkeys(names), competencies)


def _unknown(
    place: str, code: str, names: Collection[str], known: Collection[str] | None
) -> Iterator[Fault]:
    for name in names:
        if known is not None and name not in known:
            yield Fault(f"{code}.{place}.{name}", "is not in the framework")


def _catalogue_faults(modules: Sequence[ModuleContent], *, complete: bool) -> Iterator[Fault]:
    """Codes given twice; prerequisites in a circle or, if all files were read, unknown."""
    needs = {module.code: module.prerequisites for module in modules}
    for code, count in Counter(module.code for module in modules).items():
        if count > 1:
            yield Fault(code, f"stands {count} times in the catalogue")
    for code, prerequisites in needs.items():
        for name in prerequisites:
            if complete and name not in needs:
                yield Fault(f"{code}.prerequisites.{name}", "is not in the catalogue")
        if code in _all_needed(code, needs):
            yield Fault(f"{code}.prerequisites", "run in a circle: it would have to precede itself")


def _all_needed(code: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs[code])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs.get(name, ())
    return found


def _programme_faults(
    programmes: Sequence[ProgrammeContent], modules: Sequence[ModuleContent]
) -> Iterator[Fault]:
    """Units that, in their order, do not start a competency where the one before left it."""
    for programme in programmes:
        reached: dict[str, int] = {}
        for module in modules:
            for o in module.outcomes if module.unit_of == programme.code else ():
                last = reached.setdefault(o.competency, o.from_level)
                if o.from_level != last:
                    reason = f"starts at {o.from_level}, the unit before ends at {last}"
                    yield Fault(f"{module.code}.outcomes.{o.competency}", reason)
                reached[o.competency] = o.to_level
