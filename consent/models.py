"""
What readers are asked, what they were shown, and what they said.

Purposes and cookies are children of django-cookie-consent's rows: the library keeps the
register and its version rule, our own columns carry the translated words. Its models are
never registered for translation themselves, so its migrations stay its own.
"""

import re
from typing import ClassVar

from cookie_consent.models import Cookie, CookieGroup
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A name, or the beginning of a name and a star: anything cleverer than a prefix would have to
# mean the same in Python and in script.
NAME_OR_BEGINNING = re.compile(r"[^\s=;,*]+\*?")


class Purpose(CookieGroup):
    """Why cookies are set: readers say yes or no to a purpose, not to a single cookie."""

    class LegalBasis(models.TextChoices):
        NECESSARY = "necessary", _("Necessary for the service")
        CONSENT = "consent", _("The reader's consent")

    title = models.CharField(_("title"), max_length=100)
    summary = models.TextField(_("summary"), help_text=_("One or two sentences for readers."))
    data_kinds = models.CharField(_("kinds of data"), max_length=250)
    retention = models.CharField(_("kept for"), max_length=120)
    legal_basis = models.CharField(
        _("legal basis"), max_length=12, choices=LegalBasis, default=LegalBasis.CONSENT
    )
    is_offered = models.BooleanField(
        _("offered to readers"),
        default=False,
        help_text=_(
            "Readers are asked about an optional purpose only while it is offered. "
            "With nothing to ask about, there is no banner."
        ),
    )
    off_on_gpc = models.BooleanField(
        _("Global Privacy Control means no"),
        default=True,
        help_text=_("Readers whose browser sends the signal are not asked about this purpose."),
    )

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def __str__(self) -> str:
        return self.varname


class CookieDeclaration(Cookie):
    """One cookie, or one thing kept in the browser, that a purpose uses."""

    class Kind(models.TextChoices):
        COOKIE = "cookie", _("Cookie")
        STORAGE = "storage", _("Browser storage")
        ELSEWHERE = "elsewhere", _("Set by another site")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COOKIE)
    provider = models.CharField(
        _("provider"), max_length=120, blank=True, help_text=_("Empty: this site itself.")
    )
    why = models.TextField(_("what it is for"))
    kept_for = models.CharField(_("kept for"), max_length=120)

    class Meta:
        verbose_name = _("cookie")
        verbose_name_plural = _("cookies")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that no browser, or only one of our two rules, could match."""
        super().clean()
        if not NAME_OR_BEGINNING.fullmatch(self.name):
            raise ValidationError(
                {
                    "name": _(
                        "Give the cookie's name. A star is allowed at its end only, as in _ga*."
                    )
                }
            )


class BannerText(models.Model):
    """The words of the banner: one row."""

    lead = models.CharField(_("first sentence"), max_length=200)
    link = models.CharField(
        _("link to the cookie page"), max_length=200, help_text=_("The whole sentence is the link.")
    )
    purposes = models.TextField(
        _("what the cookies are for"),
        help_text=_("Name every purpose that is offered: consent without it is not informed."),
    )
    accept = models.CharField(_("accept button"), max_length=60)
    reject = models.CharField(_("refuse button"), max_length=60)
    choose = models.CharField(_("choose button"), max_length=60)

    objects: ClassVar[models.Manager["BannerText"]] = models.Manager()

    class Meta:
        verbose_name = _("banner text")
        verbose_name_plural = _("banner text")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_banner_text")]

    def __str__(self) -> str:
        return self.lead


class Notice(models.Model):
    """
    The exact wording readers were shown in one language.

    ``body`` holds what ``wording.snapshot`` returns, ``schema`` 1. Never updated.
    """

    sha256 = models.CharField(_("digest"), max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=12)
    body = models.JSONField(_("wording"))
    created_at = models.DateTimeField(_("first shown to a reader who decided"))

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")

    def __str__(self) -> str:
        return f"{self.language} {self.sha256[:12]}"


class Decision(models.Model):
    """
    What one reader said, when, and to which words. Never updated.

    It names nobody: ``consent_id`` is random and stands in the reader's own cookie; there is
    no address, browser, account or page. ``choices`` is ``{"schema": 1, "yes": […], "no": […]}``
    with the names of purposes; both lists are empty once the reader let the choice be forgotten.
    """

    class Source(models.TextChoices):
        BANNER = "banner", _("Banner")
        SETTINGS = "settings", _("Cookie settings")
        EMBED = "embed", _("Embedded content")

    consent_id = models.UUIDField(_("consent number"), db_index=True)
    at = models.DateTimeField(_("time"), db_index=True)
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("wording")
    )
    choices = models.JSONField(_("choices"))
    source = models.CharField(_("where"), max_length=12, choices=Source)
    gpc = models.BooleanField(_("GPC signal"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.consent_id} {self.at:%Y-%m-%d %H:%M}"
