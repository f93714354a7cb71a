"""The register of assistance on show: activities, recommendations, pairs that look alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from competencies.models import IN_FORCE, Competency
from hrplan.core.models import Administration
from hrplan.core.titles import told
from hrplan.partners import wording
from hrplan.partners.analysis import overlap
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner
from hrplan.partners.usecases.follow_through import FollowThrough, follow_through

SETTLED = frozenset({Activity.Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """What a mission recommended. state: done, late, due or undated."""

    pk: int
    number: int
    text: str
    owner: str
    due_on: date | None
    done_on: date | None
    evidence: str
    state: str

    @property
    def state_words(self) -> str:
        return wording.recommendation_state(self.state)

    @property
    def state_badge(self) -> str:
        return wording.recommendation_badge(self.state)


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One piece of assistance; unknown numbers are None."""

    pk: int
    code: str
    identifier: str
    title: str
    description: str
    measure: str
    kind_words: str
    status: str
    status_words: str
    starts_on: date | None
    ends_on: date | None
    implementing: str
    funding: str
    competencies: tuple[tuple[str, str], ...]  # code, title
    role_groups: tuple[str, ...]
    level_from: int | None
    level_to: int | None
    places: int | None
    amount: Decimal | None
    nominate_by: date | None
    nomination_open: bool
    note: str
    source: str
    recommendations: tuple[RecommendationLine, ...]

    @property
    def status_badge(self) -> str:
        return wording.status_badge(self.status)

    @property
    def done(self) -> int:
        return sum(one.state == "done" for one in self.recommendations)


@dataclass(frozen=True, slots=True)
class RulingLine:
    """What was concluded on a pair; other: code of the one that was merged or declined."""

    other: str
    verdict: str
    verdict_words: str
    note: str
    ruled_on: date


@dataclass(frozen=True, slots=True)
class OverlapLine:
    """Two activities that were compared, and what was concluded on them."""

    first: ActivityLine
    second: ActivityLine
    score: float | None
    known: float
    likeness: overlap.Likeness
    parts: tuple[tuple[str, float | None, float], ...]
    ruling: RulingLine | None

    @property
    def is_shown(self) -> bool:
        """Whether the two look alike, or something was concluded on them."""
        alike = (overlap.Likeness.DUPLICATE, overlap.Likeness.ASK)
        return self.ruling is not None or self.likeness in alike

    @property
    def likeness_words(self) -> str:
        return wording.likeness(self.likeness)

    @property
    def likeness_badge(self) -> str:
        return wording.likeness_badge(self.likeness)

    @property
    def parts_in_words(self) -> tuple[tuple[str, float | None, float], ...]:
        return tuple((wording.part(name), value, weight) for name, value, weight in self.parts)


@dataclass(frozen=True, slots=True)
class AssistanceRegister:
    """Everything the register holds, oldest first, activities without a date last."""

    as_of: date
    currency: str
    partners: tuple[Partner, ...]
    activities: tuple[ActivityLine, ...]
    overlaps: tuple[OverlapLine, ...]
    follow_through: FollowThrough

    @property
    def deadlines(self) -> tuple[ActivityLine, ...]:
        """Those for which people can still be nominated, the nearest first."""
        open_ones = (one for one in self.activities if one.nomination_open)
        return tuple(sorted(open_ones, key=lambda one: (one.nominate_by, one.code)))

    @property
    def unassigned(self) -> tuple[ActivityLine, ...]:
        """Needs for which no partner was found."""
        return tuple(one for one in self.activities if one.status == Activity.Status.OPEN)

    @property
    def to_clear(self) -> tuple[OverlapLine, ...]:
        """Pairs that look alike and on which nothing was concluded."""
        return tuple(one for one in self.overlaps if one.is_shown and not one.ruling)


def assistance_register(administration: Administration) -> AssistanceRegister:
    """The register with every recommendation and every pair compared."""
    lines = activity_lines(Activity.objects.filter(administration=administration))
    return AssistanceRegister(
        as_of=administration.as_of,
        currency=administration.currency,
        partners=tuple(Partner.objects.filter(administration=administration)),
        activities=lines,
        overlaps=overlaps(administration, lines),
        follow_through=follow_through(administration),
    )


def activities_narrowed(
    register: AssistanceRegister, *, status: str = "", partner: str = ""
) -> list[ActivityLine]:
    """Those of a status, and those a partner (by its code) gives or pays; empty means all."""
    name = next((one.name for one in register.partners if one.code == partner), "")
    return [
        one
        for one in register.activities
        if (not status or one.status == status)
        and (not name or name in (one.implementing, one.funding))
    ]


