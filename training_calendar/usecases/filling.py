"""A worked-out plan put into rows: interventions, costs, sessions, enrolments, needs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
from django.db import models, transaction

from competencies import frames as people
from competencies.models import IN_FORCE, Competency
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from hrplan.core.wording import spoken_in
from training_calendar import wording
from training_calendar.models import (
    Calendar,
    CostLine,
    Enrolment,
    Evaluation,
    Intervention,
    Need,
    Plan,
    Remedy,
    TrainingSession,
)
from training_calendar.solver.explain import rest_of
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.placed import placed_sessions
from training_calendar.usecases import (
    causes,
    constants,
    costing,
    evaluating,
    measures,
    outside,
    remedies,
    sheets,
    stored,
)
from training_calendar.usecases.making import PAIR, Draft, Duty, reached

CHUNK = 500
DAYS_A_MONTH = 365.25 / 12
LATEST_FALLBACK = 12  # weeks after a session within which a fallback date is sought


def fill(plan: Plan, calendar: Calendar, draft: Draft, duties: Iterable[Duty]) -> None:
    """Save everything of a plan in short transactions; what was in it and isn't pinned goes."""
    administration = plan.administration
    staff = dict(people.serving(administration, plan.as_of).order_by().values_list("code", "pk"))
    book = stored.book(administration, staff)
    with spoken_in(administration):
        _clear(plan, calendar)
        lines = sheets.interventions(plan, draft, book, tuple(duties))
        _save(CostLine, costing.cost_lines(draft.costs, lines, _quarters(draft.instance),
                                           administration.fiscal_year_month))  # fmt: skip
        _save(Intervention, measures.other_measures(plan, administration, len(lines)))
        sessions = _sessions(calendar, draft, book, lines)
        attended = set(calendar.enrolments.values_list("module", "staff_member"))
        places = [
            *_seats(calendar, draft, book, lines, sessions),
            *_outside(calendar, draft, book, lines),
        ]
        fresh = [one for one in places if (one.module_id, one.staff_member_id) not in attended]
        _save(Enrolment, fresh)
        _save_needs(plan, draft, book, {code: row.code for code, row in sessions.items()})
        evaluate(administration, sessions.values())


def refresh(
    plan: Plan,
    calendar: Calendar,
    draft: Draft,
    duties: Iterable[Duty],
    *,
    only: set[str] | None = None,
) -> None:
    """After a change by hand: interventions, costs and needs as the calendar now has them.

    An item of cost keeps the budget line that the plan was written with.

    only : modules whose sheets are written anew; None: all
    """
    administration = plan.administration
    staff = dict(people.serving(administration, plan.as_of).order_by().values_list("code", "pk"))
    book = stored.book(administration, staff)
    with spoken_in(administration):
        lines = sheets.interventions(plan, draft, book, tuple(duties), only=only)
        written = CostLine.objects.filter(intervention__plan=plan)
        kept = dict(written.values_list("title", "budget_line"))
        written.delete()
        Need.objects.filter(plan=plan).delete()
        rows = costing.cost_lines(
            draft.costs, lines, _quarters(draft.instance), administration.fiscal_year_month, kept
        )
        _save(CostLine, rows)
        _save_needs(plan, draft, book, {})
    for code, cost in draft.costs.by_session.items():
        TrainingSession.objects.filter(calendar=calendar, code=code).update(
            cost=Decimal(str(round(cost, 2)))
        )


def _save(model: type[models.Model], rows: list) -> None:
    for first in range(0, len(rows), CHUNK):
        with transaction.atomic():
            model._default_manager.bulk_create(rows[first : first + CHUNK])


@transaction.atomic
def _clear(plan: Plan, calendar: Calendar) -> None:
    """Empty a plan but for interventions, decided or cancelled sessions, and attended places."""
    Need.objects.filter(plan=plan).delete()
    CostLine.objects.filter(intervention__plan=plan).delete()
    plan.interventions.filter(kind=Intervention.Kind.OTHER).delete()
    places = Enrolment.objects.filter(calendar=calendar, attendance=None)
    places.exclude(session__status=TrainingSession.Status.CANCELLED).delete()
    Evaluation.objects.filter(session__calendar=calendar).delete()


def _quarters(instance: Instance) -> Mapping[date, str]:
    horizon = instance.horizon
    return {
        horizon.date_of(day): horizon.quarter_ids[horizon.quarter[day]]
        for day in range(horizon.length)
    }


