from datetime import UTC, datetime, timedelta

import pytest

from articles import correcting, editing, publishing, reviewing, scheduling
from articles.correcting import Kind, Told
from articles.models import Article
from articles.publishing import CannotPublish, NotLive, Obstacle
from articles.scheduling import MomentPassed, NotScheduled, Ticked
from articles.standing import Public, Work, standings
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
JAKARTA = "Asia/Jakarta"


def schedule(article, by, language="id", *, goes_live_at=SOON):
    edition = edition_of(article, language)
    return scheduling.schedule(
        edition,
        goes_live_at=goes_live_at,
        zone=JAKARTA,
        told=told_of(edition),
        by=by,
        at=NOW,
    )


def live(language="id", *, at):
    return list(Article.objects.live(at=at, language=language))


def standing(article, language="id", *, at=NOW):
    return standings(Article.objects.with_standing().get(pk=article.pk), at=at)[language]


def test_a_first_publication_begins_at_its_time_though_nothing_runs(ani):
    article = make_article(by=ani)
    approve_article(article)

    schedule(article, ani)

    assert live(at=SOON - timedelta(seconds=1)) == []
    assert live(at=SOON) == [article]
    assert standing(article).public is Public.SCHEDULED
    assert Article.objects.get(pk=article.pk).path("id").startswith("/id/2026/11/24/")
    line = article.activities.get(verb="scheduled")
    assert (line.actor, line.reason) == (ani, "2026-11-24 13:00 Asia/Jakarta")


def test_what_went_live_by_itself_is_recorded_once(ani):
    article = make_article(by=ani)
    approve_article(article)
    schedule(article, ani)

    assert scheduling.tick(at=NOW) == Ticked()
    late = SOON + timedelta(minutes=20)
    assert scheduling.tick(at=late) == Ticked(went_live=1)
    assert scheduling.tick(at=late) == Ticked()

    line = article.activities.get(verb="went_live")
    assert (line.actor, line.at) == (None, SOON)


def test_a_scheduled_change_waits_for_the_clock_and_readers_keep_the_old_text(ani):
    article = publish_article(make_article(draft=make_draft(headline="Lama"), by=ani))
    change_article(article, headline="Baru")
    approve_article(article)

    schedule(article, ani)

    assert standing(article).work is Work.SCHEDULED
    assert live(at=SOON)[0].headline_ind == "Lama"
    late = SOON + timedelta(minutes=5)
    assert scheduling.tick(at=late) == Ticked(went_live=1)
    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.headline_ind, fresh.updated_at_ind) == ("Baru", late)
    assert article.activities.get(verb="went_live").reason == "planned 2026-11-24 06:00 UTC"


def test_a_scheduled_change_says_its_kind_and_tells_readers_at_its_time(ani):
    article = publish_article(make_article(by=ani))
    change_article(article, headline="Baru")
    edition = approve_article(article)
    told = Told(Kind.CORRECTION, " Judul semula salah. ")
    when = {"goes_live_at": SOON, "zone": JAKARTA, "by": ani, "at": NOW}

    with pytest.raises(correcting.KindMissing):
        scheduling.schedule(edition, **when)
    with pytest.raises(correcting.NoTypingError):
        scheduling.schedule(edition, told=Told(Kind.TYPO), **when)
    scheduling.schedule(edition, told=told, **when)

    assert list(article.notices.all()) == []
    scheduling.tick(at=SOON)
    assert list(article.notices.values_list("kind", "text", "at")) == [
        ("correction", "Judul semula salah.", SOON)
    ]
    kinds = edition.publications.order_by("pk").values_list("kind", "at")
    assert list(kinds) == [("first", NOW), ("correction", SOON)]


def test_a_first_publication_is_written_down_when_it_has_begun_and_once(ani):
    article = make_article(by=ani)
    edition = approve_article(article)
    schedule(article, ani)
    assert not edition.publications.exists()

    # Before any clock has looked, somebody takes it off.
    late = SOON + timedelta(minutes=5)
    publishing.take_offline(edition, reason="Dicek", by=ani, at=late)
    assert scheduling.tick(at=late) == Ticked()

    assert list(edition.publications.values_list("kind", "at")) == [("first", SOON)]
    began = article.activities.filter(verb="went_live").values_list("at", flat=True)
    assert list(began) == [SOON]


