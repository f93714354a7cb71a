import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Administration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, validators=[django.core.validators.RegexValidator('^(?!(accounts|api|first|health|i18n|join|static|styleguide)$)', 'This name is reserved.')])),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('ministry', models.CharField(blank=True, max_length=200, verbose_name='ministry')),
                ('country', models.CharField(help_text='ISO 3166-1', max_length=2, verbose_name='country')),
                ('currency', models.CharField(default='USD', help_text='ISO 4217', max_length=3, verbose_name='currency')),
                ('time_zone', models.CharField(default='UTC', max_length=60, verbose_name='time zone')),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
                ('fiscal_year_month', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='first month of the fiscal year')),
                ('weekend', models.JSONField(default=list, help_text='0 is Monday', verbose_name='weekend')),
                ('small_cell_limit', models.PositiveSmallIntegerField(default=5, verbose_name='small-cell limit')),
                ('as_of_fixed', models.DateField(blank=True, help_text='Empty: today.', null=True, verbose_name='as-of date')),
                ('constants', models.JSONField(blank=True, default=dict, verbose_name='constants')),
                ('is_demonstration', models.BooleanField(default=False)),
                ('seed', models.PositiveIntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FirstLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('head', 'head of the administration'), ('hr_officer', 'HR officer'), ('facilitator', 'facilitator'), ('manager', 'manager'), ('staff', 'staff member'), ('reviewer', 'ministry reviewer'), ('coordinator', 'regional coordinator')], max_length=20, verbose_name='role')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='function')),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='core.administration')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['administration', 'user__email'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'user'), name='one_seat_a_user')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('stored', models.CharField(max_length=80)),
                ('existing', models.CharField(choices=[('stop', 'stop: refuse the file'), ('skip', 'skip: keep what is here'), ('update', 'update: take what the file says')], default='stop', max_length=8, verbose_name='rows that exist and differ')),
                ('state', models.CharField(choices=[('previewed', 'waiting for your confirmation'), ('refused', 'refused'), ('applied', 'taken in'), ('dropped', 'dropped')], max_length=10, verbose_name='state')),
                ('counts', models.JSONField(default=list, help_text='table, added, changed, skipped, unchanged')),
                ('faults', models.JSONField(default=list)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.CharField(max_length=60)),
                ('table', models.CharField(max_length=60)),
                ('row', models.CharField(max_length=40)),
                ('fields', models.JSONField(default=list)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='core.member')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['administration', 'table', 'row'], name='core_audite_adminis_8fe403_idx')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('task', models.CharField(help_text='dotted path of the task', max_length=200)),
                ('parameters', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('stopped', 'stopped')], default='waiting', max_length=10)),
                ('progress', models.PositiveSmallIntegerField(default=0, help_text='percent')),
                ('message', models.CharField(blank=True, max_length=200)),
                ('stop_requested', models.BooleanField(default=False)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.JSONField(default=dict)),
                ('error', models.TextField(blank=True)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.member')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('added', 'added'), ('removed', 'taken away')], default='added', max_length=10, verbose_name='kind')),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.administration')),
            ],
            options={
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('administration', 'date'), name='one_holiday_a_day')],
            },
        ),
    ]
