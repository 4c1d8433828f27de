"""A text while facts are looked for in it: what was read once is not read again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.facts.kinds import Fact


@dataclass
class Scan:
    """A text, the characters already understood, and the facts found so far."""

    text: str
    language: str
    facts: list[Fact] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.text) + 1)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the pattern's matches in what is not understood yet."""
        for match in pattern.finditer(self.text):
            if self.is_free(match.start(), match.end()):
                yield match

    def is_free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def take(self, start: int, end: int, *facts: Fact) -> None:
        """Mark characters as understood and keep the facts they state."""
        self.taken[start:end] = b"\x01" * (end - start)
        self.facts.extend(facts)
