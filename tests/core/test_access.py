"""The door: members come in, strangers sign in, outsiders find nothing."""

from django.urls import reverse

from hrplan.core.models import Member

PAGE = "core:administration"


def test_a_member_opens_a_page_of_their_administration(as_, alice):
    response = as_(alice).get(reverse(PAGE, args=["customs"]))

    assert response.status_code == 200


def test_a_stranger_is_sent_to_sign_in(client, customs):
    response = client.get(reverse(PAGE, args=["customs"]))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_an_outsider_finds_nothing(as_, mallory, customs):
    response = as_(mallory).get(reverse(PAGE, args=["customs"]))

    assert response.status_code == 404


def test_a_seat_that_ended_opens_nothing_from_the_next_click(as_, alice):
    client = as_(alice)
    Member.objects.filter(pk=alice.pk).update(ended_on="2016-01-01")

    assert client.get(reverse(PAGE, args=["customs"])).status_code == 404


def test_pages_of_a_signed_in_person_are_not_stored_and_load_nothing_from_elsewhere(as_, alice):
    headers = as_(alice).get(reverse(PAGE, args=["customs"])).headers

    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_nobody_can_sign_up(client, db):
    response = client.get(reverse("account_signup"))

    assert b"password1" not in response.content


def test_an_address_with_a_null_byte_is_refused(as_, alice):
    client = as_(alice)

    assert client.get(reverse(PAGE, args=["customs"]) + "?q=%00").status_code == 400
