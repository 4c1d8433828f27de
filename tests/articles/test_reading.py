from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import editing, publishing, reading
from articles.correcting import Kind, Told
from articles.credit import Name
from articles.models import Article, Byline, Section, Source
from tests.articles.public_builders import (
    EARLIER,
    change,
    make_author,
    make_image,
    make_topic,
    own_newsroom,
    put_under_embargo,
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

AN_HOUR = timedelta(hours=1)


def find(path, *, at=NOW):
    _empty, language, *_day, slug, _end = path.split("/")
    return reading.find(path, language=language, slug=slug, at=at)


# A story's address


def test_a_live_story_is_found_at_its_address():
    article = tell(draft={"headline": "Kapal tiba", "slug": "kapal-tiba"})

    assert find("/id/2026/11/21/kapal-tiba/") == reading.article_page(article, "id", at=NOW)


def test_nothing_is_found_where_nothing_was_ever_published():
    make_article(draft=make_draft(slug="kapal-tiba"))

    assert find("/id/2026/11/21/kapal-tiba/") is None


def test_a_former_slug_leads_to_the_address_of_today():
    article = tell(draft={"slug": "kapal-tiba"})
    change(article, slug="kapal-baru-tiba")

    assert find("/id/2026/11/21/kapal-tiba/") == reading.Moved("/id/2026/11/21/kapal-baru-tiba/")


def test_another_day_leads_to_the_address_of_today():
    tell(draft={"slug": "kapal-tiba"})

    assert find("/id/2019/01/01/kapal-tiba/") == reading.Moved("/id/2026/11/21/kapal-tiba/")


def test_the_slug_of_another_language_leads_to_this_languages_address():
    translate(tell(draft={"slug": "kapal-tiba"}), slug="ship-arrives")

    assert find("/en/2026/11/21/kapal-tiba/") == reading.Moved("/en/2026/11/21/ship-arrives/")


def test_the_slug_of_another_story_in_this_language_wins_over_one_in_another():
    indonesian = tell(draft={"slug": "pelni"})
    english = translate(tell(), slug="pelni")

    assert find("/id/2026/11/21/pelni/").key == indonesian.pk
    assert find("/en/2026/11/21/pelni/").key == english.pk


def test_a_story_that_is_only_live_in_another_language_is_found_there():
    tell(draft={"slug": "kapal-tiba"})

    assert find("/en/2026/11/21/kapal-tiba/") == reading.Elsewhere(
        {"id": "/id/2026/11/21/kapal-tiba/"}
    )


def test_an_offline_edition_is_found_in_the_language_that_is_live():
    article = translate(tell(draft={"slug": "kapal-tiba"}), slug="ship-arrives")
    publishing.take_offline(edition_of(article), reason="Salah", by=make_person(), at=NOW)

    assert find("/id/2026/11/21/kapal-tiba/") == reading.Elsewhere(
        {"en": "/en/2026/11/21/ship-arrives/"}
    )


def test_a_story_offline_in_every_language_is_not_there():
    article = tell(draft={"slug": "kapal-tiba"})
    publishing.take_offline(edition_of(article), reason="Salah", by=make_person(), at=NOW)

    assert find("/id/2026/11/21/kapal-tiba/") is None


def test_a_story_offline_says_that_it_is_gone_or_leads_elsewhere_as_was_chosen():
    gone, led, other = (tell(draft={"slug": slug}) for slug in ("kapal", "perahu", "sampan"))
    ani = make_person()
    publishing.take_offline(edition_of(gone), reason="Salah", is_gone=True, by=ani, at=NOW)
    publishing.take_offline(edition_of(led), reason="Ganda", leads_to=other, by=ani, at=NOW)

    assert find("/id/2026/11/21/kapal/") == reading.Gone({})
    assert find("/id/2026/11/21/perahu/") == reading.Led("/id/2026/11/21/sampan/")
    # What was chosen for one language says nothing of another.
    assert find("/en/2026/11/21/kapal/") is None

    publishing.take_offline(edition_of(other), reason="Salah", leads_to=None, by=ani, at=NOW)

    assert find("/id/2026/11/21/perahu/") is None


def test_a_withdrawn_story_says_when_and_why():
    article = tell(draft={"slug": "kapal-tiba"})
    take_away(article, "Sumbernya mencabut berita ini.", at=NOW)

    assert find("/id/2026/11/21/kapal-tiba/") == reading.Withdrawn(
        "Sumbernya mencabut berita ini.", NOW, {}
    )


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_an_embargo_hides_a_story_and_its_withdrawal_in_every_language(is_withdrawn):
    article = translate(tell(draft={"slug": "kapal-tiba"}), slug="ship-arrives")
    if is_withdrawn:
        take_away(article, "Sumbernya mencabut berita ini.", at=NOW - AN_HOUR)
    put_under_embargo(article, NOW + AN_HOUR)

    assert find("/id/2026/11/21/kapal-tiba/") is None
    assert find("/en/2026/11/21/ship-arrives/") is None
    assert find("/id/2026/11/21/ship-arrives/") is None


# A story's page


def test_a_page_says_what_was_published_and_whose_it_is():
    rina, sari = make_author(), make_author("Sari Dewi")
    image = make_image()
    laut = make_topic("Laut", "Sea")
    article = tell(
        draft={
            "headline": "Kapal tiba",
            "standfirst": "Warga menyambut.",
            "dateline": "MAKASSAR",
            "body": "<p>Kapal itu tiba.</p>",
            "slug": "kapal-tiba",
            "image_caption": "Dermaga.",
            "image_alt": "Kapal di dermaga.",
        },
        authors=[rina, sari],
        topics=[laut],
        image=image,
        original_title="Корабль пришёл",
        original_language="ru",
        original_published_on=date(2026, 11, 20),
    )

    page = reading.article_page(article, "id", at=NOW)

    assert page == reading.ArticlePage(
        key=article.pk,
        language="id",
        first_language="id",
        path="/id/2026/11/21/kapal-tiba/",
        headline="Kapal tiba",
        standfirst="Warga menyambut.",
        dateline="MAKASSAR",
        body="<p>Kapal itu tiba.</p>",
        photo=reading.Photo(
            f"/media/{image.file.name}",
            1600,
            1067,
            "Kapal di dermaga.",
            "Dermaga.",
            "Foto: Dewi Lestari",
        ),
        section=reading.Label("Politik", "politik"),
        byline=[Name("Rina Wijaya", "rina-wijaya"), Name("Sari Dewi", "sari-dewi")],
        translators=[],
        translated_from="",
        origin=page.origin,
        published_at=EARLIER,
        updated_at=None,
        topics=[reading.Label("Laut", "laut")],
        notices=[],
        versions={"id": "/id/2026/11/21/kapal-tiba/"},
        related=[],
    )
    assert page.origin.credit.notice == "Hak cipta milik Rossiyskaya Gazeta."
    assert page.origin.original_title == "Корабль пришёл"
    assert page.origin.published_on == date(2026, 11, 20)
    assert not page.origin.is_ours


def test_a_page_does_not_repeat_its_headline_as_the_original_title():
    article = tell(
        draft={"headline": "Kapal tiba"}, original_title="Kapal tiba", original_language="id"
    )

    assert reading.article_page(article, "id", at=NOW).origin.original_title == ""


def test_a_translated_page_names_its_translators_and_both_versions():
    budi = make_person()
    make_author("Budi Santoso", user=budi)
    article = tell(draft={"slug": "kapal-tiba"})
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=budi, at=EARLIER)
    draft = make_draft(headline="Ship arrives", slug="ship-arrives")
    editing.save_working_copy(edition, draft, based_on=copy.version, by=budi, at=EARLIER)
    article = publish_article(article, "en", at=EARLIER)

    page = reading.article_page(article, "en", at=NOW)

    assert page.translators == [Name("Budi Santoso", "budi-santoso")]
    assert page.translated_from == "id"
    assert page.origin.credit.notice == "Copyright Rossiyskaya Gazeta."
    assert page.versions == {
        "id": "/id/2026/11/21/kapal-tiba/",
        "en": "/en/2026/11/21/ship-arrives/",
    }