def test_a_due_change_that_cannot_go_out_stays_approved_and_says_why(ani):
    article = publish_article(make_article(by=ani))
    change_article(article, headline="Baru")
    approve_article(article)
    schedule(article, ani)
    publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW)
    until = SOON + timedelta(hours=1)
    editing.set_embargo(article, until=until, reason="", by=ani, at=NOW)

    assert scheduling.tick(at=SOON) == Ticked(blocked=1)

    copy = edition_of(article).working_copy
    assert (copy.state, copy.goes_live_at) == ("approved", None)
    assert article.activities.get(verb="blocked").reason != ""


def test_scheduling_says_what_would_stand_in_the_way_then(ani):
    article = make_article(by=ani)
    editing.set_embargo(article, until=SOON, reason="", by=ani, at=NOW)
    approve_article(article)

    with pytest.raises(CannotPublish) as refusal:
        schedule(article, ani, goes_live_at=SOON - timedelta(minutes=1))

    assert refusal.value.obstacles == [Obstacle.UNDER_EMBARGO]
    schedule(article, ani, goes_live_at=SOON)
    assert live(at=SOON) == [article]


def test_scheduling_into_the_past_is_refused(ani):
    article = make_article(by=ani)
    approve_article(article)

    with pytest.raises(MomentPassed):
        schedule(article, ani, goes_live_at=NOW)


def test_an_unapproved_text_is_not_scheduled(ani):
    with pytest.raises(CannotPublish):
        schedule(make_article(by=ani), ani)


def test_a_scheduled_text_is_not_changed_before_it_is_taken_off(ani):
    article = make_article(by=ani)
    approve_article(article)
    schedule(article, ani)

    with pytest.raises(editing.IsScheduled):
        editing.open_working_copy(edition_of(article), by=ani, at=NOW)

    scheduling.unschedule(edition_of(article), reason="Belum siap", by=ani, at=NOW)

    copy = edition_of(article).working_copy
    assert (copy.state, copy.revision) == (
        "approved",
        article.editions.get(language="id").revisions.get(),
    )
    assert live(at=SOON) == []
    assert standing(article).public is Public.NEVER
    with pytest.raises(NotScheduled):
        scheduling.unschedule(edition_of(article), reason="", by=ani, at=NOW)
    publishing.publish(edition_of(article), by=ani, at=NOW)
    assert live(at=NOW) == [article]


def test_taking_an_approved_source_back_voids_the_schedule_of_its_translation(ani):
    article = make_article(by=ani)
    approve_article(article)
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>B</p>")
    approve_article(article, "en")
    schedule(article, ani, "en")
    assert live("en", at=SOON) == [article]

    reviewing.take_back(edition_of(article), by=ani, at=NOW)

    assert live("en", at=SOON) == []
    assert edition_of(article, "en").working_copy.state == "approved"
    assert article.activities.get(verb="voided").language == "en"


def test_an_end_takes_the_text_offline_by_itself(ani):
    article = publish_article(make_article(by=ani))
    edition = edition_of(article)

    scheduling.set_end(edition, until=SOON, by=ani, at=NOW)

    assert live(at=NOW) == [article]
    assert live(at=SOON) == []
    with pytest.raises(MomentPassed):
        scheduling.set_end(edition, until=NOW, by=ani, at=NOW)
    scheduling.set_end(edition, until=None, by=ani, at=NOW)
    assert live(at=SOON) == [article]


def test_what_no_reader_has_needs_no_end(ani):
    with pytest.raises(NotLive):
        scheduling.set_end(edition_of(make_article(by=ani)), until=SOON, by=ani, at=NOW)


def test_a_change_keeps_the_end(ani):
    article = publish_article(make_article(by=ani))
    scheduling.set_end(edition_of(article), until=SOON, by=ani, at=NOW)
    change_article(article, headline="Baru")

    publish_article(article)

    assert Article.objects.get(pk=article.pk).live_until_ind == SOON


def test_a_schedule_is_kept_in_utc(ani):
    article = make_article(by=ani)
    approve_article(article)
    schedule(article, ani)

    assert Article.objects.get(pk=article.pk).live_from_ind == datetime(2026, 11, 24, 6, tzinfo=UTC)
