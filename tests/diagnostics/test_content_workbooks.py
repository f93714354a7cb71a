"""Questionnaires as workbooks and as XLSForm: what comes back, and how faults are told."""

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings

from diagnostics.library import forms_out, read, sheets_out
from diagnostics.library.sent import read_sent
from hrplan.exchange.content import ContentError
from tests.diagnostics.make_contents import contents

SHIPPED = [read.questionnaire(read.HR_DIAGNOSTIC), read.baseline_form(read.BASELINE)]
WRITERS = [sheets_out.write_content, forms_out.write_content]
by_name = pytest.mark.parametrize("write", WRITERS, ids=["workbook", "xlsform"])


@by_name
@pytest.mark.parametrize("content", SHIPPED, ids=lambda content: content.head.id)
def test_a_shipped_questionnaire_written_and_read_again_is_the_same(write, content, tmp_path):
    path = tmp_path / "one.xlsx"
    write(content, path)

    sent = read_sent(path, "one.xlsx")

    assert sent.content == content
    assert sent.warnings == ()


@by_name
@given(content=contents)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_any_questionnaire_written_and_read_again_is_the_same(write, content, tmp_path_factory):
    path = tmp_path_factory.mktemp("law") / "one.xlsx"
    write(content, path)

    assert read_sent(path, "one.xlsx").content == content


@pytest.mark.long
@by_name
@given(content=contents)
@settings(max_examples=150, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_so_is_each_of_a_hundred_and_fifty(write, content, tmp_path_factory):
    path = tmp_path_factory.mktemp("law") / "one.xlsx"
    write(content, path)

    assert read_sent(path, "one.xlsx").content == content


@by_name
def test_the_same_questionnaire_gives_the_same_bytes(write, tmp_path):
    write(SHIPPED[0], tmp_path / "a.xlsx")
    write(SHIPPED[0], tmp_path / "b.xlsx")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def book(path, **sheets):
    """A workbook with these sheets, each a list of rows."""
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def told(path, name="sent.xlsx"):
    with pytest.raises(ContentError) as refusal:
        read_sent(path, name)
    return [(fault.place, fault.reason, fault.advice) for fault in refusal.value.faults]


HEAD = [
    ["kind", "id", "version", "language", "title", "provider", "licence", "provenance"],
    ["maturity", "own", "1.0", "en", "Own", "Belize", "CC0", "Written for a test."],
]
SCALE = [
    ["of", "code", "name", "meaning", "caps_at"],
    ["level", 0, "no", "", ""],
    ["level", 1, "yes", "", ""],
    ["existence", "none", "none", "", 0],
    ["use", "never", "never", "", 0],
]
DOMAINS = [["code", "title"], ["D1", "One"]]
QUESTIONS = [
    ["domain", "code", "text", "subject", "level_0", "level_1", "relevant"],
    ["D1", "D1.1", "First?", "the first", "No.", "Yes.", ""],
    ["D1", "D1.2", "Second?", "the second", "None.", "Some.", "D1.1 level is 1"],
]


def test_a_workbook_typed_by_hand_needs_no_more_than_four_sheets(tmp_path):
    path = book(tmp_path / "x.xlsx", questionnaire=HEAD, scale=SCALE, domains=DOMAINS,
                questions=QUESTIONS)  # fmt: skip

    content = read_sent(path, "x.xlsx").content

    assert content.levels == (0, 1)
    assert [q.code for q in content.questions] == ["D1.1", "D1.2"]
    assert content.questions[1].relevant.value == 1


def test_what_contradicts_itself_is_told_with_the_cell_and_what_to_do(tmp_path):
    questions = [row.copy() for row in QUESTIONS]
    questions[1][6] = "D1.2 level is 1"
    questions[2][1] = "E1.2"
    questions[2][5] = ""
    path = book(tmp_path / "x.xlsx", questionnaire=HEAD, scale=SCALE, domains=DOMAINS,
                questions=questions)  # fmt: skip

    assert (
        told(path)
        == [
            (
                "domains!A2 (D1)",
                "question E1.2 bears another domain's code",
                "Begin its code with the domain's code and a point.",
            ),
            (
                "questions!A2 (D1.1), relevant",
                "the condition looks at D1.2, which is not asked before",
                "Name an earlier question, or move that one up.",
            ),
            (
                "questions!A3 (E1.2)",
                "no anchor for level 1",
                "Say what can be observed at this level.",
            ),
        ]
        + []
    )


def test_faults_of_cells_are_all_told_at_once(tmp_path):
    head = [HEAD[0], ["survey", "Own!", "1.0", "en", "", "Belize", "CC0", "x"]]
    questions = [QUESTIONS[0], ["D9", "D1.1", "First?", "", "No.", "Yes.", ""]]
    path = book(tmp_path / "x.xlsx", questionnaire=head, scale=SCALE, domains=DOMAINS,
                questions=questions)  # fmt: skip

    assert [(place, reason) for place, reason, _advice in told(path)] == [
        ("questionnaire!A2", "This isn't one of the values allowed."),
        ("questionnaire!E2", "A value is missing."),
        ("questions!D2", "A value is missing."),
        ("questions!A2", "This isn't known in domains."),
    ]


@pytest.mark.parametrize("name", ["x.csv", "x.xls", "x.docx", "x"])
def test_other_kinds_of_file_are_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")

    assert told(tmp_path / name, name) == [
        (
            "file",
            "This kind of file holds no questionnaire.",
            "Send a .yaml file or a workbook (.xlsx).",
        )
    ]


def test_a_workbook_without_a_questionnaire_says_what_is_missing(tmp_path):
    path = book(tmp_path / "x.xlsx", questions=QUESTIONS)

    reasons = [reason for _place, reason, _advice in told(path)]

    assert "This sheet is missing or empty." in reasons


def test_a_damaged_workbook_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")

    assert [place for place, _reason, _advice in told(path)] == ["file"]


# Forms made with other tools

SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "relevant"],
    ["begin group", "strategy", "Strategy", "Stratégie", ""],
    ["select_one five", "hr_strategy", "Is there a strategy?", "Y a-t-il une stratégie?", ""],
    ["select_one five", "hr_plan", "Is there a plan?", "", "${hr_strategy} >= 2"],
    ["geopoint", "where", "Where?", "", ""],
    ["end group", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)"],
    ["five", 1, "none", "aucun"],
    ["five", 2, "begun", "commencé"],
    ["five", 3, "done", ""],
]


