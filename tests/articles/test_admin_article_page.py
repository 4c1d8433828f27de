"""The page of a story: what it shows, saves and does for whom, and what it refuses."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles import editing, reviewing
from articles.models import (
    Activity,
    Article,
    Author,
    Edition,
    Revision,
    Source,
    Topic,
    WorkingCopy,
)
from articles.pictures import Labels, Words, add_picture
from newsroom.models import User
from tests.articles.public_builders import put_under_embargo
from tests.articles.test_pictures import picture_file
from tests.builders import (
    NOW,
    approve_article,
    change_article,
    edition_of,
    make_article,
    make_draft,
    make_facts,
    make_licence,
    make_person,
    publish_article,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ADD = reverse("admin:articles_article_add")


def address(page: str, *parts: object) -> str:
    return reverse(f"admin:articles_article_{page}", args=parts)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk(ani) -> Client:
    return signed_in(ani)


def text_of(article: Article, language: str = "id", **changes: str) -> dict[str, str]:
    """What the text form sends."""
    copy = WorkingCopy.objects.get(edition__article=article, edition__language=language)
    names = ("dateline", "headline", "standfirst", "body", "image_caption", "image_alt", "slug")
    return {name: getattr(copy, name) for name in names} | {"version": copy.version} | changes


def facts_of(article: Article, **changes: object) -> dict[str, object]:
    """What the facts' form sends: what it shows, and what it was opened with."""
    attribution = article.attributions.get()
    shown = {
        "section": article.section_id,
        "topics": list(article.topics.values_list("pk", flat=True)),
        "authors": list(article.bylines.order_by("position").values_list("author_id", flat=True)),
        "image": article.image_id or "",
        "source": attribution.source_id,
        "relation": attribution.relation,
        "original_title": attribution.original_title,
        "original_url": attribution.original_url,
        "original_language": attribution.original_language,
        "original_published_on": attribution.original_published_on or "",
    }
    return {f"initial-{name}": value for name, value in shown.items()} | shown | changes


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors_of(response: HttpResponse) -> list[str]:
    return [error.words for error in response.context["errors"]]


def buttons_of(response: HttpResponse) -> list[str]:
    page = response.content.decode()
    return re.findall(r'<button class="button[^"]*"[^>]*>([^<]*)</button>', page)


# Starting


def test_a_story_is_started_and_leads_to_its_text(desk, ani):
    facts = make_facts()
    sent = {
        "language": "en",
        "headline": "New ship",
        "section": facts.section.pk,
        "source": facts.source.pk,
        "relation": facts.relation,
    }

    response = desk.post(ADD, sent)

    article = Article.objects.get()
    assert response.url == f"{address('change', article.pk)}?lang=en"
    assert (article.origin_language, article.created_by, article.section) == (
        "en",
        ani,
        facts.section,
    )
    assert article.attributions.get().source == facts.source
    assert edition_of(article, "en").working_copy.headline == "New ship"


def test_a_story_without_a_language_is_not_started(desk):
    response = desk.post(ADD, {"section": make_facts().section.pk, "headline": "Kapal"})

    assert response.status_code == 200
    assert response.context["form"]["headline"].value() == "Kapal"
    assert list(Article.objects.all()) == []


def test_our_own_newsroom_is_proposed_as_the_source(desk):
    form = desk.get(ADD).context["form"]

    assert form.initial["relation"] == "ours"
    assert form.fields["source"].queryset.get(pk=form.initial["source"]).code == "redaksi"


def test_translators_start_no_story():
    budi = signed_in(make_person("budi", "Translator"))

    assert budi.get(ADD).status_code == budi.post(ADD).status_code == 403


# Seeing


def test_the_page_shows_one_language_with_tabs_for_all(desk):
    article = publish_article(make_article(draft=make_draft(headline="Kapal tiba")))

    response = desk.get(address("change", article.pk), {"lang": "en"})

    tabs = [(tab.language, tab.address, tab.is_current) for tab in response.context["tabs"]]
    page = address("change", article.pk)
    assert tabs == [("id", f"{page}?lang=id", False), ("en", f"{page}?lang=en", True)]
    assert "Nothing is written in this language yet." in response.content.decode()


def test_without_a_language_in_the_address_the_page_shows_the_first(desk):
    article = make_article(draft=make_draft(headline="Kapal tiba"))

    assert desk.get(address("change", article.pk)).context["language"] == "id"


