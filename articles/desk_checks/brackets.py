"""Brackets that are not closed, or never opened, in their paragraph."""

import re
from collections.abc import Iterator

from articles.desk_checks.finding import Finding, Fix, Severity, Span
from articles.desk_checks.text import Text

CODE = "bracket-open"
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_PARTNERS = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKETS = re.compile(r"[][(){}]")
# “a)” and “1)” count; “:)” smiles.
_COUNTS = re.compile(r"(?:^|[\s(;,.:])(?:\w|\d{1,2}|[ivx]{1,4})\Z")
_SMILES = re.compile(r"[:;=8]'?-?\Z")
# Where the words in a bracket may end: after a date, or before a sign or another bracket.
_END = re.compile(r"(?<=/\d{4})(?=\D)|[.,;:!?\"”(](?=\s|$|\w)|\s\(|$")
# Who writes more than that in brackets has probably not meant to.
_MOST_WORDS = 6


def check(text: Text) -> Iterator[Finding]:
    """Find brackets without a partner in their block."""
    for block, words in enumerate(text.blocks):
        for at in _alone(words):
            yield _finding(at, words, block)


def _alone(words: str) -> list[int]:
    waiting: list[int] = []
    alone: list[int] = []
    for match in _BRACKETS.finditer(words):
        at, sign = match.start(), match[0]
        if sign in _PAIRS:
            if not _SMILES.search(words, 0, at):
                waiting.append(at)
        elif waiting and words[waiting[-1]] == _PARTNERS[sign]:
            waiting.pop()
        elif not (_COUNTS.search(words, 0, at) or _SMILES.search(words, 0, at)):
            alone.append(at)
    return sorted(alone + waiting)


def _finding(at: int, words: str, block: int) -> Finding:
    sign = words[at]
    span, partnered = _with_partner(at, words)
    stretch = words[span.start : span.end]
    without = stretch[1:] if sign in _PAIRS else stretch[:-1]
    repairs = [without] if partnered is None else [partnered, without]
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        block=block,
        span=span,
        facts=(stretch,),
        fixes=tuple(Fix(span, repair) for repair in repairs),
        params={"mark": sign, "opens": "yes" if sign in _PAIRS else "", "near": stretch},
    )


def _with_partner(at: int, words: str) -> tuple[Span, str | None]:
    """The stretch to mend, and how it reads with both brackets if one can tell."""
    sign = words[at]
    if sign not in _PAIRS:
        word = re.compile(r"[^\s()]+\s?\Z").search(words, 0, at)
        start = word.start() if word else at
        stretch = words[start : at + 1]
        return Span(start, at + 1), _PARTNERS[sign] + stretch if word else None
    ends = _END.search(words, at + 1)
    stretch = words[at : ends.start() if ends else len(words)].rstrip()
    if len(stretch) > 1 and len(stretch.split()) <= _MOST_WORDS:
        return Span(at, at + len(stretch)), stretch + _PAIRS[sign]
    first = words[at:].split(maxsplit=1)[0]
    return Span(at, at + len(first)), None
