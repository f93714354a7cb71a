"""REST resources of questionnaires and of their drafts."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import rules
from diagnostics.api.base import Readers, valid
from diagnostics.forms import rest_questionnaires as rest_forms
from diagnostics.forms.rest import QuestionnaireSerializer
from diagnostics.models import (
    Questionnaire,
)
from diagnostics.usecases import (
    drafts,
    exercises,
    questionnaire_files,
    questionnaires,
)
from hrplan.core.access import require


class Questionnaires(Readers):
    """Those that the member sees; drafts are for those who write them."""

    model = Questionnaire
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Questionnaire.objects.none()
        return questionnaires.seen_by(self.request.member)

    def said(self, held: Questionnaire, code: int = status.HTTP_200_OK) -> Response:
        return Response(QuestionnaireSerializer(held).data, status=code)


class QuestionnaireViewSet(Questionnaires, viewsets.ReadOnlyModelViewSet):
    """Questionnaires with their contents and versions."""

    serializer_class = QuestionnaireSerializer

    @extend_schema(request=rest_forms.BeginSerializer, responses={201: QuestionnaireSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        values, member = valid(rest_forms.BeginSerializer(data=request.data)), self.request.member
        made = questionnaires.begin_questionnaire(member.administration, by=member, **values)
        return self.said(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=QuestionnaireSerializer(many=True))
    @action(detail=False, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        taken = exercises.adopt_questionnaires(
            self.request.member.administration, by=self.request.member
        )
        return Response(self.get_serializer(taken, many=True).data)

    @extend_schema(request=rest_forms.ContentSerializer, responses={201: QuestionnaireSerializer})
    @action(detail=False, methods=["post"], url_path="take-in")
    def take_in(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_prepare(member))
        content = questionnaire_files.of_data(
            valid(rest_forms.ContentSerializer(data=request.data))["content"]
        )
        made = questionnaires.take_in(member.administration, content, by=member)
        return self.said(made, status.HTTP_201_CREATED)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def content(self, request: Request, **kwargs: Any) -> Response:
        """All of it, in the shape of a content file."""
        return Response(drafts.data_of(self.get_object()))

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("kind", str, description="yaml, xlsx or xlsform")],
    )
    @action(detail=True, filter_backends=())
    def file(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The same as a file."""
        kind = request.query_params.get("kind", "yaml")
        file = questionnaire_files.written(self.get_object(), kind)
        headers = {"Content-Disposition": content_disposition_header(True, file.name)}
        return HttpResponse(file.data, content_type=file.content_type, headers=headers)

    @extend_schema(request=rest_forms.VersionSerializer, responses={201: QuestionnaireSerializer})
    @action(detail=True, methods=["post"])
    def versions(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        values = valid(rest_forms.VersionSerializer(data=request.data))
        made = questionnaires.begin_version(held, by=self.request.member, **values)
        return self.said(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, **kwargs: Any) -> Response:
        return self.said(questionnaires.take_back(self.get_object(), by=self.request.member))

    @extend_schema(responses=rest_forms.MappingSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def follow(self, request: Request, **kwargs: Any) -> Response:
        """What each question follows in the version before."""
        found = questionnaires.following(self.get_object()).questions
        return Response(rest_forms.MappingSerializer(found, many=True).data)

    @extend_schema(
        request=rest_forms.MappingSerializer(many=True),
        responses=rest_forms.MappingSerializer(many=True),
    )
    @follow.mapping.put
    def put_follow(self, request: Request, **kwargs: Any) -> Response:
        """Questions that aren't sent go on following what they followed."""
        held = self.get_object()
        serializer = rest_forms.MappingSerializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        before = {one["code"]: one["before"] for one in serializer.validated_data}
        held = questionnaires.follow(held, before, by=self.request.member)
        found = questionnaires.following(held).questions
        return Response(rest_forms.MappingSerializer(found, many=True).data)


class DraftViewSet(Questionnaires, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Drafts: each part is put, moved and removed; what is published or in use is refused."""

    serializer_class = QuestionnaireSerializer

    def _put(self, shape: type[serializers.Serializer], act: Callable, *names: str) -> Response:
        """Do what was sent with a part of the draft, its codes before it."""
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        values = valid(shape(data=self.request.data))
        return self.said(act(held, *names, values, by=self.request.member))

    def destroy(self, request: Request, **kwargs: Any) -> Response:
        questionnaires.discard(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=rest_forms.FaultSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def faults(self, request: Request, **kwargs: Any) -> Response:
        """All that stands between the draft and its publication."""
        found = questionnaires.faults(self.get_object())
        return Response(rest_forms.FaultSerializer(found, many=True).data)

    @extend_schema(request=None, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, **kwargs: Any) -> Response:
        return self.said(questionnaires.publish(self.get_object(), by=self.request.member))

    @extend_schema(request=rest_forms.ContentSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"])
    def content(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        given = valid(rest_forms.ContentSerializer(data=request.data))
        content = questionnaire_files.of_data(given["content"])
        return self.said(drafts.replace_content(held, content, by=self.request.member))

    @extend_schema(request=rest_forms.HeadSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"])
    def head(self, request: Request, **kwargs: Any) -> Response:
        values = valid(rest_forms.HeadSerializer(data=request.data))
        return self.said(drafts.change_head(self.get_object(), by=self.request.member, **values))

    @extend_schema(request=rest_forms.ScaleSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"])
    def scale(self, request: Request, **kwargs: Any) -> Response:
        sent = rest_forms.ScaleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        held, member = self.get_object(), self.request.member
        return self.said(drafts.change_scale(held, by=member, **sent.values()))

    @extend_schema(request=rest_forms.DraftDomainSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"], url_path="domain")
    def add_domain(self, request: Request, **kwargs: Any) -> Response:
        return self._put(rest_forms.DraftDomainSerializer, drafts.put_domain, "")

    @extend_schema(request=rest_forms.DraftDomainSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"], url_path="domain/<str:domain>")
    def put_domain(self, request: Request, domain: str, **kwargs: Any) -> Response:
        return self._put(rest_forms.DraftDomainSerializer, drafts.put_domain, domain)

    @extend_schema(request=rest_forms.DraftQuestionSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"], url_path="domain/<str:domain>/question")
    def add_question(self, request: Request, domain: str, **kwargs: Any) -> Response:
        return self._put(rest_forms.DraftQuestionSerializer, drafts.put_question, domain, "")

    @extend_schema(request=rest_forms.DraftQuestionSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"], url_path="question/<str:question>")
    def put_question(self, request: Request, question: str, **kwargs: Any) -> Response:
        names = (question.rpartition(".")[0], question)
        return self._put(rest_forms.DraftQuestionSerializer, drafts.put_question, *names)

    @extend_schema(request=rest_forms.ItemSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"], url_path="item/<str:question>")
    def put_item(self, request: Request, question: str, **kwargs: Any) -> Response:
        return self._put(rest_forms.ItemSerializer, drafts.put_item, question)

    @extend_schema(request=rest_forms.ShiftSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        values = valid(rest_forms.ShiftSerializer(data=request.data))
        return self.said(drafts.move(self.get_object(), **values, by=self.request.member))

    @extend_schema(request=rest_forms.CodeSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, **kwargs: Any) -> Response:
        values = valid(rest_forms.CodeSerializer(data=request.data))
        return self.said(drafts.remove(self.get_object(), **values, by=self.request.member))
