"""Who is told of what: each rule with those it names, and with those it must not."""

import dataclasses
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from articles import editing, publishing, reviewing, scheduling, takedowns, withdrawing
from articles.correcting import Told
from articles.forms import facts_of
from articles.models import Activity, Article, Publication
from articles.takedowns import Asked
from newsroom import telling
from newsroom.models import Notification, Telling, User
from newsroom.rules import RULES
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_person,
    publish_article,
    told_of,
)
from tests.translations.desk import approve as approve_translation
from tests.translations.desk import make_assignment, submit
from translations import assigning
from translations import reviewing as desk_reviewing

pytestmark = pytest.mark.django_db

Verb = Activity.Verb
SOON = NOW + timedelta(hours=1)
PAIRS = (("id", "en"),)


@pytest.fixture
def ani() -> User:
    """Ani edits."""
    return make_person("ani", "Editor")


@pytest.fixture
def budi() -> User:
    """Budi translates from Indonesian into English."""
    return make_person("budi", "Translator", pairs=PAIRS)


@pytest.fixture
def dewi() -> User:
    """Dewi reviews from Indonesian into English."""
    return make_person("dewi", "Reviewer", pairs=PAIRS)


@pytest.fixture
def putri() -> User:
    """Putri publishes."""
    return make_person("putri", "Publisher")


@pytest.fixture
def wira() -> User:
    """Wira writes."""
    return make_person("wira", "Writer")


@pytest.fixture(autouse=True)
def others(db) -> None:
    """Put people there who could be told of everything and must not be."""
    make_person("eko")
    make_person("fajar", "Translator", "Reviewer", pairs=(("en", "id"),))
    make_person("gita", "Writer")
    make_person("hadi", "Administrator")
    gone = make_person("indra", "Publisher")
    gone.is_active = False
    gone.save(update_fields=["is_active"])


def told(verb: str) -> dict[str, str]:
    """Tell what is untold, and return who heard of a verb, and why."""
    telling.tell(at=SOON, by_mail=False)
    found = Notification.objects.filter(activity__verb=verb).select_related("person")
    return {row.person.username: row.why for row in found.order_by("person__username")}


def mandatory(verb: str) -> list[str]:
    found = Notification.objects.filter(activity__verb=verb, is_mandatory=True)
    return sorted(found.values_list("person__username", flat=True))


def nothing_is_untold() -> None:
    telling.tell(at=NOW, by_mail=False)
    Notification.objects.all().delete()


# The table


def test_every_verb_has_its_rule():
    assert list(RULES) == list(Verb)


def test_mandatory_lines_stand_before_others_and_no_audience_is_named_twice():
    for lines in RULES.values():
        assert list(lines) == sorted(lines, key=lambda line: not line.is_mandatory)
        assert len({line.why for line in lines}) == len(lines)


# Who


def test_the_desk_hears_of_a_new_story_and_its_writer_does_not(ani, putri, wira):
    make_article(by=wira)

    assert told(Verb.STARTED) == {"ani": "desk", "putri": "desk"}
    assert told(Verb.SAVED) == {}


def test_a_text_to_review_is_the_desk_s_and_a_translation_its_reviewers_too(
    ani, budi, dewi, putri, wira
):
    article = make_article(by=wira)
    reviewing.submit(edition_of(article), by=wira, at=NOW)
    assert told(Verb.SUBMITTED) == {"ani": "desk", "putri": "desk"}
    nothing_is_untold()

    submit(make_assignment(budi), by=budi)

    found = Notification.objects.filter(activity__language="en", activity__verb=Verb.SUBMITTED)
    telling.tell(at=SOON, by_mail=False)
    assert {row.person.username: row.why for row in found.select_related("person")} == {
        "ani": "desk",
        "dewi": "reviewer",
        "putri": "desk",
    }


def test_a_writer_hears_that_a_text_was_sent_back(ani, wira):
    article = make_article(by=wira)
    revision = reviewing.submit(edition_of(article), by=wira, at=NOW)
    reviewing.send_back(edition_of(article), revision=revision, note="Lagi.", by=ani, at=NOW)

    assert told(Verb.SENT_BACK) == {"wira": "text"}


def test_a_translator_hears_that_a_translation_was_sent_back_or_delivered(ani, budi, dewi, putri):
    assignment = submit(make_assignment(budi), by=budi)
    desk_reviewing.send_back(assignment, note="Lagi.", by=dewi, at=NOW)
    assert told(Verb.SENT_BACK) == {"budi": "text"}

    approve_translation(submit(assignment, by=budi), by=dewi)

    assert told(Verb.DELIVERED) == {"ani": "desk", "budi": "text", "putri": "desk"}


