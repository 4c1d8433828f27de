"""What was done before there were messages counts as told: nobody is told of it now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_told")]

    operations = [
        migrations.RunSQL(
            'INSERT INTO newsroom_telling (activity_id, "at")'
            ' SELECT id, "at" FROM articles_activity',
            migrations.RunSQL.noop,
        ),
    ]
