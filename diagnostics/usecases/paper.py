"""Votes on paper: ballots to print, and a grid by which many are entered on one screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diagnostics import frames, rules
from diagnostics.models import Domain, Participant, Question, Round, Vote, Workshop
from diagnostics.usecases.asked import decided_in
from diagnostics.usecases.rounds import touch
from diagnostics.usecases.votes import Ballot, ballot_of
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

UNKNOWN, NOT_APPLICABLE = "?", "-"
Cell = tuple[int, int]  # participant, question


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in one cell; `is_fixed` where the answer came from a device."""

    question: Question
    text: str
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One participant with a cell for each question."""

    participant: Participant
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The ballots of one domain; questions whose votes are revealed take a new round.

    A question that the room's answers leave unasked takes none.
    """

    domain: Domain
    questions: tuple[Question, ...]
    rows: tuple[GridRow, ...]


def asked_by_domain(workshop: Workshop) -> dict[Domain, list[Question]]:
    """The questions of the workshop's exercise, by domain."""
    parts: dict[Domain, list[Question]] = {}
    for question in frames.asked(workshop.exercise):
        parts.setdefault(question.domain, []).append(question)
    return parts


def paper_grid(workshop: Workshop, domain: Domain, *, by: Member) -> Grid:
    """The grid of one domain. Answers from devices are shown as given, never what they are."""
    require(rules.can_lead(by, workshop))
    parts = asked_by_domain(workshop)
    decided = decided_in(workshop, [question for part in parts.values() for question in part])
    questions = tuple(q for q in parts.get(domain, ()) if decided[q.pk] is not False)
    last = _unrevealed(workshop)
    given = Vote.objects.filter(round__in=last.values()).select_related("round")
    votes = {(vote.participant_id, vote.round.question_id): vote for vote in given}
    people = Participant.objects.filter(workshop=workshop)
    return Grid(
        domain=domain,
        questions=questions,
        rows=tuple(
            GridRow(person, tuple(_cell(votes.get((person.pk, q.pk)), q) for q in questions))
            for person in people
        ),
    )


def _cell(vote: Vote | None, question: Question) -> GridCell:
    if vote is None:
        return GridCell(question, "", is_fixed=False)
    return GridCell(question, _text(vote) if vote.is_paper else "", is_fixed=not vote.is_paper)


def _text(vote: Vote) -> str:
    ballot = ballot_of(vote)
    if ballot.does_not_apply:
        return NOT_APPLICABLE
    return UNKNOWN if ballot.level is None else str(ballot.level)


@transaction.atomic
def enter_ballots(workshop: Workshop, cells: Mapping[Cell, str], *, by: Member) -> int:
    """Take answers from paper, all or none; every cell that can't be read is named.

    An empty cell is left as it is. An answer goes into the question's round that is not revealed
    yet; where there is none, a round is held for it that devices don't vote in. Refused where the
    participant has answered on a device, so that nobody counts twice.
    """
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    people = {person.pk: person for person in Participant.objects.filter(workshop=workshop)}
    asked = {question.pk: question for question in frames.asked(workshop.exercise)}
    ballots, faults = _read(cells, people, asked)
    decided = decided_in(workshop, list(asked.values()))
    faults += [_place(people[p], asked[q], _("is not asked: its condition is not met"))
               for p, q in ballots if decided[q] is False]  # fmt: skip
    rounds = _unrevealed(workshop)
    held = Vote.objects.filter(round__in=rounds.values(), is_paper=False).select_related("round")
    taken = {(vote.participant_id, vote.round.question_id) for vote in held}
    faults += [_place(people[p], asked[q], _("has voted on a device")) for p, q in ballots
               if (p, q) in taken]  # fmt: skip
    if faults:
        raise ValidationError(faults)
    for (person, question), ballot in ballots.items():
        if question not in rounds:
            rounds[question] = _paper_round(workshop, asked[question])
        _write(rounds[question], people[person], ballot)
    if ballots:
        touch(workshop)
        audit.record("enter ballots", workshop, by=by)
    return len(ballots)


def _unrevealed(workshop: Workshop) -> dict[int, Round]:
    """(question) -> the round whose votes are not shown yet."""
    held = Round.objects.select_for_update(of=("self",)).filter(workshop=workshop, revealed_at=None)
    return {round.question_id: round for round in held.order_by("number")}


def _read(
    cells: Mapping[Cell, str], people: Mapping[int, Participant], asked: Mapping[int, Question]
) -> tuple[dict[Cell, Ballot], list[str]]:
    ballots: dict[Cell, Ballot] = {}
    faults: list[str] = []
    for (person, question), text in cells.items():
        word = text.strip()
        if not word or person not in people or question not in asked:
            continue
        scale = {str(one["level"]) for one in asked[question].domain.questionnaire.scale}
        if word in scale:
            ballots[person, question] = Ballot(int(word))
        elif word in {UNKNOWN, NOT_APPLICABLE}:
            ballots[person, question] = Ballot(None, does_not_apply=word == NOT_APPLICABLE)
        else:
            said = _("“%(text)s” is no answer; write %(levels)s, ? or -") % {
                "text": word[:20],
                "levels": ", ".join(sorted(scale)),
            }
            faults.append(_place(people[person], asked[question], said))
    return ballots, faults


def _place(person: Participant, question: Question, words: str) -> str:
    return f"{person.code}, {question.code}: {words}"


def _paper_round(workshop: Workshop, question: Question) -> Round:
    number = Round.objects.filter(workshop=workshop, question=question).count() + 1
    now = timezone.now()
    return Round.objects.create(
        workshop=workshop, question=question, number=number, opened_at=now, closed_at=now
    )


def _write(round: Round, person: Participant, ballot: Ballot) -> None:
    values = {"level": ballot.level, "does_not_apply": ballot.does_not_apply, "is_paper": True}
    Vote.objects.update_or_create(round=round, participant=person, defaults=values)
