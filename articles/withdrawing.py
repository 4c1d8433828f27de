"""Taking stories from readers for good, and stopping them before they reach any."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles import releasing
from articles.models import Activity, Article, Edition, Notice, WorkingCopy
from articles.permissions import Person
from articles.publishing import (
    NO_ANSWER,
    NotLive,
    ReasonMissing,
    record_beginning,
    take_off_schedule,
    void_before_source,
    was_published,
    write_columns,
)
from articles.recording import lock, record

# What readers may be told, prepared in each of their languages by the languages' catalogues.
PREPARED = {
    "wrong": _("This article was withdrawn because it contained serious errors."),
    "legal": _("This article was withdrawn for legal reasons."),
    "source_withdrawn": _("This article was withdrawn because its source withdrew it."),
    "ethics": _("This article was withdrawn because it did not meet our ethical standards."),
}


class NoticeMissing(Exception):
    """Readers of ``languages`` had the story and must be told why it is gone."""

    def __init__(self, missing: list[str]) -> None:
        self.languages = missing
        super().__init__(", ".join(missing))


class WasPublished(Exception):
    """What readers have had is withdrawn or killed, not spiked."""


class NotInThatState(Exception):
    """The story is not on hold, spiked or killed as this act needs; ``status`` says what it is."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(status)


def prepared_notice(reason: str, language: str) -> str:
    """Return the prepared words for a reason of ``PREPARED`` in a reader's language."""
    with translation.override(language):
        return str(PREPARED[reason])


@transaction.atomic
def withdraw(
    edition: Edition, *, notices: Mapping[str, str], by: Person | None, at: datetime
) -> Edition:
    """
    Take an edition, and others of its story, from readers for good and tell them why.

    ``notices`` says by language what readers are told; each language in it is withdrawn, this
    edition's among them. Their addresses answer 410 with the notice from now on. Raises
    ``NoticeMissing`` for an empty one, and ``NotLive`` for an edition that no reader has had or
    that is withdrawn already; then nothing is.
    """
    wanted = {edition.language: "", **notices}
    if missing := [language for language, text in wanted.items() if not text.strip()]:
        raise NoticeMissing(missing)
    edition = lock(edition)
    for other in edition.article.editions.filter(language__in=wanted):
        other.article = edition.article
        if not was_shown(other, at=at):
            raise NotLive
        _end(other, wanted[other.language], by=by, at=at)
    return lock(edition)


@transaction.atomic
def kill(
    article: Article,
    *,
    notices: Mapping[str, str],
    reason: str,
    by: Person,
    at: datetime,
) -> Article:
    """
    Withdraw a story in every language, cancel what is scheduled, and stop all work on it.

    ``notices`` says what the readers of each language that has or had it are told; ``reason``
    is for the newsroom. Raises ``ReasonMissing``, ``NoticeMissing``, ``NotInThatState``.
    """
    if not reason.strip():
        raise ReasonMissing
    article = _locked(article)
    if article.status in {Article.Status.KILLED, Article.Status.SPIKED}:
        raise NotInThatState(article.status)
    editions = _editions(article)
    shown = [edition for edition in editions if was_shown(edition, at=at)]
    missing = [e.language for e in shown if not notices.get(e.language, "").strip()]
    if missing:
        raise NoticeMissing(missing)
    for edition in editions:
        take_off_schedule(
            edition, Activity.Verb.VOIDED, by=by, at=at, state=WorkingCopy.State.DRAFT
        )
    releasing.call_off(article, at=at)
    for edition in shown:
        _end(edition, notices[edition.language], by=by, at=at)
    return _become(article, Article.Status.KILLED, Activity.Verb.KILLED, reason, by=by, at=at)


@transaction.atomic
def reopen(article: Article, *, reason: str, by: Person, at: datetime) -> Article:
    """Let people work on a killed story again; what was withdrawn stays so."""
    return _from(article, Article.Status.KILLED, Activity.Verb.REOPENED, reason, by=by, at=at)


