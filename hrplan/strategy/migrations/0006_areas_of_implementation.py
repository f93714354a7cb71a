from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0005_limits_of_indicators'),
    ]

    operations = [
        migrations.AddField(
            model_name='initiative',
            name='recommendations',
            field=models.JSONField(blank=True, default=list, help_text='finding:place, such as D1.1:2', verbose_name='recommendations it carries out'),
        ),
        migrations.AlterField(
            model_name='policyrule',
            name='kind',
            field=models.CharField(choices=[('transition', 'from seniority to competency'), ('selection', 'selection and obligations'), ('calendar', 'use of the calendar'), ('evaluation', 'evaluation'), ('arrangement', 'implementation arrangements'), ('approval', 'budget approval'), ('office', 'project management office'), ('monitoring', 'monitoring'), ('improvement', 'continuous improvement'), ('reporting', 'reports and reviews')], max_length=12, verbose_name='kind'),
        ),
    ]
