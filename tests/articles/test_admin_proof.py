"""The panel that shows whether a text is gone, and its button."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from articles import proving
from articles.models import Proof
from articles.proving import Answer
from articles.whereabouts import places
from tests.articles.public_builders import LONG_AGO, take_away, tell
from tests.articles.test_admin_article_page import address, buttons_of, messages_of, signed_in
from tests.builders import edition_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def withdrawn():
    article = tell(at=LONG_AGO, draft={"headline": "Kapal baru tiba di Makassar"})
    at = timezone.now()  # noqa: TID251 - the pages read the clock
    take_away(article, "Narasumber palsu.", at=at)
    return article


def panel(client: Client, article) -> str:
    """What the panel says, without its markup."""
    page = client.get(address("change", article.pk), {"lang": "id"}).content.decode()
    found = re.search(r'<section class="card proof".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""


def ask(article, answer: Answer) -> None:
    at = timezone.now()  # noqa: TID251
    proving.ask_again(edition_of(article), fetch=lambda path: answer, at=at)


def asked(article) -> int:
    return len(places(edition_of(article)))


def test_a_live_text_needs_no_proof(ani):
    assert panel(signed_in(ani), tell(at=LONG_AGO)) == ""


def test_before_the_first_look_the_panel_says_that_it_will_happen(ani, withdrawn):
    assert panel(signed_in(ani), withdrawn) == (
        "Proof that it is gone Our own addresses have not been asked yet."
        " It happens by itself within a minute. Ask again"
    )


def test_the_panel_lists_each_address_with_its_answer(ani, withdrawn):
    ask(withdrawn, Answer(410, "Dicabut"))

    words = panel(signed_in(ani), withdrawn)

    assert f"{asked(withdrawn)} addresses were asked, and none of them shows the text." in words
    assert f"{withdrawn.path('id')} 410: says that it is gone" in words
    assert words.count("410: says that it is gone") == asked(withdrawn)


def test_an_address_that_still_shows_the_text_is_told_in_red(ani, withdrawn):
    ask(withdrawn, Answer(200, "<h1>Kapal baru tiba di Makassar</h1>"))

    response = signed_in(ani).get(address("change", withdrawn.pk), {"lang": "id"})

    page = response.content.decode()
    # All but the search: it repeats what it was asked.
    verdict = f"{asked(withdrawn) - 1} of {asked(withdrawn)} addresses still show the text."
    assert f'<p class="proof__verdict proof__verdict--shown" role="alert">{verdict}' in page
    assert page.count('<li class="proof__line proof__line--shown">') == asked(withdrawn) - 1
    assert "200: still shows the text" in page


def test_the_button_asks_and_says_where_nobody_answered(ani, withdrawn, settings):
    settings.SITE_URL = "http://127.0.0.1:1"
    client = signed_in(ani)

    response = client.post(address("act", withdrawn.pk, "id", "ask-again"), follow=True)

    assert messages_of(response) == [
        "The addresses were asked. Look at what each of them answered."
    ]
    assert "Ask again" in buttons_of(response)
    words = f"{asked(withdrawn)} of {asked(withdrawn)} addresses could not be asked"
    assert f"{words}: nothing is proven yet." in panel(client, withdrawn)
    assert {proof.outcome for proof in Proof.objects.all()} == {Proof.Outcome.UNASKED}


def test_only_the_desk_asks_again(wira, dewi, eko, withdrawn, settings):
    settings.SITE_URL = "http://127.0.0.1:1"
    ask_again = address("act", withdrawn.pk, "id", "ask-again")

    assert signed_in(wira).post(ask_again).status_code == 403
    assert Client().post(ask_again).status_code == 403
    assert signed_in(dewi).get(ask_again).status_code == 405
    assert Proof.objects.count() == 0
    assert "Ask again" not in panel(signed_in(wira), withdrawn)
