import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0006_frameworks_come_from_elsewhere'),
        ('core', '0004_rows_come_in_batches'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffmember',
            name='supervisor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='competencies.staffmember', verbose_name='supervisor'),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='batch',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.batch'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='batch',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.batch'),
        ),
        migrations.RemoveIndex(
            model_name='assessment',
            name='competencie_adminis_cb0c7e_idx',
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['administration', 'rated_on', 'batch'], name='rating_of_a_day'),
        ),
    ]
