"""Template tags of the design system: icons, badges, cells, cards, form fields."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from math import floor
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Select, Widget
from django.forms.widgets import RadioSelect
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.dateformat import format as words_of
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hrplan.core import figures
from hrplan.core.figures import number, shortest

register = template.Library()
NO_BREAK = "\u00a0"

GAP_BOUNDS = (0.1, 0.5, 1, 2)  # levels missing from which the next darker band holds
SHAPES = {
    "success": "circle-check",
    "progress": "circle-dot",
    "neutral": "circle-dashed",
    "info": "info-circle",
    "warning": "alert-triangle",
    "danger": "ban",
    "unknown": "help-circle",
}
KINDS = {
    "accepted": "success",
    "approved": "success",
    "closed": "success",
    "completed": "success",
    "confirmed": "success",
    "done": "success",
    "endorsed": "success",
    "in_force": "success",
    "met": "success",
    "added": "success",
    "current": "progress",
    "open": "progress",
    "running": "progress",
    "submitted": "progress",
    "under_review": "progress",
    "changed": "info",
    "change_requested": "warning",
    "late": "warning",
    "at_risk": "warning",
    "to_validate": "warning",
    "critical": "danger",
    "error": "danger",
    "failed": "danger",
    "refused": "danger",
    "rejected": "danger",
    "cancelled": "danger",
    "not_assessed": "unknown",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the local sprite; decorative unless it has a label."""
    link = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, link
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', link)


@register.simple_tag
def days(first: date, last: date, style: str = "j F", year: bool = True) -> str:
    """A span of days: a single day once; the year, if wanted, once where both lie in it.

    No line breaks inside a day.
    """
    end = words_of(last, f"{style} Y" if year else style).replace(" ", NO_BREAK)
    if first == last:
        return end
    start = words_of(first, style if first.year == last.year or not year else f"{style} Y")
    return f"{start.replace(' ', NO_BREAK)} – {end}"


@register.filter
def significant(value: float | None, digits: int = 2) -> str:
    """A small figure with so many digits that count: 0.0076, 3.1, 608."""
    if value is None:
        return "–"
    whole = f"{value:.{digits}g}"
    return f"{float(whole):.0f}" if "e+" in whole else format(Decimal(whole), "f")


@register.filter
def signed(value: float | None, places: int = 2) -> str | None:
    """A change with its sign in front: +0.50; nothing where it is unknown."""
    return None if value is None else figures.signed(value, partial(figures.number, places=places))


@register.simple_tag
def badge(state: str, words: object) -> SafeString:
    """A state in words with a shape; `state` is a kind of SHAPES or a key of KINDS."""
    kind = state if state in SHAPES else KINDS.get(state, "neutral")
    return format_html('<span class="state state-{}">{}{}</span>', kind, icon(SHAPES[kind]), words)


@lru_cache(maxsize=4096)
def _cell(kind: str, value: float, asked: float | None, top: int, language: str) -> SafeString:
    """The content of a table cell and its classes; cached, for a heat map has thousands."""
    band = _gap_band(value) if kind == "gap" else _level_band(value, top)
    shown = shortest(value, most=1)
    short = asked is not None and value < asked
    note = ""
    if asked is not None:
        words = _("of %(level)s required") % {"level": shortest(asked, most=1)}
        note = format_html('<span class="visually-hidden"> {}</span>', words)
    classes = f"cell {kind}-{band}{' short' if short else ''}"
    return format_html('class="{}">{}{}', classes, shown, note)


def _level_band(level: float, top: int) -> int:
    """How high on the scale a level stands, in quarters of it."""
    return max(0, min(4, floor(level / top * 4))) if top else 0


def _gap_band(gap: float) -> int:
    """How wide a gap is; a mean of many people is seldom wide, so half a level already tells."""
    return bisect_right(GAP_BOUNDS, round(gap, 1))


def _silent(kind: str, sign: str, words: str) -> SafeString:
    return format_html(
        'class="cell {}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
        kind,
        sign,
        words,
    )


def _td(inner: SafeString, url: str, heading: str = "", *, by_arrows: bool = False) -> SafeString:
    """The `<td>`, linked where it has a url; `by_arrows` keeps the link out of the tab order."""
    if heading:
        inner = format_html('data-label="{}" {}', heading, inner)
    if not url:
        return SafeString(f"<td {inner}</td>")
    attributes, content = inner.split(">", 1)
    return format_html(
        '<td {}><a href="{}"{}>{}</a></td>',
        SafeString(attributes),
        url,
        SafeString(' tabindex="-1"' if by_arrows else ""),
        SafeString(content),
    )


@register.simple_tag
def level_cell(
    level: float | None,
    required: float | None = None,
    top: int = 4,
    url: str = "",
    heading: str = "",
) -> SafeString:
    """A `<td>` with a held level; None is shown as not assessed, never as zero.

    `heading` is the column's, for tables that a phone shows as lists.
    """
    if level is None:
        return _td(_silent("unknown", "?", _("not assessed")), url, heading)
    return _td(_cell("level", float(level), required, top, get_language() or ""), url, heading)


