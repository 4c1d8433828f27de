import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from consent.models import Purpose

pytestmark = pytest.mark.django_db

PAGES = ("/id/", "/en/")


@pytest.mark.parametrize("page", PAGES)
def test_every_reader_gets_the_same_bytes_without_a_cookie(page):
    answers = [reader.get(page) for reader in readers()]

    assert {answer.content for answer in answers} == {Client().get(page).content}
    assert [answer.cookies.output() for answer in answers] == [""] * len(answers)
    assert {answer.headers.get("Vary") for answer in answers} == {"Accept-Encoding"}


def test_private_answers_keep_their_cookies_and_what_they_vary_by():
    reader = Client(headers={"cookie": "csrftoken=junk"})

    answer = reader.get("/id/kuki/?confirm=1")

    assert list(answer.cookies) == ["csrftoken"]
    assert "Cookie" in answer["Vary"]


def test_the_style_sheet_for_readers_without_javascript_sets_no_cookie_either():
    answers = [reader.get("/consent/state.css") for reader in readers()]

    assert [answer.cookies.output() for answer in answers] == [""] * len(answers)
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-cache"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_pays_one_query_for_consent(django_assert_num_queries, page):
    with django_assert_num_queries(1):
        Client().get(page)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_question_a_page_has_no_banner_and_no_script_but_its_footer_link(page):
    Purpose.objects.update(is_offered=False)

    html = Client().get(page).content.decode()

    assert [word for word in ("consent.css", "first.js", 'id="consent"') if word in html] == []
    assert 'id="settings"' in html


def test_the_page_says_what_is_asked_in_its_own_language():
    indonesian, english = (Client().get(page).content.decode() for page in PAGES)

    assert "Situs ini menggunakan kuki." in indonesian
    assert "This site uses cookies." not in indonesian
    assert "This site uses cookies." in english
    assert "Situs ini menggunakan kuki." not in english


def readers():
    """Return one browser of every kind that has ever made a page differ."""
    headers = [
        {},
        {"cookie": 'cookie_consent="embeds=9999|preferences=9999|@at=9"'},
        {"cookie": 'cookie_consent="embeds=-1|preferences=-1|@at=99999999999"'},
        {"cookie": "cookie_consent=embeds=2001"},
        {"sec-gpc": "1"},
        {"cookie": "stray=1; reader_prefs=large"},
        {"cookie": "csrftoken=junk"},
        {"cookie": "sessionid=junk"},
        {"cookie": "django_language=en", "accept-language": "en"},
        {"accept-language": "id"},
    ]
    editor = Client()
    editor.force_login(get_user_model().objects.create_user("ani"))
    return [*(Client(headers=each) for each in headers), editor]
