"""
Which language goes out when: one by one, the source first, or all in one transaction.

A joint release is complete when nothing is missing, and that is asked anew at every step. If
none of its editions has been with readers yet it is written ahead as soon as it is complete,
so that it begins by itself; a change to live texts is swapped in by the clock.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles import correcting, languages
from articles.correcting import Kind, Told
from articles.editing import IsScheduled, refuse_closed
from articles.models import (
    Activity,
    Article,
    Edition,
    ReleaseGroup,
    ReleaseMember,
    WorkingCopy,
)
from articles.permissions import Person
from articles.publishing import (
    CannotPublish,
    Obstacle,
    ReasonMissing,
    Stop,
    has_begun,
    is_written_ahead,
    no_text,
    not_approved,
    open_release,
    out_of_step,
    own_obstacles,
    put_out,
    record_beginning,
    story_obstacles,
    take_off_schedule,
    unended_release,
    void_before_source,
    was_published,
)
from articles.recording import lock, record
from articles.standing import edition_in, open_copy, releasable, source_edition

# A clock this much behind its time says so in the record.
LATE_SECONDS = 60
# How long before its moment a release is looked at, and people are told what it lacks.
LOOKS = (timedelta(minutes=60), timedelta(minutes=15))


class Mode(models.TextChoices):
    """How the languages of a story go out for the first time."""

    INDEPENDENT = "independent", _("each language when it is ready")
    SOURCE_FIRST = "source_first", _("the source first")
    TOGETHER = "together", _("all languages together")


class Who(models.TextChoices):
    """Whose turn it is while something is missing."""

    WRITER = "writer", _("the writer")
    TRANSLATOR = "translator", _("a translator")
    REVIEWER = "reviewer", _("a reviewer")
    EDITOR = "editor", _("an editor")
    PUBLISHER = "publisher", _("a publisher")


_TURNS: Mapping[Stop, Who] = {
    Obstacle.ON_HOLD: Who.PUBLISHER,
    Obstacle.NOT_ACTIVE: Who.PUBLISHER,
    Obstacle.UNDER_EMBARGO: Who.PUBLISHER,
    Obstacle.BEHIND_SOURCE: Who.TRANSLATOR,
}


class MomentPassed(Exception):
    """What is set beforehand must lie ahead."""


class ModeSettled(Exception):
    """Readers have had the story in some language: how it goes out is no question any more."""


class AlreadyTogether(Exception):
    """The story has an open joint release: change that one."""


class NotTogether(Exception):
    """The story has no open joint release: it went out, or was dissolved."""


class InRelease(Exception):
    """The text waits with the other languages: what is planned is planned for all of them."""


class NotARelease(Exception):
    """A release holds two languages or more, and its source is among those that lead."""


@dataclass(frozen=True)
class Missing:
    """One thing that one language of a release lacks, and whose turn it is."""

    language: str
    obstacle: Stop
    who: Who

    def __str__(self) -> str:
        name = languages.name_of(self.language)
        return f"{name}: {self.obstacle.label} ({self.who.label})"


class NotReady(Exception):
    """The release cannot go out; ``missing`` says what each language lacks."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = list(missing)
        super().__init__("; ".join(f"{m.language}: {m.obstacle}" for m in missing))


# Asking


def mode_of(article: Article, release: ReleaseGroup | None) -> Mode:
    """Return how a story goes out; ``release`` is its open one."""
    return Mode(article.release_mode) if release is None else Mode.TOGETHER


def missing(release: ReleaseGroup, *, at: datetime) -> list[Missing]:
    """
    Return what a release lacks to go out at its moment, or now if none is planned, by language.

    Changes nothing. About four queries an edition on a story fetched ``with_standing()``.
    """
    story = release.article
    moment = max(at, release.release_at or at)
    found = []
    for member in release.members.all():
        edition = edition_in(story, member.edition.language)
        if edition is None:
            continue
        edition.article = story
        found += [
            Missing(edition.language, obstacle, _whose_turn(edition, obstacle))
            for obstacle in _member_obstacles(release, member, edition, at=moment)
        ]
    return found


