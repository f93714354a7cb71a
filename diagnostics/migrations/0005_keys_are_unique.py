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
            field=models.UUIDField(default=uuid.uuid4, help_text='the same on every machine', unique=True),
        ),
        migrations.AlterField(
            model_name='round',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, help_text='the same on every machine', unique=True),
        ),
    ]
