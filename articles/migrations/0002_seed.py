"""Seed the groups, the first sections, and the source this newsroom publishes."""

from django.db import migrations

GROUPS = ["Writer", "Translator", "Reviewer", "Editor", "Publisher", "Administrator"]

SECTIONS = [
    ("Politik", "politik", "Politics", "politics"),
    ("Ekonomi", "ekonomi", "Economy", "economy"),
    ("Sains & Teknologi", "sains-teknologi", "Science & Technology", "science-technology"),
    ("Budaya", "budaya", "Culture", "culture"),
    ("Wisata", "wisata", "Travel", "travel"),
    ("Olahraga", "olahraga", "Sport", "sport"),
]


def seed(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)

    section = apps.get_model("articles", "Section")
    for position, (name_id, slug_id, name_en, slug_en) in enumerate(SECTIONS, start=1):
        # Historical models know no languages: the plain column is Indonesian's twin.
        section.objects.get_or_create(
            slug_ind=slug_id,
            defaults={
                "position": position,
                "slug": slug_id,
                "slug_en": slug_en,
                "name": name_id,
                "name_ind": name_id,
                "name_en": name_en,
            },
        )

    source = apps.get_model("articles", "Source")
    source.objects.get_or_create(
        code="rossiyskaya-gazeta",
        defaults={
            "kind": "newspaper",
            "name": "Rossiyskaya Gazeta",
            "name_ind": "Rossiyskaya Gazeta",
            "name_en": "Rossiyskaya Gazeta",
            "name_original": "Российская газета",
            "home_url": "https://rg.ru/",
            "default_language": "ru",
            "notice": "Hak cipta milik Rossiyskaya Gazeta.",
            "notice_ind": "Hak cipta milik Rossiyskaya Gazeta.",
            "notice_en": "Copyright Rossiyskaya Gazeta.",
            "disclosure": "Rossiyskaya Gazeta adalah surat kabar milik Pemerintah Rusia.",
            "disclosure_ind": "Rossiyskaya Gazeta adalah surat kabar milik Pemerintah Rusia.",
            "disclosure_en": "Rossiyskaya Gazeta is owned by the Government of Russia.",
        },
    )
    source.objects.get_or_create(
        code="redaksi",
        defaults={
            "kind": "own",
            "name": "Redaksi",
            "name_ind": "Redaksi",
            "name_en": "Our newsroom",
            "default_language": "id",
            "notice": "Hak cipta milik redaksi.",
            "notice_ind": "Hak cipta milik redaksi.",
            "notice_en": "Copyright the editors.",
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
