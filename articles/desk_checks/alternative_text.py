"""Pictures that say nothing to readers who do not see them."""

from collections.abc import Iterator

from articles.desk_checks.finding import Finding, Severity, Span
from articles.desk_checks.text import Text

CODE = "alt-missing"


def check(text: Text) -> Iterator[Finding]:
    """Find pictures without alternative text that are not marked as decorative."""
    for picture in text.pictures:
        if not picture.is_decorative and not picture.alternative.strip():
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                block=picture.block,
                span=Span(0, len(text.blocks[picture.block])),
                facts=(picture.name,),
                params={"picture": picture.name},
            )
