import re

import pytest

from articles import publishing
from tests.articles.public_builders import LONG_AGO, tell, translate
from tests.articles.test_public_pages import page, text_of
from tests.builders import NOW, edition_of, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return tell(
        at=LONG_AGO,
        draft={
            "headline": "Pelabuhan dibuka",
            "standfirst": "Warga menyambut.",
            "body": "<p>Kapal <strong>kopi</strong> &amp; teh bersandar.</p>",
        },
    )


def test_search_shows_what_has_the_words_with_the_words_marked(client, story):
    tell(at=LONG_AGO, draft={"headline": "Kereta malam", "body": "<p>Relnya baru.</p>"})

    html = page(client, "/id/cari/?q=kapal")

    assert text_of(html) == (
        "Cari Cari berita Cari 1 berita memuat kata-kata ini."
        " Politik Pelabuhan dibuka Warga menyambut. Kapal kopi &amp; teh bersandar."
        " 25 Februari 2016"
    )
    assert "<mark>Kapal</mark>" in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/id/cari/?q=kapal">' in html


def test_search_says_that_nothing_was_found(client, story):
    words = text_of(page(client, "/en/search/?q=kapal"))

    assert words.startswith("Search Search the stories Search Nothing was found.")


def test_search_without_words_is_the_form(client, story):
    for path in ("/id/cari/", "/id/cari/?q=", "/id/cari/?q=%20%20"):
        assert text_of(page(client, path)) == "Cari Cari berita Cari"


def test_search_refuses_what_is_too_long_and_keeps_it(client, story):
    html = page(client, f"/id/cari/?q={'kapal' * 41}")

    assert text_of(html) == (
        "Cari Cari berita Cari Kurangi kata pencarian: paling banyak 200 karakter."
    )
    assert f'value="{"kapal" * 41}" aria-invalid="true"' in html


def test_search_finds_nothing_that_is_not_live(client, story):
    publishing.take_offline(edition_of(story), reason="Salah", by=make_person(), at=NOW)

    assert "Pelabuhan dibuka" not in page(client, "/id/cari/?q=kapal")


def test_search_goes_on_on_other_pages(client):
    for _number in range(21):
        tell(at=LONG_AGO)

    first, second = page(client, "/id/cari/?q=kopi"), page(client, "/id/cari/?q=kopi&page=2")

    assert re.findall(r'rel="next" href="([^"]*)"', first) == ["/id/cari/?q=kopi&amp;page=2"]
    assert re.findall(r'rel="prev" href="([^"]*)"', second) == ["/id/cari/?q=kopi"]
    assert second.count('class="card ') == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=kapal%00kopi",
        'q="',
        "q=C%2B%2B",
        "q=it's",
        "q=NEAR(kapal+kopi)",
        "q=kapal*+OR+-kopi:",
        "q=" + "%F0%9F%9A%A2" * 40,
        "q=<script>alert(1)</script>",
        "q=kapal&q=kopi",
    ],
)
def test_no_query_breaks_the_page(client, story, query):
    response = client.get(f"/id/cari/?{query}")

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("number", ["abc", "0", "2", "99999999999999"])
def test_a_page_of_results_that_is_not_there_answers_404(client, story, number):
    assert client.get(f"/id/cari/?q=kapal&page={number}").status_code == 404


@pytest.mark.parametrize("number_of_stories", [1, 3])
def test_search_takes_at_most_six_queries(client, number_of_stories, django_assert_max_num_queries):
    for _number in range(number_of_stories):
        translate(tell(at=LONG_AGO), at=LONG_AGO)

    with django_assert_max_num_queries(6):
        assert client.get("/en/search/?q=coffee").content.count(b'class="card ') == (
            number_of_stories
        )
