"""
What a page owes the people and papers behind it, as it stood at publish.

Stored as JSON per language in ``Article.credit``; the schema is these classes, version 2.
Version 1 is the same without the terms of a licence, and is read as one that says nothing
of them. Pages, feeds and metadata print this, never today's rows: renaming a source must not
rewrite what was published under its old name.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from articles import languages, richtext
from articles.desk_checks import impossible_date, weekday
from articles.desk_checks.finding import Finding
from articles.desk_checks.text import Text
from articles.models import (
    Article,
    Attribution,
    Edition,
    Image,
    Licence,
    Revision,
    Waiver,
    WorkingCopy,
)

VERSION = 2
# The rule on days of the week that do not fit their dates; see articles/rights.py.
WEEKDAYS = "R17"


@dataclass(frozen=True)
class Name:
    """A person in a byline; ``slug`` is their author page, empty if they have none."""

    name: str
    slug: str = ""


@dataclass(frozen=True)
class Terms:
    """
    The licence a page was published under, in the page's language.

    ``licence`` and ``version`` name the row and the state it was in; ``begins`` and ``ends``
    are the window known then, as ISO moments. The window that holds stands in the story's
    columns ``rights_from`` and ``rights_until``.
    """

    licence: int
    version: int
    kind: str
    credit_line: str = ""
    usage_terms: str = ""
    licence_url: str = ""
    acquire_url: str = ""
    link: str = Licence.Link.NONE
    link_follow: bool = True
    full_text_in_feeds: bool = True
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True)
class SourceCredit:
    """The source of a story in the page's language; without ``terms`` for our own."""

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
    original_byline: str = ""
    holder: str = ""
    legal_name: str = ""
    terms: Terms | None = None


@dataclass(frozen=True)
class Picture:
    """The lead picture; ``file`` is its name in the media storage, sizes in pixels."""

    file: str
    width: int
    height: int
    credit: str


@dataclass(frozen=True)
class Credit:
    """
    Everything that is frozen beside the text.

    ``listed`` says whether search engines may list the page, ``canonical`` which address they
    should take for the main one if it is not ours, ``as_in_original`` which dates of the text
    are wrong there too.
    """

    byline: Sequence[Name] = ()
    translators: Sequence[Name] = ()
    translated_from: str = ""
    source: SourceCredit | None = None
    image: Picture | None = None
    listed: bool = True
    canonical: str = ""
    as_in_original: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:  # JSON is what it is
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def of_json(cls, stored: dict[str, Any] | None) -> Self:
        """Read what ``as_json`` wrote, now or in an earlier version."""
        if stored is None:
            return cls()
        source, image = stored["source"], stored["image"]
        return cls(
            byline=[Name(**name) for name in stored["byline"]],
            translators=[Name(**name) for name in stored["translators"]],
            translated_from=stored["translated_from"],
            source=_source_of_json(source) if source else None,
            image=Picture(**image) if image else None,
            listed=stored.get("listed", True),
            canonical=stored.get("canonical", ""),
            as_in_original=stored.get("as_in_original", ()),
        )


def _source_of_json(stored: dict[str, Any]) -> SourceCredit:
    terms = stored.get("terms")
    return SourceCredit(**{**stored, "terms": Terms(**terms) if terms else None})


def notice_in(attribution: Attribution, language: str) -> str:
    """Return the rights notice a story owes in a language: the licence's, else the source's."""
    shown_in = language if language in languages.PUBLIC else settings.LANGUAGE_CODE
    own = getattr(attribution.licence, languages.column("copyright_notice", shown_in), "")
    return own or getattr(attribution.source, languages.column("notice", shown_in)) or ""


def is_republication(attribution: Attribution, language: str) -> bool:
    """Whether a page in this language repeats the source's own words."""
    return (
        attribution.relation == Attribution.Relation.REPUBLISHED
        and (attribution.original_language or attribution.source.default_language) == language
    )


def primary_attribution(article: Article) -> Attribution | None:
    attributions = article.attributions.select_related("source", "licence")
    return attributions.filter(primary=True).first()


def credit_now(
    edition: Edition,
    text: Revision | WorkingCopy,
    *,
    attribution: Attribution | None,
    window: tuple[datetime | None, datetime | None] = (None, None),
) -> Credit:
    """
    Return what a publish of this text freezes. Six queries at most.

    ``attribution`` is the story's primary one; ``window`` is from when until when its rights
    let it be shown.
    """
    article, language = edition.article, edition.language
    bylines = article.bylines.select_related("author").order_by("position", "pk")
    translators = _translators(edition, text) if edition.is_translation else []
    with translation.override(language):
        return with_source(
            Credit(
                byline=[Name(b.author.name, b.author.slug) for b in bylines],
                translators=translators,
                translated_from=edition.source_language,
                image=_picture(article.image),
                as_in_original=_as_in_original(edition, text, attribution),
            ),
            attribution,
            language=language,
            window=window,
        )


