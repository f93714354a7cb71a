"""Documents, submissions and decisions: what goes to the ministry."""

from hrplan.deliverables.models.chain import (
    Body,
    ChainStep,
    Delegation,
    Stage,
    StepFields,
    SubmissionStep,
    Voice,
)
from hrplan.deliverables.models.comments import Comment
from hrplan.deliverables.models.decisions import CheckOverride, LineDecision
from hrplan.deliverables.models.documents import (
    DocumentKind,
    DocumentVersion,
    SignOff,
    WordTemplate,
)
from hrplan.deliverables.models.passages import FigureReading, Narrative, SectionPlace
from hrplan.deliverables.models.states import INSIDE_STATES, OPEN, SENT, State
from hrplan.deliverables.models.submissions import Move, Passage, Submission
from hrplan.deliverables.models.verdicts import LinkUse, ReviewLink, Verdict

__all__ = [
    "Body",
    "ChainStep",
    "CheckOverride",
    "Comment",
    "Delegation",
    "DocumentKind",
    "DocumentVersion",
    "FigureReading",
    "INSIDE_STATES",
    "LineDecision",
    "LinkUse",
    "Move",
    "Narrative",
    "OPEN",
    "Passage",
    "ReviewLink",
    "SENT",
    "SectionPlace",
    "SignOff",
    "Stage",
    "State",
    "StepFields",
    "Submission",
    "SubmissionStep",
    "Verdict",
    "Voice",
    "WordTemplate",
]