def test_a_language_the_story_is_not_told_in_is_not_found(desk):
    article = make_article()

    assert desk.get(address("change", article.pk), {"lang": "ru"}).status_code == 404
    assert desk.get(address("change", article.pk), {"lang": "x" * 10_000}).status_code == 404


def test_the_page_says_what_stands_in_the_way_and_where_to_mend_it(desk):
    article = make_article(draft=make_draft(standfirst=""), facts=make_facts(source=None))

    hindrances = desk.get(address("change", article.pk)).context["hindrances"]

    assert [(hindrance.words, hindrance.address) for hindrance in hindrances] == [
        ("Write a standfirst.", "#id_standfirst"),
        ("Say which source this article comes from.", "#id_source"),
        ("Nobody but its author has approved this text.", ""),
    ]


def test_a_notice_that_is_missing_is_mended_at_the_licence(desk):
    source = Source.objects.create(code="lain", name_ind="Lain", name_en="Other")
    licence = make_licence(source)
    article = make_article(facts=make_facts(source=source))

    hindrances = desk.get(address("change", article.pk)).context["hindrances"]

    assert hindrances[0].address == reverse("admin:articles_licence_change", args=[licence.pk])


def test_a_text_in_the_desk_is_read_here_and_written_there(desk, ani):
    article = publish_article(make_article())
    copy = editing.open_working_copy(edition_of(article, "en"), by=ani, at=NOW)
    WorkingCopy.objects.filter(pk=copy.pk).update(in_desk=True, headline="Ship", body="<p>B</p>")

    response = desk.get(address("change", article.pk), {"lang": "en"})

    page = response.content.decode()
    assert response.context["text_form"] is None
    assert "This text is being translated in the translation desk." in page
    assert '<h2 class="reading__headline">Ship</h2>' in page


def test_translators_read_without_a_form():
    article = make_article(draft=make_draft(headline="Kapal tiba"))

    response = signed_in(make_person("", "Translator")).get(address("change", article.pk))

    assert (response.context["facts_form"], response.context["text_form"]) == (None, None)
    assert buttons_of(response) == []
    assert '<h2 class="reading__headline">Kapal tiba</h2>' in response.content.decode()


def test_a_writer_is_told_why_a_text_came_back(ani, wira):
    article = make_article(by=wira)
    revision = reviewing.submit(edition_of(article), by=wira, at=NOW)
    reviewing.send_back(
        edition_of(article), revision=revision, note="Pendekkan lead.", by=ani, at=NOW
    )

    page = signed_in(wira).get(address("change", article.pk)).content.decode()

    assert "ani sent this text back" in page
    assert "Pendekkan lead." in page


def test_whoever_wrote_a_text_is_told_that_somebody_else_approves(desk, ani):
    article = make_article(by=ani)
    reviewing.submit(edition_of(article), by=ani, at=NOW)

    page = desk.get(address("change", article.pk)).content.decode()

    assert "You wrote on this text, so somebody else must approve it." in page


@pytest.mark.parametrize("authors", [0, 3])
def test_the_page_asks_the_database_at_most_thirty_times(
    desk, authors, django_assert_max_num_queries
):
    names = [Author.objects.create(name=f"A {n}", slug=f"a-{n}") for n in range(authors)]
    article = publish_article(make_article(facts=make_facts(authors=names)))
    change_article(article, headline="Kapal lain")
    publish_article(article)
    change_article(article, headline="Kapal lain lagi")

    with django_assert_max_num_queries(30):
        assert desk.get(address("change", article.pk)).status_code == 200


# Saving


def test_text_and_facts_are_saved_together(desk, ani):
    article = make_article()
    topic = Topic.objects.create(name_ind="Laut", name_en="Sea", slug_ind="laut", slug_en="sea")
    sent = text_of(article, headline="Kapal lain") | facts_of(article, topics=[topic.pk])

    response = desk.post(f"{address('change', article.pk)}?lang=id", sent, follow=True)

    assert messages_of(response) == ["Saved."]
    assert edition_of(article).working_copy.headline == "Kapal lain"
    assert list(article.topics.all()) == [topic]
    assert list(
        article.activities.filter(actor=ani).values_list("verb", flat=True).order_by("pk")
    ) == [
        "changed_facts",
        "saved",
    ]


