"""
Whether a change to a published text may pass as a mended typing error.

Two texts in, reasons out. What a reader could have acted on (a figure, a date, a name,
somebody's words, a "not") is never a typing error, however few letters it takes. Where it
cannot tell, it says no: somebody then says what kind of change it is.
"""

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from articles import richtext

# At most this share of the words (0.0 to 1.0); one word is always allowed.
MOST_WORDS = 0.03
# A longer text is not compared: its change counts as too much.
_MOST_TOKENS = 20_000
# How alike, from 0 to 100, a word must be to the one it replaces to be the same word spelled right.
_SAME_WORD = 70


class NoTypo(enum.StrEnum):
    """Why a change is more than a typing error."""

    HEADLINE = "headline"
    FIGURES = "figures"
    DATES = "dates"
    NAMES = "names"
    QUOTES = "quotes"
    NEGATION = "negation"
    TOO_MUCH = "too_much"


@dataclass(frozen=True)
class Swap:
    """What went and what came in one place; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True)
class Finding:
    """A reason with the words that give it; too much change is in every place, so in none."""

    reason: NoTypo
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What speaks against a typing error, and how many words of how many changed."""

    findings: tuple[Finding, ...] = ()
    words_changed: int = 0
    words: int = 0

    @property
    def may_be_typo(self) -> bool:
        return not self.findings

    @property
    def reasons(self) -> list[NoTypo]:
        return [finding.reason for finding in self.findings]


class Text(Protocol):
    """What is compared: plain text, and ``body`` as canonical HTML."""

    @property
    def dateline(self) -> str: ...
    @property
    def headline(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def image_caption(self) -> str: ...
    @property
    def image_alt(self) -> str: ...


# A figure with its sign and unit (25/1, 1.234,5, -5 %, Rp5.000 by its letters), a word with what
# ties its parts (seolah-olah, don't), any other character.
_TOKEN = re.compile(r"[-+−±$€£¥₽]?\d\w*(?:[-–./:,'’]\d\w*)*\s?[%‰°]?|\w+(?:[-./'’]\w+)*|[^\w\s]")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]*)[\"”“»]|‘([^‘’]*)’(?!\w)")
# After these, or at the beginning, a capital is no sign of a name.
_OPENERS = frozenset('.!?…:;"“„«‘(•–—\n')
_PARTS = re.compile(r"[-'/]")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DAYS = _set(
    "senin selasa rabu kamis jumat jum'at sabtu minggu ahad januari februari pebruari maret april"
    " mei juni juli agustus september oktober november nopember desember kemarin besok lusa tadi"
    " pagi siang sore malam"
    " monday tuesday wednesday thursday friday saturday sunday january february april june july"
    " august september october november december yesterday today tonight tomorrow morning noon"
    " afternoon evening night midnight"
)
# Verbs as well, and then written small.
_CAPITAL_MONTHS = frozenset(("March", "May"))
_NEGATIONS = _set(
    "tidak tak bukan belum tanpa jangan takkan tiada batal gagal mungkin dapat bisa boleh harus"
    " wajib mesti perlu akan"
    " not no never none nobody nothing nowhere neither nor without cannot hardly barely may might"
    " must shall should can could will would"
)
_ENDINGS = ("lah", "kah", "pun", "nya")
# What turns a word into its opposite when it is put before it.
_OPPOSITES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "tak", "tuna", "anti")
_NUMBERS = _set(
    "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas puluh belas ratus"
    " seratus ribu seribu juta sejuta miliar semiliar triliun setriliun setengah separuh seperempat"
    " sepertiga pertama lusin selusin ganda persen"
    " zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred hundreds thousand thousands million millions billion billions trillion trillions"
    " half third quarter dozen dozens double twice triple first second fourth fifth sixth seventh"
    " eighth ninth tenth percent per-cent"
)


