"""Languages of a story that go out together."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.editions import Edition
from articles.models.stories import Article


class ReleaseGroup(models.Model):
    """
    A promise that editions of a story reach readers in one transaction, at one moment.

    While it is open none of them goes out alone. Whether it is complete is asked, never stored.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="releases")
    # When it is to go out, and the zone that was given in; neither until somebody plans it.
    release_at = models.DateTimeField(null=True)
    release_zone = models.CharField(max_length=40, default="")
    # When somebody was last told what is missing before the planned moment.
    looked_at = models.DateTimeField(null=True)
    formed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    formed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("joint release")
        verbose_name_plural = _("joint releases")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="one_open_release_per_story"
            ),
            models.CheckConstraint(
                condition=Q(release_at=None, release_zone="")
                | Q(release_at__isnull=False) & ~Q(release_zone=""),
                name="planned_release_has_a_zone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["release_at"], condition=Q(ended_at=None), name="next_joint_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.release_at}"


class ReleaseMember(models.Model):
    """
    One edition of a joint release.

    Without those that lead nothing goes out; one that ``may_follow`` is left behind if it is not
    ready. Of a text that readers had before, what they will be told of the change.
    """

    group = models.ForeignKey(ReleaseGroup, on_delete=models.CASCADE, related_name="members")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    may_follow = models.BooleanField(default=False)
    told_kind = models.CharField(max_length=16, default="")
    told_text = models.TextField(default="")
    told_link = models.URLField(max_length=500, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "edition"], name="released_once_per_group"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.edition_id}"
