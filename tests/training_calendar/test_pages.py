from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from hrplan.core.models import Role, Run
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import (
    Budget,
    Calendar,
    CalendarChange,
    Closure,
    CostLine,
    Module,
    Need,
    Plan,
    Programme,
    Trainer,
    TrainingSession,
)
from training_calendar.usecases import releases, session_detail

pytestmark = [pytest.mark.whole, pytest.mark.both]

LISTS = [
    "module_list",
    "programme_list",
    "supply",
    "needs",
    "plan",
    "intervention_list",
    "calendar",
    "calendar_month",
    "calendar_timeline",
    "calendar_events",
    "cover",
]
OPEN_TO = {
    Role.HEAD: set(LISTS),
    Role.FACILITATOR: set(LISTS),
    Role.MANAGER: set(LISTS),
    Role.REVIEWER: set(LISTS) - {"supply"},
    Role.STAFF: {"module_list", "programme_list", "calendar"},
    Role.COORDINATOR: set(),
}


def at(name, *keys):
    return reverse(f"training_calendar:{name}", args=["customs", *keys])


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs)


@pytest.fixture
def session(calendar):
    return calendar.sessions.get()


@pytest.mark.parametrize("role", OPEN_TO, ids=str)
def test_each_role_opens_the_pages_of_its_own(role, customs, calendar, as_):
    client = as_(make.member(customs, role, "somebody"))

    opened = {name for name in LISTS if client.get(at(name)).status_code == 200}

    assert opened == OPEN_TO[role]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_administration_gets_a_page_that_says_what_to_do(name, alice, as_):
    response = as_(alice).get(at(name))

    assert response.status_code == 200
    if name != "calendar_events":
        assert "empty-state" in words(response) or "not yet" in words(response)


def test_the_catalogue_is_narrowed_by_the_address(alice, customs, as_):
    make_training.module(customs, "T01")
    make_training.module(customs, "T02", mode="external", venue_kind="")

    page = words(as_(alice).get(at("module_list"), {"mode": "external"}))

    assert "Module T02" in page
    assert "Module T01" not in page


def test_a_module_shows_what_it_leads_to_by_name(alice, session, as_):
    page = words(as_(alice).get(at("module", session.module_id)))

    assert "Competency O1" in page
    assert "2 level 2" in page
    assert session.code in page


def test_a_programme_shows_its_tutors_to_insiders_alone(alice, ruth, session, as_):
    programme = Programme.objects.create(
        administration=session.administration,
        code="P1",
        title="Certificate",
        provider=session.module.provider,
        award="Certificate",
    )
    programme.modules.add(session.module)

    seen = [words(as_(member).get(at("programme", programme.pk))) for member in (alice, ruth)]

    assert ["Tina Trainer" in page for page in seen] == [True, False]
    assert "1 tutor is certified for it." in seen[1]


def test_supply_says_which_deadline_is_over(alice, session, as_):
    make_training.offer(session.module)
    Closure.objects.create(
        administration=session.administration,
        starts_on=date(2016, 9, 1),
        ends_on=date(2016, 9, 30),
        scope="ALL",
        reason="Storm peak",
    )

    client = as_(alice)

    dates = words(client.get(at("supply"), {"part": "dates"}))
    trainers = words(client.get(at("supply"), {"part": "trainers"}))

    assert "Storm peak" in dates
    assert "1 Mar 2016" in dates
    assert "2/20" in trainers  # the trainer's days in the quarter


def test_supply_adds_up_the_money_of_the_quarters(alice, calendar, as_):
    page = words(as_(alice).get(at("supply"), {"part": "nonsense"}))

    assert page.count("5,000") == 3  # the figure on top, the quarter, the total


