"""
Answering who asks us to take a story down, and following an original that was corrected or
withdrawn.

What of an original waits for whom is derived (``origins``); of a request it is a row without an
answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles import languages, origins, publishing, withdrawing
from articles.credit import primary_attribution
from articles.models import (
    Activity,
    Article,
    Attribution,
    Edition,
    Takedown,
    TakedownAnswer,
)
from articles.origins import OriginStatus
from articles.permissions import Person
from articles.publishing import NotLive, ReasonMissing
from articles.recording import lock, record

Outcome = TakedownAnswer.Outcome

# What is told later than this after it was due says so.
LATE = timedelta(minutes=1)


class RequestIncomplete(Exception):
    """A request says who asks, in which words, and for which of our languages."""


class TimesImpossible(Exception):
    """A request arrived before now, and is due after it arrived."""


class AlreadyAnswered(Exception):
    """Somebody answered this request before; ``answer`` says who, when and how."""

    def __init__(self, answer: TakedownAnswer) -> None:
        self.answer = answer
        super().__init__(answer.outcome)


class StillReadable(Exception):
    """Readers of ``languages`` have what the request is about."""

    def __init__(self, found: list[str]) -> None:
        self.languages = found
        super().__init__(", ".join(found))


class NothingToFollow(Exception):
    """The original is as it was, or somebody has followed it or decided meanwhile."""


@dataclass(frozen=True)
class Asked:
    """What somebody asked of us; without ``due_at`` the licence or the newsroom says until when."""

    from_name: str
    basis: str
    words: str
    languages: Sequence[str]
    received_at: datetime
    contact: str = ""
    due_at: datetime | None = None


# Requests


@transaction.atomic
def record_request(
    article: Article, asked: Asked, *, hours: int, by: Person, at: datetime
) -> Takedown:
    """
    Write down that somebody wants a story taken down, and return the request.

    ``hours`` is the newsroom's own time for an answer, where neither the request nor the
    story's licence sets one. Raises ``RequestIncomplete`` and ``TimesImpossible``.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    scope = [code for code in languages.PUBLIC if code in asked.languages]
    name, words = asked.from_name.strip(), asked.words.strip()
    if not name or not words or not scope or len(scope) != len(set(asked.languages)):
        raise RequestIncomplete
    due_at = asked.due_at or asked.received_at + timedelta(hours=_hours_for(article) or hours)
    if asked.received_at > at or due_at <= asked.received_at:
        raise TimesImpossible
    request = Takedown.objects.create(
        article=article,
        from_name=name,
        contact=asked.contact.strip(),
        basis=asked.basis,
        words=words,
        languages=" ".join(scope),
        received_at=asked.received_at,
        due_at=due_at,
        by_id=by.pk,
        at=at,
    )
    # Who asks, and how they are reached, is the desk's to know: the activity is read by more.
    record(article, Activity.Verb.ASKED_DOWN, by=by, at=at, reason=_about(request))
    return request


@transaction.atomic
def answer_by_withdrawing(
    request: Takedown, *, notices: Mapping[str, str], reason: str, by: Person, at: datetime
) -> TakedownAnswer:
    """
    Withdraw what readers have of a request's languages, and answer it with that.

    ``notices`` says by language what readers are told. Raises ``AlreadyAnswered``,
    ``ReasonMissing``, ``NotLive`` where nothing of its languages is with readers, and
    ``withdrawing.NoticeMissing``; then nothing is done.
    """
    request, taken = _opened(request, reason, at=at)
    told = {edition.language: notices.get(edition.language, "") for edition in taken}
    withdrawing.withdraw(taken[0], notices=told, by=by, at=at)
    return _answer(request, Outcome.WITHDRAWN, reason, taken=taken, by=by, at=at)


@transaction.atomic
def answer_by_taking_offline(
    request: Takedown, *, reason: str, by: Person, at: datetime
) -> TakedownAnswer:
    """
    Take offline what readers have of a request's languages, and answer it with that.

    Raises ``AlreadyAnswered``, ``ReasonMissing``, and ``NotLive`` where nothing of its
    languages is with readers; then nothing is done.
    """
    request, taken = _opened(request, reason, at=at)
    others = [edition.language for edition in taken[1:]]
    publishing.take_offline(taken[0], reason=reason, others=others, by=by, at=at)
    return _answer(request, Outcome.OFFLINE, reason, taken=taken, by=by, at=at)


