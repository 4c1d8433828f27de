"""Numbers written as the source's language writes them: 1.234,5 in English, “30 juta”."""

import re
from collections.abc import Iterable

from articles.facts import Number, Style, Time
from articles.facts.lexicon import lexicon_of
from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.pair import Pair
from translations.checks.places import span_of

_SCALE_WORDS = {
    "en": {1000: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"},
    "id": {1000: "ribu", 10**6: "juta", 10**9: "miliar", 10**12: "triliun"},
}

_SEPARATED = re.compile(r"\d+(?:[.,]\d+)+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SWAPPED = str.maketrans(".,", ",.")


def check(pair: Pair) -> Iterable[PairFinding]:
    """
    Find separators and scale words of the other language in the target.

    In the source they are found only where they change what the number says, or are words.
    """
    if pair.source_language == pair.target_language:
        return
    paired = pair.comparison.pairs
    times = {id(fact) for couple in paired for fact in couple if isinstance(couple[0], Time)}
    for fact in pair.target_facts:
        if not isinstance(fact, Number) or id(fact) in times:
            continue
        if fact.style is Style.FOREIGN_SCALE:
            yield _untranslated(fact, pair)
        elif fact.style is Style.FOREIGN_SEPARATORS and not _is_version(fact, pair):
            yield _foreign(fact, Severity.NOTICE)
    for one, other in paired:
        if not isinstance(one, Number) or not isinstance(other, Number):
            continue
        if one.value != other.value:
            # As it stands it says something else: 10.700 is ten and a bit in English.
            if one.value in other.readings and _SEPARATED.search(other.text):
                yield _foreign(other, Severity.WARNING)
            elif other.value in one.readings and _SEPARATED.search(one.text):
                yield _foreign(one, Severity.WARNING, is_source=True)
        if one.style is Style.FOREIGN_SCALE:
            yield _untranslated(one, pair, is_source=True)


def _is_version(number: Number, pair: Pair) -> bool:
    """Whether a number belongs to a name that both sides write alike: Windows 8.1, 802.11n."""
    text = pair.target.text
    behind = _LETTERS.match(text, number.end)
    if behind is not None and f"{number.text}{behind[0]}" in pair.source.text:
        return True
    before = text[: number.start].rsplit(maxsplit=1)
    name = before[-1] if before else ""
    return name[:1].isupper() and f"{name} {number.text}" in pair.source.text


def _foreign(number: Number, severity: Severity, *, is_source: bool = False) -> PairFinding:
    span = span_of(number)
    swapped = _SEPARATED.sub(lambda match: match[0].translate(_SWAPPED), number.text)
    return PairFinding(
        "number-style",
        severity,
        source_span=span if is_source else None,
        target_span=None if is_source else span,
        facts=(number.text, "") if is_source else ("", number.text),
        fixes=(Fix(span, swapped),),
        params={"number": number.text, "fix": swapped},
    )


def _untranslated(number: Number, pair: Pair, *, is_source: bool = False) -> PairFinding:
    at = number.start + number.text.lower().rindex(number.scale)
    span = Span(at, at + len(number.scale))
    languages = (pair.source_language, pair.target_language)
    own, other = languages if is_source else reversed(languages)
    factor = lexicon_of(other).scales.get(number.scale, 0)
    word = _SCALE_WORDS.get(own, {}).get(factor, "")
    return PairFinding(
        "scale-untranslated",
        Severity.WARNING if is_source else Severity.ERROR,
        source_span=span if is_source else None,
        target_span=None if is_source else span,
        facts=(number.scale, "") if is_source else ("", number.scale),
        fixes=(Fix(span, word),) if word else (),
        params={"number": number.text, "word": number.scale},
    )
