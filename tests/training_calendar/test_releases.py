"""Named releases: frozen, compared, refused with reasons; on pages, in a workbook, by REST."""

from datetime import timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core.models import AuditEntry
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Calendar, Enrolment, Release, TrainingSession
from training_calendar.usecases import calendars, differences_shown, releases, rule_weights

pytestmark = [pytest.mark.whole, pytest.mark.both]

ROOT = "/api/v1/customs/"
JSON = {"content_type": "application/json"}
WEEK = timedelta(days=7)


def at(name, *keys):
    return reverse(f"training_calendar:{name}", args=["customs", *keys])


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs, sessions=2)


def released(calendar, by, name="First"):
    return releases.release(calendar, name=name, reason="The plan is adopted", by=by)


def move(calendar, weeks=2):
    session = calendar.sessions.first()
    days = {
        "starts_on": session.starts_on + weeks * WEEK,
        "ends_on": session.ends_on + weeks * WEEK,
    }
    TrainingSession.objects.filter(pk=session.pk).update(**days)
    session.enrolments.update(**days)
    return session


def test_the_head_releases_and_nobody_else(calendar, alice, carol, mallory):
    for member in (alice, mallory):
        with pytest.raises(PermissionDenied):
            released(calendar, member)

    made = released(calendar, carol)

    assert (made.number, made.name, made.by) == (1, "First", carol)
    assert (made.sessions.count(), made.places.count()) == (2, 2)
    entry = AuditEntry.objects.get(action="release_calendar")
    assert "First" not in str(entry.fields)


def test_a_release_stays_as_it_was_when_the_draft_changes(calendar, carol):
    made = released(calendar, carol)
    session = move(calendar)

    frozen = made.sessions.get(code=session.code)

    assert frozen.starts_on == session.starts_on
    assert made.places.get(session=frozen).starts_on == session.starts_on
    assert releases.compared(made, calendar).counts["moved"] == 1


def test_a_release_that_changes_nothing_is_refused(calendar, carol):
    released(calendar, carol)

    with pytest.raises(ValidationError, match="Nothing changed since"):
        released(calendar, carol)


def test_a_conflict_blocks_the_release_and_nothing_is_frozen(calendar, carol):
    session = calendar.sessions.first()
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_on=session.starts_on - timedelta(days=1)
    )

    with pytest.raises(ValidationError, match="conflicts"):
        released(calendar, carol)

    assert not Release.objects.exists()


def test_a_rule_that_the_planner_lets_warn_blocks_no_more(calendar, alice, carol):
    station = calendar.enrolments.first().staff_member.unit
    type(station).objects.filter(pk=station.pk).update(peak_months=[4])
    owner = calendar.administration
    rule_weights.set_weights(owner, {"F2": "block"}, by=alice)
    with pytest.raises(ValidationError, match="conflicts"):
        released(calendar, carol)

    rule_weights.set_weights(owner, {"F2": "warn"}, by=alice)

    assert released(calendar, carol).warnings == {"F2": 2}


def test_the_rules_of_the_engine_cannot_be_switched_off(customs, alice, carol):
    with pytest.raises(ValidationError, match="H13"):
        rule_weights.set_weights(customs, {"H13": "ignore"}, by=alice)
    with pytest.raises(PermissionDenied):
        rule_weights.set_weights(customs, {"F1": "ignore"}, by=carol)


def test_what_is_ignored_is_no_conflict_of_the_check(calendar, alice):
    module = calendar.sessions.first().module
    type(module).objects.filter(pk=module.pk).update(audience_profiles=["R9"])
    assert {one.rule for one in calendars.check_calendar(calendar)} == {"C2"}

    rule_weights.set_weights(calendar.administration, {"C2": "ignore"}, by=alice)

    assert calendars.conflicts(calendar) == ()
    assert calendars.check_calendar(calendar) == ()

    rule_weights.set_weights(calendar.administration, {"C2": "warn"}, by=alice)
    assert {one.rule for one in releases.last_findings(calendar).warnings} == {"C2"}


def test_the_pages_say_what_differs_and_name_people_to_who_may_see_them(
    calendar, alice, carol, mona, ruth, as_
):
    released(calendar, carol)
    gone = move(calendar).enrolments.get()
    Enrolment.objects.filter(pk=gone.pk).delete()

    pages = {m.role: words(as_(m).get(at("differences"))) for m in (alice, mona, ruth)}

    assert all("moved" in page and "people changed" in page for page in pages.values())
    named = {role: "Nominee 0" in page for role, page in pages.items()}
    assert named == {alice.role: True, mona.role: False, ruth.role: False}
    assert "Tina Trainer" in pages[alice.role]
    assert "Tina Trainer" not in pages[ruth.role]


@pytest.mark.parametrize("name", ["release", "release_list", "differences", "outbox", "feed_list"])
def test_the_pages_keep_to_fifteen_queries(
    name, calendar, alice, carol, as_, django_assert_max_num_queries
):
    released(calendar, carol)
    move(calendar)
    client = as_(alice)

    with django_assert_max_num_queries(15):
        assert client.get(at(name)).status_code == 200


