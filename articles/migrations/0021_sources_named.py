"""Say of every translation that it is made from the story's first language, as it was."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def name_sources(apps, schema_editor):
    stories = apps.get_model("articles", "Article").objects.filter(pk=OuterRef("article"))
    editions = apps.get_model("articles", "Edition").objects
    editions.exclude(language=F("article__origin_language")).update(
        source_language=Subquery(stories.values("origin_language")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_source_language")]

    operations = [migrations.RunPython(name_sources, migrations.RunPython.noop)]