def with_source(
    credit: Credit,
    attribution: Attribution | None,
    *,
    language: str,
    window: tuple[datetime | None, datetime | None],
) -> Credit:
    """Return a credit with what is owed to its source by today's rows. No query."""
    if attribution is None:
        return replace(credit, source=None, listed=True, canonical="")
    with translation.override(language):
        return replace(
            credit,
            source=_source(attribution, language, window),
            listed=_is_listed(attribution, language),
            canonical=_canonical(attribution, language),
        )


def wrong_days(
    edition: Edition, text: Revision | WorkingCopy, attribution: Attribution | None
) -> list[Finding]:
    """
    Return the dates of a text that cannot be right, each once; no query.

    Dates are read as of the day the source printed the story, else as of its start here.
    """
    printed = attribution.original_published_on if attribution is not None else None
    if printed is None:
        zone = timezone.get_default_timezone()
        printed = timezone.localtime(edition.article.created_at, zone).date()
    paragraphs = [block.text for block in richtext.split_blocks(text.body) if block.html]
    blocks = (text.headline, text.standfirst, *paragraphs, text.image_caption)
    read = Text(edition.language, printed, blocks)
    found = [*weekday.check(read), *impossible_date.check(read)]
    found.sort(key=lambda finding: (finding.block, finding.span.start))
    return list({day_key(finding): finding for finding in reversed(found)}.values())[::-1]


def day_key(finding: Finding) -> str:
    """Name a wrong date in no language, so that a translation says the same."""
    return ":".join(finding.facts)


def _as_in_original(
    edition: Edition, text: Revision | WorkingCopy, attribution: Attribution | None
) -> list[str]:
    """The wrong dates that an editor confirmed to stand in the original too. One query or none."""
    found = wrong_days(edition, text, attribution)
    if not found:
        return []
    waived = Waiver.objects.filter(article=edition.article_id, rule=WEEKDAYS)
    keys = set(waived.values_list("concerns", flat=True))
    return [wrong.params["mention"] for wrong in found if day_key(wrong) in keys]


def _is_listed(attribution: Attribution, language: str) -> bool:
    licence = attribution.licence
    if licence is None or licence.robots == Licence.Robots.INDEX:
        return True
    if licence.robots == Licence.Robots.NOINDEX:
        return False
    return not is_republication(attribution, language)


def _canonical(attribution: Attribution, language: str) -> str:
    licence = attribution.licence
    points_away = licence is not None and licence.canonical == Licence.Canonical.ORIGIN
    if points_away and is_republication(attribution, language):
        return attribution.original_url
    return ""


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


def _source(
    attribution: Attribution, language: str, window: tuple[datetime | None, datetime | None]
) -> SourceCredit:
    source, licence = attribution.source, attribution.licence
    day = attribution.original_published_on
    return SourceCredit(
        code=source.code,
        name=source.name,
        relation=attribution.relation,
        notice=notice_in(attribution, language),
        disclosure=source.disclosure or "",
        home_url=source.home_url,
        original_title=attribution.original_title,
        original_url=attribution.original_url,
        original_language=attribution.original_language,
        original_published_on=day.isoformat() if day else "",
        original_byline=attribution.original_byline,
        holder=licence.rights_holder if licence is not None else "",
        legal_name=source.legal_name,
        terms=_terms(licence, window) if licence is not None else None,
    )


def _terms(licence: Licence, window: tuple[datetime | None, datetime | None]) -> Terms:
    begins, ends = (moment.isoformat() if moment is not None else "" for moment in window)
    return Terms(
        licence=licence.pk,
        version=licence.version,
        kind=licence.type,
        credit_line=licence.credit_line or "",
        usage_terms=licence.usage_terms or "",
        licence_url=licence.licence_url,
        acquire_url=licence.acquire_url,
        link=licence.link,
        link_follow=licence.link_follow,
        full_text_in_feeds=licence.full_text_in_feeds,
        begins=begins,
        ends=ends,
    )


def _picture(image: Image | None) -> Picture | None:
    if image is None:
        return None
    return Picture(
        file=str(image.file.name), width=image.width, height=image.height, credit=image.credit
    )
