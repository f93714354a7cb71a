"""What a framework version holds, kept by hand: groups, competencies with their texts, crosswalk.

A draft may be rebuilt. In the version in force words may be mended, while codes and places stay,
as ratings rest on them. A retired one stays as it was.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import rules
from competencies.models import (
    Competency,
    CompetencyGroup,
    Crosswalk,
    Framework,
    LevelText,
    Requirement,
)
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member

Texts = Mapping[int, Mapping[str, str]]  # level -> text, knowledge, skill
BUILT = ("code", "group")  # what only a draft lets change


def _require_keeper(row: CompetencyGroup | Competency | Crosswalk, by: Member) -> None:
    require(rules.can_change_framework(by) and row.administration_id == by.administration_id)


def _refuse_built(framework: Framework) -> None:
    if framework.state != Framework.State.DRAFT:
        raise ValidationError(_("This version is no draft; begin a new version to change it."))


def _refuse_retired(framework: Framework) -> None:
    if framework.state == Framework.State.RETIRED:
        raise ValidationError(_("This version is retired; it stays as it was."))


@transaction.atomic
def add_group(administration: Administration, *, by: Member, **fields: Any) -> CompetencyGroup:
    """Add a group of competencies to a draft."""
    group = CompetencyGroup(administration=administration)
    _require_keeper(group, by)
    _refuse_built(fields["framework"])
    group.position = fields["framework"].groups.count()
    saved: CompetencyGroup = save_row(group, fields, "add", by=by)
    return saved


@transaction.atomic
def change_group(group: CompetencyGroup, *, by: Member, **fields: Any) -> CompetencyGroup:
    """Change a group; its code only in a draft."""
    _require_keeper(group, by)
    _refuse_retired(group.framework)
    if fields.get("code", group.code) != group.code:
        _refuse_built(group.framework)
    saved: CompetencyGroup = save_row(group, fields, "change", by=by)
    return saved


@transaction.atomic
def remove_group(group: CompetencyGroup, *, by: Member) -> None:
    """Take an empty group out of a draft."""
    _require_keeper(group, by)
    _refuse_built(group.framework)
    if group.competencies.exists():
        raise ValidationError(_("Competencies stand in this group; move them first."))
    record("remove", group, by=by)
    group.delete()


@transaction.atomic
def add_competency(administration: Administration, *, by: Member, **fields: Any) -> Competency:
    """Add a competency to a group of a draft."""
    framework = fields["group"].framework
    row = Competency(administration=administration, framework=framework)
    _require_keeper(row, by)
    _refuse_built(framework)
    row.position = framework.competencies.count()
    saved: Competency = save_row(row, fields, "add", by=by)
    return saved


@transaction.atomic
def change_competency(
    row: Competency, *, by: Member, texts: Texts | None = None, **fields: Any
) -> Competency:
    """Change a competency and its level texts. Refused outside a draft for code and group.

    A level whose behaviour is left empty has no text of its own; without one, what else is said
    of the level is refused.
    """
    _require_keeper(row, by)
    _refuse_retired(row.framework)
    if any(fields.get(name, getattr(row, name)) != getattr(row, name) for name in BUILT):
        _refuse_built(row.framework)
    group = fields.get("group", row.group)
    if group.framework_id != row.framework_id:
        raise ValidationError({"group": _("This group belongs to another version.")})
    if texts is not None:
        _save_texts(row, texts)
    saved: Competency = save_row(row, fields, "change", by=by)
    return saved


def _save_texts(row: Competency, texts: Texts) -> None:
    known = set(row.framework.levels.values_list("level", flat=True)) - {0}
    bare = [level for level, said in texts.items() if any(said.values()) and not said["text"]]
    if bare:
        words = _("Say what is seen at level %(level)d; knowledge and skill stand beside that.")
        raise ValidationError(words % {"level": bare[0]})
    if off := sorted(set(texts) - known):
        words = _("Level %(level)d is not on the scale of this version.")
        raise ValidationError(words % {"level": off[0]})
    for level, said in texts.items():
        of_level = LevelText.objects.filter(competency=row, level=level)
        if said["text"]:
            LevelText.objects.update_or_create(competency=row, level=level, defaults=dict(said))
        else:
            of_level.delete()


@transaction.atomic
def remove_competency(row: Competency, *, by: Member) -> None:
    """Take a competency out of a draft, with what profiles ask of it there."""
    _require_keeper(row, by)
    _refuse_built(row.framework)
    record("remove", row, by=by)
    Requirement.objects.filter(competency=row).delete()
    row.delete()


@transaction.atomic
def add_pair(administration: Administration, *, by: Member, **fields: Any) -> Crosswalk:
    """Say how a competency of one version stands to one of another.

    Refused within one version, and for a competency that is the same as another already.
    """
    return _save_pair(Crosswalk(administration=administration), fields, "add", by)


@transaction.atomic
def change_pair(pair: Crosswalk, *, by: Member, **fields: Any) -> Crosswalk:
    """Say it otherwise. Refused as adding is."""
    return _save_pair(pair, fields, "change", by)


def _save_pair(pair: Crosswalk, fields: dict[str, Any], action: str, by: Member) -> Crosswalk:
    _require_keeper(pair, by)
    ends: dict[str, Competency] = {
        name: fields[name] if name in fields else getattr(pair, name)
        for name in ("source", "target")
    }
    if ends["source"].framework_id == ends["target"].framework_id:
        raise ValidationError(_("Both belong to the same version."))
    if fields.get("relation", pair.relation) == Crosswalk.Relation.EQUAL:
        _refuse_twice(pair, ends)
    saved: Crosswalk = save_row(pair, fields, action, by=by)
    return saved


def _refuse_twice(pair: Crosswalk, ends: Mapping[str, Competency]) -> None:
    equal = Crosswalk.objects.filter(relation=Crosswalk.Relation.EQUAL).exclude(pk=pair.pk)
    between = {
        "source": equal.filter(
            source=ends["source"], target__framework=ends["target"].framework_id
        ),
        "target": equal.filter(
            target=ends["target"], source__framework=ends["source"].framework_id
        ),
    }
    for name, rows in between.items():
        if (other := rows.select_related("source", "target").first()) is not None:
            words = _("It is said to be the same as “%(other)s” already.")
            seen = other.target if name == "source" else other.source
            raise ValidationError({name: words % {"other": seen.title}})


@transaction.atomic
def remove_pair(pair: Crosswalk, *, by: Member) -> None:
    """Take back what was said of two competencies."""
    _require_keeper(pair, by)
    record("remove", pair, by=by)
    pair.delete()
