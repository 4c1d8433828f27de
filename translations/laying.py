"""
From a source text to units and back: pure functions over texts and blocks.

A document's units are its lines beside the body (headline, standfirst …) and the
translatable blocks of its body, each known by an id that its translation carries too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles import richtext
from articles.models import TEXT_FIELDS, Text
from articles.recording import Draft, fold
from translations.alignment import Kind, Piece, align

# In the order a reader meets them; the body's blocks follow the standfirst.
_BEFORE_BODY = ("headline", "standfirst", "dateline")
_AFTER_BODY = ("image_caption", "image_alt")
assert {*_BEFORE_BODY, *_AFTER_BODY, "body"} == {*TEXT_FIELDS}  # noqa: S101


@dataclass(frozen=True)
class SourceBlock:
    """One thing to translate: ``html`` is inner HTML, plain text for a line."""

    bid: str
    kind: str
    html: str


@dataclass(frozen=True)
class Pairing:
    """A block as it was and its translation, which may be half-written or still empty."""

    bid: str
    source_html: str
    target_html: str
    is_done: bool = True


@dataclass(frozen=True)
class Offer:
    """
    What an earlier text has to offer for a block, and what became of the block since.

    Several earlier pairings where blocks were merged; the parts of a split block are offered the
    same one.
    """

    kind: Kind
    earlier: tuple[Pairing, ...] = ()
    source_html: str = ""
    target_html: str = ""

    @property
    def is_done(self) -> bool:
        return all(pairing.is_done for pairing in self.earlier)


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


def carry_over(blocks: Sequence[SourceBlock], earlier: Sequence[Pairing]) -> dict[str, Offer]:
    """
    Return, by the id of each block, what became of it and which earlier translation it has.

    ``earlier`` is in reading order. No earlier translation is given to two blocks but to the
    parts of a split one.
    """
    # Lines are only ever themselves: a changed headline is no paragraph.
    lines = {pairing.bid: pairing for pairing in earlier if is_line(pairing.bid)}
    found = {
        block.bid: _line_offer(block, lines.get(block.bid))
        for block in blocks
        if is_line(block.bid)
    }
    old = [pairing for pairing in earlier if not is_line(pairing.bid)]
    new = [block for block in blocks if not is_line(block.bid)]
    alignment = align(
        [Piece(pairing.bid, richtext.text_of(pairing.source_html)) for pairing in old],
        [Piece(block.bid, richtext.text_of(block.html)) for block in new],
    )
    for block, match in zip(new, alignment.matches, strict=True):
        found[block.bid] = _offer(block, match.kind, [old[place] for place in match.origins])
    return found


def says_the_same(bid: str, one: str, other: str) -> bool:
    """Whether two texts of a block have the same words, whatever their markup."""
    if one == other:
        return True
    if is_line(bid):
        return one.split() == other.split()
    return richtext.text_of(one).split() == richtext.text_of(other).split()


def is_line(bid: str) -> bool:
    """Whether an id is that of a line beside the body, which has no markup."""
    return bid.startswith("@")


def join(kind: str, bid: str, texts: Iterable[str]) -> str:
    """Return several blocks' texts as one, in the markup that a kind of block allows."""
    written = [text for text in texts if text]
    return clean_target(kind, bid, " ".join(written)) if len(written) > 1 else "".join(written)


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
    if is_line(bid):
        return fold(html)
    return richtext.from_inner(richtext.Kind(kind), html)


def _line_offer(block: SourceBlock, earlier: Pairing | None) -> Offer:
    if earlier is None:
        return Offer(Kind.INSERTED)
    same = says_the_same(block.bid, block.html, earlier.source_html)
    return _offer(block, Kind.UNCHANGED if same else Kind.EDITED, [earlier])


def _offer(block: SourceBlock, kind: Kind, earlier: Sequence[Pairing]) -> Offer:
    written = [pairing for pairing in earlier if pairing.target_html]
    return Offer(
        kind=kind,
        earlier=tuple(earlier),
        source_html=join(block.kind, block.bid, (p.source_html for p in written or earlier)),
        target_html=join(block.kind, block.bid, (p.target_html for p in written)),
    )


def _lines(text: Text, names: Iterable[str]) -> list[SourceBlock]:
    return [
        SourceBlock(f"@{name}", name, getattr(text, name)) for name in names if getattr(text, name)
    ]