def release_of(article: Article, *, at: datetime) -> ReleaseGroup | None:
    """Return a story's open release, knowing the story as it was fetched. Two queries."""
    release = open_release(article, at=at)
    if release is not None:
        release.article = article
    return release


def _member_obstacles(
    release: ReleaseGroup, member: ReleaseMember, edition: Edition, *, at: datetime
) -> list[Stop]:
    if is_written_ahead(release, edition.article, edition):
        return [*story_obstacles(edition.article, at=at)]
    if found := no_text(edition):
        return [*found]
    copy = open_copy(edition)
    assert copy is not None  # or there would be no text  # noqa: S101
    return [
        *own_obstacles(edition, copy, at=at),
        *_apart(edition, copy, at=at),
        *_untold(member, edition, copy),
        *not_approved(copy),
    ]


def _apart(edition: Edition, copy: WorkingCopy, *, at: datetime) -> list[Obstacle]:
    """A translation goes out with exactly the text of its source that goes out with it."""
    source = source_edition(edition)
    if source is None:
        return []
    if source.language not in languages.PUBLIC:
        return out_of_step(edition, copy.source_revision, at=at)
    wanted, pinned = releasable(source), copy.source_revision
    if wanted is None or pinned is None:
        return [Obstacle.SOURCE_NOT_READY]
    return [] if pinned.text_hash == wanted.text_hash else [Obstacle.BEHIND_SOURCE]


def _untold(member: ReleaseMember, edition: Edition, copy: WorkingCopy) -> list[Obstacle]:
    try:
        correcting.check(edition, copy.revision or copy, _told(member, edition))
    except (correcting.KindMissing, correcting.NothingTold, correcting.NoTypingError):
        return [Obstacle.KIND_MISSING]
    return []


def told_so_far(release: ReleaseGroup) -> dict[str, Told | None]:
    """Return by language what will be told to readers who had the text before."""
    return {
        edition.language: _told(member, edition)
        for edition in _editions(release)
        for member in release.members.all()
        if member.edition_id == edition.pk
        and correcting.was_shown(edition)
        and not is_written_ahead(release, release.article, edition)
    }


def stopped(release: ReleaseGroup, lacks: Iterable[Missing]) -> list[Missing]:
    """Return of what a release lacks only what keeps all of it back."""
    leads = {m.edition.language for m in release.members.all() if not m.may_follow}
    return [lack for lack in lacks if lack.language in leads]


def _told(member: ReleaseMember, edition: Edition) -> Told | None:
    """Return what readers will be told; nothing of a text that they never had."""
    if not member.told_kind or not correcting.was_shown(edition):
        return None
    return Told(Kind(member.told_kind), member.told_text, member.told_link)


def _whose_turn(edition: Edition, obstacle: Stop) -> Who:
    if obstacle in _TURNS:
        return _TURNS[obstacle]
    writes = Who.TRANSLATOR if edition.is_translation else Who.WRITER
    copy = open_copy(edition)
    if copy is None:
        return writes
    if obstacle not in {Obstacle.IN_DESK, Obstacle.NOT_APPROVED}:
        return Who.EDITOR
    if copy.state == WorkingCopy.State.IN_REVIEW:
        return Who.REVIEWER if edition.is_translation else Who.EDITOR
    return writes


# Choosing


@transaction.atomic
def set_mode(
    article: Article, mode: Mode, *, by: Person, at: datetime, follows: Collection[str] = ()
) -> Article:
    """
    Choose how the languages of a story go out, before any of them has.

    Together puts all that readers are offered into one release; ``follows`` are those it does
    not wait for. Another choice dissolves it. Raises ``ModeSettled``, ``StoryClosed``, and what
    ``form`` raises.
    """
    article = _locked(article)
    refuse_closed(article)
    if any(was_published(edition, at=at) for edition in article.editions.all()):
        raise ModeSettled
    release = release_of(article, at=at)
    if mode == mode_of(article, release):
        return article
    if mode is Mode.TOGETHER:
        leads = [e.language for e in public_editions(article) if e.language not in follows]
        form(article, leads=leads, follows=follows, by=by, at=at)
        return article
    if release is not None:
        _dissolve(release, str(mode.label), by=by, at=at)
    if article.release_mode != mode:
        article.release_mode = mode
        Article.objects.filter(pk=article.pk).update(release_mode=mode)
        record(article, Activity.Verb.SET_MODE, by=by, at=at, reason=str(mode.label))
    for source in public_editions(article):
        void_before_source(source, by=by, at=at)
    return article


