"""A second pair of eyes on a translation: approve it, or send it back with reasons."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from articles import releasing
from articles.editing import refuse_closed
from articles.models import Activity, Edition, Revision, WorkingCopy
from articles.permissions import Person
from articles.recording import lock, record
from translations.delivering import deliver
from translations.models import Assignment, Unit
from translations.rebasing import is_behind, is_early
from translations.translating import SourceMoved


class NotInReview(Exception):
    """The translation is not in review any more: somebody decided, or it came back."""


class OwnWork(Exception):
    """Whoever translated a text cannot approve it."""


class NoteMissing(Exception):
    """Sending back needs a word about what is wrong, with the whole or with a unit."""


class SourceUnapproved(Exception):
    """The source waits for its own approval; its translation can be approved after it."""


class TextMoved(Exception):
    """The translation was changed after the reviewer opened it."""


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

    ``seen`` is the ``version_of`` the page that was read. Raises ``NotInReview``, ``OwnWork``,
    ``TextMoved``, ``SourceMoved`` when the source has a newer text to release, and
    ``SourceUnapproved`` while it has none at all.
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


@transaction.atomic
def send_back(
    assignment: Assignment,
    *,
    note: str,
    unit_notes: Mapping[int, str],
    by: Person,
    at: datetime,
) -> Assignment:
    """
    Return a translation to its translator.

    ``unit_notes`` says, by a unit's primary key, what is wrong there; those units are sent
    back, the others stay ready. Raises ``NoteMissing`` without any word, and ``NotInReview``.
    """
    notes = {pk: text.strip() for pk, text in unit_notes.items() if text.strip()}
    if not notes and not note.strip():
        raise NoteMissing
    assignment, edition = _in_review(assignment)
    units = list(assignment.units.filter(pk__in=notes))
    for unit in units:
        unit.state = Unit.State.RETURNED
        unit.return_note = notes[unit.pk]
        unit.version += 1
    Unit.objects.bulk_update(units, ["state", "return_note", "version"])
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


def wrote_on(person: Person, assignment: Assignment) -> bool:
    return (
        person.pk == assignment.translator_id
        or assignment.units.filter(saved_by_id=person.pk).exists()
    )


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
