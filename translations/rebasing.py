"""Bringing a source's changes into a translation that is under way."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from articles import following
from articles.models import Activity, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from articles.standing import releasable, source_edition
from translations.laying import Pairing, SourceBlock, carry_over, source_blocks
from translations.models import Assignment, KeptText, Unit


class NotOpen(Exception):
    """This assignment was delivered or handed back."""


def is_behind(assignment: Assignment) -> bool:
    """Whether the source has a newer text to release than the one being translated."""
    source = source_edition(assignment.edition)
    wanted = releasable(source) if source is not None else None
    return wanted is not None and wanted.text_hash != assignment.source_revision.text_hash


def is_early(assignment: Assignment) -> bool:
    """Whether the source has no text yet that may be released: it can still change."""
    source = source_edition(assignment.edition)
    return source is None or releasable(source) is None


@transaction.atomic
def rebase(assignment: Assignment, *, by: Person, at: datetime) -> Assignment:
    """
    Pin an open assignment to the source text that may be released now.

    What readers wait for now may make it due sooner.

    Every unit keeps its translation; those whose source changed are out of date until they
    are looked at, new blocks are empty, and units of removed blocks go, their words kept beside
    the unit before them. From review it comes back to the translator. Raises ``NotOpen``.
    Does nothing when nothing changed.
    """
    edition = lock(assignment.edition)
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("source_revision")
        .get(pk=assignment.pk)
    )
    assignment.edition = edition
    if not assignment.is_open:
        raise NotOpen
    source = source_edition(edition)
    revision = releasable(source) if source is not None else None
    if source is None or revision is None:
        return assignment
    if revision.text_hash == assignment.source_revision.text_hash:
        return assignment
    _relay(assignment, source_blocks(revision), by=by, at=at)
    if assignment.state == Assignment.State.IN_REVIEW:
        assignment.state = Assignment.State.RETURNED
    assignment.source_revision = revision
    assignment.due_at = _sooner(assignment.due_at, following.due_for(edition, source, at=at))
    assignment.save(update_fields=["source_revision", "state", "due_at"])
    WorkingCopy.objects.filter(edition=edition).update(
        source_revision=revision, state=WorkingCopy.State.DRAFT
    )
    record(edition.article, Activity.Verb.REBASED, by=by, at=at, language=edition.language)
    return assignment


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


def _relay(
    assignment: Assignment, blocks: Sequence[SourceBlock], *, by: Person, at: datetime
) -> None:
    """Lay the units anew on changed blocks, each keeping what was written and said of it."""
    units = {unit.bid: unit for unit in assignment.units.all()}
    carried = carry_over(
        blocks, [Pairing(unit.bid, unit.source_html, unit.target_html) for unit in units.values()]
    )
    kept: list[Unit] = []
    added: list[Unit] = []
    for position, block in enumerate(blocks):
        before = carried.get(block.bid)
        unit = units[before.bid] if before is not None else Unit(assignment=assignment)
        unit.position, unit.bid, unit.kind = position, block.bid, block.kind
        unit.source_html = block.html
        if unit.is_out_of_date and unit.state in Unit.DONE:
            unit.state = Unit.State.DRAFT
        unit.version += 1
        (kept if before is not None else added).append(unit)
    gone = [unit for unit in units.values() if unit not in kept]
    _keep_words(gone, kept, by=by, at=at)
    assignment.units.filter(pk__in=[unit.pk for unit in gone]).delete()
    Unit.objects.bulk_update(kept, ["position", "bid", "kind", "source_html", "state", "version"])
    Unit.objects.bulk_create(added)


def _keep_words(gone: Iterable[Unit], kept: Sequence[Unit], *, by: Person, at: datetime) -> None:
    """Put what was written for removed blocks beside the unit that stands nearest before them."""
    for unit in gone:
        before = [other for other in kept if other.position <= unit.position]
        nearest = max(before, key=lambda other: other.position, default=None) or kept[0]
        KeptText.objects.filter(unit=unit).update(unit=nearest)
        if unit.target_html:
            KeptText.objects.create(
                unit=nearest, html=unit.target_html, by_id=unit.saved_by_id or by.pk, at=at
            )
