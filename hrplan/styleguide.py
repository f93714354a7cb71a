"""The style guide: every part of the design system with sample values, for page builders."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from hrplan.documents import charts
from hrplan.documents.nodes import (
    BarChart,
    Callout,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from hrplan.documents.to_html import fragment

STEPS = {
    "Prepare": ["Administration", "Units and stations", "Holidays and closures", "Staff list"],
    "Diagnose": ["Exercise", "Workshop", "Agreed ratings", "Findings"],
    "Profile": ["Framework", "Job profiles", "Assessments", "Gaps", "Workforce outlook"],
    "Plan": ["Modules", "Needs", "Development plan", "Budget"],
    "Schedule": ["Calendar", "Sessions", "Cover", "Conflicts"],
    "Decide": ["Strategy", "Documents", "Consistency checks", "Submission"],
    "Follow up": ["Milestones", "Indicators", "Completions", "Partners"],
}
HEADS = ["Valuation", "Classification", "Origin", "Risk management", "Post-clearance audit"]
GAPS: dict[str, list[float | str | None]] = {
    "Western Border": [0, 1, 2, 3, None],
    "Northern Border": [1, 0.5, "no", 2, 4],
    "Port of Belize": [None, 0, 1, "no", 1.5],
    "Headquarters, investigations and post-clearance": [2, 1, 0, 0, 3],
}


AGES = BarChart(
    caption="Staff by age band",
    unit="staff",
    labels=("20 to 29", "30 to 39", "40 to 49", "50 and over"),
    values=(31.0, 58.0, 67.0, 44.0),
)
DOCUMENT = Document(
    title="Sample document",
    administration="Customs and Excise Department of Belize",
    version="0.1",
    as_of=date(2016, 2, 12),
    notice="Invented demonstration data",
    sections=(
        Section(
            "Where we stand",
            (
                Paragraph("Twelve senior managers answered fifty questions."),
                KeyFigures((KeyFigure("200", "staff"), KeyFigure("38", "not assessed"))),
                Callout("finding", "Five of ten domains lie below level 2."),
                Table(
                    caption="Levels by domain",
                    columns=("Domain", "Level"),
                    rows=(("Recruitment", "1.8"), ("Training", "2.4")),
                    align=("left", "right"),
                    shading=(("", "level-1"), ("", "level-2")),
                ),
                AGES,
            ),
        ),
    ),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As it stands on the establishment list.")
    email = forms.EmailField(label="E-mail", required=False)
    unit = forms.ChoiceField(choices=[("", "Choose"), ("w", "Western Border"), ("n", "North")])
    starts_on = forms.DateField(
        label="Begins on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    mode = forms.ChoiceField(
        choices=[("room", "Classroom"), ("online", "Online"), ("job", "On the job")],
        widget=forms.RadioSelect,
        help_text="How it is taught.",
    )
    stations = forms.MultipleChoiceField(
        choices=[("w", "Western Border"), ("n", "Northern Border")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_pinned = forms.BooleanField(
        label="Keep this date", required=False, help_text="It is not moved by the scheduler."
    )
    file = forms.FileField(required=False)


class SampleFilter(forms.Form):
    """A filter bar."""

    unit = forms.ChoiceField(choices=[("", "All units"), ("w", "Western Border")], required=False)
    search = forms.CharField(required=False)


def _navigation() -> list[dict[str, Any]]:
    return [
        {
            "key": title.lower(),
            "number": number,
            "title": title,
            "active": title == "Profile",
            "items": [{"title": item, "url": "#", "active": item == "Gaps"} for item in items],
        }
        for number, (title, items) in enumerate(STEPS.items(), start=1)
    ]


def _journey() -> list[dict[str, Any]]:
    states = ["done", "done", "current", "waiting", "waiting", "waiting", "waiting"]
    words = {"done": "done", "current": "in hand", "waiting": "not begun"}
    return [
        {
            "number": number,
            "title": title,
            "state": state,
            "words": words[state],
            "summary": ", ".join(items) + ".",
            "url": "#",
        }
        for number, ((title, items), state) in enumerate(zip(STEPS.items(), states, strict=True), 1)
    ]


def _heat() -> list[dict[str, Any]]:
    rows = []
    for unit, cells in GAPS.items():
        marks = [{"gap": None if c == "no" else c, "required": c != "no"} for c in cells]
        total = sum(c for c in cells if isinstance(c, int | float))
        rows.append({"unit": unit, "cells": marks, "total": total})
    return rows


def styleguide(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The plan was saved.")
    messages.warning(request, "Three people have no assessment.")
    messages.error(request, "Refused: two questions are still open.")
    run = SimpleNamespace(pk=1, state="running", progress=40, is_over=False)
    run.message, run.get_state_display = "Pass 2 of 5: seats", "running"
    context = {
        "administration": SimpleNamespace(
            name="Customs and Excise Department of Belize", is_demonstration=True
        ),
        "navigation": _navigation(),
        "steps": _journey(),
        "heads": HEADS,
        "heat": _heat(),
        "form": SampleForm({"email": "wrong", "mode": "room"}),
        "clean_form": SampleForm(),
        "filter": SampleFilter({"unit": "w"}),
        "page": Paginator(range(400), 20).page(6),
        "run": run,
        "tabs": [
            {"title": "By unit", "url": "#", "active": True, "count": 15},
            {"title": "By profile", "url": "#", "active": False, "count": 20},
            {"title": "By competency", "url": "#", "active": False, "count": None},
        ],
        "entries": [
            {"day": "8 Feb 2016", "title": "Workshop opened", "text": "", "state": "", "words": ""},
            {"day": "12 Feb 2016", "title": "Findings agreed", "state": "done", "words": "done"},
            {"day": "1 Apr 2016", "title": "Strategy due", "state": "late", "words": "late"},
        ],
        "chart": {
            "svg": SafeString(charts.svg(AGES)),
            "caption": AGES.caption,
            "columns": ["Age band", "Staff"],
            "rows": list(zip(AGES.labels, AGES.values, strict=True)),
        },
        "document": SafeString(fragment(DOCUMENT)),
        "kinds": ["success", "progress", "info", "neutral", "warning", "danger", "unknown"],
    }
    return render(request, "styleguide/page.html", context)
