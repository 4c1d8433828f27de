"""A word twice in the translation: “the the”."""

import re
from collections.abc import Iterable

from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.pair import Pair

# Written alike, large and small letters too: “Fak Fak” is a town, “The the” no slip of the hand
# that a check could tell from a name.
_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})(\s+)\1(?![\w'’-])")
_MAY_STAND = {"en": frozenset(("that", "had")), "id": frozenset(("bahwa",)), "ru": frozenset()}


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find words doubled in the target that are not doubled in the source too."""
    source = {match[1].lower() for match in _DOUBLED.finditer(pair.source.text)}
    for match in _DOUBLED.finditer(pair.target.text):
        word = match[1]
        if word in _MAY_STAND[pair.target_language] or word[0].isupper() or word in source:
            continue
        yield PairFinding(
            "doubled-word",
            Severity.WARNING,
            target_span=Span(*match.span()),
            facts=("", word),
            fixes=(Fix(Span(match.end(1), match.end()), ""),),
            params={"target": word},
        )
