"""Reviewing: thirteen units, thirteen keys, and not one page loaded."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site

SETTING = """
import json
from tests.builders import make_person
from tests.translations.desk import make_assignment, submit, words
budi = make_person("budi", "Translator", pairs=(("id", "en"),))
make_person("dewi", "Reviewer", pairs=(("id", "en"),))
body = "".join(f"<p>Alinea {number}.</p>" for number in range(11))
assignment = submit(make_assignment(budi, words(body=body)), by=budi)
print(json.dumps({"assignment": assignment.pk}))
"""
STORED = """
import json
from translations.models import Assignment, Unit
units = Unit.objects.order_by("position")
print(json.dumps({
    "units": sorted({(u.state, str(u.approved_by)) for u in units}),
    "assignment": Assignment.objects.get().state,
    "returned": [
        [u.return_reason, u.return_side, u.return_quote, u.return_start]
        for u in units if u.return_reason
    ],
    "targets": [u.target_html for u in units][:2],
}))
"""


@pytest.fixture
def assignment(site: Site) -> int:
    return ask(site, SETTING)["assignment"]


def ask(site: Site, program: str) -> dict:
    return json.loads(site.manage("shell", "--no-imports", "-c", program))


def enter(page: Page, site: Site, assignment: int) -> None:
    page.goto(f"{site.address}/login/?next=/desk/{assignment}/review/")
    page.fill("input[name=username]", "dewi")
    page.fill("input[name=password]", "secret")
    page.press("input[name=password]", "Enter")
    expect(page.locator("review-list .unit")).to_have_count(13)
    expect(page.locator("[data-tools]")).to_be_visible()


def test_thirteen_units_are_approved_with_thirteen_keys_and_no_page_load(
    page: Page, site: Site, assignment: int
):
    enter(page, site, assignment)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    for _ in range(13):
        page.keyboard.press("Control+Shift+Enter")

    expect(page.locator("[data-approved-number]")).to_have_text("13")
    assert loads == []
    assert ask(site, STORED)["units"] == [["approved", "dewi"]]

    # The whole is offered: the same key once more.
    expect(page.locator("[data-approve-all]")).to_be_focused()
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".note--success")).to_contain_text("The translation was approved.")
    assert ask(site, STORED)["assignment"] == "delivered"


def test_words_are_selected_and_returned_and_a_unit_is_edited_in_place(
    page: Page, site: Site, assignment: int
):
    enter(page, site, assignment)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    # “English 0”: the second word is wrong.
    head, standfirst = page.locator(".unit").nth(0), page.locator(".unit").nth(1)
    words = head.locator(".unit__target .text")
    box = words.bounding_box()
    words.evaluate(
        "(element) => { const node = element.firstChild; const range = document.createRange();"
        " range.setStart(node, 8); range.setEnd(node, 9);"
        " const all = document.getSelection(); all.removeAllRanges(); all.addRange(range); }"
    )
    assert box is not None
    page.keyboard.press("Alt+r")
    expect(head.locator(".returning [data-shown]")).to_have_text("0")
    head.locator(".returning select").select_option("fact")
    head.locator(".returning textarea").fill("Which one?")
    head.get_by_role("button", name="Mark it to be sent back").click()
    expect(head.locator(".objection mark")).to_have_text("0")
    expect(page.locator("#verdict-facts")).to_contain_text("Marked to be sent back:")

    standfirst.get_by_role("link", name="Edit").click()
    standfirst.locator(".mending textarea").fill("English one")
    standfirst.get_by_role("button", name="Save the edit").click()
    expect(standfirst.locator(".edited")).to_contain_text("dewi changed this in review")
    expect(page.locator("#verdict-facts")).to_contain_text("Somebody else must approve it.")

    assert loads == []
    stored = ask(site, STORED)
    assert stored["returned"] == [["fact", "target", "0", 8]]
    assert stored["targets"] == ["English 0", "English one"]
