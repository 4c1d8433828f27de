"""Many people at once, in threads with connections of their own, on the real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from articles import editing, publishing
from articles.editing import StaleSave
from articles.models import Article, Revision, WorkingCopy
from articles.publishing import CannotPublish
from articles.recording import Draft
from tests.builders import (
    NOW,
    approve_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
)

PEOPLE = 10

# The seeded labels and groups go with the tables' rows: bring them back for the tests after.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(act: Callable[[int], object]) -> list[object]:
    """Let ten people do something at the same moment; return what each got."""

    def run(number: int) -> object:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(run, range(PEOPLE)))


def test_ten_people_save_ten_stories_at_once():
    editors = [make_person() for _ in range(PEOPLE)]
    articles = [make_article(by=editor) for editor in editors]

    def save(number: int) -> int:
        edition = edition_of(articles[number])
        for round_ in range(3):
            copy = WorkingCopy.objects.get(edition=edition)
            editing.save_working_copy(
                edition,
                make_draft(headline=f"Judul {number}-{round_}"),
                based_on=copy.version,
                by=editors[number],
                at=NOW,
            )
        return number

    assert at_once(save) == list(range(PEOPLE))
    assert [edition_of(a).working_copy.headline for a in articles] == [
        f"Judul {number}-2" for number in range(PEOPLE)
    ]


def test_ten_people_save_one_story_at_once_and_no_text_is_lost():
    editors = [make_person() for _ in range(PEOPLE)]
    edition = edition_of(make_article(by=editors[0]))
    opened = edition.working_copy.version

    def save(number: int) -> str:
        draft = make_draft(headline=f"Judul {number}")
        try:
            editing.save_working_copy(edition, draft, based_on=opened, by=editors[number], at=NOW)
        except StaleSave:
            return "kept"
        return "saved"

    assert sorted(at_once(save)) == ["kept"] * (PEOPLE - 1) + ["saved"]
    stored = {
        *Revision.objects.filter(edition=edition).values_list("headline", flat=True),
        WorkingCopy.objects.get(edition=edition).headline,
    }
    assert stored == {f"Judul {number}" for number in range(PEOPLE)}


def test_ten_people_publish_one_story_at_once_and_it_goes_out_once():
    edition = approve_article(make_article(by=make_person()))
    editors = [make_person() for _ in range(PEOPLE)]

    def publish(number: int) -> str:
        try:
            publishing.publish(edition, by=editors[number], at=NOW)
        except CannotPublish:
            return "refused"
        return "published"

    assert sorted(at_once(publish)) == ["published"] + ["refused"] * (PEOPLE - 1)
    article = Article.objects.get(pk=edition.article_id)
    assert article.activities.filter(verb="published").count() == 1
    assert Draft.of(edition_of(article).live_revision).headline == article.headline_ind
