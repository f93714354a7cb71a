"""A place of one version found again in a later one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrplan.documents.comparing import ALIKE, SHORTEST
from hrplan.documents.likest import likest
from hrplan.documents.places import WHOLE, Place

_SPARE = re.compile(r"(^|-)(section|table|figure)-\d+$")  # an anchor that is only counted


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a place: the first version in which it reads otherwise, 0 while none does.

    is_gone : it stands in that version no longer; was, now : of a single block, its words
    """

    changed_in: int = 0
    is_gone: bool = False
    was: str = ""
    now: str = ""


def fate(places: Mapping[int, Sequence[Place]], version: int, anchor: str) -> Fate:
    """The first later version in which a place reads otherwise; followed from each to the next.

    places : of the versions of one document, by number, in order

    Source
    ------
    docs/methods/comments.md, "What became of a place".
    """
    at = version
    place = next((one for one in places[version] if one.anchor == anchor), None)
    if place is None:
        return Fate()
    for number in (one for one in places if one > version):
        after = found_again(place, places[at], places[number])
        if after is None:
            return Fate(number, is_gone=True, was=_said(place))
        if after.stands != place.stands:
            return Fate(number, was=_said(place), now=_said(after))
        at, place = number, after
    return Fate()


def _said(place: Place) -> str:
    return "" if place.kind in WHOLE else place.said


def found_again(place: Place, old: Sequence[Place], new: Sequence[Place]) -> Place | None:
    """The place in the new version; a heading, table or figure by its anchor, a block by its words.

    A block is the one in the same section that is known by the same, else one that says the same
    elsewhere, else the one that may have become of it where it stood.
    """
    if place.kind in WHOLE:
        return _whole_again(place, new)
    return (
        next((one for one in new if one.anchor == place.anchor), None)
        or _moved(place, old, new)
        or _changed(place, old, new)
    )


def _whole_again(place: Place, new: Sequence[Place]) -> Place | None:
    """By its anchor; one that is only counted rather by what it is called."""
    alike = [one for one in new if one.kind == place.kind]
    same = next((one for one in alike if one.anchor == place.anchor), None)
    if same is not None and (same.said == place.said or not _SPARE.search(place.anchor)):
        return same
    return next((one for one in alike if one.said == place.said), same)


def _moved(place: Place, old: Sequence[Place], new: Sequence[Place]) -> Place | None:
    """What says the same elsewhere and said it nowhere before."""
    if place.kind == "row" or len(place.said) < SHORTEST:
        return None
    before = {one.anchor for one in old}
    same = (one for one in new if (one.kind, one.stands) == (place.kind, place.stands))
    return next((one for one in same if one.anchor not in before), None)


def _changed(place: Place, old: Sequence[Place], new: Sequence[Place]) -> Place | None:
    """What stands around where it stood, is of its kind, new there, and most like to it."""
    around = next((one for one in old if one.anchor == place.within), None)
    now = around and _whole_again(around, new)
    if now is None:
        return None
    left, right = _beside(place, place.within, old), _beside(place, now.anchor, new)
    before, after = {one.anchor for one in left}, {one.anchor for one in right}
    left = [one for one in left if one.anchor not in after]
    right = [one for one in right if one.anchor not in before]
    least = 0.0 if place.kind == "row" else ALIKE
    pairs = likest([one.said for one in left], [one.said for one in right], least)
    return next((right[n] for n, m in pairs.items() if left[m] == place), None)


def _beside(place: Place, within: str, places: Sequence[Place]) -> list[Place]:
    """The places of one kind in a section or table; of rows those with the same first cell."""
    return [
        one
        for one in places
        if (one.kind, one.within) == (place.kind, within)
        and (one.kind != "row" or _first(one) == _first(place))
    ]


def _first(row: Place) -> str:
    return row.said.partition(" | ")[0]
