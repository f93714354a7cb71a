import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0012_keep_standing_ratings'),
        ('core', '0006_verify_is_no_administration'),
        ('training_calendar', '0012_nominations'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='result_before',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='test result before [%]'),
        ),
        migrations.AddField(
            model_name='trainingsession',
            name='cost_paid',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost paid'),
        ),
        migrations.CreateModel(
            name='BehaviourReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.CharField(choices=[('regular', 'uses it regularly'), ('sometimes', 'uses it at times'), ('not', 'does not use it'), ('no_occasion', 'had no occasion to use it')], max_length=12, verbose_name='at work')),
                ('has_sample', models.BooleanField(default=False, verbose_name='a piece of work was looked at')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='what was seen')),
                ('on', models.DateField(verbose_name='answered on')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='behaviour', to='training_calendar.enrolment')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='behaviour_reports', to='competencies.staffmember')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TeachBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('people', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='colleagues who came')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='teach_back', to='training_calendar.enrolment')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teach_backs', to='competencies.staffmember')),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
    ]
