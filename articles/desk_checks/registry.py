"""Every check of a text, in the order in which a desk would read what they find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from articles.desk_checks import (
    alternative_text,
    brackets,
    doubled_words,
    future_past,
    headline_length,
    headline_numbers,
    impossible_date,
    links,
    name_spelling,
    quotation_marks,
    weekday,
)
from articles.desk_checks.finding import Finding
from articles.desk_checks.text import Text


@dataclass(frozen=True)
class Rule:
    """
    One check and the codes it may find.

    One that was wrong more often than one time in five, measured on real articles, is silent
    until it is asked for.
    """

    check: Callable[[Text], Iterable[Finding]]
    codes: tuple[str, ...]
    is_silent: bool = False


RULES: tuple[Rule, ...] = (
    Rule(weekday.check, (weekday.CODE,)),
    Rule(impossible_date.check, (impossible_date.CODE,)),
    Rule(future_past.check, (future_past.CODE,)),
    Rule(headline_numbers.check, (headline_numbers.CODE,)),
    Rule(headline_length.check, (headline_length.CODE,)),
    Rule(name_spelling.check, (name_spelling.CODE,)),
    Rule(quotation_marks.check, (quotation_marks.CODE,)),
    Rule(brackets.check, (brackets.CODE,)),
    Rule(doubled_words.check, (doubled_words.CODE,)),
    Rule(links.check, (links.EMPTY, links.MALFORMED, links.DEAD)),
    Rule(alternative_text.check, (alternative_text.CODE,)),
)


def run(text: Text, *, also_silent: bool = False) -> list[Finding]:
    """Return what the checks find in a text, in the order of its words."""
    rules = (rule for rule in RULES if also_silent or not rule.is_silent)
    found = (finding for rule in rules for finding in rule.check(text))
    return sorted(found, key=lambda finding: (finding.block, finding.span.start, finding.span.end))


def fingerprint(finding: Finding) -> str:
    """Name what was found: the same fact has the same name wherever it stands in the text."""
    return ":".join((finding.code, *finding.facts))
