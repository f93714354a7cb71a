import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0012_keep_standing_ratings'),
        ('core', '0006_verify_is_no_administration'),
        ('training_calendar', '0011_certificates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('due_on', models.DateField(verbose_name='due')),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training_calendar.module')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nominations', to='competencies.staffmember')),
            ],
            options={
                'ordering': ['starts_on', 'module', 'staff_member'],
                'constraints': [models.UniqueConstraint(fields=('staff_member', 'module', 'starts_on'), name='one_nomination_a_course')],
            },
        ),
    ]
