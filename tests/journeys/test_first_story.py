"""One real article from the desk to readers in two languages, each step in a browser."""

import contextlib
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Site

PASSWORD = "press-day"
PEOPLE = """
from django.contrib.auth.models import Group
from newsroom.models import User
from translations.models import WorkingPair
for name, role in {people!r}:
    person = User(username=name, first_name=name.title(), language="en")
    person.set_password({password!r})
    person.save()
    person.groups.set(Group.objects.filter(name=role))
    if role in ("Translator", "Reviewer"):
        WorkingPair.objects.create(person=person, source_language="id", target_language="en")
"""
CAST = [
    ("ani", "Editor"),
    ("wulan", "Editor"),
    ("budi", "Translator"),
    ("dewi", "Reviewer"),
]
NOTICE = {"id": "Hak cipta milik Rossiyskaya Gazeta.", "en": "Copyright Rossiyskaya Gazeta."}
HEADLINE_ID = "Enggan Kerja Sama dengan Moskow, Dubes Rusia: AS Seolah-olah Dukung Teroris"


@pytest.fixture
def english() -> list[str]:
    """Return the seed's English, unit by unit, as its readers meet it."""
    found = json.loads((ROOT / "newsroom/demo/seed_article_en.json").read_text())
    return [block["en"] for block in found["blocks"] if block["kind"] != "copyright"]


@contextlib.contextmanager
def signed_in(chromium: Browser, site: Site, name: str) -> Iterator[Page]:
    """Give a person a browser of their own; a script's error or a blocked file fails."""
    problems: list[str] = []
    with contextlib.closing(chromium.new_context(locale="en-GB")) as context:
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                problems.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page = context.new_page()
        page.goto(f"{site.address}/login/")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/start/")
        yield page
    assert problems == []


def test_the_seed_goes_from_a_plain_page_to_readers_in_two_languages(
    site: Site, chromium: Browser, page: Page, english: list[str]
):
    site.manage("shell", "-v0", "-c", PEOPLE.format(people=CAST, password=PASSWORD))
    said = site.manage(
        "ingest_page",
        str(ROOT / "newsroom/demo/seed_article.txt"),
        "--source=rossiyskaya-gazeta",
        "--language=id",
        "--published=2016-02-26",
    )
    address = re.search(r"/admin/\S+", said)
    assert address is not None, said
    article = site.address + address[0]

    edit_and_submit(chromium, site, article)
    approve_and_publish(chromium, site, article)
    read_indonesian(site, page)
    translate(chromium, site, english)
    review(chromium, site)
    publish_english(chromium, site, article)
    read_both(site, page)
    refuse_cookies(site, page)


def edit_and_submit(chromium: Browser, site: Site, article: str) -> None:
    with signed_in(chromium, site, "ani") as page:
        page.goto(article)
        expect(page.get_by_label("Headline")).to_have_value(HEADLINE_ID)
        page.get_by_text("Submit for review").first.click()
        note = page.get_by_role("textbox", name="Note for the reviewer")
        note.fill("Mohon dibaca hari ini.")
        # Where it stands follows what is typed, and leaves the rest of the page alone.
        standing = page.get_by_role("region", name="Where it stands")
        standfirst = page.get_by_label("Standfirst")
        standfirst.fill("")
        expect(standing).to_contain_text("Write a standfirst.", timeout=15_000)
        standfirst.fill("Sejak awal Rusia mengajak dan tak pernah menolak bekerja sama dengan AS.")
        expect(standing).not_to_contain_text("Write a standfirst.", timeout=15_000)
        expect(standing).to_contain_text("Saved by Ani")
        expect(standfirst).to_be_focused()
        expect(note).to_have_value("Mohon dibaca hari ini.")
        body = page.get_by_role("textbox", name="Body")
        body.get_by_text("Kamis (25/1)").dblclick()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Perundingan masih berlangsung.")
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.get_by_role("textbox", name="Body")).to_contain_text("masih berlangsung.")
        for _wrong_day in range(2):
            page.get_by_role("button", name="As in the original").first.click()
            expect(page.get_by_text("The story passes this rule.")).to_be_visible()
        page.get_by_role("button", name="Submit for review").last.click()
        expect(page.get_by_text("The text is in review.")).to_be_visible()
        expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def approve_and_publish(chromium: Browser, site: Site, article: str) -> None:
    with signed_in(chromium, site, "wulan") as page:
        page.goto(article)
        expect(page.get_by_text("Nobody but its author has approved this text.")).to_be_visible()
        page.get_by_role("button", name="Approve", exact=True).last.click()
        expect(page.get_by_text("The text is approved.")).to_be_visible()
        page.get_by_role("button", name="Publish", exact=True).last.click()
        expect(page.get_by_text("The text is live.")).to_be_visible()


