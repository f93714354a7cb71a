"""Who may do what with documents and submissions, and the workflow of a submission."""

from hrplan.core.access import INSIDE, OFFICE, has_role
from hrplan.core.models import Member, Role
from hrplan.core.workflow import Workflow
from hrplan.deliverables.models import Comment, DocumentVersion, Move, Submission

State = Submission.State
WORKFLOW: Workflow[str, str] = Workflow(
    State.DRAFT,
    {
        (State.DRAFT, Move.REVIEW): State.REVIEW,
        (State.REVIEW, Move.ENDORSE): State.ENDORSED,
        (State.REVIEW, Move.REVISE): State.DRAFT,
        (State.ENDORSED, Move.SUBMIT): State.SUBMITTED,
        (State.ENDORSED, Move.REVISE): State.DRAFT,
        (State.SUBMITTED, Move.APPROVE): State.APPROVED,
        (State.SUBMITTED, Move.RETURN): State.RETURNED,
        (State.RETURNED, Move.REVISE): State.DRAFT,
    },
)
MOVERS = {
    Move.REVIEW: frozenset({Role.HR_OFFICER}),
    Move.ENDORSE: frozenset({Role.HEAD}),
    Move.SUBMIT: frozenset({Role.HEAD}),
    Move.APPROVE: frozenset({Role.REVIEWER}),
    Move.RETURN: frozenset({Role.REVIEWER}),
    Move.REVISE: frozenset({Role.HR_OFFICER}),
}
SECOND_EYES = frozenset({Move.ENDORSE, Move.APPROVE})


def can_see_documents(member: Member) -> bool:
    """Everybody inside and the ministry's reviewers; which versions, `visible_to` says."""
    return has_role(member, INSIDE | {Role.REVIEWER})


def can_see_checks(member: Member) -> bool:
    """The checks quote no person; whoever reads documents reads them."""
    return can_see_documents(member)


def can_freeze(member: Member) -> bool:
    """The HR officer makes versions."""
    return member.role == Role.HR_OFFICER


def can_keep_templates(member: Member) -> bool:
    """The HR officer brings Word templates and says which one the documents take."""
    return member.role == Role.HR_OFFICER


def can_see_internal(member: Member) -> bool:
    """Only the office reads the edition that names nominees."""
    return has_role(member, OFFICE)


def can_see_version(member: Member, version: DocumentVersion) -> bool:
    """The version is among those the member sees."""
    return DocumentVersion.objects.visible_to(member).filter(pk=version.pk).exists()


def can_comment(member: Member, version: DocumentVersion) -> bool:
    """Whoever reads a version comments on it."""
    return can_see_documents(member) and can_see_version(member, version)


def can_take_back_file(member: Member, version: DocumentVersion) -> bool:
    """The HR officer and the ministry's reviewer bring a file back; both read the version."""
    may = has_role(member, frozenset({Role.HR_OFFICER, Role.REVIEWER}))
    return may and can_see_version(member, version)


def can_withdraw(member: Member, comment: Comment) -> bool:
    """Its author, until it is answered; what came in a file, the HR officer."""
    own = comment.administration_id == member.administration_id
    from_file = own and bool(comment.said_by) and member.role == Role.HR_OFFICER
    return (comment.author_id == member.pk or from_file) and not comment.outcome


def can_answer(member: Member, comment: Comment) -> bool:
    """The HR officer answers for the administration, never a comment of their own."""
    own = comment.administration_id == member.administration_id
    return own and member.role == Role.HR_OFFICER and comment.author_id != member.pk


def can_make_submission(member: Member) -> bool:
    """The HR officer puts versions together for the ministry."""
    return member.role == Role.HR_OFFICER


def can_move(member: Member, submission: Submission, move: str) -> bool:
    """The move is open, the member's role makes it, and nobody approves their own."""
    if submission.administration_id != member.administration_id:
        return False
    if not WORKFLOW.allows(submission.state, move) or member.role not in MOVERS[Move(move)]:
        return False
    return not (move in SECOND_EYES and submission.author_id == member.pk)


def holders(state: str) -> tuple[Role, ...]:
    """The roles that may make a move in a state."""
    open_moves = WORKFLOW.moves(state)
    return tuple(role for role in Role if any(role in MOVERS[Move(one)] for one in open_moves))


def moves(member: Member, submission: Submission) -> tuple[Move, ...]:
    """The moves that this member can make now."""
    return tuple(
        Move(move)
        for move in WORKFLOW.moves(submission.state)
        if can_move(member, submission, move)
    )
