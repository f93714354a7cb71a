"""A round of promotion on its page: both lists, explained; only the office sees it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies import tables
from competencies.models import Candidacy, PromotionRound
from competencies.usecases import people, promotions, shadow_run
from hrplan.core.models import AuditEntry
from hrplan.exchange import read, write
from hrplan.exchange.spec import Workbook
from tests.competencies.make_gaps import Port, port, rate
from tests.competencies.make_promotion import supervisors

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


@pytest.fixture
def row(place) -> PromotionRound:
    return supervisors(place)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def standings(row):
    return {one.name: one for one in shadow_run.outcome(row, row.administration).standings}


def test_the_list_by_competency_differs_from_seniority_and_says_why(row):
    told = standings(row)

    assert [(x.seniority, x.place, x.state) for x in told.values()] == [
        (2, 1, "ranked"), (1, 2, "ranked"), (3, None, "incomplete"),
    ]  # fmt: skip
    assert told["Ben"].why == "Up 1 by a merit score of 83.0, most of all the competency of 100."
    assert told["Ann"].why == "Down 1 by a merit score of 49.7, most of all the competency of 33."
    assert told["Eve"].why == "Incomplete: 1 of 1 critical levels is not validated."
    assert (told["Ann"].by_seniority, told["Ann"].by_merit) == (True, False)


def test_only_validated_levels_count(row, place):
    rate(place.eve, "O1", 3, source="supervisor")

    assert standings(row)["Eve"].state == "incomplete"


def test_levels_after_the_day_that_counts_are_left_out(row, place):
    row.counted_on = date(2016, 2, 1)

    assert standings(row)["Ben"].state == "incomplete"


def test_places_freed_by_others_are_told_apart_from_merit(row, place):
    row.candidacies.filter(staff_member=place.ann).update(live_sanction="yes")
    row.candidacies.filter(staff_member=place.eve).update(performance=None)

    told = standings(row)

    assert told["Ann"].why == "Excluded: a sanction is live."
    assert told["Ben"].why == ("Up 1 because somebody with more service is excluded or incomplete.")
    assert "the performance mark is not known" in told["Eve"].why


def test_protection_counts_until_its_day(row, place):
    row.candidacies.filter(staff_member=place.ann).update(courses_met="no", is_protected=True)
    row.rule_on, row.protected_until = date(2015, 1, 1), date(2016, 12, 31)

    assert standings(row)["Ann"].state == "ranked"
    assert shadow_run.outcome(row, row.administration).protected == 1
    row.protected_until = date(2016, 3, 1)
    assert standings(row)["Ann"].state == "excluded"


def test_the_page_says_that_it_is_a_shadow_run_until_it_is_published(row, alice, as_):
    client = as_(alice)
    assert "nothing here binds" in client.get(url("promotion_round", row.pk)).content.decode()

    text = client.post(url("promotion_publish", row.pk), follow=True).content.decode()

    assert "nothing here binds" not in text
    assert "The rules stand as they are." in text
    assert AuditEntry.objects.filter(action="publish").count() == 1
    closed = client.post(url("promotion_close", row.pk), follow=True).content.decode()
    assert "Nothing in this round changes any more." in closed


@pytest.mark.parametrize("day", [None, date(2016, 3, 1)])
def test_a_round_is_published_only_once_its_weights_are(place, alice, day):
    row = supervisors(place, weights_published_on=day)

    with pytest.raises(ValidationError):
        promotions.publish_round(row, by=alice)

    assert PromotionRound.objects.get().is_shadow


def test_published_rules_stand_and_a_closed_round_changes_no_more(row, alice, place):
    promotions.publish_round(row, by=alice)
    row.refresh_from_db()
    with pytest.raises(ValidationError, match="stand as they are"):
        promotions.change_round(row, by=alice, threshold=Decimal("0.1"))
    with pytest.raises(ValidationError, match="stand as they are"):
        promotions.remove_round(row, by=alice)
    mark = row.candidacies.get(staff_member=place.ann)
    promotions.change_candidacy(mark, by=alice, panel=80)
    promotions.close_round(row, by=alice)

    mark = Candidacy.objects.select_related("round").get(pk=mark.pk)
    with pytest.raises(ValidationError, match="closed"):
        promotions.change_candidacy(mark, by=alice, panel=90)
    with pytest.raises(ValidationError, match="closed"):
        promotions.remove_candidacy(mark, by=alice)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"panel_weight": Decimal("0.3")}, "add up to 1"),
        ({"weights_published_on": date(2016, 6, 1)}, "before the day of the vacancy"),
        ({"protected_until": date(2016, 12, 31)}, "protection begins"),
    ],
)
def test_rules_that_make_no_sense_are_refused(row, alice, wrong, words):
    with pytest.raises(ValidationError, match=words):
        promotions.change_round(row, by=alice, **wrong)


def test_a_round_is_begun_and_candidates_entered_by_forms(place, alice, as_):
    client = as_(alice)
    new = {
        "code": "MAN", "title": "Managers", "profile": place.profile.pk, "posts": 1,
        "counted_on": "2016-02-12", "vacancy_on": "2016-06-01", "minimum_service": "3",
        "courses": "T01; T02", "threshold": "0.5", "competency_weight": "0.5",
        "performance_weight": "0.3", "panel_weight": "0.2",
    }  # fmt: skip
    client.post(url("promotions_add"), new)
    row = PromotionRound.objects.get()
    entry = {"round": row.pk, "staff_member": place.ben.code, "live_sanction": "no",
             "courses_met": "yes", "performance": "81", "panel": ""}  # fmt: skip
    added = client.post(url("candidacies_add"), entry)

    assert row.courses == ["T01", "T02"]
    assert added.url == row.get_absolute_url()
    assert Candidacy.objects.get().panel is None
    text = client.get(row.get_absolute_url()).content.decode()
    assert "the mark of the panel is not known" in text
    twice = client.post(url("candidacies_add"), entry).content.decode()
    assert "already exists" in twice


def test_only_the_head_and_the_hr_officer_see_a_round(row, as_, request):
    pages = [url("promotion_list"), url("promotion_round", row.pk)]
    pages += ["/api/v1/customs/promotions/", "/api/v1/customs/candidacies/"]
    pages += [f"/api/v1/customs/promotions/{row.pk}/outcome/"]

    def opened(name):
        client = as_(request.getfixturevalue(name))
        return [client.get(page).status_code for page in pages]

    for name in ("alice", "carol"):
        assert opened(name) == [200] * len(pages)
    for name in ("mona", "bob", "ruth", "stan"):
        assert opened(name) == [403] * len(pages)


def test_the_head_reads_and_changes_nothing(row, carol, as_):
    with pytest.raises(PermissionDenied):
        promotions.publish_round(row, by=carol)

    text = as_(carol).get(url("promotion_round", row.pk)).content.decode()
    assert "Publish the rules" not in text


def test_the_state_of_a_round_is_never_set_by_writing_it(row, alice, as_):
    answer = as_(alice).patch(
        f"/api/v1/customs/promotions/{row.pk}/",
        {"state": "published", "title": "New"},
        content_type="application/json",
    )

    row.refresh_from_db()
    assert (answer.status_code, row.title, row.state) == (200, "New", "draft")


def test_the_outcome_by_rest_is_that_of_the_page(row, alice, as_):
    told = as_(alice).get(f"/api/v1/customs/promotions/{row.pk}/outcome/").json()

    assert (told["is_shadow"], told["differing"]) == (True, 2)
    assert [one["place"] for one in told["standings"]] == [1, 2, None]


def test_a_round_comes_as_a_file(row, alice, as_):
    text = as_(alice).get(url("promotion_round", row.pk) + "?format=csv").getvalue().decode()

    assert "Incomplete: 1 of 1 critical levels" in text


def test_who_is_forgotten_leaves_no_word_on_sanctions(row, place, alice):
    place.ann.left_on = date(2016, 1, 31)
    place.ann.save()
    row.candidacies.filter(staff_member=place.ann).update(live_sanction="yes")

    people.forget_person(place.ann, by=alice)

    assert row.candidacies.get(staff_member=place.ann).live_sanction == "unknown"


def test_a_copy_of_the_own_data_holds_the_candidacy(row, place, alice):
    told = people.person_data(place.ann, by=alice)

    assert told["candidacy"][0]["round"] == "Supervisors"


def test_a_round_without_candidates_or_critical_levels_still_opens(row, place, alice, as_):
    client = as_(alice)
    place.profile.requirements.update(critical=False)
    text = client.get(url("promotion_round", row.pk)).content.decode()
    assert "the role marks no requirement as critical" in text

    row.candidacies.all().delete()
    assert "No candidate yet" in client.get(url("promotion_round", row.pk)).content.decode()


def test_rows_of_a_file_whose_rules_make_no_sense_are_refused(row, place, tmp_path):
    doors = {door.name: door for door in tables.DOORS}
    book = Workbook(tables=tables.TABLES)
    rows = {name: door.rows(place.administration) for name, door in doors.items()}
    rows["promotion_rounds"][0] |= {"panel_weight": Decimal("0.4"),
                                    "weights_published_on": date(2016, 7, 1)}  # fmt: skip
    rows["workloads"] = [{"unit": "PORT", "profile": "R1", "activity": "Wait", "volume": 3}]
    write.write_folder(rows, book, tmp_path)

    found = read.read_tables(tmp_path, book, checks=tables.CHECKS)

    told = {str(fault) for fault in found.faults if fault.refuses}
    assert len(told) == 3
    assert any("add up to 1" in words for words in told)
