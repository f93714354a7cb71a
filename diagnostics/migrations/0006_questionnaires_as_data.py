import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0005_keys_are_unique'),
    ]

    operations = [
        migrations.AddField(
            model_name='domain',
            name='translations',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='question',
            name='relevant',
            field=models.JSONField(blank=True, default=dict, help_text='asked if: question, of, test, value'),
        ),
        migrations.AddField(
            model_name='question',
            name='translations',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='is_draft',
            field=models.BooleanField(default=False, verbose_name='draft'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='mapping',
            field=models.JSONField(blank=True, default=dict, help_text='code here -> code in `replaces`; empty: it is new'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='diagnostics.questionnaire'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='translations',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='questionnaire',
            name='references',
            field=models.JSONField(default=dict, help_text='framework_sections, arusha_8, reference_points: code -> title; meanings; order'),
        ),
    ]
