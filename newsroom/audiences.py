"""Whom an activity concerns: each audience a question to the facts, and none but these."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles import languages, permissions, waiting
from articles.models import (
    Activity,
    Article,
    Edition,
    Publication,
    Review,
    Revision,
    Verdict,
    WorkingCopy,
)
from articles.standing import open_copy
from newsroom.models import Notification, User
from translations.models import Assignment, Comment, Team, WorkingPair

Why = Notification.Why
Verb = Activity.Verb

_TO_A_SCHEDULE = (
    Verb.SCHEDULED,
    Verb.UNSCHEDULED,
    Verb.VOIDED,
    Verb.BLOCKED,
    Verb.WENT_LIVE,
    Verb.PUBLISHED,
    Verb.FORCED,
    Verb.TOOK_BACK,
)
# What says that a translation waits, whatever its source did.
_ASKED_OF_TRANSLATORS = (Verb.COMMISSIONED, Verb.HANDED_BACK)


@dataclass(frozen=True)
class Staff:
    """Everybody who works here now, with their roles and language pairs. Three queries."""

    people: Mapping[int, User]
    pairs: frozenset[tuple[int, str, str]]

    @classmethod
    def now(cls) -> "Staff":
        people = User.objects.filter(is_active=True).prefetch_related("groups")
        pairs = WorkingPair.objects.values_list("person_id", "source_language", "target_language")
        return cls(people={person.pk: person for person in people}, pairs=frozenset(pairs))

    def with_role(self, *roles: str) -> set[int]:
        """Return who was given one of these roles; that a superuser may do all is no duty."""
        return {
            person.pk
            for person in self.people.values()
            if any(group.name in roles for group in person.groups.all())
        }

    def working_in(self, role: str, source: str, targets: Iterable[str]) -> set[int]:
        """Return who has a role in a direction from a language into one of others."""
        wanted = frozenset(targets)
        able = {pk for pk, of, into in self.pairs if of == source and into in wanted}
        return able & self.with_role(role)


@dataclass(frozen=True)
class Concern:
    """An activity with what its audiences ask about it; each question is asked once."""

    activity: Activity
    staff: Staff
    at: datetime
    _asked: dict[Why, set[int]] = field(default_factory=dict)

    def audience(self, why: Why) -> set[int]:
        """Return the keys of the people whom the activity concerns for a reason."""
        if why not in self._asked:
            self._asked[why] = _AUDIENCES[why](self)
        return self._asked[why]

    def may_know(self, person: User) -> bool:
        """Whether somebody may see the story, or has it to translate whatever its embargo."""
        return (
            permissions.may_see_article(person, self.activity.article, at=self.at)
            or person.pk in self.translators_now
        )

    @cached_property
    def editions(self) -> list[Edition]:
        """The story's editions."""
        return list(self.activity.article.editions.select_related("working_copy").order_by("pk"))

    @cached_property
    def assignments(self) -> list[Assignment]:
        """The story's assignments, the latest first."""
        found = Assignment.objects.filter(edition__article=self.activity.article_id)
        return list(found.select_related("edition").order_by("-claimed_at", "-pk"))

    @cached_property
    def translators_now(self) -> set[int]:
        return {one.translator_id for one in self.assignments if one.is_open}

    @property
    def edition(self) -> Edition | None:
        """The edition that the activity is about; None when it is about the whole story."""
        return next((e for e in self.editions if e.language == self.activity.language), None)

    @cached_property
    def published_as(self) -> str:
        """What kind of change the activity's text was to readers; empty when they never got it."""
        found = Publication.objects.filter(revision=self.activity.revision_id)
        return found.order_by("pk").values_list("kind", flat=True).first() or ""

    @cached_property
    def made_from_it(self) -> list[Edition]:
        """The editions that are translated from the one that the activity is about."""
        return [e for e in self.editions if e.source_language == self.activity.language != ""]

    @property
    def earlier(self) -> QuerySet[Activity]:
        """What was done to the same edition before, the latest first."""
        return Activity.objects.filter(
            article=self.activity.article_id,
            language=self.activity.language,
            pk__lt=self.activity.pk,
        ).order_by("-pk")


def readable_by(person: User, *, at: datetime) -> QuerySet[Notification]:
    """
    Return a person's messages about stories they may know of then, as ``Concern.may_know`` asks.

    A message stays when a story is put under embargo or a role is lost; it is not shown then.
    """
    if not permissions.may_enter(person):
        return Notification.objects.none()
    found = Notification.objects.filter(person=person)
    if permissions.may_see_every_article(person):
        return found
    held = Assignment.objects.open().filter(
        translator=person, edition__article=OuterRef("activity__article")
    )
    visible = Article.objects.filter(waiting.visible_to(person, at=at))
    return found.filter(Q(activity__article__in=visible.values("pk")) | Exists(held))


def _of_story(concern: Concern) -> set[int]:
    """Everybody who ever did something to the story, or wrote on one of its texts."""
    article = concern.activity.article
    actors = Activity.objects.filter(article=article).values_list("actor", flat=True)
    authors = Revision.authors.through.objects.filter(revision__edition__article=article)
    return _people(
        *actors.distinct().order_by("actor"),
        *authors.values_list("user", flat=True),
        article.created_by_id,
        *(one.translator_id for one in concern.assignments),
        *_writers(concern.editions),
    )


def _holders(concern: Concern) -> set[int]:
    return _writers(concern.editions) | concern.translators_now


def _of_text(concern: Concern) -> set[int]:
    """Who wrote the text in question: its authors, and who has it open."""
    edition, revision = concern.edition, concern.activity.revision
    found = _writers([edition] if edition is not None else [])
    if revision is not None:
        found |= _people(revision.created_by_id, *(one.pk for one in revision.authors.all()))
    return found | {
        one.translator_id for one in concern.assignments if one.is_open and one.edition == edition
    }


