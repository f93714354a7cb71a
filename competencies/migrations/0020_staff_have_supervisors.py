import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0003_plans_are_reviewed'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffmember',
            name='supervisor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='competencies.staffmember', verbose_name='supervisor'),
        ),
    ]
