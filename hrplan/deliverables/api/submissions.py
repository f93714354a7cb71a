"""REST: submissions, their way and the next move."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import (
    DocumentKind,
    Move,
    Passage,
    Submission,
)
from hrplan.deliverables.usecases import (
    submissions,
    verdicts,
)


class DocumentsField(serializers.ListField):
    """Some of the three documents."""

    child = serializers.ChoiceField(choices=DocumentKind.choices)


class PassageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Passage
        fields = ("move", "state", "at", "note", "said_by", "digests")
        read_only_fields = fields


class SubmissionSerializer(serializers.ModelSerializer):
    """`shown`: the hash over all its documents, which a decision names."""

    documents = serializers.SerializerMethodField()
    versions: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    carried: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    passages = PassageSerializer(many=True, read_only=True)
    shown = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = (
            *("id", "number", "state", "documents", "versions", "carried", "shown", "passages"),
        )
        read_only_fields = fields

    @extend_schema_field(DocumentsField)
    def get_documents(self, row: Submission) -> list[str]:
        """Which of the three it holds."""
        held = {version.kind for version in row.versions.all()}
        return [kind for kind in KINDS if kind in held]

    def get_shown(self, row: Submission) -> str:
        return submissions.shown_hash(row)


class DocumentsSerializer(serializers.Serializer):
    """`documents`: which of the three it takes; all where none are told."""

    documents = DocumentsField(required=False)


class MoveSerializer(serializers.Serializer):
    """`shown`: due where a step of the chain is taken."""

    move = serializers.ChoiceField(choices=Move.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=2_000, default="")
    shown = serializers.CharField(required=False, allow_blank=True, max_length=64, default="")


class VerdictSerializer(serializers.Serializer):
    move = serializers.CharField()
    by = serializers.CharField(source="by.user", default="")
    acts_for = serializers.CharField(source="principal.user", default="")
    said_by = serializers.CharField()
    at = serializers.DateTimeField()


class ChainLineSerializer(serializers.Serializer):
    """One step: the body asked, how many said yes to the documents as they are, until when."""

    stage = serializers.CharField(source="step.stage")
    position = serializers.IntegerField(source="step.position")
    body = serializers.CharField(source="step.body")
    role = serializers.CharField(source="step.role")
    quorum = serializers.IntegerField(source="step.quorum")
    said = VerdictSerializer(many=True)
    is_taken = serializers.BooleanField()
    is_open = serializers.BooleanField()
    due_on = serializers.DateField(allow_null=True)
    late = serializers.IntegerField()


class SubmissionViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Submissions: their documents, their way, and the next move."""

    serializer_class = SubmissionSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Submission.objects.none()
        require(rules.can_see_documents(self.request.member))
        seen = Submission.objects.visible_to(self.request.member)
        return seen.prefetch_related("versions", "carried", "passages")

    @extend_schema(request=DocumentsSerializer, responses={201: SubmissionSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        documents = self._documents(request)
        wanted = KINDS if documents is None else documents
        owner = self.request.member.administration
        made = submissions.make_submission(owner, wanted, by=self.request.member)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MoveSerializer, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        asked = MoveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        moved = submissions.move(
            self.get_object(), wanted["move"], by=self.request.member, note=wanted["note"],
            shown=wanted["shown"],
        )  # fmt: skip
        return Response(self.get_serializer(moved).data)

    @extend_schema(responses=ChainLineSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def chain(self, request: Request, **kwargs: Any) -> Response:
        """The steps of the chain as they stand."""
        found = verdicts.step_lines(self.get_object())
        return Response(ChainLineSerializer(found, many=True).data)

    @extend_schema(request=DocumentsSerializer, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, **kwargs: Any) -> Response:
        """Take the latest versions, of the same documents where none are told."""
        documents = self._documents(request)
        renewed = submissions.renew_versions(self.get_object(), documents, by=self.request.member)
        return Response(self.get_serializer(renewed).data)

    @staticmethod
    def _documents(request: Request) -> list[str] | None:
        """The documents asked for; None where none are told."""
        asked = DocumentsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        documents: list[str] | None = asked.validated_data.get("documents")
        return documents
