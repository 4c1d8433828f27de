"""From a mistake in a live story to its correction in both languages, with few clicks."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import Site
from tests.journeys.test_first_story import CAST, PASSWORD, PEOPLE, signed_in

STORY = """
from articles import publishing
from newsroom.models import User
from tests.builders import NOW, edition_of, make_article, make_draft, make_person, publish_article
from tests.translations import desk
from translations import assigning
article = make_article(
    draft=make_draft(headline="Kapal baru tiba", body="<p>Kapal itu tiba pada 25/1.</p>")
)
publish_article(article)
budi = User.objects.get(username="budi")
assignment = assigning.claim(edition_of(article, "en"), by=budi, at=NOW)
edition = desk.approve(desk.submit(assignment, by=budi))
publishing.publish(edition, by=make_person(), at=NOW)
print(f"/admin/articles/article/{article.pk}/change/")
"""


class Clicks:
    """Counts what editors press, from the mistake to the correction."""

    made = 0

    def on(self, place: Locator) -> None:
        place.click()
        self.made += 1


def test_a_mistake_is_corrected_in_both_languages_in_under_ten_clicks_of_editors(
    site: Site, chromium: Browser, page: Page
):
    site.manage("shell", "-v0", "-c", PEOPLE.format(people=CAST, password=PASSWORD))
    article = site.address + site.manage("shell", "-v0", "-c", STORY).strip()
    clicks = Clicks()

    with signed_in(chromium, site, "ani") as ani:
        ani.goto(article)
        clicks.on(ani.get_by_role("button", name="Change this text").first)
        clicks.on(ani.locator("[contenteditable=true]").get_by_text("25/1"))
        ani.keyboard.press("Control+End")
        ani.keyboard.press("Backspace")
        ani.keyboard.press("Backspace")
        ani.keyboard.type("2.")
        clicks.on(ani.get_by_role("button", name="Submit for review").last)
        expect(ani.get_by_text("The text is in review.")).to_be_visible()
    with signed_in(chromium, site, "wulan") as wulan:
        wulan.goto(article)
        clicks.on(wulan.get_by_role("button", name="Approve", exact=True).last)
        publish_correction(wulan, clicks, "Semula tertulis 25/1; yang benar 25/2.")
    site.manage("tick")
    translate_and_review(site, chromium)
    with signed_in(chromium, site, "wulan") as wulan:
        wulan.goto(article)
        clicks.on(wulan.get_by_role("link", name=re.compile("^English")).first)
        publish_correction(wulan, clicks, "This said 25/1; it was 25/2.")

    assert clicks.made < 10
    for path, words in (
        ("/id/koreksi/", "Semula tertulis 25/1; yang benar 25/2."),
        ("/en/corrections/", "This said 25/1; it was 25/2."),
    ):
        page.goto(site.address + path)
        expect(page.get_by_role("main")).to_contain_text(words)
        page.get_by_role("main").get_by_role("link").first.click()
        expect(page.get_by_role("main")).to_contain_text("25/2.")
        expect(page.get_by_role("main")).to_contain_text(words)


def publish_correction(page: Page, clicks: Clicks, words: str) -> None:
    """Say what was wrong; the field after the kinds is reached by the keyboard."""
    clicks.on(page.get_by_role("radio", name="Correction").first)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(words)
    clicks.on(page.get_by_role("button", name="Publish the changes", exact=True).last)
    expect(page.get_by_text("The changes are live.")).to_be_visible()


def translate_and_review(site: Site, chromium: Browser) -> None:
    with signed_in(chromium, site, "budi") as budi:
        budi.get_by_role("link", name=re.compile("^Messages")).first.click()
        expect(budi.get_by_role("main")).to_contain_text("Bring the translation up to date")
        budi.goto(f"{site.address}/desk/?list=out_of_date")
        budi.get_by_role("button", name=re.compile("^Update it")).first.click()
        budi.wait_for_url(re.compile(r"/desk/\d+/"))
        changed = budi.locator("unit-editor", has_text="Kapal itu tiba")
        changed.locator(".rich-text__text").first.click()
        expect(changed.locator(".ProseMirror")).to_be_focused()
        budi.keyboard.press("Control+A")
        budi.keyboard.insert_text("The ship came in on 25/2.")
        budi.keyboard.press("Control+Enter")
        expect(changed).to_have_attribute("data-status", "ready")
        budi.get_by_role("button", name="Submit", exact=True).click()
        budi.wait_for_url(re.compile(r"/desk/\?|/desk/$"))
    with signed_in(chromium, site, "dewi") as dewi:
        dewi.goto(f"{site.address}/desk/?list=in_review")
        dewi.get_by_role("link", name=re.compile("^Review")).first.click()
        dewi.get_by_role("button", name="Approve", exact=True).click()
        dewi.get_by_role("button", name="I have read them: approve all").click()
        dewi.wait_for_url(re.compile(r"/desk/\?|/desk/$"))
