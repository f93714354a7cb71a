"""REST resources of a diagnostic: the same use cases and refusals as the pages."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import frames, rules
from diagnostics.forms import rest_questionnaires as rest_forms
from diagnostics.forms.rest import (
    AgendaMoveSerializer,
    AgendaSerializer,
    AgreementSerializer,
    BaselineItemSerializer,
    CauseSerializer,
    CitedSerializer,
    ComparisonSerializer,
    CorporateObjectiveSerializer,
    ExerciseInSerializer,
    ExerciseSerializer,
    FacilitatorSerializer,
    FindingSerializer,
    FindingsSerializer,
    InterviewSerializer,
    PaperSerializer,
    ProgressSerializer,
    PutTableSerializer,
    QuestionnaireSerializer,
    RecommendationSerializer,
    ReferenceDocumentSerializer,
    ResultsSerializer,
    ReviewSerializer,
    RoomAgreementSerializer,
    RoomSerializer,
    RoomSetUpSerializer,
    RoundShownSerializer,
    SourceGroupSerializer,
    StepDatesSerializer,
    StepSerializer,
    SwotSerializer,
    TableVoteSerializer,
    TakeTableSerializer,
    VoteSerializer,
    WorkshopSerializer,
)
from diagnostics.models import (
    AgendaItem,
    CorporateObjective,
    DocumentReview,
    Exercise,
    Finding,
    Interview,
    Participant,
    Question,
    Questionnaire,
    ReferenceDocument,
    Round,
    SwotItem,
    Workshop,
)
from diagnostics.report import papers
from diagnostics.usecases import (
    agenda,
    agreement,
    beginning,
    citing,
    comparison,
    documents,
    drafts,
    evidence_rows,
    exercises,
    findings,
    questionnaire_files,
    questionnaires,
    results,
    rounds,
    tables,
    votes,
    workshops,
)
from diagnostics.usecases import room as rooms
from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.models import Member, Role
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


def _valid(serializer: serializers.BaseSerializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


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
        values, member = _valid(rest_forms.BeginSerializer(data=request.data)), self.request.member
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
            _valid(rest_forms.ContentSerializer(data=request.data))["content"]
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
        values = _valid(rest_forms.VersionSerializer(data=request.data))
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
        values = _valid(shape(data=self.request.data))
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
        given = _valid(rest_forms.ContentSerializer(data=request.data))
        content = questionnaire_files.of_data(given["content"])
        return self.said(drafts.replace_content(held, content, by=self.request.member))

    @extend_schema(request=rest_forms.HeadSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["put"])
    def head(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(rest_forms.HeadSerializer(data=request.data))
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
        values = _valid(rest_forms.ShiftSerializer(data=request.data))
        return self.said(drafts.move(self.get_object(), **values, by=self.request.member))

    @extend_schema(request=rest_forms.CodeSerializer, responses=QuestionnaireSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(rest_forms.CodeSerializer(data=request.data))
        return self.said(drafts.remove(self.get_object(), **values, by=self.request.member))


class ExerciseViewSet(Readers, viewsets.ReadOnlyModelViewSet):
    """Exercises with their results, findings, register and form."""

    model = Exercise
    serializer_class = ExerciseSerializer
    lookup_value_converter = "int"

    @extend_schema(request=ExerciseInSerializer, responses={201: ExerciseSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_prepare(member))
        values = _valid(ExerciseInSerializer(data=request.data, context={"request": self.request}))
        made = beginning.begin_exercise(member.administration, by=member, **values)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ExerciseInSerializer, responses=ExerciseSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        context = {"request": self.request}
        serializer = ExerciseInSerializer(held, data=request.data, partial=True, context=context)
        changed = beginning.change_exercise(held, by=self.request.member, **_valid(serializer))
        return Response(self.get_serializer(changed).data)

    @extend_schema(responses=ResultsSerializer)
    @action(detail=True)
    def results(self, request: Request, **kwargs: Any) -> Response:
        return Response(ResultsSerializer(results.exercise_results(self.get_object())).data)

    @extend_schema(responses=RoomAgreementSerializer)
    @action(detail=True)
    def agreement(self, request: Request, **kwargs: Any) -> Response:
        """Every revealed round and what it did, and how far the functions lie from the room."""
        room = agreement.room_agreement(self.get_object())
        return Response(RoomAgreementSerializer(room).data)

    @extend_schema(
        responses=ComparisonSerializer,
        parameters=[OpenApiParameter("with", int, description="the other exercise")],
    )
    @action(detail=True, filter_backends=())
    def comparison(self, request: Request, **kwargs: Any) -> Response:
        """This exercise beside another on the same questionnaire; without one, the one before."""
        held = self.get_object()
        wanted = request.query_params.get("with", "")
        seen = Exercise.objects.visible_to(self.request.member).select_related("administration")
        number = int(wanted) if wanted.isdecimal() else None
        other = get_object_or_404(seen, pk=number) if wanted else comparison.earlier_exercise(held)
        if other is None:
            raise NotFound
        return Response(ComparisonSerializer(comparison.score_comparison(held, other)).data)

    @extend_schema(responses=TableVoteSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=())
    def tables(self, request: Request, **kwargs: Any) -> Response:
        """Tables put to the vote: what they say now, and what the room settled on."""
        require(rules.can_see_exercise(self.request.member))
        return Response(TableVoteSerializer(tables.table_votes(self.get_object()), many=True).data)

    @extend_schema(request=PutTableSerializer, responses={201: TableVoteSerializer(many=True)})
    @tables.mapping.post
    def put_to_vote(self, request: Request, **kwargs: Any) -> Response:
        """Put the rows of a table to the vote, named as `kind:row`, such as `levels:P07`."""
        held = self.get_object()
        values = _valid(PutTableSerializer(data=request.data))
        tables.put_to_vote(held, by=self.request.member, **values)
        found = TableVoteSerializer(tables.table_votes(held), many=True)
        return Response(found.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TakeTableSerializer, responses=TableVoteSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=())
    def take_table(self, request: Request, **kwargs: Any) -> Response:
        """Write what the room settled on into the table; what it left open stays."""
        held = self.get_object()
        wanted = _valid(TakeTableSerializer(data=request.data))["table"]
        voted = held.questionnaires.filter(kind=Questionnaire.Kind.TABLE)
        tables.take_over(held, get_object_or_404(voted, pk=wanted), by=self.request.member)
        return Response(TableVoteSerializer(tables.table_votes(held), many=True).data)

    @extend_schema(responses=StepSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def steps(self, request: Request, **kwargs: Any) -> Response:
        steps = exercises.exercise_steps(self.get_object())
        return Response(StepSerializer(steps, many=True).data)

    @extend_schema(request=StepDatesSerializer(many=True), responses=StepSerializer(many=True))
    @steps.mapping.put
    def date_steps(self, request: Request, **kwargs: Any) -> Response:
        """Dates and owners of the states that are sent; the others stay as they are."""
        held = self.get_object()
        serializer = StepDatesSerializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        given = {one.pop("key"): beginning.StepDates(**one) for one in serializer.validated_data}
        beginning.date_steps(held, given, by=self.request.member)
        return Response(StepSerializer(exercises.exercise_steps(held), many=True).data)

    @extend_schema(responses=SourceGroupSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def sources(self, request: Request, **kwargs: Any) -> Response:
        """What a rating or a finding may cite, by kind: marks and titles."""
        require(rules.can_see_exercise(self.request.member))
        return Response(SourceGroupSerializer(citing.citable(self.get_object()), many=True).data)

    @extend_schema(responses=BaselineItemSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def baseline(self, request: Request, **kwargs: Any) -> Response:
        form = documents.baseline(self.get_object())
        return Response(BaselineItemSerializer(form.items, many=True).data)

    @extend_schema(responses=FindingsSerializer)
    @action(detail=True)
    def findings(self, request: Request, **kwargs: Any) -> Response:
        return Response(FindingsSerializer(findings.findings(self.get_object())).data)

    @extend_schema(request=None, responses=FindingsSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, **kwargs: Any) -> Response:
        found = findings.conclude_findings(self.get_object(), by=self.request.member)
        return Response(FindingsSerializer(found).data)

    @extend_schema(responses=PaperSerializer)
    @action(detail=True, url_path="close-out")
    def close_out(self, request: Request, **kwargs: Any) -> Response:
        """How far the close-out report is, with the addresses of its files."""
        held = self.get_object()
        require(rules.can_see_close_out(self.request.member, held))
        return _paper(held)

    @extend_schema(request=None, responses={202: RunSerializer})
    @close_out.mapping.post
    def draw_up_close_out(self, request: Request, **kwargs: Any) -> Response:
        run = papers.ask_for_close_out(self.get_object(), by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses=ExerciseSerializer)
    @action(detail=True, methods=["post"])
    def advance(self, request: Request, **kwargs: Any) -> Response:
        after = exercises.advance_exercise(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(after).data)


class DocumentViewSet(
    Readers, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """The register of documents; a code that is there is said anew."""

    model = ReferenceDocument
    serializer_class = ReferenceDocumentSerializer
    lookup_value_converter = "int"

    @extend_schema(request=ReferenceDocumentSerializer, responses=ReferenceDocumentSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(self.get_serializer(data=request.data))
        seen = Exercise.objects.visible_to(self.request.member).select_related("administration")
        exercise = get_object_or_404(seen, pk=values.pop("exercise_id"))
        row = documents.register_document(exercise, by=self.request.member, **values)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


class EvidenceViewSet(Readers, viewsets.ModelViewSet):
    """What was heard and read: read inside, kept by the HR officer and the facilitator."""

    lookup_value_converter = "int"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def allows(self, member: Member) -> bool:
        return rules.can_see_exercise(member)

    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_prepare(member))
        values = _valid(self.get_serializer(data=request.data))
        owner = member.administration
        made = evidence_rows.add_row(self.model, owner, by=member, **values)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_prepare(self.request.member))
        row = self.get_object()
        values = _valid(self.get_serializer(row, data=request.data, partial=True))
        changed = evidence_rows.change_row(row, by=self.request.member, **values)
        return Response(self.get_serializer(changed).data)

    def perform_destroy(self, instance: Any) -> None:
        evidence_rows.remove_row(instance, by=self.request.member)


def _evidence(kind: type[Any], serializer: type[serializers.BaseSerializer]) -> type[Any]:
    """A resource of one kind of evidence."""
    words = {"__doc__": kind.__doc__, "model": kind, "serializer_class": serializer}
    return type(f"{kind.__name__}ViewSet", (EvidenceViewSet,), words)


class FindingViewSet(Readers, viewsets.GenericViewSet):
    """One finding, its causes and recommendations."""

    model = Finding
    serializer_class = FindingSerializer
    lookup_value_converter = "int"

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(self.get_serializer(findings.finding_line(self.get_object())).data)

    @extend_schema(request=CitedSerializer, responses=CitedSerializer)
    @action(detail=True, methods=["put"])
    def cited(self, request: Request, **kwargs: Any) -> Response:
        """Say what a finding rests on beside the votes, by the marks of its exercise's sources."""
        values = _valid(CitedSerializer(data=request.data))
        row = citing.cite(self.get_object(), values["cited"], by=self.request.member)
        return Response(CitedSerializer(row).data)

    @extend_schema(request=CauseSerializer, responses={201: CauseSerializer})
    @action(detail=True, methods=["post"])
    def causes(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(CauseSerializer(data=request.data))
        made = findings.add_cause(self.get_object(), by=self.request.member, **values)
        return Response(CauseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RecommendationSerializer, responses={201: RecommendationSerializer})
    @action(detail=True, methods=["post"])
    def recommendations(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(RecommendationSerializer(data=request.data))
        made = findings.add_recommendation(self.get_object(), by=self.request.member, **values)
        return Response(RecommendationSerializer(made).data, status=status.HTTP_201_CREATED)


class WorkshopViewSet(Readers, viewsets.ReadOnlyModelViewSet):
    """Workshops: progress, rounds, agreed ratings."""

    model = Workshop
    serializer_class = WorkshopSerializer
    lookup_value_converter = "int"

    def allows(self, member: Member) -> bool:
        return rules.can_see_exercise(member)

    @extend_schema(responses=ProgressSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def progress(self, request: Request, **kwargs: Any) -> Response:
        progress = workshops.workshop_progress(self.get_object())
        return Response(ProgressSerializer(progress.questions, many=True).data)

    @extend_schema(request=FacilitatorSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"])
    def facilitator(self, request: Request, **kwargs: Any) -> Response:
        values = _valid(FacilitatorSerializer(data=request.data))
        people = Member.objects.filter(
            administration=self.request.member.administration, role=Role.FACILITATOR, ended_on=None
        )
        person = get_object_or_404(people, pk=values["facilitator"])
        named = workshops.name_facilitator(self.get_object(), person, by=self.request.member)
        return Response(self.get_serializer(named).data)

    @extend_schema(responses=AgendaSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def agenda(self, request: Request, **kwargs: Any) -> Response:
        return Response(AgendaSerializer(self.get_object().agenda.all(), many=True).data)

    @extend_schema(request=AgendaSerializer, responses={201: AgendaSerializer})
    @agenda.mapping.post
    def add_to_agenda(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_set_up(self.request.member, held))
        values = _valid(AgendaSerializer(data=request.data))
        made = agenda.add_item(held, by=self.request.member, **values)
        return Response(AgendaSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={201: AgendaSerializer(many=True)})
    @action(detail=True, methods=["post"], url_path="agenda/begin", pagination_class=None)
    def begin_agenda(self, request: Request, **kwargs: Any) -> Response:
        """Lay the template of five days over the workshop."""
        held = self.get_object()
        agenda.begin_agenda(held, by=self.request.member)
        shown = AgendaSerializer(held.agenda.all(), many=True).data
        return Response(shown, status=status.HTTP_201_CREATED)

    @extend_schema(responses=PaperSerializer)
    @action(detail=True)
    def minutes(self, request: Request, **kwargs: Any) -> Response:
        """How far the minutes are, with the addresses of their files."""
        return _paper(self.get_object())

    @extend_schema(request=None, responses={202: RunSerializer})
    @minutes.mapping.post
    def draw_up_minutes(self, request: Request, **kwargs: Any) -> Response:
        run = papers.ask_for_minutes(self.get_object(), by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=RoomSetUpSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["patch"], url_path="set-up")
    def set_up(self, request: Request, **kwargs: Any) -> Response:
        """Say how votes are taken, and whether the minutes may name whose vote stands apart."""
        values = _valid(RoomSetUpSerializer(data=request.data, partial=True))
        held = workshops.set_up_room(self.get_object(), by=self.request.member, **values)
        return Response(self.get_serializer(held).data)

    @extend_schema(request=None, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        closed = workshops.close_workshop(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(closed).data)

    @extend_schema(responses=RoomSerializer)
    @action(detail=True, url_path="questions/<int:question>")
    def question(self, request: Request, question: int, **kwargs: Any) -> Response:
        held = self.get_object()
        room = rooms.question_room(held, _question(held, question), by=self.request.member)
        return Response(RoomSerializer(room).data)

    @extend_schema(request=None, responses={201: RoomSerializer})
    @action(detail=True, methods=["post"], url_path="questions/<int:question>/open")
    def open(self, request: Request, question: int, **kwargs: Any) -> Response:
        held = self.get_object()
        asked = _question(held, question)
        rounds.open_round(held, asked, by=self.request.member)
        room = rooms.question_room(held, asked, by=self.request.member)
        return Response(RoomSerializer(room).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AgreementSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"], url_path="questions/<int:question>/agreement")
    def agreement(self, request: Request, question: int, **kwargs: Any) -> Response:
        values = _valid(AgreementSerializer(data=request.data))
        held = self.get_object()
        asked = _question(held, question)
        made = rounds.record_agreement(held, asked, by=self.request.member, **values)
        return Response(AgreementSerializer(made).data)


class AgendaViewSet(MemberMixin, viewsets.GenericViewSet):
    """Sessions of a workshop's agenda: changed, done or open, moved, taken away."""

    serializer_class = AgendaSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return AgendaItem.objects.none()
        require(rules.can_see_exercise(self.request.member))  # type: ignore[attr-defined]
        owner = self.request.member.administration  # type: ignore[attr-defined]
        rows = AgendaItem.objects.filter(workshop__administration=owner)
        return rows.select_related("workshop__administration")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        row = self.get_object()
        require(rules.can_set_up(self.request.member, row.workshop))
        values = _valid(self.get_serializer(row, data=request.data, partial=True))
        return Response(
            self.get_serializer(agenda.change_item(row, by=self.request.member, **values)).data
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        agenda.remove_item(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=AgendaMoveSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        row = self.get_object()
        values = _valid(AgendaMoveSerializer(data=request.data))
        moved = agenda.move_item(row, by=self.request.member, **values)
        return Response(self.get_serializer(moved).data)


class RoundViewSet(MemberMixin, viewsets.GenericViewSet):
    """Rounds: votes while one is open, and its reveal."""

    serializer_class = RoundShownSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Round.objects.none()
        owner = self.request.member.administration  # type: ignore[attr-defined]
        return Round.objects.filter(workshop__administration=owner)

    @extend_schema(request=VoteSerializer, responses=VoteSerializer)
    @action(detail=True, methods=["post"])
    def votes(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_see_exercise(self.request.member))
        values = _valid(VoteSerializer(data=request.data))
        people = Participant.objects.filter(workshop=held.workshop_id)
        person = get_object_or_404(
            people.select_related("workshop__administration"), code=values.pop("participant")
        )
        votes.enter_vote(held, person, by=self.request.member, **values)
        return Response({"participant": person.code, **values})

    @extend_schema(request=None, responses=RoomSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        held = rounds.close_round(self.get_object(), by=self.request.member)
        room = rooms.question_room(held.workshop, held.question, by=self.request.member)
        return Response(RoomSerializer(room).data)

    @extend_schema(request=None, responses=RoomSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, **kwargs: Any) -> Response:
        held = rounds.reveal_round(self.get_object(), by=self.request.member)
        room = rooms.question_room(held.workshop, held.question, by=self.request.member)
        return Response(RoomSerializer(room).data)


def _paper(row: Workshop | Exercise) -> Response:
    paper = papers.paper_of(row)
    values = {"asked": paper.asked, "made": paper.made, "files": papers.addresses(row, paper)}
    return Response(PaperSerializer(values).data)


def _question(workshop: Workshop, pk: int) -> Question:
    asked = Question.objects.filter(
        domain__questionnaire__exercises=workshop.exercise_id,
        domain__questionnaire__kind__in=frames.VOTED_ON,
    )
    return get_object_or_404(asked.select_related("domain__questionnaire"), pk=pk)


ROUTES = (
    ("questionnaires", QuestionnaireViewSet, "questionnaire"),
    ("drafts", DraftViewSet, "draft"),
    ("exercises", ExerciseViewSet, "exercise"),
    ("documents-register", DocumentViewSet, "document"),
    ("interviews", _evidence(Interview, InterviewSerializer), "interview"),
    ("swot", _evidence(SwotItem, SwotSerializer), "swot"),
    ("reviews", _evidence(DocumentReview, ReviewSerializer), "review"),
    (
        "corporate-objectives",
        _evidence(CorporateObjective, CorporateObjectiveSerializer),
        "corporate-objective",
    ),
    ("findings", FindingViewSet, "finding"),
    ("workshops", WorkshopViewSet, "workshop"),
    ("agenda", AgendaViewSet, "agenda"),
    ("rounds", RoundViewSet, "round"),
)
