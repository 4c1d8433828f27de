from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from consent.pruning import prune


class Command(BaseCommand):
    help = "Delete the proof of cookie decisions that has been kept long enough."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prune by the periods of the settings and say what went."""
        pruned = prune(
            keep_grants_days=getattr(settings, "CONSENT_KEEP_GRANTS_DAYS", 730),
            keep_refusals_days=getattr(settings, "CONSENT_KEEP_REFUSALS_DAYS", 183),
            at=timezone.now(),
        )
        self.stdout.write(f"Deleted {pruned.decisions} decisions and {pruned.notices} wordings.")
