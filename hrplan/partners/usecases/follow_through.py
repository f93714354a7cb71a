"""What became of recommendations and of duplicates: K39 and K40 of the catalogue of indicators."""

from dataclasses import dataclass
from decimal import Decimal

from hrplan.core.indicators import Found, computes
from hrplan.core.models import Administration
from hrplan.partners.models import AidRecommendation, OverlapRuling


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """Recommendations due by the day and done, duplicates and what they cost.

    rate : done among those due [0..1], None if none was due
    avoided : amounts of activities concluded to be duplicates; unpriced : duplicates without one
    """

    due: int
    done: int
    undated: int
    duplicates: int
    avoided: Decimal
    unpriced: int

    @property
    def rate(self) -> float | None:
        return self.done / self.due if self.due else None


def follow_through(administration: Administration) -> FollowThrough:
    """As it stands on the day; one that was done after the day isn't done on the day.

    A duplicate counts whether the activity was cancelled for it or not.
    """
    rows = AidRecommendation.objects.filter(administration=administration)
    told = list(rows.values_list("due_on", "done_on").order_by())
    day = administration.as_of
    due = [done for wanted, done in told if wanted is not None and wanted <= day]
    same = OverlapRuling.objects.filter(
        administration=administration, verdict=OverlapRuling.Verdict.DUPLICATE
    )
    amounts = list(same.values_list("other__amount", flat=True).order_by())
    return FollowThrough(
        due=len(due),
        done=sum(done is not None and done <= day for done in due),
        undated=sum(wanted is None for wanted, _done in told),
        duplicates=len(amounts),
        avoided=sum((amount for amount in amounts if amount is not None), Decimal(0)),
        unpriced=sum(amount is None for amount in amounts),
    )


@computes("K39")
def recommendations_followed(administration: Administration) -> Found:
    """Recommendations carried out of those due; those without a day are missing."""
    found = follow_through(administration)
    if found.rate is None:
        return Found(None, 0, found.undated, "none_recommended")
    return Found(100 * found.rate, found.due, found.undated)


@computes("K40")
def duplicates_avoided(administration: Administration) -> Found:
    """What activities concluded to be duplicates would have cost; without an amount: missing."""
    found = follow_through(administration)
    priced = found.duplicates - found.unpriced
    if not priced:
        return Found(None, 0, found.unpriced, "no_duplicates")
    return Found(float(found.avoided), priced, found.unpriced)
