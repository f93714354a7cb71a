"""Pages of staff lists with headings of their own, and of what an import does row by row."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hrplan.core import import_files, rules
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.core.models import Import
from hrplan.imports.forms import ColumnsForm, PlaceForm, StaffListForm
from hrplan.imports.usecases import imports, sheets, staff_lists
from hrplan.imports.views import LINES, import_of
from hrplan.imports.wording import title_of

MOST_DIGITS = 7  # of the number of a row


@require_http_methods(["GET", "POST"])
@member_required
def staff_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    form = StaffListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = imports.upload(
            form.cleaned_data["file"], Import.Existing.UPDATE, by=request.member, is_staff_list=True
        )
        name = "import_columns" if row.state == Import.State.MAPPING else "import"
        return redirect(name, request.member.administration.slug, row.pk)
    return page(request, "imports/staff_list.html", {"form": form})


@require_http_methods(["GET", "POST"])
@member_required
def import_columns(request: MemberRequest, pk: int) -> HttpResponse:
    row = import_of(request, pk)
    if not staff_lists.can_be_mapped(row):
        messages.error(request, _("The columns of this file can no longer be told."))
        return redirect("import", request.member.administration.slug, pk)
    number = request.GET.get("row", "")
    looked = sheets.look(
        row, request.GET.get("sheet", ""), int(number) if number.isdecimal() else None
    )
    sent = request.method == "POST"
    form = (
        ColumnsForm.asked(request.POST, looked)
        if sent
        else ColumnsForm(None, looked, looked.mapping)
    )
    if sent and form.is_answered and form.is_valid():
        try:
            told, existing = form.told(), form.existing_choice
            staff_lists.map_columns(row, looked, told, existing, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("import", request.member.administration.slug, pk)
    context = {
        "row": row,
        "looked": looked,
        "place": PlaceForm(None, looked),
        "form": form,
        "asks_more": sent and not form.is_answered,
    }
    return page(request, "imports/columns.html", context)


@require_GET
@member_required
def import_rows(request: MemberRequest, pk: int) -> HttpResponse:
    row = import_of(request, pk)
    kept = import_files.kept(row, import_files.PREVIEW) or {}
    table = request.GET.get("table", next(iter(kept), ""))
    kinds = {"changed": _("Changed"), "added": _("Added"), "left": _("Here, not in the file")}
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else "changed"
    lines = kept.get(table, {}).get(kind, [])
    shown = Paginator(lines, LINES).get_page(request.GET.get("page"))
    for line in shown if table == "staff_members" else ():
        line["fields"] = [[sheets.label_of(name), *was] for name, *was in line.get("fields", ())]
    context = {
        "row": row,
        "kept": bool(kept),
        "table": table,
        "title": title_of(table) if table in kept else "",
        "kind": kind,
        "kinds": list(kinds.items()),
        "page_obj": shown,
    }
    return page(request, "imports/rows.html", context)
