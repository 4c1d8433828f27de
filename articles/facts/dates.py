"""Dates, months and days of the week."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from articles.facts.kinds import Date, Fact, Month, Number, Weekday
from articles.facts.lexicon import alternatives, lexicon_of
from articles.facts.scanning import Scan

_YEAR = r"(?:,?\s+((?:1[0-9]|20)\d\d)\b)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_RANGE = r"\s*(?:-|–|—|/|&|to|and|sampai|hingga|dan|s/d|до|и|по)\s*"
_ISO = re.compile(r"(?<![\w-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\w-])")
_FIGURES = re.compile(
    r"(?<![\d/.,-])(\d{1,2})(?:(?:-|–)(\d{1,2}))?([/.-])(\d{1,2})(?:\3(\d{4}|\d\d))?(?![\d/%]|[.,-]\d)"
)
# After these an English word with a capital is a month even if it could be another word.
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|of|by|last|next|from|to|and|early|late|mid|this|before|after|during"
    r"|through|between|for|or|on)[ -]$",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"(?<!tengah )\bmalam\s+$", re.IGNORECASE)
_WEEK = re.compile(
    r"\s+(?:ini|lalu|depan|pertama|kedua|ketiga|keempat|terakhir|yang|mendatang|belakangan)\b"
)
# “Pasar Minggu” is a part of Jakarta.
_NO_DAY = re.compile(r"\b(?:pasar|harian|tabloid|koran|satu|dua|tiga|empat|per)\s+$", re.IGNORECASE)


def read_dates(scan: Scan) -> None:
    """Find days of months, in words and in figures."""
    for match in scan.matches(_ISO):
        _take_date(scan, match, int(match[3]), int(match[2]), int(match[1]))
    patterns = _patterns(scan.language)
    for match in scan.matches(patterns.day_month):
        if _is_month_word(scan, match[3]):
            month = patterns.months[match[3].lower()]
            _take_days(scan, match, (match[1], match[2]), month, match[4])
    if patterns.month_day is not None:
        for match in scan.matches(patterns.month_day):
            if match[1][0].isupper():
                month = patterns.months[match[1].lower()]
                _take_days(scan, match, (match[2], match[3]), month, match[4])
    _read_figures(scan)


class _Patterns:
    """One language's patterns with months and days in them."""

    def __init__(self, language: str) -> None:
        words = lexicon_of(language)
        self.months = words.months
        self.weekdays = words.weekdays
        names = alternatives(words.months)
        self.day_month = re.compile(
            rf"(?<![\w.,/])(?:(\d{{1,2}}){_ORDINAL}{_RANGE})?(\d{{1,2}}){_ORDINAL}"
            rf"(?:\s+of)?[\s-]+({names})\b\.?{_YEAR}",
            re.IGNORECASE,
        )
        self.month_day = (
            re.compile(
                rf"\b({names})\b\.?\s+(?:(\d{{1,2}}){_ORDINAL}{_RANGE})?(\d{{1,2}}){_ORDINAL}"
                rf"(?![\w%]|[.,:]\d|\s*(?:percent|per\s?cent|million|billion)){_YEAR}",
                re.IGNORECASE,
            )
            if language == "en"
            else None
        )
        full = [name for name in words.months if len(name) > 3 or name in ("mei", "may", "мае")]
        self.month = re.compile(rf"\b({alternatives(full)})\b", re.IGNORECASE)
        self.weekday = re.compile(rf"\b({alternatives(words.weekdays)})\b", re.IGNORECASE)
        self.after_weekday = re.compile(
            rf"\b(?:{alternatives(words.weekdays)})\b[\w\s,]{{0,16}}\(?$", re.IGNORECASE
        )


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(language)


def _is_month_word(scan: Scan, word: str) -> bool:
    return scan.language != "en" or word[0].isupper()


def _take_days(
    scan: Scan, match: re.Match[str], days: tuple[str | None, str], month: int, year: str | None
) -> None:
    """
    Take “14-15 September 2019”: the last day with the whole, the first with its figure.

    A first day behind the last is one of the month before: “24 to 3 October”.
    """
    first, last = days
    if not 1 <= int(last) <= 31:
        return
    facts: list[Fact] = []
    when = int(year) if year else None
    start = match.start()
    if first is not None and 1 <= int(first) <= 31:
        begin = scan.text.index(first, match.start())
        end = begin + len(first)
        of = month if int(first) <= int(last) else (month - 2) % 12 + 1
        facts.append(Date(start=begin, end=end, text=first, day=int(first), month=of, year=when))
        start = scan.text.index(last, end)
    end = match.end()
    text = scan.text[start:end]
    facts.append(Date(start=start, end=end, text=text, day=int(last), month=month, year=when))
    scan.take(match.start(), end, *facts)


