"""
What waits for whom: where stories stand, asked of the database.

``standing`` says it of one fetched story, this module of all of them; a test holds them together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import following, languages, permissions
from articles.following import Severity
from articles.models import (
    Activity,
    Article,
    Attribution,
    Edition,
    Publication,
    ReleaseMember,
    Review,
    Revision,
    Verdict,
    WorkingCopy,
)
from articles.permissions import Person

_REVISIONS = (
    "live_revision__source_revision",
    "working_copy__revision__source_revision",
    "working_copy__source_revision",
)
# Everything of the above that holds a text.
_TEXTS = (
    "live_revision",
    "live_revision__source_revision",
    "working_copy",
    "working_copy__revision",
    "working_copy__revision__source_revision",
    "working_copy__source_revision",
)
_OPEN = (WorkingCopy.State.DRAFT, WorkingCopy.State.CHANGES_REQUESTED)


# So long after a correction a translation that does not say it should be live no more.
UNCORRECTED_AFTER = following.CLOCKS[Severity.CORRECTION] + following.AFTER_NOTE

# Editors are told so long before rights end, and of so many stories at most.
WARN_BEFORE = timedelta(days=30)
MOST_ENDING = 8


@dataclass(frozen=True)
class Ending:
    """A live text whose rights end soon, and whom to write to about more."""

    article_id: int
    language: str
    headline: str
    ends_at: datetime
    write_to: str
    at: datetime

    @property
    def stage(self) -> int:
        """How near the end is: within 1, 7 or 30 days."""
        left = self.ends_at - self.at
        return next((days for days in (1, 7) if left <= timedelta(days=days)), WARN_BEFORE.days)


class State(models.TextChoices):
    """Where an edition can be said to stand; more than one may be true of it."""

    NOT_STARTED = "not_started", pgettext_lazy("edition", "Not started")
    DRAFT = "draft", _("Draft")
    IN_DESK = "in_desk", _("In translation")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    OFFLINE = "offline", _("Offline")
    RIGHTS_ENDED = "rights_ended", _("Rights ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    BEHIND = "behind", _("Behind its source")


def visible_to(person: Person, *, at: datetime) -> Q:
    """Return the condition on stories that ``permissions.may_see_article`` puts to one."""
    if permissions.may_see_every_article(person):
        return Q()
    if not permissions.may_enter(person):
        return Q(pk__in=[])
    is_open = Q(embargo_until__isnull=True) | Q(embargo_until__lte=at)
    if permissions.may_start_articles(person):
        return is_open | Q(created_by_id=person.pk)
    return is_open


def standing_in(state: State, language: str, *, at: datetime) -> Q:
    """Return the condition on stories whose edition in a language stands somewhere."""
    if state in {State.LIVE, State.OFFLINE, State.RIGHTS_ENDED, State.WITHDRAWN}:
        return _shown(state, language, at=at)
    editions = Edition.objects.filter(language=language)
    match state:
        case State.BEHIND:
            found = behind().filter(language=language)
        case State.NOT_STARTED:
            found = editions.filter(live_revision=None, working_copy=None)
        case State.SCHEDULED:
            begins = languages.column("live_from", language)
            changes = editions.filter(working_copy__goes_live_at__isnull=False)
            ahead = Q(**{f"{begins}__gt": at}) | Q(**{f"{begins}__gt": F("held_at")})
            return ahead | Q(pk__in=changes.values("article"))
        case State.IN_DESK:
            found = editions.filter(working_copy__in_desk=True)
        case _:
            found = editions.filter(working_copy__state=state.value, working_copy__in_desk=False)
    return Q(pk__in=found.values("article"))


def _shown(state: State, language: str, *, at: datetime) -> Q:
    ends, withdrawn = (languages.column(name, language) for name in ("live_until", "withdrawn_at"))
    live = Article.objects.live(at=at, language=language)
    published = Edition.objects.filter(language=language, live_revision__isnull=False)
    was_published = Q(pk__in=published.values("article"))
    is_live = Q(pk__in=live.values("pk"))
    if state == State.LIVE:
        return was_published & is_live
    if state == State.WITHDRAWN:
        return was_published & ~is_live & Q(**{f"{withdrawn}__isnull": False})
    rights_ended = Q(pk__in=_out_of_rights(language, at=at).values("pk"))
    if state == State.RIGHTS_ENDED:
        return was_published & ~is_live & rights_ended
    ended = Q(**{f"{withdrawn}__isnull": True, f"{ends}__lte": at})
    return was_published & ~is_live & ended & ~rights_ended


def _out_of_rights(language: str, *, at: datetime) -> QuerySet[Article]:
    """What ``Article.rights_ended_at`` says of one story."""
    begins, until, ends, withdrawn = (
        languages.column(name, language)
        for name in ("live_from", "live_until", "rights_until", "withdrawn_at")
    )
    return Article.objects.filter(
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": F(ends)}),
        **{f"{ends}__lte": at, f"{ends}__gt": F(begins), f"{withdrawn}__isnull": True},
    )


def rights_ending(*, at: datetime) -> list[Ending]:
    """Return what readers lose within thirty days because rights end, the next first."""
    before = at + WARN_BEFORE
    found = []
    for language in languages.PUBLIC:
        ends = languages.column("rights_until", language)
        stories = Article.objects.live(at=at, language=language).filter(**{f"{ends}__lte": before})
        source = Attribution.objects.filter(article=OuterRef("pk"), primary=True)
        found += [
            Ending(
                article_id=article.pk,
                language=language,
                headline=article.published("headline", language),
                ends_at=article.published("rights_until", language),
                write_to=vars(article)["write_to"] or "",
                at=at,
            )
            for article in stories.annotate(
                write_to=Subquery(source.values("source__rights_email")[:1])
            ).order_by(ends, "pk")[:MOST_ENDING]
        ]
    return sorted(found, key=lambda ending: (ending.ends_at, ending.article_id))[:MOST_ENDING]


def behind() -> QuerySet[Edition]:
    """Return the translations whose source has another text to say now."""
    source = Edition.objects.filter(
        article=OuterRef("article"), language=OuterRef("source_language")
    )
    approved = source.filter(working_copy__state=WorkingCopy.State.APPROVED)
    return (
        Edition.objects.exclude(source_language="")
        .annotate(
            wanted_hash=Coalesce(
                Subquery(approved.values("working_copy__revision__text_hash")[:1]),
                Subquery(source.values("live_revision__text_hash")[:1]),
            ),
            pinned_hash=Case(
                When(
                    working_copy__isnull=False,
                    then=F("working_copy__source_revision__text_hash"),
                ),
                default=F("live_revision__source_revision__text_hash"),
            ),
        )
        .filter(wanted_hash__isnull=False, pinned_hash__isnull=False)
        .exclude(pinned_hash=F("wanted_hash"))
    )


def uncorrected(*, at: datetime) -> QuerySet[Edition]:
    """
    Return the live translations that should long have said what their source corrected.

    Past the note to their readers and the time after it. Annotated with ``corrected_at``, the
    latest correction of which that is so.
    """
    before = at - UNCORRECTED_AFTER
    corrections = Publication.objects.filter(
        edition__article=OuterRef("article"),
        edition__language=OuterRef("source_language"),
        kind__in=following.kinds_of(Severity.CORRECTION),
        revision__gt=OuterRef("live_revision__source_revision"),
        at__lte=before,
        # A correction that was taken back word for word asks for nothing.
    ).exclude(
        edition__live_revision__text_hash=OuterRef("live_revision__source_revision__text_hash")
    )
    is_live = Q(pk__in=[])
    for language in languages.PUBLIC:
        live = Article.objects.live(at=at, language=language).filter(pk=OuterRef("article"))
        is_live |= Q(Exists(live), language=language)
    return (
        Edition.objects.exclude(source_language="")
        .filter(is_live, live_revision__isnull=False)
        .annotate(corrected_at=Subquery(corrections.order_by("-at", "-pk").values("at")[:1]))
        .filter(corrected_at__isnull=False)
    )


def to_take_offline(*, at: datetime) -> QuerySet[Edition]:
    """Return the same as lines of a list, the longest wrong first."""
    return _lines(uncorrected(at=at)).order_by(F("corrected_at"), "pk")


def for_second_look() -> QuerySet[Edition]:
    """Return what was published without review, not withdrawn, and approved by nobody since."""
    withdrawn = Q(pk__in=[])
    for code in languages.PUBLIC:
        moment = f"article__{languages.column('withdrawn_at', code)}__isnull"
        withdrawn |= Q(language=code, **{moment: False})
    return Edition.objects.filter(
        ~Exists(_approvals_by_others("live_revision")), ~withdrawn, live_revision__isnull=False
    )


def approved_by_author() -> QuerySet[Edition]:
    """Return what only its own author has approved and that is not out yet."""
    return Edition.objects.filter(
        ~Exists(_approvals_by_others("working_copy__revision")),
        working_copy__state=WorkingCopy.State.APPROVED,
    )


def _approvals_by_others(revision: str) -> QuerySet[Review]:
    """Approvals of a text by people who did not write on it; ``revision`` is the path to it."""
    wrote = Revision.authors.through.objects.filter(
        revision=OuterRef("revision"), user=OuterRef("by")
    )
    return Review.objects.filter(
        ~Exists(wrote), revision=OuterRef(revision), verdict=Verdict.APPROVED
    )


def drafts_of(person: Person) -> QuerySet[Edition]:
    """Return the open texts that a person started or wrote on, what was sent back first."""
    wrote = WorkingCopy.contributors.through.objects.filter(
        workingcopy=OuterRef("working_copy"), user=person.pk
    )
    started = Q(article__created_by_id=person.pk, source_language="")
    return _lines(
        Edition.objects.filter(
            started | Exists(wrote) | Q(working_copy__saved_by_id=person.pk),
            working_copy__state__in=_OPEN,
            working_copy__in_desk=False,
        )
    ).order_by("working_copy__state", "-working_copy__saved_at", "-pk")


def for_review_by(person: Person, *, at: datetime) -> QuerySet[Edition]:
    """Return the texts in review that a person may see and approve, the longest waiting first."""
    wrote = WorkingCopy.objects.filter(edition=OuterRef("pk"), revision__authors=person.pk)
    found = Edition.objects.filter(
        article__in=Article.objects.filter(visible_to(person, at=at)),
        working_copy__state=WorkingCopy.State.IN_REVIEW,
        working_copy__in_desk=False,
    )
    if not settings.SOLO:
        found = found.exclude(Exists(wrote))
    if not permissions.may_approve_origins(person):
        found = found.exclude(source_language="")
    return _lines(found).order_by("working_copy__revision__created_at", "pk")


def approved() -> QuerySet[Edition]:
    """Return the approved texts that nobody has published yet, the longest waiting first."""
    planned = ReleaseMember.objects.filter(
        edition=OuterRef("pk"), group__ended_at=None, group__release_at__isnull=False
    )
    waits = Edition.objects.filter(
        ~Exists(planned),
        working_copy__state=WorkingCopy.State.APPROVED,
        working_copy__goes_live_at=None,
    )
    return _lines(waits).order_by("working_copy__revision__created_at", "pk")


def needing_second_look() -> QuerySet[Edition]:
    """Return what was published without review, the latest first."""
    return _lines(for_second_look()).order_by("-live_revision__created_at", "-pk")


def behind_their_source() -> QuerySet[Edition]:
    """Return the translations that say something older than their source, by story."""
    return _lines(behind()).order_by("-article_id", "pk")


def with_editions(stories: QuerySet[Article]) -> QuerySet[Article]:
    """
    Fetch what ``standing.standings`` and a line of a list need, in two queries more.

    Long texts stay in the database; touching one afterwards costs a query.
    """
    awaiting = for_second_look().filter(pk=OuterRef("pk"))
    coming = approved_by_author().filter(pk=OuterRef("pk"))
    editions = Edition.objects.select_related(*_REVISIONS).annotate(
        awaits_second_look=Exists(awaiting) | Exists(coming)
    )
    unread = [f"{path}__{name}" for path in _TEXTS for name in ("standfirst", "body")]
    return stories.defer("standfirst", "body", "credit").prefetch_related(
        Prefetch("editions", queryset=editions.defer(*unread).order_by("pk")),
        "editions__publications",
    )


def with_whole_editions(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Fetch the same with every text, for the page of one story."""
    editions = Edition.objects.select_related(*_REVISIONS, "working_copy__saved_by")
    return stories.select_related("section", "image").prefetch_related(
        Prefetch("editions", queryset=editions.order_by("pk")), "editions__publications"
    )


def newest_activity() -> Subquery:
    """Return the moment something was last done to a story, for annotating stories."""
    done = Activity.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(done.values("at")[:1])


def _lines(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Fetch what one line of a list shows; work on stories that were stopped waits for nobody."""
    return editions.filter(
        article__status__in=[Article.Status.ACTIVE, Article.Status.ON_HOLD]
    ).select_related(
        "article__section",
        "live_revision__created_by",
        "working_copy__saved_by",
        "working_copy__revision__created_by",
    )
