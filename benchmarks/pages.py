"""
Pages per second of every kind of page, against a minimal Django view in the same run.

    python benchmarks/pages.py --articles 300

makes a database of its own beside the one ``DATABASE_URL`` names (SQLite or PostgreSQL), fills
it through the newsroom's own operations, asks each page through the WSGI application without
a server in between, and drops the database again. Compare the ratios: this machine's speed
cancels out of them. Memory is the process's peak after all pages were asked.
"""

import argparse
import io
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

django.setup()

from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from articles import editing, publishing, reviewing
from articles.models import Article
from newsroom.models import User
from tests.builders import edition_of, make_article, make_draft, make_person
from translations import assigning

PARAGRAPH = (
    "Kapal itu membawa 420 ton kopi dari Aceh dan berlabuh pada Selasa pagi setelah "
    "perjalanan sembilan hari; bongkar muat selesai sebelum tengah hari menurut pelabuhan. "
)


def seed(count: int) -> tuple[Article, int]:
    """Publish ``count`` stories of ten paragraphs; return the newest and an open assignment."""
    writer, reviewer = make_person(), make_person()
    newest = timezone.now() - timedelta(minutes=1)
    article = None
    for number in range(count):
        at = newest - timedelta(hours=count - number)
        body = "".join(f"<p>{PARAGRAPH} {number}.{line}.</p>" for line in range(10))
        draft = make_draft(headline=f"Kapal kopi nomor {number} tiba", body=body)
        article = make_article(draft=draft, by=writer, at=at)
        edition = edition_of(article)
        revision = reviewing.submit(edition, by=writer, at=at)
        reviewing.approve(edition, revision=revision, by=reviewer, at=at)
        publishing.publish(edition, by=writer, at=at)
    assert article is not None
    editor = make_person("bench", "Editor")
    assignment = assigning.claim(edition_of(article, "en"), by=editor, at=newest)
    changed = Article.objects.exclude(pk=article.pk).latest("pk")
    editing.open_working_copy(edition_of(changed), by=editor, at=newest)
    return Article.objects.get(pk=article.pk), assignment.pk


def session_of(person: User) -> str:
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    store["_auth_user_hash"] = person.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def asker(
    application: Callable[..., Iterable[bytes]], path: str, cookie: str
) -> Callable[[], bytes]:
    """Return a function that asks for a page and returns its body; anything but 200 raises."""
    path, _, query = path.partition("?")

    def ask() -> bytes:
        answered: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookie,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        response = application(environ, lambda status, _headers, _exc=None: answered.append(status))
        body = b"".join(response)
        if close := getattr(response, "close", None):
            close()
        if not answered[0].startswith("200"):
            raise SystemExit(f"{path}: {answered[0]}")
        return body

    return ask


def measure(ask: Callable[[], object], seconds: float) -> float:
    """Return how many answers a second of processor time gives: the median of five rounds."""
    ask()
    rates = []
    for _ in range(5):
        done, begun, wall = 0, time.process_time(), time.perf_counter()
        while time.perf_counter() - wall < seconds / 5:
            ask()
            done += 1
        rates.append(done / (time.process_time() - begun))
    return statistics.median(rates)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=2.0, help="per kind of page")
    options = parser.parse_args()
    settings.ROOT_URLCONF = "benchmarks.addresses"
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.LOGGING_CONFIG = None
    old = setup_databases(verbosity=0, interactive=False)
    try:
        begun = time.perf_counter()
        article, assignment = seed(options.articles)
        print(
            f"{connection.vendor}: {options.articles} articles in "
            f"{time.perf_counter() - begun:.1f} s"
        )
        cookie = session_of(User.objects.get(username="bench"))
        pages = {
            "front page": ("/id/", ""),
            "section": ("/id/rubrik/politik/", ""),
            "article": (article.path("id"), ""),
            "search": ("/id/cari/?q=kapal+kopi", ""),
            "feed": ("/id/rss.xml", ""),
            "queue": ("/desk/", cookie),
            "translation editor": (f"/desk/{assignment}/", cookie),
            "admin list": ("/admin/articles/article/", cookie),
            "admin article": (f"/admin/articles/article/{article.pk}/change/", cookie),
        }
        application = get_wsgi_application()
        minimal = measure(asker(application, "/minimal/", ""), options.seconds)
        print(f"{'minimal view':20}{minimal:10.0f} /s")
        for name, (path, sent) in pages.items():
            ask = asker(application, path, sent)
            with CaptureQueriesContext(connection) as captured:
                size = len(ask())
                queries = len(captured)
            rate = measure(ask, options.seconds)
            print(
                f"{name:20}{rate:10.0f} /s   1/{minimal / rate:.0f} of minimal   "
                f"{queries} queries   {size / 1000:.0f} kB"
            )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:.0f} MB")
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
