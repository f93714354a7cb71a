"""REST resources of floor 5: documents, versions with their files, checks, submissions."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.http import key_asked
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import api_chain, rules
from hrplan.deliverables.models import (
    Comment,
    DocumentKind,
    DocumentVersion,
    Move,
    Passage,
    Submission,
    WordTemplate,
)
from hrplan.deliverables.usecases import checks as kept
from hrplan.deliverables.usecases import (
    comments,
    comparing,
    documents,
    files,
    outlines,
    passages,
    places,
    returned,
    submissions,
    verdicts,
    versions,
    word_templates,
)
from hrplan.documents.comparing import Change
from hrplan.documents.marks import accepted, rejected
from hrplan.documents.word_template import Findings


class VersionSerializer(serializers.ModelSerializer):
    files = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields = (
            "id",
            "kind",
            "number",
            "language",
            "is_internal",
            "as_of",
            "title",
            "digest",
            "made_at",
            "files",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_files(self, version: DocumentVersion) -> dict[str, str]:
        """Format -> address of the file."""
        slug = self.context["request"].member.administration.slug
        address = reverse("deliverables:file", args=[slug, version.pk])
        return {name: f"{address}?format={name}" for name in files.formats_of(version.kind)}


class DocumentSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    title = serializers.CharField()
    version = VersionSerializer(allow_null=True)
    versions = serializers.IntegerField()
    faults = serializers.IntegerField(allow_null=True)
    stale = serializers.IntegerField()


class CheckSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    title = serializers.CharField()
    looked_at = serializers.IntegerField()
    holds = serializers.BooleanField()
    state = serializers.CharField()
    faults = serializers.ListField(child=serializers.CharField())


class PassageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Passage
        fields = ("move", "state", "at", "note", "said_by", "digests")
        read_only_fields = fields


class SubmissionSerializer(serializers.ModelSerializer):
    """`shown`: the hash over all its documents, which a decision names."""

    versions: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    carried: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    passages = PassageSerializer(many=True, read_only=True)
    shown = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = ("id", "number", "state", "versions", "carried", "shown", "passages")
        read_only_fields = fields

    def get_shown(self, row: Submission) -> str:
        return submissions.shown_hash(row)


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


class FreezeSerializer(serializers.Serializer):
    internal = serializers.BooleanField(default=False)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)


class PassageTextSerializer(serializers.Serializer):
    section = serializers.CharField(max_length=60)
    text = serializers.CharField(allow_blank=True, max_length=20_000)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)


class MovedFigureSerializer(serializers.Serializer):
    name = serializers.CharField()
    words = serializers.CharField()
    before = serializers.CharField()
    now = serializers.CharField()


class OutlinePlaceSerializer(serializers.Serializer):
    section = serializers.CharField(source="key")
    title = serializers.CharField()
    text = serializers.CharField()
    is_on = serializers.BooleanField()
    is_annex = serializers.BooleanField()
    needed = serializers.CharField()
    stale = MovedFigureSerializer(many=True)
    unknown = serializers.ListField(child=serializers.CharField())


class SectionSerializer(serializers.Serializer):
    section = serializers.CharField(max_length=60)


class StepSerializer(SectionSerializer):
    step = serializers.ChoiceField(choices=("up", "down"))


class TurnSerializer(SectionSerializer):
    is_on = serializers.BooleanField()


class ConfirmPassageSerializer(SectionSerializer):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)
    seen = serializers.DateTimeField(required=False, allow_null=True, default=None)


class LiveFigureSerializer(serializers.Serializer):
    name = serializers.CharField()
    words = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField()


class LiveFiguresSerializer(serializers.Serializer):
    """The figures as they were read last; `read_at` null before any was."""

    read_at = serializers.DateTimeField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    figures = LiveFigureSerializer(many=True)


class ChangedSerializer(serializers.Serializer):
    """A block that differs; `before` and `after` are its words, `was_in` where it moved from."""

    kind = serializers.CharField()
    what = serializers.CharField()
    section = serializers.CharField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    was_in = serializers.CharField()

    def get_before(self, change: Change) -> str:
        return "" if change.kind == "added" else rejected(change.words)

    def get_after(self, change: Change) -> str:
        return "" if change.kind == "removed" else accepted(change.words)


class NumberChangedSerializer(serializers.Serializer):
    section = serializers.CharField()
    subject = serializers.CharField(source="label")
    old = serializers.CharField()
    new = serializers.CharField()


class VersionsComparedSerializer(serializers.Serializer):
    old = serializers.IntegerField()
    new = serializers.IntegerField()
    changes = ChangedSerializer(many=True)
    numbers = NumberChangedSerializer(many=True)


class CommentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Comment
        fields = ("id", "version", "anchor", "place", "text", "quote", "before", "after",
                  "said_by", "is_from_ministry", "made_at",
                  "outcome", "answer", "answered_at")  # fmt: skip
        read_only_fields = fields


class VersionPlaceSerializer(serializers.Serializer):
    anchor = serializers.CharField()
    kind = serializers.CharField()
    within = serializers.CharField()
    words = serializers.CharField()
    said = serializers.CharField()


class RemarkSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    anchor = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=comments.LONGEST)


class CommentAnswerSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Comment.Outcome.choices)
    text = serializers.CharField(
        max_length=comments.LONGEST, required=False, allow_blank=True, default=""
    )


class ReturnedFileSerializer(serializers.Serializer):
    file = serializers.FileField()
    from_ministry = serializers.BooleanField(default=True)


class TakenInSerializer(serializers.Serializer):
    comments = serializers.IntegerField()
    changes = serializers.IntegerField()
    around = serializers.IntegerField()
    unmatched = serializers.IntegerField()
    known = serializers.IntegerField()


class UnknownPlaceholderSerializer(serializers.Serializer):
    name = serializers.CharField()
    nearest = serializers.CharField()


class TemplateFindingsSerializer(serializers.Serializer):
    """What a template has and lacks for our documents."""

    missing_styles = serializers.ListField(child=serializers.CharField(), source="missing")
    filled = serializers.ListField(child=serializers.CharField())
    unknown = serializers.SerializerMethodField()
    has_own_cover = serializers.BooleanField()
    has_page_numbers = serializers.BooleanField()

    @extend_schema_field(UnknownPlaceholderSerializer(many=True))
    def get_unknown(self, found: Findings) -> list[dict[str, str]]:
        return [{"name": name, "nearest": nearest} for name, nearest in found.unknown]


class WordTemplateSerializer(serializers.ModelSerializer):
    class Meta:
        model = WordTemplate
        fields = ("id", "name", "digest", "size", "is_in_use", "added_at")
        read_only_fields = fields


class WordTemplateFileSerializer(serializers.Serializer):
    file = serializers.FileField()


class DocumentViewSet(MemberMixin, viewsets.GenericViewSet):
    """The three documents with the latest version of each, and the way to new versions."""

    serializer_class = DocumentSerializer
    queryset = DocumentVersion.objects.none()
    pagination_class = None
    filter_backends = ()

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_documents(self.request.member))
        lines = documents.document_lines(self.request.member.administration, by=self.request.member)
        return Response(self.get_serializer(lines, many=True).data)

    @extend_schema(request=FreezeSerializer, responses={202: RunSerializer})
    @action(detail=False, methods=["post"])
    def freeze(self, request: Request, **kwargs: Any) -> Response:
        asked = FreezeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        run = versions.ask_for_versions(by=self.request.member, **asked.validated_data)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=CheckSerializer(many=True))
    @action(detail=False)
    def checks(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_checks(self.request.member))
        found = kept.kept_checks(self.request.member.administration)
        return Response(CheckSerializer(found.lines if found else (), many=True).data)

    @extend_schema(request=None, responses={202: RunSerializer})
    @checks.mapping.post
    def check_again(self, request: Request, **kwargs: Any) -> Response:
        run = kept.ask_for_checks(by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class PassageViewSet(MemberMixin, viewsets.GenericViewSet):
    """The administration's own texts in a document: one for each section."""

    serializer_class = PassageTextSerializer
    queryset = DocumentVersion.objects.none()
    lookup_field = "kind"
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="strategy")
    def strategy(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.STRATEGY)

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="plan")
    def plan(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.PLAN)

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="calendar")
    def calendar(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.CALENDAR)

    def _write(self, request: Request, kind: str) -> Response:
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner = self.request.member.administration
        passages.write_passage(owner, kind, by=self.request.member, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ConfirmPassageSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def confirm(self, request: Request, **kwargs: Any) -> Response:
        """Say that a text still holds with its figures as they are."""
        asked = ConfirmPassageSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner = self.request.member.administration
        passages.confirm_passage(owner, by=self.request.member, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=LiveFiguresSerializer)
    @action(detail=False)
    def figures(self, request: Request, **kwargs: Any) -> Response:
        """The figures that a text can name, with their values as they were read last."""
        require(rules.can_freeze(self.request.member))
        owner = self.request.member.administration
        reading = passages.reading_of(owner)
        found = {
            "read_at": reading and reading.read_at,
            "as_of": reading and reading.as_of,
            "figures": passages.figure_lines(owner, reading),
        }
        return Response(LiveFiguresSerializer(found).data)


class OutlineViewSet(MemberMixin, viewsets.GenericViewSet):
    """The sections of a document in order, each printed or left out."""

    serializer_class = OutlinePlaceSerializer
    queryset = DocumentVersion.objects.none()
    lookup_field = "kind"
    lookup_value_converter = "str"
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        responses=OutlinePlaceSerializer(many=True),
        parameters=[OpenApiParameter("language", OpenApiTypes.STR)],
    )
    def retrieve(self, request: Request, kind: str, **kwargs: Any) -> Response:
        require(rules.can_freeze(self.request.member))
        return self._places(kind, request.query_params.get("language", ""))

    @extend_schema(request=StepSerializer, responses=OutlinePlaceSerializer(many=True))
    @action(detail=True, methods=["post"])
    def move(self, request: Request, kind: str, **kwargs: Any) -> Response:
        """Move a section a place up or down among its like."""
        asked = StepSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner, member = self.request.member.administration, self.request.member
        outlines.move_section(owner, _known(kind), by=member, **asked.validated_data)
        return self._places(kind)

    @extend_schema(request=TurnSerializer, responses=OutlinePlaceSerializer(many=True))
    @action(detail=True, methods=["post"])
    def turn(self, request: Request, kind: str, **kwargs: Any) -> Response:
        """Print a section or leave it out."""
        asked = TurnSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner, member = self.request.member.administration, self.request.member
        outlines.turn_section(owner, _known(kind), by=member, **asked.validated_data)
        return self._places(kind)

    def _places(self, kind: str, language: str = "") -> Response:
        places = outlines.outline(self.request.member.administration, _known(kind), language)
        return Response(self.get_serializer(places, many=True).data)


