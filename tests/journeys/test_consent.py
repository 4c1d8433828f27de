"""A reader meets the cookie banner: with and without JavaScript, by keyboard, on a phone."""

import json
import random
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest
from cookie_consent.util import parse_cookie_str
from django.http import parse_cookie
from playwright.sync_api import expect

from consent.verdicts import Question, allowed, is_settled
from tests.conftest import (
    ROOT,
    empty_database,
    environment,
    free_port,
    manage,
    wait_for_an_answer,
)

HALF_A_YEAR = 180 * 24 * 60 * 60

# The purpose "preferences" gets what a tool would leave behind; a page offers the tool itself.
DECLARE = """
from consent.models import CookieDeclaration, Purpose
for kind, name in [("cookie", "_count*"), ("storage", "_count_seen")]:
    CookieDeclaration.objects.create(
        cookiegroup=Purpose.objects.get(varname="preferences"), kind=kind, name=name,
        why_ind="Menghitung.", why_en="Counts.", kept_for_ind="1 hari", kept_for_en="1 day")
"""
# As if the page had a <template data-purpose="preferences"> with the tool's script in it: put
# there before deferred scripts run.
TOOL = """
document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    const template = document.createElement("template");
    const script = document.createElement("script");
    template.dataset.purpose = "preferences";
    script.src = "/static/tool.js";
    template.content.append(script);
    document.querySelector("main").append(template);
});
"""
TOOL_SCRIPT = """
document.documentElement.dataset.counted = "yes";
document.cookie = "_count_1=here; Path=/";
localStorage.setItem("_count_seen", "1");
"""


@dataclass(frozen=True)
class Words:
    """What a reader of one language sees."""

    language: str
    lead: str
    link: str
    accept: str
    reject: str
    choose: str
    settings: str

    @property
    def front(self):
        return f"/{self.language}/"


INDONESIAN = Words(
    language="id",
    lead="Situs ini menggunakan kuki.",
    link="Klik di sini untuk mempelajari lebih lanjut.",
    accept="Terima kuki",
    reject="Tolak kuki",
    choose="Atur pilihan",
    settings="/id/kuki/",
)
ENGLISH = Words(
    language="en",
    lead="This site uses cookies.",
    link="Click here to learn more.",
    accept="Accept cookies",
    reject="Reject cookies",
    choose="Choose which",
    settings="/en/cookies/",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory, collected, migrated):
    """Return the address of one site for this file; every test brings its own browser profile."""
    folder = tmp_path_factory.mktemp("consent")
    with empty_database(folder, copy_of=migrated) as database:
        port = free_port()
        variables = environment(
            DATABASE_URL=database,
            PORT=str(port),
            NEWSROOM_STATIC_ROOT=str(collected),
            NEWSROOM_MEDIA_ROOT=str(folder / "media"),
            # A host with a parent domain, for cookies that were set there.
            NEWSROOM_ALLOWED_HOSTS="127.0.0.1,.localhost",
            NEWSROOM_SECRET_KEY=secrets.token_urlsafe(50),
        )
        manage("shell", "-c", DECLARE, environment=variables)
        log = folder / "server.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=variables,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for_an_answer(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture(params=[INDONESIAN, ENGLISH], ids=["id", "en"])
def words(request):
    return request.param


@pytest.fixture
def banner(page):
    return page.locator("#consent")


@pytest.fixture
def no_script(chromium):
    """Return a page in a browser without JavaScript."""
    with chromium.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def with_signal(chromium):
    """Return a page in a browser that sends Global Privacy Control."""
    with chromium.new_context(extra_http_headers={"sec-gpc": "1"}) as context:
        context.add_init_script(
            "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"
        )
        yield context.new_page()


# The first visit


def test_the_first_visit_asks_and_stores_nothing(page, banner, address, words):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    offer_a_tool(page)

    page.goto(address + words.front, wait_until="networkidle")

    expect(banner).to_be_visible()
    expect(banner.get_by_text(words.lead)).to_be_visible()
    expect(banner.get_by_role("link", name=words.link)).to_have_attribute("href", words.settings)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("document.documentElement.dataset.counted") is None
    others = [url for url in requests if not url.startswith(f"{address}/static/")]
    assert others == [address + words.front]


