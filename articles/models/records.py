"""What happened, what readers were told, and which addresses were ever given out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.models.append_only import AppendOnly
from articles.models.editions import Edition, Revision
from articles.models.stories import Article


class Notice(AppendOnly):
    """What readers of one language are told about a story, dated."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "note", _("Editor's note")
        WITHDRAWAL = "withdrawal", _("Withdrawal")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notices")
    language = models.CharField(max_length=8, choices=languages.CHOICES)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    text = models.TextField(_("text"))
    # Of a note: the reply itself, or what else there is to read.
    link = models.URLField(_("link"), max_length=500, blank=True, default="", db_default="")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
            models.CheckConstraint(condition=Q(link="") | Q(kind="note"), name="only_notes_link"),
        ]
        indexes = [models.Index(fields=["language", "-at", "-id"], name="newest_notices")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"


class Publication(AppendOnly):
    """
    One publish of one revision, and what kind of change it was to what readers had before.

    How far behind a translation is follows from the publications of its source. Keys rise with
    the numbers of an edition's revisions: they are made under the story's lock.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First publication")
        TYPO = "typo", _("Typing error")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "note", _("Editor's note")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="publications")
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="publication")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, null=True, related_name="publication"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["first", "typo"], notice__isnull=True)
                | Q(
                    kind__in=["correction", "clarification", "update", "note"],
                    notice__isnull=False,
                ),
                name="publication_tells_what_its_kind_owes",
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(kind="first"), name="first_publication_is_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"


class Activity(AppendOnly):
    """Who did what to a story, and when: the newsroom's memory."""

    class Verb(models.TextChoices):
        STARTED = "started", _("started the story")
        INGESTED = "ingested", _("brought the story in")
        CHANGED_FACTS = "changed_facts", _("changed the story's details")
        SET_EMBARGO = "set_embargo", _("set the embargo")
        HELD = "held", _("put the story on hold")
        RELEASED = "released", _("released the hold")
        SPIKED = "spiked", _("spiked the story")
        UNSPIKED = "unspiked", _("took the story off the spike")
        KILLED = "killed", _("killed the story")
        REOPENED = "reopened", _("reopened the story")
        SET_MODE = "set_mode", _("chose how the languages go out")
        GROUPED = "grouped", _("put the languages into one release")
        REGROUPED = "regrouped", _("changed the joint release")
        UNGROUPED = "ungrouped", _("dissolved the joint release")
        NOT_READY = "not_ready", _("was not ready yet to go out")
        OPENED = "opened", _("opened a working copy")
        SAVED = "saved", _("saved the text")
        SET_ASIDE = "set_aside", _("had a text set aside")
        RESTORED = "restored", _("restored an earlier text")
        DISCARDED = "discarded", _("discarded the working copy")
        SUBMITTED = "submitted", _("submitted the text for review")
        TOOK_BACK = "took_back", _("took the text back to draft")
        SENT_BACK = "sent_back", _("sent the text back")
        APPROVED = "approved", _("approved the text")
        APPROVED_OWN = "approved_own", _("approved their own text")
        PUBLISHED = "published", _("published")
        PUBLISHED_SILENTLY = "silently", _("published as a typing error, with more changed")
        FORCED = "forced", _("published without review")
        LOOKED_AGAIN = "looked_again", _("approved the text after it was published")
        UNCORRECTED = "uncorrected", _("still lacks its source's correction")
        REMINDED = "reminded", _("awaits a second look still")
        SCHEDULED = "scheduled", _("scheduled the text")
        UNSCHEDULED = "unscheduled", _("took the text off the schedule")
        VOIDED = "voided", _("had the schedule voided")
        BLOCKED = "blocked", _("was due and could not go out")
        WENT_LIVE = "went_live", _("went live on schedule")
        SET_END = "set_end", _("set when it goes offline")
        TOOK_OFFLINE = "took_offline", _("took it offline")
        BROUGHT_BACK = "brought_back", _("brought it back online")
        WITHDREW = "withdrew", _("withdrew it")
        RIGHTS_ENDED = "rights_ended", _("had its rights end")
        CHANGED_RIGHTS = "changed_rights", _("changed until when it may be shown")
        RESTAMPED = "restamped", _("printed the credit anew")
        WAIVED = "waived", _("let it pass a rule")
        NOTED = "noted", _("noted a warning")
        ASKED_DOWN = "asked_down", _("recorded a takedown request")
        DOWN_LATE = "down_late", _("has a takedown request that nobody answered in time")
        ANSWERED_DOWN = "answered_down", _("answered a takedown request")
        ORIGIN_CORRECTED = "origin_corrected", _("recorded that the original was corrected")
        ORIGIN_WITHDRAWN = "origin_withdrawn", _("recorded that the original was withdrawn")
        ORIGIN_CURRENT = "origin_current", _("recorded that the original is as it was")
        ORIGIN_LATE = "origin_late", _("did not follow its original in time")
        NOTHING_WRONG = "nothing_wrong", _("found nothing to correct")
        KEPT = "kept", _("kept the story though the original was withdrawn")
        SET_SOURCE = "set_source", _("chose what it is translated from")
        COMMISSIONED = "commissioned", _("asked for the translation")
        ASSIGNED = "assigned", _("gave the translation to somebody")
        CLAIMED = "claimed", _("took on the translation")
        HANDED_OVER = "handed_over", _("handed the translation over")
        HANDED_BACK = "handed_back", _("handed the translation back")
        REBASED = "rebased", _("brought in the source's changes")
        MENDED = "mended", _("changed the translation in review")
        ASKED = "asked", _("asked about the source")
        ANSWERED = "answered", _("answered a question about the source")
        COMMENTED = "commented", _("wrote beside a unit")
        SETTLED = "settled", _("closed a conversation beside a unit")
        UNSETTLED = "unsettled", _("took up a conversation beside a unit again")
        DELIVERED = "delivered", _("approved and delivered the translation")
        DELIVERED_OWN = "delivered_own", _("approved and delivered their own translation")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="activities")
    language = models.CharField(max_length=8, choices=languages.CHOICES, blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verb = models.CharField(max_length=16, choices=Verb)
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["article", "-at", "-id"], name="newest_activity"),
            # The clock asks for these few every few seconds.
            models.Index(fields=["revision"], condition=Q(verb="forced"), name="forced_texts"),
            # What was taken away lately is asked every few seconds.
            models.Index(fields=["at"], name="activity_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.verb}"


class Proof(AppendOnly):
    """What one of our own addresses answered after a text was taken from readers."""

    class Outcome(models.TextChoices):
        SHOWN = "shown", _("still shows the text")
        GONE = "gone", _("says that it is gone")
        LED = "led", _("leads to the story that was chosen instead")
        ABSENT = "absent", _("nothing is there")
        WITHOUT = "without", _("does not show it")
        UNCLEAR = "unclear", _("an answer that proves nothing")
        UNASKED = "unasked", _("could not be asked")

    # The withdrawal that is to be proven: of which story, and in which language.
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="proofs")
    address = models.TextField()
    # Of HTTP; None where nothing answered.
    status = models.PositiveSmallIntegerField(null=True)
    found = models.BooleanField()
    # Where the answer came from, if the address leads to the story that was chosen for it.
    led_to = models.TextField(default="", db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(found=False) | models.Q(status__isnull=False),
                name="found_in_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.status}"

    @property
    def outcome(self) -> Outcome:
        if self.found:
            return self.Outcome.SHOWN
        if self.status is None:
            return self.Outcome.UNASKED
        meanings = {
            410: self.Outcome.GONE,
            404: self.Outcome.ABSENT,
            200: self.Outcome.LED if self.led_to else self.Outcome.WITHOUT,
        }
        return meanings.get(self.status, self.Outcome.UNCLEAR)

    @property
    def is_gone(self) -> bool:
        return self.outcome in {
            self.Outcome.GONE,
            self.Outcome.LED,
            self.Outcome.ABSENT,
            self.Outcome.WITHOUT,
        }


class Address(AppendOnly):
    """A slug that was ever given out in a language; never given to another story."""

    language = models.CharField(max_length=8, choices=languages.CHOICES)
    slug = models.CharField(max_length=120)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="slug_unique_for_ever"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"
