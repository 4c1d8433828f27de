import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from consent.models import CookieDeclaration, Decision, Purpose
from consent.offering import ask_again, offer

pytestmark = pytest.mark.django_db

DECIDE = "/consent/decide/"
JSON = {"accept": "application/json"}


# Deciding


def test_accepting_sends_the_reader_back_with_a_cookie_of_180_days(reader, settings):
    settings.COOKIE_CONSENT_SECURE = True

    answer = press(reader, "accept", next="/id/")

    assert (answer.status_code, answer["Location"]) == (303, "/id/")
    assert answer["Cache-Control"] == "no-store"
    cookie = answer.cookies["cookie_consent"]
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (15552000, "/", "Lax")
    assert (cookie["secure"], cookie["httponly"]) == (True, "")
    assert verdicts(reader) == {"preferences": True, "embeds": True}


def test_refusing_says_so(reader):
    press(reader, "reject")

    assert verdicts(reader) == {"preferences": False, "embeds": False}


def test_saving_says_yes_to_one_purpose_and_no_to_another_in_one_post(reader):
    press(reader, "save", **{"p.preferences": ["0", "1"], "p.embeds": "0"})

    assert verdicts(reader) == {"preferences": True, "embeds": False}


def test_a_purpose_that_was_not_on_the_screen_stays_unanswered(reader):
    press(reader, "save", **{"p.embeds": "0"})

    assert verdicts(reader) == {"embeds": False}


def test_a_grant_answers_one_purpose_and_says_where_it_came_from(reader):
    press(reader, "grant", purpose="embeds", source="banner")

    assert verdicts(reader) == {"embeds": True}
    assert Decision.objects.get().source == "embed"


def test_a_script_is_told_what_is_allowed(reader):
    answer = reader.post(
        DECIDE,
        {"choice": "save", "p.embeds": "1", "p.preferences": "0", "language": "en"},
        headers=JSON,
    )

    assert (answer.status_code, answer.json()) == (200, {"allows": ["embeds"]})
    assert answer["Cache-Control"] == "no-store"


def test_the_proof_is_in_the_language_of_the_page(reader):
    press(reader, "accept", language="en")

    assert Decision.objects.get().notice.language == "en"


def test_ten_purposes_fit_into_a_cookie_of_a_kilobyte(reader):
    for number in range(8):
        purpose = Purpose.objects.create(varname=f"{number}" * 32, is_offered=True)
        CookieDeclaration.objects.create(cookiegroup=purpose, name="a")

    answer = press(reader, "accept")

    assert len(answer.cookies["cookie_consent"].OutputString()) < 1024


@pytest.mark.parametrize(
    "value",
    [
        "",
        "|",
        "=",
        "@id=@at",
        '"embeds=2026',
        'embeds="quoted"',
        "embeds=-1|@at=x",
        "a=b=c|embeds=-1",
        "%00%ff",
        "é" * 50,
        "embeds=" + "9" * 3000,
    ],
)
def test_no_cookie_breaks_a_page(reader, value):
    reader.cookies["cookie_consent"] = value

    assert [
        reader.get("/id/kuki/").status_code,
        reader.get("/consent/state.css").status_code,
        press(reader, "reject").status_code,
    ] == [200, 200, 303]


def test_a_refusal_takes_the_purpose_s_cookies_away(reader):
    declare("preferences", name="_count*")
    reader.cookies["_count_1"] = "here"
    reader.cookies["reader_prefs"] = "large"
    reader.cookies["other"] = "stays"

    answer = press(reader, "reject")

    gone = [morsel.key for morsel in answer.cookies.values() if morsel["max-age"] == "0"]
    assert sorted(gone) == ["_count_1", "reader_prefs"]


def test_an_acceptance_takes_nothing_away(reader):
    reader.cookies["reader_prefs"] = "large"

    answer = press(reader, "accept")

    assert [morsel.key for morsel in answer.cookies.values()] == ["cookie_consent"]


def test_a_decision_costs_few_queries(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        press(reader, "accept")


# Where the reader goes on


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/id/", "/id/"),
        ("/en/2016/02/26/a-story/", "/en/2016/02/26/a-story/"),
        ("", "/id/kuki/?saved=1"),
        ("https://evil.example/", "/id/kuki/?saved=1"),
        ("//evil.example/", "/id/kuki/?saved=1"),
        ("/\\evil.example/", "/id/kuki/?saved=1"),
        ("https:evil.example", "/id/kuki/?saved=1"),
        ("javascript:alert(1)", "/id/kuki/?saved=1"),
        ("\t//evil.example/", "/id/kuki/?saved=1"),
        ("id/", "/id/kuki/?saved=1"),
    ],
)
def test_a_decision_never_leads_to_another_site(reader, target, expected):
    answer = press(reader, "reject", next=target)

    assert (answer.status_code, answer["Location"]) == (303, expected)


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/id/?q=suriah", "/id/?q=suriah"),
        ("http://testserver/en/?q=suriah", "/id/"),
        ("http://evil.example/id/?q=suriah", "/id/"),
        ("nonsense", "/id/"),
    ],
)
def test_the_query_of_a_cached_page_is_kept(reader, referer, expected):
    answer = reader.post(DECIDE, {"choice": "reject", "next": "/id/"}, headers={"referer": referer})

    assert answer["Location"] == expected


