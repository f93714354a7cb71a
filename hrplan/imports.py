"""Tables in and out by page: upload, preview, confirm or drop; export and blank template."""

import secrets
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan import workbook
from hrplan.core import audit, rules, storing
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import number
from hrplan.core.http import page, refused
from hrplan.core.models import Administration, Import, Member
from hrplan.exchange import write
from hrplan.exchange.faults import Fault
from hrplan.exchange.messages import ADVICE, MESSAGES
from hrplan.exchange.preview import Existing, Preview

FILES, LINES = 20, 50  # on one page
ROWS_NAMED = 6  # of those that have the same fault
KINDS = ("added", "changed", "skipped", "unchanged", "refused", "kept")
SUFFIXES = (".xlsx", ".csv")
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise ValidationError(_("Give a workbook (.xlsx) or a table (.csv)."))
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(_("This file is too large: at most 20 MB."))
        return file


def worded(fault: Fault) -> dict[str, Any]:
    """A fault as the pages and the API show it, in the reader's language."""
    return {
        "severity": fault.severity.value,
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": _(MESSAGES[fault.key]).format(**fault.params),
        "advice": _(ADVICE[fault.key]).format(**fault.params),
        "key": fault.key,
    }


def stored_path(row: Import) -> Path:
    """Where the uploaded file lies; outside anything the server gives out."""
    return Path(settings.MEDIA_ROOT) / "imports" / Path(row.stored).name


@transaction.atomic
def upload(file: UploadedFile, existing: str, *, by: Member) -> Import:
    """Keep an uploaded file under a random name and preview it. Writes no table."""
    require(rules.can_import(by))
    suffix = Path(file.name or "").suffix.lower()
    row = Import(
        administration=by.administration,
        by=by,
        name=Path(file.name or "").name[:200],
        stored=f"{secrets.token_hex(16)}{suffix}",
        existing=existing,
    )
    with storing.whole_file(stored_path(row)) as part, part.open("wb") as out:
        out.writelines(file.chunks())
    seen = workbook.import_preview(
        by.administration, stored_path(row), Existing(existing), row.name
    )
    row.state = Import.State.REFUSED if seen.refused else Import.State.PREVIEWED
    row.counts = counts(seen)
    row.faults = [worded(fault) for fault in seen.faults]
    row.save()
    audit.record("preview import", row, by=by)
    return row


@transaction.atomic
def confirm(row: Import, *, by: Member) -> dict[str, int]:
    """Take a previewed file in, read anew. Refused where it meanwhile contradicts what is here."""
    require(rules.can_import(by))
    row = Import.objects.select_for_update().get(pk=row.pk)
    if row.state != Import.State.PREVIEWED:
        raise ValidationError(_("Only a file that waits for your confirmation can be taken in."))
    seen = workbook.import_preview(
        row.administration, stored_path(row), Existing(row.existing), row.name
    )
    written = workbook.take_in(row.administration, seen, by=by)
    row.state = Import.State.APPLIED
    row.save(update_fields=["state"])
    stored_path(row).unlink(missing_ok=True)
    return written


@transaction.atomic
def drop(row: Import, *, by: Member) -> None:
    """Throw an uploaded file away; nothing of it is taken in."""
    require(rules.can_import(by))
    if row.state == Import.State.APPLIED:
        raise ValidationError(_("This file was taken in already."))
    stored_path(row).unlink(missing_ok=True)
    row.state = Import.State.DROPPED
    row.save(update_fields=["state"])
    audit.record("drop import", row, by=by)


def counts(seen: Preview) -> list[dict[str, Any]]:
    """What a preview would do, table by table."""
    return [
        {
            "table": table.table,
            "title": _title(table.table),
            "added": len(table.added),
            "changed": len(table.changed),
            "skipped": len(table.skipped),
            "unchanged": table.unchanged,
            "refused": table.refused,
            "kept": table.kept,
        }
        for table in seen.tables
    ]


def _title(name: str) -> str:
    """What a table is called on pages."""
    return workbook.WORKBOOK.table(name).title or name.replace("_", " ").capitalize()


def totals(tables: list[dict[str, Any]]) -> dict[str, int]:
    """How many rows of all tables are added, changed and so on."""
    return {kind: sum(table[kind] for table in tables) for kind in KINDS}


