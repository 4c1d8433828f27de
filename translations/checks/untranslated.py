"""A block that is still in the source's language."""

import re
from collections.abc import Iterable

from translations.checks.finding import PairFinding, Severity, Span
from translations.checks.pair import Pair

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 5
# The share of a text's words, 0.0 to 1.0, that are its language's commonest: over a quarter of
# running text, and hardly any in the other languages.
_SHARE = 0.2
_COMMON = {
    "id": frozenset(
        [
            "yang",
            "dan",
            "di",
            "ke",
            "dari",
            "untuk",
            "dengan",
            "pada",
            "dalam",
            "ini",
            "itu",
            "adalah",
            "akan",
            "tidak",
            "telah",
            "sudah",
            "oleh",
            "juga",
            "sebagai",
            "karena",
            "bahwa",
            "mereka",
            "kami",
            "kita",
            "ia",
            "dia",
            "saya",
            "atau",
            "lebih",
            "para",
            "ada",
            "bisa",
            "dapat",
            "saat",
            "setelah",
            "seperti",
            "antara",
            "namun",
            "tersebut",
            "menjadi",
            "serta",
            "hanya",
            "belum",
            "masih",
            "hingga",
            "harus",
            "secara",
            "kepada",
            "tetapi",
            "atas",
            "bagi",
            "sejak",
            "ketika",
            "orang",
            "tahun",
            "kata",
            "ujar",
            "katanya",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "a",
            "an",
            "is",
            "was",
            "were",
            "are",
            "be",
            "been",
            "has",
            "have",
            "had",
            "that",
            "this",
            "it",
            "its",
            "for",
            "on",
            "with",
            "as",
            "at",
            "by",
            "from",
            "he",
            "she",
            "they",
            "his",
            "her",
            "their",
            "who",
            "which",
            "not",
            "but",
            "or",
            "after",
            "said",
            "will",
            "would",
            "more",
            "than",
            "when",
            "about",
            "into",
            "also",
            "could",
            "may",
            "can",
            "one",
            "there",
            "if",
            "we",
            "you",
            "i",
            "our",
        ]
    ),
    "ru": frozenset(
        [
            "и",
            "в",
            "во",
            "не",
            "на",
            "с",
            "со",
            "что",
            "по",
            "из",
            "к",
            "а",
            "как",
            "за",
            "от",
            "для",
            "это",
            "о",
            "об",
            "его",
            "их",
            "она",
            "он",
            "они",
            "было",
            "был",
            "была",
            "были",
            "но",
            "у",
            "до",
            "или",
            "при",
            "также",
            "который",
            "которые",
            "том",
            "только",
            "уже",
            "года",
        ]
    ),
}


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find a target that is the source's text, or whose commonest words are the source's."""
    if pair.source_language == pair.target_language:
        return
    words = [word.lower() for word in _WORD.findall(pair.target.text)]
    if len(words) < _FEWEST:
        return
    is_same = pair.source.text.split() == pair.target.text.split()
    if not is_same:
        left = sum(word in _COMMON[pair.source_language] for word in words)
        own = sum(word in _COMMON[pair.target_language] for word in words)
        if left < _SHARE * len(words) or left <= own:
            return
    yield PairFinding(
        "untranslated",
        Severity.WARNING,
        target_span=Span(0, len(pair.target.text)),
        facts=("", pair.target.text),
    )
