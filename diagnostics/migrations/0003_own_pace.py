from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0002_the_room'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='pace',
            field=models.CharField(choices=[('room', 'together, one question after the other'), ('own', 'each at their own pace, before the room meets')], default='room', max_length=10, verbose_name='pace'),
        ),
        migrations.AddField(
            model_name='participant',
            name='submitted_at',
            field=models.DateTimeField(blank=True, help_text='said to be done, at their own pace', null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='key',
            field=models.UUIDField(null=True, help_text='the same on every machine'),
        ),
        migrations.AddField(
            model_name='round',
            name='key',
            field=models.UUIDField(null=True, help_text='the same on every machine'),
        ),
    ]
