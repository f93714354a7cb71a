"""Pages of the workforce: its structure today, and the years ahead."""

import calendar
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.report import workforce as sections
from competencies.usecases import gaps, workforce
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.documents import behind, charts
from hrplan.documents.nodes import Chart

HALF = 4.8  # [inch] a chart of which two stand side by side
POSTS = 50  # key posts on one page


def _drawn(chart: Chart | None, limit: int | None) -> dict[str, Any] | None:
    """What the component of a chart shows: the drawing and the table behind it."""
    if chart is None:
        return None
    table = behind.table_behind(chart)
    drawn = charts.svg(chart, width=HALF)
    return {
        "svg": mark_safe(drawn),  # noqa: S308 -- drawn here, its words escaped
        "is_half": True,
        "caption": chart.caption,
        "note": _("Bands without a figure are withheld.") if limit else "",
        "columns": table.columns,
        "rows": table.rows,
    }


@require_GET
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    limit = rules.small_cell_limit(request.member)
    seen = workforce.workforce_profile(request.member.administration, limit=limit)
    context = {
        "seen": seen,
        "ages": _drawn(sections.age_pyramid(seen), limit),
        "services": _drawn(sections.service_pyramid(seen), limit),
        "tables": [
            (_("Rank and gender"), _("Rank"), seen.by_rank),
            (_("Staff level and gender"), _("Staff level"), seen.by_staff_level),
            (_("Education and gender"), _("Education"), seen.by_education),
        ],
        "limit": limit,
    }
    return page(request, "competencies/workforce.html", context)


@require_GET
@member_required
def outlook(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    seen = workforce.workforce_outlook(owner, gaps.gap_analysis(owner))
    limit = rules.small_cell_limit(request.member)
    bare_first = sorted(seen.key_posts, key=lambda post: (post.ready_now, post.one_to_two_years))
    context = {
        "seen": seen,
        "stock": _stock(seen, limit),
        "ends": [_after(seen.as_of, n + 1) for n in range(seen.constants.outlook_years)],
        "page_obj": Paginator(bare_first, POSTS).get_page(request.GET.get("page")),
        "limit": limit,
    }
    return page(request, "competencies/outlook.html", context)


def _stock(seen: workforce.WorkforceOutlook, limit: int | None) -> list[dict[str, Any]]:
    """The layers of staff, each with its scenarios; layers of few people inside the office only."""
    layers = groupby(seen.stock, key=lambda line: (line.title, line.now))
    return [
        {
            "title": title,
            "now": now,
            "lines": [(wording.scenario_words(line.scenario), line.years) for line in lines],
        }
        for (title, now), lines in layers
        if limit is None or now >= limit
    ]


def _after(day: date, years: int) -> date:
    """The same day some years on; the last of February for a 29th that there isn't."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))
