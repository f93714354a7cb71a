"""What is worked out from ratings and kept, so that it need not be worked out at every look."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from competencies.models.people import StaffMember

CHUNK = 2_000  # rows written in one statement
STALE = ""  # the stamp of a row that says nothing any more


class HeldProfileQuerySet(models.QuerySet):
    def mark_stale(self, people: Iterable[int]) -> None:
        """Let the rows of people, by id, count no longer, also where there is none yet.

        Whoever marks a row holds it until the transaction ends. So who changes ratings and who
        works levels out from them wait for each other, and the later one sees what the other did.
        """
        rows = [HeldProfile(staff_member_id=pk, stamp=STALE) for pk in sorted(set(people))]
        self.put(rows, ["stamp"])

    def put(self, rows: Iterable[Any], fields: list[str]) -> None:
        """Write rows; of those that are there already the fields named."""
        self.bulk_create(
            rows,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["staff_member"],
            update_fields=fields,
        )


class HeldProfile(models.Model):
    """The levels of one person in all competencies of a framework, as concluded for a day.

    `stamp` tells what they rest on: the competencies in their order and the rule. `figures` and
    `ratings` are packed as `usecases.derived` says. Between `made_for` and `good_until` no rating
    expires or comes into force, so that levels stay and confidence fades by one factor. `earlier`
    holds the levels alone of one earlier day, good from `earlier_from` to `earlier_until`.
    """

    staff_member = models.OneToOneField(
        StaffMember, models.CASCADE, primary_key=True, related_name="+", related_query_name="kept"
    )
    stamp = models.CharField(max_length=32, blank=True)
    made_for = models.DateField(null=True)
    good_until = models.DateField(null=True, help_text="empty: until a rating is changed")
    figures = models.BinaryField(default=bytes)
    ratings = models.BinaryField(default=bytes, help_text="the latest in force of each source")
    earlier = models.BinaryField(default=bytes)
    earlier_from = models.DateField(null=True, help_text="empty: nothing is kept of another day")
    earlier_until = models.DateField(null=True, help_text="empty: until a rating is changed")

    is_derived: ClassVar = True  # nothing of its own hangs on it

    objects: ClassVar = HeldProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"levels of {self.staff_member_id}"
