"""What pages of the workforce share: the tabs between them, and drawn charts."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from competencies import rules
from hrplan.core.access import MemberRequest
from hrplan.documents import behind, charts
from hrplan.documents.nodes import Chart

HALF = 4.8  # [inch] a chart of which two stand side by side
WHOLE = 8.0  # [inch]


def tabs(request: MemberRequest) -> list[dict[str, Any]]:
    """The pages of the workforce that the member may open; the one being read is active."""
    names = {
        "workforce": _("Today"),
        "outlook": _("Retirements and stock"),
        "skills": _("Skills ahead"),
        "succession": _("Succession"),
        "staffing": _("Staff needed"),
        "equity": _("Equity"),
    }
    if rules.can_see_promotions(request.member):
        names["promotion_list"] = _("Promotion")
    slug = request.member.administration.slug
    urls = {name: reverse(f"competencies:{name}", args=[slug]) for name in names}
    return [
        {"title": title, "url": urls[name], "active": urls[name] == request.path}
        for name, title in names.items()
    ]


def drawn(chart: Chart | None, *, note: str = "", half: bool = False) -> dict[str, Any] | None:
    """What the component of a chart shows: the drawing and the table behind it."""
    if chart is None:
        return None
    table = behind.table_behind(chart)
    picture = charts.svg(chart, width=HALF if half else WHOLE)
    return {
        "svg": mark_safe(picture),  # noqa: S308 -- drawn here, its words escaped
        "is_half": half,
        "caption": chart.caption,
        "note": note,
        "columns": table.columns,
        "rows": table.rows,
    }
