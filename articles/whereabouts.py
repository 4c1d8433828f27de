"""
Where readers could meet a story: every public address it has or had, or is listed at.

For asking those addresses afterwards whether it is gone. Pages are named as in
``articles/public/urls.py``; a test holds both together.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles import languages
from articles.models import Address, Article, Edition, Revision

# A text of fewer words than this may stand on a page by chance.
TELLING_WORDS = 3

_TAG = re.compile(r"<[^<>]*>")
# With its hyphens: “kapal-baru-2” is another address than “kapal-baru”.
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True)
class Place:
    """An address on this site, and the words and paths that would show the story there."""

    address: str
    traces: tuple[str, ...]

    def shows_it(self, page: str) -> bool:
        return shows(page, self.traces)


def shows(page: str, traces: Iterable[str]) -> bool:
    """
    Say whether a page, HTML or XML, has any of some texts or paths in it.

    Words are compared, whatever stands between them: markup, quotation marks, line ends.
    """
    plain = f"{_words(page)} | {_words(_TAG.sub(' ', page))}"
    return any(found in f" {plain} " for trace in traces if (found := f" {_words(trace)} ").strip())


def places(edition: Edition) -> list[Place]:
    """
    Return where readers could meet an edition that was published, its own page first.

    Its pages under every slug it had, the lists it stood in, the feeds, the sitemap, the search
    for its headline, and the pages of its other languages. Five queries.
    """
    article, language = edition.article, edition.language
    headlines = _headlines(edition)
    own = _own_paths(article, language)
    everything = (*headlines, *own)
    # A page repeats its own address in the form about cookies, and a search what was looked for.
    return [
        *(Place(path, headlines) for path in own),
        *(Place(path, everything) for path in dict.fromkeys(_lists(article, language))),
        Place(_search(article, language), own),
        *(Place(path, own) for path in _other_languages(article, language)),
    ]


def _headlines(edition: Edition) -> tuple[str, ...]:
    """What tells each text that was ever put out from others: its headline, if it is no word."""
    texts = edition.revisions.filter(publication__isnull=False).order_by("number")
    return tuple(dict.fromkeys(_telling(text) for text in texts))


def _telling(text: Revision) -> str:
    """Return the headline, or the standfirst for a headline that other pages may have too."""
    told = [text.headline, text.standfirst]
    return next((t for t in told if len(_WORD.findall(t)) >= TELLING_WORDS), text.headline)


def _own_paths(article: Article, language: str) -> tuple[str, ...]:
    path = article.path(language)
    before, _slash, _slug = path.rstrip("/").rpartition("/")
    slugs = Address.objects.filter(article=article, language=language).order_by("-pk")
    former = (f"{before}/{slug}/" for slug in slugs.values_list("slug", flat=True))
    return tuple(dict.fromkeys((path, *former)))


def _lists(article: Article, language: str) -> list[str]:
    """Return the lists, feeds and sitemap that a story stood in, as it was credited."""
    credit: dict[str, Any] = article.published("credit", language) or {}
    people = [*credit.get("byline", ()), *credit.get("translators", ())]
    source = credit.get("source") or {}
    section = _slugs(Article.objects.filter(pk=article.pk), "section__", language)
    topics = _slugs(article.topics.order_by("pk"), "", language)
    return [
        _page("front", language),
        *(_page("section", language, slug) for slug in section),
        *(_page("topic", language, slug) for slug in topics),
        *(_page("author", language, who["slug"]) for who in people if who.get("slug")),
        *([_page("source", language, source["code"])] if source.get("code") else []),
        _page("corrections", language),
        _page("feed", language),
        *(_page("section-feed", language, slug) for slug in section),
        _sitemap(article, language),
    ]


def _slugs(rows: QuerySet[Any], path: str, language: str) -> list[str]:
    slugs = rows.values_list(f"{path}{languages.column('slug', language)}", flat=True)
    return [slug for slug in slugs if slug]


def _sitemap(article: Article, language: str) -> str:
    zone = timezone.get_default_timezone()
    day = timezone.localtime(article.published("first_published_at", language), zone)
    return _page("sitemap-month", language, year=f"{day:%Y}", month=f"{day:%m}")


def _search(article: Article, language: str) -> str:
    words = urlencode({"q": article.published("headline", language)})
    return f"{_page('search', language)}?{words}"


def _other_languages(article: Article, language: str) -> list[str]:
    others = (article.path(code) for code in languages.PUBLIC if code != language)
    return [path for path in others if path]


def _page(name: str, language: str, *parts: str, **named: str) -> str:
    return reverse(f"public-{language}:{name}", args=parts or None, kwargs=named or None)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(html.unescape(text).casefold()))