def test_accept_and_reject_weigh_the_same(page, banner, address, words):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(address + words.front)

    looks = [
        banner.get_by_role("button", name=name, exact=True).evaluate(
            """(button) => {
                const { x, y, width, height, bottom } = button.getBoundingClientRect();
                const style = getComputedStyle(button);
                return [
                    { width, height, y, color: style.color, background: style.backgroundColor,
                      border: style.border, weight: style.fontWeight, size: style.fontSize },
                    bottom <= innerHeight && x >= 0 && x + width <= innerWidth,
                ];
            }"""
        )
        for name in (words.accept, words.reject)
    ]

    assert looks[0] == looks[1]
    assert looks[0][1] is True
    assert looks[0][0]["height"] >= 44


def test_the_keyboard_goes_from_skip_link_through_the_banner_in_order(page, address, words):
    page.goto(address + words.front)

    visited = []
    for _stop in range(5):
        page.keyboard.press("Tab")
        visited.append(
            page.evaluate(
                "[document.activeElement.textContent.trim(),"
                " getComputedStyle(document.activeElement).outlineStyle !== 'none']"
            )
        )
    assert visited[1:] == [
        [words.link, True],
        [words.accept, True],
        [words.reject, True],
        [words.choose, True],
    ]

    page.keyboard.press("Escape")
    expect(page.locator("#consent")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#consent details")).to_have_attribute("open", "")


def test_no_focus_hides_behind_the_banner(page, address):
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto(address + INDONESIAN.front)

    hidden = []
    for _stop in range(30):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
                const { x, y, width, height } = document.activeElement.getBoundingClientRect();
                const there = document.elementFromPoint(x + width / 2, y + height / 2);
                const covered = there && there.closest("#consent") &&
                    !document.activeElement.closest("#consent");
                return covered ? [document.activeElement.outerHTML] : [];
            }"""
        )

    assert hidden == []
    position = page.locator("#consent").evaluate("(it) => getComputedStyle(it).position")
    assert position == "static"


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_shifts_or_overflows_before_or_after_the_choice(page, address, words, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(address + words.front, wait_until="networkidle")
    undecided = measure(page)
    page.get_by_role("button", name=words.reject, exact=True).click()
    expect(page.locator("#consent [role=status]")).to_be_focused()
    page.reload(wait_until="networkidle")

    assert [undecided, measure(page)] == [{"overflow": 0, "shift": 0}] * 2


def test_paper_has_no_banner(page, banner, address):
    page.goto(address + INDONESIAN.front)

    page.emulate_media(media="print")

    expect(banner).to_be_hidden()


# Deciding


def test_accepting_starts_what_waited_without_a_reload(page, banner, address, words):
    offer_a_tool(page)
    page.goto(address + words.front)

    banner.get_by_role("button", name=words.accept, exact=True).click()

    expect(banner.get_by_role("status")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-counted", "yes")
    assert {cookie["name"] for cookie in page.context.cookies()} == {"_count_1", "cookie_consent"}

    banner.get_by_role("button").and_(page.locator("[data-part=close]")).click()
    expect(banner).to_be_hidden()
    expect(page.locator("main")).to_be_focused()


def test_refusing_starts_nothing_and_is_not_asked_again(page, banner, address, words):
    offer_a_tool(page)
    page.goto(address + words.front)

    banner.get_by_role("button", name=words.reject, exact=True).click()

    expect(banner.get_by_role("status")).to_be_focused()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["path"], cookie["sameSite"]) == ("cookie_consent", "/", "Lax")
    assert cookie["httpOnly"] is False
    assert cookie["expires"] == pytest.approx(time.time() + HALF_A_YEAR, abs=60)
    page.goto(address + words.front, wait_until="networkidle")
    expect(banner).to_be_hidden()
    assert page.evaluate("document.documentElement.dataset.counted") is None


def test_a_choice_holds_in_the_other_language(page, banner, address):
    page.goto(address + INDONESIAN.front)
    banner.get_by_role("button", name=INDONESIAN.reject, exact=True).click()
    expect(banner.get_by_role("status")).to_be_focused()

    page.goto(address + ENGLISH.front)

    expect(banner).to_be_hidden()


def test_a_second_tab_learns_of_the_choice(page, banner, address):
    page.goto(address + INDONESIAN.front)
    other = page.context.new_page()
    other.goto(address + ENGLISH.front)

    banner.get_by_role("button", name=INDONESIAN.reject, exact=True).click()
    expect(banner.get_by_role("status")).to_be_focused()
    # What a browser with a window sends when the reader turns to the tab.
    other.evaluate("dispatchEvent(new Event('focus'))")

    expect(other.locator("#consent")).to_be_hidden()


def test_the_keyboard_keeps_its_place_while_the_answer_is_on_its_way(page, banner, address):
    page.route("**/consent/decide/", lambda route: (time.sleep(0.6), route.continue_()))
    page.goto(address + INDONESIAN.front)

    reject = banner.get_by_role("button", name=INDONESIAN.reject, exact=True)
    reject.focus()
    page.keyboard.press("Enter")

    expect(reject).to_be_focused()
    expect(banner.get_by_role("status")).to_be_focused()


def test_choosing_says_yes_to_one_purpose_and_no_to_the_other(page, banner, address, words):
    page.goto(address + words.front)

    banner.get_by_text(words.choose).click()
    boxes = banner.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [False, False]
    boxes.nth(1).check()
    banner.locator("[value=save]").click()

    expect(banner.get_by_role("status")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-allows", "embeds")


@pytest.mark.parametrize("fault", ["503", "down"])
def test_a_failed_answer_keeps_the_banner_and_can_be_tried_again(page, banner, address, fault):
    offer_a_tool(page)
    page.route(
        "**/consent/decide/",
        lambda route: route.abort() if fault == "down" else route.fulfill(status=503),
    )
    page.goto(address + INDONESIAN.front)
    accept = banner.get_by_role("button", name=INDONESIAN.accept, exact=True)

    accept.click()
    expect(banner.get_by_role("alert")).to_be_focused()
    expect(accept).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.counted") is None
    assert page.context.cookies() == []

    page.unroute("**/consent/decide/")
    accept.click()
    expect(banner.get_by_role("status")).to_be_focused()


def test_with_its_scripts_blocked_the_form_still_works(page, address, words):
    page.route("**/static/consent/*.js", lambda route: route.abort())
    page.goto(address + words.front)

    page.get_by_role("button", name=words.reject, exact=True).click()

    page.wait_for_url(address + words.front)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["cookie_consent"]


# Without JavaScript


def test_without_javascript_everything_works(no_script, address, words):
    page, banner = no_script, no_script.locator("#consent")
    page.goto(address + words.front)
    expect(banner).to_be_visible()

    page.get_by_role("button", name=words.accept, exact=True).click()
    page.wait_for_url(address + words.front)
    expect(banner).to_be_hidden()
    for other in ("/id/", "/en/"):
        page.goto(address + other)
        expect(banner).to_be_hidden()

    page.goto(address + words.front)
    page.locator(f'footer a[href="{words.settings}"]').click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
    assert [box.is_checked() for box in page.get_by_role("checkbox").all()] == [True] * 3
    page.get_by_role("button", name=words.reject, exact=True).click()
    page.wait_for_url(f"{address}{words.settings}?saved=1")
    expect(page.get_by_role("checkbox")).to_have_count(3)
    assert [box.is_checked() for box in page.get_by_role("checkbox").all()] == [True, False, False]


# Changing one's mind


def test_withdrawing_takes_two_clicks_and_takes_everything_away(page, address, words):
    host = address.replace("127.0.0.1", "www.lintas.localhost")
    offer_a_tool(page)
    page.goto(host + words.front)
    page.get_by_role("button", name=words.accept, exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-counted", "yes")
    page.evaluate("document.cookie = '_count_2=parent; Path=/; Domain=lintas.localhost'")
    assert len(page.context.cookies()) == 3

    page.locator(f'footer a[href="{words.settings}"]').click()
    page.get_by_role("button", name=words.reject, exact=True).click()
    page.wait_for_url(f"{host}{words.settings}?saved=1", wait_until="networkidle")

    assert [cookie["name"] for cookie in page.context.cookies()] == ["cookie_consent"]
    assert page.evaluate("localStorage.length") == 0
    page.goto(host + words.front, wait_until="networkidle")
    assert page.evaluate("document.documentElement.dataset.counted") is None


def test_the_settings_page_shows_the_record_and_forgets(page, banner, address, words):
    page.goto(address + words.front)
    page.get_by_role("button", name=words.accept, exact=True).click()
    expect(banner.get_by_role("status")).to_be_focused()

    page.goto(address + words.settings)
    number = page.locator("code.cookie-page__number").inner_text()
    (cookie,) = page.context.cookies()
    assert f"@id={number.replace('-', '')}" in cookie["value"]
    expect(page.locator("#record ~ table tbody tr")).to_have_count(1)

    page.locator("[value=forget]").click()
    page.wait_for_url(f"{address}{words.settings}?forgotten=1")
    assert page.context.cookies() == []
    page.goto(address + words.front)
    expect(banner).to_be_visible()


# Global Privacy Control


def test_the_signal_is_an_answer_that_only_an_explicit_yes_outranks(with_signal, address, words):
    page, banner = with_signal, with_signal.locator("#consent")
    page.goto(address + words.front)
    expect(banner).to_be_hidden()
    assert page.context.cookies() == []
    expect(page.locator("html")).to_have_attribute("data-allows", "")

    page.goto(address + words.settings)
    expect(page.get_by_text("Global Privacy Control")).to_be_visible()
    page.get_by_role("button", name=words.accept, exact=True).click()
    page.wait_for_url(f"{address}{words.settings}?saved=1")

    page.goto(address + words.front)
    expect(page.locator("html")).to_have_attribute("data-allows", "preferences embeds")


def test_the_signal_counts_without_javascript_too(chromium, address):
    with chromium.new_context(
        java_script_enabled=False, extra_http_headers={"sec-gpc": "1"}
    ) as context:
        page = context.new_page()

        page.goto(address + INDONESIAN.front)

        expect(page.locator("#consent")).to_be_hidden()


# One rule, twice


def test_server_and_script_judge_every_cookie_alike(page, address):
    page.goto(address + INDONESIAN.front)
    register = json.loads(page.locator("#consent-register").inner_text())
    questions = [
        Question(each["name"], each["version"], each["asked"], each["gpc"])
        for each in register["purposes"]
    ]
    values = list(cookie_values(questions))

    by_script = page.evaluate(
        """(values) => values.map((value) => {
            document.cookie = `cookie_consent=${value}; Path=/`;
            dispatchEvent(new Event("consent"));
            const { choice, allows } = document.documentElement.dataset;
            return [document.cookie, choice, allows];
        })""",
        values,
    )

    by_server = []
    for sent, _choice, _allows in by_script:
        answers = parse_cookie_str(parse_cookie(sent).get("cookie_consent", ""))
        settled = is_settled(answers, questions, gpc=False)
        by_server.append(
            [sent, "decided" if settled else "open", " ".join(allowed(answers, questions))]
        )
    assert by_script == by_server
    # The table reaches every verdict.
    assert {choice for _sent, choice, _allows in by_script} == {"open", "decided"}
    assert {allows for _sent, _choice, allows in by_script} == {
        "",
        "preferences",
        "embeds",
        "preferences embeds",
    }


def cookie_values(questions):
    """Yield cookie values of every shape: right, stale, refused, repeated, cut off, garbage."""
    dice = random.Random(38)  # noqa: S311 - the same table at every run
    names = [each.name for each in questions] + ["other", "", "@id", "__proto__"]
    answers = [
        *(each.version for each in questions),
        "-1",
        "",
        "2001-01-01T00:00:00+00:00",
        "9999",
        "zzz",
        "a=b",
    ]
    asked = max(each.asked_at for each in questions)
    times = [
        str(asked),
        str(asked - 1),
        str(asked - 10**6),
        str(asked + 10**6),
        "x",
        "",
        "+1",
        "1e9",
    ]
    for _number in range(400):
        parts = [
            f"{dice.choice(names)}={dice.choice(answers)}" for _part in range(dice.randint(0, 4))
        ]
        if dice.random() < 0.8:
            parts.insert(dice.randint(0, len(parts)), f"@at={dice.choice(times)}")
        value = "|".join(parts)
        yield dice.choice([value, f'"{value}"', f'"{value}', value[: dice.randint(0, len(value))]])


def offer_a_tool(page):
    """Put an optional tool into every page, as a newsroom's own template would."""
    page.add_init_script(TOOL)
    page.route(
        "**/static/tool.js",
        lambda route: route.fulfill(body=TOOL_SCRIPT, content_type="text/javascript"),
    )


def measure(page):
    """Return by how many pixels the page is too wide, and how much it has shifted."""
    return page.evaluate(
        """() => new Promise((resolve) => {
            let shift = 0;
            new PerformanceObserver((list) => {
                list.getEntries().forEach((it) => { if (!it.hadRecentInput) shift += it.value; });
            }).observe({ type: "layout-shift", buffered: true });
            const overflow = document.documentElement.scrollWidth - innerWidth;
            setTimeout(() => resolve({ overflow: Math.max(0, overflow), shift }), 100);
        })"""
    )
