"""The shapes of REST: what is asked with, and results field by field."""

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_type_hints

from django.db.models import Case, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from rest_framework import serializers

from hrplan.core.models import Run
from training_calendar.models import (
    Intervention,
    Mode,
    Module,
    Need,
    Plan,
    Programme,
    Remedy,
    Scenario,
)
from training_calendar.usecases import (
    calendars,
    cover,
    interventions,
    interventions_list,
    modules,
    needs_shown,
    obstacles,
    plan_overview,
    remedies,
    scenarios,
    session_detail,
    sessions_list,
    supply,
    ways,
)

CODE: dict[str, Any] = {"required": False, "default": "", "max_length": 40}
PLAIN: dict[Any, Any] = {
    str: serializers.CharField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    bool: serializers.BooleanField,
    date: serializers.DateField,
}


def _field(kind: Any) -> serializers.Field:
    """The field of a plain type; `X | None` may be null."""
    null = isinstance(kind, UnionType)
    if null:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if kind is Decimal:
        return serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=null)
    if get_args(kind):
        return serializers.ListField(child=_field(get_args(kind)[0]))
    return PLAIN[kind](allow_null=null)


def result(
    kind: type, names: str, called: str = "", **nested: serializers.Field
) -> type[serializers.Serializer]:
    """The serializer of a result: the fields named, by the types of the dataclass.

    called : its name in the schema, where another has that of the dataclass
    """
    known = get_type_hints(kind)
    stated = {name: known[name] for name in (field.name for field in fields(kind))}
    plain = {name: _field(stated[name]) for name in names.split()}
    return type(
        f"{called or kind.__name__}Serializer", (serializers.Serializer,), {**plain, **nested}
    )


LiftSerializer = result(sessions_list.Lift, "competency title level_from level_to")
LiftedSerializer = result(
    modules.Lifted, "outcome competency title level_from level_to name_from name_to"
)
SessionSerializer = result(
    sessions_list.SessionRow,
    "pk code module title starts_on ends_on days hours mode mode_words provider venue region"
    " audience places nominated cost intervention indicator funding funding_words source status"
    " status_words is_pinned fallback_on units",
    lifts=LiftSerializer(many=True),
)
NomineeSerializer = result(session_detail.Nominee, "pk name unit profile is_pinned place completed")
CoverEffectSerializer = result(
    session_detail.CoverEffect,
    "day station sent in_training on_duty minimum spare more by_minimum is_covered",
)
ModuleSerializer = result(
    modules.ModuleRow,
    "pk code title provider mode mode_words hours self_study_hours days cost_session cost_person"
    " price_basis is_offered sessions people",
    lifts=LiftedSerializer(many=True),
)
ConflictSerializer = result(calendars.Conflict, "rule words session station day found allowed")
NeedLineSerializer = result(needs_shown.NeedLine, "key words advice met unmet closed_share")
InterventionRowSerializer = result(
    interventions_list.InterventionRow,
    "pk code title kind kind_words audience people hours priority rank closes_gap cost"
    " opportunity funding funding_words source owner",
)
QuarterMoneySerializer = result(
    plan_overview.QuarterMoney, "quarter budget sessions outside source"
)
LeftOutSerializer = result(scenarios.LeftOut, "competency title needs reason")
ScenarioShownSerializer = result(
    scenarios.ScenarioShown,
    "title kind share budget cost closed closed_share sessions seats people reason",
    left_out=LeftOutSerializer(many=True),
)
ObstacleSerializer = result(obstacles.ObstacleShown, "module people rules what would_do")
WayLineSerializer = result(
    ways.WayLine, "competency title level people met first second is_followed elearning"
)
BuyLineSerializer = result(ways.BuyLine, "code title people days trip send bring fee_day choice")
ProgrammeOptionSerializer = result(ways.ProgrammeLine, "pk code title award needs people several")
BudgetStepSerializer = result(
    scenarios.BudgetStep, "share budget closed closed_share each_thousand"
)
ScarceSerializer = result(plan_overview.ScarceThing, "kind words price amount")
CoverCellSerializer = result(
    cover.CoverCell, "week in_training person_days spare binding_days broken_days is_peak"
)
StationCoverSerializer = result(
    cover.StationCover,
    "pk code title headcount rostered max_away minimum",
    cells=CoverCellSerializer(many=True),
)
CoverSerializer = result(cover.Cover, "weeks", stations=StationCoverSerializer(many=True))
LoadSerializer = result(supply.Load, "quarter days most")
GroupSerializer = result(interventions.Group, "code title people")


