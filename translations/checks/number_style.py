"""Numbers written as the source's language writes them: 1.234,5 in English, “30 juta”."""

import re
from collections.abc import Iterable

from articles.facts import Number, Style
from articles.facts.lexicon import lexicon_of
from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.pair import Pair
from translations.checks.places import span_of

_SCALE_WORDS = {
    "en": {1000: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"},
    "id": {1000: "ribu", 10**6: "juta", 10**9: "miliar", 10**12: "triliun"},
}

_SEPARATED = re.compile(r"\d+(?:[.,]\d+)+")
_SWAPPED = str.maketrans(".,", ",.")


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find separators and scale words of the other language in the target."""
    if pair.source_language == pair.target_language:
        return
    read_otherwise = {
        id(other)
        for one, other in pair.comparison.pairs
        if isinstance(one, Number)
        and isinstance(other, Number)
        and one.value != other.value
        and one.value in other.readings
        and _SEPARATED.search(other.text)
    }
    for fact in pair.target_facts:
        if not isinstance(fact, Number):
            continue
        if fact.style is Style.FOREIGN_SCALE:
            yield _untranslated(fact, pair)
        elif _is_version(fact, pair):
            continue
        elif fact.style is Style.FOREIGN_SEPARATORS:
            yield _foreign(fact, Severity.NOTICE)
        elif id(fact) in read_otherwise:
            # As it stands it says something else: 10.700 is ten and a bit in English.
            yield _foreign(fact, Severity.WARNING)


def _is_version(number: Number, pair: Pair) -> bool:
    """Whether a number belongs to a name that both sides write alike: Windows 8.1."""
    before = pair.target.text[: number.start].rsplit(maxsplit=1)
    if not before or not before[0]:
        return False
    name = before[-1]
    return name[:1].isupper() and f"{name} {number.text}" in pair.source.text


def _foreign(number: Number, severity: Severity) -> PairFinding:
    swapped = _SEPARATED.sub(lambda match: match[0].translate(_SWAPPED), number.text)
    return PairFinding(
        "number-style",
        severity,
        target_span=span_of(number),
        facts=("", number.text),
        fixes=(Fix(span_of(number), swapped),),
        params={"target": number.text, "fix": swapped},
    )


def _untranslated(number: Number, pair: Pair) -> PairFinding:
    words = number.text
    at = words.lower().rindex(number.scale)
    span = Span(number.start + at, number.start + at + len(number.scale))
    factor = lexicon_of(pair.source_language).scales.get(number.scale, 0)
    word = _SCALE_WORDS.get(pair.target_language, {}).get(factor, "")
    return PairFinding(
        "scale-untranslated",
        Severity.ERROR,
        target_span=span,
        facts=("", number.scale),
        fixes=(Fix(span, word),) if word else (),
        params={"target": number.text, "word": number.scale},
    )
