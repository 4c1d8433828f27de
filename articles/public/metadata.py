"""What pages tell machines: titles, canonical and alternate addresses, cards and linked data."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import reading
from articles.credit import Name
from articles.public.addresses import absolute, address
from articles.public.wording import machine_time, site_name, tagline

LOCALES = {"id": "id_ID", "en": "en_US"}
FOR_EVERYBODY = "max-image-preview:large"
NOT_LISTED = "noindex"

# JSON inside a script element: nothing in it may look like the element's end.
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

LinkedData = dict[str, Any]


@dataclass(frozen=True)
class CardImage:
    """The picture of a shared link."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class FeedLink:
    title: str
    url: str


@dataclass(frozen=True)
class Head:
    """The head of a page; all addresses are absolute, ``alternates`` are by hreflang."""

    title: str
    heading: str = ""
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    robots: str = FOR_EVERYBODY
    alternates: tuple[tuple[str, str], ...] = ()
    locale: str = ""
    other_locales: tuple[str, ...] = ()
    image: CardImage | None = None
    published: str = ""
    modified: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    author_pages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    structured: SafeString | None = None


def front(language: str, versions: dict[str, str]) -> Head:
    url = absolute(versions[language])
    site: LinkedData = {
        "@type": "WebSite",
        "@id": f"{url}#site",
        "url": url,
        "name": site_name(),
        "description": tagline(),
        "inLanguage": language,
        "publisher": {"@id": _publisher()["@id"]},
    }
    return Head(
        title=f"{site_name()} – {tagline()}",
        heading=site_name(),
        description=tagline(),
        canonical=url,
        image=_house_card(),
        feeds=(_feed(language),),
        structured=_script(site, _publisher()),
        **_alternates(language, versions, settings.LANGUAGE_CODE),
    )


def article(page: reading.ArticlePage) -> Head:
    url = absolute(page.path)
    feeds = [_feed(page.language)]
    if page.section.slug:
        path = address("section-feed", page.language, page.section.slug)
        feeds.append(FeedLink(f"{site_name()} – {page.section.name}", absolute(path)))
    return Head(
        title=_title(page.headline),
        heading=page.headline,
        description=Truncator(page.standfirst).chars(320),
        canonical=page.canonical or url,
        kind="article",
        robots=FOR_EVERYBODY if page.is_listed else NOT_LISTED,
        image=_card_image(page) or _house_card(),
        published=machine_time(page.published_at),
        modified=machine_time(page.modified_at),
        section=page.section.name,
        authors=tuple(name.name for name in page.byline),
        author_pages=tuple(_author_url(name, page.language) for name in page.byline if name.slug),
        topics=tuple(topic.name for topic in page.topics),
        feeds=tuple(feeds),
        structured=_script(_news_article(page), _article_breadcrumbs(page)),
        **_alternates(page.language, page.versions, page.first_language),
    )


def listing(kind: str, found: reading.ListPage, language: str, versions: dict[str, str]) -> Head:
    path = address(kind, language, found.label.slug)
    number = found.listing.number
    url = absolute(path if number == 1 else f"{path}?page={number}")
    name = found.label.name
    page: LinkedData = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "isPartOf": {"@id": f"{absolute(address('front', language))}#site"},
    }
    if kind == "author":
        page["@type"] = "ProfilePage"
        page["mainEntity"] = {"@type": "Person", "name": name, "url": absolute(path)}
    feeds = [_feed(language)]
    if kind == "section":
        feed_path = address("section-feed", language, found.label.slug)
        feeds.append(FeedLink(f"{site_name()} – {name}", absolute(feed_path)))
    title = name
    if number > 1:
        title = _("%(name)s, page %(number)s") % {"name": name, "number": number}
    return Head(
        title=_title(title),
        heading=title,
        description=found.about
        or _("The latest from %(site)s: %(name)s.") % {"site": site_name(), "name": name},
        canonical=url,
        image=_house_card(),
        feeds=tuple(feeds),
        structured=_script(page, _breadcrumbs(language, [(name, url)])),
        **_alternates(language, versions, settings.LANGUAGE_CODE),
    )


