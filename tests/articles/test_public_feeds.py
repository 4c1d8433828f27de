"""Feeds and sitemaps, whole, against documents that a person has read."""

import re
from datetime import timedelta
from pathlib import Path

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
    section,
    take_away,
    tell,
    translate,
)
from tests.builders import (
    approve_article,
    change_article,
    edition_of,
    make_person,
)

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def paper():
    """Two stories: one of a source, translated, corrected, with a picture; one of our own."""
    ship = tell(
        at=LONG_AGO,
        draft={
            "headline": 'Kapal "Laut & Angin" tiba',
            "standfirst": "Warga menyambut.",
            "dateline": "MAKASSAR",
            "body": '<p>Kapal <em>itu</em> tiba di <a href="/id/">dermaga</a>.</p>'
            "<blockquote><p>Selamat datang!</p><cite>Sari</cite></blockquote>"
            '<p>Lihat <a href="https://pelabuhan.example/">jadwal</a>.</p>',
            "slug": "kapal-tiba",
            "image_alt": "Kapal di dermaga.",
            "image_caption": "Dermaga Makassar.",
        },
        authors=[make_author("Rina Wijaya"), make_author("Sari Dewi")],
        topics=[make_topic("Laut", "Sea"), make_topic("Angin", "Wind")],
        image=make_image(file="pictures/ship.jpg"),
    )
    translate(
        ship,
        at=LONG_AGO + timedelta(hours=2),
        headline="Ship arrives",
        standfirst="People welcomed it.",
        body="<p>The ship came in.</p>",
        slug="ship-arrives",
        image_alt="A ship.",
    )
    at = LONG_AGO + timedelta(days=1)
    change_article(ship, at=at, standfirst="Warga menyambut kapal.")
    approve_article(ship, at=at)
    told = Told(Notice.Kind.CORRECTION, "Kapal itu bukan yang pertama.")
    publishing.publish(edition_of(ship), by=None, at=at, told=told)
    tell(
        at=LONG_AGO + timedelta(days=7),
        draft={
            "headline": "Kereta malam",
            "standfirst": "Relnya baru.",
            "body": "<p>Kereta itu berangkat.</p>",
            "slug": "kereta-malam",
        },
        section=section("wisata"),
        source=own_newsroom(),
        relation="ours",
    )
    return ship


def golden(client, path, name, story):
    """Compare an answer with its document; keys of stories differ from run to run."""
    response = client.get(path)
    assert response.status_code == 200
    text = response.content.decode()
    etree.fromstring(text.encode())
    known = f"article/{story.pk}/"
    text = re.sub(r"article/\d+/", lambda m: "article/1/" if m[0] == known else "article/2/", text)
    # One element a line, so that a person can read the document and a difference.
    lines = re.sub(
        r"(?<=>)(?=<[^/!])|(?<=>)(?=</(?:channel|rss|item|image|url|urlset)\b)", "\n", text
    )
    assert lines + "\n" == (GOLDEN / name).read_text(encoding="utf-8")
    return response


@pytest.mark.parametrize(
    ("path", "name", "content_type"),
    [
        ("/id/rss.xml", "rss-id.xml", "application/rss+xml; charset=utf-8"),
        ("/en/rss.xml", "rss-en.xml", "application/rss+xml; charset=utf-8"),
        ("/id/rubrik/wisata/rss.xml", "rss-section.xml", "application/rss+xml; charset=utf-8"),
        ("/sitemap.xml", "sitemap-index.xml", "application/xml; charset=utf-8"),
        ("/id/sitemap.xml", "sitemap-pages-id.xml", "application/xml; charset=utf-8"),
        ("/id/sitemap-2016-02.xml", "sitemap-month-id.xml", "application/xml; charset=utf-8"),
        ("/en/sitemap-2016-02.xml", "sitemap-month-en.xml", "application/xml; charset=utf-8"),
    ],
)
def test_documents_are_as_a_person_has_read_them(client, paper, path, name, content_type):
    response = golden(client, path, name, paper)

    assert response["Content-Type"] == content_type


def test_robots_are_kept_out_of_the_newsroom_and_shown_the_sitemap(client):
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\n"
        "Disallow: /admin/\n"
        "Disallow: /desk/\n"
        "Disallow: /consent/\n"
        "Disallow: /id/cari/\n"
        "Disallow: /en/search/\n"
        "\n"
        "Sitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )


def ids(client, path):
    return re.findall(r"<guid[^>]*>([^<]*)</guid>", client.get(path).content.decode())


def test_an_items_id_stays_when_the_slug_and_the_text_change(client, paper):
    before = ids(client, "/id/rss.xml")
    at = LONG_AGO + timedelta(days=2)
    change_article(paper, at=at, slug="kapal-baru", headline="Kapal baru")
    approve_article(paper, at=at)
    told = Told(Notice.Kind.UPDATE, "Kapalnya baru.")
    publishing.publish(edition_of(paper), by=None, at=at, told=told)

    assert ids(client, "/id/rss.xml") == before


def test_what_is_withdrawn_or_under_embargo_leaves_the_feed_at_once(client, paper):
    assert len(ids(client, "/id/rss.xml")) == 2

    take_away(paper, "Sumbernya mencabut berita ini.", at=LONG_AGO + timedelta(days=3))

    assert len(ids(client, "/id/rss.xml")) == 1
    assert "kapal-tiba" not in client.get("/id/sitemap-2016-02.xml").content.decode()


def test_an_empty_feed_is_a_feed_and_the_same_at_every_moment(client):
    first, second = (client.get("/en/rss.xml") for _time in range(2))

    assert first.content == second.content
    assert etree.fromstring(first.content).findtext("channel/title") == "Lintas"


def test_a_feed_has_thirty_stories_at_most_and_takes_the_same_queries(
    client, django_assert_num_queries
):
    person = make_person()
    for number in range(31):
        article = tell(at=LONG_AGO + timedelta(hours=number))
        editing.save_facts(
            article,
            editing.Facts(
                section=section("politik"), topics=[make_topic(f"T{number}", f"E{number}")]
            ),
            by=person,
            at=LONG_AGO,
        )

    with django_assert_num_queries(4):
        assert len(ids(client, "/id/rss.xml")) == 30