def test_two_releases_are_compared_as_a_workbook(calendar, carol, ruth, tmp_path, as_):
    first = released(calendar, carol)
    move(calendar)
    second = released(calendar, carol, "Second")
    query = {"before": first.pk, "after": second.pk}

    for member, sheets in (
        (carol, {"counts", "sessions", "people"}),
        (ruth, {"counts", "sessions"}),
    ):
        answer = as_(member).get(at("differences_workbook"), query)
        path = tmp_path / f"{member.role}.xlsx"
        path.write_bytes(answer.content)
        book = openpyxl.load_workbook(path)
        assert sheets == set(book.sheetnames) - {"Read me"}
        rows = list(book["sessions"].values)
        assert [row[rows[0].index("change")] for row in rows[1:]] == ["moved"]


def test_the_head_makes_a_release_on_its_page(calendar, alice, carol, as_):
    seen = words(as_(alice).get(at("release")))
    empty = words(as_(carol).post(at("release"), {"name": ""}))
    done = as_(carol).post(at("release"), {"name": "First", "reason": "Adopted"}, follow=True)

    assert "The head of the administration makes the release" in seen
    assert "nothing blocks the release" in seen
    assert "This field is required" in empty
    assert "1 First" in words(done)
    assert Calendar.objects.get().state == Calendar.State.RELEASED


def test_an_unknown_release_in_the_address_is_as_none_asked(calendar, alice, elsewhere, as_):
    foreign = Release.objects.create(
        administration=elsewhere, number=1, name="Theirs", reason="x", as_of=elsewhere.as_of
    )

    page = words(as_(alice).get(at("differences"), {"before": foreign.pk, "after": "nonsense"}))

    assert "Theirs" not in page
    assert "nothing released" in page


def test_the_weights_are_set_on_a_page(customs, calendar, alice, as_):
    as_(alice).post(
        at("rule_weights"),
        {"C2": "warn", "C3": "block", "F1": "ignore", "F2": "block", "F3": "warn", "F4": "block"},
    )

    customs.refresh_from_db()
    of = rule_weights.weights(customs)
    assert [of[code].value for code in ("C2", "C3", "F1", "F2")] == [
        "warn",
        "block",
        "ignore",
        "block",
    ]


def test_releases_and_differences_through_rest(calendar, alice, carol, ruth, as_):
    refused = as_(alice).post(f"{ROOT}releases/", {"name": "N", "reason": "R"}, **JSON)
    made = as_(carol).post(f"{ROOT}releases/", {"name": "N", "reason": "R"}, **JSON)
    again = as_(carol).post(f"{ROOT}releases/", {"name": "N", "reason": "R"}, **JSON)
    move(calendar)
    told = as_(alice).get(f"{ROOT}releases/differences/").json()
    unknown = as_(alice).get(f"{ROOT}releases/differences/", {"before": "999"})
    check = as_(alice).post(f"{ROOT}releases/check/", **JSON).json()

    assert (refused.status_code, made.status_code, again.status_code) == (403, 201, 400)
    assert told["counts"]["moved"] == 1
    assert told["lines"][0]["before"]["starts_on"] == "2016-04-04"
    assert unknown.status_code == 400
    assert check == {"blocks": [], "warnings": []}
    assert len(as_(ruth).get(f"{ROOT}releases/").json()) == 1


def test_rules_are_weighed_through_rest(alice, ruth, calendar, as_):
    fixed = as_(alice).post(f"{ROOT}rule-weights/", {"rule": "H01", "weight": "warn"}, **JSON)
    rows = as_(alice).post(f"{ROOT}rule-weights/", {"rule": "F1", "weight": "block"}, **JSON).json()
    refused = as_(ruth).post(f"{ROOT}rule-weights/", {"rule": "F1", "weight": "warn"}, **JSON)

    assert fixed.status_code == 400
    assert {row["rule"]: row["weight"] for row in rows}["F1"] == "block"
    assert refused.status_code == 403


def test_the_change_of_a_plan_is_told_against_what_was_released(calendar, carol):
    """A new plan's calendar is compared with the last release of the old one."""
    released(calendar, carol)
    calendar.plan.is_current = False
    calendar.plan.save()

    found = differences_shown.compare(carol, "", "")

    assert found.difference.counts["cancelled"] == 2
    with pytest.raises(ValidationError, match="Another plan"):
        released(calendar, carol, "Second")


def test_staff_see_of_the_plan_what_they_were_told(calendar, carol, stan, alice, as_):
    person = calendar.sessions.first().enrolments.get().staff_member
    make.scope(stan, staff_member=person)
    url = at("development", person.pk)

    draft = {m.role: words(as_(m).get(url)) for m in (stan, alice)}
    released(calendar, carol)
    told = words(as_(stan).get(url))

    assert {role: "T01 Module T01" in page for role, page in draft.items()} == {
        stan.role: False,
        alice.role: True,
    }
    assert "T01 Module T01" in told


def test_who_left_the_office_is_named_no_more(calendar, carol, alice, as_):
    made = released(calendar, carol)
    Release.objects.filter(pk=made.pk).update(by=None)

    assert "–" in words(as_(alice).get(at("release_list")))
