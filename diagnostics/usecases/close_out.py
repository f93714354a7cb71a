"""What the close-out report of a diagnostic tells: method, results, causes, what comes next."""

from dataclasses import dataclass
from datetime import date

from diagnostics.models import Agreement, Exercise
from diagnostics.usecases import comparison, evidence, exercises, titled
from diagnostics.usecases.agreement import RoomAgreement, room_agreement
from diagnostics.usecases.baseline import Baseline, baseline
from diagnostics.usecases.comparison import Comparison
from diagnostics.usecases.evidence import CorporateContext, MethodAndEvidence
from diagnostics.usecases.exercises import Step
from diagnostics.usecases.findings import FindingLine, RankedFindings, findings
from diagnostics.usecases.results import ExerciseResults, exercise_results


@dataclass(frozen=True, slots=True)
class CloseOut:
    """One reading of all that the report tells, so that its parts cannot differ."""

    title: str
    purpose: str
    owner: str
    state: str
    starts_on: date
    ends_on: date
    as_of: date
    method: MethodAndEvidence
    results: ExerciseResults
    room: RoomAgreement
    context: CorporateContext
    baseline: Baseline
    findings: RankedFindings
    steps: tuple[Step, ...]
    open_points: tuple[tuple[str, str, str], ...]  # number, question, what is to be found out
    earlier: Comparison | None

    @property
    def lines(self) -> tuple[FindingLine, ...]:
        """Every finding, weaknesses first, then those that were only noted, then strengths."""
        found = self.findings
        return (*found.weaknesses, *found.noted, *found.strengths)


def close_out(exercise: Exercise) -> CloseOut:
    """The report's content as it stands now."""
    results = exercise_results(exercise)
    before = comparison.earlier_exercise(exercise)
    return CloseOut(
        title=exercise.title,
        purpose=exercise.purpose,
        owner=exercise.owner,
        state=str(exercise.get_state_display()),
        starts_on=exercise.starts_on,
        ends_on=exercise.ends_on,
        as_of=exercise.administration.as_of,
        method=evidence.method_and_evidence(exercise, results),
        results=results,
        room=room_agreement(exercise),
        context=evidence.corporate_context(exercise.administration, exercise),
        baseline=baseline(exercise),
        findings=findings(exercise),
        steps=exercises.exercise_steps(exercise),
        open_points=_open_points(exercise),
        earlier=comparison.compared(exercise, before, results) if before else None,
    )


def _open_points(exercise: Exercise) -> tuple[tuple[str, str, str], ...]:
    rows = Agreement.objects.filter(workshop__exercise=exercise).exclude(follow_up="")
    return tuple(
        (row.question.code, titled.question_title(row.question), row.follow_up)
        for row in rows.select_related("question")
    )
