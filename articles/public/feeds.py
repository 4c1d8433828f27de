"""RSS: the newest stories, whole, with the credit they owe."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles import reading
from articles.public import answers
from articles.public.addresses import absolute, address
from articles.public.wording import site_name, tagline

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
# The year of the ids in feeds. A reader's program knows a story by its id: never change it.
TAG_YEAR = 2026

_OWN_LINK = re.compile(r'<a href="/')


@answers.for_readers
def rss(request: HttpRequest, *, language: str, at: datetime) -> HttpResponse:
    """Answer with the paper's feed in one language. Four queries."""
    found = reading.feed(language, at=at)
    text = _rss(found, address("feed", language), language) if found is not None else ""
    return answers.document(text, CONTENT_TYPE, language=language, at=at)


@answers.for_readers
def section_rss(request: HttpRequest, *, language: str, at: datetime, slug: str) -> HttpResponse:
    """Answer with a section's feed. Five queries."""
    found = reading.feed(language, at=at, section=slug)
    if found is None:
        return answers.missing(request, language=language, at=at)
    text = _rss(found, address("section-feed", language, slug), language)
    return answers.document(text, CONTENT_TYPE, language=language, at=at)


class _NewsFeed(Rss201rev2Feed):
    """RSS 2.0 with whole texts, one creator per person, rights and pictures."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def latest_post_date(self) -> datetime:
        # Without stories the library would take the present moment: every answer another one.
        return max(
            (item["updateddate"] for item in self.items),
            default=datetime.fromisoformat("2026-01-01T00:00:00+00:00"),
        )

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.startElement("image", AttributesImpl({}))
        handler.addQuickElement("url", absolute(static("public/icon-512.png")))
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # The description comes before the whole text, as validators want it.
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["whole"])
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        if item["source_name"]:
            handler.addQuickElement("dc:source", item["source_name"])
        if item["notice"]:
            handler.addQuickElement("dc:rights", item["notice"])
            handler.addQuickElement("media:copyright", item["notice"])
        if item["photo"] is not None:
            _add_photo(handler, item["photo"])


def _add_photo(handler: SimplerXMLGenerator, photo: reading.Photo) -> None:
    size = {"width": str(photo.width), "height": str(photo.height)}
    about = {"url": absolute(photo.url), "medium": "image", **size}
    handler.startElement("media:content", AttributesImpl(about))
    if photo.caption or photo.alt:
        handler.addQuickElement("media:description", photo.caption or photo.alt, {"type": "plain"})
    handler.addQuickElement("media:credit", photo.credit)
    handler.endElement("media:content")


def _rss(found: reading.Feed, path: str, language: str) -> str:
    title, link = site_name(), address("front", language)
    if found.section is not None:
        title = f"{title} – {found.section.name}"
        link = address("section", language, found.section.slug)
    feed = _NewsFeed(
        title=title,
        link=absolute(link),
        description=tagline(),
        language=language,
        feed_url=absolute(path),
        ttl=5,
    )
    for page in found.pages:
        _add(feed, page)
    return feed.writeString("utf-8")


def _add(feed: _NewsFeed, page: reading.ArticlePage) -> None:
    origin = page.origin
    names = [section_or_topic.name for section_or_topic in (page.section, *page.topics)]
    feed.add_item(
        title=page.headline,
        link=absolute(page.path),
        description=page.standfirst,
        unique_id=f"tag:{_host()},{TAG_YEAR}:article/{page.key}/{page.language}",
        unique_id_is_permalink=False,
        pubdate=page.published_at,
        updateddate=page.modified_at,
        categories=[name for name in names if name],
        whole=_whole(page),
        creators=[name.name for name in page.byline],
        source_name=origin.credit.name if origin is not None and not origin.is_ours else "",
        notice=origin.credit.notice if origin is not None else "",
        photo=page.photo,
    )


def _whole(page: reading.ArticlePage) -> str:
    """Return the text, what readers were told about it, and whose it is, for any reader."""
    parts: list[SafeString] = []
    if page.origin is not None and page.origin.is_paid:
        words = _("Paid content of %(source)s") % {"source": page.origin.credit.name}
        parts.append(format_html("<p><strong>{}</strong></p>", words))
    parts.extend(_text(page))
    parts.extend(
        format_html("<p><strong>{}:</strong> {}</p>", notice.title, notice.text)
        for notice in page.notices
    )
    if page.origin is not None:
        terms = page.origin.terms
        parts.append(format_html("<p>{}</p>", page.origin.credit.notice))
        if page.origin.credit.disclosure:
            parts.append(format_html("<p>{}</p>", page.origin.credit.disclosure))
        if terms is not None and terms.credit_line:
            parts.append(format_html("<p>{}</p>", terms.credit_line))
    return "".join(parts)


def _text(page: reading.ArticlePage) -> list[SafeString]:
    """Return the text, or its beginning where the licence wants the whole kept out of feeds."""
    terms = page.origin.terms if page.origin is not None else None
    if terms is not None and not terms.full_text_in_feeds:
        more = format_html('<a href="{}">{}</a>', absolute(page.path), _("Read the whole story"))
        return [format_html("<p>{}</p><p>{}</p>", page.standfirst, more)]
    body = SafeString(_OWN_LINK.sub(f'<a href="{settings.SITE_URL}/', page.body))
    return [format_html("<p>{}</p>", page.dateline), body] if page.dateline else [body]


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
