"""Every address a reader may ask for."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from articles.public import feeds, sitemaps, views
from articles.public.addresses import word


def pages(language: str) -> list[URLPattern | URLResolver]:
    """Return the addresses of one language, to stand under its code."""
    section, topic, author, source, search = (
        word(page, language) for page in ("section", "topic", "author", "source", "search")
    )
    return [
        path("", views.front_page, name="front"),
        re_path(
            r"^[0-9]{4}/[0-9]{2}/[0-9]{2}/(?P<slug>[-a-zA-Z0-9_]+)/$",
            views.article,
            name="article",
        ),
        path(f"{section}/<slug:slug>/", views.section, name="section"),
        path(f"{section}/<slug:slug>/rss.xml", feeds.section_rss, name="section-feed"),
        path(f"{topic}/<slug:slug>/", views.topic, name="topic"),
        path(f"{author}/<slug:slug>/", views.author, name="author"),
        path(f"{source}/<slug:code>/", views.source, name="source"),
        path(f"{search}/", views.search, name="search"),
        path(f"{word('corrections', language)}/", views.corrections, name="corrections"),
        path("rss.xml", feeds.rss, name="feed"),
        path("sitemap.xml", sitemaps.pages, name="sitemap"),
        re_path(
            r"^sitemap-(?P<year>[1-9][0-9]{3})-(?P<month>0[1-9]|1[0-2])\.xml$",
            sitemaps.month,
            name="sitemap-month",
        ),
    ]


urlpatterns = [
    path("", views.choose_language, name="root"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("favicon.ico", views.icon, name="icon"),
    *(
        path(
            f"{language}/",
            include((pages(language), "public"), namespace=f"public-{language}"),
            {"language": language},
        )
        for language, _name in settings.LANGUAGES
    ),
]
