"""Comments beside later versions: whether the place that one is about reads otherwise since."""

from dataclasses import dataclass
from datetime import date

from hrplan.documents.following import Fate


@dataclass(frozen=True, slots=True)
class Response:
    """A comment with its answer, and since which version its place reads otherwise.

    before, after : of a tracked change, the words removed and those in their place
    version : number of the one it is about; outcome : key, empty where it is not answered
    became : what became of its place in later versions
    """

    key: int
    version: int
    anchor: str
    place: str
    text: str
    before: str
    after: str
    is_from_ministry: bool
    made_on: date
    outcome: str
    answer: str
    became: Fate


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many comments and changes were new, and how many of them stand where.

    around : at the section or table they are in, because their passage was not found in it
    unmatched : at no place
    """

    comments: int
    changes: int
    around: int
    unmatched: int
    known: int
