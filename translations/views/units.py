"""Units as the desk's screens show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.diffing import diff_html
from articles.editor import UnitWidget
from translations import wording
from translations.models import Assignment, KeptText, Unit
from translations.translating import longest

if TYPE_CHECKING:
    from translations.views.conversations import Conversation, Edit, Objection

# The editor's scripts and styles, the same for every kind of block.
MEDIA = UnitWidget(kind=richtext.Kind.PARAGRAPH).media
# What unit-editor.js says when the server cannot.
SCRIPT_WORDS: dict[str, Promise] = {
    "unsaved": _("Not saved yet"),
    "saving": _("Saving …"),
    "offline": _("No connection. Your text is kept here; saving is tried again."),
    "signed_out": _("You are signed out. Sign in in another tab; your text is kept here."),
    "failed": _("The server did not save this. Your text is kept here; saving is tried again."),
    "gone": _("The source has lost this unit. Copy your text if you need it; load the page again."),
    "copied": _("Empty the translation before you copy the source into it."),
    "moved": _("The source of this unit changed. Look at it again."),
    "chosen": _("Two texts: choose one."),
}


@dataclass(frozen=True)
class Kept:
    """A text that came too late to be saved."""

    by: str
    when: str
    html: str


@dataclass(frozen=True)
class Row:
    """One unit: its source, its translation, and what is to be known of both."""

    unit: Unit
    number: int
    language: str
    at: datetime
    kept: Sequence[Kept] = ()
    # What ``conversations.with_talk`` adds.
    objection: "Objection | None" = None
    talks: "Sequence[Conversation]" = ()
    edits: "Sequence[Edit]" = ()

    @property
    def questions(self) -> int:
        """How many questions about it are not closed."""
        return sum(talk.thread.is_question and talk.thread.is_open for talk in self.talks)

    @property
    def label(self) -> str:
        """“Headline”, “Paragraph 3”."""
        kind = wording.kind_of(self.unit)
        return f"{kind} {self.number}" if self.number else kind

    @property
    def status(self) -> str:
        return wording.status_of(self.unit)

    @property
    def status_words(self) -> str:
        return wording.status_words(self.status)

    @property
    def is_done(self) -> bool:
        return self.unit.state in Unit.DONE and not self.unit.is_out_of_date

    @property
    def words(self) -> int:
        return len(richtext.text_of(self.unit.source_html).split())

    @property
    def limit(self) -> int | None:
        return longest(self.unit)

    @property
    def field_id(self) -> str:
        return f"target-{self.unit.pk}"

    def field(self) -> SafeString:
        """Return the field the translation is written in: a line, or an editor of one block."""
        attrs = {
            "id": self.field_id,
            "lang": self.language,
            "dir": "auto",
            "rows": 2,
            "spellcheck": "true",
            "aria-describedby": f"status-{self.unit.pk}",
        }
        if self.unit.is_plain:
            return forms.Textarea().render("target", self.unit.target_html, attrs)
        widget = UnitWidget(kind=richtext.Kind(self.unit.kind), language=self.language)
        return widget.render("target", self.unit.target_html, attrs)

    @property
    def source(self) -> str:
        """What the source says, to be read."""
        return printed(self.unit, self.unit.source_html)

    @property
    def target(self) -> str:
        """What the translation says, to be read."""
        return printed(self.unit, self.unit.target_html)

    @property
    def source_diff(self) -> str:
        """What the source said when this was translated, and says now; empty if the same."""
        unit = self.unit
        return marked(unit.made_from_html, unit.source_html) if unit.is_out_of_date else ""

    @property
    def saved(self) -> str:
        """“Saved 14:05”; empty before the first save."""
        if self.unit.saved_at is None:
            return ""
        time = wording.short_moment(self.unit.saved_at, at=self.at)
        return gettext("Saved %(time)s") % {"time": time}


@dataclass(frozen=True)
class Progress:
    """How much of a translation is done, in units and in words of the source."""

    done: int
    total: int
    words_done: int
    words: int

    @property
    def left(self) -> int:
        return self.total - self.done


def rows_of(
    units: Sequence[Unit],
    kept_texts: Iterable[KeptText] = (),
    *,
    language: str,
    at: datetime,
) -> list[Row]:
    """Return the rows of an assignment's units, the blocks of a body numbered by kind."""
    kept: dict[int, dict[str, Kept]] = {}
    for text in kept_texts:
        when = wording.moment(text.at, at=at)
        kept.setdefault(text.unit_id, {})[text.html] = Kept(str(text.by), when, text.html)
    totals: dict[str, int] = {}
    for unit in units:
        totals[unit.kind] = totals.get(unit.kind, 0) + 1
    rows: list[Row] = []
    numbers: dict[str, int] = {}
    for unit in units:
        numbers[unit.kind] = number = numbers.get(unit.kind, 0) + 1
        numbered = not unit.is_plain and totals[unit.kind] > 1
        texts = kept.get(unit.pk, {}).values()
        others = [
            replace(text, html=printed(unit, text.html))
            for text in texts
            if text.html != unit.target_html
        ]
        rows.append(Row(unit, number if numbered else 0, language=language, at=at, kept=others))
    return rows


def row_of(unit: Unit, *, language: str, at: datetime) -> Row:
    """Return the row of one unit among its siblings. One query."""
    siblings = Unit.objects.filter(assignment=unit.assignment_id, kind=unit.kind)
    before = list(siblings.order_by("position").values_list("pk", flat=True))
    number = before.index(unit.pk) + 1 if not unit.is_plain and len(before) > 1 else 0
    return Row(unit, number, language=language, at=at)


def progress_of(rows: Iterable[Row]) -> Progress:
    rows = list(rows)
    done = [row for row in rows if row.is_done]
    return Progress(
        done=len(done),
        total=len(rows),
        words_done=sum(row.words for row in done),
        words=sum(row.words for row in rows),
    )


def printed(unit: Unit, html: str) -> str:
    """Return one side of a unit for a page: plain words, or the HTML inside its block."""
    if unit.is_plain:
        return html
    kind = richtext.Kind(unit.kind)
    inner = richtext.public_inner(kind, html)
    return format_html("<figure>{}</figure>", inner) if kind is richtext.Kind.FIGURE else inner


def marked(old: str, new: str) -> richtext.Html:
    """Return what changed from one text to another, in words."""
    return diff_html(old, new, removed_label=gettext("removed:"), added_label=gettext("added:"))


def stopped_words() -> str:
    """Say that nobody may go on with a story."""
    return str(_("Work on this story has been stopped. Ask the desk whether it goes on."))


def state_words(assignment: Assignment) -> str:
    """Say why an assignment cannot be written in now."""
    state = Assignment.State
    words = {
        state.IN_REVIEW: _("This translation is in review. It can be changed if it is sent back."),
        state.DELIVERED: _("This translation was approved. Nothing is left to do."),
        state.HANDED_BACK: _("This translation was handed back. Take it on again to go on."),
    }
    return str(words[state(assignment.state)])
