"""Times of day and their zones."""

import re
from collections.abc import Iterator

from articles.facts.kinds import Time
from articles.facts.lexicon import ZONES, alternatives
from articles.facts.scanning import Scan

_ZONE = rf"(?:\s*\(?((?-i:{alternatives(ZONES)}))\b)?"
_HALF = r"(?:\s*([ap])\.?\s?m\b\.?)"
_PART = r"(?:\s+(pagi|siang|sore|petang|malam|dini hari|утра|дня|вечера|ночи))?"
_TO = (
    r"\s*(?:-|–|—|to|until|till|and|sampai(?:\s+dengan)?|hingga|s/d|dan|до)\s*(?:pukul\s+|jam\s+)?"
)

# Hours and minutes behind a word that says so.
_BEHIND_WORD = re.compile(
    rf"\b(?:pukul|jam|pkl\.?|at|around|about|before|after|by|until|в)\s+(?:sekitar\s+)?"
    rf"(\d{{1,2}})[.:](\d\d){_HALF}?{_ZONE}(?![\d%]|[.,:]\d)",
    re.IGNORECASE,
)
_TWELVE = re.compile(rf"(?<![\d.,:])(\d{{1,2}})(?:[.:](\d\d))?{_HALF}{_ZONE}", re.IGNORECASE)
_ZONED = re.compile(
    rf"(?<![\d.,:])(\d{{1,2}})[.:]?(\d\d)()\s*(?:hours\s+)?\(?((?-i:{alternatives(ZONES)}))\b"
)
_COLON = re.compile(rf"(?<![\d.,:])(\d{{1,2}}):(\d\d)(?![\d:]|[.,]\d)()(?:{_ZONE})")
# Opening hours in Indonesian: 09.00-17.00 without a word before them.
_HOURS = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-3])\.([0-5]\d)()()(?=\s?[-–—]\s?(?:[01]?\d|2[0-4])\.[0-5]\d(?![\d%]|[.,]\d))"
)
_HOUR_WORD = re.compile(
    rf"\b(?:pukul|jam|pkl\.?)\s+(?:sekitar\s+)?(\d{{1,2}})\b(?![.,:]\d){_PART}{_ZONE}",
    re.IGNORECASE,
)
_OCLOCK = re.compile(r"\b(\d{1,2})\s+o['’]?clock\b", re.IGNORECASE)
_HOUR_RU = re.compile(r"\bв\s+(\d{1,2})\s+час\w*", re.IGNORECASE)
# The end of a span of time has no word of its own before it, its beginning no half of the day.
_THEN = re.compile(rf"{_TO}(\d{{1,2}})[.:](\d\d){_HALF}?{_ZONE}(?![\d%]|[.,:]\d)", re.IGNORECASE)
_FIRST = re.compile(rf"(?<![\d.,:])(\d{{1,2}})(?:[.:](\d\d))?{_TO}$", re.IGNORECASE)
_LATER = ("siang", "sore", "petang", "malam", "дня", "вечера")


def read_times(scan: Scan) -> None:
    """Find times of day."""
    for pattern in (_BEHIND_WORD, _TWELVE, _ZONED, _COLON):
        if pattern is _BEHIND_WORD and scan.language == "en":
            continue
        for match in scan.matches(pattern):
            _take(scan, match, int(match[1]), int(match[2] or 0), match[3] or "", match[4] or "")
    if scan.language == "id":
        for match in scan.matches(_HOURS):
            _take(scan, match, int(match[1]), int(match[2]), "", "")
        for match in scan.matches(_HOUR_WORD):
            _take(scan, match, _hour(match), 0, "", match[3] or "")
    if scan.language == "en":
        for match in scan.matches(_OCLOCK):
            _take(scan, match, int(match[1]), 0, "", "")
    if scan.language == "ru":
        for match in scan.matches(_HOUR_RU):
            _take(scan, match, int(match[1]), 0, "", "")
    for found in list(_times(scan)):
        _read_other_end(scan, found)


def _hour(match: re.Match[str]) -> int:
    hour, part = int(match[1]), (match[2] or "").lower()
    if part in _LATER and hour < 12 and not (part == "siang" and hour >= 10):
        return hour + 12
    return hour


def _take(  # noqa: PLR0917 - the parts of a time in their order
    scan: Scan, match: re.Match[str], hour: int, minute: int, half: str, zone: str
) -> None:
    if hour > 24 or minute > 59:
        return
    if half.lower() == "p" and hour < 12:
        hour += 12
    if half.lower() == "a" and hour == 12:
        hour = 0
    # Only the time itself, without the words that lead to it.
    start = match.start(1)
    if not scan.is_free(start, match.end()):
        return
    found = Time(
        start=start,
        end=match.end(),
        text=scan.text[start : match.end()],
        minutes=hour * 60 + minute,
        zone=zone,
        offset=ZONES.get(zone),
    )
    scan.take(match.start(), match.end(), found)


def _times(scan: Scan) -> Iterator[Time]:
    return (fact for fact in scan.facts if isinstance(fact, Time))


def _read_other_end(scan: Scan, found: Time) -> None:
    after = _THEN.match(scan.text, found.end)
    if after and scan.is_free(after.start(), after.end()):
        half, zone = after[3] or "", after[4] or ""
        _take(scan, after, int(after[1]), int(after[2]), half, zone)
        return
    before = _FIRST.search(scan.text[max(0, found.start - 24) : found.start])
    if before is None or scan.language != "en":
        return
    shift = max(0, found.start - 24)
    start, end = before.start(1) + shift, before.end(2 if before[2] else 1) + shift
    hour, minute = int(before[1]), int(before[2] or 0)
    if not scan.is_free(start, end) or hour > 24 or minute > 59:
        return
    first = Time(start=start, end=end, text=scan.text[start:end], minutes=hour * 60 + minute)
    scan.take(start, end, first)
