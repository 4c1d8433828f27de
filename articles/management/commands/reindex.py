"""``manage.py reindex``: make every published text findable anew."""

from django.core.management.base import BaseCommand

from articles import searching


class Command(BaseCommand):
    """Rebuild what search looks into from the published copies."""

    help = "Make every published text findable anew, for example after restoring a backup."

    def handle(self, **_options: object) -> None:
        number = searching.reindex()
        texts = "text" if number == 1 else "texts"
        self.stdout.write(f"{number} published {texts} can be found.")
