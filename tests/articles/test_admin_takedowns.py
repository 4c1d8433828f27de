"""Takedown requests and changed originals on a story's page."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import takedowns, withdrawing
from articles.models import Activity, Article, Attribution, Licence, Takedown, TakedownAnswer
from articles.takedowns import Asked
from newsroom.models import User
from tests.articles.public_builders import LONG_AGO, tell, translate
from tests.articles.test_admin_sources import terms
from tests.articles.test_rights import make_source
from tests.builders import edition_of, make_licence, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change_page(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def act(article: Article, action: str, language: str = "id") -> str:
    return reverse("admin:articles_article_act", args=[article.pk, language, action])


def press(person: User, article: Article, action: str, **answers: object):
    sent = {f"{action}-{name}": answer for name, answer in answers.items()}
    return signed_in(person).post(act(article, action), sent, follow=True)


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors_of(response, action: str) -> dict[str, list[str]]:
    offered = [*response.context["next_acts"], *response.context["other_acts"]]
    return next(offer.form.errors for offer in offered if offer.action.name == action)


@pytest.fixture
def story() -> Article:
    article = tell(at=LONG_AGO)
    return translate(article, at=LONG_AGO)


def request_for(article: Article, by: User, **changes: object) -> Takedown:
    facts = {
        "from_name": "Bu Sari",
        "contact": "sari@warga.example",
        "basis": "person",
        "words": "Nama saya <b>disebut</b>.",
        "languages": ["id", "en"],
        "received_at": LONG_AGO,
    }
    asked = Asked(**{**facts, **changes})
    return takedowns.record_request(article, asked, hours=24, by=by, at=LONG_AGO)


REQUEST = {"from_name": "PT Kabar", "basis": "rights_holder", "words": "Mohon diturunkan."}


def test_an_editor_records_a_request_by_the_newsrooms_clock(ani, story, settings):
    settings.TAKEDOWN_HOURS = 6

    response = press(
        ani,
        story,
        "record-takedown",
        **REQUEST,
        contact="hukum@kabar.example",
        received_at="2016-02-26T10:00",
        scope_id="on",
    )

    assert messages_of(response) == ["The request is recorded. Publishers are told."]
    kept = Takedown.objects.get()
    assert (kept.from_name, kept.contact, kept.basis, kept.words, kept.scope) == (
        "PT Kabar",
        "hukum@kabar.example",
        "rights_holder",
        "Mohon diturunkan.",
        ["id"],
    )
    assert kept.received_at == datetime.fromisoformat("2016-02-26T03:00+00:00")
    assert kept.due_at == datetime.fromisoformat("2016-02-26T09:00+00:00")


def test_a_request_without_a_moment_arrived_now(ani, story):
    before = timezone.now()  # noqa: TID251 - the page reads the clock

    press(ani, story, "record-takedown", **REQUEST, scope_en="on")

    kept = Takedown.objects.get()
    assert before <= kept.received_at == kept.at
    assert (kept.due_at - kept.received_at).total_seconds() == 24 * 3600


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (
            {},
            {
                "from_name": ["Write who asks."],
                "basis": ["This field is required."],
                "words": ["Write what is asked, or where it is filed."],
                "scope_id": ["Choose at least one language it is about."],
            },
        ),
        (
            REQUEST | {"scope_id": "on", "received_at": "2116-02-26T10:00"},
            {"received_at": ["That moment is still to come."]},
        ),
        (
            REQUEST
            | {
                "scope_id": "on",
                "received_at": "2016-02-26T10:00",
                "due_at": "2016-02-26T09:00",
            },
            {"due_at": ["That lies before the request arrived."]},
        ),
    ],
)
def test_what_a_request_lacks_is_said_beside_it(answers, errors, ani, story):
    response = press(ani, story, "record-takedown", **answers)

    assert errors_of(response, "record-takedown") == errors
    assert Takedown.objects.count() == 0


def test_the_form_proposes_the_languages_that_readers_have(ani):
    article = tell(at=LONG_AGO)

    response = signed_in(ani).get(change_page(article))

    offered = {offer.action.name: offer.form for offer in response.context["other_acts"]}
    form = offered["record-takedown"]
    assert [
        (form[f"scope_{code}"].label, form[f"scope_{code}"].initial) for code in ("id", "en")
    ] == [
        ("About the Indonesian text", True),
        ("About the English text (not with readers now)", False),
    ]


def test_a_publisher_withdraws_with_a_notice_in_each_language(ani, dewi, story):
    request = request_for(story, ani)

    response = press(
        dewi,
        story,
        "answer-withdraw",
        request=request.pk,
        reason="Nama orang biasa.",
        because="other",
        notice_id="Dicabut demi privasi.",
        notice_en="Withdrawn for privacy.",
    )

    assert messages_of(response) == ["The text is withdrawn, and the request answered."]
    answer = TakedownAnswer.objects.get()
    assert (answer.outcome, answer.taken, answer.reason) == (
        "withdrawn",
        ["id", "en"],
        "Nama orang biasa.",
    )
    for language, notice in (("id", "Dicabut demi privasi."), ("en", "Withdrawn for privacy.")):
        gone = Client().get(story.path(language))
        assert (gone.status_code, notice in gone.content.decode()) == (410, True)
    page = response.content.decode()
    assert "Answered by dewi" in page
    assert "Nama orang biasa." in page


def test_each_of_several_requests_is_answered_by_name(ani, dewi, story):
    first = request_for(story, ani)
    second = request_for(story, ani, from_name="Pengadilan", languages=["en"])

    unsaid = press(dewi, story, "decline-takedown", reason="Tidak.")
    assert errors_of(unsaid, "decline-takedown") == {"request": ["Say which request you answer."]}
    press(dewi, story, "decline-takedown", request=second.pk, reason="Tidak.")
    # The same form, sent again from a page that was open before.
    again = press(dewi, story, "decline-takedown", request=second.pk, reason="Tidak.")

    assert errors_of(again, "decline-takedown") == {
        "request": ["Somebody has answered this request meanwhile. Look again."]
    }
    assert list(takedowns.open_requests()) == [first]


def test_what_is_down_already_is_closed_with_one_press(ani, dewi, story):
    request_for(story, ani, languages=["en"])
    withdrawing.withdraw(edition_of(story, "en"), notices={"en": "Wrong."}, by=dewi, at=LONG_AGO)

    page = signed_in(dewi).get(change_page(story))

    words = "Readers have nothing of it any more: it can be answered as already taken down."
    assert words in page.content.decode()
    offered = {offer.action.name for offer in page.context["other_acts"]}
    assert offered & {"answer-withdraw", "answer-offline", "close-takedown"} == {"close-takedown"}
    closed = press(dewi, story, "close-takedown")
    assert messages_of(closed) == ["The request is answered: what it asks for was done before."]
    assert TakedownAnswer.objects.get().outcome == "gone"


def test_a_killed_storys_request_is_closed_too(ani, dewi, story):
    request_for(story, ani)
    notices = {"id": "Palsu.", "en": "Fake."}
    withdrawing.kill(story, notices=notices, reason="Palsu.", by=dewi, at=LONG_AGO)

    press(dewi, story, "close-takedown")

    assert TakedownAnswer.objects.get().outcome == "gone"


def test_who_asks_is_shown_to_the_desk_alone_and_escaped(ani, story):
    request_for(story, ani)

    page = signed_in(ani).get(change_page(story)).content.decode()
    assert "sari@warga.example" in page
    assert "Nama saya &lt;b&gt;disebut&lt;/b&gt;." in page
    assert "overdue by" in page
    for person in (make_person("", "Writer"), make_person("", "Reviewer")):
        for address in (
            change_page(story),
            reverse("admin:articles_article_activity", args=[story.pk]),
        ):
            page = signed_in(person).get(address).content.decode()
            assert "sari@warga.example" not in page
            assert "Bu Sari" not in page
            assert "disebut" not in page
    for language in ("id", "en"):
        assert "Sari" not in Client().get(story.path(language)).content.decode()


@pytest.mark.parametrize("requests", [1, 3])
def test_requests_cost_one_query_however_many(requests, ani, story, django_assert_max_num_queries):
    for _ in range(requests):
        request_for(story, ani)
    Attribution.objects.update(origin_status="corrected", origin_at=LONG_AGO)

    client = signed_in(ani)

    with django_assert_max_num_queries(30):
        assert client.get(change_page(story)).status_code == 200


# Originals


def facts(article: Article, **changes: str) -> dict[str, object]:
    owed = article.attributions.get()
    sent = {
        "section": article.section_id,
        "source": owed.source_id,
        "relation": owed.relation,
        "licence": owed.licence_id or "",
    }
    return {**sent, **changes}


def test_what_became_of_the_original_is_recorded_with_where_it_says_so(ani, story):
    ref = "https://rg.ru/koreksi"
    sent = facts(story, origin_status="corrected", origin_ref=ref)

    signed_in(ani).post(change_page(story), sent)

    owed = story.attributions.get()
    assert (owed.origin_status, owed.origin_ref) == ("corrected", ref)
    assert owed.origin_at is not None
    page = signed_in(ani).get(change_page(story)).content.decode()
    assert "has corrected the original (recorded" in page
    assert f'<a href="{ref}" rel="nofollow">{ref}</a>' in page
    assert "1\xa0hour, 59\xa0minutes left" in page


def test_an_editor_finds_nothing_to_correct_and_the_task_is_gone(ani, story):
    Attribution.objects.update(origin_status="corrected", origin_at=LONG_AGO)

    response = press(ani, story, "nothing-to-correct", reason="Tak memuat angka itu.")

    assert messages_of(response) == ["It is written down that nothing is to be corrected here."]
    assert response.context["origin_task"] is None
    said = Activity.objects.get(verb="nothing_wrong")
    assert (said.language, said.reason, said.actor) == ("id", "Tak memuat angka itu.", ani)


def test_a_publisher_keeps_what_its_source_withdrew(ani, dewi, story):
    Attribution.objects.update(origin_status="withdrawn", origin_at=LONG_AGO)
    task = signed_in(ani).get(change_page(story)).context["origin_task"]
    assert (task.is_withdrawn, task.is_late) == (True, True)

    assert signed_in(ani).post(act(story, "keep-story"), {}).status_code == 403
    response = press(dewi, story, "keep-story", reason="Kami punya izin.")

    assert messages_of(response) == ["The story stays. Your reason is in its activity."]
    assert response.context["origin_task"] is None


def test_nobody_is_asked_about_an_original_that_is_as_it_was(dewi, story):
    response = signed_in(dewi).get(change_page(story))

    assert response.context["origin_task"] is None
    offered = {offer.action.name for offer in response.context["other_acts"]}
    assert offered & {"keep-story", "nothing-to-correct", "decline-takedown"} == set()


# Licences


@pytest.mark.parametrize(("hours", "kept"), [("6", 6), ("", None)])
def test_a_licence_says_within_how_many_hours_a_request_is_answered(hours, kept, dewi):
    source = make_source()

    signed_in(dewi).post(reverse("admin:articles_licence_add"), terms(source, takedown_hours=hours))

    assert source.licences.get().takedown_hours == kept


def test_no_licence_leaves_no_time(dewi):
    source = make_source()

    response = signed_in(dewi).post(
        reverse("admin:articles_licence_add"), terms(source, takedown_hours="0")
    )

    assert "takedown_hours" in response.context["adminform"].form.errors
    assert Licence.objects.filter(source=source).count() == 0
    assert make_licence(source, takedown_hours=1).takedown_hours == 1