def judge(old: Text, new: Text) -> Verdict:
    """
    Return what speaks against calling the change from one text to another a typing error.

    The address, links and markup are not text. The time grows with the length of the texts and
    the number of changes; 20,000 words are not compared but refused.
    """
    found = _Found()
    if old.headline != new.headline:
        found.add(NoTypo.HEADLINE, Swap(old.headline, new.headline))
    lines, changed_lines = _lines(old), _lines(new)
    names = _Names((*lines, *changed_lines))
    changed = words = 0
    for before, after in zip(lines, changed_lines, strict=True):
        left, right = _tokens(before), _tokens(after)
        words += sum(token.is_word for token in left)
        if max(len(left), len(right)) > _MOST_TOKENS:
            changed += len(right) if before != after else 0
            continue
        places = list(_hunks([t.key for t in left], [t.key for t in right]))
        for where_gone, where_come in places:
            sides = (left[where_gone], right[where_come])
            changed += max(sum(token.is_word for token in side) for side in sides)
        for where_gone, where_come in _with_what_words_passed(places, left, right):
            gone, come = left[where_gone], right[where_come]
            for reason in _sensitive(gone, come, names):
                found.add(reason, Swap(_said(before, gone), _said(after, come)))
    for swap in _changed_quotes(old, new):
        found.add(NoTypo.QUOTES, swap)
    if changed > max(1, MOST_WORDS * words):
        found.add(NoTypo.TOO_MUCH)
    return Verdict(found.findings, changed, words)


@dataclass
class _Found:
    """Reasons as they are found, each with its places once."""

    swaps: dict[NoTypo, dict[Swap, None]] = field(default_factory=dict)

    def add(self, reason: NoTypo, swap: Swap | None = None) -> None:
        places = self.swaps.setdefault(reason, {})
        if swap is not None:
            places[swap] = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(reason, tuple(self.swaps[reason])) for reason in NoTypo if reason in self.swaps
        )


