"""When texts go out and come off: set beforehand, kept by queries, tidied up by the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from articles import correcting, languages, licensing, releasing
from articles.correcting import Kind, Told
from articles.models import Activity, Edition, WorkingCopy
from articles.permissions import Person
from articles.publishing import (
    SCHEDULE,
    CannotPublish,
    NotLive,
    Obstacle,
    Stop,
    obstacles,
    out_of_turn,
    put_out,
    record_beginning,
    take_off_schedule,
    void_before_source,
    write_columns,
)
from articles.recording import lock, record
from articles.releasing import LATE_SECONDS, InRelease, MomentPassed, Ticked
from articles.standing import open_copy


class NotScheduled(Exception):
    """Nothing of this edition waits for its time: it went out, or was taken off."""


@transaction.atomic
def schedule(
    edition: Edition,
    *,
    goes_live_at: datetime,
    zone: str,
    by: Person | None,
    at: datetime,
    told: Told | None = None,
) -> Edition:
    """
    Let an approved text go out at a moment.

    A first publication is written ahead: readers get it at its time whether or not anything
    runs. A change to a text that readers have, or had, waits for the clock. ``zone`` is the
    IANA name of the zone the moment was given in; ``told`` as for ``publishing.publish``.
    Raises ``MomentPassed``, ``CannotPublish`` with what would still stand in the way then, and
    what ``correcting.check`` raises.
    """
    if goes_live_at <= at:
        raise MomentPassed
    edition = lock(edition)
    if found := obstacles(edition, at=goes_live_at):
        raise CannotPublish(found)
    copy = open_copy(edition)
    assert copy is not None  # or there would have been an obstacle  # noqa: S101
    assert copy.revision is not None  # a constraint of the table  # noqa: S101
    when = f"{goes_live_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
    if edition.live_revision is None:
        return put_out(
            edition,
            copy,
            copy.revision,
            Activity.Verb.SCHEDULED,
            told=told,
            by=by,
            at=at,
            begins=goes_live_at,
            reason=when,
        )
    correcting.check(edition, copy.revision, told)
    assert told is not None  # or the check would have refused  # noqa: S101
    copy.goes_live_at, copy.goes_live_zone = goes_live_at, zone
    copy.told_kind, copy.told_text, copy.told_link = told.kind, told.text.strip(), told.link
    copy.save(update_fields=[*SCHEDULE])
    record(
        edition.article,
        Activity.Verb.SCHEDULED,
        by=by,
        at=at,
        language=edition.language,
        revision=copy.revision,
        reason=when,
    )
    return edition


@transaction.atomic
def unschedule(edition: Edition, *, reason: str, by: Person | None, at: datetime) -> None:
    """
    Take an edition off the schedule; its text is approved still.

    Raises ``NotScheduled`` when nothing waits, also because its time has come meanwhile, and
    ``InRelease`` for one that goes out together with others.
    """
    edition = lock(edition)
    copy = open_copy(edition)
    waits = copy is not None and copy.goes_live_at is not None
    if not waits and not edition.article.is_scheduled(edition.language, at=at):
        raise NotScheduled
    if Obstacle.GOES_TOGETHER in out_of_turn(edition, at=at):
        raise InRelease
    take_off_schedule(edition, Activity.Verb.UNSCHEDULED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def set_end(
    edition: Edition, *, until: datetime | None, by: Person | None, at: datetime
) -> Edition:
    """
    Say when a live or scheduled edition goes offline by itself; None takes the end away.

    Raises ``NotLive`` for what is neither, and ``MomentPassed`` for an end that is not ahead of
    now and of the beginning.
    """
    edition = lock(edition)
    article, language = edition.article, edition.language
    begins = article.published("live_from", language)
    ends = article.published("live_until", language)
    if begins is None or (ends is not None and ends <= at):
        raise NotLive
    if until is not None and until <= max(at, begins):
        raise MomentPassed
    if until != ends:
        write_columns(edition, {"live_until": until})
        void_before_source(edition, by=by, at=at)
        record(
            article,
            Activity.Verb.SET_END,
            by=by,
            at=at,
            language=language,
            revision=edition.live_revision,
            reason=f"{until:%Y-%m-%d %H:%M} UTC" if until else "",
        )
    return edition


def tick(*, at: datetime) -> Ticked:
    """
    Do what the hour has brought: let due releases and changes out, record what began by itself
    or may not be shown any more.

    Idempotent and safe to run from several places at once; each release, and each edition
    alone, in a transaction of its own. What cannot go out stays approved and says why. If it
    runs late, readers keep what they had: nothing leaks, and the record names both moments.
    """
    rights_ended = licensing.end_due(at=at)
    together = releasing.tick(at=at)
    outcomes = [_swap_in(copy, at=at) for copy in _due(at)]
    begun = [_record_beginning(edition, at=at) for edition in _unrecorded(at)]
    return Ticked(
        went_live=together.went_live + outcomes.count(True) + begun.count(True),
        blocked=together.blocked + outcomes.count(False),
        rights_ended=rights_ended,
    )


def _due(at: datetime) -> list[WorkingCopy]:
    due = WorkingCopy.objects.filter(goes_live_at__lte=at).select_related("edition")
    return list(due.order_by("goes_live_at", "pk"))


@transaction.atomic
def _swap_in(copy: WorkingCopy, *, at: datetime) -> bool | None:
    """Publish a due change, or say why not; None if somebody was faster."""
    edition = lock(copy.edition)
    fresh = open_copy(edition)
    if fresh is None or fresh.goes_live_at is None or fresh.goes_live_at > at:
        return None
    if found := obstacles(edition, at=at):
        _block(edition, found, at=at)
        return False
    assert fresh.revision is not None  # a constraint of the table  # noqa: S101
    late = (at - fresh.goes_live_at).total_seconds()
    put_out(
        edition,
        fresh,
        fresh.revision,
        Activity.Verb.WENT_LIVE,
        told=Told(Kind(fresh.told_kind), fresh.told_text, fresh.told_link),
        by=None,
        at=at,
        reason=f"planned {fresh.goes_live_at:%Y-%m-%d %H:%M} UTC" if late > LATE_SECONDS else "",
    )
    return True


def _block(edition: Edition, found: list[Stop], *, at: datetime) -> None:
    take_off_schedule(
        edition,
        Activity.Verb.BLOCKED,
        by=None,
        at=at,
        reason=" ".join(str(obstacle.label) for obstacle in found),
    )


def _unrecorded(at: datetime) -> list[Edition]:
    """Editions that began by themselves and whose beginning nobody has written down yet."""
    begun = Q(pk__in=[])
    for language in languages.PUBLIC:
        begins = languages.column("live_from", language)
        begun |= Q(language=language, **{f"article__{begins}__lte": at})
    editions = Edition.objects.filter(
        begun, live_revision__isnull=False, live_revision__publication__isnull=True
    )
    return list(editions.order_by("pk"))


@transaction.atomic
def _record_beginning(edition: Edition, *, at: datetime) -> bool:
    return record_beginning(lock(edition), at=at)
