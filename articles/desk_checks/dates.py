"""
Dates as newspapers write them: where they stand, what they say, how they would read otherwise.

Indonesian “Kamis (19/9/2019)”, “Kamis malam, 19 September”; English “Thursday (Sept. 19)”,
“on Thursday, 19 September”; Russian “в четверг, 25 февраля”.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from articles.desk_checks.finding import Span

# Text in another language has no days that we could read.
LANGUAGES = ("id", "en", "ru")

_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
# The Russian days as they stand after “в” (вторник: “во”).
_RUSSIAN_AFTER_IN = (
    "понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье",
)  # fmt: skip
# Other ways to write them.
_OTHERWISE: Mapping[str, Mapping[str, int]] = {
    "id": {"jum'at": 4, "jum’at": 4, "jum`at": 4, "ahad": 6},
    "en": {},
    "ru": {"среду": 2, "пятницу": 4, "субботу": 5},
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
}  # fmt: skip
_MONTHS_OTHERWISE: Mapping[str, Mapping[str, int]] = {
    "id": {
        "jan": 1, "feb": 2, "pebruari": 2, "peb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
        "agu": 8, "agt": 8, "ags": 8, "agst": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11,
        "nopember": 11, "nop": 11, "des": 12,
    },
    "en": {
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
        "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    },
    "ru": {},
}  # fmt: skip
# How a month is shortened when the date it replaces was.
_SHORT: Mapping[str, tuple[str, ...]] = {
    "id": (
        "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    ),
    "en": (
        "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
    ),
    "ru": _MONTHS["ru"],
}  # fmt: skip
# What may stand between a day and its date.
_BETWEEN: Mapping[str, str] = {
    "id": (
        r"pagi|siang|sore|petang|malam|subuh|dini\s*hari|tengah\s+malam|kemarin|tadi|lalu|besok"
        r"|nanti|(?:hari\s+)?ini|depan|mendatang|pada|tanggal|tgl\.?|waktu\s+setempat|WIB|WITA|WIT"
        r"|(?:pukul|jam)\s+\d{1,2}[.:]\d{2}"
    ),
    "en": r"morning|afternoon|evening|night|noon|local\s+time|the|last|next|on",
    "ru": r"утром|днём|днем|вечером|ночью|прошлой\s+недели|этой\s+недели|числа",
}
# What parts the days and the dates of ranges and lists.
_WITH: Mapping[str, str] = {
    "id": r"dan|hingga|sampai(?:\s+dengan)?|atau|serta|ke|s/d|s\.d\.",
    "en": r"and|to|or|through|until",
    "ru": r"и|по|до|или",
}
# Without a year, a hyphen is a score as often as a date: only dates of these days are believed.
_BELIEVED = timedelta(days=31)
_RANGE_AFTER = re.compile(r"\s*[-–&]\s*\d")
_BUT = r"(?<![\w’'])"
_TWO_DIGITS = 100
_LAST_MONTH = 12


@dataclass(frozen=True)
class Mention:
    """
    A date in a text, perhaps with its day of the week.

    ``weekday`` counts from Monday, 0; None if no day is named. ``parts`` are the places of what
    is said, counted from the start of ``words``. ``may_be_turned`` says that the month may stand
    before the day.
    """

    words: str
    span: Span
    language: str
    weekday: int | None
    day: int
    month: int
    year: int | None
    parts: Mapping[str, Span]
    may_be_turned: bool = False

    @property
    def said(self) -> str:
        """Day and month in figures: the same in every language."""
        return f"{self.day}/{self.month}"

    def meant(self, published: date) -> date | None:
        """Return the day that is meant: without a year, the one nearest to publication."""
        return _date(self.day, self.month, self.year, published)

    def turned(self, published: date) -> date | None:
        """Return the day that is meant if month and day stand in the other order."""
        return _date(self.month, self.day, self.year, published) if self.may_be_turned else None

    def with_date(self, other: date) -> str:
        """Return the words of the mention, saying another date in the same form."""
        return self._with(self._dated(other))

    def with_weekday(self, number: int) -> str:
        """Return the words of the mention, naming another day of the week."""
        return self._with(self._named(number))

    def with_day(self, other: date) -> str:
        """Return the words of the mention, saying another day: its date and its name."""
        return self._with(self._dated(other) | self._named(other.weekday()))

    def _dated(self, other: date) -> dict[str, str]:
        written = {"day": str(other.day), "month": self._month(other.month)}
        if len(self._part("day")) > 1 and self._part("day").startswith("0"):
            written["day"] = f"{other.day:02}"
        if "year" in self.parts:
            short = len(self._part("year")) <= len("19")
            written["year"] = f"{other.year % _TWO_DIGITS:02}" if short else str(other.year)
        return written

    def _named(self, number: int) -> dict[str, str]:
        if "weekday" not in self.parts:
            return {}
        before = self._part("weekday")
        if self.language != "ru":
            return {"weekday": _cased(_WEEKDAYS[self.language][number], before)}
        if "in" not in self.parts:
            accusative = before.lower() in _OTHERWISE["ru"]
            names = _RUSSIAN_AFTER_IN if accusative else _WEEKDAYS["ru"]
            return {"weekday": _cased(names[number], before)}
        preposition = "во" if _WEEKDAYS["ru"][number] == "вторник" else "в"
        return {
            "in": _cased(preposition, self._part("in")),
            "weekday": _cased(_RUSSIAN_AFTER_IN[number], before),
        }

    def _month(self, number: int) -> str:
        before = self._part("month")
        if before.isdigit():
            return f"{number:02}" if before.startswith("0") else str(number)
        full = before.lower() in (name.lower() for name in _MONTHS[self.language])
        name = (_MONTHS if full else _SHORT)[self.language][number - 1]
        return _cased(name, before)

    def _part(self, name: str) -> str:
        span = self.parts[name]
        return self.words[span.start : span.end]

    def _with(self, written: Mapping[str, str]) -> str:
        words = self.words
        for name, span in sorted(self.parts.items(), key=lambda part: -part[1].start):
            if name in written:
                words = words[: span.start] + written[name] + words[span.end :]
        return words


@dataclass(frozen=True)
class Malformed:
    """Figures in brackets after a day of the week that are no date: “Kamis (20/92019)”."""

    words: str
    span: Span
    language: str
    weekday: int
    figures: Span

    def with_figures(self, figures: str) -> str:
        return self.words[: self.figures.start] + figures + self.words[self.figures.end :]


def dates_with_weekdays(text: str, *, language: str, published: date) -> Iterator[Mention]:
    """Yield the dates that stand with their day of the week, ranges and lists left out."""
    if language not in LANGUAGES:
        return
    for match in _with_weekday(language).finditer(text):
        if _is_date(match, text, language):
            mention = _mention(match, language)
            if _is_believed(mention, match, published):
                yield mention


def dates_alone(text: str, *, language: str) -> Iterator[Mention]:
    """Yield the dates whose month is named and that stand without a day of the week."""
    if language not in LANGUAGES:
        return
    for match in _alone(language).finditer(text):
        if language != "en" or _has_capital_month(match):
            yield _mention(match, language)


def malformed(text: str, *, language: str) -> Iterator[Malformed]:
    """Yield figures in brackets after a day of the week that cannot be read as a date."""
    if language not in LANGUAGES:
        return
    read = {match.start() for match in _with_weekday(language).finditer(text)}
    for match in _broken(language).finditer(text):
        if match.start() not in read and _is_day(match, text, language):
            start = match.start()
            yield Malformed(
                words=match[0],
                span=Span(*match.span()),
                language=language,
                weekday=_numbers(language)[match["weekday"].lower()],
                figures=Span(match.start("figures") - start, match.end("figures") - start),
            )


def weekday_name(number: int, language: str) -> str:
    return _WEEKDAYS[language][number]


def _cased(name: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return name.upper()
    return name.lower() if like.islower() else name[0].upper() + name[1:]


def _mention(match: re.Match[str], language: str) -> Mention:
    found = match.groupdict()
    start = match.start()
    names = ("in", "weekday", "day", "month", "year")
    parts: dict[str, Span] = {}
    values: dict[str, str] = {}
    for group, words in found.items():
        name = group.rstrip("0123456789")
        if words is not None and name in names:
            parts[name] = Span(match.start(group) - start, match.end(group) - start)
            values[name] = words
    day, month = int(values["day"]), _month_number(values["month"], language)
    turned = False
    if language == "en" and values["month"].isdigit():
        if month > _LAST_MONTH >= day:
            day, month = month, day
            parts["day"], parts["month"] = parts["month"], parts["day"]
        else:
            turned = day <= _LAST_MONTH
    return Mention(
        words=match[0],
        span=Span(*match.span()),
        language=language,
        weekday=_numbers(language)[values["weekday"].lower()] if "weekday" in values else None,
        day=day,
        month=month,
        year=_year(values["year"]) if "year" in values else None,
        parts=parts,
        may_be_turned=turned,
    )


def _year(words: str) -> int:
    return int(words) + (2000 if len(words) <= len("19") else 0)


def _month_number(words: str, language: str) -> int:
    return int(words) if words.isdigit() else _month_numbers(language)[words.lower()]


def _is_believed(mention: Mention, match: re.Match[str], published: date) -> bool:
    marks = {words for name, words in match.groupdict().items() if name.startswith("mark")}
    if mention.year is not None or "-" not in marks:
        return True
    said = mention.meant(published)
    return said is not None and abs(said - published) <= _BELIEVED


def _is_date(match: re.Match[str], text: str, language: str) -> bool:
    """Whether it is no range or list of days, and really a day."""
    if not _is_day(match, text, language):
        return False
    if language == "en" and not _has_capital_month(match):
        return False
    return not _RANGE_AFTER.match(text, match.end())


def _has_capital_month(match: re.Match[str]) -> bool:
    """Whether “May” and “March” are months here; figures are."""
    groups = match.groupdict().items()
    months = (words for name, words in groups if name.startswith("month") and words)
    return all(not words[0].islower() for words in months)


def _is_day(match: re.Match[str], text: str, language: str) -> bool:
    word = match["weekday"]
    before = text[max(0, match.start() - 40) : match.start()]
    if _range_before(language).search(before):
        return False
    if language == "en":
        return word[0].isupper()
    if language != "id":
        return True
    if word == "minggu" and not re.search(r"\bhari\s+$", before):
        return False
    if word.lower() == "minggu" and re.match(
        r"\s+(?:ini|lalu|depan)\b", text[match.end("weekday") :]
    ):
        return False
    # “Malam Minggu” is Saturday's night; Pasar Minggu is a place.
    return not re.search(r"(?<!tengah )\bmalam\s+$|\bpasar\s+$", before, re.IGNORECASE)


def _date(day: int, month: int, year: int | None, published: date) -> date | None:
    years = [year] if year is not None else [published.year + more for more in range(-4, 5)]
    dates = []
    for candidate in years:
        try:
            dates.append(date(candidate, month, day))
        except (ValueError, OverflowError):
            continue
    return min(dates, key=lambda found: abs(found - published), default=None)


@cache
def _numbers(language: str) -> Mapping[str, int]:
    usual = {name.lower(): number for number, name in enumerate(_WEEKDAYS[language])}
    return usual | dict(_OTHERWISE[language])


@cache
def _month_numbers(language: str) -> Mapping[str, int]:
    usual = {name.lower(): number for number, name in enumerate(_MONTHS[language], start=1)}
    return usual | dict(_MONTHS_OTHERWISE[language])


def _day_of_week(language: str) -> str:
    names = "|".join(sorted(map(re.escape, _numbers(language)), key=len, reverse=True))
    before = r"(?:\b(?P<in>во?)\s+)?" if language == "ru" else ""
    return rf"{before}{_BUT}(?P<weekday>{names})(?!\w)"


def _between(language: str) -> str:
    return rf"(?:,?\s+(?:{_BETWEEN[language]})(?!\w))*,?\s*"


def _months(language: str) -> str:
    return "|".join(sorted(_month_numbers(language), key=len, reverse=True))


def _in_figures(mark: str, number: int, *, year_needed: bool = False) -> str:
    """Figures parted by a mark; ``number`` keeps the groups of one pattern apart."""
    two, four = rf"(?P=mark{number})\s?(?P<year{number}>\d{{2}})", rf"(?P<year{number}0>\d{{4}})"
    year = rf"(?:\s?(?:{two}|[/.-]\s?{four})){'' if year_needed else '?'}"
    return (
        rf"(?P<day{number}>\d{{1,2}})\s?(?P<mark{number}>{mark})\s?(?P<month{number}>\d{{1,2}})"
        rf"{year}(?![\d/])(?!\s?[-–]\s?\d)"
    )


def _named(language: str, number: int) -> str:
    months = _months(language)
    year = rf"(?P<year{number}>(?:1[89]|2\d|3\d)\d\d)(?!\d)"
    if language == "en":
        other = number + 1
        later = rf"(?P<year{other}>(?:1[89]|2\d|3\d)\d\d)(?!\d)"
        return (
            rf"(?:(?P<day{number}>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month{number}>{months})"
            rf"\b\.?(?:,?\s+{year})?"
            rf"|(?P<month{other}>{months})\b\.?\s+(?P<day{other}>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?![\d.,]\d|\w)(?:,?\s+{later})?)"
        )
    return (
        rf"(?P<day{number}>\d{{1,2}})[\s/-]{{1,2}}(?P<month{number}>{months})(?!\w)(?:\.(?=\s*[\d)]))?"
        rf"(?:[\s/-]{{1,2}}{year})?"
    )


@cache
def _with_weekday(language: str) -> re.Pattern[str]:
    marks = "[/.-]" if language == "ru" else "[/-]"
    figures = _in_figures(marks, 1)
    dotted = _in_figures("[.]", 2, year_needed=True)
    bare = _in_figures("/" if language != "ru" else "[/.]", 3)
    bracketed = rf"\(\s*(?:{figures}|{dotted}|{_named(language, 4)})(?:\s*\))?"
    return re.compile(
        rf"{_day_of_week(language)}{_between(language)}"
        rf"(?:{bracketed}|(?<=[\s,]){bare}|(?<=[\s,]){_named(language, 6)})",
        re.IGNORECASE,
    )


@cache
def _alone(language: str) -> re.Pattern[str]:
    months, year = _months(language), r"(?P<year0>(?:1[89]|2\d|3\d)\d\d)(?!\d)"
    if language == "en":
        later = year.replace("year0", "year1")
        # “In September 31 people” is no date: its year must follow, or “on” stand before it.
        return re.compile(
            rf"(?<![\w.,/-])(?P<day0>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month0>{months})"
            rf"\b\.?(?:,?\s+{year})?"
            rf"|(?P<month1>{months})\b\.?\s+(?P<day1>\d{{1,2}}),\s+{later}"
            rf"|(?<=\bon\s)(?P<month2>{months})\b\.?\s+(?P<day2>\d{{1,2}})(?![\d.,]\d|\w)",
            re.IGNORECASE,
        )
    return re.compile(
        rf"(?<!ke-)(?<![\w.,/])(?P<day0>\d{{1,2}})\s+(?P<month0>{months})(?!\w)(?:\s+{year})?",
        re.IGNORECASE,
    )


@cache
def _broken(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_day_of_week(language)}{_between(language)}"
        r"\(\s*(?P<figures>(?=[\d/ ]*\d)(?=[\d ]*/)[\d/ ]{3,14}[\d/]|\d{5,8})\s*\)",
        re.IGNORECASE,
    )


@cache
def _range_before(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, _numbers(language)))
    return re.compile(
        rf"(?:{names})(?:\s*[-–/&]\s*|,\s*|\s+(?:{_WITH[language]})\s+)(?:hari\s+|pada\s+)?$",
        re.IGNORECASE,
    )
