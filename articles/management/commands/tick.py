"""``manage.py tick``: do what the hour has brought."""

from functools import partial

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from articles import proving, scheduling


class Command(BaseCommand):
    """Swap in due changes, record what went live by itself, prove that what was taken is gone."""

    help = (
        "Swap in changes that are due, record what went live by itself, and ask the site's own"
        " addresses whether what was withdrawn or taken offline is gone."
        " The server does so every few seconds; run it by hand or by cron where it does not."
    )

    def handle(self, **_options: object) -> None:
        ticked = scheduling.tick(at=timezone.now())
        self.stdout.write(f"{ticked.went_live} went live, {ticked.blocked} could not.")
        fetch = partial(proving.fetch_from, settings.SITE_URL)
        asked = proving.ask_due(fetch=fetch, at=timezone.now())
        self.stdout.write(
            f"{asked.proven} proven gone, {asked.shown} still shown,"
            f" {asked.unknown} not to be asked."
        )
