from datetime import timedelta

import pytest

from articles import overdue, publishing, waiting
from articles.correcting import Kind, Told
from articles.models import Activity, Article
from tests.articles.public_builders import tell, translate
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
MOMENT = timedelta(seconds=1)


def corrected(*, kind: Kind = Kind.CORRECTION, at=NOW) -> Article:
    """A story live in both languages whose source was changed since it was translated."""
    article = translate(tell(draft={"standfirst": "Muatannya kopi."}))
    return correct(article, "Muatannya teh.", kind=kind, at=at)


def correct(article: Article, words: str, *, kind: Kind = Kind.CORRECTION, at=NOW) -> Article:
    change_article(article, at=at, standfirst=words)
    return publish_article(article, at=at, told=Told(kind, "Teh, bukan kopi."))


def bring_up_to_date(article: Article, *, at=NOW) -> None:
    edition = change_article(article, "en", at=at, standfirst="It carried tea.")
    copy = edition.working_copy
    copy.source_revision = edition_of(article).live_revision
    copy.save(update_fields=["source_revision"])
    approve_article(article, "en", at=at)
    told = Told(Kind.CORRECTION, "It carried tea, not coffee.")
    publishing.publish(edition_of(article, "en"), by=make_person(), at=at, told=told)


def waits(at) -> list[int]:
    return [edition.article_id for edition in waiting.to_take_offline(at=at)]


def test_publishers_are_asked_once_two_hours_after_readers_were_told():
    article = corrected(at=NOW)

    assert overdue.ask(at=NOW + 4 * HOUR - MOMENT) == 0
    assert [overdue.ask(at=NOW + 4 * HOUR) for _time in range(2)] == [1, 0]
    assert overdue.ask(at=NOW + 99 * HOUR) == 0

    asked = Activity.objects.get(verb="uncorrected")
    english = edition_of(article, "en").live_revision
    assert (asked.actor, asked.language, asked.revision) == (None, "en", english)


def test_a_second_correction_that_is_missed_too_is_asked_about_again():
    article = corrected(at=NOW)
    overdue.ask(at=NOW + 4 * HOUR)
    correct(article, "Muatannya gula.", at=NOW + 5 * HOUR)

    assert overdue.ask(at=NOW + 9 * HOUR - MOMENT) == 0
    assert [overdue.ask(at=NOW + 9 * HOUR) for _time in range(2)] == [1, 0]


@pytest.mark.parametrize("kind", [Kind.UPDATE, Kind.CLARIFICATION, Kind.NOTE])
def test_nothing_but_a_correction_takes_a_translation_offline(kind):
    corrected(kind=kind)

    assert overdue.ask(at=NOW + 99 * HOUR) == 0


def test_what_was_brought_up_to_date_or_taken_offline_is_not_asked_about(ani):
    late = NOW + 4 * HOUR
    mended, offline, whole = corrected(), corrected(), corrected()
    assert waits(late) == [mended.pk, offline.pk, whole.pk]

    bring_up_to_date(mended)
    publishing.take_offline(edition_of(offline, "en"), reason="Keliru.", by=ani, at=NOW)

    assert waits(late) == [whole.pk]
    assert overdue.ask(at=late) == 1


def test_a_correction_that_was_taken_back_word_for_word_asks_for_nothing():
    correct(corrected(), "Muatannya kopi.", at=NOW + HOUR)

    assert waits(NOW + 99 * HOUR) == []
