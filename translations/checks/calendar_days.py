"""Days of the week that do not fit their dates, and dates that no calendar has; on each side."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from articles.desk_checks.dates import weekday_name
from articles.facts import Date, Fact, Weekday
from articles.facts.lexicon import lexicon_of
from translations.checks.finding import Fix, PairFinding, Severity, Span
from translations.checks.pair import Pair
from translations.checks.places import span_of

# What may stand between a day and its date: Kamis malam (25/2), Thursday evening, February 25.
_BETWEEN = re.compile(
    r"[\s,(]*(?:(?:malam|pagi|siang|sore|petang|dini hari|ini|lalu|kemarin|besok|depan|tanggal"
    r"|waktu|setempat|morning|afternoon|evening|night|the|of|on|утром|днём|вечером)[\s,(]*)*"
)
_NIGHT_OF = re.compile(r"(?<!tengah )\bmalam\s+$", re.IGNORECASE)
_IN_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(.*)", re.DOTALL)
_NEAR = timedelta(days=7)
_FULL_NAMES = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find what cannot be right on either side, whatever the other says."""
    sides = (
        (pair.source.text, pair.source_language, pair.source_facts, True),
        (pair.target.text, pair.target_language, pair.target_facts, False),
    )
    for text, language, facts, is_source in sides:
        for fact in facts:
            if isinstance(fact, Date) and not _exists(fact):
                yield _told(
                    "date-impossible",
                    span_of(fact),
                    fact.key,
                    (),
                    {"date": fact.text},
                    is_source=is_source,
                )
        for weekday, day in _together(text, facts):
            yield from _mismatch(weekday, day, language, pair.published, is_source=is_source)


def _exists(day: Date) -> bool:
    """Whether a calendar has that day; without a year, 29 February is one."""
    readings = [(day.day, day.month)]
    if day.is_turnable:
        readings.append((day.month, day.day))
    return any(number <= monthrange(day.year or 2000, month)[1] for number, month in readings)


def _together(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Weekday, Date]]:
    """Days of the week with the date that belongs to each; lists and spans belong to none."""
    for place, weekday in enumerate(facts[:-1]):
        day = facts[place + 1]
        if not isinstance(weekday, Weekday) or not isinstance(day, Date):
            continue
        if not _BETWEEN.fullmatch(text, weekday.end, day.start):
            continue
        before = facts[place - 1] if place else None
        after = facts[place + 2] if place + 2 < len(facts) else None
        if isinstance(before, Weekday) and weekday.start - before.end < 12:
            continue
        if isinstance(after, Date) and after.start - day.end < 12:
            continue
        if not _NIGHT_OF.search(text, max(0, weekday.start - 12), weekday.start):
            yield weekday, day


def _mismatch(
    weekday: Weekday, day: Date, language: str, published: date | None, *, is_source: bool
) -> Iterator[PairFinding]:
    said = list(_dates(day, published))
    if not said or any(found.weekday() == weekday.weekday for found in said):
        return
    stated = said[0]
    fixes = []
    if found := _likeliest(weekday.weekday, stated, published or stated):
        fixes.append(Fix(span_of(day), _written(day, found, language)))
    # Russian days change with the words around them.
    if language != "ru":
        fixes.append(Fix(span_of(weekday), weekday_name(stated.weekday(), language)))
    yield _told(
        "weekday-mismatch",
        Span(weekday.start, day.end),
        f"{weekday.key}:{day.key}",
        tuple(fixes),
        {
            "weekday": weekday.text,
            "date": day.text,
            "real": str(stated.weekday()),
            "fix": fixes[0].words if fixes else "",
        },
        is_source=is_source,
    )


def _told(
    code: str,
    span: Span,
    fact: str,
    fixes: tuple[Fix, ...],
    params: dict[str, str],
    *,
    is_source: bool,
) -> PairFinding:
    return PairFinding(
        code,
        Severity.ERROR,
        source_span=span if is_source else None,
        target_span=None if is_source else span,
        facts=(fact, "") if is_source else ("", fact),
        fixes=fixes,
        params=params | {"side": "source" if is_source else "target"},
    )


def _dates(day: Date, published: date | None) -> Iterator[date]:
    """The dates a fact may mean: of its year, or the one nearest to publication."""
    readings = [(day.day, day.month)]
    if day.is_turnable and day.day != day.month:
        readings.append((day.month, day.day))
    for number, month in readings:
        if day.year is not None:
            years = [day.year]
        elif published is not None:
            years = [published.year + shift for shift in (0, -1, 1)]
        else:
            return
        found = [
            date(year, month, number)
            for year in years
            if 1 <= year <= 9998 and number <= monthrange(year, month)[1]
        ]
        if found:
            reference = published or found[0]
            yield min(found, key=lambda one: abs(one - reference))


def _likeliest(weekday: int, stated: date, reference: date) -> date | None:
    """The date with that day nearest to the text's: another month's, or some days off."""
    other_months = [
        date(stated.year, month, stated.day)
        for month in range(1, 13)
        if stated.day <= monthrange(stated.year, month)[1]
    ]
    around = [stated + timedelta(days=days) for days in range(-3, 4)]
    candidates = [found for found in (*other_months, *around) if found.weekday() == weekday]
    return min(
        candidates,
        key=lambda found: (abs(found - reference) > _NEAR, abs(found - reference)),
        default=None,
    )


def _written(day: Date, found: date, language: str) -> str:
    """Another date in the words and the order of a fact."""
    figures = _IN_FIGURES.fullmatch(day.text)
    if figures is not None:
        first, sign, second, rest = figures.groups()
        numbers = (found.day, found.month)
        if (int(first), int(second)) != (day.day, day.month):
            numbers = (found.month, found.day)
        one, two = (
            f"{number:02d}" if old.startswith("0") else str(number)
            for number, old in zip(numbers, (first, second), strict=True)
        )
        return f"{one}{sign}{two}{rest}"
    names = "|".join(map(re.escape, sorted(lexicon_of(language).months, key=len, reverse=True)))
    month = _FULL_NAMES[language].split()[found.month - 1]
    text = re.sub(rf"\b(?:{names})\b", month, day.text, count=1, flags=re.IGNORECASE)
    return re.sub(rf"\b{day.day:02d}\b|\b{day.day}(?!\d)", str(found.day), text, count=1)
