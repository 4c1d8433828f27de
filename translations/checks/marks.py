"""Bold, italic, sub- and superscript: as often on both sides."""

from collections import Counter
from collections.abc import Iterable

from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find marks that one side sets more often."""
    source, target = Counter(pair.source.marks), Counter(pair.target.marks)
    if source == target:
        return
    names = sorted({*source, *target})
    counts = [", ".join(f"{name} {side[name]}" for name in names) for side in (source, target)]
    yield PairFinding(
        "marks",
        Severity.NOTICE,
        facts=tuple(counts),
        params={"source": counts[0], "target": counts[1]},
    )
