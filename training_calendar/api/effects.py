"""REST resource of the training effect, and of the people behind it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.rules import can_see_figures, can_see_names, small_cell_limit
from competencies.usecases.cycles import last_cycle
from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import rest_effects as shapes
from training_calendar.usecases import effect_people, training_effect
from training_calendar.usecases.training_effect import Compared


class TrainingEffectViewSet(Reading):
    """Those who completed training beside those who attended none: a comparison, no proof."""

    serializer_class = shapes.TrainingEffectSerializer

    def allows(self, member: Member) -> bool:
        return can_see_figures(member)

    @extend_schema(parameters=[shapes.AskedEffect], responses=shapes.TrainingEffectSerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """In total, by competency and by module, since the last cycle or the day asked for."""
        wanted = asked(shapes.AskedEffect, request.query_params)
        found = training_effect.training_effect(
            self._compared(wanted["before"]), limit=small_cell_limit(self.request.member)
        )
        return Response(shapes.TrainingEffectSerializer(found).data)

    @extend_schema(parameters=[shapes.AskedBehind], responses=shapes.BehindSerializer(many=True))
    @action(detail=False)
    def people(self, request: Request, **kwargs: Any) -> Response:
        """Who stands behind a figure, for the office."""
        require(can_see_names(self.request.member))
        wanted = asked(shapes.AskedBehind, request.query_params)
        found = self._compared(wanted.pop("before"))
        lines = effect_people.people_behind(found, **wanted)
        return Response(shapes.BehindSerializer(lines, many=True).data)

    def _compared(self, before: date | None) -> Compared:
        owner = self.request.member.administration
        if before is not None and before >= owner.as_of:
            raise ValidationError({"before": _("Choose a day before today.")})
        return training_effect.compared(owner, before or last_cycle(owner))


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("training-effect", TrainingEffectViewSet, "training-effect"),
)
