"""Days told as past that were still to come: on the 17th, “Kamis (19/9) lalu”."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from articles.desk_checks.dates import LANGUAGES, Mention, dates_alone, dates_with_weekdays
from articles.desk_checks.finding import Finding, Fix, Severity
from articles.desk_checks.text import Text

CODE = "future-past"
# Beyond this a date is a wrong year, or a plan told in a sentence that we misread.
_REACH = timedelta(days=45)
# How many signs before a date may say who spoke.
_FAR = 200
_MONTHS_IN_YEAR = 12
_CLOSING = re.compile(r"[.!?]['\"”’)]*(?:\s|$)")
# Words right after a date that make it a past one.
_GONE = {
    "id": re.compile(r"[\s,)]*(?:\w+\s+)?(?:lalu|kemarin|silam)\b", re.IGNORECASE),
    "en": re.compile(r"(?!)"),
    "ru": re.compile(r"[\s,)]*(?:прошл\w+|минувш\w+)", re.IGNORECASE),
}
# Who said something on a day said it in the past.
_TOLD = {
    "id": re.compile(
        r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|papar|imbuh|terang|sebut|tulis|pungkas)(?:nya)?\b"
        r"|\b(?:mengatakan|menyatakan|menjelaskan|menegaskan|mengungkapkan|menuturkan|menyebutkan)\b"
        r"|\b(?:dikutip|dilansir|dihubungi|ditemui)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(?:said|told|announced|confirmed|reported)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:сказал|заявил|сообщил|рассказал|отметил)[аи]?\b", re.IGNORECASE),
}
# A plan may be told of in the same breath.
_PLANNED = {
    "id": re.compile(
        r"\b(?:akan|bakal|besok|esok|lusa|nanti|mendatang|depan|rencana\w*|direncanakan|hendak"
        r"|jadwal\w*|dijadwalkan|terjadwal|hingga|sampai|mulai|sebelum|digelar|berlangsung|tayang"
        r"|dirilis|menjelang|bisa|dapat|harus|siap|ingin|diharapkan|target\w*|paling\s+lambat"
        r"|batas|undangan|laga|pertandingan|melawan|kontra|saat|ketika|pada\s+tanggal)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:will|would|plan\w*|schedul\w+|due|until|by|before|next|from|expected|ahead|set"
        r"|starting|tomorrow|to\s+be|on\s+sale|deadline|can|must)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:буд\w+|заплан\w+|намеч\w+|до|завтра|предсто\w+|должн\w+|начн\w+|пройд\w+"
        r"|состо\w+|с|к)\b",
        re.IGNORECASE,
    ),
}
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")


def check(text: Text) -> Iterator[Finding]:
    """Find dates after publication in sentences about what has happened, with the earlier date."""
    if text.language not in LANGUAGES:
        return
    for block, words in enumerate(text.blocks):
        for mention in _mentions(words, text):
            said = mention.meant(text.published)
            ahead = said - text.published if said is not None else timedelta(0)
            if said is None or not timedelta(0) < ahead <= _REACH:
                continue
            if not _is_past(mention, words, text.language):
                continue
            repairs = _repairs(mention, said, text.published)
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                block=block,
                span=mention.span,
                facts=(mention.said,),
                fixes=tuple(Fix(mention.span, repair) for repair in repairs),
                params={
                    "mention": " ".join(mention.words.split()),
                    "date": said.isoformat(),
                    "published": text.published.isoformat(),
                    **({"first": repairs[0]} if repairs else {}),
                },
            )


def _mentions(words: str, text: Text) -> Iterator[Mention]:
    """Dates that fit their days, and those without one; each once."""
    taken = []
    found = dates_with_weekdays(words, language=text.language, published=text.published)
    for mention in found:
        taken.append(mention.span)
        said = mention.meant(text.published)
        if said is not None and said.weekday() == mention.weekday:
            yield mention
    for mention in dates_alone(words, language=text.language):
        if not any(span.start <= mention.span.start < span.end for span in taken):
            yield mention


def _is_past(mention: Mention, words: str, language: str) -> bool:
    span = mention.span
    ends = [match.end() for match in _CLOSING.finditer(words)]
    starts = max((end for end in ends if end <= span.start), default=0)
    stops = min((end for end in ends if end >= span.end), default=len(words))
    before, after = words[starts : span.start], words[span.end : stops]
    if _GONE[language].match(after):
        return True
    # Only “said X, Thursday (19/9)” dates what was said; another date may be what it was about.
    if "(" not in mention.words or any(
        quoted.start() < span.start < quoted.end() for quoted in _QUOTED.finditer(words)
    ):
        return False
    # Who is quoted may speak of what is to come; when they spoke stands outside the marks.
    said = _QUOTED.sub(" ", words[:starts] + before)[-_FAR:] + " " + after
    return bool(_TOLD[language].search(said)) and not _PLANNED[language].search(said)


def _repairs(mention: Mention, said: date, published: date) -> list[str]:
    """
    The day of publication, and the last date with that day of the week up to it.

    Without a day of the week, that number in the month before.
    """
    if mention.weekday is not None:
        weeks = -((published - said).days // 7)
        week_before = mention.with_date(said - timedelta(weeks=weeks))
        today = mention.with_day(published)
        is_next_day = said - published == timedelta(days=1)
        return [today, week_before] if is_next_day else [week_before, today]
    try:
        earlier = said.replace(
            year=said.year - (said.month == 1), month=(said.month - 2) % _MONTHS_IN_YEAR + 1
        )
    except ValueError:
        return []
    return [mention.with_date(earlier)] if earlier <= published else []
