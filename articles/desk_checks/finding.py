"""What a check found: where, how grave, and what would mend it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Severity(enum.StrEnum):
    """
    How grave a finding is.

    An error keeps a text from being handed on until it is mended or confirmed with a reason; a
    warning is read by whoever approves; a notice is offered and asks for nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a plain text."""

    start: int
    end: int


@dataclass(frozen=True)
class Fix:
    """Words that would stand in place of a span."""

    span: Span
    words: str


@dataclass(frozen=True)
class Finding:
    """
    What one check found in one block.

    ``code`` names the check's finding and its sentence; ``params`` fill that sentence. ``facts``
    is what was found, in no language: a confirmation holds while code and facts are the same.
    """

    code: str
    severity: Severity
    block: int
    span: Span
    facts: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict, compare=False)
