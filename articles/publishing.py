"""Putting an edition before readers: the only module that writes the published copy."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from articles import correcting, languages, rights, searching
from articles.correcting import Kind, Told
from articles.credit import Credit, credit_now, notice_in, primary_attribution
from articles.models import (
    TEXT_FIELDS,
    Activity,
    Address,
    Article,
    Attribution,
    Edition,
    Image,
    Publication,
    ReleaseGroup,
    ReleaseMember,
    Revision,
    Verdict,
    WorkingCopy,
)
from articles.permissions import Person
from articles.recording import Draft, lock, propose_slug, record, snapshot
from articles.standing import open_copy, releasable, source_edition

# What a working copy knows of a scheduled change, and what it says when none is.
SCHEDULE = {
    "goes_live_at": None,
    "goes_live_zone": "",
    "told_kind": "",
    "told_text": "",
    "told_link": "",
}


class Obstacle(models.TextChoices):
    """Something that must be put right before an edition goes out."""

    REFERENCE_ONLY = "reference_only", _("This language is only translated from, never shown.")
    NOTHING_TO_PUBLISH = "nothing_to_publish", _("Write the text first.")
    IN_DESK = "in_desk", _("The text is in the translation desk.")
    NO_HEADLINE = "no_headline", _("Write a headline.")
    NO_STANDFIRST = "no_standfirst", _("Write a standfirst.")
    EMPTY_BODY = "empty_body", _("Write the body.")
    NO_ATTRIBUTION = "no_attribution", _("Say which source this article comes from.")
    NO_NOTICE = "no_notice", _("The source has no rights notice in this language. Add it there.")
    IMAGE_WITHOUT_CREDIT = "image_without_credit", _("The picture has no credit. Add it there.")
    IMAGE_WITHOUT_ALT = (
        "image_without_alt",
        _("Describe the picture: write its alternative text."),
    )
    SLUG_TAKEN = "slug_taken", _("Another story has this address. Choose another one.")
    ON_HOLD = "on_hold", _("The story is on hold.")
    NOT_ACTIVE = "not_active", _("The story was spiked or killed.")
    UNDER_EMBARGO = "under_embargo", _("The story is under embargo.")
    SOURCE_NOT_READY = (
        "source_not_ready",
        _("The text this is translated from is not approved yet."),
    )
    BEHIND_SOURCE = (
        "behind_source",
        _("The source text has changed. Bring the translation up to date."),
    )
    SOURCE_NOT_PUBLIC = (
        "source_not_public",
        _("The source's readers have not been shown this text yet. Publish the source first."),
    )
    OVERTAKEN = (
        "overtaken",
        _("A translation already shows a newer text. Publish the newer text here instead."),
    )
    BEFORE_SOURCE = (
        "before_source",
        _("The source goes out first. Publish it, or choose another way for the languages."),
    )
    GOES_TOGETHER = (
        "goes_together",
        _("This text goes out with the other languages: publish together, or dissolve that."),
    )
    KIND_MISSING = (
        "kind_missing",
        _("Say what kind of change it is, and what readers are told."),
    )
    NOT_APPROVED = "not_approved", _("Nobody but its author has approved this text.")


# What stands in the way: a fact of the text or the story, or what a rule of rights found.
Stop = Obstacle | rights.Finding


class CannotPublish(Exception):
    """Something stands in the way; ``obstacles`` says what."""

    def __init__(self, obstacles: Sequence[Stop]) -> None:
        self.obstacles = list(obstacles)
        super().__init__(", ".join(map(str, obstacles)))


class ReasonMissing(Exception):
    """This act must say why."""


class NotLive(Exception):
    """Readers do not get this edition now."""


class LeadsNowhere(Exception):
    """Readers of ``language`` do not have the story that an address was to lead to."""

    def __init__(self, language: str) -> None:
        self.language = language
        super().__init__(language)


class LeadsToItself(Exception):
    """The address of a text that goes offline was to lead to that text."""


# What is written where nobody has chosen what an address answers while its text is offline.
NO_ANSWER: dict[str, Any] = {"offline_answer": "", "offline_leads_to": None}


def obstacles(edition: Edition, *, at: datetime) -> list[Stop]:
    """
    Return everything that stands between an edition's working copy and its readers.

    In the order an editor would put it right. At most 19 queries on a story fetched
    ``with_standing()``, and the page's frame is rendered once.
    """
    if found := no_text(edition):
        return [*found]
    copy = open_copy(edition)
    assert copy is not None  # or there would be no text  # noqa: S101
    return [
        *own_obstacles(edition, copy, at=at),
        *out_of_step(edition, copy.source_revision, at=at),
        *out_of_turn(edition, at=at),
        *not_approved(copy),
    ]


@transaction.atomic
def publish(
    edition: Edition, *, by: Person | None, at: datetime, told: Told | None = None
) -> Edition:
    """
    Put the approved text before readers and return the edition.

    The published copy, its credit and its address are written together; the working copy is
    closed. ``told`` says what kind of change it is to a text that readers had before, and what
    they are told. Raises ``CannotPublish`` and what ``correcting.check`` raises. What only its
    author has approved is recorded as forced, and ``awaits_second_look`` says so.
    """
    edition = lock(edition)
    if found := obstacles(edition, at=at):
        raise CannotPublish(found)
    copy = open_copy(edition)
    assert copy is not None  # or there would have been an obstacle  # noqa: S101
    assert copy.revision is not None  # a constraint of the table  # noqa: S101
    verb, reason = Activity.Verb.PUBLISHED, ""
    if not approved_by_another(copy.revision):
        # In a newsroom of one its author has approved it.
        verb, reason = Activity.Verb.FORCED, str(Obstacle.NOT_APPROVED.label)
    return put_out(edition, copy, copy.revision, verb, told=told, by=by, at=at, reason=reason)


@transaction.atomic
def publish_silently(edition: Edition, *, reason: str, by: Person, at: datetime) -> Edition:
    """
    Put an approved change out as a typing error although more changed than spelling, saying why.

    Readers are told nothing. Raises ``CannotPublish``, and ``NothingChanges`` where they never
    had the text.
    """
    if not reason.strip():
        raise ReasonMissing
    edition = lock(edition)
    if found := obstacles(edition, at=at):
        raise CannotPublish(found)
    copy = open_copy(edition)
    assert copy is not None  # or there would have been an obstacle  # noqa: S101
    assert copy.revision is not None  # a constraint of the table  # noqa: S101
    return put_out(
        edition,
        copy,
        copy.revision,
        Activity.Verb.PUBLISHED_SILENTLY,
        told=Told(Kind.TYPO, is_certain=True),
        by=by,
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def force_publish(
    edition: Edition, *, reason: str, by: Person, at: datetime, told: Told | None = None
) -> Edition:
    """
    Put a text out that nobody has approved, saying why; ``told`` as for ``publish``.

    Overrides the missing approval and nothing else. Until somebody else approves what is
    live, ``awaits_second_look`` says so.
    """
    if not reason.strip():
        raise ReasonMissing
    edition = lock(edition)
    if found := [o for o in obstacles(edition, at=at) if o != Obstacle.NOT_APPROVED]:
        raise CannotPublish(found)
    copy = open_copy(edition)
    assert copy is not None  # or there would have been an obstacle  # noqa: S101
    if copy.revision is None:
        copy.slug = copy.slug or propose_slug(edition, copy.headline)
        copy.revision = snapshot(copy, Revision.Occasion.FORCED, by=by, at=at)
    return put_out(
        edition,
        copy,
        copy.revision,
        Activity.Verb.FORCED,
        told=told,
        by=by,
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def take_offline(
    edition: Edition,
    *,
    reason: str,
    by: Person,
    at: datetime,
    others: Collection[str] = (),
    is_gone: bool = False,
    leads_to: Article | None = None,
) -> Edition:
    """
    Take an edition from its readers for a while; ``bring_back`` undoes it.

    ``others`` are the languages that go with it. Meanwhile their addresses answer that nothing
    is there; or that the story is gone; or they lead to another live story of each language.
    Raises ``ReasonMissing``, ``NotLive`` if one of them is not with readers, ``LeadsNowhere`` and
    ``LeadsToItself``; then all stay.
    """
    if not reason.strip():
        raise ReasonMissing
    edition = lock(edition)
    languages_to_go = {edition.language, *others}
    answer = _answer(edition.article, languages_to_go, leads_to, is_gone=is_gone, at=at)
    for going in edition.article.editions.filter(language__in=languages_to_go).order_by("pk"):
        going.article = edition.article
        if not edition.article.is_live(going.language, at=at):
            raise NotLive
        record_beginning(going, at=at)
        write_columns(going, {"live_until": at, **answer})
        void_before_source(going, by=by, at=at)
        record(
            edition.article,
            Activity.Verb.TOOK_OFFLINE,
            by=by,
            at=at,
            language=going.language,
            revision=going.live_revision,
            reason=reason.strip(),
        )
    return lock(edition)


def _answer(
    article: Article,
    languages_to_go: Collection[str],
    leads_to: Article | None,
    *,
    is_gone: bool,
    at: datetime,
) -> dict[str, Any]:
    """Return the columns that say what the addresses of a text answer while it is offline."""
    if leads_to is None:
        return {**NO_ANSWER, "offline_answer": Article.OfflineAnswer.GONE if is_gone else ""}
    # An address leads to a page alone, never to one that leads on: so none leads in a circle.
    other = Article.objects.get(pk=leads_to.pk)
    if other == article:
        raise LeadsToItself
    for language in sorted(languages_to_go):
        if not other.is_live(language, at=at):
            raise LeadsNowhere(language)
    return {"offline_answer": Article.OfflineAnswer.REDIRECT, "offline_leads_to": other}


@transaction.atomic
def bring_back(edition: Edition, *, by: Person, at: datetime) -> Edition:
    """
    Show readers again what was taken offline, word for word.

    Raises ``NotLive`` if nothing was taken offline, and ``CannotPublish`` under an embargo or
    when a translation would show what its source's readers no longer or not yet see.
    """
    edition = lock(edition)
    article, language = edition.article, edition.language
    live = edition.live_revision
    end_rights(edition, at=at)
    ends = article.published("live_until", language)
    if live is None or ends is None or ends > at or article.published("withdrawn_at", language):
        raise NotLive
    if found := obstacles_to_return(edition, at=at):
        raise CannotPublish(found)
    write_columns(edition, {"live_from": at, "live_until": None, **NO_ANSWER})
    write_window(edition, at=at)
    record(article, Activity.Verb.BROUGHT_BACK, by=by, at=at, language=language, revision=live)
    return edition


def obstacles_to_return(edition: Edition, *, at: datetime) -> list[Stop]:
    """Return what keeps readers from having again what was published last."""
    live = edition.live_revision
    if live is None:
        return [Obstacle.NOTHING_TO_PUBLISH]
    return [
        *story_obstacles(edition.article, at=at),
        *out_of_step(edition, live.source_revision, at=at),
        *([Obstacle.BEFORE_SOURCE] if waits_for_source(edition, at=at) else []),
        *overtaken(edition, live, at=at),
        *(found for found in rights.findings(edition, live, at=at) if not found.is_warning),
    ]


def end_rights(edition: Edition, *, at: datetime) -> bool:
    """
    Write down that rights took an edition from its readers, under the story's lock.

    From then on only a person brings it back, also when the rights are renewed. What is to go
    out later is taken off the schedule. Whether there was anything to write; a second call
    finds nothing.
    """
    article, language = edition.article, edition.language
    ends = article.published("rights_until", language)
    if ends is None or ends > at:
        return False
    copy, verb = open_copy(edition), Activity.Verb.RIGHTS_ENDED
    waits = copy is not None and copy.goes_live_at is not None
    waits = waits or article.is_scheduled(language, at=at)
    if waits:
        take_off_schedule(edition, verb, by=None, at=at)
    begins, until = (article.published(name, language) for name in ("live_from", "live_until"))
    if begins is None or (until is not None and until <= max(begins, ends)):
        return waits
    write_columns(edition, {"live_until": max(begins, ends)})
    record(article, verb, by=None, at=at, language=language, revision=edition.live_revision)
    return True


def write_window(edition: Edition, *, at: datetime) -> bool:
    """
    Let today's licence, attribution and leases say until when an edition is shown.

    Under the story's lock. The picture is the one that was published. Whether that changed.
    """
    article, language = edition.article, edition.language
    begins = article.published("live_from", language)
    if begins is None:
        return False
    frozen = Credit.of_json(article.published("credit", language)).image
    image = Image.objects.filter(file=frozen.file).first() if frozen is not None else None
    first = article.published("first_published_at", language) or begins
    window = rights.window(
        primary_attribution(article), rights.leases_of(image), first=first, at=max(at, begins)
    )
    before = tuple(article.published(name, language) for name in ("rights_from", "rights_until"))
    if before == window.moments:
        return False
    rights_from, rights_until = window.moments
    write_columns(edition, {"rights_from": rights_from, "rights_until": rights_until})
    return True


def awaits_second_look(edition: Edition) -> bool:
    """
    Whether what readers get was never approved by anybody but its authors. One query.

    What was withdrawn awaits nothing: readers do not get it again.
    """
    revision = edition.live_revision
    if revision is None or edition.article.published("withdrawn_at", edition.language) is not None:
        return False
    return not approved_by_another(revision)


def approved_by_another(revision: Revision) -> bool:
    """Whether somebody who did not write on a text has approved it. One query."""
    approvals = revision.reviews.filter(verdict=Verdict.APPROVED)
    return approvals.exclude(by__in=revision.authors.all()).exists()


def no_text(edition: Edition) -> list[Obstacle]:
    """Return why there is no text here that could be published at all."""
    copy = open_copy(edition)
    if edition.visibility == Edition.Visibility.REFERENCE:
        return [Obstacle.REFERENCE_ONLY]
    if copy is None:
        return [Obstacle.NOTHING_TO_PUBLISH]
    return [Obstacle.IN_DESK] if copy.in_desk else []


def own_obstacles(edition: Edition, copy: WorkingCopy, *, at: datetime) -> list[Stop]:
    """Return what stands in a text's way whatever the other languages do, but for approval."""
    case = rights.Case(edition, copy, at=at)
    found: list[Stop] = [
        *_missing_words(copy),
        *_missing_credits(edition, copy, case.attribution),
    ]
    if copy.slug and _slug_is_taken(edition, copy.slug):
        found.append(Obstacle.SLUG_TAKEN)
    return [*found, *story_obstacles(edition.article, at=at), *rights.found_in(case)]


