"""REST resources of learning paths and steps, places with attendance, and what modules lift."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.api.base import Kept, Removable
from competencies.models import LearningPath, StaffMember
from competencies.rules import can_see_people
from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import consents as consent_shapes
from training_calendar.forms import evaluating as lasting
from training_calendar.forms import rest_development as shapes
from training_calendar.forms.certificates import CertificateSerializer
from training_calendar.forms.nominations import ApplicationSerializer
from training_calendar.models import Calendar, Enrolment, Outcome, PathStep
from training_calendar.usecases import (
    applications,
    attendance,
    certificates,
    consents,
    evaluating,
    learning_paths,
    outcomes,
)


class PathViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Learning paths of staff levels and of job profiles."""

    kept = shapes.PathKept
    add, change = learning_paths.add_path, learning_paths.change_path
    remove = learning_paths.remove_path
    model = LearningPath
    related = ("administration", "profile")
    serializer_class = shapes.PathKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_catalogue(member)


class StepViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """The steps of learning paths."""

    kept = shapes.StepKept
    add, change = learning_paths.add_step, learning_paths.change_step
    remove = learning_paths.remove_step
    model = PathStep
    related = ("administration", "path", "module", "programme")
    serializer_class = shapes.StepKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_catalogue(member)


class OutcomeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """What modules lift, from which level to which."""

    kept = shapes.OutcomeKept
    add, change = outcomes.add_outcome, outcomes.change_outcome
    remove = outcomes.remove_outcome
    model = Outcome
    related = ("module__administration", "competency__framework")
    serializer_class = shapes.OutcomeKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_catalogue(member)


class PlaceViewSet(mixins.RetrieveModelMixin, Reading):
    """Places of people whom the member may see."""

    serializer_class = shapes.PlaceSerializer

    def allows(self, member: Member) -> bool:
        return can_see_people(member)

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Enrolment.objects.none()
        member = self.request.member
        rows = Enrolment.objects.filter(
            calendar__in=Calendar.objects.visible_to(member),
            staff_member__in=StaffMember.objects.visible_to(member),
        )
        return rows.select_related(
            *("calendar__administration", "staff_member__administration"),
            *(
                "module__provider",
                "session__administration",
                "session__calendar__plan",
                "attendance",
            ),
        )

    @extend_schema(request=shapes.AttendanceSerializer, responses=shapes.AttendanceSerializer)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, **kwargs: Any) -> Response:
        """Record what was attended; a completion proposes the levels of the module."""
        place = self.get_object()
        said = asked(shapes.AttendanceSerializer, request.data)
        said.setdefault("is_completed", False)
        made = attendance.record_attendance(place, by=self.request.member, **said)
        return Response(shapes.AttendanceSerializer(made).data)

    @extend_schema(request=lasting.BehaviourAsked, responses=lasting.BehaviourSerializer)
    @action(detail=True, methods=["post"])
    def behaviour(self, request: Request, **kwargs: Any) -> Response:
        """Say what of the module the person uses at work, some months later."""
        place = self.get_object()
        require(rules.can_report_use(self.request.member, place.staff_member))
        said = asked(lasting.BehaviourAsked, request.data)
        made = evaluating.report_behaviour(place, by=self.request.member, **said)
        return Response(lasting.BehaviourSerializer(made).data)

    @extend_schema(request=lasting.TeachBackAsked, responses=lasting.TeachBackSerializer)
    @action(detail=True, methods=["post"], url_path="teach-back")
    def teach_back(self, request: Request, **kwargs: Any) -> Response:
        """Write down that the person taught a course outside to colleagues."""
        place = self.get_object()
        require(rules.can_report_use(self.request.member, place.staff_member))
        said = asked(lasting.TeachBackAsked, request.data)
        made = evaluating.note_teach_back(place, by=self.request.member, **said)
        return Response(lasting.TeachBackSerializer(made).data)

    @extend_schema(responses=ApplicationSerializer)
    @action(detail=True)
    def application(self, request: Request, **kwargs: Any) -> Response:
        """What is known for an application for the place; the rest is filled in by hand."""
        require(rules.can_see_nominees(self.request.member))
        found = applications.application(self.get_object(), member=self.request.member)
        return Response(ApplicationSerializer(found).data)

    @extend_schema(request=None, responses=CertificateSerializer)
    @action(detail=True, methods=["post"])
    def certificate(self, request: Request, **kwargs: Any) -> Response:
        """Issue a certificate for the place, where it was completed."""
        made = certificates.issue(self.get_object(), by=self.request.member)
        return Response(CertificateSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=consent_shapes.ConsentSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """The station lets the person go, on the days the session has now."""
        made = consents.approve(self.get_object(), by=self.request.member)
        return Response(consent_shapes.ConsentSerializer(made).data)

    @extend_schema(request=consent_shapes.RefuseAsked, responses=consent_shapes.RefusedAnswer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, **kwargs: Any) -> Response:
        """The station keeps the person; the place goes to who waits first and can take it."""
        place = self.get_object()
        require(rules.can_release_person(self.request.member, place.staff_member))
        said = asked(consent_shapes.RefuseAsked, request.data)
        done = consents.refuse(place, by=self.request.member, **said)
        return Response(consent_shapes.RefusedAnswer(done).data)

    @extend_schema(request=consent_shapes.OtherAsked, responses={204: None})
    @action(detail=True, methods=["post"])
    def swap(self, request: Request, **kwargs: Any) -> Response:
        """Exchange the person with another one of the module, or of equal need."""
        place, member = self.get_object(), self.request.member
        require(rules.can_release_person(member, place.staff_member))
        said = asked(consent_shapes.OtherAsked, request.data)
        other = get_object_or_404(StaffMember.objects.visible_to(member), pk=said["other"])
        consents.swap(place, other, by=member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DevelopmentViewSet(Reading):
    """How far a person is on the own learning path and in programmes, by the person's id."""

    model, related = StaffMember, ("profile",)
    serializer_class = shapes.DevelopmentSerializer

    def allows(self, member: Member) -> bool:
        return can_see_people(member)

    @extend_schema(responses=shapes.DevelopmentSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        found = learning_paths.development_of(self.get_object())
        return Response(shapes.DevelopmentSerializer(found).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("learning-paths", PathViewSet, "learning-path"),
    ("path-steps", StepViewSet, "path-step"),
    ("outcomes", OutcomeViewSet, "outcome"),
    ("development", DevelopmentViewSet, "development"),
    ("enrolments", PlaceViewSet, "enrolment"),
)
