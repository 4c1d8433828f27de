"""Names that the translation spells almost, but not quite, as the source does."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.known_names import is_known
from translations.checks.pair import Pair

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST = 5
# From this length on, two letters may differ.
_LONG = 8
_OPENERS = frozenset(".!?…:;\"“„«‘'(•–—\n")


class _Name(NamedTuple):
    text: str
    start: int
    end: int
    begins: bool


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find names whose spelling differs by a letter or two and is no known other form."""
    if pair.source_language == pair.target_language:
        return
    source, target = list(_words(pair.source.text)), list(_words(pair.target.text))
    said = [{part for word in side for part in _parts(word.text)} for side in (source, target)]
    left = list(_only_here(source, said[1]))
    right = list(_only_here(target, said[0]))
    languages = (pair.source_language, pair.target_language)
    for one in left:
        for other in right:
            if _is_near(one, other) and not is_known(one.text, other.text, languages):
                yield PairFinding(
                    "name-near",
                    Severity.WARNING,
                    Span(one.start, one.end),
                    Span(other.start, other.end),
                    facts=(one.text, other.text),
                    fixes=(Fix(Span(other.start, other.end), one.text),),
                    params={"source": one.text, "target": other.text},
                )
                break


def _words(text: str) -> Iterator[_Name]:
    previous = "\n"
    end = 0
    for match in _WORD.finditer(text):
        before = text[end : match.start()].strip() or previous
        yield _Name(match[0], *match.span(), before[-1] in _OPENERS)
        previous, end = "", match.end()
        previous = " "


def _parts(word: str) -> Iterator[str]:
    """A word as others may write it: without its genitive, and by its halves."""
    key = word.casefold().replace("’", "'")
    yield key
    yield key.removesuffix("'s").removesuffix("'")
    yield from key.split("-")
    yield key.replace("-", "")


def _only_here(words: Iterable[_Name], others: set[str]) -> Iterator[_Name]:
    seen: set[str] = set()
    for word in words:
        text = re.sub(r"['’]s?$", "", word.text)
        if len(text) < _SHORTEST or not text[0].isupper() or text.isupper() or word.begins:
            continue
        key = text.casefold()
        if key in others or key in seen or not others.isdisjoint(_parts(text)):
            continue
        seen.add(key)
        yield _Name(text, word.start, word.start + len(text), word.begins)


def _is_near(one: _Name, other: _Name) -> bool:
    mine, others = one.text.casefold(), other.text.casefold()
    shorter = min(len(mine), len(others))
    most = 2 if shorter >= _LONG else 1
    if mine[0] != others[0] and mine[1:] != others[1:]:
        return False
    return 0 < DamerauLevenshtein.distance(mine, others, score_cutoff=most) <= most
