"""The reviewer's tests beside the frozen documents: where each is answered, and whether it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from hrplan.deliverables.contents.checklist import TESTS, ReviewTest
from hrplan.deliverables.contents.documents import PARTS
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases.choosing import title_of
from hrplan.deliverables.usecases.places import places_of

Titles = dict[str, str]  # anchor of a section -> number and title


@dataclass(frozen=True, slots=True)
class Answer:
    """A part that answers a test. `version` is None where the part was left out."""

    document: str
    title: str
    anchor: str
    version: DocumentVersion | None


@dataclass(frozen=True, slots=True)
class Tested:
    """One test with the parts that answer it in the documents sent.

    elsewhere : documents that were not sent with them and answer it as well
    """

    test: ReviewTest
    answers: tuple[Answer, ...]
    elsewhere: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many of the parts are there."""
        return sum(one.version is not None for one in self.answers)

    @property
    def is_whole(self) -> bool:
        """All of its parts are there."""
        return self.found == len(self.answers)


def tested(versions: Iterable[DocumentVersion]) -> tuple[Tested, ...]:
    """Every test on these versions, at most one of each document."""
    held = {one.kind: (one, _titles(one)) for one in versions}
    return tuple(
        Tested(
            test,
            tuple(_answer(kind, key, held[kind]) for kind, key in test.answers if kind in held),
            tuple(dict.fromkeys(title_of(kind) for kind, _key in test.answers if kind not in held)),
        )
        for test in TESTS
    )


def _answer(kind: str, key: str, held: tuple[DocumentVersion, Titles]) -> Answer:
    version, titles = held
    if key in titles:
        return Answer(title_of(kind), titles[key], key, version)
    title = next(str(part.title) for part in PARTS[kind] if part.key == key)
    return Answer(title_of(kind), title, "", None)


def _titles(version: DocumentVersion) -> Titles:
    """The sections of a version by their anchors."""
    return {one.anchor: one.words for one in places_of(version) if one.kind == "heading"}
