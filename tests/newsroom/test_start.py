"""The start page, the login, the language of the screens."""

import dataclasses
import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles import editing, publishing, reviewing, takedowns, withdrawing
from articles.correcting import Kind, Told
from articles.forms import facts_of
from articles.models import Article
from articles.takedowns import Asked
from newsroom import telling
from newsroom.models import User
from newsroom.views import not_allowed
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
from tests.translations.desk import make_assignment, submit
from translations import assigning, discussing
from translations import reviewing as desk_reviewing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

START = reverse("start")
PAIRS = (("id", "en"),)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def lists_of(person: User) -> dict[str, list[str]]:
    """What the page shows: the headlines by the title of their list."""
    lists = signed_in(person).get(START).context["lists"]
    return {str(part.title): [row.headline for row in part.rows] for part in lists}


def article_called(headline: str, **options: object):
    return make_article(draft=make_draft(headline=headline), **options)


def test_an_editor_sees_what_waits_for_the_desk():
    ani, dewi = make_person("ani", "Editor"), make_person("dewi", "Publisher")
    reviewing.submit(edition_of(article_called("Dibaca")), by=make_person(), at=NOW)
    reviewing.submit(edition_of(article_called("Punya Ani", by=ani)), by=ani, at=NOW)
    approve_article(article_called("Siap"))
    publishing.force_publish(
        edition_of(article_called("Dipaksa")), reason="Gempa.", by=dewi, at=NOW
    )
    behind = publish_article(article_called("Sumber"))
    change_article(behind, "en", headline="Source", standfirst="S", body="<p>B</p>")
    publish_article(behind, "en")
    change_article(behind, headline="Sumber baru")
    publish_article(behind)
    article_called("Naskah Ani", by=ani)
    article_called("Naskah orang")

    assert lists_of(ani) == {
        "Texts to review": ["Dibaca"],
        "Ready to publish": ["Siap"],
        "Needs a second look": ["Dipaksa"],
        "Behind their source": ["Source"],
        "Your drafts": ["Naskah Ani"],
    }


def test_a_writer_sees_own_drafts_the_returned_one_first():
    wira = make_person("wira", "Writer")
    article_called("Naskah", by=wira)
    returned = article_called("Kembali", by=wira)
    revision = reviewing.submit(edition_of(returned), by=wira, at=NOW)
    reviewing.send_back(
        edition_of(returned), revision=revision, note="Lagi.", by=make_person(), at=NOW
    )
    article_called("Naskah orang")

    assert lists_of(wira) == {"Your drafts": ["Kembali", "Naskah"]}


def test_a_translator_sees_the_numbers_of_the_desk():
    budi = make_person("budi", "Translator", pairs=(("id", "en"),))
    publish_article(make_article())

    response = signed_in(budi).get(START)

    assert response.context["desk"].waiting == 1
    [source] = Article.objects.all()
    assert lists_of(budi) == {
        "Your translations": [],
        "Waiting to be translated": [source.published("headline", "id")],
    }
    assert "Nothing needs you now." not in response.content.decode()


def test_a_translator_sees_own_translations_the_returned_one_first():
    budi = make_person("budi", "Translator", pairs=PAIRS)
    make_assignment(budi, make_draft(headline="Jalan"))
    back = submit(make_assignment(budi, make_draft(headline="Kembali")), by=budi)
    desk_reviewing.send_back(back, note="Lagi.", by=make_person(), at=NOW)
    late = make_assignment(budi, make_draft(headline="Terlambat"))
    assigning.set_due(late, NOW)
    submit(make_assignment(budi, make_draft(headline="Ditinjau")), by=budi)
    make_assignment(make_person("citra", "Translator", pairs=PAIRS))

    [mine, waits] = signed_in(budi).get(START).context["lists"]
    assert waits.rows == []

    assert [(row.headline, row.is_returned, row.is_late) for row in mine.rows] == [
        ("Kembali", True, False),
        ("Terlambat", False, True),
        ("Jalan", False, False),
    ]
    assert mine.rows[0].address == reverse("translations:editor", args=[back.pk])
    assert mine.total == 3


def test_a_reviewer_sees_translations_made_in_the_admin_alone():
    dewi = make_person("dewi", "Reviewer", pairs=(("id", "en"),))
    article = publish_article(article_called("Sumber"))
    change_article(article, "en", headline="Source", standfirst="S", body="<p>B</p>")
    reviewing.submit(edition_of(article, "en"), by=make_person(), at=NOW)
    reviewing.submit(edition_of(article_called("Lain")), by=make_person(), at=NOW)

    assert lists_of(dewi) == {"Translations to review": [], "Texts to review": ["Source"]}


