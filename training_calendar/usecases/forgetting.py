"""What training holds in words about somebody, emptied when the person is forgotten."""

from typing import Any

from django.dispatch import receiver

from competencies.models import StaffMember
from competencies.usecases.people import person_forgotten
from training_calendar.models import BehaviourReport, Consent
from training_calendar.usecases import undoing


@receiver(person_forgotten)
def forget_words(sender: type[StaffMember], person: StaffMember, **_more: Any) -> None:
    """Answers of supervisors and stations stay as figures; what was written goes."""
    BehaviourReport.objects.filter(staff_member=person).update(words="")
    Consent.objects.filter(staff_member=person).update(reason="")
    undoing.forget_words(person)
