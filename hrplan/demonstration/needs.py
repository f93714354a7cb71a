"""What HR ruled about three needs; the head approved one of the places in the top band."""

from competencies.models import IN_FORCE, Competency, JobProfile
from hrplan.core.models import Administration, Member, Role
from hrplan.demonstration.texts import text
from training_calendar.usecases import rulings


def rule_on_needs(administration: Administration) -> None:
    """Propose the rulings as the HR officer, and approve as the head what is approved."""
    seats = Member.objects.filter(administration=administration)
    officer, head = seats.get(role=Role.HR_OFFICER), seats.get(role=Role.HEAD)
    topics = Competency.objects.of(administration).filter(framework__state=IN_FORCE)
    for line in text("supply")["rulings"]:
        said = dict(line)
        approved = said.pop("approved", False)
        topic = topics.get(code=said.pop("competency"))
        profile = JobProfile.objects.of(administration).get(code=said.pop("profile"))
        row = rulings.add_ruling(
            administration, competency=topic, profile=profile, by=officer, **said
        )
        if approved:
            rulings.approve_ruling(row, by=head)
