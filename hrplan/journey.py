"""The map of the journey: navigation and home."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hrplan.core.access import MemberRequest, member_required


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {"navigation": []}


def start(request: HttpRequest) -> HttpResponse:
    return redirect("account_login")


@member_required
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "journey/home.html", {})