def test_a_page_keeps_the_credit_it_was_published_with():
    rina = make_author()
    article = tell(authors=[rina])
    before = reading.article_page(article, "id", at=NOW)

    Source.objects.filter(code="rossiyskaya-gazeta").update(
        name_ind="Koran Lain", notice_ind="Hak cipta milik Koran Lain."
    )
    Byline.objects.all().delete()

    assert reading.article_page(article, "id", at=NOW) == before


def test_a_page_tells_of_corrections_in_its_own_language_newest_first():
    article = translate(tell())
    for hours, text in ((2, "Angkanya 12, bukan 21."), (1, "Namanya Sari.")):
        at = NOW - hours * AN_HOUR
        change_article(article, at=at, standfirst=text)
        approve_article(article, at=at)
        publishing.publish(edition_of(article), by=None, at=at, told=Told(Kind.CORRECTION, text))
    article = Article.objects.get(pk=article.pk)

    page = reading.article_page(article, "id", at=NOW)

    assert page.notices == [
        reading.PublicNotice("correction", "Namanya Sari.", NOW - AN_HOUR),
        reading.PublicNotice("correction", "Angkanya 12, bukan 21.", NOW - 2 * AN_HOUR),
    ]
    assert page.modified_at == NOW - AN_HOUR
    assert reading.article_page(article, "en", at=NOW).notices == []


