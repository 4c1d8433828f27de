"""A second pair of eyes on a translation: approve it unit by unit, mend it, or send it back."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from articles import releasing, richtext
from articles.editing import refuse_closed
from articles.models import Activity, Edition, Revision, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from translations import anchoring
from translations.delivering import deliver
from translations.laying import clean_target
from translations.models import Assignment, KeptText, ReviewEdit, Side, Unit
from translations.rebasing import is_behind, is_early
from translations.translating import (
    NO_FAULT,
    NothingWritten,
    SourceMoved,
    StaleUnit,
    TooLong,
    longest,
)


class NotInReview(Exception):
    """
    The translation is not in review any more: somebody decided, or it came back.

    ``kept`` holds the words that were to be saved.
    """

    def __init__(self, kept: KeptText | None = None) -> None:
        self.kept = kept
        super().__init__()


class OwnWork(Exception):
    """Whoever wrote a text cannot approve it."""


class NoteMissing(Exception):
    """Sending back needs a word about what is wrong, with the whole or with a unit."""


class SourceUnapproved(Exception):
    """The source waits for its own approval; its translation can be approved after it."""


class TextMoved(Exception):
    """The translation was changed after the reviewer opened it."""


class StillFaulty(Exception):
    """Units are marked to be sent back; ``units`` are those, in reading order."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        super().__init__(f"{len(units)} units are to be sent back")


@dataclass(frozen=True)
class Fault:
    """
    What a reviewer finds wrong with a unit.

    ``quote`` are the words it is about, ``near`` the character of the side's plain text where
    they began on the screen.
    """

    reason: Unit.Reason
    note: str = ""
    side: Side = Side.TARGET
    quote: str = ""
    near: int | None = None


def version_of(assignment: Assignment) -> str:
    """
    Return what a reviewer approves, as a short word: it changes with every unit saved.

    The page carries it and ``approve`` compares it. One query.
    """
    found = assignment.units.aggregate(newest=Max("saved_at"), versions=Max("version"))
    newest = found["newest"].timestamp() if found["newest"] else 0
    return f"{assignment.source_revision_id}-{found['versions']}-{newest}"


@transaction.atomic
def approve(assignment: Assignment, *, seen: str, by: Person, at: datetime) -> Revision:
    """
    Approve a whole translation and deliver it as the edition's next revision.

    What was not approved by itself is approved with the rest. ``seen`` is the ``version_of`` the
    page that was read. Raises ``NotInReview``, ``OwnWork``, ``TextMoved``, ``StillFaulty``,
    ``SourceMoved`` when the source has a newer text to release, and ``SourceUnapproved`` while
    it has none at all.
    """
    assignment, edition = _in_review(assignment)
    if wrote_on(by, assignment):
        raise OwnWork
    return _approve(assignment, edition, Activity.Verb.DELIVERED, seen=seen, by=by, at=at)


@transaction.atomic
def approve_own(assignment: Assignment, *, seen: str, by: Person, at: datetime) -> Revision:
    """
    Approve a translation that one wrote on oneself, in a newsroom of one.

    What is published of it awaits a second look. Raises ``OwnWork`` unless the newsroom is set
    to ``SOLO``, and what ``approve`` does.
    """
    assignment, edition = _in_review(assignment)
    is_own = wrote_on(by, assignment)
    if is_own and not settings.SOLO:
        raise OwnWork
    verb = Activity.Verb.DELIVERED_OWN if is_own else Activity.Verb.DELIVERED
    return _approve(assignment, edition, verb, seen=seen, by=by, at=at)


def _approve(
    assignment: Assignment,
    edition: Edition,
    verb: Activity.Verb,
    *,
    seen: str,
    by: Person,
    at: datetime,
) -> Revision:
    """Deliver what is in review, called under the lock by whoever may approve it."""
    refuse_closed(edition.article)
    if version_of(assignment) != seen:
        raise TextMoved
    if is_behind(assignment):
        raise SourceMoved
    if is_early(assignment):
        raise SourceUnapproved
    faulty = list(assignment.units.filter(state=Unit.State.RETURNED).order_by("position"))
    if faulty:
        raise StillFaulty(faulty)
    revision = deliver(assignment, edition, by=by, at=at)
    record(
        edition.article,
        verb,
        by=by,
        at=at,
        language=edition.language,
        revision=revision,
    )
    releasing.write_ahead(edition.article, by=by, at=at)
    return revision