def test_a_reviewer_sees_translations_of_others_in_own_directions():
    citra = make_person("citra", "Translator", "Reviewer", pairs=PAIRS)
    budi = make_person("budi", "Translator", pairs=PAIRS)
    waits = submit(make_assignment(budi, make_draft(headline="Baca")), by=budi)
    submit(make_assignment(citra, make_draft(headline="Punya Citra")), by=citra)
    fajar = make_person("fajar", "Reviewer", pairs=(("en", "id"),))

    assert lists_of(citra)["Translations to review"] == ["Baca"]
    assert lists_of(citra)["Your translations"] == []
    [to_review, _texts] = [
        part for part in signed_in(citra).get(START).context["lists"] if "review" in str(part.title)
    ]
    assert to_review.rows[0].address == reverse("translations:review", args=[waits.pk])
    assert lists_of(fajar) == {"Translations to review": [], "Texts to review": []}


def test_a_publisher_sees_what_is_on_hold():
    ani, putri = make_person("ani", "Editor"), make_person("putri", "Publisher")
    held = article_called("Ditahan")
    withdrawing.hold(held, reason="Cek.", by=ani, at=NOW)
    article_called("Jalan terus")

    assert lists_of(putri)["On hold"] == ["Ditahan"]
    assert "On hold" not in lists_of(ani)
    [part] = [
        part
        for part in signed_in(putri).get(START).context["lists"]
        if str(part.title) == "On hold"
    ]
    rows = signed_in(putri).get(part.address).context["cl"].result_list
    assert [row.pk for row in rows] == [held.pk]


def ask_down(article: Article, by: User, *, at=NOW) -> None:
    asked = Asked("PT Kabar", "rights_holder", "Hapus.", ["id"], at)
    takedowns.record_request(article, asked, hours=24, by=by, at=at)


def note_origin(article: Article, status: str, by: User, *, at=NOW) -> None:
    facts = dataclasses.replace(facts_of(article), origin_status=status)
    editing.save_facts(article, facts, by=by, at=at)


def test_a_publisher_sees_takedown_requests_the_most_urgent_first_and_an_editor_none():
    ani, putri = make_person("ani", "Editor"), make_person("putri", "Publisher")
    long_ago = NOW - timedelta(days=4000)
    soon, late, done = (publish_article(article_called(name)) for name in ("Baru", "Lama", "Beres"))
    now = timezone.now()  # noqa: TID251 - the page reads the clock
    ask_down(soon, ani, at=now)
    ask_down(late, ani, at=long_ago)
    ask_down(done, ani, at=long_ago)
    takedowns.decline(done.takedowns.get(), reason="Tidak.", by=putri, at=NOW)

    response = signed_in(putri).get(START)

    part = response.context["lists"][0]
    assert [(row.headline, row.is_late, row.facts) for row in part.rows] == [
        ("Lama", True, ["holder of the rights", "Indonesian"]),
        ("Baru", False, ["holder of the rights", "Indonesian"]),
    ]
    page = response.content.decode()
    assert '<a href="#list-1"><strong>2</strong> Takedown requests</a>' in page
    assert "overdue by" in page
    assert "23\xa0hours" in page
    rows = signed_in(putri).get(part.address).context["cl"].result_list
    assert {row.pk for row in rows} == {soon.pk, late.pk}
    assert "Takedown requests" not in lists_of(ani)


def test_the_desk_sees_what_readers_have_though_its_original_changed():
    ani, putri = make_person("ani", "Editor"), make_person("putri", "Publisher")
    wira = make_person("wira", "Writer")
    corrected, withdrawn = (publish_article(article_called(name)) for name in ("Salah", "Ditarik"))
    note_origin(withdrawn, "withdrawn", ani)
    note_origin(corrected, "corrected", ani)
    publish_article(article_called("Tetap"))

    part = signed_in(ani).get(START).context["lists"][0]

    assert [(row.headline, row.facts) for row in part.rows] == [
        ("Salah", ["corrected there", "Indonesian"]),
        ("Ditarik", ["withdrawn there", "Indonesian"]),
    ]
    assert lists_of(putri)["Originals that changed"] == ["Salah", "Ditarik"]
    assert "Originals that changed" not in lists_of(wira)
    rows = signed_in(ani).get(part.address).context["cl"].result_list
    assert {row.pk for row in rows} == {corrected.pk, withdrawn.pk}


