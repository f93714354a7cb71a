from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from competencies.models import Assessment, JobProfile, LevelText, Post, Requirement
from competencies.usecases import (
    constants,
    frameworks,
    gaps,
    heat_maps,
    levels_ahead,
    outlook,
    profiles,
    quality,
    staff,
    workforce,
)
from competencies.usecases.dense import gap_figures
from competencies.usecases.person_maps import person_map
from hrplan.core.models import AuditEntry
from tests import make
from tests.competencies.make_gaps import Port, port, rate


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def test_the_shipped_framework_becomes_rows_once(customs, alice):
    first = frameworks.adopt_framework(customs, by=alice)
    frameworks.adopt_profiles(customs, by=alice)
    again = frameworks.adopt_framework(customs, by=alice)
    frameworks.adopt_profiles(customs, by=alice)

    assert again == first
    assert (first.competencies.count(), first.levels.count(), first.groups.count()) == (48, 5, 5)
    assert LevelText.objects.filter(competency__framework=first).count() == 192
    assert JobProfile.objects.filter(administration=customs, state="approved").count() == 20
    assert Requirement.objects.filter(profile__administration=customs, level=0).count() == 0
    assert AuditEntry.objects.filter(action="adopt", table="competencies.framework").count() == 1


def test_profiles_need_their_framework(customs, alice):
    with pytest.raises(ValidationError, match="framework first"):
        frameworks.adopt_profiles(customs, by=alice)


def test_only_hr_adopts(customs, bob):
    with pytest.raises(PermissionDenied):
        frameworks.adopt_framework(customs, by=bob)


def test_gaps_are_summed_person_by_person(place):
    # Ann lacks 2 of O1 (weight 3) and holds 2 more of O2 than asked; Ben meets O1.
    # Not assessed: Ben's O2, Eve's O1 and O2.
    total = gaps.gap_analysis(place.administration).overall

    assert (total.people, total.pairs, total.n, total.missing, total.short) == (3, 6, 3, 3, 1)
    assert (total.gap, total.surplus, total.weighted_gap) == (2.0, 2.0, 6.0)
    assert total.weighted_required == 3 * 3 + 2 * 2 + 3 * 3
    assert total.index == pytest.approx(6 / 22)
    assert (total.critical, total.critical_n, total.critical_misses) == (3, 2, 1)
    assert total.confidence == pytest.approx(1.0)


def test_who_left_is_in_no_figure(place):
    place.ann.left_on = date(2016, 1, 31)
    place.ann.save()

    total = gaps.gap_analysis(place.administration).overall

    assert (total.people, total.n, total.gap) == (2, 1, 0.0)


def test_draft_profiles_ask_for_nothing(place):
    JobProfile.objects.update(state="draft")

    assert gaps.gap_analysis(place.administration).overall.pairs == 0


def test_an_empty_administration_has_no_index(customs):
    total = gaps.gap_analysis(customs).overall

    assert (total.pairs, total.index) == (0, None)


def test_values_stay_out_of_totals_and_are_shown_apart(place):
    place.framework.groups.update(in_gap_totals=False)
    figures = gap_figures(place.administration)

    assert figures.overall.pairs == 0
    assert figures.values("competency")["gap"].tolist() == [2.0, 0.0]


def test_the_analysis_asks_as_often_for_four_people_as_for_one(place, django_assert_num_queries):
    levels_ahead.work_out(place.administration)
    with django_assert_num_queries(5):
        assert len(gaps.gap_analysis(place.administration).cells)
    make.staff_member(place.unit, place.profile)
    levels_ahead.work_out(place.administration)
    with django_assert_num_queries(5):
        assert len(gaps.gap_analysis(place.administration).cells)


def test_a_heat_map_tells_not_assessed_from_no_gap(place):
    heat = person_map(gap_figures(place.administration))

    cells = {row.title: [cell.mean_gap for cell in row.cells] for row in heat.rows}
    assert cells == {"Ann": [2.0, 0.0], "Ben": [0.0, None], "Eve": [None, None]}
    assert [column.total.gap for column in heat.columns] == [2.0, 0.0]
    assert heat.overall.missing == 3


def test_small_cells_are_withheld_under_a_limit(place):
    heat = heat_maps.heat_map(gap_figures(place.administration), "unit", limit=5)

    assert [cell.hidden for cell in heat.rows[0].cells] == [True, True]
    assert heat.rows[0].total.hidden
    assert heat.rows[0].cells[0].mean_gap is None


