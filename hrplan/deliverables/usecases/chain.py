"""The chain that submissions go through: its steps, for whom reviewers speak, who acts for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import INSIDE, require
from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    Body,
    ChainStep,
    Delegation,
    Stage,
    Submission,
    SubmissionStep,
    Verdict,
    Voice,
)

HOUSE_ROLES = {
    Stage.REVIEW: frozenset({Role.MANAGER, Role.HR_OFFICER, Role.HEAD, Role.FACILITATOR}),
    Stage.SIGNING: frozenset({Role.MANAGER}),
    Stage.ENDORSING: frozenset({Role.HEAD, Role.MANAGER}),
}
"""The roles that take steps of the stages inside; those of the ministry's are reviewers'."""
ALWAYS = (Stage.ENDORSING, Stage.DECISION)
"""Stages without which nobody endorses or decides."""
FIELDS = ("stage", "position", "body", "role", "quorum", "days")


def _usual() -> tuple[tuple[Stage, Body, Role, int], ...]:
    """Stage, body, role and working days of the chain of an administration that states none."""
    return (
        (Stage.REVIEW, Body.HOUSE, Role.MANAGER, 5),
        (Stage.SIGNING, Body.HOUSE, Role.MANAGER, 5),
        (Stage.ENDORSING, Body.HOUSE, Role.HEAD, 3),
        (Stage.TECHNICAL, Body.BUDGET, Role.REVIEWER, 10),
        (Stage.TECHNICAL, Body.PUBLIC_SERVICE, Role.REVIEWER, 10),
        (Stage.TECHNICAL, Body.LEGAL, Role.REVIEWER, 10),
        (Stage.DECISION, Body.FINANCE, Role.REVIEWER, 10),
    )


def steps_of(administration: Administration) -> tuple[ChainStep, ...]:
    """The chain as it is stated, or the usual one."""
    stated = sorted(ChainStep.objects.of(administration), key=rules.place_of)
    return tuple(stated) or tuple(
        ChainStep(administration=administration, stage=stage, body=body, role=role, days=days)
        for stage, body, role, days in _usual()
    )


def copy(submission: Submission) -> None:
    """Give a submission the chain as it stands; one to which something was said keeps its own."""
    if Verdict.objects.filter(step__submission=submission).exists():
        return
    submission.steps.all().delete()
    SubmissionStep.objects.bulk_create(
        SubmissionStep(
            administration=submission.administration,
            submission=submission,
            **{name: getattr(step, name) for name in FIELDS},
        )
        for step in steps_of(submission.administration)
    )


def refuse_empty_seats(submission: Submission, authors: Collection[int]) -> None:
    """Refuse to send what nobody but its authors could pass on inside the house.

    A step of the ministry can be taken by a link or on paper, so that no seat is needed.
    """
    seats = Member.objects.filter(administration=submission.administration, ended_on=None)
    others = list(seats.exclude(pk__in=authors))
    found = []
    for step in submission.steps.filter(body=Body.HOUSE):
        free = sum(rules.fits(one, step) for one in others)
        if free < step.quorum:
            words = _("%(step)s: %(n)d of the role “%(role)s” asked for, %(free)d can.")
            told = {"step": step.get_stage_display(), "n": step.quorum, "free": free}
            found.append(words % {**told, "role": Role(step.role).label})
    if found:
        more = _("Change the chain, or give somebody the seat.")
        raise ValidationError([*found, more])


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reviewer, and the body that they speak for; empty: any."""

    member: Member
    body: str


def reviewers(administration: Administration) -> tuple[Spoken, ...]:
    """The ministry's reviewers with a seat."""
    rows = Member.objects.filter(
        administration=administration, role=Role.REVIEWER, ended_on=None
    ).select_related("user", "voice")
    return tuple(Spoken(one, one.voice.body if hasattr(one, "voice") else "") for one in rows)


@transaction.atomic
def speak_for(member: Member, body: str, *, by: Member) -> None:
    """State for which body a reviewer speaks; an empty one: for any."""
    require(rules.can_keep_chain(by) and by.administration_id == member.administration_id)
    if member.role != Role.REVIEWER or body not in {"", *Body.values} - {Body.HOUSE}:
        raise ValidationError(_("Only a reviewer speaks for a body of the ministry."))
    Voice.objects.filter(member=member).delete()
    if body:
        Voice.objects.create(administration=member.administration, member=member, body=body)
    audit.record("speak_for", member, by=by, fields=["voice"])


