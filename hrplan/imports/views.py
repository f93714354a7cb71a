"""Pages of tables in and out."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan import workbook
from hrplan.core import import_files, rules
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import number
from hrplan.core.http import page, refused, workbook_file
from hrplan.core.models import Import
from hrplan.imports.usecases import exports, imports, staff_lists, taking_back
from hrplan.imports.wording import alike, is_warning, title_of, totals

FILES, LINES = 20, 50  # on one page


class UploadForm(forms.Form):
    """A file of tables, and what to do with rows that exist and differ."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx) or one table (.csv)"),
        help_text=gettext_lazy("At most 20 MB. Nothing is written before you confirm the preview."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    existing = forms.ChoiceField(
        label=gettext_lazy("Rows that are here already and differ"),
        choices=[
            (Import.Existing.STOP, gettext_lazy("refuse the file")),
            (Import.Existing.SKIP, gettext_lazy("keep what is here")),
            (Import.Existing.UPDATE, gettext_lazy("take what the file says")),
        ],
        help_text=gettext_lazy("Rows that are here and not in the file always stay as they are."),
    )

    def clean_file(self) -> UploadedFile:
        return imports.takeable(self.cleaned_data["file"])


@require_http_methods(["GET", "POST"])
@member_required
def import_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = imports.upload(**form.cleaned_data, by=request.member)
        return redirect("import", request.member.administration.slug, row.pk)
    seen = Import.objects.visible_to(request.member).select_related("by__user")
    shown = Paginator(seen, FILES).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "rows": [(row, totals(row.counts), len(row.faults)) for row in shown],
        "exports": exports.kept(request.member.administration),
        "tables": [(one, title_of(one.name)) for one in workbook.WORKBOOK.incoming.tables],
        "out_only": [one for one in workbook.WORKBOOK.tables if one.goes_out_only],
    }
    return page(request, "imports/list.html", context)


@require_GET
@member_required
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    row = import_of(request, pk)
    touched = ("added", "changed", "skipped", "refused")
    context = {
        "row": row,
        "totals": totals(row.counts),
        "tables": [table for table in row.counts if any(table[kind] for kind in touched)],
        "untouched": [table for table in row.counts if not any(table[kind] for kind in touched)],
        "groups": alike(row.faults),
        "page_obj": Paginator(row.faults, LINES).get_page(request.GET.get("page")),
        "refusals": sum(not is_warning(fault) for fault in row.faults),
        "has_file": imports.stored_path(row).exists(),
        "has_rows": import_files.beside(row, import_files.PREVIEW).exists(),
        "can_take_back": taking_back.can_be_taken_back(row),
        "can_map": staff_lists.can_be_mapped(row),
    }
    return page(request, "imports/detail.html", context)


@require_POST
@member_required
def import_decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = import_of(request, pk)
    try:
        if "confirm" in request.POST:
            written = imports.confirm(row, by=request.member)
            total = number(sum(written.values()))
            messages.success(request, _("Taken in: %(count)s rows.") % {"count": total})
        elif "take_back" in request.POST:
            count = number(taking_back.take_back(row, by=request.member))
            messages.success(request, _("Taken back: %(count)s rows.") % {"count": count})
        else:
            imports.drop(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect("import", request.member.administration.slug, pk)


@require_GET
@member_required
def import_marked(request: MemberRequest, pk: int) -> HttpResponse:
    row = import_of(request, pk)
    source = imports.stored_path(row)
    if not source.exists():
        messages.error(request, _("The file is no longer kept."))
        return redirect("import", request.member.administration.slug, pk)
    found = imports.seen_of(row)
    return workbook_file(
        lambda out: workbook.write_marked(source, found.faults, out, row.name),
        f"{Path(row.name).stem}-marked.xlsx",
    )


@require_GET
@member_required
def template(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    return workbook_file(workbook.write_template, "hrplan-template.xlsx")


@require_POST
@member_required
def export(request: MemberRequest) -> HttpResponse:
    run = exports.ask(by=request.member)
    return redirect("core:run", request.member.administration.slug, run.pk)


@require_GET
@member_required
def export_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    name, path = exports.take(pk, by=request.member)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def import_of(request: MemberRequest, pk: int) -> Import:
    require(rules.can_import(request.member))
    return get_object_or_404(Import.objects.visible_to(request.member), pk=pk)