class NamedSerializer(serializers.ModelSerializer):
    """A module named by another row."""

    class Meta:
        model = Module
        fields = ("id", "code", "title")


class ModuleDetailSerializer(serializers.ModelSerializer):
    """One module's own facts; what hangs on it stands beside them in `ModuleAnswer`."""

    provider = serializers.CharField(source="provider.name")

    class Meta:
        model = Module
        fields = (
            *("id", "code", "title", "provider", "mode", "hours", "self_study_hours", "days"),
            *("venue_kind", "min_group", "max_group", "cost_session", "cost_person"),
            *("price_basis", "price_source", "price_date", "travel", "lead_days"),
            *("validity_months", "language", "certificate", "evaluation", "min_service_years"),
            *("audience_levels", "audience_profiles", "is_offered", "evidence_url", "checked_on"),
        )


class ModuleAnswer(serializers.Serializer):
    module = ModuleDetailSerializer()
    lifts = LiftedSerializer(many=True)
    requires = NamedSerializer(many=True)
    unlocks = NamedSerializer(many=True)
    trainers = serializers.IntegerField()
    outside = serializers.IntegerField()


class ProgrammeSerializer(serializers.ModelSerializer):
    provider = serializers.CharField(source="provider.name")

    class Meta:
        model = Programme
        fields = ("id", "code", "title", "provider", "award", "delivery", "requires")


class ProgrammeRowSerializer(serializers.Serializer):
    programme = ProgrammeSerializer()
    units = serializers.IntegerField()
    hours = serializers.FloatField()
    awards = serializers.IntegerField()
    enrolled = serializers.IntegerField()


class ProgrammeAnswer(serializers.Serializer):
    row = ProgrammeRowSerializer()
    units = ModuleSerializer(many=True)


class ScenarioSerializer(serializers.ModelSerializer):
    class Meta:
        model = Scenario
        fields = ("share", "budget", "cost", "closed", "total", "sessions", "seats", "people")


class ScenariosAnswer(serializers.Serializer):
    """All scenarios, and the frontier: what each further part of the money buys."""

    scenarios = ScenarioShownSerializer(many=True)
    frontier = BudgetStepSerializer(many=True)


class WaysAnswer(serializers.Serializer):
    """Ways of learning step by step, make or buy, programmes as options."""

    steps = WayLineSerializer(many=True)
    buying = BuyLineSerializer(many=True)
    programmes = ProgrammeOptionSerializer(many=True)


class NeedTotalSerializer(serializers.Serializer):
    needs = serializers.IntegerField()
    met = serializers.IntegerField()
    unmet = serializers.IntegerField()
    closed_share = serializers.FloatField()


class NeedsAnswer(serializers.Serializer):
    total = NeedTotalSerializer()
    by_reason = NeedLineSerializer(many=True)
    by_change = NeedLineSerializer(many=True)
    by_competency = NeedLineSerializer(many=True)
    by_unit = NeedLineSerializer(many=True)
    by_module = NeedLineSerializer(many=True)


class RemedySerializer(serializers.Serializer):
    """What would meet a need: parts are the changes, places the sessions they make possible."""

    kind = serializers.CharField()
    change = serializers.CharField()
    place = serializers.CharField()
    cost = serializers.FloatField(allow_null=True)
    is_single = serializers.BooleanField()
    parts = serializers.ListField(child=serializers.DictField())
    places = serializers.ListField(child=serializers.DictField())


class NamedNeedSerializer(serializers.Serializer):
    staff_member = serializers.IntegerField(source="staff_member_id")
    name = serializers.CharField(source="staff_member")
    unit = serializers.CharField(source="staff_member.unit.code")
    competency = serializers.CharField(source="competency.code")
    module = serializers.CharField(source="module.code", default="")
    held = serializers.FloatField()
    required = serializers.IntegerField()
    reached = serializers.FloatField()
    is_critical = serializers.BooleanField()
    is_met = serializers.BooleanField()
    reason = serializers.CharField()
    remedy = RemedySerializer(allow_null=True)