def read_indonesian(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/en/")
    assert HEADLINE_ID not in page.content()
    page.goto(f"{site.address}/id/")
    page.get_by_role("link", name=HEADLINE_ID).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE_ID)
    expect(page.get_by_role("main")).to_contain_text(NOTICE["id"])
    expect(page.get_by_role("main")).to_contain_text("Perundingan masih berlangsung.")
    expect(page.get_by_role("main")).to_contain_text("“Kamis (25/1)”, “Senin (21/2)”")
    expect(page.get_by_role("main")).not_to_contain_text("Terima kuki")


def translate(chromium: Browser, site: Site, english: list[str]) -> None:
    with signed_in(chromium, site, "budi") as page:
        page.goto(f"{site.address}/desk/?list=waiting")
        page.get_by_role("button", name=re.compile("^Take")).click()
        page.wait_for_url(re.compile(r"/desk/\d+/"))
        units = page.locator("unit-editor")
        expect(units).to_have_count(len(english))
        # The first line by hand, the rest by keyboard alone.
        units.first.locator("textarea[name=target]").click()
        for number, text in enumerate(english):
            words = text + (" Talks continue." if number == len(english) - 1 else "")
            page.keyboard.insert_text(words)
            page.keyboard.press("Control+Enter")
            expect(units.nth(number)).to_have_attribute("data-status", "ready")
        page.get_by_role("button", name="Submit", exact=True).click()
        page.wait_for_url(re.compile(r"/desk/\?|/desk/$"))


def review(chromium: Browser, site: Site) -> None:
    with signed_in(chromium, site, "dewi") as page:
        page.goto(f"{site.address}/desk/?list=in_review")
        page.get_by_role("link", name=re.compile("^Review")).first.click()
        expect(page.get_by_role("main")).to_contain_text("Talks continue.")
        page.get_by_role("button", name="Approve", exact=True).click()
        page.get_by_role("button", name="I have read them: approve all").click()
        page.wait_for_url(re.compile(r"/desk/\?|/desk/$"))


def publish_english(chromium: Browser, site: Site, article: str) -> None:
    with signed_in(chromium, site, "ani") as page:
        page.goto(article)
        page.get_by_role("link", name=re.compile("^English")).first.click()
        page.get_by_role("button", name="Publish", exact=True).last.click()
        expect(page.get_by_text("The text is live.")).to_be_visible()


def read_both(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/en/")
    page.reload()  # a browser keeps a page for a minute
    page.get_by_role("link", name=re.compile("^By Refusing to Work With Moscow")).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(NOTICE["en"])
    expect(main).to_contain_text("Talks continue.")
    expect(main).to_contain_text("Budi")
    metadata = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert any("Rossiyskaya Gazeta" in text and "translationOfWork" in text for text in metadata)
    page.get_by_role("link", name="Bahasa Indonesia").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE_ID)
    for language, notice in NOTICE.items():
        feed = page.request.get(f"{site.address}/{language}/rss.xml").text()
        assert notice in feed
        assert feed.count("<item>") == 1


def refuse_cookies(site: Site, page: Page) -> None:
    assert page.context.cookies() == []
    banner = page.get_by_role("region", name=re.compile("kuki", re.IGNORECASE))
    expect(banner).to_contain_text("Situs ini menggunakan kuki.")
    banner.get_by_role("button", name="Tolak kuki").click()
    expect(page.get_by_text("Pilihan Anda tersimpan.")).to_be_visible()
    page.goto(f"{site.address}/en/")
    expect(page.get_by_role("button", name="Reject cookies")).to_be_hidden()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["cookie_consent"]