# Forgery


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "http://testserver"},
    ],
)
def test_our_own_pages_may_send_a_decision(headers):
    answer = Client(enforce_csrf_checks=True).post(DECIDE, {"choice": "reject"}, headers=headers)

    assert (answer.status_code, Decision.objects.count()) == (303, 1)
    assert "cookie_consent" in answer.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "http://evil.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:81"},
        {"origin": "null"},
        {"origin": ""},
        {},
    ],
)
def test_nobody_else_may(headers):
    answer = Client(enforce_csrf_checks=True).post(
        DECIDE, {"choice": "accept", "language": "en"}, headers=headers
    )

    assert (answer.status_code, answer["Location"]) == (303, "/en/cookies/?confirm=1")
    assert (list(answer.cookies), Decision.objects.count()) == ([], 0)


def test_a_script_without_evidence_is_refused_and_told_where_to_confirm():
    answer = Client(enforce_csrf_checks=True).post(DECIDE, {"choice": "accept"}, headers=JSON)

    assert (answer.status_code, answer.json()) == (403, {"confirm": "/id/kuki/?confirm=1"})


def test_a_browser_that_says_nothing_confirms_with_a_token():
    reader = Client(enforce_csrf_checks=True)
    page = reader.get("/id/kuki/?confirm=1").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    wrong = reader.post(DECIDE, {"choice": "reject", "csrfmiddlewaretoken": "x" * 64})
    assert (wrong["Location"], Decision.objects.count()) == ("/id/kuki/?confirm=1", 0)

    right = reader.post(DECIDE, {"choice": "reject", "csrfmiddlewaretoken": token})
    assert (right["Location"], Decision.objects.count()) == ("/id/kuki/?saved=1", 1)


@pytest.mark.parametrize("page", ["/id/kuki/", "/en/cookies/"])
def test_the_settings_page_sets_no_token_before_it_is_needed(page):
    answer = Client().get(page)

    assert answer.cookies.output() == ""
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


# Refusals


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_post_decides(reader, method):
    answer = getattr(reader, method)(DECIDE)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize("choice", ["", "maybe", "ACCEPT"])
def test_an_unknown_choice_changes_nothing(reader, choice):
    answer = press(reader, choice, next="/id/")

    assert (answer.status_code, answer.cookies.output()) == (400, "")
    assert Decision.objects.count() == 0


def test_a_body_over_four_kilobytes_is_refused(reader):
    answer = press(reader, "accept", next="/" + "a" * 5000)

    assert (answer.status_code, Decision.objects.count()) == (413, 0)


@pytest.mark.parametrize("length", ["-1", "²", "1e9", "many"])
def test_a_length_that_is_no_number_is_refused(reader, length):
    answer = reader.post(DECIDE, {"choice": "accept"}, CONTENT_LENGTH=length)

    assert (answer.status_code, Decision.objects.count()) == (413, 0)


def test_one_address_may_not_fill_the_record(reader, settings):
    settings.CONSENT_DECISIONS_PER_MINUTE = 2

    answers = [press(reader, choice).status_code for choice in ("accept", "reject", "accept")]

    assert answers == [303, 303, 429]
    assert Decision.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.1", headers={"sec-fetch-site": "same-origin"})
    assert press(elsewhere, "accept").status_code == 303


def test_a_refusal_speaks_to_scripts_too(reader):
    answer = reader.post(DECIDE, {"choice": "maybe", "language": "en"}, headers=JSON)

    assert (answer.status_code, answer.json()) == (
        400,
        {"message": "We do not know this choice. Open cookie settings and choose there."},
    )


# The style sheet for readers without JavaScript


@pytest.mark.parametrize(
    ("choice", "gpc", "expected"),
    [
        (None, None, b""),
        ("accept", None, b"#consent{display:none}"),
        ("reject", None, b"#consent{display:none}"),
        (None, "1", b"#consent{display:none}"),
        (None, "0", b""),
        (None, "true", b""),
        (None, "1,0", b""),
    ],
)
def test_the_style_sheet_hides_the_banner_of_a_reader_who_decided(reader, choice, gpc, expected):
    if choice:
        press(reader, choice)

    answer = reader.get("/consent/state.css", headers={"sec-gpc": gpc} if gpc else {})

    assert answer.content == expected
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/css", "private, no-cache")
    assert {"Cookie", "Sec-GPC"} <= set(answer["Vary"].split(", "))
    assert answer.cookies.output() == ""


def test_a_partial_answer_leaves_the_banner(reader):
    press(reader, "grant", purpose="embeds")

    assert reader.get("/consent/state.css").content == b""


