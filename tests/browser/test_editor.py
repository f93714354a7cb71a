"""A questionnaire written by keyboard on a phone's width, and its pages judged by axe."""

import pytest

from tests.browser.conftest import follow
from tests.browser.test_accessibility import JUDGE, axe

pytestmark = pytest.mark.browser
__all__ = ["axe"]


def judged(page, axe):
    page.evaluate(axe)
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert (page.evaluate(JUDGE, {}), page.evaluate(wider)) == ([], False), page.url


def test_a_questionnaire_is_written_by_keyboard_on_a_narrow_screen(site, sign_in, axe):
    page = sign_in("hr", width=360)
    page.goto(f"{site.url}/belize/questionnaires/new/")
    judged(page, axe)
    page.focus("#id_title")
    for key in ("Our own", "Tab", "own", "Tab", "Tab"):
        page.keyboard.press(key) if key == "Tab" else page.keyboard.type(key)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=No domain yet")
    judged(page, axe)

    follow(page, "main .empty-state a")
    page.fill("#id_title", "Planning")
    judged(page, axe)
    page.keyboard.press("Enter")
    for _n in (1, 2):
        follow(page, "text=Add a question to D1")
        page.fill("#id_text", "Is there a plan?")
        page.fill("#id_subject", "the plan")
        for level in range(1, 6):
            page.fill(f"#id_anchor_{level}", f"Seen at {level}.")
        judged(page, axe)
        page.click("main form button:has-text('Save')")
        page.wait_for_selector("text=The change is saved.")
    follow(page, "button:has-text('Move D1.2 up')")
    judged(page, axe)
    rows = page.locator("main tbody tr")
    assert [rows.nth(n).get_attribute("id") for n in range(2)] == ["D1.2", "D1.1"]

    page.focus("button[name=publish]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The questionnaire is published")
    judged(page, axe)
