import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0012_keep_standing_ratings'),
        ('core', '0006_verify_is_no_administration'),
        ('training_calendar', '0010_hand_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='number')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('provider', models.CharField(max_length=200, verbose_name='provider')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=7, verbose_name='hours attended')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('lifts', models.JSONField(default=list, help_text='code, title, level, framework, identifier of each competency')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('revoked_on', models.DateField(blank=True, null=True, verbose_name='revoked on')),
                ('ground', models.CharField(blank=True, choices=[('error', 'issued in error'), ('taken_back', 'the completion was taken back'), ('replaced', 'another one was issued in its place'), ('misused', 'it was altered or misused')], max_length=12, verbose_name='why')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('enrolment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates', to='training_calendar.enrolment')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member', verbose_name='issued by')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training_calendar.module', verbose_name='module')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member', verbose_name='revoked by')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='competencies.staffmember', verbose_name='staff member')),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'number'), name='one_certificate_a_number'), models.UniqueConstraint(condition=models.Q(('revoked_on', None)), fields=('enrolment',), name='one_standing_certificate_a_place')],
            },
        ),
    ]
