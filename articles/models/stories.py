"""The story: shared facts, and per language the copy that readers get."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.models.labels import Author, Section, Source, Topic
from articles.models.pictures import Image
from articles.models.rights import Licence


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self, *, at: datetime, language: str) -> "ArticleQuerySet":
        """Keep what readers of a language get at a moment, and nothing else."""
        begins, ends, rights_from, rights_until = (
            languages.column(name, language)
            for name in ("live_from", "live_until", "rights_from", "rights_until")
        )
        return self.filter(
            # A hold keeps back what would have begun while it lasts, not what readers had.
            Q(status=Article.Status.ACTIVE)
            | Q(status=Article.Status.ON_HOLD, **{f"{begins}__lte": F("held_at")}),
            Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": at}),
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=at),
            Q(**{f"{rights_from}__isnull": True}) | Q(**{f"{rights_from}__lte": at}),
            Q(**{f"{rights_until}__isnull": True}) | Q(**{f"{rights_until}__gt": at}),
            **{f"{begins}__lte": at},
        )

    def newest_first(self, language: str) -> "ArticleQuerySet":
        return self.order_by(f"-{languages.column('first_published_at', language)}", "-pk")

    def with_standing(self) -> "ArticleQuerySet":
        """Fetch what ``standing.standings`` reads: a fixed number of queries for any list."""
        return self.select_related("section").prefetch_related(
            "editions__live_revision__source_revision",
            "editions__working_copy__revision__source_revision",
            "editions__working_copy__source_revision",
            "editions__publications",
        )


class Article(models.Model):
    """
    A story, told in one edition per language.

    The columns from ``dateline`` on are the published copy: one set per language, written by
    ``articles.publishing`` alone, equal to the edition's live revision. No form edits them.
    """

    class Status(models.TextChoices):
        """What the newsroom has decided about the whole story."""

        ACTIVE = "active", _("active")
        ON_HOLD = "on_hold", _("on hold")
        SPIKED = "spiked", _("spiked")
        KILLED = "killed", _("killed")

    class OfflineAnswer(models.TextChoices):
        """What an address says while its text is offline; empty is “not found”."""

        GONE = "gone", _("It says that the story is no longer available.")
        REDIRECT = "redirect", _("It leads to another story of ours.")

    class ReleaseMode(models.TextChoices):
        """Which language may reach readers before which; together is an open release group."""

        INDEPENDENT = "independent", _("each language when it is ready")
        SOURCE_FIRST = "source_first", _("the source first")

    status = models.CharField(
        _("story"), max_length=12, choices=Status, default=Status.ACTIVE, editable=False
    )
    held_at = models.DateTimeField(null=True, editable=False)
    release_mode = models.CharField(
        max_length=12,
        choices=ReleaseMode,
        default=ReleaseMode.INDEPENDENT,
        db_default=ReleaseMode.INDEPENDENT,
        editable=False,
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="articles"
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="articles"
    )
    authors = models.ManyToManyField(
        Author, verbose_name=_("byline"), through="Byline", related_name="articles"
    )
    image = models.ForeignKey(
        Image,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    origin_language = models.CharField(
        _("first written in"), max_length=8, choices=languages.CHOICES, editable=False
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, editable=False)
    # The zone in which the embargo was agreed, as an IANA name: “until 6.00 in Moscow”.
    embargo_zone = models.CharField(max_length=40, default="", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("started"), editable=False)

    dateline = models.CharField(max_length=120, default="", editable=False)
    headline = models.CharField(max_length=200, default="", editable=False)
    standfirst = models.TextField(default="", editable=False)
    body = models.TextField(default="", editable=False)
    image_caption = models.CharField(max_length=400, default="", editable=False)
    image_alt = models.CharField(max_length=300, default="", editable=False)
    slug = models.CharField(max_length=120, default="", editable=False)
    # Byline, translators, source and picture as they were at publish: see articles/credit.py.
    credit = models.JSONField(null=True, editable=False)
    live_from = models.DateTimeField(null=True, editable=False)
    live_until = models.DateTimeField(null=True, editable=False)
    # Of a text that was taken offline: what its address answers meanwhile.
    offline_answer = models.CharField(
        max_length=12, choices=OfflineAnswer, default="", db_default="", editable=False
    )
    offline_leads_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # From when until when its source and its picture let this language be shown.
    rights_from = models.DateTimeField(null=True, editable=False)
    rights_until = models.DateTimeField(null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="on_hold", held_at__isnull=False)
                | ~Q(status="on_hold") & Q(held_at__isnull=True),
                name="held_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(live_until_ind__isnull=True)
                | Q(live_from_ind__isnull=True)
                | Q(live_until_ind__gte=models.F("live_from_ind")),
                name="indonesian_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(live_until_en__isnull=True)
                | Q(live_from_en__isnull=True)
                | Q(live_until_en__gte=models.F("live_from_en")),
                name="english_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(offline_answer_ind="redirect", offline_leads_to_ind__isnull=False)
                | ~Q(offline_answer_ind="redirect") & Q(offline_leads_to_ind__isnull=True),
                name="indonesian_leads_where_it_redirects",
            ),
            models.CheckConstraint(
                condition=Q(offline_answer_en="redirect", offline_leads_to_en__isnull=False)
                | ~Q(offline_answer_en="redirect") & Q(offline_leads_to_en__isnull=True),
                name="english_leads_where_it_redirects",
            ),
        ]
        indexes = [
            models.Index(fields=["-first_published_at_ind", "-id"], name="newest_indonesian"),
            models.Index(fields=["-first_published_at_en", "-id"], name="newest_english"),
            models.Index(
                fields=["section", "-first_published_at_ind", "-id"], name="newest_in_section_id"
            ),
            models.Index(
                fields=["section", "-first_published_at_en", "-id"], name="newest_in_section_en"
            ),
            # What time will change next is asked with every page.
            models.Index(fields=["embargo_until"], name="next_embargo"),
            models.Index(fields=["live_from_ind"], name="next_begin_id"),
            models.Index(fields=["live_from_en"], name="next_begin_en"),
            models.Index(fields=["live_until_ind"], name="next_end_id"),
            models.Index(fields=["live_until_en"], name="next_end_en"),
            models.Index(fields=["rights_from_ind"], name="next_rights_begin_id"),
            models.Index(fields=["rights_from_en"], name="next_rights_begin_en"),
            models.Index(fields=["rights_until_ind"], name="next_rights_end_id"),
            models.Index(fields=["rights_until_en"], name="next_rights_end_en"),
        ]

    def __str__(self) -> str:
        for language in (translation.get_language() or "", *languages.PUBLIC):
            if language in languages.PUBLIC and (headline := self.published("headline", language)):
                return str(headline)
        return str(_("Untitled article %(number)s")) % {"number": self.pk}

    def published(self, name: str, language: str) -> Any:
        """Return one column of the published copy; None in a language no reader is shown."""
        if language not in languages.PUBLIC:
            return None
        return getattr(self, languages.column(name, language))

    def is_live(self, language: str, *, at: datetime) -> bool:
        """Say whether readers of a language get this story at a moment."""
        begins = self.published("live_from", language)
        ends = self.published("live_until", language)
        if begins is None or not self._shows_what_began(begins):
            return False
        return (
            begins <= at
            and (ends is None or at < ends)
            and not self.is_embargoed(at=at)
            and self.has_rights(language, at=at)
        )

    def is_embargoed(self, *, at: datetime) -> bool:
        """Say whether the story must be kept from every reader at a moment."""
        return self.embargo_until is not None and self.embargo_until > at

    def has_rights(self, language: str, *, at: datetime) -> bool:
        """Say whether what was published may be shown at a moment, as far as rights go."""
        begins = self.published("rights_from", language)
        ends = self.published("rights_until", language)
        return (begins is None or begins <= at) and (ends is None or at < ends)

    def rights_ended_at(self, language: str, *, at: datetime) -> datetime | None:
        """Return when rights took a story from its readers; None if that is not why it is gone."""
        begins, ends, until = (
            self.published(name, language) for name in ("live_from", "rights_until", "live_until")
        )
        if begins is None or ends is None or not begins < ends <= at:
            return None
        if self.published("withdrawn_at", language) is not None:
            return None
        moment: datetime = ends
        return moment if until is None or until >= ends else None

    def offline_answer_at(self, language: str, *, at: datetime) -> str:
        """Return what was chosen for the address of a text while it is offline, else nothing."""
        ends = self.published("live_until", language)
        is_offline = ends is not None and ends <= at
        if not is_offline or self.published("withdrawn_at", language) is not None:
            return ""
        return self.published("offline_answer", language) or ""

    def leads_to(self, language: str, *, at: datetime) -> str:
        """
        Return the path to which the address of a text that is offline leads; empty if none.

        One query where another story was chosen, which leads nowhere unless readers have it.
        """
        if self.offline_answer_at(language, at=at) != self.OfflineAnswer.REDIRECT:
            return ""
        other: Article = self.published("offline_leads_to", language)
        return other.path(language) if other.is_live(language, at=at) else ""

    def _shows_what_began(self, begins: datetime) -> bool:
        if self.status == self.Status.ON_HOLD:
            return self.held_at is not None and begins <= self.held_at
        return self.status == self.Status.ACTIVE

    def is_scheduled(self, language: str, *, at: datetime) -> bool:
        """Say whether a first publication is written and waits for its time, or for a hold."""
        begins = self.published("live_from", language)
        if begins is None:
            return False
        return begins > at or (self.held_at is not None and begins > self.held_at)

    @property
    def is_closed(self) -> bool:
        """Whether work on the story has been stopped: it was spiked or killed."""
        return self.status in {self.Status.SPIKED, self.Status.KILLED}

    def path(self, language: str) -> str:
        """Return the page's address without the host; empty if never published."""
        first = self.published("first_published_at", language)
        slug = self.published("slug", language)
        if first is None or not slug:
            return ""
        day = timezone.localtime(first, timezone.get_default_timezone())
        return f"/{language}/{day:%Y/%m/%d}/{slug}/"

    def get_absolute_url(self) -> str:
        return self.path(translation.get_language() or settings.LANGUAGE_CODE)


