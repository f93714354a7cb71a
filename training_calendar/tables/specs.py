"""The product's own tables of training supply, as they are imported and exported."""

from decimal import Decimal

from hrplan.exchange.spec import Column, Kind, Table, Value
from training_calendar.analysis.costs import ON_LINES

MODES = ("classroom", "online", "external", "self_paced", "on_the_job", "provider_run")
BASES = ("estimate", "sourced")
SOURCE_KINDS = ("vote", "donor", "loan", "other")


def code(name: str, meaning: str, *, key: bool = False, to: str = "", required: bool = True,
         example: Value = None) -> Column:  # fmt: skip
    """A column that holds a code, of its own row or of another table's."""
    return Column(name=name, kind=Kind.CODE, key=key, required=required, reference=to or None,
                  max_length=40, meaning=meaning, example=example)  # fmt: skip


def text(name: str, meaning: str, *, length: int = 200, required: bool = False) -> Column:
    return Column(name=name, meaning=meaning, max_length=length, required=required)


def whole(name: str, meaning: str, *, unit: str = "", default: int | None = None,
          low: int = 0, high: int = 32000, required: bool = False) -> Column:  # fmt: skip
    return Column(name=name, kind=Kind.INTEGER, meaning=meaning, unit=unit, default=default,
                  minimum=low, maximum=high, required=required)  # fmt: skip


def amount(name: str, meaning: str, *, unit: str = "money", default: Decimal | None = None,
           required: bool = False) -> Column:  # fmt: skip
    return Column(name=name, kind=Kind.DECIMAL, meaning=meaning, unit=unit, default=default,
                  minimum=Decimal(0), required=required)  # fmt: skip


def day(name: str, meaning: str, *, required: bool = False, key: bool = False) -> Column:
    return Column(name=name, kind=Kind.DATE, meaning=meaning, required=required, key=key)


NOTHING = Decimal(0)
SPAN = (day("starts_on", "first day", key=True), day("ends_on", "last day", required=True))
PERIOD = (("starts_on", "ends_on"),)

