"""What was typed and could not be saved is handed back."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import WorkingCopy
from newsroom.models import User
from tests.builders import make_article, make_draft, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TYPED = {
    "section": "1",
    "headline": "Kapal <b>tiba</b>",
    "standfirst": "  ",
    "body": '<p data-bid="x">Pagi itu.</p><script>alert(1)</script>',
    "send_back-note": "Periksa angka.",
}


def signed_in(person: User, **options: object) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def page_of(article, language: str = "id") -> str:
    return f"{reverse('admin:articles_article_change', args=[article.pk])}?lang={language}"


def handed_back(response) -> list[tuple[str, str, str]]:
    return [(str(part.name), part.words, part.html) for part in response.context["typed"]]


def test_a_form_sent_after_the_session_ended_gets_its_words_back_and_saves_nothing():
    article = make_article(draft=make_draft(headline="Kapal berangkat"))

    response = Client(headers={"referer": f"http://testserver{page_of(article)}"}).post(
        page_of(article), TYPED
    )

    assert response.status_code == 403
    assert handed_back(response) == [
        ("Headline", "Kapal <b>tiba</b>", ""),
        ("Body", TYPED["body"], "<p>Pagi itu.</p>"),
        ("Note", "Periksa angka.", ""),
    ]
    assert "Kapal &lt;b&gt;tiba&lt;/b&gt;" in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert response.context["login"] == (
        f"{reverse('login')}?next=%2Fadmin%2Farticles%2Farticle%2F{article.pk}%2Fchange%2F%3Flang%3Did"
    )
    assert response["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")
    assert [copy.headline for copy in WorkingCopy.objects.all()] == ["Kapal berangkat"]


@pytest.mark.parametrize(
    "address",
    [
        "/desk/unit/1/",
        "/desk/1/submit/",
        "/start/language/",
        "/admin/articles/article/1/id/submit/",
    ],
)
def test_the_login_leads_back_to_a_page_never_to_an_address_that_takes_forms_alone(address):
    response = Client(headers={"referer": "https://elsewhere.example/start/"}).post(
        address, {"target": "<p>Words</p>"}
    )

    assert (response.status_code, response.context["page"]) == (403, reverse("start"))
    assert handed_back(response) == [("Translation", "<p>Words</p>", "<p>Words</p>")]


def test_a_form_from_before_a_new_sign_in_gets_its_words_back_and_saves_nothing():
    ani = make_person("ani", "Editor")
    article = make_article(draft=make_draft(headline="Kapal berangkat"))
    came_from = {"referer": "http://testserver/start/"}

    response = signed_in(ani, enforce_csrf_checks=True, headers=came_from).post(
        page_of(article), TYPED
    )

    assert response.status_code == 403
    assert response.context["title"] == "This form is out of date"
    assert handed_back(response)[0] == ("Headline", "Kapal <b>tiba</b>", "")
    assert response.context["page"] == "/start/"
    assert [copy.headline for copy in WorkingCopy.objects.all()] == ["Kapal berangkat"]


def test_who_asks_for_a_page_is_sent_to_sign_in_as_before():
    assert Client().get(reverse("start")).url == f"{reverse('login')}?next=/start/"


def test_signing_out_is_no_lost_form():
    response = signed_in(make_person("ani", "Editor")).post(reverse("logout"))

    assert (response.status_code, response.url) == (302, reverse("login"))


def test_scripts_are_told_in_their_own_form_that_nobody_is_signed_in():
    response = Client(headers={"accept": "application/json"}).post("/desk/unit/1/", TYPED)

    assert (response.status_code, response["Content-Type"]) == (401, "application/json")


def test_an_unknown_address_among_our_screens_keeps_the_way_back():
    ani: User = make_person("ani", "Editor")

    response = signed_in(ani).get("/desk/999999/")

    assert (response.status_code, response.context["title"]) == (
        404,
        "There is nothing at this address.",
    )
    assert f'href="{reverse("start")}"' in response.content.decode()


def test_an_unknown_address_is_the_papers_for_everybody_else():
    response = Client().get("/id/tidak-ada/")

    assert response.status_code == 404
    assert "newsroom/not_found.html" not in {template.name for template in response.templates}
