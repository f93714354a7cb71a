"""Until when an answer of a station holds: as long as the session it was about."""

from django.db import migrations, models


def fill(apps, _editor):
    consents = apps.get_model("training_calendar", "Consent")
    rows = consents.objects.select_related("session")
    for row in rows.iterator(chunk_size=500):
        row.ends_on = row.starts_on + (row.session.ends_on - row.session.starts_on)
        row.save(update_fields=["ends_on"])


class Migration(migrations.Migration):
    dependencies = [("training_calendar", "0014_modules_are_given_dates")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="ends_on",
            field=models.DateField(
                help_text="empty: the first day alone", null=True, verbose_name="until"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
