"""What waits for whom: queries over facts, nothing stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from articles import following, languages
from articles.following import Severity
from articles.models import Article, Attribution, Edition, Publication, Revision, WorkingCopy
from articles.permissions import REVIEWER, TRANSLATOR, Person
from articles.waiting import visible_to as visible_stories
from translations.models import Assignment, Team, Thread, WorkingPair
from translations.permissions import Pair, is_desk, pairs_of

if TYPE_CHECKING:
    from newsroom.models import User


@dataclass(frozen=True)
class Counts:
    """How many editions and assignments stand in each list of the queue for one person."""

    waiting: int
    out_of_date: int
    mine: int
    returned: int
    in_review: int


@dataclass(frozen=True)
class Load:
    """What one translator has in hand; ``words`` are those of the sources with them."""

    person: "User"
    pairs: Sequence[Pair]
    in_hand: int
    words: int
    returned: int
    in_review: int
    next_due_at: datetime | None


def all_pairs() -> frozenset[Pair]:
    """Return every direction this newsroom translates in."""
    sources = [code for code, _name in languages.CHOICES]
    return frozenset((s, t) for s in sources for t in languages.PUBLIC if s != t)


def pairs_for(person: Person) -> frozenset[Pair]:
    """Return the directions a person sees in the queue: the desk all. At most one query."""
    return all_pairs() if is_desk(person) else pairs_of(person)


def visible_to(person: Person, *, at: datetime) -> QuerySet[Assignment]:
    """
    Return the assignments a person may know about: their own and those in their directions.

    Of a story under embargo only those know who have it to translate or to review, and the desk.
    """
    return Assignment.objects.filter(known_to(person, pairs_for(person), at=at))


def known_to(person: Person, pairs: Iterable[Pair], *, at: datetime) -> Q:
    """Return what ``visible_to`` asks, for assignments; ``pairs`` is ``pairs_for``."""
    known = _direction(pairs, "edition__")
    if not is_desk(person):
        known &= _open_to_all(at, "edition__") | _waits_for(person)
    return Q(translator_id=person.pk) | known


def editions(
    pairs: Iterable[Pair], *, at: datetime, with_embargoed: bool = False
) -> QuerySet[Edition]:
    """
    Return the editions in some directions whose story is not stopped, and under no embargo.

    Those ``with_embargoed`` are for the desk.
    """
    return Edition.objects.filter(
        _direction(pairs, ""),
        Q() if with_embargoed else _open_to_all(at, ""),
        *(
            Q(**{f"article__{languages.column('withdrawn_at', code)}__isnull": True})
            for code in languages.PUBLIC
        ),
        visibility=Edition.Visibility.PUBLIC,
        article__status__in=[Article.Status.ACTIVE, Article.Status.ON_HOLD],
    ).exclude(source_language="")


def waiting(pairs: Iterable[Pair], *, at: datetime) -> QuerySet[Edition]:
    """
    Return editions nobody has translated yet whose source is approved or live.

    What the desk wants first comes first, then the oldest. Annotated: ``source_pk`` (the
    revision to translate), ``waiting_since``, ``words`` of the source, ``source_headline``.
    """
    return (
        _translatable(pairs, at=at)
        .filter(live_revision=None, working_copy=None)
        .order_by(F("commission__due_at").asc(nulls_last=True), F("waiting_since"), "pk")
    )


def is_for(person: Person) -> Exists | Q:
    """Return the annotation whether an edition may be taken on by a person, as to its team."""
    if is_desk(person):
        return Q(pk__isnull=False)
    teams = Team.objects.filter(members=person.pk)
    return Q(commission__team=None) | Q(commission__team__in=teams)


def workload(pairs: Iterable[Pair]) -> list[Load]:
    """
    Return what each translator of some directions has in hand, those with least to do first.

    Two queries.
    """
    state = Assignment.State
    working = WorkingPair.objects.filter(_any_pair(pairs), person=OuterRef("pk"))
    with_them = Q(assignments__state__in=[state.TRANSLATING, state.RETURNED])
    people = (
        get_user_model()
        .objects.filter(Exists(working), is_active=True, groups__name=TRANSLATOR)
        .annotate(
            in_hand=Count("assignments", filter=with_them),
            words=Coalesce(Sum("assignments__source_revision__words", filter=with_them), 0),
            returned=Count("assignments", filter=Q(assignments__state=state.RETURNED)),
            in_review=Count("assignments", filter=Q(assignments__state=state.IN_REVIEW)),
            next_due_at=Min("assignments__due_at", filter=with_them),
        )
        .prefetch_related("working_pairs")
        .order_by("words", "username")
    )
    return [
        Load(
            person=person,
            pairs=[(pair.source_language, pair.target_language) for pair in _pairs(person)],
            in_hand=person.in_hand,
            words=person.words,
            returned=person.returned,
            in_review=person.in_review,
            next_due_at=person.next_due_at,
        )
        for person in people
    ]


def out_of_date(pairs: Iterable[Pair], *, at: datetime) -> QuerySet[Edition]:
    """
    Return translations whose source says something else now and that nobody is working on.

    Published ones, and approved ones that have yet to go out; the worst first, then what is due
    first. Annotated as ``waiting``, and with ``severity`` and ``due_at``, None where readers
    are not kept waiting.
    """
    approved = Q(working_copy__state=WorkingCopy.State.APPROVED)
    pinned = Coalesce("working_copy__source_revision", "live_revision__source_revision")
    pinned_hash = Coalesce(
        F("working_copy__source_revision__text_hash"),
        F("live_revision__source_revision__text_hash"),
        output_field=CharField(),
    )
    return (
        _translatable(pairs, at=at)
        .filter(approved | Q(working_copy=None, live_revision__isnull=False))
        .annotate(pinned_hash=pinned_hash, pinned_pk=pinned)
        .exclude(pinned_hash=F("source_hash"))
        .annotate(severity=_severity(), due_at=_due_at(at=at))
        .order_by("-severity", F("due_at").asc(nulls_last=True), F("waiting_since"), "pk")
    )


def assignments(pairs: Iterable[Pair]) -> QuerySet[Assignment]:
    """
    Return the open assignments in some directions, what is due first, then the oldest.

    Those under embargo too: see ``known_to``. Annotated: ``open_questions``, how many questions
    to the source are not closed.
    """
    return (
        Assignment.objects.open()
        .filter(_direction(pairs, "edition__"))
        # Work on a story that was stopped is suspended: it is open, and waits for nobody.
        .filter(edition__article__status__in=[Article.Status.ACTIVE, Article.Status.ON_HOLD])
        .select_related("edition__article__section", "source_revision", "translator")
        .with_progress()
        .annotate(open_questions=_open_questions())
        .order_by(F("due_at").asc(nulls_last=True), "claimed_at", "pk")
    )


def mine(person: Person) -> QuerySet[Assignment]:
    """Return what a person is translating, what was sent back first."""
    return (
        assignments(all_pairs())
        .filter(translator_id=person.pk)
        .exclude(state=Assignment.State.IN_REVIEW)
        # “returned” comes before “translating”.
        .order_by("state", F("due_at").asc(nulls_last=True), "claimed_at", "pk")
    )


def in_review(pairs: Iterable[Pair]) -> QuerySet[Assignment]:
    """Return what waits for a reviewer, the longest submitted first."""
    return (
        assignments(pairs)
        .filter(state=Assignment.State.IN_REVIEW)
        .order_by(F("due_at").asc(nulls_last=True), "submitted_at", "pk")
    )


def questions(person: Person, *, at: datetime) -> QuerySet[Thread]:
    """
    Return the questions that wait for an answer by a person, the longest waiting first.

    The desk answers all, a writer those about their own stories.
    """
    own = Q() if is_desk(person) else Q(edition__article__created_by=person.pk)
    stories = Article.objects.filter(
        visible_stories(person, at=at), status__in=[Article.Status.ACTIVE, Article.Status.ON_HOLD]
    )
    return (
        Thread.objects.filter(
            own,
            kind=Thread.Kind.QUESTION,
            resolved_at=None,
            answered_at=None,
            edition__article__in=stories.values("pk"),
        )
        .select_related("edition__article__section", "opened_by")
        .order_by("opened_at", "pk")
    )


def returned(pairs: Iterable[Pair]) -> QuerySet[Assignment]:
    """Return what reviewers sent back and translators have yet to mend."""
    return assignments(pairs).filter(state=Assignment.State.RETURNED)


def counts(person: Person, *, at: datetime, pairs: frozenset[Pair] | None = None) -> Counts:
    """
    Return the queue's numbers for a person; ``pairs`` is ``pairs_for``.

    At most three queries.
    """
    pairs = pairs_for(person) if pairs is None else pairs
    state = Assignment.State
    in_pairs = _direction(pairs, "edition__") & known_to(person, pairs, at=at)
    own = Q(translator_id=person.pk)
    taken = Assignment.objects.open().aggregate(
        mine=Count("pk", filter=own & ~Q(state=state.IN_REVIEW)),
        returned=Count("pk", filter=in_pairs & Q(state=state.RETURNED)),
        in_review=Count("pk", filter=in_pairs & Q(state=state.IN_REVIEW)),
    )
    to_take = Edition.objects.aggregate(
        waiting=Count("pk", filter=Q(pk__in=waiting(pairs, at=at).order_by().values("pk"))),
        out_of_date=Count("pk", filter=Q(pk__in=out_of_date(pairs, at=at).order_by().values("pk"))),
    )
    return Counts(**to_take, **taken)


def credit(article: str, *, language: str) -> Coalesce:
    """
    Return the annotation that names, in a language, the source a story is credited to.

    ``article`` is the path from the row to its story.
    """
    names = [f"source__{languages.column('name', code)}" for code in (language, *languages.PUBLIC)]
    primary = Attribution.objects.filter(article=OuterRef(article), primary=True)
    filled = (NullIf(F(name), Value("")) for name in names)
    named = primary.annotate(named=Coalesce(*filled, Value(""), output_field=CharField()))
    return Coalesce(Subquery(named.values("named")[:1]), Value(""), output_field=CharField())


def _translatable(pairs: Iterable[Pair], *, at: datetime) -> QuerySet[Edition]:
    """Editions in some directions with a source text to say, and no embargo to keep."""
    source = Edition.objects.filter(
        article=OuterRef("article"), language=OuterRef("source_language")
    ).annotate(
        approved=_approved_revision(),
        wanted=Coalesce(F("approved"), F("live_revision"), output_field=BigIntegerField()),
    )
    revision = Revision.objects.filter(pk=OuterRef("source_pk"))
    return (
        editions(pairs, at=at)
        .annotate(source_pk=Subquery(source.values("wanted")[:1]))
        .filter(source_pk__isnull=False)
        .annotate(
            source_hash=Subquery(revision.values("text_hash"), output_field=CharField()),
            source_headline=Subquery(revision.values("headline"), output_field=CharField()),
            words=Subquery(revision.values("words")),
            waiting_since=Subquery(revision.values("created_at"), output_field=DateTimeField()),
        )
        .select_related("article__section", "commission__team")
        .order_by("waiting_since", "pk")
    )


def _publications(since: str) -> QuerySet[Publication]:
    """The publishes of a row's source after the source revision in a column of the row."""
    return Publication.objects.filter(
        edition__article=OuterRef("article"),
        edition__language=OuterRef("source_language"),
        revision__gt=OuterRef(since),
    )


