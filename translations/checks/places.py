"""From a fact to the place of its words."""

from articles.desk_checks.finding import Span
from articles.facts import Fact


def span_of(fact: Fact) -> Span:
    return Span(fact.start, fact.end)
