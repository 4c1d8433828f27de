from datetime import timedelta

import pytest

from consent.models import BannerText, CookieDeclaration, Purpose
from consent.offering import Item, ask_again, offer

pytestmark = pytest.mark.django_db


def test_the_first_offer_asks_about_preferences_and_embeds_in_the_seed_s_words():
    asked = offer("id")

    assert asked.words == {
        "lead": "Situs ini menggunakan kuki.",
        "link": "Klik di sini untuk mempelajari lebih lanjut.",
        "purposes": (
            "Kuki wajib selalu aktif. Dengan izin Anda, kami juga memakai kuki untuk mengingat "
            "preferensi, menghitung kunjungan, dan menampilkan video atau kiriman dari situs lain."
        ),
        "accept": "Terima kuki",
        "reject": "Tolak kuki",
        "choose": "Atur pilihan",
    }
    assert [(purpose.question.name, purpose.title) for purpose in asked.purposes] == [
        ("preferences", "Preferensi membaca"),
        ("embeds", "Video dan kiriman dari situs lain"),
    ]
    assert asked.purposes[0].items == (Item("cookie", "reader_prefs", "/", ""),)


def test_the_english_offer_speaks_english():
    asked = offer("en")

    assert asked.words["lead"] == "This site uses cookies."
    assert [purpose.title for purpose in asked.purposes] == [
        "Reading preferences",
        "Videos and posts from other sites",
    ]


def test_a_purpose_without_cookies_is_not_on_offer():
    Purpose.objects.filter(varname="analytics").update(is_offered=True)

    assert [each.name for each in offer("id").questions] == ["preferences", "embeds"]


def test_there_is_nothing_to_ask_once_nothing_is_on_offer():
    Purpose.objects.update(is_offered=False)

    assert not offer("id")
    assert offer("id").purposes == ()


@pytest.mark.parametrize("cookies", [1, 3])
def test_the_offer_costs_one_query(django_assert_num_queries, cookies):
    declare("preferences", *(f"more_{number}" for number in range(cookies)))

    with django_assert_num_queries(1):
        offer("id")


def test_a_new_cookie_is_a_new_question():
    before = offer("id").questions

    declare("embeds", "stel_ssid")

    after = offer("id").questions
    assert after[0] == before[0]
    assert after[1].version > before[1].version


def test_asking_again_makes_a_purpose_as_new_as_the_moment(now):
    before = offer("id").questions

    ask_again(Purpose.objects.get(varname="embeds"), at=now)

    after = offer("id").questions
    assert after[0] == before[0]
    assert (after[1].version, after[1].asked_at) == (now.isoformat(), int(now.timestamp()))


def test_asking_again_never_makes_a_question_older(now):
    embeds = Purpose.objects.get(varname="embeds")
    ask_again(embeds, at=now)
    before = offer("id")

    ask_again(embeds, at=now - timedelta(days=1))

    assert offer("id") == before


def test_a_corrected_text_is_the_same_question():
    before = offer("id").questions

    purpose = Purpose.objects.get(varname="embeds")
    purpose.summary_ind = "Menampilkan video."
    purpose.save()

    assert offer("id").questions == before


def test_a_missing_translation_stays_empty_instead_of_speaking_the_other_language():
    BannerText.objects.filter(pk=1).update(lead_en=None)

    assert offer("en").words["lead"] == ""


def declare(purpose, *names):
    for name in names:
        CookieDeclaration.objects.create(
            cookiegroup=Purpose.objects.get(varname=purpose),
            name=name,
            why_ind="Untuk diuji.",
            why_en="For testing.",
            kept_for_ind="1 hari",
            kept_for_en="1 day",
        )