def not_approved(copy: WorkingCopy) -> list[Obstacle]:
    return [Obstacle.NOT_APPROVED] if is_unapproved(copy) else []


def _missing_words(copy: WorkingCopy) -> list[Obstacle]:
    wanted = {
        Obstacle.NO_HEADLINE: copy.headline,
        Obstacle.NO_STANDFIRST: copy.standfirst,
        Obstacle.EMPTY_BODY: copy.body,
    }
    return [obstacle for obstacle, words in wanted.items() if not words]


def _missing_credits(
    edition: Edition, copy: WorkingCopy, attribution: Attribution | None
) -> list[Obstacle]:
    found = []
    if attribution is None:
        found.append(Obstacle.NO_ATTRIBUTION)
    elif not notice_in(attribution, edition.language):
        found.append(Obstacle.NO_NOTICE)
    image = edition.article.image
    if image is not None and not image.credit:
        found.append(Obstacle.IMAGE_WITHOUT_CREDIT)
    if image is not None and not image.decorative and not copy.image_alt:
        found.append(Obstacle.IMAGE_WITHOUT_ALT)
    return found


def _slug_is_taken(edition: Edition, slug: str) -> bool:
    return (
        Address.objects.filter(language=edition.language, slug=slug)
        .exclude(article_id=edition.article_id)
        .exists()
    )