def test_long_lists_come_in_pages_and_keep_their_sums(alice, calendar, as_, monkeypatch):
    monkeypatch.setattr("training_calendar.views.calendars.LISTED", 1)
    monkeypatch.setattr("training_calendar.views.plans.LISTED", 1)
    first = calendar.sessions.get()
    second = TrainingSession.objects.get(pk=first.pk)
    second.pk, second.code = None, "T01-16-99"
    second.starts_on = second.ends_on = date(2016, 4, 18)
    second.save()
    client = as_(alice)

    sessions = [
        words(client.get(at("calendar"), {"quarter": "", "page": number})) for number in (1, 2)
    ]

    assert [first.code in page for page in sessions] == [True, False]
    assert [second.code in page for page in sessions] == [False, True]
    cost = f"2 sessions, {first.cost * 2:,.0f} BZD"
    assert [cost in page for page in sessions] == [True, True]
    lines = words(client.get(at("intervention_list")))
    assert "1 intervention, " in lines


def test_modules_are_found_by_words_of_the_title_and_by_code(alice, session, as_):
    client = as_(alice)
    codes = ("odule t0", "T01", "nothing such")

    pages = [words(client.get(at("module_list"), {"words": code})) for code in codes]

    assert ["Module T01" in page for page in pages] == [True, True, False]


def test_a_line_of_the_needs_opens_the_needs_behind_it(alice, ruth, calendar, as_):
    Need.objects.update(is_met=False, reached=0, reason="money")
    office, ministry = (words(as_(member).get(at("needs"))) for member in (alice, ruth))

    assert f"{at('needs')}?reason=money" in office
    assert f"{at('needs')}?competency=O1" in office
    assert "?reason=" not in ministry


def test_needs_tell_the_reason_in_words_and_names_only_to_those_who_may(alice, ruth, calendar, as_):
    Need.objects.update(is_met=False, reached=0, reason="money")

    office, ministry = (words(as_(member).get(at("needs"))) for member in (alice, ruth))

    assert "no quarter has the money left" in office
    assert "Nominee 0" in office
    assert "Nominee 0" not in ministry
    assert "hidden" in ministry


def test_a_need_left_open_says_what_would_meet_it_to_those_who_may_see_names(
    alice, ruth, calendar, as_
):
    Need.objects.update(is_met=False, reached=0, reason="money")
    make_training.remedy(Need.objects.get())

    office, ministry = (words(as_(member).get(at("needs"))) for member in (alice, ruth))

    assert "A further BZD 1,200 in 2016/17 Q1" in office
    assert "One more session of T01 Module T01, 9 to 10 May 2016, with 4 more people" in office
    assert f"{at('needs')}?change=money" in office
    assert "A further BZD 1,200" not in ministry
    assert "More money in a quarter" in ministry


def test_what_would_meet_the_needs_stands_on_the_page_of_the_plan(alice, calendar, as_):
    Need.objects.update(is_met=False, reached=0, reason="money")
    make_training.remedy(Need.objects.get())

    page = words(as_(alice).get(at("plan")))

    assert "More money in a quarter" in page
    assert "from BZD 1,400 on" in page


def test_changes_that_only_help_together_are_said_to_be_so(alice, calendar, as_):
    Need.objects.update(is_met=False, reached=0, reason="cover")
    relief = {"kind": "cover", "amount": 1.0, "station": "PBC", "first": "2016-05-09",
              "last": "2016-05-09"}  # fmt: skip
    days = {"kind": "days", "amount": 18.0, "year": 2016, "limit": 16}
    make_training.remedy(Need.objects.get(), kind="cover", parts=[relief, days], places=[])

    page = words(as_(alice).get(at("needs")))

    assert "Only together:" in page
    assert "1 person of relief at Port station, 9 May 2016 and 18 training days in 2016" in page


def test_a_manager_reads_only_the_needs_of_the_own_units(mona, calendar, as_):
    other = make.unit(mona.administration, "HQ")
    make.scope(mona, unit=other)

    page = words(as_(mona).get(at("needs")))

    assert "Nominee 0" not in page


def test_a_plan_says_how_much_better_one_could_be(alice, calendar, as_):
    page = words(as_(alice).get(at("plan")))

    assert "75 %" in page  # 30 of 40 points
    assert "at most 33 % better is possible" in page
    assert "3 required levels have no assessment" in page


