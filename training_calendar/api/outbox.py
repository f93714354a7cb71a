"""REST resource of the outbox."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading
from training_calendar.forms.rest_releases import MessageSerializer
from training_calendar.models import Message
from training_calendar.usecases import outbox


class MessageViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Reading):
    """What is told to whom, by mail or by hand; for the office."""

    model, related = Message, ("invitation__staff_member",)
    serializer_class = MessageSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_outbox(member)

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def told(self, request: Request, **kwargs: Any) -> Response:
        """Write down that the person was told by hand."""
        made = outbox.note_told(self.get_object(), by=self.request.member)
        return Response(MessageSerializer(made).data)

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, **kwargs: Any) -> Response:
        """Queue once more what failed, or what had no address and has one now."""
        made = outbox.try_again(self.get_object(), by=self.request.member)
        return Response(MessageSerializer(made).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("messages", MessageViewSet, "message"),
)
