"""Pages of certificates: the list, one for print and as a file, revoking, and its verification."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies.rules import can_see_people
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.lan import base_address
from hrplan.core.limits import Limit, address_of, unlisted
from hrplan.core.pictures import qr_svg
from hrplan.documents.certificate import certificate_pdf
from hrplan.exchange.formats.open_badges import MEDIA_TYPE
from training_calendar import rules, wording
from training_calendar.forms.certificates import CertificateFilter, NameForm, RevokeForm
from training_calendar.models import Certificate
from training_calendar.report.certificate import certificate_page
from training_calendar.usecases import certificates as use_cases
from training_calendar.views.paths import place_of
from training_calendar.views.sessions import session_of

GUESSES = Limit("certificate-guess", most=20, seconds=600)
"""Wrong addresses of certificates from one place."""
NAMES = Limit("certificate-name", most=10, seconds=3600)
"""Names compared with one certificate."""
LISTED = 50


def _seen(request: MemberRequest, pk: int) -> Certificate:
    require(can_see_people(request.member))
    rows = Certificate.objects.visible_to(request.member)
    related = rows.select_related("administration", "staff_member__administration", "module")
    return get_object_or_404(related, pk=pk)


def verify_address(request: HttpRequest, certificate: Certificate) -> str:
    """The address that stands on the certificate."""
    return base_address(request) + reverse("verify", args=[certificate.token])


@require_GET
@member_required
def certificate_list(request: MemberRequest) -> HttpResponse:
    require(can_see_people(request.member))
    seen = Certificate.objects.visible_to(request.member)
    today = request.member.administration.as_of
    modules = seen.order_by("module__code").values_list("module__code", "module__title").distinct()
    form = CertificateFilter(
        request.GET,
        state=[(key, wording.certificate_state(key)) for key in wording.CERTIFICATE_SHAPES],
        module=[(code, f"{code} {title}") for code, title in modules],
    )
    rows = use_cases.narrowed(seen, today, **form.chosen())
    shown = Paginator(rows.select_related("staff_member__unit", "module"), LISTED)
    found = shown.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": found,
        "rows": [(one, *_state(one.standing_on(today))) for one in found],
    }
    return page(request, "training_calendar/certificate_list.html", context, part="rows")


def _state(standing: str) -> tuple[str, str]:
    return wording.CERTIFICATE_SHAPES[standing], wording.certificate_state(standing)


@require_GET
@member_required
def certificate(request: MemberRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    address = verify_address(request, found)
    shape, words = _state(found.standing_on(found.administration.as_of))
    context = {
        "certificate": found,
        "sheet": certificate_page(found, address),
        "picture": qr_svg(address),
        "address": address,
        "shape": shape,
        "words": words,
        "can_revoke": rules.can_revoke(request.member, found) and found.revoked_on is None,
    }
    return page(request, "training_calendar/certificate.html", context)


@require_GET
@member_required
def pdf(request: MemberRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    data = certificate_pdf(certificate_page(found, verify_address(request, found)))
    return _file(data, f"certificate-{found.number}.pdf", "application/pdf")


@require_GET
@member_required
def badge(request: MemberRequest, pk: int) -> HttpResponse:
    """The certificate as an Open Badges 3.0 credential, not signed."""
    found = _seen(request, pk)
    address = verify_address(request, found)
    made = use_cases.badge(found, address=address, base=base_address(request))
    data = json.dumps(made, indent=2, ensure_ascii=False).encode()
    return _file(data, f"certificate-{found.number}.json", MEDIA_TYPE)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    named = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=kind, headers=named)


@require_http_methods(["GET", "POST"])
@member_required
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    require(rules.can_revoke(request.member, found))
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use_cases.revoke(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The certificate is revoked."))
            return redirect("training_calendar:certificate", found.administration.slug, pk)
    context = {"form": form, "certificate": found}
    return page(request, "training_calendar/certificate_revoke.html", context)


@require_POST
@member_required
def issue_all(request: MemberRequest, pk: int) -> HttpResponse:
    """Certificates for all who completed a session."""
    require(rules.can_plan(request.member))
    session = session_of(request, pk)
    count = use_cases.issue_all(session, by=request.member)
    words = ngettext("%(n)d certificate is issued.", "%(n)d certificates are issued.", count)
    messages.success(request, words % {"n": count})
    return redirect("training_calendar:outcome", session.administration.slug, pk)


@require_POST
@member_required
def issue(request: MemberRequest, pk: int) -> HttpResponse:
    """A certificate for one place."""
    place = place_of(request, pk)
    slug = request.member.administration.slug
    try:
        made = use_cases.issue(place, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("training_calendar:development", slug, place.staff_member_id)
    messages.success(request, _("The certificate is issued."))
    return redirect("training_calendar:certificate", slug, made.pk)


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a certificate holds, to whoever has its address; nobody signs in here."""
    who = address_of(request)
    if GUESSES.is_reached(who):
        return GUESSES.refusal()
    found = use_cases.by_token(token)
    if found is None:
        GUESSES.count(who)
        raise Http404
    form, context = NameForm(request.POST or None), {}
    if request.method == "POST" and form.is_valid():
        if NAMES.is_reached(found.token):
            return NAMES.refusal()
        NAMES.count(found.token)
        said = form.cleaned_data["name"]
        context = {"compared": True, "said": said, "matches": use_cases.is_name_on(found, said)}
    told = use_cases.verified(found)
    context |= {
        "told": told,
        "form": form,
        "shape": wording.CERTIFICATE_SHAPES[told.standing],
        "words": wording.certificate_state(told.standing),
    }
    answer = page(request, "training_calendar/certificate_verify.html", context)
    for name, value in unlisted().items():
        answer.headers[name] = value
    return answer
