import json
import re
from datetime import timedelta

import pytest
from lxml import etree

from articles import editing, publishing
from articles.correcting import Told
from articles.models import Notice
from tests.articles.public_builders import (
    LONG_AGO,
    make_author,
    make_image,
    make_topic,
    own_newsroom,
    tell,
    translate,
)
from tests.builders import (
    approve_article,
    change_article,
    edition_of,
    make_draft,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ID = f"{SITE}/id/2016/02/25/kapal-baru-tiba/"
EN = f"{SITE}/en/2016/02/25/new-ship-arrives/"
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "@id": f"{SITE}/#publisher",
    "name": "Lintas",
    "url": f"{SITE}/",
    "logo": {
        "@type": "ImageObject",
        "url": f"{SITE}/static/public/icon-512.png",
        "width": 512,
        "height": 512,
    },
}
GAZETA = {"@type": "Organization", "name": "Rossiyskaya Gazeta", "url": "https://rg.ru/"}


@pytest.fixture
def story():
    budi = make_person()
    make_author("Budi Santoso", user=budi)
    article = tell(
        at=LONG_AGO,
        draft={
            "headline": "Kapal baru tiba",
            "standfirst": "Warga menyambut.",
            "dateline": "MAKASSAR",
            "slug": "kapal-baru-tiba",
            "image_alt": "Kapal di dermaga.",
            "image_caption": "Dermaga.",
        },
        authors=[make_author("Rina Wijaya")],
        topics=[make_topic("Laut", "Sea")],
        image=make_image(file="pictures/ship.jpg"),
        original_url="https://rg.ru/2016/02/25/korabl.html",
    )
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=budi, at=LONG_AGO)
    words = make_draft(
        headline="New ship arrives",
        standfirst="People welcomed it.",
        slug="new-ship-arrives",
        image_alt="A ship at the quay.",
    )
    editing.save_working_copy(edition, words, based_on=copy.version, by=budi, at=LONG_AGO)
    return publish_article(article, "en", at=LONG_AGO)


def head_of(client, url):
    return client.get(url.removeprefix(SITE)).content.decode().partition("</head>")[0]


def graph_of(client, url):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', head_of(client, url), re.DOTALL
    )
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def alternates_of(client, url):
    return re.findall(
        r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', head_of(client, url)
    )


def metas_of(client, url):
    return re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', head_of(client, url))


def test_an_original_tells_machines_what_readers_see(client, story):
    article, breadcrumbs = graph_of(client, ID)

    assert article == {
        "@type": "NewsArticle",
        "@id": ID,
        "url": ID,
        "mainEntityOfPage": ID,
        "inLanguage": "id",
        "headline": "Kapal baru tiba",
        "description": "Warga menyambut.",
        "datePublished": "2016-02-25T03:00:00Z",
        "dateModified": "2016-02-25T03:00:00Z",
        "author": [
            {"@type": "Person", "name": "Rina Wijaya", "url": f"{SITE}/id/penulis/rina-wijaya/"}
        ],
        "publisher": PUBLISHER,
        "isAccessibleForFree": True,
        "articleSection": "Politik",
        "image": [
            {
                "@type": "ImageObject",
                "url": f"{SITE}/media/pictures/ship.jpg",
                "width": 1600,
                "height": 1067,
                "creditText": "Foto: Dewi Lestari",
                "caption": "Dermaga.",
            }
        ],
        "keywords": ["Laut"],
        "about": [{"@type": "Thing", "name": "Laut"}],
        "dateline": "MAKASSAR",
        "copyrightHolder": GAZETA,
        "copyrightYear": 2016,
        "copyrightNotice": "Hak cipta milik Rossiyskaya Gazeta.",
        "creditText": "Rossiyskaya Gazeta",
        "sourceOrganization": GAZETA,
        "isBasedOn": "https://rg.ru/2016/02/25/korabl.html",
        "workTranslation": [{"@type": "NewsArticle", "@id": EN, "inLanguage": "en"}],
    }
    assert breadcrumbs == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Lintas", "item": f"{SITE}/id/"},
            {
                "@type": "ListItem",
                "position": 2,
                "name": "Politik",
                "item": f"{SITE}/id/rubrik/politik/",
            },
            {"@type": "ListItem", "position": 3, "name": "Kapal baru tiba", "item": ID},
        ],
    }


