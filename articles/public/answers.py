"""How every page for readers is answered: in its address's language, and alike for everybody."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles import reading
from articles.public import metadata

# What a browser or a shared cache may keep of an answer, and for how long it may still show it
# while it asks for a newer one.
FRESH = timedelta(seconds=60)
STALE = timedelta(seconds=600)

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Let a view answer in the language of its address; it gets the moment as ``at``."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *, language: str, **parts: Any) -> HttpResponse:
        with translation.override(language):
            response = view(request, language=language, at=timezone.now(), **parts)
        response["Content-Language"] = language
        return response

    return answer


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    language: str,
    at: datetime,
    status: int = 200,
    changes_at: datetime | None = None,
) -> HttpResponse:
    """
    Return a page in its frame; one query beside what consent asks.

    ``changes_at`` is a moment at which this page alone will change.
    """
    frame = reading.frame(language, at=at)
    response = render(request, template, {"frame": frame, "at": at, **context}, status=status)
    return for_everybody(response, at=at, moments=(frame.next_change, changes_at))


def document(text: str, content_type: str, *, language: str, at: datetime) -> HttpResponse:
    """Return a feed or sitemap; one query for the next moment that changes it."""
    frame = reading.frame(language, at=at)
    response = HttpResponse(text, content_type=content_type)
    return for_everybody(response, at=at, moments=(frame.next_change,))


def missing(
    request: HttpRequest,
    *,
    language: str,
    at: datetime,
    versions: dict[str, str] | None = None,
) -> HttpResponse:
    """Return the 404 page; ``versions`` are where the story is in other languages."""
    return page(
        request,
        "404.html",
        {
            "head": metadata.unlisted(language),
            "versions": versions,
            "elsewhere": versions,
            "newest": reading.newest(language, at=at),
        },
        language=language,
        at=at,
        status=404,
    )


def moved(path: str, *, at: datetime) -> HttpResponse:
    """Redirect for good, without the query: trackers' parameters end here."""
    return for_everybody(HttpResponsePermanentRedirect(path), at=at)


def led(path: str, *, language: str, at: datetime) -> HttpResponse:
    """Redirect for a while; one query for the next moment that may end it."""
    frame = reading.frame(language, at=at)
    return for_everybody(HttpResponseRedirect(path), at=at, moments=(frame.next_change,))


def for_everybody(
    response: HttpResponse, *, at: datetime, moments: tuple[datetime | None, ...] = ()
) -> HttpResponse:
    """Let caches keep an answer for a minute, and never beyond what time will change."""
    left = min((moment - at for moment in moments if moment is not None), default=FRESH + STALE)
    fresh = min(FRESH, left)
    stale = min(STALE, left - fresh)
    response["Cache-Control"] = (
        f"public, max-age={int(fresh.total_seconds())}, "
        f"stale-while-revalidate={int(stale.total_seconds())}"
    )
    return response