def corrections(found: reading.Corrections, language: str, versions: dict[str, str]) -> Head:
    path = versions[language]
    name = _("Corrections")
    url = absolute(path if found.number == 1 else f"{path}?page={found.number}")
    title = name
    if found.number > 1:
        title = _("%(name)s, page %(number)s") % {"name": name, "number": found.number}
        versions = {}
    return Head(
        title=_title(title),
        heading=title,
        description=_("What %(site)s had to correct, to explain or to withdraw.")
        % {"site": site_name()},
        canonical=url,
        image=_house_card(),
        feeds=(_feed(language),),
        structured=_script(_breadcrumbs(language, [(name, url)])),
        **_alternates(language, versions, settings.LANGUAGE_CODE),
    )


def search(words: str, path: str, language: str) -> Head:
    title = _("Search")
    if words:
        title = _("Search: %(words)s") % {"words": words}
    return Head(
        title=_title(title),
        heading=title,
        description=_("Search the stories of %(site)s.") % {"site": site_name()},
        canonical=absolute(path),
        robots=NOT_LISTED,
        locale=LOCALES.get(language, ""),
        feeds=(_feed(language),),
    )


def unlisted(language: str) -> Head:
    """Return the head of a page that says why there is none: it stands in no index."""
    return Head(title="", robots=NOT_LISTED, feeds=(_feed(language),))


# Pieces


def _title(words: str) -> str:
    """Return the words and the paper's name, at most 140 characters."""
    ending = f" | {site_name()}"
    return f"{Truncator(words).chars(140 - len(ending))}{ending}"


def _feed(language: str) -> FeedLink:
    return FeedLink(site_name(), absolute(address("feed", language)))


def _alternates(
    language: str, versions: dict[str, str], first_language: str
) -> dict[str, Any]:  # arguments of Head
    urls = [(code, absolute(path)) for code, path in versions.items()]
    if versions:
        default = versions.get(first_language) or next(iter(versions.values()))
        urls.append(("x-default", absolute(default)))
    others = [LOCALES.get(code, "") for code in versions if code != language]
    return {
        "alternates": tuple(urls),
        "locale": LOCALES.get(language, ""),
        "other_locales": tuple(filter(None, others)),
    }


def _card_image(page: reading.ArticlePage) -> CardImage | None:
    photo = page.photo
    if photo is None:
        return None
    return CardImage(absolute(photo.url), photo.width, photo.height, photo.alt)


def _house_card() -> CardImage:
    return CardImage(absolute(static("public/card.png")), 1200, 630, site_name())


def _author_url(name: Name, language: str) -> str:
    return absolute(address("author", language, name.slug))


# Linked data


def _script(*things: LinkedData) -> SafeString:
    """Return a graph of things as JSON that is safe inside a script element."""
    graph = {"@context": "https://schema.org", "@graph": things}
    return SafeString(json.dumps(graph, ensure_ascii=False).translate(_IN_SCRIPT))


def _publisher() -> LinkedData:
    home = absolute("/")
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{home}#publisher",
        "name": site_name(),
        "url": home,
        "logo": {
            "@type": "ImageObject",
            "url": absolute(static("public/icon-512.png")),
            "width": 512,
            "height": 512,
        },
    }


def _news_article(page: reading.ArticlePage) -> LinkedData:
    url = absolute(page.path)
    found: LinkedData = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": page.language,
        "headline": page.headline,
        "description": page.standfirst,
        "datePublished": machine_time(page.published_at),
        "dateModified": machine_time(page.modified_at),
        "author": _authors(page),
        "publisher": _publisher(),
        "isAccessibleForFree": True,
        "articleSection": page.section.name,
        "image": _image(page),
        "keywords": [topic.name for topic in page.topics],
        "about": [{"@type": "Thing", "name": topic.name} for topic in page.topics],
        "dateline": page.dateline,
        "correction": _corrections(page),
        **_rights(page),
        **_translation(page),
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def _authors(page: reading.ArticlePage) -> list[LinkedData]:
    people = [_person(name, page.language) for name in page.byline]
    if people:
        return people
    if page.origin is None or page.origin.is_ours:
        return [{"@type": "Organization", "name": site_name(), "url": absolute("/")}]
    return [_organisation(page.origin)]


