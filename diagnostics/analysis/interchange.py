"""The tables of a diagnostic as values: what may be imported and exported, column by column."""

from collections.abc import Iterator

from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from hrplan.exchange.spec import Column, Kind, Table

STATES = (
    *("request", "documents", "self_assessment", "workshop", "interviews", "scoring"),
    *("draft", "close_out", "comments", "approved", "follow_up"),
)
LONG = 4000  # [characters] of a text of several sentences


def _code(name: str, meaning: str, *, key: bool = True, to: str | None = None) -> Column:
    return Column(name=name, kind=Kind.CODE, key=key, required=True, meaning=meaning, reference=to)


def _text(name: str, meaning: str, size: int = 200, *, required: bool = False) -> Column:
    return Column(name=name, meaning=meaning, max_length=size, required=required)


def _day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.DATE, meaning=meaning, required=required)


def _number(
    name: str, meaning: str, *, low: int = 1, high: int = 500, key: bool = False, unit: str = ""
) -> Column:
    return Column(
        name=name,
        kind=Kind.INTEGER,
        meaning=meaning,
        minimum=low,
        maximum=high,
        key=key,
        required=True,
        unit=unit,
    )


def _choice(name: str, meaning: str, *choices: str, required: bool = True) -> Column:
    return Column(name=name, kind=Kind.CHOICE, meaning=meaning, choices=choices, required=required)


def _flag(name: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.BOOLEAN, meaning=meaning, default=False)


EXERCISE = _code("exercise", "the exercise it belongs to", to="exercises.code")
WORKSHOP = _code("workshop", "the workshop it belongs to", to="workshops.code")
QUESTION = _code("question", "the question of the questionnaire", to="questions.code")
FINDING = _code("finding", "the question whose finding it explains", to="questions.code")
LEVEL = Column(
    name="level",
    kind=Kind.INTEGER,
    minimum=0,
    maximum=10,
    unit="level",
    meaning="the level chosen on the question's anchors; empty: did not know",
)
EXISTENCE = _choice("existence", "whether it exists", "none", "draft", "approved", required=False)
USE = _choice("use", "how far it is used", "never", "sometimes", "routine", required=False)
POSITION = _number("position", "place in the list", key=True)

VERSION = Column(name="version", key=True, required=True, meaning="its version", max_length=10)

