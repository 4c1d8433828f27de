"""Writing in the desk: the keyboard, saving by itself, and what happens when saving fails."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site

SETTING = """
import json
from tests.builders import make_person
from tests.translations.desk import make_assignment, words
budi = make_person("budi", "Translator", pairs=(("id", "en"),))
ani = make_person("ani", "Editor")
body = "<p>Satu <em>kapal</em>.</p><p>Dua.</p>"
assignment = make_assignment(budi, words(body=body))
units = list(assignment.units.order_by("position").values_list("pk", flat=True))
print(json.dumps({"assignment": assignment.pk, "units": units}))
"""
STORED = """
import json
from translations.models import KeptText, Unit
units = Unit.objects.order_by("position").values_list("target_html", "state")
kept = KeptText.objects.order_by("pk").values_list("html", flat=True)
print(json.dumps({"units": list(units), "kept": list(kept)}))
"""
OTHER = """
from django.utils import timezone
from newsroom.models import User
from translations import translating
from translations.models import Unit
unit = Unit.objects.get(pk=%d)
ani = User.objects.get(username="ani")
translating.save_unit(unit, "Ani's words", based_on=unit.version, by=ani, at=timezone.now())
"""


@pytest.fixture
def desk(site: Site) -> dict:
    return ask(site, SETTING)


def ask(site: Site, program: str) -> dict:
    return json.loads(site.manage("shell", "--no-imports", "-c", program) or "null")


def enter(page: Page, site: Site, desk: dict) -> None:
    page.goto(f"{site.address}/login/?next=/desk/{desk['assignment']}/")
    page.fill("input[name=username]", "budi")
    page.fill("input[name=password]", "secret")
    page.press("input[name=password]", "Enter")
    expect(page.locator("html.saves-itself unit-editor")).to_have_count(4)


def status(page: Page, unit: int):
    return page.locator(f"#status-{unit}")


def test_a_translation_is_written_with_the_keyboard_alone(page: Page, site: Site, desk: dict):
    head, standfirst, first, second = desk["units"]
    enter(page, site, desk)

    # The headline saves itself, and the caret stays where it was.
    page.locator(f"#target-{head}").click()
    page.keyboard.type("Ship come")
    page.keyboard.press("ArrowLeft")
    expect(status(page, head)).to_contain_text("Saved")
    page.keyboard.type("X")
    expect(page.locator(f"#target-{head}")).to_have_value("Ship comXe")
    page.keyboard.press("Backspace")

    # Ready, and on: two lines, then a paragraph in the rich-text editor.
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#target-{standfirst}")).to_be_focused()
    page.keyboard.press("Alt+c")
    expect(page.locator(f"#target-{standfirst}")).to_have_value("Teras.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#unit-{first} .ProseMirror")).to_be_focused()
    page.keyboard.type("One ship.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#unit-{second} .ProseMirror")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(f"#unit-{first} .ProseMirror")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#unit-{second} .ProseMirror")).to_be_focused()
    page.keyboard.type("Two.")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".head [data-left]")).to_have_text("0")
    expect(page.locator(".head [data-done]")).to_have_text("4")
    assert ask(site, STORED) == {
        "units": [
            ["Ship come", "ready"],
            ["Teras.", "ready"],
            ["One ship.", "ready"],
            ["Two.", "ready"],
        ],
        "kept": [],
    }

    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator(".note--success")).to_have_text("The translation was handed to review.")


def test_nothing_is_lost_when_saving_fails(page: Page, site: Site, desk: dict):
    head, standfirst, *_rest = desk["units"]
    enter(page, site, desk)

    # The rich-text editor comes along when the page has nothing else to do.
    page.wait_for_load_state("networkidle")

    # Without a connection the text stays, is announced, and goes out when it is back.
    page.context.set_offline(offline=True)
    page.locator(f"#target-{head}").click()
    page.keyboard.type("Ship comes")
    expect(status(page, head)).to_contain_text("No connection.")
    expect(page.locator(f"#target-{head}")).to_have_value("Ship comes")
    page.context.set_offline(offline=False)
    expect(status(page, head)).to_contain_text("Saved")

    # Signed out in another tab, and in again.
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.type(" in")
    expect(status(page, head)).to_contain_text("You are signed out.")
    page.context.add_cookies(cookies)
    page.keyboard.press("Control+s")
    expect(status(page, head)).to_contain_text("Saved")

    # Somebody else saved first: both texts, and a choice.
    site.manage("shell", "--no-imports", "-c", OTHER % standfirst)
    page.locator(f"#target-{standfirst}").click()
    page.keyboard.type("Budi's words")
    panel = page.locator(f"#unit-{standfirst} .conflict")
    expect(panel).to_contain_text("ani saved this unit while you were writing.")
    expect(panel).to_contain_text("Ani's words")
    expect(page.locator(f"#target-{standfirst}")).to_have_value("Budi's words")
    panel.get_by_role("button", name="Use my text").click()
    expect(status(page, standfirst)).to_contain_text("Saved")
    expect(panel).to_have_count(0)

    assert ask(site, STORED) == {
        "units": [
            ["Ship comes in", "draft"],
            ["Budi's words", "draft"],
            ["", "empty"],
            ["", "empty"],
        ],
        "kept": ["Budi's words"],
    }
