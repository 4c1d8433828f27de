"""Keeping licences and leases, and letting published pages follow them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation

from articles import languages, rights
from articles.credit import Credit, primary_attribution, with_source
from articles.models import Activity, Article, Edition, Image, Lease, Licence, Source, Waiver
from articles.permissions import Person
from articles.publishing import (
    CannotPublish,
    NotLive,
    ReasonMissing,
    Stop,
    end_rights,
    write_columns,
    write_window,
)
from articles.recording import lock, record
from articles.rights import Finding
from articles.standing import open_copy


class NotFound(Exception):
    """The rule does not find this any more: it was put right, or changed meanwhile."""


class NobodyMayWaive(Exception):
    """No one lets a story pass this rule; ``finding`` says what must be put right."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.rule)


@transaction.atomic
def save_licence(
    licence: Licence, *, changed: Sequence[str], by: Person | None, at: datetime
) -> Licence:
    """
    Store a licence, a new one or the columns of it that were ``changed``, and return it.

    Every story under it is shown for as long as its days say now; a story whose rights have
    ended does not come back by itself. Pages keep the words they were published with. Locks
    these stories one by one: the time grows with their number.
    """
    # The columns without a language are Indonesian's twins, whatever the screen speaks.
    with translation.override(settings.LANGUAGE_CODE):
        if licence.pk is None:
            licence.save()
            return licence
        fresh = Licence.objects.select_for_update().get(pk=licence.pk)
        licence.version = fresh.version + 1
        licence.save(update_fields=[*changed, "version"])
    stories = Article.objects.filter(attributions__licence=licence, attributions__primary=True)
    rewindow(stories, by=by, at=at)
    return licence


@transaction.atomic
def save_leases(
    image: Image,
    *,
    kept: Iterable[Lease],
    dropped: Iterable[Lease] = (),
    by: Person | None,
    at: datetime,
) -> None:
    """Store a picture's leases, and let the pages that show it follow them."""
    for lease in dropped:
        lease.delete()
    for lease in kept:
        lease.image = image
        if lease.pk is None:
            lease.by_id, lease.at = (by.pk if by is not None else None), at
            lease.save()
        else:
            lease.save(update_fields=["kind", "first_day", "last_day", "note"])
    shows = Q()
    for language in languages.PUBLIC:
        shows |= Q(**{f"{languages.column('credit', language)}__image__file": image.file.name})
    rewindow(Article.objects.filter(shows), by=by, at=at)


def rewindow(stories: QuerySet[Article], *, by: Person | None, at: datetime) -> None:
    """Let stories be shown for as long as their rights last by today's rows; see ``follow``."""
    for key in stories.order_by("pk").values_list("pk", flat=True).distinct():
        follow(Article.objects.select_for_update().get(pk=key), by=by, at=at)


def follow(article: Article, *, by: Person | None, at: datetime) -> None:
    """
    Write anew from when until when each language of a locked story may be shown.

    What has ended stays ended, recorded before anything is changed.
    """
    for edition in _editions(article):
        end_rights(edition, at=at)
        if write_window(edition, at=at):
            record(
                article,
                Activity.Verb.CHANGED_RIGHTS,
                by=by,
                at=at,
                language=edition.language,
                revision=edition.live_revision,
                reason=_until(article, edition.language),
            )


def end_due(*, at: datetime) -> int:
    """
    Write down which rights have ended by a moment, and return how many texts that took.

    Readers have not had them since their hour: this only records it, and takes off the
    schedule what may not go out any more. Each edition in a transaction of its own.
    """
    return sum(_end(edition, at=at) for edition in _due(at))


def _due(at: datetime) -> list[Edition]:
    due = Q(pk__in=[])
    for language in languages.PUBLIC:
        until, ends, begins = (
            languages.column(name, language) for name in ("live_until", "rights_until", "live_from")
        )
        stories = Article.objects.filter(
            Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": F(ends)}),
            **{f"{ends}__lte": at, f"{begins}__isnull": False},
        ).exclude(**{until: F(begins)})
        due |= Q(language=language, article__in=stories.values("pk"))
    return list(Edition.objects.filter(due).order_by("pk"))