def story_obstacles(article: Article, *, at: datetime) -> list[Obstacle]:
    """Return what keeps every edition of a story from going out at a moment."""
    found = []
    if article.status == Article.Status.ON_HOLD:
        found.append(Obstacle.ON_HOLD)
    if article.status in {Article.Status.SPIKED, Article.Status.KILLED}:
        found.append(Obstacle.NOT_ACTIVE)
    if article.is_embargoed(at=at):
        found.append(Obstacle.UNDER_EMBARGO)
    return found


def is_unapproved(copy: WorkingCopy) -> bool:
    return copy.state != WorkingCopy.State.APPROVED


def overtaken(edition: Edition, revision: Revision, *, at: datetime) -> list[Obstacle]:
    """Return what keeps a source from showing a text older than a live translation's."""
    newer = edition.article.editions.filter(
        live_revision__source_revision__edition=edition,
        live_revision__source_revision__number__gt=revision.number,
    ).exclude(live_revision__source_revision__text_hash=revision.text_hash)
    ahead = any(edition.article.is_live(other.language, at=at) for other in newer)
    return [Obstacle.OVERTAKEN] if ahead else []


def out_of_step(edition: Edition, pinned: Revision | None, *, at: datetime) -> list[Obstacle]:
    """A translation shows only what its source's readers see, or may see next."""
    source = source_edition(edition)
    if source is None:
        return []
    wanted = releasable(source)
    if wanted is None or pinned is None:
        return [Obstacle.SOURCE_NOT_READY]
    if source.language in languages.PUBLIC and edition.article.is_live(source.language, at=at):
        visible = source.live_revision
        if visible is not None and pinned.text_hash != visible.text_hash:
            ahead = pinned.text_hash == wanted.text_hash
            return [Obstacle.SOURCE_NOT_PUBLIC if ahead else Obstacle.BEHIND_SOURCE]
        return []
    return [] if pinned.text_hash == wanted.text_hash else [Obstacle.BEHIND_SOURCE]


