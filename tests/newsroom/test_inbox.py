"""A person's messages: what the page says, what opening one does, and who else may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing, publishing, reviewing, withdrawing
from articles.models import Article
from newsroom import telling
from newsroom.models import Notification, User
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
from tests.translations.desk import approve as approve_translation
from tests.translations.desk import make_assignment, submit
from translations import assigning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MESSAGES = reverse("messages")
READ_ALL = reverse("read_all_messages")
MAIL = reverse("mail_choices")
QUEUE = reverse("translations:queue")
PAIRS = (("id", "en"),)


@pytest.fixture
def ani() -> User:
    """Ani edits."""
    return make_person("ani", "Editor")


@pytest.fixture
def wira() -> User:
    """Wira writes."""
    return make_person("wira", "Writer")


@pytest.fixture
def budi() -> User:
    """Budi translates from Indonesian into English."""
    return make_person("budi", "Translator", pairs=PAIRS)


def signed_in(person: User, **options: object) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def tell() -> None:
    telling.tell(at=NOW, by_mail=False)


def started(by: User, headline: str = "Judul") -> Notification:
    """Let somebody start a story, of which the desk is told."""
    article = make_article(by=by, draft=make_draft(headline=headline))
    tell()
    return Notification.objects.get(activity__article=article)


def latest_of(person: User, verb: str) -> Notification:
    tell()
    found = Notification.objects.filter(person=person, activity__verb=verb)
    return found.order_by("-pk")[0]


def opened(notification: Notification) -> str:
    """Open a message and return where that leads."""
    browser = signed_in(notification.person)
    return browser.post(reverse("open_message", args=[notification.pk])).url


# The page


def test_messages_are_listed_newest_first_with_what_to_do(ani, wira):
    started(wira, "Lama")
    article = make_article(by=wira, draft=make_draft(headline="Baru"))
    reviewing.submit(edition_of(article), by=wira, at=NOW)
    tell()

    response = signed_in(ani).get(MESSAGES)

    assert [
        (m.who, m.did, m.headline, m.edition, m.to_do, m.why) for m in response.context["shown"]
    ] == [
        (
            "wira",
            "submitted the text for review",
            "Baru",
            "Indonesian",
            "Read it and decide.",
            "You are on the desk.",
        ),
        ("wira", "started the story", "Baru", "Indonesian", "", "You are on the desk."),
        ("wira", "started the story", "Lama", "Indonesian", "", "You are on the desk."),
    ]
    assert response.content.decode().count("message--new") == 3


def test_messages_and_their_number_speak_the_person_s_language(wira):
    ani = make_person("ani", "Editor", language="id")
    started(wira)

    response = signed_in(ani).get(MESSAGES)

    assert response["Content-Language"] == "id"
    assert response.context["shown"][0].edition == "Indonesia"


def test_an_empty_page_says_what_will_stand_there(ani):
    page = signed_in(ani).get(MESSAGES).content.decode()

    assert "You have no messages." in page
    assert "Mark all as read" not in page


def test_a_long_list_has_pages(ani, wira):
    for _number in range(31):
        make_article(by=wira)
    tell()
    browser = signed_in(ani)

    first, second = browser.get(MESSAGES), browser.get(MESSAGES, {"page": 2})

    assert (len(first.context["shown"]), len(second.context["shown"])) == (30, 1)
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' in second.content.decode()


def test_every_screen_says_how_many_messages_are_new(ani, wira):
    started(wira)
    read = started(wira)
    telling.mark_read(read, at=NOW)
    browser = signed_in(ani)

    for address in (reverse("start"), reverse("admin:index"), QUEUE, MESSAGES):
        page = browser.get(address).content.decode()
        assert '<strong class="inbox__new">1<span' in page
    assert "inbox__new" not in signed_in(wira).get(reverse("start")).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_database_as_often_whatever_its_length(
    rows, ani, wira, django_assert_num_queries
):
    for _number in range(rows):
        make_article(by=wira)
    tell()
    browser = signed_in(ani)

    with django_assert_num_queries(9):
        assert len(browser.get(MESSAGES).context["shown"]) == rows


# Opening


def test_opening_a_message_leaves_a_receipt_and_leads_to_the_edition(ani, wira):
    message = started(wira)
    story = reverse("admin:articles_article_change", args=[message.activity.article_id])

    assert opened(message) == f"{story}?lang=id"

    message.refresh_from_db()
    first = message.read_at
    assert first is not None
    opened(message)
    message.refresh_from_db()
    assert message.read_at == first


def test_a_translator_is_led_to_the_desk(ani, budi):
    assignment = submit(make_assignment(budi), by=budi)
    assert opened(latest_of(ani, "submitted")) == reverse(
        "translations:review", args=[assignment.pk]
    )
    assigning.hand_back(assignment, by=ani, at=NOW)
    citra = make_person("citra", "Translator", pairs=PAIRS)
    again = assigning.claim(edition_of(assignment.edition.article, "en"), by=citra, at=NOW)
    assigning.hand_back(again, by=citra, at=NOW)
    assert opened(latest_of(budi, "handed_back")) == f"{QUEUE}?list=waiting"


def test_who_translates_a_changed_text_is_led_to_their_work(budi):
    approve_translation(submit(make_assignment(budi), by=budi))
    article = Article.objects.get()
    publishing.publish(edition_of(article), by=make_person(), at=NOW)
    change_article(article, headline="Baru")
    publish_article(article)
    message = latest_of(budi, "published")
    assert opened(message) == f"{QUEUE}?list=out_of_date"

    assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)

    assert opened(message) == reverse("translations:editor", args=[assignment.pk])


def test_a_message_is_its_person_s_alone(ani, wira):
    message = started(wira)
    address = reverse("open_message", args=[message.pk])

    assert signed_in(make_person("putri", "Publisher")).post(address).status_code == 404
    assert signed_in(make_person("eko")).post(address).status_code == 404
    assert Client().post(address).templates[0].name == "newsroom/unsaved.html"
    assert signed_in(ani).get(address).status_code == 405
    assert signed_in(ani, enforce_csrf_checks=True).post(address).status_code == 403
    assert Notification.objects.get().read_at is None


def test_a_message_about_what_became_a_secret_is_not_shown(budi, ani, wira):
    article = publish_article(make_article(by=wira))
    message = latest_of(budi, "published")
    withdrawing.withdraw(edition_of(article), notices={"id": "Salah."}, by=ani, at=NOW)
    until = NOW + timedelta(days=365_00)
    editing.set_embargo(article, until=until, reason="R", by=ani, at=NOW)
    browser = signed_in(budi)

    assert browser.get(MESSAGES).context["shown"] == []
    assert "inbox__new" not in browser.get(MESSAGES).content.decode()
    assert browser.post(reverse("open_message", args=[message.pk])).status_code == 404


def test_who_translates_an_embargoed_story_reads_of_it_in_the_desk(budi, ani, wira):
    article = make_article(by=wira)
    approve_article(article)
    assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    until = NOW + timedelta(days=365_00)
    editing.set_embargo(article, until=until, reason="R", by=ani, at=NOW)

    message = latest_of(budi, "set_embargo")

    assert opened(message) == reverse("translations:editor", args=[assignment.pk])


# All read


def test_all_on_the_screen_are_marked_as_read_and_what_came_since_is_not(ani, wira):
    shown = started(wira)
    browser = signed_in(ani)
    assert browser.get(MESSAGES).context["up_to"] == shown.pk
    since = started(wira)
    others = make_person("putri", "Publisher")
    Notification.objects.create(
        activity=shown.activity, person=others, why="desk", is_mandatory=False
    )

    response = browser.post(READ_ALL, {"up_to": shown.pk}, follow=True)

    assert "1 message is marked as read." in response.content.decode()
    unread = Notification.objects.filter(read_at=None).order_by("pk")
    assert [(row.person, row.activity) for row in unread] == [
        (ani, since.activity),
        (others, shown.activity),
    ]


def test_a_translator_marks_all_that_may_be_seen_as_read(budi, ani, wira):
    publish_article(make_article(by=wira))
    shown = latest_of(budi, "published")
    secret = publish_article(make_article(by=wira))
    hidden = latest_of(budi, "published")
    publishing.take_offline(edition_of(secret), reason="Cek.", by=ani, at=NOW)
    until = NOW + timedelta(days=365_00)
    editing.set_embargo(secret, until=until, reason="R", by=ani, at=NOW)

    signed_in(budi).post(READ_ALL, {"up_to": hidden.pk})

    unread = Notification.objects.filter(person=budi, read_at=None)
    assert shown not in unread
    assert hidden in unread


def test_marking_all_is_a_post_by_somebody_who_says_up_to_where(ani, wira):
    started(wira)
    browser = signed_in(ani)

    assert browser.get(READ_ALL).status_code == 405
    assert browser.post(READ_ALL, {"up_to": "x"}).url == MESSAGES
    assert Client().post(READ_ALL, {"up_to": 9}).templates[0].name == "newsroom/unsaved.html"
    assert Notification.objects.get().read_at is None


def test_nobody_has_messages_and_neither_has_a_login_without_a_role(client):
    assert client.get(MESSAGES).url == f"{reverse('login')}?next={MESSAGES}"
    assert client.get(MAIL).url == f"{reverse('login')}?next={MAIL}"
    assert signed_in(make_person("eko")).get(MESSAGES).context["shown"] == []
    assert signed_in(make_person("ani", "Editor")).post(MESSAGES).status_code == 405


# By e-mail


def test_a_person_chooses_what_comes_by_e_mail(ani):
    browser = signed_in(ani)
    assert "No e-mail address of yours is known" in browser.get(MAIL).content.decode()
    User.objects.filter(pk=ani.pk).update(email="ani@news.example")
    assert "ani@news.example" in browser.get(MAIL).content.decode()

    response = browser.post(MAIL, {"mails_story": "on"}, follow=True)

    assert "Your choice of e-mails is saved." in response.content.decode()
    ani.refresh_from_db()
    assert (ani.mails_work, ani.mails_own, ani.mails_story) == (False, False, True)
    assert browser.delete(MAIL).status_code == 405


# Receipts


def test_a_story_s_activity_says_who_was_told_and_who_read_it(ani, wira):
    make_person("putri", "Publisher")
    article = make_article(by=wira)
    tell()
    opened(Notification.objects.get(person=ani))

    response = signed_in(ani).get(reverse("admin:articles_article_activity", args=[article.pk]))

    told = {line.verb: receipt for line, receipt in response.context["lines"]}
    assert told["saved"] is None
    assert (told["started"].told, told["started"].read) == (2, 1)
    assert [(one.name, one.read_at is None) for one in told["started"].people] == [
        ("ani", False),
        ("putri", True),
    ]
    page = response.content.decode()
    assert "told 2, read 1" in page
    assert "putri: not read yet" in page


@pytest.mark.parametrize("people", [1, 30])
def test_receipts_cost_one_query_whoever_was_told(people, wira, django_assert_num_queries):
    for number in range(people):
        make_person(f"editor-{number}", "Editor")
    article = make_article(by=wira)
    tell()
    browser = signed_in(User.objects.get(username="editor-0"))

    with django_assert_num_queries(10):
        response = browser.get(reverse("admin:articles_article_activity", args=[article.pk]))
    assert response.context["lines"][-1][1].told == people
