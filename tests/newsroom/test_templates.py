"""What keeps hostile words from becoming markup, and foreign pages from acting for somebody."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "translations", "articles", "consent")


def lines(folder: str, pattern: str) -> list[tuple[str, str, str]]:
    """Return each line of a folder's files with the file and the line before."""
    found = []
    for file in sorted((ROOT / folder).rglob(pattern)):
        text = file.read_text().splitlines()
        name = str(file.relative_to(ROOT))
        found += [(name, *pair) for pair in zip(["", *text], text, strict=False)]
    return found


def test_templates_print_as_markup_only_what_says_itself_that_it_is():
    switches = re.compile(r"\|\s*safe(seq)?\b|autoescape")

    found = [
        (name, line)
        for folder in ("templates", *APPS)
        for pattern in ("*.html", "*.txt", "*.xml")
        for name, _before, line in lines(folder, pattern)
        if "/templates/" in f"/{name}" and switches.search(line)
    ]

    assert found == []


def test_one_view_takes_forms_without_a_token_and_says_why():
    found = [
        (name, before, line)
        for app in APPS
        for name, before, line in lines(app, "*.py")
        if "csrf_exempt" in line and not line.startswith("from ")
    ]

    reason = (
        "# Pages carry no token because every reader gets the same bytes; forgery.is_ours decides"
        " instead."
    )
    assert found == [("consent/views.py", reason, "@csrf_exempt")]
