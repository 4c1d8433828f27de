from datetime import timedelta

import pytest

from articles import editing, publishing, reviewing, scheduling, withdrawing
from articles.models import Article, Notice
from articles.publishing import CannotPublish, NotLive, Obstacle, ReasonMissing
from articles.standing import Public, standings
from articles.withdrawing import NoticeMissing, NotInThatState, WasPublished
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    publish_article,
    told_of,
)

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(hours=3)


def in_two_languages(by) -> Article:
    article = publish_article(make_article(by=by))
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>B</p>")
    return publish_article(article, "en")


def publics(article):
    found = standings(Article.objects.with_standing().get(pk=article.pk), at=NOW)
    return {language: standing.public for language, standing in found.items()}


def schedule(article, by, language="id", *, goes_live_at=SOON):
    edition = edition_of(article, language)
    return scheduling.schedule(
        edition,
        goes_live_at=goes_live_at,
        zone="UTC",
        told=told_of(edition),
        by=by,
        at=NOW,
    )


def test_a_withdrawn_edition_says_why_and_does_not_come_back(ani, dewi):
    article = publish_article(make_article(by=ani))
    edition = edition_of(article)
    with pytest.raises(NoticeMissing):
        withdrawing.withdraw(edition, notices={}, by=dewi, at=NOW)

    withdrawing.withdraw(edition, notices={"id": "Narasumber palsu."}, by=dewi, at=NOW)

    assert publics(article)["id"] is Public.WITHDRAWN
    notice = Notice.objects.get()
    assert (notice.kind, notice.text) == ("withdrawal", "Narasumber palsu.")
    for refused in (
        lambda: publishing.bring_back(edition, by=ani, at=NOW),
        lambda: withdrawing.withdraw(edition, notices={"id": "Lagi."}, by=dewi, at=NOW),
        lambda: publishing.take_offline(edition, reason="Lagi", by=ani, at=NOW),
    ):
        with pytest.raises(NotLive):
            refused()


def test_withdrawing_takes_the_translation_along_if_asked(ani, dewi):
    article = in_two_languages(ani)

    withdrawing.withdraw(
        edition_of(article), notices={"id": "Salah.", "en": "Wrong."}, by=dewi, at=NOW
    )

    assert publics(article) == {"id": Public.WITHDRAWN, "en": Public.WITHDRAWN}
    assert set(Notice.objects.values_list("language", "text")) == {
        ("id", "Salah."),
        ("en", "Wrong."),
    }


def test_withdrawing_all_or_nothing(ani, dewi):
    article = publish_article(make_article(by=ani))

    with pytest.raises(NotLive):
        withdrawing.withdraw(
            edition_of(article), notices={"id": "Salah.", "en": "Wrong."}, by=dewi, at=NOW
        )

    assert publics(article)["id"] is Public.LIVE


def test_a_kill_withdraws_every_language_and_stops_all_work(ani, dewi):
    article = in_two_languages(ani)
    change_article(article, headline="Perubahan")
    approve_article(article)
    schedule(article, ani)

    withdrawing.kill(
        article, notices={"id": "Palsu.", "en": "False."}, reason="Palsu", by=dewi, at=NOW
    )

    assert publics(article) == {"id": Public.WITHDRAWN, "en": Public.WITHDRAWN}
    assert Article.objects.get(pk=article.pk).status == "killed"
    copy = edition_of(article).working_copy
    assert (copy.state, copy.goes_live_at) == ("draft", None)
    with pytest.raises(editing.StoryClosed) as refusal:
        editing.save_working_copy(
            edition_of(article),
            make_draft(headline="Masih menulis"),
            based_on=copy.version,
            by=ani,
            at=NOW,
        )
    assert refusal.value.kept.headline == "Masih menulis"
    with pytest.raises(editing.StoryClosed):
        reviewing.submit(edition_of(article), by=ani, at=NOW)


def test_a_kill_ends_the_review_of_what_it_withdraws_and_keeps_the_text(ani, dewi):
    article = in_two_languages(ani)
    change_article(article, headline="Perubahan")
    approve_article(article)
    schedule(article, ani)
    change_article(article, "en", headline="In review")
    revision = reviewing.submit(edition_of(article, "en"), by=ani, at=NOW)

    withdrawing.kill(
        article, notices={"id": "Palsu.", "en": "False."}, reason="Palsu", by=dewi, at=NOW
    )

    assert publics(article) == {"id": Public.WITHDRAWN, "en": Public.WITHDRAWN}
    with pytest.raises(editing.StoryClosed):
        reviewing.approve(edition_of(article, "en"), revision=revision, by=dewi, at=NOW)
    assert edition_of(article, "en").working_copy.headline == "In review"
    assert scheduling.tick(at=SOON) == scheduling.Ticked()
    assert publics(article) == {"id": Public.WITHDRAWN, "en": Public.WITHDRAWN}


