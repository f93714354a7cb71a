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
