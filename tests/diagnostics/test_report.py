"""Sections of the documents, from results to nodes."""

from datetime import date

import pytest

from diagnostics.models import CorporateObjective, Interview, SwotItem
from diagnostics.report import agreement, comparison, detail, evidence, results
from diagnostics.usecases import baseline
from diagnostics.usecases import evidence as resting
from diagnostics.usecases import findings as finding
from diagnostics.usecases.agreement import room_agreement
from diagnostics.usecases.comparison import score_comparison
from diagnostics.usecases.results import exercise_results
from hrplan.documents.nodes import Chart, Paragraph, Section, Table, leaves, plain
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(customs):
    return make.exercise(customs)


@pytest.fixture
def scored(first, alice):
    workshop = make.workshop(first, place="Belize City")
    make.round_of(workshop, "D1.1", 1, 1, None)
    make.round_of(workshop, "D1.2", 4, 4, 4)
    make.agreement(workshop, "D1.1", 1, rationale="No page.", dissent="One holds 2.")
    made = finding.conclude_findings(first, by=alice).weaknesses[0]
    row = first.findings.get(pk=made.pk)
    finding.add_cause(row, kind="may", text="Nobody may sign.", by=alice)
    finding.add_recommendation(row, text="Delegate.", owner="Head", by=alice)
    return first


def words(section: Section) -> str:
    """All words of a section: paragraphs, bullets, tables."""
    said = []
    for leaf in leaves(section.blocks):
        match leaf:
            case Paragraph():
                said.append(plain(leaf.text))
            case Table():
                said += [leaf.caption, leaf.note, *(cell for row in leaf.rows for cell in row)]
            case _:
                said += [plain(item) for item in getattr(leaf, "items", ()) if not_tile(item)]
    return "\n".join(said)


def not_tile(item: object) -> bool:
    return isinstance(item, str | tuple)


def test_sections_without_data_are_left_out(first, customs):
    first.questionnaires.clear()
    nothing = exercise_results(first)
    method = resting.method_and_evidence(first)

    assert evidence.method_section(method) is None
    assert evidence.context_section(resting.corporate_context(customs, first)) is None
    assert evidence.consultation_annex(method) is None
    assert results.diagnostic_section(nothing, finding.findings(first)) is None
    assert detail.diagnostic_annex(nothing) is None


def test_the_method_tells_response_and_limits_with_the_administrations_own_figures(scored):
    method = resting.method_and_evidence(scored)

    told = words(evidence.method_section(method))

    assert method.response_rate == 5 / 9
    assert "Workshop: 3 participants, Belize City, 8 February 2016 to" in told
    assert "Of 9 votes" in told
    assert "5 were given with a level (56 %)" in told
    assert "In 1 case a participant did not know" in told
    assert "1 question has no score and counts nowhere." in told
    assert "1 score is the median of votes" in told
    assert "no instruments of the World Customs Organization" in told


def test_the_context_counts_objectives_without_a_measure(customs, first):
    for code, measure in (("C1", "Revenue"), ("C2", "")):
        CorporateObjective.objects.create(
            administration=customs, code=code, title="Aim", measure=measure, source="Plan"
        )
    SwotItem.objects.create(administration=customs, exercise=first, kind="threat", text="Leavers")

    told = words(evidence.context_section(resting.corporate_context(customs, first)))

    assert "The plans name 2 corporate objectives (Plan). One of them has no measure." in told
    assert "No measure stated" in told
    assert "Threats\nLeavers" in told


def test_the_results_print_profile_weaknesses_causes_and_strengths(scored):
    section = results.diagnostic_section(
        exercise_results(scored), finding.findings(scored), baseline.baseline(scored)
    )
    (chart,) = [leaf for leaf in leaves(section.blocks) if isinstance(leaf, Chart)]
    told = words(section)

    assert chart.values == (2.5, None)
    assert "On a scale from 1 to 5 the administration stands at 2.5 (started)" in told
    assert "Nobody may sign. Asks for: delegation or a change of rules." in told
    assert "Delegate. (Head)" in told
    assert "The practice D1.2: level 4, managed (Domain D1)" in told


def test_weaknesses_beyond_those_told_at_length_stand_by_domain(scored, monkeypatch):
    monkeypatch.setattr(results, "SHOWN", 0)

    section = results.diagnostic_section(exercise_results(scored), finding.findings(scored))

    tables = {leaf.key: leaf for leaf in leaves(section.blocks) if isinstance(leaf, Table)}
    assert tables["further-weaknesses"].rows == (("Domain D1", "The practice D1.1 (1)"),)


