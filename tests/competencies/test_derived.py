"""Kept levels are what the ratings say, whoever changes a rating and whatever day it is."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Event, Thread
from time import sleep

import numpy as np
import pytest
from django.db import connection, transaction

from competencies import frames, tables
from competencies.models import Appeal, Assessment, HeldProfile, Proposal, StaffMember
from competencies.usecases import (
    campaigns,
    dense,
    derived,
    gaps,
    levels_ahead,
    people,
    rule,
    sheets,
    staff,
    standing,
    versions,
)
from hrplan.core.frames import plain
from tests import drawn, make
from tests.competencies.make_gaps import Port, port, rate
from training_calendar.tables import planning_in

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2016, 2, 12), date(2015, 3, 1)


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    rate(made.eve, "O1", 3, source="self", rated_on=date(2015, 1, 10))
    rate(made.eve, "O1", 2, source="supervisor", rated_on=date(2015, 6, 1))
    levels_ahead.work_out(customs)
    return made


def kept(administration, day=None):
    """Levels and confidence by (person, competency), as the dense tables give them."""
    figures = dense.gap_figures(administration, as_of=day)
    serving = frames.serving(administration, day or administration.as_of).order_by("pk")
    codes = [row.code for row in serving]
    topics = list(figures.competencies["competency"])
    return {
        (codes[row], topics[column]): (
            pytest.approx(float(figures.dense.level[row, column]), abs=1e-6),
            pytest.approx(float(figures.dense.confidence[row, column]), abs=1e-6),
        )
        for row, column in np.argwhere(~np.isnan(figures.dense.level))
    }


def fresh(administration, day=None):
    """The same as worked out from the ratings."""
    held = gaps.gap_analysis(administration, as_of=day).held
    return {
        (row.staff, row.competency): (row.level, row.confidence)
        for row in held.itertuples(index=False)
    }


def kept_then(administration, day=EARLIER):
    """Levels of an earlier day by (person, competency), of those who serve today."""
    figures = dense.gap_figures(administration, before=day)
    codes, topics = list(figures.staff["staff"]), list(figures.competencies["competency"])
    held = figures.dense.earlier
    return {
        (codes[row], topics[column]): pytest.approx(float(held[row, column]), abs=1e-6)
        for row, column in np.argwhere(~np.isnan(held))
    }


def fresh_then(administration, day=EARLIER):
    """The same as worked out from the ratings."""
    serving = frames.serving(administration, administration.as_of)
    codes = set(serving.values_list("code", flat=True))
    held = gaps.gap_analysis(administration, as_of=day, people=serving).held
    return {
        (row.staff, row.competency): row.level
        for row in held.itertuples(index=False)
        if row.staff in codes
    }


def good(administration):
    """How many rows were kept and say something."""
    rows = HeldProfile.objects.filter(staff_member__administration=administration)
    return rows.exclude(stamp="").count()


def topic(place, code="O1"):
    return place.framework.competencies.get(code=code)


def record(place, alice):
    staff.record_assessment(
        place.ann, topic(place), source="test", level=4, rated_on=DAY, by=alice, evidence="exam"
    )
    staff.record_assessment(
        place.eve, topic(place), source="validated", level=4, rated_on=DAY, by=alice, evidence="x"
    )


def record_again(place, alice):
    for level in (1, 3):
        staff.record_assessment(
            place.eve, topic(place), source="supervisor", level=level, rated_on=DAY, by=alice
        )


def revoke(place, alice):
    rating = place.ann.assessments.get(competency__code="O1")
    standing.revoke(rating, reason="a mistake", by=alice)


def decide_appeal(place, alice):
    appeal = Appeal.objects.create(
        administration=place.administration,
        assessment=place.ann.assessments.get(competency__code="O1"),
        filed_on=DAY,
        text="I can do more",
    )
    standing.decide_appeal(
        appeal, outcome="changed", answer="seen at work", level=Decimal(3), by=alice
    )


def decide_proposal(place, alice):
    proposal = Proposal.objects.create(
        administration=place.administration,
        staff_member=place.eve,
        competency=topic(place, "O2"),
        level=3,
        ground="module",
        evidence="course",
        proposed_on=DAY,
        valid_until=DAY + timedelta(days=30),
    )
    standing.decide_proposal(proposal, accept=True, by=alice)


def put_in_force(place, alice):
    draft = versions.begin_version(place.administration, version="2.0", title="New", by=alice)
    versions.put_in_force(draft, by=alice)


def change_rule(place, alice):
    rule.change_rule(place.administration, {"weight.self": 0.4, "half_life_months": 12}, by=alice)


def forget(place, alice):
    place.ben.left_on = DAY
    place.ben.save()
    people.forget_person(place.ben, by=alice)


def move_competencies(place, alice):
    place.framework.competencies.filter(code="O1").update(position=9)


def in_bulk(place, alice):
    rows = list(place.ann.assessments.all())
    for row in rows:
        row.level = 0
    Assessment.objects.bulk_update(rows, ["level"])


def take_away(place, alice):
    place.ann.assessments.first().delete()
    place.eve.assessments.filter(source="self").delete()


def join(place, alice):
    new = make.staff_member(place.unit, place.profile, code="S4")
    Assessment.objects.bulk_create(
        [
            Assessment(
                administration=place.administration,
                staff_member=new,
                competency=topic(place),
                source="self",
                level=2,
                rated_on=DAY,
            )
        ]
    )


def fill_a_sheet(place, alice):
    held = sheets.sheet_for(make_campaign(place, alice), place.eve, "supervisor", by=alice)
    entry = sheets.Entry(Decimal(2))
    sheets.fill_sheet(held, {held.lines[0].competency.pk: entry}, by=alice)


def make_campaign(place, alice):
    made = campaigns.add_campaign(
        place.administration,
        code="C1",
        title="Spring",
        purpose="To choose courses.",
        opens_on=DAY,
        due_on=DAY + timedelta(days=30),
        sources=["supervisor"],
        by=alice,
    )
    return campaigns.open_campaign(made, by=alice)


def take_in_a_workbook(place, alice):
    table = next(one for one in tables.DOORS if one.name == "ratings")
    known = table.rows(place.administration)
    changed = [{**row, "level": Decimal("3.5")} for row in known if row["staff"] == "S1"]
    added = [{**known[0], "staff": "S2", "competency": "O2", "rated_on": DAY}]
    table.save(place.administration, added, changed)


def take_in_an_instance(place, alice):
    row = {"staff_id": "S3", "competency_id": "O2", "level": 3}
    changed = {"staff_id": "S1", "competency_id": "O2", "level": 1}
    place.administration.as_of_fixed = DAY + timedelta(days=1)
    place.administration.save()
    planning_in.assessments(place.administration, [row], [changed])


WRITERS = [record, record_again, revoke, decide_appeal, decide_proposal, put_in_force, change_rule,
           forget, move_competencies, in_bulk, take_away, join, fill_a_sheet,
           take_in_a_workbook, take_in_an_instance]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_whoever_changes_what_levels_rest_on_finds_them_changed(write, place, customs, alice):
    assert kept(customs) == fresh(customs)
    assert kept_then(customs) == fresh_then(customs) != {}
    before = fresh(customs)

    write(place, alice)
    customs.refresh_from_db()

    assert kept_then(customs) == fresh_then(customs)
    assert kept_then(customs) == fresh_then(customs), "and kept so"
    assert kept(customs) == fresh(customs)
    assert kept(customs) == fresh(customs), "and kept so"
    if write not in (move_competencies, put_in_force):
        assert fresh(customs) != before


def test_levels_are_worked_out_once_and_then_read(place, customs, django_assert_num_queries):
    assert good(customs) == 3

    people = StaffMember.objects.filter(pk__in=[place.ann.pk, place.eve.pk])
    topics = [topic(place).pk, topic(place, "O2").pk]
    framework = frames.current_framework(customs)
    with django_assert_num_queries(1):
        found = derived.read(customs, framework, topics, people, as_of=DAY)

    np.testing.assert_allclose(found.level, [[1, 4], [7 / 3, np.nan]], rtol=1e-6)
    assert found.confidence[1].tolist()[1] == 0


def test_a_rating_that_expires_and_one_that_begins_change_levels_on_their_day(place, customs):
    rate(place.ann, "O1", 4, source="test", rated_on=DAY + timedelta(days=5))
    rating = place.ben.assessments.get()
    rating.valid_until = DAY + timedelta(days=2)
    rating.save()

    for days in (0, 1, 2, 3, 4, 5, 6, 40, 400):
        customs.as_of_fixed = DAY + timedelta(days=days)
        customs.save()
        assert kept(customs) == fresh(customs), days
    assert good(customs) == 3


def rate_earlier(place):
    rate(place.ben, "O1", 1, rated_on=date(2015, 2, 1))


def rate_again_before(place):
    rate(place.eve, "O1", 1, source="self", rated_on=EARLIER)


def revoke_earlier(place):
    place.eve.assessments.filter(source="self").update(revoked_on=DAY)


def let_expire(place):
    place.eve.assessments.filter(source="self").update(valid_until=EARLIER - timedelta(days=1))


def move_after(place):
    rating = place.eve.assessments.get(source="self")
    rating.rated_on = EARLIER + timedelta(days=1)
    rating.save()


def take_back(place):
    place.eve.assessments.get(source="self").delete()


@pytest.mark.parametrize(
    "change",
    [rate_earlier, rate_again_before, revoke_earlier, let_expire, move_after, take_back],
    ids=lambda change: change.__name__,
)
def test_a_changed_rating_of_an_earlier_day_shows_at_once(change, place, customs):
    before = kept_then(customs)

    change(place)

    assert kept_then(customs) == fresh_then(customs) != before


def test_of_any_earlier_day_levels_are_those_of_its_ratings(place, customs):
    rating = rate(place.ann, "O1", 4, source="test", rated_on=date(2014, 5, 5))
    rating.valid_until = date(2015, 4, 4)
    rating.save()
    edges = [date(2014, 5, 5), date(2015, 1, 10), date(2015, 4, 4), date(2015, 6, 1)]
    days = [edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1, 9)]

    for day in (*days, *days[::-1]):
        assert kept_then(customs, day) == fresh_then(customs, day), day
    assert HeldProfile.objects.count() == good(customs) == 3


def test_days_between_two_ratings_are_worked_out_once(place, customs, django_assert_num_queries):
    framework = frames.current_framework(customs)
    topics = [topic(place).pk, topic(place, "O2").pk]
    serving = frames.serving(customs, DAY)

    def look(day):
        return derived.read(customs, framework, topics, serving, as_of=DAY, before=day).earlier

    look(date(2015, 1, 10))
    with django_assert_num_queries(3):
        for day in (date(2015, 1, 10), date(2015, 3, 3), date(2015, 5, 31)):
            assert look(day)[2].tolist() == pytest.approx([3, np.nan], nan_ok=True)


def test_the_levels_of_the_last_cycle_are_worked_out_ahead(place, customs):
    rate(place.ben, "O2", 1)
    kept(customs)
    assert HeldProfile.objects.filter(earlier_from=None).count() == 1

    assert levels_ahead.work_out(customs) == 1

    assert not HeldProfile.objects.filter(earlier_from=None).exists()
    assert levels_ahead.work_out(customs) == 0


def test_levels_of_an_earlier_day_are_kept_only_beside_those_of_the_same_rule(place, customs):
    HeldProfile.objects.update(stamp="another rule", earlier_from=None)

    dense.gap_figures(customs, as_of=DAY + timedelta(days=1), before=EARLIER)

    assert not HeldProfile.objects.exclude(earlier_from=None).exists()


def test_as_days_pass_confidence_fades_and_no_row_is_written_anew(place, customs):
    customs.as_of_fixed = DAY + timedelta(days=300)
    customs.save()

    assert kept(customs) == fresh(customs)
    assert set(HeldProfile.objects.values_list("made_for", flat=True)) == {DAY}


def test_another_day_than_today_is_worked_out_and_not_kept(place, customs):
    earlier = date(2015, 3, 1)

    assert kept(customs, earlier) == fresh(customs, earlier)

    assert set(HeldProfile.objects.values_list("made_for", flat=True)) == {DAY}


def test_a_day_set_back_is_worked_out_anew(place, customs):
    customs.as_of_fixed = date(2015, 3, 1)
    customs.save()

    assert kept(customs) == fresh(customs)


def test_words_beside_a_rating_leave_levels_as_they_are(place, customs):
    place.ann.assessments.update(evidence="seen at work")
    row = place.ann.assessments.first()
    row.evidence = "seen twice"
    row.save(update_fields=["evidence"])

    assert good(customs) == 3


def test_of_other_administrations_nothing_is_read_or_kept(place, customs, mallory):
    theirs = port(mallory.administration)
    levels_ahead.work_out(mallory.administration)
    rate(theirs.eve, "O1", 4)

    assert (good(customs), good(mallory.administration)) == (3, 2)
    assert kept(customs) == fresh(customs)


def test_the_ratings_that_are_kept_conclude_the_levels_that_are_kept(place, customs):
    rate(place.ben, "O1", 2.35, source="peer", rated_on=date(2016, 1, 5))
    rate(place.ben, "O1", 4, source="peer", rated_on=date(2015, 1, 5))  # another came later
    expired = rate(place.ben, "O1", 1, source="test", rated_on=date(2016, 1, 5))
    expired.valid_until = date(2016, 2, 11)
    expired.save()
    key = ["staff", "competency"]

    seen = gaps.gap_analysis(customs)

    assert ("S2", "O1", "peer", 2.35) in set(
        seen.ratings[[*key, "source", "level"]].itertuples(index=False, name=None)
    )
    columns = [*key, "level", "status", "rated_on"]
    drawn.same(seen.held[columns], plain(seen.levels[columns]))
    assert "test" not in set(seen.ratings["source"])


def test_before_there_is_a_framework_there_is_nothing(customs):
    make.staff_member(make.unit(customs))

    figures = dense.gap_figures(customs)

    assert figures.overall == gaps.gap_analysis(customs).overall
    assert (figures.without_profile, figures.totals("unit").empty) == (1, True)
    assert levels_ahead.work_out(customs) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time anyway")
@pytest.mark.parametrize("there", [False, True], ids=["no row", "a stale row"])
def test_who_looks_while_a_rating_is_written_waits_and_sees_it(customs, there):
    place = port(customs)
    if there:
        HeldProfile.objects.mark_stale([place.eve.pk])
    else:
        HeldProfile.objects.all().delete()
    written = Event()

    def write():
        with transaction.atomic():
            rate(place.eve, "O1", 3)
            written.set()
            sleep(1)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    written.wait()
    dense.gap_figures(customs)
    writer.join()

    assert kept(customs) == fresh(customs)
    assert ("S3", "O1") in kept(customs)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time anyway")
def test_who_looks_at_an_earlier_day_while_a_rating_of_it_is_written_sees_it(customs):
    place = port(customs)
    levels_ahead.work_out(customs)
    HeldProfile.objects.update(earlier_from=None)
    written = Event()

    def write():
        with transaction.atomic():
            rate(place.eve, "O1", 3, rated_on=date(2015, 2, 1))
            written.set()
            sleep(1)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    written.wait()
    seen = kept_then(customs)
    writer.join()

    assert ("S3", "O1") in seen
    assert kept_then(customs) == fresh_then(customs) == seen
