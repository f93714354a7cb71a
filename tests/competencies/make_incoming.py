"""Files of other systems, made for tests: Moodle's competency file, CASE packages, ESCO."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

from competencies.library import for_others, read
from competencies.library.incoming import Incoming, Unsaid
from competencies.library.sent_framework import read_sent

SCALE = read.framework().scale
UNSAID = Unsaid(scale=SCALE)
MARKS = json.dumps([{"scaleid": 3}, {"id": 2, "scaledefault": 1, "proficient": 1}])


def moodle(
    *rows: dict[str, str],
    head: tuple[str, ...] = for_others.MOODLE,
    scale: str = "Not yet,Competent,Expert",
    marks: str = MARKS,
) -> bytes:
    """Moodle's file: a framework's row with a scale, and the rows given by short column names."""
    framework = {
        "ID number": "SFIA", "Short name": "Skills of elsewhere", "Is framework": "1",
        "Scale values": scale, "Scale configuration": marks,
    }  # fmt: skip
    return table(head, [framework, *map(_long, rows)], for_others.MOODLE)


def _long(row: dict[str, str]) -> dict[str, str]:
    names = {"parent": "Parent ID number", "id": "ID number", "name": "Short name",
             "text": "Description", "format": "Description format", "is": "Is framework",
             "scale": "Scale values", "marks": "Scale configuration",
             "related": "Cross-referenced competency ID numbers",
             "rule": "Rule type (optional)"}  # fmt: skip
    return {names[key]: value for key, value in {"format": "1", **row}.items()}


def table(
    head: tuple[str, ...], rows: list[dict[str, str]], columns: tuple[str, ...] = ()
) -> bytes:
    """A csv file with this head; `columns` are the names by which the rows call its columns."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([row.get(name, "") for name in columns or head] for row in rows)
    return out.getvalue().encode()


def case(**changes: object) -> dict:
    """A small CASE package of elsewhere: a group G1 with the competency C1 in it."""
    package = {
        "CFDocument": {
            "identifier": "doc", "uri": "https://x.example/doc", "creator": "Elsewhere",
            "title": "Skills of elsewhere", "lastChangeDateTime": "2026-01-01T00:00:00Z",
        },
        "CFItems": [item("g1", "G1", "Trade"), item("c1", "C1", "Classifies goods")],
        "CFAssociations": [child("g1", "doc"), child("c1", "g1")],
        "CFRubrics": [rubric("c1", {1: "helps", 2: "does", 3: "leads"})],
    }  # fmt: skip
    return package | changes


def item(key: str, code: str, text: str, **more: object) -> dict:
    said = {"humanCodingScheme": code, "fullStatement": text, **more}
    return {"identifier": key, "uri": f"https://x.example/{key}", **said}


def child(key: str, parent: str, kind: str = "isChildOf", **more: object) -> dict:
    return {
        "identifier": f"{key}-{parent}", "associationType": kind,
        "originNodeURI": {"identifier": key, "title": key, "uri": "u"},
        "destinationNodeURI": {"identifier": parent, "title": parent, "uri": "u"}, **more,
    }  # fmt: skip


def rubric(key: str, texts: dict[float | None, str], **more: object) -> dict:
    levels = [{"score": score, "quality": f"Level {score}", "description": text}
              for score, text in texts.items()]  # fmt: skip
    link = {"CFItemURI": {"identifier": key}} if key else {}
    criterion = {**link, "CFRubricCriterionLevels": levels, **more}
    return {"identifier": f"r-{key}", "CFRubricCriteria": [criterion]}


def dumped(package: object) -> bytes:
    return json.dumps(package).encode()


SKILL_HEAD = ("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel",
              "altLabels", "hiddenLabels", "status", "description")  # fmt: skip
SKILL = "http://data.europa.eu/esco/skill/"
FIRST, SECOND, THIRD = (
    f"{SKILL}{n}{n}{n}{n}{n}{n}{n}{n}-aaaa-bbbb-cccc-dddddddddddd" for n in "123"
)


def skills(*more: dict[str, str]) -> bytes:
    """ESCO's file of skills: two on customs, one on bees, one out of use."""
    rows = [
        _skill(FIRST, "inspect customs cargo", "Inspect cargo at the border.", altLabels="a\nb"),
        _skill(SECOND, "customs law", "Rules on imports.", skillType="knowledge"),
        _skill(THIRD, "keep bees", "Look after bees and hives, façade of an apiary."),
        _skill(f"{SKILL}old", "stamp paper", "No longer.", status="obsolete"),
        *more,
    ]
    return table(SKILL_HEAD, rows)


def _skill(uri: str, label: str, text: str, **more: str) -> dict[str, str]:
    return {"conceptUri": uri, "preferredLabel": label, "description": text,
            "skillType": "skill/competence", "status": "released", **more}  # fmt: skip


def broader() -> bytes:
    head = ("conceptType", "conceptUri", "broaderType", "broaderUri", "broaderLabel")
    rows = [{"conceptUri": FIRST, "broaderUri": "g:inspect", "broaderLabel": "inspecting goods"},
            {"conceptUri": FIRST, "broaderUri": "g:trade", "broaderLabel": "trade"}]  # fmt: skip
    return table(head, rows)


def occupations() -> bytes:
    head = ("conceptType", "conceptUri", "iscoGroup", "preferredLabel")
    rows = [{"conceptUri": "o:1", "iscoGroup": "3351", "preferredLabel": "customs officer"},
            {"conceptUri": "o:2", "iscoGroup": "6123", "preferredLabel": "beekeeper"}]  # fmt: skip
    return table(head, rows)


def relations() -> bytes:
    head = ("occupationUri", "relationType", "skillType", "skillUri")
    rows = [{"occupationUri": "o:1", "relationType": "essential", "skillUri": FIRST},
            {"occupationUri": "o:1", "relationType": "optional", "skillUri": SECOND},
            {"occupationUri": "o:2", "relationType": "essential", "skillUri": THIRD}]  # fmt: skip
    return table(head, rows)


def taken(folder: Path, *files: tuple[str, bytes], unsaid: Unsaid = UNSAID, **more) -> Incoming:
    """The framework that the files give."""
    paths = []
    for number, (name, data) in enumerate(files):
        path = folder / f"{number}{Path(name).suffix}"
        path.write_bytes(data)
        paths.append((name, path))
    return read_sent(paths, unsaid, **more)[1]


def package_of(content: read.FrameworkContent) -> bytes:
    made = for_others.case_package(content, base="https://hr.example", changed=date(2016, 2, 12))
    return dumped(made)
