"""REST resources of figures: gaps, workforce, outlook, bench, assessments."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.forms import rest
from competencies.usecases import (
    dense,
    gaps,
    heat_maps,
    outlook,
    quality,
    rule,
    workforce,
)
from hrplan.core.access import require
from hrplan.core.rest import MemberMixin


class GapViewSet(MemberMixin, viewsets.ViewSet):
    """Gaps in total; a null total and a hidden cell are withheld for small numbers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["competency", "unit", "profile"])],
        responses=rest.GapLineSerializer(many=True),
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Gaps by competency, unit or job profile, the widest first."""
        asked = rest.AskedLines(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = dense.gap_figures(self.request.member.administration)
        lines = heat_maps.gap_lines(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.GapLineSerializer(lines, many=True).data)

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["unit", "profile"])],
        responses=rest.HeatMapSerializer,
    )
    @action(detail=False)
    def heat_map(self, request: Request, **kwargs: Any) -> Response:
        """Gaps of units or job profiles against competencies."""
        asked = rest.AskedRows(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = dense.gap_figures(self.request.member.administration)
        heat = heat_maps.heat_map(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.HeatMapSerializer(heat).data)


class WorkforceViewSet(MemberMixin, viewsets.ViewSet):
    """The workforce in total, its outlook, the bench and the quality of the assessments."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(responses=rest.WorkforceSerializer)
    @action(detail=False)
    def strength(self, request: Request, **kwargs: Any) -> Response:
        """Strength, posts and leavers."""
        seen = workforce.workforce_profile(
            self.request.member.administration, limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.WorkforceSerializer(seen).data)

    @extend_schema(responses=rest.ExposureSerializer)
    @action(detail=False)
    def outlook(self, request: Request, **kwargs: Any) -> Response:
        """Who reaches the age of retirement within the years of the outlook."""
        owner = self.request.member.administration
        seen = outlook.retirement_outlook(owner, gaps.gap_analysis(owner))
        return Response(rest.ExposureSerializer(seen).data)

    @extend_schema(responses=rest.BenchLineSerializer(many=True))
    @action(detail=False)
    def bench(self, request: Request, **kwargs: Any) -> Response:
        """Whether each competency has enough holders."""
        owner = self.request.member.administration
        lines = quality.bench_depth(owner, dense.gap_figures(owner)).lines
        return Response(rest.BenchLineSerializer(lines, many=True).data)

    @extend_schema(responses=rest.QualitySerializer)
    @action(detail=False)
    def assessments(self, request: Request, **kwargs: Any) -> Response:
        """Coverage, sources and confidence of the assessments."""
        owner = self.request.member.administration
        seen = quality.assessment_quality(owner, dense.gap_figures(owner))
        return Response(rest.QualitySerializer(seen).data)


class RuleViewSet(MemberMixin, viewsets.ViewSet):
    """The constants of the rule that concludes held levels, by their printed keys."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(responses=rest.RuleValueSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Each constant with its value in force and as delivered."""
        values = rule.rule_values(self.request.member.administration)
        rows = [dict(zip(("key", "value", "default"), row, strict=True)) for row in values]
        return Response(rest.RuleValueSerializer(rows, many=True).data)

    @extend_schema(request=rest.RuleChange, responses=rest.RuleEffectSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Set some constants; says what that did to the figures."""
        asked = rest.RuleChange(data=request.data)
        asked.is_valid(raise_exception=True)
        member = self.request.member
        done = rule.change_rule(member.administration, asked.validated_data["values"], by=member)
        return Response(rest.RuleEffectSerializer(done).data)