def _severity() -> Case:
    """What ``following.severity`` says, asked of the database."""
    since = _publications("pinned_pk")
    is_out = since.filter(revision=OuterRef("source_pk"))
    corrected, renewed = (
        since.filter(kind__in=following.kinds_of(severity))
        for severity in (Severity.CORRECTION, Severity.UPDATE)
    )
    return Case(
        When(Exists(corrected), then=Value(Severity.CORRECTION)),
        When(Exists(renewed) | ~Exists(is_out), then=Value(Severity.UPDATE)),
        default=Value(Severity.MINOR),
        output_field=IntegerField(),
    )


def _due_at(*, at: datetime) -> Case:
    """What ``following.due`` says of translations that readers have at a moment."""
    clock = Case(
        *(
            When(
                kind__in=following.kinds_of(severity),
                then=ExpressionWrapper(F("at") + clock, output_field=DateTimeField()),
            )
            for severity, clock in following.CLOCKS.items()
        ),
        output_field=DateTimeField(),
    )
    # Asked of what readers have: an approved text that waits to go out helps none of them yet.
    since = _publications("live_revision__source_revision").annotate(due_at=clock)
    first = since.filter(due_at__isnull=False).order_by("due_at", "pk").values("due_at")[:1]
    is_live = Q()
    for language in languages.PUBLIC:
        live = Article.objects.live(at=at, language=language).filter(pk=OuterRef("article"))
        is_live |= Q(Exists(live), language=language)
    return Case(When(is_live, then=Subquery(first)), output_field=DateTimeField())