@transaction.atomic
def spike(article: Article, *, reason: str, by: Person, at: datetime) -> Article:
    """Give up a story that no reader has had; ``unspike`` brings it back."""
    if not reason.strip():
        raise ReasonMissing
    article = _locked(article)
    if article.status in {Article.Status.KILLED, Article.Status.SPIKED}:
        raise NotInThatState(article.status)
    editions = _editions(article)
    if any(was_published(edition, at=at) for edition in editions):
        raise WasPublished
    for edition in editions:
        take_off_schedule(edition, Activity.Verb.VOIDED, by=by, at=at)
    releasing.call_off(article, at=at)
    return _become(article, Article.Status.SPIKED, Activity.Verb.SPIKED, reason, by=by, at=at)


@transaction.atomic
def unspike(article: Article, *, by: Person, at: datetime, reason: str = "") -> Article:
    """Take a story off the spike, as it was."""
    return _from(
        article, Article.Status.SPIKED, Activity.Verb.UNSPIKED, reason or "–", by=by, at=at
    )


@transaction.atomic
def hold(article: Article, *, reason: str, by: Person, at: datetime) -> Article:
    """
    Let nothing more of a story go out until the hold is released.

    What readers have they keep; what is scheduled stays so and does not begin meanwhile.
    """
    if not reason.strip():
        raise ReasonMissing
    article = _locked(article)
    if article.status != Article.Status.ACTIVE:
        raise NotInThatState(article.status)
    return _become(article, Article.Status.ON_HOLD, Activity.Verb.HELD, reason, by=by, at=at)


@transaction.atomic
def release_hold(article: Article, *, by: Person, at: datetime, reason: str = "") -> Article:
    """
    Let a story go on.

    What would have begun during the hold does not begin now: it is approved and waits for
    somebody to publish it.
    """
    article = _locked(article)
    if article.status != Article.Status.ON_HOLD:
        raise NotInThatState(article.status)
    releasing.miss_moment(article, by=by, at=at)
    article = _locked(article)
    for edition in _editions(article):
        begins = article.published("live_from", edition.language)
        if begins is not None and article.held_at is not None and article.held_at < begins <= at:
            take_off_schedule(edition, Activity.Verb.BLOCKED, by=by, at=at)
    article = _become(article, Article.Status.ACTIVE, Activity.Verb.RELEASED, reason, by=by, at=at)
    releasing.write_ahead(article, by=by, at=at)
    return article


def _from(
    article: Article,
    status: Article.Status,
    verb: Activity.Verb,
    reason: str,
    *,
    by: Person,
    at: datetime,
) -> Article:
    if not reason.strip():
        raise ReasonMissing
    article = _locked(article)
    if article.status != status:
        raise NotInThatState(article.status)
    return _become(article, Article.Status.ACTIVE, verb, reason, by=by, at=at)


def _become(
    article: Article,
    status: Article.Status,
    verb: Activity.Verb,
    reason: str,
    *,
    by: Person,
    at: datetime,
) -> Article:
    article.status = status
    article.held_at = at if status == Article.Status.ON_HOLD else None
    Article.objects.filter(pk=article.pk).update(status=status, held_at=article.held_at)
    record(article, verb, by=by, at=at, reason=reason.strip())
    return article


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _editions(article: Article) -> list[Edition]:
    editions = article.editions.select_related(
        "live_revision__source_revision", "working_copy__revision"
    ).order_by("pk")
    for edition in editions:
        edition.article = article
    return list(editions)


def was_shown(edition: Edition, *, at: datetime) -> bool:
    """Whether readers have, or have had, this edition and it is not withdrawn."""
    withdrawn = edition.article.published("withdrawn_at", edition.language)
    return was_published(edition, at=at) and withdrawn is None


def _end(edition: Edition, notice: str, *, by: Person | None, at: datetime) -> None:
    record_beginning(edition, at=at)
    article, language = edition.article, edition.language
    Notice.objects.create(
        article=article,
        language=language,
        kind=Notice.Kind.WITHDRAWAL,
        text=notice.strip(),
        at=at,
        by_id=by.pk if by is not None else None,
    )
    ends = article.published("live_until", language)
    until = ends if ends is not None and ends < at else at
    write_columns(edition, {"live_until": until, "withdrawn_at": at, **NO_ANSWER})
    void_before_source(edition, by=by, at=at)
    record(
        article,
        Activity.Verb.WITHDREW,
        by=by,
        at=at,
        language=language,
        revision=edition.live_revision,
        reason=notice.strip(),
    )
