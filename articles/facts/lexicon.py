"""The words with which Indonesian, English and Russian say numbers, dates and times."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

LANGUAGES = ("id", "en", "ru")


@dataclass(frozen=True)
class Lexicon:
    """
    One language's words, all in lower case.

    ``thousands`` and ``decimal`` are its separators. ``scales`` multiply what stands before them;
    ``vague`` are orders of magnitude. ``units`` are the words for 0 to 19, ``tens`` for 20 to 90
    and ``hundreds`` whole words for 100 to 900. ``soft`` are words that may stand for a number.
    """

    thousands: str
    decimal: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, int]
    units: Mapping[str, int]
    tens: Mapping[str, int] = field(default_factory=dict)
    hundreds: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    denominators: Mapping[str, int] = field(default_factory=dict)
    soft: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    percent: str = ""
    to: str = ""
    relative_year: str = ""
    decades: Mapping[str, int] = field(default_factory=dict)


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Number words in order; words joined by a bar are the same."""
    return {
        word: first + place * step
        for place, group in enumerate(words.split())
        for word in group.split("|")
    }


def _soft(pairs: Mapping[str, str]) -> dict[str, tuple[Decimal, ...]]:
    return {
        word: tuple(map(_value, values.split()))
        for words, values in pairs.items()
        for word in words.split()
    }


def _value(number: str) -> Decimal:
    whole, slash, part = number.partition("/")
    return Decimal(whole) / Decimal(part) if slash else Decimal(whole)


THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12

_ID_SCALES = {
    "puluh": 10,
    "ratus": 100,
    "ribu": THOUSAND,
    "juta": MILLION,
    "miliar": BILLION,
    "milyar": BILLION,
    "milliar": BILLION,
    "milyard": BILLION,
    "biliun": TRILLION,
    "triliun": TRILLION,
    "trilyun": TRILLION,
    "trilliun": TRILLION,
    "trliun": TRILLION,
    "lusin": 12,
}
_EN_SCALES = {
    "hundred": 100,
    "thousand": THOUSAND,
    "million": MILLION,
    "mln": MILLION,
    "mn": MILLION,
    "billion": BILLION,
    "bln": BILLION,
    "bn": BILLION,
    "trillion": TRILLION,
    "trilion": TRILLION,
    "trln": TRILLION,
    "trn": TRILLION,
    "tn": TRILLION,
    "dozen": 12,
}
_EN_PLURALS = {
    word + "s": _EN_SCALES[word]
    for word in ("hundred", "thousand", "million", "billion", "trillion", "dozen")
}
_EN_ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    first=1,
)
_EN_ORDINAL_TENS = _numbered(
    "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth", 30, 10
)
_EN_ORDINAL_SCALES = {
    "hundredth": 100,
    "thousandth": THOUSAND,
    "millionth": MILLION,
    "billionth": BILLION,
}

_INDONESIAN = Lexicon(
    thousands=".",
    decimal=",",
    months=_numbered(
        "januari|jan februari|pebruari|febuari|feb|peb maret|mar april|apr mei juni|jun juli|jul"
        " agustus|agu|agt|agust|ags september|sep|sept oktober|okt november|nopember|nov|nop"
        " desember|des",
        first=1,
    ),
    weekdays=_numbered("senin selasa rabu kamis jumat|jum'at|jum’at sabtu minggu|ahad"),
    scales=_ID_SCALES,
    vague={
        "belasan": 11,
        "puluhan": 10,
        "ratusan": 100,
        "ribuan": THOUSAND,
        "jutaan": MILLION,
        "miliaran": BILLION,
        "milyaran": BILLION,
        "triliunan": TRILLION,
    },
    units=_numbered("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"),
    hundreds={"seratus": 100},
    ordinals=_numbered(
        "pertama|perdana kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh"
        " kesebelas",
        first=1,
    ),
    denominators=_numbered("dua tiga empat lima enam tujuh delapan sembilan sepuluh", first=2),
    soft=_soft(
        {
            "kedua keduanya berdua sepasang ganda dwi": "2",
            "ketiga ketiganya bertiga tri trio": "3",
            "keempat keempatnya berempat catur kuartet": "4",
            "kelima kelimanya berlima": "5",
            "setengah separuh": "1/2",
            "sepertiga": "1/3",
            "seperempat": "1/4",
            "seperlima": "1/5",
            "sepersepuluh": "1/10",
            "dekade dasawarsa": "10",
            "abad": "100",
            "seabad": "100",
            "selusin": "12",
            "hattrick": "3",
            "nihil": "0",
        }
    ),
    percent=r"\s*%|\s*-?per\s?sen\b",
    to=r"sampai(?: dengan)?|s/d|hingga|dan|atau|ke|-|–|—|/",
    relative_year=(
        r"\btahun (?:ini|lalu|depan|sebelumnya|berikutnya|yang sama|yang lalu|kemarin|silam)\b"
        r"|\bsetahun\b|\b(?:akhir|awal|sepanjang|pertengahan) tahun\b"
    ),
)

