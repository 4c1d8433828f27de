"""One text, all its facts."""

import re
from collections.abc import Iterator

from articles.facts.dates import read_dates, read_months, read_weekdays
from articles.facts.kinds import Date, Fact, Month, Number, Role
from articles.facts.numbers import (
    hide_addresses,
    read_figures,
    read_fractions,
    read_ordinals,
    read_romans,
)
from articles.facts.scanning import Scan
from articles.facts.times import read_times
from articles.facts.words import read_words


def extract(text: str, language: str) -> list[Fact]:
    """
    Return what a plain text states as numbers, dates, times and days, in the order it says them.

    ``language`` is one of ``LANGUAGES``. No two facts overlap, and each ``text`` is the slice of
    the text from its ``start`` to its ``end``. The time grows with the length of the text.
    """
    scan = Scan(text, language)
    has_figures = any(character.isdigit() for character in text)
    if has_figures:
        hide_addresses(scan)
        read_dates(scan)
        read_times(scan)
    read_weekdays(scan)
    read_months(scan)
    if has_figures:
        read_ordinals(scan)
        read_fractions(scan)
        read_figures(scan)
    read_romans(scan)
    read_words(scan)
    facts = sorted(scan.facts, key=lambda fact: (fact.start, fact.end))
    return list(_with_spelled_dates(text, facts))


# What stands between a month and a day in words: June the twenty-fifth, the third of May.
_MONTH_DAY = re.compile(r"\s+(?:the\s+)?", re.IGNORECASE)
_DAY_MONTH = re.compile(r"\s+(?:of\s+)?", re.IGNORECASE)


def _with_spelled_dates(text: str, facts: list[Fact]) -> Iterator[Fact]:
    place = 0
    while place < len(facts):
        date = _spelled_date(text, *facts[place : place + 2]) if place + 1 < len(facts) else None
        yield date or facts[place]
        place += 2 if date else 1


def _spelled_date(text: str, first: Fact, second: Fact) -> Date | None:
    between = text[first.end : second.start]
    match first, second:
        case Month(), Number() if _MONTH_DAY.fullmatch(between):
            month, day = first.month, second
        case Number(), Month() if _DAY_MONTH.fullmatch(between):
            month, day = second.month, first
        case _:
            return None
    if day.role is not Role.ORDINAL or day.value > 31 or day.value < 1:
        return None
    start, end = first.start, second.end
    return Date(start=start, end=end, text=text[start:end], day=int(day.value), month=month)
