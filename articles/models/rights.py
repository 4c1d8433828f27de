"""Under what terms we may use what is not ours: licences, leases of pictures, waived rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.labels import Source
from articles.models.pictures import Image


def day_begins(day: date, zone: str) -> datetime:
    """Return the midnight that begins a day by the clock of a zone, in UTC."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_ends(day: date, zone: str) -> datetime:
    """Return the midnight that ends a day by the clock of a zone, in UTC."""
    return day_begins(day + timedelta(days=1), zone)


class Licence(models.Model):
    """
    What a source lets us do with its stories, from when until when, and what we owe for it.

    A source may have many. Published pages keep the words and decisions of the version they
    were published under; the days hold for every story at once, also for published ones.
    """

    class Type(models.TextChoices):
        CONTRACT = "contract", _("contract")
        WRITTEN_CONSENT = "written_consent", _("consent in writing, story by story")
        CC_BY = "cc_by", _("CC BY")
        CC_BY_SA = "cc_by_sa", _("CC BY-SA")
        CC_BY_NC = "cc_by_nc", _("CC BY-NC")
        CC_BY_ND = "cc_by_nd", _("CC BY-ND")
        CC_BY_NC_ND = "cc_by_nc_nd", _("CC BY-NC-ND")
        PUBLIC_DOMAIN = "public_domain", _("public domain")
        NEWS_EXCEPTION = "news_exception", _("news of the day, by law")
        PRESS_RELEASE = "press_release", _("press release")
        QUOTATION = "quotation", _("quotation, by law")

    class Edits(models.TextChoices):
        """How far a republished text may differ from the original."""

        NONE = "none", _("not a word")
        STYLE = "style", _("style and length, slightly")
        FREE = "free", _("as we need")

    class Link(models.TextChoices):
        NONE = "none", _("no link")
        HOME = "home", _("to the source's home page")
        ARTICLE = "article", _("to the original story")

    class Canonical(models.TextChoices):
        SELF = "self", _("our page")
        ORIGIN = "origin", _("the original story")

    class Robots(models.TextChoices):
        INDEX = "index", _("may list every page")
        SAME_LANGUAGE = "same_language", _("leave out what stands in the original's language")
        NOINDEX = "noindex", _("leave out every page")

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="licences"
    )
    # Counts the changes; published pages name the one they were published under.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    type = models.CharField(_("kind of licence"), max_length=16, choices=Type)
    rights_holder = models.CharField(
        _("rights holder"),
        max_length=160,
        help_text=_("The name that stands after “copyright”: a company or a person."),
    )
    evidence = models.TextField(
        _("evidence"),
        help_text=_("Where it is written down: the contract's number, a letter, an address."),
    )
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Rights end at the midnight that ends this day. Left empty, they do not end."),
    )
    zone = models.CharField(_("by the clock of"), max_length=40, default="Asia/Jakarta")
    may_republish = models.BooleanField(_("may be republished"), default=True)
    may_translate = models.BooleanField(_("may be translated"), default=True)
    # Language tags with a space between them; empty stands for every language.
    languages = models.CharField(_("languages"), max_length=60, blank=True, default="")
    edits = models.CharField(_("may be changed"), max_length=8, choices=Edits, default=Edits.STYLE)
    full_text_in_feeds = models.BooleanField(_("whole text in feeds"), default=True)
    wait_days = models.PositiveSmallIntegerField(
        _("days to wait"),
        default=0,
        help_text=_("So many days after the source printed a story it may be published here."),
    )
    max_live_days = models.PositiveIntegerField(
        _("days online"),
        null=True,
        blank=True,
        help_text=_("So many days after its first publication a story goes offline."),
    )
    takedown_hours = models.PositiveIntegerField(
        _("hours to answer a takedown"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Within so many hours a request to take a story down is answered."),
    )
    max_stories_a_month = models.PositiveIntegerField(_("stories a month"), null=True, blank=True)
    link = models.CharField(_("link owed"), max_length=8, choices=Link, default=Link.NONE)
    link_follow = models.BooleanField(_("search engines may follow it"), default=True)
    owes_byline = models.BooleanField(_("the original's author must be named"), default=False)
    owes_title = models.BooleanField(_("the original's title must be shown"), default=False)
    owes_date = models.BooleanField(_("the original's day must be shown"), default=False)
    canonical = models.CharField(
        _("main address for search engines"),
        max_length=8,
        choices=Canonical,
        default=Canonical.SELF,
    )
    robots = models.CharField(
        _("search engines"), max_length=16, choices=Robots, default=Robots.SAME_LANGUAGE
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Printed as it is in the source's box. Left empty, the name is enough."),
    )
    copyright_notice = models.CharField(
        _("rights notice"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Left empty, the source's own notice is printed."),
    )
    usage_terms = models.CharField(
        _("terms of use"),
        max_length=400,
        blank=True,
        default="",
        help_text=_("What readers may do with the text, if the source wants it said."),
    )
    licence_url = models.URLField(_("address of the licence"), blank=True, default="")
    acquire_url = models.URLField(_("where others get a licence"), blank=True, default="")

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        constraints = [
            models.CheckConstraint(
                condition=Q(takedown_hours__isnull=True) | Q(takedown_hours__gt=0),
                name="licence_leaves_time_for_takedowns",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="licence_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=~Q(type__in=["cc_by_nd", "cc_by_nc_nd"])
                | Q(may_translate=False, edits="none"),
                name="no_derivatives_means_no_translation",
                violation_error_message=_(
                    "A licence without derivatives allows neither translation nor changes: take"
                    " both away, or choose another kind."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} · {self.rights_holder}"

    @property
    def begins_at(self) -> datetime | None:
        return day_begins(self.valid_from, self.zone) if self.valid_from else None

    @property
    def ends_at(self) -> datetime | None:
        return day_ends(self.valid_until, self.zone) if self.valid_until else None

    def allows(self, language: str) -> bool:
        """Whether pages in this language are among those that were agreed on."""
        return not self.languages or language in self.languages.split()


class Lease(models.Model):
    """Days in which a picture may, or may not, be used; by the newsroom's own clock."""

    class Kind(models.TextChoices):
        ALLOW = "allow", _("may be used")
        DENY = "deny", _("must not be used")

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="leases")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True)
                | Q(first_day__isnull=True)
                | Q(last_day__gte=models.F("first_day")),
                name="lease_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_day or ''}–{self.last_day or ''}"

    @property
    def begins_at(self) -> datetime | None:
        return day_begins(self.first_day, settings.TIME_ZONE) if self.first_day else None

    @property
    def ends_at(self) -> datetime | None:
        return day_ends(self.last_day, settings.TIME_ZONE) if self.last_day else None

    def covers(self, at: datetime) -> bool:
        begins, ends = self.begins_at, self.ends_at
        return (begins is None or begins <= at) and (ends is None or at < ends)


class Waiver(AppendOnly):
    """
    Somebody let a story pass a rule, or said that they have read its warning.

    ``concerns`` is what the rule had found then: when that changes, the rule asks again.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="waivers"
    )
    rule = models.CharField(max_length=4)
    concerns = models.CharField(max_length=120)
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")

    def __str__(self) -> str:
        return f"{self.article_id} {self.rule}"
