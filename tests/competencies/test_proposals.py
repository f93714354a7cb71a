"""Proposed levels: who leads a person decides on them, by page and REST, never for oneself."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Assessment, Proposal
from competencies.usecases import staff, standing, waiting
from hrplan.core.models import Role
from tests import make
from tests.competencies.make_gaps import Port, port, rate

API = "/api/v1/customs"


@pytest.fixture
def place(customs) -> Port:
    """Ann's levels were validated a month ago: O1 at 1 where 3 is asked, O2 at 4."""
    made = port(customs)
    Assessment.objects.update(rated_on=date(2016, 1, 15))
    return made


@pytest.fixture
def leader(place, mona):
    """Mona manages the port, where Ann works."""
    make.scope(mona, unit=place.unit)
    return mona


@pytest.fixture
def supervisor(place, customs):
    """Sam works elsewhere and is Ann's supervisor on record."""
    sam = make.staff_member(make.unit(customs, "POST"), place.profile, code="S8", name="Sam")
    member = make.member(customs, Role.MANAGER, "sam")
    make.scope(member, staff_member=sam)
    place.ann.supervisor = sam
    place.ann.save()
    return member


def proposal(person, code="O1", level=3, *, by=None, ground="module"):
    framework = person.profile.framework
    return Proposal.objects.create(
        administration=person.administration,
        staff_member=person,
        competency=framework.competencies.get(code=code),
        level=level,
        ground=ground,
        evidence="T01 Valuation, 2016-02-05",
        proposed_on=date(2016, 2, 5),
        proposed_by=by,
    )


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def line(person, code="O1"):
    return next(one for one in staff.staff_profile(person).lines if one.competency == code)


@pytest.mark.parametrize("who", ["leader", "supervisor"])
def test_who_leads_a_person_accepts_what_a_completed_module_proposes(who, place, request):
    member = request.getfixturevalue(who)
    row = proposal(place.eve if who == "leader" else place.ann)

    decided = standing.decide_proposal(row, accept=True, by=member)

    made = row.staff_member.assessments.latest("pk")
    assert (decided.state, decided.decided_by) == ("accepted", member)
    assert (made.level, made.by, made.evidence) == (3, member, "T01 Valuation, 2016-02-05")


def test_the_gap_closes_when_the_supervisor_accepts_and_not_before(place, supervisor):
    row = proposal(place.ann)
    before = line(place.ann)

    standing.decide_proposal(row, accept=True, by=supervisor)

    assert (before.held, before.gap) == (1, 2)
    assert (line(place.ann).held, line(place.ann).gap) == (3, 0)


def test_what_hr_accepts_is_a_test_passed_beside_what_others_said(place, alice):
    rate(place.eve, "O1", 1)

    standing.decide_proposal(proposal(place.eve), accept=True, by=alice)

    made = place.eve.assessments.latest("pk")
    assert (made.source, line(place.eve).held) == ("test", pytest.approx((0.4 + 1.8) / 1.0))


def test_who_leads_a_person_and_accepts_says_no_longer_what_the_lower_rating_said(place, leader):
    rate(place.eve, "O1", 1, rated_on=date(2016, 1, 15))
    before = line(place.eve).gap

    standing.decide_proposal(proposal(place.eve), accept=True, by=leader)

    given = place.eve.assessments.order_by("pk").values_list("source", "level")
    assert list(given) == [("supervisor", 1), ("test", 3), ("supervisor", 3)]
    assert (before, line(place.eve).held, line(place.eve).gap) == (2, 3, 0)


def test_no_rating_of_a_supervisor_is_made_where_none_stands_below(place, leader):
    rate(place.eve, "O1", 4, rated_on=date(2016, 1, 15))

    standing.decide_proposal(proposal(place.eve), accept=True, by=leader)

    sources = place.eve.assessments.order_by("pk").values_list("source", flat=True)
    assert list(sources) == ["supervisor", "test"]


def test_an_accepted_module_takes_the_place_of_a_lower_validated_level(place, leader):
    standing.decide_proposal(proposal(place.ann), accept=True, by=leader)

    levels = place.ann.assessments.filter(competency__code="O1").values_list("source", "level")
    assert ("validated", 3) in set(levels)


def test_an_accepted_module_lowers_no_validated_level(place, leader):
    standing.decide_proposal(proposal(place.ann, "O2", 2), accept=True, by=leader)

    assert place.ann.assessments.latest("pk").source == "test"
    assert line(place.ann, "O2").held == 4


def test_what_a_person_claims_replaces_a_validated_level_by_the_hand_of_hr_alone(
    place, leader, alice, stan
):
    for member, source in ((leader, "test"), (alice, "validated")):
        row = proposal(place.ann, by=stan, ground="prior_learning")

        standing.decide_proposal(row, accept=True, by=member)

        assert place.ann.assessments.latest("pk").source == source


def test_a_level_validated_anew_loses_the_second_signature_of_the_earlier(place, alice, carol):
    rating = rate(place.ann, "O1", 2, source="validated")
    Assessment.objects.filter(pk=rating.pk).update(second_by=carol, second_on=date(2016, 2, 12))

    standing.decide_proposal(proposal(place.ann), accept=True, by=alice)

    rating.refresh_from_db()
    assert (rating.level, rating.second_by) == (3, None)


