"""
What differs between the facts of two texts that should say the same.

Facts are matched first with what equals them, then with what may mean them (a month with the
date it belongs to). Of the rest, one of each side that look like one fact altered are a change;
what is left over on one side only was left out or added.
"""

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from articles.facts.kinds import (
    Date,
    Fact,
    Identifier,
    Month,
    Number,
    Role,
    Strength,
    Time,
    Vague,
    Weekday,
    plain,
)
from articles.facts.lexicon import lexicon_of
from articles.facts.units import is_conversion, is_same_unit
from articles.facts.words import is_missed

# Years that “last year” and “next year” may mean.
_RECENT = (1980, 2040)


class Likeness(enum.IntEnum):
    """How much two facts that differ look like one fact altered, the likest first."""

    ROUNDED = 0
    MAGNITUDE = 1
    TRANSPOSED = 2
    CLOSE = 3
    SAME_PLACE = 4
    ONLY_ONES = 5


@dataclass(frozen=True)
class Change:
    """A fact of the source and the fact of the target that stands in its place."""

    source: Fact
    target: Fact
    likeness: Likeness


@dataclass
class Comparison:
    """
    What two texts' facts have in common and what not.

    ``pairs`` are facts that say the same, ``changes`` those that say something else, ``missing``
    the source's and ``extra`` the target's that have nothing on the other side.
    """

    source: Sequence[Fact]
    target: Sequence[Fact]
    pairs: list[tuple[Fact, Fact]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: list[Fact] = field(default_factory=list)
    extra: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class Side:
    """A text's facts, and what of them it need not repeat."""

    text: str
    language: str
    facts: Sequence[Fact]


def compare(source: Side, target: Side) -> Comparison:
    """
    Return how the facts of two texts agree.

    The languages may be the same. The time grows with the product of the numbers of facts.
    """
    result = Comparison(source.facts, target.facts)
    left, right = list(source.facts), list(target.facts)
    for is_same in (_same_as_written, _same, _akin):
        _match(left, right, is_same, result.pairs)
    missing = [fact for fact in left if not _is_said(fact, target.facts, source.facts, right)]
    extra = [fact for fact in right if not _is_said(fact, source.facts, target.facts, left)]
    _find_changes(left, right, missing, extra, result)
    result.missing = [fact for fact in missing if _counts(fact, target, source)]
    result.extra = [fact for fact in extra if _counts(fact, source, target)]
    return result


def _match(
    left: list[Fact],
    right: list[Fact],
    is_same: Callable[[Fact, Fact], bool],
    pairs: list[tuple[Fact, Fact]],
) -> None:
    """Move what is the same from both lists into pairs, in reading order."""
    for one in list(left):
        for other in right:
            if is_same(one, other):
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
                break


def _same_as_written(one: Fact, other: Fact) -> bool:
    if isinstance(one, Number) and isinstance(other, Number):
        return (one.value, one.role, one.strength) == (other.value, other.role, other.strength)
    if isinstance(one, Date) and isinstance(other, Date):
        return (one.day, one.month, one.year) == (other.day, other.month, other.year)
    return type(one) is type(other) and one.key == other.key


def _same(one: Fact, other: Fact) -> bool:
    """Whether two facts of one kind say the same."""
    match one, other:
        case Number(), Number():
            return not one.values.isdisjoint(other.values)
        case Date(), Date():
            return _is_same_date(one, other)
        case Time(), Time():
            return _is_same_time(one, other)
        case Vague(), Vague():  # “belasan” are dozens
            return Decimal("0.5") < one.value / other.value < 2
        case _:
            return type(one) is type(other) and one.key == other.key


def _is_same_date(one: Date, other: Date) -> bool:
    if one.year and other.year and one.year != other.year:
        return False
    if (one.day, one.month) == (other.day, other.month):
        return True
    is_turnable = one.is_turnable or other.is_turnable
    return is_turnable and (one.day, one.month) == (other.month, other.day)


def _is_same_time(one: Time, other: Time) -> bool:
    if one.offset is not None and other.offset is not None and one.zone != other.zone:
        return (one.minutes - one.offset) % 1440 == (other.minutes - other.offset) % 1440
    return one.minutes % 720 == other.minutes % 720


def _akin(one: Fact, other: Fact) -> bool:
    """Whether a fact is a part of another of a different kind."""
    if type(one) is type(other) or {type(one), type(other)} == {Date, Time}:
        return False
    return not _meanings(one).isdisjoint(_meanings(other))


def _meanings(fact: Fact) -> frozenset[tuple[str, Decimal]]:  # noqa: PLR0911 - one a kind
    match fact:
        case Date():
            year = {("number", Decimal(fact.year))} if fact.year else set()
            day, month = ("number", Decimal(fact.day)), Decimal(fact.month)
            return frozenset({("month", month), day, *year})
        case Month():
            return frozenset({("month", Decimal(fact.month))})
        case Time():
            hour, minute = divmod(fact.minutes, 60)
            found = {("number", Decimal(hour)), ("number", Decimal(hour % 12 or 12))}
            found |= {("number", Decimal(hour) + Decimal(minute) / 100)} if minute else set()
            found |= {("number", Decimal(hour * 100 + minute))}
            return frozenset(found)
        case Number():
            return frozenset(("number", value) for value in fact.values)
        case Vague():
            factors = (1, 10) if fact.value == 10 else (1,)
            return frozenset(("number", fact.value * factor) for factor in factors)
        case Identifier():
            return frozenset(
                {("number", Decimal(fact.figures.replace(",", ".").strip(".")))}
                if (re.fullmatch(r"\d+(?:[.,]\d+)?", fact.figures))
                else ()
            )
        case _:
            return frozenset()


def _is_said(
    fact: Fact, others: Iterable[Fact], own: Iterable[Fact], unmatched: Iterable[Fact]
) -> bool:
    """
    Whether the other side says a fact as well, if fewer times; or it only converts a measure.

    No conversion explains a number if the other side has an ``unmatched`` one in the same unit.
    """
    if any(_same(fact, other) or _is_part(fact, other) for other in others):
        return True
    if not isinstance(fact, Number) or not fact.unit:
        return False
    if any(isinstance(other, Number) and is_same_unit(fact, other) for other in unmatched):
        return False
    return any(
        isinstance(other, Number) and is_conversion(fact, other) for other in (*others, *own)
    )


def _is_part(fact: Fact, other: Fact) -> bool:
    """Whether a year or month stands in a date of the other side, or the other way round."""
    match fact, other:
        case (Number(), Date()) if fact.is_year:
            return other.year == int(fact.value)
        case Month(), Date():
            return fact.month == other.month
        case Date(), Month():
            return fact.month == other.month
        case (Identifier(), Identifier()):
            return fact.figures == other.figures
        case _:
            return False


def _counts(fact: Fact, other: Side, own: Side) -> bool:
    """Whether a fact of one side only is worth a word."""
    match fact:
        case Number():
            return is_missed(fact) and not _is_year_said_otherwise(fact, other)
        case Date():
            return not fact.is_optional
        case Time() | Weekday():
            return True
        case _:
            return False


def _is_year_said_otherwise(number: Number, other: Side) -> bool:
    """Whether the other side has “last year” or the like for it."""
    if not number.is_year:
        return False
    if not _RECENT[0] <= number.value <= _RECENT[1]:
        return False
    pattern = lexicon_of(other.language).relative_year
    return re.search(pattern, other.text, re.IGNORECASE) is not None


def _find_changes(
    left: Sequence[Fact],
    right: Sequence[Fact],
    missing: list[Fact],
    extra: list[Fact],
    result: Comparison,
) -> None:
    """Move facts that look altered from what is missing and extra into changes, likest first."""
    candidates = []
    for places, one, other in _couples(left, right):
        likeness = _likeness(one, other)
        if likeness is None:
            continue
        known = [
            fact is known for fact, facts in ((one, missing), (other, extra)) for known in facts
        ]
        count = sum(known)
        if count == 0:
            # Both sides say both numbers, but not as often.
            if not _are_figures(one, other) or likeness is Likeness.ROUNDED:
                continue
            likeness = Likeness.ONLY_ONES
        if likeness is Likeness.ROUNDED and count < 2:
            continue
        candidates.append((likeness, abs(places[0] - places[1]), one, other))
    candidates.sort(key=lambda found: found[:2])
    used: list[Fact] = []
    for likeness, _distance, one, other in candidates:
        if any(one is fact or other is fact for fact in used):
            continue
        used += (one, other)
        result.changes.append(Change(one, other, likeness))
        for fact, facts in ((one, missing), (other, extra)):
            if fact in facts:
                facts.remove(fact)
    _find_changed_names(missing, result.source, result)
    _find_changed_names(extra, result.target, result)
    only = [
        [fact for fact in facts if isinstance(fact, Number) and is_missed(fact)]
        for facts in (missing, extra)
    ]
    if len(only[0]) == len(only[1]) == 1 and _may_be_one(only[0][0], only[1][0]):
        result.changes.append(Change(only[0][0], only[1][0], Likeness.ONLY_ONES))
        missing.remove(only[0][0])
        extra.remove(only[1][0])
    result.changes.sort(key=lambda change: change.target.start)


def _find_changed_names(names: list[Fact], own: Sequence[Fact], result: Comparison) -> None:
    """Move names with other figures than all the other side's of those letters into changes."""
    is_source = own is result.source
    for name in [fact for fact in names if isinstance(fact, Identifier)]:
        for other in result.target if is_source else result.source:
            if isinstance(other, Identifier) and other.letters == name.letters:
                one, two = (name, other) if is_source else (other, name)
                result.changes.append(Change(one, two, Likeness.ONLY_ONES))
                names.remove(name)
                break


def _are_figures(one: Fact, other: Fact) -> bool:
    return all(isinstance(fact, Number) and fact.strength is Strength.HARD for fact in (one, other))


def _couples(
    left: Sequence[Fact], right: Sequence[Fact]
) -> Iterator[tuple[tuple[int, int], Fact, Fact]]:
    for place, one in enumerate(left):
        for other_place, other in enumerate(right):
            yield (place, other_place), one, other


def _may_be_one(one: Fact, other: Fact) -> bool:
    """Whether two numbers could stand in the same place: neither of them says otherwise."""
    if not isinstance(one, Number) or not isinstance(other, Number):
        return False
    if one.is_year != other.is_year or one.is_decade != other.is_decade:
        return False
    if bool(one.currency) != bool(other.currency) and (one.scale or other.scale):
        return False
    return (one.role is Role.PERCENT) == (other.role is Role.PERCENT)


def _likeness(one: Fact, other: Fact) -> Likeness | None:  # noqa: PLR0911 - one a pair of kinds
    """How one fact could have become the other; None if they have nothing to do with another."""
    match one, other:
        case (Weekday(), Weekday()) | (Time(), Time()) | (Month(), Month()):
            return Likeness.CLOSE
        case Date(), Date():
            has_part = one.day == other.day or one.month == other.month
            return Likeness.CLOSE if has_part else Likeness.SAME_PLACE
        case (Month(), Date()) | (Date(), Month()):
            return Likeness.SAME_PLACE
        case Identifier(), Identifier():
            return Likeness.CLOSE if one.letters == other.letters else None
        case Vague(), Vague():
            return Likeness.MAGNITUDE
        case Number(), Number():
            return _likeness_of_numbers(one, other)
        case Vague() | Number(), Vague() | Number():
            is_whole = plain(one.value).strip("0") == plain(other.value).strip("0") == "1"
            return Likeness.MAGNITUDE if is_whole else None
        case _:
            return None


def _likeness_of_numbers(  # noqa: PLR0911 - the surest likeness first
    one: Number, other: Number
) -> Likeness | None:
    if not _may_be_one(one, other) or not one.value or not other.value:
        return None
    if is_conversion(one, other):
        return None
    if Strength.SOFT in (one.strength, other.strength):
        return None
    if is_rounded(one, other):
        return Likeness.ROUNDED
    mine, others = _figures(one), _figures(other)
    if mine == others:
        return Likeness.MAGNITUDE
    if len(mine) > 1 and sorted(mine) == sorted(others):
        return Likeness.TRANSPOSED
    is_word = Strength.WORD in (one.strength, other.strength)
    if one.figure == other.figure and one.scale != other.scale:
        return Likeness.MAGNITUDE
    if len(mine) > 1 and _is_one_step(mine, others):
        ratio = abs(one.value / other.value - 1)
        is_long = len(mine) == len(others) > 2
        return Likeness.CLOSE if ratio < Decimal("0.25") or is_long else Likeness.SAME_PLACE
    is_same_kind = one.role == other.role and one.unit == other.unit
    if len(mine) == len(others) == 1 and one.value.adjusted() == other.value.adjusted():
        return Likeness.SAME_PLACE if is_same_kind or not is_word else None
    return None


def is_rounded(one: Number, other: Number) -> bool:
    """Whether the shorter of two numbers is the longer one with fewer figures."""
    if not one.value or not other.value:
        return False
    shorter, longer = sorted((_figures(one), _figures(other)), key=len)
    if len(shorter) < 2 or len(shorter) == len(longer):
        return False
    is_beginning = longer.startswith((shorter, shorter[:-1]))
    return is_beginning and abs(one.value / other.value - 1) < Decimal("0.006")


def _figures(number: Number) -> str:
    """The figures without separators or the noughts at either end."""
    return plain(number.value).replace(".", "").replace("-", "").strip("0") or "0"


def _is_one_step(one: str, other: str) -> bool:
    """Whether one figure was changed, added or dropped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return (
        one[at + 1 :] == other[at + 1 :]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at:]
    )