def test_an_approval_is_told_to_writer_and_desk_and_its_loss_to_whoever_gave_it(ani, putri, wira):
    article = make_article(by=wira)
    revision = reviewing.submit(edition_of(article), by=wira, at=NOW)
    reviewing.approve(edition_of(article), revision=revision, by=ani, at=NOW)
    assert told(Verb.APPROVED) == {"putri": "desk", "wira": "text"}

    reviewing.take_back(edition_of(article), by=putri, at=NOW)

    assert told(Verb.TOOK_BACK) == {"ani": "approver", "wira": "text"}


def test_a_publish_is_told_to_the_story_s_people_and_to_who_may_translate_it(
    ani, budi, putri, wira
):
    article = make_article(by=wira)
    approve_article(article)
    publishing.publish(edition_of(article), by=putri, at=NOW)

    assert told(Verb.PUBLISHED) == {"budi": "translator", "wira": "story"}
    assert mandatory(Verb.PUBLISHED) == []


def test_only_the_first_publish_calls_for_translators(budi, wira):
    article = publish_article(make_article(by=wira))
    nothing_is_untold()
    change_article(article, headline="Baru")
    publish_article(article)

    assert told(Verb.PUBLISHED) == {"wira": "story"}


def test_a_change_is_told_to_who_translates_the_text(budi, dewi, wira):
    assignment = make_assignment(budi)
    approve_translation(submit(assignment, by=budi), by=dewi)
    article = Article.objects.get()
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    publishing.publish(edition_of(article, "en"), by=make_person(), at=NOW)
    nothing_is_untold()
    change_article(article, headline="Baru")
    publish_article(article)

    assert told(Verb.PUBLISHED) == {"budi": "dependant", "dewi": "story"}
    assert mandatory(Verb.PUBLISHED) == []


def test_a_correction_of_what_somebody_translated_cannot_be_declined(budi, dewi, wira):
    assignment = make_assignment(budi)
    approve_translation(submit(assignment, by=budi), by=dewi)
    article = Article.objects.get()
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    nothing_is_untold()
    change_article(article, headline="Baru")
    approve_article(article)
    said = Told(Publication.Kind.CORRECTION, "Bukan 12, melainkan 21.")
    publishing.publish(edition_of(article), told=said, by=make_person(), at=SOON)

    assert told(Verb.PUBLISHED) == {"budi": "corrected", "dewi": "story"}
    assert mandatory(Verb.PUBLISHED) == ["budi"]


def test_all_of_the_desk_hear_of_a_publish_without_review(ani, putri, wira):
    qori = make_person("qori", "Publisher")
    article = make_article(by=wira)
    publishing.force_publish(edition_of(article), reason="Gempa.", by=putri, at=NOW)

    assert told(Verb.FORCED) == {"ani": "desk", "qori": "desk", "wira": "story"}
    assert mandatory(Verb.FORCED) == ["ani", "qori"]

    revision = edition_of(article).live_revision
    reviewing.second_look(edition_of(article), revision=revision, by=qori, at=NOW)

    assert told(Verb.LOOKED_AGAIN) == {"putri": "forcer", "wira": "text"}


def test_a_schedule_that_failed_reaches_who_set_it_and_all_publishers(ani, putri, wira):
    article = publish_article(make_article(by=wira))
    change_article(article, headline="Baru")
    edition = approve_article(article)
    scheduling.schedule(
        edition,
        goes_live_at=SOON,
        zone="Asia/Jakarta",
        told=told_of(edition),
        by=ani,
        at=NOW,
    )
    withdrawing.hold(article, reason="Cek dulu.", by=putri, at=NOW)
    assert told(Verb.HELD) == {"ani": "story", "wira": "story"}

    scheduling.tick(at=SOON)

    assert told(Verb.BLOCKED) == {"ani": "scheduler", "putri": "publisher"}
    assert mandatory(Verb.BLOCKED) == ["ani", "putri"]


def test_who_took_part_hears_that_a_story_is_off_the_schedule(ani, putri, wira):
    edition = approve_article(make_article(by=wira))
    scheduling.schedule(edition, goes_live_at=SOON, zone="Asia/Jakarta", by=ani, at=NOW)
    scheduling.unschedule(edition, reason="Lusa saja.", by=putri, at=NOW)

    assert told(Verb.SCHEDULED) == {"wira": "text"}
    assert told(Verb.UNSCHEDULED) == {"ani": "scheduler", "wira": "text"}


