"""The calendar worked by hand in a real browser: drag, form, pin, undo, re-plan, release, told."""

import re

import pytest

from tests.browser.conftest import follow
from tests.browser.test_accessibility import JUDGE, axe, in_both_themes

pytestmark = pytest.mark.browser
__all__ = ["axe"]
LONG = 120_000
OVER = ".run-line :text-matches('done|failed')"
WIDGET = """async () => {
  const told = await axe.run({include: [['.ec']]}, {resultTypes: ['violations']});
  return told.violations.map(one => one.id).sort();
}"""


@pytest.fixture
def desk(site, sign_in):
    """The HR officer at a desk, on a page of the calendar."""
    page = sign_in("hr", width=1600)
    page.set_viewport_size({"width": 1600, "height": 1600})
    page.set_default_timeout(LONG)

    def opened(address: str):
        page.goto(f"{site.url}/belize/{address}")
        return page

    return opened


def first_months(page) -> None:
    """A month of the year ahead in which some session can be dragged."""
    while not page.locator("[data-drag]").count():
        follow(page, "nav[aria-label=Months] a:last-child")


def carried(page, item, cell) -> None:
    """Drag an item to the middle of a cell, in steps as a hand does."""
    here, there = item.bounding_box(), cell.bounding_box()
    page.mouse.move(here["x"] + 15, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 45, here["y"] + 30, steps=4)
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=8)
    page.wait_for_selector("td.is-closed")
    page.mouse.up()


def test_a_session_dragged_to_a_closed_day_says_why_and_is_put_back(desk, axe):
    page = desk("calendar/month/")
    first_months(page)
    page.evaluate(axe)
    item = page.locator("[data-drag]").first
    with page.expect_response("**/blocked/"):
        item.hover()
    sunday = page.locator("td[data-day]").nth(13)

    carried(page, item, sunday)

    page.wait_for_selector("dialog[open] h2")
    assert "A session runs on workdays of one week." in page.inner_text("dialog")
    assert page.locator("dialog button:has-text('Move the session')").count() == 0
    assert page.evaluate(JUDGE, {}) == []
    page.click("dialog [data-put-back]")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("td.is-closed").count() == 0


def test_a_bar_of_the_timeline_goes_back_where_the_move_is_not_confirmed(desk):
    page = desk("calendar/timeline/?quarter=&by=module")
    bar = page.locator(".ec-event.ec-draggable").first
    with page.expect_response("**/blocked/"):
        bar.hover()
    before = bar.bounding_box()

    page.mouse.move(before["x"] + 20, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] + 60, before["y"] + 12, steps=5)
    page.mouse.move(before["x"] + 200, before["y"] + 12, steps=8)
    page.wait_for_selector(".ec-highlight")
    page.mouse.up()
    page.wait_for_selector("dialog[open] h2")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")

    page.wait_for_function(
        "x => Math.abs(document.querySelector('.ec-draggable').getBoundingClientRect().x - x) < 4",
        arg=before["x"],
    )
    assert page.locator("dialog[open]").count() == 0


def test_a_session_is_moved_by_the_form_pinned_and_both_are_taken_back(site, desk):
    page = desk("calendar/month/")
    first_months(page)
    address = page.locator("[data-drag] a").first.get_attribute("href")
    page.goto(f"{site.url}{address}")
    stood = page.inner_text(".page-subtitle")
    follow(page, "a:has-text('Move')")
    page.wait_for_selector("#places tbody a")
    follow(page, "#places tbody a >> nth=0")
    page.fill("#id_reason", "The room is painted")
    follow(page, "button:has-text('Move the session')")
    page.wait_for_selector(OVER)
    moved = "What changed" in page.inner_text("main")
    page.goto(f"{site.url}{address}")

    assert (page.inner_text(".page-subtitle") != stood) == moved
    follow(page, "button:has-text('pin')") if moved else follow(page, "button:has-text('Pin')")

    page.goto(f"{site.url}/belize/calendar/undo/")
    for _n in range(1 + moved):
        follow(page, "button:has-text('Take it back')")
        assert "The change is taken back." in page.inner_text("main")
    page.goto(f"{site.url}{address}")
    assert page.inner_text(".page-subtitle") == stood


