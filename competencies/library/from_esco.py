"""Skills of ESCO as a framework: narrowed by words or by an occupation, grouped by what is broader.

Pure. The files are those of a download in one language; columns are found by their names, which
moved between versions. ESCO has no levels: the scale and the level texts are one's own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from competencies.library.incoming import (
    MOST_COMPETENCIES,
    Incoming,
    Node,
    Notes,
    Unsaid,
    built,
    plain,
    refuse,
)
from competencies.library.messages import fault
from competencies.library.read import HeadContent
from hrplan.exchange.clean import header_form
from hrplan.exchange.csv_text import CsvText

SKILLS, BROADER, OCCUPATIONS, RELATIONS = "skills", "broader", "occupations", "relations"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    RELATIONS: ("occupationuri", "relationtype", "skilluri"),
    BROADER: ("concepturi", "broaderuri"),
    OCCUPATIONS: ("concepturi", "iscogroup", "preferredlabel"),
    SKILLS: ("concepturi", "skilltype", "preferredlabel"),
}
TYPES = {"knowledge": "Knowledge", "skill/competence": "Skills", "": "Others"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
GONE = {"deprecated", "obsolete", "replaced"}
LICENCE = "ESCO, © European Union"
LANGUAGE = re.compile(r"_([a-z]{2})\.csv$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which skills to take: those with all the words, and of an occupation if one is named."""

    words: str = ""
    occupation: str = ""
    essential_only: bool = False


def kind_of(head: Sequence[str]) -> str:
    """Which of ESCO's files begins with this row; empty if none."""
    forms = set(map(header_form, head))
    return next((kind for kind, needed in COLUMNS.items() if forms.issuperset(needed)), "")


Rows = list[dict[str, str]]


def from_esco(
    files: Mapping[str, tuple[str, CsvText]], unsaid: Unsaid, narrowed: Narrowed
) -> Incoming:
    """The skills of the files by kind, each with the name it was sent under.

    Raises
    ------
    ContentError
        The skills are missing, an occupation isn't known, or too many or no skills are left.
    """
    name = files[SKILLS][0] if SKILLS in files else next(iter(files.values()))[0]
    if SKILLS not in files:
        refuse(name, [fault("file", "esco_skills")])
    notes = Notes()
    skills = _skills(files[SKILLS][1], notes)
    whole = len(skills)
    chosen = _of_occupation(skills, files, narrowed, name)
    chosen = [row for row in chosen if _has(row, narrowed.words)]
    if not chosen:
        refuse(name, [fault("file", "esco_nothing")])
    if len(chosen) > MOST_COMPETENCIES:
        limits = {"count": len(chosen), "limit": MOST_COMPETENCIES}
        refuse(name, [fault("file", "esco_many", **limits)])
    if len(chosen) < whole:
        notes.add("file", "esco_left", count=len(chosen), all=whole)
    notes.count(sum(bool(row.get("altlabels")) for row in chosen), "esco_labels")
    if not unsaid.scale:
        refuse(name, [fault("file", "scale_short")])
    notes.add("file", "scale_unsaid")
    nodes = list(_nodes(chosen, skills, files, notes))
    return built(name, _head(name, unsaid, narrowed), unsaid.scale, nodes, notes)


def _rows(text: CsvText) -> Iterator[tuple[int, dict[str, str]]]:
    (_number, head), *rest = text.rows
    forms = [header_form(cell) for cell in head]
    for number, cells in rest:
        yield number, dict(zip(forms, cells, strict=False))


def _skills(text: CsvText, notes: Notes) -> Rows:
    """The skills in use, each uri once, with its row."""
    found: dict[str, dict[str, str]] = {}
    gone = 0
    for number, row in _rows(text):
        if row.get("status", "").strip().casefold() in GONE:
            gone += 1
        elif row.get("concepturi", "").strip() and row.get("preferredlabel", "").strip():
            uri = row["concepturi"].strip()
            found.setdefault(uri, {**row, "uri": uri, "row": str(number)})
    notes.count(gone, "esco_status")
    return list(found.values())


