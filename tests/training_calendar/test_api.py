import pytest

from hrplan.core.models import Role, Run
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Budget, CalendarChange, Need, Plan, TrainingSession

ROOT = "/api/v1/customs/"
JSON = {"content_type": "application/json"}
RESOURCES = [
    "modules",
    "programmes",
    "supply",
    "needs",
    "plans",
    "interventions",
    "sessions",
    "calendars",
    "cover",
]
OPEN_TO = {
    Role.HR_OFFICER: set(RESOURCES),
    Role.FACILITATOR: set(RESOURCES),
    Role.REVIEWER: set(RESOURCES) - {"supply"},
    Role.STAFF: {"modules", "programmes"},
    Role.COORDINATOR: set(),
}


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs)


@pytest.fixture
def session(calendar):
    return calendar.sessions.get()


@pytest.mark.parametrize("role", OPEN_TO, ids=str)
def test_each_role_reads_the_resources_of_its_own(role, customs, calendar, as_):
    client = as_(make.member(customs, role, "somebody"))

    answers = {name: client.get(f"{ROOT}{name}/").status_code for name in RESOURCES}

    assert {name for name, code in answers.items() if code == 200} == OPEN_TO[role]
    assert set(answers.values()) <= {200, 403}


def test_an_administration_without_a_plan_finds_no_needs(alice, as_):
    client = as_(alice)

    answers = [client.get(f"{ROOT}{name}/").status_code for name in RESOURCES]

    assert answers == [200, 200, 200, 404, 200, 404, 404, 200, 404]


def test_modules_are_narrowed_and_a_mode_that_makes_no_sense_is_refused(alice, customs, as_):
    make_training.module(customs, "T01")
    make_training.module(customs, "T02", mode="external", venue_kind="")
    client = as_(alice)

    narrowed = client.get(f"{ROOT}modules/", {"mode": "external"})
    refused = client.get(f"{ROOT}modules/", {"mode": "nonsense"})

    assert [row["code"] for row in narrowed.json()] == ["T02"]
    assert (refused.status_code, list(refused.json())) == (400, ["mode"])


def test_a_module_tells_the_levels_it_leads_to(alice, session, as_):
    answer = as_(alice).get(f"{ROOT}modules/{session.module_id}/").json()

    assert answer["lifts"] == [
        {
            "outcome": session.module.outcomes.get().pk,
            "competency": "O1",
            "title": "Competency O1",
            "level_from": 0,
            "level_to": 2,
            "name_from": "level 0",
            "name_to": "level 2",
        }
    ]


def test_needs_below_the_small_cell_limit_are_withheld_from_the_ministry(
    alice, ruth, calendar, as_
):
    office, ministry = (
        as_(member).get(f"{ROOT}needs/").json()["by_unit"][0] for member in (alice, ruth)
    )

    assert (office["met"], office["unmet"]) == (1, 0)
    assert ministry["met"] is None


def test_the_ministry_cannot_narrow_needs_to_a_person(ruth, calendar, as_):
    asked = as_(ruth).get(f"{ROOT}needs/", {"unit": "nowhere"}).json()

    assert asked["total"]["needs"] == 1


def test_needs_with_names_are_for_the_office_and_for_managers_of_the_unit(
    alice, mona, ruth, calendar, as_
):
    make.scope(mona, unit=make.unit(mona.administration, "HQ"))

    office, manager, ministry = (
        as_(member).get(f"{ROOT}needs/people/") for member in (alice, mona, ruth)
    )

    assert [row["name"] for row in office.json()] == ["Nominee 0"]
    assert manager.json() == []
    assert ministry.status_code == 403


