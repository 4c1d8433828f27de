"""The translation desk: who translates what, from which source text, block by block."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.models import Activity, Edition, Revision
from articles.models.append_only import AppendOnly
from translations.alignment import Kind
from translations.laying import is_line, says_the_same

if TYPE_CHECKING:
    from newsroom.models import User


class WorkingPair(models.Model):
    """A direction in which a person translates or reviews; their group says which of both."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="working_pairs",
    )
    source_language = models.CharField(_("from"), max_length=8, choices=languages.CHOICES)
    target_language = models.CharField(_("into"), max_length=8, choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("working language pair")
        verbose_name_plural = _("working language pairs")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source_language", "target_language"], name="pair_named_once"
            ),
            models.CheckConstraint(
                condition=~Q(source_language=F("target_language")), name="pair_has_two_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_language} → {self.target_language}"


class Team(models.Model):
    """People who translate the same kind of story; a commission may be theirs."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("members"), related_name="teams", blank=True
    )

    class Meta:
        verbose_name = _("team of translators")
        verbose_name_plural = _("teams of translators")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Commission(models.Model):
    """What the desk asks of whoever translates an edition; gone when that is delivered."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="commission")
    # None: anybody who translates in this direction may take it on.
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="commissions")
    due_at = models.DateTimeField(_("due"), null=True)
    note = models.TextField(_("what to mind"), blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")

    def __str__(self) -> str:
        return f"{self.edition_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> "AssignmentQuerySet":
        return self.filter(state__in=Assignment.OPEN)

    def with_progress(self) -> "AssignmentQuerySet":
        """Count the units: ``units_total``, ``units_done`` (ready or approved)."""
        return self.annotate(
            units_total=models.Count("units"),
            units_done=models.Count("units", filter=Q(units__state__in=Unit.DONE)),
        )


class Assignment(models.Model):
    """One edition to be made from one revision of its source. At most one is open."""

    class State(models.TextChoices):
        TRANSLATING = "translating", _("in translation")
        IN_REVIEW = "in_review", _("in review")
        RETURNED = "returned", _("sent back")
        DELIVERED = "delivered", _("delivered")
        HANDED_BACK = "handed_back", _("handed back")

    OPEN = (State.TRANSLATING, State.IN_REVIEW, State.RETURNED)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="assignments")
    source_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="assignments"
    )
    translator: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    # Whoever had it before it was handed over.
    had_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    state = models.CharField(
        max_length=16, choices=State, default=State.TRANSLATING, editable=False
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    # What the reviewer said of the whole when sending it back.
    return_note = models.TextField(blank=True, default="", editable=False)
    delivered_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    claimed_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=["translating", "in_review", "returned"]),
                name="one_open_assignment",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_revision__isnull=False),
                name="delivered_assignment_has_a_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} ← r{self.source_revision_id}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_with_translator(self) -> bool:
        """Whether the translator may write: it is open and not in review."""
        return self.state in {self.State.TRANSLATING, self.State.RETURNED}


class Side(models.TextChoices):
    """Where some words stand."""

    SOURCE = "source", _("source")
    TARGET = "target", _("translation")


