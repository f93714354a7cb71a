"""The outline of a document: its sections in the administration's own order, each on or off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.arrangement import Step, moved
from hrplan.deliverables.contents.arrangement import arrangement
from hrplan.deliverables.contents.documents import PARTS
from hrplan.deliverables.contents.parts import Placed
from hrplan.deliverables.models import FigureReading, Narrative, SectionPlace
from hrplan.deliverables.usecases import passages
from hrplan.deliverables.usecases.drafts import checked_language
from hrplan.deliverables.usecases.passages import Moved

ALWAYS: tuple[tuple[str, str | Promise], ...] = (
    ("responses", gettext_lazy("Response matrix")),
    ("constants", gettext_lazy("Data sources and constants")),
    ("consistency", gettext_lazy("Consistency checks")),
    ("glossary", gettext_lazy("Glossary")),
    ("left-out", gettext_lazy("Sections left out")),
)
"""The annexes that end each document: they are no part of an outline, and stay where they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """One part of an outline and the administration's own passage in it.

    text, excerpt : the passage as it was typed, and its words with figures as they were read
    needed : what the ministry would not be told without the section; '' where it may be left out
    stale : the figures of the passage that differ from what they were when it was written
    unknown : names in braces that are no figure, as a file may have brought them
    """

    key: str
    title: str | Promise
    text: str
    excerpt: str = ""
    is_on: bool = True
    is_annex: bool = False
    needed: str | Promise = ""
    is_first: bool = False
    is_last: bool = False
    stale: tuple[Moved, ...] = ()
    unknown: tuple[str, ...] = ()


def outline(administration: Administration, kind: str, language: str = "") -> tuple[Place, ...]:
    """The parts of a document in order, each with the passage at its head.

    language : of the passages; the administration's first where it is empty
    """
    own = {"kind": kind, "language": checked_language(administration, language)}
    rows = Narrative.objects.filter(administration=administration, **own)
    said = {row.section: row for row in rows.select_related("administration")}
    reading = passages.reading_of(administration)
    placed = arrangement(PARTS[kind], administration, kind)
    return tuple(
        replace(_place(placed, one), **_said(said.get(one.part.key), reading)) for one in placed
    )


def _place(placed: Sequence[Placed], one: Placed) -> Place:
    group = _group(placed, one)
    return Place(
        key=one.part.key,
        title=one.part.title,
        text="",
        is_on=one.is_on,
        is_annex=one.part.annex,
        needed=one.part.needed,
        is_first=one.part.key == group[0],
        is_last=one.part.key == group[-1],
    )


def _said(row: Narrative | None, reading: FigureReading | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "text": row.text,
        "excerpt": passages.excerpt(row, reading),
        "stale": passages.moved_in(row, reading),
        "unknown": passages.unknown_in(row.text),
    }


def _group(placed: Sequence[Placed], one: Placed) -> list[str]:
    """The keys among which a section moves: sections with sections, annexes with annexes."""
    return [other.part.key for other in placed if other.part.annex == one.part.annex]


@transaction.atomic
def move_section(
    administration: Administration, kind: str, section: str, step: Step, *, by: Member
) -> None:
    """A place up or down among its like; at the end nothing happens."""
    placed = _changeable(administration, kind, by)
    one = _found(placed, section)
    order = moved(_group(placed, one), section, step)
    others = [other.part.key for other in placed if other.part.annex != one.part.annex]
    _keep(placed, [*others, *order] if one.part.annex else [*order, *others], administration, kind)
    row = SectionPlace.objects.get(administration=administration, kind=kind, section=section)
    audit.record("move section", row, by=by, fields=["position"])


@transaction.atomic
def turn_section(
    administration: Administration, kind: str, section: str, *, is_on: bool, by: Member
) -> None:
    """Print a section or leave it out. Refused where the ministry needs it to decide."""
    placed = _changeable(administration, kind, by)
    one = _found(placed, section)
    if one.part.needed and not is_on:
        words = _("“%(title)s” cannot be left out: the ministry has to know %(needed)s.")
        raise ValidationError(words % {"title": one.part.title, "needed": one.part.needed})
    _keep(placed, [other.part.key for other in placed], administration, kind)
    row = SectionPlace.objects.get(administration=administration, kind=kind, section=section)
    row.is_on = is_on
    row.save(update_fields=["is_on"])
    audit.record("print section" if is_on else "leave out section", row, by=by, fields=["is_on"])


def _changeable(administration: Administration, kind: str, by: Member) -> tuple[Placed, ...]:
    """The sections as they stand, while nobody else changes them."""
    require(rules.can_freeze(by) and by.administration_id == administration.pk)
    Administration.objects.select_for_update().get(pk=administration.pk)
    return arrangement(PARTS[kind], administration, kind)


def _found(placed: Sequence[Placed], section: str) -> Placed:
    titles = dict(ALWAYS)
    if section in titles:
        words = _("“%(title)s” ends each document: it is neither moved nor left out.")
        raise ValidationError({"section": words % {"title": titles[section]}})
    found = next((one for one in placed if one.part.key == section), None)
    if found is None:
        raise ValidationError({"section": _("This document has no such section.")})
    return found


def _keep(
    placed: Sequence[Placed], order: Sequence[str], administration: Administration, kind: str
) -> None:
    """Every section with its place, so that all of them are stated once one is."""
    is_on = {one.part.key: one.is_on for one in placed}
    SectionPlace.objects.bulk_create(
        [
            SectionPlace(
                administration=administration,
                kind=kind,
                section=key,
                position=place,
                is_on=is_on[key],
            )
            for place, key in enumerate(order)
        ],
        update_conflicts=True,
        unique_fields=["administration", "kind", "section"],
        update_fields=["position"],
    )
