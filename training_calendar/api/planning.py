"""REST resources of training: the same use cases and refusals as the pages."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.models import StaffMember
from competencies.rules import can_see_small_cells, small_cell_limit
from hrplan.core.access import require
from hrplan.core.models import Member, Run
from hrplan.core.rest import MemberMixin
from training_calendar import rules
from training_calendar.forms import attending as lists
from training_calendar.forms import rest
from training_calendar.forms import rest_compared as compared
from training_calendar.forms import rest_development as shapes
from training_calendar.forms import rest_editing as editing
from training_calendar.forms.pages import quarter_span
from training_calendar.forms.rest_budget import BudgetCaseAnswer
from training_calendar.models import (
    Budget,
    Calendar,
    Intervention,
    Module,
    Plan,
    Programme,
    TrainingSession,
)
from training_calendar.usecases import (
    attending,
    calendars,
    cover_windows,
    differences_shown,
    improving,
    interventions,
    interventions_list,
    modules,
    needs,
    needs_shown,
    plan_overview,
    plans,
    programme_progress,
    proposals,
    remedies,
    supply,
    undoing,
)
from training_calendar.usecases import obstacles as obstacle_use
from training_calendar.usecases import scenarios as scenario_use
from training_calendar.usecases import ways as ways_use
from training_calendar.usecases.budget_case import budget_case

Compared = proposals.Beside | improving.Improvement


def asked(kind: type, data: Any) -> dict[str, Any]:
    """What was asked for, checked in shape; a fault is a 400 naming the field."""
    found = kind(data=data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


class Reading(MemberMixin, viewsets.GenericViewSet):
    """For readers of plans, or who `allows` names; rows of the member's administration."""

    model: type[Any] = Plan
    related: tuple[str, ...] = ()
    lookup_value_converter = "int"
    pagination_class = None
    filter_backends = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(self.allows(self.request.member))

    def allows(self, member: Member) -> bool:
        return rules.can_see_plan(member)

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        seen = self.model.objects.visible_to(self.request.member)
        return seen.select_related("administration", *self.related)

    def current_plan(self) -> Plan:
        """The plan in force; where there is none nothing is found."""
        found = plan_overview.current_plan(self.request.member.administration)
        if found is None:
            raise Http404
        return found

    def current_calendar(self) -> Calendar:
        found = calendars.current_calendar(self.request.member.administration)
        if found is None:
            raise Http404
        return found

    def compared(self, found: Compared) -> dict[str, Any]:
        """What was worked out beside what stands, session by session, as it is answered."""
        lines = differences_shown.answered(found.compared, member=self.request.member)
        return {"found": found, "figures": found.figures, "calendar": lines}

    def span(self, label: str) -> Any:
        rows = Budget.objects.visible_to(self.request.member)
        return quarter_span(list(rows), label) if label else None


