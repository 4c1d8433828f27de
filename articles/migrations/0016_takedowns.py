"""Keep who asked us to take a story down, and what we answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0015_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Takedown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_name', models.CharField(max_length=200)),
                ('contact', models.CharField(blank=True, default='', max_length=200)),
                ('basis', models.CharField(choices=[('rights_holder', 'holder of the rights'), ('licence_ended', 'the licence has ended'), ('authority', 'court or authority'), ('person', 'person concerned (privacy)'), ('origin', 'the origin withdrew it'), ('other', 'something else')], max_length=16)),
                ('words', models.TextField()),
                ('languages', models.CharField(max_length=60)),
                ('received_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('late_told_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'takedown request',
                'verbose_name_plural': 'takedown requests',
            },
        ),
        migrations.AddField(
            model_name='takedown',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takedowns', to='articles.article'),
        ),
        migrations.AddField(
            model_name='takedown',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='TakedownAnswer',
            fields=[
                ('takedown', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='answer', serialize=False, to='articles.takedown')),
                ('outcome', models.CharField(choices=[('withdrawn', 'withdrawn'), ('offline', 'taken offline'), ('declined', 'declined'), ('gone', 'already taken down')], max_length=12)),
                ('languages', models.CharField(blank=True, default='', max_length=60)),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'answer to a takedown request',
                'verbose_name_plural': 'answers to takedown requests',
            },
        ),
        migrations.AddConstraint(
            model_name='takedown',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_name', ''), _negated=True), models.Q(('words', ''), _negated=True), models.Q(('languages', ''), _negated=True)), name='takedown_says_who_what_where'),
        ),
        migrations.AddConstraint(
            model_name='takedown',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('received_at'))), name='takedown_due_after_received'),
        ),
        migrations.AddConstraint(
            model_name='takedownanswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'gone'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='takedown_answer_says_why'),
        ),
        migrations.AddConstraint(
            model_name='takedownanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['withdrawn', 'offline']), models.Q(('languages', ''), _negated=True)), models.Q(('languages', ''), ('outcome__in', ['declined', 'gone'])), _connector='OR'), name='takedown_answer_takes_what_it_says'),
        ),
    ]
