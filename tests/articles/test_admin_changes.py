"""Publishing a change in the admin: who is asked what, and who may do it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.models import Activity, Article
from tests.builders import (
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_person,
    publish_article,
)

pytestmark = pytest.mark.django_db

BODY = "<p>Kapal itu tiba di dermaga lama pada 25/1 dan memuat kopi.</p>"
MENDED = BODY.replace("kopi", "koppi")
FIGURE = BODY.replace("25/1", "25/2")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def changed(body: str) -> Article:
    """A live story with an approved change of its body."""
    article = publish_article(make_article(draft=make_draft(body=BODY)))
    change_article(article, body=body)
    approve_article(article)
    return article


def page(client: Client, article: Article):
    return client.get(f"{reverse('admin:articles_article_change', args=[article.pk])}?lang=id")


def act(client: Client, article: Article, action: str, **answers: str):
    sent = {f"{action}-{name}": value for name, value in answers.items()}
    place = reverse("admin:articles_article_act", args=[article.pk, "id", action])
    return client.post(place, sent, follow=True)


def kinds(article: Article) -> list[str]:
    return list(edition_of(article).publications.order_by("pk").values_list("kind", flat=True))


def offered(response) -> list[tuple[str, bool]]:
    """The kinds on the screen in their order, and whether each is closed."""
    offers = [*response.context["next_acts"], *response.context["other_acts"]]
    form = next(offer.form for offer in offers if "kind" in offer.form.fields)
    return [(choice.data["value"], "disabled" in choice.data["attrs"]) for choice in form["kind"]]


def test_a_typing_error_comes_first_where_it_may_be_one(ani):
    assert offered(page(signed_in(ani), changed(MENDED))) == [
        ("typo", False),
        ("correction", False),
        ("clarification", False),
        ("update", False),
    ]


def test_where_it_is_none_it_stands_closed_with_the_words_that_say_why(ani):
    response = page(signed_in(ani), changed(FIGURE))

    assert offered(response) == [
        ("correction", False),
        ("clarification", False),
        ("update", False),
        ("typo", True),
    ]
    text = " ".join(response.content.decode().split())
    assert "A figure changes." in text
    assert "25/1</del>" in text
    assert "25/2</ins>" in text
    # Nothing is folded away that must be answered, and no script is needed to see it.
    assert '<details class="act act--next" id="act-publish-changes" open>' in text


def test_publishers_may_add_notes_with_a_link_and_editors_may_not(ani, dewi):
    article = changed(FIGURE)
    assert ("note", False) in offered(page(signed_in(dewi), article))

    told = {"kind": "note", "text": "Tanggapan.", "link": "https://example.com/"}
    refused = act(signed_in(ani), article, "publish-changes", **told)
    assert kinds(article) == ["first"]
    assert refused.status_code == 200

    act(signed_in(dewi), article, "publish-changes", **told)
    assert kinds(article) == ["first", "note"]
    assert article.notices.get().link == "https://example.com/"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("typo", ""), ("correction", "Salah."), ("clarification", "Begini."), ("update", "Baru.")],
)
def test_editors_publish_changes_of_four_kinds(ani, kind, text):
    article = changed(MENDED)

    act(signed_in(ani), article, "publish-changes", kind=kind, text=text)

    assert kinds(article) == ["first", kind]
    assert [notice.text for notice in article.notices.all()] == ([text] if text else [])


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({}, {"kind": ["Say what kind of change it is."]}),
        ({"kind": "typo"}, {"kind": ["A figure changes. 25/1 → 25/2"]}),
        ({"kind": "correction"}, {"text": ["Write what was wrong and what is right."]}),
        ({"kind": "clarification"}, {"text": ["Write how it is meant."]}),
        ({"kind": "update", "text": " "}, {"text": ["Write what is new."]}),
        ({"kind": "note"}, {"text": ["Write the note."]}),
        (
            {"kind": "update", "text": "Baru.", "link": "https://example.com/"},
            {"link": ["Only a note has a link. Take it out, or choose a note."]},
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(dewi, answers, errors):
    article = changed(FIGURE)

    response = act(signed_in(dewi), article, "publish-changes", **answers)

    offer = next(o for o in response.context["next_acts"] if o.action.name == "publish-changes")
    assert offer.form.errors == errors
    assert kinds(article) == ["first"]


def test_nothing_is_told_of_a_typing_error(ani):
    article = changed(MENDED)

    response = act(signed_in(ani), article, "publish-changes", kind="typo", text="Ejaan.")

    offer = next(o for o in response.context["next_acts"] if o.action.name == "publish-changes")
    assert offer.form.errors == {
        "text": ["Readers are told nothing of a typing error. Choose another kind."]
    }


def test_a_publisher_answers_for_a_silent_change_and_an_editor_may_not(ani, dewi):
    article = changed(FIGURE)
    assert "publish-silently" not in page(signed_in(ani), article).content.decode()
    assert act(signed_in(ani), article, "publish-silently", reason="Ya.").status_code == 403

    response = act(signed_in(dewi), article, "publish-silently", reason="")
    assert kinds(article) == ["first"]
    assert "Write why. It stays in the story&#x27;s history." in response.content.decode()

    act(signed_in(dewi), article, "publish-silently", reason="Baru saja tayang.")
    assert kinds(article) == ["first", "typo"]
    line = Activity.objects.latest("pk")
    assert (line.verb, line.reason, line.actor) == ("silently", "Baru saja tayang.", dewi)


def test_where_spelling_alone_changed_nobody_has_to_answer_for_it(dewi):
    article = changed(MENDED)

    assert "publish-silently" not in page(signed_in(dewi), article).content.decode()


@pytest.mark.parametrize("role", ["Writer", "Translator", "Reviewer", "Administrator"])
@pytest.mark.parametrize("action", ["publish-changes", "publish-silently", "force-changes"])
def test_others_publish_no_changes(role, action):
    article = changed(FIGURE)
    person = make_person("", role)

    response = act(signed_in(person), article, action, kind="update", text="Baru.", reason="Ya.")

    assert response.status_code in {403, 404}
    assert kinds(article) == ["first"]


def test_a_change_without_review_asks_for_its_kind_and_its_reason(ani, dewi):
    article = publish_article(make_article(draft=make_draft(body=BODY)))
    change_article(article, body=FIGURE)
    answers = {"kind": "correction", "text": "Semula 25/1.", "reason": "Gempa."}
    assert act(signed_in(ani), article, "force-changes", **answers).status_code == 403

    act(signed_in(dewi), article, "force-changes", **{**answers, "reason": ""})
    assert kinds(article) == ["first"]
    act(signed_in(dewi), article, "force-changes", **answers)

    assert kinds(article) == ["first", "correction"]
    assert Activity.objects.latest("pk").reason == "Gempa."


def test_the_history_shows_each_publish_with_its_kind_and_its_notice(ani):
    article = changed(FIGURE)
    client = signed_in(ani)
    act(client, article, "publish-changes", kind="correction", text="Semula 25/1.")

    history = client.get(reverse("admin:articles_article_history", args=[article.pk, "id"]))

    text = history.content.decode()
    assert text.index("Published: Correction") < text.index("Published: First publication")
    assert "Semula 25/1." in text
