"""Saying what kind of change a publish is, and what readers are told about it."""

from dataclasses import dataclass
from datetime import datetime

from articles import change_kinds
from articles.change_kinds import Verdict
from articles.models import Edition, Notice, Publication, Revision, WorkingCopy
from articles.permissions import Person

Kind = Publication.Kind


class KindMissing(Exception):
    """A text that readers had before changes: somebody must say what kind of change it is."""


class NothingChanges(Exception):
    """Readers never had this text: a first publication is no kind of change."""


class NothingTold(Exception):
    """Readers must be told something about a change of this kind."""


class NoTypingError(Exception):
    """More changed than spelling; ``verdict`` says what."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(", ".join(verdict.reasons))


@dataclass(frozen=True)
class Told:
    """
    A kind of change and what readers are told about it.

    Nothing for a typing error; ``link`` is a note's. Of a typing error ``is_certain`` says that
    somebody answers for it although more changed than spelling.
    """

    kind: Kind
    text: str = ""
    link: str = ""
    is_certain: bool = False


def was_shown(edition: Edition) -> bool:
    """Whether readers ever had this edition, so that a publish changes something for them."""
    return edition.live_revision is not None


def verdict(edition: Edition, text: Revision | WorkingCopy) -> Verdict:
    """Return what speaks against a typing error between what readers had and a text."""
    if edition.live_revision is None:
        return Verdict()
    return change_kinds.judge(edition.live_revision, text)


def check(edition: Edition, text: Revision | WorkingCopy, told: Told | None) -> None:
    """
    Refuse a publish that does not say what it must.

    Raises ``KindMissing``, ``NothingChanges``, ``NothingTold`` and ``NoTypingError``.
    """
    if not was_shown(edition):
        if told is not None:
            raise NothingChanges
        return
    if told is None:
        raise KindMissing
    if told.kind == Kind.TYPO:
        found = verdict(edition, text)
        if not told.is_certain and not found.may_be_typo:
            raise NoTypingError(found)
    elif not told.text.strip():
        raise NothingTold


def write_down(
    edition: Edition, revision: Revision, told: Told | None, *, by: Person | None, at: datetime
) -> Publication:
    """Record a publish with its kind and its notice; called inside its transaction."""
    by_id = by.pk if by is not None else None
    notice = None
    if told is not None and told.kind != Kind.TYPO:
        notice = Notice.objects.create(
            article_id=edition.article_id,
            language=edition.language,
            kind=Notice.Kind(told.kind),
            text=told.text.strip(),
            link=told.link if told.kind == Kind.NOTE else "",
            at=at,
            by_id=by_id,
        )
    return Publication.objects.create(
        edition=edition,
        revision=revision,
        kind=told.kind if told is not None else Kind.FIRST,
        notice=notice,
        by_id=by_id,
        at=at,
    )
