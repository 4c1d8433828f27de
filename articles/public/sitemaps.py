"""What search engines are told: which pages there are, and which to leave alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from lxml import etree
from lxml.etree import QName

from articles import reading
from articles.public import answers
from articles.public.addresses import absolute, address
from articles.public.wording import machine_time

CONTENT_TYPE = "application/xml; charset=utf-8"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NAMESPACES = {None: _SITEMAP, "xhtml": _XHTML, "image": _IMAGE}
_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the newsroom and of search results, and name the sitemap."""
    closed = ["/admin/", "/desk/", "/consent/", *(address("search", c) for c in _LANGUAGES)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {absolute(reverse('sitemap-index'))}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    return _in_no_language(answers.for_everybody(response, at=timezone.now()))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps: of each language one of its lists, and one a month of its stories."""
    at = timezone.now()
    writer = _Sitemap("sitemapindex")
    for language in _LANGUAGES:
        writer.add_sitemap(address("sitemap", language))
        for month in reading.months(language, at=at):
            path = address(
                "sitemap-month", language, f"{month.first_day:%Y}", f"{month.first_day:%m}"
            )
            writer.add_sitemap(path, machine_time(month.modified_at))
    response = answers.document(
        writer.finish(), CONTENT_TYPE, language=settings.LANGUAGE_CODE, at=at
    )
    return _in_no_language(response)


@answers.for_readers
def pages(request: HttpRequest, *, language: str, at: datetime) -> HttpResponse:
    """List the front page and the sections. One query."""
    writer = _Sitemap("urlset")
    versions = {code: address("front", code) for code in _LANGUAGES}
    writer.add_page(versions[language], versions, settings.LANGUAGE_CODE)
    for found in reading.sections(language, at=at):
        slugs = {code: address("section", code, slug) for code, slug in found.items()}
        writer.add_page(slugs[language], slugs, settings.LANGUAGE_CODE)
    return answers.document(writer.finish(), CONTENT_TYPE, language=language, at=at)


@answers.for_readers
def month(
    request: HttpRequest, *, language: str, at: datetime, year: str, month: str
) -> HttpResponse:
    """List the stories first published in a month. Two queries."""
    entries = reading.month_entries(language, date(int(year), int(month), 1), at=at)
    if not entries:
        return answers.missing(request, language=language, at=at)
    writer = _Sitemap("urlset")
    for entry in entries:
        writer.add_page(
            entry.path,
            entry.versions,
            entry.first_language,
            modified=machine_time(entry.modified_at),
            images=[entry.photo.url] if entry.photo is not None else [],
        )
    return answers.document(writer.finish(), CONTENT_TYPE, language=language, at=at)


class _Sitemap:
    """A sitemap being written; elements stand in the order of its schema."""

    def __init__(self, root: str) -> None:
        namespaces = _NAMESPACES if root == "urlset" else {None: _SITEMAP}
        # The stubs know of no namespace without a prefix.
        self._root = etree.Element(QName(_SITEMAP, root), nsmap=namespaces)  # type: ignore[arg-type]

    def add_sitemap(self, path: str, modified: str = "") -> None:
        sitemap = etree.SubElement(self._root, QName(_SITEMAP, "sitemap"))
        _add_text(sitemap, QName(_SITEMAP, "loc"), absolute(path))
        if modified:
            _add_text(sitemap, QName(_SITEMAP, "lastmod"), modified)

    def add_page(
        self,
        path: str,
        versions: Mapping[str, str],
        first_language: str,
        *,
        modified: str = "",
        images: Iterable[str] = (),
    ) -> None:
        page = etree.SubElement(self._root, QName(_SITEMAP, "url"))
        _add_text(page, QName(_SITEMAP, "loc"), absolute(path))
        if modified:
            _add_text(page, QName(_SITEMAP, "lastmod"), modified)
        default = versions.get(first_language) or next(iter(versions.values()))
        for code, other in (*versions.items(), ("x-default", default)):
            link = {"rel": "alternate", "hreflang": code, "href": absolute(other)}
            etree.SubElement(page, QName(_XHTML, "link"), link)
        for url in images:
            image = etree.SubElement(page, QName(_IMAGE, "image"))
            _add_text(image, QName(_IMAGE, "loc"), absolute(url))

    def finish(self) -> str:
        return etree.tostring(self._root, xml_declaration=True, encoding="utf-8").decode()


def _add_text(parent: etree._Element, name: QName, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _in_no_language(response: HttpResponse) -> HttpResponse:
    """Say that all languages share it: not the one this reader's browser prefers."""
    response["Content-Language"] = ", ".join(_LANGUAGES)
    return response
