"""Who works here, and what they were told."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Activity
from articles.models.append_only import AppendOnly


class User(AbstractUser):
    """A person with a login. What they may do comes from their groups (see ``permissions``)."""

    language = models.CharField(
        _("interface language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default="id",
        help_text=_("The language of the newsroom's screens for this person."),
    )
    # Which messages also come by e-mail, besides those that always do: see ``rules.Subject``.
    mails_own = models.BooleanField(
        _("what becomes of my texts: sent back, approved, brought up to date"),
        default=True,
        db_default=True,
    )
    mails_work = models.BooleanField(
        _("what waits for me: to review, to translate, to publish"), default=True, db_default=True
    )
    mails_story = models.BooleanField(
        _("what happens to stories I work on: scheduled, published, on hold, offline"),
        default=False,
        db_default=False,
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
        return frozenset(group.name for group in groups)


class Telling(AppendOnly):
    """That an activity has been told to whom it concerns: one without has yet to be."""

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, primary_key=True, related_name="telling"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Notification(models.Model):
    """One activity as one person was told of it: the message, and its receipt."""

    class Why(models.TextChoices):
        """What makes an activity somebody's business."""

        STORY = "story", _("You have worked on this story.")
        HOLDER = "holder", _("You are working on this story.")
        TEXT = "text", _("You wrote on this text.")
        HAD_IT = "had_it", _("You had this translation.")
        MENTIONED = "mentioned", _("You were mentioned.")
        THREAD = "thread", _("You wrote in this conversation.")
        APPROVER = "approver", _("You approved this text.")
        SCHEDULER = "scheduler", _("You scheduled this text.")
        FORCER = "forcer", _("You published this text without review.")
        CORRECTED = "corrected", _("You translated what was corrected.")
        DEPENDANT = "dependant", _("You translate this text.")
        ASSIGNED = "assigned", _("You were given this translation.")
        TRANSLATOR = "translator", _("You translate into this language.")
        REVIEWER = "reviewer", _("You review in this language.")
        DESK = "desk", _("You are on the desk.")
        PUBLISHER = "publisher", _("You publish.")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="notifications")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    why = models.CharField(max_length=12, choices=Why)
    is_mandatory = models.BooleanField()
    read_at = models.DateTimeField(null=True)
    # When the mail is to be tried next; None when none is wanted, or no more is to be done.
    mail_due_at = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="told_once"),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(mail_due_at__isnull=True),
                name="mailed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="newest_messages"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="unread_messages"
            ),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail_due_at__isnull=False),
                name="mail_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.person_id}"