@transaction.atomic
def form(
    article: Article,
    *,
    leads: Collection[str],
    follows: Collection[str] = (),
    by: Person,
    at: datetime,
) -> ReleaseGroup:
    """
    Put languages of a story into one release: a first publication, or a joint change.

    Nothing goes out without those that lead; one that follows is left behind if it is not ready.
    Raises ``AlreadyTogether``, ``NotARelease``, ``StoryClosed``, and ``IsScheduled`` for a
    language that waits for a moment of its own.
    """
    article = _locked(article)
    refuse_closed(article)
    if (release := unended_release(article)) is not None:
        if not has_begun(release, article, at=at):
            raise AlreadyTogether
        release.article = article
        _finish(release, at=at)
    members = _members(article, leads, follows)
    for edition in members:
        copy = open_copy(edition)
        waits = copy is not None and copy.goes_live_at is not None
        if waits or article.is_scheduled(edition.language, at=at):
            raise IsScheduled
    release = ReleaseGroup.objects.create(article=article, formed_by_id=by.pk, formed_at=at)
    ReleaseMember.objects.bulk_create(
        ReleaseMember(group=release, edition=edition, may_follow=edition.language in follows)
        for edition in members
    )
    record(article, Activity.Verb.GROUPED, by=by, at=at, reason=_terms(leads, follows))
    return release


@transaction.atomic
def change(
    article: Article,
    *,
    leads: Collection[str],
    follows: Collection[str] = (),
    by: Person,
    at: datetime,
) -> ReleaseGroup:
    """
    Say anew which languages an open release holds, and which it waits for.

    Raises ``NotTogether`` and ``NotARelease``. A planned moment stays.
    """
    release = _open(article, at=at)
    members = _members(release.article, leads, follows)
    _take_off(release, Activity.Verb.UNSCHEDULED, by=by, at=at)
    release.members.exclude(edition__in=members).delete()
    for edition in members:
        ReleaseMember.objects.update_or_create(
            group=release,
            edition=edition,
            defaults={"may_follow": edition.language in follows},
        )
    record(release.article, Activity.Verb.REGROUPED, by=by, at=at, reason=_terms(leads, follows))
    write_ahead(release.article, by=by, at=at)
    return release


@transaction.atomic
def dissolve(article: Article, *, reason: str, by: Person, at: datetime) -> None:
    """
    Let every language go its own way; what was scheduled is approved and waits.

    Raises ``ReasonMissing`` and ``NotTogether``.
    """
    if not reason.strip():
        raise ReasonMissing
    _dissolve(_open(article, at=at), reason.strip(), by=by, at=at)


def _dissolve(release: ReleaseGroup, reason: str, *, by: Person, at: datetime) -> None:
    _take_off(release, Activity.Verb.UNSCHEDULED, by=by, at=at)
    _end(release, at=at)
    record(release.article, Activity.Verb.UNGROUPED, by=by, at=at, reason=reason)


def _members(
    article: Article, leads: Collection[str], follows: Collection[str]
) -> Sequence[Edition]:
    wanted = {*leads, *follows}
    members = [edition for edition in public_editions(article) if edition.language in wanted]
    sources = {edition.source_language for edition in members} & {*languages.PUBLIC}
    leaderless = not sources <= {*leads}
    if len(members) < 2 or not leads or leaderless or {*leads} & {*follows}:
        raise NotARelease
    return members


def _terms(leads: Collection[str], follows: Collection[str]) -> str:
    return " + ".join(leads) + "".join(f" (+ {language})" for language in follows)


# Going out