class Unit(models.Model):
    """One block of the source with its translation."""

    class State(models.TextChoices):
        EMPTY = "empty", _("empty")
        DRAFT = "draft", _("draft")
        READY = "ready", _("ready")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")

    class Change(models.TextChoices):
        """What became of the source block since it was translated, beside other words."""

        NEW = "new", _("new")
        MOVED = "moved", _("moved")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")

    class Reason(models.TextChoices):
        """What sort of fault a reviewer found."""

        MEANING = "meaning", _("Meaning")
        FACT = "fact", _("Fact")
        NAME = "name", _("Name")
        STYLE = "style", _("Style")
        OMISSION = "omission", _("Something is missing")
        ADDITION = "addition", _("Something was added")
        TERMINOLOGY = "terminology", _("Terminology")
        OTHER = "other", _("Other")

    DONE = (State.READY, State.APPROVED)

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="units")
    position = models.PositiveIntegerField()
    # The source block's id; "@headline" and the like for the fields beside the body.
    bid = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    source_html = models.TextField()
    target_html = models.TextField(blank=True, default="")
    # The source text that the target was made from: out of date when it is not the source now.
    made_from_html = models.TextField(blank=True, default="")
    # Since the unit was last ready; that words were edited shows in the two texts above.
    change = models.CharField(
        max_length=8, choices=Change, blank=True, default="", db_default="", editable=False
    )
    state = models.CharField(max_length=12, choices=State, default=State.EMPTY, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # What the reviewer says is wrong here, and of which words: they stood from character
    # ``return_start`` to ``return_end`` of the side's plain text, None where that is not known.
    return_reason = models.CharField(
        max_length=12, choices=Reason, blank=True, default="", db_default="", editable=False
    )
    return_note = models.TextField(blank=True, default="", editable=False)
    return_side = models.CharField(
        max_length=6, choices=Side, blank=True, default="", db_default="", editable=False
    )
    return_quote = models.TextField(blank=True, default="", db_default="", editable=False)
    return_start = models.PositiveIntegerField(null=True, editable=False)
    return_end = models.PositiveIntegerField(null=True, editable=False)
    # Who approved it by itself and when; it is approved still only if its state says so.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    saved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "bid"], name="one_unit_per_block"),
            models.CheckConstraint(
                condition=Q(state="empty", target_html="") | ~Q(state="empty") & ~Q(target_html=""),
                name="empty_unit_has_no_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.bid}"

    @property
    def is_out_of_date(self) -> bool:
        """Whether the source's words changed after this translation of them was written."""
        if not self.target_html:
            return False
        return self.change in {self.Change.SPLIT, self.Change.MERGED} or not says_the_same(
            self.bid, self.made_from_html, self.source_html
        )

    @property
    def is_reformatted(self) -> bool:
        """Whether only the source's markup changed: the translation holds, its markup may not."""
        return (
            bool(self.target_html)
            and self.made_from_html != self.source_html
            and not self.is_out_of_date
        )

    @property
    def is_plain(self) -> bool:
        """Whether the unit is a line without markup, such as the headline."""
        return is_line(self.bid)

    def mark(self, kind: Kind) -> None:
        """Remember what became of the source block, until the unit is ready again."""
        match kind:
            case Kind.INSERTED:
                self.change = self.Change.NEW
            case Kind.SPLIT if self.target_html:
                self.change = self.Change.SPLIT
            case Kind.MERGED if self.target_html:
                self.change = self.Change.MERGED
            case Kind.MOVED if self.target_html and not self.change:
                self.change = self.Change.MOVED


class KeptText(AppendOnly):
    """A translation that came too late to be saved, kept so that nobody's words are lost."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="kept_texts")
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.at}"


class ReviewEdit(AppendOnly):
    """What a reviewer made of a unit's translation, the translator's words kept beside it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="review_edits")
    before_html = models.TextField()
    after_html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edit in review")
        verbose_name_plural = _("edits in review")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.at}"


class Thread(models.Model):
    """
    A conversation about one block of a translation: comments, or a question to the source.

    It belongs to the edition and the block, so that it outlives whoever has the translation now.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        QUESTION = "question", _("question to the source")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="threads")
    bid = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    # What it is about, in plain words: what was selected, else the whole source block as it was.
    quote = models.TextField()
    side = models.CharField(max_length=6, choices=Side)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    # Of a question: when its answer came, unless something was said after it.
    answered_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(kind="question"),
                name="only_questions_are_answered",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["edition"],
                condition=Q(kind="question", resolved_at__isnull=True),
                name="open_questions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.bid} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def is_question(self) -> bool:
        return self.kind == self.Kind.QUESTION

    @property
    def is_unanswered(self) -> bool:
        """Whether it is a question that waits for the source's editor."""
        return self.is_question and self.is_open and self.answered_at is None


class Comment(AppendOnly):
    """What somebody said in a conversation; ``mentions`` are told of it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # The line in the story's activity that tells of it.
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="comment")

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.at}"
