"""Nobody decides about themselves, the HR officer included: by pages, by REST, by use cases."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from competencies import rules
from competencies.models import Appeal, Assessment, Candidacy, Exemption, Proposal
from competencies.usecases import promotions, standing, waiting
from hrplan.core.models import Role
from tests import make
from tests.competencies import make_promotion
from tests.competencies.make_gaps import Port, port, rate

API = "/api/v1/customs"


@pytest.fixture
def place(customs, alice) -> Port:
    """Alice, the HR officer, is Ann."""
    made = port(customs)
    make.scope(alice, staff_member=made.ann)
    return made


@pytest.fixture
def dora(customs):
    """A second HR officer."""
    return make.member(customs, Role.HR_OFFICER, "dora")


@pytest.fixture
def rows(place, alice, dora):
    """One row about Ann of each kind that is decided upon."""
    topic = place.framework.competencies.get(code="O1")
    rating = place.ann.assessments.get(competency=topic)
    return {
        "ratings": rating,
        "appeals": standing.appeal(rating, text="Not so", by=alice),
        "proposals": standing.propose(
            place.ann, topic, level=3, ground="certificate", evidence="Course", by=alice
        ),
        "exemptions": standing.exempt(
            place.ann, topic, starts_on=date(2016, 2, 1), reason="Light duties", by=dora
        ),
    }


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


DECIDED = {  # what is decided: page, resource, and what is sent
    "end": ("exemption_end", "exemptions/{}/end/", "exemptions", {"reason": "Fit"}),
    "revoke": ("rating_revoke", "ratings/{}/revoke/", "ratings", {"reason": "Wrong"}),
    "sign": ("rating_sign", "ratings/{}/sign/", "ratings", {}),
    "appeal": (
        "appeal_decide", "appeals/{}/decide/", "appeals", {"outcome": "upheld", "answer": "No"},
    ),
    "proposal": ("proposal_decide", "proposals/{}/decide/", "proposals", {"accept": "yes"}),
}  # fmt: skip


@pytest.mark.parametrize("act", DECIDED)
def test_hr_decides_nothing_about_themselves_by_either_door(rows, alice, dora, as_, act):
    page, resource, kind, sent = DECIDED[act]
    pk, officer = rows[kind].pk, as_(alice)

    by_page = officer.post(url(page, pk), sent)
    said = {**sent, "accept": True} if "accept" in sent else sent
    by_rest = officer.post(f"{API}/{resource.format(pk)}", said, "application/json")

    assert (by_page.status_code, by_rest.status_code) == (403, 403)
    assert as_(dora).post(url(page, pk), sent).status_code == 302


def test_hr_exempts_others_but_not_themselves_by_either_door(place, alice, dora, as_):
    topic = place.framework.competencies.get(code="O1")
    sent = {"competency": topic.pk, "starts_on": "2016-02-01", "reason": "Busy"}
    officer = as_(alice)

    own = officer.post(url("exempt", place.ann.pk), sent)
    own_rest = officer.post(f"{API}/staff/{place.ann.pk}/exempt/", sent, "application/json")
    other = officer.post(f"{API}/staff/{place.ben.pk}/exempt/", sent, "application/json")

    assert (own.status_code, own_rest.status_code, other.status_code) == (403, 403, 201)
    assert Exemption.objects.get().staff_member == place.ben


def test_hr_validates_others_and_only_rates_themselves(place, alice, as_):
    topic = place.framework.competencies.get(code="O2")
    sent = {"competency": topic.pk, "level": 4, "rated_on": "2016-02-12", "evidence": "Seen"}
    before = set(Assessment.objects.values_list("pk", flat=True))

    assert rules.sources_of(alice, place.ann) == {"self"}
    assert "validated" in rules.sources_of(alice, place.ben)
    as_(alice).post(url("assess", place.ann.pk), {**sent, "source": "validated"})
    assert set(Assessment.objects.values_list("pk", flat=True)) == before
    as_(alice).post(url("assess", place.ann.pk), {**sent, "source": "self"})
    assert Assessment.objects.exclude(pk__in=before).get().source == "self"


def test_hr_agrees_no_plan_with_themselves(place, alice, dora):
    assert not rules.can_agree(alice, place.ann)
    assert rules.can_agree(dora, place.ann)


def test_hr_touches_no_candidacy_of_their_own(place, alice, dora, as_):
    round_ = make_promotion.supervisors(place)
    Candidacy.objects.filter(staff_member=place.ann).delete()
    sent = {"round": round_.pk, "staff_member": "S1", "live_sanction": "no", "courses_met": "no"}
    officer = as_(alice)

    assert officer.post(url("candidacies_add"), sent).status_code == 403
    made = promotions.add_candidacy(
        place.administration, by=dora, round=round_, staff_member=place.ann
    )
    other = Candidacy.objects.exclude(staff_member=place.ann).first()
    assert officer.post(url("candidacies_change", made.pk), sent).status_code == 403
    assert officer.post(url("candidacies_remove", made.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        promotions.change_candidacy(other, by=alice, staff_member=place.ann)
    promotions.change_candidacy(made, by=dora, performance=70)
    assert Candidacy.objects.get(pk=made.pk).performance == 70


def test_what_is_about_themselves_is_not_offered_to_hr(rows, place, alice, dora, as_):
    Proposal.objects.update(state="open")
    pages = [
        as_(member).get(url("staff", place.ann.pk)).content.decode() for member in (alice, dora)
    ]

    links = [url("exempt", place.ann.pk), url("exemption_end", rows["exemptions"].pk)]
    assert [[link in shown for link in links] for shown in pages] == [[False] * 2, [True] * 2]
    assert not waiting.waiting_for(alice).proposals
    assert waiting.waiting_for(dora).proposals
    assert waiting.waiting_for(alice).appeals == tuple(Appeal.objects.all())


def test_a_rating_of_another_can_still_be_revoked(place, alice):
    row = rate(place.ben, "O2", 2)

    assert standing.revoke(row, reason="Wrong row", by=alice).revoked_on == date(2016, 2, 12)
