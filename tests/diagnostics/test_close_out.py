"""The close-out report of a diagnostic: its parts, who may read it, and its files."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diagnostics.models import Exercise, ExerciseStep, SwotItem
from diagnostics.report import papers
from diagnostics.report.close_out import close_out_sections
from diagnostics.usecases import findings
from diagnostics.usecases.close_out import close_out
from hrplan.documents.nodes import BarChart, Bullets, Paragraph, Table, leaves, plain
from tests.diagnostics import make_diagnostics as make

pytestmark = [pytest.mark.django_db, pytest.mark.whole, pytest.mark.both]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def first(customs):
    return make.exercise(customs, purpose="To see what is.")


@pytest.fixture
def concluded(first, alice):
    workshop = make.workshop(first, people=6)
    make.round_of(workshop, "D1.1", 1, 1, 1, 1, 1, 1)
    make.round_of(workshop, "D1.2", 5, 5, 5, 5, 5, 5)
    make.round_of(workshop, "D2.1", 3, 3, open=True)
    make.agreement(workshop, "D1.1", 1, rationale="No page.", follow_up="Ask the ministry.")
    made = findings.conclude_findings(first, by=alice).weaknesses[0]
    row = first.findings.get(pk=made.pk)
    findings.add_cause(row, kind="may", text="Nobody may sign.", by=alice)
    findings.add_cause(row, kind="know", text="Nobody has written one.", by=alice)
    findings.add_recommendation(row, text="Delegate.", owner="Head", by=alice)
    SwotItem.objects.create(
        administration=first.administration, exercise=first, kind="threat", text="Leavers"
    )
    ExerciseStep.objects.create(
        exercise=first, state="comments", planned_on=date(2016, 3, 1), owner="Training", position=9
    )
    return first


def parts(exercise):
    return {section.key: section for section in close_out_sections(close_out(exercise))}


def words(section) -> str:
    said = []
    for leaf in leaves(section.blocks):
        match leaf:
            case Paragraph():
                said.append(plain(leaf.text))
            case Bullets():
                said += [plain(item) for item in leaf.items]
            case Table():
                said += [" | ".join(row) for row in leaf.rows]
    return "\n".join(said)


def test_the_report_goes_from_method_to_next_steps(concluded):
    found = parts(concluded)

    assert list(found) == [
        *("summary", "method", "context", "maturity", "agreement", "strengths-found"),
        *("gaps-found", "causes", "recommended", "next-steps", "acceptance"),
        *("diagnostic-detail", "consultation", "constants", "sources"),
    ]
    assert "stands at 3.0 (defined)" in words(found["summary"])
    assert "1 | The practice D1.1: level 1, ad hoc | Domain D1" in words(found["gaps-found"])
    assert "The practice D1.2: level 5, improving" in words(found["strengths-found"])
    assert "D1.1 The practice D1.1 | Head | no date | no" in words(found["recommended"])


def test_causes_are_counted_by_kind_and_told_with_what_answers_them(concluded):
    section = parts(concluded)["causes"]

    (chart,) = [leaf for leaf in leaves(section.blocks) if isinstance(leaf, BarChart)]
    assert chart.values == (1, 1, 0, 0, 0, 0)
    assert "Knows but may not: delegation or a change of rules" in words(section)
    assert "Nobody may sign. | D1.1 The practice D1.1" in words(section)
    assert "stands behind 1 of 2 (50 %)" in words(section)


def test_next_steps_name_dates_owners_and_what_is_to_be_found_out(concluded):
    told = words(parts(concluded)["next-steps"])

    assert "Comments | 1 March 2016 | Training" in told
    assert "D1.1 | The practice D1.1 | Ask the ministry." in told


def test_a_diagnostic_without_votes_has_a_report_that_says_so(first):
    found = parts(first)

    assert "No question has a score yet" in words(found["summary"])
    assert not {"maturity", "gaps-found", "causes", "constants"} & set(found)


def test_no_part_of_the_report_names_a_participant(concluded):
    told = "\n".join(words(section) for section in parts(concluded).values())

    assert "Manager 1" in told
    assert "Person 1" not in told


def test_the_reviewer_reads_the_report_once_the_close_out_is_reached(
    concluded, alice, mona, ruth, as_, django_capture_on_commit_callbacks
):
    address = f"/customs/exercises/{concluded.pk}/close-out/"
    with pytest.raises(PermissionDenied):
        papers.ask_for_close_out(concluded, by=mona)
    with django_capture_on_commit_callbacks(execute=True):
        as_(alice).post(address)
    early = as_(ruth).get(address).status_code
    Exercise.objects.filter(pk=concluded.pk).update(state="close_out")

    page = as_(ruth).get(address)
    file = as_(ruth).get(f"{address}file/?format=docx")

    assert (early, page.status_code) == (403, 200)
    assert "Nobody may sign." in page.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="close-out-first.docx"'
    assert file.content.startswith(b"PK")


def test_rest_draws_up_the_report(concluded, alice, as_, django_capture_on_commit_callbacks):
    client = as_(alice)
    address = f"/api/v1/customs/exercises/{concluded.pk}/close-out/"
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(address)

    after = client.get(address).json()

    assert (asked.status_code, after["made"]["kind"]) == (202, "close-out")
    assert client.get(after["files"]["pdf"]).content.startswith(b"%PDF")