@transaction.atomic
def add_step(administration: Administration, *, by: Member, **fields: object) -> ChainStep:
    """Add a step; the usual chain is written down first, where none is stated yet."""
    require(rules.can_keep_chain(by) and by.administration_id == administration.pk)
    state_usual(administration, by=by)
    return _kept(ChainStep(administration=administration, **fields), by, "add_step")


@transaction.atomic
def change_step(step: ChainStep, *, by: Member, **fields: object) -> ChainStep:
    """Change a step; submissions that are on their way keep theirs."""
    require(rules.can_keep_chain(by) and by.administration_id == step.administration_id)
    if fields.get("stage", step.stage) != step.stage:
        _refuse_last(step)
    for name, value in fields.items():
        setattr(step, name, value)
    return _kept(step, by, "change_step")


@transaction.atomic
def remove_step(step: ChainStep, *, by: Member) -> None:
    """Take a step away. Refused for the last of a stage that no chain is without."""
    require(rules.can_keep_chain(by) and by.administration_id == step.administration_id)
    _refuse_last(step)
    audit.record("remove_step", step, by=by, fields=["stage"])
    step.delete()


@transaction.atomic
def state_usual(administration: Administration, *, by: Member) -> None:
    """Write the usual chain down, to be changed."""
    require(rules.can_keep_chain(by) and by.administration_id == administration.pk)
    if not ChainStep.objects.of(administration).exists():
        ChainStep.objects.bulk_create(steps_of(administration))


def _refuse_last(step: ChainStep) -> None:
    others = ChainStep.objects.of(step.administration).filter(stage=step.stage)
    if step.stage in ALWAYS and not others.exclude(pk=step.pk).exists():
        raise ValidationError(_("Somebody has to endorse, and somebody to decide: keep this step."))


def _kept(step: ChainStep, by: Member, action: str) -> ChainStep:
    _refuse_stranger(step)
    step.full_clean()
    step.save()
    audit.record(action, step, by=by, fields=[*model_to_dict(step)])
    return step


def _refuse_stranger(step: ChainStep) -> None:
    """A stage inside is taken by the house, one outside by a body of the ministry."""
    inside = HOUSE_ROLES.get(Stage(step.stage))
    if inside is None and (step.role != Role.REVIEWER or step.body == Body.HOUSE):
        raise ValidationError(
            {"body": _("This stage is a reviewer's, for a body of the ministry.")}
        )
    if inside is not None and (step.role not in inside or step.body != Body.HOUSE):
        who = ", ".join(str(one.label) for one in Role if one in inside)
        raise ValidationError({"role": _("This stage is taken inside: %(who)s.") % {"who": who}})
    if step.quorum < 1:
        raise ValidationError({"quorum": _("At least one person.")})


def may_act_for(member: Member) -> QuerySet[Member]:
    """Whom the member may name: the house acts for the house, the ministry for itself."""
    roles = {Role.REVIEWER} if member.role == Role.REVIEWER else INSIDE
    seats = Member.objects.filter(administration=member.administration_id, ended_on=None)
    return seats.filter(role__in=roles).exclude(pk=member.pk)


@transaction.atomic
def delegate(*, to: Member, starts_on: date, ends_on: date, by: Member) -> Delegation:
    """Let another member act for one on these days.

    Refused for whom `may_act_for` does not offer, and where the end lies before the beginning.
    """
    require(rules.can_delegate(by))
    if not may_act_for(by).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("The house acts for the house, the ministry for itself.")})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    made = Delegation.objects.create(
        administration=by.administration, principal=by, delegate=to, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    audit.record("delegate", made, by=by, fields=["delegate", "starts_on", "ends_on"])
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Member) -> None:
    """Take a delegation back."""
    require(delegation.principal_id == by.pk)
    audit.record("end_delegation", delegation, by=by, fields=["delegate"])
    delegation.delete()


def delegations(member: Member) -> tuple[Delegation, ...]:
    """Whom the member lets act for them."""
    rows = Delegation.objects.filter(principal=member)
    return tuple(rows.select_related("delegate__user"))
