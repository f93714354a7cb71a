"""Pages by which plain rows are added, changed and removed; a use case checks and saves.

An app states its kinds of rows and takes their addresses from `row_paths`.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import MultipleChoiceField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Administration, Member, TenantModel
from hrplan.core.row_forms import RowForm

Words = str | Promise


@dataclass(frozen=True, slots=True)
class RowKind:
    """Rows that are kept by a form, and the use cases behind it.

    new, gone : titles of the pages that add and remove one; goes : what goes with it
    listed : title of the page that `back` opens
    new_form : where a new one is begun with more than it is changed by
    first : fields that the address of a new one may fill, such as ?unit=3
    back : the page one comes back to, of the row or, where it is None, of all rows
    begins : what else a new one begins with, given the lists of values that the address fills in
    """

    model: type[TenantModel]
    form: type[RowForm]
    title: Words
    new: Words
    may: Callable[[Member], bool]
    add: Callable[..., Any]
    change: Callable[..., Any]
    back: Callable[[Administration, Any], str]
    remove: Callable[..., None] | None = None
    new_form: type[RowForm] | None = None
    gone: Words = ""
    goes: Words = ""
    first: tuple[str, ...] = ()
    listed: Words = ""
    begins: Callable[[Administration, Mapping[str, list[str]]], dict[str, Any]] | None = None


def row_paths(
    app: str, kinds: Mapping[str, RowKind], *, under: str = "", top: Container[str] = ()
) -> Iterator[URLPattern]:
    """The addresses of the forms of all kinds, such as units/new/ and units/3/edit/.

    They lie under a folder, but for the kinds at the top.
    """
    for name, kind in kinds.items():
        extra = {"kind": kind, "names": f"{app}:{name}"}
        base = name if name in top else f"{under}{name}"
        yield path(f"{base}/new/", add, extra, name=f"{name}_add")
        yield path(f"{base}/<int:pk>/edit/", change, extra, name=f"{name}_change")
        if kind.remove is not None:
            yield path(f"{base}/<int:pk>/remove/", remove, extra, name=f"{name}_remove")


@require_http_methods(["GET", "POST"])
@member_required
def add(request: MemberRequest, kind: RowKind, names: str) -> HttpResponse:
    require(kind.may(request.member))
    owner = request.member.administration
    maker = kind.new_form or kind.form
    form = maker(request.POST or None, administration=owner, initial=_first(request, kind))
    if request.method == "POST" and form.is_valid():
        try:
            made = kind.add(owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("“%(row)s” is added.") % {"row": made})
            return redirect(kind.back(owner, made))
    context = {"form": form, "kind": kind, "back": kind.back(owner, None)}
    return page(request, "components/row_form.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def change(request: MemberRequest, pk: int, kind: RowKind, names: str) -> HttpResponse:
    require(kind.may(request.member))
    owner, row = request.member.administration, _row(request, kind, pk)
    title, back = str(row), kind.back(owner, row)
    form = kind.form(request.POST or None, administration=owner, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            kind.change(_row(request, kind, pk), by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect(back)
    context = {"form": form, "kind": kind, "title": title, "back": back}
    if kind.remove is not None:
        context["remove"] = reverse(f"{names}_remove", args=[owner.slug, pk])
    return page(request, "components/row_form.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def remove(request: MemberRequest, pk: int, kind: RowKind, names: str) -> HttpResponse:
    require(kind.may(request.member))
    if kind.remove is None:
        raise Http404
    owner, row = request.member.administration, _row(request, kind, pk)
    title, back = str(row), kind.back(owner, row)
    if request.method == "POST":
        try:
            kind.remove(row, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
            return redirect(back)
        messages.success(request, _("“%(row)s” is removed.") % {"row": title})
        return redirect(kind.back(owner, None))
    context = {"title": title, "kind": kind, "back": back}
    return page(request, "components/row_remove.html", context)


def _first(request: MemberRequest, kind: RowKind) -> dict[str, Any]:
    """What the address fills in; of a choice among many all that it names."""
    given = {name: request.GET.getlist(name) for name in kind.first if name in request.GET}
    fields = (kind.new_form or kind.form).base_fields
    first = kind.begins(request.member.administration, given) if kind.begins else {}
    stated = {
        name: values if isinstance(fields[name], MultipleChoiceField) else values[-1]
        for name, values in given.items()
    }
    return {**first, **stated}


def _row(request: MemberRequest, kind: RowKind, pk: int) -> Any:
    seen = kind.model._default_manager.visible_to(request.member)  # type: ignore[attr-defined]
    return get_object_or_404(seen.select_related("administration"), pk=pk)