def _of_occupation(
    skills: Rows, files: Mapping[str, tuple[str, CsvText]], narrowed: Narrowed, name: str
) -> Rows:
    wanted = plain(narrowed.occupation)
    if not wanted:
        return skills
    if RELATIONS not in files:
        refuse(name, [fault("file", "esco_no_relations")])
    uris = _occupations(files, wanted)
    if not uris:
        refuse(name, [fault("file", "esco_occupation", words=wanted[:60])])
    taken = {
        row["skilluri"].strip()
        for _number, row in _rows(files[RELATIONS][1])
        if row.get("occupationuri", "").strip() in uris
        and (not narrowed.essential_only or row.get("relationtype", "") == "essential")
        and row.get("skilluri")
    }
    return [row for row in skills if row["uri"] in taken]


def _occupations(files: Mapping[str, tuple[str, CsvText]], wanted: str) -> set[str]:
    """The occupations of this name, else those whose name has the words."""
    labels: dict[str, str] = {}
    for kind, uri, label in (
        (OCCUPATIONS, "concepturi", "preferredlabel"),
        (RELATIONS, "occupationuri", "occupationlabel"),
    ):
        if kind in files:
            for _number, row in _rows(files[kind][1]):
                if row.get(uri):
                    labels.setdefault(row[uri].strip(), folded(row.get(label, "")))
    exact = {uri for uri, label in labels.items() if folded(wanted) in (label, uri.casefold())}
    words = folded(wanted).split()
    return exact or {uri for uri, label in labels.items() if all(w in label for w in words)}


def folded(text: str) -> str:
    """The text without case and accents, as it is searched."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).casefold().strip()


def _has(row: Mapping[str, str], words: str) -> bool:
    wanted = folded(words).split()
    if not wanted:
        return True
    names = ("preferredlabel", "altlabels", "description", "definition")
    said = folded(" ".join(row.get(name, "") for name in names))
    return all(word in said for word in wanted)


def _nodes(
    chosen: Rows, skills: Rows, files: Mapping[str, tuple[str, CsvText]], notes: Notes
) -> Iterator[Node]:
    labels = {row["uri"]: row["preferredlabel"] for row in skills}
    above = _broader(files[BROADER][1], labels, {row["uri"] for row in chosen}, notes) \
        if BROADER in files else {}  # fmt: skip
    groups: dict[str, Node] = {}
    members = []
    for row in chosen:
        key = above.get(row["uri"]) or f"type:{_type(row)}"
        if key not in groups:
            title = labels.get(key) or TYPES.get(_type(row), TYPES[""])
            groups[key] = Node(f"group:{key}", "", f"A{row['row']}", "", title, kind="group")
        members.append(
            Node(
                key=row["uri"],
                parent=f"group:{key}",
                place=f"A{row['row']}",
                code=_code(row["uri"]),
                title=row["preferredlabel"],
                text=_text(row),
                basis=row["uri"],
            )
        )
    yield from groups.values()
    yield from members


def _type(row: Mapping[str, str]) -> str:
    kind = row.get("skilltype", "").strip().casefold()
    return kind if kind in TYPES else ""


def _broader(
    text: CsvText, labels: dict[str, str], wanted: set[str], notes: Notes
) -> dict[str, str]:
    """(skill -> the concept above it), the first of the file; its name joins `labels`."""
    found: dict[str, str] = {}
    several = set()
    for _number, row in _rows(text):
        uri, above = row.get("concepturi", "").strip(), row.get("broaderuri", "").strip()
        label = row.get("broaderlabel", "").strip()
        if above and label:
            labels.setdefault(above, label)
        is_known = uri in wanted and above in labels
        if is_known and found.setdefault(uri, above) != above:
            several.add(uri)
    notes.count(len(several), "esco_broader")
    return found


def _code(uri: str) -> str:
    """The first part of the concept's key, which is as good as unique among a thousand."""
    tail = uri.rstrip("/").rsplit("/", 1)[-1]
    return tail[:8] if UUID.fullmatch(tail) else re.sub(r"[^A-Za-z0-9._-]", "-", tail)[-20:]


def _text(row: Mapping[str, str]) -> str:
    return row.get("description", "") or row.get("definition", "")


def _head(name: str, unsaid: Unsaid, narrowed: Narrowed) -> HeadContent:
    language = LANGUAGE.search(name)
    words = plain(f"{narrowed.occupation} {narrowed.words}")
    short = re.sub(r"[^a-z0-9]+", "-", folded(f"esco {words}")).strip("-")[:60].strip("-")
    return HeadContent(
        id=short,
        version="1.0",
        language=language[1].lower() if language else unsaid.language,
        provider="European Commission, ESCO",
        licence=LICENCE,
        provenance=unsaid.provenance,
        title=f"ESCO: {words}" if words else "ESCO",
    )
