"""Links: the translation leads where the source leads."""

import re
from collections import Counter
from collections.abc import Iterable

from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair

# An address of this site begins with the language; an article's ends in a slug of its own.
_OWN = re.compile(r"/[a-z]{2}/(\d{4}/\d\d/\d\d/)?(.*)")


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find links that one side has and the other has not; their order is free."""
    source, target = (Counter(map(_same_everywhere, side)) for side in _links(pair))
    gone, come = source - target, target - source
    if not gone and not come:
        return
    missing, extra = sorted(gone.elements()), sorted(come.elements())
    yield PairFinding(
        "link-set",
        Severity.ERROR,
        facts=(" ".join(missing), " ".join(extra)),
        params={"missing": ", ".join(missing), "extra": ", ".join(extra)},
    )


def _links(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return pair.source.links, pair.target.links


def _same_everywhere(href: str) -> str:
    """An address without what differs between the languages of this site."""
    own = _OWN.fullmatch(href)
    if own is None:
        return href.rstrip("/")
    return f"/…/{own[1]}" if own[1] else "/…/"
