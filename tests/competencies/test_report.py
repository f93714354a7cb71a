from datetime import date

import pytest

from competencies.models import LearningPath, StaffMember
from competencies.report import assessments, framework, gaps, outlook, workforce
from competencies.usecases.figures import competence_figures
from hrplan.documents.nodes import BarChart, HeatMap, Paragraph, Pyramid, Section, Table, leaves
from tests import make
from tests.competencies.make_gaps import port

pytestmark = pytest.mark.whole


@pytest.fixture
def place(customs):
    return port(customs)


def words(section: Section) -> str:
    return repr(section)


SECTIONS = (
    workforce.workforce_section,
    framework.framework_section,
    framework.matrix_section,
    assessments.assessment_section,
    gaps.gap_section,
    outlook.outlook_section,
)


def test_sections_without_data_are_left_out(customs):
    figures = competence_figures(customs)

    assert [section(figures) for section in SECTIONS] == [None] * 6


def test_no_section_names_a_person(place):
    for internal in (False, True):
        figures = competence_figures(place.administration, internal=internal)
        for section in SECTIONS:
            text = words(section(figures))
            assert not any(name in text for name in ("Ann", "Ben", "Eve", "S1", "S2", "S3"))


def test_the_gap_section_states_the_figures_of_the_analysis(place):
    section = gaps.gap_section(competence_figures(place.administration, internal=True))
    lead = section.blocks[0]

    assert isinstance(lead, Paragraph)
    assert lead.text.startswith("The staff in service lack 27.3 % of what their job profiles ask")
    assert "1 of 3 assessed levels lie below" in lead.text
    assert "A further 3 levels were not assessed" in lead.text
    kinds = [type(block) for block in leaves(section.blocks)]
    assert BarChart in kinds
    assert HeatMap in kinds


def test_a_heat_map_whose_every_cell_is_withheld_is_not_drawn_for_the_ministry(place):
    section = gaps.gap_section(competence_figures(place.administration))

    assert not [block for block in leaves(section.blocks) if isinstance(block, HeatMap)]


def test_the_office_reads_the_same_map_whole(place):
    section = gaps.gap_section(competence_figures(place.administration, internal=True))

    maps = [block for block in leaves(section.blocks) if isinstance(block, HeatMap)]
    assert maps[0].values == ((1.0,), (0.0,))


def test_the_matrix_marks_what_is_critical(place):
    section = framework.matrix_section(competence_figures(place.administration))
    (table,) = [block for block in section.blocks if isinstance(block, Table)]

    assert table.rows == (("Operational", ""), ("Competency O1", "3*"), ("Competency O2", "2"))
    assert table.subheads == (0,)


def test_the_pyramids_count_women_and_men(place):
    section = workforce.workforce_section(competence_figures(place.administration, internal=True))
    service = [block for block in section.blocks if isinstance(block, Pyramid)][1]

    assert (sum(service.left.values), sum(service.right.values)) == (2, 1)


def test_small_counts_are_dashes_with_a_note(place):
    section = workforce.workforce_section(competence_figures(place.administration))
    ranks = [block for block in section.blocks if isinstance(block, Table)][1]

    assert ranks.rows[0][1:3] == ("–", "–")
    assert "fewer than 5 people" in ranks.note


def test_ranks_of_few_people_are_counted_together(customs):
    place = port(customs)
    for rank, count in (("Head", 1), ("Deputy", 2), ("Officer", 9)):
        for _number in range(count):
            person = make.staff_member(place.unit, place.profile)
            person.rank, person.gender = rank, "f" if rank == "Officer" else "m"
            person.save()

    rows = competence_figures(customs).workforce.by_rank.rows

    assert [row.title for row in rows][-1] == "3 others, few people each"
    assert sum(row.total for row in rows) == 15


def test_a_withheld_band_of_a_pyramid_is_called_so(place):
    section = workforce.workforce_section(competence_figures(place.administration))

    assert {one.absent for one in section.blocks if isinstance(one, Pyramid)} == {"withheld"}


def test_the_outlook_does_not_count_what_nobody_lacks(place):
    unknown = outlook.outlook_section(competence_figures(place.administration, internal=True))
    StaffMember.objects.update(born_on=date(1980, 1, 1))
    young = outlook.outlook_section(competence_figures(place.administration, internal=True))

    assert unknown.blocks[0].text.startswith("No date of birth is known")
    assert young.blocks[0].text == "Nobody among 3 people reaches the age of 60 within 3 years."


def test_changed_constants_stand_beside_their_default(place):
    place.administration.constants = {"workforce": {"retirement_age": 55}}
    figures = competence_figures(place.administration)

    rows = framework.constants_table(figures.constants).rows
    assert ("Age of retirement in years", "55", "60") in rows


def test_learning_paths_stand_by_staff_level(customs):
    assert framework.learning_path_table(()) is None
    path = LearningPath.objects.create(
        administration=customs, staff_level="officers", aim="Hold a post alone.", hours_a_year=40
    )

    table = framework.learning_path_table((path,))

    assert table.rows == (("Officers", "Hold a post alone.", "", "40"),)


def test_layers_of_few_people_are_withheld_in_pairs(customs):
    place = port(customs)
    recruits = make.profile(place.framework, "R9", O1=1)
    recruits.staff_level = "recruits"
    recruits.save()
    for _number in range(3):
        make.staff_member(place.unit, place.profile)
    make.staff_member(place.unit, recruits)

    bands = competence_figures(customs).by_band

    assert [(band.staff_level, band.total) for band in bands] == [
        ("recruits", None),
        ("officers", None),
    ]
