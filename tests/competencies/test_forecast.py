"""The stock of staff to come, skills, succession and equity on show; names for the office alone."""

from datetime import date

import pytest
from django.urls import reverse

from competencies.models import PlannedIntake, Post
from competencies.usecases import dense, equity, forecast, gaps, skills, succession
from tests import make
from tests.competencies.make_gaps import Port, port, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    made.ann.born_on = date(1957, 6, 30)
    made.ann.save()
    return made


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def post_of(place, person=None, code="P1", **fields):
    row = Post.objects.create(
        administration=place.administration, code=code, unit=place.unit, profile=place.profile,
        **{"is_key": True, **fields},
    )  # fmt: skip
    if person is not None:
        person.post = row
        person.save()
    return row


def plan(place, people, starts_on, profile=None):
    return PlannedIntake.objects.create(
        administration=place.administration,
        unit=place.unit,
        profile=profile or place.profile,
        people=people,
        starts_on=starts_on,
    )


def seen(place, **wanted):
    owner = place.administration
    return forecast.forecast(owner, gaps.gap_analysis(owner), **wanted)


def test_planned_recruits_and_retirements_fall_into_their_years(place):
    plan(place, 4, date(2016, 9, 1))
    plan(place, 1, date(2018, 2, 12))
    plan(place, 9, date(2020, 1, 1))
    plan(place, 9, date(2016, 2, 12))

    (line,) = seen(place).lines

    assert (line.retirements, line.intake) == ((0, 1, 0), (4, 1, 0))
    assert dict(line.scenarios)["0"] == (7, 7, 7)
    assert dict(line.scenarios)["2"] == (5, 3, 1)


@pytest.mark.parametrize(("by", "title"), [("level", "officers"), ("profile", "Profile R1"),
                                           ("unit", "Port")])  # fmt: skip
def test_the_stock_is_told_by_level_profile_or_unit(place, by, title):
    (line,) = seen(place, by=by).lines

    assert (line.title, line.now, line.is_small) == (title, 3, True)
    assert [name for _pk, name in line.members] == ["Ann", "Ben", "Eve"]


def test_a_profile_that_is_only_planned_is_told_too(place):
    fresh = make.profile(place.framework, "R9", O1=1)
    plan(place, 3, date(2016, 9, 1), fresh)

    lines = {line.key: line for line in seen(place, by="profile").lines}

    assert (lines["R9"].now, dict(lines["R9"].scenarios)["0"]) == (0, (3, 3, 3))


def test_a_unit_narrows_to_those_below_it_and_a_scenario_to_itself(place, customs):
    gate = make.unit(customs, "GATE", parent=place.unit, position=1)
    make.staff_member(gate, place.profile)
    make.staff_member(make.unit(customs, "ELSE"), place.profile)

    told = seen(place, by="unit", unit="PORT", scenario="1")

    assert [(line.key, line.now, len(line.scenarios)) for line in told.lines] == [
        ("PORT", 3, 1), ("GATE", 1, 1),
    ]  # fmt: skip
    assert told.people == 4


def test_a_large_group_is_told_by_the_rate_whatever_the_scenario(place):
    for _n in range(20):
        make.staff_member(place.unit, place.profile)

    told = seen(place, scenario="1")

    assert [name for name, _years in told.lines[0].scenarios] == ["expected"]
    assert told.usual == pytest.approx(told.lines[0].scenarios[0][1])


def test_the_office_reads_who_retires_when_and_others_do_not(place, as_, request):
    post_of(place, place.ann)
    text = as_(request.getfixturevalue("alice")).get(url("retirements")).content.decode()
    assert "30 Jun 2017" in text
    assert "key post" in text

    for name in ("mona", "ruth", "bob"):
        client = as_(request.getfixturevalue(name))
        assert client.get(url("retirements")).status_code == 403
        assert client.get("/api/v1/customs/ahead/retirements/").status_code == 403
        text = client.get(url("outlook") + "?by=unit").content.decode()
        assert "Ann" not in text
        assert "Port" not in text