def test_a_translation_names_its_original_and_its_translator(client, story):
    article, _breadcrumbs = graph_of(client, EN)

    assert {
        key: article.get(key)
        for key in ("translationOfWork", "translator", "workTranslation", "copyrightNotice")
    } == {
        "translationOfWork": {"@type": "NewsArticle", "@id": ID, "inLanguage": "id"},
        "translator": [
            {"@type": "Person", "name": "Budi Santoso", "url": f"{SITE}/en/author/budi-santoso/"}
        ],
        "workTranslation": None,
        "copyrightNotice": "Copyright Rossiyskaya Gazeta.",
    }


def test_our_own_story_is_ours(client):
    article = tell(at=LONG_AGO, source=own_newsroom(), relation="ours")

    found, _breadcrumbs = graph_of(client, SITE + article.path("id"))

    keys = ("author", "copyrightHolder", "copyrightNotice", "creditText", "sourceOrganization")
    assert {key: found.get(key) for key in keys} == {
        "author": [{"@type": "Organization", "name": "Lintas", "url": f"{SITE}/"}],
        "copyrightHolder": {"@id": f"{SITE}/#publisher"},
        "copyrightNotice": "Hak cipta milik redaksi.",
        "creditText": "Lintas",
        "sourceOrganization": None,
    }


def test_a_correction_is_told_to_machines_too(client, story):
    at = LONG_AGO + timedelta(days=1)
    change_article(story, at=at, standfirst="Warga menyambut kapal.")
    approve_article(story, at=at)
    told = Told(Notice.Kind.CORRECTION, "Kapal itu bukan yang pertama.")
    publishing.publish(edition_of(story), by=None, at=at, told=told)

    article, _breadcrumbs = graph_of(client, ID)

    assert article["dateModified"] == "2016-02-26T03:00:00Z"
    assert article["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Kapal itu bukan yang pertama.",
            "datePublished": "2016-02-26T03:00:00Z",
        }
    ]


def test_words_cannot_end_the_script_they_stand_in(client):
    headline = "</script><!--<script>alert(1)</script> & 'kutipan' \u2028"
    article = tell(at=LONG_AGO, draft={"headline": headline, "slug": "skrip"})

    found, _breadcrumbs = graph_of(client, SITE + article.path("id"))

    assert found["headline"] == article.published("headline", "id")
    assert "</script><!--" in found["headline"]


def test_the_front_page_tells_who_we_are(client):
    assert graph_of(client, f"{SITE}/en/") == [
        {
            "@type": "WebSite",
            "@id": f"{SITE}/en/#site",
            "url": f"{SITE}/en/",
            "name": "Lintas",
            "description": "News in two languages",
            "inLanguage": "en",
            "publisher": {"@id": f"{SITE}/#publisher"},
        },
        PUBLISHER,
    ]


def test_an_authors_page_is_a_persons(client, story):
    url = f"{SITE}/id/penulis/rina-wijaya/"

    page, _breadcrumbs = graph_of(client, url)

    assert page["@type"] == "ProfilePage"
    assert page["mainEntity"] == {"@type": "Person", "name": "Rina Wijaya", "url": url}


