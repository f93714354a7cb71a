"""A framework from a CASE 1.0 package: the tree from its associations, level texts from rubrics.

Pure. The marks that `for_others.case_package` sets (what is no part of gap totals, the basis, the
scale in a rubric of its own) are read again, so that a package of ours gives the same framework.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from competencies.library.case_shape import MOST_ITEMS, MOST_LINKS, PACKAGE
from competencies.library.for_others import (
    DETAILS,
    KIND_COMPETENCY,
    KIND_GROUP,
    OUT_OF_TOTALS,
    SCALE_PARTS,
)
from competencies.library.incoming import (
    SHORT_NAME,
    Incoming,
    Node,
    Notes,
    Unsaid,
    built,
    listed,
    named,
    plain,
    refuse,
    scale_of,
)
from competencies.library.messages import fault
from competencies.library.read import BehaviourContent, HeadContent, LevelContent
from competencies.library.sent_json import sent_json
from hrplan.exchange.content import ContentError, Fault
from hrplan.exchange.shapes import shape_faults

Plain = dict[str, Any]
KINDS = {KIND_GROUP: "group", KIND_COMPETENCY: "competency"}
CHILD = "isChildOf"


def from_case(data: bytes, name: str, unsaid: Unsaid) -> Incoming:
    """The framework of a package in a file called `name`.

    Raises
    ------
    ContentError
        It is no JSON, has another shape, or its parts contradict each other; with all faults.
    """
    package = _shaped(sent_json(data, name), name)
    notes = Notes()
    items = package["CFItems"] or []
    refuse(name, _item_faults(items))
    parents = _parents(package, name, notes)
    scale, texts, weights = _levels(package, name, unsaid, notes)
    nodes = [
        _node(item, number, parents, texts, weights) for number, item in _in_order(items, parents)
    ]
    return built(name, _head(package, unsaid), scale, nodes, notes)


def _shaped(data: Any, name: str) -> Plain:
    if not isinstance(data, dict) or "CFDocument" not in data:
        refuse(name, [fault("file", "framework_kind")])
    sizes = (("CFItems", MOST_ITEMS), ("CFAssociations", MOST_LINKS))
    for part, most in sizes:
        if isinstance(data.get(part), list) and len(data[part]) > most:
            refuse(name, [fault(part, "too_many_parts", count=len(data[part]), limit=most,
                                what=part)])  # fmt: skip
    faults = listed(shape_faults(data, PACKAGE))
    if faults:
        raise ContentError(name, faults)
    return dict(data)


def _place(number: int, item: Mapping[str, Any]) -> str:
    return f"CFItems.{number} ({_code(item) or item['identifier']})"[:80]


def _code(item: Mapping[str, Any]) -> str:
    return plain(item.get("humanCodingScheme") or "")


def _item_faults(items: Sequence[Plain]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        if (was := first.setdefault(item["identifier"], number)) != number:
            key = item["identifier"][:60]
            yield fault(f"CFItems.{number}", "id_twice", id=key, first=f"CFItems.{was}")


def _parents(package: Plain, name: str, notes: Notes) -> dict[str, tuple[str, float]]:
    """(item -> (its parent, its place among the children)); the top's parent is empty."""
    top = package["CFDocument"]["identifier"]
    items = {item["identifier"]: n for n, item in enumerate(package["CFItems"] or [])}
    found: dict[str, tuple[str, float]] = {}
    faults: list[Fault] = []
    others: Counter[str] = Counter()
    for number, link in enumerate(package["CFAssociations"] or []):
        place = f"CFAssociations.{number}"
        child, parent = (link[end]["identifier"] for end in ("originNodeURI", "destinationNodeURI"))
        if link["associationType"] != CHILD:
            others[link["associationType"][:40]] += 1
        elif child not in items:
            faults.append(fault(place, "child_unknown", id=child[:60]))
        elif parent != top and parent not in items:
            faults.append(fault(place, "parent_unknown", id=child[:60], parent=parent[:60]))
        elif child in found:
            kept = found[child][0] or "the framework"
            notes.add(place, "parents_many", id=child[:60], parent=kept[:60])
        else:
            sequence = link.get("sequenceNumber")
            at = float(number if sequence is None else sequence)
            found[child] = ("" if parent == top else parent, at)
    linked = {link["originNodeURI"]["identifier"] for link in _children(package)}
    faults += [
        fault(_place(n, package["CFItems"][n]), "orphan", id=key[:60])
        for key, n in items.items()
        if key not in linked
    ]
    refuse(name, faults)
    for kind, count in others.items():
        notes.count(count, "links_out", kind=kind)
    return found


def _children(package: Plain) -> Iterator[Plain]:
    for link in package["CFAssociations"] or []:
        if link["associationType"] == CHILD:
            yield link


def _in_order(
    items: Sequence[Plain], parents: Mapping[str, tuple[str, float]]
) -> list[tuple[int, Plain]]:
    """(number in the file, item), siblings in the order of their sequence numbers."""
    return sorted(enumerate(items), key=lambda pair: (parents[pair[1]["identifier"]][1], pair[0]))


