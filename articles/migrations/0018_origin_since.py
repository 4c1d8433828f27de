"""Say since when we know what became of an original, and from where."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0017_licence_takedown_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='attribution',
            name='origin_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='attribution',
            name='origin_ref',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='where it says so'),
        ),
    ]
