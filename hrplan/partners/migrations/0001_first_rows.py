import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_keep_the_audit_trail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(blank=True, max_length=60, verbose_name='kind')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_partner_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='register number')),
                ('identifier', models.CharField(blank=True, max_length=120, verbose_name='IATI identifier')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('measure', models.CharField(blank=True, max_length=40, verbose_name='obligation it serves')),
                ('kind', models.CharField(choices=[('mission', 'mission'), ('course', 'course'), ('workshop', 'workshop'), ('attachment', 'attachment'), ('e_learning', 'e-learning'), ('scholarship', 'scholarship'), ('equipment', 'equipment'), ('programme', 'programme')], default='mission', max_length=40, verbose_name='kind')),
                ('status', models.CharField(choices=[('pipeline', 'pipeline'), ('implementation', 'implementation'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('open', 'no partner yet')], max_length=16, verbose_name='status')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('competencies', models.JSONField(blank=True, default=list, verbose_name='competencies')),
                ('role_groups', models.JSONField(blank=True, default=list, verbose_name='groups it is for')),
                ('level_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from level')),
                ('level_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to level')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='amount')),
                ('nominate_by', models.DateField(blank=True, null=True, verbose_name='nominate by')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('funding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='partners.partner')),
                ('implementing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='implements', to='partners.partner')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'ordering': ['starts_on', 'code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_activity_a_code')],
            },
        ),
        migrations.CreateModel(
            name='AidRecommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.TextField(verbose_name='text')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='owner')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='evidence')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='partners.activity')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['due_on', 'activity', 'number'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'number'), name='one_aid_recommendation_a_number')],
            },
        ),
        migrations.CreateModel(
            name='OverlapRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('duplicate', 'duplicate'), ('complementary', 'complementary'), ('sequential', 'sequential'), ('contradictory', 'contradictory advice')], max_length=16, verbose_name='conclusion')),
                ('note', models.CharField(max_length=300, verbose_name='what was agreed')),
                ('ruled_on', models.DateField(verbose_name='concluded on')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='partners.activity')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.activity')),
            ],
            options={
                'ordering': ['activity', 'other'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'other'), name='one_ruling_a_pair')],
            },
        ),
    ]
