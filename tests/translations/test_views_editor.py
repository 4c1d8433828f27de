import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from articles import publishing
from tests.articles.public_builders import put_under_embargo
from tests.builders import NOW, approve_article, edition_of, make_article, make_person
from tests.translations.desk import (
    approve,
    body_units,
    change_source,
    fresh,
    make_assignment,
    send_back,
    submit,
    translate,
    unit_of,
    words,
)
from translations import assigning, rebasing, translating
from translations.models import Assignment, KeptText

QUEUE = reverse("translations:queue")
JSON = {"Accept": "application/json", "Accept-Language": "en"}


def editor(assignment: Assignment) -> str:
    return reverse("translations:editor", args=[assignment.pk])


def post(browser: Client, name: str, assignment: Assignment, **fields):
    return browser.post(reverse(f"translations:{name}", args=[assignment.pk]), fields)


def save(browser: Client, unit, target: str, *, act="draft", based_on=None, **options):
    fields = {"target": target, "based_on": based_on or unit.version, "act": act}
    return browser.post(reverse("translations:unit", args=[unit.pk]), fields, **options)


def rows(response) -> list[tuple[str, str]]:
    return [(row.label, row.status) for row in response.context["rows"]]


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def page(response) -> str:
    return response.content.decode()


# The page


def test_the_editor_shows_every_unit_with_its_name_and_state(enter, budi):
    assignment = make_assignment(budi, words(dateline="JAKARTA", image_alt="Kapal"))
    unit = unit_of(assignment)
    translating.finish_unit(unit, "Headline", based_on=1, by=budi, at=NOW)

    response = enter(budi).get(editor(assignment))

    assert rows(response) == [
        ("Headline", "ready"),
        ("Standfirst", "empty"),
        ("Dateline", "empty"),
        ("Paragraph 1", "empty"),
        ("Paragraph 2", "empty"),
        ("Alternative text", "empty"),
    ]
    progress = response.context["progress"]
    assert (progress.done, progress.total, progress.words_done, progress.words) == (1, 6, 1, 6)


def test_source_and_target_say_their_languages(enter, budi):
    assignment = make_assignment(budi, words())
    [first, _second] = body_units(assignment)

    html = page(enter(budi).get(editor(assignment)))

    assert re.search(r'class="unit__source text text--headline" lang="id"', html)
    field = re.search(rf'<textarea[^>]*id="target-{first.pk}"[^>]*>', html)[0]
    assert 'lang="en"' in field
    assert 'dir="auto"' in field
    assert 'spellcheck="true"' in field


def test_what_is_stored_is_cleaned_again_before_it_is_shown(enter, budi, citra):
    assignment = translate(make_assignment(budi, words()), by=budi)
    [block, _second] = body_units(assignment)
    hostile = "Satu <em>kapal</em><img src=x onerror=alert(1)>"
    texts = dict.fromkeys(("source_html", "target_html", "made_from_html"), hostile)
    assignment.units.filter(pk__in=[unit_of(assignment).pk, block.pk]).update(**texts)

    html = page(enter(citra).get(editor(assignment)))

    shown = re.findall(r'<div class="[^"]*text--\w+"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert [text.strip() for text in shown if "kapal" in text] == [
        escape(hostile),
        escape(hostile),
        "Satu <em>kapal</em>",
        "Satu <em>kapal</em>",
    ]


def test_every_unit_is_a_form_that_works_alone(enter, budi):
    assignment = make_assignment(budi, words())

    html = page(enter(budi).get(editor(assignment)))

    actions = re.findall(r'<form class="unit__form[^>]*action="([^"]+)"', html)
    assert actions == [
        reverse("translations:unit", args=[unit.pk])
        for unit in assignment.units.order_by("position")
    ]


def test_there_is_no_inline_script_or_style(enter, budi):
    html = page(enter(budi).get(editor(make_assignment(budi, words()))))

    scripts = re.findall(r"<script(?![^>]*src=)[^>]*>", html)
    assert [tag for tag in scripts if "application/json" not in tag] == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