_ENGLISH = Lexicon(
    thousands=",",
    decimal=".",
    months=_numbered(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug"
        " september|sep|sept october|oct november|nov december|dec",
        first=1,
    ),
    weekdays=_numbered("monday tuesday wednesday thursday friday saturday sunday"),
    scales=_EN_SCALES | _EN_PLURALS | _EN_ORDINAL_SCALES,
    vague={
        "teens": 11,
        "tens": 10,
        "dozens": 10,
        "scores": 10,
        "hundreds": 100,
        "thousands": THOUSAND,
        "millions": MILLION,
        "billions": BILLION,
        "trillions": TRILLION,
    },
    units=_numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen"
    ),
    tens=_numbered("twenty thirty forty|fourty fifty sixty seventy eighty ninety", 20, 10),
    ordinals=_EN_ORDINALS | _EN_ORDINAL_TENS,
    denominators={
        word + ending: number
        for word, number in _numbered(
            "third quarter|fourth fifth sixth seventh eighth ninth tenth", first=3
        ).items()
        for ending in ("", "s")
    },
    soft=_soft(
        {
            "both couple pair twice double twin duo twofold secondly latter": "2",
            "trio triple thrice treble threefold threesome hat-trick": "3",
            "quartet quadruple fourfold": "4",
            "quintet quintuple": "5",
            "half halves halved halfway": "1/2 2",
            "quarter quarters": "1/4 4",
            "thirds": "1/3 3",
            "decade": "10",
            "tenfold": "10",
            "dozen": "12",
            "fortnight": "2 14",
            "century centenary centennial": "100",
            "bicentenary bicentennial": "200",
            "tercentenary": "300",
            "sesquicentennial": "150",
            "golden": "50",
            "no none nil nought": "0",
        }
    ),
    percent=r"\s*%|\s+per\s?cent\b|[\s-]*percent(?:age)?\b|\s+pct\b",
    to=r"up to|to|and|or|through|until|till|-|–|—|/",
    relative_year=(
        r"\b(?:this|last|next|previous|current|coming|same|a|prior|the|past|following|that) year\b"
        r"|\byear[- ](?:earlier|ago|end|on|later)\b|\byear['’]s\b"
    ),
    decades=_numbered(
        "twenties thirties forties fifties sixties seventies eighties nineties", 20, 10
    ),
)


def _russian_cases(table: Mapping[str, int], endings: Mapping[str, str]) -> dict[str, int]:
    return {
        stem + ending: number
        for stem, number in table.items()
        for ending in endings[stem].split("|")
    }


