"""The audit trail is append-only: the database refuses to change or delete its rows.

Rows of a demonstration administration may go with it, so that it can be furnished anew.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER core_auditentry_no_{verb} BEFORE {VERB} ON core_auditentry
WHEN NOT EXISTS (
    SELECT 1 FROM core_administration WHERE id = OLD.administration_id AND is_demonstration
)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
FUNCTION = """
CREATE FUNCTION core_auditentry_keep() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM core_administration WHERE id = OLD.administration_id AND is_demonstration
    ) THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
END $$ LANGUAGE plpgsql
"""
TRIGGER = """
CREATE TRIGGER core_auditentry_no_change BEFORE UPDATE OR DELETE ON core_auditentry
FOR EACH ROW EXECUTE FUNCTION core_auditentry_keep()
"""


def guard(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
            cursor.execute(TRIGGER)
        else:
            for verb in ("update", "delete"):
                cursor.execute(SQLITE.format(verb=verb, VERB=verb.upper()))


def release(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER core_auditentry_no_change ON core_auditentry")
            cursor.execute("DROP FUNCTION core_auditentry_keep()")
        else:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER core_auditentry_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_first_rows")]
    operations = [migrations.RunPython(guard, release)]
