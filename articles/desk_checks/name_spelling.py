"""Names spelled two ways in one text: Boediono, and once Boedino."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from articles.desk_checks.finding import Finding, Fix, Severity, Span
from articles.desk_checks.text import BODY, Text

CODE = "name-spelling"
_SHORTEST = 5
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:;…][\"”’)\]]*\s*[\"“‘(\[]*\Z|^\s*[\"“‘(\[]*\Z|[\"“]\Z")
# Titles and offices, each of them right.
_BOTH_RIGHT = (
    {"Dirjen", "Ditjen"}, {"Dirlantas", "Ditlantas"}, {"Laksda", "Laksma"}, {"Marsda", "Marsma"},
    {"Dirkrimum", "Ditkrimum"}, {"Dirkrimsus", "Ditkrimsus"}, {"Dirreskrimum", "Ditreskrimum"},
    {"Dirreskrimsus", "Ditreskrimsus"}, {"Europa", "Eropa"}, {"Europe", "Europa"},
)  # fmt: skip
# Russian names change in their last letters: Галузин, Галузину.
_INFLECTED = {"ru": 3}


@dataclass(frozen=True)
class _Use:
    """A capitalised word in its place, with the names beside it."""

    word: str
    block: int
    span: Span
    before: str
    after: str
    begins: bool


def check(text: Text) -> Iterator[Finding]:
    """Find names that differ in one letter from the same name elsewhere in the text."""
    uses: defaultdict[str, list[_Use]] = defaultdict(list)
    lower: set[str] = set()
    for block, words in enumerate(text.blocks):
        for use in _uses(words, block):
            if use.word[0].islower():
                lower.add(use.word)
            else:
                uses[use.word].append(use)
    names = [
        word
        for word in uses
        if len(word) >= _SHORTEST and not word.isupper() and word.lower() not in lower
    ]
    for one, other in _alike(names):
        usual, odd = sorted((one, other), key=lambda word: (-len(uses[word]), names.index(word)))
        if _is_inflected(usual, odd, text.language) or _are_both_right(usual, odd):
            continue
        if not _is_same(uses[usual], uses[odd]):
            continue
        for use in uses[odd]:
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                block=use.block,
                span=use.span,
                facts=(odd, usual),
                fixes=(Fix(use.span, usual),),
                params={"odd": odd, "usual": usual},
            )


def _uses(words: str, block: int) -> Iterator[_Use]:
    found = list(_WORD.finditer(words))
    for number, match in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        yield _Use(
            word=match[0],
            block=block,
            span=Span(*match.span()),
            before=_beside(before, words[before.end() : match.start()]) if before else "",
            after=_beside(after, words[match.end() : after.start()]) if after else "",
            begins=bool(_ENDS.search(words[max(0, match.start() - 6) : match.start()]))
            if match.start()
            else True,
        )


def _beside(match: re.Match[str], between: str) -> str:
    """The neighbour, if it is a part of the same name."""
    return match[0] if between == " " and match[0][0].isupper() else ""


def _alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """
    Yield the pairs that differ in one letter, or in two that changed places.

    Words that share what is left when a letter is dropped are compared, and no others: the time
    grows with the number of names, not with its square.
    """
    kin: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for rest in {name, *(name[:at] + name[at + 1 :] for at in range(1, len(name)))}:
            kin[rest].append(name)
    seen: set[tuple[str, str]] = set()
    for group in kin.values():
        for one, other in combinations(group, 2):
            if (one, other) not in seen and one[0] == other[0] and _is_near(one, other):
                seen.add((one, other))
                yield one, other


def _is_near(one: str, other: str) -> bool:
    if len(one) != len(other):
        return True  # one letter was dropped: they share the rest
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    first, last = differing[0], differing[-1]
    changed = one[first] + one[last] == other[last] + other[first]
    return len(differing) == 2 and last == first + 1 and changed


def _is_inflected(one: str, other: str, language: str) -> bool:
    """Whether the end alone differs: Israel and Israeli, Rahman and Rahmat."""
    end = _INFLECTED.get(language, 1)
    stem = min(len(one), len(other)) - end + (len(one) != len(other))
    return one[:stem] == other[:stem]


def _are_both_right(one: str, other: str) -> bool:
    return one.lower() == other.lower() or {one, other} in _BOTH_RIGHT


def _is_same(usual: Sequence[_Use], odd: Sequence[_Use]) -> bool:
    """
    Whether both are one name.

    They are if the same name stands beside both, or if the odd one stands alone in a sentence
    of a text that has the usual one more often.
    """
    for use in odd:
        for other in usual:
            if use.before and use.before == other.before and use.before != use.word:
                return True
            if use.after and use.after == other.after:
                return True
    in_body = all(use.block >= BODY and not use.begins for use in odd)
    stands_alone = all(not use.before and not use.after for use in odd)
    is_known = any(not use.begins for use in usual) and len(usual) > len(odd)
    return in_body and stands_alone and is_known
