"""The pages readers see."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles import reading
from articles.public import answers, metadata
from articles.public.addresses import address
from articles.public.forms import SearchForm

_LONGEST_PAGE_NUMBER = 6


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead from the bare host to a language; the only place that asks what a browser prefers."""
    language = translation.get_language_from_request(request)
    response = HttpResponseRedirect(address("front", language))
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@answers.for_readers
def front_page(request: HttpRequest, *, language: str, at: datetime) -> HttpResponse:
    versions = {code: address("front", code) for code, _name in settings.LANGUAGES}
    return answers.page(
        request,
        "public/front.html",
        {
            "front": reading.front_page(language, at=at),
            "head": metadata.front(language, versions),
            "versions": versions,
        },
        language=language,
        at=at,
        changes_at=_midnight(at),  # the page carries the day's date
    )


@answers.for_readers
def article(request: HttpRequest, *, language: str, at: datetime, slug: str) -> HttpResponse:
    """Answer with the story; or with where it is now, why it is gone, or that it is not there."""
    found = reading.find(request.path_info, language=language, slug=slug, at=at)
    match found:
        case reading.ArticlePage():
            context = {
                "page": found,
                "head": metadata.article(found),
                "versions": found.versions,
                "section": found.section,
            }
            return answers.page(
                request,
                "public/article.html",
                context,
                language=language,
                at=at,
                changes_at=found.changes_at,
            )
        case reading.Moved():
            return answers.moved(found.path, at=at)
        case reading.Withdrawn() | reading.RightsEnded() | reading.Gone():
            return _gone_page(request, found, language=language, at=at)
        case reading.Led():
            return answers.led(found.path, language=language, at=at)
        case reading.Elsewhere():
            return answers.missing(request, language=language, at=at, versions=found.versions)
        case None:
            return answers.missing(request, language=language, at=at)


def _gone_page(
    request: HttpRequest,
    found: reading.Withdrawn | reading.RightsEnded | reading.Gone,
    *,
    language: str,
    at: datetime,
) -> HttpResponse:
    template, name = {
        reading.Withdrawn: ("410.html", "withdrawn"),
        reading.RightsEnded: ("public/rights_ended.html", "ended"),
        reading.Gone: ("public/gone.html", "gone"),
    }[type(found)]
    context = {
        name: found,
        "newest": reading.newest(language, at=at),
        "head": metadata.unlisted(language),
        "versions": found.versions,
    }
    return answers.page(request, template, context, language=language, at=at, status=410)


@answers.for_readers
def search(request: HttpRequest, *, language: str, at: datetime) -> HttpResponse:
    """Answer with what readers find by words; without words, with the form alone."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    number = _page_number(request)
    listing = reading.search_page(words, language=language, number=number, at=at)
    if listing is None:
        return answers.missing(request, language=language, at=at)
    path = address("search", language)
    query = {"q": words} if words else {}
    this_page = {**query, "page": str(number)} if number > 1 else query
    context = {
        "form": form,
        "words": words,
        "listing": listing,
        **_turns(path, listing, **query),
        "head": metadata.search(words, _with_query(path, this_page), language),
        "versions": {code: address("search", code) for code, _name in settings.LANGUAGES},
    }
    return answers.page(request, "public/search.html", context, language=language, at=at)


@answers.for_readers
def section(request: HttpRequest, *, language: str, at: datetime, slug: str) -> HttpResponse:
    found = reading.section_page(slug, language=language, number=_page_number(request), at=at)
    return _list_page(request, "section", found, language=language, at=at)


@answers.for_readers
def topic(request: HttpRequest, *, language: str, at: datetime, slug: str) -> HttpResponse:
    found = reading.topic_page(slug, language=language, number=_page_number(request), at=at)
    return _list_page(request, "topic", found, language=language, at=at)


@answers.for_readers
def author(request: HttpRequest, *, language: str, at: datetime, slug: str) -> HttpResponse:
    found = reading.author_page(slug, language=language, number=_page_number(request), at=at)
    return _list_page(request, "author", found, language=language, at=at)


@answers.for_readers
def source(request: HttpRequest, *, language: str, at: datetime, code: str) -> HttpResponse:
    found = reading.source_page(code, language=language, number=_page_number(request), at=at)
    return _list_page(request, "source", found, language=language, at=at)


@answers.for_readers
def corrections(request: HttpRequest, *, language: str, at: datetime) -> HttpResponse:
    found = reading.corrections(language, number=_page_number(request), at=at)
    if found is None:
        return answers.missing(request, language=language, at=at)
    versions = {code: address("corrections", code) for code, _name in settings.LANGUAGES}
    context = {
        "corrections": found,
        **_turns(address("corrections", language), found),
        "head": metadata.corrections(found, language, versions),
        "versions": versions,
    }
    return answers.page(request, "public/corrections.html", context, language=language, at=at)


def _list_page(
    request: HttpRequest,
    kind: str,
    found: reading.ListPage | reading.Renamed | None,
    *,
    language: str,
    at: datetime,
) -> HttpResponse:
    if found is None:
        return answers.missing(request, language=language, at=at)
    if isinstance(found, reading.Renamed):
        return answers.moved(address(kind, language, found.slug), at=at)
    versions = {code: address(kind, code, slug) for code, slug in found.versions.items()}
    context = {
        "kind": kind,
        "list": found,
        "listing": found.listing,
        **_turns(address(kind, language, found.label.slug), found.listing),
        "section": found.label if kind == "section" else None,
        "head": metadata.listing(kind, found, language, versions),
        "versions": versions,
    }
    return answers.page(request, "public/list.html", context, language=language, at=at)


def _turns(
    path: str, listing: reading.Listing | reading.Corrections, **query: str
) -> dict[str, str]:
    """Return the addresses of the newer and the older page, empty where there is none."""
    numbers = {"newer": listing.number - 1, "older": (listing.number + 1) % (listing.pages + 1)}
    return {
        name: _with_query(path, {**query, "page": str(number)} if number > 1 else query)
        if number
        else ""
        for name, number in numbers.items()
    }


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _page_number(request: HttpRequest) -> int:
    """Return the number asked for, 0 for what is no number: there is no page 0."""
    asked = request.GET.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_PAGE_NUMBER
    return int(asked) if is_number else 0


def _midnight(at: datetime) -> datetime:
    local = timezone.localtime(at, timezone.get_default_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon, for browsers that ask for it by its old name."""
    return answers.moved(static("public/favicon.ico"), at=timezone.now())


# Pages of last resort


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what no address matches, in the language of the path."""
    language = request.path_info.lstrip("/").partition("/")[0]
    if language in dict(settings.LANGUAGES):
        with translation.override(language):
            return answers.missing(request, language=language, at=timezone.now())
    language = translation.get_language() or settings.LANGUAGE_CODE
    response = answers.missing(request, language=language, at=timezone.now())
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke: no database, no request, nothing that could break again."""
    response = HttpResponse(render_to_string("500.html"), status=500)
    response["Cache-Control"] = "no-store"
    return response
