"""Who asked us to take a story down, in which languages, and what we answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.stories import Article


class Takedown(AppendOnly):
    """
    A request to take a story from readers, with the moment by which it must be answered.

    Open until it has an answer. Kept for ever, whatever becomes of the story.
    """

    class Basis(models.TextChoices):
        """By what right somebody asks."""

        RIGHTS_HOLDER = "rights_holder", _("holder of the rights")
        LICENCE_ENDED = "licence_ended", _("the licence has ended")
        AUTHORITY = "authority", _("court or authority")
        PERSON = "person", _("person concerned (privacy)")
        ORIGIN = "origin", _("the origin withdrew it")
        OTHER = "other", _("something else")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="takedowns")
    from_name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True, default="")
    basis = models.CharField(max_length=16, choices=Basis)
    # What was asked, word for word, or where it is filed.
    words = models.TextField()
    # Tags of the languages it is about, with a space between them.
    languages = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    # The one column written later: when people were told that no answer came in time.
    late_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("takedown request")
        verbose_name_plural = _("takedown requests")
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_name="") & ~Q(words="") & ~Q(languages=""),
                name="takedown_says_who_what_where",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("received_at")), name="takedown_due_after_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.basis}"

    @property
    def scope(self) -> list[str]:
        """The languages it is about."""
        return self.languages.split()


class TakedownAnswer(AppendOnly):
    """What somebody answered to a request: once, with what was taken from readers for it."""

    class Outcome(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        OFFLINE = "offline", _("taken offline")
        DECLINED = "declined", _("declined")
        GONE = "gone", _("already taken down")

    takedown = models.OneToOneField(
        Takedown, on_delete=models.CASCADE, primary_key=True, related_name="answer"
    )
    outcome = models.CharField(max_length=12, choices=Outcome)
    # Tags of what was taken from readers, with a space between them; the rest of the request's
    # languages was not with readers then.
    languages = models.CharField(max_length=60, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a takedown request")
        verbose_name_plural = _("answers to takedown requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="gone") | ~Q(reason=""), name="takedown_answer_says_why"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["withdrawn", "offline"]) & ~Q(languages="")
                | Q(outcome__in=["declined", "gone"], languages=""),
                name="takedown_answer_takes_what_it_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.takedown_id} {self.outcome}"

    @property
    def taken(self) -> list[str]:
        """The languages that were taken from readers."""
        return self.languages.split()
