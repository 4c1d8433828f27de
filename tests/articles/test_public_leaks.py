"""
What readers must not be shown is put into the database, and every public surface is walked.

Each hidden text carries a word of its own in every field; none of them may come up anywhere.
"""

import re
from datetime import timedelta

import pytest

from articles import editing, publishing, reviewing, scheduling, withdrawing
from articles.correcting import Kind, Told
from articles.models import Author
from tests.articles.public_builders import (
    FAR_AHEAD,
    LONG_AGO,
    change,
    make_author,
    make_image,
    make_topic,
    put_under_embargo,
    take_away,
    tell,
    translate,
)
from tests.builders import (
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_person,
    publish_article,
    told_of,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
STARTS = [
    "/id/",
    "/en/",
    "/id/rss.xml",
    "/en/rss.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/id/cari/",
    "/en/search/",
    "/id/tidak-ada/",
    "/en/nothing/",
]


def words(mark):
    """A text that says its mark in every field."""
    return {
        "headline": f"Judul {mark}",
        "standfirst": f"Ringkasan {mark}.",
        "dateline": f"KOTA {mark}",
        "body": f"<p>Isi {mark}.</p>",
        "image_caption": f"Keterangan {mark}.",
        "image_alt": f"Gambar {mark}.",
        "slug": f"alamat-{mark}",
    }


def facts(mark):
    """Labels and a picture that only this story has."""
    return {
        "topics": [make_topic(f"topik-{mark}", f"topic-{mark}")],
        "authors": [make_author(f"Penulis {mark}")],
        "image": make_image(file=f"pictures/{mark}.jpg"),
    }


def start(mark):
    return make_article(
        draft=make_draft(**words(mark)), facts=make_facts(**facts(mark)), at=LONG_AGO
    )


def drafted():
    start("xdraf")


def in_review():
    reviewing.submit(edition_of(start("xtinjau")), by=make_person(), at=LONG_AGO)


def sent_back():
    edition = edition_of(start("xkembali"))
    revision = reviewing.submit(edition, by=make_person(), at=LONG_AGO)
    reviewing.send_back(edition, revision=revision, note="xkembali", by=make_person(), at=LONG_AGO)


def approved():
    approve_article(start("xsetuju"), at=LONG_AGO)


def under_embargo():
    article = start("xembargo")
    approve_article(article, at=LONG_AGO)
    editing.set_embargo(article, until=FAR_AHEAD, reason="xembargo", by=None, at=LONG_AGO)


def live_under_embargo():
    article = translate(
        tell(at=LONG_AGO, draft=words("xtahan"), **facts("xtahan")), **words("xtahan"), at=LONG_AGO
    )
    put_under_embargo(article, FAR_AHEAD)


def offline():
    article = tell(at=LONG_AGO, draft=words("xturun"), **facts("xturun"))
    publishing.take_offline(
        edition_of(article), reason="xturun", by=make_person(), at=LONG_AGO + DAY
    )


def offline_and_said_to_be_gone():
    article = translate(
        tell(at=LONG_AGO, draft=words("xlepas"), **facts("xlepas")), **words("xlepas"), at=LONG_AGO
    )
    publishing.take_offline(
        edition_of(article),
        reason="xlepas",
        others=["en"],
        is_gone=True,
        by=make_person(),
        at=LONG_AGO + DAY,
    )


def offline_and_led_elsewhere():
    article = tell(at=LONG_AGO, draft=words("xalih"), **facts("xalih"))
    publishing.take_offline(
        edition_of(article),
        reason="xalih",
        leads_to=tell(at=LONG_AGO, draft={"slug": "penggantinya"}),
        by=make_person(),
        at=LONG_AGO + DAY,
    )


def withdrawn():
    article = tell(at=LONG_AGO, draft=words("xtarik"), **facts("xtarik"))
    take_away(article, "Sumbernya mencabut berita ini.", at=LONG_AGO + DAY)


def schedule(article, *, goes_live_at):
    edition = edition_of(article)
    scheduling.schedule(
        edition,
        goes_live_at=goes_live_at,
        zone="Asia/Jakarta",
        told=told_of(edition),
        by=None,
        at=LONG_AGO,
    )


def scheduled():
    article = start("xjadwal")
    approve_article(article, at=LONG_AGO)
    schedule(article, goes_live_at=FAR_AHEAD)


def scheduled_change():
    article = tell(at=LONG_AGO, draft={"slug": "akan-diubah"})
    change_article(article, at=LONG_AGO, **words("xgeser"))
    approve_article(article, at=LONG_AGO)
    schedule(article, goes_live_at=FAR_AHEAD)


def held_before_its_time():
    article = start("xtunda")
    approve_article(article, at=LONG_AGO)
    schedule(article, goes_live_at=LONG_AGO + DAY)
    withdrawing.hold(article, reason="xtunda", by=make_person(), at=LONG_AGO)


def spiked():
    withdrawing.spike(start("xbuang"), reason="xbuang", by=make_person(), at=LONG_AGO)


def killed():
    article = translate(
        tell(at=LONG_AGO, draft=words("xmati"), **facts("xmati")), **words("xmati"), at=LONG_AGO
    )
    withdrawing.kill(
        article,
        notices={"id": "Berita ini salah.", "en": "This was wrong."},
        reason="xmati",
        by=make_person(),
        at=LONG_AGO + DAY,
    )


def out_of_rights():
    """Gone at its hour, and recorded by nobody yet; with a correction that told of it."""
    old = words("xhak")
    article = translate(
        tell(at=LONG_AGO, draft=old, rights_until=(LONG_AGO + DAY).date(), **facts("xhak")),
        **old,
        at=LONG_AGO,
    )
    told = Told(Kind.CORRECTION, "xhak bukan 12.")
    change_article(article, at=LONG_AGO, standfirst="xhak 21.")
    publish_article(article, at=LONG_AGO, told=told)


def withdrawn_translation():
    article = translate(
        tell(at=LONG_AGO, draft={"slug": "tetap-ada"}), **words("xcabut"), at=LONG_AGO
    )
    take_away(article, "This was wrong.", language="en", at=LONG_AGO + DAY)


def translated_but_unapproved():
    article = tell(at=LONG_AGO, draft={"slug": "sudah-tayang"})
    edition = change_article(article, "en", at=LONG_AGO, **words("xterjemah"))
    reviewing.submit(edition, by=make_person(), at=LONG_AGO)


def changed_but_unpublished():
    article = tell(at=LONG_AGO, draft={"slug": "sedang-diubah"})
    change_article(article, at=LONG_AGO, **words("xubah"))
    approve_article(article, at=LONG_AGO)


def corrected_once():
    article = tell(at=LONG_AGO, draft=words("xlama") | {"slug": "sudah-dikoreksi"})
    new = {
        name: text.replace("xlama", "baru")
        for name, text in words("xlama").items()
        if name != "slug"
    }
    change(article, at=LONG_AGO + DAY, **new)


def only_translated_from():
    make_article(language="ru", draft=make_draft(**words("xrusia")), at=LONG_AGO)


HIDDEN = [
    drafted,
    in_review,
    sent_back,
    approved,
    under_embargo,
    live_under_embargo,
    offline,
    offline_and_said_to_be_gone,
    offline_and_led_elsewhere,
    withdrawn,
    scheduled,
    scheduled_change,
    held_before_its_time,
    spiked,
    killed,
    out_of_rights,
    withdrawn_translation,
    translated_but_unapproved,
    changed_but_unpublished,
    corrected_once,
    only_translated_from,
]
MARKS = [
    "xdraf",
    "xtinjau",
    "xkembali",
    "xsetuju",
    "xembargo",
    "xtahan",
    "xturun",
    "xlepas",
    "xalih",
    "xtarik",
    "xjadwal",
    "xgeser",
    "xtunda",
    "xbuang",
    "xmati",
    "xhak",
    "xcabut",
    "xterjemah",
    "xubah",
    "xlama",
    "xrusia",
]


@pytest.fixture
def paper():
    """A paper with everything hidden in it that can be, and stories for readers."""
    translate(tell(at=LONG_AGO, draft={"slug": "untuk-pembaca"}), at=LONG_AGO, slug="for-readers")
    for hide in HIDDEN:
        hide()


def walk(client, starts):
    """Follow every link of ours, to the end; return what each address answered."""
    found, ahead = {}, list(starts)
    while ahead:
        path = ahead.pop()
        if path in found or path.startswith(("/static/", "/media/", "/consent/")):
            continue
        response = client.get(path)
        found[path] = response
        text = response.content.decode()
        links = re.findall(r'(?:href="|<loc>|<link>)(?:http://127\.0\.0\.1:8000)?(/[^"<#]*)', text)
        ahead += [link.replace("&amp;", "&") for link in links]
        ahead += [response["Location"]] if "Location" in response else []
    return found


def test_no_hidden_word_is_shown_anywhere(client, paper):
    found = walk(client, STARTS)

    shown = [
        (path, mark)
        for path, response in found.items()
        for mark in MARKS
        if mark in path or mark in response.content.decode().lower()
    ]
    assert shown == []
    # The walk has been where hidden stories would stand.
    for path in (
        "/id/2016/02/25/untuk-pembaca/",
        "/en/2016/02/25/for-readers/",
        "/id/rubrik/politik/",
        "/en/section/politics/",
        "/id/sitemap-2016-02.xml",
        "/id/sumber/rossiyskaya-gazeta/",
        "/id/rubrik/politik/rss.xml",
    ):
        assert found[path].status_code == 200


@pytest.mark.parametrize("mark", MARKS)
def test_search_finds_no_hidden_word(client, paper, mark):
    for path in (f"/id/cari/?q={mark}", f"/en/search/?q={mark}"):
        html = client.get(path).content.decode()
        assert 'class="card' not in html.partition("<main")[2]
        assert f"alamat-{mark}" not in html


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_stands_at_the_addresses_of_what_is_hidden(client, paper, mark):
    author = Author.objects.filter(name=f"Penulis {mark}").first()
    paths = [
        f"/id/2016/02/25/alamat-{mark}/",
        f"/en/2016/02/25/alamat-{mark}/",
        f"/id/topik/topik-{mark}/",
        f"/en/topic/topic-{mark}/",
        f"/id/penulis/{author.slug if author else mark}/",
    ]

    answers = [client.get(path) for path in paths]

    # Where the Indonesian text is live, another language's slug leads to it.
    gone = dict.fromkeys(["xtarik", "xmati", "xhak", "xlepas"], 410)
    in_indonesian = {**gone, "xcabut": 301, "xalih": 302}.get(mark, 404)
    in_english = 410 if mark in {"xcabut", "xmati", "xhak", "xlepas"} else 404
    found = [response.status_code for response in answers]
    assert found == [in_indonesian, in_english, 404, 404, 404]
    for response in answers:
        assert f"Judul {mark}" not in response.content.decode()


def test_a_withdrawn_translation_is_gone_and_its_source_leads_nowhere_to_it(client):
    withdrawn_translation()

    gone = client.get("/en/2016/02/25/alamat-xcabut/")
    stays = client.get("/id/2016/02/25/tetap-ada/").content.decode()

    assert gone.status_code == 410
    assert "This was wrong." in gone.content.decode()
    assert 'hreflang="en" href' not in stays.partition("</head>")[0]
    assert "xcabut" not in stays


def test_the_marks_would_be_seen_if_they_were_live(client):
    tell(at=LONG_AGO, draft=words("xtayang"), **facts("xtayang"))

    found = walk(client, STARTS)

    shown = {path for path, answer in found.items() if "xtayang" in answer.content.decode().lower()}
    assert {
        "/id/",
        "/id/rss.xml",
        "/id/2016/02/25/alamat-xtayang/",
        "/id/rubrik/politik/",
        "/id/topik/topik-xtayang/",
        "/id/penulis/penulis-xtayang/",
        "/id/sumber/rossiyskaya-gazeta/",
        "/id/sitemap-2016-02.xml",
        "/id/tidak-ada/",
    } <= shown
    assert not [path for path in shown if path.startswith("/en/")]
