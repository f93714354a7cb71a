"""A campaign under way, a level proposed, an exemption and an appeal: invented, as all of it."""

from competencies import frames
from competencies.models import (
    Appeal,
    Assessment,
    Campaign,
    Candidacy,
    MemberScope,
    StaffMember,
    units_managed,
)
from competencies.usecases import campaigns, standing
from hrplan.core.models import Administration, Member, Role
from hrplan.demonstration.texts import text


def hold_a_campaign(administration: Administration) -> None:
    """Open the campaign of the spring, and let the officer of the demonstration use it."""
    officer = Member.objects.get(administration=administration, role=Role.HR_OFFICER)
    framework = frames.current_framework(administration)
    if framework is None:
        raise RuntimeError("the framework is taken in before people are rated")
    content = text("assessments")
    campaign = campaigns.add_campaign(administration, by=officer, **content["campaign"])
    campaigns.open_campaign(campaign, by=officer)
    member = Member.objects.get(administration=administration, role=Role.STAFF)
    person = MemberScope.objects.get(member=member).staff_member
    if person is None:
        raise RuntimeError("the account of the officer stands for a staff member")
    topics = {row.code: row for row in framework.competencies.all()}
    proposed = dict(content["proposal"])
    standing.propose(person, topics[proposed.pop("competency")], by=member, **proposed)
    _appeal(person, campaign, member, content["appeal"])
    exempt = dict(content["exemption"])
    other = StaffMember.objects.of(administration).filter(left_on=None).order_by("code").last()
    if other is not None:
        topic = topics[exempt.pop("competency")]
        standing.exempt(other, topic, starts_on=administration.as_of, by=officer, **exempt)


def say_who_rated(administration: Administration) -> None:
    """The manager of the demonstration gave the supervisors' ratings of the own unit."""
    manager = Member.objects.get(administration=administration, role=Role.MANAGER)
    people = StaffMember.objects.of(administration).filter(unit__in=units_managed(manager))
    rows = Assessment.objects.of(administration).filter(
        source=Assessment.Source.SUPERVISOR,
        staff_member__in=list(people.values_list("pk", flat=True)),  # no rows joined to themselves
    )
    rows.update(by=manager)


def sign_for_promotion(administration: Administration) -> None:
    """Let the head sign the validated levels of those who stand for a promotion."""
    head = Member.objects.get(administration=administration, role=Role.HEAD)
    rows = Assessment.objects.of(administration).filter(
        source=Assessment.Source.VALIDATED,
        staff_member__in=Candidacy.objects.of(administration).values("staff_member"),
    )
    rows.update(second_by=head, second_on=administration.as_of)


def _appeal(person: StaffMember, campaign: Campaign, member: Member, words: str) -> None:
    """The officer disputes the latest rating that somebody else gave."""
    rows = person.assessments.exclude(source=Assessment.Source.SELF).order_by("-rated_on", "pk")
    rating = rows.first()
    if rating is None:
        return
    rating.campaign = campaign
    rating.save(update_fields=["campaign"])
    Appeal.objects.filter(assessment=rating).delete()
    standing.appeal(rating, text=words, by=member)
