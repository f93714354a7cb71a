import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0004_fill_the_keys'),
    ]

    operations = [
        migrations.AlterField(
            model_name='participant',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, help_text='the same on every machine'),
        ),
        migrations.AlterField(
            model_name='round',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, help_text='the same on every machine'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('workshop', 'key'), name='one_participant_a_key'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('workshop', 'key'), name='one_round_a_key'),
        ),
    ]