@dataclass(frozen=True)
class _Token:
    """A figure, a word or a sign, where it stands, and whether a sentence may begin with it."""

    text: str
    start: int
    end: int
    begins: bool
    before_capital: bool = False

    @property
    def key(self) -> str:
        return self.text.replace("’", "'").casefold()

    @property
    def is_word(self) -> bool:
        return any(letter.isalnum() for letter in self.text)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def _lines(text: Text) -> tuple[str, ...]:
    """The texts that are compared word by word, each with itself."""
    body = richtext.plain_text(text.body)
    return (text.standfirst, body, text.dateline, text.image_caption, text.image_alt)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    previous_end, previous = 0, "\n"
    for match in _TOKEN.finditer(text):
        begins = previous in _OPENERS or "\n" in text[previous_end : match.start()]
        found.append(_Token(match[0], match.start(), match.end(), begins))
        previous_end, previous = match.end(), match[0]
    return [
        _Token(t.text, t.start, t.end, t.begins, n is not None and n.is_capital)
        for t, n in zip(found, [*found[1:], None], strict=False)
    ]


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Where keys went and where others came, place by place."""
    gone_from = come_from = None
    for step in LCSseq.opcodes(old, new):
        if step.tag != "equal" and gone_from is None:
            gone_from, come_from = step.src_start, step.dest_start
        elif step.tag == "equal" and gone_from is not None:
            yield slice(gone_from, step.src_start), slice(come_from, step.dest_start)
            gone_from = come_from = None
    if gone_from is not None:
        yield slice(gone_from, None), slice(come_from, None)


def _with_what_words_passed(
    places: Sequence[tuple[slice, slice]], old: Sequence[_Token], new: Sequence[_Token]
) -> Sequence[tuple[slice, slice]]:
    """
    Return the places of a change, as one if a word or sign moved from one of them to another.

    Whatever it passed changed its place as much: “ia tidak” and “tidak ia” differ in one word by
    the shortest way, and which word that is says nothing.
    """
    gone = {token.key for left, _ in places for token in old[left]}
    come = {token.key for _, right in places for token in new[right]}
    if gone.isdisjoint(come):
        return places
    (first_left, first_right), (last_left, last_right) = places[0], places[-1]
    return [(slice(first_left.start, last_left.stop), slice(first_right.start, last_right.stop))]


def _said(text: str, tokens: Sequence[_Token]) -> str:
    """The tokens as they stand in the text."""
    return " ".join(text[tokens[0].start : tokens[-1].end].split()) if tokens else ""


class _Names:
    """Tells names from words that are capital because a sentence begins with them."""

    def __init__(self, lines: Iterable[str]) -> None:
        tokens = [token for line in lines for token in _tokens(line)]
        self._small = {t.key for t in tokens if not t.is_capital}
        self._capital = {t.key for t in tokens if t.is_capital and not t.begins}

    def has(self, token: _Token, others: Sequence[_Token]) -> bool:
        """Say whether a token is a name; ``others`` are those it came for or went for."""
        if not token.is_capital:
            return False
        if not token.begins:
            return True
        if token.key in self._capital or token.before_capital:
            return True
        is_respelled = any(fuzz.ratio(token.key, other.key) >= _SAME_WORD for other in others)
        return token.key not in self._small and not is_respelled


def _sensitive(gone: Sequence[_Token], come: Sequence[_Token], names: _Names) -> Iterator[NoTypo]:
    """The reasons that lie in the words of one place."""
    for tokens, others in ((gone, come), (come, gone)):
        for token in tokens:
            if _is_figure(token):
                yield NoTypo.FIGURES
            elif _is_date(token):
                yield NoTypo.DATES
            elif names.has(token, others):
                yield NoTypo.NAMES
            if _is_negation(token):
                yield NoTypo.NEGATION
    if _has_opposites({t.key for t in gone}, {t.key for t in come}):
        yield NoTypo.NEGATION


def _is_figure(token: _Token) -> bool:
    if any(letter.isnumeric() for letter in token.text):
        return True
    stem = token.key.removeprefix("ke")
    return any(part in _NUMBERS for part in (token.key, stem, *_PARTS.split(token.key)))


def _is_date(token: _Token) -> bool:
    return token.key in _DAYS or token.text in _CAPITAL_MONTHS


def _is_negation(token: _Token) -> bool:
    key = token.key
    if key.endswith("n't"):
        return True
    stems = (key, *(key.removesuffix(ending) for ending in _ENDINGS))
    return token.text != "May" and any(stem in _NEGATIONS for stem in stems)


def _has_opposites(gone: set[str], come: set[str]) -> bool:
    """Whether a word became another one by what was put before it, or taken away there."""
    return any(
        opposite in others
        for words, others in ((gone, come), (come, gone))
        for word in words
        if len(word) > 3  # "in" and "put" are no opposites
        for opposite in _opposites_of(word)
    )


def _opposites_of(word: str) -> Iterator[str]:
    for prefix in _OPPOSITES:
        yield prefix + word
        yield f"{prefix}-{word}"
    if word[0] in "lr":  # ilegal, iregular
        yield f"i{word}"


def _changed_quotes(old: Text, new: Text) -> list[Swap]:
    """Somebody's words that are not there any more, or were not there before, in order."""
    before, after = _quotes(old), _quotes(new)
    return [
        Swap(*(" … ".join(words for _key, words in part) for part in (before[gone], after[come])))
        for gone, come in _hunks([key for key, _ in before], [key for key, _ in after])
    ]


def _quotes(text: Text) -> list[tuple[str, str]]:
    """What stands in quotation marks and in quoted paragraphs, as a key and as it stands."""
    words = [
        match[1] if match[1] is not None else match[2]
        for line in _lines(text)
        for match in _QUOTED.finditer(line)
    ]
    words += [b.text for b in richtext.split_blocks(text.body) if b.kind is richtext.Kind.QUOTE]
    return [(" ".join(token.key for token in _tokens(quote)), quote) for quote in words]
