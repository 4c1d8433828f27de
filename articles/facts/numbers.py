"""Numbers in figures: 1.234,5, Rp3 juta, 15,5%, ke-17, 1990-an, 3 1/3, G20."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from articles.facts.kinds import Fact, Identifier, Number, Role, Strength, Style
from articles.facts.lexicon import (
    BILLION,
    CURRENCIES,
    LANGUAGES,
    MILLION,
    THOUSAND,
    TRILLION,
    Lexicon,
    alternatives,
    lexicon_of,
)
from articles.facts.scanning import Scan
from articles.facts.units import UNITS

_SPACES = "\u00a0\u202f\u2009"
_FIGURES = re.compile(
    rf"\d{{1,3}}(?:[{_SPACES} ]\d{{3}})+(?![\d.,]?\d)"
    r"|(?<![^\s(])\.\d+|\d+(?:[.,]\d+)*"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)
_BROKEN = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
_FRACTION = re.compile(
    rf"(?<![\d/.,])(?:(\d+)[ {_SPACES}-]?(?:(\d{{1,2}})/(\d{{1,2}})|([{''.join(_BROKEN)}]))"
    rf"|(\d{{1,2}})/(\d{{1,2}})|([{''.join(_BROKEN)}]))(?![\d/]|[.,]\d)"
)
_LETTERS_BEFORE = re.compile(r"((?:[^\W\d_]+-?)+)$")
_LETTERS_BEHIND = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"(?:-[^\W_]+)+")
_CURRENCY_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])(Rp\.?|IDR|USD|AUD|SGD|EUR|GBP|JPY|RUB|RM)|((?:US|HK|NZ|[ASC])?\$|\$US|[€£¥₽]))\s?$",
    re.IGNORECASE,
)
_CURRENCY_BEHIND = re.compile(
    r"[\s-]*(?:(dolar(?:\s+AS)?|US\s+dollars?|dollars?|u\.s\.\s+dollars?)|("
    + alternatives(word for word in CURRENCIES if word.isalpha() and len(word) > 2)
    + r"))\b",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(
    r"(?:\s+|-)?(?:square\s+|cubic\s+|derajat\s+|degrees?\s+|°\s?)?"
    rf"({alternatives(UNITS)})(?![\w²])",
    re.IGNORECASE,
)
_HALF_BEHIND = re.compile(r"\s+(?:and\s+a\s+half|setengah)\b", re.IGNORECASE)
_ROMAN = re.compile(r"(?<![\w.'’-])(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L)(?![\w.'’])")
_BEFORE_ROMAN = re.compile(
    r"\b(?:abad|triwulan|kuartal|semester|bab|jilid|bagian|tahap|ronde|seri|kelas|perang dunia|"
    r"world war|chapter|part|volume|phase|quarter|century|act|grade|title|article|pasal|komisi)\s+$"
    r"|\b[A-Z][a-z]+\s+$",
    re.IGNORECASE,
)
_ORDINAL_ID = re.compile(r"\bke[- ]?(\d{1,4})(?:(?:-)?nya)?\b(?![.,]?\d)", re.IGNORECASE)
_ORDINAL_EN = re.compile(r"(?<![\w.,])(\d+(?:,\d{3})*)[- ]?(?:st|nd|rd|th)\b", re.IGNORECASE)
_ORDINAL_RU = re.compile(r"(?<![\w.,])(\d+)-(?:й|го|му|м|я|ю|е|х|ая|ый|ой)\b")
_DECADE = {
    "id": re.compile(r"(?<![\w.,/])((?:1[0-9]|20)?\d0)\s?-?an\b", re.IGNORECASE),
    "en": re.compile(r"(?<![\w.,/])['’‘]?((?:1[0-9]|20)?\d0)['’]?s\b"),
    "ru": re.compile(r"(?<![\w.,/])((?:1[0-9]|20)?\d0)-[её]?х?\b"),
}
_YEARS = re.compile(r"(?<![\w.,/])((?:1[0-9]|20)(\d\d))\s?(?:-|–|—|/)\s?(\d\d)(?![\w/]|[.,]\d|-)")
_SCORES = re.compile(r"(?<![\d.,-])\d{1,3}(?:[-–:]\d{1,3})(?:,\s?\d{1,3}[-–:]\d{1,3})+(?!\d)")
_FIGURE = re.compile(r"\d+")
# Letters that run into figures and are no name: “usia20”, “Rp” is a currency.
_WORD_PREFIXES = frozenset(
    [
        "pra",
        "pre",
        "post",
        "pasca",
        "mid",
        "anti",
        "non",
        "ber",
        "se",
        "per",
        "di",
        "ke",
        "sub",
        "sekitar",
        "tahun",
        "usia",
        "nomor",
        "no",
        "table",
        "tabel",
        "fig",
        "figure",
        "gambar",
        "gbr",
        "page",
        "hal",
    ]
)
_SUFFIXES = {
    "id": frozenset(["an", "nya", "kan", "lah", "pun"]),
    "en": frozenset(["s"]),
    "ru": frozenset(),
}
# Letters that count so behind money only.
_MONEY_SCALES = {
    "en": {"m": MILLION, "b": BILLION, "k": THOUSAND, "t": TRILLION},
    "id": {"m": BILLION, "t": TRILLION, "jt": MILLION, "rb": THOUSAND},
    "ru": {},
}
# The other languages' scale words, which a translator left as they were.
_FOREIGN_SCALES = {
    "en": ("ribu", "juta", "miliar", "milyar", "triliun", "trilyun"),
    "id": ("thousand", "million", "billion", "trillion"),
    "ru": (),
}


@dataclass(frozen=True)
class _Parsed:
    value: Decimal
    readings: tuple[Decimal, ...] = ()
    style: Style = Style.OWN
    proper: str = ""


def hide_addresses(scan: Scan) -> None:
    """Mark web and mail addresses as understood: figures in them are none of the text's."""
    for match in _ADDRESS.finditer(scan.text):
        scan.take(match.start(), match.end())


