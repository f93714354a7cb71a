from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0001_first_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='objective',
            name='findings',
            field=models.JSONField(blank=True, default=list, verbose_name='findings it answers'),
        ),
    ]
