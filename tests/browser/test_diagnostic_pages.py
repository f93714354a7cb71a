"""Every page of the diagnostic judged by axe, and answers given at one's own pace on a phone."""

import json

import pytest

from tests.browser.conftest import follow
from tests.browser.test_accessibility import axe, in_both_themes
from tests.browser.test_editor import judged

pytestmark = pytest.mark.browser
__all__ = ["axe"]
PHONE = 360
KINDS = ("exercises", "workshops", "questionnaires", "documents-register", "findings")
ADDRESSES = f"""
import json
from diagnostics.models import Questionnaire, Workshop
from diagnostics.usecases import questionnaires
from hrplan.core.models import Administration, Member
from tests.routes import fill, tenant_routes
from tests.rows import rows_of
house = Administration.objects.get(slug="belize")
leader = Member.objects.get(administration=house, role="facilitator")
questionnaires.begin_version(Questionnaire.objects.get(code="hr-diagnostic"), by=leader)
held = [r for r in tenant_routes() if r.split("/")[1] in {KINDS!r}]
closed = rows_of(house)
going = closed | {{"workshops": Workshop.objects.filter(closed_on=None).earliest("pk").pk}}
found = {{fill(route, "belize", rows) for rows in (closed, going) for route in held}}
print(json.dumps(sorted(found)))
"""
OWN_PACE = """
from diagnostics.models import Exercise, Workshop
from diagnostics.usecases import calling, joining, own_pace, workshops
from hrplan.core.models import Member
leader = Member.objects.get(administration__slug="belize", role="facilitator")
exercise = Exercise.objects.get(code="hr-2016-review")
made = calling.call_workshop(exercise, by=leader, title="At home", code="home",
    starts_on=exercise.starts_on, ends_on=exercise.ends_on)
workshops.set_up_room(made, by=leader, pace="own")
person = calling.invite(made, [calling.Invited("Olive One", "Collector")], by=leader)[0]
own_pace.open_all(made, by=leader)
print(joining.join(made, place=person).token)
"""


def test_no_page_of_the_diagnostic_violates_a_rule_in_either_theme(site, sign_in, axe):
    addresses = json.loads(site.manage("shell", "-c", ADDRESSES).splitlines()[-1])
    page = sign_in("facilitator")
    page.emulate_media(reduced_motion="reduce")
    found, seen = {}, 0

    for address in addresses:
        answer = page.request.get(f"{site.url}{address}")
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue
        seen += 1
        found |= in_both_themes(page, f"{site.url}{address}", axe)

    assert seen > 60
    assert found == {}


def test_a_manager_answers_at_their_own_pace_and_goes_on_with_the_next_question(
    site, chromium, axe
):
    token = site.manage("shell", "-c", OWN_PACE).splitlines()[-1]
    page = chromium.new_page(viewport={"width": PHONE, "height": 740})
    page.goto(f"{site.url}/join/me/{token}/")
    judged(page, axe)

    follow(page, "ul.tasks a >> nth=0")
    page.check("input[name=answer][value='3']")
    page.wait_for_selector("text=Your vote: 3.")
    judged(page, axe)
    follow(page, "text=Next question")
    page.check("input[name=answer][value='unknown']")
    page.wait_for_selector("#receipt:has-text('Your vote')")
    follow(page, "text=All questions")

    assert "2 of" in page.inner_text("main [role=status]")
    follow(page, "button:has-text('Submit')")
    page.wait_for_selector("text=submitted")
    page.close()
