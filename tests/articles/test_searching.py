import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import editing, publishing, richtext, searching, withdrawing
from articles.models import Article
from articles.searching import Results, excerpt, search
from articles.stemming import query_terms, stems, words
from tests.builders import (
    NOW,
    approve_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

DEMO = Path(__file__).parents[2] / "newsroom" / "demo" / "demo_articles.json"
LATER = NOW + timedelta(days=1)
ALL = {"at": LATER, "limit": 100}


def publish(at=NOW, **words):
    return publish_article(make_article(draft=make_draft(**words), at=at), at=at)


def found(query, language="id", **asked):
    return list(search(query, language=language, **(ALL | asked)).keys)


def demo_draft(version):
    # One story waits for review with a day that does not fit its date: it could not go out.
    body = "".join(f"<p>{block['text']}</p>" for block in version["body"])
    body = body.replace("Selasa (18/11)", "Selasa (17/11)")
    return make_draft(
        headline=version["headline"],
        standfirst=version["standfirst"],
        dateline=version["dateline"],
        body=body,
    )


@pytest.fixture
def demo(db):
    """Publish the Indonesian text of every story of the demonstration, a minute apart."""
    stories = json.loads(DEMO.read_text(encoding="utf-8"))["articles"]
    return {
        publish_article(
            make_article(draft=demo_draft(story["versions"]["id"])),
            at=NOW + timedelta(minutes=number),
        ).pk: story["id"]
        for number, story in enumerate(stories)
    }


# The same table holds on both databases, order and all.
ANSWERS = {
    "kopi gayo": ["eko-01"],
    "penerjemahan": ["bud-02", "pol-02"],
    '"Sankt Peterburg"': ["wis-03", "bud-01", "pol-01"],
    "pelabuhan": ["pol-03"],
    "PELATIHAN": ["ola-03", "ola-02", "wis-04", "bud-03", "bud-01", "eko-03", "eko-02", "pol-01"],
    "satel": ["sai-01"],
    "kereta malam moskow": ["wis-03"],
    "rusia kopi": ["eko-01", "wis-04"],
    "Rp1,7 triliun": ["eko-02"],
    "naik": ["wis-03", "pol-04", "ola-01", "wis-04", "sai-04", "pol-02"],
    "tidak-ada-kata-ini": [],
}


def test_queries_find_the_same_stories_in_the_same_order_on_both_databases(demo):
    assert {query: [demo[key] for key in found(query)] for query in ANSWERS} == ANSWERS


def test_what_is_found_is_what_the_words_say(demo):
    """Ask many queries and compare with a plain search through the texts."""
    articles = list(Article.objects.order_by("-first_published_at_ind", "-pk"))
    texts = {
        article.pk: [(stems(text, "id"), words(text)) for text in (headline, story_text(article))]
        for article in articles
        for headline in [article.headline_ind]
    }

    def has(text, term):
        stemmed, written = text
        phrases = zip(*(stemmed[at:] for at in range(len(term.stems))), strict=False)
        begins = term.beginning and any(word.startswith(term.beginning) for word in written)
        return bool(begins) or term.stems in phrases

    def plain_search(query):
        terms = query_terms(query, "id")
        hits = [
            (not all(has(headline, term) for term in terms), key)
            for key, (headline, story) in texts.items()
            if all(has(story, term) for term in terms)
        ]
        return [key for _rank, key in sorted(hits, key=lambda hit: hit[0])]

    vocabulary = sorted({word for a in articles for word in words(a.headline_ind)})[::2]
    queries = [
        *vocabulary,
        *(word[:4] for word in vocabulary),
        *(f"{a} {b}" for a, b in zip(vocabulary, vocabulary[7:], strict=False)),
        *(f'"{a.headline_ind}"' for a in articles),
        *(" ".join(a.standfirst_ind.split()[2:4]) for a in articles),
        *('"' + " ".join(a.standfirst_ind.split()[1:4]) + '"' for a in articles),
    ]
    assert {query: found(query) for query in queries} == {
        query: plain_search(query) for query in queries
    }


def story_text(article):
    body = richtext.plain_text(article.body_ind)
    return "\n".join([article.headline_ind, article.standfirst_ind, article.dateline_ind, body])


def test_stories_with_the_words_in_the_headline_come_first_then_the_newest(db):
    old = publish(headline="Kopi Gayo tiba", at=NOW)
    newer = publish(standfirst="Tentang kopi.", at=NOW + timedelta(hours=1))
    newest = publish(body="<p>Minum kopi.</p>", at=NOW + timedelta(hours=2))

    assert found("kopi") == [old.pk, newest.pk, newer.pk]


def test_results_come_in_pages_with_their_number(db):
    keys = [publish(headline=f"Kopi {n}", at=NOW + timedelta(hours=n)).pk for n in range(3)]

    assert search("kopi", language="id", at=LATER, limit=2) == Results(keys[:0:-1], total=3)
    assert search("kopi", language="id", at=LATER, limit=2, offset=2) == Results(keys[:1], total=3)
    assert search("kopi", language="id", at=LATER, limit=2, offset=4) == Results([], total=3)


def test_the_words_of_a_picture_and_a_dateline_are_found(db):
    article = publish(dateline="TAKENGON", image_caption="Kebun di lereng.", image_alt="Ladang.")

    assert found("takengon") == [article.pk]
    assert found("kebun") == [article.pk]
    assert found("ladang") == []


def test_a_language_answers_with_its_own_stories_alone(db):
    article = publish(headline="Kopi robusta")

    assert found("robusta", "en") == []
    assert found("robusta", "id") == [article.pk]


def test_nothing_that_is_not_live_is_found(db):
    live = publish(headline="Kopi satu")
    approve_article(make_article(draft=make_draft(headline="Kopi dua")))
    make_article(draft=make_draft(headline="Kopi tiga"))
    offline, withdrawn, embargoed = (publish(headline=f"Kopi {n}") for n in ("lima", "enam", "t"))
    person = make_person()
    publishing.take_offline(edition_of(offline), reason="Diperiksa.", by=person, at=NOW)
    withdrawing.withdraw(edition_of(withdrawn), notices={"id": "Salah."}, by=person, at=NOW)
    Article.objects.filter(pk=embargoed.pk).update(embargo_until=LATER + timedelta(days=1))

    assert found("kopi") == [live.pk]
    assert found("kopi", at=NOW - timedelta(seconds=1)) == []


def test_a_change_is_found_once_it_is_published_and_the_old_words_no_more(db):
    article = publish(headline="Beras tiba")
    person = make_person()
    edition = edition_of(article)
    copy = editing.open_working_copy(edition, by=person, at=NOW)
    draft = make_draft(headline="Teh tiba")
    editing.save_working_copy(edition, draft, based_on=copy.version, by=person, at=NOW)

    assert (found("beras"), found("teh")) == ([article.pk], [])

    publish_article(article, at=NOW)

    assert (found("beras"), found("teh")) == ([], [article.pk])


def test_a_copy_that_was_cleared_is_forgotten(db):
    article = publish(headline="Kopi tiba")
    article.live_from_ind = None

    searching.index(article, "id")

    assert found("kopi") == []


ODD_QUERIES = [
    *("", "   ", "…", '"', "'", "\\", "%", "*", "NEAR(a b)", "a OR b", "-kopi", "story : x"),
    *("kopi*", "kopi & !teh", "kopi <-> teh", "'; DROP TABLE x; --", "=kopi", "\x00", "(((", ":*"),
    *("{headline}", "\ud800", "½ ① ﬁ", "é" * 5_000, "kopi " * 2_000, '"' * 1_001),
]


@pytest.mark.parametrize("query", ODD_QUERIES, ids=lambda query: repr(query[:20]))
def test_no_query_is_an_error(db, query):
    publish(headline="Teh tiba", body="<p>Teh saja.</p>")

    assert found(query) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_headline_is_found_by_its_own_words(db, text):
    article = make_article()
    article.live_from_ind = NOW
    article.headline_ind = text
    Article.objects.rewrite(mode=False).filter(pk=article.pk).update(
        live_from_ind=NOW, first_published_at_ind=NOW
    )

    searching.index(article, "id")

    if len(query_terms(text, "id")) > 0:
        assert article.pk in found(text)


def test_a_text_of_any_length_can_be_indexed(db):
    article = publish(headline="Kopi tiba")
    article.body_ind = "<p>" + " ".join(f"kata{n}" for n in range(30_000)) + "</p>"
    searching.index(article, "id")
    assert (found("kata100"), found('"kata0 kata1"'), found("kata29999")) == (
        [article.pk],
        [article.pk],
        [],
    )

    article.body_ind = "<p>" + " ".join(f"{'𐌰' * 35}{n}" for n in range(16_000)) + "</p>"
    searching.index(article, "id")
    assert found("kopi") == [article.pk]


def test_searching_takes_two_queries(db, django_assert_num_queries):
    for number in (1, 3):
        publish(headline=f"Kopi {number}")
        with django_assert_num_queries(2):
            found("kopi")
    with django_assert_num_queries(0):
        found("…")


def test_reindex_makes_the_index_from_the_published_copies(db, capsys):
    article = publish(headline="Kopi tiba")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")
    assert found("kopi") == []

    call_command("reindex")

    assert found("kopi") == [article.pk]
    assert capsys.readouterr().out == "1 published text can be found.\n"


FILL = "Kalimat lain tanpa isi. "
TEXT = (
    "Biji kopi dari Takengon. Harga naik sejak Oktober. Petani ingin pemberantasan hama. "
    f"{FILL * 20}Pengiriman berikutnya berangkat pada <Januari>."
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "kopi",
            (
                "Biji <mark>kopi</mark> dari Takengon. Harga naik sejak Oktober. Petani ingin "
                f"pemberantasan hama. {FILL * 6}Kalimat lain …"
            ),
        ),
        (
            "memberantas har",
            (
                "Biji kopi dari Takengon. <mark>Harga</mark> naik sejak Oktober. Petani ingin "
                f"<mark>pemberantasan</mark> hama. {FILL * 6}Kalimat lain …"
            ),
        ),
        (
            "januari",
            f"… {FILL}Pengiriman berikutnya berangkat pada &lt;<mark>Januari</mark>&gt;.",
        ),
        (
            "gajah",
            (
                "Biji kopi dari Takengon. Harga naik sejak Oktober. Petani ingin "
                f"pemberantasan hama. {FILL * 6}Kalimat lain …"
            ),
        ),
    ],
)
def test_an_excerpt_shows_the_best_place_with_the_words_marked(query, expected):
    assert excerpt(TEXT, query, "id") == expected


@given(st.text(max_size=600), st.text(max_size=30))
def test_an_excerpt_of_any_text_is_safe_and_short(text, query):
    shown = excerpt(text, query, "en")

    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