def _known(kind: str) -> str:
    """The document of an address; one that there is none of is not found."""
    if kind not in DocumentKind.values:
        raise Http404
    return kind


class VersionViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Frozen versions: hash, date of the data, addresses of the files."""

    serializer_class = VersionSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return DocumentVersion.objects.none()
        require(rules.can_see_documents(self.request.member))
        return DocumentVersion.objects.visible_to(self.request.member).defer("tree", "snapshot")

    @extend_schema(
        request={"multipart/form-data": ReturnedFileSerializer}, responses=TakenInSerializer
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def returned(self, request: Request, **kwargs: Any) -> Response:
        """Take in a Word file of the version that came back with comments and changes."""
        version = self.get_object()
        asked = ReturnedFileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = returned.take_in(version, by=self.request.member, **asked.validated_data)
        return Response(TakenInSerializer(found).data)

    @extend_schema(responses=VersionPlaceSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def places(self, request: Request, **kwargs: Any) -> Response:
        """The places of a version that can be commented on, in reading order."""
        found = places.places_of(self.get_object())
        return Response(VersionPlaceSerializer(found, many=True).data)

    @extend_schema(
        responses=VersionsComparedSerializer,
        parameters=[OpenApiParameter("with", OpenApiTypes.INT)],
    )
    @action(detail=True)
    def comparison(self, request: Request, **kwargs: Any) -> Response:
        """What differs from another version, the one before unless told."""
        version = self.get_object()
        old, new = comparing.in_order(version, self._other(version))
        found = comparing.comparison(old, new)
        told = {"old": old.pk, "new": new.pk, "changes": found.changes, "numbers": found.numbers}
        return Response(VersionsComparedSerializer(told).data)

    def _other(self, version: DocumentVersion) -> DocumentVersion:
        if wanted := self.request.query_params.get("with", ""):
            rows = comparing.comparable(version, by=self.request.member)
            return get_object_or_404(rows, pk=key_asked(wanted))
        found = comparing.version_before(version, by=self.request.member)
        if found is None:
            raise Http404
        return found


class CommentViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Comments on versions and their answers; `?version=` narrows them to one."""

    serializer_class = CommentSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Comment.objects.none()
        require(rules.can_see_documents(self.request.member))
        rows = Comment.objects.visible_to(self.request.member)
        wanted = self.request.query_params.get("version", "")
        return rows.filter(version=key_asked(wanted)) if wanted else rows

    @extend_schema(parameters=[OpenApiParameter("version", OpenApiTypes.INT)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=RemarkSerializer, responses={201: CommentSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Comment on a place of a version: one of `versions/<id>/places/`."""
        asked = RemarkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        seen = DocumentVersion.objects.visible_to(self.request.member)
        version = get_object_or_404(seen.select_related("administration"), pk=said.pop("version"))
        made = comments.comment(version, by=self.request.member, **said)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CommentAnswerSerializer, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, **kwargs: Any) -> Response:
        """Say what becomes of a comment."""
        asked = CommentAnswerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = comments.answer(self.get_object(), by=self.request.member, **asked.validated_data)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment back that is not answered."""
        comments.withdraw(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


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

    @extend_schema(request=None, responses={201: SubmissionSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        made = submissions.make_submission(
            self.request.member.administration, by=self.request.member
        )
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

    @extend_schema(request=None, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, **kwargs: Any) -> Response:
        renewed = submissions.renew_versions(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(renewed).data)


class WordTemplateViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """The administration's own Word templates, of which one may be in use."""

    serializer_class = WordTemplateSerializer
    lookup_value_converter = "int"
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return WordTemplate.objects.none()
        require(rules.can_keep_templates(self.request.member))
        return word_templates.templates(self.request.member.administration)

    @extend_schema(
        request={"multipart/form-data": WordTemplateFileSerializer},
        responses={201: WordTemplateSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Bring a template; nothing is in use by it."""
        asked = WordTemplateFileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        member = self.request.member
        row = word_templates.add_template(
            member.administration, asked.validated_data["file"], by=member
        )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    def get_parsers(self) -> list[Any]:
        """A file comes as a form; the other doors take what is usual."""
        own = getattr(self, "action_map", {}).get("post") == "create"
        return [MultiPartParser()] if own else super().get_parsers()

    @extend_schema(responses=TemplateFindingsSerializer)
    @action(detail=True)
    def findings(self, request: Request, **kwargs: Any) -> Response:
        """Styles and placeholders: what the template lacks, what is filled, what is unknown."""
        found = word_templates.findings_of(self.get_object())
        return Response(TemplateFindingsSerializer(found).data)

    @extend_schema(request=None, responses=WordTemplateSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, **kwargs: Any) -> Response:
        """Let the next versions take this template."""
        row = self.get_object()
        word_templates.use_template(row, by=self.request.member)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"])
    def ours(self, request: Request, **kwargs: Any) -> Response:
        """Let the next versions look as without a template."""
        member = self.request.member
        word_templates.use_ours(member.administration, by=member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a template that is neither in use nor that of a version."""
        word_templates.remove_template(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


ROUTES = (
    ("documents", DocumentViewSet, "documents"),
    ("passages", PassageViewSet, "passages"),
    ("outlines", OutlineViewSet, "outlines"),
    ("versions", VersionViewSet, "versions"),
    ("submissions", SubmissionViewSet, "submissions"),
    ("comments", CommentViewSet, "comments"),
    ("word-templates", WordTemplateViewSet, "word-templates"),
    *api_chain.ROUTES,
)
