"""A process that is killed while it publishes, on the real database."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from articles import languages, publishing, searching
from articles.credit import credit_now, primary_attribution
from articles.models import (
    TEXT_FIELDS,
    Address,
    Article,
    Edition,
    Publication,
    Revision,
    WorkingCopy,
)
from newsroom.models import User
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    make_article,
    make_draft,
    publish_article,
)
from tests.conftest import ROOT

# The seeded labels and groups go with the tables' rows: bring them back for the tests after.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MOMENTS = ("live_from", "live_until", "withdrawn_at", "first_published_at", "updated_at")
LATER = NOW + timedelta(hours=1)
# Told to publish an edition by somebody, a process dies before a step and says how it ended.
Publish = Callable[[Edition, User, int], int]


@pytest.fixture(scope="module")
def publish_and_die(django_db_setup) -> Iterator[Publish]:
    variables = {"DATABASE_URL": database(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.articles.killing"],
        cwd=ROOT,
        env=os.environ | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:

        def publish(edition: Edition, by: User, step: int) -> int:
            program.stdin.write(f"{edition.pk} {by.pk} {LATER.isoformat()} {step}\n")
            program.stdin.flush()
            return int(program.stdout.readline())

        yield publish


def database() -> str:
    """Return the address of the tests' own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def stored(article: Article) -> dict[str, object]:
    """Return everything a publish of the Indonesian text writes, as it is stored now."""
    edition = Edition.objects.get(article=article, language="id")
    names = (*TEXT_FIELDS, "slug", *MOMENTS, "credit")
    columns = Article.objects.rewrite(mode=False).values(*names, *map(indonesian, names))
    return {
        "columns": columns.get(pk=article.pk),
        "live revision": edition.live_revision_id,
        "working copies": WorkingCopy.objects.filter(edition=edition).count(),
        "revisions": list(edition.revisions.order_by("number").values_list("number", flat=True)),
        "activity": [(done.verb, done.at) for done in article.activities.order_by("pk")],
        "publications": list(
            Publication.objects.filter(edition=edition).order_by("pk").values_list("kind", "at")
        ),
        "notices": list(article.notices.order_by("pk").values_list("kind", "text", "at")),
        "addresses": list(
            Address.objects.filter(article=article).order_by("pk").values_list("slug", flat=True)
        ),
        "found": [
            word
            for word in ("beras", "teh")
            if searching.search(word, language="id", at=LATER, limit=9).keys == [article.pk]
        ],
    }


def indonesian(name: str) -> str:
    return languages.column(name, "id")


def columns_of(revision: Revision, **moments: datetime | None) -> dict[str, object]:
    """Return the published copy that says what a revision says."""
    values = {name: getattr(revision, name) for name in (*TEXT_FIELDS, "slug")}
    edition = revision.edition
    owed = primary_attribution(edition.article)
    credit = credit_now(edition, revision, attribution=owed)
    values |= {"credit": credit.as_json(), **moments}
    return values | {indonesian(name): value for name, value in values.items()}


def killed_at_every_step(publish: Publish, edition: Edition, by: User) -> list[dict[str, object]]:
    """Publish until it is stored, killed a step later each time; return what was stored then."""
    seen = [stored(edition.article)]
    while seen[-1] == seen[0]:
        assert publish(edition, by, step=len(seen)) == -signal.SIGKILL
        seen.append(stored(edition.article))
    return seen


def test_a_first_publish_that_is_killed_leaves_all_or_nothing(publish_and_die, ani):
    article = make_article(draft=make_draft(headline="Beras tiba"))
    edition = approve_article(article)
    revision = edition.working_copy.revision

    before, *seen, after = killed_at_every_step(publish_and_die, edition, ani)

    assert len(seen) >= 8  # statements that write, and the commit
    assert after == {
        "columns": columns_of(
            revision,
            live_from=LATER,
            live_until=None,
            withdrawn_at=None,
            first_published_at=LATER,
            updated_at=None,
        ),
        "live revision": revision.pk,
        "working copies": 0,
        "revisions": [1],
        "activity": [*before["activity"], ("published", LATER)],
        "publications": [("first", LATER)],
        "notices": [],
        "addresses": ["beras-tiba"],
        "found": ["beras"],
    }


def test_a_change_whose_publish_is_killed_leaves_all_or_nothing(publish_and_die, ani):
    article = publish_article(make_article(draft=make_draft(headline="Beras tiba")))
    change_article(article, headline="Teh tiba", slug="teh-tiba")
    edition = approve_article(article)
    revision = edition.working_copy.revision

    before, *seen, after = killed_at_every_step(publish_and_die, edition, ani)

    assert len(seen) >= 8  # statements that write, and the commit
    assert after == {
        "columns": columns_of(
            revision,
            live_from=NOW,
            live_until=None,
            withdrawn_at=None,
            first_published_at=NOW,
            updated_at=LATER,
        ),
        "live revision": revision.pk,
        "working copies": 0,
        "revisions": [1, 2],
        "activity": [*before["activity"], ("published", LATER)],
        "publications": [("first", NOW), ("correction", LATER)],
        "notices": [("correction", "Salah jumlah.", LATER)],
        "addresses": ["beras-tiba", "teh-tiba"],
        "found": ["teh"],
    }


def test_what_was_killed_is_published_by_the_next_who_tries(publish_and_die, ani):
    edition = approve_article(make_article(draft=make_draft(headline="Beras tiba")))
    revision = edition.working_copy.revision
    assert publish_and_die(edition, ani, 6) == -signal.SIGKILL

    publishing.publish(edition, by=ani, at=LATER)

    after = stored(edition.article)
    assert after["live revision"] == revision.pk
    assert after["publications"] == [("first", LATER)]
    assert after["found"] == ["beras"]