def _take_date(scan: Scan, match: re.Match[str], day: int, month: int, year: int) -> None:
    if 1 <= day <= 31 and 1 <= month <= 12:
        date = Date(
            start=match.start(),
            end=match.end(),
            text=match[0],
            day=day,
            month=month,
            year=year,
        )
        scan.take(match.start(), match.end(), date)


def _read_figures(scan: Scan) -> None:
    """Find “(25/2)”, “Kamis 25/2”, “25/2/2016”, “25.02.2016”, “(14-15/9)”."""
    for match in scan.matches(_FIGURES):
        before, after = (
            scan.text[max(0, match.start() - 40) : match.start()],
            scan.text[match.end() :],
        )
        beside_day = bool(_patterns(scan.language).after_weekday.search(before))
        in_brackets = before.endswith("(") and after[:1] == ")"
        by_slash = match[3] == "/"
        whole = match[5] is not None and len(match[5]) == 4
        if not (whole or (by_slash and (match[5] or in_brackets or beside_day))):
            continue
        day, month = (
            int(match[4 if _turned(scan.language, match) else 1]),
            int(match[1 if _turned(scan.language, match) else 4]),
        )
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        year = int(match[5]) if match[5] else None
        if year is not None and year < 100:
            year += 2000 if year < 60 else 1900
        facts = [
            Date(
                start=match.start() if match[2] is None else match.start(2),
                end=match.end(),
                text=scan.text[match.start() if match[2] is None else match.start(2) : match.end()],
                day=day if match[2] is None else int(match[2]),
                month=month,
                year=year,
                is_turnable=match[2] is None and max(day, month) <= 12,
                is_optional=beside_day,
            )
        ]
        if match[2] is not None:
            if not 1 <= int(match[2]) <= 31:
                continue
            facts.insert(
                0,
                Date(
                    start=match.start(1),
                    end=match.end(1),
                    text=match[1],
                    day=day,
                    month=month,
                    year=year,
                    is_optional=beside_day,
                ),
            )
        scan.take(match.start(), match.end(), *facts)


def _turned(language: str, match: re.Match[str]) -> bool:
    """Whether figures stand month first: in English where the second cannot be a month."""
    return language == "en" and int(match[4]) > 12 >= int(match[1])


def read_weekdays(scan: Scan) -> None:
    """Find days of the week."""
    for match in scan.matches(_patterns(scan.language).weekday):
        word = match[1].lower()
        before, after = (
            scan.text[max(0, match.start() - 16) : match.start()],
            scan.text[match.end() :],
        )
        is_named = match[1][0].isupper() or before.endswith("hari ")
        if scan.language != "ru" and not is_named:
            continue
        if (
            scan.language == "id"
            and word == "minggu"
            and (_WEEK.match(after) or _NO_DAY.search(before))
        ):
            continue
        weekday = _patterns(scan.language).weekdays[word]
        if scan.language == "id" and _NIGHT.search(before):
            weekday = (weekday - 1) % 7  # “malam Minggu” is Saturday night
        found = Weekday(start=match.start(), end=match.end(), text=match[0], weekday=weekday)
        scan.take(match.start(), match.end(), found)


def read_months(scan: Scan) -> None:
    """Find months without a day, and the years behind them."""
    for match in scan.matches(_patterns(scan.language).month):
        if _is_other_word(scan, match):
            continue
        month = _patterns(scan.language).months[match[1].lower()]
        found = Month(start=match.start(), end=match.end(), text=match[0], month=month)
        scan.take(match.start(), match.end(), found, *_year_behind(scan, match))


_YEAR_BEHIND = re.compile(r",?\s+(?:of\s+)?((?:1[0-9]|20)\d\d)\b")


def _year_behind(scan: Scan, match: re.Match[str]) -> Iterator[Number]:
    if year := _YEAR_BEHIND.match(scan.text, match.end()):
        start, end = year.span(1)
        if scan.is_free(start, end):
            scan.take(start, end)
            value = Decimal(year[1])
            yield Number(start=start, end=end, text=year[1], value=value, figure=value)


def _is_other_word(scan: Scan, match: re.Match[str]) -> bool:
    """Whether “May” or “March” is a verb, or a month's word is written small."""
    if scan.language == "ru":
        return False
    if not match[1][0].isupper():
        return True
    if scan.language != "en" or match[1] not in ("May", "March"):
        return False
    if _YEAR_BEHIND.match(scan.text, match.end()):
        return False
    before = scan.text[max(0, match.start() - 16) : match.start()]
    return not _BEFORE_MONTH.search(before)