@pytest.mark.parametrize("stories", [1, 9])
def test_deadlines_cost_as_many_queries_however_many_there_are(stories, django_assert_num_queries):
    putri = make_person("putri", "Publisher")
    for _ in range(stories):
        article = publish_article(make_article())
        ask_down(article, putri)
        note_origin(article, "corrected", putri)
    client = signed_in(putri)

    with django_assert_num_queries(21):
        assert client.get(START).status_code == 200


def test_a_publisher_is_led_to_take_offline_what_was_never_corrected():
    article = publish_article(article_called("Kapal"))
    change_article(article, "en", headline="Ship", standfirst="S", body="<p>B</p>")
    publish_article(article, "en")
    change_article(article, standfirst="Tiga kapal.")
    publish_article(article, told=Told(Kind.CORRECTION, "Tiga, bukan dua."))
    dewi, ani = make_person("dewi", "Publisher"), make_person("ani", "Editor")

    asked = next(
        part
        for part in signed_in(dewi).get(START).context["lists"]
        if str(part.title) == "To be taken offline"
    )

    change = reverse("admin:articles_article_change", args=[article.pk])
    assert [(row.headline, row.address) for row in asked.rows] == [
        ("Ship", f"{change}?lang=en#act-take-offline")
    ]
    assert "To be taken offline" not in lists_of(ani)


def test_an_administrator_sees_whom_to_look_after():
    hadi = make_person("hadi", "Administrator")
    make_person("eko")
    make_person("budi", "Translator")
    make_person("dewi", "Reviewer", pairs=PAIRS)
    gone = make_person("indra")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    User.objects.exclude(username="hadi").update(email="x@news.example")

    [people] = signed_in(hadi).get(START).context["lists"]

    assert [(row.headline, row.facts) for row in people.rows] == [
        ("eko", ["no role"]),
        ("budi", ["no language pair"]),
        ("hadi", ["no e-mail address"]),
    ]
    User.objects.update(is_active=False)
    User.objects.filter(pk=hadi.pk).update(is_active=True, email="hadi@news.example")
    page = signed_in(hadi).get(START).content.decode()
    assert "Everybody has a role, a language pair where they need one" in page


def test_new_messages_and_all_that_waits_are_counted_with_links():
    ani = make_person("ani", "Editor")
    reviewing.submit(edition_of(make_article()), by=make_person(), at=NOW)
    telling.tell(at=NOW, by_mail=False)

    page = signed_in(ani).get(START).content.decode()

    assert f'<a href="{reverse("messages")}"><strong>2</strong> New messages</a>' in page
    assert '<a href="#list-1"><strong>1</strong> Texts to review</a>' in page
    assert '<a href="#list-2"><strong>0</strong> Ready to publish</a>' in page


def test_empty_lists_say_that_there_is_nothing():
    page = signed_in(make_person("", "Publisher")).get(START).content.decode()

    for words in (
        "Nothing waits for your review.",
        "Nothing approved waits to be published.",
        "Everything that was published has been approved by a second person.",
        "Every translation says what its source says.",
        "No story is on hold.",
        "You have no open draft.",
        "Nothing needs you now.",
    ):
        assert words in page


def test_a_long_list_is_cut_and_leads_to_the_whole():
    wira = make_person("wira", "Writer")
    for _ in range(10):
        make_article(by=wira)

    drafts = signed_in(wira).get(START).context["lists"][0]

    assert (len(drafts.rows), drafts.total, drafts.has_more) == (8, 10, True)
    assert drafts.address == f"{reverse('admin:articles_article_changelist')}?state_id=draft"


def test_a_translator_s_question_waits_for_the_desk_and_for_the_writer_of_the_story():
    budi = make_person("budi", "Translator", pairs=PAIRS)
    ani = make_person("ani", "Editor")
    wira, other = make_person("wira", "Writer"), make_person("bayu", "Writer")
    article = article_called("Kapal", by=wira)
    approve_article(article)
    assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    unit = assignment.units.get(bid="@headline")
    said = discussing.ask(unit, "Which ship?", by=budi, at=NOW)

    titled = "Questions from translators"
    assert lists_of(ani)[titled] == lists_of(wira)[titled] == ["Kapal"]
    assert titled not in lists_of(other)

    discussing.answer(said.thread, "The ferry.", by=wira, at=NOW)
    assert titled not in lists_of(ani)


