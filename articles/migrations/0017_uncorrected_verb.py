"""Ask publishers for what lacks the correction of its source still."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_offline_answer'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='verb',
            field=models.CharField(choices=[('started', 'started the story'), ('ingested', 'brought the story in'), ('changed_facts', "changed the story's details"), ('set_embargo', 'set the embargo'), ('held', 'put the story on hold'), ('released', 'released the hold'), ('spiked', 'spiked the story'), ('unspiked', 'took the story off the spike'), ('killed', 'killed the story'), ('reopened', 'reopened the story'), ('set_mode', 'chose how the languages go out'), ('grouped', 'put the languages into one release'), ('regrouped', 'changed the joint release'), ('ungrouped', 'dissolved the joint release'), ('not_ready', 'was not ready yet to go out'), ('opened', 'opened a working copy'), ('saved', 'saved the text'), ('set_aside', 'had a text set aside'), ('restored', 'restored an earlier text'), ('discarded', 'discarded the working copy'), ('submitted', 'submitted the text for review'), ('took_back', 'took the text back to draft'), ('sent_back', 'sent the text back'), ('approved', 'approved the text'), ('approved_own', 'approved their own text'), ('published', 'published'), ('silently', 'published as a typing error, with more changed'), ('forced', 'published without review'), ('looked_again', 'approved the text after it was published'), ('uncorrected', "still lacks its source's correction"), ('reminded', 'awaits a second look still'), ('scheduled', 'scheduled the text'), ('unscheduled', 'took the text off the schedule'), ('voided', 'had the schedule voided'), ('blocked', 'was due and could not go out'), ('went_live', 'went live on schedule'), ('set_end', 'set when it goes offline'), ('took_offline', 'took it offline'), ('brought_back', 'brought it back online'), ('withdrew', 'withdrew it'), ('rights_ended', 'had its rights end'), ('changed_rights', 'changed until when it may be shown'), ('restamped', 'printed the credit anew'), ('waived', 'let it pass a rule'), ('noted', 'noted a warning'), ('claimed', 'took on the translation'), ('handed_back', 'handed the translation back'), ('rebased', "brought in the source's changes"), ('delivered', 'approved and delivered the translation'), ('delivered_own', 'approved and delivered their own translation')], max_length=16),
        ),
    ]
