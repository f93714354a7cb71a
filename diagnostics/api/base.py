"""What the REST resources of a diagnostic share."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import rules
from diagnostics.forms.rest_rooms import PaperSerializer
from diagnostics.models import Exercise, Workshop
from diagnostics.report import papers
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.rest import MemberMixin


class Readers(MemberMixin):
    """For those who may read results; rows of the member's own administration."""

    model: type[Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(self.allows(self.request.member))  # type: ignore[attr-defined]

    def allows(self, member: Member) -> bool:
        return rules.can_see_results(member)

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        seen: QuerySet = self.model.objects.visible_to(self.request.member)  # type: ignore[attr-defined]
        return seen.select_related("administration")


def valid(serializer: serializers.BaseSerializer) -> dict[str, Any]:
    """What was sent, once it keeps to the shape."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def paper_answer(row: Workshop | Exercise) -> Response:
    """How far a paper is, and where its files are."""
    paper = papers.paper_of(row)
    values = {"asked": paper.asked, "made": paper.made, "files": papers.addresses(row, paper)}
    return Response(PaperSerializer(values).data)