class Byline(models.Model):
    """One author of a story, in the order they are named."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="author_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.author_id}"


class Attribution(models.Model):
    """This story from that source: what its pages, feeds and exports owe."""

    class Relation(models.TextChoices):
        OURS = "ours", _("our own story")
        REPUBLISHED = "republished", _("republished from")
        TRANSLATED = "translated", _("translated from")
        ADAPTED = "adapted", _("adapted from")
        BASED_ON = "based_on", _("based on")
        QUOTED = "quoted", _("quoted from")
        PRESS_RELEASE = "press_release", _("press release of")
        PAID = "paid", _("paid supplement of")

    class Permission(models.TextChoices):
        """What the source said about this one story."""

        NOT_NEEDED = "not_needed", _("not needed")
        REQUESTED = "requested", _("asked for")
        GRANTED = "granted", _("given")
        REFUSED = "refused", _("refused")

    class OriginStatus(models.TextChoices):
        CURRENT = "current", _("as it was")
        CORRECTED = "corrected", _("corrected there")
        WITHDRAWN = "withdrawn", _("withdrawn there")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="attributions")
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="attributions"
    )
    # Under what terms; empty for our own stories.
    licence = models.ForeignKey(
        Licence,
        verbose_name=_("licence"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
    )
    relation = models.CharField(_("relation"), max_length=16, choices=Relation)
    primary = models.BooleanField(_("primary"), default=True)
    original_title = models.CharField(_("original title"), max_length=300, blank=True, default="")
    original_url = models.URLField(_("original address"), blank=True, default="", max_length=500)
    original_language = models.CharField(
        _("original language"), max_length=8, choices=languages.CHOICES, blank=True, default=""
    )
    original_published_on = models.DateField(_("originally published on"), null=True, blank=True)
    original_byline = models.CharField(_("original byline"), max_length=200, blank=True, default="")
    # The original's words, for comparison alone: readers never see them.
    reference_text = models.TextField(_("original text"), blank=True, default="")
    permission = models.CharField(
        _("permission"), max_length=12, choices=Permission, default=Permission.NOT_NEEDED
    )
    permission_ref = models.CharField(
        _("where it is written"), max_length=200, blank=True, default=""
    )
    # Narrower than the licence, by the licence's clock; both days included.
    rights_from = models.DateField(_("rights begin"), null=True, blank=True)
    rights_until = models.DateField(_("rights end"), null=True, blank=True)
    origin_status = models.CharField(
        _("the original now"), max_length=12, choices=OriginStatus, default=OriginStatus.CURRENT
    )
    # Where the source says so.
    origin_ref = models.CharField(
        _("where it says so"), max_length=300, blank=True, default="", db_default=""
    )
    # Since when we know; what follows has its deadline from then on. None while it is as it was.
    origin_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(primary=True), name="one_primary_attribution"
            ),
            models.UniqueConstraint(fields=["article", "source"], name="source_credited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.source_id}"
