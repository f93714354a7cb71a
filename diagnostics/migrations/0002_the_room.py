import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0001_first_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='JoinCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True)),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='agreement',
            name='follow_up',
            field=models.TextField(blank=True, verbose_name='still to be found out'),
        ),
        migrations.AddField(
            model_name='participant',
            name='joined_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='pass_digest',
            field=models.CharField(blank=True, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='round',
            name='closed_at',
            field=models.DateTimeField(blank=True, help_text='no vote comes in any more', null=True),
        ),
        migrations.AddField(
            model_name='vote',
            name='client',
            field=models.UUIDField(blank=True, help_text='the page it was given on', null=True),
        ),
        migrations.AddField(
            model_name='vote',
            name='does_not_apply',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='vote',
            name='is_paper',
            field=models.BooleanField(default=False, help_text='entered by the facilitator'),
        ),
        migrations.AddField(
            model_name='vote',
            name='sequence',
            field=models.PositiveIntegerField(default=0, help_text='counts the changes on that page'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='attribution',
            field=models.CharField(choices=[('named', 'by name'), ('role', 'by function only'), ('anonymous', "nobody's: nicknames")], default='named', max_length=10, verbose_name='whose vote is whose'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='current_question',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='diagnostics.question'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, help_text="grows with whatever the participants' pages show"),
        ),
        migrations.AddField(
            model_name='workshop',
            name='timer_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('does_not_apply', False), ('level__isnull', True), _connector='OR'), name='what_does_not_apply_has_no_level'),
        ),
        migrations.AddField(
            model_name='joincode',
            name='workshop',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='join_code', to='diagnostics.workshop'),
        ),
    ]
