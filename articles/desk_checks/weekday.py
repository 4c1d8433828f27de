"""Days of the week that do not fit their dates: “Kamis (25/1)” where the 25th was a Monday."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Other ways to write them, by the usual one.
_OTHERWISE = {"id": {"jum'at": 4, "jum’at": 4, "ahad": 6}}
# News tells of days this near to its own.
_NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Mismatch:
    """
    A day and a date that cannot both be right.

    ``mention`` is what the text says; ``weekday`` counts from Monday, 0; ``suggestion`` is the
    likeliest date with that day.
    """

    mention: str
    weekday: int
    day: int
    month: int
    suggestion: date

    @property
    def key(self) -> str:
        """What was found, in no language: a translation says the same."""
        return f"{self.weekday}:{self.day}/{self.month}"


def mismatches(text: str, *, language: str, published: date) -> list[Mismatch]:
    """
    Return the mentions “day (date/month)” whose day is not that of the date, each once.

    ``text`` is plain. ``published`` is the day the text was printed: a date without a year is
    the one nearest to it. What is no date at all is left alone, and so is every text in a
    language without ``NAMES``.
    """
    found = {m.mention: m for m in _mentions(text, language, published)}
    return list(found.values())


def _mentions(text: str, language: str, published: date) -> Iterator[Mismatch]:
    if language not in NAMES:
        return
    numbers = {name.lower(): number for number, name in enumerate(NAMES[language])}
    numbers |= _OTHERWISE.get(language, {})
    names = "|".join(map(re.escape, numbers))
    pattern = rf"\b({names}),?\s*\((\d{{1,2}})[/.](\d{{1,2}})(?:[/.](\d{{4}}|\d{{2}}))?\)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        weekday, day, month = numbers[match[1].lower()], int(match[2]), int(match[3])
        said = _date(day, month, match[4], published)
        if said is not None and said.weekday() != weekday:
            suggestion = _likeliest(weekday, said, published)
            yield Mismatch(" ".join(match[0].split()), weekday, day, month, suggestion)


def _date(day: int, month: int, year: str | None, published: date) -> date | None:
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else _years_around(published)
    dates = []
    for candidate in years:
        try:
            dates.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(dates, key=lambda found: abs(found - published), default=None)


def _years_around(published: date) -> list[int]:
    return [published.year + years for years in (0, -1, 1)]


def _likeliest(weekday: int, said: date, published: date) -> date:
    """The date with that day that differs least: one of this week's with the same number first."""
    this_week = [published + timedelta(days=days) for days in range(-_NEAR.days, _NEAR.days + 1)]
    around = [said + timedelta(days=days) for days in range(-3, 4)]
    candidates = [found for found in (*this_week, *around) if found.weekday() == weekday]
    return min(
        candidates,
        key=lambda found: (found.day != said.day, abs(found - said), found > published),
    )
