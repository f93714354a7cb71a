"""The first account: made once, by a link that dies."""

import time_machine
from django.urls import reverse

from hrplan.core.accounts import open_first_link
from hrplan.core.models import Member, Role, User

FORM = {
    "administration": "Customs of Saint Nowhere",
    "short_name": "SNC",
    "slug": "nowhere",
    "country": "bz",
    "currency": "bzd",
    "email": "hr@nowhere.example",
    "password": "sea grape and salt wind",
}


def test_the_first_link_makes_an_hr_officer_of_a_new_administration(client, db):
    url = reverse("first_user", args=[open_first_link()])

    assert client.get(url).status_code == 200
    response = client.post(url, FORM)

    assert response.url == reverse("account_login")
    member = Member.objects.get()
    assert (member.user.email, member.role) == ("hr@nowhere.example", Role.HR_OFFICER)
    assert (member.administration.country, member.administration.currency) == ("BZ", "BZD")


def test_the_first_link_works_once(client, db):
    url = reverse("first_user", args=[open_first_link()])
    client.post(url, FORM)

    assert client.get(url).status_code == 404
    assert open_first_link() is None


def test_the_first_link_dies_after_a_day(client, db):
    with time_machine.travel("2026-01-01 08:00Z", tick=False):
        token = open_first_link()

    with time_machine.travel("2026-01-02 08:01Z", tick=False):
        assert client.get(reverse("first_user", args=[token])).status_code == 404


def test_a_weak_pass_phrase_is_refused_and_nothing_is_made(client, db):
    url = reverse("first_user", args=[open_first_link()])

    response = client.post(url, FORM | {"password": "password1234"})

    assert response.status_code == 200
    assert User.objects.count() == 0


def test_a_new_installation_has_no_account(db):
    assert User.objects.count() == 0
