from uuid import uuid4

from django.db import migrations

CHUNK = 500


def fill(apps, schema_editor):
    """A key for every participant and round that is there."""
    for name in ("Participant", "Round"):
        model = apps.get_model("diagnostics", name)
        rows = list(model.objects.filter(key=None).only("pk"))
        for row in rows:
            row.key = uuid4()
        model.objects.bulk_update(rows, ["key"], batch_size=CHUNK)


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0003_own_pace'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
