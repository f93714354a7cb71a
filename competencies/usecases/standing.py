"""What is said about levels beside ratings: second signatures, revocation, appeals, proposals,
exemptions. Each keeps who, when and why; none changes a rating that was given."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.models import (
    Appeal,
    Assessment,
    Competency,
    Exemption,
    Proposal,
    StaffMember,
)
from competencies.usecases.staff import write_assessment
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.models import Member

APPEAL_DAYS = 14  # where no campaign says otherwise


@transaction.atomic
def sign_second(rating: Assessment, *, by: Member) -> Assessment:
    """Sign a validated rating as the second; only then can it count for promotion.

    Refused for the one who gave it, the person it is about, and for what isn't validated.
    """
    require(rules.can_sign_second(by, rating))
    if rating.source != Assessment.Source.VALIDATED:
        raise ValidationError(_("Only a validated level is signed a second time."))
    if rating.second_by_id is not None:
        raise ValidationError(_("This level is signed a second time already."))
    rating.second_by, rating.second_on = by, rating.administration.as_of
    rating.save(update_fields=["second_by", "second_on"])
    record("sign", rating, by=by, fields=["second_by"])
    return rating


@transaction.atomic
def revoke(rating: Assessment, *, reason: str, by: Member) -> Assessment:
    """Let a rating count no longer, for a reason; it stays on record.

    Nobody revokes a rating of themselves.
    """
    require(rules.can_rule_on(by, rating.staff_member))
    if rating.revoked_on is not None:
        raise ValidationError(_("This rating is revoked already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is revoked.")})
    rating.revoked_on, rating.revoked_for = rating.administration.as_of, reason.strip()
    rating.save(update_fields=["revoked_on", "revoked_for"])
    record("revoke", rating, by=by, fields=["revoked_on", "revoked_for"])
    return rating


def appeal_until(rating: Assessment) -> date:
    """The last day on which the person may dispute the rating."""
    campaign = rating.campaign
    if campaign is None:
        return rating.rated_on + timedelta(days=APPEAL_DAYS)
    return max(campaign.due_on, rating.rated_on) + timedelta(days=campaign.appeal_days)


@transaction.atomic
def appeal(rating: Assessment, *, text: str, by: Member) -> Appeal:
    """Dispute a rating of oneself. Refused after its days, and while one is being looked at."""
    require(rules.is_own(by, rating.staff_member))
    if not text.strip():
        raise ValidationError({"text": _("Say why the level is not right.")})
    if rating.administration.as_of > appeal_until(rating):
        words = _("The days to appeal ended on %(day)s.")
        raise ValidationError(words % {"day": appeal_until(rating)})
    if rating.appeals.filter(decided_on=None).exists():
        raise ValidationError(_("An appeal against this rating is being looked at."))
    made = Appeal.objects.create(
        administration=rating.administration,
        assessment=rating,
        filed_on=rating.administration.as_of,
        text=text.strip(),
    )
    record("appeal", made, by=by)
    return made


@transaction.atomic
def decide_appeal(
    row: Appeal, *, outcome: str, answer: str, level: Decimal | None = None, by: Member
) -> Appeal:
    """Decide an appeal. Where the rating is changed, the new level is validated from today on.

    Refused for who rated, signed, or filed it; without an answer; and without the new level.
    """
    require(rules.can_decide_appeal(by, row))
    if row.decided_on is not None:
        raise ValidationError(_("This appeal is decided."))
    if not answer.strip():
        raise ValidationError({"answer": _("Give the reasons in a few words.")})
    if outcome == Appeal.Outcome.CHANGED:
        if level is None:
            raise ValidationError({"level": _("Say which level holds from now on.")})
        _validated(row, level, by)
    row.reviewer, row.decided_on = by, row.administration.as_of
    row.outcome, row.answer = outcome, answer.strip()
    row.save(update_fields=["reviewer", "decided_on", "outcome", "answer"])
    record("decide", row, by=by, fields=["outcome"])
    return row


def _validated(row: Appeal, level: Decimal, by: Member) -> None:
    rating = row.assessment
    top = frames.top_level(rating.competency.framework)
    if not 0 <= level <= top:
        words = _("The level lies off the scale, which runs from 0 to %(top)d.")
        raise ValidationError({"level": words % {"top": top}})
    made, _new = Assessment.objects.update_or_create(
        staff_member=rating.staff_member,
        competency=rating.competency,
        source=Assessment.Source.VALIDATED,
        rated_on=row.administration.as_of,
        defaults={
            "administration": row.administration,
            "level": level,
            "by": by,
            "evidence": _("Decided on appeal."),
        },
    )
    record("add", made, by=by, fields=["level"])


@transaction.atomic
def propose(
    person: StaffMember,
    competency: Competency,
    *,
    level: int,
    ground: str,
    evidence: str,
    valid_until: date | None = None,
    is_from_record: bool = False,
    by: Member,
) -> Proposal:
    """Bring forward what speaks for a level: a certificate, a passed module, prior learning.

    It changes no level: somebody else decides. Where it follows from a completed module on
    record, nobody is on record as having proposed it.
    """
    require(rules.can_propose(by, person))
    faults = {}
    if not evidence.strip():
        faults["evidence"] = _("Name the certificate, the course or the work.")
    if not 1 <= level <= (top := frames.top_level(competency.framework)):
        words = _("The level lies off the scale, which runs from 1 to %(top)d.")
        faults["level"] = words % {"top": top}
    if faults:
        raise ValidationError(faults)
    made = Proposal.objects.create(
        administration=person.administration,
        staff_member=person,
        competency=competency,
        level=level,
        ground=ground,
        evidence=evidence.strip(),
        valid_until=valid_until,
        proposed_on=person.administration.as_of,
        proposed_by=None if is_from_record else by,
    )
    record("propose", made, by=by)
    return made


def sources_if_accepted(row: Proposal, *, by: Member) -> tuple[str, ...]:
    """The sources of the ratings that accepting a proposal would record, the first one decisive.

    A test passed; but a validated level in force that is lower would hide it, so that it is
    validated in its place: what somebody claims, by HR's hand alone. Who leads the person and
    accepts no longer says what the supervisor's lower rating said: that one is given anew as well.
    """
    levels = _levels_in_force(row)

    def is_lower(source: str) -> bool:
        return source in levels and levels[source] < row.level

    is_hr = rules.can_keep_people(by)
    if is_lower(Assessment.Source.VALIDATED) and (row.is_from_record or is_hr):
        return (Assessment.Source.VALIDATED,)
    if is_lower(Assessment.Source.SUPERVISOR) and not is_hr:
        return (Assessment.Source.TEST, Assessment.Source.SUPERVISOR)
    return (Assessment.Source.TEST,)


def _levels_in_force(row: Proposal) -> dict[str, Decimal]:
    """The latest rating in force of each source, of the person in the competency."""
    day = row.administration.as_of
    known = Assessment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        staff_member=row.staff_member_id,
        competency=row.competency_id,
        rated_on__lte=day,
        revoked_on=None,
    )
    return dict(known.order_by("rated_on").values_list("source", "level"))


@transaction.atomic
def decide_proposal(row: Proposal, *, accept: bool, reason: str = "", by: Member) -> Proposal:
    """Accept a proposal, which records a rating of that level, or refuse it with the reason.

    Nobody decides what was proposed about themselves, or what they proposed.
    """
    about = ("administration", "staff_member__administration", "competency")
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*about)
    row = rows.get(pk=row.pk)
    require(rules.can_decide_proposal(by, row))
    if row.state != Proposal.State.OPEN:
        raise ValidationError(_("This proposal is decided."))
    if not accept and not reason.strip():
        raise ValidationError({"reason": _("Say why it is refused.")})
    if accept:
        _rated(row, by)
    row.state = Proposal.State.ACCEPTED if accept else Proposal.State.REFUSED
    row.decided_by, row.decided_on, row.reason = by, row.administration.as_of, reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_on", "reason"])
    record("decide", row, by=by, fields=["state"])
    return row


def _rated(row: Proposal, by: Member) -> None:
    for source in sources_if_accepted(row, by=by):
        write_assessment(
            row.staff_member,
            row.competency,
            source=source,
            level=row.level,
            rated_on=row.administration.as_of,
            valid_until=row.valid_until,
            evidence=row.evidence,
            by=by,
        )


@transaction.atomic
def exempt(
    person: StaffMember,
    competency: Competency,
    *,
    starts_on: date,
    ends_on: date | None = None,
    reason: str,
    by: Member,
) -> Exemption:
    """For a time ask nothing of a person in one competency. Needs a reason, and never oneself."""
    require(rules.can_rule_on(by, person))
    faults = {}
    if not reason.strip():
        faults["reason"] = _("Say why nothing is asked.")
    if ends_on is not None and ends_on < starts_on:
        faults["ends_on"] = _("The last day lies before the first.")
    if faults:
        raise ValidationError(faults)
    made = Exemption.objects.create(
        administration=person.administration,
        staff_member=person,
        competency=competency,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        granted_by=by,
    )
    record("exempt", made, by=by, fields=["starts_on", "ends_on"])
    return made


@transaction.atomic
def end_exemption(row: Exemption, *, reason: str, by: Member) -> Exemption:
    """End an exemption today, before its time. Needs a reason, and never one's own."""
    require(rules.can_rule_on(by, row.staff_member))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it ends.")})
    today = row.administration.as_of
    if row.ends_on is not None and row.ends_on < today:
        raise ValidationError(_("It has ended already."))
    row.ends_on, row.revoked_for = max(today, row.starts_on), reason.strip()
    row.save(update_fields=["ends_on", "revoked_for"])
    record("revoke", row, by=by, fields=["ends_on"])
    return row
