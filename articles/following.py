"""How a translation follows the changes of its source: how bad it is to lag, and until when."""

import enum
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Publication, Revision

Kind = Publication.Kind


class Severity(enum.IntEnum):
    """How bad it is that a translation does not say what its source says now."""

    MINOR = 1
    UPDATE = 2
    CORRECTION = 3

    @property
    def words(self) -> Promise:
        return _WORDS[self]


_WORDS = {
    Severity.MINOR: _("behind its source: minor"),
    Severity.UPDATE: _("behind its source: update"),
    Severity.CORRECTION: _("behind its source: correction"),
}
# What was published first was news to everybody who translates from a draft of it.
SEVERITIES = {
    Kind.FIRST: Severity.UPDATE,
    Kind.TYPO: Severity.MINOR,
    Kind.CORRECTION: Severity.CORRECTION,
    Kind.CLARIFICATION: Severity.UPDATE,
    Kind.UPDATE: Severity.UPDATE,
    Kind.NOTE: Severity.UPDATE,
}
# How long readers of a live translation may be without a change of its source.
CLOCKS = {Severity.CORRECTION: timedelta(hours=2), Severity.UPDATE: timedelta(hours=24)}
# How much longer they get what was wrong, with a note that says so, before publishers are asked to
# take the translation offline.
AFTER_NOTE = timedelta(hours=2)


def kinds_of(severity: Severity) -> list[Kind]:
    """Return the kinds of change that make a translation lag so badly."""
    return [kind for kind, found in SEVERITIES.items() if found is severity]


def severity(
    publications: Iterable[Publication], *, pinned: Revision, wanted: Revision
) -> Severity:
    """
    Return how bad it is to say ``pinned`` where the source says ``wanted``: the worst between.

    ``publications`` are the source's, in any order. A text that is not published yet is an
    update: nobody has said what kind of change it is.
    """
    since = [row for row in publications if row.revision_id > pinned.pk]
    found = [SEVERITIES[Kind(row.kind)] for row in since]
    if wanted.pk not in {row.revision_id for row in since}:
        found.append(Severity.UPDATE)
    return max(found)


def due(publications: Iterable[Publication], *, pinned: Revision) -> datetime | None:
    """
    Return by when readers of a live translation of ``pinned`` must have what came after it.

    None if they may wait.
    """
    moments = [
        row.at + clock
        for row in publications
        if row.revision_id > pinned.pk
        and (clock := CLOCKS.get(SEVERITIES[Kind(row.kind)])) is not None
    ]
    return min(moments, default=None)


def due_for(edition: Edition, source: Edition, *, at: datetime) -> datetime | None:
    """Return by when an edition's readers must have what its source says. One query."""
    live = edition.live_revision
    if live is None or live.source_revision is None or source.live_revision is None:
        return None
    is_current = live.source_revision.text_hash == source.live_revision.text_hash
    if is_current or not edition.article.is_live(edition.language, at=at):
        return None
    return due(source.publications.all(), pinned=live.source_revision)
