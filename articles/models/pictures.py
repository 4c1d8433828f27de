"""Pictures, as we made them: never the file that somebody sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """
    A picture with its credit.

    Caption and alternative text are what a story starts from: each version of a story has
    its own, so that changing them here changes no published page.
    """

    file = models.ImageField(
        _("file"), upload_to="pictures/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False, unique=True)
    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Who made the picture, as readers see it: “Photo: Dewi Lestari”."),
    )
    caption = models.CharField(_("caption"), max_length=400, blank=True, default="")
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not: no alternative text."),
    )
    restriction = models.CharField(
        _("restriction"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("What it may not be used for: “Not for advertising”. A publisher decides."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or self.alt or str(self.file.name)