@pytest.mark.parametrize("length", [3, 200])
@pytest.mark.parametrize("who", ["budi", "ani"])
def test_the_editor_takes_fifteen_queries_whatever_its_length(
    request, enter, budi, length, who, django_assert_max_num_queries
):
    body = "".join(f"<p>Alinea {number}</p>" for number in range(length))
    assignment = translate(make_assignment(budi, words(body=body)), by=budi)
    change_source(assignment.edition.article, body=body.replace("Alinea", "Paragraf"))
    rebasing.rebase(assignment, by=budi, at=NOW)
    browser = enter(request.getfixturevalue(who))

    with django_assert_max_num_queries(15):
        response = browser.get(editor(assignment))

    assert len(response.context["rows"]) == length + 2


def test_a_changed_source_shows_the_difference_and_keeps_the_translation(enter, budi):
    assignment = translate(make_assignment(budi, words(headline="Kapal tiba Senin")), by=budi)
    change_source(assignment.edition.article, headline="Kapal tiba Selasa")
    rebasing.rebase(assignment, by=budi, at=NOW)

    response = enter(budi).get(editor(assignment))

    html = page(response)
    assert rows(response)[0] == ("Headline", "changed")
    assert '<del><span class="visually-hidden">removed: </span>Senin</del>' in html
    assert '<ins><span class="visually-hidden">added: </span>Selasa</ins>' in html
    assert "English 0</textarea>" in html
    assert html.count("Still valid") == 1


def test_a_newer_source_is_offered(enter, budi):
    assignment = make_assignment(budi, words())
    browser = enter(budi)
    assert "The source has changed" not in page(browser.get(editor(assignment)))

    change_source(assignment.edition.article, headline="Judul lain")

    html = page(browser.get(editor(assignment)))
    assert "The source has changed" in html
    assert reverse("translations:bring_in_changes", args=[assignment.pk]) in html


def test_what_the_reviewer_said_stands_where_it_belongs(enter, budi, dewi):
    assignment = submit(make_assignment(budi, words()), by=budi)
    unit = unit_of(assignment)
    send_back(assignment, unit, "Too <long>.", whole="Mind the\nfigures.", by=dewi)

    response = enter(budi).get(editor(assignment))

    assert rows(response)[0] == ("Headline", "returned")
    assert "<p>Mind the<br>figures.</p>" in page(response)
    assert '<span class="chip chip--warm">Style</span> Too &lt;long&gt;.</p>' in page(response)


def test_texts_kept_beside_a_unit_are_shown(enter, budi, citra):
    unit = unit_of(make_assignment(budi, words()))
    translating.save_unit(unit, "Budi's", based_on=1, by=budi, at=NOW)
    with pytest.raises(translating.StaleUnit):
        translating.save_unit(unit, "Citra's", based_on=1, by=citra, at=NOW)

    response = enter(budi).get(editor(unit.assignment))

    assert [(text.by, text.html) for row in response.context["rows"] for text in row.kept] == [
        ("citra", "Citra's")
    ]
    assert "Texts kept beside this one: 1" in page(response)


def test_colleagues_of_the_pair_see_how_far_it_is_and_cannot_write(enter, budi, citra):
    assignment = make_assignment(budi)

    response = enter(citra).get(editor(assignment))

    assert "budi has taken this on. Only they and the desk change it." in page(response)
    assert 'name="target"' not in page(response)


def test_the_desk_may_help_out(enter, budi, ani):
    assignment = make_assignment(budi)

    assert 'name="target"' in page(enter(ani).get(editor(assignment)))


def test_a_translation_in_review_is_not_written_in(enter, budi):
    assignment = submit(make_assignment(budi), by=budi)

    html = page(enter(budi).get(editor(assignment)))

    assert "This translation is in review." in html
    assert 'name="target"' not in html


