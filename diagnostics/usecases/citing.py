"""Evidence that ratings and findings cite: what can be cited, and the titles behind the marks.

A mark is `kind:code`, such as `document:RD01`; it stays when the words behind it are changed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diagnostics import rules, wording
from diagnostics.models import (
    Agreement,
    CorporateObjective,
    DocumentReview,
    Exercise,
    Finding,
    Interview,
    Question,
    Questionnaire,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.usecases import titled
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

Pairs = Iterator[tuple[str, str]]  # code, title


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """One kind of evidence and what there is of it."""

    kind: str
    title: str
    sources: tuple[tuple[str, str], ...]  # mark, title


def citable(exercise: Exercise, kinds: Iterable[str] | None = None) -> tuple[SourceGroup, ...]:
    """All that can be cited in an exercise, by kind; only some kinds where they are named."""
    wanted = KINDS if kinds is None else set(kinds)
    groups = (
        SourceGroup(
            kind,
            wording.source_kind(kind),
            tuple((f"{kind}:{code}", title) for code, title in read(exercise)),
        )
        for kind, read in KINDS.items()
        if kind in wanted
    )
    return tuple(group for group in groups if group.sources)


def titles_of(
    exercise: Exercise, cited: Iterable[str], groups: Iterable[SourceGroup] | None = None
) -> dict[str, str]:
    """The titles behind some marks; a mark whose source is gone has none.

    Pass the groups that are at hand to spare their reading.
    """
    wanted = list(cited)
    if groups is None:
        groups = citable(exercise, {mark.partition(":")[0] for mark in wanted})
    known = dict(pair for group in groups for pair in group.sources)
    return {mark: known[mark] for mark in wanted if mark in known}


def checked(exercise: Exercise, cited: Iterable[str]) -> list[str]:
    """The marks, each once, in the order of their kinds. Refused for one that is not known."""
    wanted = set(cited)
    known = [mark for group in citable(exercise) for mark, _title in group.sources if wanted]
    if strange := sorted(wanted - set(known)):
        words = _("There is no such evidence in this exercise: %(mark)s.")
        raise ValidationError({"cited": words % {"mark": strange[0]}})
    return [mark for mark in known if mark in wanted]


def citing(exercises: models.QuerySet[Exercise], mark: str) -> tuple[str, ...]:
    """The numbers of the questions and findings that cite a source in some exercises."""
    settled = Agreement.objects.filter(workshop__exercise__in=exercises)
    found = Finding.objects.filter(exercise__in=exercises)
    rows = [*settled.values_list("question__code", "cited"), *found.values_list("code", "cited")]
    return tuple(sorted({code for code, cited in rows if mark in cited}))


@transaction.atomic
def cite(finding: Finding, cited: Iterable[str], *, by: Member) -> Finding:
    """Say what a finding rests on beside the votes. Refused for what is not there."""
    require(rules.can_prepare(by) and by.administration_id == finding.administration_id)
    finding.cited = checked(finding.exercise, cited)
    finding.save(update_fields=["cited"])
    audit.record("cite", finding, by=by, fields=["cited"])
    return finding


def evidence_of(finding: Finding, groups: Iterable[SourceGroup] | None = None) -> tuple[str, ...]:
    """The titles of what a finding cites, and of what the room cited when it settled."""
    settled = Agreement.objects.filter(
        workshop__exercise=finding.exercise_id, question=finding.question_id
    )
    marks = [
        *finding.cited,
        *(one for cited in settled.values_list("cited", flat=True) for one in cited),
    ]
    return tuple(titles_of(finding.exercise, dict.fromkeys(marks), groups).values())


def _documents(exercise: Exercise) -> Pairs:
    for row in ReferenceDocument.objects.filter(exercise=exercise):
        yield row.code, wording.document_source(row)


def _reviews(exercise: Exercise) -> Pairs:
    held = DocumentReview.objects.filter(exercise=exercise)
    for code, title in held.values_list("document__code", "document__title"):
        yield code, _("Review of “%(title)s”") % {"title": title}


def _interviews(exercise: Exercise) -> Pairs:
    for row in Interview.objects.filter(exercise=exercise):
        yield row.code, wording.interview_source(row)


def _swot(exercise: Exercise) -> Pairs:
    for row in SwotItem.objects.filter(exercise=exercise):
        words = _("%(kind)s named in the room: %(text)s")
        kind = capfirst(row.get_kind_display())
        yield f"{row.kind}-{row.position}", words % {"kind": kind, "text": row.text}


def _baseline(exercise: Exercise) -> Pairs:
    asked = Question.objects.filter(
        domain__questionnaire__exercises=exercise,
        domain__questionnaire__kind=Questionnaire.Kind.BASELINE,
    )
    for question in asked:
        yield (
            question.code,
            _("Baseline form: %(item)s") % {"item": titled.question_title(question)},
        )


def _objectives(exercise: Exercise) -> Pairs:
    held = CorporateObjective.objects.filter(administration=exercise.administration_id)
    for code, title in held.values_list("code", "title"):
        yield code, _("Corporate objective: %(title)s") % {"title": title}


KINDS: dict[str, Callable[[Exercise], Pairs]] = {
    "document": _documents,
    "review": _reviews,
    "interview": _interviews,
    "swot": _swot,
    "baseline": _baseline,
    "objective": _objectives,
}
