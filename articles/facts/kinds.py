"""The kinds of facts: what a text says, and where its words for it stand."""

import enum
from dataclasses import dataclass
from decimal import Decimal


class Role(enum.StrEnum):
    """What a number does in its sentence."""

    CARDINAL = "cardinal"
    PERCENT = "percent"
    ORDINAL = "ordinal"


class Strength(enum.IntEnum):
    """
    How surely a number is one that a translation must say too.

    A hard one is written in figures. A word may have been chosen for its sound (“dozens”, “once
    again”); a soft one (one, both, a roman numeral) satisfies a figure on the other side and is
    never missed.
    """

    SOFT = 0
    WORD = 1
    HARD = 2


class Style(enum.StrEnum):
    """How a number is written."""

    OWN = "own"
    FOREIGN_SEPARATORS = "foreign separators"
    FOREIGN_SCALE = "foreign scale word"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Characters ``start`` to ``end`` (exclusive) of a text, ``text``, and what they state."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The fact in no language: equal keys, equal facts."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Number(Fact):
    """
    A number.

    ``value`` is how its language reads it, with its scale word (3 juta: 3000000); ``readings``
    are other values it may stand for (1.234 with the other language's separators, the 6 of “6-8
    miliar”). ``figure`` is the value without the scale word. ``currency`` and ``unit`` are codes,
    '' where none is named. ``is_list`` marks parts of scores and ranges.
    """

    value: Decimal
    figure: Decimal
    role: Role = Role.CARDINAL
    strength: Strength = Strength.HARD
    readings: tuple[Decimal, ...] = ()
    currency: str = ""
    unit: str = ""
    scale: str = ""
    style: Style = Style.OWN
    proper: str = ""
    is_decade: bool = False

    @property
    def key(self) -> str:
        return f"{self.role}:{plain(self.value)}{self.currency}"

    @property
    def values(self) -> frozenset[Decimal]:
        return frozenset((self.value, *self.readings))

    @property
    def is_year(self) -> bool:
        """Whether it looks like a year of our time: four figures and nothing else about it."""
        return self.text.isdigit() and len(self.text) == 4 and 1900 <= self.value <= 2100


@dataclass(frozen=True, kw_only=True)
class Date(Fact):
    """
    A day of a month.

    ``is_turnable`` says that it is written in figures alone, so that a reader of the other order
    may read day for month. ``is_optional`` says that it only repeats a day of the week beside it.
    """

    day: int
    month: int
    year: int | None = None
    is_turnable: bool = False
    is_optional: bool = False

    @property
    def key(self) -> str:
        return f"date:{self.day}/{self.month}" + (f"/{self.year}" if self.year else "")


@dataclass(frozen=True, kw_only=True)
class Month(Fact):
    """A month without a day."""

    month: int

    @property
    def key(self) -> str:
        return f"month:{self.month}"


@dataclass(frozen=True, kw_only=True)
class Weekday(Fact):
    """A day of the week, counted from Monday, 0."""

    weekday: int

    @property
    def key(self) -> str:
        return f"weekday:{self.weekday}"


@dataclass(frozen=True, kw_only=True)
class Time(Fact):
    """
    A time of day in minutes after midnight.

    ``zone`` is the name of the time zone in capitals, ``offset`` its minutes from UTC; '' and
    None where none is named.
    """

    minutes: int
    zone: str = ""
    offset: int | None = None

    @property
    def key(self) -> str:
        return f"time:{self.minutes}{self.zone}"


@dataclass(frozen=True, kw_only=True)
class Identifier(Fact):
    """Figures inside a name: COVID-19, F-16, G20, N95."""

    letters: str
    figures: str

    @property
    def key(self) -> str:
        return f"name:{self.letters}{self.figures}"


@dataclass(frozen=True, kw_only=True)
class Vague(Fact):
    """An order of magnitude: ribuan, puluhan ribu, tens of thousands, millions."""

    value: Decimal

    @property
    def key(self) -> str:
        return f"about:{plain(self.value)}"


def plain(value: Decimal) -> str:
    """Return a value in figures without an exponent or needless noughts."""
    return format(value.normalize(), "f")
