import pytest

from articles import leading, publishing
from articles.leading import NoSuchStory, SeveralStories
from tests.articles.public_builders import tell, translate
from tests.builders import NOW, edition_of, make_article, make_draft, make_person

pytestmark = pytest.mark.django_db
SITE = "https://lintas.example"


def found(words: str, language: str = "id"):
    return leading.live_story(words, language=language, site=SITE, at=NOW)


@pytest.mark.parametrize(
    "words",
    [
        "Kapal tiba di Bitung",
        "  kapal TIBA di bitung ",
        "/id/2026/11/21/kapal-bitung/",
        "https://lintas.example/id/2026/11/21/kapal-bitung/",
        "https://lintas.example/id/2026/11/21/kapal-bitung/?utm_source=x",
    ],
)
def test_a_story_is_found_by_its_headline_or_its_address(words):
    story = tell(draft={"headline": "Kapal tiba di Bitung", "slug": "kapal-bitung"})

    assert found(words) == story


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Kapal tiba",
        "/id/2026/11/21/kapal/",
        "/en/2026/11/21/kapal-bitung/",
        "https://elsewhere.example/id/2026/11/21/kapal-bitung/",
        "//elsewhere.example/id/2026/11/21/kapal-bitung/",
    ],
)
def test_nothing_else_is_taken_for_it(words):
    tell(draft={"headline": "Kapal tiba di Bitung", "slug": "kapal-bitung"})

    with pytest.raises(NoSuchStory):
        found(words)


def test_only_what_readers_have_in_that_language_is_found():
    offline = tell(draft={"headline": "Kapal pertama"})
    publishing.take_offline(edition_of(offline), reason="Dicek", by=make_person(), at=NOW)
    make_article(draft=make_draft(headline="Kapal kedua"))
    translate(tell(), headline="The third ship")

    assert found("The third ship", "en").published("headline", "en") == "The third ship"
    for words, language in [
        ("Kapal pertama", "id"),
        ("Kapal kedua", "id"),
        ("The third ship", "id"),
    ]:
        with pytest.raises(NoSuchStory):
            found(words, language)


def test_a_headline_that_two_stories_bear_names_neither():
    for slug in ("satu", "dua"):
        tell(draft={"headline": "Kapal tiba", "slug": slug})

    with pytest.raises(SeveralStories):
        found("Kapal tiba")
    assert found("/id/2026/11/21/dua/").path("id") == "/id/2026/11/21/dua/"
