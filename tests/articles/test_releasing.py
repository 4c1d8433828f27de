"""Which language goes out when: one by one, the source first, or all at one moment."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from articles import editing, publishing, releasing, reviewing, scheduling, withdrawing
from articles.correcting import Kind, NoTypingError, Told
from articles.models import Activity, Article, ReleaseGroup, WorkingCopy
from articles.publishing import CannotPublish, Obstacle
from articles.recording import lock
from articles.releasing import Missing, Mode, NotReady, Ticked, Who
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    told_of,
)

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(hours=3)
MINUTE = timedelta(minutes=1)
JAKARTA = "Asia/Jakarta"
BOTH = ["id", "en"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def translate(article, **changes):
    words = {"headline": "A ship", "standfirst": "S", "body": "<p>B</p>"}
    return change_article(article, "en", **{**words, **changes})


def make_pair(by, *, mode=None, follows=()):
    """Make a story approved in both languages, the English from the approved Indonesian."""
    article = make_article(draft=make_draft(headline="Kapal"), by=by)
    approve_article(article)
    translate(article)
    approve_article(article, "en")
    if mode is not None:
        releasing.set_mode(article, mode, follows=follows, by=by, at=NOW)
    return article


def change_both(article):
    """Give a story that is live in both languages approved changes in both."""
    change_article(article, headline="Kapal kopi")
    approve_article(article)
    change_article(article, "en", headline="A coffee ship")
    copy = edition_of(article, "en").working_copy
    copy.source_revision = edition_of(article).working_copy.revision
    copy.save(update_fields=["source_revision"])
    approve_article(article, "en")


def publish_both(article):
    publish = {"by": None, "at": NOW}
    publishing.publish(edition_of(article), **publish)
    publishing.publish(edition_of(article, "en"), **publish)


def schedule(article, by, *, release_at=SOON, at=NOW, told=None):
    return releasing.schedule(article, release_at=release_at, zone=JAKARTA, by=by, at=at, told=told)


def live(article, *, at):
    return [
        code
        for code in BOTH
        if Article.objects.live(at=at, language=code).filter(pk=article.pk).exists()
    ]


def moments(article):
    fresh = Article.objects.get(pk=article.pk)
    return fresh.live_from_ind, fresh.live_from_en


def lines(article, verb):
    found = article.activities.filter(verb=verb).order_by("pk")
    return [(line.language, line.reason) for line in found]


def release_of(article, *, at=NOW):
    return releasing.release_of(Article.objects.with_standing().get(pk=article.pk), at=at)


# The mode


def test_a_translation_waits_for_its_source_where_the_source_goes_first(ani):
    article = make_pair(ani, mode=Mode.SOURCE_FIRST)

    with pytest.raises(CannotPublish) as refusal:
        publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    assert refusal.value.obstacles == [Obstacle.BEFORE_SOURCE]
    publishing.publish(edition_of(article), by=ani, at=NOW)
    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)
    assert live(article, at=NOW) == BOTH


def test_a_translation_of_an_approved_source_need_not_wait_where_each_language_is_its_own(ani):
    article = make_pair(ani)

    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    assert live(article, at=NOW) == ["en"]


def test_a_reference_text_is_waited_for_by_nobody(ani):
    article = make_article(language="ru", by=ani)
    approve_article(article, "ru")
    releasing.set_mode(article, Mode.SOURCE_FIRST, by=ani, at=NOW)
    translate(article)
    approve_article(article, "en")

    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)

    assert live(article, at=NOW) == ["en"]


def test_a_translation_is_scheduled_after_its_source_and_not_before_it(ani):
    article = make_pair(ani, mode=Mode.SOURCE_FIRST)
    later = {"zone": JAKARTA, "by": ani, "at": NOW}
    scheduling.schedule(edition_of(article), goes_live_at=SOON, **later)

    with pytest.raises(CannotPublish) as refusal:
        scheduling.schedule(edition_of(article, "en"), goes_live_at=SOON - MINUTE, **later)

    assert refusal.value.obstacles == [Obstacle.BEFORE_SOURCE]
    scheduling.schedule(edition_of(article, "en"), goes_live_at=SOON, **later)
    assert live(article, at=SOON) == BOTH


def unschedule_source(article, ani):
    scheduling.unschedule(edition_of(article), reason="", by=ani, at=NOW)


def end_source(article, ani):
    scheduling.set_end(edition_of(article), until=SOON + MINUTE, by=ani, at=NOW)


@pytest.mark.parametrize("deed", [unschedule_source, end_source])
def test_a_source_that_will_not_be_there_takes_its_translation_off_the_schedule(ani, deed):
    article = make_pair(ani, mode=Mode.SOURCE_FIRST)
    later = {"zone": JAKARTA, "by": ani, "at": NOW}
    scheduling.schedule(edition_of(article), goes_live_at=SOON, **later)
    scheduling.schedule(edition_of(article, "en"), goes_live_at=SOON + 2 * MINUTE, **later)

    deed(article, ani)

    assert "en" not in live(article, at=SOON + 2 * MINUTE)
    assert edition_of(article, "en").working_copy.state == WorkingCopy.State.APPROVED


def test_a_source_taken_from_its_readers_takes_its_translation_off_the_schedule(ani):
    article = make_pair(ani, mode=Mode.SOURCE_FIRST)
    publishing.publish(edition_of(article), by=ani, at=NOW)
    scheduling.schedule(edition_of(article, "en"), goes_live_at=SOON, zone=JAKARTA, by=ani, at=NOW)

    publishing.take_offline(edition_of(article), reason="Dicek", by=ani, at=NOW)

    assert live(article, at=SOON) == []


def test_a_translation_is_not_brought_back_without_its_source(ani):
    article = make_pair(ani, mode=Mode.SOURCE_FIRST)
    publish_both(article)
    for code in BOTH:
        publishing.take_offline(edition_of(article, code), reason="Dicek", by=ani, at=NOW)

    with pytest.raises(CannotPublish) as refusal:
        publishing.bring_back(edition_of(article, "en"), by=ani, at=NOW)

    assert refusal.value.obstacles == [Obstacle.BEFORE_SOURCE]


def test_how_a_story_goes_out_is_settled_once_readers_have_had_it(ani):
    article = make_pair(ani)
    publishing.publish(edition_of(article), by=ani, at=NOW)

    with pytest.raises(releasing.ModeSettled):
        releasing.set_mode(article, Mode.SOURCE_FIRST, by=ani, at=NOW)


def test_another_choice_dissolves_the_release(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    releasing.set_mode(article, Mode.INDEPENDENT, by=ani, at=NOW)

    assert release_of(article) is None
    assert live(article, at=SOON) == []
    publishing.publish(edition_of(article), by=ani, at=NOW)
    assert live(article, at=NOW) == ["id"]


# Alone, while a release is open


@pytest.mark.parametrize("language", BOTH)
def test_no_language_of_an_open_release_goes_out_alone(ani, language):
    article = make_pair(ani, mode=Mode.TOGETHER)
    edition = edition_of(article, language)

    with pytest.raises(CannotPublish) as refusal:
        publishing.publish(edition, by=ani, at=NOW)
    assert refusal.value.obstacles == [Obstacle.GOES_TOGETHER]
    with pytest.raises(CannotPublish):
        scheduling.schedule(edition, goes_live_at=SOON, zone=JAKARTA, by=ani, at=NOW)
    assert live(article, at=SOON) == []


def test_force_does_not_pierce_a_release(ani, dewi):
    article = make_article(by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)

    with pytest.raises(CannotPublish) as refusal:
        publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    assert refusal.value.obstacles == [Obstacle.GOES_TOGETHER]


def test_after_it_is_dissolved_each_goes_its_own_way(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    with pytest.raises(publishing.ReasonMissing):
        releasing.dissolve(article, reason=" ", by=ani, at=NOW)
    releasing.dissolve(article, reason="Terlalu lama", by=ani, at=NOW)

    publishing.publish(edition_of(article), by=ani, at=NOW)
    assert live(article, at=NOW) == ["id"]
    assert lines(article, "ungrouped") == [("", "Terlalu lama")]
    with pytest.raises(releasing.NotTogether):
        releasing.dissolve(article, reason="Lagi", by=ani, at=NOW)


# Forming


def test_a_release_holds_two_languages_and_waits_for_its_source(ani):
    article = make_pair(ani)

    for leads, follows in ([["id"], []], [["en"], ["id"]], [[], BOTH], [BOTH, ["en"]]):
        with pytest.raises(releasing.NotARelease):
            releasing.form(article, leads=leads, follows=follows, by=ani, at=NOW)
    assert not ReleaseGroup.objects.exists()


def test_a_story_has_one_open_release(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    with pytest.raises(releasing.AlreadyTogether):
        releasing.form(article, leads=BOTH, by=ani, at=NOW)
    with pytest.raises(IntegrityError, match=r"one_open_release_per_story|article_id"):
        ReleaseGroup.objects.create(article=article, formed_at=NOW)


def test_what_waits_for_a_moment_of_its_own_is_taken_off_first(ani):
    article = make_pair(ani)
    scheduling.schedule(edition_of(article), goes_live_at=SOON, zone=JAKARTA, by=ani, at=NOW)

    with pytest.raises(editing.IsScheduled):
        releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)


def test_a_stopped_story_is_not_put_together(ani):
    article = make_pair(ani)
    withdrawing.spike(article, reason="Basi", by=ani, at=NOW)

    with pytest.raises(editing.StoryClosed):
        releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)


# Now


def test_a_release_puts_all_languages_out_at_one_moment(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    releasing.release_now(article, by=ani, at=NOW)

    assert live(article, at=NOW) == BOTH
    assert moments(article) == (NOW, NOW)
    assert release_of(article) is None
    assert [language for language, _ in lines(article, "published")] == BOTH


def test_an_incomplete_release_puts_nothing_out_and_says_what_is_missing(ani):
    article = make_article(by=ani)
    approve_article(article)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    translate(article)

    with pytest.raises(NotReady) as refusal:
        releasing.release_now(article, by=ani, at=NOW)

    assert refusal.value.missing == [Missing("en", Obstacle.NOT_APPROVED, Who.TRANSLATOR)]
    assert live(article, at=NOW) == []


def test_what_is_missing_names_the_fact_and_whose_turn_it_is(ani):
    article = make_article(by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)

    def missing():
        found = releasing.missing(release_of(article), at=NOW)
        return [(m.language, m.obstacle, m.who) for m in found]

    assert missing() == [
        ("id", Obstacle.NOT_APPROVED, Who.WRITER),
        ("en", Obstacle.NOTHING_TO_PUBLISH, Who.TRANSLATOR),
    ]
    reviewing.submit(edition_of(article), by=ani, at=NOW)
    translate(article, standfirst="")
    reviewing.submit(edition_of(article, "en"), by=ani, at=NOW)
    assert missing() == [
        ("id", Obstacle.NOT_APPROVED, Who.EDITOR),
        ("en", Obstacle.NO_STANDFIRST, Who.EDITOR),
        ("en", Obstacle.SOURCE_NOT_READY, Who.EDITOR),
        ("en", Obstacle.NOT_APPROVED, Who.REVIEWER),
    ]


def test_a_translation_of_an_older_source_text_holds_the_release_back(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    reviewing.take_back(edition_of(article), by=ani, at=NOW)
    change_article(article, headline="Kapal lain")
    approve_article(article)

    with pytest.raises(NotReady) as refusal:
        releasing.release_now(article, by=ani, at=NOW)

    assert refusal.value.missing == [Missing("en", Obstacle.BEHIND_SOURCE, Who.TRANSLATOR)]


def test_a_release_that_need_not_wait_leaves_a_late_translation_behind(ani):
    article = make_article(by=ani)
    approve_article(article)
    releasing.set_mode(article, Mode.TOGETHER, follows=["en"], by=ani, at=NOW)

    releasing.release_now(article, by=ani, at=NOW)

    assert live(article, at=NOW) == ["id"]
    assert lines(article, "blocked") == [("en", "English: Write the text first. (a translator)")]
    translate(article)
    approve_article(article, "en")
    publishing.publish(edition_of(article, "en"), by=ani, at=NOW)
    assert live(article, at=NOW) == BOTH


def test_a_release_that_need_not_wait_does_wait_for_its_source(ani):
    article = make_pair(ani, mode=Mode.TOGETHER, follows=["en"])
    reviewing.take_back(edition_of(article), by=ani, at=NOW)

    with pytest.raises(NotReady):
        releasing.release_now(article, by=ani, at=NOW)

    assert live(article, at=NOW) == []


def test_translations_of_a_reference_text_go_out_together(ani):
    article = make_article(language="ru", by=ani)
    approve_article(article, "ru")
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    for code in BOTH:
        change_article(article, code, headline="H", standfirst="S", body="<p>B</p>")
        approve_article(article, code)

    releasing.release_now(article, by=ani, at=NOW)

    assert moments(article) == (NOW, NOW)


# Joint corrections


def test_live_languages_are_corrected_at_one_moment(ani):
    article = make_pair(ani)
    publish_both(article)
    releasing.form(article, leads=BOTH, by=ani, at=NOW)
    change_both(article)
    later = NOW + MINUTE
    told = {
        "id": Told(Kind.CORRECTION, "Muatannya kopi."),
        "en": Told(Kind.CORRECTION, "The cargo was coffee."),
    }

    with pytest.raises(NotReady) as refusal:
        releasing.release_now(article, by=ani, at=later)
    assert {m.obstacle for m in refusal.value.missing} == {Obstacle.KIND_MISSING}
    releasing.release_now(article, told=told, by=ani, at=later)

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.headline_ind, fresh.headline_en) == ("Kapal kopi", "A coffee ship")
    assert (fresh.updated_at_ind, fresh.updated_at_en) == (later, later)
    assert [(n.language, n.text, n.at) for n in article.notices.order_by("pk")] == [
        ("id", "Muatannya kopi.", later),
        ("en", "The cargo was coffee.", later),
    ]


def test_a_joint_change_that_is_more_than_spelling_is_no_typing_error(ani):
    article = make_pair(ani)
    publish_both(article)
    releasing.form(article, leads=BOTH, by=ani, at=NOW)
    change_both(article)

    with pytest.raises(NoTypingError):
        releasing.release_now(article, told=dict.fromkeys(BOTH, Told(Kind.TYPO)), by=ani, at=NOW)

    assert Article.objects.get(pk=article.pk).headline_ind == "Kapal"


def test_a_planned_joint_change_is_swapped_in_by_the_clock_whole(ani):
    article = make_pair(ani)
    publish_both(article)
    releasing.form(article, leads=BOTH, by=ani, at=NOW)
    change_both(article)
    schedule(article, ani, told=dict.fromkeys(BOTH, Told(Kind.UPDATE, "Baru.")))

    assert scheduling.tick(at=SOON - timedelta(minutes=5)) == Ticked()
    assert Article.objects.get(pk=article.pk).headline_ind == "Kapal"
    late = SOON + 20 * MINUTE
    assert scheduling.tick(at=late) == Ticked(went_live=2)
    assert scheduling.tick(at=late) == Ticked()

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.headline_ind, fresh.headline_en) == ("Kapal kopi", "A coffee ship")
    assert lines(article, "went_live")[-2:] == [
        ("id", "planned 2026-11-24 06:00 UTC"),
        ("en", "planned 2026-11-24 06:00 UTC"),
    ]


# Planned


def test_a_complete_first_publication_begins_by_itself_in_all_languages_at_once(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    schedule(article, ani)

    assert moments(article) == (SOON, SOON)
    assert live(article, at=SOON - MINUTE) == []
    assert live(article, at=SOON) == BOTH


def test_a_clock_that_was_down_over_the_moment_finds_all_of_it_out_and_writes_it_down(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)
    late = SOON + timedelta(hours=2)
    assert live(article, at=late) == BOTH
    assert release_of(article, at=late) is None

    assert scheduling.tick(at=late) == Ticked(went_live=2)
    assert scheduling.tick(at=late) == Ticked()

    begun = article.activities.filter(verb="went_live").order_by("pk")
    assert [(line.language, line.at) for line in begun] == [("id", SOON), ("en", SOON)]
    assert ReleaseGroup.objects.get().ended_at == late


def test_what_has_begun_by_itself_may_be_changed_before_the_clock_has_looked(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)
    change_article(article, headline="Kapal kopi", at=SOON)
    edition = approve_article(article, at=SOON)

    publishing.publish(edition, by=ani, at=SOON, told=told_of(edition))

    assert Article.objects.get(pk=article.pk).headline_ind == "Kapal kopi"


def test_a_release_that_is_completed_after_it_was_planned_is_written_ahead_by_the_approval(ani):
    article = make_article(by=ani)
    approve_article(article)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    schedule(article, ani)
    assert moments(article) == (None, None)

    translate(article)
    approve_article(article, "en")

    assert moments(article) == (SOON, SOON)


def test_a_translation_that_may_follow_joins_a_source_that_is_written_ahead(ani):
    article = make_article(by=ani)
    approve_article(article)
    releasing.set_mode(article, Mode.TOGETHER, follows=["en"], by=ani, at=NOW)
    schedule(article, ani)
    assert moments(article) == (SOON, None)

    translate(article)
    approve_article(article, "en")

    assert moments(article) == (SOON, SOON)


def test_a_late_translation_that_may_follow_goes_out_alone_afterwards(ani):
    article = make_article(by=ani)
    approve_article(article)
    releasing.set_mode(article, Mode.TOGETHER, follows=["en"], by=ani, at=NOW)
    schedule(article, ani)
    translate(article)

    assert scheduling.tick(at=SOON) == Ticked(went_live=1)

    wanted = "English: Nobody but its author has approved this text. (a translator)"
    assert lines(article, "blocked") == [("en", wanted)]
    approve_article(article, "en", at=SOON)
    publishing.publish(edition_of(article, "en"), by=ani, at=SOON)
    assert live(article, at=SOON) == BOTH


def test_an_incomplete_release_stays_back_whole_at_its_moment_and_says_why(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)
    releasing.unschedule(article, reason="Ada data baru", by=ani, at=NOW)
    reviewing.take_back(edition_of(article), by=ani, at=NOW)
    change_article(article, headline="Kapal lain")
    schedule(article, ani)
    # Approved again, from another text than the translation was made from.
    approve_article(article)

    assert scheduling.tick(at=SOON) == Ticked(blocked=1)
    assert scheduling.tick(at=SOON) == Ticked()

    assert live(article, at=SOON) == []
    reason = (
        "English: The source text has changed. Bring the translation up to date. (a translator)"
    )
    assert lines(article, "blocked") == [("", reason)]
    release = release_of(article, at=SOON)
    assert (release.release_at, release.ended_at) == (None, None)


def test_what_comes_off_the_schedule_comes_off_in_all_languages(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    with pytest.raises(releasing.InRelease):
        scheduling.unschedule(edition_of(article), reason="", by=ani, at=NOW)
    releasing.unschedule(article, reason="Belum", by=ani, at=NOW)

    assert moments(article) == (None, None)
    states = {edition_of(article, code).working_copy.state for code in BOTH}
    assert states == {WorkingCopy.State.APPROVED}
    releasing.unschedule(article, reason="Lagi", by=ani, at=NOW)


def test_a_new_reference_text_takes_all_its_translations_off_the_schedule(ani):
    article = make_article(language="ru", by=ani)
    approve_article(article, "ru")
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    for code in BOTH:
        change_article(article, code, headline="H", standfirst="S", body="<p>B</p>")
        approve_article(article, code)
    schedule(article, ani)
    assert moments(article) == (SOON, SOON)

    reviewing.take_back(edition_of(article, "ru"), by=ani, at=NOW)

    assert moments(article) == (None, None)
    assert sorted(language for language, _ in lines(article, "voided")) == ["en", "id"]


def test_a_kill_takes_the_whole_release_off_and_forgets_its_moment(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    withdrawing.kill(article, notices={}, reason="Palsu", by=ani, at=NOW)

    assert moments(article) == (None, None)
    states = {edition_of(article, code).working_copy.state for code in BOTH}
    assert states == {WorkingCopy.State.DRAFT}
    assert ReleaseGroup.objects.get().release_at is None
    assert scheduling.tick(at=SOON) == Ticked()


def test_a_spike_takes_the_whole_release_off(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    withdrawing.spike(article, reason="Basi", by=ani, at=NOW)
    withdrawing.unspike(article, by=ani, at=NOW)

    assert scheduling.tick(at=SOON) == Ticked()
    assert live(article, at=SOON) == []
    releasing.release_now(article, by=ani, at=SOON)
    assert live(article, at=SOON) == BOTH


@pytest.mark.parametrize("clock_ran", [True, False])
def test_a_moment_that_passes_during_a_hold_is_missed_by_all(ani, dewi, clock_ran):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)
    withdrawing.hold(article, reason="Dicek", by=dewi, at=NOW)
    if clock_ran:
        assert scheduling.tick(at=SOON) == Ticked(blocked=1)

    withdrawing.release_hold(article, by=dewi, at=SOON + MINUTE)

    assert scheduling.tick(at=SOON + MINUTE) == Ticked()
    assert live(article, at=SOON + MINUTE) == []
    assert [reason for language, reason in lines(article, "blocked") if not language] == [
        " ".join(str(Missing(code, Obstacle.ON_HOLD, Who.PUBLISHER)) for code in BOTH)
    ]


def test_a_hold_that_ends_in_time_changes_nothing(ani, dewi):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)
    withdrawing.hold(article, reason="Dicek", by=dewi, at=NOW)

    withdrawing.release_hold(article, by=dewi, at=NOW + MINUTE)

    assert live(article, at=SOON) == BOTH


def test_a_release_is_planned_ahead_and_not_under_an_embargo(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    editing.set_embargo(article, until=SOON, reason="", by=ani, at=NOW)

    with pytest.raises(releasing.MomentPassed):
        schedule(article, ani, release_at=NOW)
    with pytest.raises(CannotPublish) as refusal:
        schedule(article, ani, release_at=SOON - MINUTE)
    assert refusal.value.obstacles == [Obstacle.UNDER_EMBARGO]
    schedule(article, ani)
    assert live(article, at=SOON) == BOTH


def test_planning_anew_moves_all_languages(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    schedule(article, ani, release_at=SOON + MINUTE)

    assert moments(article) == (SOON + MINUTE, SOON + MINUTE)


def test_a_changed_release_keeps_its_moment(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    releasing.change(article, leads=["id"], follows=["en"], by=ani, at=NOW)

    assert moments(article) == (SOON, SOON)
    assert [m.may_follow for m in release_of(article).members.all()] == [False, True]
    assert lines(article, "regrouped") == [("", "id (+ en)")]


# Looks before the moment


def test_people_are_told_an_hour_and_a_quarter_of_an_hour_before_what_is_missing(ani):
    article = make_article(by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    schedule(article, ani)
    lacks = (
        "Indonesian: Nobody but its author has approved this text. (the writer)"
        " English: Write the text first. (a translator)"
    )

    for minutes in (61, 60, 59, 16):
        scheduling.tick(at=SOON - minutes * MINUTE)
    assert lines(article, "not_ready") == [("", f"T-60. {lacks}")]
    for minutes in (11, 10):
        scheduling.tick(at=SOON - minutes * MINUTE)
    assert lines(article, "not_ready")[1:] == [("", f"T-15 (+4 min). {lacks}")]


def test_a_clock_that_slept_over_both_looks_tells_once(ani):
    article = make_article(by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    schedule(article, ani)

    scheduling.tick(at=SOON - 5 * MINUTE)

    assert [reason[:17] for _, reason in lines(article, "not_ready")] == ["T-15 (+10 min). I"]


def test_nobody_is_told_of_a_complete_release(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    scheduling.tick(at=SOON - 60 * MINUTE)

    assert lines(article, "not_ready") == []


def test_whatever_takes_one_language_off_takes_off_those_that_go_out_with_it(ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    schedule(article, ani)

    with transaction.atomic():
        edition = lock(edition_of(article, "en"))
        publishing.take_off_schedule(edition, Activity.Verb.VOIDED, by=ani, at=NOW)

    assert moments(article) == (None, None)
    assert [language for language, _ in lines(article, "voided")] == ["en", "id"]
