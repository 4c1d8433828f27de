"""What the address of a text answers while it is offline, and that a proof was led there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0018_origin_since'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='offline_answer',
            field=models.CharField(choices=[('gone', 'It says that the story is no longer available.'), ('redirect', 'It leads to another story of ours.')], db_default='', default='', editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='article',
            name='offline_answer_en',
            field=models.CharField(choices=[('gone', 'It says that the story is no longer available.'), ('redirect', 'It leads to another story of ours.')], db_default='', default='', editable=False, max_length=12, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='offline_answer_ind',
            field=models.CharField(choices=[('gone', 'It says that the story is no longer available.'), ('redirect', 'It leads to another story of ours.')], db_default='', default='', editable=False, max_length=12, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='offline_leads_to',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='article',
            name='offline_leads_to_en',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='article',
            name='offline_leads_to_ind',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='proof',
            name='led_to',
            field=models.TextField(db_default='', default=''),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offline_answer_ind', 'redirect'), ('offline_leads_to_ind__isnull', False)), models.Q(models.Q(('offline_answer_ind', 'redirect'), _negated=True), ('offline_leads_to_ind__isnull', True)), _connector='OR'), name='indonesian_leads_where_it_redirects'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offline_answer_en', 'redirect'), ('offline_leads_to_en__isnull', False)), models.Q(models.Q(('offline_answer_en', 'redirect'), _negated=True), ('offline_leads_to_en__isnull', True)), _connector='OR'), name='english_leads_where_it_redirects'),
        ),
    ]
