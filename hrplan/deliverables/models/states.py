"""The states of a submission."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("internal review")
    SIGNING = "signing", _("managers' sign-off")
    ENDORSING = "endorsing", _("before endorsement")
    ENDORSED = "endorsed", _("endorsed")
    SUBMITTED = "submitted", _("submitted")
    TECHNICAL = "technical", _("technical review")
    QUERIES = "queries", _("queries of the ministry")
    RESUBMITTED = "resubmitted", _("submitted again")
    DECISION = "decision", _("before the decision")
    DEFERRED = "deferred", _("deferred")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved in full")
    PARTLY = "partly", _("approved in part")
    NOTED = "noted", _("noted by Cabinet")
    IN_FORCE = "in_force", _("in force")
    REPORTED = "reported", _("reported on")
    CLOSED = "closed", _("closed")


INSIDE_STATES = frozenset(
    {
        State.DRAFT,
        State.REVIEW,
        State.SIGNING,
        State.ENDORSING,
        State.ENDORSED,
    }
)
"""The states before the ministry has seen anything."""
OPEN = tuple(one for one in State if one not in {State.IN_FORCE, State.REPORTED, State.CLOSED})
"""The states in which a submission holds its documents: no other one takes them meanwhile."""


SENT = tuple(one for one in State if one not in INSIDE_STATES)
