"""Units of measurement, so that a length in miles is known to be the same in kilometres."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from articles.facts.kinds import Number

# How far, as a share, a conversion may be off: newspapers round.
_TOLERANCE = Decimal("0.08")


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures, and its size in the smallest unit of that."""

    measures: str
    size: Decimal
    offset: Decimal = Decimal(0)


_SIZES: Mapping[str, Mapping[str, str]] = {
    "length": {
        "mm millimeter millimeters millimetre millimetres milimeter": "0.001",
        "cm centimeter centimeters centimetre centimetres sentimeter senti": "0.01",
        "m meter meters metre metres метров": "1",
        "km kilometer kilometers kilometre kilometres kilo километров": "1000",
        "inch inches inci": "0.0254",
        "foot feet ft kaki": "0.3048",
        "yard yards yd yar": "0.9144",
        "mile miles mi mil": "1609.344",
    },
    "area": {
        "hectare hectares ha hektare hektar": "10000",
        "acre acres": "4046.856",
        "km2 km²": "1000000",
        "m2 m²": "1",
    },
    "mass": {
        "gram grams g gr": "0.001",
        "kg kilogram kilograms kilogramme": "1",
        "ton tons tonnes tonne тонн": "1000",
        "pound pounds lb lbs pon": "0.4536",
        "ounce ounces oz ons": "0.02835",
        "stone": "6.35",
    },
    "volume": {
        "liter liters litre litres": "1",
        "gallon gallons galon": "3.785",
        "barrel barrels barel": "158.987",
    },
    "speed": {
        "km/jam kmh km/h kph kpj": "1",
        "mph mil/jam": "1.609344",
        "knot knots": "1.852",
    },
    "pressure": {"psi": "6.895", "bar": "100", "kpa": "1"},
}
UNITS: Mapping[str, Unit] = {
    word: Unit(measures, Decimal(size))
    for measures, sizes in _SIZES.items()
    for words, size in sizes.items()
    for word in words.split()
} | {
    word: Unit("temperature", size, offset)
    for words, size, offset in (
        ("°c celsius celcius c", Decimal(1), Decimal(0)),
        ("°f fahrenheit f", Decimal(5) / Decimal(9), Decimal(-32)),
    )
    for word in words.split()
}


def is_conversion(one: Number, other: Number) -> bool:
    """Say whether two numbers are the same measure in different units, as rounded in print."""
    first, second = UNITS.get(one.unit), UNITS.get(other.unit)
    if first is None or second is None or first == second or first.measures != second.measures:
        return False
    sizes = sorted(
        abs((number.value + unit.offset) * unit.size)
        for number, unit in ((one, first), (other, second))
    )
    return bool(sizes[0]) and sizes[1] / sizes[0] - 1 < _TOLERANCE


def is_same_unit(one: Number, other: Number) -> bool:
    """Say whether two numbers are in the same unit, whatever it is called."""
    first = UNITS.get(one.unit)
    return first is not None and first == UNITS.get(other.unit)
