import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Edition
from tests.builders import NOW, make_person
from tests.translations.desk import (
    approve,
    change_source,
    make_assignment,
    make_waiting,
    submit,
    words,
)
from translations import assigning, reviewing
from translations.models import Assignment

QUEUE = reverse("translations:queue")


def headlines(response) -> list[str]:
    return [row.headline for row in response.context["rows"]]


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def numbers(response) -> dict[str, int]:
    return {tab.code: tab.number for tab in response.context["tabs"]}


def test_the_queue_asks_who_is_there(client, db):
    response = client.get(QUEUE)

    assert response.status_code == 302
    assert response.url == f"{reverse('login')}?next={QUEUE}"


def test_a_stranger_is_told_whom_to_ask(enter, eko):
    response = enter(eko).get(QUEUE)

    assert response.status_code == 403
    assert "Ask an administrator for one of these roles." in response.content.decode()


def test_the_queue_is_only_read(enter, budi):
    assert enter(budi).post(QUEUE).status_code == 405


def test_the_queue_is_kept_by_no_cache(enter, budi):
    assert "no-store" in enter(budi).get(QUEUE)["Cache-Control"]


def test_a_translator_sees_what_waits_in_their_pair(enter, budi, fajar):
    make_waiting(words())

    response = enter(budi).get(QUEUE)
    other = enter(fajar).get(QUEUE)

    assert numbers(response) == {
        "mine": 0,
        "waiting": 1,
        "in_review": 0,
        "returned": 0,
        "out_of_date": 0,
    }
    assert (response.context["chosen"], headlines(response)) == ("waiting", ["Judul"])
    assert '<span class="rows__headline" lang="id">Judul</span>' in response.content.decode()
    assert headlines(other) == []


def test_without_a_pair_the_page_says_whom_to_ask(enter, db):
    make_waiting()

    response = enter(make_person("gita", "Translator")).get(QUEUE)

    assert headlines(response) == []
    assert "You have no language pair yet." in response.content.decode()


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ("mine", "You have taken on no translation."),
        ("waiting", "Nothing waits."),
        ("in_review", "Nothing waits for review."),
        ("returned", "Nothing was sent back."),
        ("out_of_date", "Every translation says what its source says."),
    ],
)
def test_an_empty_list_says_what_comes_there(enter, budi, chosen, says):
    response = enter(budi).get(QUEUE, {"list": chosen})

    assert says in response.content.decode()


def test_each_list_shows_its_own(enter, ani, budi, citra, dewi):
    waiting = words(headline="Menunggu")
    make_waiting(waiting)
    make_assignment(budi, words(headline="Dikerjakan"))
    submit(make_assignment(citra, words(headline="Ditinjau")), by=citra)
    back = submit(make_assignment(budi, words(headline="Kembali")), by=budi)
    reviewing.send_back(back, note="Hm.", by=dewi, at=NOW)
    old = approve(submit(make_assignment(citra, words()), by=citra))
    change_source(old.article, headline="Usang")

    browser = enter(budi)
    shown = {
        name: headlines(browser.get(QUEUE, {"list": name}))
        for name in ("mine", "waiting", "in_review", "returned", "out_of_date")
    }

    assert shown == {
        "mine": ["Kembali", "Dikerjakan"],
        "waiting": ["Menunggu"],
        "in_review": ["Ditinjau"],
        "returned": ["Kembali"],
        "out_of_date": ["Usang"],
    }
    assert numbers(enter(ani).get(QUEUE)) == {
        "mine": 0,
        "waiting": 1,
        "in_review": 1,
        "returned": 1,
        "out_of_date": 1,
    }


def test_people_land_on_the_list_they_came_for(enter, budi, dewi, ani):
    make_waiting()
    submit(make_assignment(budi), by=budi)
    make_assignment(budi)

    landings = [enter(person).get(QUEUE).context["chosen"] for person in (budi, dewi, ani)]

    assert landings == ["mine", "in_review", "in_review"]


def test_a_row_tells_what_somebody_needs_to_choose(enter, budi):
    assignment = make_assignment(budi, words())
    assigning.set_due(assignment, NOW - timedelta(days=400))

    [row] = enter(budi).get(QUEUE, {"list": "mine"}).context["rows"]

    assert (row.section, row.credit, row.pair, row.words) == (
        "Politics",
        "Rossiyskaya Gazeta",
        ("id", "en"),
        4,
    )
    assert (row.is_late, row.is_own, row.may_claim, row.may_review) == (True, True, False, False)
    assert (row.assignment.units_done, row.assignment.units_total) == (0, 4)


