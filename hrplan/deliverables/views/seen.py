"""The submission of an address, as far as who asks may see it."""

from django.shortcuts import get_object_or_404

from hrplan.core.access import MemberRequest
from hrplan.deliverables.models import Submission


def seen_submission(request: MemberRequest, pk: int) -> Submission:
    """A submission that the member sees; others are not found."""
    seen = Submission.objects.visible_to(request.member)
    return get_object_or_404(seen.select_related("administration", "author__user"), pk=pk)