def alike(faults: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Faults of the same kind in the same column together: how many, in which rows, of what value.

    Those that stand in the way come first, then the most frequent.
    """
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for fault in faults:
        key = ("severity", "sheet", "column", "reason", "advice")
        groups.setdefault(tuple(str(fault[name] or "") for name in key), []).append(fault)
    ordered = sorted(groups.values(), key=lambda group: (_is_warning(group[0]), -len(group)))
    return [
        {
            **group[0],
            "count": len(group),
            "rows": [fault["row"] for fault in group if fault["row"]][:ROWS_NAMED],
            "values": list(dict.fromkeys(fault["value"] for fault in group if fault["value"]))[:3],
        }
        for group in ordered
    ]


def _is_warning(fault: dict[str, Any]) -> bool:
    return fault["severity"] != "refuse"


@require_http_methods(["GET", "POST"])
@member_required
def import_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = upload(**form.cleaned_data, by=request.member)
        return redirect("import", request.member.administration.slug, row.pk)
    seen = Import.objects.visible_to(request.member).select_related("by__user")
    shown = Paginator(seen, FILES).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "rows": [(row, totals(row.counts), len(row.faults)) for row in shown],
        "tables": [(table, _title(table.name)) for table in _tables()],
    }
    return page(request, "imports/list.html", context)


@require_GET
@member_required
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    touched = ("added", "changed", "skipped", "refused")
    context = {
        "row": row,
        "totals": totals(row.counts),
        "tables": [table for table in row.counts if any(table[kind] for kind in touched)],
        "untouched": [table for table in row.counts if not any(table[kind] for kind in touched)],
        "groups": alike(row.faults),
        "page_obj": Paginator(row.faults, LINES).get_page(request.GET.get("page")),
        "refusals": sum(not _is_warning(fault) for fault in row.faults),
        "has_file": stored_path(row).exists(),
    }
    return page(request, "imports/detail.html", context)


@require_POST
@member_required
def import_decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    try:
        if "confirm" in request.POST:
            written = confirm(row, by=request.member)
            total = number(sum(written.values()))
            messages.success(request, _("Taken in: %(count)s rows.") % {"count": total})
        else:
            drop(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect("import", request.member.administration.slug, pk)


@require_GET
@member_required
def import_marked(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    source = stored_path(row)
    if not source.exists():
        messages.error(request, _("The file is no longer kept."))
        return redirect("import", request.member.administration.slug, pk)
    found = workbook.import_preview(row.administration, source, Existing(row.existing), row.name)
    return _workbook_file(
        lambda out: workbook.write_marked(source, found.faults, out, row.name),
        f"{Path(row.name).stem}-marked.xlsx",
    )


@require_GET
@member_required
def template(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    return _workbook_file(workbook.write_template, "hrplan-template.xlsx")


@require_GET
@member_required
def export(request: MemberRequest) -> HttpResponse:
    require(rules.can_import(request.member))
    owner = request.member.administration
    audit.record("export", owner, by=request.member, administration=owner)
    return _workbook_file(lambda out: export_workbook(owner, out), f"{owner.slug}.xlsx")


def export_workbook(administration: Administration, out: Path) -> None:
    """Every table of the administration that has rows, in one workbook."""
    write.write_workbook(workbook.rows(administration), workbook.WORKBOOK, out, words=_)


def _workbook_file(write_to: Callable[[Path], None], name: str) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.xlsx"
        write_to(out)
        data = out.read_bytes()
    return HttpResponse(
        data,
        content_type=WORKBOOK_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _row(request: MemberRequest, pk: int) -> Import:
    require(rules.can_import(request.member))
    return get_object_or_404(Import.objects.visible_to(request.member), pk=pk)


def _tables() -> Iterable[Any]:
    return workbook.WORKBOOK.tables


PREFIX = "<slug:administration>/imports/"
urlpatterns = [
    path(PREFIX, import_list, name="import_list"),
    path(f"{PREFIX}template/", template, name="import_template"),
    path("<slug:administration>/export/", export, name="export"),
    path(f"{PREFIX}<int:pk>/", import_detail, name="import"),
    path(f"{PREFIX}<int:pk>/decide/", import_decide, name="import_decide"),
    path(f"{PREFIX}<int:pk>/marked/", import_marked, name="import_marked"),
]
