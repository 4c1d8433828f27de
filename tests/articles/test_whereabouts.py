"""Where readers could meet a story, and what would show it there."""

import pytest
from django.urls import get_resolver, resolve

from articles.models import Article
from articles.whereabouts import Place, places, shows
from tests.articles.public_builders import change, make_author, make_topic, tell, translate
from tests.builders import edition_of

# Pages that name no story.
WITHOUT_STORIES = {"root", "robots", "icon", "sitemap-index", "sitemap"}


@pytest.fixture
def told(db) -> Article:
    """A story in both languages that changed its headline and address once."""
    article = tell(
        draft={"headline": "Kapal lama tiba", "slug": "kapal-lama"},
        authors=[make_author("Rina")],
        topics=[make_topic("Kapal", "Ships")],
    )
    translate(article, headline="New ship comes in", slug="new-ship")
    return change(article, headline="Kapal baru tiba", slug="kapal-baru")


def test_every_address_a_story_has_or_had_is_named_with_what_would_show_it(told):
    path, former = "/id/2026/11/21/kapal-baru/", "/id/2026/11/21/kapal-lama/"
    headlines = ("Kapal lama tiba", "Kapal baru tiba")
    everything = (*headlines, path, former)

    assert places(edition_of(told)) == [
        Place(path, headlines),
        Place(former, headlines),
        Place("/id/", everything),
        Place("/id/rubrik/politik/", everything),
        Place("/id/topik/kapal/", everything),
        Place("/id/penulis/rina/", everything),
        Place("/id/sumber/rossiyskaya-gazeta/", everything),
        Place("/id/koreksi/", everything),
        Place("/id/rss.xml", everything),
        Place("/id/rubrik/politik/rss.xml", everything),
        Place("/id/sitemap-2026-11.xml", everything),
        Place("/id/cari/?q=Kapal+baru+tiba", (path, former)),
        Place("/en/2026/11/21/new-ship/", (path, former)),
    ]


def test_no_kind_of_public_page_is_left_out(told):
    asked = {
        resolve(place.address.partition("?")[0]).url_name for place in places(edition_of(told))
    }

    resolver = get_resolver()
    _prefix, of_a_language = resolver.namespace_dict["public-id"]
    here = {name for name in of_a_language.reverse_dict if isinstance(name, str)}
    # Whatever is new either goes into articles/whereabouts.py or is said here to name no story.
    assert asked == here - WITHOUT_STORIES


def test_a_headline_that_may_stand_there_by_chance_is_told_by_its_standfirst(db):
    article = tell(draft={"headline": "Gempa", "standfirst": "Warga Palu bermalam di luar."})

    assert places(edition_of(article))[0].traces == ("Warga Palu bermalam di luar.",)


@pytest.mark.parametrize(
    ("page", "is_shown"),
    [
        ("<h1>Kapal &amp; kopi: “tiba” lagi</h1>", True),
        ("<title>KAPAL &#38; KOPI - tiba lagi | Lintas</title>", True),
        ("<p><mark>Kapal</mark> &amp; <mark>kopi</mark>\n tiba lagi</p>", True),
        ('<a href="https://news.example/id/2026/11/21/kapal-kopi/">x</a>', True),
        (r'{"url": "https:\/\/news.example\/id\/2026\/11\/21\/kapal-kopi\/"}', True),
        ("<h1>Kapal &amp; kopi: “tiba” lagian</h1>", False),
        ("<p>Kapal tiba lagi dengan kopi</p>", False),
        ('<a href="/id/2026/11/21/kapal-kopi-2/">x</a>', False),
        ('<a href="/id/2026/11/22/kapal-kopi/">x</a>', False),
        ("", False),
    ],
)
def test_what_shows_a_story(page, is_shown):
    traces = ("Kapal & kopi: “tiba” lagi", "/id/2026/11/21/kapal-kopi/")

    assert shows(page, traces) is is_shown
