"""The audit trail: one entry for each thing done, kept for good."""

import pytest
from django.db import DatabaseError, transaction

from hrplan.core import audit
from hrplan.core.models import AuditEntry


def test_an_entry_holds_who_did_what_to_which_fields_and_no_values(alice, customs):
    audit.record("change", customs, by=alice, fields=["name", "country"], administration=customs)

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action, entry.table, entry.row, entry.fields) == (
        alice,
        "change",
        "core.administration",
        str(customs.pk),
        ["country", "name"],
    )


def test_the_database_refuses_to_change_an_entry(alice, customs):
    entry = audit.record("change", customs, by=alice, administration=customs)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="nothing")

    assert AuditEntry.objects.get().action == "change"


def test_the_database_refuses_to_delete_an_entry(alice, customs):
    audit.record("change", customs, by=alice, administration=customs)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()

    assert AuditEntry.objects.count() == 1


def test_a_demonstration_can_be_furnished_anew_with_its_trail(customs):
    customs.is_demonstration = True
    customs.save()
    audit.record("change", customs, by=None, administration=customs)

    customs.delete()

    assert AuditEntry.objects.count() == 0


def trail(client, query=""):
    """(done, to what, fields) of the lines shown."""
    lines = client.get(f"/customs/audit/{query}").context["rows"]
    return [(line.action, line.thing, line.fields) for line in lines]


def test_the_trail_speaks_in_words_and_not_in_the_names_of_the_code(as_, alice, customs):
    audit.record("adopt_plan", customs, by=alice, fields=["fiscal_year_month", "staff_members"])

    assert trail(as_(alice)) == [
        (
            "Adopt plan",
            f"Administration {customs.pk}",
            ("first month of the fiscal year", "staff members"),
        )
    ]


def test_an_entry_of_a_table_that_is_gone_is_still_shown(as_, alice, customs):
    AuditEntry.objects.create(
        administration=customs, action="add", table="old.thing", row="7", fields=["x_y"]
    )

    assert trail(as_(alice)) == [("Add", "Old thing 7", ("x y",))]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?by=none", ["by nobody"]),
        ("?table=core.holiday", ["of a holiday"]),
        ("?since=2999-01-01", []),
        ("?until=2000-01-01", []),
        ("?since=nonsense&by=nobody+at+all", ["of a holiday", "by nobody"]),
    ],
)
def test_the_trail_is_narrowed_by_its_address(query, shown, as_, alice, customs):
    audit.record("by nobody", customs, by=None, administration=customs)
    AuditEntry.objects.create(
        administration=customs, by=alice, action="of a holiday", table="core.holiday", row="1"
    )

    assert [action.lower() for action, *_ in trail(as_(alice), query)] == shown


def test_the_trail_costs_few_queries_however_long_it_is(
    as_, alice, customs, django_assert_max_num_queries
):
    for _ in range(60):
        audit.record("change", customs, by=alice, administration=customs)
    client = as_(alice)

    with django_assert_max_num_queries(10):
        client.get("/customs/audit/")
