"""REST resources of the years ahead: forecast, skills, succession, staff needed, equity."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Kept, Removable
from competencies.forms import rest_ahead as rest
from competencies.models import PlannedIntake, Workload
from competencies.usecases import (
    dense,
    equity,
    forecast,
    gaps,
    skills,
    staffing,
    succession,
    workloads,
)
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.rest import MemberMixin


class AheadViewSet(MemberMixin, viewsets.ViewSet):
    """The years ahead in figures; small cells are withheld as on the pages."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    def _limited(self) -> dict[str, int | None]:
        return {"limit": rules.small_cell_limit(self.request.member)}

    @extend_schema(parameters=[rest.AskedForecast], responses=rest.ForecastSerializer)
    @action(detail=False)
    def forecast(self, request: Request, **kwargs: Any) -> Response:
        """The stock of staff by level, profile or unit; outsiders by level alone."""
        asked = rest.AskedForecast(data=request.query_params)
        asked.is_valid(raise_exception=True)
        owner, limited = self.request.member.administration, self._limited()
        wanted = {} if limited["limit"] else asked.validated_data
        analysis = gaps.gap_analysis(owner)
        seen = forecast.forecast(owner, analysis, limit=limited["limit"], **wanted)
        return Response(rest.ForecastSerializer(seen, context=limited).data)

    @extend_schema(responses=rest.RetirementSerializer(many=True))
    @action(detail=False)
    def retirements(self, request: Request, **kwargs: Any) -> Response:
        """Who reaches the age of retirement within the outlook; for the office."""
        require(rules.can_see_names(self.request.member))
        owner = self.request.member.administration
        seen = forecast.forecast(owner, gaps.gap_analysis(owner))
        return Response(rest.RetirementSerializer(seen.retirements, many=True).data)

    @extend_schema(parameters=[rest.AskedSkills], responses=rest.SkillLineSerializer(many=True))
    @action(detail=False)
    def skills(self, request: Request, **kwargs: Any) -> Response:
        """Who still holds each level in the years ahead, and by when to begin."""
        asked = rest.AskedSkills(data=request.query_params)
        asked.is_valid(raise_exception=True)
        owner = self.request.member.administration
        seen = skills.skills_ahead(owner, dense.gap_figures(owner), **asked.validated_data)
        lines = rest.SkillLineSerializer(seen.lines, many=True, context=self._limited())
        return Response(lines.data)

    @extend_schema(responses=rest.SuccessionSerializer)
    @action(detail=False)
    def succession(self, request: Request, **kwargs: Any) -> Response:
        """Key posts with their bench."""
        owner = self.request.member.administration
        seen = succession.succession(owner, gaps.gap_analysis(owner))
        return Response(rest.SuccessionSerializer(seen, context=self._limited()).data)

    @extend_schema(responses=rest.StaffNeedSerializer(many=True))
    @action(detail=False)
    def staffing(self, request: Request, **kwargs: Any) -> Response:
        """People that the written work takes, by unit and profile."""
        owner = self.request.member.administration
        found = staffing.staff_needs(owner, gaps.gap_analysis(owner))
        return Response(rest.StaffNeedSerializer(found, many=True).data)

    @extend_schema(responses=rest.EquityTableSerializer(many=True))
    @action(detail=False)
    def equity(self, request: Request, **kwargs: Any) -> Response:
        """Gaps, critical levels met and key posts by sex, unit and grade."""
        owner, limited = self.request.member.administration, self._limited()
        seen = equity.equity(owner, dense.gap_figures(owner), **limited)
        return Response(rest.EquityTableSerializer(seen, many=True).data)


class WorkloadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Activities with their volume and time."""

    kept = serializer_class = rest.WorkloadKept
    add, change = workloads.add_workload, workloads.change_workload
    remove = workloads.remove_workload
    model = Workload
    related = ("administration",)

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)


class IntakeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Recruits who are planned."""

    kept = serializer_class = rest.IntakeKept
    add, change = workloads.add_intake, workloads.change_intake
    remove = workloads.remove_intake
    model = PlannedIntake
    related = ("administration",)

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)
