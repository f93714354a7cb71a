"""REST resource of feeds: the live ones, making one, revoking one."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.lan import base_address
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms.rest_releases import FeedAnswer, FeedAsked, FeedSerializer
from training_calendar.models import Feed
from training_calendar.usecases import feeds


class FeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Reading):
    """Live feeds: the own ones, for the office all."""

    model = Feed
    serializer_class = FeedSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_own_calendar(member)

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Feed.objects.none()
        return feeds.feeds_of(self.request.member)

    @extend_schema(request=FeedAsked, responses={201: FeedAnswer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a secret address; it is told in this answer alone."""
        made = feeds.make_feed(by=self.request.member, **asked(FeedAsked, request.data))
        address = base_address(self.request._request) + reverse("feed", args=[made.token])
        answer = {"feed": made.feed, "address": address}
        return Response(FeedAnswer(answer).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Let the secret address die."""
        feeds.revoke_feed(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (("feeds", FeedViewSet, "feed"),)