def test_only_reviewers_are_offered_to_review(enter, budi, dewi):
    submit(make_assignment(budi), by=budi)

    offered = [
        enter(person).get(QUEUE, {"list": "in_review"}).context["rows"][0].may_review
        for person in (budi, dewi)
    ]

    assert offered == [False, True]


def test_only_translators_are_offered_to_take_on(enter, budi, dewi, ani):
    make_waiting()

    offered = [
        enter(person).get(QUEUE, {"list": "waiting"}).context["rows"][0].may_claim
        for person in (budi, dewi, ani)
    ]

    assert offered == [True, False, True]


def test_filters_narrow_the_list(enter, ani, budi, citra):
    make_assignment(budi, words(headline="Kapal tiba"))
    make_assignment(citra, words(headline="Kopi naik"))
    for assignment in Assignment.objects.all():
        submit(assignment, by=assignment.translator)
    browser = enter(ani)

    def shown(**filters):
        return headlines(browser.get(QUEUE, {"list": "in_review", **filters}))

    everything = ["Kapal tiba", "Kopi naik"]
    section = Edition.objects.first().article.section_id
    assert shown() == everything
    assert shown(q="kopi") == ["Kopi naik"]
    assert shown(q="  ") == everything
    assert shown(direction="id-en") == everything
    assert shown(direction="en-id") == []
    assert shown(section=section) == everything
    assert shown(section=section + 1) == []
    assert shown(translator=budi.pk) == ["Kapal tiba"]


def test_filters_that_are_not_on_offer_narrow_nothing(enter, budi):
    make_waiting(words())
    browser = enter(budi)

    for strange in ({"direction": "xx-yy"}, {"section": "x"}, {"page": "x"}, {"list": "x"}):
        assert headlines(browser.get(QUEUE, strange)) == ["Judul"]


def test_a_filter_that_finds_nothing_offers_the_whole_list(enter, budi):
    make_waiting(words())

    page = enter(budi).get(QUEUE, {"list": "waiting", "q": "gajah"}).content.decode()

    assert "No story in this list fits the filters." in page
    assert '<a href="?list=waiting">Show the whole list</a>' in page


def test_long_lists_are_paged(enter, budi, monkeypatch):
    monkeypatch.setattr("translations.views.queue.ROWS", 2)
    for name in ("a", "b", "c"):
        make_waiting(words(headline=name))
    browser = enter(budi)

    first = browser.get(QUEUE, {"list": "waiting"})
    second = browser.get(QUEUE, {"list": "waiting", "page": 2})

    assert (headlines(first), headlines(second)) == (["a", "b"], ["c"])
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' in second.content.decode()


def test_the_queue_says_why_a_story_may_not_be_translated_and_offers_no_button(enter, budi):
    edition = make_waiting()
    edition.article.attributions.get().source.licences.update(may_translate=False)

    response = enter(budi).get(QUEUE, {"list": "waiting"})

    words = (
        "The licence of Rossiyskaya Gazeta does not allow translation. Ask for it, or choose"
        " another licence."
    )
    assert [row.refusal for row in response.context["rows"]] == [words]
    claim = reverse("translations:claim", args=[edition.pk])
    assert (words in response.content.decode(), claim in response.content.decode()) == (True, False)
    assert told(enter(budi).post(claim, {"list": "waiting"}, follow=True)) == [words]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["budi", "ani"])
