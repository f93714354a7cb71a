"""What training holds in words about somebody, emptied when the person is forgotten."""

from typing import Any

from django.dispatch import receiver

from competencies.models import StaffMember
from competencies.usecases.people import person_forgotten
from training_calendar.models import BehaviourReport, Consent, HandChange

REASON = 3  # place of the words in an answer as `undoing` keeps it


@receiver(person_forgotten)
def forget_words(sender: type[StaffMember], person: StaffMember, **_more: Any) -> None:
    """Answers of supervisors and stations stay as figures; what was written goes."""
    BehaviourReport.objects.filter(staff_member=person).update(words="")
    Consent.objects.filter(staff_member=person).update(reason="")
    for change in HandChange.objects.filter(administration=person.administration_id):
        states = [*change.before.values(), *change.after.values()]
        said = [answer for state in states for answer in state["answers"] if answer[0] == person.pk]
        if said:
            for answer in said:
                answer[REASON] = ""
            change.save(update_fields=["before", "after"])
