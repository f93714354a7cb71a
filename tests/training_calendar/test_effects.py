"""Training effect: those who completed a module beside those who attended none."""

import dataclasses
from datetime import date, timedelta
from random import Random

import numpy as np
import pandas as pd
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import cycles
from competencies.analysis.suppression import TOTAL
from competencies.models import Framework
from competencies.usecases import levels_ahead
from competencies.usecases.gaps import known
from tests import make
from tests.competencies.make_cycles import furnish
from tests.competencies.make_gaps import rate
from tests.training_calendar import make_training, plain_effects
from training_calendar.analysis import effects
from training_calendar.models import Attendance, Enrolment, Module, Outcome
from training_calendar.usecases import effect_people, training_effect

THEN, NOW = date(2016, 3, 1), date(2016, 12, 1)
NONE = np.nan
JUNE, NOVEMBER = 152, 305  # days of the year in which the tests count them
PEOPLE = "ABCDE"


def taken(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    lines = [(PEOPLE.index(who), module, 0, JUNE, done) for who, module, done in rows]
    kinds = {"person": int, "topic": int, "ended": int, "completed": bool}
    return pd.DataFrame(lines, columns=effects.TAKEN).astype(kinds)


def pairs_of(
    *rows: tuple[str, str, bool],
    then: tuple[float, ...] = (1, 1, 2, 1, NONE),
    now: tuple[float, ...] = (3, 1, 2, 2, 2),
    rated: tuple[int, ...] = (NOVEMBER,) * 5,
) -> effects.Pairs:
    """Five people asked for one competency at 3, and what they attended."""
    levels = (np.array([one], np.float32).T for one in ((3,) * len(now), then, now))
    days = np.array([rated], np.uint16).T
    return effects.pairs_by_training(*levels, days, taken(*rows), since=60)


def kinds(pairs: effects.Pairs) -> dict[str, str]:
    others = np.flatnonzero(pairs.required[:, 0])
    return {PEOPLE[place]: effects.OTHER for place in others} | {
        PEOPLE[row.person]: row.training for row in pairs.attended.itertuples()
    }


def test_who_attended_without_completing_stands_in_neither_group():
    pairs = pairs_of(("A", "T1", True), ("B", "T1", False))

    assert kinds(pairs) == {
        "A": "trained", "B": "begun", "C": "other", "D": "other", "E": "other",
    }  # fmt: skip


def test_beside_a_module_stand_those_whom_no_module_trained():
    pairs = pairs_of(("A", "T1", True), ("B", "T2", True))

    assert effects.listed(pairs.completed, "module")["T1"].people == 1
    assert effects.Others(pairs).of([0]).people == 3


def test_a_level_that_nobody_looked_at_since_shows_no_change():
    pairs = pairs_of(("A", "T1", True), ("B", "T1", True), rated=(JUNE, JUNE - 1, 60, 59, 0))

    assert pairs.attended["now"].notna().tolist() == [True, False]
    assert np.isnan(pairs.now[2:, 0]).tolist() == [False, True, True]


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["T1", "T2"]), st.booleans()),
                unique_by=lambda row: row[:2]))  # fmt: skip
def test_every_pair_stands_in_one_group_and_the_groups_add_up(rows):
    pairs = pairs_of(*rows)

    listed = effects.listed(pairs.attended, "training").values()
    groups = [one for one in (*listed, effects.Others(pairs).of([0])) if one]

    assert sum(one.people for one in groups) == len(PEOPLE)
    assert sum(one.sums[cycles.PAIRS].sum() for one in groups) == len(PEOPLE)


@pytest.fixture
def owner(customs):
    """Seven people asked for O1: five completed T01 and rose by one, two attended nothing."""
    calendar = make_training.plan(customs, sessions=7)
    customs.as_of_fixed = NOW
    customs.save()
    people = [place.staff_member for place in calendar.enrolments.order_by("staff_member__code")]
    for number, person in enumerate(people):
        rate(person, "O1", 1, rated_on=date(2016, 2, 1))
        rate(person, "O1", 2 if number < 5 else 1, rated_on=date(2016, 11, 1))
        if number < 5:
            place = Enrolment.objects.get(staff_member=person)
            Attendance.objects.create(enrolment=place, hours=12, is_completed=True)
    return customs


def line(owner, **options):
    found = training_effect.compared(owner, THEN)
    return training_effect.training_effect(found, **options)


@pytest.mark.django_db
def test_each_module_and_competency_shows_both_groups_with_n_and_missing(owner):

    found = line(owner)

    for one in (found.total, *found.by_competency, *found.by_module):
        assert (one.trained.n, one.trained.missing, one.trained.before, one.trained.now) == (
            5, 0, 1.0, 2.0,
        )  # fmt: skip
        assert (one.others.n, one.others.change, one.difference) == (2, 0.0, 1.0)
    assert [one.key for one in found.by_module] == ["T01"]
    assert (found.completed, found.begun) == (5, 0)


