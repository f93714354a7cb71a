"""Staff members kept by hand, and what a person may ask for: a copy, and to be forgotten."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from competencies import rules
from competencies.models import Appeal, Candidacy, JobProfile, MemberScope, StaffMember
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.import_files import forget_files
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member

MOST_SECONDARY = 2
FORGOTTEN = {
    "name": "", "email": "", "gender": "", "born_on": None, "education": "", "needs_relief": False,
    "is_acting": False, "post": None, "supervisor": None,
}  # fmt: skip
person_forgotten = Signal()
"""Sent in the transaction of forgetting, for what the floors above hold in words; `person`."""
OWN = frozenset({"administration", "staff_member", "batch"})  # whose the row is


@transaction.atomic
def add_person(administration: Administration, *, by: Member, **fields: Any) -> StaffMember:
    """Add a staff member to a unit. Refused as a change is."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    return _saved(StaffMember(administration=administration), fields, "add", by)


@transaction.atomic
def change_person(person: StaffMember, *, by: Member, **fields: Any) -> StaffMember:
    """Change, move or let go a staff member.

    Refused with a profile that is a draft, more than two secondary ones or the main one among
    them, a post that another holds or that lies in another unit, a supervisor whom the person
    supervises, and days to come.
    """
    require(rules.can_keep(by, person))
    return _saved(person, fields, "change", by)


def _saved(person: StaffMember, fields: dict[str, Any], action: str, by: Member) -> StaffMember:
    names = ("profile", "post", "unit")
    profile, post, unit = (fields.get(name, getattr(person, name, None)) for name in names)
    if "secondary_profiles" in fields:
        second = list(fields["secondary_profiles"])
    else:
        second = list(person.secondary_profiles.all()) if person.pk else []
    _refuse_profiles(profile, second)
    if post is not None and unit is not None and post.unit_id != unit.pk:
        words = _("The post %(post)s lies in another unit.")
        raise ValidationError({"post": words % {"post": post}})
    _refuse_ring(person, fields.get("supervisor"))
    faults = {
        name: _("This date lies in the future.")
        for name in ("born_on", "joined_on", "left_on")
        if (day := fields.get(name)) and day > person.administration.as_of
    }
    if faults:
        raise ValidationError(faults)
    saved: StaffMember = save_row(person, fields, action, by=by)
    return saved


def _refuse_ring(person: StaffMember, supervisor: StaffMember | None) -> None:
    """Refuse a supervisor who is the person, or stands under them at any remove."""
    if supervisor is None or person.pk is None:
        return
    rows = StaffMember.objects.of(person.administration)
    above = dict(rows.values_list("pk", "supervisor"))
    chain: list[int] = [person.pk]
    at: int | None = supervisor.pk
    while at is not None and at not in chain:
        chain.append(at)
        at = above.get(at)
    if at == person.pk:
        codes = dict(rows.filter(pk__in=chain).values_list("pk", "code"))
        shown = " > ".join(codes[pk] for pk in (*chain, person.pk))
        words = _("Supervision would run in a ring: %(chain)s.") % {"chain": shown}
        raise ValidationError({"supervisor": words})


def _refuse_profiles(profile: JobProfile | None, second: Sequence[JobProfile]) -> None:
    drafts = [one for one in (profile, *second) if one and one.state == JobProfile.State.DRAFT]
    if drafts:
        words = _("“%(profile)s” is a draft; approve it first.")
        name = "profile" if profile in drafts else "secondary_profiles"
        raise ValidationError({name: words % {"profile": drafts[0]}})
    if len(second) > MOST_SECONDARY:
        raise ValidationError({"secondary_profiles": _("Choose two at most.")})
    if profile in second:
        words = _("The main profile is no secondary one.")
        raise ValidationError({"secondary_profiles": words})


@transaction.atomic
def forget_person(person: StaffMember, *, by: Member) -> StaffMember:
    """Erase who somebody was who has left: name, address, birth, plans, words written about them.

    The levels, places and costs stay behind a number, so that figures of past years stay true; an
    account of theirs no longer leads to the row. The files of imports go, so that none that was
    taken in can be taken back any more. Refused while they serve.
    """
    require(rules.can_keep(by, person))
    if person.left_on is None or person.left_on > person.administration.as_of:
        raise ValidationError(_("Only who has left can be forgotten; write down the day first."))
    for name, value in FORGOTTEN.items():
        setattr(person, name, value)
    person.code = f"gone-{person.pk}"
    person.save()
    person.assessments.update(evidence="")
    person.proposals.update(evidence="", reason="")
    person.exemptions.update(reason="", revoked_for="")
    Appeal.objects.filter(assessment__staff_member=person).update(text="", answer="")
    person.plans.all().delete()
    person.reports.update(supervisor=None)
    person.candidacies.update(live_sanction=Candidacy.Answer.UNKNOWN)
    MemberScope.objects.filter(staff_member=person).update(staff_member=None)
    person_forgotten.send(StaffMember, person=person)
    forget_files(person.administration)
    record("forget", person, by=by, fields=list(FORGOTTEN))
    return person


def person_data(person: StaffMember, *, by: Member) -> dict[str, Any]:
    """Everything that is held about a person: the row, and every row that points to it.

    By the name of the table; dates and numbers as text, choices in words.
    """
    require(rules.can_take_data(by, person))
    found: dict[str, Any] = {"staff member": [_plain(person)]}
    for relation in person._meta.related_objects:
        model = relation.related_model
        if model is StaffMember:
            continue  # those who report to the person have their own copies
        rows = model._default_manager.filter(**{relation.field.name: person})
        rows = rows.select_related(*_named_by(model)).prefetch_related(
            *(many.name for many in model._meta.many_to_many)
        )
        if shown := [_plain(row) for row in rows]:
            found[str(model._meta.verbose_name)] = shown
    record("take data", person, by=by)
    return found


def _named_by(model: type[models.Model]) -> Iterator[str]:
    """What a row points to, and what names that, as paths to read with the row."""
    for field in model._meta.fields:
        if field.is_relation and field.name not in OWN:
            yield field.name
            pointed: Any = field.related_model
            for beyond in pointed._meta.fields:
                if beyond.is_relation and beyond.name not in OWN:
                    yield f"{field.name}__{beyond.name}"


def _plain(row: models.Model) -> dict[str, Any]:
    """The fields of a row by their names; keys and owner are left out."""
    shown: dict[str, Any] = {}
    for field in row._meta.fields:
        if field.primary_key or field.name in OWN:
            continue
        value = getattr(row, field.name)
        if field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        if isinstance(value, models.Model | date | Decimal):
            value = str(value)
        if value not in (None, ""):
            shown[str(field.verbose_name)] = value
    for many in row._meta.many_to_many:
        if chosen := [str(one) for one in getattr(row, many.name).all()]:
            shown[str(many.verbose_name)] = chosen
    return shown
