"""One walk through the journey in a real browser, at a desk and on a phone."""

import pytest

from tests.browser.conftest import follow

pytestmark = pytest.mark.browser
PHONE = 360


def test_the_hr_officer_walks_from_the_diagnostic_to_the_documents(site, sign_in):
    page = sign_in("hr")
    steps = page.locator(".journey-step").count()
    assert steps == 7

    for step in page.locator("nav.steps-nav >> visible=true").locator("details").all():
        if step.get_attribute("open") is None:
            step.locator("summary").click()
    links = page.locator("nav.steps-nav a >> visible=true")
    addresses = [links.nth(n).get_attribute("href") for n in range(links.count())]
    for address in addresses:
        response = page.goto(f"{site.url}{address}")
        assert response.status == 200, address
        assert page.inner_text("h1").strip(), address


def test_an_officer_reads_their_own_gaps_on_a_phone_without_scrolling_sideways(site, sign_in):
    page = sign_in("officer", width=PHONE)

    page.goto(f"{site.url}/belize/")
    for address in ("", "framework/", "modules/", "calendar/"):
        response = page.goto(f"{site.url}/belize/{address}")
        assert response.status == 200, address
        wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide, address


def test_the_reviewer_meets_no_name_of_staff(site, sign_in):
    names = site.manage(
        "shell",
        "-c",
        "from competencies.models import StaffMember\n"
        "print('\\n'.join(StaffMember.objects.values_list('name', flat=True)))",
    ).splitlines()
    page = sign_in("reviewer")
    links = page.locator("nav.steps-nav a")
    addresses = {links.nth(n).get_attribute("href") for n in range(links.count())}

    for address in sorted(addresses):
        page.goto(f"{site.url}{address}")
        text = page.inner_text("main")
        assert [name for name in names if len(name) > 5 and name in text] == [], address


def test_a_wrong_pass_phrase_opens_nothing(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site.url}/accounts/login/")
    page.fill("input[name=login]", "hr@belize.example")
    page.fill("input[name=password]", "not the pass-phrase")
    follow(page, "button[type=submit]:has-text('Sign')")

    assert "/accounts/login/" in page.url
    page.close()
