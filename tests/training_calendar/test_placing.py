"""A module without a session given a date: greyed days, ranked places, who comes, taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core.models import AuditEntry
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import (
    Enrolment,
    Leave,
    Need,
    Offer,
    PlanningParameters,
    Prerequisite,
    Trainer,
    TrainingSession,
    Travel,
    Venue,
)
from training_calendar.solver import check as checker
from training_calendar.usecases import placing, rewriting, undoing, unplaced
from training_calendar.usecases.places import Wish

pytestmark = [pytest.mark.whole]
JSON = {"content_type": "application/json"}
FIRST, DAY, WEEK = make_training.FIRST, timedelta(days=1), timedelta(days=7)


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs, sessions=2)


@pytest.fixture
def module(calendar):
    """T09, which six people who are in no session need; two of them are enough for a group."""
    owner = calendar.administration
    made = make_training.module(owner, "T09", days=2, min_group=2)
    Trainer.objects.get(administration=owner).modules.add(made)
    first = calendar.sessions.first().enrolments.get().staff_member
    first.unit.max_away_share = 1
    first.unit.save()
    for n in range(6):
        one = make.staff_member(first.unit, first.profile, code=f"Q{n}", name=f"Pat {n}")
        make_training.need(
            calendar.plan, one, made, is_met=False, reason="money", reached=0, weighted_gap=9 - n
        )
    for person in (first, calendar.sessions.last().enrolments.get().staff_member):
        Need.objects.filter(staff_member=person).delete()
    return made


def url(module):
    return reverse("training_calendar:place_module", args=["customs", module.pk])


def test_days_on_which_room_or_trainer_is_taken_are_greyed(calendar, module, alice):
    found = placing.blocked_days(calendar, module, by=alice)

    assert set(found.days[FIRST.isoformat()]) >= {"H04", "H05"}
    assert found.days["2016-04-09"][0] == "H01"
    assert (FIRST + 2 * WEEK).isoformat() not in found.days


def test_the_place_where_most_can_come_is_first(calendar, module, alice):
    soon = FIRST + 2 * DAY
    for code in ("Q0", "Q1", "Q2"):
        person = Need.objects.get(staff_member__code=code).staff_member
        Leave.objects.create(staff_member=person, starts_on=FIRST, ends_on=FIRST + WEEK)

    found = placing.nearest_places(calendar, module, by=alice)

    assert (found[0].people, found[0].in_the_way) == (6, ())
    assert found[0].wish.starts_on > FIRST + WEEK
    told = placing.foresee(calendar, module, Wish(soon), by=alice)
    assert told.coming == (
        "3 of 6 people who need it can come.",
        "3 are on leave then, or kept by their stations.",
    )
    assert (told.in_the_way, told.is_closed) == ((), False)


def test_the_session_is_placed_with_its_people_pinned_checked_and_its_needs_met(
    calendar, module, alice
):
    made = placing.place_module(
        calendar, module, starts_on=FIRST + 2 * WEEK, reason="New law", by=alice
    )

    assert (made.code, made.is_pinned, made.venue.code) == ("T09-16-01", True, "V1")
    assert made.enrolments.count() == 6
    assert made.intervention.module == module
    calendar.refresh_from_db()
    assert calendar.violations == []
    assert calendar.changes.get().reason == "New law"
    assert AuditEntry.objects.filter(action="place_module", row=str(made.pk)).exists()
    assert unplaced.unplaced(calendar).modules == ()
    instance, sessions = rewriting.state(calendar)
    assert checker.check(instance, sessions).violations == ()


def test_it_is_taken_back_whole(calendar, module, alice):
    before = list(Enrolment.objects.values_list("staff_member__code", "session__code"))
    lines = set(calendar.plan.interventions.values_list("code", flat=True))
    placing.place_module(calendar, module, starts_on=FIRST + 2 * WEEK, reason="Law", by=alice)
    found = undoing.undoable(calendar)

    undoing.undo(found.change, by=alice)

    assert found.lines == ("T09-16-01: not in the calendar, as before",)
    assert list(Enrolment.objects.values_list("staff_member__code", "session__code")) == before
    assert set(calendar.plan.interventions.values_list("code", flat=True)) == lines
    assert not TrainingSession.objects.filter(module=module).exists()


def test_who_lacks_what_must_come_first_has_no_place(calendar, module, alice):
    basic = make_training.module(calendar.administration, "T00")
    Prerequisite.objects.create(module=module, requires=basic)

    found = placing.foresee(calendar, module, Wish(FIRST + 2 * WEEK), by=alice)

    assert [one.rule for one in found.in_the_way] in ([], ["H08"])
    assert found.is_closed == bool(found.in_the_way)


def test_where_nobody_can_come_each_reason_is_told_in_counts(calendar, module, alice, as_):
    there = FIRST + 2 * WEEK
    people = [need.staff_member for need in Need.objects.filter(module=module).order_by("pk")]
    for person in people[:2]:
        Leave.objects.create(staff_member=person, starts_on=there, ends_on=there + DAY)
    other = make_training.module(calendar.administration, "T07")
    held = TrainingSession.objects.create(
        administration=calendar.administration, calendar=calendar, code="T07-16-01", module=other,
        intervention=calendar.sessions.first().intervention, starts_on=there, ends_on=there + DAY,
        places=10, cost=0,
    )  # fmt: skip
    for person in people[2:5]:
        make_training.enrol(held, person)
    people[5].unit.max_away_share = 0
    people[5].unit.save()

    found = placing.foresee(calendar, module, Wish(there), by=alice)
    page = as_(alice).get(url(module), {"starts_on": there.isoformat()}).content.decode()

    assert found.coming == (
        "0 of 6 people who need it can come.",
        "2 are on leave then, or kept by their stations.",
        "3 are in other sessions then.",
        "1 is needed at the station: as many as may be are away.",
    )
    assert all(words in page for words in found.coming)


def test_a_ranked_place_with_too_few_says_what_keeps_the_others(calendar, module, alice, as_):
    PlanningParameters.objects.update(max_days_staff_year=1)

    (place, *_others) = placing.nearest_places(calendar, module, by=alice)
    page = as_(alice).get(url(module), {"places": "1"}).content.decode()
    told = as_(alice).post(f"/api/v1/customs/unplaced/{module.pk}/places/", {}, **JSON).json()

    assert (place.people, place.away) == (0, ("6 have too few training days of the year left.",))
    assert place.away[0] in page
    assert told[0]["away"] == list(place.away)


def test_a_day_that_is_closed_or_brings_too_few_is_refused_with_the_rules(calendar, module, alice):
    for day, words in ((date(2016, 4, 9), "workdays"), (FIRST, "venue")):
        told = placing.foresee(calendar, module, Wish(day), by=alice)
        assert told.is_closed
        with pytest.raises(ValidationError, match=words):
            placing.place_module(calendar, module, starts_on=day, reason="", by=alice)

    assert not TrainingSession.objects.filter(module=module).exists()


def test_a_course_of_a_provider_takes_an_offer_on_its_days(calendar, module, alice):
    outside = make_training.module(
        calendar.administration, "T08", mode="external", cost_session=0, min_group=1
    )
    make_training.offer(outside)
    Travel.objects.create(
        administration=calendar.administration, from_region="BZC", to_region="JAM", cost=100
    )
    Offer.objects.update(starts_on=FIRST + 2 * WEEK, ends_on=FIRST + 2 * WEEK + DAY)

    found = placing.nearest_places(calendar, outside, by=alice)
    other = placing.foresee(calendar, outside, Wish(FIRST + 3 * WEEK), by=alice)
    blocked = placing.blocked_days(calendar, outside, by=alice)
    made = placing.place_module(
        calendar, outside, starts_on=FIRST + 2 * WEEK, reason="Offered", by=alice
    )

    assert [one.wish.starts_on for one in found] == [FIRST + 2 * WEEK]
    assert other.is_closed
    assert "H07" in blocked.days[(FIRST + 3 * WEEK).isoformat()]
    assert (made.offer.code, made.venue, made.trainer) == ("OF1", None, None)
    assert made.enrolments.count() == found[0].people > 0


def test_a_module_with_a_session_or_with_nothing_on_offer_is_refused(calendar, module, alice):
    outside = make_training.module(calendar.administration, "T08", mode="external")
    held = calendar.sessions.first().module

    for one, words in ((outside, "offers none"), (held, "has a session already")):
        with pytest.raises(ValidationError, match=words):
            placing.foresee(calendar, one, Wish(FIRST), by=alice)


def test_a_room_that_is_wished_for_is_kept(calendar, module, alice):
    Venue.objects.create(
        administration=calendar.administration, code="V2", title="Room two", region="BZC",
        kind="classroom", capacity=4,
    )  # fmt: skip

    told = placing.foresee(calendar, module, Wish(FIRST + 2 * WEEK, "V2"), by=alice)

    assert told.venue == "Room two"
    assert told.coming == (
        "4 of 6 people who need it can come.",
        "2 find no place left in the session.",
    )


def test_only_the_hr_officer_gives_dates_and_nobody_from_elsewhere(
    calendar, module, carol, mallory, as_
):
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            placing.place_module(calendar, module, starts_on=FIRST, reason="", by=member)
    assert as_(carol).get(url(module)).status_code == 403
    assert as_(mallory).get(url(module)).status_code == 404


def test_the_page_ranks_places_tells_what_one_would_do_and_places(calendar, module, alice, as_):
    client = as_(alice)

    month = client.get(reverse("training_calendar:calendar_month", args=["customs"]))
    listed = client.get(url(module), {"places": "1"}).content.decode()
    part = client.get(url(module), {"starts_on": "2016-04-18"}, HTTP_HX_REQUEST="true")
    wrong = client.get(url(module), {"starts_on": "soon"}).content.decode()
    refused = client.post(url(module), {"starts_on": "2016-04-09", "reason": "Law"})
    done = client.post(url(module), {"starts_on": "2016-04-18", "reason": "Law"})

    assert f'data-place="{module.pk}"' in month.content.decode()
    assert "?starts_on=2016-04" in listed
    assert "nothing is in the way" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "Enter a valid date" in wrong
    assert "cannot be held there" in refused.content.decode()
    assert done.status_code == 302
    assert TrainingSession.objects.filter(module=module).count() == 1


def test_the_same_is_done_by_rest(calendar, module, alice, carol, as_):
    root = "/api/v1/customs/unplaced/"
    client, one = as_(alice), f"{root}{module.pk}/"

    listed = client.get(root).json()
    blocked = client.post(f"{one}blocked/", {}, **JSON).json()
    ranked = client.post(f"{one}places/", {}, **JSON).json()
    told = client.post(f"{one}foresee/", {"starts_on": "2016-04-09"}, **JSON).json()
    wanted = {"starts_on": "2016-04-18", "reason": "Law"}
    made = client.post(f"{one}place/", wanted, **JSON)

    assert [(row["code"], row["needs"]) for row in listed] == [("T09", 6)]
    assert blocked["days"]["2016-04-09"][0] == "H01"
    assert ranked[0]["people"] == 6
    assert told["in_the_way"][0]["rule"] == "H01"
    assert made.status_code == 201
    assert client.post(f"{one}place/", wanted, **JSON).status_code == 400
    assert as_(carol).get(root).status_code == 403
