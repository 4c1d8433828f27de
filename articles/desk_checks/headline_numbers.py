"""Figures in the headline or standfirst that the body does not hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations

from articles.desk_checks.finding import Finding, Severity, Span
from articles.desk_checks.text import HEADLINE, STANDFIRST, Text

CODE = "headline-number"
_SCALES: Mapping[str, Mapping[str, int]] = {
    "id": {
        "ribu": 3, "ribuan": 3, "rb": 3, "juta": 6, "jutaan": 6, "jt": 6, "miliar": 9,
        "milyar": 9, "milliar": 9, "m": 9, "triliun": 12, "trilyun": 12, "trilliun": 12, "t": 12,
    },
    "en": {
        "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9,
        "trillion": 12, "tn": 12,
    },
    "ru": {"тыс": 3, "тысяч": 3, "тысячи": 3, "млн": 6, "млрд": 9, "трлн": 12},
}  # fmt: skip
# Single letters are scales only after money: “Rp1,5 T”.
_LETTERS = {"m", "t", "k", "b"}
_MONEY = re.compile(r"(?:Rp|US\$|USD|\$|€|£)\.?\s?\Z")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
# Part of a name, a time, a score or a date, and no count: B20, 19.30, 2-1, A-5.
_TIED_BEFORE = re.compile(r"[^\W\d_][-]?\Z|[-–/:]\Z")
_TIED_AFTER = re.compile(r"[-–/:]?\d|[-–]?[^\W\d_]")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
        "sepuluh", "sebelas",
    ),
    "en": (
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ),
    "ru": (),
}  # fmt: skip
# “More than 800” may be 830 in the body.
_ROUNDED = re.compile(
    r"\b(?:lebih\s+dari|di\s+atas|di\s+bawah|kurang\s+dari|hampir|sekitar|nyaris|capai|hingga"
    r"|more\s+than|less\s+than|over|under|above|below|nearly|almost|about|around|some|up\s+to"
    r"|более|менее|свыше|почти|около)\s+(?:Rp|US\$|USD|\$|€|£)?\.?\s?\Z",
    re.IGNORECASE,
)
# Headlines add up what a paragraph tells one by one; so many figures are tried.
_MOST_ADDED = 20
_NEARLY = Decimal("0.15")
# Up to here a headline counts what a body tells one by one: “5 Fakta”, “12 Tersangka”.
_COUNTED = 31
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class _Figure:
    span: Span
    words: str
    value: Decimal
    step: Decimal

    def is_in(self, others: Iterable["_Figure"]) -> bool:
        """Whether one of the others is this figure, rounded or cut to its last place."""
        return any(
            other.value == self.value or abs(other.value - self.value) < self.step
            for other in others
        )


def check(text: Text) -> Iterator[Finding]:
    """
    Find figures above the body that are nowhere in it.

    Small counts are left alone, and so is everything in a text without a body.
    """
    body = [words for _number, words in text.paragraphs]
    if not any(body):
        return
    by_paragraph = [list(_figures(words, text.language)) for words in body]
    told = [figure for figures in by_paragraph for figure in figures]
    sums = {
        one.value + other.value
        for figures in by_paragraph
        for one, other in combinations(figures[:_MOST_ADDED], 2)
    }
    runs = {run for words in body for run in re.findall(r"\d+", words)}
    for block in (HEADLINE, STANDFIRST):
        words = text.blocks[block]
        for figure in _figures(words, text.language):
            if _is_soft(figure, words) or figure.is_in(told):
                continue
            if set(re.findall(r"\d+", figure.words)) <= runs:
                continue
            if figure.value in sums or _is_rounded(figure, words, told):
                continue
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                block=block,
                span=figure.span,
                facts=(str(figure.value.normalize()),),
                params={"figure": words[figure.span.start : figure.span.end]},
            )


def _is_rounded(figure: _Figure, words: str, told: Iterable[_Figure]) -> bool:
    if not _ROUNDED.search(words, 0, figure.span.start):
        return False
    return any(abs(other.value - figure.value) <= figure.value * _NEARLY for other in told)


def _is_soft(figure: _Figure, words: str) -> bool:
    before, after = words[: figure.span.start], words[figure.span.end :]
    if _TIED_BEFORE.search(before) or _TIED_AFTER.match(after):
        return True
    if figure.words.isdigit() and int(figure.words) <= _COUNTED:
        return figure.value == int(figure.words) and not re.match(r"\s?(?:%|persen|percent)", after)
    return figure.words.isdigit() and int(figure.words) in _YEARS and figure.value in _YEARS


def _figures(words: str, language: str) -> Iterator[_Figure]:
    scales = _SCALES.get(language, {})
    for match in _FIGURE.finditer(words):
        read = _read(match[0], language)
        if read is None:
            continue
        end, power = match.end(), 0
        scale = re.compile(r"\s?([^\W\d_]+)").match(words, end)
        if scale and scale[1].lower() in scales:
            name = scale[1].lower()
            if name not in _LETTERS or _MONEY.search(words, 0, match.start()):
                end, power = scale.end(), scales[name]
        value, places = read
        yield _Figure(
            Span(match.start(), end),
            match[0],
            value.scaleb(power),
            Decimal(1).scaleb(power - places),
        )
    yield from _spelled(words, language)


def _read(figure: str, language: str) -> tuple[Decimal, int] | None:
    """Return a figure's value and its decimal places by the language's separators."""
    thousand, comma = (",", ".") if language == "en" else (".", ",")
    whole, _comma, rest = figure.partition(comma)
    if rest and not rest.isdigit():
        whole, rest = figure, ""
    groups = whole.split(thousand)
    if len(groups) > 1 and all(len(group) == len("000") for group in groups[1:]):
        whole = "".join(groups)
    elif len(groups) == 2 and not rest:  # the other language's separator
        whole, rest = groups
    try:
        return Decimal(f"{whole}.{rest or 0}"), len(rest)
    except InvalidOperation:
        return None


def _spelled(words: str, language: str) -> Iterator[_Figure]:
    names = _WORDS.get(language, ())
    scales = _SCALES.get(language, {})
    for match in re.finditer(r"[^\W\d_]+(?=\s+([^\W\d_]+))", words):
        if match[0].lower() in names and match[1].lower() in scales:
            power = scales[match[1].lower()]
            value = Decimal(names.index(match[0].lower())).scaleb(power)
            span = Span(match.start(), match.end(1))
            yield _Figure(span, match[0], value, Decimal(1).scaleb(power))