def test_a_closed_translation_leads_to_the_queue(enter, budi):
    assignment = submit(make_assignment(budi), by=budi)
    approve(assignment)

    response = enter(budi).get(editor(assignment), follow=True)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert told(response) == ["This translation was approved. Nothing is left to do."]


def test_a_source_without_words_says_so(enter, budi):
    assignment = make_assignment(budi)
    assignment.units.all().delete()

    assert "The source has no words to translate." in page(enter(budi).get(editor(assignment)))


@pytest.mark.parametrize("name", ["editor", "preview"])
def test_pages_are_for_those_who_may_know(client, enter, budi, eko, fajar, name):
    address = reverse(f"translations:{name}", args=[make_assignment(budi).pk])

    assert client.get(address).url == f"{reverse('login')}?next={address}"
    assert enter(eko).get(address).status_code == 403
    assert enter(fajar).get(address).status_code == 404
    assert enter(budi).post(address).status_code == 405
    assert enter(budi).get(reverse(f"translations:{name}", args=[10**9])).status_code == 404


def test_the_source_s_page_is_linked_when_it_is_live(enter, budi):
    assignment = make_assignment(budi)
    article = assignment.edition.article
    at = NOW - timedelta(days=400)
    publishing.publish(edition_of(article), by=make_person(), at=at)
    article.refresh_from_db()

    response = enter(budi).get(editor(assignment))

    assert response.context["source_path"] == article.path("id")


def test_the_article_is_linked_for_a_translator_unless_its_embargo_holds(enter, budi):
    assignment = make_assignment(budi, words())
    link = reverse("admin:articles_article_change", args=[assignment.edition.article_id])
    browser = enter(budi)

    put_under_embargo(assignment.edition.article, NOW + timedelta(days=900))
    assert link not in page(browser.get(editor(assignment)))

    put_under_embargo(assignment.edition.article, NOW - timedelta(days=900))
    assert link in page(browser.get(editor(assignment)))


def test_a_source_in_a_reference_language_has_no_page(enter, ani):
    article = make_article(language="ru")
    approve_article(article, "ru")
    assignment = assigning.claim(edition_of(article, "en"), by=ani, at=NOW)

    response = enter(ani).get(editor(assignment))

    assert (response.status_code, response.context["source_path"]) == (200, "")


# Saving


def test_a_unit_is_saved_without_a_script(enter, budi):
    unit = unit_of(make_assignment(budi))

    response = save(enter(budi), unit, "Headline")

    assert response.url == f"{editor(unit.assignment)}#unit-{unit.pk}"
    assert unit_of(unit.assignment).target_html == "Headline"


def test_a_script_gets_where_the_unit_stands(enter, budi):
    unit = unit_of(make_assignment(budi, words()))

    response = save(enter(budi), unit, " Head  line ", act="ready", headers=JSON)

    answer = response.json()
    assert re.fullmatch(r"Saved \d\d:\d\d", answer.pop("saved"))
    assert answer.pop("source").strip() == "Judul"
    assert answer == {
        "version": 2,
        "target": "Head line",
        "status": "ready",
        "status_words": "Ready",
        "is_done": True,
    }


@pytest.mark.parametrize("who", ["budi", "ani"])
@pytest.mark.parametrize("act", ["draft", "ready"])
def test_saving_takes_eight_queries(request, enter, budi, who, act, django_assert_max_num_queries):
    unit = unit_of(make_assignment(budi))
    browser = enter(request.getfixturevalue(who))

    with django_assert_max_num_queries(8):
        save(browser, unit, "Headline", act=act, headers=JSON)


def test_a_script_that_comes_second_gets_both_texts(enter, budi, ani):
    unit = unit_of(make_assignment(budi, words()))
    save(enter(budi), unit, "Budi's head")

    response = save(enter(ani), unit, "Ani's head", headers=JSON)

    answer = response.json()
    assert response.status_code == 409
    assert (answer["version"], answer["target"]) == (2, "Budi's head")
    assert "budi saved this unit while you were writing." in answer["conflict"]
    assert 'value="Ani&#x27;s head"' in answer["conflict"]
    assert unit_of(unit.assignment).target_html == "Budi's head"
    assert [kept.html for kept in KeptText.objects.all()] == ["Ani's head"]