def test_a_need_carries_the_change_that_would_meet_it_in_words_and_in_parts(alice, calendar, as_):
    Need.objects.update(is_met=False, reached=0, reason="money")
    make_training.remedy(Need.objects.get())

    rows = as_(alice).get(f"{ROOT}needs/people/", {"change": "money"}).json()
    whole = as_(alice).get(f"{ROOT}needs/").json()

    assert rows[0]["remedy"]["change"] == "a further BZD 1,200 in 2016/17 Q1"
    assert rows[0]["remedy"]["parts"][0]["amount"] == 1200
    assert rows[0]["remedy"]["is_single"]
    assert [(line["key"], line["unmet"]) for line in whole["by_change"]] == [("money", 1)]


def test_a_plan_is_told_in_figures(alice, calendar, as_):
    answer = as_(alice).get(f"{ROOT}plans/{calendar.plan_id}/").json()

    assert answer["closed_share"] == 0.75
    assert answer["better"] == pytest.approx(1 / 3)
    assert answer["sessions"] == 1


def test_asking_for_a_plan_answers_with_its_run(alice, calendar, as_):
    answer = as_(alice).post(f"{ROOT}plans/", {"budget_share": 0.8, "effort": 2}, **JSON)

    run = Run.objects.get()
    assert answer.status_code == 202
    assert answer.json() == {"id": run.pk, "kind": "plan", "state": "waiting"}
    assert run.parameters == {"budget_share": 0.8, "effort": 2}


@pytest.mark.parametrize("share", [0, 9, "much", None])
def test_a_share_that_makes_no_sense_is_refused(share, alice, calendar, as_):
    answer = as_(alice).post(f"{ROOT}plans/", {"budget_share": share}, **JSON)

    assert (answer.status_code, list(answer.json())) == (400, ["budget_share"])
    assert not Run.objects.exists()


def test_only_the_hr_officer_asks_for_a_plan(carol, calendar, as_):
    assert as_(carol).post(f"{ROOT}plans/", {}, **JSON).status_code == 403


def test_only_the_head_adopts_a_plan(alice, carol, calendar, as_):
    url = f"{ROOT}plans/{calendar.plan_id}/adopt/"

    answers = [as_(member).post(url, **JSON).status_code for member in (alice, carol)]

    assert answers == [403, 200]
    assert Plan.objects.get().state == Plan.State.ADOPTED


def test_an_intervention_is_told_with_its_sessions(alice, session, as_):
    answer = as_(alice).get(f"{ROOT}interventions/{session.intervention_id}/").json()

    assert answer["intervention"]["code"] == "I01"
    assert [row["code"] for row in answer["sessions"]] == [session.code]


def test_sessions_are_narrowed_by_quarter_and_unit(alice, session, as_):
    client = as_(alice)

    of_quarter = client.get(f"{ROOT}sessions/", {"quarter": "2016/17 Q1"}).json()
    of_unit = client.get(f"{ROOT}sessions/", {"unit": "HQ"}).json()

    assert [row["code"] for row in of_quarter] == [session.code]
    assert "trainer" not in of_quarter[0]
    assert of_unit == []


def test_nominees_of_a_session_are_null_for_the_ministry(alice, ruth, session, as_):
    office, ministry = (
        as_(member).get(f"{ROOT}sessions/{session.pk}/").json() for member in (alice, ruth)
    )

    assert [row["name"] for row in office["nominees"]] == ["Nominee 0"]
    assert ministry["nominees"] is None
    assert [row["sent"] for row in ministry["cover"]] == [1, 1]  # two days


def test_a_session_is_pinned_through_rest(alice, session, as_):
    url = f"{ROOT}sessions/{session.pk}/pin/"

    answer = as_(alice).post(url, {"pinned": True}, **JSON)

    assert answer.json()["row"]["is_pinned"] is True
    assert TrainingSession.objects.get().is_pinned


def test_a_session_is_moved_through_rest_with_the_refusals_of_the_page(alice, session, as_):
    client, url = as_(alice), f"{ROOT}sessions/{session.pk}/move/"

    silent = client.post(url, {"starts_on": "2016-04-11"}, **JSON)
    sunday = client.post(url, {"starts_on": "2016-04-10", "reason": "Room"}, **JSON)
    moved = client.post(url, {"starts_on": "2016-04-11", "reason": "Room"}, **JSON)

    assert (silent.status_code, list(silent.json())) == (400, ["reason"])
    assert sunday.status_code == 400
    assert "A session runs on workdays of one week." in str(sunday.json())
    assert (moved.status_code, moved.json()["kind"]) == (202, "move")
    assert Run.objects.get().parameters["starts_on"] == "2016-04-11"