def out_of_turn(edition: Edition, *, at: datetime) -> list[Obstacle]:
    """Return what the way the languages of the story go out has against this one alone."""
    found = []
    if waits_for_source(edition, at=at):
        found.append(Obstacle.BEFORE_SOURCE)
    release = open_release(edition.article, at=at)
    if release is not None and edition.pk in {m.edition_id for m in release.members.all()}:
        found.append(Obstacle.GOES_TOGETHER)
    return found


def waits_for_source(edition: Edition, *, at: datetime) -> bool:
    """Whether the source goes out first in this story and its readers do not have it then."""
    article, first = edition.article, edition.source_language
    return (
        article.release_mode == Article.ReleaseMode.SOURCE_FIRST
        and first in languages.PUBLIC
        and not article.is_live(first, at=at)
    )


def open_release(article: Article, *, at: datetime) -> ReleaseGroup | None:
    """
    Return the joint release that still lies ahead of a story, its members along. Two queries.

    One that was written ahead and has begun lies behind, whether or not the clock has looked.
    """
    found = unended_release(article)
    return None if found is None or has_begun(found, article, at=at) else found


def unended_release(article: Article) -> ReleaseGroup | None:
    members = Prefetch("members", ReleaseMember.objects.select_related("edition").order_by("pk"))
    return article.releases.filter(ended_at=None).prefetch_related(members).first()