def test_a_translation_off_the_schedule_is_told_to_its_scheduler(ani, budi, dewi, putri):
    assignment = make_assignment(budi)
    approve_translation(submit(assignment, by=budi), by=dewi)
    article = Article.objects.get()
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    scheduling.schedule(
        edition_of(article, "en"), goes_live_at=SOON, zone="Asia/Jakarta", by=ani, at=NOW
    )
    change_article(article, headline="Baru")
    approve_article(article)

    assert told(Verb.VOIDED) == {"ani": "scheduler", "budi": "text", "dewi": "approver"}
    assert mandatory(Verb.VOIDED) == ["ani"]


def test_a_kill_is_told_once_to_everybody_who_worked_on_the_story(ani, budi, dewi, putri, wira):
    article = make_article(by=wira)
    approve_article(article)
    publishing.publish(edition_of(article), by=putri, at=NOW)
    assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    nothing_is_untold()
    withdrawing.kill(
        Article.objects.get(), notices={"id": "Dicabut."}, reason="Keliru.", by=putri, at=SOON
    )

    assert told(Verb.KILLED) == {"ani": "desk", "budi": "story", "wira": "story"}
    assert mandatory(Verb.KILLED) == ["ani", "budi", "wira"]
    assert told(Verb.WITHDREW) == {}

    withdrawing.reopen(Article.objects.get(), reason="Sudah jelas.", by=putri, at=SOON)
    assert told(Verb.REOPENED) == {"ani": "desk", "budi": "story", "wira": "story"}


def test_a_withdrawal_is_told_to_the_same(ani, putri, wira):
    article = publish_article(make_article(by=wira))
    withdrawing.withdraw(edition_of(article), notices={"id": "Salah."}, by=putri, at=NOW)

    assert told(Verb.WITHDREW) == {"ani": "desk", "wira": "story"}
    assert mandatory(Verb.WITHDREW) == ["ani", "wira"]


def test_a_spike_and_its_end_are_told_to_the_story_s_people(ani, wira):
    article = make_article(by=wira)
    withdrawing.spike(article, reason="Basi.", by=ani, at=NOW)
    withdrawing.unspike(article, by=ani, at=SOON)

    assert told(Verb.SPIKED) == {"wira": "story"}
    assert told(Verb.UNSPIKED) == {"wira": "story"}


def test_a_spike_is_told_once_also_to_who_had_scheduled_the_story(ani, putri, wira):
    edition = approve_article(make_article(by=wira))
    scheduling.schedule(edition, goes_live_at=SOON, zone="Asia/Jakarta", by=ani, at=NOW)
    withdrawing.spike(edition.article, reason="Basi.", by=putri, at=NOW)

    assert told(Verb.SPIKED) == {"ani": "story", "wira": "story"}
    assert told(Verb.VOIDED) == {}


def test_a_story_taken_offline_is_told_to_its_people_and_its_translators(budi, putri, wira):
    article = publish_article(make_article(by=wira))
    assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    publishing.take_offline(edition_of(article), reason="Cek.", by=putri, at=NOW)
    publishing.bring_back(edition_of(article), by=putri, at=SOON)

    assert told(Verb.TOOK_OFFLINE) == {"budi": "dependant", "wira": "story"}
    assert told(Verb.BROUGHT_BACK) == {"budi": "story", "wira": "story"}


def test_publishers_hear_of_a_takedown_request_and_that_nobody_answered_it(ani, putri, wira):
    article = publish_article(make_article(by=wira))
    nothing_is_untold()
    asked = Asked("PT Kabar", "rights_holder", "Hapus.", ["id"], NOW)
    request = takedowns.record_request(article, asked, hours=24, by=ani, at=NOW)

    assert told(Verb.ASKED_DOWN) == {"putri": "publisher"}
    takedowns.tell_overdue(at=NOW + timedelta(hours=25))
    assert told(Verb.DOWN_LATE) == {"putri": "publisher"}
    assert mandatory(Verb.ASKED_DOWN) == mandatory(Verb.DOWN_LATE) == ["putri"]
    takedowns.decline(request, reason="Tidak.", by=putri, at=NOW + timedelta(hours=26))
    assert told(Verb.ANSWERED_DOWN) == {"ani": "desk"}


