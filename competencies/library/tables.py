"""What the import and export tables of this floor hold: columns, units and meanings."""

from decimal import Decimal

from hrplan.exchange.spec import Column, Kind, Table

STAFF_LEVELS = (
    "recruits", "officers", "specialists", "supervisors", "managers", "executives", "support",
)  # fmt: skip
SOURCES = ("self", "supervisor", "peer", "test", "validated")
TOP = 5  # the highest level any table may hold; a framework's own scale may end below it


def _code(name: str, meaning: str, *, key: bool = False, to: str = "", **more: object) -> Column:
    return Column(
        name=name,
        kind=Kind.CODE,
        key=key,
        meaning=meaning,
        reference=to or None,
        max_length=20,
        **more,  # type: ignore[arg-type]
    )


def _text(name: str, meaning: str, length: int = 200, **more: object) -> Column:
    return Column(name=name, meaning=meaning, max_length=length, **more)  # type: ignore[arg-type]


def _date(name: str, meaning: str, **more: object) -> Column:
    return Column(name=name, kind=Kind.DATE, meaning=meaning, **more)  # type: ignore[arg-type]


def _whole(name: str, meaning: str, **more: object) -> Column:
    return Column(name=name, kind=Kind.INTEGER, meaning=meaning, **more)  # type: ignore[arg-type]


def _decimal(
    name: str, meaning: str, most: str, *, default: str | None = None, unit: str = ""
) -> Column:
    return Column(
        name=name,
        kind=Kind.DECIMAL,
        minimum=Decimal(0),
        maximum=Decimal(most),
        default=None if default is None else Decimal(default),
        unit=unit,
        meaning=meaning,
    )


def _yes_no(name: str, meaning: str, *, default: bool = False) -> Column:
    return Column(name=name, kind=Kind.BOOLEAN, meaning=meaning, default=default)


def _choice(name: str, meaning: str, choices: tuple[str, ...], **more: object) -> Column:
    return Column(
        name=name, kind=Kind.CHOICE, meaning=meaning, choices=choices, **more  # type: ignore[arg-type]
    )  # fmt: skip


POSITION = _whole("position", "place in lists, from the top", default=0, minimum=0)
FRAMEWORK = Column(
    name="framework",
    kind=Kind.CODE,
    required=True,
    reference="frameworks.framework",
    max_length=60,
    meaning="code of the framework in force",
)
FRAMEWORK_KEY = Column(
    name="framework",
    kind=Kind.CODE,
    key=True,
    reference="frameworks.framework",
    max_length=60,
    meaning="code of the framework in force",
)
COMPETENCY = "framework_competencies.competency"