def has_begun(release: ReleaseGroup, article: Article, *, at: datetime) -> bool:
    """Whether a joint release that was written ahead has reached its moment."""
    return (
        release.release_at is not None
        and release.release_at <= at
        and any(
            is_written_ahead(release, article, member.edition)
            and not article.is_scheduled(member.edition.language, at=at)
            for member in release.members.all()
        )
    )


def is_written_ahead(release: ReleaseGroup, article: Article, edition: Edition) -> bool:
    """Whether an edition's published copy waits for the moment of a release."""
    return (
        release.release_at is not None
        and article.published("live_from", edition.language) == release.release_at
    )


def was_published(edition: Edition, *, at: datetime) -> bool:
    """Whether readers have, or have had, this edition."""
    waits = edition.article.is_scheduled(edition.language, at=at)
    return edition.live_revision_id is not None and not waits


def put_out(
    edition: Edition,
    copy: WorkingCopy,
    revision: Revision,
    verb: Activity.Verb,
    *,
    told: Told | None,
    by: Person | None,
    at: datetime,
    begins: datetime | None = None,
    reason: str = "",
) -> Edition:
    """
    Write a revision before readers, now or (``begins``) for the first time later.

    Raises what ``correcting.check`` raises.
    """
    correcting.check(edition, revision, told)
    record_beginning(edition, at=at)
    article, language = edition.article, edition.language
    first = article.published("first_published_at", language)
    is_live = article.is_live(language, at=at)
    ends = article.published("live_until", language)
    ahead, begins = begins is not None, begins or at
    attribution = primary_attribution(article)
    window = rights.window(
        attribution, rights.leases_of(article.image), first=first or begins, at=begins
    )
    credit = credit_now(edition, revision, attribution=attribution, window=window.moments)
    rights_from, rights_until = window.moments
    write_columns(
        edition,
        {
            **{name: getattr(revision, name) for name in (*TEXT_FIELDS, "slug")},
            "credit": credit.as_json(),
            "rights_from": rights_from,
            "rights_until": rights_until,
            "live_from": article.published("live_from", language) if is_live else begins,
            # A text that is to go offline some day still does.
            "live_until": ends if is_live else None,
            **NO_ANSWER,
            "withdrawn_at": None,
            "first_published_at": first or begins,
            "updated_at": _updated_at(article, language, told, at=at),
        },
    )
    Address.objects.get_or_create(
        language=language, slug=revision.slug, defaults={"article_id": article.pk}
    )
    if not ahead:
        correcting.write_down(edition, revision, told, by=by, at=at)
    edition.live_revision = revision
    edition.save(update_fields=["live_revision"])
    copy.delete()
    record(article, verb, by=by, at=at, language=language, revision=revision, reason=reason)
    searching.index(article, language)
    void_superseded(edition, by=by, at=at)
    return lock(edition)


