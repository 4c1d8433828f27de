"""Who works here."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with a login. What they may do comes from their groups (see ``permissions``)."""

    language = models.CharField(
        _("interface language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default="id",
        help_text=_("The language of the newsroom's screens for this person."),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of this person's groups; a superuser has every role. One query, kept."""
        groups = Group.objects.all() if self.is_superuser else self.groups.all()
        return frozenset(groups.values_list("name", flat=True))