def _node(
    item: Plain,
    number: int,
    parents: Mapping[str, tuple[str, float]],
    texts: Mapping[str, tuple[BehaviourContent, ...]],
    weights: Mapping[str, int],
) -> Node:
    key, full = item["identifier"], item["fullStatement"]
    short = item.get("abbreviatedStatement") or full
    return Node(
        key=key,
        parent=parents[key][0],
        place=_place(number, item),
        code=_code(item),
        title=short,
        text="" if full == short else full,
        kind=KINDS.get(item.get("CFItemType") or "", ""),
        basis=item.get("notes") or "",
        weight=weights.get(key, 2),
        in_gap_totals=OUT_OF_TOTALS not in (item.get("conceptKeywords") or []),
        levels=texts.get(key, ()),
    )


def _criteria(package: Plain) -> Iterator[tuple[str, Plain]]:
    for number, rubric in enumerate(package.get("CFRubrics") or []):
        for place, criterion in enumerate(rubric.get("CFRubricCriteria") or []):
            yield f"CFRubrics.{number}.CFRubricCriteria.{place}", criterion


def _levels(
    package: Plain, name: str, unsaid: Unsaid, notes: Notes
) -> tuple[tuple[LevelContent, ...], dict[str, tuple[BehaviourContent, ...]], dict[str, int]]:
    """The scale, each item's level texts, and each item's weight."""
    items = {item["identifier"]: _code(item) for item in package["CFItems"] or []}
    faults: list[Fault] = []
    names: dict[float, str] = {}
    said: dict[str, dict[float, str]] = {}
    weights: dict[str, int] = {}
    details: dict[tuple[str, str], dict[float, str]] = {}
    for place, criterion in _criteria(package):
        key = (criterion.get("CFItemURI") or {}).get("identifier", "")
        part = criterion.get("category") or ""
        if key and key not in items:
            faults.append(fault(place, "rubric_unknown", id=key[:60]))
        elif key in said and part in DETAILS and (key, part) not in details:
            details[key, part] = _texts(criterion, place, items[key], names, faults)
            if details[key, part].keys() - said[key].keys():
                notes.add(place, "details_loose", id=items[key][:60] or key[:60])
        elif key in said:
            notes.add(place, "criteria_many", id=items[key][:60] or key[:60])
        else:
            texts = _texts(criterion, place, items.get(key, ""), names, faults)
            if key:
                said[key] = texts
                weights[key] = _weight(criterion, place, items[key], notes)
    refuse(name, faults)
    whole = {number: n for n, number in enumerate(sorted(names))}
    if all(number == int(number) for number in names):
        whole = {number: int(number) for number in names}
    scale, levels = scale_of({whole[number]: names[number] for number in names}, unsaid, notes)
    found = {
        key: tuple(
            BehaviourContent(
                levels[whole[number]],
                text,
                **{part: details.get((key, part), {}).get(number, "") for part in DETAILS},
            )
            for number, text in texts.items()
        )
        for key, texts in said.items()
    }
    return _detailed(scale, package, whole, levels), found, weights


def _texts(
    criterion: Plain, place: str, code: str, names: dict[float, str], faults: list[Fault]
) -> dict[float, str]:
    """(number -> text) of a criterion; its names are added to those of the scale."""
    texts: dict[float, str] = {}
    for number, level in enumerate(criterion.get("CFRubricCriterionLevels") or []):
        at, quality = f"{place}.CFRubricCriterionLevels.{number}", level.get("quality") or ""
        score = level.get("score")
        if score is None:
            faults.append(fault(at, "level_score", quality=plain(quality)[:60] or "–"))
        elif score in texts:
            faults.append(fault(at, "level_twice", level=f"{score:g}", id=code[:60] or "–"))
        else:
            texts[score] = level.get("description") or ""
            names[score] = names.get(score) or quality
    return texts


def _weight(criterion: Plain, place: str, code: str, notes: Notes) -> int:
    weight = criterion.get("weight")
    if weight in (None, 1, 2, 3):
        return int(weight or 2)
    notes.add(place, "weight_out", weight=f"{weight:g}", id=code[:60] or "–")
    return 2


def _detailed(
    scale: tuple[LevelContent, ...],
    package: Plain,
    whole: Mapping[float, int],
    levels: Mapping[int, int],
) -> tuple[LevelContent, ...]:
    """The scale with what a rubric of ours says of its levels."""
    said: dict[int, dict[str, str]] = {}
    for _place_of, criterion in _criteria(package):
        part = criterion.get("category")
        if part in SCALE_PARTS and not criterion.get("CFItemURI"):
            for level in criterion.get("CFRubricCriterionLevels") or []:
                at = levels[whole[level["score"]]]
                said.setdefault(at, {})[part] = level.get("description") or ""
    return tuple(
        LevelContent(
            step.level,
            step.name,
            **{part: said.get(step.level, {}).get(part, getattr(step, part))[:limit]
               for part, limit in SCALE_PARTS.items()},
        )
        for step in scale
    )  # fmt: skip


def _head(package: Plain, unsaid: Unsaid) -> HeadContent:
    document = package["CFDocument"]
    code, version = named(document["title"], plain(document.get("version") or "1.0"))
    note = document.get("notes") or ""
    licence = (document.get("licenseURI") or {}).get("title")
    return HeadContent(
        id=note if SHORT_NAME.fullmatch(note) else code,
        version=version,
        language=plain(document.get("language") or unsaid.language),
        provider=document.get("creator") or unsaid.provider,
        licence=licence or unsaid.licence,
        provenance=document.get("description") or unsaid.provenance,
        title=document["title"],
    )
