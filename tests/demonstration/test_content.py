"""What the demonstration holds, seen without a database."""

from collections import Counter
from datetime import date, timedelta

import pytest

from competencies.library import read
from diagnostics.library.read import questionnaire, shipped
from hrplan.demonstration.content import Tables, demonstration
from hrplan.demonstration.people import AS_OF, pyramid
from training_calendar.library import SESSION_MODES, catalogue

SEEDS = (2016, 77)


@pytest.fixture(scope="module", params=SEEDS)
def tables(request: pytest.FixtureRequest) -> Tables:
    return demonstration(request.param)


def test_the_same_seed_gives_the_same_rows() -> None:
    assert demonstration(5) == demonstration(5)


def test_another_seed_gives_other_people() -> None:
    one, other = demonstration(5)["staff_members"], demonstration(6)["staff_members"]

    assert [row["name"] for row in one] != [row["name"] for row in other]


def test_177_officers_and_23_support_staff_serve_in_189_posts_of_which_12_are_vacant(
    tables: Tables,
) -> None:
    serving = [row for row in tables["staff_members"] if not row.get("left_on")]
    vacant = [row for row in tables["posts"] if row["vacant_since"]]

    assert Counter(row["kind"] for row in serving) == {"officer": 177, "support": 23}
    assert (len(tables["posts"]), len(vacant)) == (189, 12)


def test_the_pyramid_of_ranks_is_that_of_the_model(tables: Tables) -> None:
    serving = [row for row in tables["staff_members"] if not row.get("left_on")]

    assert pyramid(serving) == {8: 1, 7: 2, 6: 4, 5: 5, 4: 22, 3: 46, 2: 80, 1: 17}


def test_everybody_holds_one_post_of_the_own_unit_and_rank(tables: Tables) -> None:
    posts = {row["post"]: row for row in tables["posts"]}
    held = [row for row in tables["staff_members"] if row["post"]]

    assert len({row["post"] for row in held}) == len(held) == 177
    for row in held:
        post = posts[row["post"]]
        assert (post["unit"], post["rank"], post["profile"], post["vacant_since"]) == (
            row["unit"], row["rank"], row["profile"], None,
        )  # fmt: skip


def test_fourteen_people_reach_sixty_within_three_years(tables: Tables) -> None:
    first, last = date(1956, 2, 12), date(1959, 2, 12)
    serving = [row for row in tables["staff_members"] if not row.get("left_on")]

    assert sum(first < row["born_on"] <= last for row in serving) == 14
    assert not [row for row in serving if row["born_on"] <= first]


def test_no_name_is_given_twice_and_nobody_joined_as_a_child(tables: Tables) -> None:
    names = [row["name"] for row in tables["staff_members"]]

    assert len(set(names)) == len(names)
    for row in tables["staff_members"]:
        assert row["joined_on"] - row["born_on"] > timedelta(days=17 * 365)


def test_people_are_rated_only_in_what_their_profiles_or_the_role_they_stand_for_ask(
    tables: Tables,
) -> None:
    asked = {
        profile.code: {one.competency for one in profile.requirements}
        for profile in read.profiles(read.PROFILES, read.framework()).profiles
    }
    wanted = {row["staff"]: set(asked.get(row["profile"], ())) for row in tables["staff_members"]}
    for row in tables["secondary_profiles"]:
        wanted[row["staff"]] |= asked[row["profile"]]
    roles = {row["round"]: row["profile"] for row in tables["promotion_rounds"]}
    for row in tables["candidacies"]:
        wanted[row["staff"]] |= asked[roles[row["round"]]]

    assert all(row["competency"] in wanted[row["staff"]] for row in tables["ratings"])
    assert all(0 <= row["level"] <= 4 for row in tables["ratings"])


def test_nearly_all_is_rated_by_the_person_and_the_supervisor_but_not_everything(
    tables: Tables,
) -> None:
    sources = Counter(row["source"] for row in tables["ratings"])

    assert set(sources) == {"self", "supervisor", "peer", "test", "validated"}
    assert min(sources["self"], sources["supervisor"]) > 4000
    assert len({row["staff"] for row in tables["ratings"]}) == 182


def test_nothing_has_happened_after_the_day_on_which_the_demonstration_stands(
    tables: Tables,
) -> None:
    assert max(row["rated_on"] for row in tables["ratings"]) <= AS_OF
    assert all(
        row["done_on"] is None or row["done_on"] <= AS_OF for row in tables["exercise_steps"]
    )
    assert all(row["held_on"] <= AS_OF for row in tables["interviews"])
    assert all(row["measured_on"] <= AS_OF for row in tables["measurements"])
    done = {"closed", "cancelled"}
    assert all(row["ends_on"] <= AS_OF for row in tables["activities"] if row["status"] in done)
    assert all(
        row["starts_on"] > AS_OF for row in tables["activities"] if row["status"] == "pipeline"
    )


