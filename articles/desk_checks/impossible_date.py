"""Dates that no calendar has: “30 Februari”, “Kamis (31/9)”, and figures that are none at all."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from articles.desk_checks.dates import (
    Malformed,
    Mention,
    dates_alone,
    dates_with_weekdays,
    malformed,
)
from articles.desk_checks.finding import Finding, Fix, Severity, Span
from articles.desk_checks.text import Text

CODE = "date-impossible"
# How far from publication a repair is looked for, and how unlike the figures it may be.
_REACH = timedelta(days=31)
_MOST_SLIPS = 2
_LONGEST_MONTH = 31
_MONTHS_IN_YEAR = 12


def check(text: Text) -> Iterator[Finding]:
    """Find dates that are none, with the one that was probably meant."""
    for block, words in enumerate(text.blocks):
        taken: list[Span] = []
        mentions = dates_with_weekdays(words, language=text.language, published=text.published)
        for mention in mentions:
            taken.append(mention.span)
            if mention.meant(text.published) is None and mention.turned(text.published) is None:
                yield _impossible(mention, block, _repairs(mention, text))
        for mention in dates_alone(words, language=text.language):
            is_taken = any(span.start <= mention.span.start < span.end for span in taken)
            # Beyond 31 the figure is probably none of a day: “HUT ke 74 Agustus lalu”.
            if is_taken or mention.day > _LONGEST_MONTH or mention.day == 0:
                continue
            if mention.meant(text.published) is None:
                yield _impossible(mention, block, _last_of_month(mention, text))
        for figures in malformed(words, language=text.language):
            yield _unreadable(figures, block, text)


def _impossible(mention: Mention, block: int, repairs: list[str]) -> Finding:
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        block=block,
        span=mention.span,
        facts=(mention.said, str(mention.year or "")),
        fixes=tuple(Fix(mention.span, repair) for repair in repairs),
        params={
            "mention": " ".join(mention.words.split()),
            "kind": "impossible",
            **({"first": repairs[0]} if repairs else {}),
        },
    )


def _unreadable(figures: Malformed, block: int, text: Text) -> Finding:
    stated = figures.words[figures.figures.start : figures.figures.end]
    found = _nearest(stated, figures.weekday, text)
    fixes = () if found is None else (Fix(figures.span, figures.with_figures(found)),)
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        block=block,
        span=figures.span,
        facts=(stated.replace(" ", ""),),
        fixes=fixes,
        params={
            "mention": " ".join(figures.words.split()),
            "kind": "malformed",
            **({"first": fixes[0].words} if fixes else {}),
        },
    )


def _repairs(mention: Mention, text: Text) -> list[str]:
    """The dates near publication that have the day of the week, the most alike first."""
    days = [day for day in _around(text.published) if day.weekday() == mention.weekday]
    ranked = sorted(
        days,
        key=lambda day: (
            _slips(mention.with_date(day), mention.words),
            abs(day - text.published),
            day,
        ),
    )
    likely = (mention.with_date(day) for day in ranked)
    return [words for words in likely if _slips(words, mention.words) <= _MOST_SLIPS][:1]


def _last_of_month(mention: Mention, text: Text) -> list[str]:
    if not 1 <= mention.month <= _MONTHS_IN_YEAR:
        return []
    year = mention.year or text.published.year
    if not date.min.year <= year <= date.max.year:
        return []
    last = calendar.monthrange(year, mention.month)[1]
    return [mention.with_date(date(year, mention.month, last))]


def _nearest(stated: str, weekday: int, text: Text) -> str | None:
    """The date near publication, in the form of the figures, from which they differ least."""
    best: tuple[int, int, str] | None = None
    for day in _around(text.published):
        if day.weekday() != weekday:
            continue
        written = f"{day.day}/{day.month}/{day.year}"
        slips = _slips(written, stated.replace(" ", ""))
        candidate = (slips, abs((day - text.published).days), written)
        if best is None or candidate < best:
            best = candidate
    return best[2] if best is not None and best[0] <= _MOST_SLIPS else None


def _around(published: date) -> Iterator[date]:
    for days in range(-_REACH.days, _REACH.days + 1):
        yield published + timedelta(days=days)


def _slips(one: str, other: str) -> int:
    """How many signs must be written, dropped or changed to make one of the other."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        now = [row]
        for column, its in enumerate(other, start=1):
            now.append(min(now[-1] + 1, before[column] + 1, before[column - 1] + (sign != its)))
        before = now
    return before[-1]