class ModuleViewSet(Reading):
    """The catalogue of modules."""

    model, related = Module, ("provider",)
    serializer_class = rest.ModuleSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_catalogue(member)

    @extend_schema(parameters=[rest.AskedModules], responses=rest.ModuleSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """All modules, or those of a provider, a mode, a competency."""
        wanted = asked(rest.AskedModules, request.query_params)
        rows = modules.module_rows(self.request.member.administration, **wanted)
        return Response(rest.ModuleSerializer(rows, many=True).data)

    @extend_schema(responses=rest.ModuleAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One module with what it lifts and asks."""
        return Response(rest.ModuleAnswer(modules.module_detail(self.get_object())).data)


class ProgrammeViewSet(Reading):
    """Modules that together earn an award."""

    model, related = Programme, ("provider", "requires")
    serializer_class = rest.ProgrammeRowSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_catalogue(member)

    @extend_schema(responses=rest.ProgrammeRowSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        rows = modules.programme_rows(self.request.member.administration)
        return Response(rest.ProgrammeRowSerializer(rows, many=True).data)

    @extend_schema(responses=rest.ProgrammeAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(rest.ProgrammeAnswer(modules.programme_detail(self.get_object())).data)

    @extend_schema(
        parameters=[shapes.AskedProgress], responses=shapes.ProgrammeProgressSerializer(many=True)
    )
    @action(detail=True)
    def people(self, request: Request, **kwargs: Any) -> Response:
        """Who is how far: the office all, a manager the own units."""
        member = self.request.member
        require(rules.can_see_nominees(member))
        seen = StaffMember.objects.visible_to(member)
        every = programme_progress.people_in(self.get_object(), seen)
        wanted = asked(shapes.AskedProgress, request.query_params)
        rows = programme_progress.narrowed(every, **wanted)
        return Response(shapes.ProgrammeProgressSerializer(rows, many=True).data)


class SupplyViewSet(Reading):
    """Trainers, venues, offers and money, with how far the plan uses them."""

    serializer_class = rest.SupplySerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_supply(member)

    @extend_schema(responses=rest.SupplySerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        found = supply.supply(self.request.member.administration)
        return Response(rest.SupplySerializer(found).data)


class NeedViewSet(Reading):
    """Needs of the plan in force; a null figure is withheld for small numbers."""

    serializer_class = rest.NeedsAnswer

    def _narrowed(self) -> dict[str, str]:
        wanted = asked(rest.AskedNeeds, self.request.query_params)
        return wanted if small_cell_limit(self.request.member) is None else {}

    @extend_schema(parameters=[rest.AskedNeeds], responses=rest.NeedsAnswer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Met and unmet, by reason, competency, unit and module."""
        limit, narrowed = small_cell_limit(self.request.member), self._narrowed()
        found = needs.needs_overview(self.current_plan(), **narrowed)
        groups = ("by_reason", "by_change", "by_competency", "by_unit", "by_module")
        lines = {name: needs_shown.need_lines(getattr(found, name), limit=limit) for name in groups}
        return Response(rest.NeedsAnswer({"total": found.total, **lines}).data)

    @extend_schema(parameters=[rest.AskedNeeds], responses=rest.NamedNeedSerializer(many=True))
    @action(detail=False)
    def people(self, request: Request, **kwargs: Any) -> Response:
        """Need by need with names: the office all, a manager the own units."""
        require(rules.can_see_nominees(self.request.member))
        rows = needs.needs_listed(
            self.current_plan(), member=self.request.member, **self._narrowed()
        )
        words = remedies.Words(self.request.member.administration)
        return Response(rest.named_needs(rows, words))


class PlanViewSet(mixins.ListModelMixin, Reading):
    """Development plans; asking for one gives a run."""

    related = ("calendar",)
    serializer_class = rest.PlanSerializer

    @extend_schema(responses=rest.PlanAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One plan in figures."""
        return Response(rest.PlanAnswer(plan_overview.plan_overview(self.get_object())).data)

    @extend_schema(request=rest.PlanAsked, responses={202: rest.RunAnswer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Ask for a plan."""
        wanted = asked(rest.PlanAsked, request.data)
        return accepted(plans.ask_for_plan(by=self.request.member, **wanted))

    @extend_schema(
        request=rest.ObstaclesAsked, responses=rest.ObstacleSerializer(many=True), filters=False
    )
    @action(detail=False, methods=["post"], pagination_class=None)
    def obstacles(self, request: Request, **kwargs: Any) -> Response:
        """What no plan with that share of the money could hold, and which rule alone would do."""
        wanted = asked(rest.ObstaclesAsked, request.data)
        found = obstacle_use.before_planning(by=self.request.member, **wanted)
        return Response(rest.ObstacleSerializer(found, many=True).data)

    @extend_schema(responses=rest.ScenariosAnswer)
    @action(detail=True)
    def scenarios(self, request: Request, **kwargs: Any) -> Response:
        """The plan under other conditions, side by side, and the budget frontier."""
        found, limit = self.get_object(), small_cell_limit(self.request.member)
        answer = {
            "scenarios": scenario_use.shown(found, limit=limit),
            "frontier": scenario_use.budget_steps(found),
        }
        return Response(rest.ScenariosAnswer(answer).data)

    @extend_schema(request=None, responses={202: rest.RunAnswer})
    @scenarios.mapping.post
    def work_out_scenarios(self, request: Request, **kwargs: Any) -> Response:
        """Ask for the scenarios to be worked out."""
        found = self.get_object()
        return accepted(scenario_use.ask_for_scenarios(found, by=self.request.member))

    @extend_schema(responses=BudgetCaseAnswer)
    @action(detail=True, url_path="budget-case")
    def budget_case(self, request: Request, **kwargs: Any) -> Response:
        """The plan at less and at more than the money asked for, and what the next step buys."""
        limit = small_cell_limit(self.request.member)
        return Response(BudgetCaseAnswer(budget_case(self.get_object(), limit=limit)).data)

    @extend_schema(responses=rest.WaysAnswer)
    @action(detail=True)
    def ways(self, request: Request, **kwargs: Any) -> Response:
        """How each step of levels is best learned; for those who see small numbers."""
        require(can_see_small_cells(self.request.member))
        return Response(rest.WaysAnswer(ways_use.ways(self.get_object())).data)

    @extend_schema(responses=compared.BesideAnswer)
    @action(detail=True)
    def comparison(self, request: Request, **kwargs: Any) -> Response:
        """A proposed plan beside the one in force."""
        found = proposals.beside(self.get_object(), by=self.request.member)
        return Response(compared.BesideAnswer(self.compared(found)).data)

    @extend_schema(request=None, responses=rest.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="put-in-force")
    def put_in_force(self, request: Request, **kwargs: Any) -> Response:
        """Put a proposed plan in the place of the one in force."""
        found = proposals.put_in_force(self.get_object(), by=self.request.member)
        return Response(rest.PlanSerializer(found).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, **kwargs: Any) -> Response:
        """Take a proposed plan away."""
        proposals.discard(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=rest.PlanSerializer)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """The head adopts the plan."""
        found = calendars.adopt_plan(self.get_object(), by=self.request.member)
        return Response(rest.PlanSerializer(found).data)


def accepted(run: Run) -> Response:
    """Work that was asked for and goes on."""
    return Response(rest.RunAnswer(run).data, status=status.HTTP_202_ACCEPTED)


class InterventionViewSet(Reading):
    """The lines of the plan in force; one of any plan by its id."""

    model, related = Intervention, ("module__provider", "finding", "plan")
    serializer_class = rest.InterventionRowSerializer

    @extend_schema(
        parameters=[rest.AskedInterventions], responses=rest.InterventionRowSerializer(many=True)
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        wanted = asked(rest.AskedInterventions, request.query_params)
        rows = interventions_list.intervention_rows(self.current_plan(), **wanted)
        return Response(rest.InterventionRowSerializer(rows, many=True).data)

    @extend_schema(responses=rest.InterventionAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        found = interventions.intervention_detail(self.get_object())
        return Response(rest.InterventionAnswer(found).data)


class OwnSessionViewSet(Reading):
    """What people do in their own sessions: sign in, and say what they thought of it."""

    model = TrainingSession
    related = ("calendar__plan",)
    serializer_class = lists.CodeAsked

    def allows(self, member: Member) -> bool:
        return rules.can_see_own_calendar(member)

    @extend_schema(request=lists.CodeAsked, responses={204: None})
    @action(detail=True, methods=["post"])
    def here(self, request: Request, **kwargs: Any) -> Response:
        """Sign oneself in by the code shown in the room."""
        wanted = asked(lists.CodeAsked, request.data)
        attending.sign_in(self.get_object(), wanted["code"], by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=lists.FeedbackAsked, responses={204: None})
    @action(detail=True, methods=["post"])
    def feedback(self, request: Request, **kwargs: Any) -> Response:
        """Say what one thought of a session attended; the name is not kept with it."""
        wanted = asked(lists.FeedbackAsked, request.data)
        attending.give_feedback(self.get_object(), by=self.request.member, **wanted)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CalendarViewSet(mixins.ListModelMixin, Reading):
    """Calendars: conflicts of the last check, a new check, better dates."""

    model, related = Calendar, ("plan",)
    serializer_class = rest.CalendarSerializer

    @extend_schema(responses=rest.CalendarAnswer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._answer(self.get_object())

    @extend_schema(request=None, responses=rest.CalendarAnswer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, **kwargs: Any) -> Response:
        """Judge the calendar by the checker that knows no solver."""
        found = self.get_object()
        require(rules.can_change_calendar(self.request.member, found))
        calendars.check_calendar(found)
        return self._answer(found)

    @extend_schema(request=rest.EffortAsked, responses={202: rest.RunAnswer})
    @action(detail=True, methods=["post"])
    def improve(self, request: Request, **kwargs: Any) -> Response:
        """Ask for better dates and places, to be compared; what is pinned stays."""
        found, wanted = self.get_object(), asked(rest.EffortAsked, request.data)
        return accepted(improving.ask_for_schedule(found, by=self.request.member, **wanted))

    @extend_schema(responses=compared.ImprovementAnswer)
    @action(detail=True)
    def improvement(self, request: Request, **kwargs: Any) -> Response:
        """What the last search for better dates found, beside the calendar as it stands."""
        found = improving.last_improvement(self.get_object(), by=self.request.member)
        if found is None:
            raise Http404
        return Response(compared.ImprovementAnswer(self.compared(found)).data)

    @extend_schema(request=compared.FoundAsked, responses={202: rest.RunAnswer})
    @improvement.mapping.post
    def apply_improvement(self, request: Request, **kwargs: Any) -> Response:
        """Ask that what was found takes the place of the calendar; refused where it is stale."""
        found, wanted = self.get_object(), asked(compared.FoundAsked, request.data)
        return accepted(improving.ask_to_apply(found, by=self.request.member, **wanted))

    @extend_schema(responses=editing.HandChangeSerializer(many=True))
    @action(detail=True)
    def changes(self, request: Request, **kwargs: Any) -> Response:
        """The latest changes by hand."""
        found = self.get_object()
        require(rules.can_change_calendar(self.request.member, found))
        rows = undoing.last_changes(found)
        return Response(editing.HandChangeSerializer(rows, many=True).data)

    @extend_schema(request=editing.UndoAsked, responses=editing.HandChangeSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, **kwargs: Any) -> Response:
        """Take the last change by hand back."""
        found = self.get_object()
        require(rules.can_change_calendar(self.request.member, found))
        key = asked(editing.UndoAsked, request.data)["change"]
        related = ("calendar__plan", "calendar__administration")
        change = get_object_or_404(found.hand_changes.select_related(*related), pk=key)
        done = undoing.undo(change, by=self.request.member)
        return Response(editing.HandChangeSerializer(done).data)

    def _answer(self, found: Calendar) -> Response:
        """Conflicts without staff numbers for those who see no nominees."""
        conflicts = calendars.conflicts(found)
        if not rules.can_see_nominees(self.request.member):
            conflicts = tuple(replace(conflict, staff="") for conflict in conflicts)
        return Response(rest.CalendarAnswer({"calendar": found, "conflicts": conflicts}).data)


class CoverViewSet(Reading):
    """People in training by station and week, against both limits."""

    serializer_class = rest.CoverSerializer

    @extend_schema(parameters=[rest.AskedQuarter], responses=rest.CoverSerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """The weeks of a quarter, or of the whole calendar."""
        span = self.span(asked(rest.AskedQuarter, request.query_params)["quarter"])
        found = self.current_calendar()
        first, last = span or (found.starts_on, found.ends_on)
        window = cover_windows.cover_window(found, first, last)
        return Response(rest.CoverSerializer(window.cover).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("modules", ModuleViewSet, "module"),
    ("programmes", ProgrammeViewSet, "programme"),
    ("supply", SupplyViewSet, "supply"),
    ("needs", NeedViewSet, "need"),
    ("plans", PlanViewSet, "plan"),
    ("interventions", InterventionViewSet, "intervention"),
    ("own-sessions", OwnSessionViewSet, "own-session"),
    ("calendars", CalendarViewSet, "calendar"),
    ("cover", CoverViewSet, "cover"),
)
