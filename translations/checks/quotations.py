"""Words in quotation marks: as many on both sides."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from translations.checks.finding import PairFinding, Severity, Span
from translations.checks.pair import Pair

# A single mark opens a quotation only where no double one is open and no letter stands before
# it: an apostrophe is none.
_QUOTED = re.compile(
    r"[\"“„”]([^\"“”„]*)[\"”“]|«([^«»]*)»|(?<!\w)[‘']((?:[^'’‘\"“”]|(?<=\w)['’](?=\w))*)['’](?!\w)"
)
_DOUBLE = re.compile(r"[\"“”„«»]")


class Quotation(NamedTuple):
    """Where a quotation stands, its marks included."""

    start: int
    end: int


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text; those inside another are part of it."""
    return [Quotation(*match.span()) for match in _QUOTED.finditer(text)]


def check(pair: Pair) -> Iterable[PairFinding]:
    """
    Find quotations that one side has and the other has not.

    A quotation may go on over several blocks, so that a block with an open one is left alone.
    """
    sides = (pair.source.text, pair.target.text)
    if any(len(_DOUBLE.findall(text)) % 2 for text in sides):
        return
    sources, targets = (quotations(text) for text in sides)
    if len(sources) == len(targets):
        return
    yield PairFinding(
        "quote-count",
        Severity.NOTICE,
        _whole(sources),
        _whole(targets),
        facts=(str(len(sources)), str(len(targets))),
        params={"source": str(len(sources)), "target": str(len(targets))},
    )


def _whole(found: list[Quotation]) -> Span | None:
    return Span(found[0].start, found[-1].end) if found else None