def test_saving_nothing_new_leaves_no_trace(desk):
    article = make_article()
    before = list(Activity.objects.all())

    desk.post(address("change", article.pk), text_of(article) | facts_of(article))

    assert list(Activity.objects.all()) == before
    assert list(Revision.objects.all()) == []


def test_a_byline_keeps_the_order_it_was_chosen_in(desk):
    first, second = (Author.objects.create(name=n, slug=n.lower()) for n in ("Zaki", "Adi"))
    article = make_article()

    desk.post(address("change", article.pk), facts_of(article, authors=[first.pk, second.pk]))
    assert [b.author for b in article.bylines.order_by("position")] == [first, second]

    desk.post(address("change", article.pk), facts_of(article, authors=[second.pk, first.pk]))
    assert [b.author for b in article.bylines.order_by("position")] == [second, first]

    form = desk.get(address("change", article.pk)).context["facts_form"]
    order = re.findall(r'<option value="(\d+)" selected', str(form["authors"]))
    assert order == [str(second.pk), str(first.pk)]


def test_two_people_who_change_different_facts_both_keep_what_they_wrote(ani, dewi):
    article = make_article()
    opened_by_both = facts_of(article)
    topic = Topic.objects.create(name_ind="Laut", name_en="Sea", slug_ind="laut", slug_en="sea")

    signed_in(ani).post(address("change", article.pk), opened_by_both | {"topics": [topic.pk]})
    signed_in(dewi).post(
        address("change", article.pk), opened_by_both | {"original_title": "Новый корабль"}
    )

    assert list(article.topics.all()) == [topic]
    assert article.attributions.get().original_title == "Новый корабль"


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk):
    article = make_article()
    sent = text_of(article, headline="K" * 201, standfirst="Baru") | facts_of(
        article, original_url="not an address"
    )

    response = desk.post(address("change", article.pk), sent)

    assert errors_of(response) == [
        "Original address: Enter a valid URL.",
        "Headline: Ensure this value has at most 200 characters (it has 201).",
    ]
    assert [error.address for error in response.context["errors"]] == [
        "#id_original_url",
        "#id_headline",
    ]
    assert response.context["text_form"]["headline"].value() == "K" * 201
    assert response.context["text_form"]["standfirst"].value() == "Baru"
    assert edition_of(article).working_copy.standfirst != "Baru"


def test_a_story_of_another_paper_is_not_our_own(desk):
    article = make_article()

    response = desk.post(address("change", article.pk), facts_of(article, relation="ours"))

    assert errors_of(response) == [
        "Relation: A story from another source is not our own: say how it came from there."
    ]


def test_hostile_markup_is_harmless_once_saved(desk):
    article = make_article()
    body = '<p onclick="x()">Isi <script>alert(1)</script><a href="javascript:x()">a</a></p>'

    desk.post(address("change", article.pk), text_of(article, body=body))

    saved = edition_of(article).working_copy.body
    assert re.sub(r' data-bid="\w{8}"', "", saved) == "<p>Isi a</p>"
    page = desk.get(address("change", article.pk)).content.decode()
    assert "alert(1)" not in page


def test_a_second_save_over_a_newer_text_keeps_both(ani, dewi):
    article = make_article(draft=make_draft(headline="Semula"))
    opened_by_both = text_of(article)
    signed_in(dewi).post(address("change", article.pk), opened_by_both | {"headline": "Dari Dewi"})

    response = signed_in(ani).post(
        address("change", article.pk), opened_by_both | {"headline": "Dari Ani"}, follow=True
    )

    kept = Revision.objects.get(occasion="set_aside")
    assert edition_of(article).working_copy.headline == "Dari Dewi"
    assert (kept.headline, kept.created_by) == ("Dari Ani", ani)
    assert response.redirect_chain[-1][0] == address("kept", article.pk, "id", kept.number)
    page = response.content.decode()
    assert "dewi saved this text before you" in page
    assert "Go on from my text" in page
    assert re.search(r"<del>.*?Ani</del>.*?<ins>.*?Dewi</ins>", page, re.DOTALL)