def test_a_kill_needs_a_reason_and_a_notice_in_each_language_that_has_it(ani, dewi):
    article = in_two_languages(ani)

    with pytest.raises(ReasonMissing):
        withdrawing.kill(article, notices={"id": "P.", "en": "F."}, reason="", by=dewi, at=NOW)
    with pytest.raises(NoticeMissing) as refusal:
        withdrawing.kill(article, notices={"id": "P."}, reason="Palsu", by=dewi, at=NOW)

    assert refusal.value.languages == ["en"]
    assert publics(article) == {"id": Public.LIVE, "en": Public.LIVE}


def test_a_killed_story_is_reopened_as_a_draft_and_stays_withdrawn(ani, dewi):
    article = publish_article(make_article(by=ani))
    withdrawing.kill(article, notices={"id": "Palsu."}, reason="Palsu", by=dewi, at=NOW)

    withdrawing.reopen(article, reason="Terbukti benar", by=dewi, at=NOW)

    assert publics(article)["id"] is Public.WITHDRAWN
    change_article(article, headline="Benar")
    publish_article(article)
    assert publics(article)["id"] is Public.LIVE


def test_what_a_reader_has_had_is_not_spiked(ani):
    article = publish_article(make_article(by=ani))
    publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW)

    with pytest.raises(WasPublished):
        withdrawing.spike(article, reason="Basi", by=ani, at=NOW)


def test_a_spiked_story_waits_for_nobody_and_comes_back_as_it_was(ani):
    article = make_article(by=ani)
    approve_article(article)
    schedule(article, ani)

    withdrawing.spike(article, reason="Basi", by=ani, at=NOW)

    assert not Article.objects.live(at=SOON, language="id").exists()
    with pytest.raises(CannotPublish) as refusal:
        publishing.publish(edition_of(article), by=ani, at=NOW)
    assert refusal.value.obstacles == [Obstacle.NOT_ACTIVE]
    with pytest.raises(NotInThatState):
        withdrawing.spike(article, reason="Basi", by=ani, at=NOW)

    withdrawing.unspike(article, by=ani, at=NOW)

    assert edition_of(article).working_copy.state == "approved"
    publishing.publish(edition_of(article), by=ani, at=NOW)


def test_a_hold_keeps_back_what_is_to_come_and_leaves_readers_what_they_have(ani, dewi):
    live = publish_article(make_article(by=ani))
    coming = make_article(by=ani)
    approve_article(coming)
    schedule(coming, ani)
    for article in (live, coming):
        withdrawing.hold(article, reason="Dicek", by=ani, at=NOW)

    assert list(Article.objects.live(at=SOON, language="id")) == [live]
    change_article(live, headline="Perubahan")
    with pytest.raises(CannotPublish) as refusal:
        publishing.publish(approve_article(live), by=ani, at=NOW)
    assert refusal.value.obstacles == [Obstacle.ON_HOLD]


def test_releasing_a_hold_sends_nothing_out_by_itself(ani, dewi):
    late, early = make_article(by=ani), make_article(by=ani)
    for article, hours in ((early, 1), (late, 5)):
        approve_article(article)
        schedule(article, ani, goes_live_at=NOW + timedelta(hours=hours))
        withdrawing.hold(article, reason="Dicek", by=ani, at=NOW)

    for article in (early, late):
        withdrawing.release_hold(article, by=dewi, at=NOW + timedelta(hours=2))

    assert not Article.objects.live(at=NOW + timedelta(hours=2), language="id").exists()
    assert list(Article.objects.live(at=NOW + timedelta(hours=5), language="id")) == [late]
    assert edition_of(early).working_copy.state == "approved"
    assert early.activities.filter(verb="blocked").count() == 1


def test_holding_twice_or_releasing_nothing_is_refused(ani):
    article = make_article(by=ani)
    with pytest.raises(NotInThatState):
        withdrawing.release_hold(article, by=ani, at=NOW)
    withdrawing.hold(article, reason="Dicek", by=ani, at=NOW)
    with pytest.raises(NotInThatState):
        withdrawing.hold(article, reason="Dicek", by=ani, at=NOW)


def test_a_source_is_not_brought_back_under_a_newer_translation(ani):
    article = publish_article(make_article(by=ani))
    publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW)
    change_article(article, body="<p>Teks baru.</p>")
    approve_article(article)
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>New.</p>")
    publish_article(article, "en")

    with pytest.raises(CannotPublish) as refusal:
        publishing.bring_back(edition_of(article), by=ani, at=NOW)

    assert refusal.value.obstacles == [Obstacle.OVERTAKEN]


@pytest.mark.parametrize("reason", sorted(withdrawing.PREPARED))
def test_each_reason_has_words_in_each_language(reason):
    prepared = {withdrawing.prepared_notice(reason, code) for code in ("id", "en")}

    assert "" not in prepared
