"""REST resources of campaigns, and of what is said beside ratings."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Kept, Removable, Resource
from competencies.forms import rest
from competencies.forms import rest_campaigns as shapes
from competencies.models import Appeal, Assessment, Campaign, Exemption, Proposal, StaffMember
from competencies.usecases import campaigns, gaps, sheets, standing, waiting
from hrplan.core.access import require
from hrplan.core.frames import Rows
from hrplan.core.models import Member


class CampaignViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Campaigns of assessment."""

    kept = shapes.CampaignKept
    add, change = campaigns.add_campaign, campaigns.change_campaign
    remove = campaigns.remove_campaign
    model = Campaign
    related = ("administration",)
    serializer_class = shapes.CampaignSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    @extend_schema(request=None, responses=shapes.CampaignSerializer)
    @action(detail=True, methods=["post"], url_path="open")
    def begin(self, request: Request, **kwargs: Any) -> Response:
        """Ask the raters to begin."""
        done = campaigns.open_campaign(self.get_object(), by=self.request.member)
        return Response(shapes.CampaignSerializer(done).data)

    @extend_schema(request=None, responses=shapes.CampaignSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        """End the campaign."""
        done = campaigns.close_campaign(self.get_object(), by=self.request.member)
        return Response(shapes.CampaignSerializer(done).data)

    @extend_schema(request=None, responses=shapes.CampaignSerializer)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, **kwargs: Any) -> Response:
        """Remind whoever has something left to rate."""
        done = campaigns.remind(self.get_object(), by=self.request.member)
        return Response(shapes.CampaignSerializer(done).data)

    @extend_schema(responses=shapes.CampaignProgressSerializer)
    @action(detail=True)
    def progress(self, request: Request, **kwargs: Any) -> Response:
        """How far each source is."""
        require(rules.can_see_small_cells(self.request.member))
        row = self.get_object()
        analysis = gaps.gap_analysis(row.administration)
        table = campaigns.campaign_coverage(row, analysis)
        seen = campaigns.campaign_progress(row, analysis, table)
        return Response(shapes.CampaignProgressSerializer(seen).data)

    @extend_schema(
        responses=shapes.TaskSerializer(many=True),
        parameters=[OpenApiParameter(name) for name in shapes.NARROW],
    )
    @action(detail=True, filter_backends=())
    def tasks(self, request: Request, **kwargs: Any) -> Response:
        """The sheets that are the member's to fill in; of a unit, a profile, a grade where told."""
        row = self.get_object()
        analysis = gaps.gap_analysis(row.administration)
        wanted = {name: request.query_params.get(name, "") for name in shapes.NARROW}
        table = campaigns.narrowed(campaigns.campaign_coverage(row, analysis), analysis, **wanted)
        rows = campaigns.own_part(self.request.member, analysis, table)
        mine = campaigns.tasks_of(analysis, self.paginate_queryset(Rows(rows)) or ())
        return self.get_paginated_response(shapes.TaskSerializer(mine, many=True).data)

    @extend_schema(request=shapes.SheetEntries, responses=shapes.RatingsWritten)
    @action(detail=True, methods=["post"])
    def sheet(self, request: Request, **kwargs: Any) -> Response:
        """Fill in a sheet: all that one source says of one person."""
        row, member = self.get_object(), self.request.member
        asked = shapes.SheetEntries(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        seen = StaffMember.objects.visible_to(member).select_related("administration", "unit")
        person = get_object_or_404(seen, pk=said["staff"])
        held = sheets.sheet_for(row, person, said["source"], by=member)
        entries = {
            one["competency"]: sheets.Entry(one["level"], one["evidence"])
            for one in said["entries"]
        }
        return Response({"written": sheets.fill_sheet(held, entries, by=member)})


class RatingViewSet(mixins.RetrieveModelMixin, Resource):
    """Single ratings of people whom the member may see."""

    model = Assessment
    related = ("administration", "staff_member__administration", "competency", "campaign")
    serializer_class = rest.AssessmentSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        people = StaffMember.objects.visible_to(self.request.member)
        return rows.filter(staff_member__in=people)

    @extend_schema(request=None, responses=rest.AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, **kwargs: Any) -> Response:
        """Sign a validated level as the second."""
        done = standing.sign_second(self.get_object(), by=self.request.member)
        return Response(rest.AssessmentSerializer(done).data)

    @extend_schema(request=shapes.Reason, responses=rest.AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Let a rating count no longer."""
        asked = shapes.Reason(data=request.data)
        asked.is_valid(raise_exception=True)
        done = standing.revoke(self.get_object(), by=self.request.member, **asked.validated_data)
        return Response(rest.AssessmentSerializer(done).data)

    @extend_schema(request=shapes.AppealText, responses={201: shapes.AppealSerializer})
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, **kwargs: Any) -> Response:
        """Dispute a rating of oneself."""
        asked = shapes.AppealText(data=request.data)
        asked.is_valid(raise_exception=True)
        made = standing.appeal(self.get_object(), by=self.request.member, **asked.validated_data)
        return Response(shapes.AppealSerializer(made).data, status=status.HTTP_201_CREATED)


class _OfPeople(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Rows about people, of those whom the member may see."""

    person = "staff_member"

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        people = StaffMember.objects.visible_to(self.request.member)
        return rows.filter(**{f"{self.person}__in": people})


class AppealViewSet(_OfPeople):
    """Appeals against ratings."""

    model, person = Appeal, "assessment__staff_member"
    related = (
        *("administration", "assessment__staff_member__administration"),
        "assessment__competency__framework",
    )
    serializer_class = shapes.AppealSerializer

    @extend_schema(request=shapes.Decision, responses=shapes.AppealSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, **kwargs: Any) -> Response:
        """Decide an appeal, with reasons."""
        asked = shapes.Decision(data=request.data)
        asked.is_valid(raise_exception=True)
        row = self.get_object()
        done = standing.decide_appeal(row, by=self.request.member, **asked.validated_data)
        return Response(shapes.AppealSerializer(done).data)


class ProposalViewSet(_OfPeople):
    """Levels that certificates, modules or prior learning speak for."""

    model = Proposal
    related = ("administration", "staff_member__administration", "competency")
    serializer_class = shapes.ProposalSerializer

    @extend_schema(responses=shapes.ProposalSerializer(many=True))
    @action(detail=False, url_path="to-decide", filter_backends=())
    def to_decide(self, request: Request, **kwargs: Any) -> Response:
        """The open proposals that the member may decide on, the oldest first."""
        require(self.allowed(self.request.member))
        rows = self.paginate_queryset(waiting.proposals_to_decide(self.request.member)) or ()
        return self.get_paginated_response(shapes.ProposalSerializer(rows, many=True).data)

    @extend_schema(request=shapes.ProposalDecision, responses=shapes.ProposalSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, **kwargs: Any) -> Response:
        """Accept a proposal, or refuse it with the reason."""
        asked = shapes.ProposalDecision(data=request.data)
        asked.is_valid(raise_exception=True)
        row = self.get_object()
        done = standing.decide_proposal(row, by=self.request.member, **asked.validated_data)
        return Response(shapes.ProposalSerializer(done).data)


class ExemptionViewSet(_OfPeople):
    """Times in which nothing is asked of a person in one competency."""

    model = Exemption
    related = ("administration", "staff_member__administration", "competency")
    serializer_class = shapes.ExemptionSerializer

    @extend_schema(request=shapes.Reason, responses=shapes.ExemptionSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **kwargs: Any) -> Response:
        """End an exemption before its time."""
        asked = shapes.Reason(data=request.data)
        asked.is_valid(raise_exception=True)
        row = self.get_object()
        done = standing.end_exemption(row, by=self.request.member, **asked.validated_data)
        return Response(shapes.ExemptionSerializer(done).data)
