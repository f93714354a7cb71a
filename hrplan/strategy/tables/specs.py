"""The tables of strategy: what is imported and exported, column by column."""

from decimal import Decimal

from hrplan.exchange.spec import Column, Kind, Table
from training_calendar.tables.specs import amount, code, day, text, whole

BETTER = ("higher", "lower", "band", "monitored")
THEMES = (
    "organisation", "workforce", "recruitment", "performance", "learning", "career", "integrity",
    "wellbeing", "systems",
)  # fmt: skip
FUNDING = ("within", "virement", "next", "donor")
RULES = (
    "transition", "selection", "calendar", "evaluation", "arrangement", "approval", "office",
    "monitoring", "improvement", "reporting",
)  # fmt: skip
SCOPES = ("strategy", "plan")
LONG = 20_000
PERIOD = (("starts_on", "ends_on"),)


def number(name: str, meaning: str, *, required: bool = False) -> Column:
    """A column of any number, such as a value of an indicator."""
    limit = Decimal("9999999999.99")
    return Column(name=name, kind=Kind.DECIMAL, meaning=meaning, required=required,
                  unit="unit of the indicator", minimum=-limit, maximum=limit)  # fmt: skip


def choice(name: str, choices: tuple[str, ...], meaning: str, *, key: bool = False,
           default: str | None = None) -> Column:  # fmt: skip
    return Column(name=name, kind=Kind.CHOICE, choices=choices, meaning=meaning, key=key,
                  required=True, default=default)  # fmt: skip


def key_text(name: str, meaning: str, *, length: int = 200) -> Column:
    return Column(name=name, meaning=meaning, max_length=length, key=True)


STRATEGY = code("strategy", "the strategy in force", key=True, to="strategy.strategy")
INDICATOR = code("indicator", "the indicator", key=True, to="indicators.indicator")
INITIATIVE = code("initiative", "the initiative", key=True, to="initiatives.initiative")
POSITION = whole("position", "place in the list", default=0)
POINTS = text("reference_points", "reference points it serves, joined by ;", length=300)

