"""Who may do what with documents and submissions, and the workflow of a submission."""

from hrplan.core.access import INSIDE, OFFICE, has_role
from hrplan.core.models import Member, Role
from hrplan.core.workflow import Workflow
from hrplan.deliverables.models import (
    Body,
    Comment,
    DocumentKind,
    DocumentVersion,
    Move,
    Stage,
    StepFields,
    Submission,
    Voice,
)

State = Submission.State
RULES = 12
"""Consistency rules, numbered from 1."""
STRATEGY, PLAN, CALENDAR = DocumentKind.STRATEGY, DocumentKind.PLAN, DocumentKind.CALENDAR
STOPS: dict[int, tuple[DocumentKind, ...]] = {
    **dict.fromkeys((2, 10), (STRATEGY,)),
    **dict.fromkeys((1, 9), (PLAN,)),
    **dict.fromkeys((3, 4, 5, 6, 7, 8), (CALENDAR,)),
    **dict.fromkeys((11, 12), (STRATEGY, PLAN, CALENDAR)),
}
"""Rule -> the documents it stops; one that holds two against each other stops the later one."""
WORKFLOW: Workflow[str, str] = Workflow(
    State.DRAFT,
    {
        (State.DRAFT, Move.REVIEW): State.REVIEW,
        (State.REVIEW, Move.PASS): State.SIGNING,
        (State.SIGNING, Move.SIGN): State.ENDORSING,
        (State.ENDORSING, Move.ENDORSE): State.ENDORSED,
        (State.ENDORSED, Move.SUBMIT): State.SUBMITTED,
        (State.SUBMITTED, Move.RECEIVE): State.TECHNICAL,
        (State.TECHNICAL, Move.CLEAR): State.DECISION,
        (State.TECHNICAL, Move.QUERY): State.QUERIES,
        (State.DECISION, Move.QUERY): State.QUERIES,
        (State.QUERIES, Move.ANSWER): State.RESUBMITTED,
        (State.RESUBMITTED, Move.RECEIVE): State.TECHNICAL,
        (State.DECISION, Move.APPROVE): State.APPROVED,
        (State.DECISION, Move.APPROVE_PART): State.PARTLY,
        (State.DECISION, Move.DEFER): State.DEFERRED,
        (State.DECISION, Move.RETURN): State.RETURNED,
        (State.DEFERRED, Move.RESUME): State.DECISION,
        (State.APPROVED, Move.NOTE): State.NOTED,
        (State.PARTLY, Move.NOTE): State.NOTED,
        (State.APPROVED, Move.ENFORCE): State.IN_FORCE,
        (State.PARTLY, Move.ENFORCE): State.IN_FORCE,
        (State.NOTED, Move.ENFORCE): State.IN_FORCE,
        (State.IN_FORCE, Move.REPORT): State.REPORTED,
        (State.REPORTED, Move.REPORT): State.REPORTED,
        (State.REPORTED, Move.CLOSE): State.CLOSED,
        (State.REVIEW, Move.SEND_BACK): State.DRAFT,
        (State.SIGNING, Move.SEND_BACK): State.DRAFT,
        (State.ENDORSING, Move.SEND_BACK): State.DRAFT,
        (State.REVIEW, Move.REVISE): State.DRAFT,
        (State.SIGNING, Move.REVISE): State.DRAFT,
        (State.ENDORSING, Move.REVISE): State.DRAFT,
        (State.ENDORSED, Move.REVISE): State.DRAFT,
        (State.RETURNED, Move.REVISE): State.DRAFT,
    },
)
STAGES = {
    State.REVIEW: Stage.REVIEW,
    State.SIGNING: Stage.SIGNING,
    State.ENDORSING: Stage.ENDORSING,
    State.TECHNICAL: Stage.TECHNICAL,
    State.DECISION: Stage.DECISION,
    State.DEFERRED: Stage.DECISION,
    State.APPROVED: Stage.CABINET,
    State.PARTLY: Stage.CABINET,
}
"""The stage whose steps are open in a state."""
ASKED = {**STAGES, State.QUERIES: Stage.ENDORSING}
"""The same; with queries, those who endorse are asked again where the documents are others."""
ONWARD = {
    State.REVIEW: Move.PASS,
    State.SIGNING: Move.SIGN,
    State.ENDORSING: Move.ENDORSE,
    State.TECHNICAL: Move.CLEAR,
}
"""The move by which a state is left once the steps of its stage are taken."""
SAYS_YES = frozenset(
    {Move.PASS, Move.SIGN, Move.ENDORSE, Move.CLEAR, Move.APPROVE, Move.APPROVE_PART, Move.NOTE}
)
"""Moves by which a step is taken."""
BY_STEP = SAYS_YES | {Move.SEND_BACK, Move.QUERY, Move.DEFER, Move.RETURN, Move.RESUME}
"""Moves of whoever may take an open step."""
MOVERS = {
    Move.REVIEW: Role.HR_OFFICER,
    Move.REVISE: Role.HR_OFFICER,
    Move.ANSWER: Role.HR_OFFICER,
    Move.REPORT: Role.HR_OFFICER,
    Move.SUBMIT: Role.HEAD,
    Move.ENFORCE: Role.HEAD,
    Move.CLOSE: Role.HEAD,
    Move.RECEIVE: Role.REVIEWER,
}
"""Who makes the other moves."""
NOTED = frozenset(
    {Move.SEND_BACK, Move.QUERY, Move.DEFER, Move.RETURN, Move.REVISE, Move.REPORT, Move.ANSWER}
)
"""Moves that say why, or what."""
VOIDS = frozenset({Move.REVISE, Move.SEND_BACK})
"""Moves after which nothing that was said before counts."""
OUTSIDE = frozenset({Stage.TECHNICAL, Stage.DECISION, Stage.CABINET})
"""The stages of the ministry, whose steps are also taken by a link or on paper."""


