"""Languages that go out together, on the story's page: what it shows, asks and refuses."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from articles import publishing, releasing
from articles.models import Article
from articles.releasing import Mode
from tests.articles.test_releasing import change_both, make_pair
from tests.builders import NOW, change_article, make_article, make_draft

pytestmark = pytest.mark.django_db

BOTH = ["id", "en"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(ani) -> Client:
    client = Client()
    client.force_login(ani)
    return client


def page(client, article, language="id"):
    place = reverse("admin:articles_article_change", args=[article.pk])
    return client.get(f"{place}?lang={language}")


def act(client, article, action, language="id", **answers):
    sent = {f"{action}-{name}": value for name, value in answers.items()}
    place = reverse("admin:articles_article_act", args=[article.pk, language, action])
    return client.post(place, sent, follow=True)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def live(article, *, at=NOW):
    return [c for c in BOTH if Article.objects.get(pk=article.pk).is_live(c, at=at)]


def panel(response):
    """What the panel says of each language."""
    return {
        line.name: [str(lack.obstacle.label) for lack in line.lacks]
        for line in response.context["release"].lines
    }


def tomorrow():
    return timezone.now() + timedelta(days=1)  # noqa: TID251 - views read the clock


def test_a_story_whose_languages_go_their_own_way_says_nothing_of_it(desk):
    assert page(desk, make_article()).context["release"] is None


def test_a_source_that_goes_first_is_said(desk):
    article = make_article()

    response = act(desk, article, "release-mode", mode="source_first")

    assert said(response) == ["It is set how the languages go out."]
    assert "The source goes out first" in response.content.decode()


def test_languages_that_go_out_together_say_what_each_lacks(desk, ani):
    article = make_article(by=ani)

    response = act(desk, article, "release-mode", mode="together", whole="on")

    assert panel(response) == {
        "Indonesian": ["Nobody but its author has approved this text."],
        "English": ["Write the text first."],
    }
    text = response.content.decode()
    assert "No moment is set yet." in text
    assert text.index("The languages go out together") < text.index("Where it stands")


def test_an_incomplete_release_is_refused_in_words(desk, ani):
    article = make_article(by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)

    response = act(desk, article, "publish-together")

    assert said(response) == ["Nobody but its author has approved this text. Write the text first."]
    assert live(article) == []


def test_publishing_together_is_the_next_step_once_nothing_is_missing(desk, ani):
    def next_acts(article):
        return [offer.action.name for offer in page(desk, article).context["next_acts"]]

    incomplete = make_article(by=ani)
    releasing.set_mode(incomplete, Mode.TOGETHER, by=ani, at=NOW)

    assert next_acts(incomplete) == ["submit"]
    assert next_acts(make_pair(ani, mode=Mode.TOGETHER)) == ["publish", "publish-together"]


def test_one_language_alone_is_refused_with_the_way_out(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    response = act(desk, article, "publish")

    assert said(response) == [
        "This text goes out with the other languages: publish together, or dissolve that."
    ]


def test_all_languages_are_published_with_one_press(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    assert panel(page(desk, article)) == {"Indonesian": [], "English": []}

    response = act(desk, article, "publish-together", language="en")

    assert said(response) == ["The languages are live."]
    assert live(article, at=tomorrow()) == BOTH
    assert response.context["release"] is None


def test_a_release_is_planned_by_the_clock_of_another_zone(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    moment = f"{tomorrow():%Y-%m-%d}T09:00"

    response = act(desk, article, "schedule-together", moment=moment, zone="Europe/Moscow")

    assert said(response) == ["The languages are scheduled together."]
    assert "(09:00 Moscow)" in response.content.decode()
    fresh = Article.objects.get(pk=article.pk)
    assert fresh.live_from_ind == fresh.live_from_en
    assert f"{fresh.live_from_en:%H:%M}" == "06:00"
    response = act(desk, article, "unschedule-together", reason="Belum")
    assert said(response) == ["The release is off the schedule."]
    assert Article.objects.get(pk=article.pk).live_from_en is None


def test_a_time_that_comes_twice_is_not_guessed_at(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    response = act(
        desk, article, "schedule-together", moment="2027-10-31T01:30", zone="Europe/London"
    )

    assert "That time comes twice there" in response.content.decode()


def test_a_joint_correction_asks_what_the_readers_of_each_language_are_told(desk, ani):
    article = make_pair(ani)
    for code in BOTH:
        publishing.publish(article.editions.get(language=code), by=ani, at=NOW)
    act(desk, article, "put-together", whole="on")
    change_both(article)

    response = act(desk, article, "publish-together", kind="correction", text_id="Kopi.")
    assert "Write what readers are told about the change." in response.content.decode()
    response = act(
        desk,
        article,
        "publish-together",
        kind="correction",
        text_id="Muatannya kopi.",
        text_en="The cargo was coffee.",
    )

    assert said(response) == ["The languages are live."]
    notices = article.notices.order_by("language")
    assert [notice.text for notice in notices] == ["The cargo was coffee.", "Muatannya kopi."]
    assert len({notice.at for notice in notices}) == 1


def test_a_release_may_leave_a_late_translation_behind(desk, ani):
    article = make_article(by=ani)

    act(desk, article, "release-mode", mode="together")

    release = releasing.release_of(article, at=NOW)
    assert [m.may_follow for m in release.members.all()] == [False, True]
    assert "is not waited for" in page(desk, article).content.decode()
    act(desk, article, "change-release", whole="on")
    release = releasing.release_of(article, at=NOW)
    assert [m.may_follow for m in release.members.all()] == [False, False]


def test_dissolving_says_why(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)

    response = act(desk, article, "dissolve-release")
    assert "Write why. It stays in the story" in response.content.decode()
    response = act(desk, article, "dissolve-release", reason="Terlalu lama")

    assert said(response) == ["The joint release is dissolved."]
    assert article.activities.get(verb="ungrouped").reason == "Terlalu lama"


@pytest.mark.parametrize(("who", "answer"), [("wira", 403), ("eko", 302), (None, 403)])
def test_writers_strangers_and_nobody_do_not_release(wira, eko, who, answer):
    article = make_pair(wira, mode=Mode.TOGETHER)
    client = Client()
    if who is not None:
        client.force_login({"wira": wira, "eko": eko}[who])
    place = reverse("admin:articles_article_act", args=[article.pk, "id", "publish-together"])

    assert client.post(place).status_code == answer
    assert live(article) == []


def test_a_release_is_not_published_by_following_a_link(desk, ani):
    article = make_pair(ani, mode=Mode.TOGETHER)
    place = reverse("admin:articles_article_act", args=[article.pk, "id", "publish-together"])

    assert desk.get(place).status_code == 405


def test_the_page_of_a_release_asks_the_database_at_most_thirty_times(
    desk, ani, django_assert_max_num_queries
):
    article = make_article(by=ani)
    change_article(article, "en", headline="A ship", standfirst="S", body="<p>B</p>")
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)

    with django_assert_max_num_queries(30):
        assert page(desk, article).status_code == 200


def test_a_save_while_typing_says_anew_what_the_release_lacks(desk, ani):
    article = make_article(draft=make_draft(standfirst=""), by=ani)
    releasing.set_mode(article, Mode.TOGETHER, by=ani, at=NOW)
    assert "Write a standfirst." in panel(page(desk, article))["Indonesian"]
    copy = article.editions.get(language="id").working_copy
    sent = {name: getattr(copy, name) for name in ("headline", "body", "version")}

    place = reverse("admin:articles_article_autosave", args=[article.pk, "id"])
    answer = desk.post(place, {**sent, "standfirst": "Warga menyambut."}).json()

    assert "The languages go out together" in answer["parts"]["release"]
    assert "Write a standfirst." not in answer["parts"]["release"]
