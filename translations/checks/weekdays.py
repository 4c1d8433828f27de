"""Days of the week that the translation changes or leaves out."""

from collections.abc import Iterable

from articles.facts import Weekday
from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair
from translations.checks.places import span_of


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find days of the week that differ, or that only the source names."""
    for change in pair.comparison.changes:
        if isinstance(change.source, Weekday):
            yield PairFinding(
                "weekday-changed",
                Severity.ERROR,
                span_of(change.source),
                span_of(change.target),
                facts=(change.source.key, change.target.key),
                params={"source": change.source.text, "target": change.target.text},
            )
    for fact in pair.comparison.missing:
        if isinstance(fact, Weekday):
            yield PairFinding(
                "weekday-missing",
                Severity.NOTICE,
                source_span=span_of(fact),
                facts=(fact.key, ""),
                params={"source": fact.text},
            )
    for fact in pair.comparison.extra:
        if isinstance(fact, Weekday):
            yield PairFinding(
                "weekday-extra",
                Severity.NOTICE,
                target_span=span_of(fact),
                facts=("", fact.key),
                params={"target": fact.text},
            )
