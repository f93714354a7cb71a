"""What keeps a submission from a move: rules that do not hold, empty seats, what comes first."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrplan.deliverables import rules, wording
from hrplan.deliverables.analysis.checks import outcome_of
from hrplan.deliverables.analysis.sending import Sent, stopping
from hrplan.deliverables.models import DocumentVersion, LineDecision, Move, Stage, Submission
from hrplan.deliverables.usecases import chain, verdicts
from hrplan.deliverables.usecases.line_decisions import waits


def refuse_early(submission: Submission, step: Move) -> None:
    """Refuse a move before what has to come first: rules that hold, seats, lines, Cabinet."""
    if step in {Move.REVIEW, Move.SUBMIT, Move.ANSWER}:
        _refuse_broken_rules(submission.versions.defer("tree"))
    if step == Move.REVIEW:
        chain.copy(submission)
        chain.refuse_empty_seats(submission, verdicts.authors_of(submission))
    ruled = LineDecision.objects.filter(submission=submission).exclude(ruling="accept").count()
    if step == Move.APPROVE and ruled:
        words = _("%(n)d lines are cut or accepted on a condition: approve in part.")
        raise ValidationError(words % {"n": ruled})
    if step == Move.APPROVE_PART and not ruled:
        raise ValidationError(_("No line is cut or accepted on a condition: approve in full."))
    if step == Move.ENFORCE:
        _refuse_unready(submission)


def _refuse_broken_rules(versions: Iterable[DocumentVersion]) -> None:
    found = stopping([_sent(version) for version in versions], rules.STOPS)
    if found:
        words = _("Rule %(number)d does not hold: %(rule)s Mend it, or let the head say why the"
                  " documents go on, and make new versions.")  # fmt: skip
        raise ValidationError(
            [words % {"number": n, "rule": wording.check_title(n)} for n in found]
        )


def _sent(version: DocumentVersion) -> Sent:
    told = version.snapshot
    found = tuple(outcome_of(row) for row in told["checks"])
    return Sent(version.kind, version.title, told["as_of"], told["headcount"], found)


def _refuse_unready(submission: Submission) -> None:
    noting = submission.steps.filter(stage=Stage.CABINET).exists()
    if noting and submission.state != Submission.State.NOTED:
        raise ValidationError(_("Cabinet has not noted it yet."))
    if waits(submission):
        raise ValidationError(_("Carry out what was decided line by line first."))