def _person(name: Name, language: str) -> LinkedData:
    person: LinkedData = {"@type": "Person", "name": name.name}
    if name.slug:
        person["url"] = _author_url(name, language)
    return person


def _organisation(origin: reading.Origin) -> LinkedData:
    organisation: LinkedData = {"@type": "Organization", "name": origin.credit.name}
    if origin.credit.legal_name:
        organisation["legalName"] = origin.credit.legal_name
    if origin.credit.home_url:
        organisation["url"] = origin.credit.home_url
    return organisation


def _image(page: reading.ArticlePage) -> list[LinkedData]:
    photo = page.photo
    if photo is None:
        return []
    image: LinkedData = {
        "@type": "ImageObject",
        "url": absolute(photo.url),
        "width": photo.width,
        "height": photo.height,
        "creditText": photo.credit,
        "caption": photo.caption or photo.alt,
    }
    return [{key: value for key, value in image.items() if value}]


def _corrections(page: reading.ArticlePage) -> list[LinkedData]:
    return [
        {
            "@type": "CorrectionComment",
            "text": notice.text,
            "datePublished": machine_time(notice.at),
        }
        for notice in page.notices
        if notice.is_correction
    ]


def _rights(page: reading.ArticlePage) -> LinkedData:
    """Who holds the rights and under what terms, in the words that stand on the page."""
    origin = page.origin
    if origin is None:
        return {}
    made = origin.published_on or page.published_at
    rights: LinkedData = {
        "copyrightHolder": {"@id": _publisher()["@id"]} if origin.is_ours else _holder(origin),
        "copyrightYear": made.year if made is not None else None,
        "copyrightNotice": origin.credit.notice,
        "creditText": site_name() if origin.is_ours else origin.credit.name,
        "expires": machine_time(page.expires_at),
    }
    if (terms := origin.terms) is not None:
        rights["creditText"] = terms.credit_line or origin.credit.name
        rights["license"] = terms.licence_url
        rights["acquireLicensePage"] = terms.acquire_url
        if terms.usage_terms:
            rights["usageInfo"] = {"@type": "CreativeWork", "text": terms.usage_terms}
    if not origin.is_ours:
        rights["sourceOrganization"] = _organisation(origin)
        rights["isBasedOn"] = origin.credit.original_url
    return rights


def _holder(origin: reading.Origin) -> LinkedData:
    """The licence's holder: the source itself, or somebody it has the rights from."""
    if origin.credit.holder in {"", origin.credit.name}:
        return _organisation(origin)
    return {"@type": "Organization", "name": origin.credit.holder}


def _translation(page: reading.ArticlePage) -> LinkedData:
    """The pair of links between a story and its translations, and who translated."""
    if not page.translated_from:
        others = [
            _version(code, path) for code, path in page.versions.items() if code != page.language
        ]
        return {"workTranslation": others, "translationOfWork": _translated_elsewhere(page)}
    path = page.versions.get(page.translated_from)
    return {
        "translationOfWork": _version(page.translated_from, path) if path else None,
        "translator": [_person(name, page.language) for name in page.translators],
    }


def _translated_elsewhere(page: reading.ArticlePage) -> LinkedData | None:
    """The source's own story, where ours began as a translation of it."""
    origin = page.origin
    if origin is None or origin.credit.relation != "translated":
        return None
    original = {
        "@type": "NewsArticle",
        "headline": origin.original_title,
        "url": origin.credit.original_url,
        "inLanguage": origin.credit.original_language,
    }
    return {key: value for key, value in original.items() if value}


def _version(language: str, path: str) -> LinkedData:
    return {"@type": "NewsArticle", "@id": absolute(path), "inLanguage": language}


def _article_breadcrumbs(page: reading.ArticlePage) -> LinkedData:
    steps = [(page.headline, absolute(page.path))]
    if page.section.slug:
        path = address("section", page.language, page.section.slug)
        steps.insert(0, (page.section.name, absolute(path)))
    return _breadcrumbs(page.language, steps)


def _breadcrumbs(language: str, steps: list[tuple[str, str]]) -> LinkedData:
    whole = [(site_name(), absolute(address("front", language))), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(whole, start=1)
        ],
    }