@transaction.atomic
def release_now(
    article: Article, *, by: Person, at: datetime, told: Mapping[str, Told] | None = None
) -> None:
    """
    Put a release before readers: one transaction, one moment, or nothing at all.

    ``told`` says by language what readers are told of a change to what they had. Raises
    ``NotReady``, ``NotTogether``, and ``NoTypingError`` for more than that.
    """
    release = _open(article, at=at)
    _take_off(release, Activity.Verb.UNSCHEDULED, by=by, at=at)
    _plan(release, moment=None, zone="", at=at)
    release = _fetched(release, at=at)
    _tell(release, told or {})
    lacks = missing(release, at=at)
    if (ready := _ready(release, lacks)) is None:
        raise NotReady(lacks)
    _put_out(release, ready, Activity.Verb.PUBLISHED, by=by, at=at)
    _leave_behind(release, lacks, at=at)
    _end(release, at=at)


@transaction.atomic
def schedule(
    article: Article,
    *,
    release_at: datetime,
    zone: str,
    by: Person,
    at: datetime,
    told: Mapping[str, Told] | None = None,
) -> ReleaseGroup:
    """
    Plan the moment of a release; it need not be complete yet.

    ``zone`` is the IANA name of the zone the moment was given in, ``told`` as for
    ``release_now``. Raises ``MomentPassed``, ``NotTogether``, ``NoTypingError``, and
    ``CannotPublish`` when the whole story may not go out then.
    """
    if release_at <= at:
        raise MomentPassed
    release = _open(article, at=at)
    if found := story_obstacles(release.article, at=release_at):
        raise CannotPublish(found)
    _take_off(release, Activity.Verb.UNSCHEDULED, by=by, at=at)
    release = _fetched(release, at=at)
    _tell(release, told or {})
    _plan(release, moment=release_at, zone=zone, at=at)
    record(release.article, Activity.Verb.SCHEDULED, by=by, at=at, reason=_when(release))
    write_ahead(release.article, by=by, at=at)
    return release


@transaction.atomic
def unschedule(article: Article, *, reason: str, by: Person, at: datetime) -> None:
    """Give up the moment of a release; it stays open, its texts as they are."""
    release = _open(article, at=at)
    if release.release_at is None:
        return
    _take_off(release, Activity.Verb.UNSCHEDULED, by=by, at=at)
    _plan(release, moment=None, zone="", at=at)
    record(release.article, Activity.Verb.UNSCHEDULED, by=by, at=at, reason=reason.strip())


def write_ahead(article: Article, *, by: Person | None, at: datetime) -> None:
    """
    Write a planned first publication before its moment, whole, if it is complete by now.

    Called in the transaction of whatever may have completed it. A release that changes what
    readers had is not written ahead: the clock swaps it in.
    """
    release = release_of(_locked(article), at=at)
    if release is None or release.release_at is None or release.release_at <= at:
        return
    editions = _editions(release)
    if any(was_published(edition, at=at) for edition in editions):
        return
    ready = _ready(release, missing(release, at=at))
    waiting = [e for e in ready or () if not is_written_ahead(release, release.article, e)]
    _put_out(
        release,
        waiting,
        Activity.Verb.SCHEDULED,
        by=by,
        at=at,
        begins=release.release_at,
        reason=_when(release),
    )


def call_off(article: Article, *, at: datetime) -> None:
    """Forget the moment of a story's release; its texts come off the schedule by themselves."""
    release = unended_release(article)
    if release is not None:
        _plan(release, moment=None, zone="", at=at)


@transaction.atomic
def miss_moment(article: Article, *, by: Person | None, at: datetime) -> None:
    """Give up a release whose moment passed while its story was on hold: somebody decides."""
    article = _locked(article)
    release = release_of(article, at=at)
    if release is not None and release.release_at is not None and release.release_at <= at:
        _block(release, missing(release, at=at), by=by, at=at)


def _ready(release: ReleaseGroup, lacks: Iterable[Missing]) -> list[Edition] | None:
    """Return the editions that may go out, the source first; None if one that leads is late."""
    lacks = list(lacks)
    if stopped(release, lacks):
        return None
    late = {lack.language for lack in lacks}
    return [edition for edition in _editions(release) if edition.language not in late]