def test_totals_of_few_people_are_withheld_however_many_their_levels(place, customs):
    codes = tuple(f"O{number}" for number in range(3, 9))
    for position, code in enumerate(codes):
        place.framework.competencies.create(
            administration=customs,
            group=place.framework.groups.get(),
            code=code,
            title=code,
            position=position,
        )
    broad = make.profile(place.framework, "R9", **dict.fromkeys(codes, 2))
    for title, size in (("Few", 1), ("Six", 6), ("Seven", 7)):
        unit = make.unit(customs, title=title)
        for _number in range(size):
            person = make.staff_member(unit, broad)
            for code in codes:
                rate(person, code, 1)

    heat = heat_maps.heat_map(gap_figures(customs), "unit", limit=5)
    shown = {row.title: row.total.hidden for row in heat.rows}

    assert shown["Few"]
    assert sum(shown.values()) >= 2


def test_a_withheld_unit_is_withheld_in_the_table_too(place):
    lines = heat_maps.gap_lines(gap_figures(place.administration), "unit", limit=5)

    assert [(line.title, line.total) for line in lines] == [("Port", None)]


def test_a_profile_shows_required_held_and_missing(place):
    seen = staff.staff_profile(place.ben)

    shown = [
        (line.competency, line.required, line.held, line.gap, line.status) for line in seen.lines
    ]
    assert shown == [("O1", 3, 3.0, 0.0, "validated"), ("O2", 2, None, None, "not_assessed")]
    assert [rating.source for rating in seen.history] == ["validated"]


def test_a_secondary_profile_raises_what_is_asked(place):
    place.ben.secondary_profiles.add(make.profile(place.framework, "R2", O2=4))

    line = staff.staff_profile(place.ben).lines[1]

    assert (line.required, line.origin) == (4, "Profile R2")


def test_a_supervisor_rates_and_the_trail_holds_no_level(place, mona):
    make.scope(mona, unit=place.unit)
    topic = place.framework.competencies.get(code="O2")

    row = staff.record_assessment(
        place.ben, topic, source="supervisor", level=2, rated_on=date(2016, 2, 1), by=mona
    )

    assert (row.level, row.by) == (2, mona)
    entry = AuditEntry.objects.get(table="competencies.assessment")
    assert (entry.action, entry.fields) == ("add", ["evidence", "level", "valid_until"])


def test_a_second_rating_of_the_day_replaces_the_first(place, alice):
    topic = place.framework.competencies.get(code="O2")
    for level in (1, 2):
        staff.record_assessment(
            place.ben, topic, source="test", level=level, rated_on=date(2016, 2, 1), by=alice
        )

    assert [row.level for row in Assessment.objects.filter(source="test")] == [2]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": 5}, "off the scale"),
        ({"rated_on": date(2016, 2, 13)}, "in the future"),
        ({"valid_until": date(2016, 1, 1)}, "expires before"),
        ({"source": "validated"}, "evidence"),
    ],
)
def test_a_rating_without_sense_is_refused(place, alice, values, words):
    topic = place.framework.competencies.get(code="O2")
    rating = {"source": "test", "level": 2, "rated_on": date(2016, 2, 1), **values}

    with pytest.raises(ValidationError, match=words):
        staff.record_assessment(place.eve, topic, by=alice, **rating)


def test_all_faults_of_a_rating_are_told_at_once(place, alice):
    topic = place.framework.competencies.get(code="O2")

    with pytest.raises(ValidationError) as refusal:
        staff.record_assessment(
            place.eve, topic, source="validated", level=9, rated_on=date(2017, 1, 1), by=alice
        )

    assert len(refusal.value.messages) == 3


def test_staff_do_not_validate_themselves(place, stan):
    make.scope(stan, staff_member=place.ann)
    topic = place.framework.competencies.get(code="O2")

    with pytest.raises(PermissionDenied):
        staff.record_assessment(
            place.ann, topic, source="validated", level=4, rated_on=date(2016, 2, 1), by=stan
        )


def test_a_requirement_changes_and_goes(place, alice):
    topic = place.framework.competencies.get(code="O2")

    changed = profiles.change_requirement(place.profile, topic, level=4, weight=3, by=alice)
    gone = profiles.change_requirement(place.profile, topic, level=0, by=alice)

    assert (changed.level, changed.weight, gone) == (4, 3, None)
    assert [row.competency.code for row in place.profile.requirements.all()] == ["O1"]


