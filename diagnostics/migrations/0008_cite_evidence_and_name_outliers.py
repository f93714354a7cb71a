from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("diagnostics", "0007_tables_are_voted_on"),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='cited',
            field=models.JSONField(blank=True, default=list, help_text='kind:code, such as document:RD01', verbose_name='evidence cited'),
        ),
        migrations.AddField(
            model_name='finding',
            name='cited',
            field=models.JSONField(blank=True, default=list, help_text='kind:code, such as document:RD01', verbose_name='evidence cited'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='competency',
            field=models.CharField(blank=True, help_text='code in the framework', max_length=20, verbose_name='competency to be lifted'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='names_outliers',
            field=models.BooleanField(default=False, verbose_name='minutes may name whose vote stands apart'),
        ),
    ]
