import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static" / "consent"


def test_the_script_before_the_first_paint_stays_under_a_kilobyte():
    assert len((STATIC / "first.js").read_bytes()) < 1024


@pytest.mark.parametrize("script", ["first.js", "choice.js"])
def test_no_script_imports_another_or_writes_markup(script):
    text = (STATIC / script).read_text()

    # Hashed file names are not written into imports; markup from script needs Trusted Types.
    assert re.findall(r"\bimport\s*[({'\"]|innerHTML|outerHTML|insertAdjacentHTML", text) == []


@pytest.mark.parametrize("sheet", ["consent.css", "settings.css"])
def test_old_browsers_can_read_every_style(sheet):
    text = (STATIC / sheet).read_text()
    depth = deepest = 0
    for character in re.sub(r"@media[^{]*{", "", text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, depth)

    # Rules of @media close one brace more than they open once its own is taken away.
    assert deepest == 1
    assert re.findall(r"@layer|@import|:has\(|&", text) == []
