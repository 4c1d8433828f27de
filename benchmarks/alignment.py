"""
How well blocks are followed from one version of a text to the next, on texts made for it.

    python benchmarks/alignment.py [--documents 600] [--seed 1] [ARTICLES.jsonl]

makes documents of 8 to 30 paragraphs, applies one to eight operations to each (edit, heavy edit,
insert, delete, move, split, merge), and compares what ``translations.alignment`` finds, without
ids, with what was done. ``ARTICLES.jsonl`` gives real paragraphs (an object a line, ``body`` a
list of paragraphs); without it they are made of the words below. The exit status is 1 if a limit
is missed.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from translations.alignment import Kind, Match, Piece, align

# The shares, 0.0 to 1.0, that must be reached.
LIMITS = {"matched": 0.995, "inserted, no origin": 1.0, "edited, flagged": 1.0, "split": 0.97}


def _words(words: str) -> list[str]:
    return words.split()


WORDS = _words(
    "kapal kopi muatan pelabuhan warga menteri pemerintah harga beras ekspor impor jalan banjir"
    " hujan petani nelayan sekolah guru murid rumah sakit dokter obat listrik tambang hutan laut"
    " pulau kota desa anggaran pajak bank bunga saham pasar pabrik buruh upah serikat rapat"
    " keputusan undang aturan hakim jaksa polisi saksi korban kebakaran gempa bandara pesawat"
    " penumpang kereta stasiun jembatan air bersih sungai sampah energi surya angin batu bara"
    " minyak gas pipa kilang mengatakan menyebut menolak menerima membangun menutup membuka"
    " menaikkan menurunkan memeriksa menjelaskan menunggu mengirim membeli menjual besar kecil baru"
    " lama tinggi rendah cepat lambat pertama kedua tahun bulan pekan hari pagi malam kemarin lalu"
)
COMMON = _words("yang di dan itu dengan untuk dari pada dalam ini tidak akan telah oleh juga")


@dataclass(frozen=True)
class Block:
    """A block of the new version: its sentences, where it came from, and what was done to it."""

    sentences: tuple[str, ...]
    origins: tuple[int, ...] = ()
    done: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass
class Found:
    """What was counted over all documents."""

    blocks: Counter[str]
    right: Counter[str]
    seconds: float = 0.0

    def count(self, what: str, *, is_right: bool) -> None:
        self.blocks[what] += 1
        self.right[what] += is_right


class Maker:
    """Makes documents and changes them, the same ones for the same seed."""

    def __init__(self, seed: int, paragraphs: Sequence[tuple[str, ...]]) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made texts, no secrets
        self._paragraphs = paragraphs

    def document(self) -> list[Block]:
        count = self._random.randint(8, 30)
        texts: dict[str, tuple[str, ...]] = {}
        while len(texts) < count:
            sentences = self._paragraph()
            texts[" ".join(sentences)] = sentences
        return [Block(text, (place,)) for place, text in enumerate(texts.values())]

    def changed(self, document: Sequence[Block]) -> list[Block]:
        blocks = list(document)
        acts: list[Callable[[list[Block]], None]] = [
            self._edit, self._edit_heavily, self._insert, self._delete, self._move, self._split,
            self._merge,
        ]  # fmt: skip
        for _ in range(self._random.randint(1, 8)):
            self._random.choice(acts)(blocks)
        return blocks

    def _edit(self, blocks: list[Block]) -> None:
        self._replace_words(blocks, most=0.15, done="edit")

    def _edit_heavily(self, blocks: list[Block]) -> None:
        self._replace_words(blocks, most=0.45, done="heavy edit")

    def _replace_words(self, blocks: list[Block], *, most: float, done: str) -> None:
        place = self._untouched(blocks)
        if place is None:
            return
        sentences = [sentence.split() for sentence in blocks[place].sentences]
        words = [(s, w) for s, sentence in enumerate(sentences) for w in range(len(sentence))]
        least = 1 if done == "edit" else max(1, round(0.25 * len(words)))
        chosen = self._random.sample(
            words, max(least, round(self._random.random() * most * len(words)))
        )
        for s, w in chosen:
            sentences[s][w] = self._random.choice(WORDS) + self._random.choice(["", "nya", "kan"])
        said = tuple(" ".join(sentence) for sentence in sentences)
        if " ".join(said) != blocks[place].text:
            blocks[place] = replace(blocks[place], sentences=said, done=blocks[place].done | {done})

    def _insert(self, blocks: list[Block]) -> None:
        new = Block(self._paragraph(), done=frozenset({"insert"}))
        if all(new.text != block.text for block in blocks):
            blocks.insert(self._random.randint(0, len(blocks)), new)

    def _delete(self, blocks: list[Block]) -> None:
        if len(blocks) > 4:
            blocks.pop(self._random.randrange(len(blocks)))

    def _move(self, blocks: list[Block]) -> None:
        place = self._random.randrange(len(blocks))
        block = blocks.pop(place)
        blocks.insert(
            self._random.randint(0, len(blocks)), replace(block, done=block.done | {"move"})
        )

    def _split(self, blocks: list[Block]) -> None:
        places = [p for p, b in enumerate(blocks) if len(b.sentences) > 1 and self._is_whole(b)]
        if not places:
            return
        place = self._random.choice(places)
        block = blocks[place]
        at = self._random.randrange(1, len(block.sentences))
        done = block.done | {"split"}
        blocks[place : place + 1] = [
            replace(block, sentences=part, done=done)
            for part in (block.sentences[:at], block.sentences[at:])
        ]

    def _merge(self, blocks: list[Block]) -> None:
        places = [
            p for p in range(len(blocks) - 1)
            if self._is_whole(blocks[p]) and self._is_whole(blocks[p + 1])
        ]  # fmt: skip
        if not places:
            return
        place = self._random.choice(places)
        one, other = blocks[place : place + 2]
        blocks[place : place + 2] = [
            Block(
                one.sentences + other.sentences,
                one.origins + other.origins,
                one.done | other.done | {"merge"},
            )
        ]

    def _untouched(self, blocks: Sequence[Block]) -> int | None:
        places = [p for p, b in enumerate(blocks) if b.done <= {"move"}]
        return self._random.choice(places) if places else None

    @staticmethod
    def _is_whole(block: Block) -> bool:
        return not block.done & {"insert", "split", "merge"}

    def _paragraph(self) -> tuple[str, ...]:
        if self._paragraphs:
            return self._random.choice(self._paragraphs)
        return tuple(self._sentence() for _ in range(self._random.randint(1, 4)))

    def _sentence(self) -> str:
        count = self._random.randint(6, 18)
        words = [
            self._random.choice(COMMON if self._random.random() < 0.3 else WORDS)
            for _ in range(count)
        ]
        return " ".join(words).capitalize() + "."


def judge(found: Found, block: Block, match: Match, *, is_part: bool) -> None:
    """Count one new block; ``is_part``: another part of the block it was split from is left."""
    if "insert" in block.done:
        found.count("inserted, no origin", is_right=match.kind is Kind.INSERTED)
        return
    found.count("matched", is_right=set(block.origins) <= set(match.origins))
    if "split" in block.done and is_part:
        found.count("split", is_right=match.kind is Kind.SPLIT)
    elif "merge" in block.done:
        found.count("merged", is_right=match.kind is Kind.MERGED)
    elif block.done <= {"move"}:
        found.count("unchanged, moved", is_right=match.kind in {Kind.UNCHANGED, Kind.MOVED})
    else:
        found.count("edited, flagged", is_right=match.kind not in {Kind.UNCHANGED, Kind.MOVED})


def measure(maker: Maker, documents: int) -> Found:
    found = Found(Counter(), Counter())
    for _ in range(documents):
        old = maker.document()
        new = maker.changed(old)
        pieces = [[Piece("", block.text) for block in side] for side in (old, new)]
        started = time.perf_counter()
        alignment = align(*pieces)
        found.seconds += time.perf_counter() - started
        parts = Counter(origin for block in new for origin in block.origins)
        for block, match in zip(new, alignment.matches, strict=True):
            judge(found, block, match, is_part=any(parts[o] > 1 for o in block.origins))
        for place in alignment.removed:
            found.count("removed, nothing left", is_right=place not in parts)
    return found


def read(path: Path) -> list[tuple[str, ...]]:
    """Return the paragraphs of articles, each as its sentences."""
    found: dict[str, None] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            found.update(dict.fromkeys(p for p in json.loads(line)["body"] if len(p.split()) > 4))
    return [tuple(sentences(paragraph)) for paragraph in found]


def sentences(paragraph: str) -> list[str]:
    parts = [part for part in paragraph.replace("? ", ". ").split(". ") if part.strip()]
    return [f"{part}." for part in parts[:-1]] + parts[-1:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("articles", type=Path, nargs="?")
    options = parser.parse_args()
    paragraphs = read(options.articles) if options.articles else []
    found = measure(Maker(options.seed, paragraphs), options.documents)
    for what, count in sorted(found.blocks.items()):
        right = found.right[what]
        print(f"{what:21} {right:6} of {count:6}  {100 * right / count:6.2f} %")
    print(f"{1000 * found.seconds / options.documents:.2f} ms a document")
    shares = {what: found.right[what] / max(1, found.blocks[what]) for what in LIMITS}
    missed = [what for what, least in LIMITS.items() if shares[what] < least]
    print(f"missed: {', '.join(missed)}" if missed else "All limits are kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
