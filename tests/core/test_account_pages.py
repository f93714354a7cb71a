"""Accounts: signing in with a second step, and the pages that keep it."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from tests import make


@pytest.fixture
def signed_in(alice) -> Client:
    """A browser in which Alice signed in and said once more who she is."""
    client = Client()
    sign_in(client, alice)
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    return client


def sign_in(client: Client, member):
    login = {"login": member.user.email, "password": make.PASSWORD}
    return client.post(reverse("account_login"), login)


def title(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def code_of(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def test_an_app_becomes_the_second_step_without_a_verified_address(signed_in, alice):
    page = signed_in.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    done = signed_in.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert done.status_code == 302
    shown = signed_in.get(reverse("mfa_view_recovery_codes"))
    assert (title(shown), len(shown.context["unused_codes"])) == ("Recovery codes", 10)
    other = Client()
    asked = sign_in(other, alice)
    assert asked.url == reverse("mfa_authenticate")
    step = other.get(asked.url)
    assert title(step) == "The second step"
    code = {"code": shown.context["unused_codes"][0]}
    assert other.post(asked.url, code).url == reverse("home")


def test_who_changes_the_protection_says_once_more_who_they_are(client, alice):
    sign_in(client, alice)

    asked = client.get(reverse("mfa_activate_totp"), follow=True)

    assert title(asked) == "Is it you?"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_change_password", "Change password"),
        ("mfa_index", "Two-step sign-in"),
        ("mfa_activate_totp", "Begin to use an authenticator app"),
        ("account_logout", "Sign out"),
    ],
)
def test_the_pages_of_an_account_speak_like_all_others(signed_in, name, heading):
    assert title(signed_in.get(reverse(name))) == heading


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "Nobody signs up here"),
        ("account_reset_password", "Forgotten password"),
        ("account_reset_password_done", "The link is on its way"),
        ("account_inactive", "This account is closed"),
    ],
)
def test_the_pages_before_signing_in_say_what_to_do(client, db, name, heading):
    assert title(client.get(reverse(name))) == heading