def test_a_form_that_comes_second_shows_both_texts_and_can_win(enter, budi, ani):
    unit = unit_of(make_assignment(budi, words()))
    save(enter(budi), unit, "Budi's head")
    browser = enter(ani)

    response = save(browser, unit, "Ani's head")
    assert response.status_code == 409
    assert "Two texts: Headline" in page(response)
    offered = dict(re.findall(r'name="(based_on|target)" value="([^"]*)"', page(response)))
    assert offered == {"based_on": "2", "target": "Ani&#x27;s head"}

    save(browser, unit, "Ani's head", based_on=2)
    assert unit_of(unit.assignment).target_html == "Ani's head"


def test_a_unit_that_changed_without_a_writer_says_so(enter, budi):
    assignment = make_assignment(budi, words())
    unit = unit_of(assignment)
    change_source(assignment.edition.article, headline="Judul lain")
    rebasing.rebase(assignment, by=budi, at=NOW)

    answer = save(enter(budi), unit, "Headline", headers=JSON).json()

    assert "This unit changed while you were writing." in answer["conflict"]
    assert (answer["target"], answer["source"].strip()) == ("", "Judul lain")


def test_empty_is_not_ready(enter, budi):
    unit = unit_of(make_assignment(budi))
    browser = enter(budi)

    refused = save(browser, unit, " ", act="ready", headers=JSON)
    followed = save(browser, unit, " ", act="ready", follow=True)

    words_ = "There is no translation yet. Write one before you mark it ready."
    assert (refused.status_code, refused.json()["refusal"]) == (422, words_)
    assert told(followed) == [words_]


def test_a_headline_too_long_is_saved_and_told(enter, budi):
    unit = unit_of(make_assignment(budi))

    response = save(enter(budi), unit, "x" * 201, act="ready", headers=JSON)

    assert response.status_code == 422
    assert response.json()["refusal"] == (
        "This is longer than 200 characters. It was saved as a draft; shorten it."
    )
    assert (response.json()["version"], response.json()["status"]) == (2, "draft")


def test_words_after_submitting_are_kept_and_told(enter, budi):
    assignment = submit(make_assignment(budi), by=budi)
    unit = unit_of(assignment)

    response = save(enter(budi), unit, "Too late", headers=JSON)

    assert response.status_code == 409
    assert response.json() == {
        "refusal": "This translation is in review. It can be changed if it is sent back."
        " What you wrote was kept beside the unit."
    }
    assert KeptText.objects.get().html == "Too late"


def test_the_source_is_copied_without_a_script(enter, budi):
    [unit, _second] = body_units(
        make_assignment(budi, words(body="<p>Satu <em>dua</em>.</p><p>Tiga.</p>"))
    )

    save(enter(budi), unit, "", act="copy")

    unit.refresh_from_db()
    assert (unit.target_html, unit.state) == ("Satu <em>dua</em>.", "draft")


def test_copying_never_replaces_words(enter, budi):
    unit = unit_of(make_assignment(budi))

    response = save(enter(budi), unit, "Headline", act="copy", follow=True)

    assert unit_of(unit.assignment).target_html == "Headline"
    assert told(response) == ["Empty the translation before you copy the source into it."]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"target": "x", "act": "draft"},
        {"target": "x", "based_on": "x", "act": "draft"},
        {"target": "x", "based_on": "0", "act": "draft"},
        {"target": "x", "based_on": "1", "act": "destroy"},
    ],
)
def test_a_broken_form_is_refused_and_saves_nothing(enter, budi, fields):
    unit = unit_of(make_assignment(budi))

    response = enter(budi).post(reverse("translations:unit", args=[unit.pk]), fields)

    assert response.status_code == 400
    assert "The page is not complete. Load it again." in page(response)
    assert unit_of(unit.assignment).version == 1


