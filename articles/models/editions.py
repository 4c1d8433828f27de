"""One language's form of a story: its working copy, its revisions, and who reviewed them."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.models.append_only import AppendOnly
from articles.models.stories import Article

# What is written and translated; the slug is an address, not a text.
TEXT_FIELDS = ("dateline", "headline", "standfirst", "body", "image_caption", "image_alt")


class Edition(models.Model):
    """A story in one language."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("for readers")
        REFERENCE = "reference", _("for translating only")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=8, choices=languages.CHOICES)
    # Which of the story's languages it is translated from; empty for the first one. In a relay
    # that is itself a translation.
    source_language = models.CharField(
        max_length=8, choices=languages.CHOICES, blank=True, default="", editable=False
    )
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    live_revision = models.ForeignKey(
        "Revision",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("What was published last; readers get it while the published copy is live."),
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="one_edition_per_language"
            ),
            models.CheckConstraint(
                condition=Q(visibility="public") | Q(live_revision__isnull=True),
                name="reference_edition_is_never_live",
            ),
            models.CheckConstraint(
                condition=~Q(source_language=F("language")), name="edition_is_not_its_own_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.language}"

    @property
    def is_translation(self) -> bool:
        """Whether this edition is made from another language of the story."""
        return bool(self.source_language)


class Text(models.Model):
    """What is written for readers in one language."""

    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, default="", help_text=_("For example: JAKARTA")
    )
    headline = models.CharField(_("headline"), max_length=200, blank=True, default="")
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True, default="")
    body = models.TextField(_("body"), blank=True, default="")
    image_caption = models.CharField(_("caption"), max_length=400, blank=True, default="")
    image_alt = models.CharField(_("alternative text"), max_length=300, blank=True, default="")
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("The last part of the page's address. Left empty, the headline makes it."),
    )

    class Meta:
        abstract = True

    @property
    def text_hash_now(self) -> str:
        """The digest of what is written; equal texts have equal digests."""
        joined = "\0".join(getattr(self, name) for name in TEXT_FIELDS)
        return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


class Revision(Text, AppendOnly):
    """A text as it was handed on. Never changed; numbered within its edition."""

    class Occasion(models.TextChoices):
        SUBMITTED = "submitted", _("submitted for review")
        DELIVERED = "delivered", _("delivered by the translation desk")
        FORCED = "forced", _("published without review")
        SET_ASIDE = "set_aside", _("set aside: somebody else had saved first")
        DISCARDED = "discarded", _("discarded draft")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    occasion = models.CharField(max_length=12, choices=Occasion)
    text_hash = models.CharField(max_length=32)
    words = models.PositiveIntegerField(default=0)
    # Translations only: the source text this one says in another language.
    source_revision = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="translations"
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text=_("Everyone who changed the text since it was last approved."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_revision_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} r{self.number}"


class WorkingCopy(Text):
    """Where all editing of an edition happens; readers never see it. At most one is open."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        APPROVED = "approved", _("approved")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="working_copy")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    # Compare-and-swap: a save names the version it started from.
    version = models.PositiveIntegerField(default=1, editable=False)
    # While true, the text is made in the translation desk and not here.
    in_desk = models.BooleanField(default=False, editable=False)
    # The text that was submitted, and that approval is about.
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    source_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # A change to a live text that is to go out at a time, and the zone it was given in. A first
    # publication needs neither: its published copy is written ahead.
    goes_live_at = models.DateTimeField(null=True, editable=False)
    goes_live_zone = models.CharField(max_length=40, default="", editable=False)
    # What readers will be told of that change: a publication's kind, a notice's text and link.
    told_kind = models.CharField(max_length=16, default="", editable=False)
    told_text = models.TextField(default="", editable=False)
    told_link = models.URLField(max_length=500, default="", editable=False)
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    started_at = models.DateTimeField(editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    saved_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(revision__isnull=False, in_desk=False),
                name="approval_is_of_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_review") | Q(revision__isnull=False) | Q(in_desk=True),
                name="review_is_of_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(goes_live_at__isnull=True) | Q(state="approved"),
                name="scheduled_text_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(goes_live_at__isnull=True, told_kind="")
                | Q(goes_live_at__isnull=False) & ~Q(told_kind=""),
                name="scheduled_change_says_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.version}"

    @property
    def is_open_for_editing(self) -> bool:
        """Whether the text may be changed here without asking for it back first."""
        return not self.in_desk and self.state in {self.State.DRAFT, self.State.CHANGES_REQUESTED}


class Verdict(models.TextChoices):
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("sent back")


class Review(AppendOnly):
    """What a second pair of eyes said of one revision."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=Verdict)
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.revision_id} {self.verdict}"
