"""Dates and months that the translation states otherwise, leaves out or adds."""

from collections.abc import Iterable

from articles.facts import Date, Month
from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair
from translations.checks.places import span_of


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find dates that differ; one that stands on one side only is no more than a notice."""
    for change in pair.comparison.changes:
        if isinstance(change.source, Date | Month):
            yield PairFinding(
                "date-changed",
                Severity.ERROR,
                span_of(change.source),
                span_of(change.target),
                facts=(change.source.key, change.target.key),
                params={"source": change.source.text, "target": change.target.text},
            )
    for fact in pair.comparison.missing:
        if isinstance(fact, Date):
            yield PairFinding(
                "date-missing",
                Severity.NOTICE,
                source_span=span_of(fact),
                facts=(fact.key, ""),
                params={"source": fact.text},
            )
    for fact in pair.comparison.extra:
        if isinstance(fact, Date):
            yield PairFinding(
                "date-extra",
                Severity.NOTICE,
                target_span=span_of(fact),
                facts=("", fact.key),
                params={"target": fact.text},
            )
