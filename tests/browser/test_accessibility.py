"""Every page of the navigation, judged by axe in light and in dark colours."""

import re

import pytest

pytestmark = pytest.mark.browser
# What lies in .ec is the calendar of others; the rows of a table are alike after the first ten.
JUDGE = """async options => {
  const seen = {exclude: [['.ec'], ['tbody tr:nth-child(n + 11)']]};
  const told = await axe.run(seen, {resultTypes: ['violations'], ...options});
  return told.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
}"""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.fixture(scope="session")
def axe() -> str:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- only with a browser

    return Axe().axe_script


def in_both_themes(page, url, axe) -> dict[tuple[str, str], list[str]]:
    """What a page violates in light and in dark colours, with all its details open."""
    page.emulate_media(color_scheme="light")
    page.goto(url)
    page.evaluate("document.querySelectorAll('main details').forEach(d => (d.open = true))")
    page.evaluate(axe)
    found = {(url, "light"): page.evaluate(JUDGE, {})}
    page.emulate_media(color_scheme="dark")
    found[url, "dark"] = page.evaluate(JUDGE, COLOURS)
    return {place: told for place, told in found.items() if told}


def test_no_page_of_the_navigation_violates_a_rule_in_either_theme(site, sign_in, axe):
    page = sign_in("hr")
    page.emulate_media(reduced_motion="reduce")
    links = page.locator(".nav-side nav.steps-nav a")
    addresses = [links.nth(n).get_attribute("href") for n in range(links.count())]
    found = {}

    for address in addresses:
        found |= in_both_themes(page, f"{site.url}{address}", axe)

    assert len(addresses) > 25
    assert found == {}


STARTS = (
    "framework/", "framework/versions/", "campaigns/", "gaps/", "workforce/", "imports/",
    "workforce/succession/", "workforce/staffing/", "workforce/promotions/", "needs/priorities/",
    "staff/?q=Verde",
)  # fmt: skip
KINDS = {
    "/framework/N/", "/framework/N/report/", "/framework/N/matches/", "/campaigns/N/",
    "/competencies/N/", "/ratings/N/",
    "/staff/N/", "/staff/N/development/", "/gaps/cycle/", "/gaps/raters/", "/gaps/quality/",
    "/workforce/outlook/", "/workforce/skills/", "/workforce/equity/", "/workforce/key-posts/N/",
    "/units/N/staffing/", "/workforce/promotions/N/", "/imports/staff-list/", "/needs/rulings/new/",
    "/campaigns/N/staff/N/as/self/", "/framework/incoming/", "/competencies/N/edit/",
    "/proposals/N/decide/",
}  # fmt: skip


def one_of_each_kind(page, site) -> dict[str, str]:
    """The first link to a page of each kind, from the starting pages and what they lead to."""
    found: dict[str, str] = {}
    waiting = [f"/belize/{start}" for start in STARTS]
    while waiting:
        page.goto(f"{site.url}{waiting.pop(0)}")
        links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.href)")
        for link in links:
            address = link.removeprefix(site.url).split("#")[0]
            plain = re.sub(r"\d+", "N", address.split("?")[0]).removeprefix("/belize")
            if plain in KINDS and plain not in found:
                found[plain] = address
                waiting.append(address)
    return found


def test_no_page_of_people_and_their_years_ahead_violates_a_rule(site, sign_in, axe):
    page = sign_in("hr")
    page.emulate_media(reduced_motion="reduce")
    kinds = one_of_each_kind(page, site)
    found = {}

    for address in kinds.values():
        found |= in_both_themes(page, f"{site.url}{address}", axe)

    assert kinds.keys() == KINDS
    assert found == {}