TABLES: tuple[Table, ...] = (
    Table(
        name="providers", title="Providers", meaning="Who gives training.",
        columns=(
            code("provider", "short name of the provider", key=True, example="NTU"),
            text("name", "full name", required=True),
            text("kind", "kind of body", length=40),
        ),
    ),
    Table(
        name="training_modules", title="Training modules",
        meaning="Units of training; what each lifts stands in outcomes.",
        columns=(
            code("module", "code of the module", key=True, example="T05"),
            text("title", "title", required=True),
            code("provider", "who gives it", to="providers.provider"),
            Column(name="mode", kind=Kind.CHOICE, choices=MODES, required=True,
                   meaning="how it is given; classroom, online and external run in sessions"),
            amount("hours", "contact hours", unit="hours", required=True),
            amount("self_study_hours", "hours of own study", unit="hours", default=NOTHING),
            whole("days", "days of one session, or away from duty", unit="days", default=1),
            text("venue_kind", "kind of venue a classroom module needs", length=20),
            whole("min_group", "smallest group", unit="persons", default=1, low=1),
            whole("max_group", "largest group", unit="persons", default=20, low=1),
            amount("cost_session", "tutor and material of one session", default=NOTHING),
            amount("cost_person", "fee of one participant", default=NOTHING),
            Column(name="price_basis", kind=Kind.CHOICE, choices=BASES, default="estimate",
                   meaning="how the price is known"),
            text("price_source", "where the price comes from", length=300),
            day("price_date", "day the price stands for"),
            text("travel", "none, local, regional or long_haul", length=12),
            whole("lead_days", "days between nomination and start", unit="days", default=0),
            whole("validity_months", "months until it must be taken again", unit="months"),
            text("language", "language it is given in", length=10),
            text("certificate", "certificate earned", length=120),
            text("evaluation", "how learning is evaluated"),
            whole("min_service_years", "years of service asked", unit="years", default=0),
            text("audience_levels", "staff levels it belongs to, joined by ;", length=200),
            text("audience_profiles", "profiles that may attend, joined by ;; empty: all",
                 length=500),
            Column(name="is_offered", kind=Kind.BOOLEAN, default=True, meaning="can be had now"),
            text("evidence_url", "where it is described", length=500),
            day("checked_on", "day the facts were checked"),
        ),
    ),
    Table(
        name="outcomes", title="Outcomes",
        meaning="Who holds level_from or more is lifted to level_to.",
        columns=(
            code("module", "the module", key=True, to="training_modules.module"),
            code("competency", "the competency it lifts", key=True,
                 to="framework_competencies.competency"),
            whole("level_from", "least level held before", unit="level", default=0, high=5),
            whole("level_to", "level reached", unit="level", low=1, high=5, required=True),
        ),
    ),
    Table(
        name="module_prerequisites", title="Prerequisites",
        meaning="What must be attended, or be needless, before a module.",
        columns=(
            code("module", "the module", key=True, to="training_modules.module"),
            code("requires", "what it requires", key=True, to="training_modules.module"),
        ),
        acyclic=(("module", "requires"),),
    ),
    Table(
        name="programmes", title="Programmes", meaning="Modules that together earn an award.",
        columns=(
            code("programme", "code of the programme", key=True),
            text("title", "title", required=True),
            code("provider", "who gives it", to="providers.provider"),
            text("award", "certificate or diploma earned", length=120, required=True),
            text("delivery", "how and where it is given", length=2000),
            code("requires", "programme asked before", to="programmes.programme", required=False),
        ),
    ),
    Table(
        name="programme_modules", title="Units of programmes",
        meaning="The unit modules of each programme; they are not planned one by one.",
        columns=(
            code("programme", "the programme", key=True, to="programmes.programme"),
            code("module", "its unit", key=True, to="training_modules.module"),
        ),
    ),
    Table(
        name="trainers", title="Trainers", meaning="Who may lead sessions.",
        columns=(
            code("trainer", "code of the trainer", key=True),
            text("name", "name", required=True),
            text("region", "region the trainer lives in", length=40, required=True),
            code("staff", "staff number of an internal trainer", to="staff_members.staff",
                 required=False),
            code("provider", "provider of an external trainer", to="providers.provider",
                 required=False),
            whole("max_days_quarter", "most days of sessions a quarter", unit="days", default=20),
            text("accreditation", "accreditation held"),
            day("accredited_until", "accredited until"),
        ),
    ),
    Table(
        name="trainer_modules", title="What trainers may lead",
        meaning="The modules each trainer is qualified for.",
        columns=(
            code("trainer", "the trainer", key=True, to="trainers.trainer"),
            code("module", "the module", key=True, to="training_modules.module"),
        ),
    ),
    Table(
        name="trainer_absences", title="Absences of trainers", meaning="Days trainers are away.",
        columns=(code("trainer", "the trainer", key=True, to="trainers.trainer"), *SPAN),
        periods=PERIOD,
    ),
    Table(
        name="training_venues", title="Venues", meaning="Rooms where sessions are held.",
        columns=(
            code("venue", "code of the venue", key=True),
            text("title", "title", required=True),
            text("region", "region it lies in", length=40, required=True),
            text("kind", "classroom, lab, practical ...", length=20, required=True),
            whole("capacity", "places", unit="persons", low=1, required=True),
            amount("cost_day", "hire of a day", default=NOTHING),
        ),
    ),
    Table(
        name="venue_closures", title="Closed venues", meaning="Days a venue cannot be had.",
        columns=(code("venue", "the venue", key=True, to="training_venues.venue"), *SPAN),
        periods=PERIOD,
    ),
    Table(
        name="closures", title="Closures",
        meaning="Days on which nothing runs (ALL), a region's venues are shut (REGION), or nobody"
        " of a unit may leave (STATION).",
        columns=(
            day("starts_on", "first day", required=True),
            day("ends_on", "last day", required=True),
            Column(name="scope", kind=Kind.CHOICE, choices=("ALL", "REGION", "STATION"),
                   required=True, meaning="what is closed"),
            Column(name="region", max_length=40, meaning="the region, for scope REGION"),
            code("unit", "the unit, for scope STATION", to="units.unit", required=False),
            text("reason", "why"),
        ),
        periods=PERIOD,
    ),
    Table(
        name="staff_leave", title="Leave", meaning="Days staff members are away.",
        columns=(code("staff", "the staff member", key=True, to="staff_members.staff"), *SPAN),
        periods=PERIOD,
    ),
    Table(
        name="quarter_budgets", title="Budget by quarter",
        meaning="The money for training in each quarter of the fiscal year.",
        columns=(
            code("quarter", "label of the quarter, such as 2016/17 Q1", key=True),
            day("starts_on", "first day", required=True),
            day("ends_on", "last day", required=True),
            amount("amount", "money for training", required=True),
            text("source", "who pays", length=120),
        ),
        periods=PERIOD,
    ),
    Table(
        name="offers", title="Offers", meaning="Runs of external modules with fixed dates.",
        columns=(
            code("offer", "code of the offer", key=True),
            code("module", "the module", to="training_modules.module"),
            day("starts_on", "first day", required=True),
            day("ends_on", "last day", required=True),
            whole("places", "places", unit="persons", low=1, required=True),
            text("region", "where it is held", length=40, required=True),
            day("nominate_by", "last day to nominate"),
            text("funding", "who pays", length=120),
        ),
        periods=PERIOD,
    ),
    Table(
        name="exchange_rates", title="Rates of exchange",
        meaning="What a unit of the currency of shipped prices is worth in your own.",
        columns=(
            Column(name="currency", key=True, max_length=3, meaning="ISO 4217, such as BZD",
                   example="BZD"),
            Column(name="rate", kind=Kind.DECIMAL, required=True, minimum=Decimal("0.000001"),
                   meaning="how much of your own currency one unit of it is"),
            day("on", "the day on which it was so", required=True),
            text("source", "who says so", length=160, required=True),
        ),
    ),
    Table(
        name="budget_lines", title="Chart of accounts",
        meaning="The lines of the budget, and which costs of training fall on each.",
        columns=(
            Column(name="budget_line", kind=Kind.CODE, key=True, required=True, max_length=20,
                   meaning="code of the line, as the Estimates have it", example="31-3"),
            text("title", "what it is for", length=120, required=True),
            text("items", "items of cost that fall on it, joined by ;: " + ", ".join(ON_LINES),
                 length=400),
            Column(name="is_travel", kind=Kind.BOOLEAN, default=False,
                   meaning="whether it is a line of travel and subsistence"),
        ),
    ),
    Table(
        name="funding_sources", title="Sources of funding",
        meaning="Who pays for training: how much, in which window, under which conditions.",
        columns=(
            code("source", "code of the source", key=True, example="CARTAC"),
            text("name", "name", length=120, required=True),
            Column(name="kind", kind=Kind.CHOICE, choices=SOURCE_KINDS, required=True,
                   meaning="vote of the administration, donor, loan or project, or other"),
            day("starts_on", "first day of the window; empty: no limit"),
            day("ends_on", "last day of the window; empty: no limit"),
            amount("amount", "what it gives; empty: not known, or courses and no cash"),
            Column(name="pays_travel", kind=Kind.BOOLEAN, default=True,
                   meaning="whether it pays travel too"),
            text("conditions", "what it asks in return", length=1000),
        ),
        periods=PERIOD,
    ),
    Table(
        name="source_quarters", title="Quarters of sources",
        meaning="The quarters whose money holds that of each source.",
        columns=(
            code("source", "the source", key=True, to="funding_sources.source"),
            code("quarter", "the quarter", key=True, to="quarter_budgets.quarter"),
        ),
    ),
    Table(
        name="source_offers", title="Courses of sources",
        meaning="The dated courses that each source pays for.",
        columns=(
            code("source", "the source", key=True, to="funding_sources.source"),
            code("offer", "the offer", key=True, to="offers.offer"),
        ),
    ),
    Table(
        name="source_modules", title="Modules of sources",
        meaning="The modules that a source pays for, where it doesn't pay for any.",
        columns=(
            code("source", "the source", key=True, to="funding_sources.source"),
            code("module", "the module", key=True, to="training_modules.module"),
        ),
    ),
    Table(
        name="trips", title="Trips", meaning="What a trip costs one person, both ways.",
        columns=(
            Column(name="from_region", key=True, max_length=40, meaning="region left"),
            Column(name="to_region", key=True, max_length=40, meaning="region visited"),
            amount("cost", "fares both ways", required=True),
        ),
    ),
    Table(
        name="planning_parameters", title="Planning parameters",
        meaning="The horizon and the constants of planning; one row.",
        columns=(
            day("horizon_start", "first day of the calendar", key=True),
            day("horizon_end", "last day of the calendar", required=True),
            amount("discount_beta", "loss of worth over the horizon", unit="0..1",
                   default=Decimal("0.5")),
            amount("lambda_cost", "points a unit of money weighs; empty: the whole budget weighs"
                   " 5 % of the gap", unit="points/money"),
            amount("lambda_smooth", "share of the gap an uneven load costs", unit="0..1",
                   default=Decimal("0.02")),
            amount("per_diem", "for one person and day away", default=NOTHING),
            whole("max_days_staff_year", "training days of one person a year", unit="days",
                  default=20),
        ),
        periods=(("horizon_start", "horizon_end"),),
    ),
)  # fmt: skip
