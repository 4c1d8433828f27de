import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from articles import editing, publishing
from articles.correcting import Kind, Told
from articles.models import Article, Section
from articles.public import answers, views
from tests.articles.public_builders import (
    FAR_AHEAD,
    LONG_AGO,
    change,
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
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

CACHEABLE = re.compile(r"public, max-age=\d+, stale-while-revalidate=\d+")


@pytest.fixture
def story():
    """A story in both languages, with all that a page can show."""
    budi = make_person()
    make_author("Budi Santoso", user=budi)
    article = tell(
        at=LONG_AGO,
        draft={
            "headline": "Kapal baru tiba",
            "standfirst": "Warga menyambut di dermaga.",
            "dateline": "MAKASSAR",
            "body": "<p>Kapal itu tiba.</p><h2>Muatan</h2><p>Isinya kopi.</p>",
            "slug": "kapal-baru-tiba",
            "image_alt": "Kapal di dermaga.",
            "image_caption": "Dermaga Makassar.",
        },
        authors=[make_author("Rina Wijaya"), make_author("Sari Dewi")],
        topics=[make_topic("Laut", "Sea")],
        image=make_image(),
        original_title="Корабль пришёл",
        original_language="ru",
    )
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=budi, at=LONG_AGO)
    words = make_draft(
        headline="New ship arrives",
        standfirst="People welcomed it.",
        dateline="MAKASSAR",
        body="<p>The ship came in.</p>",
        slug="new-ship-arrives",
        image_alt="A ship at the quay.",
    )
    editing.save_working_copy(edition, words, based_on=copy.version, by=budi, at=LONG_AGO)
    return publish_article(article, "en", at=LONG_AGO)


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response
    return response.content.decode()


