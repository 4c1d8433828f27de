"""Asking that what readers should not have any more is taken from them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from articles import waiting
from articles.models import Activity, Edition
from articles.recording import lock, record

Verb = Activity.Verb


def ask(*, at: datetime) -> int:
    """
    Write down that a translation must be corrected or go offline, once for each correction.

    Of live translations whose readers have had a note for a while that a correction of the source
    is missing. Returns how many. Idempotent and safe to run from several places at once, each
    text in a transaction of its own.
    """
    return sum(_ask(edition, at=at) for edition in waiting.uncorrected(at=at).order_by("pk"))


@transaction.atomic
def _ask(edition: Edition, *, at: datetime) -> bool:
    edition = lock(edition)
    # What came about while this waited for the lock is seen; the annotation is the query's.
    found = (
        waiting.uncorrected(at=at).filter(pk=edition.pk).values_list(F("corrected_at"), flat=True)
    )
    corrected_at = found.first()
    if corrected_at is None:
        return False
    asked = Activity.objects.filter(
        article=edition.article_id,
        language=edition.language,
        verb=Verb.UNCORRECTED,
        at__gte=corrected_at + waiting.UNCORRECTED_AFTER,
    )
    if asked.exists():
        return False
    record(
        edition.article,
        Verb.UNCORRECTED,
        by=None,
        at=at,
        language=edition.language,
        revision=edition.live_revision,
    )
    return True
