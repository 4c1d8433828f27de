import pytest

from newsroom.language import language_of_path
from tests.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language"),
    [("/id/", "id"), ("/en/2026/", "en"), ("/", None), ("/idaho/", None), ("/ru/", None)],
)
def test_an_address_says_its_language(path, language):
    assert language_of_path(path) == language


@pytest.mark.parametrize("language", ["id", "en"])
def test_neither_cookie_nor_browser_changes_a_public_pages_language(client, language):
    client.cookies["django_language"] = "en"

    answer = client.get(f"/{language}/", headers={"accept-language": "en"})

    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_persons_choice_decides_the_newsrooms_screens(client, language):
    client.force_login(make_person("ani", "Editor", language=language))

    answer = client.get("/start/", headers={"accept-language": "en"})

    assert answer["Content-Language"] == language
