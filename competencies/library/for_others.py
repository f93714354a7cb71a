"""A framework in the formats of others: Moodle's competency file, and a CASE 1.0 package.

Pure. Moodle imports the columns below in this order ("Import competency framework"); a package
keeps the shape of 1EdTech's Competencies and Academic Standards Exchange, version 1.0, with each
competency's level texts as a rubric. Keys are made from the framework's own codes, so that the
same framework gives the same file.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from io import StringIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from competencies.library.read import (
    BehaviourContent,
    CompetencyContent,
    FrameworkContent,
    LevelContent,
)
from hrplan.exchange.safe import csv_safe

MOODLE = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format",
    "Scale values", "Scale configuration", "Rule type (optional)", "Rule outcome (optional)",
    "Rule config (optional)", "Cross-referenced competency ID numbers", "Exported ID (optional)",
    "Is framework", "Taxonomy",
)  # fmt: skip
HTML = "1"  # Moodle's number for a description written in HTML
LONGEST = 100  # signs of an ID number or short name in Moodle
TAXONOMY = "domain,competency"  # what Moodle calls the two depths of the tree
KIND_GROUP, KIND_COMPETENCY = "Group", "Competency"  # of a package's items
OUT_OF_TOTALS = "outside gap totals"  # keyword of a group whose gaps aren't summed
USUAL_WEIGHT = 2
SCALE_PARTS = {"can_do": 4_000, "autonomy": 4_000, "evidence": 4_000, "typical_time": 120}
DETAILS = {"knowledge": "Knowledge", "skill": "Skill"}  # of a level text: field -> label
Plain = dict[str, Any]


def moodle_csv(content: FrameworkContent) -> str:
    """The framework, its groups and its competencies as Moodle's competency file.

    The lowest level that counts as proficient is 1: level 0 is assessed and not held.
    """
    found = StringIO()
    writer = csv.DictWriter(found, MOODLE, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_moodle_rows(content))
    return found.getvalue()


def _moodle_rows(content: FrameworkContent) -> Iterator[dict[str, str]]:
    steps = sorted(content.scale, key=lambda step: step.level)
    scale = ",".join(f"{step.level} {step.name}".replace(",", " ") for step in steps)
    marks: list[Plain] = [{"scaleid": 1}]
    marks += [
        {"id": place, "scaledefault": int(step.level == 1), "proficient": int(step.level >= 1)}
        for place, step in enumerate(steps, start=1)
    ]
    yield _moodle_row(
        _key(content),
        content.head.title,
        content.head.provenance,
        **{
            "Scale values": csv_safe(scale),
            "Scale configuration": json.dumps(marks, separators=(",", ":")),
            "Is framework": "1",
            "Taxonomy": TAXONOMY,
        },
    )
    shared = shared_codes(content)
    for group in content.groups:
        key = f"{group.code}-group" if group.code in shared else group.code
        yield _moodle_row(key, group.title, group.assessed_by)
        for one in content.competencies:
            if one.group == group.code:
                parent = {"Parent ID number": key}
                yield _moodle_row(one.code, one.title, one.definition, _levels(one), **parent)


def _moodle_row(code: str, title: str, text: str, more: str = "", **others: str) -> dict[str, str]:
    description = f"<p>{_html(text)}</p>{more}" if text or more else ""
    own = {"ID number": code[:LONGEST], "Short name": csv_safe(title[:LONGEST])}
    return {**own, "Description": description, "Description format": HTML, **others}


def _levels(one: CompetencyContent) -> str:
    return _list(f"{step.level}: {_html(step.text)}{_details(step)}" for step in one.levels)


def _details(step: BehaviourContent) -> str:
    """What a level takes, as a list below its text."""
    said = ((label, getattr(step, part)) for part, label in DETAILS.items())
    return _list(f"{label}: {_html(text)}" for label, text in said if text)


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def case_package(content: FrameworkContent, *, base: str, changed: date) -> Plain:
    """The framework as a CASE 1.0 package.

    base : address under which the items stand, such as https://hr.example; changed : day of the
    last change, the same for all
    """
    make = _Case(content, base.rstrip("/"), f"{changed.isoformat()}T00:00:00Z")
    groups = [
        {
            **make.item(one.code, one.title, one.assessed_by, KIND_GROUP, make.of_group(one.code)),
            **({} if one.in_gap_totals else {"conceptKeywords": [OUT_OF_TOTALS]}),
        }
        for one in content.groups
    ]
    items = [
        {
            **make.item(one.code, one.title, one.definition, KIND_COMPETENCY, (one.code,)),
            **({"notes": one.basis} if one.basis else {}),
        }
        for one in content.competencies
    ]
    top = [
        make.child(one.code, make.of_group(one.code), make.top(), place)
        for place, one in enumerate(content.groups, 1)
    ]
    under = [
        make.child(one.code, (one.code,), make.link(one.group, make.of_group(one.group)), place)
        for place, one in enumerate(content.competencies, 1)
    ]
    names = {step.level: step.name for step in content.scale}
    return {
        "CFDocument": make.document(),
        "CFItems": [*groups, *items],
        "CFAssociations": [*top, *under],
        "CFDefinitions": {
            "CFConcepts": [], "CFSubjects": [], "CFLicenses": make.licences(), "CFItemTypes": [],
            "CFAssociationGroupings": [],
        },
        "CFRubrics": [
            make.scale(content.scale),
            *(
                make.rubric(one, names)
                for one in content.competencies
                if one.levels or one.weight != USUAL_WEIGHT
            ),
        ],
    }  # fmt: skip


class _Case:
    """Makes the parts of one package."""

    def __init__(self, content: FrameworkContent, base: str, changed: str) -> None:
        self.content, self.base, self.changed = content, base, changed
        self.shared = shared_codes(content)

    def of_group(self, code: str) -> tuple[str, ...]:
        """What a group's key is made from: its code, marked where a competency has the same."""
        return ("groups", code) if code in self.shared else (code,)

    def _named(self, kind: str, *parts: object) -> Plain:
        key = _uuid(_key(self.content), kind, *parts)
        return {"identifier": key, "uri": f"{self.base}/ims/case/v1p0/{kind}/{key}"}

    def _dated(self, kind: str, *parts: object) -> Plain:
        return {**self._named(kind, *parts), "lastChangeDateTime": self.changed}

    def top(self) -> Plain:
        return {"title": self.content.head.title, **self._named("CFDocuments")}

    def link(self, code: str, key: tuple[str, ...]) -> Plain:
        return {"title": code, **self._named("CFItems", *key)}

    def document(self) -> Plain:
        head = self.content.head
        return {
            **self._dated("CFDocuments"),
            "creator": head.provider,
            "title": head.title,
            "language": head.language,
            "version": head.version,
            "description": head.provenance,
            "notes": head.id,
            "adoptionStatus": "Adopted",
            **({"licenseURI": self._licence()} if head.licence else {}),
        }

    def _licence(self) -> Plain:
        return {"title": self.content.head.licence, **self._named("CFLicenses")}

    def licences(self) -> list[Plain]:
        """The licence of the framework, where it has one."""
        head = self.content.head
        if not head.licence:
            return []
        text = {"title": head.licence, "licenseText": head.licence}
        return [{**self._dated("CFLicenses"), **text}]

    def scale(self, steps: tuple[LevelContent, ...]) -> Plain:
        """What the levels of the scale mean, as a rubric of no item: a criterion for each part."""
        criteria = [
            {
                **self._dated("CFRubricCriteria", "scale", part),
                "category": part,
                "position": number,
                "CFRubricCriterionLevels": [
                    {
                        **self._dated("CFRubricCriterionLevels", "scale", part, step.level),
                        "description": getattr(step, part),
                        "quality": step.name,
                        "score": step.level,
                        "position": place,
                    }
                    for place, step in enumerate(steps, start=1)
                ],
            }
            for number, part in enumerate(SCALE_PARTS, start=1)
        ]
        own = self._dated("CFRubrics", "scale", "all")
        return {**own, "title": "Scale", "CFRubricCriteria": criteria}

    def item(self, code: str, title: str, text: str, kind: str, key: tuple[str, ...]) -> Plain:
        return {
            **self._dated("CFItems", *key),
            "fullStatement": text or title,
            "abbreviatedStatement": title,
            "humanCodingScheme": code,
            "CFItemType": kind,
            "language": self.content.head.language,
        }

    def child(self, code: str, key: tuple[str, ...], parent: Plain, place: int) -> Plain:
        return {
            **self._dated("CFAssociations", *key),
            "associationType": "isChildOf",
            "sequenceNumber": place,
            "originNodeURI": self.link(code, key),
            "destinationNodeURI": parent,
        }

    def rubric(self, one: CompetencyContent, names: dict[int, str]) -> Plain:
        """The behaviour at each level, and a criterion of its own for what each level takes."""
        first = self._criterion(one, names, "text")
        more = [
            {**self._criterion(one, names, part, part), "category": part, "position": place}
            for place, part in enumerate(DETAILS, start=2)
            if any(getattr(step, part) for step in one.levels)
        ]
        first |= {"weight": one.weight, "position": 1}
        return {**self._dated("CFRubrics", one.code), "CFRubricCriteria": [first, *more]}

    def _criterion(
        self, one: CompetencyContent, names: dict[int, str], part: str, *key: str
    ) -> Plain:
        said = [(step.level, getattr(step, part)) for step in one.levels]
        levels = [
            {
                **self._dated("CFRubricCriterionLevels", one.code, *key, level),
                "description": text,
                "quality": names[level],
                "score": level,
                "position": place,
            }
            for place, (level, text) in enumerate([pair for pair in said if pair[1]], start=1)
        ]
        return {
            **self._dated("CFRubricCriteria", one.code, *key),
            "CFItemURI": self.link(one.code, (one.code,)),
            "CFRubricCriterionLevels": levels,
        }


def item_key(framework: str, version: str, code: str) -> str:
    """The identifier that a package gives to a competency, by the codes of it and its framework."""
    return _uuid(f"{framework}-{version}", "CFItems", code)


def item_address(base: str, key: str) -> str:
    """Where an item of a package stands; base : address of the installation."""
    return f"{base.rstrip('/')}/ims/case/v1p0/CFItems/{key}"


def _uuid(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def shared_codes(content: FrameworkContent) -> frozenset[str]:
    """Codes that a group and a competency both have; others know one kind of item only."""
    return frozenset(group.code for group in content.groups) & content.codes


def _key(content: FrameworkContent) -> str:
    return f"{content.head.id}-{content.head.version}"