def _put_out(
    release: ReleaseGroup,
    editions: Iterable[Edition],
    verb: Activity.Verb,
    *,
    by: Person | None,
    at: datetime,
    begins: datetime | None = None,
    reason: str = "",
) -> None:
    """Write editions before readers at one moment, under the story's lock."""
    members = {member.edition_id: member for member in release.members.all()}
    for stale in editions:
        edition = lock(stale)
        copy = open_copy(edition)
        assert copy is not None  # or it would lack something  # noqa: S101
        assert copy.revision is not None  # likewise: it is approved  # noqa: S101
        told = _told(members[edition.pk], edition)
        put_out(
            edition,
            copy,
            copy.revision,
            verb,
            told=told,
            by=by,
            at=at,
            begins=begins,
            reason=reason,
        )


def _tell(release: ReleaseGroup, told: Mapping[str, Told]) -> None:
    """Keep what readers will be told; refuse a typing error that is more than that."""
    for member in release.members.all():
        said = told.get(member.edition.language)
        if said is None:
            continue
        edition = edition_in(release.article, member.edition.language)
        copy = open_copy(edition) if edition is not None else None
        if edition is not None and copy is not None and correcting.was_shown(edition):
            correcting.check(edition, copy.revision or copy, said)
        member.told_kind, member.told_text = said.kind, said.text.strip()
        member.told_link = said.link
        member.save(update_fields=["told_kind", "told_text", "told_link"])


def _take_off(
    release: ReleaseGroup, verb: Activity.Verb, *, by: Person | None, at: datetime
) -> None:
    for member in release.members.all():
        edition = lock(member.edition)
        if is_written_ahead(release, edition.article, edition):
            take_off_schedule(edition, verb, by=by, at=at)


def _plan(release: ReleaseGroup, *, moment: datetime | None, zone: str, at: datetime) -> None:
    # Whoever plans it has the list of what is missing before them.
    release.release_at, release.release_zone, release.looked_at = moment, zone, at
    release.save(update_fields=["release_at", "release_zone", "looked_at"])


def _when(release: ReleaseGroup) -> str:
    assert release.release_at is not None  # asked of planned releases alone  # noqa: S101
    wall = release.release_at.astimezone(ZoneInfo(release.release_zone))
    return f"{wall:%Y-%m-%d %H:%M} {release.release_zone}"


def _end(release: ReleaseGroup, *, at: datetime) -> None:
    release.ended_at = at
    release.save(update_fields=["ended_at"])


# The clock


@dataclass(frozen=True)
class Ticked:
    """What one look at the clock did: how many texts went live, could not, or lost their rights."""

    went_live: int = 0
    blocked: int = 0
    rights_ended: int = 0


def tick(*, at: datetime) -> Ticked:
    """
    Let due releases go out whole, and tell in time what those that come lack.

    Idempotent and safe to run from several places at once, each release in a transaction of
    its own. One that is not complete at its moment stays back and says why.
    """
    soon = ReleaseGroup.objects.filter(ended_at=None, release_at__lte=at + max(LOOKS))
    done = [_tick(release, at=at) for release in soon.order_by("release_at", "pk")]
    return Ticked(sum(t.went_live for t in done), sum(t.blocked for t in done))


@transaction.atomic
def _tick(stale: ReleaseGroup, *, at: datetime) -> Ticked:
    article = _locked(stale.article)
    release = unended_release(article)
    if release is None or release.release_at is None:
        return Ticked()  # somebody was faster
    release.article = article
    if has_begun(release, article, at=at):
        return _finish(release, at=at)
    if release.release_at > at:
        write_ahead(article, by=None, at=at)
        _look(_fetched(release, at=at), at=at)
        return Ticked()
    lacks = missing(release, at=at)
    ready = _ready(release, lacks)
    if ready is None:
        _block(release, lacks, by=None, at=at)
        return Ticked(blocked=1)
    late = (at - release.release_at).total_seconds() > LATE_SECONDS
    planned = f"planned {release.release_at:%Y-%m-%d %H:%M} UTC" if late else ""
    _put_out(release, ready, Activity.Verb.WENT_LIVE, by=None, at=at, reason=planned)
    _leave_behind(release, lacks, at=at)
    _end(release, at=at)
    return Ticked(went_live=len(ready))


