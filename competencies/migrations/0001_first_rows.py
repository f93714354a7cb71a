import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_first_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('version', models.CharField(max_length=10, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('provider', models.CharField(blank=True, max_length=120, verbose_name='provider')),
                ('licence', models.CharField(blank=True, max_length=60, verbose_name='licence')),
                ('provenance', models.TextField(blank=True, verbose_name='provenance')),
                ('is_current', models.BooleanField(default=True)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['code', 'version'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code', 'version'), name='one_framework_a_version')],
            },
        ),
        migrations.CreateModel(
            name='CompetencyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('assessed_by', models.CharField(blank=True, max_length=300)),
                ('in_gap_totals', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='competencies.framework')),
            ],
            options={
                'ordering': ['framework', 'position'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='one_group_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Competency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('definition', models.TextField(blank=True, verbose_name='definition')),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('weight', models.PositiveSmallIntegerField(default=2, verbose_name='weight')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competencies', to='competencies.competencygroup')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competencies', to='competencies.framework')),
            ],
            options={
                'verbose_name_plural': 'competencies',
                'ordering': ['framework', 'position'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='one_competency_a_code')],
            },
        ),
        migrations.CreateModel(
            name='JobProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('band', models.CharField(blank=True, max_length=60, verbose_name='band')),
                ('family', models.CharField(blank=True, max_length=60, verbose_name='job family')),
                ('staff_level', models.CharField(choices=[('recruits', 'recruits'), ('officers', 'officers'), ('specialists', 'specialists'), ('supervisors', 'supervisors'), ('managers', 'managers'), ('executives', 'executives'), ('support', 'support staff')], max_length=12, verbose_name='staff level')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('typical_rank', models.CharField(blank=True, max_length=120)),
                ('eu_equivalent', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved')], default='draft', max_length=10, verbose_name='state')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='competencies.framework')),
            ],
            options={
                'ordering': ['position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_profile_a_code')],
            },
        ),
        migrations.CreateModel(
            name='LearningPath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_level', models.CharField(choices=[('recruits', 'recruits'), ('officers', 'officers'), ('specialists', 'specialists'), ('supervisors', 'supervisors'), ('managers', 'managers'), ('executives', 'executives'), ('support', 'support staff')], max_length=12, verbose_name='staff level')),
                ('aim', models.TextField(verbose_name='aim')),
                ('route', models.TextField(blank=True, verbose_name='route')),
                ('hours_a_year', models.PositiveSmallIntegerField(default=0, verbose_name='hours promised a year')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'staff_level'), name='one_path_a_level')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('can_do', models.TextField(blank=True)),
                ('autonomy', models.TextField(blank=True)),
                ('evidence', models.TextField(blank=True)),
                ('typical_time', models.CharField(blank=True, max_length=120)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='competencies.framework')),
            ],
            options={
                'ordering': ['framework', 'level'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'level'), name='one_name_a_level')],
            },
        ),
        migrations.CreateModel(
            name='LevelText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_texts', to='competencies.competency')),
            ],
            options={
                'ordering': ['competency', 'level'],
                'constraints': [models.UniqueConstraint(fields=('competency', 'level'), name='one_text_a_level')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('weight', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)])),
                ('critical', models.BooleanField(default=False)),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='competencies.competency')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='competencies.jobprofile')),
            ],
            options={
                'ordering': ['profile', 'competency__position'],
                'constraints': [models.UniqueConstraint(fields=('profile', 'competency'), name='one_level_a_pair')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='kind')),
                ('region', models.CharField(max_length=40, verbose_name='region')),
                ('is_station', models.BooleanField(default=False, verbose_name='station')),
                ('duty_pattern', models.CharField(blank=True, max_length=120, verbose_name='hours pattern')),
                ('duty_weekdays', models.JSONField(default=list, help_text='0 is Monday; days of duty')),
                ('shifts', models.PositiveSmallIntegerField(default=1, verbose_name='shifts a day')),
                ('minimum_on_duty', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minimum on duty')),
                ('max_away_share', models.DecimalField(decimal_places=3, default=Decimal('0.15'), max_digits=4, verbose_name='most away in training, share of the roster')),
                ('peak_months', models.JSONField(default=list, verbose_name='peak months')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='competencies.unit')),
            ],
            options={
                'ordering': ['position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_unit_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('rank', models.CharField(blank=True, max_length=80, verbose_name='rank')),
                ('is_key', models.BooleanField(default=False, verbose_name='key post')),
                ('is_vulnerable', models.BooleanField(default=False, verbose_name='integrity-vulnerable')),
                ('vacant_since', models.DateField(blank=True, null=True, verbose_name='vacant since')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='competencies.jobprofile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='competencies.unit')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_post_a_code')],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='staff number')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('officer', 'customs officer'), ('support', 'support staff')], default='officer', max_length=10, verbose_name='kind')),
                ('rank', models.CharField(blank=True, max_length=80, verbose_name='rank')),
                ('grade', models.PositiveSmallIntegerField(default=1, verbose_name='grade')),
                ('gender', models.CharField(blank=True, choices=[('f', 'female'), ('m', 'male')], max_length=1, verbose_name='gender')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='born on')),
                ('joined_on', models.DateField(blank=True, null=True, verbose_name='joined on')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('education', models.CharField(blank=True, max_length=80, verbose_name='education')),
                ('is_acting', models.BooleanField(default=False, verbose_name='acting')),
                ('needs_relief', models.BooleanField(default=False)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('post', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='staff_member', to='competencies.post')),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_members', to='competencies.jobprofile')),
                ('secondary_profiles', models.ManyToManyField(blank=True, related_name='+', to='competencies.jobprofile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_members', to='competencies.unit')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_person_a_number'), models.CheckConstraint(condition=models.Q(('left_on', None), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='leaves_after_joining')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('self', 'self'), ('supervisor', 'supervisor'), ('peer', 'second rater or peer'), ('test', 'test or observed task'), ('validated', 'validated')], max_length=12, verbose_name='source')),
                ('level', models.DecimalField(decimal_places=2, max_digits=3, validators=[django.core.validators.MinValueValidator(0)], verbose_name='level')),
                ('rated_on', models.DateField(verbose_name='rated on')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='evidence')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='competencies.competency')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='competencies.staffmember')),
            ],
            options={
                'ordering': ['staff_member', 'competency', 'source'],
                'indexes': [models.Index(fields=['administration', 'rated_on'], name='competencie_adminis_cb0c7e_idx')],
                'constraints': [models.UniqueConstraint(fields=('staff_member', 'competency', 'source', 'rated_on'), name='one_rating_a_source_a_day'), models.CheckConstraint(condition=models.Q(('level__gte', 0)), name='rating_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='IndividualPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_on', models.DateField(verbose_name='agreed on')),
                ('text', models.TextField(verbose_name='agreed')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='competencies.staffmember')),
            ],
            options={
                'ordering': ['-agreed_on'],
            },
        ),
        migrations.CreateModel(
            name='MemberScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='scope', to='core.member')),
                ('staff_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='competencies.staffmember')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='competencies.unit')),
            ],
        ),
    ]
