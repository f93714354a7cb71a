"""Findings: concluded from the scores, explained by causes, answered by recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from competencies.models import IN_FORCE, Competency
from diagnostics import rules, wording
from diagnostics.analysis.findings import STRENGTH, WEAKNESS, ranked_findings
from diagnostics.models import Cause, Exercise, Finding, Recommendation
from diagnostics.usecases import constants, results, titled
from diagnostics.usecases.results import ExerciseResults, QuestionResult
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.retelling import retold
from hrplan.core.titles import told
from hrplan.core.wording import spoken_in


@dataclass(frozen=True, slots=True)
class CauseLine:
    """Why a finding is so, and what kind of answer that asks for."""

    kind: str
    kind_name: str
    text: str
    response: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """What to do, by whom, by when."""

    text: str
    owner: str
    due_on: date | None
    is_training: bool
    competency: str = ""  # code of what training is to lift: there the recommendation is a need


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding with its causes and recommendations; rank 0 is not singled out by the scores."""

    pk: int
    code: str
    kind: str
    rank: int
    title: str
    text: str
    evidence: str
    severity: float
    domain_code: str
    domain_title: str
    causes: tuple[CauseLine, ...]
    recommendations: tuple[RecommendationLine, ...]


@dataclass(frozen=True, slots=True)
class RankedFindings:
    """Weaknesses and strengths, worst and best first, and what was only noted."""

    weaknesses: tuple[FindingLine, ...]
    strengths: tuple[FindingLine, ...]
    noted: tuple[FindingLine, ...]

    @property
    def count(self) -> int:
        return len(self.weaknesses) + len(self.strengths)

    @property
    def domains(self) -> dict[str, str]:
        """code -> title of the domains that have a finding."""
        lines = (*self.weaknesses, *self.strengths, *self.noted)
        found = {(len(line.domain_code), line.domain_code, line.domain_title) for line in lines}
        return {code: title for _length, code, title in sorted(found)}

    def of_domain(self, code: str) -> "RankedFindings":
        """Those of one domain; of all where none is named."""

        def kept(lines: tuple[FindingLine, ...]) -> tuple[FindingLine, ...]:
            return tuple(line for line in lines if not code or line.domain_code == code)

        return RankedFindings(kept(self.weaknesses), kept(self.strengths), kept(self.noted))


def findings(exercise: Exercise) -> RankedFindings:
    """The findings on record, ranked, with causes and recommendations."""
    found = (
        Finding.objects.filter(exercise=exercise)
        .select_related("domain")
        .prefetch_related("causes", "recommendations")
        .order_by("rank", "code")
    )
    lines = [finding_line(row) for row in found]
    return RankedFindings(
        weaknesses=tuple(line for line in lines if line.rank and line.kind == WEAKNESS),
        strengths=tuple(line for line in lines if line.rank and line.kind == STRENGTH),
        noted=tuple(line for line in lines if not line.rank),
    )


def finding_line(row: Finding) -> FindingLine:
    """One finding as it is shown."""
    return FindingLine(
        pk=row.pk,
        code=row.code,
        kind=row.kind,
        rank=row.rank,
        title=retold(row.title, wording.STORED),
        text=retold(row.text, wording.STORED),
        evidence=row.evidence,
        severity=float(row.severity),
        domain_code=row.domain.code,
        domain_title=titled.domain_title(row.domain),
        causes=tuple(
            CauseLine(
                cause.kind, str(cause.get_kind_display()), cause.text, wording.response(cause.kind)
            )
            for cause in row.causes.all()
        ),
        recommendations=tuple(
            RecommendationLine(one.text, one.owner, one.due_on, one.is_training, one.competency)
            for one in row.recommendations.all()
        ),
    )


@transaction.atomic
def conclude_findings(exercise: Exercise, *, by: Member | None) -> RankedFindings:
    """Draw the findings from the scores anew, keeping causes and recommendations.

    Refused while no question has a score. A finding that the scores no longer single out goes,
    or keeps rank 0 where somebody wrote causes or recommendations for it.
    """
    if by is not None:
        require(rules.can_prepare(by))
    scored = results.exercise_results(exercise)
    if not scored.has_any:
        raise ValidationError(_("No question has a score yet; hold the workshop first."))
    ranked = _ranked(exercise, scored)
    there = {row.code: row for row in Finding.objects.filter(exercise=exercise)}
    rows = [
        _finding(exercise, there, scored.questions[place], row) for place, row in ranked.items()
    ]
    Finding.objects.bulk_create([row for row in rows if row.pk is None])
    Finding.objects.bulk_update([row for row in rows if row.pk is not None], CONCLUDED)
    _forget(exercise, {row.code for row in rows})
    audit.record("conclude findings", exercise, by=by, fields=["findings"])
    return findings(exercise)


