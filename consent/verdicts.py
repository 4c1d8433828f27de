"""
What a consent cookie says about a purpose.

``static/consent/first.js`` holds the same rule for browsers; a test compares the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

REFUSED = "-1"
# Keys of ours in the library's cookie. No purpose can be called so: names have no "@".
ID = "@id"
AT = "@at"


@dataclass(frozen=True)
class Question:
    """
    One optional purpose as readers are asked about it.

    ``version`` is the ISO time of its newest cookie, ``asked_at`` the same moment in whole
    seconds since 1970: an answer older than that was given to another question.
    """

    name: str
    version: str
    asked_at: int
    off_on_gpc: bool


class Verdict(Enum):
    """How a reader stands to a purpose; OPEN (never asked, or asked anew since) blocks too."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


def verdict(answers: Mapping[str, str], question: Question) -> Verdict:
    """Return how the answers of a consent cookie stand to one question."""
    answer = answers.get(question.name, "")
    if answer == REFUSED:
        return Verdict.NO if answered_at(answers) >= question.asked_at else Verdict.OPEN
    return Verdict.YES if answer >= question.version else Verdict.OPEN


def answered_at(answers: Mapping[str, str]) -> int:
    """Return when the answers were given, in seconds since 1970; -1 if they do not say."""
    moment = answers.get(AT, "")
    # Not int() alone: it also reads " 1", "+1" and "1_0", which the script does not.
    # Twelve digits end in the year 33658 and keep int() and the script's numbers exact.
    return int(moment) if moment.isascii() and moment.isdigit() and len(moment) <= 12 else -1


def allowed(answers: Mapping[str, str], questions: Iterable[Question]) -> list[str]:
    """Return the names of the purposes the reader said yes to, in the order asked."""
    return [each.name for each in questions if verdict(answers, each) is Verdict.YES]


def is_settled(answers: Mapping[str, str], questions: Iterable[Question], *, gpc: bool) -> bool:
    """Tell whether nothing is left to ask; ``gpc``: the browser sends the signal."""
    return not any(
        verdict(answers, each) is Verdict.OPEN and not (gpc and each.off_on_gpc)
        for each in questions
    )
