from django.db import migrations

LINES = (  # as they stood in the code, the same for every administration
    ("30-2", "Allowances", False, []),
    ("30-7", "Overtime", False, ["backfill"]),
    ("31-1", "Transport", True, []),
    ("31-3", "Subsistence", True, ["trainer_subsistence", "subsistence"]),
    ("31-4", "Travel abroad", True, ["transport_abroad", "subsistence_abroad", "insurance"]),
    ("31-5", "Travel inland", True, ["trainer_transport", "transport"]),
    ("40", "Materials and supplies", False, ["venue", "equipment", "materials", "contingency"]),
    ("41", "Operating costs", False, []),
    ("42", "Maintenance", False, []),
    ("43", "Training fees", False, ["course_fee"]),
    ("46", "Utilities", False, []),
    ("48", "Contracts and consultancies", False, ["delivery"]),
)


def give_lines(apps, schema_editor):
    """Every administration gets the lines that its costs were put on, so that none moves."""
    line = apps.get_model("training_calendar", "BudgetLine")
    for pk in apps.get_model("core", "Administration").objects.values_list("pk", flat=True):
        line.objects.bulk_create(
            line(administration_id=pk, code=code, title=title, is_travel=travel, items=items)
            for code, title, travel, items in LINES
        )


class Migration(migrations.Migration):

    dependencies = [
        ('training_calendar', '0018_budget_lines'),
    ]

    operations = [
        migrations.RunPython(give_lines, migrations.RunPython.noop),
    ]
