"""REST resources of exercises: results, steps, tables, papers."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import rules
from diagnostics.api.base import Readers, paper_answer, valid
from diagnostics.forms.rest import (
    BaselineItemSerializer,
    ComparisonSerializer,
    ExerciseInSerializer,
    ExerciseSerializer,
    ItemAnswerSerializer,
    PutTableSerializer,
    ResultsSerializer,
    RoomAgreementSerializer,
    StepDatesSerializer,
    StepSerializer,
    TableVoteSerializer,
    TakeTableSerializer,
)
from diagnostics.forms.rest_evidence import FindingsSerializer, SourceGroupSerializer
from diagnostics.forms.rest_rooms import PaperSerializer, WorkshopInSerializer, WorkshopSerializer
from diagnostics.models import (
    Exercise,
    Questionnaire,
)
from diagnostics.report import papers
from diagnostics.usecases import (
    agreement,
    baseline,
    beginning,
    calling,
    citing,
    comparison,
    exercises,
    filling,
    findings,
    results,
    tables,
)
from hrplan.core.access import require
from hrplan.core.api import RunSerializer


def _baseline(held: Exercise) -> Any:
    return BaselineItemSerializer(baseline.baseline(held).items, many=True).data


class ExerciseViewSet(Readers, viewsets.ReadOnlyModelViewSet):
    """Exercises with their results, findings, register and form."""

    model = Exercise
    serializer_class = ExerciseSerializer
    lookup_value_converter = "int"

    @extend_schema(request=ExerciseInSerializer, responses={201: ExerciseSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_prepare(member))
        values = valid(ExerciseInSerializer(data=request.data, context={"request": self.request}))
        made = beginning.begin_exercise(member.administration, by=member, **values)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ExerciseInSerializer, responses=ExerciseSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        context = {"request": self.request}
        serializer = ExerciseInSerializer(held, data=request.data, partial=True, context=context)
        changed = beginning.change_exercise(held, by=self.request.member, **valid(serializer))
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=WorkshopInSerializer, responses={201: WorkshopSerializer})
    @action(detail=True, methods=["post"], url_path="workshops")
    def call_workshop(self, request: Request, **kwargs: Any) -> Response:
        """Call the managers together."""
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        values = valid(WorkshopInSerializer(data=request.data))
        made = calling.call_workshop(held, by=self.request.member, **values)
        return Response(WorkshopSerializer(made).data, status=status.HTTP_201_CREATED)

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
        values = valid(PutTableSerializer(data=request.data))
        tables.put_to_vote(held, by=self.request.member, **values)
        found = TableVoteSerializer(tables.table_votes(held), many=True)
        return Response(found.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TakeTableSerializer, responses=TableVoteSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=())
    def take_table(self, request: Request, **kwargs: Any) -> Response:
        """Write what the room settled on into the table; what it left open stays."""
        held = self.get_object()
        wanted = valid(TakeTableSerializer(data=request.data))["table"]
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
        return Response(_baseline(self.get_object()))

    @extend_schema(request=ItemAnswerSerializer, responses=BaselineItemSerializer(many=True))
    @action(detail=True, methods=["put"], url_path="baseline/<str:item>", pagination_class=None)
    def fill_baseline_item(self, request: Request, item: str, **kwargs: Any) -> Response:
        """Write what is known of an item in the place of what was."""
        held = self.get_object()
        require(rules.can_prepare(self.request.member))
        row = filling.item_of(held, item)
        if row is None:
            raise NotFound
        sent = valid(ItemAnswerSerializer(data=request.data))
        values = {(one["field"], one["line"]): one["value"] for one in sent["values"]}
        filling.fill_item(held, row, values, source=sent["source"], by=self.request.member)
        return Response(_baseline(held))

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
        return paper_answer(held)

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