def test_every_list_takes_ten_queries_whatever_its_length(
    request, enter, budi, dewi, who, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        make_waiting()
        make_assignment(budi)
        submit(make_assignment(budi), by=budi)
        back = submit(make_assignment(budi), by=budi)
        reviewing.send_back(back, note="Hm.", by=dewi, at=NOW)
        old = approve(submit(make_assignment(budi, words()), by=budi))
        change_source(old.article, headline="Judul lain")
    browser = enter(request.getfixturevalue(who))

    for chosen in ("waiting", "in_review", "returned", "out_of_date"):
        with django_assert_max_num_queries(10):
            response = browser.get(QUEUE, {"list": chosen})
        assert len(response.context["rows"]) == rows
    with django_assert_max_num_queries(10):
        browser.get(QUEUE, {"list": "mine"})


def test_the_screen_speaks_the_language_of_the_person(enter, budi):
    budi.language = "id"
    budi.save(update_fields=["language"])

    assert '<html lang="id">' in enter(budi).get(QUEUE).content.decode()


def test_a_hostile_headline_is_only_words(enter, budi):
    make_waiting(words(headline="<script>alert(1)</script>"))

    page = enter(budi).get(QUEUE, {"list": "waiting"}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def claim(browser: Client, edition: Edition):
    return browser.post(reverse("translations:claim", args=[edition.pk]))


def test_taking_on_leads_to_the_editor(enter, budi):
    edition = make_waiting()

    response = claim(enter(budi), edition)

    assignment = Assignment.objects.get(edition=edition)
    assert (assignment.translator, assignment.state) == (budi, "translating")
    assert response.url == reverse("translations:editor", args=[assignment.pk])


def test_pressing_twice_leads_to_the_same_editor(enter, budi):
    edition = make_waiting()
    browser = enter(budi)

    assert claim(browser, edition).url == claim(browser, edition).url
    assert Assignment.objects.count() == 1


def test_who_comes_second_is_told_who_was_first(enter, budi, citra):
    edition = make_waiting()
    claim(enter(budi), edition)
    browser = enter(citra)

    response = browser.post(reverse("translations:claim", args=[edition.pk]), follow=True)

    [message] = told(response)
    assert re.fullmatch(
        r"budi took this on \(today, \d\d:\d\d\)\. Take another one, or ask them to hand it back\.",
        message,
    )
    assert Assignment.objects.get().translator == budi


@pytest.mark.parametrize(
    ("pressed_in", "leads_to"), [("out_of_date", "out_of_date"), ("//evil.example", "waiting")]
)
def test_who_comes_second_stays_in_the_list(enter, budi, citra, pressed_in, leads_to):
    edition = make_waiting()
    claim(enter(budi), edition)
    address = reverse("translations:claim", args=[edition.pk])

    response = enter(citra).post(address, {"list": pressed_in})

    assert response.url == f"{QUEUE}?list={leads_to}"


def test_reviewers_cannot_take_on(enter, dewi):
    edition = make_waiting()

    response = claim(enter(dewi), edition)

    assert response.status_code == 403
    assert (
        "Only translators of Indonesian → English can take this on. Ask the desk to add you."
        in response.content.decode()
    )
    assert not Assignment.objects.exists()


def test_an_edition_of_another_pair_is_not_there(enter, fajar, eko):
    edition = make_waiting()

    assert claim(enter(fajar), edition).status_code == 404
    assert claim(enter(eko), edition).status_code == 403
    assert not Assignment.objects.exists()


def test_an_edition_under_embargo_is_not_there(enter, budi):
    edition = make_waiting()
    far = NOW + timedelta(days=40_000)
    editing.set_embargo(edition.article, until=far, reason="", by=make_person(), at=NOW)

    assert claim(enter(budi), edition).status_code == 404


def test_a_claim_is_a_post_by_somebody(client, enter, budi):
    edition = make_waiting()
    address = reverse("translations:claim", args=[edition.pk])

    assert enter(budi).get(address).status_code == 405
    assert client.post(address).templates[0].name == "newsroom/unsaved.html"
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(budi)
    assert checked.post(address).status_code == 403
    assert not Assignment.objects.exists()


def test_what_an_editor_writes_is_not_taken_on(enter, budi):
    edition = make_waiting()
    editing.open_working_copy(edition, by=make_person(), at=NOW)

    response = enter(budi).post(reverse("translations:claim", args=[edition.pk]), follow=True)

    assert told(response) == [
        "An editor is writing this translation in the admin. Ask the desk who goes on."
    ]


def test_what_is_up_to_date_is_not_taken_on(enter, budi):
    edition = approve(submit(make_assignment(budi), by=budi))

    response = enter(budi).post(reverse("translations:claim", args=[edition.pk]), follow=True)

    assert told(response) == [
        "There is nothing to translate in this story now: its source says nothing new."
    ]
