"""The register of assistance: use cases, pages, resources."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrplan.core.indicators import Found
from hrplan.partners import report
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner
from hrplan.partners.usecases import changes, register
from hrplan.strategy.usecases.computed import found_today
from tests import make
from tests.partners import make_register

LISTS = ("activity_list", "overlap_list")


def post(client, path, data):
    return client.post(path, data, content_type="application/json")


def address(name: str, *more: object) -> str:
    return reverse(f"partners:{name}", args=["customs", *more])


def test_the_register_counts_what_is_due_and_what_is_done(customs):
    made = make_register.activity(customs)
    make_register.recommendation(made, 1, done_on=date(2016, 1, 20), evidence="Order 3")
    make_register.recommendation(made, 2)
    make_register.recommendation(made, 3, due_on=date(2016, 6, 30))
    make_register.recommendation(made, 4, due_on=None)
    found = register.assistance_register(customs)
    states = [one.state for one in found.activities[0].recommendations]
    assert states == ["done", "late", "due", "undated"]
    follow = found.follow_through
    assert (follow.due, follow.done, follow.undated, follow.rate) == (2, 1, 1, 0.5)


def test_what_was_done_after_the_day_is_not_done_on_the_day(customs):
    make_register.recommendation(make_register.activity(customs), done_on=date(2016, 3, 1))
    found = register.assistance_register(customs)
    assert found.activities[0].recommendations[0].state == "late"


def test_a_recommendation_is_followed_with_evidence_by_the_hr_officer(customs, alice, cora):
    row = make_register.recommendation(make_register.activity(customs))
    with pytest.raises(PermissionDenied):
        changes.follow_recommendation(
            row, done_on=date(2016, 2, 1), evidence="Manual issued", by=cora
        )
    with pytest.raises(ValidationError, match="what shows"):
        changes.follow_recommendation(row, done_on=date(2016, 2, 1), evidence=" ", by=alice)
    changes.follow_recommendation(row, done_on=date(2016, 2, 1), evidence="Manual", by=alice)
    row.refresh_from_db()
    assert (row.done_on, row.evidence) == (date(2016, 2, 1), "Manual")


def test_a_conclusion_is_kept_once_a_pair_in_either_order(customs, alice):
    first = make_register.activity(customs, "TA-1")
    second = make_register.activity(customs, "TA-2", amount=Decimal(5000))
    changes.conclude_overlap(first, second, verdict="sequential", note="One, then two", by=alice)
    changes.conclude_overlap(second, first, verdict="complementary", note="Both", by=alice)
    row = OverlapRuling.objects.get()
    assert (row.verdict, row.note) == ("complementary", "Both")


def test_the_cost_of_a_duplicate_is_that_of_the_one_declined(customs, alice):
    first = make_register.activity(customs, "TA-1", amount=Decimal(9000))
    second = make_register.activity(customs, "TA-2", amount=Decimal(5000))
    changes.conclude_overlap(first, second, verdict="duplicate", note="Declined", by=alice)
    follow = register.assistance_register(customs).follow_through
    assert (follow.duplicates, follow.avoided) == (1, 5000)


def test_an_activity_is_no_overlap_of_itself(customs, alice):
    row = make_register.activity(customs)
    with pytest.raises(ValidationError, match="two activities"):
        changes.conclude_overlap(row, row, verdict="duplicate", note="x", by=alice)


def test_cancelled_activities_are_not_compared(customs):
    make_register.activity(customs, "TA-1")
    make_register.activity(customs, "TA-2", status="cancelled")
    assert register.overlaps(customs) == ()


def test_constants_of_the_score_are_the_administrations_own(customs):
    customs.constants = {"overlap": {"ask_from": 0.6}}
    assert register.overlap_constants(customs).ask_from == 0.6
    customs.constants = {"overlap": {"ask_frm": 0.6}}
    with pytest.raises(ValidationError, match="ask_frm"):
        register.overlap_constants(customs)


def test_the_section_tells_of_duplicates_and_of_needs_without_a_partner(customs, alice):
    make_register.activity(customs, "TA-1", implementing=make_register.partner(customs))
    make_register.activity(customs, "TA-2")
    make_register.activity(
        customs, "TA-3", status="open", role_groups=[], starts_on=None, ends_on=None
    )
    section = report.assistance_section(register.assistance_register(customs))
    told = str(section)
    assert "held 3 activities on 12 February 2016" in told
    assert "One more pair of activities looks alike" in told
    assert "Activity TA-3" in told


def test_an_empty_register_has_no_section(customs):
    assert report.assistance_section(register.assistance_register(customs)) is None
    assert report.deadlines_section(register.assistance_register(customs)) is None


@pytest.mark.parametrize("name", LISTS)
def test_the_register_is_open_to_coordinators_and_closed_to_staff(
    name, customs, cora, stan, bob, mallory, as_
):
    assert as_(cora).get(address(name)).status_code == 200
    make_register.activity(customs)
    make_register.activity(customs, "TA-2", nominate_by=date(2016, 3, 1), places=4)
    assert as_(cora).get(address(name)).status_code == 200
    assert as_(stan).get(address(name)).status_code == 403
    assert as_(bob).get(address(name)).status_code == 403
    assert as_(mallory).get(address(name)).status_code == 404
    assert Client().get(address(name)).status_code == 302


def test_an_activity_shows_its_recommendations_and_its_likes(customs, cora, mallory, as_):
    row = make_register.activity(customs)
    make_register.activity(customs, "TA-2")
    make_register.recommendation(row)
    told = as_(cora).get(row.get_absolute_url()).content.decode()
    assert "Adapt the audit manual." in told
    assert "Activity TA-2" in told
    assert as_(mallory).get(row.get_absolute_url()).status_code == 404


def test_four_activities_cost_no_more_queries_than_one(customs, alice, as_):
    client = as_(alice)
    counts = []
    for numbers in ((1,), (2, 3, 4)):
        for number in numbers:
            row = make_register.activity(customs, f"TA-{number}")
            make_register.recommendation(row)
        client.get(address("activity_list"))
        with CaptureQueriesContext(connection) as seen:
            client.get(address("activity_list"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15


def test_forms_add_and_change_rows_of_the_register(customs, alice, cora, as_):
    make.framework(customs)
    client = as_(alice)
    client.post(address("partners_add"), {"code": "WCO", "name": "World body"})
    data = {"code": "TA-9", "title": "Audit", "kind": "course", "status": "pipeline",
            "competencies": ["O1", "O2"], "level_from": "3", "level_to": "2"}  # fmt: skip
    refused = client.post(address("activities_add"), data)
    assert refused.status_code == 200
    assert refused.context["form"].errors["level_to"]
    client.post(address("activities_add"), {**data, "level_to": "4"})
    row = Activity.objects.get()
    assert (row.title, row.competencies) == ("Audit", ["O1", "O2"])
    client.post(address("activities_change", row.pk), {**data, "title": "Audits", "level_to": "4"})
    row.refresh_from_db()
    assert row.title == "Audits"
    assert as_(cora).get(address("activities_change", row.pk)).status_code == 403


def test_the_register_is_narrowed_by_status_and_partner(customs, alice, as_):
    partner = Partner.objects.create(administration=customs, code="WCO", name="World body")
    make_register.activity(customs, "TA-1", title="First one", status="closed", funding=partner)
    make_register.activity(customs, "TA-2", title="Second one", status="pipeline")
    client = as_(alice)

    def seen(**query):
        page = client.get(address("activity_list"), query).content.decode()
        return ["First one</a>" in page, "Second one</a>" in page]

    assert seen() == [True, True]
    assert seen(status="pipeline") == [False, True]
    assert seen(partner="WCO") == [True, False]
    assert seen(partner="WCO", status="pipeline") == [False, False]


def test_a_conclusion_and_a_follow_up_are_entered_by_page(customs, alice, as_):
    first, second = (make_register.activity(customs, code) for code in ("TA-1", "TA-2"))
    advice = make_register.recommendation(first)
    client = as_(alice)
    data = {"other": second.pk, "verdict": "complementary", "note": "Two halves"}
    assert client.post(address("conclude", first.pk), data).status_code == 302
    assert client.get(address("follow", advice.pk)).status_code == 200
    done = {"done_on": "2016-02-01", "evidence": "Order 4"}
    assert client.post(address("follow", advice.pk), done).status_code == 302
    told = client.get(first.get_absolute_url()).content.decode()
    assert "Two halves" in told
    assert "Order 4" in told


def test_resources_follow_the_same_rules(customs, alice, cora, stan, mallory, as_):
    first, second = (make_register.activity(customs, code) for code in ("TA-1", "TA-2"))
    advice = make_register.recommendation(first)
    root = "/api/v1/customs"
    for prefix in ("partners", "activities", "aid-recommendations", "overlap-rulings"):
        assert as_(cora).get(f"{root}/{prefix}/").status_code == 200
        assert as_(stan).get(f"{root}/{prefix}/").status_code == 403
        assert as_(mallory).get(f"{root}/{prefix}/").status_code == 404
    pairs = as_(cora).get(f"{root}/activities/overlaps/").json()
    assert [(one["first"], one["second"]) for one in pairs] == [(first.pk, second.pk)]
    client = as_(alice)
    ruling = {"activity": first.pk, "other": second.pk, "verdict": "duplicate", "note": "Same"}
    for _ in range(2):
        assert post(client, f"{root}/overlap-rulings/", ruling).status_code == 201
    assert OverlapRuling.objects.count() == 1
    follow = f"{root}/aid-recommendations/{advice.pk}/follow/"
    late = post(client, follow, {"done_on": "2017-01-01", "evidence": "x"})
    assert late.status_code == 400
    assert post(as_(cora), follow, {"done_on": "2016-02-01", "evidence": "x"}).status_code == 403
    assert post(client, follow, {"done_on": "2016-02-01", "evidence": "x"}).status_code == 200
    strange = {"code": "T", "title": "x", "status": "pipeline", "competencies": {"a": 1}}
    answer = post(client, f"{root}/activities/", strange)
    assert answer.status_code == 400


def test_a_duplicate_that_was_cancelled_for_it_still_counts(customs, alice):
    first = make_register.activity(customs, "TA-1", amount=Decimal(9000))
    second = make_register.activity(customs, "TA-2", amount=Decimal(5000))
    changes.conclude_overlap(first, second, verdict="duplicate", note="Declined", by=alice)
    Activity.objects.filter(pk=second.pk).update(status=Activity.Status.CANCELLED)
    assert register.assistance_register(customs).follow_through.avoided == 5000


def test_recommendations_carried_out_are_an_indicator_over_those_due(customs):
    row = make_register.activity(customs)
    dated = [(date(2016, 2, 1), date(2016, 1, 20)), (date(2016, 2, 1), date(2016, 3, 1)),
             (date(2016, 5, 1), None), (None, None)]  # fmt: skip
    for number, (due_on, done_on) in enumerate(dated):
        AidRecommendation.objects.create(
            administration=customs, activity=row, number=number, text="Do it", due_on=due_on,
            done_on=done_on,
        )  # fmt: skip
    assert found_today(customs, ["K39"])["K39"] == Found(50, 2, 1)


def test_what_duplicates_would_have_cost_is_an_indicator_of_those_with_an_amount(customs, alice):
    first = make_register.activity(customs, "TA-1")
    nothing = found_today(customs, ["K39", "K40"])
    for code, amount in (("TA-2", 5000), ("TA-3", None)):
        other = make_register.activity(customs, code, amount=amount)
        changes.conclude_overlap(first, other, verdict="duplicate", note="Declined", by=alice)
    assert found_today(customs, ["K40"])["K40"] == Found(5000, 1, 1)
    assert {code: one.reason for code, one in nothing.items()} == {
        "K39": "none_recommended", "K40": "no_duplicates",
    }  # fmt: skip
