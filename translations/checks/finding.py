"""What a check found between a source block and its translation."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.desk_checks.finding import Fix, Severity, Span

__all__ = ["Fix", "PairFinding", "Severity", "Span", "fingerprint"]


@dataclass(frozen=True)
class PairFinding:
    """
    What one check found in one pair.

    The spans are characters of the plain texts; None where a side has no words for it.
    ``fixes`` would mend the target, or the source if only that has a span. ``facts`` is what was
    found on both sides, in no language; ``params`` fill the code's sentence.
    """

    code: str
    severity: Severity
    source_span: Span | None = None
    target_span: Span | None = None
    facts: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict, compare=False)


def fingerprint(finding: PairFinding) -> str:
    """
    Return what a dismissal is tied to: 32 characters, the same while code and facts are.

    Where the words stand plays no part, so that a dismissal outlives an edit elsewhere.
    """
    said = "\x1f".join((finding.code, *finding.facts))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