def named_needs(rows: QuerySet[Need], words: remedies.Words) -> list[dict[str, Any]]:
    """Thousands of needs as `NamedNeedSerializer` gives them, without a model for each."""
    names = ("staff_member", "name", "unit", "competency", "module", "held", "required",
             "reached", "is_critical", "is_met", "reason")  # fmt: skip
    told = Case(
        When(staff_member__name="", then="staff_member__code"), default="staff_member__name"
    )
    found = rows.values_list(
        "staff_member_id", told, "staff_member__unit__code", "competency__code",
        Coalesce("module__code", Value("")), Cast("held", FloatField()), "required",
        Cast("reached", FloatField()), "is_critical", "is_met", "reason",
        "remedy__kind", "remedy__parts", "remedy__places", "remedy__cost",
    )  # fmt: skip
    return [
        {**dict(zip(names, row[: len(names)], strict=True)), "remedy": _remedy(row[-4:], words)}
        for row in found
    ]


def _remedy(row: tuple[Any, ...], words: remedies.Words) -> dict[str, Any] | None:
    """A stored remedy with its words; None for a need that is met."""
    kind, parts, places, cost = row
    if kind is None:
        return None
    shown = words.shown(Remedy(kind=kind, parts=parts, places=places, cost=cost))
    return {**asdict(shown), "parts": parts, "places": places}


class PlanSerializer(serializers.ModelSerializer):
    class Meta:
        model = Plan
        fields = (
            *("id", "title", "as_of", "state", "is_current", "budget_share", "objective"),
            *("bound", "total_gap", "closed_gap"),
        )


class PlanAnswer(serializers.Serializer):
    plan = PlanSerializer()
    better = serializers.FloatField(allow_null=True)
    closed_share = serializers.FloatField()
    interventions = serializers.IntegerField()
    other_measures = serializers.IntegerField()
    sessions = serializers.IntegerField()
    seats = serializers.IntegerField()
    outside_enrolments = serializers.IntegerField()
    people = serializers.IntegerField()
    person_hours = serializers.FloatField()
    budget = serializers.FloatField()
    cost = serializers.FloatField()
    opportunity = serializers.FloatField()
    not_assessed = serializers.IntegerField()
    quarters = QuarterMoneySerializer(many=True)
    scenarios = ScenarioSerializer(many=True)
    scarce = ScarceSerializer(many=True)


class CostLineSerializer(serializers.Serializer):
    budget_line = serializers.CharField()
    title = serializers.CharField()
    quarter = serializers.CharField()
    quantity = serializers.FloatField()
    unit = serializers.CharField()
    rate = serializers.FloatField()
    amount = serializers.FloatField()
    is_opportunity = serializers.BooleanField()


class InterventionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Intervention
        fields = (
            *("id", "plan", "code", "kind", "module", "title", "need_text", "audience", "people"),
            *("hours", "priority", "rank", "closes_gap", "funding", "source", "duty", "owner"),
            *("evaluation", "indicator", "finding"),
        )


class InterventionAnswer(serializers.Serializer):
    """One line of the plan; cost lines in the administration's currency as of the price date."""

    intervention = InterventionSerializer()
    currency = serializers.CharField(source="intervention.administration.currency")
    price_date = serializers.DateField(
        source="intervention.module.price_date", allow_null=True, default=None
    )
    price_source = serializers.CharField(source="intervention.module.price_source", default="")
    lifts = LiftSerializer(many=True)
    cost = serializers.FloatField()
    opportunity = serializers.FloatField()
    outside = serializers.IntegerField()
    cost_lines = CostLineSerializer(many=True)
    sessions = SessionSerializer(many=True)


class EvaluationSerializer(serializers.Serializer):
    level = serializers.IntegerField()
    due_on = serializers.DateField()
    instrument = serializers.CharField()
    result = serializers.CharField()


class ChangeSerializer(serializers.Serializer):
    changed_on = serializers.DateField()
    what = serializers.CharField()
    reason = serializers.CharField()


