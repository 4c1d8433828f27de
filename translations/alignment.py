"""
Which block of a text became which block of its next version: pure functions over words.

Ids help and decide nothing: a pasted, imported or rewritten text has other ids, or the same ids
on other words. Only words count here; markup is not text.
"""

import enum
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from articles.diffing import longest_rise


class Kind(enum.StrEnum):
    """What became of a block; a moved one says the same, elsewhere."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Piece:
    """A block as it is compared: its id, '' if it has none, and its plain text."""

    bid: str
    text: str


@dataclass(frozen=True)
class Match:
    """
    Where a new block comes from.

    ``origins`` are places in the old text: none for an inserted block, several for a merged one.
    The parts of a split block share theirs.
    """

    kind: Kind
    origins: tuple[int, ...] = ()


@dataclass(frozen=True)
class Alignment:
    """One match for each new block, in order, and the old blocks of which nothing is left."""

    matches: tuple[Match, ...]
    removed: tuple[int, ...]


# How alike, 0.0 to 1.0, two blocks must be to be one block: anywhere in the text, between the
# same neighbours, and with the same id. Unrelated news paragraphs reach 0.3.
_ANYWHERE = 0.5
_IN_PLACE = 0.36
_SAME_ID = 0.3
# What share of a piece's words its whole must hold, that no other piece of it holds.
_PART = 0.55
# A piece of fewer words must be there word for word.
_FEW_WORDS = 4
# Up to so many words, letters are compared as well: “Kapal tiba” and “Kapalnya tiba”.
_SHORT = 10
_MOST_COMPARISONS = 40_000

_WORD = re.compile(r"\w+(?:[-.,/:']\w+)*")
_PLAIN = str.maketrans({
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-",
    "\u00ad": None,
})  # fmt: skip
# Each distinct word stands as one character, so that words are compared as fast as letters.
_FIRST_CODE, _SURROGATES, _LAST_CODE = 0x100, range(0xD800, 0xE000), 0x10FFFF


def align(old: Sequence[Piece], new: Sequence[Piece]) -> Alignment:
    """
    Return what became of each block between two versions of a text.

    Equal words first, then what is most alike, wherever it stands; then what is left is looked
    for as a part of a block that was split, or in one that blocks were merged into. No old block
    is given to two new ones but to the parts of a split one. The time grows with the product of
    the numbers of blocks that changed; of more than 40,000 pairs only the nearest are compared.
    """
    search = _Search(old, new)
    search.pair_equal()
    search.pair_same_ids()
    search.pair_alike()
    search.gather_parts()
    search.pair_in_place()
    search.gather_parts()
    return search.result()


class _Search:
    """Finds the origins of new blocks, step by step; what is found stays."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self._old, self._new = old, new
        codes: dict[str, str] = {}
        self._old_texts, self._new_texts = ([_plain(p.text) for p in side] for side in (old, new))
        self._old_words, self._new_words = (
            [_coded(text, codes) for text in side] for side in (self._old_texts, self._new_texts)
        )
        self._origins: list[list[int]] = [[] for _ in new]
        self._parts: list[list[int]] = [[] for _ in old]

    def pair_equal(self) -> None:
        """Pair blocks with the same words: first those with the same id, then in order."""
        # Of an id that stands twice, the first block.
        places: dict[tuple[str, str], int] = {}
        for i, (piece, text) in enumerate(zip(self._old, self._old_texts, strict=True)):
            places.setdefault((piece.bid, text), i)
        for j, (piece, text) in enumerate(zip(self._new, self._new_texts, strict=True)):
            place = places.get((piece.bid, text)) if piece.bid else None
            if place is not None and not self._parts[place]:
                self._pair(place, j)
        free_old, free_new = self._free_old(), self._free_new()
        texts = [self._old_texts[i] for i in free_old], [self._new_texts[j] for j in free_new]
        for step in LCSseq.opcodes(*texts):
            if step.tag == "equal":
                for k in range(step.src_end - step.src_start):
                    self._pair(free_old[step.src_start + k], free_new[step.dest_start + k])
        left: dict[str, list[int]] = {}
        for i in reversed(self._free_old()):
            left.setdefault(self._old_texts[i], []).append(i)
        for j in self._free_new():
            if places_left := left.get(self._new_texts[j]):
                self._pair(places_left.pop(), j)

    def pair_same_ids(self) -> None:
        """Pair blocks with the same id unless their words have too little in common."""
        places = {self._old[i].bid: i for i in self._free_old()}
        found = [
            (self._likeness(places[bid], j), places[bid], j)
            for j in self._free_new()
            if (bid := self._new[j].bid) and bid in places
        ]
        self._pair_best(candidate for candidate in found if candidate[0] >= _SAME_ID)

    def pair_alike(self) -> None:
        """Pair what is alike, the most alike first, wherever it stands."""
        free_old, free_new = self._free_old(), self._free_new()
        reach = len(free_old)
        if reach * len(free_new) > _MOST_COMPARISONS:
            reach = _MOST_COMPARISONS // (2 * len(free_new))
        self._pair_best(
            (likeness, i, j)
            for a, j in enumerate(free_new)
            for i in free_old[max(0, a - reach) : a + reach + 1]
            if (likeness := self._likeness(i, j)) >= _ANYWHERE
        )

    def pair_in_place(self) -> None:
        """Pair what is somewhat alike and stands between the same neighbours."""
        paired = [(origins[0], j) for j, origins in enumerate(self._origins) if origins]
        rise = set(longest_rise([i for i, _ in paired]))
        anchors = [(i, j) for i, j in paired if i in rise]
        old_anchors, new_anchors = sorted({i for i, _ in anchors}), [j for _, j in anchors]
        gaps: dict[int, list[int]] = {}
        for i in self._free_old():
            gaps.setdefault(bisect_right(old_anchors, i), []).append(i)
        found = (
            (self._likeness(i, j), i, j)
            for j in self._free_new()
            for i in gaps.get(_gap(anchors, old_anchors, bisect_right(new_anchors, j)), ())
        )
        self._pair_best(candidate for candidate in found if candidate[0] >= _IN_PLACE)

    def gather_parts(self) -> None:
        """Give pieces left over to the block they were split from, or were merged into."""
        split = _Holding(self._old_words, self._new_words, self._parts)
        for j in self._free_new():
            wholes = [i for i, parts in enumerate(self._parts) if self._is_whole(i, parts)]
            if (whole := split.holder_of(j, wholes)) is not None:
                self._pair(whole, j)
        merged = _Holding(self._new_words, self._old_words, self._origins)
        for i in self._free_old():
            wholes = [j for j, origins in enumerate(self._origins) if self._is_sum(origins)]
            if (whole := merged.holder_of(i, wholes)) is not None:
                self._pair(i, whole)

    def result(self) -> Alignment:
        single = [
            origins[0]
            for origins in self._origins
            if len(origins) == 1 and len(self._parts[origins[0]]) == 1
        ]
        in_order = set(longest_rise(single))
        return Alignment(
            matches=tuple(self._match(j, in_order) for j in range(len(self._new))),
            removed=tuple(self._free_old()),
        )

    def _match(self, j: int, in_order: set[int]) -> Match:
        origins = tuple(sorted(self._origins[j]))
        if not origins:
            return Match(Kind.INSERTED)
        if len(origins) > 1:
            return Match(Kind.MERGED, origins)
        (i,) = origins
        if len(self._parts[i]) > 1:
            return Match(Kind.SPLIT, origins)
        # Compared as they are: a changed quotation mark or capital is an edit.
        if self._old[i].text.split() != self._new[j].text.split():
            return Match(Kind.EDITED, origins)
        return Match(Kind.UNCHANGED if i in in_order else Kind.MOVED, origins)

    def _free_old(self) -> list[int]:
        return [i for i, parts in enumerate(self._parts) if not parts]

    def _free_new(self) -> list[int]:
        return [j for j, origins in enumerate(self._origins) if not origins]

    def _is_whole(self, i: int, parts: list[int]) -> bool:
        """Whether an old block went to new ones that hold nothing else."""
        return bool(parts) and all(self._origins[j] == [i] for j in parts)

    def _is_sum(self, origins: list[int]) -> bool:
        """Whether a new block came from old ones that went nowhere else."""
        return bool(origins) and all(len(self._parts[i]) == 1 for i in origins)

    def _pair(self, i: int, j: int) -> None:
        self._parts[i].append(j)
        self._origins[j].append(i)

    def _pair_best(self, candidates: Iterable[tuple[float, int, int]]) -> None:
        for _likeness, i, j in sorted(candidates, key=lambda c: (-c[0], abs(c[1] - c[2]), c[1:])):
            if not self._parts[i] and not self._origins[j]:
                self._pair(i, j)

    def _likeness(self, i: int, j: int) -> float:
        """How much of their words two blocks share, in order: 0.0 to 1.0."""
        ours, theirs = self._old_words[i], self._new_words[j]
        total = len(ours) + len(theirs)
        shared = 2 * LCSseq.similarity(ours, theirs) / total if total else 0.0
        if shared >= _ANYWHERE or min(len(ours), len(theirs)) > _SHORT:
            return shared
        # Half of the letters of unrelated texts agree.
        letters = fuzz.ratio(self._old_texts[i], self._new_texts[j]) / 50 - 1
        return max(shared, letters)