def test_related_stories_share_a_topic_or_else_the_section():
    laut = make_topic("Laut", "Sea")
    ekonomi, politik = section("ekonomi"), section("politik")
    hidden = tell(section=politik, topics=[laut])
    same_section = tell(section=politik, at=EARLIER + AN_HOUR)
    same_topic = tell(section=ekonomi, topics=[laut])
    tell(section=ekonomi)
    make_article(facts=make_facts(section=politik, topics=[laut]))
    put_under_embargo(hidden, NOW + AN_HOUR)
    article = tell(section=politik, topics=[laut])

    page = reading.article_page(article, "id", at=NOW)

    assert [card.path for card in page.related] == [
        same_topic.path("id"),
        same_section.path("id"),
    ]


def test_a_preview_is_the_page_that_a_publish_would_make():
    article = make_article(facts=make_facts(authors=[make_author()], image=make_image()))
    change_article(article, image_alt="Kapal di dermaga.", slug="kapal")
    edition = edition_of(article)

    preview = reading.preview_page(edition, edition.working_copy, at=NOW)

    page = reading.article_page(publish_article(article), "id", at=NOW)
    assert preview == replace(
        page, path="", published_at=None, versions={}, related=(), is_preview=True
    )


def test_a_preview_credits_whoever_worked_on_the_translation():
    budi = make_person()
    make_author("Budi Santoso", user=budi)
    article = tell()
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=budi, at=NOW)
    copy = editing.save_working_copy(edition, make_draft(), based_on=copy.version, by=budi, at=NOW)

    preview = reading.preview_page(edition_of(article, "en"), copy, at=NOW)

    assert preview.translators == [Name("Budi Santoso", "budi-santoso")]


def test_a_text_that_is_only_translated_from_can_be_previewed():
    article = make_article(language="ru", draft=make_draft(headline="Корабль пришёл"))
    edition = edition_of(article, "ru")

    preview = reading.preview_page(edition, edition.working_copy, at=NOW)

    assert (preview.language, preview.headline) == ("ru", "Корабль пришёл")
    assert preview.section == reading.Label("Politik", "politik")


# Lists


def test_the_front_page_leads_with_the_newest_story_and_goes_on_by_section():
    stories = [
        tell(at=EARLIER + number * AN_HOUR, section=section("politik" if number else "ekonomi"))
        for number in range(10)
    ]
    make_article()

    front = reading.front_page("id", at=NOW)

    paths = [article.path("id") for article in reversed(stories)]
    assert front.lead.path == paths[0]
    assert [card.path for card in front.beside] == paths[1:4]
    assert [card.path for card in front.below] == paths[4:8]
    assert [
        (block.section.name, [card.path for card in block.cards]) for block in front.blocks
    ] == [("Politik", [paths[8]]), ("Ekonomi", [paths[9]])]


def test_a_new_story_with_a_picture_leads_before_a_newer_one_without():
    with_picture = tell(draft={"image_alt": "Kapal."}, image=make_image())
    newer = tell(at=EARLIER + AN_HOUR)

    front = reading.front_page("id", at=NOW)

    assert front.lead.path == with_picture.path("id")
    assert [card.path for card in front.beside] == [newer.path("id")]


def test_a_front_page_without_stories_is_empty():
    make_article()

    assert reading.front_page("id", at=NOW) == reading.FrontPage(None, [], [], [])