class OnlineVersionSerializer(serializers.Serializer):
    """The module online that stands in if a storm comes: lifts `lifted` of `asked` as far."""

    module = serializers.CharField(source="code")
    title = serializers.CharField()
    lifted = serializers.IntegerField()
    asked = serializers.IntegerField()


class SessionAnswer(serializers.Serializer):
    row = SessionSerializer()
    nominees = NomineeSerializer(many=True, allow_null=True)
    cover = CoverEffectSerializer(many=True)
    evaluations = EvaluationSerializer(many=True)
    changes = ChangeSerializer(many=True)
    online = OnlineVersionSerializer(allow_null=True)


class CalendarSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    plan = serializers.IntegerField(source="plan_id")
    state = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class CalendarAnswer(serializers.Serializer):
    calendar = CalendarSerializer()
    conflicts = ConflictSerializer(many=True)


class TrainerSerializer(serializers.Serializer):
    code = serializers.CharField(source="trainer.code")
    name = serializers.CharField(source="trainer.name")
    region = serializers.CharField(source="trainer.region")
    modules = serializers.ListField(child=serializers.CharField())
    loads = LoadSerializer(many=True)


class VenueSerializer(serializers.Serializer):
    code = serializers.CharField(source="venue.code")
    title = serializers.CharField(source="venue.title")
    kind = serializers.CharField(source="venue.kind")
    capacity = serializers.IntegerField(source="venue.capacity")
    days = serializers.IntegerField()
    sessions = serializers.IntegerField()


class OfferSerializer(serializers.Serializer):
    code = serializers.CharField(source="offer.code")
    module = serializers.CharField(source="offer.module.code")
    starts_on = serializers.DateField(source="offer.starts_on")
    ends_on = serializers.DateField(source="offer.ends_on")
    places = serializers.IntegerField(source="offer.places")
    nominate_by = serializers.DateField(source="offer.nominate_by", allow_null=True)
    seats = serializers.IntegerField()
    is_taken = serializers.BooleanField()


class SupplySerializer(serializers.Serializer):
    budget = serializers.DecimalField(max_digits=14, decimal_places=2)
    leaves = serializers.IntegerField()
    people_with_leave = serializers.IntegerField()
    trainers = TrainerSerializer(many=True)
    venues = VenueSerializer(many=True)
    offers = OfferSerializer(many=True)


class RunAnswer(serializers.ModelSerializer):
    """The run that does the work; its own resource tells how far it is."""

    class Meta:
        model = Run
        fields = ("id", "kind", "state")


class AskedModules(serializers.Serializer):
    provider = serializers.CharField(**CODE)
    mode = serializers.ChoiceField(choices=Mode.choices, required=False, default="")
    competency = serializers.CharField(**CODE)
    words = serializers.CharField(**CODE)


class AskedNeeds(serializers.Serializer):
    """Only for those who see small cells; others are told the whole."""

    competency = serializers.CharField(**CODE)
    unit = serializers.CharField(**CODE)
    reason = serializers.CharField(**CODE)
    change = serializers.CharField(**CODE)


class AskedSessions(serializers.Serializer):
    quarter = serializers.CharField(**CODE)
    unit = serializers.CharField(**CODE)
    module = serializers.CharField(**CODE)


class AskedQuarter(serializers.Serializer):
    quarter = serializers.CharField(**CODE)


class AskedInterventions(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Intervention.Kind.choices, required=False, default="")
    funding = serializers.ChoiceField(
        choices=Intervention.Funding.choices, required=False, default=""
    )


class ObstaclesAsked(serializers.Serializer):
    budget_share = serializers.FloatField(min_value=0.1, max_value=2, default=1.0)


class PlanAsked(serializers.Serializer):
    budget_share = serializers.FloatField(min_value=0.1, max_value=2, default=1.0)
    effort = serializers.IntegerField(min_value=1, max_value=400, allow_null=True, default=None)


class EffortAsked(serializers.Serializer):
    effort = serializers.IntegerField(min_value=1, max_value=400, allow_null=True, default=None)


class CancelAsked(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class PinAsked(serializers.Serializer):
    pinned = serializers.BooleanField()
