"""Makers of diagnostics for tests: a small questionnaire, an exercise, a workshop with votes."""

from datetime import date
from typing import Any

from django.utils import timezone

from diagnostics.models import (
    Agreement,
    Domain,
    Exercise,
    Participant,
    Question,
    Questionnaire,
    Round,
    Vote,
    Workshop,
)
from hrplan.core.models import Administration

SCALE = ["ad hoc", "started", "defined", "managed", "improving"]


def questionnaire(
    administration: Administration, code: str = "test", version: str = "1.0", **domains: int
) -> Questionnaire:
    """A maturity questionnaire; `D1=2` makes a domain with two questions."""
    made = Questionnaire.objects.create(
        administration=administration,
        code=code,
        version=version,
        title="Test questionnaire",
        scale=[
            {"level": n, "name": name, "meaning": f"It is {name}."}
            for n, name in enumerate(SCALE, 1)
        ],
        existence=[{"code": "none", "label": "none", "meaning": "", "caps_at": 1}],
        use=[{"code": "never", "label": "never", "meaning": "", "caps_at": 2}],
    )
    for place, (code, count) in enumerate((domains or {"D1": 2, "D2": 1}).items(), 1):
        domain = Domain.objects.create(
            questionnaire=made, code=code, title=f"Domain {code}", position=place
        )
        Question.objects.bulk_create(
            Question(
                domain=domain,
                code=f"{code}.{number}",
                subject=f"the practice {code}.{number}",
                text=f"Is there a practice {code}.{number}?",
                anchors={str(n): f"Anchor {n} of {code}.{number}." for n in range(1, 6)},
                evidence=["The practice on paper"],
                position=number,
            )
            for number in range(1, count + 1)
        )
    return made


def exercise(administration: Administration, **fields: Any) -> Exercise:
    form = fields.pop("form", None) or questionnaire(administration)
    defaults = {"code": "first", "title": "First diagnostic", "starts_on": date(2016, 1, 11)}
    made = Exercise.objects.create(
        administration=administration, **{**defaults, "ends_on": date(2016, 6, 30), **fields}
    )
    made.questionnaires.add(form)
    return made


def workshop(exercise: Exercise, people: int = 3, **fields: Any) -> Workshop:
    defaults = {"code": "w1", "title": "Workshop", "starts_on": date(2016, 2, 8)}
    made = Workshop.objects.create(
        administration=exercise.administration,
        exercise=exercise,
        **{**defaults, "ends_on": date(2016, 2, 12), **fields},
    )
    Participant.objects.bulk_create(
        Participant(workshop=made, code=f"P{n}", name=f"Person {n}", function=f"Manager {n}")
        for n in range(1, people + 1)
    )
    return made


def question(exercise: Exercise, code: str) -> Question:
    return Question.objects.get(domain__questionnaire__exercises=exercise, code=code)


NOT_APPLICABLE = -1  # in place of a level: the question does not apply


def round_of(workshop: Workshop, code: str, *levels: int | None, open: bool = False) -> Round:
    """A round on a question in which the participants gave these levels, one each."""
    asked = question(workshop.exercise, code)
    number = Round.objects.filter(workshop=workshop, question=asked).count() + 1
    made = Round.objects.create(
        workshop=workshop,
        question=asked,
        number=number,
        revealed_at=None if open else timezone.now(),
    )
    people = workshop.participants.order_by("code")
    Vote.objects.bulk_create(
        Vote(
            round=made,
            participant=person,
            level=None if level == NOT_APPLICABLE else level,
            does_not_apply=level == NOT_APPLICABLE,
        )
        for person, level in zip(people, levels, strict=False)
    )
    return made


def agreement(workshop: Workshop, code: str, level: int, **fields: Any) -> Agreement:
    asked = question(workshop.exercise, code)
    return Agreement.objects.create(workshop=workshop, question=asked, level=level, **fields)