def test_a_session_is_cancelled_through_rest(alice, session, as_):
    answer = as_(alice).post(f"{ROOT}sessions/{session.pk}/cancel/", {"reason": "Storm"}, **JSON)

    assert answer.json()["row"]["status"] == "cancelled"
    assert CalendarChange.objects.get().reason == "Storm"


@pytest.mark.parametrize("verb", ["move", "pin", "cancel"])
def test_only_the_hr_officer_changes_sessions_through_rest(verb, carol, ruth, session, as_):
    url = f"{ROOT}sessions/{session.pk}/{verb}/"

    answers = [as_(member).post(url, {}, **JSON).status_code for member in (carol, ruth)]

    assert answers == [403, 403]


def test_a_calendar_is_checked_through_rest(alice, calendar, as_):
    checked = as_(alice).post(f"{ROOT}calendars/{calendar.pk}/check/", **JSON)

    assert checked.json()["conflicts"] == []


def test_better_dates_are_asked_for_through_rest(alice, calendar, as_):
    answer = as_(alice).post(f"{ROOT}calendars/{calendar.pk}/improve/", {"effort": 1}, **JSON)

    assert (answer.status_code, answer.json()["kind"]) == (202, "schedule")


def test_cover_counts_the_days_at_the_limit(alice, calendar, as_):
    answer = as_(alice).get(f"{ROOT}cover/", {"quarter": "2016/17 Q1"}).json()

    station = answer["stations"][0]
    assert station["title"] == "Port station"
    assert [cell["binding_days"] for cell in station["cells"]][:2] == [2, 0]


@pytest.mark.parametrize("name", ["modules", "interventions", "sessions", "calendars", "plans"])
def test_an_outsider_finds_no_row_through_rest(name, mallory, session, as_):
    keys = {
        "modules": session.module_id,
        "interventions": session.intervention_id,
        "sessions": session.pk,
        "calendars": session.calendar_id,
        "plans": session.calendar.plan_id,
    }
    client = as_(mallory)

    assert client.get(f"{ROOT}{name}/{keys[name]}/").status_code == 404
    assert client.get(f"/api/v1/elsewhere/{name}/{keys[name]}/").status_code == 404


@pytest.mark.parametrize("name", [*RESOURCES, "needs/people"])
def test_four_sessions_ask_the_database_no_more_than_one_through_rest(
    name, customs, elsewhere, as_, django_assert_max_num_queries
):
    counts = []
    for owner, sessions in ((customs, 1), (elsewhere, 4)):
        make_training.plan(owner, sessions=sessions)
        client = as_(make.member(owner, Role.HR_OFFICER, "counter"))
        with django_assert_max_num_queries(15) as asked:
            client.get(f"/api/v1/{owner.slug}/{name}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert Need.objects.count() == 5


def test_what_no_plan_could_hold_is_told_for_a_share_of_the_money(customs, alice, ruth, as_):
    calendar = make_training.plan(customs)
    make_training.rate(calendar.enrolments.first().staff_member, 0)
    url = "/api/v1/customs/plans/obstacles/"
    body = {"budget_share": 0.1}
    Budget.objects.update(amount=500)

    refused = as_(ruth).post(url, body, content_type="application/json")
    told = as_(alice).post(url, body, content_type="application/json").json()
    whole = as_(alice).post(url, {}, content_type="application/json").json()

    assert refused.status_code == 403
    assert [(one["module"], one["rules"]) for one in told] == [("", ["H15"]), ("T01", ["H15"])]
    assert "no quarter has the money" in told[0]["what"]
    assert whole == []