def test_the_head_of_an_article(client, story):
    head = head_of(client, EN)

    assert "<title>New ship arrives | Lintas</title>" in head
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', head) == [EN]
    assert metas_of(client, EN)[1:] == [
        ("description", "People welcomed it."),
        ("robots", "max-image-preview:large"),
        ("og:type", "article"),
        ("og:site_name", "Lintas"),
        ("og:title", "New ship arrives"),
        ("og:description", "People welcomed it."),
        ("og:url", EN),
        ("og:locale", "en_US"),
        ("og:locale:alternate", "id_ID"),
        ("og:image", f"{SITE}/media/pictures/ship.jpg"),
        ("og:image:width", "1600"),
        ("og:image:height", "1067"),
        ("og:image:alt", "A ship at the quay."),
        ("twitter:card", "summary_large_image"),
        ("article:published_time", "2016-02-25T03:00:00Z"),
        ("article:modified_time", "2016-02-25T03:00:00Z"),
        ("article:section", "Politics"),
        ("author", "Rina Wijaya"),
        ("article:author", f"{SITE}/en/author/rina-wijaya/"),
        ("article:tag", "Sea"),
        ("color-scheme", "light dark"),
    ]
    assert re.findall(r'type="application/rss\+xml" title="([^"]*)" href="([^"]*)"', head) == [
        ("Lintas", f"{SITE}/en/rss.xml"),
        ("Lintas – Politics", f"{SITE}/en/section/politics/rss.xml"),
    ]


def test_a_title_stays_within_140_characters(client):
    article = tell(at=LONG_AGO, draft={"headline": "pemberitaan " * 16, "slug": "panjang"})

    (title,) = re.findall("<title>(.*)</title>", head_of(client, SITE + article.path("id")))

    assert len(title) == 140
    assert title.endswith("… | Lintas")


@pytest.mark.parametrize(
    ("url", "default"),
    [
        (ID, ID),
        (f"{SITE}/id/", f"{SITE}/id/"),
        (f"{SITE}/id/rubrik/politik/", f"{SITE}/id/rubrik/politik/"),
        (f"{SITE}/en/topic/sea/", f"{SITE}/id/topik/laut/"),
        (f"{SITE}/en/author/rina-wijaya/", f"{SITE}/id/penulis/rina-wijaya/"),
        (f"{SITE}/id/sumber/rossiyskaya-gazeta/", f"{SITE}/id/sumber/rossiyskaya-gazeta/"),
    ],
)
def test_every_version_lists_every_version(client, story, url, default):
    alternates = alternates_of(client, url)

    assert [code for code, _url in alternates] == ["id", "en", "x-default"]
    assert dict(alternates)["x-default"] == default
    for code, other in alternates[:2]:
        assert alternates_of(client, other) == alternates
        assert f'<html lang="{code}">' in head_of(client, other)


def test_a_story_in_one_language_lists_itself_alone(client):
    article = tell(at=LONG_AGO)
    url = SITE + article.path("id")

    assert alternates_of(client, url) == [("id", url), ("x-default", url)]


def test_a_version_that_goes_offline_leaves_the_others_head_at_once(client, story):
    publishing.take_offline(edition_of(story), reason="Salah", by=make_person(), at=LONG_AGO)

    assert alternates_of(client, EN) == [("en", EN), ("x-default", EN)]
    article, _breadcrumbs = graph_of(client, EN)
    assert "translationOfWork" not in article


def test_the_sitemap_lists_the_versions_that_the_head_lists(client, story):
    translate(tell(at=LONG_AGO), at=LONG_AGO)
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    paths = ("/id/sitemap-2016-02.xml", "/en/sitemap-2016-02.xml", "/id/sitemap.xml")

    for path in paths:
        for url in etree.fromstring(client.get(path).content).findall("s:url", names):
            links = [
                (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", names)
            ]
            assert links == alternates_of(client, url.findtext("s:loc", namespaces=names))


def test_search_results_and_missing_pages_are_kept_from_indexes(client, story):
    for path in ("/id/cari/?q=kapal", "/en/nothing/"):
        assert ("robots", "noindex") in metas_of(client, SITE + path)
        assert alternates_of(client, SITE + path) == []