def read_ordinals(scan: Scan) -> None:
    """Find ke-17, 17th, abad XIX, 1990-an, 1990s and 2019-20."""
    pattern = {"id": _ORDINAL_ID, "en": _ORDINAL_EN, "ru": _ORDINAL_RU}[scan.language]
    for match in scan.matches(pattern):
        _take_plain(scan, match, Decimal(match[1].replace(",", "")), role=Role.ORDINAL)
    for match in scan.matches(_DECADE[scan.language]):
        value = Decimal(match[1])
        short = () if value > 100 else (value + 1900, value + 2000, value + 1800)
        _take_plain(scan, match, value, readings=short, is_decade=True)
    for match in scan.matches(_YEARS):
        if int(match[3]) > int(match[2]):
            first = _plain(scan, match.start(1), match.end(1), Decimal(match[1]))
            last = Decimal(match[1][:2] + match[3])
            second = replace(
                _plain(scan, match.start(3), match.end(3), last), readings=(Decimal(match[3]),)
            )
            scan.take(match.start(), match.end(), first, second)


def _plain(scan: Scan, start: int, end: int, value: Decimal) -> Number:
    return Number(start=start, end=end, text=scan.text[start:end], value=value, figure=value)


def _take_plain(
    scan: Scan,
    match: re.Match[str],
    value: Decimal,
    *,
    role: Role = Role.CARDINAL,
    readings: tuple[Decimal, ...] = (),
    is_decade: bool = False,
) -> None:
    found = replace(
        _plain(scan, match.start(), match.end(), value),
        role=role,
        readings=readings,
        is_decade=is_decade,
    )
    scan.take(match.start(), match.end(), found)


def read_fractions(scan: Scan) -> None:
    """Find 3 1/3, 2½ and 1/8; two numbers with a stroke between them may stand either way."""
    for match in scan.matches(_FRACTION):
        whole, top, bottom, sign = match[1], match[2] or match[5], match[3] or match[6], ""
        sign = match[4] or match[7] or ""
        if sign:
            top, _, bottom = _BROKEN[sign].partition("/")
        if not int(bottom):
            continue
        value = Decimal(whole or 0) + Decimal(top) / Decimal(bottom)
        turned = () if whole or sign or not int(top) else (Decimal(bottom) / Decimal(top),)
        _take_plain(scan, match, value, readings=turned)


