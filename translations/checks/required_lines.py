"""Lines whose translation is agreed on: the notice of a licence."""

import re
from collections.abc import Iterable, Mapping

from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.pair import Pair

# The same line in each language, as the licence prints it.
LINES: tuple[Mapping[str, str], ...] = (
    {
        "id": "Hak cipta milik Rossiyskaya Gazeta.",
        "en": "Copyright Rossiyskaya Gazeta.",
    },
)


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find an agreed line of the source that the target does not render as agreed."""
    for line in LINES:
        said, agreed = line.get(pair.source_language), line.get(pair.target_language)
        if said is None or agreed is None:
            continue
        found = _pattern(said).search(pair.source.text)
        if found is None or agreed in " ".join(pair.target.text.split()):
            continue
        is_whole = found[0] == pair.source.text.strip()
        whole = Span(0, len(pair.target.text))
        yield PairFinding(
            "required-line",
            Severity.ERROR,
            Span(*found.span()),
            whole if is_whole and whole.end else None,
            facts=(said, pair.target.text.strip() if is_whole else ""),
            fixes=(Fix(whole, agreed),) if is_whole else (),
            params={"fix": agreed},
        )


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, line.split())))