TABLES: tuple[Table, ...] = (
    Table(
        name="questionnaires",
        meaning="The questionnaires in use; those that come with the product are taken up by name.",
        columns=(
            _code("code", "short name of the questionnaire"),
            VERSION,
            _choice("kind", "what it is", "maturity", "baseline"),
            _text("title", "its title"),
            _text("language", "language of its texts", 10),
        ),
    ),
    Table(
        name="questions",
        meaning="The questions of the questionnaires in use, for reference; they can't be changed.",
        columns=(
            _code("questionnaire", "the questionnaire it belongs to"),
            VERSION,
            _code("code", "short name of the question"),
            _code("domain", "the part of the questionnaire it stands in", key=False),
            _text("subject", "what is rated"),
            _text("text", "the question as it is asked", LONG),
            Column(name="weight", kind=Kind.DECIMAL, meaning="weight in its domain's score"),
        ),
    ),
    Table(
        name="exercises",
        meaning="Diagnostics of the administration, such as the baseline of a year.",
        periods=(("starts_on", "ends_on"),),
        columns=(
            _code("code", "short name of the exercise"),
            _text("title", "title as printed", required=True),
            _choice("state", "how far it is", *STATES),
            _day("starts_on", "first day", required=True),
            _day("ends_on", "last day planned", required=True),
            _text("owner", "post that answers for it", 120),
            _text("purpose", "why it is held", LONG),
            _text("questionnaires", "code and version of each, parted by ;", required=True),
        ),
    ),
    Table(
        name="exercise_steps",
        meaning="When each state of an exercise is planned and when it was done.",
        columns=(
            EXERCISE,
            Column(
                name="state",
                kind=Kind.CHOICE,
                choices=STATES,
                key=True,
                required=True,
                meaning="the state",
            ),
            _number("position", "place in the order of states"),
            _day("planned_on", "planned for"),
            _day("done_on", "done on"),
            _text("owner", "post that answers for it", 120),
        ),
    ),
    Table(
        name="workshops",
        meaning="Sittings of an exercise in which questions are put to the vote.",
        periods=(("starts_on", "ends_on"),),
        columns=(
            _code("exercise", "the exercise it belongs to", key=False, to="exercises.code"),
            _code("code", "short name of the workshop"),
            _text("title", "title as printed", required=True),
            _text("place", "where it is held"),
            _day("starts_on", "first day", required=True),
            _day("ends_on", "last day", required=True),
            _day("closed_on", "day it was closed; nothing in it changes afterwards"),
        ),
    ),
    Table(
        name="participants",
        meaning="The people in the room; they need no account.",
        columns=(
            WORKSHOP,
            _code("code", "number or letter of the participant in this workshop"),
            _text("name", "name; may stay empty"),
            _text("function", "post held", 120),
        ),
    ),
    Table(
        name="agenda",
        meaning="The sessions of a workshop's days and what each is to capture.",
        columns=(
            WORKSHOP,
            POSITION,
            _number("day", "day of the workshop, from 1", low=0, high=60),
            _choice("half", "morning or afternoon", "am", "pm"),
            _text("title", "what is done", required=True),
            _text("captures", "what is written down"),
            _text("page_name", "page on which it is written down, such as diagnostics:results", 60),
            _flag("is_done", "whether it is done"),
        ),
    ),
    Table(
        name="votes",
        meaning="Each participant's answer in each round of a vote.",
        columns=(
            WORKSHOP,
            QUESTION,
            _number("round", "first vote 1, each new vote one more", high=20, key=True),
            _code("participant", "the participant's code in the workshop", to="participants.code"),
            LEVEL,
            _flag("does_not_apply", "said that the question does not apply"),
            EXISTENCE,
            USE,
            _text("note", "a remark", 500),
            _flag("is_paper", "entered by the facilitator from paper"),
        ),
    ),
    Table(
        name="agreements",
        meaning="What the room settled on for each question, on what grounds, and who dissents.",
        columns=(
            WORKSHOP,
            QUESTION,
            _number("level", "the agreed level", low=0, high=10, unit="level"),
            EXISTENCE,
            USE,
            _text("rationale", "why this level", LONG),
            _text("evidence", "what was shown", LONG),
            _text("cited", "marks of the evidence, such as document:RD01; interview:N02", LONG),
            _text("dissent", "what those hold who do not agree", LONG),
            _text("follow_up", "what is still to be found out", LONG),
        ),
    ),
    Table(
        name="baseline_answers",
        meaning="Values of the baseline form; in a table each line has a value a column.",
        columns=(
            EXERCISE,
            _code("item", "the item of the form", to="questions.code"),
            _code("field", "the field, or table.column"),
            _number("line", "line of the table; 1 for a single field", key=True, high=1000),
            _text("value", "number with a point, date as 2016-02-12", LONG, required=True),
            _text("source", "document it was taken from"),
        ),
    ),
    Table(
        name="reference_documents",
        meaning="Documents that the diagnostic asks for, and which of them exist.",
        columns=(
            EXERCISE,
            _code("code", "number in the register"),
            _text("title", "title", required=True),
            _choice("status", "how it stands", "missing", "draft", "approved", "outdated"),
            _day("dated_on", "its date"),
            _text("domain", "domain of the questionnaire that asks for it", 20),
            _text("link", "where it can be found", 300),
        ),
    ),
    Table(
        name="corporate_objectives",
        meaning="What the strategic or business plan in force sets out to reach.",
        columns=(
            _code("code", "number in the plan"),
            _text("title", "the objective", 300, required=True),
            _text("measure", "how the plan measures it", 300),
            _text("status", "how far it is", 120),
            _text("source", "document it stands in"),
        ),
    ),
    Table(
        name="document_reviews",
        meaning="What each document reviewed says, and what it says on people.",
        columns=(
            EXERCISE,
            _code("document", "number in the register", to="reference_documents.code"),
            _text("summary", "what it says", LONG, required=True),
            _text("on_people", "what it says on people", LONG),
        ),
    ),
    Table(
        name="swot",
        meaning="Strengths, weaknesses, opportunities and threats as the room named them.",
        columns=(
            EXERCISE,
            Column(
                name="kind",
                kind=Kind.CHOICE,
                choices=("strength", "weakness", "opportunity", "threat"),
                key=True,
                required=True,
                meaning="which of the four",
            ),
            POSITION,
            _text("text", "what was said", 300, required=True),
        ),
    ),
    Table(
        name="interviews",
        meaning="Notes of interviews; functions, never names.",
        columns=(
            EXERCISE,
            _code("code", "number of the interview"),
            _text("guide", "interview guide used: hr, internal_clients, field_posts", 40),
            _day("held_on", "day", required=True),
            _text("place", "where", 120),
            _text("function", "post interviewed", 120),
            _text("notes", "what was said", LONG, required=True),
        ),
    ),
    Table(
        name="finding_causes",
        meaning="Why a finding is so; the kind of cause says whether training can answer it.",
        columns=(
            EXERCISE,
            FINDING,
            POSITION,
            _choice("kind", "kind of cause", "know", "may", "can", "will", "person", "nobody"),
            _text("text", "the cause", LONG, required=True),
        ),
    ),
    Table(
        name="finding_recommendations",
        meaning="What to do about a finding, by whom and by when.",
        columns=(
            EXERCISE,
            FINDING,
            POSITION,
            _text("text", "what to do", LONG, required=True),
            _text("owner", "post that answers for it", 120),
            _day("due_on", "by when"),
            _flag("is_training", "whether it is training"),
            _text("competency", "code of the competency that training is to lift", 20),
        ),
    ),
)


def one_vote_each(rows: Rows) -> Iterator[Fault]:
    """A vote without a level says nothing on existence and use."""
    for row in rows.get("votes", ()):
        if row.values.get("level") is None and (
            row.values.get("existence") or row.values.get("use")
        ):
            yield row_fault(row, "votes", "level", "required_empty")
        if row.values.get("level") is not None and row.values.get("does_not_apply"):
            yield row_fault(row, "votes", "does_not_apply", "two_answers")


CHECKS = (one_vote_each,)
