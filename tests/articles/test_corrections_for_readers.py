"""What readers are told of changes: on the page, in the list of all, in feeds and metadata."""

import inspect
from datetime import timedelta

import pytest

from articles import publishing, reading
from articles.correcting import Kind, Told
from articles.models import Article, Notice
from articles.public import views
from articles.reading import PublicNotice, ToldOf
from tests.articles.public_builders import (
    EARLIER,
    LONG_AGO,
    put_under_embargo,
    take_away,
    tell,
    translate,
)
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENTENCE = "The original of this article was corrected on"


def correct(
    article: Article,
    text: str = "Muatannya teh, bukan kopi.",
    *,
    kind: Kind = Kind.CORRECTION,
    language: str = "id",
    at=NOW,
    link: str = "",
) -> Article:
    change_article(article, language, at=at, standfirst=f"{text} {kind}")
    return publish_article(article, language, at=at, told=Told(kind, text, link))


def listed(language: str = "id", *, number: int = 1, at=NOW) -> list[ToldOf]:
    return list(reading.corrections(language, number=number, at=at).entries)


# The note on a translation


def test_a_translation_says_after_two_hours_that_its_original_was_corrected():
    article = correct(translate(tell()), at=NOW)

    def page(at):
        found = reading.article_page(Article.objects.get(pk=article.pk), "en", at=at)
        return found.source_corrected_at, found.changes_at

    assert page(NOW + HOUR) == (None, NOW + 2 * HOUR)
    assert page(NOW + 2 * HOUR) == (NOW, None)
    assert reading.article_page(article, "id", at=NOW + 3 * HOUR).source_corrected_at is None


def test_the_note_goes_when_the_translation_contains_the_correction():
    article = correct(translate(tell()), at=NOW)
    publishing_text = change_article(article, "en", at=NOW, standfirst="It carried tea.")
    copy = publishing_text.working_copy
    copy.source_revision = edition_of(article).live_revision
    copy.save(update_fields=["source_revision"])
    approve_article(article, "en")
    told = Told(Kind.CORRECTION, "It carried tea, not coffee.")
    publishing.publish(edition_of(article, "en"), by=make_person(), at=NOW, told=told)
    article = Article.objects.get(pk=article.pk)

    page = reading.article_page(article, "en", at=NOW + 3 * HOUR)

    assert (page.source_corrected_at, page.changes_at) == (None, None)


@pytest.mark.parametrize("kind", [Kind.UPDATE, Kind.CLARIFICATION, Kind.NOTE])
def test_other_changes_of_the_original_are_no_matter_of_a_note(kind):
    article = correct(translate(tell()), kind=kind)

    page = reading.article_page(article, "en", at=NOW + 48 * HOUR)

    assert (page.source_corrected_at, page.changes_at) == (None, None)


def test_a_correction_that_was_taken_back_word_for_word_asks_for_no_note():
    article = translate(tell(draft={"standfirst": "Lama."}))
    correct(article)
    change_article(article, standfirst="Lama.")
    article = publish_article(article, told=Told(Kind.CORRECTION, "Semula benar."))

    assert reading.article_page(article, "en", at=NOW + 3 * HOUR).source_corrected_at is None


def test_the_note_stands_on_the_page_with_a_way_to_the_original(client):
    article = translate(tell(at=LONG_AGO), at=LONG_AGO)
    assert SENTENCE not in client.get(article.path("en")).content.decode()

    article = correct(article, at=LONG_AGO + HOUR)
    page = client.get(article.path("en")).content.decode()

    assert f"{SENTENCE} 25 February 2016; this version does not yet contain the correction." in page
    assert f'<a href="{article.path("id")}">' in page


def test_caches_do_not_outlive_the_moment_the_note_is_due(rf):
    article = correct(translate(tell()), at=NOW)
    path = article.path("en")
    answer = inspect.unwrap(views.article)

    def kept(at):
        slug = path.split("/")[-2]
        return answer(rf.get(path), language="en", at=at, slug=slug)["Cache-Control"]

    due = NOW + 2 * HOUR
    assert kept(due - timedelta(seconds=20)) == "public, max-age=20, stale-while-revalidate=0"
    assert kept(due) == "public, max-age=60, stale-while-revalidate=600"


# The list of all


def test_the_list_tells_of_what_was_wrong_unclear_or_replied_to_newest_first():
    article = tell()
    link = "https://example.com/hak-jawab"
    correct(article, "Salah.", at=NOW - 3 * HOUR)
    correct(article, "Begini maksudnya.", kind=Kind.CLARIFICATION, at=NOW - 2 * HOUR)
    correct(article, "Ada yang baru.", kind=Kind.UPDATE, at=NOW - HOUR)
    article = correct(article, "Tanggapan.", kind=Kind.NOTE, link=link, at=NOW)
    story = (article.path("id"), article.headline_ind, article.first_published_at_ind)

    assert listed() == [
        ToldOf(PublicNotice("note", "Tanggapan.", NOW, link), *story),
        ToldOf(PublicNotice("clarification", "Begini maksudnya.", NOW - 2 * HOUR), *story),
        ToldOf(PublicNotice("correction", "Salah.", NOW - 3 * HOUR), *story),
    ]
    assert listed("en") == []