def test_a_new_cookie_asks_acceptors_and_refusers_again_and_keeps_their_other_answers(reader):
    refuser = Client(headers={"sec-fetch-site": "same-origin"})
    press(reader, "accept")
    press(refuser, "reject")

    ask_again(Purpose.objects.get(varname="embeds"), at=datetime.now(UTC) + timedelta(seconds=2))

    for browser in (reader, refuser):
        assert browser.get("/consent/state.css").content == b""
    assert verdicts(reader) == {"preferences": True}
    assert verdicts(refuser) == {"preferences": False}


# The settings page


@pytest.mark.parametrize(
    ("page", "language", "title", "required", "why"),
    [
        (
            "/id/kuki/",
            "id",
            "Preferensi membaca",
            "Kuki wajib",
            "Menyimpan pilihan tampilan Anda.",
        ),
        ("/en/cookies/", "en", "Reading preferences", "Necessary cookies", "Keeps your display"),
    ],
)
def test_the_register_stands_on_the_settings_page(page, language, title, required, why):
    html = Client().get(page).content.decode()

    expected = (f'lang="{language}"', title, required, why)
    assert [text for text in expected if text not in html] == []
    # Offered to nobody, so told to nobody.
    assert "analytics" not in html
    assert 'id="consent"' not in html


def test_the_reader_s_own_record_shows_every_decision_and_the_number(reader):
    press(reader, "accept", language="en")
    press(reader, "reject", language="en", source="settings")
    stranger = Client(headers={"sec-fetch-site": "same-origin"})
    press(stranger, "accept", language="en")

    answer = reader.get("/en/cookies/")

    assert answer.context["consent_id"] == UUID(hex=number(reader))
    assert [(past.yes, past.no, past.decision.source) for past in answer.context["history"]] == [
        ([], ["Videos and posts from other sites", "Reading preferences"], "settings"),
        (["Videos and posts from other sites", "Reading preferences"], [], "banner"),
    ]
    assert number(stranger) not in answer.content.decode().replace("-", "")


def test_a_reader_who_accepted_finds_the_boxes_ticked(reader):
    press(reader, "save", **{"p.preferences": "1", "p.embeds": "0"})

    answer = reader.get("/en/cookies/")

    assert {entry.words["name"]: entry.is_allowed for entry in answer.context["optional"]} == {
        "preferences": True,
        "embeds": False,
    }


def test_forgetting_deletes_the_cookie_and_asks_again(reader):
    press(reader, "accept")

    answer = press(reader, "forget", next="/id/kuki/?forgotten=1")

    assert answer["Location"] == "/id/kuki/?forgotten=1"
    assert answer.cookies["cookie_consent"]["max-age"] == "0"
    assert reader.get("/consent/state.css").content == b""
    assert [each.choices["yes"] for each in Decision.objects.order_by("pk")] == [
        ["embeds", "preferences"],
        [],
    ]


def test_the_signal_is_reported_and_an_explicit_yes_outranks_it(reader):
    signal = {"sec-gpc": "1"}
    assert reader.get("/en/cookies/", headers=signal).context["gpc"] is True
    assert reader.get("/en/cookies/").context["gpc"] is False

    reader.post(DECIDE, {"choice": "accept"}, headers=signal)

    assert Decision.objects.get().gpc is True
    page = reader.get("/en/cookies/", headers=signal)
    assert [entry.is_allowed for entry in page.context["optional"]] == [True, True]


def test_a_site_with_necessary_cookies_only_has_nothing_to_choose(reader):
    Purpose.objects.update(is_offered=False)

    html = reader.get("/en/cookies/").content.decode()

    assert "This site uses necessary cookies only, so there is nothing to choose." in html
    assert 'value="accept"' not in html


@pytest.mark.parametrize("cookies", [1, 3])
def test_the_settings_page_costs_six_queries(reader, django_assert_num_queries, cookies):
    for name in range(cookies):
        declare("preferences", name=f"more_{name}")
    press(reader, "accept")

    with django_assert_num_queries(6):
        reader.get("/id/kuki/")


# Global Privacy Control


def test_the_site_says_that_it_honours_the_signal():
    answer = Client().get("/.well-known/gpc.json")

    assert json.loads(answer.content) == {"gpc": True, "lastUpdate": "2026-11-24"}
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "application/json",
        "public, max-age=86400",
    )


def press(browser, choice, **fields):
    return browser.post(DECIDE, {"choice": choice, "language": "id"} | fields)


def stored(browser):
    value = browser.cookies["cookie_consent"].value
    return dict(pair.split("=") for pair in value.split("|"))


def number(browser):
    return stored(browser)["@id"]


def verdicts(browser):
    """Return yes or no as the browser's cookie says it, without what is unanswered."""
    questions = {each.name: each for each in offer("id").questions}
    answers = stored(browser)
    at = int(answers["@at"])
    said = {}
    for name, question in questions.items():
        if answers.get(name) == "-1" and at >= question.asked_at:
            said[name] = False
        elif answers.get(name, "") >= question.version:
            said[name] = True
    return said


def declare(purpose, *, name):
    CookieDeclaration.objects.create(cookiegroup=Purpose.objects.get(varname=purpose), name=name)
