"""REST: what hangs on a submission: lines, links, papers, and the reviewer's tests."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.lan import base_address
from hrplan.deliverables import rules
from hrplan.deliverables.api.base import ChainViewSet
from hrplan.deliverables.models import (
    LineDecision,
    Move,
    ReviewLink,
    Submission,
    Verdict,
)
from hrplan.deliverables.usecases import (
    carrying,
    checklist,
    line_decisions,
    links,
    papers,
)


class SubmittedLineSerializer(serializers.Serializer):
    kind = serializers.CharField()
    key = serializers.CharField()
    title = serializers.CharField()
    amount = serializers.FloatField(allow_null=True)
    ruling = serializers.CharField()
    condition = serializers.CharField(source="decision.condition", default="")


class LineDecisionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=LineDecision.Kind.choices)
    key = serializers.CharField(max_length=300)
    ruling = serializers.ChoiceField(choices=LineDecision.Ruling.choices)
    condition = serializers.CharField(
        max_length=line_decisions.LONGEST, required=False, allow_blank=True, default=""
    )


class LinkUseSerializer(serializers.Serializer):
    what = serializers.CharField()
    at = serializers.DateTimeField()


class LinkSerializer(serializers.ModelSerializer):
    uses = LinkUseSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewLink
        fields = ("id", "name", "function", "step", "expires_on", "revoked_at", "made_at", "uses")
        read_only_fields = fields


class LinkAskedSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    function = serializers.CharField(max_length=120, required=False, allow_blank=True)
    step = serializers.IntegerField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)


class LinkMadeSerializer(serializers.Serializer):
    """`address`: told in this answer alone."""

    link = LinkSerializer()
    address = serializers.CharField()


class SignedPaperSerializer(serializers.ModelSerializer):
    file = serializers.SerializerMethodField()

    class Meta:
        model = Verdict
        fields = ("id", "step", "move", "said_by", "at", "digests", "is_void", "file")
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_file(self, row: Verdict) -> str:
        """The address of the scan."""
        slug = self.context["request"].member.administration.slug
        return reverse("deliverables:paper", args=[slug, row.pk])


class PaperAskedSerializer(serializers.Serializer):
    step = serializers.IntegerField()
    move = serializers.ChoiceField(choices=Move.choices)
    name = serializers.CharField(max_length=120)
    function = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    on = serializers.DateField()
    note = serializers.CharField(max_length=2_000, required=False, allow_blank=True, default="")
    shown = serializers.CharField(max_length=64)
    file = serializers.FileField()


class TestAnswerSerializer(serializers.Serializer):
    document = serializers.CharField()
    title = serializers.CharField()
    anchor = serializers.CharField()
    version = serializers.IntegerField(source="version.pk", default=None, allow_null=True)


class TestSerializer(serializers.Serializer):
    key = serializers.CharField(source="test.key")
    title = serializers.CharField(source="test.title")
    question = serializers.CharField(source="test.question")
    answers = TestAnswerSerializer(many=True)
    elsewhere = serializers.ListField(child=serializers.CharField())


class SubmissionChainViewSet(ChainViewSet):
    """What hangs on one submission: its lines, links and papers, and the reviewer's tests."""

    serializer_class = SubmittedLineSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        if getattr(self, "swagger_fake_view", False):
            return Submission.objects.none()
        require(rules.can_see_documents(self.request.member))
        seen = Submission.objects.visible_to(self.request.member)
        return seen.select_related("administration", "author__user")

    @extend_schema(responses=SubmittedLineSerializer(many=True))
    @action(detail=True)
    def lines(self, request: Request, **kwargs: Any) -> Response:
        """The lines of the frozen documents with what was decided on each."""
        found = line_decisions.lines_of(self.get_object())
        return Response(SubmittedLineSerializer(found, many=True).data)

    @extend_schema(request=LineDecisionSerializer, responses={204: None})
    @lines.mapping.post
    def rule(self, request: Request, **kwargs: Any) -> Response:
        """Accept, cut or bind one line."""
        found = self.get_object()
        line_decisions.rule(found, by=self.request.member, **self.asked(LineDecisionSerializer))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: RunSerializer})
    @action(detail=True, methods=["post"])
    def carry_out(self, request: Request, **kwargs: Any) -> Response:
        """Take what was cut out of plan, calendar and strategy, as long work."""
        run = carrying.ask(self.get_object(), by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=TestSerializer(many=True))
    @action(detail=True)
    def tests(self, request: Request, **kwargs: Any) -> Response:
        """The reviewer's tests with the sections that answer each."""
        versions = self.get_object().versions.defer("tree", "snapshot")
        return Response(TestSerializer(checklist.tested(versions), many=True).data)

    @extend_schema(responses=LinkSerializer(many=True))
    @action(detail=True)
    def links(self, request: Request, **kwargs: Any) -> Response:
        """The links of the submission with their uses, for the office."""
        found = links.links_of(self.get_object(), by=self.request.member)
        return Response(LinkSerializer(found, many=True).data)

    @extend_schema(request=LinkAskedSerializer, responses={201: LinkMadeSerializer})
    @links.mapping.post
    def make_link(self, request: Request, **kwargs: Any) -> Response:
        """Make a link for one person without an account."""
        found = self.get_object()
        made = links.make_link(found, by=self.request.member, **self.asked(LinkAskedSerializer))
        address = base_address(request._request) + reverse("review:show", args=[made.secret])
        told = LinkMadeSerializer({"link": made.link, "address": address})
        return Response(told.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=SignedPaperSerializer(many=True))
    @action(detail=True)
    def papers(self, request: Request, **kwargs: Any) -> Response:
        """What was answered on paper, for everybody inside."""
        require(rules.can_see_papers(self.request.member))
        found = papers.papers(self.get_object())
        context = self.get_serializer_context()
        return Response(SignedPaperSerializer(found, many=True, context=context).data)

    @extend_schema(
        request={"multipart/form-data": PaperAskedSerializer},
        responses={201: SignedPaperSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser], url_path="paper")
    def record_paper(self, request: Request, **kwargs: Any) -> Response:
        """Record a signed page with its scan."""
        found = self.get_object()
        made = papers.record(found, by=self.request.member, **self.asked(PaperAskedSerializer))
        told = SignedPaperSerializer(made, context=self.get_serializer_context())
        return Response(told.data, status=status.HTTP_201_CREATED)


class LinkViewSet(ChainViewSet):
    """Links by themselves: revoked at once."""

    serializer_class = LinkSerializer

    def get_queryset(self) -> QuerySet[ReviewLink]:
        if getattr(self, "swagger_fake_view", False):
            return ReviewLink.objects.none()
        require(rules.can_make_link(self.request.member))
        return ReviewLink.objects.visible_to(self.request.member)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Let a link die."""
        links.revoke(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
