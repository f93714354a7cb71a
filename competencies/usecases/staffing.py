"""Staff needed: what the written work and the hours of a station ask for."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from competencies import frames
from competencies.analysis import staffing
from competencies.models import Unit, Workload
from competencies.usecases.constants import working_time
from competencies.usecases.gaps import GapAnalysis, known
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

MORE_TRAINING = (0, 5, 10, 15)  # further days of training a year whose cost in people is shown


@dataclass(frozen=True, slots=True)
class ActivityNeed:
    """One activity: how many one person does in a year, and the people it takes."""

    pk: int
    activity: str
    volume: int | None
    minutes: float | None
    share: float | None
    source: str
    standard: float | None
    people: float | None


@dataclass(frozen=True, slots=True)
class StaffNeed:
    """What the work of one profile in one unit takes, against posts and people."""

    unit: str
    unit_title: str
    unit_pk: int
    profile: str
    title: str
    activities: tuple[ActivityNeed, ...]
    direct: float
    share: float
    factor: float | None
    required: float | None
    whole: int | None
    posts: int
    people: int
    ratio: float | None
    difference: int | None

    @property
    def too_few(self) -> int:
        """People missing to what is required; 0 where there are enough or nothing is known."""
        return max(0, -(self.difference or 0))


@dataclass(frozen=True, slots=True)
class CoverNeed:
    """The officers that the hours of a station take, with ever more days of training.

    `longer` holds (further days, officers, share more than without them [0..1]).
    """

    minimum: int
    shifts: int
    days_week: int
    officers: float
    longer: tuple[tuple[int, float, float], ...]
    people: int
    rostered: int
    least: int

    @property
    def releasable(self) -> int:
        """Rostered less minimum on a usual day, before leave and training."""
        return max(0, self.rostered - self.least)


@dataclass(frozen=True, slots=True)
class UnitStaffing:
    """Everything about the staff that one unit needs."""

    unit: Unit
    time: staffing.WorkingTime
    needs: tuple[StaffNeed, ...]
    cover: CoverNeed | None


def staff_needs(administration: Administration, analysis: GapAnalysis) -> tuple[StaffNeed, ...]:
    """Required people of every unit and profile whose work is written down, in order of units."""
    columns = {
        **{"pk": "pk", "unit": "unit__code", "profile": "profile__code", "activity": "activity"},
        **{"volume": "volume", "minutes": "minutes", "share": "share", "source": "source"},
    }
    rows = frames.frame_of(Workload.objects.of(administration), columns)
    if rows.empty:
        return ()
    rows["share"] = rows["share"].astype(float).fillna(0.0)
    time = working_time(administration)
    activities = staffing.activity_needs(rows, time)
    needs = staffing.staff_needed(activities, _strength(administration, analysis))
    units = analysis.units.set_index("unit").to_dict("index")
    titles = dict(zip(analysis.profiles["profile"], analysis.profiles["title"], strict=True))
    by_group = dict(iter(activities.groupby(["unit", "profile"])))
    found = [
        StaffNeed(
            unit=row.unit,
            unit_title=units[row.unit]["title"],
            unit_pk=int(units[row.unit]["pk"]),
            profile=row.profile,
            title=titles[row.profile],
            activities=_activities(by_group[row.unit, row.profile]),
            direct=float(row.direct),
            share=float(row.share),
            factor=known(row.factor),
            required=known(row.required),
            whole=_whole(row.whole),
            posts=int(row.posts),
            people=int(row.people),
            ratio=known(row.ratio),
            difference=_whole(row.difference),
        )
        for row in rows_of(needs)
    ]
    place = {unit: number for number, unit in enumerate(units)}
    return tuple(sorted(found, key=lambda need: (place[need.unit], need.profile)))


def unit_staffing(unit: Unit, analysis: GapAnalysis) -> UnitStaffing:
    """The staff one unit needs from its work and from its hours."""
    administration = unit.administration
    time = working_time(administration)
    mine = [need for need in staff_needs(administration, analysis) if need.unit_pk == unit.pk]
    people = int((analysis.staff["unit"] == unit.code).sum())
    return UnitStaffing(unit, time, tuple(mine), cover_need(unit, time, people))


def cover_need(unit: Unit, time: staffing.WorkingTime, people: int) -> CoverNeed | None:
    """Officers to keep the minimum on every shift; None where no minimum or days are stated."""
    days = len(unit.duty_weekdays)
    least = unit.minimum_on_duty
    if not least or not days:
        return None
    hours = unit.shifts * time.hours_shift

    def officers(more: int) -> float:
        longer = replace(time, training_days=time.training_days + more)
        return staffing.officers_needed(hours, longer, days_week=days, posts=least)

    usual = officers(0)
    return CoverNeed(
        minimum=least,
        shifts=unit.shifts,
        days_week=days,
        officers=usual,
        longer=tuple((more, officers(more), officers(more) / usual - 1) for more in MORE_TRAINING),
        people=people,
        rostered=staffing.usual_roster(people, days),
        least=least * unit.shifts,
    )


def _strength(administration: Administration, analysis: GapAnalysis) -> pd.DataFrame:
    pair = ["unit", "profile"]
    posts = frames.posts(administration).groupby(pair).size().rename("posts")
    people = analysis.staff.groupby(pair).size().rename("people")
    return pd.concat([posts, people], axis=1).fillna(0).astype(int).reset_index()


def _activities(rows: pd.DataFrame) -> tuple[ActivityNeed, ...]:
    return tuple(
        ActivityNeed(
            pk=int(row.pk),
            activity=row.activity,
            volume=_whole(row.volume),
            minutes=known(row.minutes),
            share=float(row.share) or None,
            source=row.source,
            standard=known(row.standard),
            people=known(row.people),
        )
        for row in rows_of(rows)
    )


def _whole(value: Any) -> int | None:
    number = known(value)
    return None if number is None else int(number)
