from datetime import timedelta

import pytest

from articles import editing, publishing, reviewing, withdrawing
from articles.editing import NothingToSave, NotOpenForEditing
from articles.models import Revision
from articles.recording import Draft
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    publish_article,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def submitted(ani) -> Revision:
    return reviewing.submit(edition_of(make_article(by=ani)), by=ani, at=NOW)


def test_submitting_makes_a_revision_with_its_authors(ani, submitted):
    edition = edition_of(submitted.edition.article)

    assert edition.working_copy.state == "in_review"
    assert edition.working_copy.revision == submitted
    assert Draft.of(edition.working_copy) == Draft.of(submitted)
    assert list(submitted.authors.all()) == [ani]
    assert submitted.text_hash == submitted.text_hash_now


def test_submitting_twice_is_refused(ani, submitted):
    with pytest.raises(NotOpenForEditing):
        reviewing.submit(submitted.edition, by=ani, at=NOW)


@pytest.mark.parametrize("missing", ["headline", "body"])
def test_submitting_a_text_without_headline_or_body_is_refused(ani, missing):
    edition = edition_of(make_article(draft=make_draft(**{missing: ""}), by=ani))

    with pytest.raises(reviewing.NotSubmittable):
        reviewing.submit(edition, by=ani, at=NOW)


def test_submitting_nothing_is_refused(ani):
    edition = edition_of(publish_article(make_article(by=ani)))

    with pytest.raises(NothingToSave):
        reviewing.submit(edition, by=ani, at=NOW)


def test_approving_makes_the_text_ready_to_publish(dewi, submitted):
    copy = reviewing.approve(submitted.edition, revision=submitted, by=dewi, at=NOW)

    assert (copy.state, copy.revision) == ("approved", submitted)
    review = submitted.reviews.get()
    assert (review.verdict, review.by) == ("approved", dewi)


def test_nobody_approves_a_text_they_wrote_on(ani, dewi, submitted):
    edition = submitted.edition
    reviewing.take_back(edition, by=dewi, at=NOW)
    change_article(edition.article, headline="Lain")
    copy = edition_of(edition.article).working_copy
    editing.save_working_copy(
        edition, make_draft(headline="Dewi ikut"), based_on=copy.version, by=dewi, at=NOW
    )
    revision = reviewing.submit(edition, by=ani, at=NOW)

    with pytest.raises(reviewing.OwnWork):
        reviewing.approve(edition, revision=revision, by=dewi, at=NOW)
    with pytest.raises(reviewing.OwnWork):
        reviewing.approve(edition, revision=revision, by=ani, at=NOW)


def test_approving_a_text_that_was_resubmitted_meanwhile_is_refused(ani, dewi, submitted):
    edition = submitted.edition
    reviewing.take_back(edition, by=ani, at=NOW)
    change_article(edition.article, headline="Lain")
    newest = reviewing.submit(edition, by=ani, at=NOW)

    with pytest.raises(reviewing.TextMoved) as refusal:
        reviewing.approve(edition, revision=submitted, by=dewi, at=NOW)

    assert refusal.value.newest == newest


def test_approving_twice_is_refused(dewi, submitted):
    reviewing.approve(submitted.edition, revision=submitted, by=dewi, at=NOW)

    with pytest.raises(reviewing.NothingInReview):
        reviewing.approve(submitted.edition, revision=submitted, by=dewi, at=NOW)


def test_sending_back_needs_a_note_and_opens_the_text(dewi, submitted):
    with pytest.raises(reviewing.NoteMissing):
        reviewing.send_back(submitted.edition, revision=submitted, note=" ", by=dewi, at=NOW)

    copy = reviewing.send_back(
        submitted.edition, revision=submitted, note="Tanggal salah.", by=dewi, at=NOW
    )

    assert copy.state == "changes_requested"
    assert copy.is_open_for_editing
    assert submitted.reviews.get().note == "Tanggal salah."


def test_taking_an_approved_text_back_voids_the_approval(ani):
    edition = approve_article(make_article(by=ani))

    copy = reviewing.take_back(edition, by=ani, at=NOW)

    assert (copy.state, copy.revision) == ("draft", None)


def test_approving_a_translation_of_a_superseded_source_is_refused(ani, dewi):
    article = publish_article(make_article(by=ani))
    english = edition_of(article, "en")
    copy = editing.open_working_copy(english, by=ani, at=NOW)
    editing.save_working_copy(english, make_draft(), based_on=copy.version, by=ani, at=NOW)
    revision = reviewing.submit(english, by=ani, at=NOW)
    change_article(article, headline="Diralat")
    approve_article(article)

    with pytest.raises(reviewing.SourceMoved):
        reviewing.approve(english, revision=revision, by=dewi, at=NOW)


def test_what_was_published_without_review_is_brought_to_mind_once_a_day(ani, dewi, eko):
    article = make_article(by=ani)
    publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    def reminders():
        return list(article.activities.filter(verb="reminded").values_list("at", flat=True))

    assert reviewing.remind(at=NOW + DAY - timedelta(seconds=1)) == 0
    assert [reviewing.remind(at=NOW + DAY) for _time in range(2)] == [1, 0]
    assert reviewing.remind(at=NOW + 2 * DAY) == 1
    assert sorted(reminders()) == [NOW + DAY, NOW + 2 * DAY]

    live = edition_of(article).live_revision
    reviewing.second_look(edition_of(article), revision=live, by=eko, at=NOW + 2 * DAY)
    assert reviewing.remind(at=NOW + 4 * DAY) == 0


def test_nobody_is_reminded_of_what_is_withdrawn(ani, dewi):
    article = make_article(by=ani)
    publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)
    withdrawing.withdraw(edition_of(article), notices={"id": "Salah."}, by=dewi, at=NOW)

    assert reviewing.remind(at=NOW + DAY) == 0
