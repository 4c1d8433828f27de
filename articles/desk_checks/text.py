"""The text that the checks read: plain words by block, with what its markup says beside them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from articles.desk_checks.finding import Span

HEADLINE = 0
STANDFIRST = 1
BODY = 2


@dataclass(frozen=True)
class Link:
    """Words of a block that lead somewhere."""

    block: int
    span: Span
    href: str


@dataclass(frozen=True)
class Picture:
    """A picture beside or in a block; ``name`` is what the desk knows it by."""

    block: int
    name: str
    alternative: str
    is_decorative: bool = False


def _never(_href: str) -> bool:
    return False


@dataclass(frozen=True)
class Text:
    """
    One article in one language, as it was or will be printed on a day.

    ``blocks`` are plain: the headline, the standfirst (empty if there is none), then the body's
    paragraphs. ``is_dead`` says of an address whether nobody answers there; what cannot be
    known is not dead.
    """

    language: str
    published: date
    blocks: Sequence[str]
    links: Sequence[Link] = ()
    pictures: Sequence[Picture] = ()
    is_dead: Callable[[str], bool] = _never

    @property
    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """The body's blocks with their numbers."""
        return ((number, words) for number, words in enumerate(self.blocks) if number >= BODY)
