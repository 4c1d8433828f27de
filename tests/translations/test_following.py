"""How far behind a translation is, and by when its readers must have the change."""

from datetime import timedelta

import pytest

from articles import publishing, waiting
from articles.correcting import Kind, Told
from articles.following import Severity
from articles.models import Article
from articles.standing import standings
from tests.builders import (
    NOW,
    change_article,
    edition_of,
    make_article,
    make_person,
    publish_article,
)
from tests.translations.desk import change_source
from translations import assigning, queue, rebasing
from translations.models import Assignment

pytestmark = pytest.mark.django_db

PAIRS = {("id", "en")}
HOUR = timedelta(hours=1)


@pytest.fixture
def story() -> Article:
    """A story live in both languages."""
    return live_in_both()


def live_in_both() -> Article:
    before = NOW - 6 * HOUR
    article = publish_article(make_article(at=before), at=before)
    text = {"headline": "A ship", "standfirst": "Here.", "body": "<p>It came.</p>"}
    change_article(article, "en", at=before, **text)
    return publish_article(article, "en", at=before)


def tell(article: Article, kind: Kind, words: str, *, at=NOW) -> None:
    """Publish a change of the source: another ``words`` in a body that is otherwise alike."""
    body = f"<p>Kapal itu tiba di dermaga lama bersama {words}.</p>"
    change_article(article, body=body, at=at)
    told = Told(kind, "" if kind == Kind.TYPO else "Begini.", is_certain=True)
    publish_article(article, at=at, told=told)


def severity(article: Article, *, at=NOW) -> Severity | None:
    """What the story's page says; the queue must say the same."""
    found = waiting.with_editions(Article.objects.filter(pk=article.pk)).get()
    said = standings(found, at=at)["en"].severity
    rows = list(queue.out_of_date(PAIRS, at=at))
    assert [row.severity for row in rows] == ([said] if said is not None else [])
    return said


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (Kind.TYPO, Severity.MINOR),
        (Kind.UPDATE, Severity.UPDATE),
        (Kind.CLARIFICATION, Severity.UPDATE),
        (Kind.NOTE, Severity.UPDATE),
        (Kind.CORRECTION, Severity.CORRECTION),
    ],
)
def test_the_kind_of_the_sources_change_says_how_bad_it_is(story, kind, found):
    assert severity(story) is None

    tell(story, kind, "kopi")

    assert severity(story) is found


def test_the_worst_change_since_the_text_it_was_made_from_counts(story):
    tell(story, Kind.UPDATE, "kopi")
    tell(story, Kind.CORRECTION, "teh")
    tell(story, Kind.TYPO, "teeh")

    assert severity(story) is Severity.CORRECTION


def test_an_approved_text_that_is_not_out_yet_is_an_update(story):
    tell(story, Kind.TYPO, "kopi")
    change_source(story, headline="Kapal lain")

    assert severity(story) is Severity.UPDATE


def test_an_approved_text_hides_no_correction_before_it(story):
    tell(story, Kind.CORRECTION, "kopi")
    change_source(story, headline="Kapal lain")

    assert severity(story) is Severity.CORRECTION


def test_a_translation_of_a_text_before_its_publication_is_an_update_behind(budi):
    article = make_article()
    change_source(article)
    change_article(article, "en", headline="A ship", standfirst="Here.", body="<p>It came.</p>")
    change_source(article, headline="Kapal lain")
    publishing.publish(edition_of(article), by=budi, at=NOW)

    found = waiting.with_editions(Article.objects.filter(pk=article.pk)).get()
    assert standings(found, at=NOW)["en"].severity is Severity.UPDATE


def test_the_words_for_it_stand_in_the_label(story):
    tell(story, Kind.CORRECTION, "kopi")

    found = waiting.with_editions(Article.objects.filter(pk=story.pk)).get()
    assert standings(found, at=NOW)["en"].label == "Live · behind its source: correction"


def test_corrections_are_due_in_two_hours_updates_in_a_day_and_spelling_never(story):
    def due(article):
        return [row.due_at for row in queue.out_of_date(PAIRS, at=NOW) if row.article == article]

    tell(story, Kind.TYPO, "kopii")
    assert due(story) == [None]

    tell(story, Kind.UPDATE, "teh", at=NOW - 2 * HOUR)
    assert due(story) == [NOW + 22 * HOUR]

    tell(story, Kind.CORRECTION, "gula", at=NOW - HOUR)
    assert due(story) == [NOW + HOUR]


def test_nobody_waits_for_a_translation_that_is_not_live(story, ani):
    tell(story, Kind.CORRECTION, "kopi")
    publishing.take_offline(edition_of(story, "en"), reason="Dicek.", by=ani, at=NOW)

    assert [row.due_at for row in queue.out_of_date(PAIRS, at=NOW)] == [None]


def test_the_list_begins_with_corrections_and_then_with_what_is_due_first():
    made = {name: live_in_both() for name in ("minor", "update", "late", "correction")}
    tell(made["minor"], Kind.TYPO, "kopi", at=NOW - 5 * HOUR)
    tell(made["update"], Kind.UPDATE, "kopi", at=NOW - 4 * HOUR)
    tell(made["correction"], Kind.CORRECTION, "kopi", at=NOW - HOUR)
    tell(made["late"], Kind.CORRECTION, "kopi", at=NOW - 3 * HOUR)

    assert [row.article for row in queue.out_of_date(PAIRS, at=NOW)] == [
        made[name] for name in ("late", "correction", "update", "minor")
    ]


def test_whoever_takes_a_correction_on_takes_its_clock_over(story, budi):
    tell(story, Kind.CORRECTION, "kopi", at=NOW - HOUR)

    assignment = assigning.claim(edition_of(story, "en"), by=budi, at=NOW)

    assert assignment.due_at == NOW + HOUR


def test_a_correction_that_comes_while_somebody_translates_makes_it_due_sooner(story, budi):
    tell(story, Kind.UPDATE, "kopi")
    assignment = assigning.claim(edition_of(story, "en"), by=budi, at=NOW)
    assert assignment.due_at == NOW + 24 * HOUR
    tell(story, Kind.CORRECTION, "teh", at=NOW + HOUR)

    rebasing.rebase(assignment, by=budi, at=NOW + HOUR)

    assert Assignment.objects.get().due_at == NOW + 3 * HOUR


def test_a_first_translation_is_due_when_the_desk_says_so(budi):
    article = publish_article(make_article())

    assert assigning.claim(edition_of(article, "en"), by=budi, at=NOW).due_at is None


def test_a_correction_that_was_carried_over_is_past(story):
    tell(story, Kind.CORRECTION, "kopi")
    assignment = assigning.claim(edition_of(story, "en"), by=make_person(), at=NOW)
    assigning.hand_back(assignment, by=make_person(), at=NOW)

    assert severity(story) is Severity.CORRECTION


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_one_query(rows, django_assert_num_queries):
    for _row in range(rows):
        article = publish_article(make_article())
        change_article(article, "en", headline="S", standfirst="H", body="<p>B</p>")
        publish_article(article, "en")
        tell(article, Kind.CORRECTION, "kopi")

    with django_assert_num_queries(1):
        assert len(queue.out_of_date(PAIRS, at=NOW)) == rows
