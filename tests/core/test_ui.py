"""The tags of the design system: what a reader sees and hears."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from hrplan.core.templatetags import ui

STATIC = Path(settings.BASE_DIR) / "hrplan" / "static"
PAGES = [
    page
    for room in ("hrplan", "competencies", "diagnostics", "training_calendar")
    for page in (Path(settings.BASE_DIR) / room).rglob("templates/**/*.html")
]


def rendered(source: str, **context: object) -> str:
    request = context.get("request") or RequestFactory().get("/")
    page = Template("{% load ui %}" + source)
    html = page.render(RequestContext(request, context))
    return re.sub(r"\s+", " ", html).strip()


class Sheet(forms.Form):
    name = forms.CharField(help_text="As listed.")
    mode = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def test_a_level_is_shown_with_its_band_and_keeps_its_decimal() -> None:
    assert ui.level_cell(2.4) == '<td class="cell level-2">2.4</td>'


def test_a_level_below_the_required_one_says_so_in_words() -> None:
    assert ui.level_cell(1, required=3) == (
        '<td class="cell level-1 short">1<span class="visually-hidden"> of 3 required</span></td>'
    )


def test_a_level_that_was_not_assessed_is_never_shown_as_zero() -> None:
    shown = ui.level_cell(None)

    assert "level-0" not in shown
    assert "not assessed" in shown


@pytest.mark.parametrize(("level", "band"), [(0, 0), (1, 0), (2, 1), (3, 2), (4, 3), (5, 4)])
def test_bands_follow_the_top_of_the_scale(level: int, band: int) -> None:
    assert f"level-{band}" in ui.level_cell(level, top=5)


def test_a_gap_nobody_asks_for_differs_from_none_and_from_zero() -> None:
    cells = {ui.gap_cell(0), ui.gap_cell(None), ui.gap_cell(None, required=False)}

    assert len(cells) == 3


def test_a_linked_cell_holds_a_link_and_escapes_its_address() -> None:
    assert ui.gap_cell(1, url='/x/?a=1&b="') == (
        '<td class="cell gap-3"><a href="/x/?a=1&amp;b=&quot;">1</a></td>'
    )


def test_a_cell_reached_by_arrows_is_no_stop_of_the_tab_key() -> None:
    assert ui.gap_cell(0, url="/x/", by_arrows=True) == (
        '<td class="cell gap-0"><a href="/x/" tabindex="-1">0</a></td>'
    )


@pytest.mark.parametrize(
    ("gap", "band"), [(0, 0), (0.04, 0), (0.05, 1), (0.3, 1), (0.5, 2), (1, 3), (1.9, 3), (2, 4)]
)
def test_half_a_level_missing_already_changes_the_band_of_a_gap(gap: float, band: int) -> None:
    assert f"gap-{band}" in ui.gap_cell(gap)


@pytest.mark.parametrize(
    ("sort", "key", "kind", "expected"),
    [
        ("-index", "index", "number", ("index", "descending")),
        ("index", "index", "number", ("-index", "ascending")),
        ("-index", "people", "number", ("-people", "")),
        ("-index", "title", "text", ("title", "")),
        ("title", "title", "text", ("-title", "ascending")),
    ],
)
def test_a_heading_offers_the_other_order_of_its_column(
    sort: str, key: str, kind: str, expected: tuple[str, str]
) -> None:
    request = RequestFactory().get("/", {"page": "3", "unit": "U1"})
    context = RequestContext(request, {"request": request, "sort": sort})

    seen = ui.sort_head(context, key, "Heading", kind)

    assert (seen["next"], seen["order"]) == expected


def test_a_heading_keeps_the_filters_of_the_address_and_begins_anew() -> None:
    request = RequestFactory().get("/", {"page": "3", "unit": "U1"})

    html = rendered('{% sort_head "index" "Gap index" %}', request=request, sort="")

    assert 'href="?unit=U1&amp;sort=-index"' in html


def test_cached_cells_follow_the_language_of_the_reader() -> None:
    with translation.override("en"):
        english = ui.level_cell(1.5)
    with translation.override("fr"):
        french = ui.level_cell(1.5)

    assert (">1.5<" in english, ">1,5<" in french) == (True, True)


@pytest.mark.parametrize("state", [*ui.SHAPES, *ui.KINDS, "something_new"])
def test_every_state_has_words_and_a_shape(state: str) -> None:
    shown = ui.badge(state, "its words")

    assert "its words" in shown
    assert "vendor/icons" in shown


def test_a_badge_escapes_its_words() -> None:
    assert "<b>" not in ui.badge("done", "<b>done</b>")


def test_a_card_escapes_its_title_and_keeps_its_content() -> None:
    html = rendered("{% card title %}<p>{{ text }}</p>{% endcard %}", title="<i>", text="<i>")

    assert html.count("&lt;i&gt;") == 2
    assert "<p>" in html
    assert "<i>" not in html


def test_a_figure_that_is_not_known_is_called_unknown() -> None:
    assert "unknown" in rendered('{% stat "Attrition" None %}')


def test_a_figure_of_zero_missing_says_that_none_is_missing() -> None:
    assert "n = 30, 0 missing" in rendered('{% stat "Assessed" 30 n=30 missing=0 %}')


def test_a_faulty_field_points_at_its_help_and_its_errors() -> None:
    html = rendered("{% field form.name %}", form=Sheet({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "is-invalid" in html


def test_radio_buttons_stand_in_a_fieldset_with_a_legend() -> None:
    html = rendered("{% field form.mode %}", form=Sheet())

    assert "<fieldset" in html
    assert re.search(r"<legend[^>]*>Mode", html)


def test_the_summary_of_errors_links_to_each_faulty_field() -> None:
    html = rendered("{% form_body form %}", form=Sheet({}))

    assert '<a href="#id_name">Name: This field is required.</a>' in html


def test_the_pager_keeps_the_filters_of_the_address() -> None:
    request = RequestFactory().get("/", {"unit": "w", "page": "2"})

    html = rendered("{% pager page %}", request=request, page=Paginator(range(50), 10).page(2))

    assert 'rel="next" href="?unit=w&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html


def test_one_page_needs_no_pager() -> None:
    request = RequestFactory().get("/")

    assert rendered("{% pager p %}", request=request, p=Paginator([1], 10).page(1)) == ""


def test_vendored_files_are_those_of_the_lock() -> None:
    rows = (STATIC / "vendor" / "vendor.lock").read_text().splitlines()[1:]
    stated = {row.split(" | ")[0]: row.split(" | ")[-1] for row in rows}

    found = {
        name: hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name in stated
    }

    assert found == stated


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="([a-z0-9-]+)"', (STATIC / "vendor/icons.svg").read_text()))
    named = set(ui.SHAPES.values())
    for page in PAGES:
        for pair in re.findall(r'{% icon "([^"]+)"|shape="([^"]+)"', page.read_text()):
            named |= {name for name in pair if name}

    assert named - sprite == set()


def test_no_template_has_an_inline_style_or_script() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*json)")
    guilty = [page.name for page in PAGES if inline.search(page.read_text())]

    assert guilty == []


def test_no_template_comment_runs_over_its_line_and_is_printed() -> None:
    broken = re.compile(r"{#(?!.*#})")

    assert [page.name for page in PAGES if broken.search(page.read_text())] == []


def test_a_span_names_a_single_day_once_and_the_year_once() -> None:
    first, later, next_year = date(2016, 3, 4), date(2016, 3, 7), date(2017, 1, 2)
    assert ui.days(first, first) == "4\u00a0March\u00a02016"  # a day stays on one line
    assert ui.days(first, later, "j M") == "4\u00a0Mar – 7\u00a0Mar\u00a02016"
    assert ui.days(first, next_year, "j M").split(" – ") == [
        "4\u00a0Mar\u00a02016",
        "2\u00a0Jan\u00a02017",
    ]
    assert ui.days(first, later, "j M", year=False) == "4\u00a0Mar – 7\u00a0Mar"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0076249, "0.0076"), (3.07936, "3.1"), (7.3053, "7.3"), (608.0, "610"), (None, "–")],
)
def test_a_small_figure_keeps_two_digits_that_count(value: float | None, words: str) -> None:
    assert ui.significant(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "+0.50"), (-0.256, "-0.26"), (0.004, "0.00"), (-0.004, "0.00"), (None, None)],
)
def test_a_change_bears_its_sign(value: float | None, words: str | None) -> None:
    assert ui.signed(value) == words


def test_a_figure_without_n_still_says_how_many_are_missing() -> None:
    assert "467 missing" in rendered('{% stat "Gap closed" "76 %" missing=467 %}')