def test_asking_for_a_plan_opens_the_page_of_its_run(alice, calendar, as_):
    response = as_(alice).post(at("ask_for_plan"), {"budget_percent": 80, "effort": 2})

    run = Run.objects.get()
    assert run.parameters == {"budget_share": 0.8, "effort": 2}
    assert response.url == reverse("core:run", args=["customs", run.pk])


def test_the_page_that_asks_for_a_plan_says_what_no_plan_could_hold(alice, calendar, as_):
    make_training.rate(calendar.enrolments.first().staff_member, 0)
    page = as_(alice).get(at("ask_for_plan"))
    assert "?look=1" in words(page)

    Trainer.objects.get().modules.clear()
    told = words(as_(alice).get(at("ask_for_plan"), {"look": "1"}))
    assert "No session can be held: no trainer who is qualified is ever free." in told
    assert "T01 Module T01 cannot be held: no trainer who is qualified is ever free." in told
    assert "This alone would do if it were relaxed: “A trainer is qualified" in told

    part = as_(alice).get(at("ask_for_plan"), {"look": "1"}, headers={"HX-Request": "true"})
    assert words(part).startswith('<div id="obstacles">')


def test_the_page_says_that_nothing_is_in_the_way_or_what_the_tables_lack(alice, calendar, as_):
    needless = words(as_(alice).get(at("ask_for_plan"), {"look": "1"}))
    make_training.rate(calendar.enrolments.first().staff_member, 0)
    free = words(as_(alice).get(at("ask_for_plan"), {"look": "1"}))
    Budget.objects.all().delete()

    lacking = words(as_(alice).get(at("ask_for_plan"), {"look": "1"}))

    assert "Nobody needs any module that can be planned" in needless
    assert "Nothing: each module that somebody needs could be held on some day." in free
    assert "Nothing: each module" not in lacking


def test_a_plan_for_no_money_is_not_asked_for(alice, calendar, as_):
    response = as_(alice).post(at("ask_for_plan"), {"budget_percent": 0, "effort": 2})

    assert response.status_code == 200
    assert not Run.objects.exists()


def test_the_head_adopts_the_plan_and_nobody_else(alice, carol, calendar, as_):
    refused = as_(alice).post(at("adopt"))
    as_(carol).post(at("adopt"))

    assert refused.status_code == 403
    assert Plan.objects.get().state == Plan.State.ADOPTED


def test_an_intervention_shows_its_sessions_and_its_groups_to_insiders(alice, ruth, session, as_):
    pages = [
        words(as_(member).get(at("intervention", session.intervention_id)))
        for member in (alice, ruth)
    ]

    assert all(session.code in page for page in pages)
    group = '<td>Port station</td><td class="number">1</td>'
    assert [group in page for page in pages] == [True, False]


def test_cost_lines_say_currency_day_and_source_of_their_prices(alice, session, as_):
    CostLine.objects.create(
        intervention=session.intervention, budget_line="43", title="Course fees",
        quarter="2016/17 Q1", fiscal_year="2016/17", quantity=1, unit="person", rate=20, amount=20,
    )  # fmt: skip
    page = at("intervention", session.intervention_id)
    assert "Prices in BZD; their day is not entered" in words(as_(alice).get(page))

    Module.objects.update(price_date=date(2016, 1, 5), price_source="Letter of the provider")
    told = words(as_(alice).get(page))
    sent = as_(alice).get(f"/api/v1/customs/interventions/{session.intervention_id}/").json()

    assert "Prices in BZD as of 5 January 2016: Letter of the provider." in told
    assert "no hourly rate is entered" in told
    assert (sent["currency"], sent["price_date"]) == ("BZD", "2016-01-05")


