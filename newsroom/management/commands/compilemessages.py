"""``manage.py compilemessages``, for machines without gettext's programs too."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    """Compile the project's message catalogues."""

    help = "Compile the project's message catalogues (.po) into what Django reads (.mo)."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    """
    Write the compiled form of a catalogue beside it, whole or not at all.

    Fuzzy and empty translations are left out, so people see the English text instead.
    Raises ``CommandError`` when the catalogue cannot be read.
    """
    try:
        catalogue = polib.pofile(str(source), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise CommandError(f"{source} cannot be read: {reason}") from reason
    unfinished = source.with_suffix(".mo.new")
    catalogue.save_as_mofile(str(unfinished))
    unfinished.replace(source.with_suffix(".mo"))