def record_beginning(edition: Edition, *, at: datetime) -> bool:
    """
    Write down that what was written ahead has begun, once; say whether that was new.

    Under the story's lock; the moment is the one readers got it at, however late this comes.
    """
    article, language, revision = edition.article, edition.language, edition.live_revision
    began = article.published("live_from", language)
    if revision is None or began is None:
        return False
    if article.embargo_until is not None:
        began = max(began, article.embargo_until)
    if began > at or not article.is_live(language, at=began):
        return False
    if Publication.objects.filter(revision=revision).exists():
        return False
    correcting.write_down(edition, revision, None, by=None, at=began)
    record(
        article,
        Activity.Verb.WENT_LIVE,
        by=None,
        at=began,
        language=language,
        revision=revision,
    )
    return True


def void_superseded(source: Edition, *, by: Person | None, at: datetime) -> None:
    """
    Take translations off the schedule that say something else than their source now.

    Called in the transaction that changed what the source releases, under the story's lock.
    """
    fresh = lock(source)
    wanted = releasable(fresh)
    for edition in _translations(fresh):
        copy, ahead = open_copy(edition), edition.article.is_scheduled(edition.language, at=at)
        if ahead and edition.live_revision is not None:
            pinned = edition.live_revision.source_revision
        elif copy is not None and copy.goes_live_at is not None:
            pinned = copy.source_revision
        else:
            continue
        if wanted is None or pinned is None or pinned.text_hash != wanted.text_hash:
            take_off_schedule(edition, Activity.Verb.VOIDED, by=by, at=at)