@pytest.mark.parametrize("page", ["outlook", "retirements", "skills", "staffing"])
def test_the_tables_come_as_csv_and_as_a_workbook(place, as_, alice, page):
    client = as_(alice)

    assert "text/csv" in client.get(url(page) + "?format=csv")["Content-Type"]
    book = client.get(url(page) + "?format=xlsx")
    assert book.getvalue()[:2] == b"PK"
    assert f"{book['Content-Disposition']}".endswith('.xlsx"')


def test_skills_say_who_is_left_and_by_when_to_begin(place, customs):
    post_of(place, place.ann)
    seen = skills.skills_ahead(customs, dense.gap_figures(customs))

    (line,) = seen.lines  # O1 at 3 is the only critical demand; three hold the profile
    assert (line.competency, line.level, line.needed, line.able) == ("O1", 3, 3, (1, 1, 1, 1))
    assert (line.state, line.missing, line.is_late) == ("now", 1, True)
    assert line.start_by == date(2013, 2, 12)
    assert line.ready_on == date(2019, 2, 12)


def test_a_retirement_makes_a_level_short_later(place, customs):
    rate(place.ann, "O1", 3, source="validated", rated_on=date(2016, 2, 11))
    place.ann.assessments.filter(competency__code="O1", level=1).delete()
    place.eve.delete()

    (line,) = skills.skills_ahead(customs, dense.gap_figures(customs)).lines

    assert (line.able, line.state, line.short_from) == ((2, 2, 1, 1), "later", date(2017, 6, 30))


def test_outsiders_read_bands_and_years(place, as_, ruth):
    client = as_(ruth)

    text = client.get(url("skills")).content.decode()
    assert "1-4" in text
    assert "12 Feb 2013" not in text
    (line,) = client.get("/api/v1/customs/ahead/skills/").json()
    assert (line["able"], line["bands"][0], line["start_by"]) == (None, "1-4", "2013")


def test_candidates_are_named_with_what_they_lack(place, alice, as_):
    post = post_of(place, place.ben)
    text = as_(alice).get(url("key_post", post.pk) + "?readiness=over_two_years").content.decode()

    assert "Ann" in text
    assert "Competency O1: 1 of 3" in text
    assert "Ben" not in text.split("<table")[1]


def test_the_manager_of_the_unit_reads_names_and_another_manager_counts(place, mona, as_, customs):
    zoe = make.staff_member(make.unit(customs, "ELSE"), place.profile, name="Zoe")
    post = post_of(place)
    scope = make.scope(mona, unit=place.unit)

    text = as_(mona).get(url("key_post", post.pk) + "?readiness=unknown").content.decode()
    assert "Zoe" in text
    assert "told by the manager of the person" in text  # of another unit's people no levels
    assert url("staff", zoe.pk) not in text

    scope.unit = zoe.unit
    scope.save()
    text = as_(mona).get(url("key_post", post.pk) + "?readiness=unknown").content.decode()
    assert "Zoe" not in text
    assert "Names are read by the office" in text


def test_the_bench_counts_each_person_once(place, customs):
    post_of(place, code="P1")
    post_of(place, code="P2")

    told = succession.succession(customs, gaps.gap_analysis(customs))

    assert (told.covered, told.ready_people, told.bench) == (2, 1, 0.5)


def test_who_holds_a_higher_grade_than_the_holder_is_no_successor(place, alice, as_, customs):
    post = post_of(place, place.ann)
    type(place.ben).objects.filter(pk=place.ben.pk).update(grade=place.ann.grade + 1)

    told = succession.succession(customs, gaps.gap_analysis(customs))
    text = as_(alice).get(url("key_post", post.pk)).content.decode()

    assert [(one.ready_now, one.unknown, one.above) for one in told.posts] == [(0, 1, 1)]
    assert (told.covered, told.ready_people) == (0, 0)
    assert "1 person is left out" in text
    assert "Ben" not in text


