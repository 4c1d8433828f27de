"""What a story's page says of requests to take it down, and of an original that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles import languages, origins, takedowns
from articles.actions import Situation
from articles.models import Takedown, TakedownAnswer
from articles.origins import OriginStatus
from articles.standing import Public


@dataclass(frozen=True)
class Scope:
    """One language that a request is about, and whether readers have the text in it."""

    name: str
    is_readable: bool
    was_taken: bool


@dataclass(frozen=True)
class TakedownLine:
    """One request; ``answer`` is None while it waits for one."""

    request: Takedown
    answer: TakedownAnswer | None
    scope: Sequence[Scope]
    is_late: bool

    @property
    def is_gone(self) -> bool:
        """Whether readers have nothing of it any more."""
        return not any(part.is_readable for part in self.scope)


@dataclass(frozen=True)
class OriginTask:
    """That the original changed, and until when readers may have our text as it is."""

    source: str
    is_withdrawn: bool
    ref: str
    since: datetime
    due_at: datetime
    is_late: bool
    now: datetime


def takedown_lines(now: Situation) -> list[TakedownLine]:
    """Return the requests for whoever may read them: the open ones, the most urgent first."""
    lines = [_line(request, now) for request in now.takedowns]
    waiting = [line for line in lines if line.answer is None]
    answered = [line for line in lines if line.answer is not None]
    return [*sorted(waiting, key=lambda line: line.request.due_at), *answered]


def _line(request: Takedown, now: Situation) -> TakedownLine:
    answer = takedowns.answer_of(request)
    taken = answer.taken if answer is not None else []
    return TakedownLine(
        request=request,
        answer=answer,
        scope=[
            Scope(
                name=languages.name_of(code),
                is_readable=now.article.is_live(code, at=now.at),
                was_taken=code in taken,
            )
            for code in request.scope
        ],
        is_late=answer is None and request.due_at <= now.at,
    )


def origin_task(now: Situation) -> OriginTask | None:
    """Return what the original's change asks of this language, while readers have its text."""
    owed, became = now.changed_origin, now.left_to_follow
    if owed is None or owed.origin_at is None or became is None or now.public is not Public.LIVE:
        return None
    due_at = owed.origin_at + origins.CLOCKS[became]
    return OriginTask(
        source=owed.source.name,
        is_withdrawn=became is OriginStatus.WITHDRAWN,
        ref=owed.origin_ref,
        since=owed.origin_at,
        due_at=due_at,
        is_late=due_at <= now.at,
        now=now.at,
    )
