"""The desk's pages about who translates what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import editing
from articles.models import Activity
from newsroom import telling
from newsroom.models import Notification
from tests.builders import NOW, approve_article, edition_of, make_article, make_person
from tests.translations.desk import fresh, make_assignment, make_waiting, submit, words
from translations import assigning
from translations.models import Assignment, Commission, Team

QUEUE = reverse("translations:queue")
WORKLOAD = reverse("translations:workload")


def assign_page(edition) -> str:
    return reverse("translations:assign", args=[edition.pk])


def hand_over_page(assignment) -> str:
    return reverse("translations:hand_over", args=[assignment.pk])


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def offered(response) -> list[str]:
    """Return the names on offer under “Who”, those of groups too."""
    names = []
    for value, label in response.context["form"].fields["to"].choices:
        names += [name for _value, name in label] if isinstance(label, list) else [label]
        assert value
    return [str(name) for name in names]


def test_an_editor_gives_a_translation_to_one_of_those_who_translate_it(enter, ani, budi, citra):
    edition = make_waiting(words())
    Team.objects.create(name="Sains")
    browser = enter(ani)

    page = browser.get(assign_page(edition))
    answer = browser.post(
        assign_page(edition),
        {"to": f"person-{budi.pk}", "due_at": "2116-02-25T10:00", "note": "Quickly."},
        follow=True,
    )

    assert offered(page) == [
        "Anybody who translates in this direction",
        "Sains",
        "budi (0 in hand, 0 words)",
        "citra (0 in hand, 0 words)",
    ]
    assert told(answer) == ["budi has this translation now."]
    assignment = Assignment.objects.get()
    assert (assignment.translator, assigning.brief_of(assignment)) == (budi, "Quickly.")


def test_an_editor_asks_a_team_and_the_queue_says_so_to_everybody(enter, ani, budi, citra):
    edition = make_waiting(words())
    team = Team.objects.create(name="Sains")
    team.members.add(citra)

    answer = enter(ani).post(
        assign_page(edition), {"to": f"team-{team.pk}", "note": "Mind the titles."}, follow=True
    )

    assert told(answer) == ["The translation was asked for. Those who may take it on are told."]
    rows = {
        person: enter(person).get(f"{QUEUE}?list=waiting").context["rows"][0]
        for person in (ani, budi, citra)
    }
    assert {(row.team, row.note) for row in rows.values()} == {("Sains", "Mind the titles.")}
    assert [row.may_claim for row in rows.values()] == [True, False, True]


def test_what_is_a_teams_is_refused_to_others_with_a_word(enter, ani, budi):
    edition = make_waiting(words())
    team = Team.objects.create(name="Sains")
    assigning.commission(edition, team=team, due_at=None, note="", by=ani, at=NOW)

    answer = enter(budi).post(reverse("translations:claim", args=[edition.pk]), follow=True)

    assert told(answer) == [
        "The desk gave this to the team “Sains”. Take another one, or ask the desk."
    ]
    assert not Assignment.objects.exists()


def test_the_page_says_what_was_asked_before(enter, ani):
    edition = make_waiting(words())
    due_at = NOW + timedelta(days=40000)
    assigning.commission(edition, team=None, due_at=due_at, note="One.", by=ani, at=NOW)

    form = enter(ani).get(assign_page(edition)).context["form"]

    assert (form["to"].value(), form["note"].value(), form["due_at"].value()) == (
        "anybody",
        "One.",
        timezone.make_naive(due_at),
    )


def test_a_source_that_is_still_written_is_named_and_keeps_nobody_busy(enter, ani, budi):
    edition = edition_of(make_article(), "en")
    browser = enter(ani)

    page = browser.get(assign_page(edition))
    answer = browser.post(assign_page(edition), {"to": f"person-{budi.pk}"}, follow=True)

    assert page.context["is_early"]
    assert told(answer) == [
        (
            "The source has not been submitted yet. Ask for the translation of anybody or of a"
            " team: they can begin once it is approved."
        )
    ]
    assert (Assignment.objects.count(), Commission.objects.count()) == (0, 0)


def test_what_somebody_took_meanwhile_is_said(enter, ani, budi):
    assignment = make_assignment(budi)

    answer = enter(ani).post(assign_page(assignment.edition), {"to": "anybody"}, follow=True)

    assert told(answer) == ["budi took this on meanwhile. Open it to hand it over."]


@pytest.mark.parametrize("to", ["", "person-0", "team-7", "everybody"])
def test_who_is_not_on_offer_is_not_assigned(enter, ani, to):
    edition = make_waiting(words())

    answer = enter(ani).post(assign_page(edition), {"to": to})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["to"]
    assert not Commission.objects.exists()


def test_a_story_under_embargo_is_assigned_and_only_they_see_it(enter, ani, budi, citra):
    edition = make_waiting(words())
    until = NOW + timedelta(days=40000)
    editing.set_embargo(edition.article, until=until, reason="", by=ani, at=NOW)

    page = enter(ani).get(assign_page(edition))
    enter(ani).post(assign_page(edition), {"to": f"person-{budi.pk}"})

    assert page.context["is_embargoed"]
    address = reverse("translations:editor", args=[Assignment.objects.get().pk])
    editor = enter(budi).get(address)
    assert (editor.status_code, editor.context["is_embargoed"]) == (200, True)
    assert enter(citra).get(address).status_code == 404


def test_a_translator_hands_over_what_they_have(enter, budi, citra):
    assignment = make_assignment(budi, words())
    browser = enter(budi)

    page = browser.get(hand_over_page(assignment))
    answer = browser.post(
        hand_over_page(assignment), {"to": f"person-{citra.pk}", "note": "I am ill."}, follow=True
    )

    assert offered(page) == ["citra (0 in hand, 0 words)"]
    assert told(answer) == ["citra has this translation now."]
    assert fresh(assignment).translator == citra


def test_where_nobody_else_translates_the_page_says_whom_to_ask(enter, budi):
    assignment = make_assignment(budi, words())

    page = enter(budi).get(hand_over_page(assignment))

    assert "Nobody but budi translates in this direction." in page.content.decode()


def test_what_was_delivered_is_not_handed_over(enter, ani, budi, citra):
    assignment = make_assignment(budi, words())
    assigning.hand_back(assignment, by=budi, at=NOW)

    answer = enter(ani).post(hand_over_page(assignment), {"to": f"person-{citra.pk}"}, follow=True)

    assert told(answer) == ["This translation was handed back. Take it on again to go on."]


def test_those_concerned_are_told(ani, budi, citra):
    edition = make_waiting(words())
    telling.tell(at=NOW, by_mail=False)
    Notification.objects.all().delete()

    assignment = assigning.assign(edition, to=budi, due_at=None, note="", by=ani, at=NOW)
    assigning.hand_over(assignment, to=citra, note="", by=ani, at=NOW)
    telling.tell(at=NOW, by_mail=False)

    verbs = [Activity.Verb.ASSIGNED, Activity.Verb.HANDED_OVER]
    rows = Notification.objects.filter(activity__verb__in=verbs).order_by("activity", "why")
    assert [(row.activity.verb, row.person, row.why, row.is_mandatory) for row in rows] == [
        ("assigned", citra, "assigned", True),
        ("handed_over", citra, "assigned", True),
        ("handed_over", budi, "had_it", True),
    ]


def test_only_a_teams_members_are_told_of_a_commission(ani, budi, citra):
    edition = make_waiting(words())
    team = Team.objects.create(name="Sains")
    team.members.add(citra)

    assigning.commission(edition, team=team, due_at=None, note="", by=ani, at=NOW)
    telling.tell(at=NOW, by_mail=False)

    rows = Notification.objects.filter(activity__verb="commissioned")
    assert [row.person for row in rows] == [citra]


def test_the_desk_sees_what_everybody_has_in_hand(enter, ani, budi, citra):
    submit(make_assignment(budi), by=budi)
    late = make_assignment(budi)
    assigning.set_due(late, NOW - timedelta(days=400))

    page = enter(ani).get(WORKLOAD)

    assert [
        (row.name, row.directions, row.load.in_hand, row.load.in_review, row.is_late)
        for row in page.context["rows"]
    ] == [
        ("citra", ["Indonesian → English"], 0, 0, False),
        ("budi", ["Indonesian → English"], 1, 1, True),
    ]


def test_others_do_not(enter, budi, dewi):
    assert [enter(person).get(WORKLOAD).status_code for person in (budi, dewi)] == [403, 403]


def test_the_pages_take_few_queries(enter, ani, budi, django_assert_max_num_queries):
    edition = make_waiting(words())
    assignment = make_assignment(budi)
    for _number in range(5):
        make_person("", "Translator", pairs=(("id", "en"),))
    browser = enter(ani)

    with django_assert_max_num_queries(15):
        browser.get(assign_page(edition))
    with django_assert_max_num_queries(12):
        browser.get(hand_over_page(assignment))
    with django_assert_max_num_queries(8):
        browser.get(WORKLOAD)


def test_the_articles_page_leads_to_where_it_is_said_who_translates(enter, ani):
    edition = make_waiting(words())
    page = reverse("admin:articles_article_change", args=[edition.article_id])

    browser = enter(ani)

    assert browser.get(page, {"lang": "en"}).context["assign_address"] == assign_page(edition)
    assert browser.get(page, {"lang": "id"}).context["assign_address"] == ""


def test_an_editor_lets_a_translation_be_made_from_another_one(enter, ani, budi):
    article = make_article(language="ru")
    approve_article(article, "ru")
    edition = edition_of(article, "en")
    browser = enter(ani)

    form = browser.get(assign_page(edition)).context["form"]
    browser.post(assign_page(edition), {"to": "anybody", "source": "id"})

    assert form.fields["source"].choices == [("ru", "Russian"), ("id", "Indonesian")]
    assert edition_of(article, "en").source_language == "id"
    assert Commission.objects.get().edition == edition


def test_whoever_does_not_translate_from_there_is_not_assigned(enter, ani, budi):
    article = make_article(language="ru")
    approve_article(article, "ru")
    edition = edition_of(article, "en")

    answer = enter(ani).post(
        assign_page(edition), {"to": f"person-{budi.pk}", "source": "ru"}, follow=True
    )

    assert told(answer) == ["budi does not translate from this language. Choose somebody who does."]
    assert not Assignment.objects.exists()