def test_hostile_markup_is_cleaned(enter, budi):
    [unit, _second] = body_units(make_assignment(budi, words()))
    browser = enter(budi)

    save(browser, unit, '<img src=x onerror="alert(1)"><a href="javascript:x">Link</a>')

    html = page(browser.get(editor(unit.assignment)))
    assert "onerror" not in html
    assert "javascript:" not in html


def test_saving_is_for_whoever_has_it_and_the_desk(client, enter, budi, ani, citra, eko, fajar):
    unit = unit_of(make_assignment(budi))
    address = reverse("translations:unit", args=[unit.pk])

    assert save(client, unit, "x").templates[0].name == "newsroom/unsaved.html"
    signed_out = save(client, unit, "x", headers=JSON)
    assert (signed_out.status_code, signed_out.json()) == (401, {"refusal": "You are signed out."})
    refused = save(enter(citra), unit, "x", headers=JSON)
    assert (refused.status_code, refused.json()) == (
        403,
        {"refusal": "budi has taken this on. Only they and the desk change it."},
    )
    assert save(enter(fajar), unit, "x").status_code == 404
    assert save(enter(eko), unit, "x").status_code == 403
    assert enter(budi).get(address).status_code == 405
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(budi)
    assert save(checked, unit, "x").status_code == 403
    assert unit_of(unit.assignment).version == 1

    assert save(enter(ani), unit, "Desk").status_code == 302
    assert unit_of(unit.assignment).saved_by == ani


def test_a_unit_its_source_has_lost_is_gone(enter, budi):
    unit = unit_of(make_assignment(budi))
    unit.delete()

    response = enter(budi).post(
        reverse("translations:unit", args=[10**9]), {"target": "x"}, headers=JSON
    )

    assert response.status_code == 404


# The whole


def test_a_whole_translation_goes_to_review(enter, budi):
    assignment = translate(make_assignment(budi), by=budi)

    response = enter(budi).post(reverse("translations:submit", args=[assignment.pk]), follow=True)

    assert fresh(assignment).state == "in_review"
    assert response.redirect_chain == [(QUEUE, 302)]
    assert told(response) == ["The translation was handed to review."]


def test_what_is_missing_is_named_and_linked(enter, budi):
    assignment = make_assignment(budi, words())
    translating.finish_unit(unit_of(assignment), "Headline", based_on=1, by=budi, at=NOW)

    response = post(enter(budi), "submit", assignment)

    assert response.status_code == 409
    assert [row.label for row in response.context["missing"]] == [
        "Standfirst",
        "Paragraph 1",
        "Paragraph 2",
    ]
    for unit in body_units(assignment):
        assert f'href="#unit-{unit.pk}"' in page(response)
    assert fresh(assignment).state == "translating"