CONCLUDED = ("kind", "title", "text", "evidence", "severity", "rank")


def _ranked(exercise: Exercise, scored: ExerciseResults) -> Mapping[int, Mapping]:
    """Place of the question -> its rank, kind and severity."""
    table = pd.DataFrame(
        {
            "question": [f"{place:04d}" for place, _q in enumerate(scored.questions)],
            "domain": [question.domain_code for question in scored.questions],
            "weight": [question.weight for question in scored.questions],
            "score": pd.Series([question.score for question in scored.questions], dtype=float),
            "basis": [question.basis for question in scored.questions],
            "n": [question.n for question in scored.questions],
            "missing": [question.missing for question in scored.questions],
            "agreement": pd.Series([q.agreement for q in scored.questions], dtype=float),
        }
    )
    form = results.maturity_questionnaire(exercise)
    scoring = constants.scoring_constants(exercise.administration, form)
    limits = constants.finding_constants(exercise.administration, scoring)
    ranked = ranked_findings(table, table[["question", "agreement"]], limits)
    chosen = ranked[ranked["kind"].isin([WEAKNESS, STRENGTH])]
    return {int(row["question"]): row for row in chosen.to_dict("records")}


def _finding(
    exercise: Exercise, there: Mapping[str, Finding], question: QuestionResult, row: Mapping
) -> Finding:
    finding = there.get(question.code) or Finding(
        administration=exercise.administration,
        exercise=exercise,
        code=question.code,
        domain_id=question.domain_pk,
        question_id=question.pk,
    )
    finding.kind = row["kind"]
    finding.rank = row["rank"]
    finding.severity = Decimal(f"{row['severity']:.2f}")
    with spoken_in(exercise.administration):
        finding.title = wording.finding_title(question)
        finding.text = wording.finding_text(question)
        finding.evidence = wording.finding_evidence(question)
    return finding


def _forget(exercise: Exercise, kept: set[str]) -> None:
    gone = Finding.objects.filter(exercise=exercise).exclude(code__in=kept)
    gone.filter(causes=None, recommendations=None).delete()
    gone.update(rank=0, severity=0)


@transaction.atomic
def add_cause(finding: Finding, *, kind: str, text: str, by: Member | None) -> Cause:
    """Write down why a finding is so."""
    if by is not None:
        require(rules.can_prepare(by))
    place = (finding.causes.aggregate(last=Max("position"))["last"] or 0) + 1
    cause = Cause(finding=finding, position=place, kind=kind, text=text)
    cause.clean_fields()
    cause.save()
    owner = finding.administration
    audit.record("add", cause, by=by, fields=["kind", "text"], administration=owner)
    return cause


@transaction.atomic
def add_recommendation(
    finding: Finding,
    *,
    text: str,
    owner: str = "",
    due_on: date | None = None,
    is_training: bool = False,
    competency: str = "",
    by: Member | None,
) -> Recommendation:
    """Write down what to do about a finding. Refused with a date that has passed.

    competency : code of what training is to lift; refused where training is no answer, and for
        one that the framework in force has not
    """
    if by is not None:
        require(rules.can_prepare(by))
    if due_on is not None and due_on < finding.administration.as_of:
        raise ValidationError({"due_on": _("This date has passed.")})
    _refuse_competency(finding, competency, is_training=is_training)
    place = (finding.recommendations.aggregate(last=Max("position"))["last"] or 0) + 1
    values = {
        "text": text,
        "owner": owner,
        "due_on": due_on,
        "is_training": is_training,
        "competency": competency,
    }
    made = Recommendation(finding=finding, position=place, **values)
    made.clean_fields()
    made.save()
    audit.record("add", made, by=by, fields=values, administration=finding.administration)
    return made


def competency_titles(administration: Administration) -> dict[str, str]:
    """code -> code and title of the competencies of the framework in force."""
    rows = Competency.objects.filter(administration=administration, framework__state=IN_FORCE)
    pairs = rows.order_by("position").values_list("code", "title")
    return {code: f"{code} {told(title)}" for code, title in pairs}


def _refuse_competency(finding: Finding, competency: str, *, is_training: bool) -> None:
    if not competency:
        return
    if not is_training:
        words = _("Only what training answers lifts a competency.")
        raise ValidationError({"competency": words})
    if competency not in competency_titles(finding.administration):
        raise ValidationError({"competency": _("The framework in force has no such competency.")})
