"""One training session as its page shows it: row, nominees, cover day by day, what follows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from competencies.models import StaffMember
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.analysis.cover import MINIMUM
from training_calendar.models import CalendarChange, Enrolment, Evaluation, TrainingSession
from training_calendar.rules import can_see_nominees
from training_calendar.usecases.constants import planning_constants
from training_calendar.usecases.cover import cover_days
from training_calendar.usecases.evaluation_figures import session_results
from training_calendar.usecases.online import OnlineVersion, online_versions
from training_calendar.usecases.sessions_list import SessionRow, row_of


@dataclass(frozen=True, slots=True)
class Nominee:
    """One person with a place in the session; `completed` is None while nothing is recorded."""

    pk: int
    name: str
    unit: str
    profile: str
    is_pinned: bool
    place: int
    completed: bool | None


@dataclass(frozen=True, slots=True)
class CoverEffect:
    """One station on one day of the session.

    sent : of the station, in this session; in_training : in all sessions of the day [persons]
    minimum, spare : None where no minimum is known; more : who could still go [persons]
    """

    day: date
    station: str
    sent: int
    in_training: int
    on_leave: int
    on_duty: int
    minimum: int | None
    spare: int | None
    more: int
    by_minimum: bool
    is_covered: bool


@dataclass(frozen=True, slots=True)
class CoverSpan:
    """Days in a row, weekends between them left out, on which nothing differs at a station."""

    first: date
    last: date
    effect: CoverEffect


@dataclass(frozen=True, slots=True, eq=False)
class SessionDetail:
    """A session; `nominees` None for those who see no names, else the people they may see.

    online : what is learnt online instead if a storm comes; in the months of storms
    """

    session: TrainingSession
    row: SessionRow
    nominees: tuple[Nominee, ...] | None
    cover: tuple[CoverEffect, ...]
    evaluations: tuple[Evaluation, ...]
    results: Mapping[int, str]
    changes: tuple[CalendarChange, ...]
    online: OnlineVersion | None

    @property
    def cover_spans(self) -> tuple[CoverSpan, ...]:
        """The cover with days that are alike put together, station by station."""
        spans: list[CoverSpan] = []
        for effect in self.cover:
            last = spans[-1] if spans else None
            if last and replace(last.effect, day=effect.day) == effect:
                spans[-1] = replace(last, last=effect.day)
            else:
                spans.append(CoverSpan(effect.day, effect.day, effect))
        return tuple(spans)

    @property
    def evaluation_lines(self) -> tuple[tuple[str, Evaluation, str], ...]:
        """The evaluations, each with its level in words and what it gave, nothing where not yet."""
        return tuple(
            (wording.evaluation_level(row.level), row, self.results.get(row.level) or row.result)
            for row in self.evaluations
        )


def session_detail(session: TrainingSession, *, member: Member) -> SessionDetail:
    """One session with its nominees, as far as the member may see them, and its cover.

    `session` was read with what `sessions_list.ON_A_ROW` names.
    """
    changes = CalendarChange.objects.filter(calendar=session.calendar_id, session_code=session.code)
    people = StaffMember.objects.visible_to(member)
    places = tuple(
        Enrolment.objects.filter(session=session)
        .select_related("staff_member__unit", "staff_member__profile", "attendance", "behaviour")
        .annotate(is_seen=Exists(people.filter(pk=OuterRef("staff_member"))))
        .order_by("staff_member__unit__position", "staff_member__code")
    )
    sent = Counter(place.staff_member.unit.code for place in places)
    return SessionDetail(
        session=session,
        row=row_of(session, sent),
        nominees=_nominees(places) if can_see_nominees(member) else None,
        cover=_cover(session, places, sent),
        evaluations=tuple(session.evaluations.all()),
        results=session_results(places, session.administration.small_cell_limit),
        changes=tuple(changes),
        online=_online(session),
    )


def _online(session: TrainingSession) -> OnlineVersion | None:
    owner, code = session.administration, session.module.code
    if session.starts_on.month not in planning_constants(owner).storm_months:
        return None
    return online_versions(owner, [code]).get(code)


def _nominees(places: Sequence[Any]) -> tuple[Nominee, ...]:
    """Of enrolments with `is_seen`."""
    return tuple(
        Nominee(
            pk=place.staff_member.pk,
            name=str(place.staff_member),
            unit=place.staff_member.unit.title,
            profile=place.staff_member.profile.title if place.staff_member.profile else "",
            is_pinned=place.is_pinned,
            place=place.pk,
            completed=place.attendance.is_completed if hasattr(place, "attendance") else None,
        )
        for place in places
        if place.is_seen
    )


def _cover(
    session: TrainingSession, places: Sequence[Enrolment], sent: Mapping[str, int]
) -> tuple[CoverEffect, ...]:
    titles = {place.staff_member.unit.code: place.staff_member.unit.title for place in places}
    if not titles or session.status == TrainingSession.Status.CANCELLED:
        return ()
    days = cover_days(session.calendar, session.starts_on, session.ends_on)
    days = days[days["station"].isin(list(sent))].sort_values(["station", "day"])
    return tuple(
        _effect(row, titles[row["station"]], sent[row["station"]])
        for row in days.to_dict("records")
    )


def _effect(row: Mapping, title: str, sent: int) -> CoverEffect:
    known = row["minimum"] == row["minimum"]
    return CoverEffect(
        day=row["day"].date(),
        station=title,
        sent=sent,
        in_training=int(row["in_training"]),
        on_leave=int(row["on_leave"]),
        on_duty=int(row["on_duty"]),
        minimum=int(row["minimum"]) if known else None,
        spare=int(row["spare"]) if known else None,
        more=int(row["releasable"]),
        by_minimum=row["binding"] == MINIMUM,
        is_covered=bool(row["covered"]),
    )
