"""What changed between two texts, in words, for people to read."""

import enum
import html as html_module
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from diff_match_patch import diff_match_patch
from rapidfuzz import fuzz

from articles.richtext import Block, Html, Kind, split_blocks


class ChangeKind(enum.StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class BlockState(enum.StrEnum):
    """What became of a block; a moved one may have changed as well."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """A stretch of text that stayed, went or came."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True)
class BlockChange:
    """One row of a comparison of bodies; the side on which the block is absent is None."""

    state: BlockState
    old: Block | None
    new: Block | None
    changes: tuple[Change, ...]

    @property
    def old_html(self) -> str:
        """Return the inner HTML that was, '' if the block is new."""
        return self.old.html if self.old else ""

    @property
    def new_html(self) -> str:
        """Return the inner HTML that is, '' if the block is gone."""
        return self.new.html if self.new else ""


# A tag, an entity, a word (with inner points, commas, apostrophes and hyphens: 1.234,5 and
# seolah-olah are one), a run of spaces, any other character.
_TOKEN = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;|\w+(?:[-.,'’]\w+)*|\s+|.", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MOST_TOKENS = 50_000

# The comparison shifts a change to the nearest end of a word, which it tells by the sort of
# character. So every word stands as a letter, every run of spaces as a space, all else as a sign.
_LETTERS = range(0x20000, 0x2A6D0)
_SIGNS = range(0xF0000, 0x10FFFE)
_BLANKS = (0x20, 0xA0, 0x09, *range(0x2000, 0x200B))

_SIMILAR = 50
_MOST_COMPARISONS = 40_000


def diff(old: str, new: str) -> list[Change]:
    """
    Return the changes from one text to another, in order, never cutting a word, number or tag.

    The texts are plain or inline HTML. Without the added stretches the changes make the old text,
    without the removed ones the new. Texts of more than 50,000 tokens are not looked into.
    """
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    if old == new or max(len(old_tokens), len(new_tokens)) > _MOST_TOKENS:
        return _unlike(old, new)
    codes = _codes(dict.fromkeys(old_tokens + new_tokens))
    tokens = {code: token for token, code in codes.items()}
    engine = diff_match_patch()
    steps = engine.diff_main(
        "".join(codes[token] for token in old_tokens),
        "".join(codes[token] for token in new_tokens),
        checklines=False,
    )
    engine.diff_cleanupSemantic(steps)
    kinds = {-1: ChangeKind.REMOVED, 0: ChangeKind.SAME, 1: ChangeKind.ADDED}
    return [
        Change(kinds[operation], "".join(tokens[code] for code in text))
        for operation, text in steps
        if text
    ]


def diff_html(old: str, new: str, *, removed_label: str = "", added_label: str = "") -> Html:
    """
    Return the changes as HTML with ``del`` and ``ins``.

    See ``changes_html`` for the labels and for what becomes of tags in the texts.
    """
    return changes_html(diff(old, new), removed_label=removed_label, added_label=added_label)


def changes_html(
    changes: Iterable[Change], *, removed_label: str = "", added_label: str = ""
) -> Html:
    """
    Return changes as HTML with ``del`` and ``ins``.

    The labels are read out by screen readers before what went and came; they are not seen. Tags
    in the text are shown by name, in ``code.markup``, and have no effect.
    """
    return _marked(changes, frozenset(), removed_label, added_label)


def printed_changes_html(
    changes: Sequence[Change], *, removed_label: str = "", added_label: str = ""
) -> Html:
    """
    Return the changes of one block's inner HTML as HTML; markup that both texts share is kept.

    Only markup that changed is shown by name. The texts must be canonical: their tags are printed
    as they are.
    """
    return _marked(changes, _shared_tags(changes), removed_label, added_label)


def diff_bodies(old: str, new: str) -> list[BlockChange]:
    """
    Return the comparison of two bodies, a row for each block, in the order of the new one.

    Blocks belong together by their id, else by equal words, else by likeness. Removed blocks
    stand where they stood. Bodies with more than 200 blocks of unknown origin on each side are not
    searched for likeness.
    """
    old_blocks, new_blocks = split_blocks(old), split_blocks(new)
    origins = _origins(old_blocks, new_blocks)
    in_place = set(longest_rise([origin for origin in origins if origin is not None]))
    gone = sorted(set(range(len(old_blocks))) - set(origins))
    rows: list[BlockChange] = []
    for block, origin in zip(new_blocks, origins, strict=True):
        if origin is None:
            rows.append(_row(BlockState.ADDED, None, block))
            continue
        before = old_blocks[origin]
        if origin in in_place:
            while gone and gone[0] < origin:
                rows.append(_row(BlockState.REMOVED, old_blocks[gone.pop(0)], None))
            is_same = (before.kind, before.tag, before.html, before.attributes) == (
                block.kind,
                block.tag,
                block.html,
                block.attributes,
            )
            rows.append(_row(BlockState.SAME if is_same else BlockState.CHANGED, before, block))
        else:
            rows.append(_row(BlockState.MOVED, before, block))
    rows.extend(_row(BlockState.REMOVED, old_blocks[place], None) for place in gone)
    return rows


def _unlike(old: str, new: str) -> list[Change]:
    if old == new:
        return [Change(ChangeKind.SAME, old)] if old else []
    pairs = ((ChangeKind.REMOVED, old), (ChangeKind.ADDED, new))
    return [Change(kind, text) for kind, text in pairs if text]


def _codes(tokens: Iterable[str]) -> dict[str, str]:
    letters, signs, blanks = iter(_LETTERS), iter(_SIGNS), iter(_BLANKS)
    codes: dict[str, str] = {}
    for token in tokens:
        preferred = letters if token[0].isalnum() else blanks if token.isspace() else signs
        codes[token] = chr(next(preferred, 0) or next(signs))
    return codes


def _shared_tags(changes: Sequence[Change]) -> frozenset[int]:
    """Return which tags, counted over all changes, are a pair in the old and the new text."""
    tags = [(change.kind, tag) for change in changes for tag in _TAG.findall(change.text)]
    pairs: list[set[tuple[int, int]]] = []
    for side in (ChangeKind.REMOVED, ChangeKind.ADDED):
        opened: list[int] = []
        found: set[tuple[int, int]] = set()
        for number, (kind, tag) in enumerate(tags):
            if kind not in {ChangeKind.SAME, side}:
                continue
            if not tag.startswith("</"):
                opened.append(number)
            elif opened:
                found.add((opened.pop(), number))
        pairs.append(found)
    old, new = pairs
    return frozenset(number for pair in old & new for number in pair)


def _marked(
    changes: Iterable[Change], printed: frozenset[int], removed_label: str, added_label: str
) -> Html:
    """Return changes with ``del`` and ``ins``; tags whose number is not printed stand by name."""
    pieces = []
    numbers = count()
    for change in changes:
        text = _shown(change.text, printed, numbers)
        if change.kind is ChangeKind.REMOVED:
            text = f"<del>{_label(removed_label)}{text}</del>"
        elif change.kind is ChangeKind.ADDED:
            text = f"<ins>{_label(added_label)}{text}</ins>"
        pieces.append(text)
    return Html("".join(pieces))


def _shown(text: str, printed: frozenset[int], numbers: Iterator[int]) -> str:
    pieces: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        pieces.append(_text(text[end : tag.start()]))
        is_printed = next(numbers) in printed
        pieces.append(
            tag[0] if is_printed else f'<code class="markup">{_text(tag[0][1:-1])}</code>'
        )
        end = tag.end()
    pieces.append(_text(text[end:]))
    return "".join(pieces)


def _text(text: str) -> str:
    return html_module.escape(html_module.unescape(text))


def _label(label: str) -> str:
    return f'<span class="visually-hidden">{html_module.escape(label)} </span>' if label else ""


def _row(state: BlockState, old: Block | None, new: Block | None) -> BlockChange:
    changes = diff(old.html if old else "", new.html if new else "")
    return BlockChange(state, old, new, tuple(changes))


def _origins(old: Sequence[Block], new: Sequence[Block]) -> list[int | None]:
    """Return for each new block the place of the old block it comes from."""
    by_bid = {block.bid: place for place, block in enumerate(old)}
    origins = [by_bid.get(block.bid) for block in new]
    free_old = sorted(set(range(len(old))) - set(origins))
    free_new = [place for place, origin in enumerate(origins) if origin is None]
    for old_place, new_place in _best_pairs(old, new, free_old, free_new):
        origins[new_place] = old_place
    return origins


def _best_pairs(
    old: Sequence[Block], new: Sequence[Block], free_old: Sequence[int], free_new: Sequence[int]
) -> Iterator[tuple[int, int]]:
    if len(free_old) * len(free_new) > _MOST_COMPARISONS:
        return
    scores = [(_likeness(old[i], new[j]), -abs(i - j), i, j) for i in free_old for j in free_new]
    used_old: set[int] = set()
    used_new: set[int] = set()
    for score, _, i, j in sorted(scores, reverse=True):
        if score < _SIMILAR:
            return
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            yield i, j


def _likeness(old: Block, new: Block) -> float:
    """Return how alike two blocks are, 0.0 to 100.0 (the same words)."""
    apart = {Kind.EMBED, Kind.FIGURE}
    if old.kind != new.kind and apart & {old.kind, new.kind}:
        return 0.0
    if old.kind in apart:
        return 100.0 if old.attributes == new.attributes else 0.0
    return fuzz.ratio(old.text, new.text, score_cutoff=_SIMILAR)


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the longest rising subsequence: the blocks that kept their order."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        if at == len(tails):
            tails.append(number)
            places.append(place)
        else:
            tails[at] = number
            places[at] = place
        previous.append(places[at - 1] if at else -1)
    rise: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        rise.append(numbers[place])
        place = previous[place]
    return rise[::-1]