def test_one_goes_on_from_the_own_text_and_the_other_is_kept(ani, dewi):
    article = make_article(draft=make_draft(headline="Semula"))
    opened_by_both = text_of(article)
    signed_in(dewi).post(address("change", article.pk), opened_by_both | {"headline": "Dari Dewi"})
    signed_in(ani).post(address("change", article.pk), opened_by_both | {"headline": "Dari Ani"})
    kept = Revision.objects.get(occasion="set_aside")

    response = signed_in(ani).post(address("restore", article.pk, "id", kept.number))

    assert response.url == f"{address('change', article.pk)}?lang=id"
    assert edition_of(article).working_copy.headline == "Dari Ani"
    assert Revision.objects.get(occasion="discarded").headline == "Dari Dewi"


def test_words_typed_into_a_text_that_was_handed_on_are_kept(desk, ani, wira):
    article = make_article(by=wira)
    opened = text_of(article)
    reviewing.submit(edition_of(article), by=wira, at=NOW)

    response = desk.post(
        address("change", article.pk), opened | {"headline": "Terlambat"}, follow=True
    )

    kept = Revision.objects.get(occasion="set_aside")
    assert kept.headline == "Terlambat"
    assert response.redirect_chain[-1][0] == address("kept", article.pk, "id", kept.number)
    assert "Go on from my text" not in response.content.decode()


def test_words_typed_into_a_text_that_was_published_meanwhile_become_a_change(desk):
    article = make_article()
    opened = text_of(article)
    publish_article(article)

    response = desk.post(address("change", article.pk), opened | {"headline": "Terlambat"})
    assert response.context["text_form"]["headline"].value() == "Terlambat"
    words = "This text was published or closed while you wrote. What you typed is still here:"
    assert messages_of(response) == [f"{words} save again to keep it as a change."]

    again = opened | {
        "headline": "Terlambat",
        "version": response.context["text_form"]["version"].value(),
    }
    desk.post(address("change", article.pk), again)
    assert edition_of(article).working_copy.headline == "Terlambat"
    assert Article.objects.get(pk=article.pk).headline_ind != "Terlambat"


@pytest.mark.parametrize("roles", [("Translator",), ("Reviewer",), ("Administrator",), ("Writer",)])
def test_others_save_nothing(roles):
    article = make_article(draft=make_draft(headline="Semula"))
    eko = signed_in(make_person("", *roles))

    response = eko.post(
        address("change", article.pk), text_of(article, headline="Curang") | facts_of(article)
    )

    assert response.status_code == 403
    assert edition_of(article).working_copy.headline == "Semula"


def test_a_story_under_embargo_is_not_there_for_translators(ani):
    article = make_article()
    editing.set_embargo(article, until=NOW + timedelta(days=900), reason="", by=ani, at=NOW)
    budi = signed_in(make_person("budi", "Translator"))

    for page in (
        address("change", article.pk),
        address("activity", article.pk),
        address("history", article.pk, "id"),
        address("preview", article.pk, "id"),
    ):
        assert budi.get(page).status_code == 404


def test_a_story_whose_embargo_is_over_is_there_for_translators_again():
    article = make_article()
    put_under_embargo(article, NOW - timedelta(days=900))
    budi = signed_in(make_person("budi", "Translator"))

    response = budi.get(address("change", article.pk))

    assert response.status_code == 200
    assert "Embargo until" not in response.content.decode()


# Saving while typing


def autosave(client: Client, article: Article, sent: dict[str, object]) -> tuple[int, dict]:
    response = client.post(address("autosave", article.pk, "id"), sent)
    return response.status_code, json.loads(response.content)


def test_what_is_typed_is_saved_with_the_time_said(desk):
    article = make_article()

    status, answer = autosave(desk, article, text_of(article, headline="Sedang diketik"))

    copy = edition_of(article).working_copy
    assert (status, answer["version"]) == (200, copy.version)
    assert re.fullmatch(r"Saved \d\d:\d\d", answer["message"])
    assert copy.headline == "Sedang diketik"


def test_a_save_while_typing_tells_what_the_page_must_say_now(desk):
    article = make_article(draft=make_draft(headline="Semula", standfirst=""))
    opened = desk.get(address("change", article.pk)).content.decode()
    words = text_of(article, headline="Sekarang", standfirst="Teras.", body="")

    _status, answer = autosave(desk, article, words)

    now = desk.get(address("change", article.pk)).content.decode()
    assert list(answer["parts"]) == ["story-head", "release", "standing", "acts", "bar-buttons"]
    assert [part for part in answer["parts"].values() if part not in now] == []
    obstacles = ("Write a standfirst.", "Write the body.")
    assert [words in opened for words in obstacles] == [True, False]
    assert [words in answer["parts"]["standing"] for words in obstacles] == [False, True]
    assert [words in answer["parts"]["acts"] for words in obstacles] == [False, True]
    assert ">Sekarang</h1>" in answer["parts"]["story-head"]


