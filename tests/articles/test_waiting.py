"""What waits for whom; the database's answers agree with what each story's page says."""

from datetime import timedelta

import pytest

from articles import (
    editing,
    languages,
    permissions,
    publishing,
    reviewing,
    scheduling,
    waiting,
    withdrawing,
)
from articles.models import Article, Edition, Source
from articles.standing import Public, Sync, Work, standings
from articles.waiting import State
from tests.articles.public_builders import put_under_embargo
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(ani, dewi) -> dict[str, Article]:
    """A story in every state there is."""
    made = {name: make_article() for name in ("draft", "in review", "returned", "forced")}
    made |= {name: make_article() for name in ("approved", "embargoed", "scheduled")}
    reviewing.submit(edition_of(made["in review"]), by=make_person(), at=NOW)
    revision = reviewing.submit(edition_of(made["returned"]), by=make_person(), at=NOW)
    reviewing.send_back(
        edition_of(made["returned"]), revision=revision, note="Pendekkan.", by=ani, at=NOW
    )
    publishing.force_publish(edition_of(made["forced"]), reason="Gempa.", by=dewi, at=NOW)
    approve_article(made["approved"])
    for name in ("live", "changed", "offline", "withdrawn", "behind", "current", "in desk"):
        made[name] = publish_article(make_article())
    publish_article(made["embargoed"])
    publishing.take_offline(edition_of(made["embargoed"]), reason="Belum.", by=ani, at=NOW)
    later = NOW + timedelta(days=1)
    editing.set_embargo(made["embargoed"], until=later, reason="", by=ani, at=NOW)
    change_article(made["changed"], headline="Kapal lain")
    publishing.take_offline(edition_of(made["offline"]), reason="Salah.", by=ani, at=NOW)
    withdrawing.withdraw(edition_of(made["withdrawn"]), notices={"id": "Salah."}, by=dewi, at=NOW)
    scheduling.schedule(
        approve_article(made["scheduled"]),
        goes_live_at=later,
        zone="Asia/Jakarta",
        by=ani,
        at=NOW,
    )
    made["out of rights"] = publish_article(make_article(), at=NOW - timedelta(days=2))
    Article.objects.filter(pk=made["out of rights"].pk).update(
        rights_until_ind=NOW - timedelta(days=1)
    )
    for name in ("behind", "current"):
        change_article(made[name], "en", headline="New ship", standfirst="S", body="<p>B</p>")
        publish_article(made[name], "en")
    change_article(made["behind"], headline="Kapal yang lain lagi")
    approve_article(made["behind"])
    copy = editing.open_working_copy(edition_of(made["in desk"], "en"), by=ani, at=NOW)
    copy.in_desk = True
    copy.save(update_fields=["in_desk"])
    return made


def said_of(article: Article, language: str) -> set[State]:
    """What the story's own page says, in the words of the filter."""
    found = standings(article, at=NOW)[language]
    states = {
        Public.SCHEDULED: {State.SCHEDULED},
        Public.LIVE: {State.LIVE},
        Public.OFFLINE: {State.OFFLINE},
        Public.RIGHTS_ENDED: {State.RIGHTS_ENDED},
        Public.WITHDRAWN: {State.WITHDRAWN},
    }.get(found.public, set())
    if found.copy is not None:
        states = states | {State.IN_DESK if found.copy.in_desk else State(found.copy.state)}
    elif found.public is Public.NEVER and found.work is Work.NONE:
        states = states | {State.NOT_STARTED}
    return states | ({State.BEHIND} if found.sync is Sync.BEHIND else set())


@pytest.mark.parametrize("language", languages.PUBLIC)
def test_the_list_finds_a_story_in_exactly_the_states_its_page_shows(stories, language):
    found = {
        state: set(
            Article.objects.filter(waiting.standing_in(state, language, at=NOW)).values_list(
                "pk", flat=True
            )
        )
        for state in State
    }

    fetched = waiting.with_editions(Article.objects.all())
    said = {article.pk: said_of(article, language) for article in fetched}
    assert found == {
        state: {key for key, states in said.items() if state in states} for state in State
    }


def test_a_list_of_stories_is_fetched_with_its_states_in_three_queries(
    stories, django_assert_num_queries
):
    with django_assert_num_queries(3):
        for article in waiting.with_editions(Article.objects.all()):
            standings(article, at=NOW)