def test_a_list_is_cut_into_pages_of_twenty():
    stories = [tell(at=EARLIER + number * AN_HOUR) for number in range(21)]

    first = reading.section_page("politik", language="id", number=1, at=NOW)
    second = reading.section_page("politik", language="id", number=2, at=NOW)

    newest_first = [article.path("id") for article in reversed(stories)]
    assert [card.path for card in first.listing.cards] == newest_first[:20]
    assert [card.path for card in second.listing.cards] == newest_first[20:]
    assert (second.listing.number, second.listing.pages, second.listing.total) == (2, 2, 21)
    assert first.versions == {"id": "politik", "en": "politics"}
    assert second.versions == {}
    assert reading.section_page("politik", language="id", number=3, at=NOW) is None
    assert reading.section_page("politik", language="id", number=0, at=NOW) is None


def test_a_section_may_be_empty_but_not_unknown():
    page = reading.section_page("budaya", language="id", number=1, at=NOW)

    assert (page.label.name, page.listing.cards) == ("Budaya", [])
    assert reading.section_page("cuaca", language="id", number=1, at=NOW) is None


def test_a_section_has_another_slug_in_another_language():
    assert reading.section_page("politik", language="en", number=1, at=NOW) == reading.Renamed(
        "politics"
    )


def test_a_topic_has_a_page_only_where_it_has_stories():
    laut = make_topic("Laut", "Sea")
    make_article(facts=make_facts(topics=[laut]))
    assert reading.topic_page("laut", language="id", number=1, at=NOW) is None

    article = tell(topics=[laut])

    page = reading.topic_page("laut", language="id", number=1, at=NOW)
    assert [card.path for card in page.listing.cards] == [article.path("id")]
    assert page.versions == {"id": "laut"}
    assert reading.topic_page("sea", language="id", number=1, at=NOW) == reading.Renamed("laut")
    assert reading.topic_page("sea", language="en", number=1, at=NOW) is None


def test_an_author_has_a_page_of_what_they_wrote_and_translated():
    budi = make_person()
    author = make_author("Budi Santoso", user=budi, bio_ind="Menulis dari Medan.")
    tell()
    written = tell(authors=[author])
    article = tell(at=EARLIER - AN_HOUR)
    edition = edition_of(article, "en")
    copy = editing.open_working_copy(edition, by=budi, at=EARLIER)
    editing.save_working_copy(edition, make_draft(), based_on=copy.version, by=budi, at=EARLIER)
    translated = publish_article(article, "en", at=EARLIER)

    indonesian = reading.author_page("budi-santoso", language="id", number=1, at=NOW)
    english = reading.author_page("budi-santoso", language="en", number=1, at=NOW)

    assert [card.path for card in indonesian.listing.cards] == [written.path("id")]
    assert [card.path for card in english.listing.cards] == [translated.path("en")]
    assert indonesian.about == "Menulis dari Medan."
    assert indonesian.versions == {"id": "budi-santoso", "en": "budi-santoso"}


def test_an_authors_page_goes_by_the_names_that_were_published():
    author = make_author()
    article = tell()
    editing.save_facts(article, make_facts(authors=[author]), by=make_person(), at=NOW)

    assert reading.author_page("rina-wijaya", language="id", number=1, at=NOW) is None

    change(article, standfirst="Sekarang dengan nama.")

    page = reading.author_page("rina-wijaya", language="id", number=1, at=NOW)
    assert [card.path for card in page.listing.cards] == [article.path("id")]


def test_a_source_has_a_page_of_the_stories_that_credit_it():
    article = tell()
    tell(source=own_newsroom(), relation="ours")

    page = reading.source_page("rossiyskaya-gazeta", language="id", number=1, at=NOW)

    assert [card.path for card in page.listing.cards] == [article.path("id")]
    assert page.label == reading.Label("Rossiyskaya Gazeta", "rossiyskaya-gazeta")
    assert page.about == "Rossiyskaya Gazeta adalah surat kabar milik Pemerintah Rusia."
    assert page.home_url == "https://rg.ru/"
    assert page.versions == {"id": "rossiyskaya-gazeta"}
    assert reading.source_page("nobody", language="id", number=1, at=NOW) is None
    assert reading.source_page("redaksi", language="en", number=1, at=NOW) is None


# Around every page


def test_the_menu_has_the_sections_with_something_to_read_in_this_language():
    translate(tell(section=section("budaya")))
    tell(section=section("politik"))
    make_article(facts=make_facts(section=section("ekonomi")))

    assert reading.frame("id", at=NOW) == reading.Frame(
        [reading.Label("Politik", "politik"), reading.Label("Budaya", "budaya")], None
    )
    assert reading.frame("en", at=NOW) == reading.Frame([reading.Label("Culture", "culture")], None)