def _gap(anchors: Sequence[tuple[int, int]], old_anchors: Sequence[int], before: int) -> int:
    """The number of the old gap that a new block stands in, ``before`` anchors after it."""
    return bisect_right(old_anchors, anchors[before - 1][0]) if before else 0


@dataclass(frozen=True)
class _Holding:
    """Wholes and pieces as words, and which pieces each whole holds."""

    wholes: Sequence[str]
    pieces: Sequence[str]
    held: Sequence[Sequence[int]]

    def holder_of(self, place: int, candidates: Iterable[int]) -> int | None:
        """
        Return which whole a piece belongs to together with the pieces it holds already, or None.

        The piece must cover words of the whole that the others leave uncovered.
        """
        piece = self.pieces[place]
        needed = len(piece) if len(piece) < _FEW_WORDS else _PART * len(piece)
        gains = {
            candidate: self._gain(candidate, place)
            for candidate in candidates
            if piece and LCSseq.similarity(self.wholes[candidate], piece) >= needed
        }
        best = max(gains, key=lambda candidate: gains[candidate], default=None)
        return best if best is not None and gains[best] >= needed else None

    def _gain(self, candidate: int, place: int) -> int:
        """How many words of a whole a piece covers beside those it holds."""
        others = sorted(self.held[candidate])
        # In reading order, unless a piece was moved since.
        orders = (sorted((*others, place)), (place, *others), (*others, place))
        return max(self._covered(candidate, order) for order in orders) - self._covered(
            candidate, others
        )

    def _covered(self, candidate: int, pieces: Sequence[int]) -> int:
        words = "".join(self.pieces[piece] for piece in pieces)
        return LCSseq.similarity(self.wholes[candidate], words)


def _plain(text: str) -> str:
    """The text without what types differently and reads alike: quotes, dashes, case, spaces."""
    return " ".join(text.translate(_PLAIN).casefold().split())


def _coded(text: str, codes: dict[str, str]) -> str:
    """The words of a text, a character for each; the marks of a text without words."""
    words = _WORD.findall(text) or text.split()
    return "".join(codes.setdefault(word, _code(len(codes))) for word in words)


def _code(number: int) -> str:
    code = _FIRST_CODE + number
    if code >= _SURROGATES.start:
        code += len(_SURROGATES)
    return chr(min(code, _LAST_CODE))
