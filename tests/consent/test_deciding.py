from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import ProtectedError

from consent.deciding import decide, forget, person_of
from consent.models import CookieDeclaration, Decision, Notice, Purpose
from consent.offering import Item, ask_again, offer
from consent.wording import snapshot

pytestmark = pytest.mark.django_db

READER_PREFS = Item("cookie", "reader_prefs", "/", "")
YOUTUBE = [
    Item("elsewhere", "VISITOR_INFO1_LIVE", "/", ".youtube.com"),
    Item("elsewhere", "YSC", "/", ".youtube.com"),
]


def test_a_yes_stores_the_version_and_a_no_stores_minus_one(now):
    preferences, _embeds = offer("id").questions

    outcome = say({"preferences": True, "embeds": False}, at=now)

    person = person_of(outcome.answers)
    assert outcome.answers == {
        "preferences": preferences.version,
        "embeds": "-1",
        "@id": person.hex,
        "@at": str(int(now.timestamp())),
    }
    assert outcome.withdrawn == YOUTUBE


def test_the_proof_holds_choice_time_and_wording_and_nothing_about_the_person(now):
    outcome = say({"preferences": True, "embeds": False}, at=now, gpc=True)

    (decision,) = Decision.objects.values()
    notice = Notice.objects.get()
    assert decision == {
        "id": decision["id"],
        "consent_id": person_of(outcome.answers),
        "at": now,
        "notice_id": notice.pk,
        "choices": {"schema": 1, "yes": ["preferences"], "no": ["embeds"]},
        "source": "banner",
        "gpc": True,
    }
    assert notice.body == snapshot("id")


def test_a_later_decision_keeps_the_reader_s_number(now):
    first = say({"preferences": True, "embeds": True}, at=now)

    second = say({"embeds": False}, earlier=first.answers, at=now + timedelta(days=3))

    assert second.answers["@id"] == first.answers["@id"]
    assert list(Decision.objects.order_by("at").values_list("choices", flat=True)) == [
        {"schema": 1, "yes": ["embeds", "preferences"], "no": []},
        {"schema": 1, "yes": ["preferences"], "no": ["embeds"]},
    ]


def test_a_grant_answers_its_own_purpose_only(now):
    outcome = say({"embeds": True}, at=now, source=Decision.Source.EMBED)

    assert set(outcome.answers) == {"embeds", "@id", "@at"}
    assert outcome.withdrawn == [READER_PREFS]


def test_a_stale_refusal_does_not_come_back_to_life_with_the_next_answer(now):
    refused = say({"preferences": False, "embeds": False}, at=now)
    ask_again(Purpose.objects.get(varname="preferences"), at=now + timedelta(days=1))

    granted = say({"embeds": True}, earlier=refused.answers, at=now + timedelta(days=2))

    assert set(granted.answers) == {"embeds", "@id", "@at"}


def test_purposes_that_are_not_on_offer_are_ignored(now):
    outcome = say({"analytics": True, "nonsense": True, "embeds": False}, at=now)

    assert set(outcome.answers) == {"embeds", "@id", "@at"}


@pytest.mark.parametrize("number", ["", "x" * 32, "A" * 32, "0" * 31, "' or 1=1 --"])
def test_a_number_we_never_gave_out_is_replaced(now, number):
    outcome = say({"embeds": True}, earlier={"@id": number}, at=now)

    assert isinstance(person_of(outcome.answers), UUID)
    assert outcome.answers["@id"] != number


def test_pressing_twice_within_a_minute_is_written_down_once(now):
    first = say({"embeds": True}, at=now)
    say({"embeds": True}, earlier=first.answers, at=now + timedelta(seconds=59))
    assert Decision.objects.count() == 1

    say({"embeds": True}, earlier=first.answers, at=now + timedelta(seconds=60))

    assert Decision.objects.count() == 2


def test_another_choice_within_a_minute_is_written_down(now):
    first = say({"embeds": True}, at=now)

    say({"embeds": False}, earlier=first.answers, at=now + timedelta(seconds=1))

    assert Decision.objects.count() == 2


def test_forgetting_leaves_no_answer_and_says_so_in_the_proof(now):
    said = say({"preferences": True, "embeds": True}, at=now)

    outcome = forget(
        earlier=said.answers,
        offered=offer("id").purposes,
        language="id",
        gpc=False,
        at=now + timedelta(days=1),
    )

    assert outcome.answers == {}
    assert outcome.withdrawn == [READER_PREFS, *YOUTUBE]
    latest = Decision.objects.latest("at")
    assert latest.consent_id == person_of(said.answers)
    assert latest.choices == {"schema": 1, "yes": [], "no": []}


def test_forgetting_without_a_number_writes_nothing_down(now):
    forget(earlier={}, offered=offer("id").purposes, language="id", gpc=False, at=now)

    assert Decision.objects.count() == 0


def test_the_wording_is_kept_once_per_language_and_anew_when_a_text_changes(now):
    say({"embeds": True}, at=now)
    say({"embeds": True}, at=now)
    say({"embeds": True}, at=now, language="en")
    assert list(Notice.objects.order_by("pk").values_list("language", flat=True)) == ["id", "en"]

    cookie = CookieDeclaration.objects.get(name="YSC")
    cookie.why_ind = "Mengenali satu sesi."
    cookie.save()
    say({"embeds": True}, at=now)

    assert list(Notice.objects.order_by("pk").values_list("language", flat=True)) == [
        "id",
        "en",
        "id",
    ]
    assert Notice.objects.latest("pk").body == snapshot("id")


def test_a_wording_with_decisions_cannot_be_deleted(now):
    say({"embeds": True}, at=now)

    with pytest.raises(ProtectedError):
        Notice.objects.get().delete()


def test_decisions_outlive_their_purposes(now):
    say({"embeds": True}, at=now)

    Purpose.objects.all().delete()

    assert Decision.objects.get().choices == {"schema": 1, "yes": ["embeds"], "no": []}


def say(said, *, at, earlier=None, language="id", source=Decision.Source.BANNER, gpc=False):
    return decide(
        said,
        earlier=earlier or {},
        offered=offer(language).purposes,
        language=language,
        source=source,
        gpc=gpc,
        at=at,
    )