@pytest.mark.parametrize(
    ("status", "verb"),
    [("corrected", Verb.ORIGIN_CORRECTED), ("withdrawn", Verb.ORIGIN_WITHDRAWN)],
)
def test_the_desk_hears_what_became_of_an_original_and_publishers_whatever_they_chose(
    status, verb, ani, putri, wira
):
    article = publish_article(make_article(by=wira))
    nothing_is_untold()
    facts = dataclasses.replace(facts_of(article), origin_status=status)
    editing.save_facts(article, facts, by=wira, at=NOW)

    assert told(verb) == {"ani": "desk", "putri": "publisher"}
    takedowns.tell_overdue(at=NOW + timedelta(hours=25))
    assert told(Verb.ORIGIN_LATE) == {"ani": "desk", "putri": "publisher"}
    assert mandatory(verb) == mandatory(Verb.ORIGIN_LATE) == ["putri"]
    facts = dataclasses.replace(facts, origin_status="current")
    editing.save_facts(article, facts, by=ani, at=SOON)
    assert told(Verb.ORIGIN_CURRENT) == {"putri": "publisher"}
    assert mandatory(Verb.ORIGIN_CURRENT) == ["putri"]


def test_a_translation_handed_back_calls_for_others_and_tells_who_had_it(ani, budi):
    citra = make_person("citra", "Translator", pairs=PAIRS)
    assignment = make_assignment(budi)
    assigning.hand_back(assignment, by=ani, at=NOW)

    assert told(Verb.HANDED_BACK) == {"budi": "had_it", "citra": "translator"}

    assigning.claim(assignment.edition, by=citra, at=SOON)
    found = Notification.objects.filter(activity__verb=Verb.CLAIMED, activity__actor=citra)
    telling.tell(at=SOON, by_mail=False)
    assert [row.person for row in found] == [budi]


# Secrets


def test_nobody_hears_of_a_story_they_may_not_know_about(ani, budi, dewi, putri, wira):
    article = make_article(by=wira)
    editing.set_embargo(article, until=SOON + timedelta(days=1), reason="R", by=ani, at=NOW)
    approve_article(article)
    submit(assigning.claim(edition_of(article, "en"), by=budi, at=NOW), by=budi)

    # Budi has it to translate; Dewi reviews into English and may not see it.
    assert told(Verb.SUBMITTED) == {"ani": "desk", "putri": "desk"}
    assert told(Verb.SET_EMBARGO) == {"budi": "holder", "wira": "holder"}


def test_who_lost_their_role_hears_no_more(ani, wira):
    article = make_article(by=wira)
    wira.groups.clear()
    publish_article(article)

    assert told(Verb.PUBLISHED) == {}


# Once


def test_what_was_told_is_not_told_again(ani, wira):
    make_article(by=wira)

    assert telling.tell(at=NOW, by_mail=False) == 1
    assert telling.tell(at=SOON, by_mail=False) == 0
    assert set(Telling.objects.values_list("activity", flat=True)) == set(
        Activity.objects.values_list("pk", flat=True)
    )


def test_one_message_a_person_and_activity_is_the_database_s_promise(ani, wira):
    make_article(by=wira)
    telling.tell(at=NOW, by_mail=False)
    message = Notification.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            activity=message.activity, person=ani, why="desk", is_mandatory=False
        )


def test_a_line_whose_key_appears_late_is_told(ani, wira):
    """Keys are given before transactions end: a lower one may come after higher ones."""
    article = make_article(by=wira)
    telling.tell(at=NOW, by_mail=False)
    late = Activity.objects.order_by("pk").first()
    Telling.objects.filter(activity=late).delete()
    Notification.objects.filter(activity=late).delete()

    assert telling.tell(at=SOON, by_mail=False) == 1
    assert Telling.objects.get(activity=late).at == SOON
    assert article.activities.filter(telling=None).count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_tell_once():
    make_person("ani", "Editor")
    wira = make_person("wira", "Writer")
    for _number in range(5):
        make_article(by=wira)
    begin, made = threading.Barrier(2), []

    def tell() -> None:
        begin.wait()
        made.append(telling.tell(at=SOON, by_mail=False))
        connections.close_all()

    threads = [threading.Thread(target=tell) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == Notification.objects.filter(activity__verb=Verb.STARTED).count() == 5


# What it costs


def test_nothing_to_tell_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert telling.tell(at=NOW, by_mail=False) == 0


@pytest.mark.parametrize("people", [1, 30])
def test_telling_one_activity_takes_as_many_queries_whoever_is_told(
    people, wira, django_assert_num_queries
):
    article = publish_article(make_article(by=wira))
    for number in range(people):
        make_person(f"editor-{number}", "Editor")
    nothing_is_untold()
    withdrawing.withdraw(edition_of(article), notices={"id": "Salah."}, by=wira, at=NOW)

    with django_assert_num_queries(18):
        assert telling.tell(at=SOON, by_mail=False) == people
