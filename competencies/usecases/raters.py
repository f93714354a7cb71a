"""Raters on show: how lenient or severe each is beside others; nothing is corrected."""

from dataclasses import dataclass

import pandas as pd
from django.db.models import FloatField
from django.db.models.functions import Cast

from competencies.analysis import calibration
from competencies.models import IN_FORCE, Assessment
from competencies.usecases.gaps import known
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration, Member


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One rater: pairs that others rated too, people, mean difference and its spread [level]."""

    name: str
    function: str
    n: int
    people: int
    mean: float
    spread: float | None
    state: str


def rater_lines(administration: Administration) -> tuple[RaterLine, ...]:
    """Every rater known by account who has rated others, the most lenient first."""
    table = calibration.rater_severity(_latest(administration))
    members = Member.objects.filter(pk__in=list(table["rater"])).select_related("user")
    names = {member.pk: member for member in members}
    lines = [
        RaterLine(
            name=str(names[row.rater].user),
            function=names[row.rater].function,
            n=int(row.n),
            people=int(row.people),
            mean=float(row.mean),
            spread=known(row.spread),
            state=row.state,
        )
        for row in rows_of(table)
    ]
    return tuple(sorted(lines, key=lambda line: -line.mean))


def _latest(administration: Administration) -> pd.DataFrame:
    """One row per (staff, competency, rater); ratings without an account stand for one rater each.

    What is entered without an account tells nobody's severity, but serves to compare.
    """
    rows = Assessment.objects.of(administration).filter(
        competency__framework__state=IN_FORCE,
        revoked_on=None,
        rated_on__lte=administration.as_of,
    )
    named = rows.exclude(by=None).exclude(source=Assessment.Source.SELF).order_by()
    rows = rows.filter(staff_member__in=named.values("staff_member"))
    columns = ["staff", "competency", "source", "rater", "level"]
    found = rows.order_by("rated_on").values_list(
        "staff_member_id", "competency_id", "source", "by", Cast("level", FloatField())
    )
    frame = pd.DataFrame(list(found), columns=columns)
    judged = frame["rater"].notna() & (frame["source"] != Assessment.Source.SELF)
    nameless = "by " + frame["source"].astype(str)
    frame = frame.assign(rater=frame["rater"].where(judged, nameless), judged=judged)
    return frame.drop_duplicates(["staff", "competency", "rater"], keep="last")
