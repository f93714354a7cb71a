"""REST resource of staff members."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from competencies import rules
from competencies.api.base import Kept
from competencies.forms import rest
from competencies.forms import rest_campaigns as shapes
from competencies.models import (
    Competency,
    StaffMember,
)
from competencies.usecases import (
    individual_plans,
    people,
    staff,
    standing,
)
from hrplan.core.access import require
from hrplan.core.models import Member


class StaffViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Kept):
    """Staff members whose data the member may see."""

    kept = rest.PersonKept
    add, change = people.add_person, people.change_person
    model = StaffMember
    related = ("unit", "profile", "supervisor", "administration")
    serializer_class = rest.StaffSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    @extend_schema(responses=rest.StaffProfileSerializer)
    @action(detail=True)
    def profile(self, request: Request, **kwargs: Any) -> Response:
        """Required and held levels of one person, with gaps and confidence."""
        return Response(rest.StaffProfileSerializer(staff.staff_profile(self.get_object())).data)

    @extend_schema(responses=rest.IndividualPlanSerializer(many=True))
    @action(detail=True, pagination_class=None, url_path="individual-plans")
    def plans(self, request: Request, **kwargs: Any) -> Response:
        """What was agreed with the person, the latest first."""
        rows = self.get_object().plans.all()
        return Response(rest.IndividualPlanSerializer(rows, many=True).data)

    @extend_schema(
        request=rest.IndividualPlanSerializer, responses={201: rest.IndividualPlanSerializer}
    )
    @plans.mapping.post
    def agree(self, request: Request, **kwargs: Any) -> Response:
        """Write down what was agreed with the person."""
        person = self.get_object()
        require(rules.can_agree(self.request.member, person))
        asked = rest.IndividualPlanSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = individual_plans.agree(person, by=self.request.member, **asked.validated_data)
        return Response(rest.IndividualPlanSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=rest.PlanReviewSerializer, responses=rest.IndividualPlanSerializer)
    @action(detail=True, methods=["post"], url_path="individual-plans/<int:plan>/review")
    def review(self, request: Request, plan: int, **kwargs: Any) -> Response:
        """Say what became of a plan."""
        person = self.get_object()
        require(rules.can_agree(self.request.member, person))
        rows = person.plans.select_related("administration", "staff_member")
        asked = rest.PlanReviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = get_object_or_404(rows, pk=plan)
        done = individual_plans.review(row, by=self.request.member, **asked.validated_data)
        return Response(rest.IndividualPlanSerializer(done).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def data(self, request: Request, **kwargs: Any) -> Response:
        """A copy of everything that is held about the person, by table."""
        return Response(people.person_data(self.get_object(), by=self.request.member))

    @extend_schema(request=None, responses=rest.StaffSerializer)
    @action(detail=True, methods=["post"])
    def forget(self, request: Request, **kwargs: Any) -> Response:
        """Erase who somebody was who has left; figures of past years stay."""
        gone = people.forget_person(self.get_object(), by=self.request.member)
        return Response(rest.StaffSerializer(gone).data)

    @extend_schema(request=shapes.ProposalMade, responses={201: shapes.ProposalSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, **kwargs: Any) -> Response:
        """Bring forward what speaks for a level."""
        asked = shapes.ProposalMade(data=request.data)
        person, topic, said = self._about(asked)
        made = standing.propose(person, topic, by=self.request.member, **said)
        return Response(shapes.ProposalSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ExemptionMade, responses={201: shapes.ExemptionSerializer})
    @action(detail=True, methods=["post"])
    def exempt(self, request: Request, **kwargs: Any) -> Response:
        """For a time ask nothing of the person in one competency."""
        asked = shapes.ExemptionMade(data=request.data)
        person, topic, said = self._about(asked)
        made = standing.exempt(person, topic, by=self.request.member, **said)
        return Response(shapes.ExemptionSerializer(made).data, status=status.HTTP_201_CREATED)

    def _about(self, asked: Serializer) -> tuple[StaffMember, Competency, dict[str, Any]]:
        """The person, the competency that the body names, and what else it says."""
        person = self.get_object()
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        seen = Competency.objects.visible_to(self.request.member).select_related("framework")
        return person, get_object_or_404(seen, pk=said.pop("competency")), said

    @extend_schema(request=rest.RatingSerializer, responses=rest.AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def assess(self, request: Request, **kwargs: Any) -> Response:
        """Record one rating."""
        person, topic, values = self._about(rest.RatingSerializer(data=request.data))
        row = staff.record_assessment(person, topic, by=self.request.member, **values)
        return Response(rest.AssessmentSerializer(row).data, status=201)
