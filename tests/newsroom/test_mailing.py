"""Mail of what people were told: once, in their language, and not lost to a server that is away."""

import logging
import threading
from datetime import timedelta

import pytest
from django.core import checks, mail
from django.db import connections

from articles import editing, publishing, withdrawing
from articles.models import Activity
from newsroom import mailing, telling
from newsroom.mailing import Sent, Site
from newsroom.models import Notification, User
from tests.builders import NOW, edition_of, make_article, make_draft, make_person, publish_article

pytestmark = pytest.mark.django_db

SITE = Site(name="Lintas", url="https://news.example")
Verb = Activity.Verb


def reachable(username: str, *roles: str, **options: object) -> User:
    person = make_person(username, *roles, **options)
    person.email = f"{username}@news.example"
    person.save(update_fields=["email"])
    return person


@pytest.fixture
def ani() -> User:
    """Ani edits, and reads e-mail."""
    return reachable("ani", "Editor")


@pytest.fixture
def putri() -> User:
    """Putri publishes."""
    return reachable("putri", "Publisher")


@pytest.fixture
def wira() -> User:
    """Wira writes."""
    return reachable("wira", "Writer")


def force(by: User, wira: User, headline: str = "Gempa di Palu") -> None:
    """Do what the desk must be told."""
    article = make_article(by=wira, draft=make_draft(headline=headline))
    telling.tell(at=NOW, by_mail=False)
    publishing.force_publish(edition_of(article), reason="Gempa.", by=by, at=NOW)
    telling.tell(at=NOW, by_mail=True)


def send(minutes: int = 0) -> Sent:
    return mailing.send_due(site=SITE, at=NOW + timedelta(minutes=minutes))


def addressed() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


# What is mailed, and to whom


def test_a_mail_says_what_happened_what_to_do_and_where(ani, putri, wira):
    force(putri, wira)
    told = Notification.objects.get(person=ani, is_mandatory=True)
    article = told.activity.article

    assert send() == Sent(sent=1)

    [message] = mail.outbox
    assert message.to == ["ani@news.example"]
    assert message.subject == "[Lintas] putri published without review: Gempa di Palu"
    assert message.body == (
        "putri published without review: Gempa di Palu (Indonesian)\n24 Nov 2026, 10:00\n\n"
        "Gempa.\n\n"
        "It needs a second look by somebody who did not write it.\n\n"
        f"https://news.example/admin/articles/article/{article.pk}/change/?lang=id\n\n"
        "You are on the desk. Messages like this one are always sent.\n"
    )
    assert message.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<message-{told.pk}@news.example>",
    }


def test_a_mail_is_in_its_person_s_language(putri, wira):
    reachable("ani", "Editor", language="id")
    reachable("qori", "Editor", language="en")
    force(putri, wira)

    send()

    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "You are on the desk." in bodies["qori@news.example"]
    assert "(Indonesian)" in bodies["qori@news.example"]
    assert "(Indonesia)" in bodies["ani@news.example"]


def test_who_declined_is_told_and_gets_no_mail_but_what_is_mandatory(ani, putri, wira):
    User.objects.filter(pk=ani.pk).update(mails_own=False, mails_work=False, mails_story=False)
    article = publish_article(make_article(by=wira))
    telling.tell(at=NOW, by_mail=True)
    send()
    assert Notification.objects.filter(person=ani, activity__verb=Verb.SUBMITTED).exists()
    assert "ani@news.example" not in addressed()

    withdrawing.withdraw(edition_of(article), notices={"id": "Salah."}, by=putri, at=NOW)
    telling.tell(at=NOW, by_mail=True)
    send()

    assert "ani@news.example" in addressed()


def test_who_did_not_decline_is_mailed_what_waits(ani, wira):
    publish_article(make_article(by=wira))
    telling.tell(at=NOW, by_mail=True)

    send()

    assert sorted(addressed()) == ["ani@news.example", "ani@news.example", "wira@news.example"]


def test_nobody_without_an_address_and_nobody_while_no_mail_is_sent(putri, wira):
    make_person("ani", "Editor")
    force(putri, wira)
    assert send() == Sent()

    reachable("qori", "Editor")
    publishing.force_publish(edition_of(make_article(by=wira)), reason="R", by=putri, at=NOW)
    telling.tell(at=NOW, by_mail=False)
    assert send() == Sent()


def test_a_secret_is_not_mailed_to_who_may_not_know_it_any_more(putri, wira):
    budi = reachable("budi", "Translator", pairs=(("id", "en"),))
    article = publish_article(make_article(by=wira))
    telling.tell(at=NOW, by_mail=True)
    assert Notification.objects.get(person=budi).mail_due_at == NOW
    publishing.take_offline(edition_of(article), reason="Cek.", by=putri, at=NOW)
    until = NOW + timedelta(days=2)
    editing.set_embargo(article, until=until, reason="R", by=putri, at=NOW)

    send()

    assert "budi@news.example" not in addressed()
    assert Notification.objects.get(person=budi, why="translator").mail_due_at is None


