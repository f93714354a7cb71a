"""A form takes a person by number or name, out of as many as an administration has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competencies.forms.rows import PersonForm
from competencies.models import StaffMember
from tests import make


@pytest.fixture
def place(customs):
    return make.unit(customs, "PORT", title="Port of Belize")


@pytest.fixture
def boss(place):
    return make.staff_member(place, code="B7", name="Ben Bay")


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def sent(place, supervisor):
    return {
        "code": "N1", "kind": "officer", "unit": place.pk, "grade": 1, "supervisor": supervisor,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", ["B7", "b7", "Ben Bay", "ben bay", " Ben  Bay ", "Ben Bay (B7)", "bay", "Ben B"]
)
def test_a_person_is_told_by_number_by_name_or_as_suggested(place, boss, as_, alice, words):
    make.staff_member(place, code="B70", name="Cy Cole")

    as_(alice).post(url("staff_add"), sent(place, words))

    assert StaffMember.objects.get(code="N1").supervisor == boss


def test_a_name_of_several_is_refused_with_their_numbers(place, boss, as_, alice):
    for number in range(8):
        make.staff_member(place, code=f"A{number}", name="Ben Bay")

    page = as_(alice).post(url("staff_add"), sent(place, "Ben Bay")).content.decode()

    assert "A0 Ben Bay; A1 Ben Bay" in page
    assert "Type the number" in page
    assert 'value="Ben Bay"' in page
    assert not StaffMember.objects.filter(code="N1").exists()


@pytest.mark.parametrize("words", ["Zoe", "Zoe (B9)", "E1", "Eve Elsewhere", "L1", "(", "\0"])
def test_who_is_not_in_service_here_is_nobody(place, boss, as_, alice, mallory, words):
    make.staff_member(make.unit(mallory.administration, "X"), code="E1", name="Eve Elsewhere")
    make.staff_member(place, code="L1", name="Lou Left", left_on="2015-01-01")

    as_(alice).post(url("staff_add"), sent(place, words))

    made = StaffMember.objects.filter(code="N1").first()
    assert made is None or (words == "\0" and made.supervisor is None)


def test_nobody_supervises_themselves_and_the_form_shows_who_does(place, boss, as_, alice):
    ann = make.staff_member(place, code="A1", name="Ann Ash", supervisor=boss)
    client, address = as_(alice), url("staff_change", ann.pk)

    assert 'value="Ben Bay (B7)"' in client.get(address).content.decode()
    client.post(address, {**sent(place, "A1"), "code": "A1"})
    assert StaffMember.objects.get(pk=ann.pk).supervisor == boss
    client.post(address, {**sent(place, ""), "code": "A1"})
    assert StaffMember.objects.get(pk=ann.pk).supervisor is None


@pytest.mark.parametrize("name", ["staff_add", "candidacies_add"])
def test_forms_list_nobody_however_many_there_are(place, as_, alice, name):
    client = as_(alice)
    client.get(url(name))
    with CaptureQueriesContext(connection) as few:
        short = client.get(url(name)).content
    for number in range(40):
        make.staff_member(place, code=f"S{number}", name=f"Somebody {number}")

    with CaptureQueriesContext(connection) as many:
        long = client.get(url(name)).content

    assert b"Somebody" not in long
    assert len(many) == len(few)
    assert len(long) == len(short)
    assert b"<datalist" in long


def test_suggestions_are_twenty_of_those_one_may_see(place, boss, as_, alice, mona, stan):
    for number in range(30):
        make.staff_member(place, code=f"S{number:02}", name=f"Somebody {number:02}")
    other = make.staff_member(make.unit(place.administration, "HQ"), code="H1", name="Hal Bay")
    make.scope(mona, unit=place)
    make.scope(stan, staff_member=other)

    def told(member, **asked):
        answer = as_(member).get(url("staff_suggestions"), asked)
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    assert told(alice, of="supervisor", supervisor="somebody").count("<option") == 20
    assert "S05" in told(alice, q="some 05")
    both = told(alice, q="bay")
    assert '<option value="Ben Bay (B7)">Port of Belize</option>' in both
    assert "Hal Bay" in both
    assert "Hal Bay" not in told(mona, q="bay")
    assert "Ben Bay" not in told(stan, q="bay")
    assert told(alice, q="b").count("<option") == told(alice).count("<option") == 0


def test_suggestions_come_from_the_own_administration(customs):
    field = PersonForm(administration=customs).fields["supervisor"]

    assert field.widget.attrs["hx-get"] == f"{url('staff_suggestions')}?of=supervisor"
