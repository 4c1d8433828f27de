"""The table of acts: who is offered what, where."""

from datetime import timedelta

import pytest

from articles import (
    actions,
    editing,
    publishing,
    releasing,
    reviewing,
    scheduling,
    waiting,
    withdrawing,
)
from articles.actions import Situation
from articles.models import Article, Edition
from articles.publishing import Obstacle
from articles.standing import Public, Work, edition_in, standings
from newsroom.models import User
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

OF_THE_STORY = {
    "hold",
    "release-hold",
    "spike",
    "unspike",
    "kill",
    "reopen",
    "record-takedown",
}
OF_ITS_LANGUAGES = {
    "release-mode",
    "put-together",
    "change-release",
    "publish-together",
    "schedule-together",
    "unschedule-together",
    "dissolve-release",
}


def situation(article: Article, person: User, language: str = "id") -> Situation:
    fresh = waiting.with_whole_editions(Article.objects.filter(pk=article.pk)).get()
    edition = edition_in(fresh, language)
    standing = standings(fresh, at=NOW)[language]
    found = publishing.obstacles(edition, at=NOW) if standing.copy else []
    return Situation(fresh, edition, standing, found, person, NOW)


def names(article: Article, person: User, language: str = "id") -> list[str]:
    offered = (offer.action.name for offer in actions.offers(situation(article, person, language)))
    return [name for name in offered if name not in OF_THE_STORY | OF_ITS_LANGUAGES]


def story_acts(article: Article, person: User) -> list[str]:
    offered = (offer.action.name for offer in actions.offers(situation(article, person)))
    return [name for name in offered if name in OF_THE_STORY]


def language_acts(article: Article, person: User) -> list[str]:
    offered = (offer.action.name for offer in actions.offers(situation(article, person)))
    return [name for name in offered if name in OF_ITS_LANGUAGES]


def reviewed(article: Article, writer: User) -> Edition:
    reviewing.submit(edition_of(article), by=writer, at=NOW)
    return edition_of(article)


def test_a_draft_may_be_submitted_or_discarded_by_its_writer_and_forced_by_a_publisher(
    ani, dewi, wira, eko
):
    article = make_article(by=wira)

    assert names(article, wira) == ["submit", "discard"]
    assert names(article, ani) == ["submit", "set-embargo", "discard"]
    assert names(article, dewi) == ["submit", "set-embargo", "force", "discard"]
    assert names(article, make_person("", "Writer")) == []
    assert names(article, make_person("", "Translator", "Reviewer", "Administrator")) == []
    assert names(article, eko) == []


def test_a_text_in_review_is_approved_by_somebody_else_and_taken_back_by_its_writer(
    ani, dewi, wira
):
    article = make_article(by=wira)
    reviewed(article, wira)

    assert names(article, wira) == ["take-back"]
    assert names(article, ani) == ["approve", "send-back", "take-back", "set-embargo"]
    assert names(article, dewi) == ["approve", "send-back", "take-back", "set-embargo", "force"]


def test_whoever_wrote_a_text_is_not_offered_to_approve_it(ani):
    article = make_article(by=ani)
    reviewed(article, ani)

    assert names(article, ani) == ["send-back", "take-back", "set-embargo"]


def test_what_was_forced_is_approved_afterwards_by_somebody_who_neither_wrote_nor_forced_it(
    ani, dewi, wira
):
    article = make_article(by=ani)
    publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    assert "second-look" not in names(article, ani)
    assert "second-look" not in names(article, wira)
    assert "second-look" not in names(article, dewi)
    citra = make_person("citra", "Editor")
    assert "second-look" in names(article, citra)

    live = edition_of(article).live_revision
    reviewing.second_look(edition_of(article), revision=live, by=citra, at=NOW)
    assert "second-look" not in names(article, citra)


def test_an_approved_text_is_published_by_the_desk(ani, wira):
    article = make_article(by=wira)
    approve_article(article)

    assert names(article, ani) == ["publish", "schedule", "take-back", "set-embargo"]
    assert names(article, wira) == ["take-back"]


def test_a_live_text_is_changed_taken_offline_or_withdrawn(ani, dewi, wira):
    article = publish_article(make_article(by=wira))

    assert names(article, wira) == ["change"]
    assert names(article, ani) == ["change", "set-end", "take-offline"]
    assert names(article, dewi) == [
        "change",
        "set-end",
        "restamp",
        "take-offline",
        "withdraw",
    ]


def test_approved_changes_of_a_live_text_go_out_with_a_notice(ani):
    article = publish_article(make_article())
    change_article(article, headline="Kapal baru tiba di Bitung")
    approve_article(article)

    assert names(article, ani) == [
        "publish-changes",
        "schedule-changes",
        "set-end",
        "take-back",
        "take-offline",
    ]


def test_a_text_that_was_taken_offline_is_brought_back_or_withdrawn(ani, dewi):
    article = publish_article(make_article())
    publishing.take_offline(edition_of(article), reason="Salah foto.", by=ani, at=NOW)

    assert names(article, ani) == ["change", "bring-back", "set-embargo", "ask-again"]
    assert names(article, dewi) == ["change", "bring-back", "set-embargo", "withdraw", "ask-again"]


def test_an_embargo_is_set_by_the_desk_and_lifted_by_publishers(ani, dewi):
    article = make_article()
    editing.set_embargo(article, until=NOW.replace(year=2027), reason="", by=ani, at=NOW)

    assert names(article, ani) == ["submit", "move-embargo", "discard"]
    assert names(article, dewi) == ["submit", "move-embargo", "lift-embargo", "force", "discard"]


