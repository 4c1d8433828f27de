"""Stories as readers get them, for the tests of the public pages."""

from datetime import UTC, datetime, timedelta
from itertools import count

from articles.models import Article, Author, Edition, Image, Section, Source, Topic
from articles.withdrawing import withdraw
from tests.builders import (
    NOW,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_person,
    publish_article,
)

# Published well before tests read it.
EARLIER = NOW - timedelta(days=3)
# For tests of views, which read the clock themselves: before and after any clock's time.
LONG_AGO = datetime(2016, 2, 25, 3, 0, tzinfo=UTC)
FAR_AHEAD = datetime(2116, 2, 25, 3, 0, tzinfo=UTC)

_numbers = count(1)


def make_topic(name: str, name_en: str) -> Topic:
    topic = Topic(name_ind=name, slug_ind=name.lower(), name_en=name_en, slug_en=name_en.lower())
    topic.save()
    return topic


def make_author(name: str = "Rina Wijaya", **facts: object) -> Author:
    return Author.objects.create(name=name, slug=name.lower().replace(" ", "-"), **facts)


def make_image(**facts: object) -> Image:
    """Make a picture's row; no test of pages opens its file."""
    number = next(_numbers)
    defaults = {
        "file": f"pictures/{number}.jpg",
        "width": 1600,
        "height": 1067,
        "sha256": f"{number:064}",
        "credit": "Foto: Dewi Lestari",
        "uploaded_at": EARLIER,
    }
    return Image.objects.create(**{**defaults, **facts})


def section(slug: str) -> Section:
    return Section.objects.get(slug_ind=slug)


def own_newsroom() -> Source:
    return Source.objects.get(code="redaksi")


def tell(*, at=EARLIER, draft: dict | None = None, **facts: object) -> Article:
    """Publish a story in Indonesian."""
    article = make_article(draft=make_draft(**(draft or {})), facts=make_facts(**facts), at=at)
    return publish_article(article, at=at)


def translate(article: Article, *, at=EARLIER, **words: str) -> Article:
    """Publish a story's English edition."""
    defaults = {
        "headline": f"New ship reaches Makassar {next(_numbers)}",
        "standfirst": "People welcomed it on the quay.",
        "body": "<p>The ship came in on Tuesday morning.</p><p>It carried coffee.</p>",
    }
    change_article(article, "en", at=at, **{**defaults, **words})
    return publish_article(article, "en", at=at)


def change(article: Article, language: str = "id", *, at=NOW, **words: str) -> Article:
    """Publish a live story with other words."""
    change_article(article, language, at=at, **words)
    return publish_article(article, language, at=at)


def take_away(article: Article, notice: str, language: str = "id", *, at=NOW) -> Edition:
    return withdraw(
        edition_of(article, language), notices={language: notice}, by=make_person(), at=at
    )


def put_under_embargo(article: Article, until: datetime) -> None:
    """Set an embargo as no operation would once a story is live; readers must not see it."""
    Article.objects.filter(pk=article.pk).update(embargo_until=until)
