"""Signatures, appeals, proposals and exemptions: who, when and why stay on record."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Appeal, Assessment, Exemption, Proposal
from competencies.usecases import gaps, people, staff, standing
from tests import make
from tests.competencies.make_gaps import Port, port, rate


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


@pytest.fixture
def rating(place, alice):
    row = place.ann.assessments.get(competency__code="O1")
    Assessment.objects.filter(pk=row.pk).update(by=alice)
    return Assessment.objects.select_related("staff_member", "administration").get(pk=row.pk)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def test_a_second_signature_is_another_hand(rating, alice, carol, mona, place, stan):
    make.scope(stan, staff_member=place.ann)
    for nobody in (alice, stan):
        with pytest.raises(PermissionDenied):
            standing.sign_second(rating, by=nobody)

    signed = standing.sign_second(rating, by=carol)

    assert (signed.second_by, signed.second_on) == (carol, date(2016, 2, 12))
    with pytest.raises(ValidationError, match="already"):
        standing.sign_second(rating, by=carol)


def test_only_a_validated_level_is_signed(place, carol):
    row = rate(place.eve, "O1", 2, source="self")

    with pytest.raises(ValidationError, match="Only a validated"):
        standing.sign_second(row, by=carol)


def test_a_revoked_rating_counts_no_longer_and_stays_on_record(place, rating, alice, customs):
    before = gaps.gap_analysis(customs).overall.n

    standing.revoke(rating, reason="Entered for the wrong person", by=alice)

    assert gaps.gap_analysis(customs).overall.n == before - 1
    line = next(one for one in staff.staff_profile(place.ann).lines if one.competency == "O1")
    assert line.held is None
    assert Assessment.objects.get(pk=rating.pk).revoked_for == "Entered for the wrong person"


def test_an_appeal_is_decided_by_somebody_without_a_part_in_the_rating(
    place, rating, alice, carol, stan
):
    make.scope(stan, staff_member=place.ann)
    row = standing.appeal(rating, text="I did it alone.", by=stan)
    with pytest.raises(ValidationError, match="being looked at"):
        standing.appeal(rating, text="Again", by=stan)
    with pytest.raises(PermissionDenied):
        standing.decide_appeal(row, outcome="upheld", answer="No", by=alice)

    standing.decide_appeal(
        row, outcome="changed", answer="The log shows it.", level=Decimal(3), by=carol
    )

    line = next(one for one in staff.staff_profile(place.ann).lines if one.competency == "O1")
    assert (line.held, line.status) == (3, "validated")
    assert Assessment.objects.filter(pk=rating.pk).exists()
    with pytest.raises(ValidationError, match="is decided"):
        standing.decide_appeal(row, outcome="upheld", answer="No", by=carol)


def test_after_its_days_an_appeal_comes_too_late(place, stan, customs):
    make.scope(stan, staff_member=place.ann)
    old = rate(place.ann, "O1", 1, source="test", rated_on=date(2016, 1, 1))

    with pytest.raises(ValidationError, match="ended on"):
        standing.appeal(old, text="Late", by=stan)


def test_nobody_appeals_for_another(place, rating, stan, alice):
    make.scope(stan, staff_member=place.ben)

    for other in (stan, alice):
        with pytest.raises(PermissionDenied):
            standing.appeal(rating, text="For Ann", by=other)


def test_a_certificate_only_proposes_a_level(place, customs, alice, stan):
    make.scope(stan, staff_member=place.eve)
    topic = place.framework.competencies.get(code="O1")
    before = gaps.gap_analysis(customs).overall

    row = standing.propose(
        place.eve, topic, level=3, ground="certificate", evidence="Course of May", by=stan
    )

    assert gaps.gap_analysis(customs).overall == before
    standing.decide_proposal(row, accept=True, by=alice)
    made = place.eve.assessments.get()
    assert (made.source, made.level, made.evidence) == ("test", 3, "Course of May")
    with pytest.raises(ValidationError, match="is decided"):
        standing.decide_proposal(row, accept=True, by=alice)


def test_a_proposal_is_refused_with_a_reason(place, alice, stan):
    make.scope(stan, staff_member=place.eve)
    topic = place.framework.competencies.get(code="O1")
    row = standing.propose(
        place.eve, topic, level=2, ground="prior_learning", evidence="Ten years", by=stan
    )

    with pytest.raises(ValidationError, match="why it is refused"):
        standing.decide_proposal(row, accept=False, by=alice)

    standing.decide_proposal(row, accept=False, reason="No case shown", by=alice)
    assert (Proposal.objects.get().state, place.eve.assessments.count()) == ("refused", 0)


def test_nothing_is_asked_of_who_is_exempt_for_the_time(place, customs, alice):
    topic = place.framework.competencies.get(code="O1")
    row = standing.exempt(
        place.ann, topic, starts_on=date(2016, 2, 1), ends_on=date(2016, 3, 1),
        reason="Light duties", by=alice,
    )  # fmt: skip

    def asked(day):
        required = gaps.gap_analysis(customs, as_of=day).required
        return ("S1", "O1") in set(zip(required["staff"], required["competency"], strict=True))

    assert [asked(date(2016, month, 15)) for month in (1, 2, 3)] == [True, False, True]
    standing.end_exemption(row, reason="Fit again", by=alice)
    assert Exemption.objects.get().ends_on == date(2016, 2, 12)
    assert asked(date(2016, 2, 13))


def test_words_about_a_person_go_when_the_person_is_forgotten(place, rating, alice, stan):
    make.scope(stan, staff_member=place.ann)
    standing.appeal(rating, text="Private words", by=stan)
    topic = place.framework.competencies.get(code="O2")
    standing.exempt(place.ann, topic, starts_on=date(2016, 2, 1), reason="Illness", by=alice)
    place.ann.left_on = date(2016, 2, 10)
    place.ann.save()

    people.forget_person(place.ann, by=alice)

    assert (Appeal.objects.get().text, Exemption.objects.get().reason) == ("", "")


def test_the_forms_in_the_browser(place, rating, alice, carol, stan, as_):
    make.scope(stan, staff_member=place.ann)
    own, officer, head = as_(stan), as_(alice), as_(carol)
    topic = place.framework.competencies.get(code="O2")

    own.post(url("rating_appeal", rating.pk), {"text": "Not so"})
    waiting = head.get(url("campaign_list")).content.decode()
    head.post(
        url("appeal_decide", Appeal.objects.get().pk), {"outcome": "upheld", "answer": "It stands"}
    )
    head.post(url("rating_sign", rating.pk))
    own.post(url("propose", place.ann.pk), {
        "competency": topic.pk, "level": 2, "ground": "certificate", "evidence": "Course",
    })  # fmt: skip
    officer.post(url("proposal_decide", Proposal.objects.get().pk), {"accept": "yes"})
    officer.post(url("exempt", place.ann.pk), {
        "competency": topic.pk, "starts_on": "2016-02-01", "reason": "Light duties",
    })  # fmt: skip
    officer.post(url("exemption_end", Exemption.objects.get().pk), {"reason": "Fit"})
    officer.post(url("rating_revoke", rating.pk), {"reason": "Wrong row"})

    assert "Ann" in waiting
    assert Appeal.objects.get().outcome == "upheld"
    assert Assessment.objects.get(pk=rating.pk).second_by == carol
    assert Proposal.objects.get().state == "accepted"
    assert Exemption.objects.get().revoked_for == "Fit"
    assert Assessment.objects.get(pk=rating.pk).revoked_on == date(2016, 2, 12)
    assert "Light duties" in own.get(url("staff", place.ann.pk)).content.decode()


def test_who_may_not_see_the_person_opens_no_rating(rating, mona, ruth, mallory, as_):
    assert as_(mona).get(url("rating", rating.pk)).status_code == 404
    assert as_(ruth).get(url("rating", rating.pk)).status_code == 403
    elsewhere = reverse("competencies:rating", args=["elsewhere", rating.pk])
    assert as_(mallory).get(elsewhere).status_code == 404