@pytest.mark.django_db
def test_a_rating_before_the_module_ended_is_no_level_after_it(owner):
    place = Enrolment.objects.get(staff_member__code="P0")
    place.starts_on = place.ends_on = date(2016, 11, 15)
    place.save()

    found = line(owner)

    assert (found.total.trained.n, found.total.trained.missing) == (4, 1)


@pytest.mark.django_db
def test_what_a_module_lifts_in_another_version_of_the_framework_counts_nothing(owner):
    old = Framework.objects.create(
        administration=owner, code="test", version="0.9", title="Old", state="retired"
    )
    group = old.groups.create(administration=owner, code="O", title="Operational")
    topic = old.competencies.create(administration=owner, group=group, code="O1", title="Old O1")
    Outcome.objects.update(competency=topic)

    found = line(owner)

    assert (found.is_known, found.by_module, found.by_competency) == (False, (), ())


@pytest.mark.django_db
def test_outside_the_office_small_groups_are_withheld_with_what_betrays_them(owner):
    Attendance.objects.filter(enrolment__staff_member__code="P4").delete()

    seen = line(owner, limit=5)

    for one in (*seen.by_competency, *seen.by_module):
        assert (one.trained, one.others, one.difference) == (None, None, None)
    assert seen.completed is None
    assert line(owner).by_module[0].trained.n == 4


@pytest.mark.django_db
def test_a_module_that_shares_a_competency_with_a_small_one_is_withheld_too(owner):
    second = make_training.module(owner, "T02")
    profile = Enrolment.objects.first().staff_member.profile
    station = Enrolment.objects.first().staff_member.unit
    template = Enrolment.objects.get(staff_member__code="P0")
    for number in range(8):
        person = make.staff_member(station, profile, code=f"Q{number}")
        rate(person, "O1", 1, rated_on=date(2016, 2, 1))
        rate(person, "O1", 2, rated_on=date(2016, 11, 1))
        if number < 2:
            place = Enrolment.objects.create(
                calendar=template.calendar,
                intervention=template.intervention,
                module=second,
                staff_member=person,
                starts_on=template.starts_on,
                ends_on=template.ends_on,
            )
            Attendance.objects.create(enrolment=place, hours=12, is_completed=True)

    seen = line(owner, limit=5)

    assert [one.trained for one in seen.by_module] == [None, None]
    assert [one.trained.n for one in seen.by_competency] == [7]


@pytest.mark.django_db
def test_the_people_behind_a_figure_are_as_many_as_it_counts(owner, as_, alice):
    Enrolment.objects.get(staff_member__code="P1").staff_member.assessments.filter(
        rated_on__gt=THEN
    ).delete()
    found = training_effect.compared(owner, THEN)
    figure = training_effect.training_effect(found).by_module[0].trained

    people = effect_people.people_behind(found, module="T01")

    assert len(people) == figure.n + figure.missing == 5
    assert sum(one.change is not None for one in people) == figure.n == 4
    assert {one.why_not for one in people} == {"", "not rated since"}
    assert people[0].modules == ("T01",)


@pytest.mark.django_db
def test_page_file_and_rest_tell_the_same_and_say_that_it_is_no_proof(owner, as_, alice):
    client, asked = as_(alice), {"before": THEN.isoformat()}
    address = reverse("training_calendar:training_effect", args=["customs"])

    page = client.get(address, asked).content.decode()
    file = client.get(address, {**asked, "format": "csv"}).getvalue().decode("utf-8-sig")
    answer = client.get("/api/v1/customs/training-effect/", asked).json()
    behind = client.get("/api/v1/customs/training-effect/people/", asked).json()

    assert "A comparison, no proof of cause" in page
    assert "all,,,completed training,5,5,0,1,2,1" in file.replace(".000", "")
    assert answer["by_module"][0]["trained"]["change"] == 1.0
    assert [len(behind), behind[0]["change"]] == [5, 1.0]


@pytest.mark.django_db
def test_only_the_office_opens_the_people(owner, as_, ruth, carol):
    address = reverse("training_calendar:effect_people", args=["customs"])
    rest = "/api/v1/customs/training-effect/people/"

    assert [as_(ruth).get(url).status_code for url in (address, rest)] == [403, 403]
    assert [as_(carol).get(url).status_code for url in (address, rest)] == [200, 200]


@pytest.mark.django_db
def test_without_attendance_the_page_says_so(owner, as_, ruth):
    Attendance.objects.all().delete()
    address = reverse("training_calendar:training_effect", args=["customs"])

    page = as_(ruth).get(address)

    assert "No attendance between these days" in page.content.decode()


@pytest.mark.django_db
def test_a_day_that_is_none_is_refused_in_words(owner, as_, alice):
    late = {"before": (NOW + timedelta(days=1)).isoformat()}
    page = as_(alice).get(reverse("training_calendar:training_effect", args=["customs"]), late)
    answer = as_(alice).get("/api/v1/customs/training-effect/", late)

    assert "Choose a day before today" in page.content.decode()
    assert (answer.status_code, list(answer.json())) == (400, ["before"])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["training_effect", "effect_people"])