def approve_unit(unit: Unit, *, based_on: int, by: Person, at: datetime) -> Unit:
    """
    Approve one unit as it is on the screen and return it; what was found wrong there is mended.

    ``based_on`` is the version that was read. Changing its words later voids the approval.
    Raises ``NotInReview``, ``OwnWork`` and ``TextMoved``. At most 5 queries.
    """
    with transaction.atomic():
        unit = _unit_in_review(unit)
        if not settings.SOLO and _wrote_unit(by, unit):
            raise OwnWork
        if unit.version != based_on:
            raise TextMoved
        if unit.state == Unit.State.APPROVED:
            return unit
        unit.approved_by_id, unit.approved_at = by.pk, at
        return _put(unit, Unit.State.APPROVED)


def withdraw_approval(unit: Unit) -> Unit:
    """Take the approval of one unit back. Raises ``NotInReview``."""
    with transaction.atomic():
        unit = _unit_in_review(unit)
        if unit.state != Unit.State.APPROVED:
            return unit
        unit.approved_by_id = unit.approved_at = None
        return _put(unit, Unit.State.READY)


def return_unit(unit: Unit, fault: Fault) -> Unit:
    """
    Mark a unit to be sent back, with what is wrong; it goes when the whole is sent back.

    Words that do not stand where the reviewer says are kept as a quotation alone. Raises
    ``NotInReview``, and ``NoteMissing`` when neither reason nor note says anything.
    """
    note = fault.note.strip()
    if fault.reason == Unit.Reason.OTHER and not note:
        raise NoteMissing
    with transaction.atomic():
        unit = _unit_in_review(unit)
        quote = anchoring.fold(fault.quote)
        html = unit.source_html if fault.side == Side.SOURCE else unit.target_html
        text = html if unit.is_plain else richtext.text_of(html)
        span = anchoring.locate(text, quote, fault.near)
        unit.approved_by_id = unit.approved_at = None
        return _put(
            unit,
            Unit.State.RETURNED,
            return_reason=fault.reason,
            return_note=note,
            return_side=fault.side if quote else "",
            return_quote=quote,
            return_start=span[0] if span else None,
            return_end=span[1] if span else None,
        )


def keep_unit(unit: Unit) -> Unit:
    """Take back that a unit is to be sent back. Raises ``NotInReview``."""
    with transaction.atomic():
        unit = _unit_in_review(unit)
        return _put(unit, Unit.State.READY) if unit.state == Unit.State.RETURNED else unit


def edit_unit(unit: Unit, html: str, *, based_on: int, by: Person, at: datetime) -> Unit:
    """
    Change a unit's translation in review and return the unit.

    The translator's words are kept beside it and they are told; whoever edits has written on the
    text, so somebody else must approve it. Raises ``StaleUnit`` and ``NotInReview``, both
    keeping the words, ``NothingWritten`` and ``TooLong``, storing nothing.
    """
    target = clean_target(unit.kind, unit.bid, html)
    if not target:
        raise NothingWritten
    limit = longest(unit)
    if limit is not None and len(target) > limit:
        raise TooLong(unit, limit)
    with transaction.atomic():
        # The story first, as everywhere: the act is written into its activity.
        edition = lock(unit.assignment.edition)
        unit = _locked(unit)
        is_open = _is_in_review(unit)
        kept = None
        if is_open and target == unit.target_html:
            return unit
        if is_open and unit.version == based_on:
            return _edit(unit, target, edition, by=by, at=at)
        if target != unit.target_html:
            kept = KeptText.objects.create(unit=unit, html=target, by_id=by.pk, at=at)
    # Outside the transaction, so that the words stay.
    if not is_open or kept is None:
        raise NotInReview(kept)
    raise StaleUnit(unit, kept)