def test_each_of_fifty_questions_has_a_vote_of_all_twelve_in_each_round(tables: Tables) -> None:
    rounds = Counter((row["question"], row["round"]) for row in tables["votes"])

    assert len({question for question, _number in rounds}) == 50
    assert set(rounds.values()) == {12}
    assert len(tables["agreements"]) == 50


def test_the_room_was_split_in_two_on_at_least_three_questions(tables: Tables) -> None:
    split = [
        question
        for question in {row["question"] for row in tables["votes"]}
        if _is_split(
            [
                row["level"]
                for row in tables["votes"]
                if row["question"] == question and row["round"] == 1
            ]
        )
    ]

    assert len(split) >= 3


def _is_split(levels: list[int | None]) -> bool:
    """At least a third of the room at each of two levels with hardly anybody between them."""
    counts = Counter(levels)
    pairs = [(low, high) for low in range(1, 4) for high in range(low + 2, 6)]
    return any(
        min(counts[low], counts[high]) >= 4
        and max(counts[level] for level in range(low + 1, high)) <= 2
        for low, high in pairs
    )


def test_what_was_agreed_respects_the_caps_of_existence_and_use(tables: Tables) -> None:
    for row in tables["agreements"]:
        assert row["level"] <= 1 or row["existence"] != "none"
        assert row["level"] <= 2 or row["use"] != "never"
        assert row["rationale"]
        assert row["evidence"]


def test_each_weak_question_has_a_cause_and_an_answer(tables: Tables) -> None:
    weak = {row["question"] for row in tables["agreements"] if row["level"] <= 2}

    assert weak <= {row["finding"] for row in tables["finding_causes"]}
    assert weak <= {row["finding"] for row in tables["finding_recommendations"]}


def test_some_answers_are_no_training(tables: Tables) -> None:
    kinds = Counter(row["is_training"] for row in tables["finding_recommendations"])

    assert kinds[False] > kinds[True] > 10


def test_each_module_held_at_home_has_a_trainer_and_each_external_one_an_offer(
    tables: Tables,
) -> None:
    led = {row["module"] for row in tables["trainer_modules"]}
    offered = {row["module"] for row in tables["offers"]}
    sessions = [module for module in catalogue().modules if module.mode in SESSION_MODES]

    for module in sessions:
        assert module.code in (offered if module.mode == "external" else led)


def test_each_offer_lasts_as_long_as_its_module_within_one_week(tables: Tables) -> None:
    days = {module.code: module.days for module in catalogue().modules}

    for row in tables["offers"]:
        assert (row["ends_on"] - row["starts_on"]).days + 1 == days[row["module"]]
        assert row["starts_on"].isocalendar().week == row["ends_on"].isocalendar().week
        assert row["nominate_by"] < row["starts_on"]


def test_no_unit_has_more_people_on_leave_than_its_share(tables: Tables) -> None:
    units = {row["staff"]: row["unit"] for row in tables["staff_members"]}
    heads = Counter(row["unit"] for row in tables["staff_members"] if not row.get("left_on"))
    away: Counter[tuple[str, date]] = Counter()
    for row in tables["staff_leave"]:
        for step in range((row["ends_on"] - row["starts_on"]).days + 1):
            away[units[row["staff"]], row["starts_on"] + timedelta(days=step)] += 1

    assert all(count <= max(1, 0.12 * heads[unit]) for (unit, _day), count in away.items())


def test_a_trip_is_known_from_each_region_of_staff_to_each_place_of_training(
    tables: Tables,
) -> None:
    homes = {row["region"] for row in tables["units"]}
    places = {row["region"] for name in ("training_venues", "offers") for row in tables[name]}
    trips = {(row["from_region"], row["to_region"]) for row in tables["trips"]}

    assert {(one, other) for one in homes for other in places if one != other} <= trips


def test_costs_are_quantity_times_rate(tables: Tables) -> None:
    assert all(row["amount"] == row["quantity"] * row["rate"] for row in tables["strategy_costs"])


def test_each_interview_followed_a_guide_of_the_questionnaire(tables: Tables) -> None:
    (form,) = [path for path in shipped() if path.stem == "hr-diagnostic"]
    guides = {guide.code for guide in questionnaire(form).guides}

    assert {row["guide"] for row in tables["interviews"]} <= guides


def test_no_new_money_is_asked_for_the_year_whose_ceiling_is_set(tables: Tables) -> None:
    first = [row for row in tables["strategy_costs"] if row["fiscal_year"] == "2016/17"]

    assert {row["funding"] for row in first} == {"within", "virement", "donor"}