def test_the_pages_keep_to_fifteen_queries(owner, as_, alice, name, django_assert_max_num_queries):
    client = as_(alice)
    levels_ahead.work_out(owner)  # else three more, once, to work changed levels out
    with django_assert_max_num_queries(15):
        client.get(reverse(f"training_calendar:{name}", args=["customs"]))


def test_the_worked_example_of_the_method():
    pairs = pairs_of(
        ("A", "T1", True),
        ("B", "T1", True),
        then=(1, 1, 1, 2),
        now=(3, 1, 1, 3),
        rated=(NOVEMBER, JUNE - 20, NOVEMBER, NOVEMBER),
    )

    groups = effects.listed(pairs.attended, "training")["trained"], effects.Others(pairs).of([0])
    sums = np.stack([one.sums for one in groups], axis=1)
    rows = cycles.change_totals(sums, np.array([2, 2]))[["n", "lapsed", "change"]]

    assert rows.to_dict("records") == [
        {"n": 1, "lapsed": 1, "change": 2.0},
        {"n": 2, "lapsed": 0, "change": 0.5},
    ]


def attend(owner, calendar, people, chance):
    """Some of the people were in some of three modules between the days; not all completed them."""
    topics = {one.code: one for one in Framework.objects.get().competencies.all()}
    modules = [Module.objects.get(code="T01"), *(
        Module.objects.create(
            administration=owner, code=code, title=code, provider=make_training.provider(owner),
            mode="classroom", hours=8, days=1, max_group=9, cost_session=1, cost_person=1,
        )
        for code in ("T02", "T03")
    )]  # fmt: skip
    for module, codes in zip(modules[1:], (["O1", "O2"], ["V1", "O2"]), strict=True):
        for code in codes:
            Outcome.objects.create(module=module, competency=topics[code], level_from=0, level_to=2)
    line = calendar.plan.interventions.first()
    for person in people:
        for module in modules:
            if chance.random() < 0.4:
                day = owner.as_of - timedelta(days=chance.choice([-5, 0, 20, 150, 250, 400]))
                place = Enrolment.objects.create(
                    calendar=calendar, intervention=line, module=module, staff_member=person,
                    starts_on=day, ends_on=day,
                )  # fmt: skip
                hours, done = chance.choice([0, 8]), chance.random() < 0.6
                Attendance.objects.create(enrolment=place, hours=hours, is_completed=done)
    if people and chance.random() < 0.5:
        people[0].left_on = owner.as_of
        people[0].save()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_the_comparison_is_the_one_of_the_pairs_read_one_by_one(customs, seed):
    chance = Random(seed)
    calendar = make_training.plan(customs)
    framework = Framework.objects.get()
    framework.competencies.create(
        administration=customs, group=framework.groups.first(), code="V1", title="V1"
    )
    attend(customs, calendar, furnish(framework, chance), chance)

    for before in (customs.as_of - timedelta(days=days) for days in (365, 200, 30)):
        found = training_effect.compared(customs, before)
        for limit in (None, 2, 3, 5):
            seen = training_effect.training_effect(found, limit=limit)
            lines = {one.key: one for one in (*seen.by_competency, *seen.by_module, seen.total)}
            expected = plain_effects.effect(customs, before, limit)
            assert set(lines) - {TOTAL} == set(expected) - {TOTAL}
            for key, sides in expected.items():
                for side, row in zip((lines[key].trained, lines[key].others), sides, strict=True):
                    _is(side, row)
        _, pairs, modules = plain_effects.compared(customs, before)
        _behind(found, pairs, modules)


def _is(side, row):
    assert (side is None) == (row is None)
    for name in row or ():
        value = known(row[name])
        expected = value if value is None else pytest.approx(value, abs=1e-6)
        assert getattr(side, name) == expected, name


def _behind(found, pairs, modules):
    """Whoever stands behind a figure is read one by one, in the order of the plain reading."""
    codes = found.days.figures.staff.set_index("staff")["pk"]
    for trained in (True, False):
        for module in ("", "T01", "T02", "T03"):
            for competency in ("", "O1", "O2"):
                rows = modules[modules["module"] == module] if module else pairs
                rows = rows[rows["training"] == ("trained" if trained else "other")]
                rows = rows[rows["competency"] == competency] if competency else rows
                people = effect_people.people_behind(
                    found, competency=competency, module=module, trained=trained
                )
                told = [(one.pk, one.competency, one.before, one.now) for one in people]
                expected = [
                    (codes[row.staff], row.competency, known(row.before), known(row.now))
                    for row in rows.sort_values(["staff", "competency"]).itertuples()
                ]
                assert sorted(told, key=str) == sorted(expected, key=str)
                assert [one.name for one in people] == sorted(one.name for one in people)
                assert people.known == rows["change"].notna().sum()
                assert [dataclasses.astuple(one) for one in people[1:3]] == [
                    dataclasses.astuple(one) for one in list(people)[1:3]
                ]
                assert all(bool(one.modules) == trained for one in people)
