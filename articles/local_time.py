"""
Local times: what somebody means by a date and a time in a zone.

Pure: text and zones in, moments out. A wall clock that is put back shows an hour twice, and
one that is put forward leaves an hour out; neither is guessed at.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class Doubt(Exception):
    """A clock's face that stands for no one moment; ``readings`` are the two it may mean."""

    def __init__(self, readings: tuple[datetime, datetime]) -> None:
        self.readings = readings
        super().__init__(" or ".join(str(reading) for reading in readings))


class Ambiguous(Doubt):
    """The clocks are put back: this time comes twice."""


class NeverComes(Doubt):
    """The clocks are put forward: this time is left out, and meant by the clock before or after."""


def moment(wall: datetime, zone: str) -> datetime:
    """
    Return the moment (aware, UTC) at which clocks in a zone show a time.

    ``wall`` is naive, ``zone`` an IANA name such as ``Asia/Jakarta``. Raises ``Ambiguous`` and
    ``NeverComes``, whose readings are aware and in the zone.
    """
    readings = tuple(wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    first, second = (reading.astimezone(UTC) for reading in readings)
    if first == second:
        return first
    shown = (first.astimezone(ZoneInfo(zone)), second.astimezone(ZoneInfo(zone)))
    if shown[0].replace(tzinfo=None) == wall:
        raise Ambiguous(shown)
    raise NeverComes(shown)