def read_figures(scan: Scan) -> None:
    """Find every other number in figures."""
    for match in scan.matches(_SCORES):
        found = [
            _plain(scan, match.start() + part.start(), match.start() + part.end(), Decimal(part[0]))
            for part in _FIGURE.finditer(match[0])
        ]
        scan.take(match.start(), match.end(), *found)
    numbers: list[Number] = []
    for match in scan.matches(_FIGURES):
        found_here = _read(scan, match)
        scan.take(
            min((fact.start for fact in found_here), default=match.start()),
            max((fact.end for fact in found_here), default=match.end()),
        )
        for fact in found_here:
            if isinstance(fact, Number):
                numbers.append(fact)
            else:
                scan.facts.append(fact)
    scan.facts.extend(_with_scale_of_range(scan, numbers))


def read_romans(scan: Scan) -> None:
    """Find roman numerals, which may stand for an ordinal."""
    for match in scan.matches(_ROMAN):
        if not match[0]:
            continue
        before = scan.text[max(0, match.start() - 24) : match.start()]
        if len(match[0]) == 1 and not (match[0] != "I" or scan.language != "en"):
            continue
        if _BEFORE_ROMAN.search(before):
            value = Decimal(_roman(match[0]))
            found = replace(
                _plain(scan, match.start(), match.end(), value),
                role=Role.ORDINAL,
                strength=Strength.SOFT,
            )
            scan.take(match.start(), match.end(), found)


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _read(scan: Scan, match: re.Match[str]) -> list[Fact]:
    """Return the facts one run of figures states."""
    text, start, end = scan.text, match.start(), match.end()
    before = text[max(0, start - 24) : start]
    currency_before = _CURRENCY_BEFORE.search(before)
    behind = _LETTERS_BEHIND.match(text, end)
    if currency_before is None and (name := _name(scan, match, before, behind)):
        return [name]
    parsed = _parse(match[0], scan.language)
    if parsed is None:
        return [
            _plain(scan, start + part.start(), start + part.end(), Decimal(part[0]))
            for part in _FIGURE.finditer(match[0])
        ]
    currency = ""
    if currency_before is not None:
        word = (currency_before[1] or currency_before[2]).lower()
        currency = CURRENCIES.get(word, "")
        start -= len(currency_before[0])
    return [_measured(scan, parsed, start, end, currency)]


def _name(  # noqa: PLR0911 - one a way not to be a name
    scan: Scan, match: re.Match[str], before: str, behind: re.Match[str] | None
) -> Identifier | None:
    """Return figures that are part of a name, as COVID-19, N95, H1N1, 4G."""
    letters = _LETTERS_BEFORE.search(before)
    start, end = match.start(), match.end()
    if letters is None:
        if behind is None or not behind[0].isupper() or len(behind[0]) > 2 or len(match[0]) > 3:
            return None
        if behind[0].lower() in UNITS or behind[0].lower() in _MONEY_SCALES[scan.language]:
            return None
        return _identifier(scan, start, behind.end(), behind[0], match[0])
    word = letters[1].rstrip("-")
    is_year = len(match[0]) == 4 and letters[1].endswith("-")
    if not any(letter.isupper() for letter in word) or is_year:
        return None
    if word.lower() in _WORD_PREFIXES or (len(word) > 3 and letters[1][-1] != "-"):
        return None
    start -= len(letters[1])
    joined = _JOINED.match(scan.text, end)
    if behind is not None:
        end = behind.end()
    elif joined is not None and joined[0][1:].isupper():
        end = joined.end()
    if not scan.is_free(start, end):
        return None
    # Of “anti-IL-6” and “SARS-CoV-2” the part before the figures: translators turn the rest.
    return _identifier(scan, start, end, word.rpartition("-")[2], match[0])


def _identifier(scan: Scan, start: int, end: int, letters: str, figures: str) -> Identifier:
    return Identifier(
        start=start,
        end=end,
        text=scan.text[start:end],
        letters=letters.lower(),
        figures=figures,
    )


def _parse(figures: str, language: str) -> _Parsed | None:
    """Read figures with their separators; None if they are no number in any language."""
    lexicon = lexicon_of(language)
    bare = re.sub(rf"[{_SPACES} ]", "", figures)
    if bare.startswith("."):
        return _Parsed(Decimal(f"0{bare}"))
    if bare.isdigit():
        return _Parsed(Decimal(bare))
    own = (".", ",") if lexicon.decimal == "," else (",", ".")
    thousands, decimal = own
    reads_own, reads_other = _reads(bare, thousands, decimal), _reads(bare, decimal, thousands)
    if reads_own:
        others = (_convert(bare, decimal, thousands),) if reads_other else ()
        return _Parsed(_convert(bare, thousands, decimal), others)
    if reads_other:
        value = _convert(bare, decimal, thousands)
        proper = bare.translate(str.maketrans(".,", ",."))
        return _Parsed(value, (), Style.FOREIGN_SEPARATORS, proper)
    return None


