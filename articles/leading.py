"""Finding the story to which the address of another may lead, by what people know of it."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from articles import languages
from articles.models import Address, Article


class NoSuchStory(Exception):
    """Readers of that language have no story with this address or headline."""


class SeveralStories(Exception):
    """More than one story that readers have bears this headline."""


def live_story(words: str, *, language: str, site: str, at: datetime) -> Article:
    """
    Return the story that readers of a language have under an address or a headline.

    ``words`` is a headline in any case, or an address: with this ``site`` before it, or without a
    site. Raises ``NoSuchStory``, for every address elsewhere too, and ``SeveralStories``.
    """
    words = words.strip()
    found = list(_named(words, language, site=site, at=at).order_by("pk")[:2])
    if not found:
        raise NoSuchStory
    if len(found) > 1:
        raise SeveralStories
    return found[0]


def _named(words: str, language: str, *, site: str, at: datetime) -> QuerySet[Article]:
    live = Article.objects.live(at=at, language=language)
    headline = Q(**{f"{languages.column('headline', language)}__iexact": words})
    path = words.removeprefix(site.rstrip("/"))
    if not path.startswith(f"/{language}/"):
        return live.filter(headline)
    slug = urlsplit(path).path.rstrip("/").rpartition("/")[2]
    addresses = Address.objects.filter(language=language, slug=slug)
    return live.filter(pk__in=addresses.values("article"))