@pytest.mark.parametrize("texts", [1, 3])
def test_saving_while_typing_takes_at_most_25_queries(desk, texts, django_assert_max_num_queries):
    article = publish_article(make_article())
    for number in range(texts):
        change_article(article, headline=f"Kapal {number}")
        publish_article(article)
    change_article(article, headline="Kapal kini")
    words = text_of(article, headline="Kapal kini tiba")

    with django_assert_max_num_queries(25):
        autosave(desk, article, words)


def test_many_saves_while_typing_are_one_line_of_activity(desk):
    article = make_article()

    for headline in ("S", "Se", "Sed"):
        autosave(desk, article, text_of(article, headline=headline))

    assert list(article.activities.values_list("verb", flat=True).order_by("pk"))[-1:] == ["saved"]
    assert article.activities.filter(verb="saved").count() == 2  # the builder's, and this one


def test_typing_over_a_newer_text_is_told_where_to_compare(ani, dewi):
    article = make_article()
    opened = text_of(article)
    autosave(signed_in(dewi), article, opened | {"headline": "Dari Dewi"})

    status, answer = autosave(signed_in(ani), article, opened | {"headline": "Dari Ani"})

    kept = Revision.objects.get(occasion="set_aside")
    assert (status, answer) == (
        409,
        {
            "message": "dewi saved this text meanwhile. Yours is kept beside it.",
            "compare": address("kept", article.pk, "id", kept.number),
        },
    )


def test_typing_that_cannot_be_stored_is_told_why(desk):
    article = make_article()

    status, answer = autosave(desk, article, text_of(article, headline="K" * 201))

    assert (status, answer) == (
        422,
        {"message": "Headline: Ensure this value has at most 200 characters (it has 201)."},
    )


def test_typing_after_signing_out_or_without_a_right_is_told_so(client, eko, wira):
    article = make_article()

    assert autosave(client, article, text_of(article))[0] == 401
    assert autosave(signed_in(eko), article, text_of(article))[0] == 401
    assert autosave(signed_in(wira), article, text_of(article))[0] == 403
    assert client.get(address("autosave", article.pk, "id")).status_code == 405


# Acting


def act(
    client: Client, article: Article, name: str, language: str = "id", **sent: object
) -> HttpResponse:
    return client.post(address("act", article.pk, language, name), sent, follow=True)


def test_a_text_goes_from_draft_to_readers_by_the_buttons(ani, dewi, wira):
    article = make_article(by=wira)

    response = act(signed_in(wira), article, "submit", **{"submit-note": "Cek angkanya."})
    assert messages_of(response) == ["The text is in review."]
    assert article.activities.latest("pk").reason == "Cek angkanya."
    assert messages_of(act(signed_in(ani), article, "approve")) == ["The text is approved."]
    assert messages_of(act(signed_in(ani), article, "publish")) == ["The text is live."]

    assert edition_of(article).live_revision.number == 1


def test_a_button_first_keeps_what_was_typed(desk):
    article = make_article()

    act(desk, article, "submit", **text_of(article, headline="Baru saja diketik"))

    assert Revision.objects.get().headline == "Baru saja diketik"


def test_a_button_does_nothing_while_what_was_typed_is_wrong(desk):
    article = make_article()

    response = act(desk, article, "submit", **text_of(article, headline="K" * 201))

    assert errors_of(response) == [
        "Headline: Ensure this value has at most 200 characters (it has 201)."
    ]
    assert list(Revision.objects.all()) == []


