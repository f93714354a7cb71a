"""REST resources of releases: the list, making one, differences, the check, rule weights."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import OFFICE, has_role, require
from hrplan.core.models import Member
from training_calendar import rules, wording
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import rest_releases as shapes
from training_calendar.models import Release
from training_calendar.usecases import differences_shown, releases, rule_weights


class ReleaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Reading):
    """Named releases of the calendar."""

    model, related = Release, ("by__user",)
    serializer_class = shapes.ReleaseSerializer

    @extend_schema(request=shapes.ReleaseAsked, responses={201: shapes.ReleaseSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """The head releases the working calendar to the stations."""
        wanted = asked(shapes.ReleaseAsked, request.data)
        made = releases.release(self.current_calendar(), by=self.request.member, **wanted)
        return Response(shapes.ReleaseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[shapes.AskedDifferences], responses=shapes.DifferencesAnswer)
    @action(detail=False)
    def differences(self, request: Request, **kwargs: Any) -> Response:
        """What differs between two states of the calendar."""
        wanted = asked(shapes.AskedDifferences, request.query_params)
        found = differences_shown.compare(self.request.member, **wanted)
        answer = differences_shown.answered(found, member=self.request.member)
        return Response(shapes.DifferencesAnswer(answer).data)

    @extend_schema(request=None, responses=shapes.FindingsAnswer)
    @action(detail=False, methods=["post"])
    def check(self, request: Request, **kwargs: Any) -> Response:
        """What stands against a release of the working calendar, and what only warns."""
        require(has_role(self.request.member, OFFICE))
        return Response(shapes.FindingsAnswer(releases.release_check(self.current_calendar())).data)


class RuleWeightViewSet(Reading):
    """The rules of the calendar, and what each does when it is broken."""

    serializer_class = shapes.RuleWeightSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_plan(member)

    @extend_schema(responses=shapes.RuleWeightSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        return self._answer()

    @extend_schema(request=shapes.RuleWeightAsked, responses=shapes.RuleWeightSerializer(many=True))
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Let one rule block, warn or be ignored."""
        wanted = asked(shapes.RuleWeightAsked, request.data)
        member = self.request.member
        chosen = {wanted["rule"]: wanted["weight"]}
        rule_weights.set_weights(member.administration, chosen, by=member)
        return self._answer()

    def _answer(self) -> Response:
        of = rule_weights.weights(self.request.member.administration)
        rows = [
            {
                "rule": code,
                "words": wording.rule(code),
                "weight": of[code].value,
                "may_change": code in rule_weights.USUAL,
            }
            for code in rule_weights.CODES
        ]
        return Response(shapes.RuleWeightSerializer(rows, many=True).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("releases", ReleaseViewSet, "release"),
    ("rule-weights", RuleWeightViewSet, "rule-weight"),
)