def test_a_module_without_a_date_is_dragged_onto_a_day_and_says_what_that_would_do(desk, axe):
    page = desk("calendar/month/")
    page.click(".unplaced summary")
    item = page.locator("[data-place]").first
    with page.expect_response("**/blocked/"):
        item.hover()
    sunday = page.locator("td[data-day]").nth(6)

    carried(page, item, sunday)

    page.wait_for_selector("dialog[open] h2")
    assert "A session runs on workdays of one week." in page.inner_text("dialog")
    assert page.locator("dialog form").count() == 0
    page.evaluate(axe)
    assert page.evaluate(JUDGE, {}) == []
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def middle(part) -> tuple[float, float]:
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def let_fall(page, item, day: str, row: str) -> str:
    """Drag an item of the list onto a day of a row of the timeline; the address then asked for."""
    head = page.locator(".ec-col-head", has=page.locator(f"time[datetime^='{day}']"))
    head.evaluate("part => part.scrollIntoView({inline: 'center', block: 'nearest'})")
    with page.expect_response("**/blocked/"):
        item.hover()
    x, _y = middle(head)
    _x, y = middle(page.locator(".ec-row-head", has_text=row))
    here = item.bounding_box()
    page.mouse.move(here["x"] + 15, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 45, here["y"] + 30, steps=4)
    page.mouse.move(x, y, steps=8)
    page.wait_for_selector(".ec-highlight")
    page.mouse.move(x + 2, y)
    page.wait_for_selector("[data-under]")
    assert page.locator("[data-under]").count() == 1
    with page.expect_request("**/place/?**") as asked:
        page.mouse.up()
    page.wait_for_selector("dialog[open] h2")
    assert page.locator("[data-under], .ec-highlight").count() == 0
    return asked.value.url


def test_a_module_without_a_date_is_dragged_onto_a_room_of_the_timeline(site, desk, axe):
    page = desk("calendar/timeline/?quarter=&by=venue")
    page.wait_for_selector(".ec-event")
    page.click(".unplaced summary")
    row = page.locator(".ec-row-head", has_text=re.compile("[a-z]")).first.inner_text().strip()
    day = page.locator(".ec-col-head time").nth(8).get_attribute("datetime")[:10]

    address = let_fall(page, page.locator("[data-place]").first, day, row)

    assert f"starts_on={day}" in address
    assert "venue=" in address
    page.evaluate(axe)
    assert page.evaluate(JUDGE, {}) == []
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def free_day(page) -> tuple[str, str]:
    """Of a module without a date: its key, and a first day on which nothing is in its way."""
    page.click(".unplaced summary")
    for number in range(page.locator("[data-place]").count()):
        key = page.locator("[data-place]").nth(number).get_attribute("data-place")
        follow(page, f"[data-place='{key}'] a >> nth=0")
        page.wait_for_selector("#places:not([hx-get])")
        free = page.locator("#places tbody tr", has_text="nothing").locator("a").first
        if free.count():
            return key, free.get_attribute("href").partition("starts_on=")[2]
        page.go_back()
        page.click(".unplaced summary")
    raise AssertionError("no module without a date has a free day")


def test_a_module_let_fall_on_a_free_day_of_the_timeline_is_placed_there(site, desk):
    page = desk("calendar/timeline/?quarter=&by=module")
    key, day = free_day(page)
    page.goto(f"{site.url}/belize/calendar/timeline/?quarter=&by=module")
    page.wait_for_selector(".ec-event")
    while not page.locator(f".ec-col-head time[datetime^='{day}']").count():
        page.click(".ec-next")
    page.click(".unplaced summary")
    row = page.locator(".ec-row-head", has_text=re.compile("[a-z]")).first.inner_text().strip()

    address = let_fall(page, page.locator(f"[data-place='{key}']"), day, row)

    assert address.endswith(f"starts_on={day}")
    page.fill("dialog #id_reason", "Asked for by the ports")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/*/")
    assert "The session is in the calendar." in page.inner_text("main")
    page.goto(f"{site.url}/belize/calendar/undo/")
    follow(page, "button:has-text('Take it back')")
    assert "The change is taken back." in page.inner_text("main")


def test_a_module_is_given_a_date_by_keys_alone_and_it_is_taken_back(site, desk):
    page = desk("calendar/month/")
    page.focus(".unplaced summary")
    page.keyboard.press("Enter")
    for number in range(page.locator("[data-place]").count()):
        page.focus(f"[data-place] >> nth={number} >> a >> nth=0")
        page.keyboard.press("Enter")
        page.wait_for_selector("#places:not([hx-get])")
        free = page.locator("#places tbody tr", has_text="nothing").locator("a")
        if free.count():
            break
        page.go_back()
        page.click(".unplaced summary")
    code = page.locator(".breadcrumb-item a").last.inner_text().strip()
    free.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_reason")
    assert "can come" in page.inner_text("main")
    page.fill("#id_reason", "Asked for by the ports")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/*/")
    assert "The session is in the calendar." in page.inner_text("main")
    assert code in page.inner_text("h1")

    page.goto(f"{site.url}/belize/calendar/undo/")
    follow(page, "button:has-text('Take it back')")
    assert "The change is taken back." in page.inner_text("main")
    page.goto(f"{site.url}/belize/calendar/month/")
    assert code in page.text_content(".unplaced")


