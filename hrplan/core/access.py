"""Who stands at the door: the member of a user in an administration, and the refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from hrplan.core.models import Member, Role, User


class MemberRequest(HttpRequest):
    """A request that came through `member_required`."""

    member: Member


def member_of(user: User | AnonymousUser, slug: str) -> Member:
    """The user's open seat in the administration; an outsider finds none (404)."""
    if not user.is_authenticated:
        raise Http404
    seats = Member.objects.filter(user=user, administration__slug=slug, ended_on=None)
    member = seats.select_related("administration", "user").first()
    if member is None:
        raise Http404
    return member


def member_required(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Set `request.member` from the administration in the address, or answer 404."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, administration: str, **kwargs: Any) -> HttpResponseBase:
        asked = cast(MemberRequest, request)
        asked.member = member_of(asked.user, administration)
        return view(asked, **kwargs)

    return inner


def require(allowed: bool) -> None:
    """Refuse where a rule says no; the door turns it into a 403."""
    if not allowed:
        raise PermissionDenied(_("Your role does not allow this."))


OFFICE = frozenset({Role.HEAD, Role.HR_OFFICER})
INSIDE = frozenset({Role.HEAD, Role.HR_OFFICER, Role.FACILITATOR, Role.MANAGER})


def has_role(member: Member, roles: frozenset[Role]) -> bool:
    """The member's role is one of `roles`."""
    return member.role in roles


def can_manage_runs(member: Member) -> bool:
    """HR officers ask for and stop long work."""
    return member.role == Role.HR_OFFICER
