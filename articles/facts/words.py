"""Numbers in words: dua puluh lima, two hundred and six, tiga perempat, the seventieth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from articles.facts.kinds import Number, Role, Strength, Vague
from articles.facts.lexicon import MILLION, THOUSAND, Lexicon, lexicon_of
from articles.facts.scanning import Scan

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HALF = Decimal("0.5")
# Names and sayings with a number word that counts nothing.
_NO_NUMBERS = re.compile(
    r"\bkaki lima\b|\b(?:pulau|kepulauan) seribu\b|\bserba[- ]\w+|\bseribu pulau\b"
    r"|\bnumber one\b|\bnomor satu\b",
    re.IGNORECASE,
)
# From here on a number in words is missed if the other side says nothing like it.
_MISSED_FROM = 20


@dataclass(frozen=True)
class _Word:
    key: str
    start: int
    end: int
    # Whether a hyphen ties it to the word before it.
    is_tied: bool
    # Whether only a space or a hyphen lies between it and the word before it.
    is_next: bool


@dataclass(frozen=True)
class _Reading:
    """A number read from words: its value and the place of the word behind it."""

    value: Decimal
    behind: int
    role: Role = Role.CARDINAL
    strength: Strength = Strength.WORD
    readings: tuple[Decimal, ...] = ()
    is_decade: bool = False


def read_words(scan: Scan) -> None:
    """Find numbers in words."""
    for saying in scan.matches(_NO_NUMBERS):
        scan.take(saying.start(), saying.end())
    words = list(_split(scan.text))
    lexicon = lexicon_of(scan.language)
    known = _known(scan.language)
    place = 0
    while place < len(words):
        word = words[place]
        if word.key not in known or scan.taken[word.start]:
            place += 1
            continue
        reading = _read(words, place, lexicon, scan.language)
        if reading is None:
            place = _read_vague(scan, words, place, lexicon)
            continue
        start, end = word.start, words[reading.behind - 1].end
        if scan.is_free(start, end):
            _take(scan, start, end, reading)
        place = reading.behind


def _split(text: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        is_tied = between in ("-", "‑")
        is_next = is_tied or (bool(between) and between.isspace())
        yield _Word(match[0].lower(), match.start(), match.end(), is_tied, is_next)
        end = match.end()


@cache
def _known(language: str) -> frozenset[str]:
    """Every word a number may begin with."""
    lexicon = lexicon_of(language)
    tables = (
        lexicon.units,
        lexicon.tens,
        lexicon.hundreds,
        lexicon.ordinals,
        lexicon.soft,
        lexicon.vague,
        lexicon.decades,
    )
    found = {word for table in tables for word in table}
    return frozenset(found | _WHOLE.get(language, {}).keys() | {"half", "setengah", "a", "hundred"})


# A scale word that needs no number before it.
_WHOLE = {
    "id": {
        "seribu": THOUSAND,
        "sejuta": MILLION,
        "semiliar": 10**9,
        "setriliun": 10**12,
    },
    "ru": {"тысяча": THOUSAND, "тысячу": THOUSAND, "миллион": MILLION, "миллиард": 10**9},
}


def _take(scan: Scan, start: int, end: int, reading: _Reading) -> None:
    number = Number(
        start=start,
        end=end,
        text=scan.text[start:end],
        value=reading.value,
        figure=reading.value,
        role=reading.role,
        strength=reading.strength,
        readings=reading.readings,
        is_decade=reading.is_decade,
    )
    scan.take(start, end, number)


def _read(words: Sequence[_Word], place: int, lexicon: Lexicon, language: str) -> _Reading | None:
    reader = _Reader(words, lexicon, language)
    return (
        reader.decade(place)
        or reader.fraction(place)
        or reader.cardinal(place)
        or reader.single(place)
    )


class _Reader:
    """Reads a number from a place in a row of words."""

    def __init__(self, words: Sequence[_Word], lexicon: Lexicon, language: str) -> None:
        self._words = words
        self._lexicon = lexicon
        self._language = language
        self._whole = _WHOLE.get(language, {})

    def _key(self, place: int) -> str:
        """The word there, if nothing but a space or a hyphen parts it from the one before."""
        if place >= len(self._words) or not self._words[place].is_next:
            return ""
        return self._words[place].key

    def decade(self, place: int) -> _Reading | None:
        """Seventies, nineteen-seventies, tujuh puluhan."""
        word, behind = self._words[place].key, self._key(place + 1)
        century = 0
        if self._language == "en":
            if behind in self._lexicon.decades and word in ("eighteen", "nineteen"):
                century, behind, place = self._lexicon.units[word] * 100, "", place + 1
                word = self._words[place].key
            value = self._lexicon.decades.get(word, 0)
        else:
            value = self._lexicon.units.get(word, 0) * 10 if behind == "puluhan" else 0
            place += 1
        if not 20 <= value <= 90:
            return None
        values = [Decimal(value + shift) for shift in (0, 1900, 2000, 1800)]
        if century:
            values = [Decimal(value + century)]
        return _Reading(values[0], place + 1, readings=tuple(values[1:]), is_decade=True)

    def fraction(self, place: int) -> _Reading | None:
        """Two thirds, tiga perempat, half a million, setengah juta."""
        word, behind = self._words[place].key, self._key(place + 1)
        lexicon = self._lexicon
        if word in ("half", "setengah"):
            after = place + 1
            while self._language == "en" and self._key(after) in ("a", "of", "an"):
                after += 1
            scale = lexicon.scales.get(self._key(after), 0)
            if scale >= 12:
                return _Reading(_HALF * scale, after + 1)
            return None
        count = lexicon.units.get(word)
        if not count:
            return None
        if self._language == "id" and behind.startswith("per"):
            parts = lexicon.denominators.get(behind[3:])
        elif self._language == "en" and (count > 1) == behind.endswith("s"):
            parts = lexicon.denominators.get(behind)
        else:
            parts = None
        if parts is None:
            return None
        value = Decimal(count) / parts
        scale = lexicon.scales.get(self._key(place + 2), 0)
        if scale >= THOUSAND:
            return _Reading(value * scale, place + 3)
        return _Reading(value, place + 2, strength=Strength.WORD if count > 1 else Strength.SOFT)

    def cardinal(self, place: int) -> _Reading | None:
        """Dua ratus lima ribu, two hundred and five thousand, dua koma lima juta."""
        total, at = Decimal(0), place
        while True:
            found = self._below_thousand(at) if at == place or self._key(at) else None
            if found is None:
                break
            part, behind = found
            scale = self._lexicon.scales.get(self._key(behind), 0)
            if self._whole.get(self._words[at].key):
                total += part
                at = behind
                continue
            if scale < THOUSAND:
                total += part
                at = behind
                break
            while scale >= THOUSAND:
                part, behind = part * scale, behind + 1
                scale = self._lexicon.scales.get(self._key(behind), 0)
            total += part
            at = self._past_and(behind)
            if at != behind and self._below_thousand(at) is None:
                at = behind
                break
        if at == place:
            return None
        return self._named(total, at, self._words[place].key)

    def _past_and(self, place: int) -> int:
        """Behind an “and” inside a number: six thousand and five."""
        if self._language != "en" or self._key(place) != "and":
            return place
        return place + 1 if self._key(place + 1) in _BELOW_HUNDRED else place

    def _named(self, value: Decimal, behind: int, first: str) -> _Reading:
        """A cardinal, or with its last word an ordinal: twenty-first."""
        last = self._key(behind)
        ordinal = self._lexicon.ordinals.get(last, 0)
        if self._language == "en" and 0 < ordinal < 10 and value % 10 == 0 and value % 100 >= 20:
            return _Reading(value + ordinal, behind + 1, Role.ORDINAL)
        halves = (last, self._key(behind + 1), self._key(behind + 2))
        if self._language == "en" and halves == ("and", "a", "half"):
            return self._scaled(value + _HALF, behind + 3)
        if self._language == "id" and last == "setengah":
            return self._scaled(value + _HALF, behind + 1)
        return _Reading(value, behind, strength=_strength(value))

    def _scaled(self, value: Decimal, behind: int) -> _Reading:
        scale = self._lexicon.scales.get(self._key(behind), 0)
        return _Reading(value * scale, behind + 1) if scale else _Reading(value, behind)

    def _below_thousand(self, place: int) -> tuple[Decimal, int] | None:
        """Return a number under a thousand, or with a decimal part, and the place behind it."""
        if place >= len(self._words):
            return None
        word = self._words[place].key
        if word in self._whole:
            return Decimal(self._whole[word]), place + 1
        hundreds, at = self._hundreds(place)
        rest = self._below_hundred(at) if at == place or self._key(at) else None
        if rest is None:
            return (Decimal(hundreds), at) if at > place else None
        value, behind = Decimal(hundreds + rest[0]), rest[1]
        point = {"id": "koma", "en": "point", "ru": ""}[self._language]
        if point and self._key(behind) == point:
            return self._decimals(value, behind)
        return value, behind

    def _decimals(self, value: Decimal, place: int) -> tuple[Decimal, int]:
        at, figures = place + 1, ""
        while (unit := self._lexicon.units.get(self._key(at))) is not None and unit < 10:
            figures += str(unit)
            at += 1
        return (value + Decimal(f"0.{figures}"), at) if figures else (value, place)

    def _hundreds(self, place: int) -> tuple[int, int]:
        word = self._words[place].key
        if word in self._lexicon.hundreds:
            return self._lexicon.hundreds[word], self._past_and(place + 1)
        unit = self._lexicon.units.get(word)
        if self._language == "en" and word in ("a", "one") and self._key(place + 1) == "hundred":
            return 100, self._past_and(place + 2)
        if unit and self._lexicon.scales.get(self._key(place + 1)) == 100:
            return unit * 100, self._past_and(place + 2)
        return 0, place

    def _below_hundred(  # noqa: PLR0911 - one a way to say it
        self, place: int
    ) -> tuple[int, int] | None:
        if place >= len(self._words):
            return None
        word = self._words[place].key
        unit, following = self._lexicon.units.get(word), self._key(place + 1)
        if unit is not None:
            if self._language != "id" or not 1 < unit < 10:
                return unit, place + 1
            if following == "belas":
                return unit + 10, place + 2
            if following != "puluh":
                return unit, place + 1
            return self._with_unit(unit * 10, place + 2)
        if word in self._lexicon.tens:
            return self._with_unit(self._lexicon.tens[word], place + 1)
        return None

    def _with_unit(self, tens: int, place: int) -> tuple[int, int]:
        unit = self._lexicon.units.get(self._key(place), 0)
        is_ten = self._language == "id" and self._key(place + 1) in ("puluh", "belas", "ratus")
        return (tens + unit, place + 1) if 0 < unit < 10 and not is_ten else (tens, place)

    def single(self, place: int) -> _Reading | None:
        """First, both, a dozen, seribu; also “ke” with a number: ketujuh puluh."""
        word, behind = self._words[place].key, self._key(place + 1)
        lexicon = self._lexicon
        if word in ("a", "hundred") and self._language == "en":
            scale = lexicon.scales.get(behind, 0)
            if not scale or behind.endswith("s"):
                return None
            factor = 100 if word == "hundred" else 1
            return _Reading(Decimal(scale * factor), place + 2, strength=Strength.WORD)
        if self._language == "id" and word in lexicon.ordinals:
            return self._indonesian_ordinal(place)
        readings = lexicon.soft.get(word, ())
        if word in lexicon.ordinals:
            value = Decimal(lexicon.ordinals[word])
            strength = Strength.SOFT if value < 13 else Strength.WORD
            others = (*readings, *self._parts(word))
            return _Reading(value, place + 1, Role.ORDINAL, strength, others)
        if readings:
            value, *others_of = readings
            return _Reading(value, place + 1, strength=Strength.SOFT, readings=tuple(others_of))
        return None

    def _parts(self, word: str) -> tuple[Decimal, ...]:
        parts = self._lexicon.denominators.get(word)
        return (1 / Decimal(parts),) if parts else ()

    def _indonesian_ordinal(self, place: int) -> _Reading:
        """Kedua, kedua puluh, ketujuh belas, kedua puluh lima."""
        value = self._lexicon.ordinals[self._words[place].key]
        following = self._key(place + 1)
        if 1 < value < 10 and following == "belas":
            return _Reading(Decimal(value + 10), place + 2, Role.ORDINAL)
        if 1 < value < 10 and following == "puluh":
            whole, behind = self._with_unit(value * 10, place + 2)
            return _Reading(Decimal(whole), behind, Role.ORDINAL)
        if 1 < value < 10 and following == "ratus":
            return _Reading(Decimal(value * 100), place + 2, Role.ORDINAL)
        readings = self._lexicon.soft.get(self._words[place].key, ())
        return _Reading(Decimal(value), place + 1, Role.ORDINAL, Strength.SOFT, readings)


_BELOW_HUNDRED = frozenset((*lexicon_of("en").units, *lexicon_of("en").tens))


def _strength(value: Decimal) -> Strength:
    return Strength.SOFT if value <= 2 else Strength.WORD


def is_missed(number: Number) -> bool:
    """Say whether a number is missed where the other text has nothing like it."""
    if number.strength is Strength.HARD:
        return number.value not in (0, 1)
    return number.strength is Strength.WORD and number.value >= _MISSED_FROM


def _read_vague(scan: Scan, words: Sequence[_Word], place: int, lexicon: Lexicon) -> int:
    """Take “puluhan ribu”, “tens of thousands”, “millions”; return the place behind it."""
    word = words[place]
    if word.key not in lexicon.vague:
        return place + 1
    value, behind = Decimal(lexicon.vague[word.key]), place + 1
    while behind < len(words) and words[behind].is_next:
        key = words[behind].key
        if key == "of" and behind + 1 < len(words) and words[behind + 1].key in lexicon.vague:
            behind += 1
            key = words[behind].key
        scale = lexicon.scales.get(key, 0)
        if scale < 100:
            break
        value, behind = value * scale, behind + 1
    start, end = word.start, words[behind - 1].end
    if scan.is_free(start, end):
        scan.take(start, end, Vague(start=start, end=end, text=scan.text[start:end], value=value))
    return behind
