"""The list of articles: what it shows, finds and narrows to."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing, publishing
from articles.models import Article
from tests.articles.public_builders import put_under_embargo
from tests.builders import (
    NOW,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def desk(ani) -> Client:
    client = Client()
    client.force_login(ani)
    return client


def headlines(client: Client, **query: str) -> list[str]:
    page = client.get(LIST, query)
    assert page.status_code == 200
    return re.findall(r'<a class="headline"[^>]*>([^<]*)</a>', page.content.decode())


def article_called(headline: str, **options: object) -> Article:
    return make_article(draft=make_draft(headline=headline), **options)


def test_the_list_shows_where_each_language_stands(desk):
    article = publish_article(article_called("Kapal tiba"))
    change_article(article, headline="Kapal tiba lagi")

    page = desk.get(LIST).content.decode()

    cells = re.findall(r'<td class="field-state_\w+">(.*?)</td>', page, re.DOTALL)
    words = [re.findall(r'class="mark mark--(\w+)">([^<]*)<', cell) for cell in cells]
    assert words == [
        [("live", "Live"), ("draft", "changes in draft")],
        [("none", "Not started")],
    ]


def test_the_story_touched_last_stands_first(desk):
    first = article_called("Pertama")
    article_called("Kedua", at=NOW + timedelta(hours=1))
    assert headlines(desk) == ["Kedua", "Pertama"]

    change_article(first, headline="Pertama lagi", at=NOW + timedelta(hours=2))

    assert headlines(desk) == ["Pertama lagi", "Kedua"]


def test_search_finds_words_of_both_languages_and_of_drafts(desk):
    article = publish_article(article_called("Kapal tiba di Makassar"))
    change_article(article, "en", headline="Ship reaches port", standfirst="S", body="<p>B</p>")
    publish_article(article, "en")
    article_called("Panen kopi Gayo")
    article_called("Lain sama sekali")

    assert headlines(desk, q="makassar") == ["Ship reaches port"]
    assert headlines(desk, q="reaches") == ["Ship reaches port"]
    assert headlines(desk, q="gayo") == ["Panen kopi Gayo"]
    assert headlines(desk, q="nothing like it") == []


def test_filters_narrow_the_list(desk, dewi):
    live = publish_article(article_called("Langsung"))
    forced = article_called("Dipaksa")
    publishing.force_publish(edition_of(forced), reason="Gempa.", by=dewi, at=NOW)
    article_called("Naskah", facts=make_facts(source=None))

    assert headlines(desk, state_id="live") == ["Dipaksa", "Langsung"]
    assert headlines(desk, state_id="draft") == ["Naskah"]
    assert headlines(desk, state_en="not_started", second_look="yes") == ["Dipaksa"]
    assert headlines(desk, source=str(live.attributions.get().source_id)) == ["Dipaksa", "Langsung"]
    assert headlines(desk, origin="en") == []
    assert headlines(desk, section=str(live.section_id)) == ["Naskah", "Dipaksa", "Langsung"]


@pytest.mark.parametrize("query", ["state_id=nonsense", "section=x", "source=-1", "q=%00", "p=99x"])
def test_nonsense_in_the_address_breaks_nothing(desk, query):
    article_called("Kapal")

    assert desk.get(f"{LIST}?{query}").status_code in {200, 302}


def test_an_empty_list_says_what_to_do(desk):
    page = desk.get(LIST).content.decode()
    assert "There is no article yet." in page
    assert reverse("admin:articles_article_add") in page

    article_called("Kapal")
    assert (
        "No article fits what you are looking for." in desk.get(LIST, {"q": "zzz"}).content.decode()
    )


def test_a_translator_is_not_shown_a_story_under_embargo(ani):
    budi = make_person("budi", "Translator")
    secret = article_called("Rahasia")
    editing.set_embargo(secret, until=NOW + timedelta(days=900), reason="", by=ani, at=NOW)
    article_called("Terbuka")
    put_under_embargo(article_called("Tadinya rahasia"), NOW - timedelta(days=900))
    client = Client()
    client.force_login(budi)

    assert headlines(client) == ["Tadinya rahasia", "Terbuka"]


@pytest.mark.parametrize("stories", [1, 4])
def test_the_list_asks_the_database_twelve_times_whatever_its_length(
    desk, stories, django_assert_num_queries
):
    for _ in range(stories):
        publish_article(make_article())

    with django_assert_num_queries(12):
        assert desk.get(LIST).status_code == 200


def test_nobody_and_strangers_are_sent_away(client, eko):
    assert client.get(LIST).url == f"{reverse('admin:login')}?next={LIST}"
    client.force_login(eko)
    assert client.get(LIST, follow=True).redirect_chain[-1] == (reverse("start"), 302)


def test_a_story_cannot_be_deleted_here(desk):
    article = make_article()

    assert desk.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 404
    assert desk.post(
        LIST, {"action": "delete_selected", "_selected_action": article.pk}
    ).status_code in {200, 302}
    assert list(Article.objects.all()) == [article]