def _sessions(
    calendar: Calendar, draft: Draft, book: stored.Book, lines: Mapping[str, Intervention]
) -> dict[str, TrainingSession]:
    """The sessions by the engine's id: those known are changed, new ones added, the rest go."""
    rows = {row.code: row for row in TrainingSession.objects.filter(calendar=calendar)}
    cancelled = TrainingSession.Status.CANCELLED
    known = {code: row for code, row in rows.items() if row.status != cancelled}
    names = stored.coded(draft.sessions, rows)
    fallbacks = _fallbacks(draft.instance, draft.sessions, calendar.administration)
    kept = {session.session_id for session in draft.sessions} & set(known)
    with transaction.atomic():
        TrainingSession.objects.filter(
            pk__in=[row.pk for code, row in known.items() if code not in kept]
        ).delete()
    made: dict[str, TrainingSession] = {}
    for session in draft.sessions:
        row = known.get(session.session_id) or TrainingSession(
            administration=calendar.administration, calendar=calendar
        )
        row.code = names[session.session_id]
        row.fallback_on = fallbacks.get(session.session_id)
        made[session.session_id] = _set(row, draft, book, lines, session)
    with transaction.atomic():
        for row in (row for row in made.values() if row.pk):
            row.save()
    _save(TrainingSession, [row for row in made.values() if not row.pk])
    return made


def _set(
    row: TrainingSession,
    draft: Draft,
    book: stored.Book,
    lines: Mapping[str, Intervention],
    session: Session,
) -> TrainingSession:
    module = book.modules[session.module_id]
    row.module, row.intervention = module, lines[module.code]
    row.starts_on, row.ends_on = session.start_date, session.end_date
    row.venue = book.venues.get(session.venue_id)
    row.trainer = book.trainers.get(session.instructor_id)
    row.offer = None if row.venue else book.offers.get(session.venue_id)
    row.places = _places(row)
    row.cost = Decimal(str(round(draft.costs.by_session.get(session.session_id, 0.0), 2)))
    return row


def add_session(
    calendar: Calendar, draft: Draft, book: stored.Book, session: Session, duties: Iterable[Duty]
) -> TrainingSession:
    """One session of a draft that is not in the calendar yet, with its people; its id is its code.

    The sheet of its module is written, and begun where the plan had none.
    """
    with spoken_in(calendar.administration):
        lines = sheets.interventions(
            calendar.plan, draft, book, tuple(duties), only={session.module_id}
        )
    row = TrainingSession(
        administration=calendar.administration, calendar=calendar, code=session.session_id
    )
    _set(row, draft, book, lines, session).save()
    one = replace(draft, sessions=(session,))
    _save(Enrolment, _seats(calendar, one, book, lines, {session.session_id: row}))
    evaluate(calendar.administration, [row])
    return row


def _places(row: TrainingSession) -> int:
    limits = [row.module.max_group]
    limits += [row.venue.capacity] if row.venue else []
    limits += [row.offer.places] if row.offer else []
    return min(limits)


def _fallbacks(
    instance: Instance, sessions: tuple[Session, ...], administration: Administration
) -> dict[str, date]:
    """For each session in the storm months a later date with the same venue and trainer free."""
    storm = constants.planning_constants(administration).storm_months
    placed = placed_sessions(instance, sessions)
    rest, horizon = rest_of(instance, placed), instance.horizon
    found: dict[str, date] = {}
    for s in placed:
        if s.session.start_date.month not in storm or s.offer >= 0:
            continue
        for week in range(1, LATEST_FALLBACK + 1):
            first, last = s.first + 7 * week, s.last + 7 * week
            days = slice(first, last + 1)
            if last >= horizon.length or not horizon.open[days].all():
                continue
            free = [rest.trainer_free[s.trainer, days]] if s.trainer >= 0 else []
            free += [rest.venue_free[s.venue, days]] if s.venue >= 0 else []
            if all(flags.all() for flags in free):
                for flags in free:
                    flags[:] = False
                found[s.session.session_id] = horizon.date_of(first)
                break
    return found


