import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_keep_the_audit_trail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('maturity', 'maturity'), ('baseline', 'baseline form')], default='maturity', max_length=10, verbose_name='kind')),
                ('code', models.SlugField(max_length=60)),
                ('version', models.CharField(max_length=10, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('provider', models.CharField(blank=True, max_length=120, verbose_name='provider')),
                ('licence', models.CharField(blank=True, max_length=60, verbose_name='licence')),
                ('provenance', models.TextField(blank=True, verbose_name='provenance')),
                ('scale', models.JSONField(default=list, help_text='levels: level, name, meaning')),
                ('existence', models.JSONField(default=list, help_text='stages: code, label, meaning, caps_at')),
                ('use', models.JSONField(default=list, help_text='stages: code, label, meaning, caps_at')),
                ('references', models.JSONField(default=dict, help_text='framework_sections, arusha_8, reference_points: code -> title')),
                ('guides', models.JSONField(default=list, help_text='interview guides')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['code', 'version'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code', 'version'), name='one_questionnaire_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('is_cross_cutting', models.BooleanField(default=False)),
                ('purpose', models.TextField(blank=True)),
                ('documents', models.JSONField(default=list)),
                ('framework_sections', models.JSONField(default=list)),
                ('arusha', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='diagnostics.questionnaire')),
            ],
            options={
                'ordering': ['questionnaire', 'position'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'code'), name='one_domain_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('request', 'request'), ('documents', 'document pack'), ('self_assessment', 'self-assessment'), ('workshop', 'workshop'), ('interviews', 'interviews'), ('scoring', 'scoring'), ('draft', 'draft'), ('close_out', 'close-out'), ('comments', 'comments'), ('approved', 'approved'), ('follow_up', 'follow-up')], default='request', max_length=20, verbose_name='state')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='owner')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('questionnaires', models.ManyToManyField(related_name='exercises', to='diagnostics.questionnaire')),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_exercise_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('subject', models.CharField(help_text="what is rated: 'the HR strategy'", max_length=200)),
                ('text', models.TextField()),
                ('help', models.TextField(blank=True)),
                ('fields', models.JSONField(default=list, help_text='of a baseline item, as in its content file')),
                ('probe', models.CharField(blank=True, max_length=20)),
                ('anchors', models.JSONField(default=dict, help_text='level -> text')),
                ('evidence', models.JSONField(default=list, help_text='what to ask to see')),
                ('weight', models.DecimalField(decimal_places=2, default=1, max_digits=4)),
                ('tags', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='diagnostics.domain')),
            ],
            options={
                'ordering': ['domain', 'position'],
                'constraints': [models.UniqueConstraint(fields=('domain', 'code'), name='one_question_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('kind', models.CharField(choices=[('strength', 'strength'), ('weakness', 'weakness')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ('severity', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='severity')),
                ('rank', models.PositiveSmallIntegerField(default=0, verbose_name='rank')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='diagnostics.domain')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='diagnostics.exercise')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='diagnostics.question')),
            ],
            options={
                'ordering': ['rank', 'code'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='one_finding_a_code')],
            },
        ),
        migrations.CreateModel(
            name='BaselineAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=80)),
                ('line', models.PositiveSmallIntegerField(default=1)),
                ('value', models.TextField(help_text='dates as 2016-02-12, numbers with a point, codes of choices')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baseline_answers', to='diagnostics.exercise')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='diagnostics.question')),
            ],
            options={
                'ordering': ['exercise', 'question__position', 'line', 'field'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'question', 'field', 'line'), name='one_value_a_field')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField(verbose_name='text')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='owner')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('is_training', models.BooleanField(default=False, verbose_name='answered by training')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='diagnostics.finding')),
            ],
            options={
                'ordering': ['finding', 'position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='one_recommendation_a_place')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('status', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('approved', 'approved'), ('outdated', 'outdated')], max_length=10, verbose_name='status')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='dated')),
                ('domain', models.CharField(blank=True, max_length=20, verbose_name='domain')),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='where it is')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='diagnostics.exercise')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='one_document_a_code')],
            },
        ),
        migrations.CreateModel(
            name='DocumentReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', models.TextField(verbose_name='summary')),
                ('on_people', models.TextField(blank=True, verbose_name='what it says on people')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='diagnostics.exercise')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review', to='diagnostics.referencedocument')),
            ],
            options={
                'ordering': ['document__code'],
            },
        ),
        migrations.CreateModel(
            name='SwotItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('strength', 'strength'), ('weakness', 'weakness'), ('opportunity', 'opportunity'), ('threat', 'threat')], max_length=12, verbose_name='kind')),
                ('text', models.CharField(max_length=300, verbose_name='text')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swot', to='diagnostics.exercise')),
            ],
            options={
                'ordering': ['kind', 'position'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'kind', 'position'), name='one_swot_item_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='closed on')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workshops', to='diagnostics.exercise')),
                ('facilitator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workshops', to='core.member')),
            ],
            options={
                'ordering': ['-starts_on', 'code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_workshop_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('function', models.CharField(blank=True, max_length=120)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='diagnostics.workshop')),
            ],
            options={
                'ordering': ['workshop', 'code'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'code'), name='one_participant_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revealed_at', models.DateTimeField(blank=True, null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='diagnostics.question')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='diagnostics.workshop')),
            ],
            options={
                'ordering': ['workshop', 'question__domain__position', 'question__position', 'number'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'question', 'number'), name='one_round_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('existence', models.CharField(blank=True, choices=[('none', 'none'), ('draft', 'draft'), ('approved', 'approved')], max_length=10)),
                ('use', models.CharField(blank=True, choices=[('never', 'never'), ('sometimes', 'sometimes'), ('routine', 'routine')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='diagnostics.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='diagnostics.round')),
            ],
            options={
                'ordering': ['round', 'participant'],
                'constraints': [models.UniqueConstraint(fields=('round', 'participant'), name='one_vote_a_participant')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(verbose_name='agreed level')),
                ('existence', models.CharField(blank=True, choices=[('none', 'none'), ('draft', 'draft'), ('approved', 'approved')], max_length=10)),
                ('use', models.CharField(blank=True, choices=[('never', 'never'), ('sometimes', 'sometimes'), ('routine', 'routine')], max_length=10)),
                ('rationale', models.TextField(blank=True, verbose_name='rationale')),
                ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ('dissent', models.TextField(blank=True, verbose_name='dissent')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='diagnostics.question')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='diagnostics.workshop')),
            ],
            options={
                'ordering': ['workshop', 'question__domain__position', 'question__position'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'question'), name='one_agreement_a_question')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.PositiveSmallIntegerField()),
                ('half', models.CharField(choices=[('am', 'morning'), ('pm', 'afternoon')], max_length=3)),
                ('title', models.CharField(max_length=200)),
                ('captures', models.CharField(blank=True, max_length=200)),
                ('page_name', models.CharField(blank=True, max_length=60)),
                ('is_done', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='diagnostics.workshop')),
            ],
            options={
                'ordering': ['workshop', 'position'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'position'), name='one_agenda_item_a_place')],
            },
        ),
        migrations.CreateModel(
            name='CorporateObjective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('measure', models.CharField(blank=True, max_length=300, verbose_name='measure')),
                ('status', models.CharField(blank=True, max_length=120, verbose_name='status')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source document')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'code'), name='one_corporate_objective_a_code')],
            },
        ),
        migrations.CreateModel(
            name='ExerciseStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('request', 'request'), ('documents', 'document pack'), ('self_assessment', 'self-assessment'), ('workshop', 'workshop'), ('interviews', 'interviews'), ('scoring', 'scoring'), ('draft', 'draft'), ('close_out', 'close-out'), ('comments', 'comments'), ('approved', 'approved'), ('follow_up', 'follow-up')], max_length=20)),
                ('planned_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('owner', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='diagnostics.exercise')),
            ],
            options={
                'ordering': ['exercise', 'position'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'state'), name='one_step_a_state')],
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('know', 'does not know how'), ('may', 'knows but may not'), ('can', 'knows but cannot'), ('will', 'knows but does not'), ('person', 'wrong person for the post'), ('nobody', 'nobody in the unit can')], max_length=10, verbose_name='kind')),
                ('text', models.TextField(verbose_name='text')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='causes', to='diagnostics.finding')),
            ],
            options={
                'ordering': ['finding', 'position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='one_cause_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('guide', models.CharField(max_length=40, verbose_name='guide')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='function interviewed')),
                ('notes', models.TextField(verbose_name='notes')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='diagnostics.exercise')),
            ],
            options={
                'ordering': ['held_on', 'code'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='one_interview_a_code')],
            },
        ),
    ]
