"""Numbers that the translation states otherwise, leaves out or adds."""

from collections.abc import Iterable, Sequence

from articles.facts import Change, Fact, Identifier, Likeness, Number, Strength, Vague
from translations.checks.finding import PairFinding, Severity
from translations.checks.pair import Pair
from translations.checks.places import span_of
from translations.checks.quotations import Quotation, quotations

_SURE = (Likeness.MAGNITUDE, Likeness.TRANSPOSED, Likeness.CLOSE)


def check(pair: Pair) -> Iterable[PairFinding]:
    """Find changed, rounded, missing and added numbers, and figures changed in a quotation."""
    comparison = pair.comparison
    changes = [change for change in comparison.changes if _is_number(change.source)]
    missing = [fact for fact in comparison.missing if isinstance(fact, Number)]
    extra = [fact for fact in comparison.extra if isinstance(fact, Number)]
    is_alone = len(changes) == 1 and not missing and not extra
    for change in changes:
        yield _changed(change, is_alone=is_alone)
    quoted = list(_changed_quotations(pair, missing, extra))
    yield from (finding for finding, _facts in quoted)
    told = [fact for _finding, facts in quoted for fact in facts]
    for fact in missing:
        if not any(fact is other for other in told):
            yield PairFinding(
                "num-missing",
                _gravity(fact),
                source_span=span_of(fact),
                facts=(fact.key, ""),
                params={"source": fact.text},
            )
    for fact in extra:
        if not any(fact is other for other in told):
            yield PairFinding(
                "num-extra",
                _gravity(fact),
                target_span=span_of(fact),
                facts=("", fact.key),
                params={"target": fact.text},
            )


def _is_number(fact: Fact) -> bool:
    return isinstance(fact, Number | Identifier | Vague)


def _changed(change: Change, *, is_alone: bool) -> PairFinding:
    code, severity = "num-changed", Severity.WARNING
    if change.likeness is Likeness.ROUNDED:
        code, severity = "num-rounded", Severity.NOTICE
    elif (change.likeness in _SURE and not _is_vague(change)) or (
        change.likeness is Likeness.SAME_PLACE and is_alone and _are_figures(change)
    ):
        severity = Severity.ERROR
    return PairFinding(
        code,
        severity,
        span_of(change.source),
        span_of(change.target),
        facts=(change.source.key, change.target.key),
        params={"source": change.source.text, "target": change.target.text},
    )


def _is_vague(change: Change) -> bool:
    return isinstance(change.source, Vague) or isinstance(change.target, Vague)


def _are_figures(change: Change) -> bool:
    return all(
        isinstance(fact, Number) and fact.strength is Strength.HARD
        for fact in (change.source, change.target)
    )


def _gravity(number: Number) -> Severity:
    """A year, a decade or a number in words is often told otherwise."""
    is_light = number.is_year or number.is_decade or number.strength is Strength.WORD
    return Severity.NOTICE if is_light else Severity.WARNING


def _changed_quotations(
    pair: Pair, missing: Sequence[Number], extra: Sequence[Number]
) -> Iterable[tuple[PairFinding, tuple[Number, Number]]]:
    """Figures that differ in what is the same quotation on both sides."""
    sources, targets = quotations(pair.source.text), quotations(pair.target.text)
    if len(sources) != len(targets):
        return
    for source, target in zip(sources, targets, strict=True):
        gone = [fact for fact in missing if _is_figure_in(fact, source)]
        come = [fact for fact in extra if _is_figure_in(fact, target)]
        if len(gone) == len(come) == 1:
            one, other = gone[0], come[0]
            finding = PairFinding(
                "quote-figure",
                Severity.ERROR,
                span_of(one),
                span_of(other),
                facts=(one.key, other.key),
                params={"source": one.text, "target": other.text},
            )
            yield finding, (one, other)


def _is_figure_in(number: Number, quotation: Quotation) -> bool:
    return (
        number.strength is Strength.HARD
        and quotation.start <= number.start
        and number.end <= quotation.end
    )