def take_off_schedule(
    edition: Edition,
    verb: Activity.Verb,
    *,
    by: Person | None,
    at: datetime,
    state: WorkingCopy.State = WorkingCopy.State.APPROVED,
    reason: str = "",
) -> None:
    """
    Unwrite what was to go out, under the story's lock; its text is an open copy again.

    The copy is approved still, unless ``state`` says that it is a draft. What was to go out
    with it, or had to wait for it, comes off too.
    """
    article, language = edition.article, edition.language
    copy, revision = open_copy(edition), edition.live_revision
    if article.is_scheduled(language, at=at) and revision is not None:
        blank = dict.fromkeys((*TEXT_FIELDS, "slug"), "")
        moments = dict.fromkeys(
            (
                "credit",
                "live_from",
                "live_until",
                "rights_from",
                "rights_until",
                "first_published_at",
                "updated_at",
            )
        )
        write_columns(edition, {**blank, **moments})
        edition.live_revision = None
        edition.save(update_fields=["live_revision"])
        copy = WorkingCopy(
            edition=edition,
            state=state,
            revision=revision if state == WorkingCopy.State.APPROVED else None,
            source_revision=revision.source_revision,
            started_at=at,
            saved_by_id=revision.created_by_id,
            saved_at=revision.created_at,
            **vars(Draft.of(revision)),
        )
        copy.save(force_insert=True)
        copy.contributors.set(revision.authors.all())
    elif copy is not None and copy.goes_live_at is not None:
        revision = copy.revision
        for name, nothing in SCHEDULE.items():
            setattr(copy, name, nothing)
        copy.state = state
        copy.revision = revision if state == WorkingCopy.State.APPROVED else None
        copy.version += 1
        copy.save(update_fields=[*SCHEDULE, "state", "revision", "version"])
    else:
        return
    record(article, verb, by=by, at=at, language=language, revision=revision, reason=reason)
    for other in _released_with(edition):
        take_off_schedule(other, verb, by=by, at=at, state=state, reason=reason)
    void_before_source(edition, by=by, at=at, state=state)


def _released_with(edition: Edition) -> list[Edition]:
    """Return the other members of the edition's joint release, on the same locked story."""
    release = unended_release(edition.article)
    keys = {member.edition_id for member in release.members.all()} if release else set()
    return [other for other in _others(edition) if {edition.pk, other.pk} <= keys]


def _others(edition: Edition) -> list[Edition]:
    """Return the other editions of a story as they are now, on the same locked story."""
    found = edition.article.editions.exclude(pk=edition.pk).select_related(
        "working_copy__revision", "working_copy__source_revision", "live_revision__source_revision"
    )
    for other in found:
        other.article = edition.article
    return list(found)


def _translations(source: Edition) -> list[Edition]:
    """Return what is translated from an edition, as it is now, on the same locked story."""
    return [other for other in _others(source) if other.source_language == source.language]


def void_before_source(
    source: Edition,
    *,
    by: Person | None,
    at: datetime,
    state: WorkingCopy.State = WorkingCopy.State.APPROVED,
) -> None:
    """
    Take translations off the schedule that would begin without their source before readers.

    Called under the story's lock where the source goes first, when its own time has changed.
    """
    article = source.article
    follows = article.release_mode == Article.ReleaseMode.SOURCE_FIRST
    if not follows or source.language not in languages.PUBLIC:
        return
    for edition in _translations(source):
        begins = article.published("live_from", edition.language)
        waits = article.is_scheduled(edition.language, at=at)
        if waits and not _shows_at(article, source.language, begins):
            take_off_schedule(edition, Activity.Verb.VOIDED, by=by, at=at, state=state)


def _shows_at(article: Article, language: str, moment: datetime) -> bool:
    """Whether a published copy spans a moment, whatever keeps the whole story back then."""
    begins, ends = (article.published(name, language) for name in ("live_from", "live_until"))
    return begins is not None and begins <= moment and (ends is None or moment < ends)


def _updated_at(
    article: Article, language: str, told: Told | None, *, at: datetime
) -> datetime | None:
    """The moment of the latest text that says something else; mended spelling does not count."""
    if told is None:
        return None
    before: datetime | None = article.published("updated_at", language)
    return before if told.kind == Kind.TYPO else at


def write_columns(edition: Edition, columns: dict[str, Any]) -> None:
    """
    Write columns of the published copy in one statement.

    The un-suffixed columns are Indonesian's twins and are written along: whoever filters from
    an unregistered model reads them.
    """
    language = edition.language
    values = {languages.column(name, language): value for name, value in columns.items()}
    if language == settings.LANGUAGE_CODE:
        values.update(columns)
    # modeltranslation gives managers their rewrite() when the models are registered.
    plain = Article.objects.rewrite(mode=False)  # type: ignore[attr-defined]
    plain.filter(pk=edition.article_id).update(**values)
    for name, value in columns.items():
        setattr(edition.article, languages.column(name, language), value)
