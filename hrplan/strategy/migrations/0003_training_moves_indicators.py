from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0002_objectives_answer_findings'),
        ('training_calendar', '0013_evaluation_at_work'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='modules',
            field=models.ManyToManyField(blank=True, related_name='+', to='training_calendar.module', verbose_name='training that is to move it'),
        ),
    ]
