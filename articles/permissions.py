"""
Who may do what: predicates over a person's roles, and nothing else decides.

Roles are groups, made by migration. An administrator looks after people and labels;
a superuser may do everything that anybody may, but approves no text of their own.
"""

from datetime import datetime
from typing import Protocol

from articles.models import Article, Edition, WorkingCopy

WRITER = "Writer"
TRANSLATOR = "Translator"
REVIEWER = "Reviewer"
EDITOR = "Editor"
PUBLISHER = "Publisher"
ADMINISTRATOR = "Administrator"

_DESK = frozenset({EDITOR, PUBLISHER})
EVERYONE = frozenset({WRITER, TRANSLATOR, REVIEWER, EDITOR, PUBLISHER, ADMINISTRATOR})


class Person(Protocol):
    """Whoever acts: a signed-in user with the names of their groups."""

    pk: int

    @property
    def is_active(self) -> bool: ...

    @property
    def roles(self) -> frozenset[str]: ...


def _has(person: Person, roles: frozenset[str]) -> bool:
    return person.is_active and not person.roles.isdisjoint(roles)


def may_enter(person: Person) -> bool:
    """May this person see the newsroom's own screens at all?"""
    return _has(person, EVERYONE)


def may_start_articles(person: Person) -> bool:
    return _has(person, _DESK | {WRITER})


def may_see_every_article(person: Person) -> bool:
    """See stories under embargo too, whoever wrote them."""
    return _has(person, _DESK | {ADMINISTRATOR})


def may_see_article(person: Person, article: Article, *, at: datetime) -> bool:
    """A writer sees their own stories; the desk sees all; translators and reviewers read all
    that is not under embargo at that moment."""
    if may_see_every_article(person):
        return True
    if _has(person, frozenset({WRITER})) and article.created_by_id == person.pk:
        return True
    return not article.is_embargoed(at=at) and _has(
        person, frozenset({WRITER, TRANSLATOR, REVIEWER})
    )


def may_edit_facts(person: Person, article: Article) -> bool:
    """Section, topics, byline, picture and source of a story."""
    return _has(person, _DESK) or (
        _has(person, frozenset({WRITER})) and article.created_by_id == person.pk
    )


def may_edit(person: Person, edition: Edition) -> bool:
    """Write the text of an edition in the admin: the desk all, a writer their own origin text."""
    if _has(person, _DESK):
        return True
    return not edition.is_translation and may_edit_facts(person, edition.article)


def may_submit(person: Person, edition: Edition) -> bool:
    return may_edit(person, edition)


def may_take_back(person: Person, edition: Edition) -> bool:
    return may_edit(person, edition)


def may_approve(person: Person, edition: Edition) -> bool:
    """Approve a text somebody else wrote: origin texts the desk, translations reviewers too."""
    roles = _DESK | {REVIEWER} if edition.is_translation else _DESK
    return _has(person, roles)


def may_approve_origins(person: Person) -> bool:
    """Approve texts in the language a story was first written in."""
    return _has(person, _DESK)


def may_approve_copy(person: Person, edition: Edition, copy: WorkingCopy) -> bool:
    """The same, for this text; needs ``copy.revision.authors``."""
    if not may_approve(person, edition) or copy.revision is None:
        return False
    return all(author.pk != person.pk for author in copy.revision.authors.all())


def may_approve_own_copy(person: Person, edition: Edition, copy: WorkingCopy) -> bool:
    """Whether it is only having written on it that keeps somebody from approving a text."""
    return (
        may_approve(person, edition)
        and copy.revision is not None
        and not may_approve_copy(person, edition, copy)
    )


def may_publish(person: Person) -> bool:
    return _has(person, _DESK)


def may_add_notes(person: Person) -> bool:
    """Put a note of the newsroom, or somebody's reply, to a published text."""
    return _has(person, frozenset({PUBLISHER}))


def may_force(person: Person) -> bool:
    """Publish without review, silently against the rules; lift embargoes."""
    return _has(person, frozenset({PUBLISHER}))


def may_withdraw(person: Person) -> bool:
    return _has(person, frozenset({PUBLISHER}))


def may_record_takedowns(person: Person) -> bool:
    """Write down that somebody wants a story taken down, and read who asked and why."""
    return _has(person, _DESK)


def may_answer_takedowns(person: Person) -> bool:
    """Answer them, and decide about a story whose original was withdrawn."""
    return _has(person, frozenset({PUBLISHER}))


def may_find_nothing_to_correct(person: Person) -> bool:
    """Say that a text needs no correction although its original was corrected."""
    return _has(person, _DESK)


def may_hold(person: Person) -> bool:
    return _has(person, _DESK)


def may_release_hold(person: Person) -> bool:
    return _has(person, frozenset({PUBLISHER}))


def may_spike(person: Person, article: Article) -> bool:
    """Give up a story nobody has read: the desk any, a writer their own."""
    return may_edit_facts(person, article)


def may_unspike(person: Person) -> bool:
    return _has(person, _DESK)


def may_kill(person: Person) -> bool:
    """Kill and reopen."""
    return _has(person, frozenset({PUBLISHER}))


def may_set_embargo(person: Person) -> bool:
    return _has(person, _DESK)


def may_keep_labels(person: Person) -> bool:
    """Sections, topics, authors, sources."""
    return _has(person, _DESK | {ADMINISTRATOR})


def may_keep_licences(person: Person) -> bool:
    """Licences, leases of pictures, and the credit of pages that were published."""
    return _has(person, frozenset({PUBLISHER}))


def may_waive_rights(person: Person) -> bool:
    """Let a story pass a rule that keeps somebody's rights, saying why."""
    return _has(person, frozenset({PUBLISHER}))


def may_add_pictures(person: Person) -> bool:
    return _has(person, _DESK | {WRITER})


def may_keep_people(person: Person) -> bool:
    return _has(person, frozenset({ADMINISTRATOR}))