@transaction.atomic
def send_back(assignment: Assignment, *, note: str, by: Person, at: datetime) -> Assignment:
    """
    Return a translation to its translator, with the units that were marked for it.

    The other units stay as they are. Raises ``NoteMissing`` without any word, and
    ``NotInReview``.
    """
    assignment, edition = _in_review(assignment)
    returned = assignment.units.filter(state=Unit.State.RETURNED)
    # A page that the translator has open since before the review is not the newest any more.
    if not returned.update(version=F("version") + 1) and not note.strip():
        raise NoteMissing
    assignment.state = Assignment.State.RETURNED
    assignment.return_note = note.strip()
    assignment.save(update_fields=["state", "return_note"])
    WorkingCopy.objects.filter(edition=edition).update(state=WorkingCopy.State.CHANGES_REQUESTED)
    record(
        edition.article,
        Activity.Verb.SENT_BACK,
        by=by,
        at=at,
        language=edition.language,
        reason=note.strip(),
    )
    return assignment


def writers_of(assignment: Assignment) -> set[int]:
    """Return who wrote on a translation: none of them may approve it. Two queries."""
    edits = ReviewEdit.objects.filter(unit__assignment=assignment)
    saved = assignment.units.exclude(saved_by=None).values_list("saved_by", flat=True)
    return {assignment.translator_id, *saved, *edits.values_list("by", flat=True)}


def wrote_on(person: Person, assignment: Assignment) -> bool:
    return person.pk in writers_of(assignment)


def _wrote_unit(person: Person, unit: Unit) -> bool:
    """Whether somebody translates the text, or wrote this unit of it."""
    return (
        person.pk in {unit.assignment.translator_id, unit.saved_by_id}
        or unit.review_edits.filter(by_id=person.pk).exists()
    )


def _edit(unit: Unit, target: str, edition: Edition, *, by: Person, at: datetime) -> Unit:
    ReviewEdit.objects.create(
        unit=unit, before_html=unit.target_html, after_html=target, by_id=by.pk, at=at
    )
    told = edition.article.activities.filter(
        verb=Activity.Verb.MENDED,
        actor_id=by.pk,
        language=edition.language,
        at__gte=unit.assignment.submitted_at,
    )
    # Told once a review, whatever the number of units.
    if not told.exists():
        record(edition.article, Activity.Verb.MENDED, by=by, at=at, language=edition.language)
    unit.target_html = target
    unit.saved_by_id, unit.saved_at = by.pk, at
    unit.approved_by_id = unit.approved_at = None
    unit.version += 1
    unit.save(update_fields=["target_html", "saved_by", "saved_at", "version"])
    return _put(unit, Unit.State.READY)


def _put(unit: Unit, state: Unit.State, **fault: object) -> Unit:
    """Store what a reviewer said of a unit; without a fault, what was said before is gone."""
    unit.state = state
    for name, value in {**NO_FAULT, **fault}.items():
        setattr(unit, name, value)
    unit.save(update_fields=["state", "approved_by", "approved_at", *NO_FAULT])
    return unit


def _unit_in_review(unit: Unit) -> Unit:
    unit = _locked(unit)
    if not _is_in_review(unit):
        raise NotInReview
    return unit


def _locked(unit: Unit) -> Unit:
    """Fetch a unit; its assignment is locked too, so that nobody decides meanwhile."""
    return (
        Unit.objects.select_for_update(of=("assignment", "self"))
        .select_related("assignment__edition__article")
        .get(pk=unit.pk)
    )


def _is_in_review(unit: Unit) -> bool:
    in_review = unit.assignment.state == Assignment.State.IN_REVIEW
    return in_review and not unit.assignment.edition.article.is_closed


def _in_review(assignment: Assignment) -> tuple[Assignment, Edition]:
    edition = lock(assignment.edition)
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("source_revision", "translator")
        .get(pk=assignment.pk)
    )
    assignment.edition = edition
    if assignment.state != Assignment.State.IN_REVIEW:
        raise NotInReview
    return assignment, edition
