"""A newsroom of one: whoever wrote a text may approve it, and it is flagged until another has."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles import actions, editing, publishing, reviewing, scheduling, waiting, withdrawing
from articles.models import Activity, Article
from articles.publishing import CannotPublish, Obstacle
from articles.reviewing import ForcedIt, NothingInReview, OwnWork
from tests.articles.test_actions import names
from tests.articles.test_admin_article_page import address, messages_of, signed_in
from tests.builders import NOW, edition_of, make_article, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(settings) -> None:
    settings.SOLO = True


def in_review(by) -> Article:
    article = make_article(by=by)
    reviewing.submit(edition_of(article), by=by, at=NOW)
    return article


def approve_own(article, *, by):
    edition = edition_of(article)
    return reviewing.approve_own(edition, revision=edition.working_copy.revision, by=by, at=NOW)


def verbs(article) -> list[tuple[str, str]]:
    done = Activity.objects.filter(article=article).order_by("pk")
    return [(activity.verb, activity.reason) for activity in done]


def test_elsewhere_nobody_approves_their_own_text(dewi):
    article = in_review(dewi)

    with pytest.raises(OwnWork):
        approve_own(article, by=dewi)

    assert "approve-own" not in names(article, dewi)
    assert edition_of(article).working_copy.state == "in_review"
    assert signed_in(dewi).post(address("act", article.pk, "id", "approve-own")).status_code == 403


@pytest.mark.usefixtures("alone", "english")
def test_one_person_writes_approves_and_publishes_and_it_is_flagged(dewi):
    article = in_review(dewi)
    assert names(article, dewi)[:1] == ["approve-own"]
    client = signed_in(dewi)

    response = client.post(address("act", article.pk, "id", "approve-own"), follow=True)

    assert messages_of(response) == [
        "The text is approved. Somebody else must still look at it.",
    ]
    assert "Nobody but its author has approved this text." in response.content.decode()
    assert response.content.decode().count('class="mark mark--forced"') == 1

    publishing.publish(edition_of(article), by=dewi, at=NOW)

    assert publishing.awaits_second_look(edition_of(article))
    assert verbs(article)[-2:] == [
        ("approved_own", ""),
        ("forced", str(Obstacle.NOT_APPROVED.label)),
    ]
    page = client.get(address("change", article.pk)).content.decode()
    assert "published without review" in page


@pytest.mark.usefixtures("alone", "english")
def test_the_list_marks_an_own_approval_before_and_after_it_is_out(dewi):
    article = in_review(dewi)
    client, columns = signed_in(dewi), address("changelist")
    assert "needs a second look" not in client.get(columns).content.decode()

    approve_own(article, by=dewi)
    assert client.get(columns).content.decode().count("needs a second look") == 1

    publishing.publish(edition_of(article), by=dewi, at=NOW)
    assert client.get(columns).content.decode().count("needs a second look") == 1
    assert list(waiting.needing_second_look()) == [edition_of(article)]


@pytest.mark.usefixtures("alone")
def test_somebody_else_lifts_the_flag_and_its_author_does_not(ani, dewi):
    article = in_review(dewi)
    approve_own(article, by=dewi)
    edition = publishing.publish(edition_of(article), by=dewi, at=NOW)
    live = edition.live_revision
    assert "second-look" not in names(article, dewi)

    with pytest.raises(OwnWork):
        reviewing.second_look(edition, revision=live, by=dewi, at=NOW)
    reviewing.second_look(edition, revision=live, by=ani, at=NOW)

    assert not publishing.awaits_second_look(edition_of(article))
    assert list(waiting.needing_second_look()) == []
    with pytest.raises(NothingInReview):
        reviewing.second_look(edition, revision=live, by=make_person(), at=NOW)


@pytest.mark.usefixtures("alone")
def test_a_text_that_goes_out_by_the_clock_is_flagged_as_well(dewi):
    article = in_review(dewi)
    approve_own(article, by=dewi)
    soon = NOW.replace(hour=5)

    scheduling.schedule(edition_of(article), goes_live_at=soon, zone="UTC", by=dewi, at=NOW)
    scheduling.tick(at=soon)

    assert publishing.awaits_second_look(edition_of(article))


@pytest.mark.usefixtures("alone")
def test_what_another_person_approves_is_not_flagged(ani, dewi):
    article = in_review(dewi)

    approve_own(article, by=ani)
    publishing.publish(edition_of(article), by=dewi, at=NOW)

    assert not publishing.awaits_second_look(edition_of(article))
    assert [verb for verb, _reason in verbs(article)[-2:]] == ["approved", "published"]


def test_flags_outlive_the_setting(settings, dewi):
    settings.SOLO = True
    article = in_review(dewi)
    approve_own(article, by=dewi)
    publishing.publish(edition_of(article), by=dewi, at=NOW)

    settings.SOLO = False

    assert publishing.awaits_second_look(edition_of(article))


@pytest.mark.usefixtures("alone")
def test_roles_still_count(wira, eko):
    article = in_review(wira)

    assert "approve-own" not in names(article, wira)
    assert "approve-own" not in names(article, eko)


def test_texts_of_ones_own_wait_for_review_only_where_one_may_approve_them(settings, dewi):
    article = in_review(dewi)

    assert list(waiting.for_review_by(dewi, at=NOW)) == []
    settings.SOLO = True
    assert list(waiting.for_review_by(dewi, at=NOW)) == [edition_of(article)]


# The second look


def test_whoever_forced_a_text_is_not_its_second_reader(ani, dewi, wira):
    article = make_article(by=wira)
    edition = publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    with pytest.raises(ForcedIt):
        reviewing.second_look(edition, revision=edition.live_revision, by=dewi, at=NOW)

    assert publishing.awaits_second_look(edition_of(article))
    assert "second-look" not in names(article, dewi)
    assert "second-look" in names(article, ani)


@pytest.mark.parametrize("obstacle", [o for o in Obstacle if o is not Obstacle.NOT_APPROVED])
def test_forcing_passes_over_the_missing_approval_and_nothing_else(obstacle, dewi):
    force = actions.find("force")
    now = type("Now", (), {"obstacles": [obstacle, Obstacle.NOT_APPROVED]})()

    assert force.stopped_by(now) == [obstacle]


@pytest.mark.parametrize(
    ("stop", "obstacle"),
    [
        (
            lambda article, by: editing.set_embargo(
                article, until=NOW + timedelta(hours=1), reason="", by=by, at=NOW
            ),
            Obstacle.UNDER_EMBARGO,
        ),
        (
            lambda article, by: withdrawing.hold(article, reason="Dicek", by=by, at=NOW),
            Obstacle.ON_HOLD,
        ),
        (
            lambda article, by: withdrawing.spike(article, reason="Basi", by=by, at=NOW),
            Obstacle.NOT_ACTIVE,
        ),
        (
            lambda article, by: withdrawing.kill(
                article, notices={}, reason="Palsu", by=by, at=NOW
            ),
            Obstacle.NOT_ACTIVE,
        ),
    ],
    ids=["embargo", "hold", "spiked", "killed"],
)
def test_forcing_puts_nothing_out_that_was_stopped(stop, obstacle, dewi, wira):
    article = make_article(by=wira)
    stop(article, dewi)

    with pytest.raises(CannotPublish) as refusal:
        publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    assert refusal.value.obstacles == [obstacle]
    assert not Article.objects.live(at=NOW, language="id").exists()


def test_what_was_withdrawn_awaits_no_second_look(dewi, wira):
    article = make_article(by=wira)
    publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)
    withdrawing.withdraw(edition_of(article), notices={"id": "Palsu."}, by=dewi, at=NOW)

    assert not publishing.awaits_second_look(edition_of(article))
    assert list(waiting.for_second_look()) == []


@pytest.mark.usefixtures("english")
def test_editors_and_publishers_find_what_was_forced_on_their_start_page_until_looked_at(
    ani, dewi, wira
):
    article = make_article(by=wira)
    publishing.force_publish(edition_of(article), reason="Gempa", by=dewi, at=NOW)

    def waits(person) -> list[str]:
        lists = signed_in(person).get(reverse("start")).context["lists"]
        rows = [found.rows for found in lists if str(found.title) == "Needs a second look"]
        return [row.headline for row in rows[0]] if rows else None

    headline = edition_of(article).live_revision.headline
    assert (waits(ani), waits(dewi), waits(wira)) == ([headline], [headline], None)

    live = edition_of(article).live_revision
    reviewing.second_look(edition_of(article), revision=live, by=ani, at=NOW)
    assert (waits(ani), waits(dewi)) == ([], [])