def test_a_translation_behind_is_not_submitted(enter, budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")

    response = enter(budi).post(reverse("translations:submit", args=[assignment.pk]), follow=True)

    assert told(response) == ["The source has changed. Bring in its changes first."]
    assert "Bring in the changes" in page(response)


def test_submitting_twice_says_that_it_is_in_review(enter, budi):
    assignment = submit(make_assignment(budi), by=budi)

    response = enter(budi).post(reverse("translations:submit", args=[assignment.pk]), follow=True)

    assert told(response) == [
        "This translation is in review. It can be changed if it is sent back."
    ]


def test_changes_are_brought_in(enter, budi):
    assignment = translate(make_assignment(budi, words()), by=budi)
    change_source(assignment.edition.article, headline="Judul lain")

    response = enter(budi).post(
        reverse("translations:bring_in_changes", args=[assignment.pk]), follow=True
    )

    assert rows(response)[0] == ("Headline", "changed")
    assert not rebasing.is_behind(fresh(assignment))


def test_changes_come_into_nothing_that_is_closed(enter, budi):
    assignment = make_assignment(budi)
    assigning.hand_back(assignment, by=budi, at=NOW)

    response = enter(budi).post(
        reverse("translations:bring_in_changes", args=[assignment.pk]), follow=True
    )

    assert told(response) == ["This translation was handed back. Take it on again to go on."]


def test_a_translation_is_handed_back(enter, budi):
    assignment = make_assignment(budi)

    response = enter(budi).post(
        reverse("translations:hand_back", args=[assignment.pk]), {"reason": "Ill."}, follow=True
    )

    assert fresh(assignment).state == "handed_back"
    assert response.redirect_chain == [(QUEUE, 302)]
    assert told(response) == [
        "The translation waits for somebody again, with all that was written."
    ]


def test_a_reason_too_long_is_shown_with_what_was_typed(enter, budi):
    assignment = make_assignment(budi)

    response = post(enter(budi), "hand_back", assignment, reason="y" * 501)

    assert response.status_code == 400
    assert "y" * 501 in page(response)
    assert fresh(assignment).state == "translating"


def test_only_the_desk_takes_a_translation_out_of_review(enter, budi, ani):
    assignment = submit(make_assignment(budi), by=budi)

    assert post(enter(budi), "hand_back", assignment).status_code == 409
    assert fresh(assignment).state == "in_review"

    assert post(enter(ani), "hand_back", assignment).status_code == 302
    assert fresh(assignment).state == "handed_back"


def test_the_desk_says_when_it_is_due(enter, budi, ani):
    assignment = make_assignment(budi)
    browser = enter(ani)

    post(browser, "due", assignment, due_at="2026-11-24T17:30")
    assert fresh(assignment).due_at == NOW + timedelta(hours=7, minutes=30)
    assert "Due " in page(browser.get(editor(assignment)))

    wrong = post(browser, "due", assignment, due_at="tomorrow")
    assert wrong.status_code == 400
    assert 'value="tomorrow"' in page(wrong)
    assert fresh(assignment).due_at == NOW + timedelta(hours=7, minutes=30)

    post(browser, "due", assignment, due_at="")
    assert fresh(assignment).due_at is None


def test_translators_do_not_set_their_own_due_date(enter, budi):
    assignment = make_assignment(budi)

    response = post(enter(budi), "due", assignment, due_at="2026-11-24T17:30")

    assert response.status_code == 403
    assert "Only editors set the time by which a translation is due." in page(response)


@pytest.mark.parametrize("name", ["submit", "hand_back", "due", "bring_in_changes"])
def test_what_changes_the_whole_is_guarded(client, enter, budi, eko, fajar, name):
    assignment = make_assignment(budi)
    address = reverse(f"translations:{name}", args=[assignment.pk])
    before = list(Assignment.objects.values())

    assert client.post(address).templates[0].name == "newsroom/unsaved.html"
    assert enter(eko).post(address).status_code == 403
    assert enter(fajar).post(address).status_code == 404
    assert enter(budi).get(address).status_code == 405
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(budi)
    assert checked.post(address).status_code == 403
    assert list(Assignment.objects.values()) == before


@pytest.mark.parametrize("name", ["submit", "hand_back"])
def test_a_colleague_does_not_decide_over_my_work(enter, budi, citra, name):
    assignment = translate(make_assignment(budi), by=budi)

    response = post(enter(citra), name, assignment)

    assert response.status_code == 403
    assert "budi has taken this on." in page(response)
    assert fresh(assignment).state == "translating"


def test_the_preview_is_the_public_page_in_its_language_and_private(enter, budi):
    assignment = make_assignment(budi, words())
    translating.finish_unit(unit_of(assignment), "English headline", based_on=1, by=budi, at=NOW)

    response = enter(budi).get(reverse("translations:preview", args=[assignment.pk]))

    html = page(response)
    assert '<html lang="en">' in html
    assert '<h1 class="story__headline">English headline</h1>' in html
    assert "Judul" not in html
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
