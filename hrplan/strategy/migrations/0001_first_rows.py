import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_keep_the_audit_trail'),
        ('diagnostics', '0001_first_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('vision', models.TextField(blank=True, verbose_name='vision')),
                ('mandate', models.TextField(blank=True, verbose_name='mandate and functions')),
                ('foreword', models.TextField(blank=True, verbose_name='foreword')),
                ('is_current', models.BooleanField(default=True, verbose_name='in force')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='strategies', to='diagnostics.exercise')),
            ],
            options={
                'verbose_name_plural': 'strategies',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_strategy_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('likelihood', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='likelihood, 1 to 5')),
                ('impact', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact, 1 to 5')),
                ('owner', models.CharField(max_length=120, verbose_name='owner')),
                ('mitigation', models.TextField(verbose_name='mitigation')),
                ('scope', models.CharField(choices=[('strategy', 'strategy'), ('plan', 'plan')], default='strategy', max_length=10, verbose_name='scope')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'code'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'code'), name='one_risk_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=200, verbose_name='task')),
                ('responsible', models.CharField(max_length=120, verbose_name='responsible')),
                ('accountable', models.CharField(max_length=120, verbose_name='accountable')),
                ('consulted', models.CharField(blank=True, max_length=200, verbose_name='consulted')),
                ('informed', models.CharField(blank=True, max_length=200, verbose_name='informed')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='strategy.strategy')),
            ],
            options={
                'verbose_name_plural': 'responsibilities',
                'ordering': ['strategy', 'position'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'task'), name='one_responsibility_a_task')],
            },
        ),
        migrations.CreateModel(
            name='RequestedDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.TextField(verbose_name='decision')),
                ('body', models.CharField(blank=True, max_length=120, verbose_name='decided by')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requested_decisions', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'number'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'number'), name='one_decision_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Principle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(verbose_name='text')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='principles', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'position', 'title'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'title'), name='one_principle_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('rationale', models.TextField(blank=True, verbose_name='rationale')),
                ('reference_points', models.JSONField(blank=True, default=list, verbose_name='reference points')),
                ('domains', models.JSONField(blank=True, default=list, verbose_name='diagnostic domains')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='owner')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('corporate_objectives', models.ManyToManyField(blank=True, related_name='objectives', to='diagnostics.corporateobjective')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'code'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'code'), name='one_objective_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('theme', models.CharField(choices=[('organisation', 'Organisation and jobs'), ('workforce', 'Workforce planning'), ('recruitment', 'Recruitment and induction'), ('performance', 'Performance management'), ('learning', 'Learning and development'), ('career', 'Career and succession'), ('integrity', 'Integrity and rotation'), ('wellbeing', 'Well-being and relations'), ('systems', 'HR systems and records')], max_length=20, verbose_name='theme')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('action', models.TextField(verbose_name='action')),
                ('owner', models.CharField(max_length=120, verbose_name='owner')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('depends_on', models.CharField(blank=True, max_length=200, verbose_name='depends on')),
                ('legal_change', models.CharField(blank=True, max_length=200, verbose_name='change of law needed')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiatives', to='strategy.objective')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiatives', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'theme', 'code'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'code'), name='one_initiative_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('formula', models.TextField(blank=True, verbose_name='formula')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                ('better', models.CharField(choices=[('higher', 'higher'), ('lower', 'lower'), ('band', 'within a band')], default='higher', max_length=8, verbose_name='better')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='baseline')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='baseline date')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='target date')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='owner')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('reference_points', models.JSONField(blank=True, default=list, verbose_name='reference points')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='indicators', to='strategy.objective')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='strategy.strategy')),
            ],
            options={
                'ordering': ['strategy', 'code'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'code'), name='one_indicator_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('body', models.CharField(max_length=200, verbose_name='body')),
                ('view', models.TextField(verbose_name='view')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='strategy.strategy')),
            ],
            options={
                'ordering': ['held_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('strategy', 'held_on', 'body'), name='one_consultation_a_day')],
            },
        ),
        migrations.CreateModel(
            name='StrategyCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.CharField(max_length=10, verbose_name='fiscal year')),
                ('budget_line', models.CharField(max_length=20, verbose_name='budget line')),
                ('title', models.CharField(max_length=200, verbose_name='item')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='quantity')),
                ('unit', models.CharField(max_length=40, verbose_name='unit')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='rate')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('funding', models.CharField(choices=[('within', 'this year within vote'), ('virement', 'virement'), ('next', 'next call'), ('donor', 'donor')], max_length=10, verbose_name='funding')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='source of funds')),
                ('rate_source', models.CharField(blank=True, max_length=200, verbose_name='source of the rate')),
                ('is_recurrent', models.BooleanField(default=False, verbose_name='recurrent')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cost_lines', to='strategy.initiative')),
            ],
            options={
                'ordering': ['fiscal_year', 'budget_line', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'fiscal_year', 'budget_line', 'title'), name='one_cost_line_a_year')],
            },
        ),
        migrations.CreateModel(
            name='TargetChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_on', models.DateField(verbose_name='changed on')),
                ('before', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='before')),
                ('after', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='after')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='strategy.indicator')),
            ],
            options={
                'ordering': ['indicator', 'changed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measured_on', models.DateField(verbose_name='measured on')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='value')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='strategy.indicator')),
            ],
            options={
                'ordering': ['indicator', 'measured_on'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'measured_on'), name='one_value_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('due_on', models.DateField(verbose_name='due')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='strategy.initiative')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'title'), name='one_milestone_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('training_need', models.CharField(blank=True, max_length=300, verbose_name='training need')),
                ('competencies', models.JSONField(blank=True, default=list, verbose_name='competencies')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_obligation_a_code')],
            },
        ),
        migrations.CreateModel(
            name='PolicyRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('transition', 'from seniority to competency'), ('selection', 'selection and obligations'), ('calendar', 'use of the calendar'), ('evaluation', 'evaluation'), ('arrangement', 'implementation arrangements'), ('reporting', 'monitoring and reporting')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(verbose_name='text')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['kind', 'position'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'kind', 'title'), name='one_policy_rule_a_title')],
            },
        ),
    ]
