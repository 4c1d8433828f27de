"""Bringing a source's changes into a translation that is under way."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from articles import following
from articles.models import Activity, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from articles.standing import releasable, source_edition
from translations.laying import Pairing, SourceBlock, carry_over, join, source_blocks
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
    are looked at. The parts of a split block are offered what was written for the whole, merged
    ones all that was written for theirs. New blocks are empty, and units of removed blocks go,
    their words kept beside the unit before them. From review it comes back to the translator.
    Raises ``NotOpen``. Does nothing when nothing changed.
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
    units = list(assignment.units.order_by("position"))
    by_bid = {unit.bid: unit for unit in units}
    offers = carry_over(blocks, [Pairing(u.bid, u.source_html, u.target_html) for u in units])
    kept: dict[int, Unit] = {}
    added: list[Unit] = []
    heirs: dict[int, Unit] = {}
    for position, block in enumerate(blocks):
        offer = offers[block.bid]
        origins = [by_bid[pairing.bid] for pairing in offer.earlier]
        if origins and origins[0].pk not in kept:
            unit = origins[0]
            kept[unit.pk] = unit
            _merge(unit, origins[1:], block)
            heirs.update((other.pk, unit) for other in origins[1:])
            unit.version += 1
        else:
            unit = _part_of(origins[0]) if origins else Unit()
            unit.assignment = assignment
            added.append(unit)
        unit.mark(offer.kind)
        _put_on(unit, block, position)
    gone = [unit for unit in units if unit.pk not in kept]
    _free_ids(units)
    Unit.objects.bulk_update(kept.values(), _LAID)
    Unit.objects.bulk_create(added)
    _keep_words(gone, list(kept.values()) or added, heirs, by=by, at=at)
    assignment.units.filter(pk__in=[unit.pk for unit in gone]).delete()


# What changes of a unit when its source does.
_LAID = (
    "position", "bid", "kind", "source_html", "target_html", "made_from_html", "change", "state",
    "return_note", "saved_by", "version",
)  # fmt: skip


def _put_on(unit: Unit, block: SourceBlock, position: int) -> None:
    unit.position, unit.bid, unit.kind = position, block.bid, block.kind
    unit.source_html = block.html
    if unit.is_out_of_date and unit.state in Unit.DONE:
        unit.state = Unit.State.DRAFT


def _part_of(origin: Unit) -> Unit:
    """Return a unit that offers the translation of a block of which it is a part."""
    return Unit(
        target_html=origin.target_html,
        made_from_html=origin.made_from_html,
        state=Unit.State.DRAFT if origin.target_html else Unit.State.EMPTY,
        saved_by_id=origin.saved_by_id,
        saved_at=origin.saved_at,
    )


def _merge(unit: Unit, others: Sequence[Unit], block: SourceBlock) -> None:
    """Give a unit what was written and said of the blocks that were merged into its own."""
    if not others:
        return
    merged = [unit, *others]
    unit.made_from_html = join(
        block.kind, block.bid, (u.made_from_html for u in merged if u.target_html)
    )
    unit.target_html = join(block.kind, block.bid, (u.target_html for u in merged))
    if any(u.state == Unit.State.RETURNED for u in merged) and unit.target_html:
        unit.state = Unit.State.RETURNED
    elif unit.target_html:
        unit.state = Unit.State.DRAFT
    unit.return_note = "\n".join(u.return_note for u in merged if u.return_note)
    # The translator counts as its writer anyway; another one must not be forgotten.
    writers = [u.saved_by_id for u in merged if u.saved_by_id is not None]
    others_of_them = [w for w in writers if w != unit.assignment.translator_id]
    unit.saved_by_id = next(iter(others_of_them or writers), None)


def _free_ids(units: Iterable[Unit]) -> None:
    """Let the ids that units have be given anew: two may be exchanged."""
    pks = [unit.pk for unit in units]
    Unit.objects.filter(pk__in=pks).update(bid=Concat(Value("~"), Cast("pk", CharField())))


def _keep_words(
    gone: Iterable[Unit],
    laid: Sequence[Unit],
    heirs: Mapping[int, Unit],
    *,
    by: Person,
    at: datetime,
) -> None:
    """
    Put what was written for removed blocks beside the unit that stands nearest before them.

    What a unit says in which they were merged is in ``heirs``, by their primary keys.
    """
    for unit in gone:
        before = [other for other in laid if other.position <= unit.position]
        nearest = max(before, key=lambda other: other.position, default=None) or laid[0]
        heir = heirs.get(unit.pk, nearest)
        KeptText.objects.filter(unit=unit).update(unit=heir)
        if unit.target_html and unit.pk not in heirs:
            KeptText.objects.create(
                unit=heir, html=unit.target_html, by_id=unit.saved_by_id or by.pk, at=at
            )