def test_a_post_that_one_person_alone_is_fit_for_is_suggested(place, customs):
    post = post_of(place, is_key=False)

    (one,) = succession.succession(customs, gaps.gap_analysis(customs)).suggestions

    assert (one.pk, one.why) == (
        post.pk, "only one person meets every critical requirement of the profile",
    )  # fmt: skip


def test_the_only_leading_post_of_a_station_is_suggested(place, customs):
    place.unit.is_station = True
    place.unit.save()
    lead = make.profile(place.framework, "R3", O1=4)
    lead.staff_level = "managers"
    lead.save()
    Post.objects.create(administration=customs, code="L1", unit=place.unit, profile=lead)

    (one,) = succession.succession(customs, gaps.gap_analysis(customs)).suggestions

    assert one.why == "it is the only leading post of a station"


def test_outsiders_read_neither_counts_nor_days_of_key_posts(place, as_, ruth):
    post = post_of(place, place.ann)
    client = as_(ruth)

    assert "Jun 2017" not in client.get(url("succession")).content.decode()
    assert "2017" not in client.get(url("key_post", post.pk)).content.decode()
    told = client.get("/api/v1/customs/ahead/succession/").json()
    assert (told["bench"], told["posts"][0]["ready_now"], told["posts"][0]["retires_on"]) == (
        None, None, None,
    )  # fmt: skip


def test_equity_counts_gaps_and_key_posts_by_sex_unit_and_grade(place, customs):
    post_of(place, place.ann)

    tables = {x.by: x.lines for x in equity.equity(customs, dense.gap_figures(customs))}

    women, men = tables["gender"]
    assert (women.title, women.people, women.ready, women.short, women.unassessed) == (
        "women", 2, 0, 1, 1,
    )  # fmt: skip
    assert (men.ready, men.short, men.mean_gap, women.mean_gap) == (1, 0, 0, 1)
    assert (women.key_posts, women.key_share, men.key_posts) == (1, 0.5, 0)
    assert [line.title for line in tables["unit"]] == ["Port"]


def test_small_groups_are_withheld_and_so_is_what_would_betray_them(place, customs):
    for n in range(7):
        person = make.staff_member(place.unit, place.profile, gender="m", grade=2, code=f"M{n}")
        rate(person, "O1", 3, source="validated")

    tables = equity.equity(customs, dense.gap_figures(customs), limit=5)

    women, men = tables[0].lines
    assert (women.people, women.mean_gap, women.key_posts) == (None, None, None)
    assert (men.people, men.mean_gap) == (None, None)  # the total less the men are the women


def test_every_figure_of_the_years_ahead_has_a_resource(place, alice, as_):
    client = as_(alice)
    for name in ("forecast", "retirements", "skills", "succession", "staffing", "equity"):
        assert client.get(f"/api/v1/customs/ahead/{name}/").status_code == 200
    told = client.get("/api/v1/customs/ahead/forecast/?by=profile&scenario=1").json()
    assert told["lines"][0]["scenarios"] == {"1": [2.0, 0.0, 0.0]}
    assert client.get("/api/v1/customs/ahead/forecast/?by=colour").status_code == 400


def test_outsiders_read_no_stock_from_which_a_retirement_could_be_told(place, customs, as_, ruth):
    lead = make.profile(place.framework, "R3", O1=4)
    lead.staff_level = "managers"
    lead.save()
    for _n in range(8):
        make.staff_member(place.unit, lead)
    for _n in range(4):
        make.staff_member(place.unit, place.profile)
    make.staff_member(place.unit, lead, born_on=date(1957, 6, 30))

    alone = {line.title: line.now for line in seen(place).lines}
    told = [(line.title, line.now) for line in seen(place, limit=5).lines]

    assert alone == {"managers": 9, "officers": 7}
    assert told == [("officers and managers", 16)]
    assert "Ann" not in as_(ruth).get(url("outlook")).content.decode()
