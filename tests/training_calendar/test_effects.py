"""Training effect: those who completed a module beside those who attended none."""

from datetime import date, timedelta

import pandas as pd
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import cycles
from competencies.analysis.demand import PAIR
from competencies.models import Framework
from competencies.usecases import levels_ahead
from tests import make
from tests.competencies.make_gaps import rate
from tests.conftest import frame
from tests.training_calendar import make_training
from training_calendar.analysis import effects
from training_calendar.models import Attendance, Enrolment, Outcome
from training_calendar.usecases import effect_people, training_effect

THEN, NOW = date(2016, 3, 1), date(2016, 12, 1)

ASKED = frame("""
    staff competency unit required
    A     O1         P    3
    B     O1         P    3
    C     O1         P    3
    D     O1         P    3
    E     O1         P    3
""")
BEFORE = frame("""
    staff competency level
    A     O1         1
    B     O1         1
    C     O1         2
    D     O1         1
""")
AFTER = frame("""
    staff competency level
    A     O1         3
    B     O1         1
    C     O1         2
    D     O1         2
    E     O1         2
""")


def taken(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    lines = [(staff, module, "O1", pd.Timestamp(2016, 6, 1), done) for staff, module, done in rows]
    return pd.DataFrame(lines, columns=effects.TAKEN).astype(
        {"completed": bool, "ended_on": "datetime64[ns]"}
    )


def table() -> pd.DataFrame:
    return cycles.changes(ASKED, BEFORE, AFTER)


def test_who_attended_without_completing_stands_in_neither_group():
    pairs = effects.pairs_by_training(table(), taken(("A", "T1", True), ("B", "T1", False)))

    assert dict(zip(pairs["staff"], pairs["training"], strict=True)) == {
        "A": "trained", "B": "begun", "C": "other", "D": "other", "E": "other",
    }  # fmt: skip


def test_beside_a_module_stand_those_whom_no_module_trained():
    found = taken(("A", "T1", True), ("B", "T2", True))

    pairs = effects.pairs_by_module(effects.pairs_by_training(table(), found), found)

    own = pairs[pairs["module"] == "T1"]
    assert dict(zip(own["staff"], own["training"], strict=True)) == {
        "A": "trained", "C": "other", "D": "other", "E": "other",
    }  # fmt: skip


def test_a_level_that_nobody_looked_at_since_shows_no_change():
    rated = pd.DataFrame(
        {"staff": ["A", "B"], "competency": "O1",
         "rated_on": pd.to_datetime(["2016-06-02", "2016-05-31"])}
    )  # fmt: skip

    seen = cycles.seen_since(table(), rated, pd.Series([pd.Timestamp(2016, 6, 1)] * 5))

    assert dict(zip(seen["staff"], seen["change"].notna(), strict=True)) == {
        "A": True, "B": False, "C": False, "D": False, "E": False,
    }  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["T1", "T2"]), st.booleans()),
                unique_by=lambda row: row[:2]))  # fmt: skip
def test_every_pair_stands_in_one_group_and_the_groups_add_up(rows):
    found = taken(*rows)
    pairs = effects.pairs_by_training(table(), found)

    kept = pairs[pairs["training"] != effects.BEGUN]
    trained = kept.loc[kept["training"] == effects.TRAINED, PAIR]
    parts = cycles.training_effect(kept, trained)
    begun = pairs["training"].eq(effects.BEGUN).sum()

    assert parts[["n", "fresh", "lapsed", "missing"]].to_numpy().sum() + begun == len(ASKED)


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
    asked = frame("""
        staff competency unit required
        A     O1         P    3
        B     O1         P    3
        C     O1         P    3
        D     O1         P    3
    """)
    then = frame("""
        staff competency level
        A     O1         1
        B     O1         1
        C     O1         1
        D     O1         2
    """)
    now = frame("""
        staff competency level
        A     O1         3
        B     O1         1
        C     O1         1
        D     O1         3
    """)
    rated = pd.DataFrame({"staff": list("ABCD"), "competency": "O1"}).assign(
        rated_on=pd.to_datetime(["2016-11-01", "2016-05-01", "2016-11-01", "2016-11-01"])
    )

    pairs = effects.pairs_by_training(
        cycles.changes(asked, then, now), taken(("A", "T1", True), ("B", "T1", True))
    )
    pairs = cycles.seen_since(pairs, rated, pairs["ended_on"].fillna(pd.Timestamp(THEN)))
    found = cycles.training_effect(pairs, pairs.loc[pairs["training"] == "trained", PAIR])

    rows = found.set_index("trained")[["n", "lapsed", "change"]].to_dict("index")
    assert rows == {
        True: {"n": 1, "lapsed": 1, "change": 2.0},
        False: {"n": 2, "lapsed": 0, "change": 0.5},
    }
