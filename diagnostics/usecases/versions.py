"""Which question of an earlier exercise a later one's question follows, across versions."""

from collections.abc import Mapping, Sequence

from diagnostics.analysis.comparison import before_all
from diagnostics.models import Questionnaire
from diagnostics.usecases.results import QuestionResult

Held = Mapping[int, Questionnaire]


def earlier_codes(
    early: Sequence[QuestionResult], late: Sequence[QuestionResult]
) -> dict[str, str]:
    """Code in the later exercise -> code in the earlier one; "" where it follows none.

    Versions that nothing links are matched by code.
    """
    forms = {q.questionnaire_pk for q in (*early, *late)}
    if {q.questionnaire_pk for q in late} == {q.questionnaire_pk for q in early}:
        return {question.code: question.code for question in late}
    owners = Questionnaire.objects.filter(pk__in=forms).values("administration")
    held = Questionnaire.objects.filter(administration__in=owners).in_bulk()
    then = {held[q.questionnaire_pk].code: held[q.questionnaire_pk] for q in early}
    found: dict[str, str] = {}
    for pk in dict.fromkeys(q.questionnaire_pk for q in late):
        own = [q.code for q in late if q.questionnaire_pk == pk]
        before = then.get(held[pk].code)
        theirs = [q.code for q in early if before and q.questionnaire_pk == before.pk]
        found |= _codes(held, held[pk], before, own, theirs)
    return found


def _codes(
    held: Held,
    late: Questionnaire,
    early: Questionnaire | None,
    own: Sequence[str],
    theirs: Sequence[str],
) -> dict[str, str]:
    if early is None:
        return dict.fromkeys(own, "")
    if (steps := _steps(held, late, early)) is not None:
        return {code: before_all(code, steps) for code in own}
    if (steps := _steps(held, early, late)) is not None:  # the earlier exercise asked a later one
        became = {before_all(code, steps): code for code in reversed(theirs)}
        return {code: became.get(code, "") for code in own}
    return {code: code for code in own}


def _steps(held: Held, late: Questionnaire, early: Questionnaire) -> list[Mapping[str, str]] | None:
    """The mappings on the way from a version back to an earlier one; None: there is no way."""
    steps: list[Mapping[str, str]] = []
    walked, at = {late.pk}, late
    while at.pk != early.pk:
        before = held.get(at.replaces_id or 0)
        if before is None or before.pk in walked:
            return None
        steps.append(at.mapping)
        walked.add(before.pk)
        at = before
    return steps
