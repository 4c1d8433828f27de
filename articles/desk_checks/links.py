"""Links that lead nowhere: without an address, with one that is none, or to a page that is gone."""

import re
from collections.abc import Iterator

from articles.desk_checks.finding import Finding, Severity
from articles.desk_checks.text import Link, Text

EMPTY = "link-empty"
MALFORMED = "link-malformed"
DEAD = "link-dead"
_FORM = re.compile(
    r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(?::\d+)?(?:[/?#]\S*)?"
    r"|mailto:[^\s?@]+@[^\s?@]+\.[^\s?@]+(?:\?\S*)?"
    r"|/(?!/)\S*|#\S+",
    re.IGNORECASE,
)


def check(text: Text) -> Iterator[Finding]:
    """Find links that no reader can follow."""
    for link in text.links:
        href = link.href.strip()
        if href in {"", "#"}:
            yield _finding(EMPTY, Severity.ERROR, link, text)
        elif not _FORM.fullmatch(href):
            yield _finding(MALFORMED, Severity.ERROR, link, text)
        elif text.is_dead(href):
            yield _finding(DEAD, Severity.WARNING, link, text)


def _finding(code: str, severity: Severity, link: Link, text: Text) -> Finding:
    words = text.blocks[link.block][link.span.start : link.span.end]
    return Finding(
        code=code,
        severity=severity,
        block=link.block,
        span=link.span,
        facts=(words, link.href),
        params={"words": words, "href": link.href},
    )