def test_a_session_is_cancelled_with_a_re_plan_that_is_looked_at_first(site, desk):
    page = desk("calendar/month/")
    first_months(page)
    address = page.locator("[data-drag] a").first.get_attribute("href")
    page.goto(f"{site.url}{address}cancel/")
    page.fill("[name=reason]", "The trainer is ill")
    follow(page, "button:has-text('Look for other places first')")
    page.wait_for_selector(OVER)
    page.goto(f"{site.url}{address}replan/")
    assert "Nothing is changed yet." in page.inner_text("main")
    assert "The trainer is ill" in page.inner_text("main")

    follow(page, "button:has-text('Cancel it and re-plan')")

    assert "the places found are given" in page.inner_text("main")
    page.goto(f"{site.url}/belize/calendar/")
    assert page.locator(".remark-danger").all_inner_texts() == []
    page.goto(f"{site.url}/belize/calendar/undo/")
    follow(page, "button:has-text('Take it back')")
    assert "The change is taken back." in page.inner_text("main")


def test_better_dates_are_looked_for_and_the_calendar_stays_without_a_conflict(site, desk):
    page = desk("calendar/")
    follow(page, "button:has-text('Look for better dates')")
    page.wait_for_selector(OVER)

    page.goto(f"{site.url}/belize/calendar/")
    assert page.locator(".remark-danger").all_inner_texts() == []
    assert "no conflicts at the last check" in page.inner_text("main")


def test_a_release_tells_each_person_and_the_outbox_says_who_is_told_by_hand(site, sign_in):
    page = sign_in("head")
    page.set_default_timeout(LONG)
    page.goto(f"{site.url}/belize/calendar/release/")
    page.fill("#id_name", "First release")
    page.fill("#id_reason", "For the stations")
    follow(page, "main button:has-text('Release')")
    assert "The calendar is released as" in page.inner_text("main")

    page.goto(f"{site.url}/belize/calendar/outbox/")
    assert re.search(r"by hand", page.inner_text("main"), re.I)
    assert page.locator("main tbody tr").count() > 0

    own = sign_in("officer", width=360)
    own.goto(f"{site.url}/belize/calendar/")
    assert "not released yet" not in own.inner_text("main")


PAGES = (
    "calendar/month/", "calendar/timeline/", "calendar/issues/", "calendar/why/",
    "calendar/undo/", "calendar/poster/", "sessions/{pk}/move/?places=1",
    "sessions/{pk}/move/?starts_on=2016-05-09", "calendar/why/?ask=station&unit=3&day=2016-05-05",
)  # fmt: skip


def test_no_page_of_the_editor_violates_a_rule_and_none_is_wider_than_a_phone(site, desk, axe):
    page = desk("calendar/month/")
    page.emulate_media(reduced_motion="reduce")
    first_months(page)
    key = page.locator("[data-drag]").first.get_attribute("data-drag")
    found, wide = {}, []

    for address in PAGES:
        url = f"{site.url}/belize/{address.format(pk=key)}"
        found |= in_both_themes(page, url, axe)
        page.set_viewport_size({"width": 360, "height": 800})
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        wide += [address] if page.evaluate(wider) else []
        page.set_viewport_size({"width": 1600, "height": 1600})

    assert (found, wide) == ({}, [])


def test_what_the_widget_of_others_still_violates_is_known(desk, axe):
    page = desk("calendar/timeline/?quarter=")
    page.wait_for_selector(".ec-event")
    page.wait_for_timeout(500)
    page.evaluate(axe)

    assert page.evaluate(WIDGET) == []
    assert page.locator("main table tbody tr").count() > 3  # the same as a table, below it