def test_a_button_does_nothing_when_somebody_else_saved_first(ani, dewi):
    article = make_article()
    opened = text_of(article)
    autosave(signed_in(dewi), article, opened | {"headline": "Dari Dewi"})

    response = act(signed_in(ani), article, "submit", **opened | {"headline": "Dari Ani"})

    kept = Revision.objects.get()
    assert kept.occasion == "set_aside"
    assert response.redirect_chain[-1][0] == address("kept", article.pk, "id", kept.number)


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [
        ("force", "reason", "Write why. It stays in the story's history."),
        ("set-embargo", "moment", "Say when."),
    ],
)
def test_an_act_that_asks_something_is_not_done_without_an_answer(dewi, name, field, words):
    article = make_article()

    response = act(signed_in(dewi), article, name)

    offer = next(o for o in response.context["other_acts"] if o.action.name == name)
    assert offer.form.errors[field] == [words]
    assert '<details class="act act--' in response.content.decode()
    assert re.search(r'<details class="act[^>]* open>', response.content.decode())
    assert not Article.objects.live(at=NOW + timedelta(days=9999), language="id")


def test_a_sent_back_text_needs_a_note(ani, wira):
    article = make_article(by=wira)
    reviewing.submit(edition_of(article), by=wira, at=NOW)

    response = act(signed_in(ani), article, "send-back", **{"send-back-note": " "})
    offer = next(o for o in response.context["other_acts"] if o.action.name == "send-back")
    assert offer.form.errors == {"note": ["Write what should be changed."]}

    act(signed_in(ani), article, "send-back", **{"send-back-note": "Pendekkan."})
    assert edition_of(article).working_copy.state == "changes_requested"


def test_a_change_goes_out_with_what_readers_are_told(desk):
    article = publish_article(make_article())
    change_article(article, headline="Kapal lain")
    approve_article(article)

    response = act(desk, article, "publish-changes", **{"publish-changes-kind": "correction"})
    offer = next(o for o in response.context["next_acts"] if o.action.name == "publish-changes")
    with translation.override("en"):
        assert offer.form.errors == {"text": ["Write what was wrong and what is right."]}

    told = {"publish-changes-kind": "correction", "publish-changes-text": "Nama kapal salah."}
    act(desk, article, "publish-changes", **told)
    notice = article.notices.get()
    assert (notice.kind, notice.text, notice.language) == ("correction", "Nama kapal salah.", "id")


def test_a_step_is_open_to_whoever_can_still_type_what_is_missing(desk):
    article = make_article(draft=make_draft(body=""))
    button = re.escape(f'formaction="{address("act", article.pk, "id", "submit")}"')

    html = desk.get(address("change", article.pk)).content.decode()
    typed = text_of(article, body="<p>Kapal itu tiba.</p>")

    assert re.findall(f"<button[^>]*{button}([^>]*)>", html) == ["", ""]
    assert messages_of(act(desk, article, "submit")) == ["Write the body."]
    assert messages_of(act(desk, article, "submit", **typed)) == ["The text is in review."]


def test_publishing_refuses_in_words_what_is_still_missing(desk, ani):
    article = make_article(facts=make_facts(source=None))
    approve_article(article)

    response = act(desk, article, "publish")

    assert messages_of(response) == ["Say which source this article comes from."]
    assert edition_of(article).live_revision is None


def test_an_act_is_not_done_on_another_text_than_was_read(desk, wira):
    article = make_article(by=wira)
    read = reviewing.submit(edition_of(article), by=wira, at=NOW)
    reviewing.take_back(edition_of(article), by=wira, at=NOW)
    change_article(article, headline="Lain")
    reviewing.submit(edition_of(article), by=wira, at=NOW)

    response = act(desk, article, "approve", revision=read.pk)

    assert messages_of(response) == [
        "The text has changed since you opened this page. Read it, then decide."
    ]
    assert edition_of(article).working_copy.state == "in_review"


def test_a_button_pressed_twice_says_that_it_is_too_late(desk):
    article = make_article()
    act(desk, article, "submit")

    response = act(desk, article, "submit")

    assert messages_of(response) == ["This cannot be done any more: the text is now “In review”."]
    assert Revision.objects.count() == 1


def test_a_live_text_is_taken_offline_brought_back_and_withdrawn(dewi):
    article = publish_article(make_article())
    client = signed_in(dewi)

    act(client, article, "take-offline", **{"take-offline-reason": "Salah foto."})
    assert edition_of(article).article.live_until_ind is not None
    act(client, article, "bring-back")
    assert edition_of(article).article.live_until_ind is None
    act(
        client,
        article,
        "withdraw",
        **{"withdraw-because": "other", "withdraw-notice_id": "Naskah ini keliru."},
    )
    assert edition_of(article).article.withdrawn_at_ind is not None
    assert article.notices.get().text == "Naskah ini keliru."


