"""Proof is kept as long as it is needed, and no longer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from consent.models import Decision, Notice


@dataclass(frozen=True)
class Pruned:
    """How many rows went."""

    decisions: int
    notices: int


@transaction.atomic
def prune(*, keep_grants_days: int, keep_refusals_days: int, at: datetime) -> Pruned:
    """
    Delete decisions that are too old at ``at`` and the wordings only they referred to.

    A decision with any yes is a grant; all others, also "forget my choice", are refusals.
    """
    grants = Decision.objects.exclude(choices__yes=[]).filter(
        at__lt=at - timedelta(days=keep_grants_days)
    )
    refusals = Decision.objects.filter(
        choices__yes=[], at__lt=at - timedelta(days=keep_refusals_days)
    )
    decisions = grants.delete()[0] + refusals.delete()[0]
    # A wording of today may be about to get its first decision.
    unused = Notice.objects.filter(decisions=None, created_at__lt=at - timedelta(days=1))
    return Pruned(decisions=decisions, notices=unused.delete()[0])
