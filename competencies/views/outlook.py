"""Pages of the years ahead: retirements and the stock of staff, and skills."""

from datetime import date
from decimal import Decimal

import pandas as pd
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.forms.outlook import OutlookFilter, SkillFilter
from competencies.forms.pages import titles
from competencies.models import PlannedIntake
from competencies.report.forecast import skills_chart, stock_chart
from competencies.usecases import dense, forecast, gaps, skills
from competencies.views.lists import wanted_file
from competencies.views.showing import drawn, tabs
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.exchange.spec import Value

LINES = 30


@require_GET
@member_required
def outlook(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    analysis = gaps.gap_analysis(owner)
    form = OutlookFilter(
        request.GET if limit is None else {},
        units=titles(analysis.units, "unit"),
        profiles=titles(analysis.profiles, "profile"),
    )
    seen = forecast.forecast(owner, analysis, limit=limit, **form.chosen())
    head, rows = _stock_rows(seen, with_flows=limit is None)
    if file := wanted_file(request, "stock-of-staff", head, rows):
        return file
    context = {
        "seen": seen,
        "lines": [
            (line, [(wording.scenario_words(name), years) for name, years in line.scenarios])
            for line in seen.lines
        ],
        "form": form if limit is None else None,
        "chart": drawn(stock_chart(seen)),
        "intakes": PlannedIntake.objects.of(owner).select_related("unit", "profile"),
        "can_keep": rules.can_keep_people(request.member),
        "sees_names": rules.can_see_names(request.member),
        "tabs": tabs(request),
        "limit": limit,
    }
    return page(request, "competencies/outlook.html", context)


def _stock_rows(
    seen: forecast.Forecast, *, with_flows: bool
) -> tuple[list[str], list[list[Value]]]:
    """The table of the stock as a file; who sees no small cells gets no flows."""
    ends = [end.isoformat() for end in seen.ends]
    flows = [
        *(_("retire until %(day)s") % {"day": end} for end in ends),
        *(_("taken in until %(day)s") % {"day": end} for end in ends),
    ]
    head = [_("Group"), _("Now"), *(flows if with_flows else ()), _("Assumed"), *ends]
    rows: list[list[Value]] = [
        [
            line.title,
            line.now,
            *((*line.retirements, *line.intake) if with_flows else ()),
            wording.scenario_words(name),
            *(round(Decimal(people), 1) for people in years),
        ]
        for line in seen.lines
        for name, years in line.scenarios
    ]
    return head, rows


@require_GET
@member_required
def retirements(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_names(request.member))
    owner = request.member.administration
    seen = forecast.forecast(owner, gaps.gap_analysis(owner))
    head = [
        *(_("Staff number"), _("Name"), _("Unit"), _("Job profile"), _("Post"), _("Key post")),
        _("Reaches the age on"),
    ]
    rows = [
        (x.code, x.name, x.unit, x.profile, x.post, _("yes") if x.is_key else _("no"), x.retires_on)
        for x in seen.retirements
    ]
    if file := wanted_file(request, "retirements", head, rows):
        return file
    shown = Paginator(seen.retirements, LINES).get_page(request.GET.get("page"))
    context = {"seen": seen, "page_obj": shown, "tabs": tabs(request)}
    return page(request, "competencies/retirements.html", context)


@require_GET
@member_required
def skills_ahead(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    figures = dense.gap_figures(owner)
    groups = figures.competencies[~figures.competencies["competency"].isin(figures.left_out)]
    groups = groups.drop_duplicates("group").assign(title=lambda x: x["group_title"])
    form = SkillFilter(request.GET, groups=titles(groups, "group"))
    wanted = form.chosen()
    only_critical = wanted.pop("asked") != "all"
    seen = skills.skills_ahead(owner, figures, only_critical=only_critical, **wanted)
    head, rows = _skill_rows(seen, banded=limit is not None)
    if file := wanted_file(request, "skills-ahead", head, rows):
        return file
    shown = Paginator(seen.lines, LINES).get_page(request.GET.get("page"))
    context = {
        "seen": seen,
        "page_obj": shown,
        "lines": [
            (line, list(zip(seen.days, line.bands if limit else line.able, strict=True)))
            for line in shown
        ],
        "form": form,
        "counts": {name: seen.count(name) for name in ("now", "later", "enough")},
        "chart": drawn(skills_chart(seen)) if limit is None else None,
        "technical": _technical(groups),
        "tabs": tabs(request),
        "limit": limit,
    }
    return page(request, "competencies/skills.html", context)


def _counts(
    seen: skills.SkillsAhead, line: skills.SkillLine, *, banded: bool
) -> list[tuple[date, int | str]]:
    """Who meets the level on each day: a count, or a band for outsiders."""
    return list(zip(seen.days, line.bands if banded else line.able, strict=True))


def _technical(groups: pd.DataFrame) -> list[str]:
    """The titles of the groups whose skills lapse without use."""
    lapsing = groups[groups["group"].isin(skills.TECHNICAL)]
    return list(lapsing["group_title"])


def _skill_rows(seen: skills.SkillsAhead, *, banded: bool) -> tuple[list[str], list[list[Value]]]:
    """The table of the skills as a file; bands in place of counts, and no days, for outsiders."""
    head = [
        *(_("Code"), _("Competency"), _("Level"), _("Places that ask for it")),
        *(day.isoformat() for day in seen.days),
        *(() if banded else (_("Lapsed"), _("Not assessed"))),
        *(_("State"), _("Too few from"), _("Begin by")),
    ]
    rows: list[list[Value]] = []
    for line in seen.lines:
        days: list[Value] = [line.short_from, line.start_by]
        if banded:
            days = [day.year if day else None for day in (line.short_from, line.start_by)]
        counts = line.bands if banded else (*line.able, line.lapsed, line.missing)
        rows.append(
            [line.competency, line.title, line.level, line.needed, *counts,
             wording.shortage_words(line.state), *days]
        )  # fmt: skip
    return head, rows
