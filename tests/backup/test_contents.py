"""What a backup holds: every table of the product, or the reason why not."""

import pytest
from django.db import connection

from hrplan.backup import contents, rows

DJANGOS_OWN = {"django_migrations"}  # its state stands in the manifest


def test_every_model_is_in_the_backup_or_on_the_list_of_those_left_out():
    kept = {model._meta.label for model in contents.kept_models()}
    there = {model._meta.label for model in contents.tables()}

    assert there - kept - contents.LEFT_OUT.keys() == set(), "say which, in hrplan.backup.contents"
    assert kept & contents.LEFT_OUT.keys() == set()


def test_the_list_of_those_left_out_names_only_what_exists_and_gives_each_a_reason():
    there = {model._meta.label for model in contents.tables()}

    assert contents.LEFT_OUT.keys() - there == set()
    assert all(len(reason) > 10 for reason in contents.LEFT_OUT.values())


def test_every_table_of_the_database_belongs_to_one_of_these_models(db):
    there = set(connection.introspection.table_names())

    assert there - {model._meta.db_table for model in contents.tables()} == DJANGOS_OWN


@pytest.mark.parametrize("model", contents.kept_models(), ids=lambda model: model._meta.label)
def test_every_column_of_every_model_can_be_written_and_read(model):
    for field in contents.fields_of(model):
        assert rows.codec_of(field)


def test_a_database_of_another_version_is_refused_with_what_to_do(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'partners'")

    with pytest.raises(contents.ValidationError, match="manage.py migrate"):
        contents.require_migrated()
