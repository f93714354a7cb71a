"""The agenda of a workshop: begun from the template, kept by who leads, each item with its page."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diagnostics.models import AgendaItem
from diagnostics.usecases import agenda
from diagnostics.views.capture import capture_url
from hrplan.core.models import AuditEntry
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


def drawn(workshop):
    """The agenda as (day, half, title), in order."""
    return list(workshop.agenda.values_list("day", "half", "title"))


@pytest.fixture
def three(workshop, bob):
    for half, title in (("pm", "Votes"), ("am", "Opening"), ("am", "SWOT")):
        agenda.add_item(workshop, by=bob, day=1, half=half, title=title)
    return workshop


def test_the_template_lays_five_days_out_and_every_item_opens_its_page(workshop, bob):
    agenda.begin_agenda(workshop, by=bob)

    items = list(workshop.agenda.all())
    assert sorted({item.day for item in items}) == [0, 1, 2, 3, 4, 5]
    assert [item.position for item in items] == list(range(1, len(agenda.TEMPLATE) + 1))
    assert all(capture_url(workshop.exercise, item) for item in items)
    with pytest.raises(ValidationError, match="has an agenda"):
        agenda.begin_agenda(workshop, by=bob)


@pytest.mark.parametrize("page", agenda.PAGES)
def test_every_page_that_can_be_chosen_exists(workshop, page):
    item = AgendaItem(workshop=workshop, page_name=page)

    assert capture_url(workshop.exercise, item).startswith("/customs/")


def test_a_shorter_workshop_gets_the_template_within_its_days(workshop, bob):
    workshop.ends_on = date(2016, 2, 9)
    workshop.save()

    agenda.begin_agenda(workshop, by=bob)

    items = list(workshop.agenda.all())
    assert sorted({item.day for item in items}) == [0, 1, 2]
    assert [item.title for item in items] == [str(title) for _d, _h, title, *_ in agenda.TEMPLATE]


def test_items_stand_by_day_and_half_day(three):
    assert drawn(three) == [(1, "am", "Opening"), (1, "am", "SWOT"), (1, "pm", "Votes")]


def test_an_item_moves_past_its_neighbour_and_at_the_edge_into_the_next_half_day(three, bob):
    swot = three.agenda.get(title="SWOT")
    agenda.move_item(swot, up=True, by=bob)
    swapped = drawn(three)
    agenda.move_item(three.agenda.get(title="Opening"), up=False, by=bob)

    assert swapped == [(1, "am", "SWOT"), (1, "am", "Opening"), (1, "pm", "Votes")]
    assert drawn(three) == [(1, "am", "SWOT"), (1, "pm", "Opening"), (1, "pm", "Votes")]
    with pytest.raises(ValidationError, match="end of the agenda"):
        agenda.move_item(swot, up=True, by=bob)


def test_items_are_done_opened_changed_and_removed_on_record(three, bob):
    votes = three.agenda.get(title="Votes")
    agenda.change_item(votes, by=bob, is_done=True)
    agenda.change_item(votes, by=bob, title="Votes on ten domains", day=2)
    agenda.remove_item(three.agenda.get(title="SWOT"), by=bob)

    votes.refresh_from_db()
    assert (votes.is_done, votes.day, votes.title) == (True, 2, "Votes on ten domains")
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["add", "add", "add", "change", "change", "remove"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": 6}, "has 5 days"),
        ({"page_name": "strange:page"}, "no such page"),
        ({"title": ""}, "blank"),
        ({"half": "night"}, "not a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused(workshop, bob, fields, words):
    usual = {"day": 1, "half": "am", "title": "Opening"}

    with pytest.raises(ValidationError, match=words):
        agenda.add_item(workshop, by=bob, **(usual | fields))


def test_only_who_leads_and_the_hr_officer_keep_it_and_nothing_moves_once_closed(
    three, bob, alice, mona, mallory
):
    item = three.agenda.first()
    for outsider in (mona, mallory):
        with pytest.raises(PermissionDenied):
            agenda.change_item(item, by=outsider, is_done=True)
    agenda.change_item(item, by=alice, is_done=True)
    three.closed_on = date(2016, 2, 12)
    three.save()

    with pytest.raises(ValidationError, match="closed"):
        agenda.move_item(AgendaItem.objects.get(pk=item.pk), up=False, by=bob)


def test_the_agenda_is_begun_kept_and_read_by_page(workshop, bob, mona, as_):
    client, address = as_(bob), f"/customs/workshops/{workshop.pk}/agenda/"
    empty = client.get(address).content.decode()
    client.post(address, {"act": "begin"})
    item = workshop.agenda.get(title="Root causes")
    client.post(address, {"act": "done", "item": item.pk})
    item.refresh_from_db()
    edited = client.post(
        f"{address}{item.pk}/",
        {"day": 2, "half": "pm", "title": "Causes", "page_name": "diagnostics:finding_list"},
    )
    strange = client.post(address, {"act": "explode", "item": item.pk}).status_code

    page = as_(mona).get(address).content.decode()

    assert "Begin from the template" in empty
    assert (item.is_done, edited.status_code, strange) == (True, 302, 400)
    assert "Causes" in page
    assert "Begin from" not in page
    assert as_(mona).post(address, {"act": "done", "item": item.pk}).status_code == 403
    assert client.post(f"{address}{item.pk}/remove/").status_code == 302
    assert not workshop.agenda.filter(pk=item.pk).exists()


def test_rest_keeps_the_agenda(workshop, bob, mona, as_):
    client, base = as_(bob), f"/api/v1/customs/workshops/{workshop.pk}/agenda/"
    kind = {"content_type": "application/json"}
    sent = {"day": 1, "half": "am", "title": "Opening", "page_name": "diagnostics:evidence"}
    made = client.post(base, sent, **kind)
    late = client.post(base, sent | {"day": 9}, **kind)
    row = f"/api/v1/customs/agenda/{made.json()['id']}/"
    client.post(base, sent | {"title": "SWOT"}, **kind)
    moved = client.post(f"{row}move/", {"up": False}, **kind)
    done = client.patch(row, {"is_done": True}, **kind)
    begun = client.post(f"{base}begin/", **kind)

    assert (made.status_code, late.json()) == (201, {"day": ["The workshop has 5 days."]})
    assert (moved.status_code, done.json()["is_done"], begun.status_code) == (200, True, 400)
    assert [item["title"] for item in client.get(base).json()] == ["SWOT", "Opening"]
    assert as_(mona).patch(row, {"is_done": False}, **kind).status_code == 403
    assert client.delete(row).status_code == 204
