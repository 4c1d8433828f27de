"""A part of a page that is said anew, while somebody works in it."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT

MODULE = (ROOT / "static/newsroom/refresh.js").read_text()
ACT = """
<details id="act-{name}" class="act"{opened}><summary>{name}</summary>
  <div class="row"><label>Reason {name} <textarea></textarea></label></div>
  {stopped}
  <button class="button" formaction="/{name}/"{closed}>Do {name}</button>
</details>
"""
LINK = '<li><a href="/{0}/">{0}</a></li>'


def part(*acts: str, links: tuple[str, ...]) -> str:
    shown = "".join(acts)
    return f'<section id="part"><ul>{"".join(map(LINK.format, links))}</ul>\n{shown}</section>'


def act(name: str, *, opened: str = "", stopped: str = "", closed: str = "") -> str:
    return ACT.format(name=name, opened=opened, stopped=stopped, closed=closed)


@pytest.fixture
def begun(page: Page) -> Page:
    """A part in which a fold is open, a reason is being typed, and one link was followed."""
    page.set_content(part(act("hold"), act("force"), links=("preview", "history")))
    page.add_script_tag(
        content=f"{MODULE.replace('export ', '')}\nwindow.refresh = refresh;", type="module"
    )
    page.get_by_text("force", exact=True).click()
    page.get_by_label("Reason force").fill("Gempa")
    return page


def refresh(page: Page, html: str) -> None:
    page.evaluate("html => window.refresh({part: html, elsewhere: html})", html)


def test_a_fold_that_somebody_closed_stays_closed(begun):
    refresh(
        begun, part(act("hold", opened=" open", stopped="<p>Write.</p>"), act("force"), links=())
    )

    expect(begun.get_by_text("Write.")).to_be_hidden()
    expect(begun.get_by_label("Reason force")).to_be_visible()


def test_what_is_new_comes_and_what_is_gone_goes(begun):
    fresh = part(
        act("submit"), act("force", stopped="<p>Write.</p>", closed=" disabled"), links=("history",)
    )

    refresh(begun, fresh)

    assert begun.locator("summary, a").all_text_contents() == ["history", "submit", "force"]
    expect(begun.get_by_text("Write.")).to_be_visible()
    expect(begun.get_by_role("button", name="Do force")).to_be_disabled()

    refresh(begun, part(act("force"), links=("history",)))

    expect(begun.get_by_text("Write.")).to_have_count(0)
    expect(begun.get_by_role("button", name="Do force")).to_be_enabled()


@pytest.mark.parametrize(
    "fresh",
    [
        part(act("submit"), act("hold"), act("force"), links=("preview", "read", "history")),
        part(act("force", stopped="<p>Write.</p>"), links=("history",)),
    ],
)
def test_the_focus_an_open_fold_and_typed_words_remain(begun, fresh):
    reason = begun.get_by_label("Reason force")

    refresh(begun, fresh)

    expect(reason).to_be_focused()
    expect(reason).to_have_value("Gempa")
    expect(reason).to_be_visible()

    begun.get_by_role("link", name="history").focus()
    refresh(begun, part(act("force"), links=("preview", "history", "activity")))

    expect(begun.get_by_role("link", name="history")).to_be_focused()