def test_the_calendar_lists_a_quarter_and_filters_by_station(alice, session, as_):
    client = as_(alice)

    whole = words(client.get(at("calendar"), {"quarter": "2016/17 Q1", "unit": "PBC"}))
    make.unit(session.administration, "HQ")
    nobody = words(client.get(at("calendar"), {"quarter": "2016/17 Q1", "unit": "HQ"}))

    assert "Week of 4 April 2016" in whole
    assert session.code in whole
    assert "no conflicts at the last check" in whole
    assert session.code not in nobody


def test_conflicts_of_the_last_check_are_told_in_words(alice, calendar, as_):
    Calendar.objects.update(
        violations=[
            {
                "rule": "H13",
                "session": "T01-16-00",
                "staff": "",
                "station": "PBC",
                "day": "2016-04-04",
                "found": 2,
                "allowed": 1,
            }
        ]
    )

    page = words(as_(alice).get(at("calendar")))

    assert "1 conflict at the last check" in page
    assert "No station has more people in training than its policy allows." in page


def test_a_month_shows_a_session_on_each_of_its_days(alice, session, as_):
    page = words(as_(alice).get(at("calendar_month"), {"month": "2016-04"}))

    assert "April 2016" in page
    assert page.count(f'Module T01 <span class="muted nowrap">{session.code}') == 2
    assert "1 session runs in April 2016." in page


def test_a_month_that_makes_no_sense_is_the_first_with_a_session_ahead(alice, session, as_):
    TrainingSession.objects.update(starts_on=date(2016, 5, 9), ends_on=date(2016, 5, 10))
    client = as_(alice)

    page = words(client.get(at("calendar_month"), {"month": "nonsense"}))
    empty = words(client.get(at("calendar_month"), {"month": "2016-04"}))

    assert "1 session runs in May 2016." in page
    assert "No session of these filters runs in April 2016." in empty


def test_the_timeline_has_rows_of_trainers_for_insiders_alone(alice, ruth, session, as_):
    query = {"by": "trainer", "quarter": ""}

    office, ministry = (
        as_(member).get(at("calendar_events"), query).json() for member in (alice, ruth)
    )

    assert [row["title"] for row in office["resources"]] == ["Tina Trainer"]
    assert office["events"][0]["end"] == "2016-04-06"  # the day after the last
    assert [row["title"] for row in ministry["resources"]] == ["Room one"]
    assert "Tina" not in str(ministry)


def test_a_session_shows_cover_to_all_readers_and_nominees_to_the_office(alice, ruth, session, as_):
    office, ministry = (
        words(as_(member).get(at("session", session.pk))) for member in (alice, ruth)
    )

    assert "Nominee 0" in office
    assert "Tina Trainer" in office
    assert "Nominee 0" not in ministry
    assert "Tina Trainer" not in ministry
    assert "Port station" in ministry
    assert "at the limit" in ministry  # one person, and one may be away


def test_days_on_which_a_station_looks_the_same_stand_together(alice, session):
    detail = session_detail.session_detail(session, member=alice)
    (span,) = detail.cover_spans

    assert (span.first, span.last) == (session.starts_on, session.ends_on)
    assert [effect.day for effect in detail.cover] == [session.starts_on, session.ends_on]
    other = replace(detail.cover[1], on_leave=1)
    assert len(replace(detail, cover=(detail.cover[0], other)).cover_spans) == 2


def test_a_session_is_pinned_and_let_go(alice, session, as_):
    client = as_(alice)

    client.post(at("pin", session.pk))
    pinned = TrainingSession.objects.get().is_pinned
    client.post(at("pin", session.pk))

    assert (pinned, TrainingSession.objects.get().is_pinned) == (True, False)


def test_a_session_is_not_moved_to_a_sunday(alice, session, as_):
    response = as_(alice).post(
        at("move", session.pk), {"starts_on": "2016-04-10", "reason": "Room wanted"}
    )

    assert "A session runs on workdays of one week." in words(response)
    assert TrainingSession.objects.get().starts_on == session.starts_on


