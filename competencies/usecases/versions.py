"""Versions of the framework: begun as a draft, told apart from the one in force, put in force.

Ratings stay with the version they were made under. Putting another in force writes, beside them,
the ratings that count there as they stand; `carried_from` says where each comes from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.analysis import crosswalks
from competencies.library.read import HeadContent
from competencies.models import (
    IN_FORCE,
    Assessment,
    Competency,
    Crosswalk,
    Framework,
    JobProfile,
    LevelText,
    Requirement,
)
from competencies.usecases.framework_files import content_of
from competencies.usecases.frameworks import store_framework
from competencies.usecases.version_report import (
    VersionReport,
    pairs_between,
    version_report,
)
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member

CHUNK = 2000  # ratings written in one transaction
OWN = frozenset({LevelText, Requirement, Assessment, Crosswalk})  # rows of one version


@transaction.atomic
def begin_version(
    administration: Administration, *, version: str, title: str, by: Member
) -> Framework:
    """Begin a draft with all that the framework in force says, each competency the same in both.

    Refused without a framework in force, and where the version exists.
    """
    require(rules.can_change_framework(by) and by.administration_id == administration.pk)
    held = frames.current_framework(administration)
    if held is None:
        raise ValidationError(_("Take in a competency framework first."))
    if Framework.objects.of(administration).filter(code=held.code, version=version).exists():
        raise ValidationError({"version": _("This version exists; give another number.")})
    content = content_of(held)
    told = HeadContent(**{**asdict(content.head), "version": version, "title": title})
    draft = store_framework(administration, type(content)(told, content.scale, content.groups,
                                                          content.competencies))  # fmt: skip
    new = {row.code: row for row in draft.competencies.all()}
    Crosswalk.objects.bulk_create(
        Crosswalk(
            administration=administration,
            source=row,
            target=new[row.code],
            relation=Crosswalk.Relation.EQUAL,
        )
        for row in held.competencies.all()
    )
    carry_demands(draft, by=by)
    record("begin", draft, by=by, fields=["version"])
    return draft


def change_version(framework: Framework, *, by: Member, **fields: Any) -> Framework:
    """Change what a version says of itself."""
    require(_may_change(framework, by))
    saved: Framework = save_row(framework, fields, "change", by=by)
    return saved


@transaction.atomic
def remove_version(framework: Framework, *, by: Member) -> None:
    """Drop a draft with all that was written in it. Refused for what is or was in force."""
    require(_may_change(framework, by))
    if framework.state != Framework.State.DRAFT:
        raise ValidationError(_("Only a draft can be dropped; ratings rest on the others."))
    record("remove", framework, by=by)
    Requirement.objects.filter(competency__framework=framework).delete()
    Assessment.objects.filter(competency__framework=framework).delete()
    framework.competencies.all().delete()
    framework.delete()


def _may_change(framework: Framework, by: Member) -> bool:
    return rules.can_change_framework(by) and framework.administration_id == by.administration_id


@transaction.atomic
def carry_demands(draft: Framework, *, by: Member) -> int:
    """Give each profile, where it asks for nothing yet, what it asks of the same competency today.

    Levels above the top of the draft's scale are left for a person to set. Says how many demands
    were written.
    """
    require(_may_change(draft, by))
    held = frames.current_framework(draft.administration)
    if held is None:
        return 0
    same = crosswalks.same(pairs_between(held, draft))
    asked = Requirement.objects.filter(
        competency__in=same, profile__framework=held, level__lte=frames.top_level(draft)
    )
    known = set(
        Requirement.objects.filter(competency__framework=draft).values_list("profile", "competency")
    )
    fresh = [
        Requirement(
            profile_id=row.profile_id,
            competency_id=same[row.competency_id],
            level=row.level,
            weight=row.weight,
            critical=row.critical,
            steps=row.steps,
        )
        for row in asked
        if (row.profile_id, same[row.competency_id]) not in known
    ]
    Requirement.objects.bulk_create(fresh)
    record("carry demands", draft, by=by, fields=["requirements"])
    return len(fresh)


def put_in_force(framework: Framework, *, by: Member) -> VersionReport:
    """Let a draft, or a retired version, count from now on; the one in force is retired.

    Ratings that count there are written first, a chunk at a time, where nobody sees them yet; so
    others go on working, and a stop half-way is made good by asking again. The switch itself is
    one short transaction. Refused while the report names an obstacle.
    """
    require(_may_change(framework, by))
    report = version_report(framework)
    if report.obstacles:
        raise ValidationError(list(report.obstacles))
    held = frames.current_framework(framework.administration)
    if held is None:
        _switch(None, framework, report, by)
        return report
    pairs = pairs_between(held, framework)
    carry = crosswalks.carrying(pairs) if report.same_scale else {}
    _carry_ratings(held, framework, carry)
    with transaction.atomic():
        _carry_ratings(held, framework, carry)
        _follow(crosswalks.same(pairs))
        _switch(held, framework, report, by)
    return report


def _switch(held: Framework | None, new: Framework, report: VersionReport, by: Member) -> None:
    today = new.administration.as_of
    if held is not None:
        held.state, held.retired_on = Framework.State.RETIRED, today
        held.save(update_fields=["state", "retired_on"])
        JobProfile.objects.filter(framework=held).update(framework=new)
    new.state, new.in_force_on, new.retired_on = IN_FORCE, today, None
    new.report = report.in_figures()
    new.save(update_fields=["state", "in_force_on", "retired_on", "report"])
    record("put in force", new, by=by, fields=["state"])


def _carry_ratings(held: Framework, new: Framework, carry: Mapping[int, tuple[int, ...]]) -> None:
    """Write the ratings that count under the other version and aren't there yet."""
    rows = Assessment.objects.filter(competency__in=carry, revoked_on=None)
    rows = rows.exclude(carried_to__competency__framework=new)
    rows = rows.exclude(carried_from__competency__framework=new).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        with transaction.atomic():
            Assessment.objects.bulk_create(_carried(chunk, carry), ignore_conflicts=True)


def _carried(
    ratings: Iterable[Assessment], carry: Mapping[int, tuple[int, ...]]
) -> list[Assessment]:
    """Copies under the other version; where two meet, the lower, as only that is held of both."""
    found: dict[tuple[Any, ...], Assessment] = {}
    for one in ratings:
        for target in carry[one.competency_id]:
            key = (one.staff_member_id, target, one.source, one.rated_on)
            if key in found and found[key].level <= one.level:
                continue
            copy = {
                field.attname: getattr(one, field.attname)
                for field in Assessment._meta.concrete_fields
                if not field.primary_key
            }
            found[key] = Assessment(**{**copy, "competency_id": target, "carried_from_id": one.pk})
    return list(found.values())


def _follow(same: Mapping[int, int]) -> None:
    """What other parts of the product say of a competency follows to the same one."""
    if not same:
        return
    moved = Case(*(When(competency=old, then=Value(new)) for old, new in same.items()))
    for relation in Competency._meta.related_objects:
        model: type[models.Model] = relation.related_model
        if model not in OWN:
            rows = model._default_manager.filter(competency__in=same)
            rows.update(competency=moved)
