"""Talking about a unit: comments, questions to the source's editor, and their answers."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from articles import richtext
from articles.editing import refuse_closed
from articles.models import Activity, Article, Edition
from articles.permissions import Person, may_see_article
from articles.recording import lock, record
from translations.anchoring import fold
from translations.models import Assignment, Comment, Side, Thread, Unit

if TYPE_CHECKING:
    from newsroom.models import User

# “@” and a user name; what ends a sentence is no part of it.
_MENTION = re.compile(r"(?<![\w@.])@(\w[\w.@+-]*)")
_MOST_MENTIONS = 20


class NothingSaid(Exception):
    """A comment without words."""


class Closed(Exception):
    """The conversation was closed: take it up again to say something."""


class NoQuestion(Exception):
    """Only a question is answered."""


@transaction.atomic
def comment(
    unit: Unit, text: str, *, by: Person, at: datetime, quote: str = "", side: Side = Side.TARGET
) -> Comment:
    """
    Say something beside a unit; ``quote`` are the words of a side that it is about, if any.

    Whoever is named with “@” and may see the story is told. Raises ``NothingSaid`` and
    ``StoryClosed``.
    """
    edition = _open_story(unit.assignment.edition)
    thread = _start(unit, Thread.Kind.COMMENT, quote=quote, side=side, by=by, at=at)
    return _say(thread, text, Activity.Verb.COMMENTED, edition, by=by, at=at)


@transaction.atomic
def ask(
    unit: Unit, text: str, *, by: Person, at: datetime, quote: str = "", side: Side = Side.SOURCE
) -> Comment:
    """
    Ask the source's editor about a unit; those who wrote the source and the desk are told.

    Without selected words the whole source block is quoted. Raises as ``comment``.
    """
    edition = _open_story(unit.assignment.edition)
    quote, side = (quote, side) if fold(quote) else (_words_of(unit), Side.SOURCE)
    thread = _start(unit, Thread.Kind.QUESTION, quote=quote, side=side, by=by, at=at)
    return _say(thread, text, Activity.Verb.ASKED, edition, by=by, at=at)


@transaction.atomic
def reply(thread: Thread, text: str, *, by: Person, at: datetime) -> Comment:
    """
    Go on with a conversation; a question that was answered waits for an answer again.

    Raises ``NothingSaid``, ``Closed`` and ``StoryClosed``.
    """
    edition = _open_story(thread.edition)
    thread = _open_thread(thread)
    thread.answered_at = None
    thread.save(update_fields=["answered_at"])
    return _say(thread, text, Activity.Verb.COMMENTED, edition, by=by, at=at)


@transaction.atomic
def answer(thread: Thread, text: str, *, by: Person, at: datetime) -> Comment:
    """
    Answer a question; whoever wrote in it, and whoever translates, is told.

    It stays open until somebody has made use of the answer. Raises as ``reply``, and
    ``NoQuestion``.
    """
    if not thread.is_question:
        raise NoQuestion
    edition = _open_story(thread.edition)
    thread = _open_thread(thread)
    thread.answered_at = at
    thread.save(update_fields=["answered_at"])
    return _say(thread, text, Activity.Verb.ANSWERED, edition, by=by, at=at)


@transaction.atomic
def resolve(thread: Thread, *, by: Person, at: datetime) -> Thread:
    """Close a conversation: nothing is left to say. A second time changes nothing."""
    edition = lock(thread.edition)
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    if not thread.is_open:
        return thread
    thread.resolved_by_id, thread.resolved_at = by.pk, at
    thread.save(update_fields=["resolved_by", "resolved_at"])
    record(edition.article, Activity.Verb.SETTLED, by=by, at=at, language=edition.language)
    return thread


@transaction.atomic
def reopen(thread: Thread, *, by: Person, at: datetime) -> Thread:
    """Take a closed conversation up again. A second time changes nothing."""
    edition = lock(thread.edition)
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    if thread.is_open:
        return thread
    thread.resolved_by_id = thread.resolved_at = None
    thread.save(update_fields=["resolved_by", "resolved_at"])
    record(edition.article, Activity.Verb.UNSETTLED, by=by, at=at, language=edition.language)
    return thread


def names_in(text: str) -> list[str]:
    """Return the user names that a text mentions, in order, each once in lower case."""
    found = (name.rstrip(".+-@").lower() for name in _MENTION.findall(text))
    return list(dict.fromkeys(name for name in found if name))[:_MOST_MENTIONS]


def unheard(said: Comment) -> list[str]:
    """Return the names in a comment of people who are not told of it. One query."""
    told = {person.username.lower() for person in said.mentions.all()}
    return [name for name in names_in(said.text) if name not in told]


def _start(
    unit: Unit, kind: Thread.Kind, *, quote: str, side: Side, by: Person, at: datetime
) -> Thread:
    return Thread.objects.create(
        edition_id=unit.assignment.edition_id,
        bid=unit.bid,
        kind=kind,
        quote=fold(quote),
        side=side,
        opened_by_id=by.pk,
        opened_at=at,
    )


def _say(
    thread: Thread,
    text: str,
    verb: Activity.Verb,
    edition: Edition,
    *,
    by: Person,
    at: datetime,
) -> Comment:
    text = text.strip()
    if not text:
        raise NothingSaid
    article = edition.article
    # A question is the business of the source: of who wrote it, and where it is answered.
    is_asked = verb == Activity.Verb.ASKED
    latest = edition.assignments.select_related("source_revision").order_by("-claimed_at", "-pk")
    pinned = latest.first() if is_asked else None
    activity = record(
        article,
        verb,
        by=by,
        at=at,
        language=edition.source_language if is_asked else edition.language,
        revision=pinned.source_revision if pinned is not None else None,
        reason=text,
    )
    said = Comment.objects.create(thread=thread, text=text, by_id=by.pk, at=at, activity=activity)
    said.mentions.set(_mentioned(text, article, edition, at=at))
    return said


def _mentioned(text: str, article: Article, edition: Edition, *, at: datetime) -> "list[User]":
    """Return who is named in a text and may see the story."""
    names = names_in(text)
    if not names:
        return []
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(username__iexact=name)
    people = get_user_model().objects.filter(wanted, is_active=True)
    holders = _holders(edition)
    return [
        person
        for person in people
        if person.pk in holders or may_see_article(person, article, at=at)
    ]


def _holders(edition: Edition) -> set[int]:
    open_now = Assignment.objects.open().filter(edition=edition)
    return set(open_now.values_list("translator", flat=True))


def _words_of(unit: Unit) -> str:
    return unit.source_html if unit.is_plain else richtext.text_of(unit.source_html)


def _open_story(edition: Edition) -> Edition:
    edition = lock(edition)
    refuse_closed(edition.article)
    return edition


def _open_thread(thread: Thread) -> Thread:
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    if not thread.is_open:
        raise Closed
    return thread
