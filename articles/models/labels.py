"""Names that stories are filed under, signed with and credited to, in every language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import languages


class Section(models.Model):
    """A part of the paper: every story stands in exactly one."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The order in the paper's menu, smallest first.")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a story is about; a story has any number of them."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """A name in bylines; with a person of the newsroom behind it, or of another paper."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    bio = models.TextField(_("about the author"), blank=True, default="")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text=_("The login this byline belongs to; credits their translations too."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Who a story comes from, and the notice every page of it owes them."""

    class Kind(models.TextChoices):
        OWN = "own", _("our own newsroom")
        NEWSPAPER = "newspaper", _("newspaper")
        AGENCY = "agency", _("news agency")
        BROADCASTER = "broadcaster", _("broadcaster")
        OTHER = "other", _("other")

    class StateLink(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        NONE = "none", _("none")
        FUNDED = "funded", _("paid by a state")
        CONTROLLED = "controlled", _("controlled by a state")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEWSPAPER)
    name = models.CharField(_("name"), max_length=120)
    name_original = models.CharField(
        _("name in its own language"), max_length=120, blank=True, default=""
    )
    home_url = models.URLField(_("web address"), blank=True, default="")
    default_language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default="id"
    )
    notice = models.CharField(
        _("rights notice"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Printed under every story from this source, in the page's language."),
    )
    disclosure = models.CharField(
        _("disclosure"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("What readers should know about this source, such as who pays for it."),
    )
    legal_name = models.CharField(
        _("legal name"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("The company behind it, for machines that read our pages."),
    )
    state_link = models.CharField(
        _("tie to a state"), max_length=12, choices=StateLink, default=StateLink.UNKNOWN
    )
    state_link_url = models.URLField(
        _("where that is written"), blank=True, default="", max_length=300
    )
    advisory_internal = models.TextField(
        _("advice to editors"),
        blank=True,
        default="",
        help_text=_("Who approves a story from this source must say that they have read it."),
    )
    rights_email = models.EmailField(_("whom to write to about rights"), blank=True, default="")
    active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Nothing more is published from a source that is not in use."),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name
