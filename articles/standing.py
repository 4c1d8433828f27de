"""
Where each edition of a story stands: what the newsroom is doing, what readers get, and
whether a translation still says what its source says. Computed, never stored.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import following
from articles.following import Severity
from articles.models import Article, Edition, Revision, WorkingCopy


class Work(enum.StrEnum):
    """What the newsroom is doing with an edition."""

    NONE = "none"
    DRAFT = "draft"
    TRANSLATING = "translating"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


class Public(enum.StrEnum):
    """What readers of an edition get."""

    NEVER = "never"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    LIVE = "live"
    OFFLINE = "offline"
    RIGHTS_ENDED = "rights_ended"
    WITHDRAWN = "withdrawn"


class Sync(enum.StrEnum):
    """How a translation stands to its source."""

    ORIGIN = "origin"
    NONE = "none"
    CURRENT = "current"
    BEHIND = "behind"


_WORK_WORDS: dict[Work, Promise] = {
    Work.DRAFT: _("Draft"),
    Work.TRANSLATING: _("In translation"),
    Work.IN_REVIEW: _("In review"),
    Work.CHANGES_REQUESTED: _("Changes requested"),
    Work.APPROVED: _("Approved"),
    Work.SCHEDULED: _("Scheduled"),
}
_WORK_ON_LIVE_WORDS: dict[Work, Promise] = {
    Work.DRAFT: _("changes in draft"),
    Work.TRANSLATING: _("changes in translation"),
    Work.IN_REVIEW: _("changes in review"),
    Work.CHANGES_REQUESTED: _("changes sent back"),
    Work.APPROVED: _("changes approved"),
    Work.SCHEDULED: _("changes scheduled"),
}
_PUBLIC_WORDS: dict[Public, Promise] = {
    Public.SCHEDULED: _("Scheduled"),
    Public.EMBARGOED: _("Under embargo"),
    Public.LIVE: _("Live"),
    Public.OFFLINE: _("Offline"),
    Public.RIGHTS_ENDED: _("Rights ended"),
    Public.WITHDRAWN: _("Withdrawn"),
}


@dataclass(frozen=True)
class Standing:
    """
    One edition's three facts and the words for them.

    ``severity`` says how bad it is that a translation is behind; None if it is not.
    """

    edition: Edition
    copy: WorkingCopy | None
    work: Work
    public: Public
    sync: Sync
    severity: Severity | None = None

    @property
    def words(self) -> list[str]:
        """The label of lists and pages, in parts: “Live”, “changes in review”, and so on."""
        parts: list[str] = []
        if self.public is not Public.NEVER:
            parts.append(str(_PUBLIC_WORDS[self.public]))
        if self.work is not Work.NONE:
            words = _WORK_WORDS if self.public is Public.NEVER else _WORK_ON_LIVE_WORDS
            parts.append(str(words[self.work]))
        if not parts:
            parts.append(str(pgettext_lazy("edition", "Not started")))
        if self.severity is not None:
            parts.append(str(self.severity.words))
        return parts

    @property
    def label(self) -> str:
        return " · ".join(self.words)

    @property
    def is_live(self) -> bool:
        return self.public is Public.LIVE

    @property
    def goes_live_at(self) -> datetime | None:
        """When what is scheduled goes out: the first publication, or a change."""
        if self.copy is not None and self.copy.goes_live_at is not None:
            return self.copy.goes_live_at
        if self.public is not Public.SCHEDULED:
            return None
        begins: datetime | None = self.edition.article.published("live_from", self.edition.language)
        return begins

    @property
    def ends_at(self) -> datetime | None:
        """When a live or scheduled edition goes offline by itself."""
        if self.public not in {Public.LIVE, Public.SCHEDULED}:
            return None
        ends: datetime | None = self.edition.article.published("live_until", self.edition.language)
        return ends

    @property
    def rights_end_at(self) -> datetime | None:
        """When rights take a live or scheduled edition from its readers, or did so."""
        if self.public not in {Public.LIVE, Public.SCHEDULED, Public.RIGHTS_ENDED}:
            return None
        ends: datetime | None = self.edition.article.published(
            "rights_until", self.edition.language
        )
        return ends


def open_copy(edition: Edition) -> WorkingCopy | None:
    """Return the edition's working copy, or None; no query when it was fetched along."""
    try:
        return edition.working_copy
    except ObjectDoesNotExist:
        return None


def edition_in(article: Article, language: str) -> Edition | None:
    """Return a story's edition in a language from the fetched ones, or None."""
    return next((e for e in article.editions.all() if e.language == language), None)


def releasable(edition: Edition) -> Revision | None:
    """
    Return the text of a source edition that a translation should say.

    The approved text waiting to go out if there is one, else what was published last:
    drafts never disturb translators.
    """
    copy = open_copy(edition)
    if copy is not None and copy.state == WorkingCopy.State.APPROVED:
        return copy.revision
    return edition.live_revision


def source_edition(edition: Edition) -> Edition | None:
    """Return the edition that this one is translated from; None for the first language."""
    if not edition.is_translation:
        return None
    return edition_in(edition.article, edition.source_language)


def standing(edition: Edition, *, at: datetime) -> Standing:
    """Return where an edition stands; no query on a story from ``with_standing()``."""
    copy = open_copy(edition)
    sync, severity = _sync(edition, copy)
    return Standing(
        edition=edition,
        copy=copy,
        work=_work(copy),
        public=_public(edition, at=at),
        sync=sync,
        severity=severity,
    )


def standings(article: Article, *, at: datetime) -> dict[str, Standing]:
    """Return where each edition of a story stands, by language."""
    found = {}
    for edition in article.editions.all():
        edition.article = article
        found[edition.language] = standing(edition, at=at)
    return found


def _work(copy: WorkingCopy | None) -> Work:
    if copy is None:
        return Work.NONE
    if copy.goes_live_at is not None:
        return Work.SCHEDULED
    if copy.in_desk and copy.state == WorkingCopy.State.DRAFT:
        return Work.TRANSLATING
    return Work(copy.state)


def _public(edition: Edition, *, at: datetime) -> Public:
    if edition.live_revision_id is None:
        return Public.NEVER
    article, language = edition.article, edition.language
    if article.is_live(language, at=at):
        return Public.LIVE
    if article.published("withdrawn_at", language) is not None:
        return Public.WITHDRAWN
    if article.is_scheduled(language, at=at):
        return Public.SCHEDULED
    if article.rights_ended_at(language, at=at) is not None:
        return Public.RIGHTS_ENDED
    ends = article.published("live_until", language)
    return Public.OFFLINE if ends is not None and ends <= at else Public.EMBARGOED


def _sync(edition: Edition, copy: WorkingCopy | None) -> tuple[Sync, Severity | None]:
    source = source_edition(edition)
    if source is None:
        return Sync.ORIGIN, None
    wanted = releasable(source)
    pinned = copy.source_revision if copy is not None else None
    if copy is None and edition.live_revision is not None:
        pinned = edition.live_revision.source_revision
    if pinned is None or wanted is None:
        return Sync.NONE, None
    if pinned.text_hash == wanted.text_hash:
        return Sync.CURRENT, None
    published = source.publications.all()
    return Sync.BEHIND, following.severity(published, pinned=pinned, wanted=wanted)