def _finish(release: ReleaseGroup, *, at: datetime) -> Ticked:
    """Close a release that was written ahead and has begun by itself."""
    article = release.article
    begun = [e for e in _editions(release) if is_written_ahead(release, article, e)]
    went_live = sum(record_beginning(edition, at=at) for edition in begun)
    behind = {member.edition.language for member in release.members.all()}
    behind -= {edition.language for edition in begun}
    lacks = [lack for lack in missing(release, at=at) if lack.language in behind]
    _leave_behind(release, lacks, at=at)
    _end(release, at=at)
    return Ticked(went_live=went_live)


def _block(
    release: ReleaseGroup, lacks: Iterable[Missing], *, by: Person | None, at: datetime
) -> None:
    """Keep a due release back, whole, until somebody decides anew."""
    _take_off(release, Activity.Verb.BLOCKED, by=by, at=at)
    _plan(release, moment=None, zone="", at=at)
    record(release.article, Activity.Verb.BLOCKED, by=by, at=at, reason=_in_words(lacks))


def _leave_behind(release: ReleaseGroup, lacks: Iterable[Missing], *, at: datetime) -> None:
    """Write down which languages the others did not wait for, and what they lacked."""
    by_language: dict[str, list[Missing]] = {}
    for lack in lacks:
        by_language.setdefault(lack.language, []).append(lack)
    for language, found in by_language.items():
        record(
            release.article,
            Activity.Verb.BLOCKED,
            by=None,
            at=at,
            language=language,
            reason=_in_words(found),
        )


def _look(release: ReleaseGroup, *, at: datetime) -> None:
    """Tell once, at each of ``LOOKS`` before the moment, what a release still lacks."""
    if release.release_at is None:
        return
    passed = [release.release_at - ahead for ahead in LOOKS if release.release_at - ahead <= at]
    if not passed or (release.looked_at is not None and release.looked_at >= max(passed)):
        return
    release.looked_at = at
    release.save(update_fields=["looked_at"])
    if not (lacks := missing(release, at=at)):
        return
    minutes = round((release.release_at - max(passed)).total_seconds() / 60)
    late = round((at - max(passed)).total_seconds())
    clock = f"T-{minutes}" + (f" (+{late // 60} min)" if late > LATE_SECONDS else "")
    record(
        release.article,
        Activity.Verb.NOT_READY,
        by=None,
        at=at,
        reason=f"{clock}. {_in_words(lacks)}",
    )


def _in_words(lacks: Iterable[Missing]) -> str:
    return " ".join(str(lack) for lack in lacks)


# Fetching


def _locked(article: Article) -> Article:
    Article.objects.select_for_update().get(pk=article.pk)
    found = Article.objects.with_standing().get(pk=article.pk)
    for edition in found.editions.all():
        edition.article = found
    return found


def _open(article: Article, *, at: datetime) -> ReleaseGroup:
    release = release_of(_locked(article), at=at)
    if release is None:
        raise NotTogether
    return release


def _fetched(release: ReleaseGroup, *, at: datetime) -> ReleaseGroup:
    """Return an open release as it is after something was written."""
    return _open(release.article, at=at)


def public_editions(article: Article) -> list[Edition]:
    """Return the editions that readers are offered, the source first."""
    return sorted(
        (e for e in article.editions.all() if e.visibility == Edition.Visibility.PUBLIC),
        key=lambda edition: (edition.is_translation, edition.pk),
    )


def _editions(release: ReleaseGroup) -> list[Edition]:
    """Return the members' editions as fetched with the story, the source first."""
    keys = {member.edition_id for member in release.members.all()}
    return [edition for edition in public_editions(release.article) if edition.pk in keys]
