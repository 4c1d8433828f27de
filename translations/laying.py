"""
From a source text to units and back: pure functions over texts and blocks.

A document's units are its lines beside the body (headline, standfirst …) and the
translatable blocks of its body, each known by an id that its translation carries too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from articles import richtext
from articles.models import TEXT_FIELDS, Text
from articles.recording import Draft, fold

# In the order a reader meets them; the body's blocks follow the standfirst.
_BEFORE_BODY = ("headline", "standfirst", "dateline")
_AFTER_BODY = ("image_caption", "image_alt")
assert {*_BEFORE_BODY, *_AFTER_BODY, "body"} == {*TEXT_FIELDS}  # noqa: S101

# A block with less in common than this (0 to 100) is another block.
SIMILAR = 70


@dataclass(frozen=True)
class SourceBlock:
    """One thing to translate: ``html`` is inner HTML, plain text for a line."""

    bid: str
    kind: str
    html: str


@dataclass(frozen=True)
class Pairing:
    """A block as it was and its translation, which may be half-written."""

    bid: str
    source_html: str
    target_html: str
    is_done: bool = True


def source_blocks(text: Text) -> list[SourceBlock]:
    """Return everything of a source text that its translation must say, in reading order."""
    return [
        *_lines(text, _BEFORE_BODY),
        *(
            SourceBlock(block.bid, block.kind, block.html)
            for block in richtext.split_blocks(text.body)
            if richtext.is_translatable(block)
        ),
        *_lines(text, _AFTER_BODY),
    ]


def pairings(source: Text, target: Text) -> list[Pairing]:
    """Return a source text's blocks that a target text translates, paired by id."""
    said = {block.bid: block.html for block in source_blocks(target)}
    return [
        Pairing(block.bid, block.html, said[block.bid])
        for block in source_blocks(source)
        if said.get(block.bid)
    ]


def carry_over(blocks: Sequence[SourceBlock], earlier: Iterable[Pairing]) -> dict[str, Pairing]:
    """
    Return, by the id of a block, the earlier translation that belongs to it.

    The same id first, then the same words, then the most similar words (at least ``SIMILAR``);
    no earlier translation is given to two blocks.
    """
    by_bid = {pairing.bid: pairing for pairing in earlier}
    found = {block.bid: by_bid.pop(block.bid) for block in blocks if block.bid in by_bid}
    # Lines are only ever themselves: a changed headline is no paragraph.
    left = {bid: pairing for bid, pairing in by_bid.items() if not bid.startswith("@")}
    orphans = [b for b in blocks if b.bid not in found and not b.bid.startswith("@")]
    for cutoff in (100, SIMILAR):
        for block in orphans:
            if block.bid in found or not left:
                continue
            choices = {bid: pairing.source_html for bid, pairing in left.items()}
            match = process.extractOne(block.html, choices, scorer=fuzz.ratio, score_cutoff=cutoff)
            if match is not None:
                found[block.bid] = left.pop(match[2])
    return found


def assemble(source: Text, targets: Mapping[str, str]) -> Draft:
    """
    Return the translation of a source text, given the target of each unit by its id.

    Blocks without words (pictures, embeds) are copied; every block keeps its source's id.
    """
    body = richtext.join_blocks(
        richtext.replace_text(block, targets[block.bid])
        if richtext.is_translatable(block)
        else block
        for block in richtext.split_blocks(source.body)
    )
    lines = {name: targets.get(f"@{name}", "") for name in (*_BEFORE_BODY, *_AFTER_BODY)}
    return Draft(**lines, body=body).normalised()


def clean_target(kind: str, bid: str, html: str) -> str:
    """Return a target as it is stored: a folded line, or the markup its kind of block allows."""
    if bid.startswith("@"):
        return fold(html)
    return richtext.from_inner(richtext.Kind(kind), html)


def _lines(text: Text, names: Iterable[str]) -> list[SourceBlock]:
    return [
        SourceBlock(f"@{name}", name, getattr(text, name)) for name in names if getattr(text, name)
    ]