def _reads(figures: str, thousands: str, decimal: str) -> bool:
    return bool(_form(thousands, decimal).fullmatch(figures))


@cache
def _form(thousands: str, decimal: str) -> re.Pattern[str]:
    return re.compile(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?|\d+\{decimal}\d+")


def _convert(figures: str, thousands: str, decimal: str) -> Decimal:
    return Decimal(figures.replace(thousands, "").replace(decimal, "."))


def _measured(scan: Scan, parsed: _Parsed, start: int, end: int, currency: str) -> Number:
    """A number with the scale word, per cent sign, currency and unit that stand behind it."""
    text, style = scan.text, parsed.style
    value, readings, scale_word = parsed.value, parsed.readings, ""
    half = _HALF_BEHIND.match(text, end)
    if half is not None:
        value, end = value + Decimal("0.5"), half.end()
    patterns = _patterns(scan.language)
    while scale := patterns.scale.match(text, end):
        factor = _factor(scan.language, scale[1], is_money=bool(currency))
        if not factor:
            break
        if patterns.is_foreign(scale[1]):
            style = Style.FOREIGN_SCALE
        value, readings = value * factor, tuple(reading * factor for reading in readings)
        scale_word, end = scale[1].lower(), scale.end()
    role = Role.CARDINAL
    unit = ""
    if percent := patterns.percent.match(text, end):
        role, end = Role.PERCENT, percent.end()
    elif not currency and (money := _CURRENCY_BEHIND.match(text, end)):
        currency = CURRENCIES.get((money[2] or "").lower(), "") if money[2] else "USD"
        end = money.end() if scan.is_free(end, money.end()) else end
    elif found := _UNIT_BEHIND.match(text, end):
        unit = found[1].lower()
    return Number(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        figure=parsed.value,
        role=role,
        readings=readings,
        currency=currency,
        unit=unit,
        scale=scale_word,
        style=style,
        proper=parsed.proper,
    )


class _Patterns:
    """One language's words behind figures."""

    def __init__(self, language: str, lexicon: Lexicon) -> None:
        foreign = _FOREIGN_SCALES[language]
        endings = r"(?:an|nya)?" if language == "id" else ""
        words = alternatives((*lexicon.scales, *foreign, *_MONEY_SCALES[language]))
        self.scale = re.compile(rf"\+?[\s\u00a0-]*({words}){endings}(?!\w)", re.IGNORECASE)
        self.percent = re.compile(lexicon.percent, re.IGNORECASE)
        self.range = re.compile(rf"\s*(?:{lexicon.to})\s*", re.IGNORECASE)
        self._foreign = frozenset(foreign)

    def is_foreign(self, word: str) -> bool:
        return word.lower() in self._foreign


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(language, lexicon_of(language))


def _factor(language: str, word: str, *, is_money: bool) -> int:
    """What a scale word multiplies by; 0 if it is none here: “m” is a million of money only."""
    key = word.lower()
    if key in _MONEY_SCALES[language]:
        return _MONEY_SCALES[language][key] if is_money else 0
    for other in (language, *LANGUAGES):
        if factor := lexicon_of(other).scales.get(key, 0):
            return factor
    return 0


def _with_scale_of_range(scan: Scan, numbers: list[Number]) -> Iterator[Number]:
    """The numbers; the 6 of “6-8 miliar” may be six milliards, the 5 of “5-7 persen” per cent."""
    patterns = _patterns(scan.language)
    for number, following in zip(numbers, [*numbers[1:], None], strict=False):
        if following is None or number.scale or number.role is not Role.CARDINAL:
            yield number
            continue
        if not patterns.range.fullmatch(scan.text[number.end : following.start]):
            yield number
            continue
        changed = number
        if following.scale and following.figure:
            factor = following.value / following.figure
            changed = replace(changed, readings=(*number.readings, number.value * factor))
        if following.role is Role.PERCENT:
            changed = replace(changed, role=Role.PERCENT)
        if following.unit and not number.unit:
            changed = replace(changed, unit=following.unit)
        if number.currency and not following.currency:
            changed = replace(changed, currency=number.currency)
        yield changed