@transaction.atomic
def _end(edition: Edition, *, at: datetime) -> bool:
    return end_rights(lock(edition), at=at)


@transaction.atomic
def restamp(article: Article, *, by: Person, at: datetime) -> None:
    """
    Print what a story owes its source anew, by today's rows, in every language readers have.

    Text, names and pictures stay as they were published. Raises ``NotLive`` where no reader
    has the story, and ``CannotPublish`` with what would be missing; then nothing changes.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    shown = [e for e in _editions(article) if article.is_live(e.language, at=at)]
    if not shown:
        raise NotLive
    for edition in shown:
        _restamp(edition, by=by, at=at)


def restamp_source(source: Source, *, by: Person, at: datetime) -> tuple[int, int]:
    """
    Print the credit of every live story of a source anew; see ``restamp``.

    Returns how many stories were done, and how many could not be; each has a transaction of
    its own, and the time grows with their number.
    """
    live = Q(pk__in=[])
    for language in languages.PUBLIC:
        live |= Q(pk__in=Article.objects.live(at=at, language=language).values("pk"))
    stories = Article.objects.filter(
        live, attributions__source=source, attributions__primary=True
    ).order_by("pk")
    done = refused = 0
    for article in stories:
        try:
            restamp(article, by=by, at=at)
        except (CannotPublish, NotLive):
            refused += 1
        else:
            done += 1
    return done, refused


def _restamp(edition: Edition, *, by: Person, at: datetime) -> None:
    article, language, live = edition.article, edition.language, edition.live_revision
    assert live is not None  # or readers would not have it  # noqa: S101
    found: list[Stop] = [
        finding
        for finding in rights.findings(edition, live, at=at)
        if finding.rule in rights.OWED and not finding.is_warning
    ]
    if found:
        raise CannotPublish(found)
    frozen = Credit.of_json(article.published("credit", language))
    window = (
        article.published("rights_from", language),
        article.published("rights_until", language),
    )
    credit = with_source(frozen, primary_attribution(article), language=language, window=window)
    write_columns(edition, {"credit": credit.as_json()})
    record(article, Activity.Verb.RESTAMPED, by=by, at=at, language=language, revision=live)


@transaction.atomic
def waive(edition: Edition, *, key: str, reason: str, by: Person, at: datetime) -> Finding:
    """
    Let a story pass what a rule found, or note a warning, and return the finding.

    ``key`` is the finding's. It holds while the rule finds the same. Raises ``NotFound`` when
    it does not any more, ``NobodyMayWaive``, and ``ReasonMissing`` where a rule asks why.
    """
    edition = lock(edition)
    text = open_copy(edition) or edition.live_revision
    found = rights.findings(edition, text, at=at) if text is not None else []
    finding = next((finding for finding in found if finding.key == key), None)
    if finding is None:
        raise NotFound
    if not finding.is_warning and not finding.is_waivable:
        raise NobodyMayWaive(finding)
    if not finding.is_warning and rights.rule_of(finding).asks_reason and not reason.strip():
        raise ReasonMissing
    Waiver.objects.create(
        article=edition.article,
        rule=finding.rule,
        concerns=rights.shortened(finding.concerns),
        reason=reason.strip(),
        by_id=by.pk,
        at=at,
    )
    record(
        edition.article,
        Activity.Verb.NOTED if finding.is_warning else Activity.Verb.WAIVED,
        by=by,
        at=at,
        language=edition.language,
        reason=" – ".join(filter(None, (f"{finding.rule}: {finding.words}", reason.strip()))),
    )
    return finding


def _editions(article: Article) -> list[Edition]:
    """The public editions of a locked story, ready to be changed."""
    editions = article.editions.filter(language__in=languages.PUBLIC).select_related(
        "live_revision__source_revision", "working_copy__revision"
    )
    found = list(editions.order_by("pk"))
    for edition in found:
        edition.article = article
    return found


def _until(article: Article, language: str) -> str:
    ends = article.published("rights_until", language)
    return f"{ends:%Y-%m-%d %H:%M} UTC" if ends is not None else ""