@transaction.atomic
def decline(request: Takedown, *, reason: str, by: Person, at: datetime) -> TakedownAnswer:
    """Answer a request with no; raises ``AlreadyAnswered`` and ``ReasonMissing``."""
    request = _locked(request)
    if not reason.strip():
        raise ReasonMissing
    return _answer(request, Outcome.DECLINED, reason, taken=(), by=by, at=at)


@transaction.atomic
def close(request: Takedown, *, by: Person, at: datetime) -> TakedownAnswer:
    """
    Answer a request whose languages no reader has any more: what was asked is done.

    Raises ``AlreadyAnswered``, and ``StillReadable`` with the languages that readers have.
    """
    request = _locked(request)
    if found := readable(request, at=at):
        raise StillReadable(found)
    return _answer(request, Outcome.GONE, "", taken=(), by=by, at=at)


def with_deadlines(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Fetch along which stories have requests or a changed original: most have neither."""
    owed = Attribution.objects.filter(article=OuterRef("pk"), primary=True)
    return stories.annotate(
        has_takedowns=Exists(Takedown.objects.filter(article=OuterRef("pk"))),
        has_changed_origin=Exists(owed.filter(origin_at__isnull=False)),
    )


def requests_of(article: Article) -> list[Takedown]:
    """
    Return a story's requests with their answers, the newest first.

    One query; none on a story from ``with_deadlines`` that has no request.
    """
    if not vars(article).get("has_takedowns", True):
        return []
    found = Takedown.objects.filter(article=article).select_related("by", "answer__by")
    return list(found.order_by("-received_at", "-pk"))


def open_requests() -> QuerySet[Takedown]:
    """Return what nobody has answered yet, the most urgent first."""
    return Takedown.objects.filter(answer=None).order_by("due_at", "pk")


def answer_of(request: Takedown) -> TakedownAnswer | None:
    """Return the answer, or None; no query where it was fetched along."""
    try:
        return request.answer
    except ObjectDoesNotExist:
        return None


def readable(request: Takedown, *, at: datetime) -> list[str]:
    """Return in which of its languages readers have what a request is about."""
    return [code for code in request.scope if request.article.is_live(code, at=at)]


def _hours_for(article: Article) -> int | None:
    owed = primary_attribution(article)
    return owed.licence.takedown_hours if owed is not None and owed.licence is not None else None


def _locked(request: Takedown) -> Takedown:
    """Return a request that is open still, its story locked."""
    article = Article.objects.select_for_update().get(pk=request.article_id)
    fresh = Takedown.objects.select_related("answer__by").get(pk=request.pk)
    fresh.article = article
    if (answer := answer_of(fresh)) is not None:
        raise AlreadyAnswered(answer)
    return fresh


def _opened(request: Takedown, reason: str, *, at: datetime) -> tuple[Takedown, list[Edition]]:
    """Return an open request and the editions of it that readers have, the source first."""
    request = _locked(request)
    if not reason.strip():
        raise ReasonMissing
    found = list(
        request.article.editions.filter(language__in=readable(request, at=at)).order_by("pk")
    )
    if not found:
        raise NotLive
    return request, found


def _answer(
    request: Takedown,
    outcome: Outcome,
    reason: str,
    *,
    taken: Iterable[Edition],
    by: Person,
    at: datetime,
) -> TakedownAnswer:
    gone = {edition.language for edition in taken}
    answer = TakedownAnswer.objects.create(
        takedown=request,
        outcome=outcome,
        languages=" ".join(code for code in request.scope if code in gone),
        reason=reason.strip(),
        by_id=by.pk,
        at=at,
    )
    said = filter(None, (str(outcome.label), reason.strip()))
    record(request.article, Activity.Verb.ANSWERED_DOWN, by=by, at=at, reason=": ".join(said))
    return answer


def _about(request: Takedown) -> str:
    basis, until = request.get_basis_display(), f"{request.due_at:%Y-%m-%d %H:%M} UTC"
    return f"{basis} ({request.languages}) → {until}"


# Originals


@transaction.atomic
def find_nothing_to_correct(edition: Edition, *, reason: str, by: Person, at: datetime) -> None:
    """
    Say that a text needs no correction although its original was corrected.

    Raises ``ReasonMissing``, and ``NothingToFollow`` where that is not asked any more.
    """
    edition = lock(edition)
    _check_asked(edition, OriginStatus.CORRECTED, reason)
    record(
        edition.article,
        Activity.Verb.NOTHING_WRONG,
        by=by,
        at=at,
        language=edition.language,
        reason=reason.strip(),
    )


@transaction.atomic
def keep(edition: Edition, *, reason: str, by: Person, at: datetime) -> None:
    """
    Leave a story with its readers, in every language, although its original was withdrawn.

    Raises ``ReasonMissing``, and ``NothingToFollow`` where that is not asked any more.
    """
    edition = lock(edition)
    _check_asked(edition, OriginStatus.WITHDRAWN, reason)
    record(edition.article, Activity.Verb.KEPT, by=by, at=at, reason=reason.strip())


def changed_origin(article: Article) -> Attribution | None:
    """
    Return whose story it is if something became of the original, else None.

    One query; none on a story from ``with_deadlines`` whose original is as it was.
    """
    if not vars(article).get("has_changed_origin", True):
        return None
    owed = primary_attribution(article)
    return owed if owed is not None and owed.origin_at is not None else None


def left_to_follow(edition: Edition, owed: Attribution | None) -> OriginStatus | None:
    """
    Return what became of an original if nobody has followed that in this edition's language.

    ``owed`` is the story's ``changed_origin``. One query where there is one, none elsewhere.
    """
    if owed is None or origins.is_settled(edition):
        return None
    return OriginStatus(owed.origin_status)


def _check_asked(edition: Edition, status: OriginStatus, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    if left_to_follow(edition, changed_origin(edition.article)) is not status:
        raise NothingToFollow


# The clock


def tell_overdue(*, at: datetime) -> int:
    """
    Write down once of each request, and each original, that its time has passed; return how many.

    Idempotent and safe to run from several places at once, each in a transaction of its own.
    """
    requests = open_requests().filter(due_at__lte=at, late_told_at=None)
    texts = origins.to_follow(at=at).filter(Q(origin_due_at__lte=at))
    return sum(_tell_of_request(request, at=at) for request in requests) + sum(
        _tell_of_text(edition, at=at) for edition in texts
    )


@transaction.atomic
def _tell_of_request(request: Takedown, *, at: datetime) -> bool:
    try:
        request = _locked(request)
    except AlreadyAnswered:
        return False
    if request.late_told_at is not None:
        return False
    Takedown.objects.filter(pk=request.pk).update(late_told_at=at)
    reason = " ".join(filter(None, (_about(request), _delay(request.due_at, at=at))))
    record(request.article, Activity.Verb.DOWN_LATE, by=None, at=at, reason=reason)
    return True


@transaction.atomic
def _tell_of_text(edition: Edition, *, at: datetime) -> bool:
    article = lock(edition).article
    owed = changed_origin(article)
    if owed is None or owed.origin_at is None:
        return False
    status = OriginStatus(owed.origin_status)
    language = edition.language if status is OriginStatus.CORRECTED else ""
    told = Activity.objects.filter(
        article=article,
        verb=Activity.Verb.ORIGIN_LATE,
        language=language,
        at__gt=owed.origin_at,
    )
    if told.exists() or not origins.to_follow(at=at).filter(pk=edition.pk).exists():
        return False
    due_at = owed.origin_at + origins.CLOCKS[status]
    reason = [
        str(status.label),
        f"→ {due_at:%Y-%m-%d %H:%M} UTC",
        _delay(due_at, at=at),
    ]
    record(
        article,
        Activity.Verb.ORIGIN_LATE,
        by=None,
        at=at,
        language=language,
        reason=" ".join(filter(None, reason)),
    )
    return True


def _delay(due_at: datetime, *, at: datetime) -> str:
    """Say how long after its time this is told, if the clock was not looked at then."""
    late = at - due_at
    return f"(+{int(late.total_seconds()) // 60} min)" if late > LATE else ""
