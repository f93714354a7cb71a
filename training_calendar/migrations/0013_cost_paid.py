import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training_calendar', '0012_evaluation_at_work'),
    ]

    operations = [
        migrations.AddField(
            model_name='trainingsession',
            name='cost_paid',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost paid'),
        ),
    ]
