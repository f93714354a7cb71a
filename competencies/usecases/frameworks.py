"""The framework and its job profiles: taking in what is shipped, looking at it, changing it."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.library import read
from competencies.models import (
    Competency,
    CompetencyGroup,
    Framework,
    JobProfile,
    Level,
    LevelText,
    Requirement,
)
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member


@transaction.atomic
def adopt_framework(
    administration: Administration, *, by: Member | None, path: Path = read.FRAMEWORK
) -> Framework:
    """Take a framework file in as rows and put it in force; the same version changes nothing."""
    if by is not None:
        require(rules.can_change_framework(by))
    content = read.framework(path)
    rows = Framework.objects.filter(
        administration=administration, code=content.head.id, version=content.head.version
    )
    if (present := rows.first()) is not None:
        return present
    Framework.objects.filter(administration=administration).update(is_current=False)
    framework = stored(administration, content)
    audit.record("adopt", framework, by=by, fields=["code", "version"])
    return framework


def stored(
    administration: Administration, content: read.FrameworkContent, *, is_current: bool = True
) -> Framework:
    """The rows of a framework, in force or not."""
    head = content.head
    framework = Framework.objects.create(
        administration=administration,
        code=head.id,
        version=head.version,
        title=head.title,
        language=head.language,
        provider=head.provider,
        licence=head.licence,
        provenance=head.provenance,
        is_current=is_current,
    )
    Level.objects.bulk_create(
        Level(
            framework=framework,
            level=step.level,
            name=step.name,
            can_do=step.can_do,
            autonomy=step.autonomy,
            evidence=step.evidence,
            typical_time=step.typical_time,
        )
        for step in content.scale
    )
    groups = CompetencyGroup.objects.bulk_create(
        CompetencyGroup(
            framework=framework,
            code=group.code,
            title=group.title,
            assessed_by=group.assessed_by,
            in_gap_totals=group.in_gap_totals,
            position=position,
        )
        for position, group in enumerate(content.groups)
    )
    _competencies(framework, content, {group.code: group for group in groups})
    return framework


def _competencies(
    framework: Framework, content: read.FrameworkContent, groups: dict[str, CompetencyGroup]
) -> None:
    made = Competency.objects.bulk_create(
        Competency(
            administration_id=framework.administration_id,
            framework=framework,
            group=groups[item.group],
            code=item.code,
            title=item.title,
            definition=item.definition,
            basis=item.basis,
            weight=item.weight,
            position=position,
        )
        for position, item in enumerate(content.competencies)
    )
    LevelText.objects.bulk_create(
        LevelText(competency=row, level=behaviour.level, text=behaviour.text)
        for row, item in zip(made, content.competencies, strict=True)
        for behaviour in item.levels
    )


@transaction.atomic
def adopt_profiles(
    administration: Administration, *, by: Member | None, path: Path = read.PROFILES
) -> list[JobProfile]:
    """Take the shipped profiles in, approved, with their requirements.

    A profile whose code exists stays as it is. Refused without the framework they are made for.
    """
    if by is not None:
        require(rules.can_change_framework(by))
    content = read.profiles(path, read.framework())
    framework = frames.current_framework(administration)
    if framework is None or framework.code != read.framework().head.id:
        raise ValidationError(_("Take in the framework first: the profiles are made for it."))
    here = JobProfile.objects.filter(administration=administration)
    present = set(here.values_list("code", flat=True))
    fresh = [
        (position, profile)
        for position, profile in enumerate(content.profiles)
        if profile.code not in present
    ]
    made = JobProfile.objects.bulk_create(
        _profile(framework, position, profile) for position, profile in fresh
    )
    topics = {row.code: row for row in framework.competencies.all()}
    Requirement.objects.bulk_create(
        Requirement(
            profile=row,
            competency=topics[asked.competency],
            level=asked.level,
            weight=asked.weight,
            critical=asked.critical,
        )
        for row, (_position, profile) in zip(made, fresh, strict=True)
        for asked in profile.requirements
    )
    for row in made:
        audit.record("adopt", row, by=by, fields=["requirements"])
    return list(here)


def _profile(framework: Framework, position: int, item: read.ProfileContent) -> JobProfile:
    return JobProfile(
        administration_id=framework.administration_id,
        framework=framework,
        code=item.code,
        title=item.title,
        band=item.band,
        family=item.family,
        staff_level=item.staff_level,
        purpose=item.purpose,
        typical_rank=item.typical_rank,
        eu_equivalent=item.eu_equivalent,
        state=JobProfile.State.APPROVED,
        position=position,
    )


@transaction.atomic
def change_requirement(
    profile: JobProfile,
    competency: Competency,
    *,
    level: int,
    weight: int = 2,
    critical: bool = False,
    by: Member,
) -> Requirement | None:
    """Set what a profile asks for in one competency; level 0 asks for nothing any more.

    Refused off the framework's scale, and for a competency of another framework.
    """
    require(rules.can_change_framework(by) and profile.administration_id == by.administration_id)
    if competency.framework_id != profile.framework_id:
        raise ValidationError(_("The competency belongs to another framework than the profile."))
    top = frames.top_level(profile.framework)
    if not 0 <= level <= top:
        words = _("The level lies off the scale, which runs from 0 to %(top)d.")
        raise ValidationError(words % {"top": top})
    if not 1 <= weight <= 3:
        raise ValidationError(_("The weight is 1, 2 or 3."))
    if level == 0:
        Requirement.objects.filter(profile=profile, competency=competency).delete()
        audit.record("change", profile, by=by, fields=["requirements"])
        return None
    row, _made = Requirement.objects.update_or_create(
        profile=profile,
        competency=competency,
        defaults={"level": level, "weight": weight, "critical": critical},
    )
    audit.record("change", profile, by=by, fields=["requirements"])
    return row


@transaction.atomic
def approve_profile(profile: JobProfile, *, by: Member) -> JobProfile:
    """Put a draft profile in force. Refused without requirements, or where it is already."""
    require(rules.can_approve_profile(by) and profile.administration_id == by.administration_id)
    if profile.state == JobProfile.State.APPROVED:
        raise ValidationError(_("This profile is approved already."))
    if not profile.requirements.exists():
        raise ValidationError(_("A profile that asks for nothing can't be approved."))
    profile.state = JobProfile.State.APPROVED
    profile.save(update_fields=["state"])
    audit.record("approve", profile, by=by, fields=["state"])
    return profile


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the scale, and what somebody is seen to do who holds it."""

    level: int
    name: str
    text: str


def scale(framework: Framework, competency: Competency | None = None) -> tuple[Step, ...]:
    """The levels of the framework; of one competency in that competency's own words."""
    texts = dict(LevelText.objects.filter(competency=competency).values_list("level", "text"))
    return tuple(
        Step(step.level, step.name, texts.get(step.level, step.can_do))
        for step in framework.levels.all()
    )


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One profile in a list, with how much it asks for and how many hold it."""

    profile: JobProfile
    requirements: int
    critical: int
    holders: int


def profile_lines(administration: Administration) -> tuple[ProfileLine, ...]:
    """All job profiles with counts of requirements, critical ones and holders in service."""
    holders = dict(
        frames.serving(administration, administration.as_of)
        .order_by()
        .values_list("profile")
        .annotate(Count("pk"))
    )
    rows = JobProfile.objects.filter(administration=administration).annotate(
        asked=Count("requirements"),
        marked=Count("requirements", filter=Q(requirements__critical=True)),
    )
    return tuple(ProfileLine(row, row.asked, row.marked, holders.get(row.pk, 0)) for row in rows)