def test_who_proposed_a_level_does_not_decide_on_it(place, leader, alice):
    topic = place.framework.competencies.get(code="O1")
    for member, other in ((leader, alice), (alice, leader)):
        row = standing.propose(
            place.eve, topic, level=2, ground="certificate", evidence="Course", by=member
        )

        with pytest.raises(PermissionDenied):
            standing.decide_proposal(row, accept=True, by=member)

        assert standing.decide_proposal(row, accept=True, by=other).state == "accepted"


def test_a_supervisor_refuses_with_a_reason_and_nothing_is_rated(place, leader):
    row = proposal(place.eve)
    with pytest.raises(ValidationError, match="why it is refused"):
        standing.decide_proposal(row, accept=False, by=leader)

    standing.decide_proposal(row, accept=False, reason="Not seen at work", by=leader)

    row.refresh_from_db()
    assert (row.state, row.reason, place.eve.assessments.count()) == (
        "refused", "Not seen at work", 0,
    )  # fmt: skip


def test_two_who_decide_at_once_do_not_both_decide(place, leader, alice):
    row = proposal(place.eve)
    seen_by_the_other = Proposal.objects.get(pk=row.pk)
    standing.decide_proposal(row, accept=True, by=leader)

    with pytest.raises(ValidationError, match="is decided"):
        standing.decide_proposal(seen_by_the_other, accept=False, reason="No", by=alice)


DECIDES = {  # of Ann, by page and by REST: status of each
    "alice": (302, 200),
    "leader": (302, 200),
    "supervisor": (302, 200),
    "manager_of_another_unit": (404, 404),
    "herself": (403, 403),
    "herself_as_manager": (403, 403),
    "carol": (403, 403),
    "bob": (403, 403),
    "ruth": (403, 403),
    "cora": (403, 403),
}


@pytest.fixture
def seats(place, leader, supervisor, alice, carol, bob, ruth, cora, stan, customs):
    make.scope(stan, staff_member=place.ann)
    other = make.member(customs, Role.MANAGER, "otto")
    make.scope(other, unit=make.unit(customs, "INLAND"))
    own = make.member(customs, Role.MANAGER, "ann")
    make.scope(own, unit=place.unit, staff_member=place.ann)
    return {
        **{"leader": leader, "supervisor": supervisor, "alice": alice, "carol": carol},
        **{"bob": bob, "ruth": ruth, "cora": cora, "herself": stan},
        **{"manager_of_another_unit": other, "herself_as_manager": own},
    }


@pytest.mark.parametrize("who", DECIDES)
def test_each_seat_decides_on_those_it_leads_alone_by_either_door(who, place, seats, as_):
    client = as_(seats[who])
    rows = [proposal(place.ann), proposal(place.ann)]

    opened = client.get(url("proposal_decide", rows[0].pk)).status_code
    page = client.post(url("proposal_decide", rows[0].pk), {"accept": "yes"}).status_code
    rest = client.post(
        f"{API}/proposals/{rows[1].pk}/decide/", {"accept": True}, "application/json"
    ).status_code

    told = 200 if DECIDES[who][0] == 302 else DECIDES[who][0]
    assert (opened, page, rest) == (told, *DECIDES[who])
    decided = Proposal.objects.exclude(state="open").count()
    assert decided == (2 if DECIDES[who] == (302, 200) else 0)


@pytest.mark.parametrize("who", DECIDES)
def test_each_seat_is_told_what_it_may_decide_and_nothing_else(who, place, seats, as_):
    row = proposal(place.ann)
    told = DECIDES[who] == (302, 200)

    listed = waiting.proposals_to_decide(seats[who])
    first = as_(seats[who]).get("/customs/").content.decode()
    rest = as_(seats[who]).get(f"{API}/proposals/to-decide/")

    assert list(listed) == ([row] if told else [])
    assert (url("proposal_decide", row.pk) in first) == told
    if rest.status_code == 200:
        assert [one["id"] for one in rest.json()["results"]] == ([row.pk] if told else [])
    else:
        assert (rest.status_code, told) == (403, False)


def test_the_person_page_offers_the_decision_to_who_may_take_it(place, leader, stan, as_):
    make.scope(stan, staff_member=place.ann)
    open_one, own = proposal(place.ann), proposal(place.ann, by=leader, ground="certificate")

    seen = as_(leader).get(url("staff", place.ann.pk)).content.decode()
    of_herself = as_(stan).get(url("staff", place.ann.pk)).content.decode()

    assert url("proposal_decide", open_one.pk) in seen
    assert url("proposal_decide", own.pk) not in seen
    assert url("proposal_decide", open_one.pk) not in of_herself


def test_the_page_says_what_is_held_asked_and_how_it_will_count(place, leader, as_):
    page = as_(leader).get(url("proposal_decide", proposal(place.ann).pk)).content.decode()

    for words in ("Level held today", "Level asked for", "takes the place of the validated level"):
        assert words in page
