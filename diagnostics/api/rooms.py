"""REST resources of workshops: agenda, rounds, votes, minutes."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import frames, rules
from diagnostics.api.base import Readers, paper_answer, valid
from diagnostics.forms.rest_rooms import (
    AgendaMoveSerializer,
    AgendaSerializer,
    AgreementSerializer,
    FacilitatorSerializer,
    InvitedSerializer,
    PaperSerializer,
    ParticipantInSerializer,
    ParticipantSerializer,
    ProgressSerializer,
    RoomSerializer,
    RoomSetUpSerializer,
    RoundShownSerializer,
    VoteSerializer,
    WorkshopInSerializer,
    WorkshopSerializer,
)
from diagnostics.models import (
    AgendaItem,
    Participant,
    Question,
    Round,
    Workshop,
)
from diagnostics.report import papers
from diagnostics.usecases import (
    agenda,
    calling,
    rounds,
    votes,
    workshops,
)
from diagnostics.usecases import room as rooms
from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.models import Member, Role
from hrplan.core.rest import MemberMixin


class WorkshopViewSet(Readers, viewsets.ReadOnlyModelViewSet):
    """Workshops: progress, rounds, agreed ratings."""

    model = Workshop
    serializer_class = WorkshopSerializer
    lookup_value_converter = "int"

    def allows(self, member: Member) -> bool:
        return rules.can_see_exercise(member)

    @extend_schema(request=WorkshopInSerializer, responses=WorkshopSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        held = self.get_object()
        require(rules.can_set_up(self.request.member, held))
        values = valid(WorkshopInSerializer(held, data=request.data, partial=True))
        changed = calling.change_workshop(held, by=self.request.member, **values)
        return Response(self.get_serializer(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        calling.drop_workshop(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=ParticipantSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def participants(self, request: Request, **kwargs: Any) -> Response:
        return Response(_people(self.get_object()))

    @extend_schema(
        request=InvitedSerializer(many=True), responses={201: ParticipantSerializer(many=True)}
    )
    @participants.mapping.post
    def invite(self, request: Request, **kwargs: Any) -> Response:
        """Write people on the list."""
        held = self.get_object()
        require(rules.can_set_up(self.request.member, held))
        serializer = InvitedSerializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        people = [calling.Invited(**one) for one in serializer.validated_data]
        calling.invite(held, people, by=self.request.member)
        return Response(_people(held), status=status.HTTP_201_CREATED)

    @extend_schema(responses=ProgressSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def progress(self, request: Request, **kwargs: Any) -> Response:
        progress = workshops.workshop_progress(self.get_object())
        return Response(ProgressSerializer(progress.questions, many=True).data)

    @extend_schema(request=FacilitatorSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"])
    def facilitator(self, request: Request, **kwargs: Any) -> Response:
        values = valid(FacilitatorSerializer(data=request.data))
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
        values = valid(AgendaSerializer(data=request.data))
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
        return paper_answer(self.get_object())

    @extend_schema(request=None, responses={202: RunSerializer})
    @minutes.mapping.post
    def draw_up_minutes(self, request: Request, **kwargs: Any) -> Response:
        run = papers.ask_for_minutes(self.get_object(), by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=RoomSetUpSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["patch"], url_path="set-up")
    def set_up(self, request: Request, **kwargs: Any) -> Response:
        """Say how votes are taken, and whether the minutes may name whose vote stands apart."""
        values = valid(RoomSetUpSerializer(data=request.data, partial=True))
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
        values = valid(AgreementSerializer(data=request.data))
        held = self.get_object()
        asked = _question(held, question)
        made = rounds.record_agreement(held, asked, by=self.request.member, **values)
        return Response(AgreementSerializer(made).data)


def _people(held: Workshop) -> Any:
    rows = held.participants.select_related("workshop").order_by("code")
    return ParticipantSerializer(rows, many=True).data


class ParticipantViewSet(MemberMixin, viewsets.GenericViewSet):
    """Somebody on the list of a workshop."""

    serializer_class = ParticipantSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Participant.objects.none()
        owner = self.request.member.administration  # type: ignore[attr-defined]
        rows = Participant.objects.filter(workshop__administration=owner)
        return rows.select_related("workshop__administration")

    @extend_schema(request=ParticipantInSerializer, responses=ParticipantSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """What is not sent stays."""
        row = self.get_object()
        require(rules.can_set_up(self.request.member, row.workshop))
        values = valid(ParticipantInSerializer(data=request.data))
        member = values.pop("member", row.member_id)
        people = Member.objects.filter(administration=row.workshop.administration, ended_on=None)
        named = calling.Invited(**{"name": row.name, "function": row.function, **values})
        changed = calling.change_participant(
            row,
            named,
            member=get_object_or_404(people, pk=member) if member else None,
            by=self.request.member,
        )
        return Response(self.get_serializer(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        calling.withdraw(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


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
        values = valid(self.get_serializer(row, data=request.data, partial=True))
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
        values = valid(AgendaMoveSerializer(data=request.data))
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
        values = valid(VoteSerializer(data=request.data))
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


def _question(workshop: Workshop, pk: int) -> Question:
    asked = Question.objects.filter(
        domain__questionnaire__exercises=workshop.exercise_id,
        domain__questionnaire__kind__in=frames.VOTED_ON,
    )
    return get_object_or_404(asked.select_related("domain__questionnaire"), pk=pk)
