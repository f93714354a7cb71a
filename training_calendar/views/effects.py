"""Pages of the training effect: the comparison, and the people behind a figure."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies.forms.pages import CycleForm
from competencies.rules import can_see_figures, can_see_names, small_cell_limit
from competencies.usecases.cycles import last_cycle
from competencies.views.lists import csv_file, wants_file
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.exchange.spec import Value
from training_calendar.forms.pages import TRAINED, BehindFilter
from training_calendar.usecases import effect_people, training_effect
from training_calendar.usecases.effect_people import Behind
from training_calendar.usecases.training_effect import EffectLine, EffectSide, TrainingEffect

LISTED = 100


@require_GET
@member_required
def effect(request: MemberRequest) -> HttpResponseBase:
    """Those who were trained since the last cycle, or the day asked for, beside all others."""
    require(can_see_figures(request.member))
    owner, limit = request.member.administration, small_cell_limit(request.member)
    form = CycleForm(request.GET or None, today=owner.as_of)
    day = _day(form) or last_cycle(owner)
    found = training_effect.training_effect(training_effect.compared(owner, day), limit=limit)
    if wants_file(request):
        return _file(found)
    context = {
        "form": form if "before" in form.data else CycleForm(initial={"before": day},
                                                             today=owner.as_of),
        "effect": found,
        "tables": _tables(request, found),
        "limit": limit,
        "people_url": _people_url(request, found.before) if limit is None else "",
    }  # fmt: skip
    return page(request, "training_calendar/training_effect.html", context)


def _day(form: CycleForm) -> date | None:
    """The day that is asked for and makes sense."""
    return form.cleaned_data["before"] if form.is_bound and form.is_valid() else None


def _people_url(request: MemberRequest, before: date) -> str:
    base = reverse("training_calendar:effect_people", args=[request.member.administration.slug])
    return f"{base}?before={before.isoformat()}"


def _tables(request: MemberRequest, found: TrainingEffect) -> list[dict[str, Any]]:
    """By module and by competency, each line with what it opens."""
    slug, opens = request.member.administration.slug, small_cell_limit(request.member) is None
    people = _people_url(request, found.before)
    kinds = (
        ("module", _("By module"), _("Module"), found.by_module, "training_calendar:module"),
        ("competency", _("By competency"), _("Competency"), found.by_competency,
         "competencies:competency"),
    )  # fmt: skip
    return [
        {
            "caption": caption,
            "head": head,
            "rows": [
                {
                    "line": line,
                    "url": reverse(name, args=[slug, line.pk]),
                    **{
                        f"{side}_url": f"{people}&{urlencode({'trained': told, kind: line.key})}"
                        if opens else ""
                        for side, told in (("trained", "yes"), ("others", "no"))
                    },
                }
                for line in lines
                if not line.is_withheld
            ],
            "withheld": sum(line.is_withheld for line in lines),
        }
        for kind, caption, head, lines, name in kinds
    ]  # fmt: skip


def _file(found: TrainingEffect) -> HttpResponseBase:
    head = [
        *(_("By"), _("Code"), _("Title"), _("Group"), _("People"), _("Known both times")),
        *(_("Not known both times"), _("Mean level then"), _("Mean level now"), _("Mean change")),
        *(_("Risen"), _("Fallen"), _("Compared with"), _("As of")),
    ]
    kinds = (
        (_("all"), (found.total,)),
        (_("module"), found.by_module),
        (_("competency"), found.by_competency),
    )
    rows = [row for kind, lines in kinds for line in lines for row in _cells(found, kind, line)]
    return csv_file("training-effect.csv", head, rows)


def _cells(found: TrainingEffect, kind: str, line: EffectLine) -> Iterator[list[Value]]:
    named = "" if line is found.total else line.key
    for (_key, group), side in zip(TRAINED, (line.trained, line.others), strict=True):
        days = (found.before, found.now)
        yield [kind, named, line.title, str(group), *_figures(side), *days]


def _figures(side: EffectSide | None) -> list[Value]:
    if side is None:
        return [_("withheld")] * 8
    means = (_rounded(value) for value in (side.before, side.now, side.change))
    return [side.people, side.n, side.missing, *means, side.risen, side.fallen]


def _rounded(value: float | None) -> Value:
    return None if value is None else round(Decimal(value), 3)


@require_GET
@member_required
def people(request: MemberRequest) -> HttpResponseBase:
    """Who stands behind a figure, for the office."""
    require(can_see_names(request.member))
    owner = request.member.administration
    day = CycleForm({"before": request.GET.get("before", "")}, today=owner.as_of)
    found = training_effect.compared(owner, _day(day) or last_cycle(owner))
    figures = training_effect.training_effect(found)
    form = BehindFilter(
        request.GET,
        competency=[(line.key, f"{line.key} {line.title}") for line in figures.by_competency],
        module=[(line.key, f"{line.key} {line.title}") for line in figures.by_module],
    )
    wanted = form.chosen()
    lines = effect_people.people_behind(
        found,
        competency=wanted["competency"],
        module=wanted["module"],
        trained=wanted["trained"] != "no",
    )
    if wants_file(request):
        return _people_file(lines)
    context = {
        "form": form,
        "effect": figures,
        "trained": wanted["trained"] != "no",
        "page_obj": Paginator(lines, LISTED).get_page(request.GET.get("page")),
        "known": lines.known,
    }
    return page(request, "training_calendar/effect_people.html", context, part="behind-rows")


def _people_file(lines: Iterable[Behind]) -> HttpResponseBase:
    head = [
        *(_("Name"), _("Unit"), _("Code"), _("Competency"), _("Modules completed"), _("On")),
        *(_("Level then"), _("Level now"), _("Change"), _("In no mean because")),
    ]
    rows: Iterator[list[Value]] = (
        [line.name, line.unit, line.competency, line.competency_title, ";".join(line.modules),
         line.ended_on, *map(_rounded, (line.before, line.now, line.change)), line.why_not]
        for line in lines
    )  # fmt: skip
    return csv_file("training-effect-people.csv", head, rows)