def test_an_embargo_is_set_in_the_newsroom_s_time_and_lifted(dewi):
    article = make_article()
    client = signed_in(dewi)

    act(
        client,
        article,
        "set-embargo",
        **{"set-embargo-moment": "2031-01-01T07:00", "set-embargo-zone": "Asia/Jakarta"},
    )
    until = Article.objects.get(pk=article.pk).embargo_until
    assert until.isoformat() == "2031-01-01T00:00:00+00:00"

    act(client, article, "lift-embargo", **{"lift-embargo-reason": "Sudah diumumkan."})
    assert Article.objects.get(pk=article.pk).embargo_until is None


def test_an_embargo_is_moved_later_by_the_desk_and_forward_by_publishers_who_say_why(ani, dewi):
    article = make_article()
    until = NOW + timedelta(days=900)
    editing.set_embargo(article, until=until, reason="", by=ani, at=NOW)

    def move(person, days, reason="", *, words):
        moment = until + timedelta(days=days)
        sent = {"moment": f"{moment:%Y-%m-%dT%H:%M}", "zone": "UTC", "reason": reason}
        named = {f"move-embargo-{name}": value for name, value in sent.items()}
        response = act(signed_in(person), article, "move-embargo", **named)
        assert words in response.text
        return Article.objects.get(pk=article.pk).embargo_until

    only_publishers = "Only a publisher brings an embargo forward."
    assert move(ani, -1, "Kantor pers setuju.", words=only_publishers) == until
    assert move(dewi, -1, words="Write why.") == until
    assert move(ani, 1, words="The embargo is moved.") == until + timedelta(days=1)
    earlier = move(dewi, -1, "Kantor pers setuju.", words="The embargo is moved.")
    assert earlier == until - timedelta(days=1)


def test_a_text_goes_offline_with_the_other_language_where_that_is_asked(ani):
    article = publish_article(make_article())
    change_article(article, "en", headline="A ship", standfirst="Here.", body="<p>It came.</p>")
    publish_article(article, "en")
    sent = {"take-offline-reason": "Salah foto.", "take-offline-others": "on"}

    act(signed_in(ani), article, "take-offline", **sent)

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.live_until_ind is None, fresh.live_until_en is None) == (False, False)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer": "redirect"}, "Say to which story it leads."),
        ({"leads_to": "Kapal lain"}, "Choose above that it leads to another story"),
        (
            {"answer": "redirect", "leads_to": "https://elsewhere.example/id/2026/11/24/lain/"},
            "Readers have no story of ours of that name here.",
        ),
        ({"answer": "redirect", "leads_to": "Kapal baru"}, "An address cannot lead to itself."),
        (
            {"answer": "redirect", "leads_to": "Kapal lain", "others": "on"},
            "Readers do not have that story in this language: English.",
        ),
    ],
)
def test_an_address_that_would_lead_nowhere_keeps_the_text_online(ani, sent, words):
    article = publish_article(make_article(draft=make_draft(headline="Kapal baru")))
    change_article(article, "en", headline="A ship", standfirst="Here.", body="<p>It came.</p>")
    publish_article(article, "en")
    publish_article(make_article(draft=make_draft(headline="Kapal lain")))
    sent = {f"take-offline-{name}": value for name, value in {"reason": "Ganda", **sent}.items()}

    response = act(signed_in(ani), article, "take-offline", **sent)

    assert words in html.unescape(response.text)
    assert edition_of(article).article.live_until_ind is None


def test_the_address_of_a_text_offline_answers_as_it_was_asked_to(ani):
    gone, led = publish_article(make_article()), publish_article(make_article())
    other = publish_article(make_article(draft=make_draft(headline="Kapal lain")))
    client = signed_in(ani)

    act(
        client,
        gone,
        "take-offline",
        **{"take-offline-reason": "Ganda", "take-offline-answer": "gone"},
    )
    act(
        client,
        led,
        "take-offline",
        **{
            "take-offline-reason": "Ganda",
            "take-offline-answer": "redirect",
            "take-offline-leads_to": other.path("id"),
        },
    )

    assert edition_of(gone).article.offline_answer_ind == "gone"
    assert edition_of(led).article.offline_leads_to_ind == other
    page = client.get(address("change", led.pk)).text
    assert "It leads to another story of ours." in page
    assert f'<a href="{other.path("id")}">' in page


