"""REST resources of training sessions: read, and changed by hand."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.models import StaffMember
from hrplan.core.access import require
from training_calendar import rules
from training_calendar.api.planning import Reading, accepted, asked
from training_calendar.forms import attending as lists
from training_calendar.forms import rest
from training_calendar.forms import rest_editing as shapes
from training_calendar.forms.certificates import IssuedAnswer
from training_calendar.forms.consents import OtherAsked, WaitingSerializer
from training_calendar.forms.delivered import CostAsked
from training_calendar.models import TrainingSession
from training_calendar.usecases import (
    attending,
    certificates,
    changes,
    consents,
    delivered,
    foreseeing,
    moves,
    places,
    replanning,
    session_detail,
    sessions_list,
    waiting,
)


class SessionViewSet(Reading):
    """Training sessions, and the ways to move, pin and cancel one."""

    model = TrainingSession
    related = ("calendar__plan", "calendar__administration", *sessions_list.ON_A_ROW)
    serializer_class = rest.SessionSerializer

    @extend_schema(parameters=[rest.AskedSessions], responses=rest.SessionSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """The sessions of the calendar in force, narrowed by quarter, unit and module."""
        wanted = asked(rest.AskedSessions, request.query_params)
        span = self.span(wanted.pop("quarter"))
        rows = sessions_list.session_rows(self.current_calendar(), quarter=span, **wanted)
        return Response(rest.SessionSerializer(rows, many=True).data)

    @extend_schema(responses=rest.SessionAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One session; `nominees` is null for those who see no names."""
        return self._answer(self.get_object())

    @extend_schema(request=rest.PinAsked, responses=rest.SessionAnswer)
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, **kwargs: Any) -> Response:
        """Keep the session where it is, or let it go."""
        found = self._changeable()
        changes.pin_session(found, by=self.request.member, **asked(rest.PinAsked, request.data))
        return self._answer(self.get_object())

    @extend_schema(request=rest.CancelAsked, responses=rest.SessionAnswer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Cancel the session, with a reason."""
        found = self._changeable()
        changes.cancel_session(
            found, by=self.request.member, **asked(rest.CancelAsked, request.data)
        )
        return self._answer(self.get_object())

    @extend_schema(methods=["GET"], responses=WaitingSerializer(many=True))
    @extend_schema(methods=["POST"], request=OtherAsked, responses=WaitingSerializer(many=True))
    @action(detail=True, methods=["get", "post"])
    def waiting(self, request: Request, **kwargs: Any) -> Response:
        """Who waits for the session, in order; POST gives one of them a free place."""
        member = self.request.member
        require(rules.can_see_nominees(member))
        found = self.get_object()
        if request.method == "POST":
            require(rules.can_change_calendar(member, found.calendar))
            key = asked(OtherAsked, request.data)["other"]
            person = get_object_or_404(StaffMember.objects.visible_to(member), pk=key)
            consents.give_place(found, person, by=member)
        rows = [
            {"rank": rank, "staff_member": one.staff_member, "gap": one.gap}
            for rank, one in waiting.seen_waiting(found, member)
        ]
        return Response(WaitingSerializer(rows, many=True).data)

    @extend_schema(request=lists.ListAsked, responses=lists.CountAnswer)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, **kwargs: Any) -> Response:
        """Record the attendance of many at once, or of nobody."""
        require(rules.can_plan(self.request.member))
        found = self.get_object()
        lines = asked(lists.ListAsked, request.data)["lines"]
        said = {
            line["place"]: attending.Said(line["hours"], line["is_completed"], line["result"])
            for line in lines
        }
        count = attending.record_list(found, said, by=self.request.member)
        return Response(lists.CountAnswer({"recorded": count}).data)

    @extend_schema(request=CostAsked, responses={204: None})
    @action(detail=True, methods=["post"])
    def cost(self, request: Request, **kwargs: Any) -> Response:
        """Write down what the session cost in the end; null takes it back."""
        require(rules.can_plan(self.request.member))
        said = asked(CostAsked, request.data)
        delivered.note_cost(self.get_object(), by=self.request.member, **said)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=IssuedAnswer)
    @action(detail=True, methods=["post"])
    def certificates(self, request: Request, **kwargs: Any) -> Response:
        """Issue certificates to all who completed the session and have none that stands."""
        require(rules.can_plan(self.request.member))
        count = certificates.issue_all(self.get_object(), by=self.request.member)
        return Response(IssuedAnswer({"issued": count}).data)

    @extend_schema(responses=lists.SessionOutcomeSerializer)
    @action(detail=True)
    def outcome(self, request: Request, **kwargs: Any) -> Response:
        """What came of the session; reactions only as far as they may be told."""
        require(rules.can_see_outcome(self.request.member))
        return Response(lists.SessionOutcomeSerializer(attending.outcome(self.get_object())).data)

    @extend_schema(request=shapes.MoveAsked, responses={202: rest.RunAnswer})
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Ask for another place; the weeks around it are repaired, and the run says how."""
        found = self._changeable()
        wanted = asked(shapes.MoveAsked, request.data)
        return accepted(moves.ask_for_move(found, by=self.request.member, **wanted))

    @extend_schema(methods=["GET"], responses=shapes.ReplanProposalSerializer)
    @extend_schema(methods=["POST"], request=rest.CancelAsked, responses={202: rest.RunAnswer})
    @action(detail=True, methods=["get", "post"])
    def replan(self, request: Request, **kwargs: Any) -> Response:
        """What the last re-plan without the session found; POST asks for one, as a run."""
        found, member = self._changeable(), self.request.member
        if request.method == "POST":
            wanted = asked(rest.CancelAsked, request.data)
            return accepted(replanning.ask_for_replan(found, by=member, **wanted))
        proposal = replanning.last_proposal(found, by=member)
        if proposal is None:
            raise Http404
        return Response(shapes.ReplanProposalSerializer(proposal).data)

    @extend_schema(request=shapes.ReplanAsked, responses=rest.SessionAnswer)
    @action(detail=True, methods=["post"], url_path="replan/apply")
    def apply_replan(self, request: Request, **kwargs: Any) -> Response:
        """Cancel the session and do what the run found."""
        wanted = asked(shapes.ReplanAsked, request.data)
        replanning.apply_replan(self._changeable(), by=self.request.member, **wanted)
        return self._answer(self.get_object())

    @extend_schema(request=shapes.SupplyAsked, responses=shapes.BlockedSerializer)
    @action(detail=True, methods=["post"])
    def blocked(self, request: Request, **kwargs: Any) -> Response:
        """The days on which the session cannot begin as the calendar stands, and the rules."""
        wanted = asked(shapes.SupplyAsked, request.data)
        found = places.blocked_days(self._changeable(), by=self.request.member, **wanted)
        return Response(shapes.BlockedSerializer(found).data)

    @extend_schema(request=None, responses=shapes.PlaceFoundSerializer(many=True))
    @action(detail=True, methods=["post"])
    def places(self, request: Request, **kwargs: Any) -> Response:
        """The nearest places in which nothing is in its way."""
        found = places.nearest_places(self._changeable(), by=self.request.member)
        return Response(shapes.PlaceFoundSerializer(found, many=True).data)

    @extend_schema(request=shapes.PlaceAsked, responses=shapes.ForeseenSerializer)
    @action(detail=True, methods=["post"])
    def foresee(self, request: Request, **kwargs: Any) -> Response:
        """What a place would do: what is in its way, what it warns of, what follows."""
        wish = places.Wish(**asked(shapes.PlaceAsked, request.data))
        found = foreseeing.foresee(self._changeable(), wish, by=self.request.member)
        return Response(shapes.ForeseenSerializer(found).data)

    def _changeable(self) -> TrainingSession:
        found = self.get_object()
        require(rules.can_change_calendar(self.request.member, found.calendar))
        return found

    def _answer(self, session: TrainingSession) -> Response:
        found = session_detail.session_detail(session, member=self.request.member)
        return Response(rest.SessionAnswer(found).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("sessions", SessionViewSet, "session"),
)
