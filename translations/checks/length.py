"""A translation far longer or shorter than its source: something was left out or added."""

import math
from collections.abc import Iterable

from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair

# Gale and Church's model: characters of the target for each of the source, and the variance of
# that for each character. Measured on published and on translated news (docs/reference/checks.md).
_MODELS = {("id", "en"): (0.92, 5.0), ("en", "id"): (1.08, 5.0)}
_OTHERWISE = (1.0, 6.0)
_SHORTEST = 60
_FAR = 4.0


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find a target whose length no translator's habit explains; short texts are left alone."""
    source, target = (len(" ".join(text.split())) for text in (pair.source.text, pair.target.text))
    if source < _SHORTEST or pair.source_language == pair.target_language:
        return
    ratio, variance = _MODELS.get((pair.source_language, pair.target_language), _OTHERWISE)
    distance = (target - source * ratio) / math.sqrt(variance * source)
    if abs(distance) > _FAR:
        yield PairFinding(
            "length-short" if distance < 0 else "length-long",
            Severity.WARNING,
            facts=(str(source), str(target)),
            params={"source": str(source), "target": str(target)},
        )
