"""The demands of a job profile: set, approved, and what looks wrong with them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.analysis.profile_warnings import Demand, Warning, profile_warnings
from competencies.analysis.steps import StepError, read_steps
from competencies.models import Competency, Framework, JobProfile, Requirement
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member


@transaction.atomic
def change_requirement(
    profile: JobProfile,
    competency: Competency,
    *,
    level: int,
    weight: int = 2,
    critical: bool = False,
    steps: Sequence[str] = (),
    by: Member,
) -> Requirement | None:
    """Set what a profile asks for in one competency; level 0 asks for nothing any more.

    Refused off the framework's scale, for a competency that is neither of the profile's framework
    nor of a draft, and with steps that don't rise to the level.
    """
    require(rules.can_change_framework(by) and profile.administration_id == by.administration_id)
    version = competency.framework
    if version.pk != profile.framework_id and version.state != Framework.State.DRAFT:
        raise ValidationError(_("The competency belongs to another framework than the profile."))
    top = frames.top_level(version)
    if not 0 <= level <= top:
        words = _("The level lies off the scale, which runs from 0 to %(top)d.")
        raise ValidationError(words % {"top": top})
    if not 1 <= weight <= 3:
        raise ValidationError(_("The weight is 1, 2 or 3."))
    if level == 0:
        Requirement.objects.filter(profile=profile, competency=competency).delete()
        audit.record("change", profile, by=by, fields=["requirements"])
        return None
    try:
        read_steps(steps, level)
    except StepError as wrong:
        words = _("The step %(step)s is not a rise to the level; write them as 2016:2; 2017:3.")
        raise ValidationError({"steps": words % {"step": wrong}}) from wrong
    row, _made = Requirement.objects.update_or_create(
        profile=profile,
        competency=competency,
        defaults={"level": level, "weight": weight, "critical": critical, "steps": list(steps)},
    )
    audit.record("change", profile, by=by, fields=["requirements"])
    return row


@transaction.atomic
def approve_profile(profile: JobProfile, *, by: Member) -> JobProfile:
    """Put a draft profile in force. Refused without requirements, or where it is already."""
    require(rules.can_approve_profile(by) and profile.administration_id == by.administration_id)
    if profile.state == JobProfile.State.APPROVED:
        raise ValidationError(_("This profile is approved already."))
    if not frames.asked(profile).exists():
        raise ValidationError(_("A profile that asks for nothing can't be approved."))
    profile.state = JobProfile.State.APPROVED
    profile.save(update_fields=["state"])
    audit.record("approve", profile, by=by, fields=["state"])
    return profile


def warnings_of(profile: JobProfile) -> tuple[Warning, ...]:
    """What to look at again in a profile, with the titles of the competencies."""
    owner, top = profile.administration, frames.top_level(profile.framework)
    asked = list(frames.asked(profile).select_related("competency"))
    serving = frames.serving(owner, owner.as_of)
    holders = dict(serving.order_by().values_list("profile").annotate(Count("pk")))
    rows = Requirement.objects.filter(
        profile__in=[pk for pk in holders if pk is not None], level=top,
        competency__in=[one.competency_id for one in asked if one.level == top],
        competency__group__in_gap_totals=True,
    )  # fmt: skip
    experts: dict[str, int] = {}
    for title, held in rows.values_list("competency__title", "profile"):
        experts[title] = experts.get(title, 0) + holders[held]
    demands = [Demand(one.competency.title, one.level, one.critical) for one in asked]
    return profile_warnings(demands, top=top, experts=experts, serving=sum(holders.values()))
