"""A workshop held on a laptop comes home: one file out, merged on the main server.

Rows are known by keys that are the same on every machine, so that the same file merged twice
changes nothing. What stands on the main server is never overwritten: where the file says
otherwise, that is told as a conflict, with both sides.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import jsonschema
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware
from django.utils.translation import gettext as _

from diagnostics import frames, rules
from diagnostics.analysis.transfer import FORMAT, SCHEMA, VERSION
from diagnostics.models import Agreement, Participant, Question, Round, Vote, Workshop
from diagnostics.usecases.rounds import refuse_off_scale, touch
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

Row = dict[str, Any]
RATING = ("level", "does_not_apply", "existence", "use", "note", "is_paper")
SETTLED = ("level", "existence", "use", "rationale", "evidence", "cited", "dissent", "follow_up")
MOST_BYTES = 20_000_000


@dataclass(slots=True)
class Merged:
    """What a merge added, and where the file says otherwise than what stands."""

    people: int = 0
    rounds: int = 0
    votes: int = 0
    agreements: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)

    @property
    def added(self) -> int:
        return self.people + self.rounds + self.votes + self.agreements


def workshop_file(workshop: Workshop, *, by: Member) -> str:
    """The workshop as one JSON text. Refused while a vote is not revealed: it would be told."""
    require(rules.can_lead(by, workshop))
    if Round.objects.filter(workshop=workshop, revealed_at=None, votes__isnull=False).exists():
        raise ValidationError(_("Reveal every round first: the file holds all votes."))
    content = {
        "format": FORMAT,
        "version": VERSION,
        "workshop": {
            "code": workshop.code,
            "exercise": workshop.exercise.code,
            "questionnaires": sorted(
                f"{form.code} {form.version}" for form in workshop.exercise.questionnaires.all()
            ),
        },
        "people": [_person(row) for row in workshop.participants.order_by("code")],
        "rounds": _rounds(workshop),
        "agreements": [
            {"question": row.question.code, **{name: getattr(row, name) for name in SETTLED}}
            for row in workshop.agreements.select_related("question")
        ],
    }
    audit.record("export workshop", workshop, by=by)
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _person(row: Participant) -> Row:
    return {"key": str(row.key), "code": row.code, "name": row.name, "function": row.function}


def _rounds(workshop: Workshop) -> list[Row]:
    votes: dict[int, list[Row]] = {}
    given = Vote.objects.filter(round__workshop=workshop, round__revealed_at__isnull=False)
    for vote in given.select_related("participant").order_by("participant__code"):
        row = {"person": str(vote.participant.key)} | {n: getattr(vote, n) for n in RATING}
        votes.setdefault(vote.round_id, []).append(row)
    held = Round.objects.filter(workshop=workshop, revealed_at__isnull=False)
    return [
        {
            "key": str(row.key),
            "question": row.question.code,
            "number": row.number,
            "opened_at": row.opened_at.isoformat(),
            "revealed_at": row.revealed_at.isoformat() if row.revealed_at else None,
            "votes": votes.get(row.pk, []),
        }
        for row in held.select_related("question")
    ]


def read_file(data: bytes) -> Row:
    """The content of a workshop's file. Refused with the place of what is wrong."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than a workshop can be."))
    try:
        content = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise ValidationError(_("This is no workshop file: it can't be read as JSON.")) from None
    faults = sorted(jsonschema.Draft202012Validator(SCHEMA).iter_errors(content), key=str)
    if faults:
        words = _("This is no workshop file: %(place)s: %(fault)s")
        place = "/".join(map(str, faults[0].absolute_path)) or _("at the top")
        raise ValidationError(words % {"place": place, "fault": faults[0].message[:200]})
    return dict(content)


@transaction.atomic
def merge_workshop(workshop: Workshop, content: Row, *, by: Member) -> Merged:
    """Take in what the file has and the server has not; conflicts are listed, never resolved.

    Refused for a file of another workshop or questionnaire, and once the workshop is closed.
    """
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    _refuse_other(workshop, content["workshop"])
    merged = Merged()
    asked = {question.code: question for question in frames.asked(workshop.exercise)}
    people = _merge_people(workshop, content["people"], merged)
    for row in content["rounds"]:
        _merge_round(workshop, row, asked, people, merged)
    for row in content["agreements"]:
        _merge_agreement(workshop, row, asked, merged)
    if merged.added:
        touch(workshop)
    audit.record("merge workshop", workshop, by=by)
    return merged


def _refuse_other(workshop: Workshop, said: Mapping[str, Any]) -> None:
    forms = {f"{form.code} {form.version}" for form in workshop.exercise.questionnaires.all()}
    if said["code"] != workshop.code:
        words = _("The file is of the workshop %(theirs)s, this is %(ours)s.")
        raise ValidationError(words % {"theirs": said["code"], "ours": workshop.code})
    if forms != set(said["questionnaires"]):
        raise ValidationError(_("The file asks other questionnaires than this exercise."))