def test_a_session_is_moved_by_a_run_whose_page_says_what_changed(
    alice, session, as_, django_capture_on_commit_callbacks
):
    client = as_(alice)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            at("move", session.pk), {"starts_on": "2016-04-11", "reason": "Room wanted"}
        )

    moved, shown = TrainingSession.objects.get(), words(client.get(response.url))
    assert (moved.starts_on, moved.ends_on) == (date(2016, 4, 11), date(2016, 4, 12))
    assert CalendarChange.objects.get().reason == "Room wanted"
    assert f"{moved.code}: moved from" in shown
    assert at("session", session.pk) in client.get(response.url).content.decode()


def test_while_a_session_is_being_moved_its_page_says_so(alice, ruth, session, as_):
    client = as_(alice)
    wanted = {"starts_on": "2016-04-11", "reason": "Room wanted"}
    asked = client.post(at("move", session.pk), wanted)

    assert "It is being moved" in words(client.get(at("session", session.pk)))
    assert asked.url in client.get(at("session", session.pk)).content.decode()
    assert "It is being moved" not in words(as_(ruth).get(at("session", session.pk)))


def test_a_session_is_cancelled_only_with_a_reason(alice, session, as_):
    client = as_(alice)

    silent = client.post(at("cancel", session.pk), {"reason": ""})
    kept = TrainingSession.objects.get().status
    client.post(at("cancel", session.pk), {"reason": "Storm"})

    assert silent.status_code == 200
    assert kept == TrainingSession.Status.PLANNED
    assert TrainingSession.objects.get().status == TrainingSession.Status.CANCELLED
    assert "Storm" in words(client.get(at("session", session.pk)))


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_only_the_hr_officer_changes_sessions(name, carol, mona, ruth, session, as_):
    answers = [as_(member).get(at(name, session.pk)).status_code for member in (carol, mona, ruth)]

    assert answers == [403, 403, 403]


def test_the_calendar_is_checked_and_better_dates_are_asked_for(alice, calendar, as_):
    client = as_(alice)

    checked = words(client.post(at("check"), follow=True))
    client.post(at("improve"))

    assert "Checked: no conflict." in checked
    assert Run.objects.get().kind == "schedule"


def test_staff_see_their_own_training_once_the_calendar_is_released(stan, carol, session, as_):
    make.scope(stan, staff_member=session.enrolments.get().staff_member)
    client = as_(stan)

    before = words(client.get(at("calendar")))
    releases.release(session.calendar, name="First", reason="Adopted", by=carol)
    after = words(client.get(at("calendar")))

    assert "not released yet" in before
    assert "Module T01" in after
    assert "Room one" in after


def test_cover_marks_the_days_on_which_nobody_more_may_go(alice, session, as_):
    page = words(as_(alice).get(at("cover")))

    assert "every station stays covered" in page
    assert "2 station days at the limit" in page
    assert "4 Apr 16" in page


@pytest.mark.parametrize("name", ["session", "module", "intervention", "move", "cancel"])
def test_an_outsider_finds_no_row_behind_either_door(name, mallory, session, as_):
    key = {"module": session.module_id, "intervention": session.intervention_id}.get(
        name, session.pk
    )
    client = as_(mallory)

    own_door = reverse(f"training_calendar:{name}", args=["elsewhere", key])

    assert client.get(at(name, key)).status_code == 404
    assert client.get(own_door).status_code == 404


@pytest.mark.parametrize("name", [name for name in LISTS if name != "calendar_events"])
def test_four_sessions_ask_the_database_no_more_than_one(
    name, customs, elsewhere, as_, django_assert_max_num_queries
):
    counts = []
    for owner, sessions in ((customs, 1), (elsewhere, 4)):
        make_training.plan(owner, sessions=sessions)
        client = as_(make.member(owner, Role.HR_OFFICER, "counter"))
        url = reverse(f"training_calendar:{name}", args=[owner.slug])
        with django_assert_max_num_queries(15) as asked:
            client.get(url, {"quarter": ""})
        counts.append(len(asked))

    assert counts[0] == counts[1]
