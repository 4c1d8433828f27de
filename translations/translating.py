"""Writing the translation, unit by unit, and handing it to review."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from articles.editing import refuse_closed
from articles.models import Activity, Revision, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from translations.laying import clean_target
from translations.models import Assignment, KeptText, Unit
from translations.rebasing import is_behind

# What a unit says when nothing is found wrong with it.
NO_FAULT: Mapping[str, object] = {
    "return_reason": "",
    "return_note": "",
    "return_side": "",
    "return_quote": "",
    "return_start": None,
    "return_end": None,
}


class StaleUnit(Exception):
    """
    Somebody saved this unit after it was opened.

    ``unit`` says what is stored now; the words that came too late are in ``kept``.
    """

    def __init__(self, unit: Unit, kept: KeptText) -> None:
        self.unit = unit
        self.kept = kept
        super().__init__(f"unit {unit.pk} is at version {unit.version}")


class NotWithTranslator(Exception):
    """
    The translation is in review, delivered or handed back, or its story was stopped.

    ``kept`` holds the words.
    """

    def __init__(self, assignment: Assignment, kept: KeptText | None = None) -> None:
        self.assignment = assignment
        self.kept = kept
        super().__init__(f"assignment {assignment.pk} is {assignment.state}")


class NothingWritten(Exception):
    """An empty translation cannot be ready."""


class TooLong(Exception):
    """A line has more than ``limit`` characters; ``unit`` is as it is stored."""

    def __init__(self, unit: Unit, limit: int) -> None:
        self.unit = unit
        self.limit = limit
        super().__init__(f"unit {unit.pk} has room for {limit} characters")


class Incomplete(Exception):
    """Not every unit is ready; ``units`` are those that are not, in reading order."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        super().__init__(f"{len(units)} units are not ready")


class SourceMoved(Exception):
    """The source has a newer text: bring its changes in first."""


def save_unit(unit: Unit, html: str, *, based_on: int, by: Person, at: datetime) -> Unit:
    """
    Store a unit's translation as a draft and return the unit.

    ``based_on`` is the version that was on the screen. Saving unchanged words changes nothing.
    Raises ``StaleUnit`` and ``NotWithTranslator``, both keeping the words. At most 6 queries.
    """
    return _store(unit, html, Unit.State.DRAFT, based_on=based_on, by=by, at=at)


def finish_unit(unit: Unit, html: str, *, based_on: int, by: Person, at: datetime) -> Unit:
    """
    Store a unit's translation as ready for review: it says what the source says now.

    Also the way to say that an old translation still holds. Raises as ``save_unit``, and
    ``NothingWritten`` when there are no words; ``TooLong`` when a line has too many, which are
    stored as a draft.
    """
    return _store(unit, html, Unit.State.READY, based_on=based_on, by=by, at=at)


@transaction.atomic
def submit(assignment: Assignment, *, by: Person, at: datetime) -> Assignment:
    """
    Hand a whole translation to review.

    Raises ``NotWithTranslator``, ``SourceMoved``, or ``Incomplete`` while a unit is not ready
    or out of date.
    """
    edition = lock(assignment.edition)
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("source_revision")
        .get(pk=assignment.pk)
    )
    assignment.edition = edition
    refuse_closed(edition.article)
    if not assignment.is_with_translator:
        raise NotWithTranslator(assignment)
    if is_behind(assignment):
        raise SourceMoved
    units = list(assignment.units.order_by("position"))
    if missing := [u for u in units if u.state not in Unit.DONE or u.is_out_of_date]:
        raise Incomplete(missing)
    assignment.state = Assignment.State.IN_REVIEW
    assignment.submitted_at = at
    assignment.return_note = ""
    assignment.save(update_fields=["state", "submitted_at", "return_note"])
    assignment.units.exclude(return_reason="").update(**NO_FAULT)
    WorkingCopy.objects.filter(edition=edition).update(state=WorkingCopy.State.IN_REVIEW)
    record(edition.article, Activity.Verb.SUBMITTED, by=by, at=at, language=edition.language)
    return assignment


def longest(unit: Unit) -> int | None:
    """Return how many characters a line may have; None for a block of the body."""
    if not unit.is_plain:
        return None
    field = Revision._meta.get_field(unit.kind)  # noqa: SLF001 - Django's public model API
    return getattr(field, "max_length", None)


def _store(
    unit: Unit, html: str, state: Unit.State, *, based_on: int, by: Person, at: datetime
) -> Unit:
    with transaction.atomic():
        # The assignment too, and first: a text must not change under a submit or an approval.
        unit = (
            Unit.objects.select_for_update(of=("assignment", "self"))
            .select_related("assignment__edition__article")
            .get(pk=unit.pk)
        )
        target = clean_target(unit.kind, unit.bid, html)
        if not target and state == Unit.State.READY:
            raise NothingWritten
        limit = longest(unit) if state == Unit.State.READY else None
        is_too_long = limit is not None and len(target) > limit
        is_open = (
            unit.assignment.is_with_translator and not unit.assignment.edition.article.is_closed
        )
        is_newest = is_open and unit.version == based_on
        kept = None
        if is_newest:
            unit = _write(unit, target, Unit.State.DRAFT if is_too_long else state, by=by, at=at)
        elif target not in ("", unit.target_html):
            kept = KeptText.objects.create(unit=unit, html=target, by_id=by.pk, at=at)
    # Outside the transaction, so that the words stay.
    if not is_open:
        raise NotWithTranslator(unit.assignment, kept)
    if kept is not None:
        raise StaleUnit(unit, kept)
    if is_newest and limit is not None and is_too_long:
        raise TooLong(unit, limit)
    return unit


def _write(unit: Unit, target: str, state: Unit.State, *, by: Person, at: datetime) -> Unit:
    same_words = target == unit.target_html
    if same_words and (state == Unit.State.DRAFT or _is_settled(unit)):
        return unit
    unit.target_html = target
    unit.state = state if target else Unit.State.EMPTY
    if not target or state == Unit.State.READY:
        unit.change = ""
    if not target:
        unit.made_from_html = ""
    elif state == Unit.State.READY or not unit.made_from_html:
        # A draft on an old translation stays out of date, its diff on the screen, until done.
        unit.made_from_html = unit.source_html
    if not same_words:
        unit.saved_by_id = by.pk
    unit.saved_at = at
    unit.version += 1
    # Whatever is written anew has been approved by nobody.
    unit.approved_by_id = unit.approved_at = None
    unit.save(
        update_fields=[
            *("target_html", "state", "made_from_html", "change"),
            *("saved_by", "saved_at", "version", "approved_by", "approved_at"),
        ]
    )
    return unit


def _is_settled(unit: Unit) -> bool:
    return unit.state in Unit.DONE and not unit.is_out_of_date and not unit.is_reformatted
