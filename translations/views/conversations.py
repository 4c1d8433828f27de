"""What was said beside units and done to them in review, as the desk's screens show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.models import Edition
from translations import anchoring, wording
from translations.models import Assignment, Comment, ReviewEdit, Side, Thread, Unit
from translations.views.units import Row, marked


@dataclass(frozen=True)
class Said:
    """One comment."""

    by: str
    when: str
    text: str


@dataclass(frozen=True)
class Conversation:
    """A thread with what was said in it."""

    thread: Thread
    said: list[Said] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        """Where a conversation stands, in a word: “Question”, “Answered”."""
        thread = self.thread
        if not thread.is_open:
            return str(_("Closed"))
        if not thread.is_question:
            return str(_("Comment"))
        return str(_("Question") if thread.is_unanswered else _("Answered"))


@dataclass(frozen=True)
class Edit:
    """What somebody made of a unit in review; ``difference`` shows both texts in one."""

    by: str
    by_pk: int
    when: str
    difference: str


@dataclass(frozen=True)
class Objection:
    """What a reviewer finds wrong with a unit; ``found`` are the words, if they still stand."""

    reason: str
    note: str
    side: str
    quote: str
    found: anchoring.Found | None


def conversations_of(edition: Edition, *, at: datetime) -> dict[str, list[Conversation]]:
    """Return an edition's conversations by the ids of their blocks, the oldest first. One query."""
    said = (
        Comment.objects.filter(thread__edition=edition)
        .select_related("thread", "by")
        .order_by("thread__opened_at", "thread", "at", "pk")
    )
    return by_block(grouped(said, at=at))


def grouped(said: Iterable[Comment], *, at: datetime) -> list[Conversation]:
    """Return conversations made of their comments, which come with their threads and people."""
    found: dict[int, Conversation] = {}
    for one in said:
        talk = found.setdefault(one.thread_id, Conversation(one.thread))
        talk.said.append(Said(str(one.by), wording.moment(one.at, at=at), one.text))
    return list(found.values())


def by_block(talks: Iterable[Conversation]) -> dict[str, list[Conversation]]:
    found: dict[str, list[Conversation]] = {}
    for talk in talks:
        found.setdefault(talk.thread.bid, []).append(talk)
    return found


def elsewhere(talks: dict[str, list[Conversation]], units: Iterable[Unit]) -> list[Conversation]:
    """Return the open conversations about blocks that the source has lost."""
    here = {unit.bid for unit in units}
    gone = (talk for bid, found in talks.items() if bid not in here for talk in found)
    return [talk for talk in gone if talk.thread.is_open]


def edits_of(assignment: Assignment, *, at: datetime) -> dict[int, list[Edit]]:
    """Return what was changed in review by the primary keys of units. One query."""
    edits = ReviewEdit.objects.filter(unit__assignment=assignment).select_related("by")
    found: dict[int, list[Edit]] = {}
    for edit in edits.order_by("at", "pk"):
        found.setdefault(edit.unit_id, []).append(
            Edit(
                by=str(edit.by),
                by_pk=edit.by_id,
                when=wording.moment(edit.at, at=at),
                difference=marked(edit.before_html, edit.after_html),
            )
        )
    return found


def objection_to(unit: Unit) -> Objection | None:
    """Return what is found wrong with a unit, None if nothing is."""
    if not unit.return_reason and not unit.return_note:
        return None
    html = unit.source_html if unit.return_side == Side.SOURCE else unit.target_html
    text = html if unit.is_plain else richtext.text_of(html)
    return Objection(
        reason=unit.get_return_reason_display(),
        note=unit.return_note,
        side=unit.return_side,
        quote=unit.return_quote,
        found=anchoring.find(text, unit.return_quote, unit.return_start),
    )


def open_questions(talks: Iterable[Sequence[Conversation]]) -> int:
    """Return how many questions are not closed."""
    return sum(talk.thread.is_question and talk.thread.is_open for found in talks for talk in found)


def with_talk(
    rows: Iterable[Row],
    talks: dict[str, list[Conversation]],
    edits: dict[int, list[Edit]],
) -> list[Row]:
    """Return rows with what was said beside their units, found wrong with them and changed."""
    return [
        replace(
            row,
            objection=objection_to(row.unit),
            talks=talks.get(row.unit.bid, ()),
            edits=edits.get(row.unit.pk, ()),
        )
        for row in rows
    ]
