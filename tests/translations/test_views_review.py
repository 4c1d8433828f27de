from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles import publishing
from articles.models import Revision
from tests.builders import NOW, edition_of
from tests.translations.desk import (
    approve,
    change_source,
    fresh,
    make_assignment,
    send_back,
    submit,
    unit_of,
    words,
)
from translations import assigning, discussing, rebasing, reviewing, translating
from translations.models import Assignment, Thread, Unit

QUEUE = reverse("translations:queue")
LATER = NOW + timedelta(hours=1)


def address(name: str, assignment: Assignment) -> str:
    return reverse(f"translations:{name}", args=[assignment.pk])


def address_of(name: str, unit: Unit) -> str:
    return reverse(f"translations:{name}", args=[unit.pk])


def decide(browser: Client, name: str, assignment: Assignment, **fields):
    fields.setdefault("seen", reviewing.version_of(assignment))
    units = assignment.units.values_list("pk", flat=True)
    fields.setdefault("confirmed", ",".join(str(pk) for pk in units))
    return browser.post(address(name, assignment), fields, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def page(response) -> str:
    return response.content.decode()


@pytest.fixture
def submitted(budi) -> Assignment:
    return submit(make_assignment(budi, words()), by=budi)


@pytest.fixture
def updated(budi, citra) -> Assignment:
    """Return an update in review: the headline and its translation changed, nothing else."""
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    change_source(edition.article, headline="Judul kedua")
    assignment = assigning.claim(edition_of(edition.article, "en"), by=citra, at=LATER)
    unit = unit_of(assignment)
    translating.finish_unit(unit, "English two", based_on=unit.version, by=citra, at=LATER)
    return translating.submit(assignment, by=citra, at=LATER)


def test_a_reviewer_reads_both_sides_and_can_decide(enter, dewi, submitted):
    html = page(enter(dewi).get(address("review", submitted)))

    assert [text in html for text in ("Judul", "English 0", "Approve", "Send back")] == [True] * 4
    assert address_of("return_unit", unit_of(submitted)) in html
    assert f'name="seen" value="{reviewing.version_of(submitted)}"' in html
    assert "Changed since this was last approved" not in html


def test_an_update_shows_what_changed_on_both_sides(enter, dewi, updated):
    response = enter(dewi).get(address("review", updated))

    assert [item.row.label for item in response.context["changed"]] == ["Headline"]
    html = page(response)
    assert '<ins><span class="visually-hidden">added: </span> kedua</ins>' in html
    assert '<del><span class="visually-hidden">removed: </span>0</del>' in html
    assert '<ins><span class="visually-hidden">added: </span>two</ins>' in html


def test_a_new_block_is_marked_as_new(enter, budi, citra, dewi):
    edition = approve(submit(make_assignment(budi, words()), by=budi))
    body = '<p data-bid="aaaaaaaa">Satu.</p><p data-bid="cccccccc">Tiga.</p>'
    change_source(edition.article, body=body)
    assignment = assigning.claim(edition_of(edition.article, "en"), by=citra, at=LATER)
    submit(assignment, by=citra, at=LATER)

    changed = enter(dewi).get(address("review", assignment)).context["changed"]

    assert [(item.row.label, item.is_new) for item in changed] == [("Paragraph 2", True)]


def test_what_was_mended_is_listed_when_it_comes_back(enter, budi, dewi, submitted):
    unit = unit_of(submitted)
    send_back(submitted, unit, "Hm.", by=dewi)
    unit.refresh_from_db()
    translating.finish_unit(unit, "Better", based_on=unit.version, by=budi, at=LATER)
    translating.submit(fresh(submitted), by=budi, at=LATER)

    response = enter(dewi).get(address("review", submitted))

    assert [item.row.label for item in response.context["mended"]] == ["Headline"]
    assert "Changed since it was sent back" in page(response)


@pytest.mark.parametrize("length", [3, 200])
def test_the_review_takes_fifteen_queries_whatever_its_length(
    enter, budi, dewi, length, django_assert_max_num_queries
):
    body = "".join(f"<p>Alinea {number}</p>" for number in range(length))
    assignment = submit(make_assignment(budi, words(body=body)), by=budi)
    browser = enter(dewi)

    with django_assert_max_num_queries(15):
        browser.get(address("review", assignment))


def test_an_approval_delivers_and_says_what_comes_next(enter, dewi, submitted):
    response = decide(enter(dewi), "approve", submitted)

    assert fresh(submitted).state == "delivered"
    assert response.redirect_chain == [(QUEUE, 302)]
    assert told(response) == ["The translation was approved. An editor can publish it now."]


def test_an_editor_who_approves_is_led_to_the_article(enter, ani, submitted):
    response = decide(enter(ani), "approve", submitted)

    link = reverse("admin:articles_article_change", args=[submitted.edition.article_id])
    words_ = "The translation was approved. An editor can publish it now."
    assert told(response) == [f'{words_} <a href="{link}">Open the article</a>']
    assert f'<a href="{link}">Open the article</a>' in page(response)


def test_own_work_is_not_approved(enter, citra):
    assignment = submit(make_assignment(citra, words()), by=citra)
    browser = enter(citra)

    offered = page(browser.get(address("review", assignment)))
    response = decide(browser, "approve", assignment)

    words_ = "You wrote on this translation. Somebody else must approve it."
    assert words_ in offered
    assert "data-approve-all" not in offered
    assert response.status_code == 409
    assert words_ in page(response)
    assert fresh(assignment).state == "in_review"
    assert not Revision.objects.filter(edition=assignment.edition).exists()


def test_in_a_newsroom_of_one_own_work_is_approved_and_flagged(enter, citra, settings):
    settings.SOLO = True
    assignment = submit(make_assignment(citra, words()), by=citra)
    html = page(enter(citra).get(address("review", assignment)))
    assert "If you approve it, it is marked as published without review" in html
    assert 'formaction="' + address("approve", assignment) in html

    decide(enter(citra), "approve", assignment)

    edition = edition_of(assignment.edition.article, "en")
    publishing.publish(edition, by=citra, at=LATER)
    edition = edition_of(edition.article, "en")
    assert publishing.awaits_second_look(edition)
    done = edition.article.activities.filter(language="en").order_by("pk")
    assert [activity.verb for activity in done][-2:] == ["delivered_own", "forced"]


def test_a_text_that_changed_is_shown_again_with_the_note(enter, dewi, submitted):
    response = decide(enter(dewi), "approve", submitted, seen="another", note="And me.")

    html = page(response)
    assert response.status_code == 409
    assert "The translation changed while you read it. Here is the text as it is now." in html
    assert "And me.</textarea>" in html
    assert f'name="seen" value="{reviewing.version_of(submitted)}"' in html
    assert fresh(submitted).state == "in_review"


def test_a_source_that_changed_must_come_in_first(enter, dewi, submitted):
    change_source(submitted.edition.article, headline="Judul lain")
    browser = enter(dewi)

    response = decide(browser, "approve", submitted)

    assert response.status_code == 409
    assert "The source has changed since this was translated." in page(response)
    assert address("bring_in_changes", submitted) in page(response)
    assert fresh(submitted).state == "in_review"

    browser.post(address("bring_in_changes", submitted))
    assert fresh(submitted).state == "returned"
    assert not rebasing.is_behind(fresh(submitted))


def test_sending_back_takes_what_was_marked_with_it(enter, dewi, submitted):
    browser, unit = enter(dewi), unit_of(submitted)
    fault = {"reason": "fact", "note": "Too long.", "side": "target", "quote": "English 0"}

    marked = browser.post(address_of("return_unit", unit), {**fault, "near": "0"}, follow=True)
    assert "Marked to be sent back:" in page(marked)
    response = decide(browser, "send_back", submitted, note="Nearly.")

    assert (fresh(submitted).state, fresh(submitted).return_note) == ("returned", "Nearly.")
    assert [
        (u.bid, u.return_reason, u.return_note, u.return_quote, u.return_start, u.return_end)
        for u in submitted.units.exclude(return_note="")
    ] == [("@headline", "fact", "Too long.", "English 0", 0, 9)]
    assert told(response) == ["The translation went back to budi."]


def test_sending_back_without_a_word_is_not_possible(enter, dewi, submitted):
    response = decide(enter(dewi), "send_back", submitted, note=" ")

    assert response.status_code == 400
    assert "Say what is wrong, with a unit or with the whole, before you send it back." in page(
        response
    )
    assert fresh(submitted).state == "in_review"


def test_a_note_too_long_is_told_and_kept(enter, dewi, submitted):
    response = decide(enter(dewi), "send_back", submitted, note="y" * 2001)

    assert response.status_code == 400
    assert "Nothing was sent back yet. Look at your word on the whole." in page(response)
    assert "y" * 2001 in page(response)
    assert fresh(submitted).state == "in_review"


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_what_somebody_decided_is_not_decided_again(enter, dewi, submitted, name):
    approve(submitted)

    response = decide(enter(dewi), name, submitted, note="Hm.")

    assert told(response) == ["This translation was approved. Nothing is left to do."]
    assert Revision.objects.filter(edition=submitted.edition).count() == 1


def test_what_is_with_its_translator_is_not_reviewed(enter, budi, dewi):
    assignment = make_assignment(budi)

    response = enter(dewi).get(address("review", assignment), follow=True)

    assert told(response) == ["This translation is not in review now: it is with its translator."]


def test_translators_read_the_review_page_and_decide_nothing(enter, budi, submitted):
    browser = enter(budi)
    words_ = "Only reviewers of Indonesian → English can decide. Ask the desk to add you."

    html = page(browser.get(address("review", submitted)))
    refusals = [decide(browser, name, submitted, note="x") for name in ("approve", "send_back")]

    assert words_ in html
    assert "Send back</button>" not in html
    assert [(r.status_code, words_ in page(r)) for r in refusals] == [(403, True)] * 2
    assert fresh(submitted).state == "in_review"


@pytest.mark.parametrize("name", ["review", "approve", "send_back"])
def test_the_review_is_for_those_who_may_know(client, enter, dewi, eko, fajar, submitted, name):
    where = address(name, submitted)
    ask = "get" if name == "review" else "post"
    wrong = "post" if name == "review" else "get"

    login = "newsroom/login.html" if name == "review" else "newsroom/unsaved.html"
    assert getattr(client, ask)(where, follow=True).templates[0].name == login
    assert getattr(enter(eko), ask)(where).status_code == 403
    assert getattr(enter(fajar), ask)(where).status_code == 404
    assert getattr(enter(dewi), wrong)(where).status_code == 405
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(dewi)
    if name != "review":
        assert checked.post(where).status_code == 403
    assert fresh(submitted).state == "in_review"


def test_a_script_is_told_where_an_approved_unit_stands(
    enter, dewi, submitted, django_assert_max_num_queries
):
    browser, unit = enter(dewi), unit_of(submitted)

    with django_assert_max_num_queries(11):
        response = browser.post(
            address_of("approve_unit", unit),
            {"based_on": unit.version},
            headers={"Accept": "application/json", "Accept-Language": "en"},
        )

    assert response.status_code == 200
    assert response.json()["status_words"] == "Approved"
    assert response.json()["approved"].startswith("dewi, ")


def test_without_a_script_an_approval_leads_back_to_its_unit(enter, dewi, submitted):
    unit = unit_of(submitted)

    response = enter(dewi).post(address_of("approve_unit", unit), {"based_on": unit.version})

    assert response.url == f"{address('review', submitted)}#unit-{unit.pk}"
    assert unit_of(submitted).state == "approved"


def test_units_that_nobody_looked_at_are_listed_before_the_whole_is_approved(
    enter, dewi, submitted
):
    browser, unit = enter(dewi), unit_of(submitted)
    browser.post(address_of("approve_unit", unit), {"based_on": unit.version})

    asked = decide(browser, "approve", submitted, confirmed="")

    labels = [item.row.label for item in asked.context["unseen"]]
    assert labels == ["Standfirst", "Paragraph 1", "Paragraph 2"]
    assert "3 units were not approved one by one" in page(asked)
    assert fresh(submitted).state == "in_review"
    decide(browser, "approve", submitted)
    assert fresh(submitted).state == "delivered"


def test_the_translation_stands_first_where_it_was_approved_before(enter, dewi, updated):
    response = enter(dewi).get(address("review", updated))

    first = page(response).partition('class="unit ')[2]
    assert first.index("unit__target") < first.index("unit__source")
    assert [item.row.label for item in response.context["rows"] if item.is_left] == ["Headline"]


def test_whoever_edited_is_told_who_may_approve(enter, ani, dewi, submitted):
    browser, unit = enter(dewi), unit_of(submitted)
    assert "English 0" in page(browser.get(address_of("mend_unit", unit)))
    sent = {"based_on": unit.version, "target": "Better"}
    assert browser.post(address_of("mend_unit", unit), sent).status_code == 302

    response = decide(browser, "approve", submitted)

    assert response.status_code == 409
    words_ = "You wrote on this translation. Somebody else must approve it. Who may: ani."
    assert words_ in page(response)
    refusal = browser.post(address_of("approve_unit", unit), {"based_on": unit.version + 1})
    assert refusal.status_code == 409
    assert "You wrote this unit. Somebody else must approve it. Who may: ani." in page(refusal)


def test_the_translator_sees_what_was_changed_in_review(enter, budi, dewi, submitted):
    unit = unit_of(submitted)
    reviewing.edit_unit(unit, "Better 0", based_on=unit.version, by=dewi, at=LATER)

    approve(submitted)

    shown = page(enter(budi).get(address("mended", submitted)))
    assert "dewi changed this in review" in shown
    assert '<del><span class="visually-hidden">removed: </span>English</del>' in shown


def test_an_open_question_warns_before_the_approval_and_does_not_stop_it(
    enter, budi, dewi, submitted
):
    discussing.ask(unit_of(submitted), "Which ship?", by=budi, at=NOW)

    html = page(enter(dewi).get(address("review", submitted)))
    assert "Questions to the source's editor are still open:" in html
    assert "Which ship?" in html

    decide(enter(dewi), "approve", submitted)
    assert fresh(submitted).state == "delivered"


def test_a_question_is_answered_on_the_page_of_the_source(enter, ani, budi):
    assignment = make_assignment(budi, words())
    unit = unit_of(assignment)
    asked = enter(budi).post(address_of("ask", unit), {"text": "Which ship?"})
    assert asked.url == f"{address('editor', assignment)}#unit-{unit.pk}"
    story = reverse("admin:articles_article_change", args=[assignment.edition.article_id])
    [thread] = Thread.objects.all()
    answer = reverse("translations:answer", args=[thread.pk])

    html = page(enter(ani).get(story, {"lang": "id"}))
    assert "1 question from translators" in html
    assert answer in html
    response = enter(ani).post(answer, {"text": "The ferry."}, follow=True)

    assert told(response) == ["Your answer stands beside the unit in the desk."]
    assert "The ferry." in page(enter(budi).get(address("editor", assignment)))


def test_somebody_who_is_not_told_is_named(enter, budi, eko):
    unit = unit_of(make_assignment(budi, words()))

    response = enter(budi).post(address_of("comment", unit), {"text": "@eko?"}, follow=True)

    assert told(response) == ["Nobody who may see this story is called @eko: they are not told."]


def test_a_fault_without_a_reason_is_asked_for_and_the_note_is_kept(enter, dewi, submitted):
    unit = unit_of(submitted)

    response = enter(dewi).post(address_of("return_unit", unit), {"note": "Remember me."})

    assert response.status_code == 400
    assert "Remember me.</textarea>" in page(response)
    assert unit_of(submitted).state == "ready"


def test_an_edit_that_cannot_be_stored_is_shown_again(enter, dewi, citra, submitted):
    browser, unit = enter(dewi), unit_of(submitted)
    where = address_of("mend_unit", unit)

    empty = browser.post(where, {"based_on": unit.version, "target": " "})
    reviewing.edit_unit(unit, "Citra's", based_on=unit.version, by=citra, at=NOW)
    stale = browser.post(where, {"based_on": unit.version, "target": "Dewi's"})

    assert empty.status_code == 422
    assert stale.status_code == 409
    assert "citra saved this unit while you were writing." in page(stale)
    assert "Dewi&#x27;s</textarea>" in page(stale)
    assert f'name="based_on" value="{unit.version + 1}"' in page(stale)