def activity_lines(rows: QuerySet[Activity]) -> tuple[ActivityLine, ...]:
    """Activities by date with the names of what they point to."""
    found = rows.select_related("administration", "implementing", "funding")
    activities = list(found.prefetch_related("recommendations"))
    codes = set(chain.from_iterable(one.competencies for one in activities))
    topics = Competency.objects.filter(code__in=codes, framework__state=IN_FORCE)
    owners = {one.administration_id for one in activities}
    pairs = topics.filter(administration__in=owners).values_list("code", "title").order_by()
    known = {code: told(title) for code, title in pairs}
    ordered = sorted(activities, key=lambda one: (one.starts_on or date.max, one.code))
    return tuple(_line(row, known) for row in ordered)


def _line(row: Activity, known: Mapping[str, str]) -> ActivityLine:
    as_of = row.administration.as_of
    is_open = row.nominate_by is not None and row.nominate_by >= as_of
    return ActivityLine(
        pk=row.pk,
        code=row.code,
        identifier=row.identifier,
        title=row.title,
        description=row.description,
        measure=row.measure,
        kind_words=str(row.get_kind_display()),
        status=row.status,
        status_words=str(row.get_status_display()),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        implementing=row.implementing.name if row.implementing else "",
        funding=row.funding.name if row.funding else "",
        competencies=tuple((code, known.get(code, code)) for code in row.competencies),
        role_groups=tuple(row.role_groups),
        level_from=row.level_from,
        level_to=row.level_to,
        places=row.places,
        amount=row.amount,
        nominate_by=row.nominate_by,
        nomination_open=is_open and row.status not in SETTLED,
        note=row.note,
        source=row.source,
        recommendations=tuple(
            recommendation_line(one, as_of)
            for one in sorted(row.recommendations.all(), key=lambda one: one.number)
        ),
    )


def recommendation_line(row: AidRecommendation, as_of: date) -> RecommendationLine:
    """One recommendation; one that was done after the day isn't done on the day."""
    done_on = row.done_on if row.done_on and row.done_on <= as_of else None
    if done_on:
        state = "done"
    elif row.due_on is None:
        state = "undated"
    else:
        state = "late" if row.due_on < as_of else "due"
    return RecommendationLine(
        row.pk, row.number, row.text, row.owner, row.due_on, done_on, row.evidence, state
    )


def overlaps(
    administration: Administration, lines: Iterable[ActivityLine] | None = None
) -> tuple[OverlapLine, ...]:
    """Every pair of activities that weren't cancelled, those that look most alike first."""
    if lines is None:
        lines = activity_lines(Activity.objects.filter(administration=administration))
    by_code = {one.code: one for one in lines if one.status not in SETTLED}
    pieces = [_piece(one) for one in by_code.values()]
    ruled = _rulings(administration)
    return tuple(
        OverlapLine(
            by_code[pair.first],
            by_code[pair.second],
            pair.score,
            pair.known,
            pair.likeness,
            pair.parts,
            ruled.get(frozenset({pair.first, pair.second})),
        )
        for pair in overlap.overlaps(pieces, overlap_constants(administration))
    )


def _piece(line: ActivityLine) -> overlap.Piece:
    return overlap.Piece(
        code=line.code,
        competencies=frozenset(code for code, _title in line.competencies),
        groups=frozenset(line.role_groups),
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        level_from=line.level_from,
        level_to=line.level_to,
        kind=line.kind_words,
    )


def _rulings(administration: Administration) -> dict[frozenset[str], RulingLine]:
    rows = OverlapRuling.objects.filter(administration=administration)
    return {
        frozenset({row.activity.code, row.other.code}): RulingLine(
            row.other.code, row.verdict, str(row.get_verdict_display()), row.note, row.ruled_on
        )
        for row in rows.select_related("activity", "other")
    }


def overlap_constants(administration: Administration) -> overlap.OverlapConstants:
    """The constants of the score: the defaults, or what the administration set under `overlap`."""
    own = administration.constants_of("overlap")
    try:
        return overlap.OverlapConstants(**{key: float(value) for key, value in own.items()})
    except (TypeError, ValueError) as error:
        words = _("The constants “overlap” of the administration do not make sense: %(reason)s")
        raise ValidationError(words % {"reason": error}) from error


def overlaps_of(activity: Activity) -> tuple[OverlapLine, ...]:
    """The pairs that one activity is part of, those worth asking about first."""
    return tuple(
        one
        for one in overlaps(activity.administration)
        if activity.code in (one.first.code, one.second.code) and one.is_shown
    )


def ruling_between(first: Activity, second: Activity) -> OverlapRuling | None:
    """What was concluded on two activities, in whichever order they were named."""
    pair = Q(activity=first, other=second) | Q(activity=second, other=first)
    return OverlapRuling.objects.filter(pair).first()