@register.simple_tag
def gap_cell(
    gap: float | None,
    required: bool = True,
    url: str = "",
    heading: str = "",
    by_arrows: bool = False,
) -> SafeString:
    """A `<td>` with a gap; not required and not assessed look different from zero."""
    if not required:
        inner = _silent("not-required", "·", _("not required"))
    elif gap is None:
        inner = _silent("unknown", "?", _("not assessed"))
    else:
        inner = _cell("gap", float(gap), None, 0, get_language() or "")
    return _td(inner, url, heading, by_arrows=by_arrows)


@lru_cache(maxsize=1024)
def _unlinked(gap: float | None, required: bool, language: str) -> SafeString:
    return gap_cell(gap, required)


@register.simple_tag
def gap_cells(cells: Iterable[tuple[Any, str]]) -> SafeString:
    """A row of a heat map at once: a `<td>` for each cell with its address, if it has one.

    A cell has `mean_gap` and `hidden`; None where nothing is asked.
    """
    language = get_language() or ""
    unasked = _unlinked(None, False, language)
    withheld = _td(_silent("not-required", "–", _("withheld")), "")
    found = []
    for cell, url in cells:
        if cell is None:
            found.append(unasked)
        elif cell.hidden:
            found.append(withheld)
        elif url:
            found.append(gap_cell(cell.mean_gap, url=url, by_arrows=True))
        else:
            mean = None if cell.mean_gap is None else round(cell.mean_gap, 1)
            found.append(_unlinked(mean, True, language))
    return SafeString("".join(found))


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: RequestContext, key: str, title: str, kind: str = "number"
) -> dict[str, object]:
    """The heading of a column by which a table can be sorted, as its address says.

    `sort` in the context is the key in force, with a minus where it falls. Numbers fall at the
    first click, texts rise.
    """
    sort = str(context.get("sort", ""))
    falls = sort.startswith("-")
    active = sort.lstrip("-") == key
    rises_next = falls if active else kind != "number"
    return {
        "request": context["request"],
        "title": title,
        "kind": kind,
        "next": key if rises_next else f"-{key}",
        "order": ("descending" if falls else "ascending") if active else "",
    }


@register.inclusion_tag("components/stat.html")
def stat(
    label: str,
    value: object,
    note: str = "",
    n: int | None = None,
    missing: int | None = None,
    url: str = "",
) -> dict[str, object]:
    """One figure with what it counts, its n and what is missing; whole numbers are grouped."""
    if isinstance(value, int):
        value = number(value)
    return {"label": label, "value": value, "note": note, "n": n, "missing": missing, "url": url}


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", shape: str = "circle-dashed", url: str = "", action: str = ""
) -> dict[str, str]:
    """What to say and offer where a list has nothing."""
    return {"title": title, "text": text, "shape": shape, "url": url, "action": action}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: RequestContext, page: Page) -> dict[str, object]:
    """Links to the other pages of a list, keeping the filters of the address."""
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "request": context["request"],
    }


@register.simple_block_tag
def card(
    content: str, title: str = "", subtitle: str = "", url: str = "", action: str = ""
) -> SafeString:
    """A bordered block with an optional heading and one link beside it."""
    context = {
        "content": content,
        "title": title,
        "subtitle": subtitle,
        "url": url,
        "action": action,
    }
    return render_to_string("components/card.html", context)


@register.simple_block_tag
def region(content: str, label: str, kind: str = "") -> SafeString:
    """A table that may be wider than the screen: scrolls by itself, reachable by keyboard."""
    return format_html(
        '<div class="table-region {}" role="region" aria-label="{}" tabindex="0">{}</div>',
        kind,
        label,
        content,
    )


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A remark with a shape and a title; kind is one of SHAPES."""
    head = format_html('<p class="remark-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="remark remark-{}">{}<div>{}{}</div></div>',
        kind,
        icon(SHAPES[kind]),
        head,
        content,
    )


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """What stands between the tags, trimmed, to be kept by `as`."""
    return SafeString(content.strip())


def _widget_class(widget: Widget) -> str:
    if isinstance(widget, RadioSelect):
        return ""
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control"


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The control of a form field alone, where its label stands elsewhere."""
    widget = bound.field.widget
    own = [_widget_class(widget), widget.attrs.get("class", "")]
    if bound.errors and own[0]:
        own.append("is-invalid")
    return bound.as_widget(attrs={"class": " ".join(filter(None, own))})


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One form field: label, help and errors bound to its control."""
    widget = bound.field.widget
    return {
        "field": bound,
        "control": control(bound),
        "is_check": isinstance(widget, CheckboxInput),
        "is_file": isinstance(widget, FileInput),
        "optional": not (
            bound.field.required
            or isinstance(widget, CheckboxInput)
            or getattr(bound.form, "all_optional", False)
        ),
    }


@register.inclusion_tag("components/form_body.html")
def form_body(form: BaseForm | None) -> dict[str, object]:
    """All of a form but its buttons: summary of errors, hidden fields, fields."""
    return {"form": form, "faulty": [bound for bound in form or () if bound.errors]}
