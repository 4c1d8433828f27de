"""The page about messages says what the table says."""

import re
from pathlib import Path

import pytest

from articles.models import Activity
from newsroom.models import Notification
from newsroom.rules import RULES, Subject

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/messages.md"
Why = Notification.Why

WHO = {
    Why.STORY: "everybody who worked on the story",
    Why.HOLDER: "whoever has a text of the story open or a translation of it taken on",
    Why.TEXT: "whoever wrote the text or is writing on it",
    Why.HAD_IT: "whoever had the translation before",
    Why.MENTIONED: "whoever is mentioned in it",
    Why.THREAD: "whoever wrote in the conversation",
    Why.APPROVER: "whoever approved the text",
    Why.SCHEDULER: "whoever scheduled it",
    Why.FORCER: "whoever published without review",
    Why.CORRECTED: "whoever translated the text, if it is a correction",
    Why.DEPENDANT: "whoever translates the text or has translated it",
    Why.ASSIGNED: "whoever has the translation now",
    Why.TRANSLATOR: "translators of the direction, where the translation waits for somebody",
    Why.REVIEWER: "reviewers of the direction",
    Why.DESK: "editors and publishers",
    Why.PUBLISHER: "publishers",
}
CHOICES = {Subject.OWN: "my texts", Subject.WORK: "what waits for me", Subject.STORY: "my stories"}


def rows_of_the_table() -> list[tuple[str, str, str]]:
    rows = []
    for verb, lines in RULES.items():
        act = f"{Activity.Verb(verb).label}"
        for line in lines:
            mail = "always" if line.is_mandatory else CHOICES[line.subject]
            rows.append((act, WHO[line.why], mail))
        if not lines:
            rows.append((act, "nobody", ""))
    return rows


def rows_on_the_page() -> list[tuple[str, str, str]]:
    table = PAGE.read_text().partition("| Act | Who is told | By e-mail |\n|---|---|---|\n")[2]
    rows = re.findall(r"^\| *(.*?) *\| *(.*?) *\| *(.*?) *\|$", table, flags=re.MULTILINE)
    return [(act, who, mail) for act, who, mail in rows]


@pytest.mark.usefixtures("english")
def test_the_page_about_messages_holds_the_whole_table():
    assert rows_on_the_page() == rows_of_the_table()
