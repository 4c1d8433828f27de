"""A second pair of eyes on texts written in the admin: submit, send back, approve."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from articles import releasing, rights, waiting
from articles.editing import NothingToSave, NotOpenForEditing, refuse_closed
from articles.models import Activity, Edition, Review, Revision, Verdict, WorkingCopy
from articles.permissions import Person
from articles.publishing import approved_by_another, void_superseded
from articles.recording import lock, propose_slug, record, snapshot
from articles.rights import Finding
from articles.standing import open_copy, releasable, source_edition

# How often people are reminded of what only its author has approved.
REMINDER = timedelta(days=1)


class NothingInReview(Exception):
    """The text is not in review any more: somebody decided, or took it back."""


class OwnWork(Exception):
    """Whoever wrote a text cannot approve it."""


class ForcedIt(Exception):
    """Whoever published a text without review is not the second person to look at it."""


class TextMoved(Exception):
    """The text on the screen is not the one in review now."""

    def __init__(self, newest: Revision) -> None:
        self.newest = newest
        super().__init__(f"revision {newest.number} is in review now")


class SourceMoved(Exception):
    """The source text has changed since this translation was made from it."""


class NoteMissing(Exception):
    """Sending back needs a word about what is wrong."""


class WarningsUnread(Exception):
    """Who approves has yet to note ``warnings``, one by one."""

    def __init__(self, warnings: list[Finding]) -> None:
        self.warnings = warnings
        super().__init__(", ".join(map(str, warnings)))


class NotSubmittable(Exception):
    """A text without a headline or body is nothing to review."""


@transaction.atomic
def submit(edition: Edition, *, by: Person, at: datetime, note: str = "") -> Revision:
    """
    Hand the working copy to review and return the revision that review is about.

    Raises ``NothingToSave`` without a working copy, ``NotOpenForEditing`` when it is already in
    review or approved, ``NotSubmittable`` when headline or body is empty.
    """
    edition = lock(edition)
    copy = open_copy(edition)
    if copy is None:
        raise NothingToSave
    refuse_closed(edition.article)
    if not copy.is_open_for_editing:
        raise NotOpenForEditing(copy)
    if not copy.headline or not copy.body:
        raise NotSubmittable
    copy.slug = copy.slug or propose_slug(edition, copy.headline)
    copy.revision = snapshot(copy, Revision.Occasion.SUBMITTED, by=by, at=at)
    copy.state = WorkingCopy.State.IN_REVIEW
    copy.save(update_fields=["slug", "revision", "state"])
    record(
        edition.article,
        Activity.Verb.SUBMITTED,
        by=by,
        at=at,
        language=edition.language,
        revision=copy.revision,
        reason=note,
    )
    return copy.revision


@transaction.atomic
def take_back(edition: Edition, *, by: Person, at: datetime) -> WorkingCopy:
    """Open a text in review or approved for editing again; an approval is void with that."""
    edition = lock(edition)
    copy = open_copy(edition)
    if copy is None:
        raise NothingToSave
    if copy.in_desk:
        raise NotOpenForEditing(copy)
    if copy.is_open_for_editing:
        return copy
    revision = copy.revision
    copy.state = WorkingCopy.State.DRAFT
    copy.revision = None
    copy.goes_live_at, copy.goes_live_zone = None, ""
    copy.version += 1
    copy.save(update_fields=["state", "revision", "goes_live_at", "goes_live_zone", "version"])
    record(
        edition.article,
        Activity.Verb.TOOK_BACK,
        by=by,
        at=at,
        language=edition.language,
        revision=revision,
    )
    void_superseded(edition, by=by, at=at)
    return copy


@transaction.atomic
def send_back(
    edition: Edition, *, revision: Revision, note: str, by: Person, at: datetime
) -> WorkingCopy:
    """
    Return the text to its writer with a word about what is wrong.

    ``revision`` is the one that was read. Raises ``NoteMissing``, ``NothingInReview``,
    ``TextMoved``.
    """
    if not note.strip():
        raise NoteMissing
    edition = lock(edition)
    copy = _in_review(edition, revision)
    Review.objects.create(
        revision=revision, verdict=Verdict.RETURNED, note=note.strip(), by_id=by.pk, at=at
    )
    copy.state = WorkingCopy.State.CHANGES_REQUESTED
    copy.revision = None
    copy.save(update_fields=["state", "revision"])
    record(
        edition.article,
        Activity.Verb.SENT_BACK,
        by=by,
        at=at,
        language=edition.language,
        revision=revision,
        reason=note.strip(),
    )
    return copy


@transaction.atomic
def approve(edition: Edition, *, revision: Revision, by: Person, at: datetime) -> WorkingCopy:
    """
    Approve the revision that was read: it is what a publish will put out.

    Raises ``OwnWork`` for anyone who wrote on it, ``NothingInReview``, ``TextMoved``,
    ``SourceMoved`` when a translation's source has a newer text to release, and
    ``WarningsUnread``.
    """
    edition = lock(edition)
    copy = _approvable(edition, revision, at=at)
    if wrote_on(by, revision):
        raise OwnWork
    return _approve(edition, copy, revision, Activity.Verb.APPROVED, by=by, at=at)


@transaction.atomic
def approve_own(edition: Edition, *, revision: Revision, by: Person, at: datetime) -> WorkingCopy:
    """
    Approve a text that one wrote oneself, in a newsroom of one.

    It may be published with that, and awaits a second look until somebody else has approved it.
    Raises ``OwnWork`` unless the newsroom is set to ``SOLO``, and what ``approve`` does.
    """
    edition = lock(edition)
    copy = _approvable(edition, revision, at=at)
    is_own = wrote_on(by, revision)
    if is_own and not settings.SOLO:
        raise OwnWork
    verb = Activity.Verb.APPROVED_OWN if is_own else Activity.Verb.APPROVED
    return _approve(edition, copy, revision, verb, by=by, at=at)


def _approvable(edition: Edition, revision: Revision, *, at: datetime) -> WorkingCopy:
    """Return the copy in review, or raise what keeps anybody from approving it."""
    refuse_closed(edition.article)
    copy = _in_review(edition, revision)
    source = source_edition(edition)
    if source is not None:
        wanted = releasable(source)
        pinned = revision.source_revision
        if wanted is not None and (pinned is None or pinned.text_hash != wanted.text_hash):
            raise SourceMoved
    found = rights.findings(edition, copy, at=at)
    if warnings := [finding for finding in found if finding.is_warning]:
        raise WarningsUnread(warnings)
    return copy


def _approve(
    edition: Edition,
    copy: WorkingCopy,
    revision: Revision,
    verb: Activity.Verb,
    *,
    by: Person,
    at: datetime,
) -> WorkingCopy:
    Review.objects.create(revision=revision, verdict=Verdict.APPROVED, by_id=by.pk, at=at)
    copy.state = WorkingCopy.State.APPROVED
    copy.save(update_fields=["state"])
    record(
        edition.article,
        verb,
        by=by,
        at=at,
        language=edition.language,
        revision=revision,
    )
    void_superseded(edition, by=by, at=at)
    releasing.write_ahead(edition.article, by=by, at=at)
    return copy


@transaction.atomic
def second_look(edition: Edition, *, revision: Revision, by: Person, at: datetime) -> Revision:
    """
    Approve afterwards what was published without review; readers notice nothing.

    ``revision`` is the one that was read. Raises ``NothingInReview`` if nothing awaits a second
    look, ``TextMoved`` if something else is live by now, ``OwnWork`` for its authors, and
    ``ForcedIt`` for whoever published it.
    """
    edition = lock(edition)
    live = edition.live_revision
    if live is None or approved_by_another(live):
        raise NothingInReview
    if live.pk != revision.pk:
        raise TextMoved(live)
    if wrote_on(by, live):
        raise OwnWork
    if forced(by, live):
        raise ForcedIt
    Review.objects.create(revision=live, verdict=Verdict.APPROVED, by_id=by.pk, at=at)
    record(
        edition.article,
        Activity.Verb.LOOKED_AGAIN,
        by=by,
        at=at,
        language=edition.language,
        revision=live,
    )
    return live


def remind(*, at: datetime) -> int:
    """
    Write down of each text that awaits a second look that it does, once a day; return how many.

    Idempotent and safe to run from several places at once, each text in a transaction of its own.
    """
    forced = Activity.objects.filter(verb=Activity.Verb.FORCED).values("revision")
    due = waiting.for_second_look().filter(live_revision__in=forced)
    return sum(_remind(edition, at=at) for edition in due.order_by("pk"))


@transaction.atomic
def _remind(edition: Edition, *, at: datetime) -> bool:
    edition = lock(edition)
    live = edition.live_revision
    if live is None or approved_by_another(live):
        return False
    said = Activity.objects.filter(
        revision=live, verb__in=(Activity.Verb.FORCED, Activity.Verb.REMINDED)
    )
    latest = said.order_by("-at", "-pk").first()
    if latest is None or latest.at > at - REMINDER:
        return False
    record(
        edition.article,
        Activity.Verb.REMINDED,
        by=None,
        at=at,
        language=edition.language,
        revision=live,
    )
    return True


def wrote_on(person: Person, revision: Revision) -> bool:
    return revision.authors.filter(pk=person.pk).exists()


def forced(person: Person, revision: Revision) -> bool:
    """Whether somebody published a text without review."""
    return Activity.objects.filter(
        revision=revision, verb=Activity.Verb.FORCED, actor_id=person.pk
    ).exists()


def _in_review(edition: Edition, revision: Revision) -> WorkingCopy:
    copy = open_copy(edition)
    if copy is None or copy.in_desk or copy.state != WorkingCopy.State.IN_REVIEW:
        raise NothingInReview
    assert copy.revision is not None  # a constraint of the table  # noqa: S101
    if copy.revision_id != revision.pk:
        raise TextMoved(copy.revision)
    return copy
