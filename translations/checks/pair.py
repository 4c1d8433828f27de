"""A source block with its target block, as the checks read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape

from articles import facts
from articles.desk_checks.finding import Span
from articles.richtext import ALLOWED

LANGUAGES = facts.LANGUAGES

_TAG = re.compile(rf"</?(?:{'|'.join(ALLOWED)}|br|sub|sup|b|i)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_HREF = re.compile(r'<a\s[^<>]*?href="([^"]*)"', re.IGNORECASE)
_LINE_END = re.compile(r"</(?:p|h2|h3|li|cite|figcaption)>|<br\s*/?>", re.IGNORECASE)
_MARK = re.compile(r"<(strong|b|em|i|sub|sup)>", re.IGNORECASE)
_ALIASES = {"b": "strong", "i": "em"}


@dataclass(frozen=True)
class Words:
    """
    The plain text of a block with what its markup said beside it.

    ``places`` has, for every character of ``text`` and for its end, where it stands in what was
    read; None if nothing was taken out.
    """

    text: str
    links: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    places: tuple[int, ...] | None = None

    def place(self, span: Span) -> Span:
        """Return where a span of the text stands in what was read."""
        if self.places is None:
            return span
        return Span(self.places[span.start], self.places[span.end - 1] + 1 if span.end else 0)


def read(block: str) -> Words:
    """
    Return the words of a block, which may be plain text or canonical HTML.

    Only the newsroom's own tags are markup: “5 < 6” is text. Entities are read only where there
    are tags.
    """
    if not _TAG.search(block):
        return Words(block)
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for match in re.finditer(f"{_TAG.pattern}|{_ENTITY.pattern}", block, re.IGNORECASE):
        letters += block[at : match.start()]
        places += range(at, match.start())
        at = match.end()
        if match[0].startswith("&"):
            put = unescape(match[0])
        else:
            put = "\n" if _LINE_END.fullmatch(match[0]) else ""
        letters += put
        places += [match.start()] * len(put)
    letters += block[at:]
    places += range(at, len(block))
    places.append(len(block))
    links = tuple(unescape(href) for href in _HREF.findall(block))
    marks = tuple(_ALIASES.get(tag.lower(), tag.lower()) for tag in _MARK.findall(block))
    return Words("".join(letters), links, marks, tuple(places))


@dataclass(frozen=True)
class Pair:
    """
    A source block and its translation, in ``LANGUAGES``.

    ``published`` is the day of the text, without which a date that names no year has none. What
    several checks need is worked out once.
    """

    source: Words
    target: Words
    source_language: str
    target_language: str
    published: date | None = None

    @cached_property
    def source_facts(self) -> Sequence[facts.Fact]:
        return facts.extract(self.source.text, self.source_language)

    @cached_property
    def target_facts(self) -> Sequence[facts.Fact]:
        return facts.extract(self.target.text, self.target_language)

    @cached_property
    def comparison(self) -> facts.Comparison:
        """How the facts of both sides agree."""
        return facts.compare(
            facts.Side(self.source.text, self.source_language, self.source_facts),
            facts.Side(self.target.text, self.target_language, self.target_facts),
        )


def pair_of(
    source: str,
    target: str,
    *,
    source_language: str,
    target_language: str,
    published: date | None = None,
) -> Pair:
    """Return two blocks, plain or in canonical HTML, as a pair."""
    return Pair(read(source), read(target), source_language, target_language, published)
