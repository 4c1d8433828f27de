"""Headlines that are cut off where they are listed."""

from collections.abc import Iterator

from articles.desk_checks.finding import Finding, Severity, Span
from articles.desk_checks.text import HEADLINE, Text

CODE = "headline-long"
# Search engines and the cards of other sites cut a headline after about as many characters.
MOST = 110


def check(text: Text) -> Iterator[Finding]:
    """Find a headline of more than ``MOST`` characters; the span is what is too much."""
    headline = text.blocks[HEADLINE] if text.blocks else ""
    if len(headline) > MOST:
        yield Finding(
            code=CODE,
            severity=Severity.WARNING,
            block=HEADLINE,
            span=Span(MOST, len(headline)),
            facts=(str(len(headline)),),
            params={"length": str(len(headline)), "most": str(MOST)},
        )
