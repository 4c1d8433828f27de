"""An eight-year-old phone must show the public pages whole."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static" / "public"
SHEETS = sorted(STATIC.glob("*.css"))

# What browsers of eight years ago drop, and the page with it.
TOO_NEW = [
    r"@layer",
    r"@container",
    r"@supports",
    r"@import",
    r":has\(",
    r":is\(",
    r":where\(",
    r"\b(?:clamp|min|max)\(",
    r"\baspect-ratio\s*:",
    r"\binset(?:-inline|-block)?\s*:",
    r"\b(?:margin|padding|border)-(?:inline|block)\s*:",
    r"(?<!-)\bgap\s*:",
    r"\d(?:dvh|svh|lvh|cqw|lh)\b",
    r"color-mix\(|oklch\(|light-dark\(",
]


def rules(css):
    """The sheet without comments, and without the at-rules that hold other rules."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", r"\1", css)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_stands_inside_another(sheet):
    assert re.findall(r"\{[^{}]*\{", rules(sheet.read_text())) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("pattern", TOO_NEW)
def test_nothing_is_too_new(sheet, pattern):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)

    assert re.findall(pattern, css.replace("minmax(", "")) == []


def test_there_are_sheets_to_look_at():
    assert [sheet.name for sheet in SHEETS] == ["print.css", "public.css", "tokens.css"]