def _seats(
    calendar: Calendar,
    draft: Draft,
    book: stored.Book,
    lines: Mapping[str, Intervention],
    rows: Mapping[str, TrainingSession],
) -> list[Enrolment]:
    return [
        Enrolment(
            calendar=calendar,
            session=rows[session.session_id],
            intervention=lines[session.module_id],
            module=book.modules[session.module_id],
            staff_member_id=book.staff[who],
            starts_on=session.start_date,
            ends_on=session.end_date,
            is_pinned=session.pinned,
        )
        for session in draft.sessions
        for who in session.staff_ids
    ]


def _outside(
    calendar: Calendar, draft: Draft, book: stored.Book, lines: Mapping[str, Intervention]
) -> list[Enrolment]:
    return [
        Enrolment(
            calendar=calendar,
            intervention=lines[row.module],
            module=book.modules[row.module],
            staff_member_id=book.staff[row.staff],
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            cost=Decimal(str(round(row.cost, 2))),
        )
        for row in rows_of(draft.outside)
    ]


def _save_needs(plan: Plan, draft: Draft, book: stored.Book, names: Mapping[str, str]) -> None:
    """The needs, and what would meet those left open; names : of sessions by the engine's ids."""
    made = _needs(plan, draft, book)
    _save(Need, [need for need, _pair in made])
    per_diem = draft.instance.parameters.per_diem
    fees = outside.person_cost(draft.shelf.modules, per_diem)
    by_module = dict(zip(draft.shelf.modules["module"], fees, strict=True))
    _save(Remedy, remedies.rows(made, draft.remedies, draft.instance, names, by_module))


def _needs(plan: Plan, draft: Draft, book: stored.Book) -> list[tuple[Need, remedies.Pair]]:
    """Every open gap in whole levels with its (staff, competency): met, or why not."""
    topics = dict(
        Competency.objects.filter(framework__state=IN_FORCE, administration=plan.administration)
        .values_list("code", "pk")
    )  # fmt: skip
    last = draft.gains.drop_duplicates(PAIR, keep="last").set_index(PAIR)["module"].to_dict()
    rows = draft.asked.assign(after=reached(draft))
    made = []
    for row in rows_of(rows[rows["level"] < rows["required"]]):
        pair = (row.staff, row.competency)
        met = bool(row.after >= row.required)
        key, nearest = draft.reasons.get(pair, ("worth", ""))
        code = last.get(pair, "") if met else nearest or last.get(pair, "")
        module = book.modules.get(code)
        held = float(row.level if pd.isna(row.held) else row.held)
        need = Need(
            plan=plan,
            staff_member_id=book.staff[row.staff],
            competency_id=topics[row.competency],
            module=module,
            held=held,
            required=int(row.required),
            reached=max(held, float(row.after)),
            weighted_gap=float(row.weight * (row.required - row.level)),
            is_critical=bool(row.critical) if not pd.isna(row.critical) else False,
            is_met=met,
            reason="" if met else key,
        )
        made.append((need, pair))
    return [*made, *_barred(plan, draft, book, topics)]


def _barred(
    plan: Plan, draft: Draft, book: stored.Book, topics: Mapping[str, int]
) -> list[tuple[Need, remedies.Pair]]:
    """The gaps that training does not answer, each with its cause as the reason."""
    return [
        (
            Need(
                plan=plan,
                staff_member_id=book.staff[row.staff],
                competency_id=topics[row.competency],
                held=row.held,
                required=int(row.required),
                reached=row.held,
                weighted_gap=float(row.weight * (row.required - row.level)),
                is_critical=bool(row.critical),
                reason=causes.reason_key(row.cause),
            ),
            (row.staff, row.competency),
        )
        for row in rows_of(draft.barred)
    ]


def evaluate(administration: Administration, sessions: Iterable[TrainingSession]) -> None:
    """Set the evaluations of sessions: levels 1 and 2 on the last day, 3 and 4 months later."""
    rule = constants.planning_constants(administration)
    rows = list(sessions)
    days = {row.ends_on for row in rows}
    later = {
        3: evaluating.later(administration, days, rule.behaviour_months),
        4: evaluating.later(administration, days, rule.results_months),
    }
    Evaluation.objects.filter(session__in=rows).delete()
    made = [
        Evaluation(
            session=row,
            level=level,
            due_on=row.ends_on if level < 3 else later[level][row.ends_on],
            instrument=wording.instrument(level, row.module.evaluation)[:200],
        )
        for row in rows
        for level in (1, 2, 3, 4)
    ]
    _save(Evaluation, made)
