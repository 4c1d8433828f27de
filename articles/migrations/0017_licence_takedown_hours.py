"""Let a licence say within how many hours a takedown request is answered."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_takedowns'),
    ]

    operations = [
        migrations.AddField(
            model_name='licence',
            name='takedown_hours',
            field=models.PositiveIntegerField(blank=True, help_text='Within so many hours a request to take a story down is answered.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='hours to answer a takedown'),
        ),
        migrations.AddConstraint(
            model_name='licence',
            constraint=models.CheckConstraint(condition=models.Q(('takedown_hours__isnull', True), ('takedown_hours__gt', 0), _connector='OR'), name='licence_leaves_time_for_takedowns'),
        ),
    ]
