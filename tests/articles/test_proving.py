"""Asking our own addresses whether what was taken from readers is gone."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from articles import proving, publishing, withdrawing
from articles.correcting import Kind, Told
from articles.models import Activity, Proof
from articles.proving import Answer, Asked, NothingTaken, Unreachable
from articles.whereabouts import places
from tests.articles.public_builders import (
    LONG_AGO,
    make_author,
    make_topic,
    take_away,
    tell,
    translate,
)
from tests.builders import change_article, edition_of, make_person, publish_article

# Pages read the clock themselves.
AT = timezone.now() - timedelta(minutes=1)  # noqa: TID251
STORY = {"headline": "Kapal baru tiba di Makassar", "slug": "kapal-baru"}


def from_the_pages(address: str) -> Answer:
    response = Client().get(address, follow=True)
    path = response.request["PATH_INFO"]
    return Answer(response.status_code, response.content.decode(), path)


def nowhere(address: str) -> Answer:
    raise Unreachable


def story(**facts: object):
    return tell(at=LONG_AGO, draft=STORY, **facts)


@pytest.mark.django_db
def test_a_withdrawn_text_is_gone_from_every_address():
    tell(at=LONG_AGO, draft={"headline": "Berita lain yang tetap tayang"})
    article = translate(
        story(authors=[make_author("Rina")], topics=[make_topic("Kapal", "Ships")]),
        at=LONG_AGO,
        slug="new-ship",
    )
    take_away(article, "Narasumber palsu.", at=AT)

    asked = proving.ask_due(fetch=from_the_pages, at=AT)

    assert asked == Asked(proven=1)
    assert list(Proof.objects.order_by("pk").values_list("address", "status", "found")) == [
        ("/id/2016/02/25/kapal-baru/", 410, False),
        ("/id/", 200, False),
        ("/id/rubrik/politik/", 200, False),
        ("/id/topik/kapal/", 404, False),
        ("/id/penulis/rina/", 404, False),
        ("/id/sumber/rossiyskaya-gazeta/", 200, False),
        ("/id/koreksi/", 200, False),
        ("/id/rss.xml", 200, False),
        ("/id/rubrik/politik/rss.xml", 200, False),
        ("/id/sitemap-2016-02.xml", 200, False),
        ("/id/cari/?q=Kapal+baru+tiba+di+Makassar", 200, False),
        ("/en/2016/02/25/new-ship/", 200, False),
    ]


@pytest.mark.django_db
def test_every_address_that_showed_it_would_be_found_out():
    """A cache that nobody emptied answers with what was there before."""
    tell(at=LONG_AGO, draft={"headline": "Berita lain yang tetap tayang"})
    article = translate(story(), at=LONG_AGO, slug="new-ship")
    change_article(article, at=LONG_AGO, standfirst="Warga menyambutnya pada hari Rabu.")
    publish_article(article, at=LONG_AGO, told=Told(Kind.CORRECTION, "Rabu, bukan Selasa."))
    stale = {place.address: from_the_pages(place.address) for place in places(edition_of(article))}
    take_away(article, "Narasumber palsu.", at=AT)

    asking = proving.ask_again(
        edition_of(article),
        fetch=lambda address: stale.get(address) or from_the_pages(address),
        at=AT,
    )

    assert [proof.address for proof in asking.shown] == list(stale)
    assert (asking.proves_it, asking.unknown) == (False, [])
    assert {proof.outcome for proof in asking.proofs} == {Proof.Outcome.SHOWN}


@pytest.mark.django_db
def test_a_kill_and_a_text_taken_offline_are_proven_language_by_language():
    killed, offline = translate(story(), at=LONG_AGO), tell(at=LONG_AGO)
    dewi = make_person()
    withdrawing.kill(killed, notices={"id": "P.", "en": "F."}, reason="Palsu", by=dewi, at=AT)
    publishing.take_offline(edition_of(offline), reason="Dicek", by=dewi, at=AT)

    assert proving.ask_due(fetch=from_the_pages, at=AT) == Asked(proven=3)

    pages = Proof.objects.filter(address__contains="/2016/02/25/").select_related("activity")
    own = (page for page in pages if page.address.startswith(f"/{page.activity.language}/"))
    assert sorted((page.activity.language, page.activity.verb, page.status) for page in own) == [
        ("en", "withdrew", 410),
        ("id", "took_offline", 404),
        ("id", "withdrew", 410),
    ]


@pytest.mark.django_db
def test_a_text_offline_is_proven_gone_by_whatever_its_address_was_to_answer():
    instead = tell(at=LONG_AGO, draft={"headline": "Berita lain", "slug": "berita-lain"})
    said, led, dewi = story(), tell(at=LONG_AGO, draft={"slug": "pelabuhan"}), make_person()
    publishing.take_offline(edition_of(said), reason="Dicek", is_gone=True, by=dewi, at=AT)
    publishing.take_offline(edition_of(led), reason="Dicek", leads_to=instead, by=dewi, at=AT)

    assert proving.ask_due(fetch=from_the_pages, at=AT) == Asked(proven=2)

    own = {"/id/2016/02/25/kapal-baru/", "/id/2016/02/25/pelabuhan/"}
    answers = Proof.objects.filter(address__in=own).order_by("address")
    assert [(proof.status, proof.outcome, proof.led_to) for proof in answers] == [
        (410, Proof.Outcome.GONE, ""),
        (200, Proof.Outcome.LED, "/id/2016/02/25/berita-lain/"),
    ]
    assert Proof.objects.exclude(led_to="").count() == 1


@pytest.mark.django_db
def test_an_address_that_leads_to_a_copy_of_the_text_proves_nothing():
    instead = tell(at=LONG_AGO, draft={"headline": "Berita lain", "slug": "berita-lain"})
    led = story()
    publishing.take_offline(
        edition_of(led), reason="Dicek", leads_to=instead, by=make_person(), at=AT
    )
    page = Answer(200, "<h1>Kapal baru tiba di Makassar</h1>", "/id/2016/02/25/berita-lain/")

    asking = proving.ask_again(
        edition_of(led),
        fetch=lambda path: page if path.endswith("kapal-baru/") else from_the_pages(path),
        at=AT,
    )

    assert [proof.address for proof in asking.shown] == ["/id/2016/02/25/kapal-baru/"]


@pytest.mark.django_db
def test_a_site_that_does_not_answer_proves_nothing():
    article = story()
    take_away(article, "Narasumber palsu.", at=AT)

    assert proving.ask_due(fetch=nowhere, at=AT) == Asked(unknown=1)

    assert {proof.outcome for proof in Proof.objects.all()} == {Proof.Outcome.UNASKED}
    assert Proof.objects.count() == len(places(edition_of(article)))


@pytest.mark.django_db
def test_a_site_that_stops_answering_proves_nothing_about_the_rest():
    take_away(story(), "Narasumber palsu.", at=AT)

    def breaks_off(address: str) -> Answer:
        if "sumber" in address:
            raise Unreachable
        return from_the_pages(address)

    assert proving.ask_due(fetch=breaks_off, at=AT) == Asked(unknown=1)
    assert [proof.status for proof in Proof.objects.order_by("pk")][:4] == [410, 200, 200, None]


@pytest.mark.django_db
def test_another_site_at_our_address_proves_nothing():
    tell(at=LONG_AGO)
    take_away(story(), "Narasumber palsu.", at=AT)

    asked = proving.ask_due(fetch=lambda address: Answer(404, "Nothing here."), at=AT)

    assert asked == Asked(unknown=1)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_an_error_is_no_proof(status):
    take_away(story(), "Narasumber palsu.", at=AT)

    assert proving.ask_due(fetch=lambda address: Answer(status, ""), at=AT) == Asked(unknown=1)
    assert {proof.outcome for proof in Proof.objects.all()} == {Proof.Outcome.UNCLEAR}


@pytest.mark.django_db
def test_what_is_proven_is_not_asked_again_by_itself():
    take_away(story(), "Narasumber palsu.", at=AT)
    proving.ask_due(fetch=from_the_pages, at=AT)

    assert proving.ask_due(fetch=nowhere, at=AT + timedelta(hours=1)) == Asked()


@pytest.mark.django_db
def test_what_is_not_proven_is_asked_again_at_growing_distances_for_a_day():
    take_away(story(), "Narasumber palsu.", at=AT)

    asked = [
        minute
        for minute in (0, 1, 2, 3, 4, 7, 8, 16, 32, 64, 123, 124, 183, 184, 24 * 60, 24 * 60 + 1)
        if proving.ask_due(fetch=nowhere, at=AT + timedelta(minutes=minute)) != Asked()
    ]

    assert asked == [0, 1, 2, 4, 8, 16, 32, 64, 124, 184, 24 * 60]


@pytest.mark.django_db
def test_what_readers_have_again_is_neither_asked_nor_asked_again():
    article, dewi = story(), make_person()
    publishing.take_offline(edition_of(article), reason="Dicek", by=dewi, at=AT)
    publishing.bring_back(edition_of(article), by=dewi, at=AT + timedelta(seconds=1))

    later = AT + timedelta(seconds=2)
    assert proving.ask_due(fetch=nowhere, at=later) == Asked()
    with pytest.raises(NothingTaken):
        proving.ask_again(edition_of(article), fetch=nowhere, at=later)


@pytest.mark.django_db
def test_only_the_last_of_two_removals_is_proven():
    article, dewi = story(), make_person()
    publishing.take_offline(edition_of(article), reason="Dicek", by=dewi, at=AT)
    later = AT + timedelta(seconds=1)
    take_away(article, "Narasumber palsu.", at=later)

    assert proving.ask_due(fetch=from_the_pages, at=later) == Asked(proven=1)
    assert {proof.activity.verb for proof in Proof.objects.all()} == {Activity.Verb.WITHDREW}


@pytest.mark.django_db
def test_what_was_never_asked_has_not_been_found():
    removal = take_away(story(), "Palsu.", at=AT).article.activities.get(verb="withdrew")

    with pytest.raises(IntegrityError, match="found_in_an_answer"):
        Proof.objects.create(activity=removal, address="/id/", status=None, found=True, at=AT)


# Over the wire


@contextmanager
def serving(page: bytes, behind: str) -> Iterator[str]:
    """Serve a site through a cache that gives an old front page for ever."""

    class Cache(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/id/":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(page)
                return
            answer = proving.fetch_from(behind, self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(answer.page.encode())

        def log_message(self, *_words: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cache) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


# The seeded labels and groups go with the tables' rows: bring them back for the tests after.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_running_site_is_asked_and_an_old_front_page_in_a_cache_is_found_out(live_server):
    tell(at=LONG_AGO, draft={"headline": "Berita lain yang tetap tayang"})
    article = story()
    fetch = partial(proving.fetch_from, live_server.url)
    front = fetch("/id/").page.encode()
    take_away(article, "Narasumber palsu.", at=AT)

    with serving(front, live_server.url) as cached:
        through_cache = proving.ask_due(fetch=partial(proving.fetch_from, cached), at=AT)

    assert through_cache == Asked(shown=1)
    assert [proof.address for proof in Proof.objects.filter(found=True)] == ["/id/"]
    assert proving.ask_due(fetch=fetch, at=AT + timedelta(minutes=1)) == Asked(proven=1)
    page = Proof.objects.filter(address="/id/2016/02/25/kapal-baru/")
    assert list(page.values_list("status", flat=True)) == [410, 410]
    # Redirects are followed to where they end.
    assert fetch("/id") == fetch("/id/")


def test_where_nobody_listens_nothing_is_asked():
    with pytest.raises(Unreachable):
        proving.fetch_from("http://127.0.0.1:1", "/id/")