FRAMEWORKS = Table(
    name="frameworks",
    title="Frameworks",
    meaning="Versions of the competency framework; assessments and profiles belong to one.",
    columns=(
        Column(name="framework", kind=Kind.CODE, key=True, max_length=60, meaning="code"),
        _text("version", "version of it, such as 1.0", 10, key=True),
        _text("title", "what it is called", required=True),
        _text("language", "language of its texts, such as en", 10, default="en"),
        _text("provider", "who wrote it", 120),
        _text("licence", "under which licence", 60),
        _text("provenance", "where it comes from", 4000),
        _choice(
            "state", "whether it is in force", ("draft", "in_force", "retired"), default="in_force"
        ),
    ),
)
LEVELS = Table(
    name="framework_levels",
    title="Framework levels",
    meaning="The steps of the scale; level 0 is assessed and not held.",
    columns=(
        FRAMEWORK_KEY,
        _whole("level", "step of the scale", key=True, minimum=0, maximum=TOP, unit="level"),
        _text("name", "what the step is called", 60, required=True),
        _text("can_do", "what somebody at this level does", 4000),
        _text("autonomy", "under how much guidance", 4000),
        _text("evidence", "what shows it", 4000),
        _text("typical_time", "how long it takes to reach it", 120),
    ),
)
GROUPS = Table(
    name="framework_groups",
    title="Competency groups",
    meaning="Families of competencies.",
    columns=(
        FRAMEWORK_KEY,
        _code("group", "code of the group", key=True),
        _text("title", "what the group is called", 120, required=True),
        _text("assessed_by", "how its competencies are assessed", 300),
        _yes_no("in_gap_totals", "whether its gaps are summed", default=True),
        POSITION,
    ),
)
COMPETENCIES = Table(
    name="framework_competencies",
    title="Competencies",
    meaning="The competencies of the framework in force.",
    columns=(
        FRAMEWORK_KEY,
        _code("competency", "code of the competency", key=True, example="O2"),
        _code("group", "its group", required=True, to="framework_groups.group"),
        _text("title", "what it is called", required=True),
        _text("definition", "what it means", 4000),
        _text("basis", "on what it rests", 200),
        _whole("weight", "importance for the administration", default=2, minimum=1, maximum=3),
        POSITION,
    ),
)
LEVEL_TEXTS = Table(
    name="level_texts",
    title="Level texts",
    meaning="What an observer sees somebody do who holds the level.",
    columns=(
        _code("competency", "code of the competency", key=True, to=COMPETENCY),
        _whole("level", "level held", key=True, minimum=1, maximum=TOP, unit="level"),
        _text("text", "what is seen", 4000, required=True),
        _text("knowledge", "what has to be known for it", 4000),
        _text("skill", "what has to be mastered for it", 4000),
    ),
)
PROFILES = Table(
    name="job_profiles",
    title="Job profiles",
    meaning="Kinds of work; what each requires stands in the table requirements.",
    columns=(
        _code("profile", "code of the profile", key=True, example="R7"),
        FRAMEWORK,
        _text("title", "what the work is called", required=True),
        _text("band", "band of responsibility", 60),
        _text("family", "job family", 60),
        _choice("staff_level", "layer of staff", STAFF_LEVELS, required=True),
        _text("purpose", "what the work is for", 4000),
        _text("typical_rank", "rank that usually holds it", 120),
        _text("eu_equivalent", "nearest role of the EU framework", 120),
        _choice("state", "only approved profiles ask for levels", ("draft", "approved"),
                default="draft"),
        POSITION,
    ),
)  # fmt: skip
REQUIREMENTS = Table(
    name="requirements",
    title="Requirements",
    meaning="The level a job profile asks for in one competency.",
    columns=(
        _code("profile", "code of the profile", key=True, to="job_profiles.profile"),
        _code("competency", "code of the competency", key=True, to=COMPETENCY),
        _whole("level", "level asked for", required=True, minimum=1, maximum=TOP, unit="level"),
        _whole("weight", "importance in the profile", default=2, minimum=1, maximum=3),
        _yes_no("critical", "whether the work cannot be done below it"),
        _text("steps", "levels asked for on the way, such as 2016:2;2017:3", 100),
    ),
)
UNITS = Table(
    name="units",
    title="Units",
    meaning="Parts of the administration; a station keeps a minimum of people on duty.",
    columns=(
        _code("unit", "code of the unit", key=True, example="BZC"),
        _text("title", "what it is called", required=True),
        _text("kind", "kind of unit, such as port or airport", 40),
        _code("parent", "the unit above it", to="units.unit"),
        _text("region", "code of the region it lies in", 40, required=True),
        _yes_no("is_station", "whether it is a station"),
        _text("duty_pattern", "hours of duty in words", 120),
        _text("duty_weekdays", "days of duty, 0 is Monday, joined by ;", 20),
        _whole("shifts", "shifts a day", default=1, minimum=1, maximum=6),
        _whole("minimum_on_duty", "fewest people on duty", minimum=0, unit="persons"),
        Column(
            name="max_away_share",
            kind=Kind.DECIMAL,
            default=Decimal("0.15"),
            minimum=Decimal(0),
            maximum=Decimal(1),
            unit="share of the roster",
            meaning="most of its people in training on one day",
        ),
        _text("peak_months", "months of most work, 1 to 12, joined by ;", 40),
        POSITION,
    ),
)
POSTS = Table(
    name="posts",
    title="Posts",
    meaning="Established places, filled or vacant; a staff member points to the post held.",
    columns=(
        _code("post", "number of the post", key=True),
        _code("unit", "unit it belongs to", required=True, to="units.unit"),
        _code("profile", "profile of the work", required=True, to="job_profiles.profile"),
        _text("rank", "rank of the post", 80),
        _yes_no("is_key", "whether its vacancy would stop a duty"),
        _yes_no("is_vulnerable", "whether it is exposed to integrity risks"),
        _date("vacant_since", "day since when it is vacant; empty if filled"),
    ),
)
STAFF = Table(
    name="staff_members",
    title="Staff members",
    meaning="People employed. Empty is unknown.",
    periods=(("born_on", "joined_on"), ("joined_on", "left_on")),
    columns=(
        _code("staff", "staff number", key=True, example="S0001"),
        _text("name", "name", required=False),
        _text("email", "e-mail address, for invitations to training", 254),
        _choice("kind", "customs officer or support staff", ("officer", "support"),
                default="officer"),
        _code("unit", "unit of work", required=True, to="units.unit"),
        _code("profile", "main job profile", to="job_profiles.profile"),
        _code("post", "post held", to="posts.post"),
        _code("supervisor", "staff number of the supervisor", to="staff_members.staff"),
        _text("rank", "rank", 80),
        _whole("grade", "grade", default=1, minimum=1, maximum=20),
        _choice("gender", "f or m", ("f", "m")),
        _date("born_on", "day of birth"),
        _date("joined_on", "first day of service"),
        _date("left_on", "last day of service; empty while serving"),
        _text("education", "highest level of education", 80),
        _yes_no("is_acting", "whether acting in the post"),
        _yes_no("needs_relief", "whether away only if somebody stands in"),
    ),
)  # fmt: skip
SECONDARY = Table(
    name="secondary_profiles",
    title="Secondary profiles",
    meaning="Further profiles of a staff member; of two levels asked for the higher counts.",
    columns=(
        _code("staff", "staff number", key=True, to="staff_members.staff"),
        _code("profile", "secondary profile", key=True, to="job_profiles.profile"),
    ),
)
RATINGS = Table(
    name="ratings",
    title="Ratings",
    meaning="Assessments: one rating of one person in one competency from one source on a day.",
    periods=(("rated_on", "valid_until"),),
    columns=(
        _code("staff", "staff number", key=True, to="staff_members.staff"),
        _code("competency", "code of the competency", key=True, to=COMPETENCY),
        _choice("source", "who or what rated", SOURCES, key=True),
        _date("rated_on", "day of the rating", key=True),
        Column(
            name="level",
            kind=Kind.DECIMAL,
            required=True,
            minimum=Decimal(0),
            maximum=Decimal(TOP),
            unit="level",
            meaning="level seen; 0 is assessed and not held",
        ),
        _date("valid_until", "last day on which it counts; empty if it does not expire"),
        _text("evidence", "what it rests on", 300),
    ),
)
PATHS = Table(
    name="learning_paths",
    title="Learning paths",
    meaning="What a layer of staff is to learn in the years of the plan.",
    columns=(
        _choice("staff_level", "layer of staff", STAFF_LEVELS, key=True),
        _text("aim", "what the path leads to", 4000, required=True),
        _text("route", "how: mix of ways of learning", 4000),
        _whole("hours_a_year", "hours promised a year", default=0, minimum=0, unit="hours"),
        POSITION,
    ),
)
PLANS = Table(
    name="individual_plans",
    title="Individual plans",
    meaning="What a staff member and the supervisor agreed to develop.",
    columns=(
        _code("staff", "staff number", key=True, to="staff_members.staff"),
        _date("agreed_on", "day of the agreement", key=True),
        _text("text", "what was agreed", 4000, required=True),
        _date("review_on", "day on which it is to be reviewed"),
        _date("reviewed_on", "day on which it was reviewed"),
        _text("outcome", "what became of it", 4000),
    ),
)
CAMPAIGNS = Table(
    name="campaigns",
    title="Campaigns of assessment",
    meaning="Rounds in which people are rated, by whom and by when.",
    columns=(
        _code("campaign", "code of the campaign", key=True),
        _text("title", "what it is called", required=True),
        _text("purpose", "what it is for, as raters and rated read it", 4000, required=True),
        _yes_no("may_affect_promotion", "whether its levels may count for promotion"),
        _text("sources", "who rates, joined by ;", 60, required=True),
        _text("units", "codes of units, joined by ;, empty for all", 4000),
        _text("profiles", "codes of job profiles, joined by ;, empty for all", 4000),
        _text("groups", "codes of groups of competencies, joined by ;, empty for all", 400),
        _date("opens_on", "first day", required=True),
        _date("due_on", "last day", required=True),
        _whole("appeal_days", "days to appeal", default=14, minimum=0, maximum=365),
        _choice("state", "state", ("draft", "open", "closed"), default="draft"),
    ),
)
RATING_FORMS = Table(
    name="rating_forms",
    title="Rating forms",
    meaning="Sheets of a campaign to fill in; a row without a level says nothing.",
    columns=(
        _code("staff", "staff number", key=True),
        _choice("source", "as whom one rates", SOURCES, key=True, required=True),
        _code("competency", "code of the competency", key=True),
        _text("name", "name of the person"),
        _text("title", "what the competency is called"),
        Column(
            name="level",
            kind=Kind.DECIMAL,
            minimum=Decimal(0),
            maximum=Decimal(TOP),
            unit="level",
            meaning="level from 0, assessed and not held; empty where it is not rated",
        ),
        _text("evidence", "example; a supervisor gives one from level 3 on", 300),
    ),
)
WORKLOADS = Table(
    name="workloads",
    title="Workloads",
    meaning="The work of a unit: so many a year of so many minutes, or a share of all time.",
    columns=(
        _code("unit", "unit that does it", key=True, to="units.unit"),
        _code("profile", "profile that does it", key=True, to="job_profiles.profile"),
        _text("activity", "what is done", 120, key=True),
        _whole("volume", "how many a year; empty for a share", minimum=0),
        _decimal("minutes", "minutes for each; empty for a share", "99999", unit="minutes"),
        _decimal("share", "share of everybody's working time, in place of both", "0.95"),
        _text("source", "where the figures come from"),
    ),
)
INTAKES = Table(
    name="planned_intakes",
    title="Planned intakes",
    meaning="Recruits who are planned.",
    columns=(
        _code("unit", "unit in which they begin", key=True, to="units.unit"),
        _code("profile", "profile in which they begin", key=True, to="job_profiles.profile"),
        _date("starts_on", "first day of service", key=True),
        _whole("people", "how many", required=True, minimum=1, unit="persons"),
        _text("basis", "on what it rests"),
    ),
)
ROUNDS = Table(
    name="promotion_rounds",
    title="Promotion rounds",
    meaning="Fillings of posts by rules that are published before the vacancy.",
    columns=(
        _code("round", "code of the round", key=True, example="SUP-2016"),
        _text("title", "what it is called", required=True),
        _code("profile", "role to be filled", required=True, to="job_profiles.profile"),
        _whole("posts", "posts to be filled", default=1, minimum=1),
        _date("counted_on", "day on which service and levels are counted", required=True),
        _decimal("minimum_service", "least service", "60", default="3.0", unit="years"),
        _text("courses", "mandatory courses, joined by ;", 1000),
        _decimal("threshold", "least share of the competency asked for", "1", default="0.75"),
        _decimal("competency_weight", "weight of competency", "1", default="0.5"),
        _decimal("performance_weight", "weight of performance", "1", default="0.3"),
        _decimal("panel_weight", "weight of the panel", "1", default="0.2"),
        _date("weights_published_on", "day on which the weights were published"),
        _date("vacancy_on", "day of the vacancy", required=True),
        _date("rule_on", "day from which the rule is in force"),
        _date("protected_until", "last day of the protection of serving officers"),
        _choice("state", "draft is a shadow run", ("draft", "published", "closed"),
                default="draft"),
    ),
)  # fmt: skip
ANSWERS = ("yes", "no", "unknown")
CANDIDACIES = Table(
    name="candidacies",
    title="Candidacies",
    meaning="Officers who stand in a round of promotion. Empty is unknown, never zero.",
    columns=(
        _code("round", "code of the round", key=True, to="promotion_rounds.round"),
        _code("staff", "staff number", key=True, to="staff_members.staff"),
        _choice("live_sanction", "whether a sanction is live", ANSWERS, default="unknown"),
        _choice("courses_met", "whether the mandatory courses are done", ANSWERS,
                default="unknown"),
        _decimal("performance", "mark of three years, 0 to 100", "100"),
        _decimal("panel", "mark of the panel, 0 to 100", "100"),
        _yes_no("is_protected", "whether protected by the transition rule"),
    ),
)  # fmt: skip
TABLES: tuple[Table, ...] = (
    FRAMEWORKS, LEVELS, GROUPS, COMPETENCIES, LEVEL_TEXTS, PROFILES, REQUIREMENTS, UNITS, POSTS,
    STAFF, SECONDARY, CAMPAIGNS, RATINGS, PATHS, PLANS, WORKLOADS, INTAKES, ROUNDS, CANDIDACIES,
)  # fmt: skip
