"""Record each publish with its kind, and let a note of the newsroom lead somewhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_states'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('first', 'First publication'), ('typo', 'Typing error'), ('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('note', "Editor's note")], max_length=16, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'publication',
                'verbose_name_plural': 'publications',
            },
        ),
        migrations.AddField(
            model_name='notice',
            name='link',
            field=models.URLField(blank=True, db_default='', default='', max_length=500, verbose_name='link'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='verb',
            field=models.CharField(choices=[('started', 'started the story'), ('ingested', 'brought the story in'), ('changed_facts', "changed the story's details"), ('set_embargo', 'set the embargo'), ('opened', 'opened a working copy'), ('saved', 'saved the text'), ('set_aside', 'had a text set aside'), ('restored', 'restored an earlier text'), ('discarded', 'discarded the working copy'), ('submitted', 'submitted the text for review'), ('took_back', 'took the text back to draft'), ('sent_back', 'sent the text back'), ('approved', 'approved the text'), ('published', 'published'), ('silently', 'published as a typing error, with more changed'), ('forced', 'published without review'), ('looked_again', 'approved the text after it was published'), ('took_offline', 'took it offline'), ('brought_back', 'brought it back online'), ('withdrew', 'withdrew it'), ('claimed', 'took on the translation'), ('handed_back', 'handed the translation back'), ('rebased', "brought in the source's changes"), ('delivered', 'approved and delivered the translation')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['language', '-at', '-id'], name='newest_notices'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('link', ''), ('kind', 'note'), _connector='OR'), name='only_notes_link'),
        ),
        migrations.AddField(
            model_name='publication',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='publication',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='articles.edition'),
        ),
        migrations.AddField(
            model_name='publication',
            name='notice',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='publication', to='articles.notice'),
        ),
        migrations.AddField(
            model_name='publication',
            name='revision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='publication', to='articles.revision'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['first', 'typo']), ('notice__isnull', True)), models.Q(('kind__in', ['correction', 'clarification', 'update', 'note']), ('notice__isnull', False)), _connector='OR'), name='publication_tells_what_its_kind_owes'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'first')), fields=('edition',), name='first_publication_is_once'),
        ),
    ]