def test_a_form_made_elsewhere_becomes_domains_questions_and_levels(tmp_path):
    settings = [["form_title", "form_id", "default_language"], ["Check", "chk", "English (en)"]]
    path = book(tmp_path / "x.xlsx", survey=SURVEY, choices=CHOICES, settings=settings)

    sent = read_sent(path, "x.xlsx")

    first, second = sent.content.questions
    assert [level.name for level in sent.content.scale] == ["none", "begun", "done"]
    assert (first.code, first.subject) == ("D1.1", "Is there a strategy?")
    assert first.translations["fr"] == {
        "text": "Y a-t-il une stratégie?",
        "anchors": {"1": "aucun", "2": "commencé"},
    }
    assert (second.relevant.question, second.relevant.test) == ("D1.1", "at_least")
    assert [(f.place, f.reason) for f in sent.warnings] == [
        ("survey!A5", "where (geopoint) has no place in a questionnaire here.")
    ]


def test_faults_of_a_form_are_told_with_their_rows(tmp_path):
    survey = [
        SURVEY[0],
        ["begin group", "strategy", "Strategy", "", ""],
        ["select_one five", "a b", "Is there?", "", ""],
        ["select_one six", "c", "Is there?", "", ""],
        ["select_one five", "d", "Is there?", "", ""],
        ["select_one five", "d", "Is there?", "", "${d} + 1 = 2"],
        ["end repeat", "", "", "", ""],
    ]
    path = book(tmp_path / "x.xlsx", survey=survey, choices=CHOICES)

    assert [(place, reason) for place, reason, _advice in told(path)] == [
        ("survey!A3", "A row of the survey needs a name of letters, digits and _."),
        ("survey!A4", "There is no list of choices named six."),
        ("survey!A6", "The name d stands already in row 5."),
        ("survey!A7", "A group or repeat is closed that isn't open."),
        ("survey!A2", "The group or repeat strategy isn't closed."),
        ("survey!A6", "This condition can't be read."),
    ]
