"""
What can be wrong between a source block and its translation; one module a check.

Pure: a pair in, findings out. The desk, an import, bulk acts and the command line all ask
``run``. Each module of ``CHECKS`` has one function ``check``, pair in, findings out.
"""

from collections.abc import Callable, Iterable

from translations.checks import (
    calendar_days,
    dates,
    doubled_words,
    figures,
    length,
    links,
    marks,
    names,
    number_style,
    quotations,
    required_lines,
    times,
    untranslated,
    weekdays,
)
from translations.checks.finding import Fix, PairFinding, Severity, Span, fingerprint
from translations.checks.pair import LANGUAGES, Pair, Words, pair_of, read

__all__ = [
    "CHECKS",
    "LANGUAGES",
    "Fix",
    "Pair",
    "PairFinding",
    "Severity",
    "Span",
    "Words",
    "fingerprint",
    "pair_of",
    "read",
    "run",
]

CHECKS: tuple[Callable[[Pair], Iterable[PairFinding]], ...] = (
    figures.check,
    number_style.check,
    dates.check,
    weekdays.check,
    times.check,
    calendar_days.check,
    names.check,
    quotations.check,
    links.check,
    marks.check,
    untranslated.check,
    doubled_words.check,
    length.check,
    required_lines.check,
)
_GRAVEST_FIRST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def run(pair: Pair) -> list[PairFinding]:
    """
    Return everything the checks find in a pair, the gravest first.

    Equal pairs give equal findings in the same order: of one gravity as the checks stand in
    ``CHECKS``, of one check as the text runs. An empty target is no translation yet, and is not
    checked.
    """
    if not pair.target.text.strip():
        return []
    found = [finding for check in CHECKS for finding in check(pair)]
    return sorted(found, key=lambda finding: _GRAVEST_FIRST[finding.severity])
