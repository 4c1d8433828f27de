"""
docs/reference/workflow.md says what the table of acts says, and who may do it as tests found.

To write it anew: WRITE_DOCS=1 python -m pytest tests/articles/test_workflow_page.py
"""

import os
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from types import SimpleNamespace

from django.utils import translation

from articles import actions
from articles.actions import Action
from articles.models import Article
from articles.publishing import Obstacle
from articles.releasing import Missing, Who
from articles.standing import Public, Work
from tests.articles import test_permission_matrix as admin
from tests.translations import test_permission_matrix as desk

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "workflow.md"
HINT = "Write it anew: WRITE_DOCS=1 python -m pytest tests/articles/test_workflow_page.py"
INTRODUCTION = """\
# The workflow

What may be done to a text, where it must stand for that, who may do it, and what stops it. The
first table is made from `articles/actions.py`, which makes the buttons too; who may is what the
permission tests found by asking every act of every role. A test holds this page to both.

The story is active, on hold, spiked or killed. *Work* is what is being done with the text,
*readers* is what they get. *Own* is what a person wrote themselves, *others'* what they did not.

`approve-own` is there with `NEWSROOM_SOLO` alone. Nobody gives a second look to what they put out
without review themselves. An act that undoes something is offered while there is something to undo.

## In the admin
"""
OBSTACLES = """\
## What stops a text
"""
FOR_THE_DESK = """\
## In the translation desk

Translators and reviewers work in their directions; *elsewhere* is somebody with the role in
another direction. *Own* is a translation that one took on.
"""
DESK_ACTS = {
    "claim": "Take a translation on",
    "assign": "Say who translates something",
    "hand_over": "Hand a translation over",
    "unit": "Write a unit",
    "submit": "Submit for review",
    "hand_back": "Hand back",
    "hand_back in review": "Hand back, in review",
    "due": "Set when it is due",
    "bring_in_changes": "Bring in the source's changes",
    "approve_unit": "Approve a unit",
    "approve_unit alone": "Approve a unit, with `NEWSROOM_SOLO`",
    "unapprove_unit": "Take the approval of a unit back",
    "return_unit": "Mark a unit to be sent back",
    "keep_unit": "Take that mark away",
    "mend_unit": "Edit a unit in review",
    "comment": "Comment beside a unit",
    "ask": "Ask the source's editor about a unit",
    "reply": "Reply in a conversation",
    "resolve": "Close a conversation",
    "reopen": "Take a conversation up again",
    "answer": "Answer a question from the page of the source",
    "approve": "Approve",
    "approve alone": "Approve, with `NEWSROOM_SOLO`",
    "send_back": "Send back",
}


def test_the_page_says_what_the_table_says():
    with translation.override("en"):
        wanted = page()
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted, HINT


def page() -> str:
    acts = table(
        ["Act", "Story", "Work", "Readers", "Who", "Stopped by"], map(row, actions.ACTIONS)
    )
    obstacles = table(["Obstacle", "In words"], ([f"`{o}`", str(o.label)] for o in Obstacle))
    in_the_desk = table(["Act", "Who"], map(desk_row, desk.LINES))
    return "\n".join([INTRODUCTION, acts, OBSTACLES, obstacles, FOR_THE_DESK, in_the_desk])


def row(action: Action) -> list[str]:
    return [
        f"{action.label} (`{action.name}`)",
        states(action.story, Article.Status),
        states(action.work, Work),
        states(action.public, Public),
        who(action.name),
        stopped_by(action),
    ]


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def states(found: Iterable[Enum], kind: type[Enum]) -> str:
    """Name the states in their order, or what is left out if that is shorter."""
    inside = [str(state).replace("_", " ") for state in kind if state in found]
    outside = [str(state).replace("_", " ") for state in kind if state not in found]
    if not outside:
        return "any"
    return f"any but {', '.join(outside)}" if len(outside) < len(inside) else ", ".join(inside)


def who(name: str) -> str:
    """Say which roles, and for translations and the like where it differs."""
    found: dict[str, str] = {}
    for line in admin.LINES:
        act, cells = admin.split(line)
        words, (act, _space, about) = people(cells, admin.COLUMNS), act.partition(" ")
        if act == name and words not in found.values():
            found[about] = words
    return "; ".join(f"{about}: {words}" if about else words for about, words in found.items())


def desk_row(line: str) -> list[str]:
    name, cells = desk.split(line)
    return [DESK_ACTS[name], people(cells, desk.COLUMNS)]


def people(cells: Iterable[str], columns: Iterable[str]) -> str:
    words = {"all": "", "own": " (own)", "other": " (others')"}
    return ", ".join(
        f"{column}{words[cell]}"
        for column, cell in zip(columns, cells, strict=True)
        if cell in words
    )


def stopped_by(action: Action) -> str:
    """Say which obstacles, as the act itself picks them from all there are."""
    leads = SimpleNamespace(edition=SimpleNamespace(language="id"), may_follow=False)
    situation = SimpleNamespace(
        obstacles=list(Obstacle),
        copy=None,
        release=SimpleNamespace(members=SimpleNamespace(all=lambda: [leads])),
        lacks=[Missing("id", obstacle, Who.EDITOR) for obstacle in Obstacle],
    )
    found = action.stopped_by(situation)
    if not found:
        return "nothing"
    left_out = [f"`{obstacle}`" for obstacle in Obstacle if obstacle not in found]
    if not left_out:
        return "every obstacle"
    if len(left_out) < len(found):
        return f"every obstacle but {', '.join(left_out)}"
    return ", ".join(f"`{obstacle}`" for obstacle in found)
