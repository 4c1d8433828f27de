"""What translators ask about a source text, as the newsroom's translation desk reports it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Said:
    """One remark in the conversation about a question."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Question:
    """
    What somebody who translates a text asks about a passage of it.

    ``target`` is the name of the language it is being translated into; ``answer_address`` takes
    the answer in a field ``text``.
    """

    quote: str
    quote_language: str
    target: str
    said: Sequence[Said]
    is_answered: bool
    answer_address: str
