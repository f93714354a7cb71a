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
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hr-strategy', 'HR Strategy'), ('hr-development-plan', 'HR Development Plan'), ('training-calendar', 'Training Calendar')], max_length=24, verbose_name='document')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('is_internal', models.BooleanField(default=False, verbose_name='internal edition')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('tree', models.TextField(help_text='the document as canonical JSON')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('snapshot', models.JSONField(default=dict, help_text='what the document quotes, as rows')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
            ],
            options={
                'ordering': ['kind', '-number'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'kind', 'number', 'language', 'is_internal'), name='one_document_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hr-strategy', 'HR Strategy'), ('hr-development-plan', 'HR Development Plan'), ('training-calendar', 'Training Calendar')], max_length=24, verbose_name='document')),
                ('section', models.CharField(max_length=60, verbose_name='section')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['kind', 'section'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'kind', 'section', 'language'), name='one_narrative_a_section')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('function', models.CharField(max_length=120, verbose_name='function')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed on')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('review', 'internal review'), ('endorsed', 'endorsed'), ('submitted', 'submitted'), ('returned', 'returned'), ('approved', 'approved')], default='draft', max_length=10, verbose_name='state')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('versions', models.ManyToManyField(related_name='submissions', to='deliverables.documentversion')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'number'), name='one_submission_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('review', 'Send for internal review'), ('endorse', 'Endorse'), ('submit', 'Submit to the ministry'), ('approve', 'Approve'), ('return', 'Return with comments'), ('revise', 'Take back to revise')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(blank=True)),
                ('digests', models.JSONField(default=dict, help_text='document -> SHA-256 at the time')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='deliverables.submission')),
            ],
            options={
                'ordering': ['submission', 'at', 'pk'],
            },
        ),
    ]
