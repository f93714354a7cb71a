"""The rows behind the tables, figures and statements of the sections of this floor."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Model, QuerySet

from diagnostics import rules
from diagnostics.models import (
    Agreement,
    BaselineAnswer,
    Cause,
    CorporateObjective,
    DocumentReview,
    Finding,
    Interview,
    Question,
    Recommendation,
    ReferenceDocument,
    Round,
    SwotItem,
    Vote,
    Workshop,
)
from diagnostics.usecases.results import current_exercise
from hrplan.core.models import Administration
from hrplan.core.tracing import RowSet, Traces, made_of


def _exercise(owner: Administration) -> int | None:
    found = current_exercise(owner)
    return found.pk if found else None


def _of(model: type[Model], path: str = "exercise") -> Callable[[Administration], QuerySet]:
    """The rows of the exercise that the documents quote."""
    return lambda owner: model._default_manager.filter(**{path: _exercise(owner)})


RESULTS = RowSet(
    "agreements",
    _of(Agreement, "workshop__exercise"),
    "diagnostics:results",
    rules.can_see_results,
    part=_exercise,
)
QUESTIONS = replace(
    RESULTS,
    table="questions",
    rows=lambda owner: Question.objects.filter(
        domain__questionnaire__exercises=_exercise(owner),
        domain__questionnaire__kind="maturity",
    ),
    page="diagnostics:questions",
)
VOTES = replace(
    RESULTS,
    table="votes",
    rows=_of(Vote, "round__workshop__exercise"),
    page="diagnostics:agreement",
    of_people=True,
)
ROUNDS = replace(VOTES, table="rounds", rows=_of(Round, "workshop__exercise"), of_people=False)
FINDINGS = RowSet("findings", _of(Finding), "diagnostics:finding_list", rules.can_see_results)
CAUSES = replace(FINDINGS, table="finding_causes", rows=_of(Cause, "finding__exercise"))
ANSWERS = replace(
    FINDINGS, table="finding_recommendations", rows=_of(Recommendation, "finding__exercise")
)
BASELINE = replace(
    RESULTS, table="baseline_answers", rows=_of(BaselineAnswer), page="diagnostics:baseline"
)
EVIDENCE = RowSet(
    "document_reviews",
    _of(DocumentReview),
    "diagnostics:evidence",
    rules.can_see_exercise,
    part=_exercise,
)
SWOT = replace(EVIDENCE, table="swot", rows=_of(SwotItem))
INTERVIEWS = replace(EVIDENCE, table="interviews", rows=_of(Interview))
CORPORATE = replace(
    EVIDENCE,
    table="corporate_objectives",
    rows=lambda owner: CorporateObjective.objects.filter(administration=owner),
)
DOCUMENTS = RowSet(
    "reference_documents",
    _of(ReferenceDocument),
    "diagnostics:document_list",
    rules.can_see_results,
)
WORKSHOPS = RowSet(
    "workshops",
    _of(Workshop),
    "diagnostics:exercise",
    rules.can_see_results,
    part=_exercise,
)

TRACES: Traces = {
    "context": made_of(CORPORATE, EVIDENCE, SWOT),
    "corporate-objectives": made_of(CORPORATE),
    "method": made_of(WORKSHOPS, DOCUMENTS, QUESTIONS, VOTES),
    "tools": made_of(WORKSHOPS, QUESTIONS),
    "documents": made_of(DOCUMENTS),
    "diagnostic": made_of(RESULTS, VOTES, by="maturity-score"),
    "weaknesses": made_of(FINDINGS, CAUSES, ANSWERS, RESULTS, by="findings"),
    "further-weaknesses": made_of(FINDINGS, RESULTS, by="findings"),
    "strengths": made_of(FINDINGS, RESULTS, by="findings"),
    "starting-point": made_of(BASELINE),
    "agreement": made_of(VOTES, RESULTS, by="agreement"),
    "rounds": made_of(ROUNDS, VOTES, by="agreement"),
    "functions": made_of(VOTES, by="agreement"),
    "before-after-section": made_of(RESULTS, VOTES, by="comparison"),
    "diagnostic-detail": made_of(RESULTS, QUESTIONS, VOTES, by="maturity-score"),
    "ratings-*": (
        *made_of(
            replace(RESULTS, code="question__domain__code"),
            replace(QUESTIONS, code="domain__code"),
        ),
        *made_of(VOTES, by="maturity-score"),
    ),
    "vote-map": made_of(VOTES, by="agreement"),
    "consultation": made_of(WORKSHOPS, INTERVIEWS),
}
