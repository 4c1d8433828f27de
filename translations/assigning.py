"""Taking a translation on, and handing it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from articles import following
from articles.credit import primary_attribution
from articles.editing import open_locked, refuse_closed
from articles.models import Activity, Edition, Revision, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from articles.rights import translation_refusal
from articles.standing import open_copy, releasable, source_edition
from translations.laying import Pairing, carry_over, pairings, source_blocks
from translations.models import Assignment, Unit


class AlreadyTaken(Exception):
    """Somebody is translating this edition."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        super().__init__(f"assignment {assignment.pk} is open")


class WrittenInAdmin(Exception):
    """An editor is writing this edition in the admin."""


class NothingToTranslate(Exception):
    """The source has no approved or published text, or this translation is up to date."""


class NotLicensed(Exception):
    """The source does not let this story be translated into this language; ``words`` say why."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


@transaction.atomic
def claim(edition: Edition, *, by: Person, at: datetime) -> Assignment:
    """
    Take an edition's translation on, from the source text that may be released now.

    What was translated before comes along: blocks whose source did not change are ready, also
    where they were moved; changed ones keep their old translation to work from. It is due when
    readers must have it. Raises ``AlreadyTaken``, ``WrittenInAdmin``, ``NothingToTranslate``,
    ``StoryClosed``, ``NotLicensed``.
    """
    edition = lock(edition)
    refuse_closed(edition.article)
    if words := translation_refusal(primary_attribution(edition.article), edition.language):
        raise NotLicensed(words)
    taken = Assignment.objects.open().filter(edition=edition).select_related("translator").first()
    if taken is not None:
        raise AlreadyTaken(taken)
    copy = open_copy(edition)
    if copy is not None and copy.state != WorkingCopy.State.APPROVED:
        raise WrittenInAdmin
    source = source_edition(edition)
    revision = releasable(source) if source is not None else None
    before = copy.revision if copy is not None else edition.live_revision
    if source is None or revision is None or _says(before, revision):
        raise NothingToTranslate
    assignment = Assignment.objects.create(
        edition=edition,
        source_revision=revision,
        translator_id=by.pk,
        due_at=following.due_for(edition, source, at=at),
        claimed_at=at,
    )
    _take_into_desk(copy or open_locked(edition, by=by, at=at), revision)
    lay_units(assignment, revision, _earlier(edition, before))
    record(edition.article, Activity.Verb.CLAIMED, by=by, at=at, language=edition.language)
    return assignment


@transaction.atomic
def hand_back(assignment: Assignment, *, by: Person, at: datetime, reason: str = "") -> None:
    """
    Give a translation up; it waits for somebody again, with what was written so far.

    Handing back twice changes nothing.
    """
    edition = lock(assignment.edition)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not assignment.is_open:
        return
    assignment.state = Assignment.State.HANDED_BACK
    assignment.closed_at = at
    assignment.save(update_fields=["state", "closed_at"])
    copy = open_copy(edition)
    if copy is not None:
        copy.delete()
    record(
        edition.article,
        Activity.Verb.HANDED_BACK,
        by=by,
        at=at,
        language=edition.language,
        reason=reason.strip(),
    )


def set_due(assignment: Assignment, due_at: datetime | None) -> None:
    """Say when a translation must be ready; None takes the date away."""
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due_at)


def lay_units(
    assignment: Assignment, revision: Revision, earlier: Sequence[Pairing]
) -> Sequence[Unit]:
    """Make an assignment's units from a source text, earlier translations filled in."""
    blocks = source_blocks(revision)
    offers = carry_over(blocks, earlier)
    units = []
    for position, block in enumerate(blocks):
        unit = Unit(
            assignment=assignment,
            position=position,
            bid=block.bid,
            kind=block.kind,
            source_html=block.html,
        )
        offer = offers[block.bid]
        if offer.target_html:
            unit.target_html = offer.target_html
            unit.made_from_html = offer.source_html
        if earlier:
            unit.mark(offer.kind)
        if offer.target_html:
            holds = offer.is_done and not unit.is_out_of_date
            unit.state = Unit.State.READY if holds else Unit.State.DRAFT
        units.append(unit)
    return Unit.objects.bulk_create(units)


def _says(before: Revision | None, revision: Revision) -> bool:
    pinned = before.source_revision if before is not None else None
    return pinned is not None and pinned.text_hash == revision.text_hash


def _take_into_desk(copy: WorkingCopy, revision: Revision) -> None:
    copy.in_desk = True
    copy.state = WorkingCopy.State.DRAFT
    copy.revision = None
    copy.source_revision = revision
    copy.version += 1
    copy.save(update_fields=["in_desk", "state", "revision", "source_revision", "version"])


def _earlier(edition: Edition, before: Revision | None) -> list[Pairing]:
    """What was translated before: the text published or approved, and work handed back."""
    found: dict[str, Pairing] = {}
    if before is not None and before.source_revision is not None:
        found.update((p.bid, p) for p in pairings(before.source_revision, before))
    latest = edition.assignments.order_by("-claimed_at", "-pk").exclude(state__in=Assignment.OPEN)
    abandoned = latest.first()
    if abandoned is None or abandoned.state != Assignment.State.HANDED_BACK:
        return list(found.values())
    units = abandoned.units.order_by("position")
    taken = [found.pop(u.bid, _pairing(u)) if not u.target_html else _pairing(u) for u in units]
    for pairing in taken:
        found.pop(pairing.bid, None)
    # What only the older text has comes last: where it would stand now is not known.
    return [*taken, *found.values()]


def _pairing(unit: Unit) -> Pairing:
    source = unit.made_from_html if unit.target_html else unit.source_html
    return Pairing(unit.bid, source, unit.target_html, unit.state in Unit.DONE)
