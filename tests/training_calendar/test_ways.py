import pytest

from tests.training_calendar import make_training
from training_calendar.analysis.modes import ModeConstants, make_or_buy, preferred
from training_calendar.models import Need, Programme, Travel
from training_calendar.usecases import ways

pytestmark = [pytest.mark.whole, pytest.mark.both]

PAGE = "/customs/plan/ways/"
RULE = ModeConstants()
COURSE = {
    "days": 5, "fee": 100.0, "trip": 2000.0, "per_diem": 60.0, "room_day": 50.0, "group": 20,
}  # fmt: skip


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("level", "people", "first", "second"),
    [
        (1, 11, "elearning", "briefing"),
        (1, 10, "briefing", "elearning"),
        (2, 9, "classroom", "blended"),
        (2, 8, "blended", "classroom"),
        (2, 4, "blended", "classroom"),
        (2, 3, "rotation", "attachment"),
        (3, 20, "regional", "abroad"),
        (4, 1, "accreditation", "long-attachment"),
    ],
)
def test_the_way_follows_the_level_and_the_number_of_people(level, people, first, second):
    found = preferred(level, people, RULE)

    assert (found.first, found.second) == (first, second)


def test_practice_goes_before_all_and_behaviour_is_practised_from_level_two_on():
    practical = preferred(1, 50, RULE, is_practical=True, is_behaviour=True)

    assert (practical.first, practical.second) == ("practice", "")
    assert preferred(2, 50, RULE, is_behaviour=True).first == "workshop"
    assert preferred(1, 50, RULE, is_behaviour=True).first == "elearning"


def test_a_plan_follows_a_way_by_the_mode_of_its_modules():
    online = preferred(1, 20, RULE)

    assert online.suits("self_paced")
    assert online.suits("classroom")  # the second choice
    assert not online.suits("external")


def test_an_unknown_fee_is_left_out_and_the_answer_names_what_it_may_be():
    found = make_or_buy(10, trainer_fee_day=None, **COURSE)

    assert (found.send, found.bring, found.fee_day) == (24000, 2550, 4290)
    assert found.choice == "unknown"


@pytest.mark.parametrize(("fee", "choice"), [(4000.0, "bring"), (4290.0, "send"), (5000.0, "send")])
def test_a_known_fee_decides(fee, choice):
    assert make_or_buy(10, trainer_fee_day=fee, **COURSE).choice == choice


def test_where_bringing_in_costs_more_without_any_fee_people_are_sent():
    cheap = {**COURSE, "fee": 0.0, "trip": 0.0, "per_diem": 0.0}

    assert make_or_buy(1, trainer_fee_day=None, **cheap).choice == "send"


def test_two_groups_need_the_trainer_twice():
    once, twice = (make_or_buy(n, trainer_fee_day=100.0, **COURSE) for n in (20, 21))

    assert twice.bring == 2 * once.bring


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs, sessions=4)


def test_each_level_of_a_need_is_a_step_of_its_own(calendar):
    steps = {(line.competency, line.level): line for line in ways.ways(calendar.plan).steps}

    assert set(steps) == {("O1", 1), ("O1", 2)}
    assert steps["O1", 1].people == steps["O1", 1].met == 4
    assert steps["O1", 2].by_mode == (("classroom", 4),)
    assert steps["O1", 2].is_followed


def test_the_page_says_the_way_the_plan_goes_and_names_the_rules(calendar, alice, as_):
    page = words(as_(alice).get(PAGE))

    assert "Half a day of briefing at the station" in page
    assert "e-learning comes first for more than 10 people" in page
    assert "No course abroad is needed by so many." in page


def test_a_course_abroad_that_many_need_is_compared(calendar, alice, as_, customs):
    abroad = make_training.module(
        customs, "T58", mode="external", travel="regional", days=5, cost_person=100
    )
    customs.constants = {"planning": {"modes": {"same_course": 4}}}
    customs.save()
    Need.objects.update(module=abroad, is_met=False, reached=0, reason="money")
    make_training.offer(abroad)
    Travel.objects.create(administration=customs, from_region="BZC", to_region="JAM", cost=2000)

    line = ways.ways(calendar.plan).buying[0]
    page = words(as_(alice).get(PAGE))

    assert (line.people, line.trip, line.send) == (4, 2000, 4 * 2100)
    assert "bring the trainer in if a day of fee costs less than" in page
    assert "unknown is not zero" in page


def test_a_programme_is_an_option_for_the_needs_its_modules_lead_to(calendar, customs):
    made = Programme.objects.create(
        administration=customs,
        code="P1",
        title="Certificate",
        provider=make_training.provider(customs),
        award="Certificate",
    )
    made.modules.add(Need.objects.first().module)

    found = ways.ways(calendar.plan).programmes[0]

    assert (found.needs, found.people, found.several) == (4, 4, 0)


def test_the_page_is_for_those_who_see_small_numbers(calendar, ruth, mona, as_):
    assert [as_(member).get(PAGE).status_code for member in (ruth, mona)] == [403, 403]


def test_rest_gives_the_same(calendar, alice, ruth, as_):
    address = f"/api/v1/customs/plans/{calendar.plan_id}/ways/"

    found = as_(alice).get(address).json()

    assert {(line["competency"], line["level"]) for line in found["steps"]} == {
        ("O1", 1),
        ("O1", 2),
    }
    assert found["buying"] == []
    assert as_(ruth).get(address).status_code == 403


def test_what_training_does_not_answer_has_no_way(calendar):
    Need.objects.update(is_met=False, reason="cause-tools", module=None)

    assert ways.ways(calendar.plan).steps == ()
