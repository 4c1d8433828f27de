"""
What a page owes the people and papers behind it, as it stood at publish.

Stored as JSON per language in ``Article.credit``; the schema is these classes, version 1.
Pages, feeds and metadata print this, never today's rows: renaming a source must not
rewrite what was published under its old name.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import translation

from articles import languages
from articles.models import Article, Attribution, Edition, Image, Revision, Source, WorkingCopy

VERSION = 1


@dataclass(frozen=True)
class Name:
    """A person in a byline; ``slug`` is their author page, empty if they have none."""

    name: str
    slug: str = ""


@dataclass(frozen=True)
class SourceCredit:
    """The source of a story in the page's language."""

    code: str
    name: str
    relation: str
    notice: str = ""
    disclosure: str = ""
    home_url: str = ""
    original_title: str = ""
    original_url: str = ""
    original_language: str = ""
    original_published_on: str = ""


@dataclass(frozen=True)
class Picture:
    """The lead picture; ``file`` is its name in the media storage, sizes in pixels."""

    file: str
    width: int
    height: int
    credit: str


@dataclass(frozen=True)
class Credit:
    """Everything that is frozen beside the text."""

    byline: Sequence[Name] = ()
    translators: Sequence[Name] = ()
    translated_from: str = ""
    source: SourceCredit | None = None
    image: Picture | None = None

    def as_json(self) -> dict[str, Any]:  # JSON is what it is
        return {"version": VERSION, **asdict(self)}


def notice_in(source: Source, language: str) -> str:
    """Return a source's rights notice in a language, empty if none was written."""
    return getattr(source, languages.column("notice", language)) or ""


def primary_attribution(article: Article) -> Attribution | None:
    attributions = article.attributions.select_related("source", "licence")
    return attributions.filter(primary=True).first()


def credit_now(edition: Edition, text: Revision | WorkingCopy) -> Credit:
    """Return what a publish of this text freezes. Six queries."""
    article, language = edition.article, edition.language
    attribution = primary_attribution(article)
    bylines = article.bylines.select_related("author").order_by("position", "pk")
    translators = _translators(edition, text) if edition.is_translation else []
    with translation.override(language):
        return Credit(
            byline=[Name(b.author.name, b.author.slug) for b in bylines],
            translators=translators,
            translated_from=article.origin_language if edition.is_translation else "",
            source=_source(attribution) if attribution else None,
            image=_picture(article.image),
        )


def _translators(edition: Edition, text: Revision | WorkingCopy) -> list[Name]:
    """Everyone who ever delivered this edition from the desk, else who wrote this text."""
    deliveries = Revision.objects.filter(edition=edition, occasion=Revision.Occasion.DELIVERED)
    if isinstance(text, Revision):
        deliveries = deliveries.filter(number__lte=text.number)
    delivered = get_user_model().objects.filter(
        pk__in=Revision.authors.through.objects.filter(revision__in=deliveries).values("user_id")
    )
    people = list(delivered.select_related("author").order_by("pk"))
    if not people:
        writers = text.authors if isinstance(text, Revision) else text.contributors
        people = list(writers.select_related("author").order_by("pk"))
    names = []
    for person in people:
        author = getattr(person, "author", None)
        names.append(Name(author.name, author.slug) if author else Name(str(person)))
    return names


def _source(attribution: Attribution) -> SourceCredit:
    source, day = attribution.source, attribution.original_published_on
    return SourceCredit(
        code=source.code,
        name=source.name,
        relation=attribution.relation,
        notice=source.notice or "",
        disclosure=source.disclosure or "",
        home_url=source.home_url,
        original_title=attribution.original_title,
        original_url=attribution.original_url,
        original_language=attribution.original_language,
        original_published_on=day.isoformat() if day else "",
    )


def _picture(image: Image | None) -> Picture | None:
    if image is None:
        return None
    return Picture(
        file=str(image.file.name), width=image.width, height=image.height, credit=image.credit
    )