def test_somebody_without_a_role_is_told_whom_to_ask():
    page = signed_in(make_person("eko")).get(START).content.decode()

    assert "You have no role in the newsroom yet. Ask an administrator to give you one." in page
    assert reverse("admin:articles_article_changelist") not in page


@pytest.mark.parametrize("stories", [1, 30])
def test_the_start_page_asks_the_database_as_often_whatever_waits(
    stories, django_assert_num_queries
):
    ani = make_person("ani", "Editor")
    for _ in range(stories):
        reviewing.submit(edition_of(make_article()), by=make_person(), at=NOW)
        approve_article(make_article())
        make_article(by=ani)
    client = signed_in(ani)

    with django_assert_num_queries(15):
        assert client.get(START).status_code == 200


def test_nobody_is_asked_to_sign_in_and_comes_back(client):
    make_person("ani", "Editor")
    assert client.get(START).url == f"{reverse('login')}?next={START}"
    articles = reverse("admin:articles_article_changelist")
    login = client.get(articles, follow=True).redirect_chain[-1][0]
    assert login == f"{reverse('login')}?next={articles}"

    response = client.post(login, {"username": "ani", "password": "secret", "next": articles})

    assert response.url == articles
    assert client.post(START).status_code == 405


def test_a_wrong_password_is_said_and_the_name_is_kept(client):
    make_person("ani", "Editor")

    response = client.post(reverse("login"), {"username": "ani", "password": "wrong"})

    assert response.status_code == 200
    assert response.context["form"]["username"].value() == "ani"
    assert 'role="alert"' in response.content.decode()
    [error] = response.context["form"].non_field_errors()
    assert error.startswith("No login has this user name and this password. Try again;")


def test_signing_out_is_a_post(client):
    client.force_login(make_person("ani", "Editor"))

    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).url == reverse("login")
    assert "_auth_user_id" not in client.session


def test_a_person_chooses_the_language_of_the_screens():
    ani = make_person("ani", "Editor", language="en")
    client = signed_in(ani)
    choose = reverse("choose_language")

    response = client.post(choose, {"language": "id", "next": "/admin/"})
    assert response.url == "/admin/"
    assert client.get(START)["Content-Language"] == "id"
    assert '<html lang="id"' in client.get(START).content.decode()

    assert client.post(choose, {"language": "xx", "next": "https://evil.example/"}).url == START
    assert User.objects.get().language == "id"
    assert client.get(choose).status_code == 405


def test_the_forms_in_the_head_of_a_screen_are_accepted():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("ani", "Editor", language="en"))
    head = client.get(START).content.decode().partition("</header>")[0]
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', head)
    assert len(tokens) == head.count("<form") == 2

    sent = {"csrfmiddlewaretoken": tokens[0], "language": "id"}
    assert client.post(reverse("choose_language"), sent).url == START
    assert client.post(reverse("logout"), {"csrfmiddlewaretoken": tokens[1]}).url == reverse(
        "login"
    )
    assert client.post(reverse("choose_language"), {"language": "en"}).status_code == 403


def test_nobody_chooses_no_language(client):
    choose = reverse("choose_language")

    answer = client.post(choose, {"language": "en"})

    assert answer.templates[0].name == "newsroom/unsaved.html"


def test_the_desk_s_page_of_an_edition_is_linked_from_the_article(client):
    budi = make_person("budi", "Translator", pairs=(("id", "en"),))
    article = publish_article(make_article())
    assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
    client.force_login(make_person("ani", "Editor"))
    page = reverse("admin:articles_article_change", args=[article.pk])

    editor = reverse("translations:editor", args=[assignment.pk])
    assert client.get(page, {"lang": "en"}).context["desk_address"] == editor
    assert f'href="{editor}"' in client.get(page, {"lang": "en"}).content.decode()
    assert client.get(page, {"lang": "id"}).context["desk_address"] == ""


def test_what_a_role_does_not_include_is_said_in_words():
    request = RequestFactory().get("/admin/newsroom/user/")
    request.user = make_person("wira", "Writer")

    response = not_allowed(request)

    assert response.status_code == 403
    assert "Your role does not include this." in response.content.decode()
    assert reverse("admin:articles_article_changelist") in response.content.decode()