_RUSSIAN = Lexicon(
    thousands="\u00a0",
    decimal=",",
    months=_numbered(
        "январь|января|январе|январю|янв февраль|февраля|феврале|февралю|фев|февр"
        " март|марта|марте|марту апрель|апреля|апреле|апрелю|апр май|мая|мае|маю"
        " июнь|июня|июне|июню июль|июля|июле|июлю август|августа|августе|августу|авг"
        " сентябрь|сентября|сентябре|сентябрю|сент|сен октябрь|октября|октябре|октябрю|окт"
        " ноябрь|ноября|ноябре|ноябрю|нояб|ноя декабрь|декабря|декабре|декабрю|дек",
        first=1,
    ),
    # «среда», «среды», «среде» are the environment as often as Wednesday.
    weekdays=_numbered(
        "понедельник|понедельника|понедельнику вторник|вторника|вторнику среду"
        " четверг|четверга|четвергу пятница|пятницу|пятницы|пятнице"
        " суббота|субботу|субботы|субботе воскресенье|воскресенья|воскресенью"
    ),
    scales=_russian_cases(
        {
            "тыс": THOUSAND,
            "тысяч": THOUSAND,
            "млн": MILLION,
            "миллион": MILLION,
            "млрд": BILLION,
            "миллиард": BILLION,
            "трлн": TRILLION,
            "триллион": TRILLION,
        },
        {
            "тыс": "|.",
            "тысяч": "|а|и|у|ам|ами|ах",
            "млн": "|.",
            "миллион": "|а|ов|у|ам|ами|ах|ом|е",
            "млрд": "|.",
            "миллиард": "|а|ов|у|ам|ами|ах|ом|е",
            "трлн": "|.",
            "триллион": "|а|ов|у|ам|ами|ах|ом|е",
        },
    ),
    vague={
        "десятки": 10,
        "сотни": 100,
        "тысячи": THOUSAND,
        "миллионы": MILLION,
        "миллиарды": BILLION,
    },
    units=_numbered(
        "ноль один|одна|одно|одного|одной два|две|двух|двумя три|трёх|трех|тремя"
        " четыре|четырёх|четырех пять|пяти шесть|шести семь|семи восемь|восьми девять|девяти"
        " десять|десяти одиннадцать|одиннадцати двенадцать|двенадцати тринадцать|тринадцати"
        " четырнадцать|четырнадцати пятнадцать|пятнадцати шестнадцать|шестнадцати"
        " семнадцать|семнадцати восемнадцать|восемнадцати девятнадцать|девятнадцати"
    ),
    tens=_numbered(
        "двадцать|двадцати тридцать|тридцати сорок|сорока пятьдесят|пятидесяти"
        " шестьдесят|шестидесяти семьдесят|семидесяти восемьдесят|восьмидесяти девяносто|девяноста",
        20,
        10,
    ),
    hundreds=_numbered(
        "сто|ста двести|двухсот триста|трёхсот|трехсот четыреста|четырёхсот пятьсот|пятисот"
        " шестьсот|шестисот семьсот|семисот восемьсот|восьмисот девятьсот|девятисот",
        100,
        100,
    ),
    soft=_soft({"оба обе обоих обеих пара двое": "2", "половина половины полтора": "1/2"}),
    percent=r"\s*%|[\s-]*процент\w*",
    to=r"до|и|или|по|-|–|—|/",
    relative_year=r"\b(?:этом|прошлом|текущем|будущем|нынешнем) году\b",
)

_LEXICONS = {"id": _INDONESIAN, "en": _ENGLISH, "ru": _RUSSIAN}

# Minutes from UTC.
ZONES: Mapping[str, int] = {
    "WIB": 420,
    "WITA": 480,
    "WIT": 540,
    "GMT": 0,
    "UTC": 0,
    "BST": 60,
    "CET": 60,
    "CEST": 120,
    "MSK": 180,
    "МСК": 180,
    "EST": -300,
    "EDT": -240,
    "ET": -300,
    "CST": -360,
    "CDT": -300,
    "PST": -480,
    "PDT": -420,
    "PT": -480,
    "JST": 540,
    "AEST": 600,
}

# What stands before or behind an amount, as a code.
CURRENCIES: Mapping[str, str] = {
    "rp": "IDR",
    "rp.": "IDR",
    "idr": "IDR",
    "rupiah": "IDR",
    "us$": "USD",
    "usd": "USD",
    "$us": "USD",
    "$": "USD",
    "a$": "AUD",
    "aud": "AUD",
    "s$": "SGD",
    "sgd": "SGD",
    "hk$": "HKD",
    "c$": "CAD",
    "nz$": "NZD",
    "rm": "MYR",
    "eur": "EUR",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "₽": "RUB",
    "rub": "RUB",
    "rubel": "RUB",
    "rouble": "RUB",
    "roubles": "RUB",
    "ruble": "RUB",
    "rubles": "RUB",
    "рублей": "RUB",
    "рубля": "RUB",
    "yen": "JPY",
    "yuan": "CNY",
    "ringgit": "MYR",
    "baht": "THB",
    "rupee": "INR",
    "rupees": "INR",
    "won": "KRW",
}


def lexicon_of(language: str) -> Lexicon:
    """Return a language's words; ``language`` is one of ``LANGUAGES``."""
    return _LEXICONS[language]


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
