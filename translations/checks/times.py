"""Times of day that the translation changes or leaves out, and their zones."""

from collections.abc import Iterable

from articles.facts import Time
from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair
from translations.checks.places import span_of


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find times that differ, stand on one side only, or name their zone on one side only."""
    for change in pair.comparison.changes:
        if isinstance(change.source, Time):
            yield PairFinding(
                "time-changed",
                Severity.ERROR,
                span_of(change.source),
                span_of(change.target),
                facts=(change.source.key, change.target.key),
                params={"source": change.source.text, "target": change.target.text},
            )
    for fact in pair.comparison.missing:
        if isinstance(fact, Time):
            yield PairFinding(
                "time-missing",
                Severity.NOTICE,
                source_span=span_of(fact),
                facts=(fact.key, ""),
                params={"source": fact.text},
            )
    for fact in pair.comparison.extra:
        if isinstance(fact, Time):
            yield PairFinding(
                "time-extra",
                Severity.NOTICE,
                target_span=span_of(fact),
                facts=("", fact.key),
                params={"target": fact.text},
            )
    for one, other in pair.comparison.pairs:
        if isinstance(one, Time) and isinstance(other, Time) and bool(one.zone) != bool(other.zone):
            yield PairFinding(
                "time-zone",
                Severity.NOTICE,
                span_of(one),
                span_of(other),
                facts=(one.key, other.key),
                params={
                    "source": one.text,
                    "target": other.text,
                    "zone": one.zone or other.zone,
                },
            )