# Once, and not lost


def test_what_was_sent_is_not_sent_again(ani, putri, wira):
    force(putri, wira)

    assert send() == Sent(sent=1)
    assert send(minutes=600) == Sent()
    row = Notification.objects.get(person=ani, is_mandatory=True)
    assert (row.mailed_at, row.mail_due_at, row.mail_attempts) == (NOW, None, 1)


def test_a_server_that_is_away_puts_all_mail_off_and_loses_none(ani, putri, wira, settings):
    force(putri, wira)
    force(putri, wira)
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.newsroom.mail_servers.Away"

    assert send() == Sent(put_off=2)
    assert send(minutes=1) == Sent()
    assert send(minutes=2) == Sent(put_off=2)
    assert set(Notification.objects.filter(person=ani).values_list("mail_attempts")) == {(0,)}

    settings.EMAIL_BACKEND = good
    assert send(minutes=4) == Sent(sent=2)


def test_a_server_that_goes_away_in_between_keeps_the_rest(ani, putri, wira, settings):
    for _number in range(3):
        force(putri, wira)
    settings.EMAIL_BACKEND = "tests.newsroom.mail_servers.Fading"

    assert send() == Sent(sent=1, put_off=1)
    # The one that was on its way waits longer: it may have arrived.
    assert send(minutes=2) == Sent(sent=1)
    assert send(minutes=5) == Sent(sent=1)


def test_a_refused_mail_holds_up_no_other_and_is_tried_ever_more_rarely(
    ani, putri, wira, settings, caplog
):
    reachable("qori", "Editor")
    force(putri, wira)
    settings.EMAIL_BACKEND = "tests.newsroom.mail_servers.Choosy"

    with caplog.at_level(logging.WARNING):
        assert send() == Sent(sent=1, refused=1)

    assert addressed() == ["qori@news.example"]
    assert "ani@" not in caplog.text
    tries = [minute for minute in range(1, 3 * 24 * 60) if send(minutes=minute).refused]
    assert tries[:4] == [5, 15, 35, 75]
    assert len(tries) == mailing.ATTEMPTS - 1
    row = Notification.objects.get(person=ani, is_mandatory=True)
    assert (row.mailed_at, row.mail_due_at, row.mail_attempts) == (None, None, mailing.ATTEMPTS)


def test_a_process_that_died_while_sending_leaves_the_mail_to_be_tried_again(ani, putri, wira):
    force(putri, wira)
    row = Notification.objects.get(person=ani, is_mandatory=True)
    assert mailing._claim(row.pk, row.mail_due_at, at=NOW) is not None

    assert send(minutes=4) == Sent()
    assert send(minutes=5) == Sent(sent=1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_send_once():
    reachable("ani", "Editor")
    putri, wira = make_person("putri", "Publisher"), make_person("wira", "Writer")
    for _number in range(5):
        force(putri, wira)
    begin, outcomes = threading.Barrier(2), []

    def send_ours() -> None:
        begin.wait()
        outcomes.append(send())
        connections.close_all()

    threads = [threading.Thread(target=send_ours) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome.sent for outcome in outcomes) == len(mail.outbox) == 5


def test_a_headline_cannot_add_a_header(ani, putri, wira):
    force(putri, wira, headline="Satu\nBcc: musuh@evil.example")

    send()

    assert mail.outbox[0].subject.endswith("Satu Bcc: musuh@evil.example")
    assert mail.outbox[0].recipients() == ["ani@news.example"]


# What it costs, and what is checked


@pytest.mark.parametrize("waiting", [1, 30])
def test_nothing_due_costs_one_query(waiting, ani, putri, wira, django_assert_num_queries):
    for _number in range(waiting):
        force(putri, wira)
    Notification.objects.update(mail_due_at=NOW + timedelta(hours=1))

    with django_assert_num_queries(1):
        assert send() == Sent()


def test_one_look_sends_no_more_than_the_clock_can_wait_for(ani, putri, wira):
    for _number in range(mailing.AT_ONCE + 1):
        force(putri, wira)

    assert send() == Sent(sent=mailing.AT_ONCE)
    assert send() == Sent(sent=1)


@pytest.mark.parametrize(("sends", "found"), [(True, []), (False, ["newsroom.W001"])])
def test_a_deployment_without_mail_is_warned(sends, found, settings):
    settings.SENDS_MAIL = sends

    messages = checks.run_checks(include_deployment_checks=True)

    assert [message.id for message in messages if message.id.startswith("newsroom.W")] == found