# fmt: off
TABLES: tuple[Table, ...] = (
    Table(
        name="strategy", title="Strategy", periods=PERIOD,
        meaning="The HR strategy; the other tables hold the rows of the one in force.",
        columns=(
            code("strategy", "short name: letters, digits and hyphens", key=True,
                 example="hr-2016-2018"),
            text("title", "title", required=True),
            code("exercise", "diagnostic exercise it rests on", to="exercises.code",
                 required=False),
            day("starts_on", "first day", required=True),
            day("ends_on", "last day", required=True),
            text("vision", "vision for people in the service", length=LONG),
            text("mandate", "mandate and functions", length=LONG),
            text("foreword", "foreword of the head of the administration", length=LONG),
            Column(name="is_current", kind=Kind.BOOLEAN, default=True,
                   meaning="whether it is in force; there is one at a time"),
        ),
    ),
    Table(
        name="principles", title="Principles", meaning="Principles and values of the strategy.",
        columns=(
            STRATEGY, key_text("title", "the principle in a few words", length=120),
            text("text", "what it means in daily work", length=LONG, required=True), POSITION,
        ),
    ),
    Table(
        name="objectives", title="Objectives", meaning="The strategic objectives.",
        columns=(
            STRATEGY, code("objective", "code of the objective", key=True, example="SO1"),
            text("title", "title", length=300, required=True),
            text("rationale", "why it is needed", length=LONG), POINTS,
            text("domains", "diagnostic domains it answers, codes joined by ;", length=300),
            text("findings", "findings it answers, codes joined by ;", length=1000),
            text("owner", "who answers for it", length=120),
        ),
    ),
    Table(
        name="objective_links", title="Links to corporate objectives",
        meaning="Which corporate objectives each objective serves.",
        columns=(
            code("objective", "the objective", key=True, to="objectives.objective"),
            code("corporate_objective", "the corporate objective", key=True,
                 to="corporate_objectives.code"),
        ),
    ),
    Table(
        name="indicators", title="Indicators",
        meaning="What shows whether an objective is reached.",
        columns=(
            STRATEGY,
            code("indicator", "code; those of the catalogue, such as K10, are also computed",
                 key=True, example="K10"),
            code("objective", "the objective it belongs to", to="objectives.objective",
                 required=False),
            text("title", "title", required=True),
            text("formula", "how it is worked out", length=LONG),
            text("unit", "what it is counted in", length=40),
            Column(name="better", kind=Kind.CHOICE, choices=BETTER,
                   meaning="which way is better; empty: as the catalogue has it, else higher"),
            number("baseline", "value at the start"), day("baseline_on", "day of the baseline"),
            number("target", "value aimed at"), day("target_on", "day the target is due"),
            number("band_low", "lower end of the band it is to lie in; both ends or none"),
            number("band_high", "upper end of the band"),
            text("owner", "who answers for it", length=120),
            text("source", "where the figures come from"),
            text("limits", "how far the figure can be trusted, what it leaves out", length=LONG),
            POINTS,
        ),
    ),
    Table(
        name="indicator_modules", title="Training behind indicators",
        meaning="Which modules are to move each indicator.",
        columns=(
            INDICATOR,
            code("module", "the module", key=True, to="training_modules.module"),
        ),
    ),
    Table(
        name="measurements", title="Measurements", meaning="Values of indicators, day by day.",
        columns=(
            INDICATOR, day("measured_on", "day", key=True),
            number("value", "the value", required=True), text("note", "note", length=300),
        ),
    ),
    Table(
        name="target_changes", title="Moved targets",
        meaning="Targets moved, each with its reason; the indicator holds the last one.",
        columns=(
            INDICATOR, day("changed_on", "day", key=True),
            number("before", "target before"), number("after", "target after"),
            text("band_before", "band before, such as 24–40", length=40),
            text("band_after", "band after", length=40),
            text("reason", "why it was moved", length=300, required=True),
        ),
    ),
    Table(
        name="initiatives", title="Initiatives", meaning="The action cards of the strategy.",
        periods=PERIOD,
        columns=(
            STRATEGY, code("initiative", "code of the initiative", key=True, example="I01"),
            code("objective", "the objective it serves", to="objectives.objective"),
            choice("theme", THEMES, "theme it belongs to"),
            text("title", "title", required=True),
            text("action", "what is done", length=LONG, required=True),
            text("owner", "who does it", length=120, required=True),
            day("starts_on", "first day", required=True), day("ends_on", "last day", required=True),
            text("depends_on", "what it depends on"),
            text("legal_change", "law or rule to be amended"),
            text("recommendations", "recommendations it carries out, finding:place joined by ;,"
                 " such as D1.1:2", length=1000),
        ),
    ),
    Table(
        name="milestones", title="Milestones", meaning="Dated proofs of progress.",
        columns=(
            INITIATIVE, key_text("title", "what is there to be shown"),
            day("due_on", "day it is due", required=True), day("done_on", "day it was done"),
        ),
    ),
    Table(
        name="risks", title="Risks", meaning="What may go wrong, and what is done about it.",
        columns=(
            STRATEGY, code("risk", "code of the risk", key=True, example="R01"),
            text("title", "what may happen", length=300, required=True),
            whole("likelihood", "1 rare to 5 almost certain", low=1, high=5, required=True),
            whole("impact", "1 slight to 5 severe", low=1, high=5, required=True),
            text("owner", "who watches it", length=120, required=True),
            text("mitigation", "what is done about it", length=LONG, required=True),
            choice("scope", SCOPES, "risk of the strategy, or of the development plan",
                   default="strategy"),
        ),
    ),
    Table(
        name="strategy_costs", title="Costs of the strategy",
        meaning="Cost lines of initiatives; training is costed in the development plan.",
        columns=(
            INITIATIVE,
            code("fiscal_year", "fiscal year, such as 2016/17", key=True, example="2016/17"),
            code("budget_line", "line of the Estimates", key=True, example="3101"),
            key_text("title", "the item"),
            amount("quantity", "how many", unit="units", required=True),
            text("unit", "of what", length=40, required=True),
            amount("rate", "price of one", required=True),
            amount("amount", "cost in the year", required=True),
            choice("funding", FUNDING, "how it is funded: within the vote of the year, virement,"
                   " next call, donor"),
            text("source", "who pays", length=120),
            text("rate_source", "where the rate comes from"),
            day("priced_on", "day on which the rate held"),
            Column(name="is_recurrent", kind=Kind.BOOLEAN, default=False,
                   meaning="whether it goes on after the last year"),
        ),
    ),
    Table(
        name="obligations", title="Obligations",
        meaning="Duties in law or reform that ask for training or a measure by a date.",
        columns=(
            code("obligation", "code of the duty", key=True, example="TFA-7.4"),
            text("title", "what is asked", length=300, required=True),
            text("source", "law, agreement or programme", required=True),
            day("due_on", "day it is due"),
            text("training_need", "training it asks for", length=300),
            text("competencies", "codes of competencies it needs, joined by ;"),
        ),
    ),
    Table(
        name="requested_decisions", title="Decisions requested",
        meaning="What the ministry is asked to decide.",
        columns=(
            STRATEGY,
            Column(name="number", kind=Kind.INTEGER, key=True, minimum=1, maximum=999,
                   meaning="number of the decision"),
            text("text", "the decision asked for", length=LONG, required=True),
            text("body", "who decides", length=120),
        ),
    ),
    Table(
        name="responsibilities", title="Responsibilities",
        meaning="Who is responsible, accountable, consulted and informed.",
        columns=(
            STRATEGY, key_text("task", "the task"),
            text("responsible", "who does it", length=120, required=True),
            text("accountable", "who answers for it", length=120, required=True),
            text("consulted", "who is asked"), text("informed", "who is told"), POSITION,
        ),
    ),
    Table(
        name="policy_rules", title="Rules", meaning="Rules the administration set itself.",
        columns=(
            choice("kind", RULES, "what the rule is on", key=True),
            key_text("title", "the rule in a few words"),
            text("text", "the rule", length=LONG, required=True), POSITION,
        ),
    ),
    Table(
        name="consultations", title="Consultations",
        meaning="Whom the strategy was discussed with, and what they held.",
        columns=(
            STRATEGY, day("held_on", "day", key=True),
            key_text("body", "whom it was discussed with"),
            text("view", "what they held", length=LONG, required=True),
        ),
    ),
)
# fmt: on