def _assigned(concern: Concern) -> set[int]:
    """Who has the translation in question now."""
    return {
        one.translator_id
        for one in concern.assignments
        if one.is_open and one.edition == concern.edition
    }


def _had_it(concern: Concern) -> set[int]:
    """Who last gave the translation up, or had it taken."""
    handed_over = {
        one.had_by_id
        for one in concern.assignments
        if one.is_open and one.edition == concern.edition
    }
    if concern.activity.verb == Verb.HANDED_OVER:
        return _people(*handed_over)
    closed = (
        one.translator_id
        for one in concern.assignments
        if one.edition == concern.edition and one.state == Assignment.State.HANDED_BACK
    )
    return set(list(closed)[:1])


def _mentioned(concern: Concern) -> set[int]:
    """Who is named in what was said."""
    named = Comment.mentions.through.objects.filter(comment__activity=concern.activity)
    return set(named.values_list("user", flat=True))


def _in_thread(concern: Concern) -> set[int]:
    """Who has said something in the same conversation."""
    said = Comment.objects.filter(thread__comments__activity=concern.activity)
    return set(said.values_list("by", flat=True))


def _approvers(concern: Concern) -> set[int]:
    approvals = Review.objects.filter(revision=concern.activity.revision, verdict=Verdict.APPROVED)
    return set(approvals.values_list("by", flat=True))


def _scheduler(concern: Concern) -> set[int]:
    """Who set the time that was still to come."""
    latest = concern.earlier.filter(verb__in=_TO_A_SCHEDULE).first()
    if latest is None or latest.verb != Verb.SCHEDULED:
        return set()
    return _people(latest.actor_id)


def _forcer(concern: Concern) -> set[int]:
    latest = concern.earlier.filter(verb=Verb.FORCED).first()
    return _people(latest.actor_id) if latest is not None else set()


def _corrected(concern: Concern) -> set[int]:
    """Who translated what a publish corrects."""
    is_correction = concern.published_as == Publication.Kind.CORRECTION
    return _dependants(concern) if is_correction else set()


def _dependants(concern: Concern) -> set[int]:
    """Who translates what the activity is about, or made what readers of another language get."""
    others = concern.made_from_it
    if not others:
        return set()
    made = Revision.authors.through.objects.filter(
        Q(revision__in=[e.live_revision_id for e in others])
        | Q(revision__in=[copy.revision_id for copy in _copies(others)])
    )
    return {
        *made.values_list("user", flat=True),
        *_writers(others),
        *(
            one.translator_id
            for one in concern.assignments
            if one.is_open and one.edition in others
        ),
    }


def _translators(concern: Concern) -> set[int]:
    """Who may take on a translation that waits because of this: the first time it does."""
    edition = concern.edition
    if concern.activity.verb in _ASKED_OF_TRANSLATORS:
        waiting = [edition] if edition is not None else []
    elif concern.published_as != Publication.Kind.FIRST:
        waiting = []
    else:
        waiting = [
            e
            for e in concern.made_from_it
            if e.language in languages.PUBLIC and e.live_revision_id is None and not _copies([e])
        ]
    if any(one.is_open and one.edition in waiting for one in concern.assignments):
        return set()
    found = set()
    for wanted in waiting:
        able = concern.staff.working_in(
            permissions.TRANSLATOR, wanted.source_language, [wanted.language]
        )
        team = Team.objects.filter(commissions__edition=wanted).first()
        found |= able & set(team.members.values_list("pk", flat=True)) if team else able
    return found


def _reviewers(concern: Concern) -> set[int]:
    """Who reviews translations into the language; origin texts are the desk's to review."""
    edition = concern.edition
    if edition is None or not edition.is_translation:
        return set()
    return concern.staff.working_in(
        permissions.REVIEWER, edition.source_language, [edition.language]
    )


def _desk(concern: Concern) -> set[int]:
    return concern.staff.with_role(permissions.EDITOR, permissions.PUBLISHER)


def _publishers(concern: Concern) -> set[int]:
    return concern.staff.with_role(permissions.PUBLISHER)


def _copies(editions: Iterable[Edition]) -> list[WorkingCopy]:
    found = (open_copy(edition) for edition in editions)
    return [copy for copy in found if copy is not None]


def _writers(editions: Iterable[Edition]) -> set[int]:
    """Who wrote in the open working copies of some editions."""
    copies = _copies(editions)
    wrote = WorkingCopy.contributors.through.objects.filter(workingcopy__in=copies)
    return _people(*(copy.saved_by_id for copy in copies), *wrote.values_list("user", flat=True))


def _people(*keys: int | None) -> set[int]:
    """Return the keys of people; what the newsroom did itself nobody did."""
    return {pk for pk in keys if pk is not None}


_AUDIENCES: Mapping[Why, Callable[[Concern], set[int]]] = {
    Why.STORY: _of_story,
    Why.HOLDER: _holders,
    Why.TEXT: _of_text,
    Why.HAD_IT: _had_it,
    Why.MENTIONED: _mentioned,
    Why.THREAD: _in_thread,
    Why.APPROVER: _approvers,
    Why.SCHEDULER: _scheduler,
    Why.FORCER: _forcer,
    Why.CORRECTED: _corrected,
    Why.DEPENDANT: _dependants,
    Why.ASSIGNED: _assigned,
    Why.TRANSLATOR: _translators,
    Why.REVIEWER: _reviewers,
    Why.DESK: _desk,
    Why.PUBLISHER: _publishers,
}
