"""Campaigns ask many people at once; nothing that is not rated becomes a zero."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competencies.analysis.coverage import coverage
from competencies.analysis.demand import asked_of
from competencies.models import Assessment, Campaign
from competencies.usecases import campaigns, gaps, sheet_files, sheets
from competencies.usecases.sheets import Entry
from hrplan.core.frames import rows_of
from tests import make
from tests.competencies.make_gaps import Port, port, rate
from tests.conftest import frame


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    Assessment.objects.all().delete()
    return made


TERMS = {
    "code": "2016-1",
    "title": "Spring",
    "purpose": "To choose courses.",
    "sources": ["self", "supervisor"],
    "opens_on": date(2016, 2, 1),
    "due_on": date(2016, 4, 1),
}


@pytest.fixture
def campaign(place, alice):
    made = campaigns.add_campaign(alice.administration, by=alice, **TERMS)
    return campaigns.open_campaign(made, by=alice)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def progress(campaign):
    analysis = gaps.gap_analysis(campaign.administration)
    table = campaigns.campaign_coverage(campaign, analysis)
    return campaigns.campaign_progress(campaign, analysis, table)


def tasks(member, campaign):
    analysis = gaps.gap_analysis(campaign.administration)
    table = campaigns.campaign_coverage(campaign, analysis)
    return [
        (task.person, task.source, task.done)
        for task in campaigns.tasks_of(
            analysis, rows_of(campaigns.own_part(member, analysis, table))
        )
    ]


def asked(people, requirements):
    profiles = frame(requirements).assign(weight=1.0, critical=False)
    topics = pd.Index(sorted(set(profiles["competency"])))
    return asked_of(frame(people), profiles, topics)


def test_ratings_outside_the_days_or_beside_the_question_do_not_count():
    held = asked(
        """
        staff unit profile
        A     P    clerk
        """,
        """
        profile competency level
        clerk   O1         1
        clerk   O2         1
        other   O9         1
        """,
    )
    rated = frame("""
        staff competency source     rated_on
        A     O1         self       2016-02-02
        A     O1         self       2016-02-03
        A     O2         self       2016-01-31
        A     O2         supervisor 2016-02-02
        A     O9         self       2016-02-02
        B     O2         self       2016-02-02
    """)
    days = {"opens_on": date(2016, 2, 1), "as_of": date(2016, 2, 10)}

    found = coverage(held, rated, sources=["self"], **days)

    assert found.to_dict("records") == [
        {"staff": "A", "unit": "P", "source": "self", "asked": 2, "done": 1}
    ]


def test_the_order_of_rows_does_not_matter():
    people = """
        staff unit profile
        A     P    clerk
        B     P    chief
    """
    requirements = """
        profile competency level
        clerk   O1         1
        chief   O1         1
        chief   O2         1
    """
    rated = frame("""
        staff competency source rated_on
        B     O2         self   2016-02-02
        A     O1         self   2016-02-02
    """)
    terms = {"sources": ["self"], "opens_on": date(2016, 2, 1), "as_of": date(2016, 3, 1)}
    held = asked(people, requirements)
    turned = asked_of(
        held.people[::-1],
        frame(requirements).assign(weight=1.0, critical=False)[::-1],
        held.topics[::-1],
    )

    found = coverage(held, rated, **terms)

    pd.testing.assert_frame_equal(found, coverage(turned, rated[::-1], **terms))


def test_progress_counts_by_source_and_unit(place, campaign):
    rate(place.ann, "O1", 2, source="self")
    rate(place.ann, "O2", 2, source="self")
    rate(place.ben, "O1", 0, source="supervisor")

    seen = progress(campaign)

    assert [(one.source, one.done, one.asked, one.people_done) for one in seen.sources] == [
        ("self", 2, 6, 1), ("supervisor", 1, 6, 0),
    ]  # fmt: skip
    assert [(unit.title, unit.parts) for unit in seen.units] == [("Port", ((2, 6), (1, 6)))]


def test_everybody_finds_just_the_sheets_that_are_theirs(place, campaign, alice, mona, stan, carol):
    make.scope(stan, staff_member=place.ann)
    make.scope(mona, staff_member=place.ben, unit=place.unit)

    assert tasks(stan, campaign) == [("Ann", "self", 0)]
    assert set(tasks(mona, campaign)) == {
        ("Ben", "self", 0), ("Ann", "supervisor", 0), ("Eve", "supervisor", 0),
    }  # fmt: skip
    assert len(tasks(alice, campaign)) == 6
    assert tasks(carol, campaign) == []


def test_a_supervisor_of_another_unit_finds_fills_and_hands_in_their_sheets(
    place, campaign, customs, mona, as_
):
    gate = make.unit(customs, "GATE")
    gus = make.staff_member(gate, place.profile, code="S8", name="Gus", supervisor=place.ben)
    zoe = make.staff_member(gate, place.profile, code="S9", name="Zoe")
    make.scope(mona, staff_member=place.ben)
    client = as_(mona)

    assert set(tasks(mona, campaign)) == {("Ben", "self", 0), ("Gus", "supervisor", 0)}
    sheet = client.get(url("sheet", campaign.pk, gus.pk, "supervisor"))
    assert sheet.status_code == 200
    topic = place.framework.competencies.get(code="O1")
    sent = {f"level_{topic.pk}": "2", f"evidence_{topic.pk}": ""}
    client.post(url("sheet", campaign.pk, gus.pk, "supervisor"), sent)
    assert gus.assessments.get().level == 2
    assert client.get(url("sheet", campaign.pk, zoe.pk, "supervisor")).status_code == 404
    assert client.get(url("sheet", campaign.pk, gus.pk, "validated")).status_code == 403


def test_the_officer_finds_no_sheet_of_themselves_but_their_own_view(place, campaign, alice):
    make.scope(alice, staff_member=place.ann)

    assert {source for person, source, _done in tasks(alice, campaign) if person == "Ann"} == {
        "self"
    }
    assert len(tasks(alice, campaign)) == 5


def test_sheets_are_narrowed_to_a_unit_a_profile_and_a_grade(
    place, campaign, customs, alice, as_, tmp_path
):
    other = make.unit(customs, "AIR", title="Airport")
    clerk = make.profile(place.framework, code="clerk", O1=2)
    make.staff_member(other, clerk, code="S7", name="Kim", grade=7)
    make.staff_member(other, place.profile, code="S6", name="Lea", grade=7)
    client = as_(alice)

    def shown(**asked):
        page = client.get(campaign.get_absolute_url(), asked)
        by_rest = client.get(f"/api/v1/customs/campaigns/{campaign.pk}/tasks/", asked).json()
        found = [task for _words, task in page.context["tasks"]]
        assert {task.pk for task in found} == {one["staff"] for one in by_rest["results"]}
        return {task.person for task in found}

    assert shown() == {"Ann", "Ben", "Eve", "Kim", "Lea"}
    assert shown(unit="AIR") == {"Kim", "Lea"}
    assert shown(unit="AIR", profile="clerk") == shown(profile="clerk") == {"Kim"}
    assert shown(grade="7") == {"Kim", "Lea"}
    assert shown(grade="7", profile=place.profile.code) == {"Lea"}
    assert shown(unit="PORT", grade="7") == set()
    page = client.get(campaign.get_absolute_url(), {"profile": "clerk"}).content.decode()
    assert f"{url('campaign_forms', campaign.pk)}?profile=clerk" in page
    for narrow, count in (({}, 10), ({"grade": "7"}, 4), ({"unit": "AIR", "profile": "clerk"}, 2)):
        written = sheet_files.forms_of(campaign, tmp_path / "f.xlsx", by=alice, **narrow)
        assert written == count


def test_a_campaign_narrows_to_units_profiles_and_groups(place, alice, customs):
    other = make.unit(customs, "AIR")
    make.staff_member(other, place.profile)
    made = campaigns.add_campaign(customs, by=alice, **{**TERMS, "units": ["AIR"]})

    assert progress(made).people == 1
    with pytest.raises(ValidationError, match="not known: X"):
        campaigns.change_campaign(made, groups=["X"], by=alice)


def test_a_sheet_is_filled_in_at_once_and_what_is_left_out_stays_unsaid(place, campaign, alice):
    held = sheets.sheet_for(campaign, place.ann, "supervisor", by=alice)
    one, two = (line.competency for line in held.lines)

    written = sheets.fill_sheet(held, {one.pk: Entry(Decimal(0)), two.pk: Entry(None)}, by=alice)

    assert written == 1
    row = Assessment.objects.get()
    assert (row.competency, row.level, row.campaign) == (one, 0, campaign)
    again = sheets.sheet_for(campaign, place.ann, "supervisor", by=alice)
    assert [line.level for line in again.lines] == [0, None]
    assert sheets.fill_sheet(again, {one.pk: Entry(Decimal(0))}, by=alice) == 0


def test_a_high_level_of_a_supervisor_needs_an_example_and_nothing_is_half_written(
    place, campaign, alice
):
    held = sheets.sheet_for(campaign, place.ann, "supervisor", by=alice)
    one, two = (line.competency for line in held.lines)

    with pytest.raises(ValidationError, match="example"):
        sheets.fill_sheet(held, {one.pk: Entry(Decimal(2)), two.pk: Entry(Decimal(3))}, by=alice)

    assert not Assessment.objects.exists()


def test_a_manager_fills_no_sheet_of_another_unit(place, campaign, customs, mona):
    make.scope(mona, unit=make.unit(customs, "AIR"))

    with pytest.raises(PermissionDenied):
        sheets.sheet_for(campaign, place.ann, "supervisor", by=mona)


def test_an_open_campaign_keeps_its_terms_and_a_closed_one_takes_nothing(place, campaign, alice):
    campaigns.change_campaign(campaign, due_on=date(2016, 5, 1), by=alice)
    with pytest.raises(ValidationError, match="told its terms"):
        campaigns.change_campaign(campaign, purpose="Other", by=alice)
    campaign = Campaign.objects.get()
    with pytest.raises(ValidationError, match="Only a draft"):
        campaigns.remove_campaign(campaign, by=alice)
    held = sheets.sheet_for(campaign, place.ann, "self", by=alice)
    campaigns.close_campaign(campaign, by=alice)

    with pytest.raises(ValidationError, match="no ratings now"):
        sheets.fill_sheet(held, {held.lines[0].competency.pk: Entry(Decimal(1))}, by=alice)


def test_a_campaign_that_reaches_nobody_is_not_opened(place, alice, customs):
    make.unit(customs, "AIR")
    made = campaigns.add_campaign(customs, by=alice, **{**TERMS, "units": ["AIR"]})

    with pytest.raises(ValidationError, match="Nobody"):
        campaigns.open_campaign(made, by=alice)


def workbook_of(campaign, member, tmp_path, fill):
    path = tmp_path / "forms.xlsx"
    sheet_files.forms_of(campaign, path, by=member)
    book = openpyxl.load_workbook(path)
    fill(book["rating_forms"])
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("forms.xlsx", out.getvalue())


def test_forms_go_out_as_a_workbook_and_come_back_filled_in(place, campaign, mona, tmp_path):
    make.scope(mona, unit=place.unit)

    def fill(sheet):
        assert sheet.max_row == 7  # three people, two levels each
        sheet.cell(2, 6, 2)
        sheet.cell(3, 6, 0)

    written = sheet_files.hand_in(campaign, workbook_of(campaign, mona, tmp_path, fill), by=mona)

    assert written == 2
    assert sorted(Assessment.objects.values_list("level", flat=True)) == [0, 2]
    assert set(Assessment.objects.values_list("source", "campaign")) == {
        ("supervisor", campaign.pk)
    }


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (6, 9, "9"),
        (6, "three", "three"),
        (1, "NOBODY", "not a sheet of yours"),
        (2, "test", "not a sheet of yours"),
        (3, "O77", "does not ask for O77"),
    ],
)
def test_a_workbook_with_a_fault_changes_nothing(
    place, campaign, mona, tmp_path, column, value, words
):
    make.scope(mona, unit=place.unit)

    def fill(sheet):
        sheet.cell(2, 6, 1)
        sheet.cell(4, 6, 1)
        sheet.cell(2, column, value)

    with pytest.raises(ValidationError, match=words):
        sheet_files.hand_in(campaign, workbook_of(campaign, mona, tmp_path, fill), by=mona)

    assert not Assessment.objects.exists()


def test_the_officer_runs_a_campaign_in_the_browser(place, alice, mona, as_):
    make.scope(mona, unit=place.unit)
    client, theirs = as_(alice), as_(mona)
    client.post(url("campaigns_add"), {
        **TERMS, "opens_on": "2016-02-01", "due_on": "2016-04-01", "appeal_days": 14,
    })  # fmt: skip
    row = Campaign.objects.get()
    client.post(url("campaign_open", row.pk))
    client.post(url("campaign_remind", row.pk))
    page = theirs.get(url("campaign", row.pk)).content.decode()
    address = url("sheet", row.pk, place.ann.pk, "supervisor")
    topic = place.framework.competencies.first()
    blank = theirs.get(address).content.decode()
    theirs.post(address, {f"level_{topic.pk}": "2", f"evidence_{topic.pk}": "Two cases"})

    row.refresh_from_db()
    assert (row.state, row.reminded_on) == ("open", date(2016, 2, 12))
    assert "3 sheets are not filled in" in page
    assert "To choose courses." in blank
    assert Assessment.objects.get().evidence == "Two cases"
    assert theirs.get(url("campaign_forms", row.pk)).status_code == 200
    assert "Progress by unit" not in page


def test_who_has_something_to_rate_is_told_on_the_first_page(place, campaign, mona, as_):
    make.scope(mona, unit=place.unit, staff_member=place.ben)

    assert "Spring" in as_(mona).get(reverse("journey", args=["customs"])).content.decode()