def _open_questions() -> Coalesce:
    """How many open questions an assignment's edition has; counted apart from its units."""
    found = Thread.objects.filter(
        edition=OuterRef("edition"), kind=Thread.Kind.QUESTION, resolved_at=None
    )
    counted = found.order_by().values("edition").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def _approved_revision() -> Subquery:
    copies = WorkingCopy.objects.filter(edition=OuterRef("pk"), state=WorkingCopy.State.APPROVED)
    return Subquery(copies.values("revision")[:1])


def _open_to_all(at: datetime, prefix: str) -> Q:
    """Whose story is under no embargo at a moment; ``prefix`` is the path to its edition."""
    embargo = f"{prefix}article__embargo_until"
    return Q(**{embargo: None}) | Q(**{f"{embargo}__lte": at})


def _waits_for(person: Person) -> Q:
    """What a reviewer has to read, whatever its embargo."""
    if REVIEWER not in person.roles:
        return Q(pk__in=[])
    return Q(state=Assignment.State.IN_REVIEW)


def _any_pair(pairs: Iterable[Pair]) -> Q:
    wanted = Q(pk__in=[])
    for source, target in sorted(pairs):
        wanted |= Q(source_language=source, target_language=target)
    return wanted


def _pairs(person: "User") -> list[WorkingPair]:
    found = person.working_pairs.all()
    return sorted(found, key=lambda pair: (pair.source_language, pair.target_language))


def _direction(pairs: Iterable[Pair], prefix: str) -> Q:
    wanted = Q(pk__in=[])
    for source, target in sorted(pairs):
        wanted |= Q(**{f"{prefix}source_language": source, f"{prefix}language": target})
    return wanted
