"""``manage.py tick``: do what the hour has brought."""

from django.core.management import BaseCommand
from django.utils import timezone

from articles import scheduling


class Command(BaseCommand):
    """Swap in changes that are due, and record what went live or lost its rights by itself."""

    help = (
        "Swap in changes that are due and record what went live or lost its rights by itself."
        " The server does so every few seconds; run it by hand or by cron where it does not."
    )

    def handle(self, **_options: object) -> None:
        ticked = scheduling.tick(at=timezone.now())
        self.stdout.write(
            f"{ticked.went_live} went live, {ticked.blocked} could not,"
            f" {ticked.rights_ended} may not be shown any more."
        )
