"""
Quotation marks without their other half.

A quotation that goes on over paragraphs is opened again in each and closed in the last: that is
as it should be, and so is one that is opened once and closed paragraphs later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.desk_checks.finding import Finding, Fix, Severity, Span
from articles.desk_checks.text import BODY, Text

CODE = "quotation-open"
# Two single marks are meant as a double one.
_MARKS = re.compile(r"[\"“”„«»]|''|’’|‘‘|``")
_OPENERS, _CLOSERS = {"“", "„", "«", "‘‘", "``"}, {"”", "»", "’’"}
_PARTNERS = {
    "''": "''",
    "’’": "‘‘",
    "‘‘": "’’",
    "``": "''",
    "“": "”",
    "„": "“",
    "«": "»",
    '"': '"',
    "”": "“",
    "»": "«",
}
# Inches and seconds: 5,5" and 12'30".
_MEASURE = re.compile(r"[\d'’′]\Z")
_ATTRIBUTED = re.compile(
    r",\s+(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|papar|imbuh|terang|sebut|tulis|tambah)"
    r"(?:nya)?\b"
)


@dataclass(frozen=True)
class _Mark:
    at: int
    sign: str
    opens: bool


def check(text: Text) -> Iterator[Finding]:
    """Find quotation marks without a partner in their paragraph or, opened, in a later one."""
    alone = [_alone(words) for words in text.blocks]
    for block, words in enumerate(text.blocks):
        mark = alone[block]
        if mark is not None and not _goes_on(block, text.blocks, alone):
            yield _finding(mark, words, block)


def _alone(words: str) -> _Mark | None:
    """Return the mark that has no partner; None where they come in pairs."""
    marks = list(_marks_of(words))
    if len(marks) % 2 == 0:
        return None
    waiting: _Mark | None = None
    for mark in marks:
        if mark.opens:
            if waiting is not None:
                return waiting
            waiting = mark
        elif waiting is None:
            return mark
        else:
            waiting = None
    return waiting


def _marks_of(words: str) -> Iterator[_Mark]:
    is_open = False
    for match in _MARKS.finditer(words):
        at, sign = match.start(), match[0]
        before, after = words[:at], words[match.end() :]
        straight_measure = sign in {'"', "”", "''", "’’"} and bool(_MEASURE.search(before))
        if straight_measure and not is_open:
            continue
        opens = _opens(sign, before, after, is_open=is_open)
        is_open = opens
        yield _Mark(at, sign, opens)


def _opens(sign: str, before: str, after: str, *, is_open: bool) -> bool:
    starts = not before or before[-1] in " \u00a0([{—–-/'‘"
    ends = not after or after[0] in " \u00a0.,;:!?)]}—–-/'’…"
    if starts != ends:
        return starts
    if sign in _OPENERS:
        return True
    return sign not in _CLOSERS and not is_open


def _goes_on(block: int, blocks: Sequence[str], alone: Sequence[_Mark | None]) -> bool:
    """Whether the quotation is carried on, or was, by another paragraph of the body."""
    if block < BODY:
        return False
    mark = alone[block]
    if mark is not None and mark.opens:
        following = blocks[block + 1].lstrip() if block + 1 < len(blocks) else ""
        again = _MARKS.match(following)
        if again is not None and again[0] not in _CLOSERS:
            return True
        later = next((other for other in alone[block + 1 :] if other is not None), None)
        return later is not None and not later.opens
    earlier = next((other for other in reversed(alone[BODY:block]) if other is not None), None)
    return earlier is not None and earlier.opens


def _finding(mark: _Mark, words: str, block: int) -> Finding:
    span, repair = _repair(mark, words)
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        block=block,
        span=span,
        facts=(words[span.start : span.end],),
        fixes=(Fix(span, repair),),
        params={
            "mark": mark.sign,
            "opens": "yes" if mark.opens else "",
            "near": _near(words, mark),
        },
    )


def _repair(mark: _Mark, words: str) -> tuple[Span, str]:
    """The stretch that would be quoted, and how it reads with both marks."""
    partner = _PARTNERS[mark.sign]
    if words.strip() == mark.sign:
        return Span(mark.at, mark.at + len(mark.sign)), ""
    if mark.opens:
        attributed = _ATTRIBUTED.search(words, mark.at + len(mark.sign))
        following = _MARKS.search(words, mark.at + len(mark.sign))
        if attributed and (following is None or attributed.start() < following.start()):
            end = attributed.start() + 1
        else:
            end = following.start() if following else len(words)
        end = mark.at + len(words[mark.at : end].rstrip())
        return Span(mark.at, end), words[mark.at : end] + partner
    earlier = [match.end() for match in _MARKS.finditer(words, 0, mark.at)]
    start = earlier[-1] if earlier else 0
    sentence = re.compile(r"[.!?]\s+").search(words, start, mark.at) if earlier else None
    start = sentence.end() if sentence else start
    start += len(words[start : mark.at]) - len(words[start : mark.at].lstrip())
    end = mark.at + len(mark.sign)
    return Span(start, end), partner + words[start:end]


def _near(words: str, mark: _Mark) -> str:
    """A few words that show the place."""
    if mark.opens:
        return " ".join(words[mark.at :].split()[:4])
    return " ".join(words[: mark.at + len(mark.sign)].split()[-4:])