def test_what_was_forced_awaits_a_second_look_until_somebody_else_approves_it(stories):
    forced = edition_of(stories["forced"])
    assert list(waiting.needing_second_look()) == [forced]

    change_article(stories["forced"], headline="Kapal yang diperiksa")
    publish_article(stories["forced"])

    assert list(waiting.needing_second_look()) == []


def test_a_writer_finds_own_drafts_the_returned_ones_first():
    wira = make_person("", "Writer")
    first, second, other = make_article(by=wira), make_article(by=wira), make_article()
    revision = reviewing.submit(edition_of(second), by=wira, at=NOW)
    reviewing.send_back(
        edition_of(second), revision=revision, note="Lagi.", by=make_person(), at=NOW
    )

    assert list(waiting.drafts_of(wira)) == [edition_of(second), edition_of(first)]
    assert edition_of(other) not in waiting.drafts_of(wira)


def test_a_reviewer_of_translations_is_not_asked_about_first_texts(ani):
    wira, dewi = make_person("", "Writer"), make_person("", "Reviewer")
    article = make_article(by=wira)
    reviewing.submit(edition_of(article), by=wira, at=NOW)

    assert list(waiting.for_review_by(ani, at=NOW)) == [edition_of(article)]
    assert list(waiting.for_review_by(dewi, at=NOW)) == []


def test_nobody_is_asked_to_review_what_they_wrote(ani):
    article = make_article(by=ani)
    reviewing.submit(edition_of(article), by=ani, at=NOW)

    assert list(waiting.for_review_by(ani, at=NOW)) == []


@pytest.mark.parametrize("hours", [1, 0, -1])
def test_a_story_is_kept_from_others_only_while_its_embargo_holds(ani, dewi, wira, eko, hours):
    article, open_to_all = make_article(by=wira), make_article()
    until = NOW + timedelta(hours=hours)
    editing.set_embargo(article, until=until, reason="", by=ani, at=NOW - timedelta(days=1))
    article.refresh_from_db()
    admin = make_person("", "Administrator")
    others = [make_person("", role) for role in ("Writer", "Translator", "Reviewer")]
    people = [ani, dewi, wira, admin, *others, eko]

    def may_see(story: Article) -> list[bool]:
        return [permissions.may_see_article(person, story, at=NOW) for person in people]

    holds = hours > 0
    assert may_see(article) == [True] * 4 + [not holds] * 3 + [False]
    assert may_see(open_to_all) == [True] * 7 + [False]
    for person in people:
        stories = Article.objects.filter(waiting.visible_to(person, at=NOW))
        assert set(stories) == {
            story
            for story in (article, open_to_all)
            if permissions.may_see_article(person, story, at=NOW)
        }


def test_a_reviewer_is_asked_about_a_translation_once_its_embargo_is_over(ani):
    dewi = make_person("", "Reviewer")
    article = publish_article(make_article())
    change_article(article, "en", headline="New ship", standfirst="S", body="<p>B</p>")
    edition = edition_of(article, "en")
    reviewing.submit(edition, by=ani, at=NOW)
    put_under_embargo(article, NOW + timedelta(hours=1))

    def asked(person, *, after: timedelta) -> list[Edition]:
        return list(waiting.for_review_by(person, at=NOW + after))

    assert asked(dewi, after=timedelta(minutes=59)) == []
    assert asked(make_person("", "Editor"), after=timedelta(minutes=59)) == [edition]
    assert asked(dewi, after=timedelta(hours=1)) == [edition]


def test_the_desk_is_told_which_rights_end_soon_the_next_first():
    days = {"kelak": 31, "sebulan": 29, "sepekan": 6, "besok": 1}
    made = {}
    for name, left in days.items():
        made[name] = publish_article(make_article())
        Article.objects.filter(pk=made[name].pk).update(rights_until_ind=NOW + timedelta(days=left))
    Source.objects.update(rights_email="hak@kabar.test")

    found = waiting.rights_ending(at=NOW)

    assert [(ending.article_id, ending.stage, ending.write_to) for ending in found] == [
        (made["besok"].pk, 1, "hak@kabar.test"),
        (made["sepekan"].pk, 7, "hak@kabar.test"),
        (made["sebulan"].pk, 30, "hak@kabar.test"),
    ]