def test_a_requirement_off_the_scale_is_refused(place, alice):
    topic = place.framework.competencies.get(code="O2")

    with pytest.raises(ValidationError, match="from 0 to 4"):
        profiles.change_requirement(place.profile, topic, level=5, by=alice)


def test_a_draft_is_approved_once(place, carol):
    place.profile.state = "draft"
    place.profile.save()

    profiles.approve_profile(place.profile, by=carol)

    assert place.profile.state == "approved"
    with pytest.raises(ValidationError, match="approved already"):
        profiles.approve_profile(place.profile, by=carol)


def test_an_empty_profile_is_not_approved(place, alice):
    empty = make.profile(place.framework, "R9")
    empty.state = "draft"
    empty.save()

    with pytest.raises(ValidationError, match="asks for nothing"):
        profiles.approve_profile(empty, by=alice)


def test_posts_are_counted_against_people(place):
    for number, holder in enumerate((place.ann, None)):
        post = Post.objects.create(
            administration=place.administration,
            code=f"P{number}",
            unit=place.unit,
            profile=place.profile,
            is_key=True,
        )
        if holder:
            holder.post = post
            holder.save()

    seen = workforce.workforce_profile(place.administration)

    assert (seen.strength, seen.posts, seen.filled, seen.vacant) == (3, 2, 1, 1)
    assert (seen.vacancy_rate, seen.vacant_key_posts) == (0.5, 1)
    assert seen.by_rank.rows[0].values == (2, 1)


def test_who_left_lately_counts_as_leaver(place):
    place.eve.left_on = date(2015, 8, 1)
    place.eve.save()

    seen = workforce.workforce_profile(place.administration)

    assert (seen.strength, seen.leavers, seen.strength_before) == (2, 1, 3)
    assert seen.turnover == pytest.approx(1 / 2.5)


def test_small_counts_of_people_are_withheld(place):
    seen = workforce.workforce_profile(place.administration, limit=5)

    assert seen.by_rank.rows[0].values == (None, None)
    assert seen.by_unit.rows[0].total == 3


def test_a_key_post_knows_who_is_ready(place):
    post = Post.objects.create(
        administration=place.administration,
        code="P1",
        unit=place.unit,
        profile=place.profile,
        is_key=True,
    )
    place.ann.post = post
    place.ann.save()

    seen = outlook.workforce_outlook(place.administration, gaps.gap_analysis(place.administration))

    assert [(one.ready_now, one.unknown, one.vacant) for one in seen.key_posts] == [(1, 1, False)]
    assert seen.covered == 1


def test_quality_counts_pairs_sources_and_people(place):
    rate(place.ben, "O2", 1, source="self")

    seen = quality.assessment_quality(place.administration, gap_figures(place.administration))

    assert (seen.pairs, seen.n, seen.missing, seen.ratings) == (6, 4, 2, 4)
    assert (seen.validation_rate, seen.recently_validated) == (0.75, 2)
    assert [(line.source, line.ratings) for line in seen.sources] == [("self", 1), ("validated", 3)]


def test_the_bench_names_what_hangs_on_one(place):
    seen = quality.bench_depth(place.administration, gap_figures(place.administration))

    assert [(line.competency, line.able, line.holders, line.state) for line in seen.lines] == [
        ("O1", 1, 1, "single_point"),
        ("O2", 1, 1, "single_point"),
    ]
    assert [(line.unit, line.competency) for line in seen.dependencies] == [("Port", "O1")]


def test_own_constants_replace_the_defaults_and_are_told(customs):
    customs.constants = {"held_levels": {"self_weight": 0.1}, "workforce": {"retirement_age": 55}}

    changed = [one.key for one in constants.constants(customs) if one.is_changed]

    assert changed == ["held_levels.weight.self", "workforce.retirement_age"]


@pytest.mark.parametrize(
    "own", [{"workforce": {"age": 1}}, {"held_levels": {"self_weight": -1}},
            {"held_levels": {"self_weight": "much"}}]
)  # fmt: skip
def test_constants_without_sense_are_refused(customs, own):
    customs.constants = own

    with pytest.raises(ValidationError, match="do not make sense"):
        constants.constants(customs)
