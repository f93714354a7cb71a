"""The tables of partners and assistance, and how their rows stand in the database."""

from hrplan.core.tables import Door, ModelTable, same
from hrplan.exchange.spec import Column, Kind, Table
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner
from training_calendar.tables.specs import amount, code, day, text, whole

KINDS = tuple(Activity.Kind.values)
STATUSES = tuple(Activity.Status.values)
VERDICTS = tuple(OverlapRuling.Verdict.values)
LONG = 20_000
LISTS = frozenset({"competencies", "role_groups"})

# fmt: off
TABLES: tuple[Table, ...] = (
    Table(
        name="partners", title="Partners", meaning="Who funds or gives assistance.",
        columns=(
            code("partner", "short name of the partner", key=True, example="WCO"),
            text("name", "full name", required=True),
            text("kind", "kind of body", length=60),
        ),
    ),
    Table(
        name="activities", title="Activities", meaning="Pieces of assistance, past and to come.",
        periods=(("starts_on", "ends_on"),),
        columns=(
            code("activity", "register number", key=True, example="TA-2016-01"),
            Column(name="identifier", max_length=120, meaning="IATI identifier, where published"),
            text("title", "title", length=300, required=True),
            text("description", "what it is on", length=LONG),
            code("measure", "code of the obligation it serves", to="obligations.obligation",
                 required=False),
            Column(name="kind", kind=Kind.CHOICE, choices=KINDS, required=True, default="mission",
                   meaning="kind of assistance"),
            Column(name="status", kind=Kind.CHOICE, choices=STATUSES, required=True,
                   meaning="where it stands; open: no partner yet"),
            day("starts_on", "first day"), day("ends_on", "last day"),
            code("implementing", "who gives it", to="partners.partner", required=False),
            code("funding", "who pays", to="partners.partner", required=False),
            text("competencies", "codes of competencies it builds, joined by ;"),
            text("role_groups", "groups of staff it is for, joined by ;"),
            whole("level_from", "level it starts from", unit="level", high=5),
            whole("level_to", "level it leads to", unit="level", high=5),
            whole("places", "places offered", unit="persons"),
            amount("amount", "value of the assistance"),
            day("nominate_by", "last day to nominate"),
            text("note", "note", length=300),
            text("source", "where this is known from", length=300),
        ),
    ),
    Table(
        name="aid_recommendations", title="Recommendations of partners",
        meaning="What missions recommended, and what became of it.",
        columns=(
            code("activity", "the activity", key=True, to="activities.activity"),
            Column(name="number", kind=Kind.INTEGER, key=True, minimum=1, maximum=999,
                   meaning="number of the recommendation"),
            text("text", "what was recommended", length=LONG, required=True),
            text("owner", "who follows it up", length=120),
            day("due_on", "day it is due"), day("done_on", "day it was done"),
            text("evidence", "what shows it was done", length=300),
        ),
    ),
    Table(
        name="overlap_rulings", title="Overlaps concluded",
        meaning="What was concluded with the partners on two activities that look alike.",
        columns=(
            code("activity", "the first of the two", key=True, to="activities.activity"),
            code("other", "the second of the two", key=True, to="activities.activity"),
            Column(name="verdict", kind=Kind.CHOICE, choices=VERDICTS, required=True,
                   meaning="conclusion"),
            text("note", "what was agreed", length=300, required=True),
            day("ruled_on", "day of the conclusion", required=True),
        ),
    ),
)
# fmt: on


# fmt: off
DOORS: tuple[Door, ...] = (
    ModelTable("partners", Partner, {"partner": "code", **same("name", "kind")}, ("partner",)),
    ModelTable(
        "activities", Activity,
        {"activity": "code",
         **same("identifier", "title", "description", "measure", "kind", "status", "starts_on",
                 "ends_on"),
         "implementing": "implementing__code", "funding": "funding__code",
         **same("competencies", "role_groups", "level_from", "level_to", "places", "amount",
                 "nominate_by", "note", "source")},
        ("activity",), lists=LISTS,
    ),
    ModelTable(
        "aid_recommendations", AidRecommendation,
        {"activity": "activity__code",
         **same("number", "text", "owner", "due_on", "done_on", "evidence")},
        ("activity", "number"),
    ),
    ModelTable(
        "overlap_rulings", OverlapRuling,
        {"activity": "activity__code", "other": "other__code",
         **same("verdict", "note", "ruled_on")},
        ("activity", "other"),
    ),
)
# fmt: on
