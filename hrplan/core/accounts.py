"""How accounts come to be: nobody signs up; the first user comes by a one-time link."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core.models import Administration, FirstLink, Member, Role, User

LINK_LIFE = timedelta(hours=24)


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; the sign-up page is shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_first_link() -> str | None:
    """A fresh token for the one-time link while no user exists; afterwards None."""
    if User.objects.exists():
        return None
    token = secrets.token_urlsafe(32)
    FirstLink.objects.all().delete()
    FirstLink.objects.create(digest=_digest(token), expires_at=timezone.now() + LINK_LIFE)
    return token


def first_link(token: str) -> FirstLink | None:
    """The open link of a token; None where it is unknown, used or too old."""
    links = FirstLink.objects.filter(digest=_digest(token), used_at=None)
    return links.filter(expires_at__gt=timezone.now()).first()


@transaction.atomic
def create_first_user(
    token: str, *, email: str, password: str, administration: Administration
) -> User:
    """Make the first user, the HR officer of a new administration. Refused twice."""
    link = FirstLink.objects.select_for_update().filter(digest=_digest(token), used_at=None).first()
    if link is None or link.expires_at <= timezone.now() or User.objects.exists():
        raise ValidationError(_("This link was used or is too old. Restart hrplan for a new one."))
    validate_password(password)
    administration.full_clean()
    administration.save()
    user = User.objects.create_user(email, password)
    Member.objects.create(administration=administration, user=user, role=Role.HR_OFFICER)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return user
