"""Who was told of what was done to a story, as the newsroom's messages report it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """Somebody who was told of an activity, and when they read it and were sent a mail."""

    name: str
    read_at: datetime | None
    mailed_at: datetime | None


@dataclass(frozen=True)
class Receipt:
    """Everybody who was told of an activity."""

    people: Sequence[Told]

    @property
    def told(self) -> int:
        return len(self.people)

    @property
    def read(self) -> int:
        return sum(person.read_at is not None for person in self.people)
