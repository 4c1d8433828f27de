"""A story's texts, their comparison, and who did what."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles import reviewing
from articles.admin.comparing import compare
from articles.models import Activity, Article, Revision, WorkingCopy
from tests.builders import (
    NOW,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ani) -> Client:
    client = Client()
    client.force_login(ani)
    return client


def address(page: str, *parts: object) -> str:
    return reverse(f"admin:articles_article_{page}", args=parts)


def words(html: str) -> str:
    return re.sub(r"<span class=\"visually-hidden\">[^<]*</span>", "", html)


def test_the_history_lists_every_text_with_its_reviews(desk, ani):
    article = publish_article(make_article())
    change_article(article, headline="Kapal lain")
    revision = reviewing.submit(edition_of(article), by=make_person(), at=NOW)
    reviewing.send_back(edition_of(article), revision=revision, note="Pendekkan.", by=ani, at=NOW)

    response = desk.get(address("history", article.pk, "id"))

    assert [
        (r.number, r.occasion, [(v.verdict, v.note) for v in r.reviews.all()])
        for r in response.context["revisions"]
    ] == [
        (2, "submitted", [("returned", "Pendekkan.")]),
        (1, "submitted", [("approved", "")]),
    ]
    assert "Pendekkan." in response.content.decode()


def test_an_unchanged_block_is_shown_as_it_is_printed():
    quote = "<blockquote><p>Jalan.</p><cite>Ani</cite></blockquote>"
    article = publish_article(make_article(draft=make_draft(body=f"{quote}<p>Satu kapal.</p>")))
    edition = change_article(article, headline="Kapal lain", body=f"{quote}<p>Dua kapal.</p>")

    compared = compare(Revision.objects.get(), edition.working_copy)

    assert (compared.body[0].state, compared.body[0].html) == ("same", quote)


def test_blocks_are_shown_as_printed_and_words_marked_where_they_changed():
    first, second, third = (
        '<p data-bid="aaaaaaaa">Kapal <em>tiba</em>.</p>',
        '<ul><li data-bid="bbbbbbbb">Muatannya <strong>kopi</strong>.</li></ul>',
        '<h2 data-bid="cccccccc">Di <a href="/id/">Makassar</a></h2>',
    )
    article = publish_article(make_article(draft=make_draft(body=first + second + third)))
    edition = change_article(
        article,
        body=second.replace("kopi", "teh").replace("strong", "em")
        + first
        + '<p data-bid="dddddddd">Warga <em>menyambut</em>.</p>',
    )

    compared = compare(Revision.objects.get(), edition.working_copy)

    named = '<code class="markup">{}</code>'.format
    tea = (
        f"<ul><li>Muatannya <del>{named('strong')}kopi{named('/strong')}</del>"
        f"<ins>{named('em')}teh{named('/em')}</ins>.</li></ul>"
    )
    assert [(row.state, words(row.html)) for row in compared.body] == [
        ("moved", tea),
        ("same", "<p>Kapal <em>tiba</em>.</p>"),
        ("added", "<ins><p>Warga <em>menyambut</em>.</p></ins>"),
        ("removed", '<del><h2>Di <a href="/id/">Makassar</a></h2></del>'),
    ]


def test_a_block_that_only_moved_is_shown_as_printed():
    first, second = '<p data-bid="aaaaaaaa">Satu.</p>', '<p data-bid="bbbbbbbb">Dua <em>x</em>.</p>'
    article = publish_article(make_article(draft=make_draft(body=first + second)))
    edition = change_article(article, body=second + first)

    compared = compare(Revision.objects.get(), edition.working_copy)

    assert {(row.state, row.html) for row in compared.body} == {
        ("moved", "<p>Dua <em>x</em>.</p>"),
        ("same", "<p>Satu.</p>"),
    }


def test_the_working_copy_is_compared_with_the_latest_text(desk):
    draft = make_draft(headline="Kapal tiba", body="<p>Satu kapal.</p><p>Dua kapal.</p>")
    article = publish_article(make_article(draft=draft))
    change_article(article, headline="Kapal baru tiba", body="<p>Satu kapal besar.</p>")

    response = desk.get(address("history", article.pk, "id"))

    comparison = response.context["comparison"]
    assert [(name, words(html)) for name, html in comparison.lines] == [
        ("Headline", "Kapal <ins>baru </ins>tiba")
    ]
    assert [(row.state, row.note, words(row.html)) for row in comparison.body] == [
        ("changed", "", "<p>Satu kapal<ins> besar</ins>.</p>"),
        ("removed", "Removed paragraph", "<del><p>Dua kapal.</p></del>"),
    ]


def test_any_two_texts_are_compared(desk):
    article = publish_article(make_article(draft=make_draft(headline="Pertama")))
    change_article(article, headline="Kedua")
    publish_article(article)
    change_article(article, headline="Ketiga")

    response = desk.get(address("history", article.pk, "id"), {"from": "1", "to": "2"})

    assert (response.context["old"].key, response.context["new"].key) == ("1", "2")
    assert [words(html) for _name, html in response.context["comparison"].lines] == [
        "<del>Pertama</del><ins>Kedua</ins>"
    ]


def test_nonsense_in_the_address_falls_back_to_the_latest_texts(desk):
    article = publish_article(make_article())
    change_article(article, headline="Kapal lain")

    response = desk.get(address("history", article.pk, "id"), {"from": "x" * 5000, "to": "-1"})

    assert (response.context["old"].key, response.context["new"].key) == ("1", "copy")


def test_two_texts_that_say_the_same_are_said_to(desk):
    article = make_article()
    reviewing.submit(edition_of(article), by=make_person(), at=NOW)
    revision = Revision.objects.get()
    copy = WorkingCopy.objects.get()

    assert compare(revision, copy).is_same
    page = desk.get(address("history", article.pk, "id")).content.decode()
    assert "Both texts say the same, word for word." in page


def test_a_story_nobody_handed_on_has_an_empty_history(desk):
    article = make_article()

    page = desk.get(address("history", article.pk, "id")).content.decode()

    assert "Nothing was handed on yet." in page
    assert "There is only one text so far: nothing to compare." in page


def test_an_earlier_text_is_restored_and_the_present_one_kept(desk, ani):
    article = publish_article(make_article(draft=make_draft(headline="Pertama")))
    change_article(article, headline="Kedua")

    response = desk.post(address("restore", article.pk, "id", 1), follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "Text 1 is in the working copy. What was there is in the history."
    ]
    assert edition_of(article).working_copy.headline == "Pertama"
    assert Revision.objects.get(occasion="discarded").headline == "Kedua"


def test_a_text_in_review_is_not_replaced(desk, ani):
    article = publish_article(make_article(draft=make_draft(headline="Pertama")))
    change_article(article, headline="Kedua")
    reviewing.submit(edition_of(article), by=ani, at=NOW)

    response = desk.post(address("restore", article.pk, "id", 1), follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "The text is in review, approved or in the translation desk. Take it back first."
    ]
    assert edition_of(article).working_copy.headline == "Kedua"


def test_restoring_is_for_those_who_may_write_the_text(client, desk):
    article = publish_article(make_article(draft=make_draft(headline="Pertama")))
    change_article(article, headline="Kedua")
    restore = address("restore", article.pk, "id", 1)

    assert desk.get(restore).status_code == 405
    assert desk.post(address("restore", article.pk, "id", 99)).status_code == 404
    assert client.post(restore).templates[0].name == "newsroom/unsaved.html"
    client.force_login(make_person("", "Writer"))
    assert client.post(restore).status_code == 403
    assert edition_of(article).working_copy.headline == "Kedua"


def test_only_a_text_that_came_too_late_has_a_page_of_two(desk):
    article = publish_article(make_article())

    assert desk.get(address("kept", article.pk, "id", 1)).status_code == 404
    assert desk.get(address("kept", article.pk, "id", 2)).status_code == 404


@pytest.mark.parametrize("texts", [1, 3])
def test_the_history_asks_the_database_as_often_whatever_its_length(
    desk, texts, django_assert_num_queries
):
    article = publish_article(make_article())
    for number in range(texts):
        change_article(article, headline=f"Kapal {number}")
        publish_article(article)
    change_article(article, headline="Kapal lain")

    with django_assert_num_queries(9):
        assert desk.get(address("history", article.pk, "id")).status_code == 200


def test_activity_says_who_did_what_and_why_the_newest_first(desk, ani):
    article = make_article(by=ani)
    revision = reviewing.submit(edition_of(article), by=ani, at=NOW)
    reviewing.send_back(
        edition_of(article), revision=revision, note="Pendekkan.", by=make_person("dewi"), at=NOW
    )

    response = desk.get(address("activity", article.pk))

    lines = [(str(a.actor), a.verb, a.reason) for a in response.context["page"]]
    assert lines == [
        ("dewi", "sent_back", "Pendekkan."),
        ("ani", "submitted", ""),
        ("ani", "saved", ""),
        ("ani", "started", ""),
    ]
    assert "Pendekkan." in response.content.decode()


@pytest.mark.parametrize("lines", [1, 60])
def test_activity_is_paged_and_asks_the_database_as_often(
    desk, ani, lines, django_assert_num_queries
):
    article = make_article()
    Activity.objects.bulk_create(
        Activity(article=article, actor=ani, verb="changed_facts", at=NOW) for _ in range(lines)
    )

    with django_assert_num_queries(10):
        response = desk.get(address("activity", article.pk))

    assert len(response.context["page"]) == min(50, lines + 2)


def test_the_pages_of_a_story_that_is_not_there_are_not_found(desk):
    for page in (
        address("activity", 99),
        address("history", 99, "id"),
        address("kept", 99, "id", 1),
    ):
        assert desk.get(page).status_code == 404
    assert list(Article.objects.all()) == []
