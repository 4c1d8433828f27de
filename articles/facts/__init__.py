"""
What a text states as numbers, dates, times and days, whatever its language writes them like.

Pure: a text in, facts with their places out; two texts' facts in, what differs between them out.
"""

from articles.facts.comparing import Change, Comparison, Likeness, Side, compare
from articles.facts.extracting import extract
from articles.facts.kinds import (
    Date,
    Fact,
    Identifier,
    Month,
    Number,
    Role,
    Strength,
    Style,
    Time,
    Vague,
    Weekday,
)
from articles.facts.lexicon import LANGUAGES

__all__ = [
    "LANGUAGES",
    "Change",
    "Comparison",
    "Date",
    "Fact",
    "Identifier",
    "Likeness",
    "Month",
    "Number",
    "Role",
    "Side",
    "Strength",
    "Style",
    "Time",
    "Vague",
    "Weekday",
    "compare",
    "extract",
]
