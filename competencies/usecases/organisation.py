"""Units, posts and job profiles kept by hand; removed only once nothing hangs on them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.models import JobProfile, Post, Requirement, StaffMember, Unit, with_below
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member


@transaction.atomic
def add_unit(administration: Administration, *, by: Member, **fields: Any) -> Unit:
    """Add a unit below another, or at the top."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    place = Unit.objects.of(administration).count()
    return save_row(Unit(administration=administration, position=place), fields, "add", by=by)


@transaction.atomic
def change_unit(unit: Unit, *, by: Member, **fields: Any) -> Unit:
    """Change a unit or move it. Refused below itself or below one of its own."""
    require(rules.can_keep(by, unit))
    parent = fields.get("parent", unit.parent)
    if parent is not None:
        rows = Unit.objects.filter(administration=unit.administration_id)
        if parent.pk in with_below(list(rows.values_list("pk", "parent")), [unit.pk]):
            raise ValidationError({"parent": _("A unit can't stand below itself.")})
    return save_row(unit, fields, "change", by=by)


@transaction.atomic
def remove_unit(unit: Unit, *, by: Member) -> None:
    """Take an empty unit away. Refused with units, posts or people in it, those who left too."""
    require(rules.can_keep(by, unit))
    if unit.children.exists() or unit.posts.exists() or unit.staff_members.exists():
        words = _("Units, posts or people hang on “%(unit)s”; move them first.")
        raise ValidationError(words % {"unit": unit})
    record("remove", unit, by=by)
    unit.delete()


@transaction.atomic
def add_post(administration: Administration, *, by: Member, **fields: Any) -> Post:
    """Add an established post to a unit."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    return save_row(Post(administration=administration), fields, "add", by=by)


@transaction.atomic
def change_post(post: Post, *, by: Member, **fields: Any) -> Post:
    """Change a post. Refused vacant while somebody holds it, and with a day to come."""
    require(rules.can_keep(by, post))
    vacant = fields.get("vacant_since", post.vacant_since)
    if vacant is not None and vacant > post.administration.as_of:
        raise ValidationError({"vacant_since": _("This date lies in the future.")})
    if vacant is not None and hasattr(post, "staff_member") and post.staff_member.left_on is None:
        words = _("%(who)s holds this post; take the post from them first.")
        raise ValidationError({"vacant_since": words % {"who": post.staff_member}})
    return save_row(post, fields, "change", by=by)


@transaction.atomic
def remove_post(post: Post, *, by: Member) -> None:
    """Abolish a post; whoever held it stays without one."""
    require(rules.can_keep(by, post))
    record("remove", post, by=by)
    post.delete()


@transaction.atomic
def add_profile(
    administration: Administration, *, by: Member, like: JobProfile | None = None, **fields: Any
) -> JobProfile:
    """Begin a draft profile on the framework in force, empty or with the demands of another.

    Refused without a framework: a profile asks for levels of its competencies.
    """
    require(rules.can_change_framework(by) and by.administration_id == administration.pk)
    framework = frames.current_framework(administration)
    if framework is None:
        raise ValidationError(_("Take in a competency framework first."))
    if like is not None and like.framework_id != framework.pk:
        raise ValidationError({"like": _("This profile belongs to another framework.")})
    place = JobProfile.objects.of(administration).count()
    fresh = JobProfile(administration=administration, framework=framework, position=place)
    made: JobProfile = save_row(fresh, fields, "add", by=by)
    asked = frames.asked(like) if like else ()
    Requirement.objects.bulk_create(
        Requirement(
            profile=made, competency_id=one.competency_id, level=one.level, weight=one.weight,
            critical=one.critical, steps=one.steps,
        )
        for one in asked
    )  # fmt: skip
    return made


@transaction.atomic
def change_profile(profile: JobProfile, *, by: Member, **fields: Any) -> JobProfile:
    """Change what a profile is called and what it is for; its demands are changed one by one."""
    require(rules.can_change_framework(by) and profile.administration_id == by.administration_id)
    return save_row(profile, fields, "change", by=by)


@transaction.atomic
def remove_profile(profile: JobProfile, *, by: Member) -> None:
    """Take a profile away. Refused while people or posts have it, or work is planned with it."""
    require(rules.can_change_framework(by) and profile.administration_id == by.administration_id)
    second = StaffMember.objects.filter(secondary_profiles=profile)
    if profile.staff_members.exists() or second.exists() or profile.posts.exists():
        words = _("People or posts have the profile “%(profile)s”; give them another first.")
        raise ValidationError(words % {"profile": profile})
    if any(
        getattr(profile, name).exists() for name in ("workloads", "intakes", "promotion_rounds")
    ):
        words = _("Workloads, planned recruits or rounds of promotion name “%(profile)s”.")
        raise ValidationError(words % {"profile": profile})
    record("remove", profile, by=by)
    profile.delete()