def test_a_moment_by_a_clock_that_shows_it_twice_is_refused_with_both_readings(dewi):
    article = make_article()
    approve_article(article)

    response = act(
        signed_in(dewi),
        article,
        "schedule",
        **{"schedule-moment": "2031-11-02T01:30", "schedule-zone": "America/New_York"},
    )

    assert "2031-11-02 05:30 UTC or 2031-11-02 06:30 UTC" in response.text
    assert edition_of(article).live_revision is None


def test_an_embargo_until_a_moment_that_has_passed_is_refused(dewi):
    article = make_article()

    response = act(
        signed_in(dewi),
        article,
        "set-embargo",
        **{"set-embargo-moment": "2001-01-01T07:00", "set-embargo-zone": "Asia/Jakarta"},
    )

    assert messages_of(response) == ["That moment has passed. Choose a later one."]
    assert Article.objects.get(pk=article.pk).embargo_until is None


def test_a_live_text_is_opened_for_changes_and_closed_again(desk):
    article = publish_article(make_article())

    act(desk, article, "change")
    assert WorkingCopy.objects.filter(edition__article=article).exists()
    act(desk, article, "discard")
    assert not WorkingCopy.objects.filter(edition__article=article).exists()


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("submit", ("Translator", "Reviewer", "Administrator")),
        ("force", ("Editor",)),
        ("discard", ("Writer",)),
    ],
)
def test_a_button_that_is_not_offered_does_nothing(name, roles):
    article = make_article()
    before = list(Activity.objects.all())
    client = signed_in(make_person("", *roles))

    response = act(client, article, name, **{f"{name}-reason": "Curang."})

    assert response.status_code == 403
    assert list(Activity.objects.all()) == before


def test_acts_are_asked_for_by_post_and_by_name_alone(client, desk, eko):
    article = make_article()
    submit = address("act", article.pk, "id", "submit")

    assert desk.get(submit).status_code == 405
    assert desk.post(address("act", article.pk, "id", "delete")).status_code == 404
    assert desk.post(address("act", article.pk, "xx", "submit")).status_code == 404
    assert desk.post(address("act", 999_999, "id", "submit")).status_code == 404
    assert client.post(submit).templates[0].name == "newsroom/unsaved.html"
    assert signed_in(eko).post(submit).url == f"{reverse('admin:login')}?next={submit}"
    assert edition_of(article).working_copy.state == "draft"


def test_a_form_from_another_site_is_refused(ani):
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(ani)

    assert client.post(address("act", article.pk, "id", "submit")).status_code == 403
    assert client.post(address("change", article.pk), text_of(article)).status_code == 403
    assert client.post(address("autosave", article.pk, "id"), text_of(article)).status_code == 403


# Preview


def test_a_draft_is_previewed_as_its_page_for_the_newsroom_alone(client, desk, ani):
    article = make_article(draft=make_draft(headline="Belum terbit"))
    page = address("preview", article.pk, "id")

    response = desk.get(page)

    assert "Belum terbit" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert client.get(page).url == f"{reverse('admin:login')}?next={page}"
    assert desk.post(page).status_code == 405
    assert desk.get(address("preview", article.pk, "en")).status_code == 404


def test_an_edition_s_reference_text_has_no_page(desk):
    article = make_article(language="ru")

    assert desk.get(address("preview", article.pk, "ru")).status_code == 404
    assert desk.get(address("change", article.pk), {"lang": "ru"}).status_code == 200
    assert Edition.objects.filter(article=article).count() == 3


def test_the_picture_s_own_alternative_text_is_proposed_where_there_is_none(desk, ani):
    words = {"id": Words(alt="Sebuah dermaga")}
    image = add_picture(picture_file(), Labels(credit="Foto: A", words=words), by=ani, at=NOW)
    article = make_article()
    desk.post(address("change", article.pk), facts_of(article, image=image.pk))

    form = desk.get(address("change", article.pk)).context["text_form"]
    assert form["image_alt"].value() == "Sebuah dermaga"

    change_article(article, image_alt="Dermaga di Makassar")
    form = desk.get(address("change", article.pk)).context["text_form"]
    assert form["image_alt"].value() == "Dermaga di Makassar"