def _merge_people(
    workshop: Workshop, rows: Sequence[Row], merged: Merged
) -> dict[str, Participant]:
    """(key in the file) -> the participant here: by key, else by code and name, else added."""
    held = list(Participant.objects.filter(workshop=workshop))
    by_key = {str(person.key): person for person in held}
    by_name = {(person.code, person.name, person.function): person for person in held}
    codes = {person.code for person in held}
    people: dict[str, Participant] = {}
    for row in rows:
        same = by_key.get(row["key"]) or by_name.get((row["code"], row["name"], row["function"]))
        if same is None:
            code = _free(row["code"], codes)
            if code != row["code"]:
                words = _("%(code)s is somebody else here; %(name)s came in as %(new)s.")
                said = {"code": row["code"], "name": row["name"] or "–", "new": code}
                merged.conflicts.append(words % said)
            same = Participant.objects.create(
                workshop=workshop,
                code=code,
                name=row["name"],
                function=row["function"],
                key=UUID(row["key"]),
            )
            codes.add(code)
            merged.people += 1
        else:
            merged.unchanged += 1
        people[row["key"]] = same
    return people


def _free(code: str, taken: set[str]) -> str:
    return next(c for n in range(1, len(taken) + 2) if (c := code if n == 1 else f"{code}-{n}")
                not in taken)  # fmt: skip


def _merge_round(
    workshop: Workshop,
    row: Row,
    asked: Mapping[str, Question],
    people: Mapping[str, Participant],
    merged: Merged,
) -> None:
    if row["question"] not in asked:
        words = _("Question %(code)s is not asked here; its round is left out.")
        merged.conflicts.append(words % {"code": row["question"]})
        return
    question = asked[row["question"]]
    there = Round.objects.filter(workshop=workshop, key=row["key"]).first()
    round = there or _added_round(workshop, question, row, merged)
    frozen = there is not None and there.is_revealed
    held = {vote.participant_id: vote for vote in Vote.objects.filter(round=round)}
    for vote in row["votes"]:
        _merge_vote(round, question, vote, people, held, merged, frozen=frozen)
    if not frozen:
        _reveal(round, row)


def _reveal(round: Round, row: Row) -> None:
    """A round that was revealed in the room is revealed here too."""
    round.revealed_at = _moment(row["revealed_at"])
    round.closed_at = round.closed_at or round.revealed_at
    round.save(update_fields=["revealed_at", "closed_at"])


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("A round of the file has no date that can be read."))
    return found if is_aware(found) else make_aware(found)


def _added_round(workshop: Workshop, question: Question, row: Row, merged: Merged) -> Round:
    numbers = Round.objects.filter(workshop=workshop, question=question)
    taken = set(numbers.values_list("number", flat=True))
    number = row["number"] if row["number"] not in taken else max(taken) + 1
    if number != row["number"]:
        words = _("%(code)s: round %(n)d was held here too; theirs came in as round %(new)d.")
        said = {"code": question.code, "n": row["number"], "new": number}
        merged.conflicts.append(words % said)
    merged.rounds += 1
    return Round.objects.create(
        workshop=workshop,
        question=question,
        number=number,
        opened_at=_moment(row["opened_at"]),
        key=UUID(row["key"]),
    )


def _merge_vote(
    round: Round,
    question: Question,
    row: Row,
    people: Mapping[str, Participant],
    held: Mapping[int, Vote],
    merged: Merged,
    *,
    frozen: bool,
) -> None:
    person = people.get(row["person"])
    if person is None:
        raise ValidationError(_("A vote of the file is of nobody on its list."))
    refuse_off_scale(question, [row["level"]])
    values = {name: row[name] for name in RATING}
    there = held.get(person.pk)
    if there is None and frozen:
        words = _("%(code)s, round %(n)d, %(person)s: it was revealed here without this vote.")
        said = {"code": question.code, "n": round.number, "person": person.code}
        merged.conflicts.append(words % said)
    elif there is None:
        vote = Vote(round=round, participant=person, **values)
        vote.full_clean(exclude=["round", "participant"])
        vote.save()
        merged.votes += 1
    elif {name: getattr(there, name) for name in RATING} == values:
        merged.unchanged += 1
    else:
        words = _("%(code)s, round %(n)d, %(person)s: another answer stands here; it stays.")
        said = {"code": question.code, "n": round.number, "person": person.code}
        merged.conflicts.append(words % said)


def _merge_agreement(
    workshop: Workshop, row: Row, asked: Mapping[str, Question], merged: Merged
) -> None:
    question = asked.get(row["question"])
    if question is None:
        return
    refuse_off_scale(question, [row["level"]])
    values = {name: row[name] for name in SETTLED if name in row}
    there = Agreement.objects.filter(workshop=workshop, question=question).first()
    if there is None:
        made = Agreement(workshop=workshop, question=question, **values)
        made.full_clean(exclude=["workshop", "question"])
        made.save()
        merged.agreements += 1
    elif {name: getattr(there, name) for name in values} == values:
        merged.unchanged += 1
    else:
        words = _("%(code)s: the room here settled on %(ours)d, the file says %(theirs)d.")
        said = {"code": question.code, "ours": there.level, "theirs": row["level"]}
        merged.conflicts.append(words % said)