def test_the_list_names_a_withdrawn_story_by_its_day_alone():
    article = correct(tell(), "Salah.")
    take_away(article, "Sumbernya menarik kembali.", at=NOW)
    article = Article.objects.get(pk=article.pk)

    [entry] = listed()

    assert entry == ToldOf(
        PublicNotice("withdrawal", "Sumbernya menarik kembali.", NOW),
        path="",
        headline="",
        published_at=article.first_published_at_ind,
    )
    assert entry.is_withdrawal


def test_the_list_keeps_quiet_about_what_readers_do_not_get(ani):
    offline, embargoed, withdrawn = (correct(tell(), f"Salah {n}.") for n in range(3))
    publishing.take_offline(edition_of(offline), reason="Dicek.", by=ani, at=NOW)
    put_under_embargo(embargoed, NOW + HOUR)
    take_away(withdrawn, "Ditarik.", at=NOW)
    put_under_embargo(withdrawn, NOW + HOUR)
    correct(tell(), "Nanti.", at=NOW + HOUR)

    assert listed() == []


def test_a_story_that_came_back_after_it_was_withdrawn_is_no_withdrawal_any_more():
    article = tell()
    take_away(article, "Ditarik.", at=NOW - HOUR)
    correct(article, "Sudah diperbaiki.")

    assert [entry.notice.text for entry in listed()] == ["Sudah diperbaiki."]


def test_the_list_is_paged():
    article = tell()
    Notice.objects.bulk_create(
        Notice(
            article=article, language="id", kind="correction", text=f"{n}", at=EARLIER + n * HOUR
        )
        for n in range(21)
    )

    assert [entry.notice.text for entry in listed(number=2)] == ["0"]
    assert reading.corrections("id", number=2, at=NOW).pages == 2
    assert reading.corrections("id", number=3, at=NOW) is None
    assert reading.corrections("id", number=0, at=NOW) is None


@pytest.mark.parametrize("stories", [1, 3])
def test_the_list_takes_two_queries_and_reads_one_language(stories, django_assert_num_queries):
    for number in range(stories):
        correct(translate(tell()), f"Salah {number}.")

    with django_assert_num_queries(2) as captured:
        assert len(listed()) == stories

    assert "headline_en" not in " ".join(query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [("/id/koreksi/", "id", "/en/corrections/"), ("/en/corrections/", "en", "/id/koreksi/")],
)
def test_each_language_has_its_list_linked_from_every_foot(client, path, language, title):
    article = translate(tell(at=LONG_AGO), at=LONG_AGO)
    correct(article, "Yang benar: teh.", language=language, at=LONG_AGO)

    page = client.get(path)

    text = page.content.decode()
    assert (page.status_code, page["Content-Language"]) == (200, language)
    assert "Yang benar: teh." in text
    assert f'hreflang="{"en" if language == "id" else "id"}" href="http' in text
    assert f'<li><a href="{path}">' in client.get(f"/{language}/").content.decode()
    assert title in text
    assert client.get(f"{path}?page=2").status_code == 404
    assert client.post(path).status_code == 405


def test_the_list_without_anything_says_so(client):
    assert "Nothing had to be corrected yet." in client.get("/en/corrections/").content.decode()


def test_neither_headline_nor_address_of_a_withdrawn_story_is_in_the_list(client):
    article = tell(at=LONG_AGO, draft={"headline": "Rahasia terbongkar", "slug": "kapal"})
    take_away(article, "Ditarik.", at=LONG_AGO)

    page = client.get("/id/koreksi/").content.decode()

    assert "Ditarik." in page
    assert "Dari berita yang terbit pada 25 Februari 2016." in page
    assert "kapal" not in page
    assert "Rahasia terbongkar" not in page


# Page, feed and metadata


def test_page_feed_and_metadata_carry_the_correction_and_its_moment(client):
    article = correct(tell(at=LONG_AGO), "Muatannya teh.", at=LONG_AGO + HOUR)

    page = client.get(article.path("id")).content.decode()
    feed = client.get("/id/rss.xml").content.decode()

    assert '<meta property="article:modified_time" content="2016-02-25T04:00:00Z">' in page
    comment = (
        '"correction": [{"@type": "CorrectionComment", "text": "Muatannya teh.",'
        ' "datePublished": "2016-02-25T04:00:00Z"}]'
    )
    assert comment in page
    assert '"dateModified": "2016-02-25T04:00:00Z"' in page
    assert "Muatannya teh.&lt;/p&gt;" in feed
    assert "<lastBuildDate>Thu, 25 Feb 2016 04:00:00 +0000</lastBuildDate>" in feed


def test_a_typing_error_moves_no_date_and_tells_nobody(client):
    article = tell(at=LONG_AGO, draft={"body": "<p>Kapal itu tiba di dermagga lama.</p>"})
    change_article(article, body="<p>Kapal itu tiba di dermaga lama.</p>")
    article = publish_article(article, at=LONG_AGO + HOUR, told=Told(Kind.TYPO))

    page = client.get(article.path("id")).content.decode()

    assert "tiba di dermaga lama." in page
    assert '<meta property="article:modified_time" content="2016-02-25T03:00:00Z">' in page
    assert 'class="notices"' not in page
    assert listed() == []


def test_a_note_leads_to_the_whole_of_it(client):
    link = "https://example.com/hak-jawab"
    article = correct(tell(at=LONG_AGO), "Tanggapan.", kind=Kind.NOTE, link=link, at=LONG_AGO)

    page = client.get(article.path("id")).content.decode()

    assert f'<a href="{link}" rel="noopener nofollow">' in page
