"""Tables put to the vote of a room, and what the room settled on taken over into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from diagnostics import frames, rules
from diagnostics.models import Agreement, Domain, Exercise, Question, Questionnaire
from diagnostics.usecases.votable import VOTABLES, Group, Votable
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

TABLE = Questionnaire.Kind.TABLE


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row: what the table says, and what the room settled on; None where it has not."""

    title: str
    now: float | None
    settled: int | None
    dissent: str = ""

    @property
    def differs(self) -> bool:
        """What was settled can be taken over; a row that is gone from the table can't."""
        return None not in (self.settled, self.now) and self.settled != self.now


@dataclass(frozen=True, slots=True)
class TableVote:
    """A table that was put to the vote in an exercise."""

    pk: int
    title: str
    names: dict[int, str]  # level -> what it is called
    lines: tuple[TableLine, ...]

    @property
    def settled(self) -> int:
        return sum(line.settled is not None for line in self.lines)

    @property
    def changes(self) -> tuple[TableLine, ...]:
        return tuple(line for line in self.lines if line.differs)


def table_choices(administration: Administration) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be put to the vote, by kind of table: `kind:row` and its title."""
    return [
        (str(one.name), [(f"{one.key}:{code}", f"{title}: {one.short}") for code, title in rows])
        for one in VOTABLES.values()
        if (rows := list(one.choices(administration)))
    ]


@transaction.atomic
def put_to_vote(exercise: Exercise, table: str, *, by: Member) -> Questionnaire:
    """Let the rooms of an exercise vote on the rows of a table, given as `kind:row`.

    Refused for a table that is put to the vote in this exercise already.
    """
    require(rules.can_prepare(by) and by.administration_id == exercise.administration_id)
    votable, row = _named(exercise.administration, table)
    code = f"{votable.key}-{slugify(row)}"[:60]
    if exercise.questionnaires.filter(kind=TABLE, code=code).exists():
        raise ValidationError(_("This table is put to the vote in this exercise already."))
    asked = votable.table(exercise.administration, row)
    earlier = Questionnaire.objects.of(exercise.administration).filter(code=code).count()
    number = exercise.questionnaires.filter(kind=TABLE).count() + 1
    rows = {f"T{number}.{n}": one for n, one in enumerate(asked.rows, 1)}
    made = Questionnaire.objects.create(
        administration=exercise.administration,
        kind=TABLE,
        code=code,
        version=str(earlier + 1),
        title=asked.title[:200],
        scale=[dict(level) for level in asked.scale],
        references={
            "table": votable.key,
            "row": row,
            "rows": {code: one.code for code, one in rows.items()},
        },
    )
    codes = {one.code: code for code, one in rows.items()}
    for place, group in enumerate(asked.groups, 1):
        title = f"{asked.title}: {group.title}" if group.title else asked.title
        _add_group(made, group, title[:200], place, codes)
    exercise.questionnaires.add(made)
    audit.record("put to the vote", made, by=by, fields=["questionnaires"])
    return made


def _named(administration: Administration, table: str) -> tuple[Votable, str]:
    kind, _colon, row = table.partition(":")
    if kind not in VOTABLES or row not in dict(VOTABLES[kind].choices(administration)):
        raise ValidationError(_("Choose a table that can be put to the vote."))
    return VOTABLES[kind], row


def _add_group(
    made: Questionnaire, group: Group, title: str, place: int, codes: Mapping[str, str]
) -> None:
    domain = Domain.objects.create(questionnaire=made, code=group.code, title=title, position=place)
    Question.objects.bulk_create(
        Question(
            domain=domain,
            code=codes[row.code],
            subject=row.title,
            text=row.text,
            anchors={str(level): text for level, text in row.anchors.items()},
            position=number,
        )
        for number, row in enumerate(group.rows, 1)
    )


def table_votes(exercise: Exercise) -> tuple[TableVote, ...]:
    """The tables put to the vote in an exercise: what they say now, and what was settled."""
    forms = list(exercise.questionnaires.filter(kind=TABLE).order_by("code", "version"))
    now, settled = _now(exercise.administration, forms), frames.settled(exercise)
    asked: dict[int, list[Question]] = {}
    rows = Question.objects.filter(domain__questionnaire__in=forms)
    for question in rows.select_related("domain").order_by("domain__position", "position"):
        asked.setdefault(question.domain.questionnaire_id, []).append(question)
    return tuple(
        TableVote(
            pk=form.pk,
            title=form.title,
            names={level["level"]: level["name"] for level in form.scale},
            lines=tuple(
                _line(question, now[form.pk].get(form.references["rows"][question.code]), settled)
                for question in asked.get(form.pk, ())
            ),
        )
        for form in forms
    )


def _line(question: Question, now: float | None, settled: Mapping[int, Agreement]) -> TableLine:
    agreed = settled.get(question.pk)
    return TableLine(
        title=question.title,
        now=now,
        settled=agreed.level if agreed else None,
        dissent=agreed.dissent if agreed else "",
    )


def _now(
    administration: Administration, forms: Sequence[Questionnaire]
) -> dict[int, Mapping[str, float]]:
    """What the tables say now, by questionnaire; each kind of table is read once."""
    of_kind: dict[str, list[Questionnaire]] = {}
    for form in forms:
        of_kind.setdefault(form.references["table"], []).append(form)
    found: dict[int, Mapping[str, float]] = {}
    for kind, held in of_kind.items():
        rows = VOTABLES[kind].now(administration, {form.references["row"] for form in held})
        found |= {form.pk: rows[form.references["row"]] for form in held}
    return found


@transaction.atomic
def take_over(exercise: Exercise, form: Questionnaire, *, by: Member) -> int:
    """Write what the room settled on into the table; what it left open stays. [changed rows]

    Refused where nothing that was settled differs from the table.
    """
    require(rules.can_take_over(by) and by.administration_id == exercise.administration_id)
    now = _now(exercise.administration, [form])[form.pk]
    asked = Question.objects.filter(domain__questionnaire=form).values_list("pk", "code")
    rows = {pk: form.references["rows"][code] for pk, code in asked}
    agreed = frames.settled(exercise)
    settled = {code: agreed[pk].level for pk, code in rows.items() if pk in agreed}
    changed = {code: level for code, level in settled.items() if now.get(code, level) != level}
    if not changed:
        raise ValidationError(_("Nothing that was settled differs from the table."))
    votable = VOTABLES[form.references["table"]]
    votable.take(exercise.administration, form.references["row"], changed, by)
    audit.record("take over", form, by=by, fields=["settled"])
    return len(changed)