CHAIN_ROLES = INSIDE | {Role.REVIEWER}


def can_see_documents(member: Member) -> bool:
    """Everybody inside and the ministry's reviewers; which versions, `visible_to` says."""
    return has_role(member, INSIDE | {Role.REVIEWER})


def can_see_checks(member: Member) -> bool:
    """The checks quote no person; whoever reads documents reads them."""
    return can_see_documents(member)


def can_freeze(member: Member) -> bool:
    """The HR officer makes versions."""
    return member.role == Role.HR_OFFICER


def can_see_stale(member: Member) -> bool:
    """Inside they see how many texts need a look; the ministry reads what was frozen."""
    return has_role(member, INSIDE)


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
    from_file = own and bool(comment.said_by) and comment.link_id is None
    from_file = from_file and member.role == Role.HR_OFFICER
    return (comment.author_id == member.pk or from_file) and not comment.outcome


def can_answer(member: Member, comment: Comment) -> bool:
    """The HR officer answers for the administration, never a comment of their own."""
    own = comment.administration_id == member.administration_id
    return own and member.role == Role.HR_OFFICER and comment.author_id != member.pk


def can_make_submission(member: Member) -> bool:
    """The HR officer puts versions together for the ministry."""
    return member.role == Role.HR_OFFICER


def can_keep_chain(member: Member) -> bool:
    """The HR officer says which steps submissions go through, and for whom reviewers speak."""
    return member.role == Role.HR_OFFICER


def can_override(member: Member) -> bool:
    """The head says why documents go on although a rule does not hold."""
    return member.role == Role.HEAD


def can_delegate(member: Member) -> bool:
    """Whoever takes steps of a chain names who acts for them."""
    return has_role(member, CHAIN_ROLES)


def fits(member: Member, step: StepFields) -> bool:
    """The member's seat is one that the step is for: its role, and the body it speaks for."""
    if member.role != step.role or member.ended_on is not None:
        return False
    if step.body == Body.HOUSE:
        return True
    voice = Voice.objects.filter(member=member).first()
    return voice is None or voice.body == step.body


def place_of(step: StepFields) -> tuple[int, int, int]:
    """Where a step stands in its chain."""
    return Stage.values.index(step.stage), step.position, step.pk or 0


def holders(state: str) -> tuple[Role, ...]:
    """The roles that move a submission in a state where no step is open."""
    found = {MOVERS[Move(one)] for one in WORKFLOW.moves(state) if one in MOVERS}
    return tuple(role for role in Role if role in found)


def can_make_link(member: Member) -> bool:
    """The office lets people of the ministry without an account read, comment and answer."""
    return has_role(member, OFFICE)


def can_record_paper(member: Member) -> bool:
    """The HR officer records what the ministry answered on a signed page."""
    return member.role == Role.HR_OFFICER


def can_see_papers(member: Member) -> bool:
    """Everybody inside reads the signed pages."""
    return has_role(member, INSIDE)