def test_an_embargo_that_is_over_is_neither_moved_nor_lifted(ani, dewi):
    article = make_article()
    editing.set_embargo(article, until=NOW, reason="", by=ani, at=NOW - timedelta(hours=1))

    assert names(article, dewi) == ["submit", "set-embargo", "force", "discard"]


def test_a_text_in_the_translation_desk_is_not_touched_here(ani):
    article = publish_article(make_article())
    copy = editing.open_working_copy(edition_of(article, "en"), by=ani, at=NOW)
    copy.in_desk = True
    copy.save(update_fields=["in_desk"])

    assert names(article, ani, "en") == ["set-embargo"]


def test_a_text_nobody_has_started_is_begun_by_the_desk(ani, wira):
    article = publish_article(make_article(by=wira))

    assert names(article, ani, "en") == ["begin", "set-embargo"]
    assert names(article, wira, "en") == []


def test_an_offer_says_what_still_stops_it(dewi):
    article = make_article(draft=make_draft(headline="", standfirst=""))

    stopped = {
        offer.action.name: list(offer.stopped_by)
        for offer in actions.offers(situation(article, dewi))
        if offer.action.name not in OF_THE_STORY | OF_ITS_LANGUAGES
    }

    assert stopped == {
        "submit": [Obstacle.NO_HEADLINE],
        "set-embargo": [],
        "force": [Obstacle.NO_HEADLINE, Obstacle.NO_STANDFIRST],
        "discard": [],
    }


def test_a_scheduled_text_is_taken_off_before_anything_else(ani):
    article = make_article()
    scheduling.schedule(
        approve_article(article),
        goes_live_at=NOW + timedelta(hours=1),
        zone="Asia/Jakarta",
        by=ani,
        at=NOW,
    )

    assert names(article, ani) == ["unschedule", "set-end", "set-embargo"]


def test_a_story_nobody_has_read_is_spiked_and_one_that_was_read_is_killed(ani, dewi, wira):
    unread, read = make_article(by=wira), publish_article(make_article(by=wira))

    assert story_acts(unread, wira) == ["spike"]
    assert story_acts(unread, dewi) == ["hold", "spike"]
    assert story_acts(read, wira) == []
    assert story_acts(read, ani) == ["record-takedown", "hold"]
    assert story_acts(read, dewi) == ["record-takedown", "hold", "kill"]


def test_a_stopped_story_offers_nothing_but_the_way_back(ani, dewi, wira):
    spiked, killed, held = make_article(by=wira), publish_article(make_article()), make_article()
    withdrawing.spike(spiked, reason="Basi", by=wira, at=NOW)
    withdrawing.kill(killed, notices={"id": "Palsu."}, reason="Palsu", by=dewi, at=NOW)
    withdrawing.hold(held, reason="Dicek", by=ani, at=NOW)

    assert (names(spiked, ani), story_acts(spiked, ani)) == ([], ["unspike"])
    assert (names(spiked, wira), story_acts(spiked, wira)) == ([], [])
    assert (names(killed, ani), story_acts(killed, ani)) == (["ask-again"], ["record-takedown"])
    assert (names(killed, dewi), story_acts(killed, dewi)) == (
        ["ask-again"],
        ["record-takedown", "reopen"],
    )
    assert story_acts(held, ani) == ["spike"]
    assert story_acts(held, dewi) == ["release-hold", "spike"]


def test_every_act_has_a_name_of_its_own_that_finds_it():
    assert [actions.find(action.name) for action in actions.ACTIONS] == list(actions.ACTIONS)
    assert len({action.name for action in actions.ACTIONS}) == len(actions.ACTIONS)
    assert actions.find("delete") is None


def test_every_act_names_states_that_exist():
    for action in actions.ACTIONS:
        assert action.work <= frozenset(Work)
        assert action.public <= frozenset(Public)


def test_the_desk_chooses_how_languages_go_out_until_readers_have_the_story(ani, dewi, wira):
    article = make_article(by=wira)

    assert language_acts(article, wira) == []
    assert language_acts(article, ani) == language_acts(article, dewi) == ["release-mode"]

    publish_article(article)
    assert language_acts(article, ani) == ["put-together"]


def test_an_open_release_is_published_planned_changed_or_dissolved_by_the_desk(ani, wira):
    article = make_article(by=wira)
    releasing.set_mode(article, releasing.Mode.TOGETHER, by=ani, at=NOW)

    open_release = ["publish-together", "schedule-together", "change-release", "dissolve-release"]
    assert sorted(language_acts(article, ani)) == sorted([*open_release, "release-mode"])
    assert language_acts(article, wira) == []

    releasing.schedule(
        article, release_at=NOW + timedelta(hours=1), zone="Asia/Jakarta", by=ani, at=NOW
    )
    assert "unschedule-together" in language_acts(article, ani)


def test_what_goes_out_together_comes_off_the_schedule_together(ani):
    article = make_article(by=ani)
    approve_article(article)
    change_article(article, "en", headline="A ship", standfirst="S", body="<p>B</p>")
    approve_article(article, "en")
    releasing.set_mode(article, releasing.Mode.TOGETHER, by=ani, at=NOW)
    releasing.schedule(
        article, release_at=NOW + timedelta(hours=1), zone="Asia/Jakarta", by=ani, at=NOW
    )

    assert "unschedule" not in names(article, ani)