def test_the_frame_knows_when_time_will_change_a_page():
    put_under_embargo(tell(), NOW + 2 * AN_HOUR)
    put_under_embargo(tell(), NOW + AN_HOUR)
    ending = tell()
    assert reading.frame("id", at=NOW).next_change == NOW + AN_HOUR

    Article.objects.filter(pk=ending.pk).update(live_until_en=NOW + timedelta(minutes=5))

    assert reading.frame("id", at=NOW).next_change == NOW + timedelta(minutes=5)


# Feeds and sitemaps


def test_a_feed_has_the_newest_stories_of_a_section_or_of_all():
    politics = tell(section=section("politik"))
    culture = tell(section=section("budaya"), at=EARLIER + AN_HOUR)
    make_article()

    whole = reading.feed("id", at=NOW)
    part = reading.feed("id", at=NOW, section="politik")

    assert [page.path for page in whole.pages] == [culture.path("id"), politics.path("id")]
    assert [page.path for page in part.pages] == [politics.path("id")]
    assert part.section == reading.Label("Politik", "politik")
    assert reading.feed("id", at=NOW, section="politics") is None


def test_a_month_begins_at_midnight_in_the_newsrooms_zone():
    midnight = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)  # 1 November, 00:00 in Jakarta
    last = tell(at=midnight - timedelta(seconds=1))
    first = tell(at=midnight)

    assert reading.months("id", at=NOW) == [
        reading.Month(date(2026, 10, 1), midnight - timedelta(seconds=1)),
        reading.Month(date(2026, 11, 1), midnight),
    ]
    october = reading.month_entries("id", date(2026, 10, 1), at=NOW)
    november = reading.month_entries("id", date(2026, 11, 1), at=NOW)
    assert [entry.path for entry in october] == [last.path("id")]
    assert [entry.path for entry in november] == [first.path("id")]
    assert reading.month_entries("id", date(2026, 12, 1), at=NOW) == []


# What is read


@pytest.mark.parametrize(
    ("ask", "queries"),
    [
        (lambda: reading.front_page("id", at=NOW), 1),
        (lambda: reading.section_page("politik", language="id", number=1, at=NOW), 3),
        (lambda: reading.topic_page("laut", language="id", number=1, at=NOW), 4),
        (lambda: reading.author_page("rina-wijaya", language="id", number=1, at=NOW), 4),
        (
            lambda: reading.source_page("rossiyskaya-gazeta", language="id", number=1, at=NOW),
            4,
        ),
        (lambda: reading.feed("id", at=NOW), 3),
        (lambda: reading.months("id", at=NOW), 1),
        (lambda: reading.month_entries("id", date(2026, 11, 1), at=NOW), 1),
        (lambda: reading.frame("id", at=NOW), 1),
    ],
    ids=["front", "section", "topic", "author", "source", "feed", "months", "month", "frame"],
)
@pytest.mark.parametrize("number_of_stories", [1, 3])
def test_a_list_takes_the_same_queries_however_long_and_reads_one_language(
    ask, queries, number_of_stories, django_assert_num_queries
):
    topic, author = make_topic("Laut", "Sea"), make_author()
    for number in range(number_of_stories):
        translate(
            tell(at=EARLIER + number * AN_HOUR, topics=[topic], authors=[author]), at=NOW - AN_HOUR
        )

    with django_assert_num_queries(queries) as captured:
        ask()

    statements = " ".join(query["sql"] for query in captured.captured_queries)
    for column in ("headline_en", "body_en"):
        assert column not in statements


def test_a_storys_page_takes_four_queries_and_reads_one_language():
    topic = make_topic("Laut", "Sea")
    for number in range(3):
        article = translate(tell(at=EARLIER + number * AN_HOUR, topics=[topic]))

    with CaptureQueriesContext(connection) as captured:
        find(article.path("id"))

    assert len(captured) == 4
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    assert "headline_en" not in statements
    assert "body_en" not in statements


def test_a_section_without_a_name_in_a_language_is_not_linked_in_it():
    nameless = Section.objects.create(
        name="Cuaca", name_ind="Cuaca", slug_ind="cuaca", name_en="", slug_en=None
    )
    article = translate(tell(section=nameless))

    assert reading.article_page(article, "en", at=NOW).section == reading.Label("", "")
    assert reading.frame("en", at=NOW).sections == []
