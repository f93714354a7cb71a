"""REST resources of the documents: read, frozen, commented, submitted, decided."""

from rest_framework.viewsets import ViewSetMixin

from hrplan.deliverables.api.chain import (
    ChainStepViewSet,
    DelegationViewSet,
    OverrideViewSet,
    VoiceViewSet,
)
from hrplan.deliverables.api.comments import CommentViewSet
from hrplan.deliverables.api.documents import DocumentViewSet
from hrplan.deliverables.api.outside import LinkViewSet, SubmissionChainViewSet
from hrplan.deliverables.api.passages import OutlineViewSet, PassageViewSet
from hrplan.deliverables.api.submissions import SubmissionViewSet
from hrplan.deliverables.api.versions import VersionViewSet
from hrplan.deliverables.api.word_templates import WordTemplateViewSet

ROUTES: tuple[tuple[str, type[ViewSetMixin], str], ...] = (
    ("documents", DocumentViewSet, "documents"),
    ("passages", PassageViewSet, "passages"),
    ("outlines", OutlineViewSet, "outlines"),
    ("versions", VersionViewSet, "versions"),
    ("submissions", SubmissionViewSet, "submissions"),
    ("comments", CommentViewSet, "comments"),
    ("word-templates", WordTemplateViewSet, "word-templates"),
    ("chain-steps", ChainStepViewSet, "chain-steps"),
    ("voices", VoiceViewSet, "voices"),
    ("delegations", DelegationViewSet, "delegations"),
    ("overrides", OverrideViewSet, "overrides"),
    ("submissions", SubmissionChainViewSet, "submission-chain"),
    ("links", LinkViewSet, "links"),
)