def test_the_annex_prints_every_question_and_its_dissent(scored):
    told = words(detail.diagnostic_annex(exercise_results(scored)))

    assert "D1.1 The practice D1.1\n2\n0\n0\n0\n0\n1\n0\n1\ntoo few" in told
    assert "D1.1 The practice D1.1\n1\nagreed in the room" in told
    assert "No page. Dissent: One holds 2." in told
    assert "D2.1 The practice D2.1\nnot known\nno score" in told


def test_the_constants_are_printed_in_words(scored):
    table = detail.constants_table(exercise_results(scored))

    assert ("Highest level of what is never used", "2", "2") in table.rows


def test_no_section_bears_a_participants_name(scored, customs):
    Interview.objects.create(
        administration=customs,
        exercise=scored,
        code="I1",
        guide="hr",
        held_on=date(2016, 2, 9),
        function="Shift leader",
        notes="Short of two officers.",
    )
    method = resting.method_and_evidence(scored)
    found = exercise_results(scored)
    sections = [
        evidence.method_section(method),
        evidence.consultation_annex(method),
        results.diagnostic_section(found, finding.findings(scored)),
        detail.diagnostic_annex(found),
    ]

    told = "\n".join(words(section) for section in sections)

    assert "Shift leader" in told
    assert "Manager 1; Manager 2" in told
    assert "Person 1" not in told


def test_the_votes_are_mapped_question_by_level_and_shaded_by_share(scored):
    table = agreement.vote_map(exercise_results(scored))

    assert table.subheads == (0, 3)
    assert table.rows[2][:8] == ("D1.2 The practice D1.2", "0", "0", "0", "3", "0", "0", "0")
    assert table.shading[2][4] == "level-4"
    assert table.shading[1][1] == "level-4"
    assert agreement.vote_band(1, 12) == 1
    assert agreement.vote_band(3, 12) == 2


@pytest.fixture
def voted_twice(first):
    """Twelve people, two functions, a question voted on twice; the first vote lies in camps."""
    workshop = make.workshop(first, people=12)
    for place, person in enumerate(workshop.participants.order_by("pk")):
        person.code = f"P{place:02d}"
        person.function = f"Collector, station {place}" if place < 6 else f"Deputy, desk {place}"
        person.save()
    make.round_of(workshop, "D1.1", *[1] * 6, *[4] * 6)
    make.round_of(workshop, "D1.1", *[2] * 8, *[3] * 4)
    make.round_of(workshop, "D1.2", *[1] * 6, *[5] * 6)
    return first


def test_agreement_is_told_with_picture_rounds_and_functions_and_no_person(voted_twice):
    section = agreement.agreement_section(
        exercise_results(voted_twice), room_agreement(voted_twice)
    )

    told = words(section)
    (chart,) = [leaf for leaf in leaves(section.blocks) if isinstance(leaf, Chart)]
    assert "1 question was voted on again after discussion; 12 of 12 votes changed" in told
    assert "12 of 12 moved (6 up, 6 down): 12 towards the earlier median 2.5" in told
    assert "Collector\n6\n12" in told
    assert "station" not in told
    assert [(point.x, point.y) for point in chart.points] == [(0.83, 75.0), (-1.0, 50.0)]
    assert chart.missing == ("D2.1 The practice D2.1",)
    assert "least of one mind on: The practice D1.2" in chart.alternative


def test_without_votes_there_is_nothing_to_say_of_agreement(first):
    assert agreement.agreement_section(exercise_results(first), room_agreement(first)) is None


def test_what_has_moved_is_told_over_what_both_have_scored(customs, first):
    earlier = make.exercise(
        customs,
        form=first.questionnaires.get(),
        code="earlier",
        title="Baseline",
        starts_on=date(2014, 1, 6),
    )
    nothing = comparison.comparison_section(score_comparison(first, earlier))
    make.agreement(make.workshop(earlier, code="w0"), "D1.1", 1)
    make.agreement(make.workshop(first), "D1.1", 3)

    section = comparison.comparison_section(score_comparison(first, earlier))

    told = words(section)
    assert nothing is None
    assert "1 question has a score both times: 1 rose, 0 fell" in told
    assert "Overall maturity went from 1.0 to 3.0 (+2.0)." in told
    assert "D2\nDomain D2\n0\nnot known\nnot known\nnot known" in told