def text_of(html):
    """The words of a page's main part, one space between them."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main.partition(">")[2]).split())


# What pages say


def test_an_article_shows_the_story_and_its_credits(client, story):
    words = text_of(page(client, "/id/2016/02/25/kapal-baru-tiba/"))

    assert words == (
        "Politik Kapal baru tiba Warga menyambut di dermaga."
        " Oleh Rina Wijaya dan Sari Dewi 25 Februari 2016, 10.00 WIB"
        " Dermaga Makassar. Foto: Dewi Lestari"
        " MAKASSAR – Kapal itu tiba. Muatan Isinya kopi."
        " Diterbitkan ulang dari Rossiyskaya Gazeta Judul asli: Корабль пришёл"
        " Rossiyskaya Gazeta adalah surat kabar milik Pemerintah Rusia."
        " Hak cipta milik Rossiyskaya Gazeta."
        " Topik Laut http://127.0.0.1:8000/id/2016/02/25/kapal-baru-tiba/"
    )


def test_a_translation_shows_its_translator_and_the_notice_in_its_own_language(client, story):
    html = page(client, "/en/2016/02/25/new-ship-arrives/")

    assert text_of(html) == (
        "Politics New ship arrives People welcomed it."
        " By Rina Wijaya and Sari Dewi Translated from Indonesian by Budi Santoso"
        " 25 February 2016, 10:00 WIB Foto: Dewi Lestari MAKASSAR – The ship came in."
        " Republished from Rossiyskaya Gazeta Original title: Корабль пришёл"
        " Rossiyskaya Gazeta is owned by the Government of Russia."
        " Copyright Rossiyskaya Gazeta."
        " Topics Sea http://127.0.0.1:8000/en/2016/02/25/new-ship-arrives/"
    )
    assert '<html lang="en">' in html
    assert '<cite lang="ru">Корабль пришёл</cite>' in html


def test_a_correction_stands_on_the_page_with_its_date(client, story):
    at = LONG_AGO + timedelta(days=1)
    change_article(story, at=at, standfirst="Warga menyambut.")
    approve_article(story, at=at)
    told = Told(Kind.CORRECTION, "Kapal itu bukan yang pertama.")
    publishing.publish(edition_of(story), by=None, at=at, told=told)

    words = text_of(page(client, "/id/2016/02/25/kapal-baru-tiba/"))

    assert "Diperbarui 26 Februari 2016, 10.00 WIB Koreksi, 26 Februari 2016" in words
    assert "Koreksi 26 Februari 2016 Kapal itu bukan yang pertama." in words


def test_a_decorative_picture_has_an_empty_alternative_text(client):
    article = tell(at=LONG_AGO, image=make_image(decorative=True))

    html = page(client, article.path("id"))

    assert re.findall(r'<img [^>]*width="1600" height="1067" alt="([^"]*)"', html) == [""]


def test_the_front_page_carries_the_day_and_the_stories(client, story):
    words = text_of(page(client, "/id/"))

    assert words == (
        "Lintas: Berita hari ini Politik Kapal baru tiba Warga menyambut di dermaga."
        " 25 Februari 2016"
    )


def test_an_empty_paper_says_so(client):
    make_article()

    assert text_of(page(client, "/en/")) == (
        "Lintas: Today’s stories Nothing has been published here yet."
    )
    assert text_of(page(client, "/en/section/culture/")) == (
        "Culture Nothing has been published here yet."
    )


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/id/rubrik/politik/", "Politik"),
        ("/en/section/politics/", "Politics"),
        ("/id/topik/laut/", "Topik Laut"),
        ("/en/topic/sea/", "Topic Sea"),
        ("/id/penulis/rina-wijaya/", "Penulis Rina Wijaya"),
        ("/en/author/budi-santoso/", "Author Budi Santoso"),
        ("/id/sumber/rossiyskaya-gazeta/", "Sumber Rossiyskaya Gazeta"),
        ("/en/source/rossiyskaya-gazeta/", "Source Rossiyskaya Gazeta"),
    ],
)
def test_a_list_names_what_it_is_of_and_shows_its_stories(client, story, path, title):
    words = text_of(page(client, path))

    headline = "Kapal baru tiba" if path.startswith("/id/") else "New ship arrives"
    assert words.startswith(title)
    assert words.count(headline) == 1


def test_a_long_list_goes_on_on_other_pages(client):
    for number in range(41):
        tell(at=LONG_AGO + timedelta(hours=number))

    second = page(client, "/id/rubrik/politik/?page=2")
    links = re.findall(r'<a class="pages__\w+" rel="(\w+)" href="([^"]*)"', second)

    assert links == [("prev", "/id/rubrik/politik/"), ("next", "/id/rubrik/politik/?page=3")]
    assert "Halaman 2 dari 3" in text_of(second)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/id/rubrik/politik/?page=2">' in second
    assert "/id/rubrik/politik/?page=2" in page(client, "/id/rubrik/politik/")


def test_pages_link_only_to_addresses_that_answer(client, story):
    tell(at=LONG_AGO, source=own_newsroom(), relation="ours")
    links = set()
    for path in ("/id/", "/en/", "/id/2016/02/25/kapal-baru-tiba/", "/en/section/politics/"):
        links |= set(re.findall(r'href="(/[^"#]*)"', page(client, path)))

    answers_ = {
        link: client.get(link).status_code for link in links if not link.startswith("/static/")
    }

    assert set(answers_.values()) == {200}, answers_


# Two languages


def switcher(html):
    nav = html.partition('<nav class="switcher"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]*)" lang="(\w+)"[^>]*>([^<]*)<', nav)


def test_the_switcher_leads_to_the_same_story(client, story):
    assert switcher(page(client, "/id/2016/02/25/kapal-baru-tiba/")) == [
        ("/en/2016/02/25/new-ship-arrives/", "en", "English")
    ]
    assert switcher(page(client, "/en/topic/sea/")) == [
        ("/id/topik/laut/", "id", "Bahasa Indonesia")
    ]


def test_the_switcher_says_where_there_is_no_translation(client):
    article = tell(at=LONG_AGO)

    html = page(client, article.path("id"))

    assert switcher(html) == [("/en/", "en", "Not available in English")]


def test_another_languages_slug_leads_to_this_languages_page(client, story):
    for path, target in (
        ("/en/section/politik/", "/en/section/politics/"),
        ("/id/topik/sea/", "/id/topik/laut/"),
        ("/en/2016/02/25/kapal-baru-tiba/", "/en/2016/02/25/new-ship-arrives/"),
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, target)


@pytest.mark.parametrize(
    ("accepts", "language"),
    [("en-GB,en;q=0.9", "en"), ("id-ID", "id"), ("de, en;q=0.3", "en"), ("de", "id"), ("", "id")],
)
def test_the_bare_host_leads_to_the_language_a_browser_prefers(client, accepts, language):
    response = client.get("/", headers={"accept-language": accepts})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Accept-Language" in response["Vary"]


def test_a_pages_language_is_its_addresses_whatever_a_browser_prefers(client, story):
    response = client.get("/id/", headers={"accept-language": "en"})

    assert response["Content-Language"] == "id"
    assert '<html lang="id">' in response.content.decode()


# What is gone, moved or never was


def test_a_changed_slug_and_a_wrong_day_lead_there_in_one_hop_without_trackers(client, story):
    change(story, at=LONG_AGO + timedelta(days=1), slug="kapal-tiba")

    for path in ("/id/2016/02/25/kapal-baru-tiba/", "/id/2011/01/01/kapal-tiba/"):
        response = client.get(f"{path}?utm_source=surel&fbclid=1")
        assert (response.status_code, response["Location"]) == (301, "/id/2016/02/25/kapal-tiba/")


def test_a_story_offline_answers_as_was_chosen_for_its_address(client, story):
    other = tell(at=LONG_AGO, draft={"headline": "Bongkar muat", "slug": "kapal-lain"})
    publishing.take_offline(
        edition_of(story), reason="Ganda", is_gone=True, by=make_person(), at=LONG_AGO
    )
    html = page(client, story.path("id"), 410)
    publishing.bring_back(edition_of(story), by=make_person(), at=LONG_AGO)
    publishing.take_offline(
        edition_of(story), reason="Ganda", leads_to=other, by=make_person(), at=LONG_AGO
    )
    led = client.get(story.path("id") + "?utm_source=x")

    assert "tidak lagi tersedia" in html or "no longer available" in html
    assert "ditarik" not in html
    assert "withdrawn" not in html.lower()
    assert story.published("headline", "id") not in html
    assert (led.status_code, led["Location"]) == (302, "/id/2016/02/25/kapal-lain/")
    assert CACHEABLE.fullmatch(led["Cache-Control"])


def test_a_withdrawn_story_answers_410_with_the_reason_and_nothing_of_itself(client):
    tell(at=LONG_AGO, draft={"headline": "Berita lain"})
    article = tell(at=LONG_AGO, draft={"headline": "Kapal baru tiba", "slug": "kapal-baru-tiba"})
    take_away(article, "Sumbernya mencabut berita ini.", at=LONG_AGO + timedelta(days=1))

    html = page(client, "/id/2016/02/25/kapal-baru-tiba/", 410)

    assert text_of(html) == (
        "Dicabut Berita ini telah dicabut. 26 Februari 2016, 10.00 WIB"
        " Sumbernya mencabut berita ini. Cari berita Cari"
        " Berita terbaru Politik Berita lain 25 Februari 2016"
    )
    assert '<meta name="robots" content="noindex">' in html
    assert "hreflang" not in html.partition("</head>")[0]


def test_a_story_without_a_version_in_this_language_answers_404_with_the_one_there_is(client):
    tell(at=LONG_AGO, draft={"headline": "Kapal baru tiba", "slug": "kapal-baru-tiba"})

    html = page(client, "/en/2016/02/25/kapal-baru-tiba/", 404)

    assert "This story is not available in this language." in html
    assert (
        '<a href="/id/2016/02/25/kapal-baru-tiba/" lang="id" hreflang="id">'
        "Baca berita ini dalam bahasa Indonesia</a>"
    ) in html
    assert "Kapal baru tiba" not in html


def test_an_unknown_address_answers_in_the_language_of_its_path(client, story):
    assert text_of(page(client, "/id/tidak/ada/", 404)) == (
        "404 Tidak ada halaman di alamat ini. Alamatnya mungkin salah ketik, atau halamannya sudah"
        " tidak ada. Cari beritanya, atau lanjutkan ke berita terbaru. Cari berita Cari"
        " Berita terbaru Politik Kapal baru tiba 25 Februari 2016"
    )
    assert "There is no page at this address." in page(client, "/en/nothing/", 404)


def test_an_address_outside_the_languages_is_not_shared_between_readers(client):
    response = client.get("/nothing/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response["Cache-Control"] == "private, no-cache"
    assert "There is no page at this address." in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/id/2016/02/25/" + "a" * 10_000 + "/",
        "/id/" + "a/" * 5_000,
        "/id/%00/",
        "/id/rubrik/%00/",
        "/id/%ff%fe/",
        "/id/2016/02/25/%F0%9F%9A%A2/",
        "/id/2016/13/45/kapal/",
        "/id/9999/99/99/kapal/",
        "/id/../../etc/passwd",
        "/id/rubrik/politik/?page=abc",
        "/id/rubrik/politik/?page=0",
        "/id/rubrik/politik/?page=-1",
        "/id/rubrik/politik/?page=99999999999999",
        "/id/rubrik/politik/?page=%00",
        "/id/rubrik/politik/?page=%D9%A3",
        "/id/rubrik/politik/?page=2",
        "/id/penulis/siapa/",
        "/en/source/nobody/",
        "/id/rubrik/cuaca/rss.xml",
        "/id/sitemap-2016-13.xml",
        "/id/sitemap-0000-01.xml",
        "/id/sitemap-2016-02.xml",
        "/en/rubrik/politik/",
    ],
)
def test_junk_answers_404(client, path):
    assert client.get(path).status_code == 404


def test_a_broken_query_is_no_broken_page(client):
    assert client.get("/id/?page=%ff&%00=%00").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(client, story, method):
    response = getattr(client, method)("/id/2016/02/25/kapal-baru-tiba/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_the_page_for_a_fault_needs_neither_request_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0), translation.override("id"):
        response = views.server_error(RequestFactory().get("/id/"))

    assert response.status_code == 500
    assert "Terjadi gangguan di pihak kami." in response.content.decode()
    assert response["Cache-Control"] == "no-store"


# The same for everybody

PATHS = [
    "/id/",
    "/en/",
    "/id/2016/02/25/kapal-baru-tiba/",
    "/en/2016/02/25/new-ship-arrives/",
    "/id/rubrik/politik/",
    "/en/topic/sea/",
    "/id/penulis/rina-wijaya/",
    "/id/sumber/rossiyskaya-gazeta/",
    "/id/rss.xml",
    "/id/rubrik/politik/rss.xml",
    "/sitemap.xml",
    "/id/sitemap.xml",
    "/id/sitemap-2016-02.xml",
    "/robots.txt",
    "/id/tidak/ada/",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_reader_gets_the_same_bytes_and_no_cookie(client, story, path):
    someone = Client(headers={"accept-language": "en", "user-agent": "Old phone", "sec-gpc": "1"})
    someone.force_login(make_person())
    someone.cookies["cookie_consent"] = "statistics=2026-11-24T00:00:00+00:00"
    someone.cookies["csrftoken"] = "not a token"

    anonymous, known = client.get(path), someone.get(path)

    assert known.content == anonymous.content
    assert [dict(response.cookies) for response in (anonymous, known)] == [{}, {}]
    for response in (anonymous, known):
        assert CACHEABLE.fullmatch(response["Cache-Control"])
        assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert response["Content-Language"] == anonymous["Content-Language"]


@pytest.mark.parametrize("path", PATHS[:-1])
def test_a_page_that_has_not_changed_is_not_sent_again(client, story, path):
    etag = client.get(path)["ETag"]

    response = client.get(path, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_page_without_a_body_is_the_page_without_its_body(client, story):
    response = client.head("/id/2016/02/25/kapal-baru-tiba/")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    ("seconds_left", "header"),
    [
        (None, "public, max-age=60, stale-while-revalidate=600"),
        (100_000, "public, max-age=60, stale-while-revalidate=600"),
        (660, "public, max-age=60, stale-while-revalidate=600"),
        (200, "public, max-age=60, stale-while-revalidate=140"),
        (60, "public, max-age=60, stale-while-revalidate=0"),
        (7.9, "public, max-age=7, stale-while-revalidate=0"),
    ],
)
def test_no_cache_outlives_the_next_change_that_time_brings(seconds_left, header):
    moment = NOW + timedelta(seconds=seconds_left) if seconds_left is not None else None

    response = answers.for_everybody(HttpResponse(), at=NOW, moments=(moment, None))

    assert response["Cache-Control"] == header


# What pages cost


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path not in {"/robots.txt", "/sitemap.xml"}]
)
@pytest.mark.parametrize("number_of_stories", [1, 3])
def test_a_page_takes_at_most_six_queries_however_long(
    client, story, path, number_of_stories, django_assert_max_num_queries
):
    topic = story.topics.get()
    for number in range(number_of_stories):
        translate(tell(at=LONG_AGO + timedelta(hours=number), topics=[topic]), at=LONG_AGO)

    with django_assert_max_num_queries(6):
        client.get(path)


def test_a_withdrawn_storys_page_takes_at_most_six_queries(client, django_assert_max_num_queries):
    article = tell(at=LONG_AGO)
    take_away(article, "Sumbernya mencabut berita ini.", at=LONG_AGO)

    with django_assert_max_num_queries(6):
        assert client.get(article.path("id")).status_code == 410


# How pages look


def test_pages_have_one_heading_one_main_part_and_nothing_inline(client, story):
    for path in (*PATHS[:8], "/id/tidak/ada/"):
        html = client.get(path).content.decode()
        assert (html.count("<h1"), html.count("<main")) == (1, 1), path
        assert re.findall(r"<style|\sstyle=|\son\w+=", html) == [], path
        inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)
        assert all("json" in script for script in inline), path


def test_every_picture_says_its_size(client, story):
    for path in ("/id/", "/id/2016/02/25/kapal-baru-tiba/", "/id/rubrik/politik/"):
        images = re.findall(r"<img [^>]*>", client.get(path).content.decode())
        assert images
        assert [img for img in images if 'width="1600" height="1067"' not in img] == [], path


def test_a_section_without_stories_stands_in_no_menu(client, story):
    html = page(client, "/id/")

    menu = html.partition('<nav class="menu"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', menu) == ["/id/rubrik/politik/"]
    assert Section.objects.count() > 1


def test_hostile_words_stay_words(client):
    article = tell(
        at=LONG_AGO,
        draft={
            "headline": '</script><script>alert("1")</script> & "kutipan"',
            "standfirst": "<img src=x onerror=alert(1)>",
            "dateline": "<b>MAKASSAR</b>",
        },
        section=section("politik"),
    )

    for path in (article.path("id"), "/id/", "/id/rubrik/politik/"):
        html = page(client, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>MAKASSAR" not in html


def test_a_preview_is_marked_and_kept_from_robots(rf):
    article = make_article(facts=make_facts(image=make_image()))
    edition = edition_of(article)
    preview = views.reading.preview_page(edition, edition.working_copy, at=NOW)

    with translation.override("id"):
        html = answers.render(
            rf.get("/admin/"), "public/article.html", {"page": preview}
        ).content.decode()

    assert "Pratinjau draf" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "ld+json" not in html
    assert not Article.objects.live(at=FAR_AHEAD, language="id").exists()
