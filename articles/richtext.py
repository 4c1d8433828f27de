"""The text of articles: the allowed markup, the one normaliser, and the division into blocks."""

import base64
import enum
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import NamedTuple

import nh3


class Html(str):
    """HTML that was made or cleaned by its writer, so that a page prints it as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell template engines that nothing is to be escaped."""
        return self


class Kind(enum.StrEnum):
    """What a block of a body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    SUBHEADING = "subheading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    FIGURE = "figure"
    EMBED = "embed"
    NOTE = "note"


class Content(enum.StrEnum):
    """What may stand inside an element."""

    INLINE = "inline"
    PLAIN_WEIGHT = "inline without strong"
    PARAGRAPHS = "paragraphs"
    PARAGRAPHS_AND_CITE = "paragraphs, then at most one cite"
    ITEMS = "list items"
    CAPTION = "at most one figcaption"
    LINK = "one link"


class Role(enum.StrEnum):
    """Where an element stands: as a block, as a part or wrapper of blocks, or as a mark in text."""

    BLOCK = "block"
    PART = "part"
    MARK = "mark"


@dataclass(frozen=True)
class Element:
    """One line of the table of allowed markup."""

    role: Role
    content: Content
    kinds: tuple[Kind, ...] = ()
    attributes: tuple[str, ...] = ()


# The whole of the markup. The sanitiser lets nothing else out, the editor's configuration is made
# from it, and docs/reference/body-markup.md prints it. The order of the marks is the order in
# which they nest, outermost first.
ALLOWED: Mapping[str, Element] = {
    "p": Element(Role.BLOCK, Content.INLINE, (Kind.PARAGRAPH,), ("data-bid",)),
    "h2": Element(Role.BLOCK, Content.PLAIN_WEIGHT, (Kind.HEADING,), ("data-bid",)),
    "h3": Element(Role.BLOCK, Content.PLAIN_WEIGHT, (Kind.SUBHEADING,), ("data-bid",)),
    "blockquote": Element(Role.BLOCK, Content.PARAGRAPHS_AND_CITE, (Kind.QUOTE,), ("data-bid",)),
    "li": Element(Role.BLOCK, Content.INLINE, (Kind.LIST_ITEM,), ("data-bid",)),
    "figure": Element(
        Role.BLOCK,
        Content.CAPTION,
        (Kind.FIGURE, Kind.EMBED),
        ("class", "data-bid", "data-image", "data-provider"),
    ),
    "aside": Element(Role.BLOCK, Content.PARAGRAPHS, (Kind.NOTE,), ("class", "data-bid")),
    "ul": Element(Role.PART, Content.ITEMS),
    "ol": Element(Role.PART, Content.ITEMS),
    "figcaption": Element(Role.PART, Content.INLINE),
    "cite": Element(Role.PART, Content.INLINE),
    "a": Element(Role.MARK, Content.INLINE, (), ("href",)),
    "span": Element(Role.MARK, Content.INLINE, (), ("lang",)),
    "abbr": Element(Role.MARK, Content.INLINE, (), ("title",)),
    "strong": Element(Role.MARK, Content.INLINE),
    "em": Element(Role.MARK, Content.INLINE),
}
MARKS = tuple(tag for tag, element in ALLOWED.items() if element.role is Role.MARK)
LINK_SCHEMES = ("http", "https", "mailto")

_BLOCK_TAGS = {Kind.PARAGRAPH: "p", Kind.HEADING: "h2", Kind.SUBHEADING: "h3"}
_CONTAINER_KINDS = {
    "ul": Kind.LIST_ITEM,
    "ol": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTE,
    "aside": Kind.NOTE,
}
_HEADING_TAGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
# What other programs write for our marks.
_MARK_ALIASES = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em"}
_MARK_TAGS = {*MARKS, *_MARK_ALIASES, "q", "sub", "sup"}
# Elements that are not ours but part one paragraph from the next.
_BOUNDARIES = (
    "address article body br caption center dd details dialog div dl dt fieldset footer form"
    " header hgroup hr legend main menu nav pre section summary table tbody td tfoot th thead"
    " tr"
)
# Elements whose text nobody was meant to read, or which their writer has struck out.
_DROPPED = (
    "applet audio button canvas datalist del frame frameset iframe map math meter noembed noframes"
    " noscript object option progress script select style svg template textarea title video"
    " xml xmp"
)
_CLEANER = nh3.Cleaner(
    tags={*ALLOWED, *_HEADING_TAGS, *_MARK_TAGS, *_BOUNDARIES.split()},
    clean_content_tags=set(_DROPPED.split()),
    attributes={
        "*": {"class", "data-bid", "lang", "style"},
        "a": {"href"},
        "abbr": {"title"},
        "figure": {"data-image", "data-provider"},
    },
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)

# Beyond these numbers a text is an attack or a whole web site. Parsing nested tags takes the
# square of their number (10,000: under a second), and every paragraph repeats each link or bold
# left open before it.
_MOST_TAGS = 10_000
_MOST_REPEATS = 4_000_000
_MOST_GROWTH = 10

_OPENING = re.compile(r"<[a-zA-Z]")
_STICKY = re.compile(
    r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE
)
_NOT_A_PARAGRAPH = re.compile(r'<(?!/?p(?: data-bid="[a-z0-9]{8}")?>)[^<>]*>?')
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_LIBRE_OFFICE = re.compile(r'<meta[^<>]*content="(?:Libre|Open)Office', re.IGNORECASE)

_BID = re.compile(r"[a-z0-9]{8}")
_IMAGE = re.compile(r"[1-9][0-9]{0,17}")
_PROVIDER = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?"
    r"((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE,
)
_HREF = re.compile(
    r"https?://[^/?#@\s]+(?:[/?#]\S*)?|mailto:[^\s?@]+@[^\s?@]+(?:\?\S*)?|/(?!/)\S*", re.IGNORECASE
)
_LONGEST_HREF = 2_000
_LONGEST_TITLE = 200

_SPACES = "\t\n\r\f\x85\u1680\u2028\u2029\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_TIED = "\u00a0\u2007\u202f"
# Control characters, invisible marks of layout programs and direction overrides (which can make a
# sentence read as another one). Joiners stay between letters of the scripts, and the emoji, that
# need them: see _JOINERS.
_JUNK = (
    "".join(map(chr, [*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]))
    + "\u00ad\u034f\u061c\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufffc\ufffe\uffff"
    + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xFDD0, 0xFDF0)]))
)
_CHARACTERS = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_TIED, "\u00a0") | dict.fromkeys(_JUNK)
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINERS = re.compile(
    "(?<![^\x00-\x7f\u00a0])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\u00a0\u200c\u200d])"
)
# Nothing to join, and an overlay would merge with the bracket of the tag before it.
_NEEDS_A_LETTER = "\u0338\u200c\u200d"
_GAPS = re.compile("([ \u00a0]+)")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,4}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_OUTWARD = re.compile(r'<a href="https?:[^"]*"')
_WEIGHT = re.compile(r"(?:^|;)font-weight:(bold|bolder|[6-9]00|normal|lighter|[1-5]00)")
_SLOPE = re.compile(r"(?:^|;)font-style:(italic|oblique|normal)")
# Spelled out because a browser reads a backslash as a slash and drops what could end the address.
_IN_HREF = {"\\": "%5C", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60"}
_DASHES = "-–—―"

_NOTE = (("class", "note"),)
_EMBED = (("class", "embed"),)
_EMBED_AROUND = '<figure class="embed" data-provider="link">{}</figure>'


# A mark is its tag and the value of its one attribute; a run is a text with the marks it carries.
_Marks = frozenset[tuple[str, str]]
_Run = tuple[str, _Marks]
_NO_MARKS: _Marks = frozenset()


@dataclass(frozen=True)
class Block:
    """
    One block of a body: the smallest piece that is translated, compared and moved as a whole.

    ``html`` is what stands inside the block's element, in canonical form. ``tag`` is that
    element, for list items the list's (``ul`` or ``ol``); ``list_start`` says that a new list
    begins with the item. ``attributes`` are the element's, without its ``data-bid``.
    """

    bid: str
    kind: Kind
    html: str
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    list_start: bool = False

    @property
    def text(self) -> str:
        """Return the words without markup; a line for each paragraph of a quote or note."""
        return text_of(self.html)


class Part(NamedTuple):
    """
    What an importer knows of one block; ``html`` is inner HTML or text escaped by ``escape``.

    ``cite`` is for quotes, ``ordered`` for list items, ``image`` (the image's id) for figures and
    ``provider`` for embeds, whose ``html`` is a link.
    """

    kind: Kind
    html: str
    cite: str = ""
    ordered: bool = False
    image: int = 0
    provider: str = ""


def sanitise(html: str) -> str:
    """
    Return any HTML as a body in canonical form.

    Only markup of ``ALLOWED`` comes out, every block with an id of its own: valid ids are kept,
    missing and doubled ones are minted from place and content. Equal input gives equal bytes, and
    a canonical body comes back unchanged. Never raises. The time grows with the length; a text
    beyond any newspaper's size in tags keeps its paragraphs and loses the rest of its markup.
    """
    return join_blocks(split_blocks(html))


def split_blocks(html: str) -> list[Block]:
    """Return the blocks of any HTML; of a canonical body, ``join_blocks`` gives it back."""
    blocks = _read(_tamed(html))
    # Canonical form repeats what the input left open, and must itself be under the limits.
    if _is_too_much(canonical := join_blocks(blocks)):
        blocks = _read(_bare_paragraphs(canonical))
    return blocks


def join_blocks(blocks: Iterable[Block]) -> str:
    """Return the body made of these blocks; those without content are left out."""
    pieces: list[str] = []
    open_list = ""
    list_starts = False
    for block in blocks:
        if block.kind is Kind.LIST_ITEM:
            list_starts = list_starts or block.list_start
            if not block.html:
                continue
            if list_starts or open_list != block.tag:
                pieces.append(f"</{open_list}><{block.tag}>" if open_list else f"<{block.tag}>")
            open_list, list_starts = block.tag, False
        elif block.html or block.kind is Kind.FIGURE:
            if open_list:
                pieces.append(f"</{open_list}>")
            open_list, list_starts = "", False
        else:
            continue
        pieces.append(block_html(block))
    if open_list:
        pieces.append(f"</{open_list}>")
    return "".join(pieces)


def block_html(block: Block) -> str:
    """Return one block with its element around it; a list item without its list."""
    tag = "li" if block.kind is Kind.LIST_ITEM else block.tag
    attributes = sorted((("data-bid", block.bid), *block.attributes))
    shown = "".join(_attribute(name, value) for name, value in attributes if value)
    return f"<{tag}{shown}>{block.html}</{tag}>"


def replace_text(block: Block, html: str) -> Block:
    """Return the block with new inner HTML in its place; an embed is returned as it is."""
    if block.kind is Kind.EMBED:
        return block
    return replace(block, html=from_inner(block.kind, html))


def is_translatable(block: Block) -> bool:
    """Tell whether there are words to translate; embeds and bare pictures are copied."""
    return block.kind is not Kind.EMBED and block.html != ""


def from_inner(kind: Kind, html: str) -> str:
    """
    Return any HTML as the canonical inner HTML of a block of this kind, '' if nothing is left.

    Paragraphs become spaces where the kind holds text alone, and text becomes a paragraph where
    the kind holds paragraphs.
    """
    if kind is Kind.EMBED:
        blocks = split_blocks(_EMBED_AROUND.format(html))
        return next((block.html for block in blocks if block.kind is kind), "")
    html = _tamed(html)
    if kind in {Kind.QUOTE, Kind.NOTE}:
        drafts = _Reader(container=_Draft(kind, "", ""), with_figures=False).read(html)
        return _inner(drafts[0]) if drafts else ""
    leaf = _Leaf(_BLOCK_TAGS.get(kind, "li"), is_joined=True)
    drafts = _Reader(leaf=leaf, with_figures=False).read(html)
    inline = drafts[0].parts[0] if drafts else ""
    return f"<figcaption>{inline}</figcaption>" if inline and kind is Kind.FIGURE else inline


def clean_inline(html: str) -> str:
    """Return any HTML as one line of text with the marks of ``ALLOWED``, canonical."""
    return from_inner(Kind.LIST_ITEM, html)


def plain_text(body: str) -> str:
    """Return the words of a body, its blocks parted by blank lines."""
    return "\n\n".join(block.text for block in split_blocks(body) if block.html)


def count_words(body: str) -> int:
    """Count the words that can be translated; what has neither letter nor figure is no word."""
    return sum(
        any(character.isalnum() for character in word)
        for block in split_blocks(body)
        if is_translatable(block)
        for word in block.text.split()
    )


def public_html(body: str) -> Html:
    """Return a body for readers: no ids, and ``rel="noopener"`` on links to other sites."""
    return _printed(join_blocks(replace(block, bid="") for block in split_blocks(body)))


def public_inner(kind: Kind, html: str) -> Html:
    """Return what stands inside one block for readers, cleaned like a whole body."""
    return _printed(from_inner(kind, html))


def from_plain_text(text: str) -> str:
    """Return a canonical body of paragraphs; blank lines part them, other line ends are spaces."""
    paragraphs = re.split(r"(?:\r\n|[\n\r\x85\u2028\u2029])\s*[\n\r\x85\u2028\u2029]\s*", text)
    return body_from(Part(Kind.PARAGRAPH, escape(paragraph)) for paragraph in paragraphs)


def body_from(parts: Iterable[Part]) -> str:
    """
    Return the canonical body of an importer's parts; empty ones are left out.

    List items that follow each other stand in one list, those of the other sort begin a new one.
    """
    blocks: list[Block] = []
    for kind, html, cite, ordered, image, provider in parts:
        tag = _BLOCK_TAGS.get(kind, "figure")
        attributes: tuple[tuple[str, str], ...] = ()
        inner = html
        if kind is Kind.LIST_ITEM:
            tag = "ol" if ordered else "ul"
        elif kind is Kind.QUOTE:
            tag, inner = "blockquote", f"<p>{html}</p><cite>{cite}</cite>"
        elif kind is Kind.NOTE:
            tag, attributes = "aside", _NOTE
        elif kind is Kind.FIGURE:
            attributes = (("data-image", str(image)),)
        elif kind is Kind.EMBED:
            attributes = (*_EMBED, ("data-provider", provider))
        blocks.append(Block("", kind, from_inner(kind, inner), tag, attributes))
    return sanitise(join_blocks(blocks))


def text_of(html: str) -> str:
    """Return the words of a piece of canonical HTML, a line for each paragraph."""
    lines = re.sub(r"</(?:p|h2|h3|li|cite|figcaption)>", "\n", html)
    return unicodedata.normalize("NFC", unescape(_TAG.sub("", lines))).strip(" \n")


def escape(text: str) -> str:
    """Return plain text as HTML, in the spelling of canonical form."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def safe_href(value: str) -> str:
    """
    Return a link's address in canonical form, '' where it may not be linked to.

    Web addresses, mail addresses and paths of this site (one leading slash) pass. Addresses with
    a name and password before the host do not: they are used to make one host look like another.
    """
    href = _clean(value).replace("\u00a0", " ").strip().replace(" ", "%20")
    for character, code in _IN_HREF.items():
        href = href.replace(character, code)
    if len(href) > _LONGEST_HREF or not _HREF.fullmatch(href):
        return ""
    scheme, colon, rest = href.partition(":")
    return f"{scheme.lower()}:{rest}" if colon and not href.startswith("/") else href


def language_tag(value: str) -> str:
    """Return a language tag in its usual spelling (``ru``, ``zh-Hant``), '' if it is not one."""
    if not (found := _LANGUAGE.fullmatch(value.strip())):
        return ""
    language, script, region, variants = found.groups(default="")
    return language.lower() + script.title() + region.upper() + variants.lower()


@dataclass
class _Draft:
    """A block while it is read; ``parts`` are paragraphs, or the one text of the other kinds."""

    kind: Kind
    tag: str
    bid: str
    attributes: tuple[tuple[str, str], ...] = ()
    parts: list[str] = field(default_factory=list)
    cite: str = ""
    list_start: bool = False


@dataclass
class _Leaf:
    """The element whose text is being read; a joined one takes inner paragraphs as spaces."""

    tag: str
    bid: str = ""
    is_joined: bool = False
    list_tag: str = "ul"


class _Event(NamedTuple):
    """An opening tag, a closing tag (no attributes) or a text (no tag)."""

    tag: str
    attributes: dict[str, str] | None
    text: str = ""


class _Reader:
    """
    Turns the events of well-formed HTML into drafts of blocks.

    The outermost quote, note or list decides what its content becomes; pictures and embeds stand
    alone wherever they were. Marks are a set, so their nesting and doubling cannot differ.
    """

    def __init__(
        self,
        *,
        container: _Draft | None = None,
        leaf: _Leaf | None = None,
        with_figures: bool = True,
    ) -> None:
        self._drafts: list[_Draft] = []
        self._container = container
        self._leaf = leaf
        self._with_figures = with_figures
        self._with_languages = True
        self._marks = _NO_MARKS
        self._script: dict[int, int] = {}
        self._runs: list[_Run] = []
        self._breaks = 0
        self._loose_list = ""
        self._list_label: list[str] | None = None

    def read(self, html: str) -> list[_Draft]:
        """Return the drafts in the order of the text."""
        events = _events(html)
        # Word processors tag every run with the language of their spelling checker.
        self._with_languages = not _LIBRE_OFFICE.search(html) and not any(
            _is_word_processor(event) for event in events
        )
        closings: list[tuple[Callable[[], None], _Marks]] = []
        for event in events:
            if not event.tag:
                self._text(event.text)
            elif event.attributes is None:
                close, marks = closings.pop()
                close()
                self._marks = marks
            elif event.tag in {"br", "hr"}:
                self._break(event.tag)
            else:
                marks = self._marks
                closings.append((self._open(event.tag, event.attributes), marks))
        self._flush()
        self._close_container()
        return self._drafts

    def _text(self, text: str) -> None:
        if self._list_label is not None:
            self._list_label.append(text)
            return
        if not text.isspace():
            self._breaks = 0
        self._runs.append((text.translate(self._script), self._marks))

    def _break(self, tag: str) -> None:
        self._runs.append((" ", self._marks))
        self._breaks += 1
        if (self._breaks > 1 or tag == "hr") and not self._is_joined:
            self._flush()

    def _open(self, tag: str, attributes: dict[str, str]) -> Callable[[], None]:
        """Take an opening tag and return what is to be done at its end."""
        if self._list_label is not None:
            return _nothing
        classes = attributes.get("class", "").split()
        bid = attributes.get("data-bid", "")
        if tag == "figure" and (figure := _figure(attributes, classes)):
            return self._open_figure(figure, bid)
        if tag in _CONTAINER_KINDS and (tag != "aside" or "note" in classes):
            attributes_kept = _NOTE if tag == "aside" else ()
            return self._open_container(_Draft(_CONTAINER_KINDS[tag], tag, bid, attributes_kept))
        if tag in {"cite", "footer"} and self._is_in(Kind.QUOTE):
            return self._open_leaf(_Leaf("cite", is_joined=True))
        if tag in _MARK_TAGS:
            return self._open_mark(tag, attributes)
        return self._open_text_block(tag, attributes, bid)

    def _open_text_block(
        self, tag: str, attributes: dict[str, str], bid: str
    ) -> Callable[[], None]:
        is_free = self._container is None and not self._is_joined
        if tag == "li" and (is_free or self._is_in(Kind.LIST_ITEM)):
            return self._open_leaf(_Leaf("li", bid, is_joined=True))
        if tag in _HEADING_TAGS and is_free:
            return self._open_leaf(_Leaf(_HEADING_TAGS[tag], bid, is_joined=True))
        if tag == "p" and is_free and "mso-list:" in _style(attributes):
            return self._open_leaf(_Leaf("li", bid, is_joined=True))
        if tag == "p" and not self._is_joined:
            return self._open_leaf(_Leaf("p", bid))
        self._boundary()
        return self._boundary

    def _open_leaf(self, leaf: _Leaf) -> Callable[[], None]:
        self._flush()
        outer, self._leaf = self._leaf, leaf

        def close() -> None:
            self._flush()
            self._leaf = outer

        return close

    def _open_container(self, container: _Draft) -> Callable[[], None]:
        if self._container is not None or self._is_joined:
            if self._is_in(Kind.LIST_ITEM) and container.kind is Kind.LIST_ITEM:
                self._flush()  # a list inside a list: its items become items of the outer one
                return self._flush
            self._boundary()
            return self._boundary
        self._flush()
        self._container = container
        self._loose_list = ""

        def close() -> None:
            self._flush()
            self._close_container()

        return close

    def _open_figure(self, figure: _Draft, bid: str) -> Callable[[], None]:
        if not self._with_figures or self._is_in(Kind.FIGURE) or self._is_in(Kind.EMBED):
            self._boundary()
            return self._boundary
        self._flush()
        outer, leaf = self._container, self._leaf
        if outer is not None and outer.parts:
            self._close_container()
            # What follows the picture is a quote, note or list of its own.
            outer = replace(outer, bid="", parts=[], cite="")
        figure.bid = bid
        self._container, self._leaf = figure, _Leaf("figure", is_joined=True)

        def close() -> None:
            self._close_figure(figure)
            self._container, self._leaf = outer, leaf

        return close

    def _close_figure(self, figure: _Draft) -> None:
        runs, self._runs = self._runs, []
        inline = _inline(runs)
        if figure.kind is Kind.FIGURE:
            figure.parts = [f"<figcaption>{inline}</figcaption>"] if inline else []
            self._emit(figure)
            return
        hrefs = [value for _, marks in runs for tag, value in marks if tag == "a"]
        if hrefs and hrefs[0].startswith("http"):
            text = _TAG.sub("", inline) or escape(hrefs[0])
            figure.parts = [f"<a{_attribute('href', hrefs[0])}>{text}</a>"]
            self._emit(figure)
        elif inline:
            self._emit(_Draft(Kind.PARAGRAPH, "p", "", parts=[inline]))

    def _close_container(self) -> None:
        container, self._container = self._container, None
        if container is None or container.kind is Kind.LIST_ITEM:
            return
        if container.cite and not container.parts:
            container.parts, container.cite = [container.cite], ""
        if container.parts:
            self._emit(container)

    def _open_mark(self, tag: str, attributes: dict[str, str]) -> Callable[[], None]:
        style = _style(attributes)
        if "mso-list:ignore" in style:
            return self._open_list_label()
        script = self._script
        if tag in {"sup", "sub"}:
            self._script = _SUPERSCRIPTS if tag == "sup" else _SUBSCRIPTS
        if tag == "q":
            self._text("“")
        marks = dict(self._marks) | _marks(tag, style, attributes)
        if self._with_languages and (language := language_tag(attributes.get("lang", ""))):
            marks["span"] = language
        self._marks = frozenset(marks.items())

        def close() -> None:
            self._script = script
            if tag == "q":
                self._text("”")

        return close

    def _open_list_label(self) -> Callable[[], None]:
        """Set aside the bullet or number that a word processor writes out as text."""
        label = self._list_label = []

        def close() -> None:
            self._list_label = None
            if self._leaf is not None and _NUMBERED.fullmatch("".join(label).strip(" \u00a0\n")):
                self._leaf.list_tag = "ol"

        return close

    @property
    def _is_joined(self) -> bool:
        return self._leaf is not None and self._leaf.is_joined

    def _is_in(self, kind: Kind) -> bool:
        return self._container is not None and self._container.kind is kind

    def _boundary(self) -> None:
        if self._is_joined:
            self._runs.append((" ", self._marks))
        else:
            self._flush()

    def _flush(self) -> None:
        """End the text read so far and put it where it belongs."""
        runs, self._runs, self._breaks = self._runs, [], 0
        leaf = self._leaf or _Leaf("p")
        inline = _inline(
            runs,
            without="strong" if leaf.tag in {"h2", "h3"} else "",
            leading=_DASHES if leaf.tag == "cite" else "",
        )
        if not inline:
            return
        # A second text in the same element must not take the first one's id.
        bid, leaf.bid = leaf.bid, ""
        container = self._container
        if container is None:
            self._emit_text(leaf, bid, inline)
        elif container.kind is Kind.LIST_ITEM:
            self._drafts.append(
                _Draft(
                    Kind.LIST_ITEM, container.tag, bid, (), [inline], list_start=not container.parts
                )
            )
            container.parts = [inline]
        elif leaf.tag == "cite":
            container.cite = f"{container.cite} {inline}".lstrip()
        else:
            container.parts.append(inline)

    def _emit_text(self, leaf: _Leaf, bid: str, inline: str) -> None:
        if leaf.tag != "li":
            kind = next(kind for kind, tag in _BLOCK_TAGS.items() if tag == leaf.tag)
            self._emit(_Draft(kind, leaf.tag, bid, parts=[inline]))
            return
        starts = self._loose_list != leaf.list_tag
        self._emit(_Draft(Kind.LIST_ITEM, leaf.list_tag, bid, (), [inline], list_start=starts))
        self._loose_list = leaf.list_tag

    def _emit(self, draft: _Draft) -> None:
        self._drafts.append(draft)
        self._loose_list = ""


def _printed(canonical: str) -> Html:
    return Html(_OUTWARD.sub(r'\g<0> rel="noopener"', canonical))


def _nothing() -> None:
    """Be the end of an element that changed nothing."""


def _tamed(html: str) -> str:
    html = _SURROGATES.sub("", html).replace("\x00", "")
    return _bare_paragraphs(html) if _is_too_much(html) else html


def _is_too_much(html: str) -> bool:
    tags = len(_OPENING.findall(html))
    return tags > _MOST_TAGS or tags * len(_STICKY.findall(html)) > _MOST_REPEATS


def _bare_paragraphs(html: str) -> str:
    return _NOT_A_PARAGRAPH.sub(" ", html)


def _read(html: str) -> list[Block]:
    drafts = _Reader().read(html)
    bids = _bids(drafts)
    return [
        Block(bid, draft.kind, _inner(draft), draft.tag, draft.attributes, draft.list_start)
        for bid, draft in zip(bids, drafts, strict=True)
    ]


def _events(html: str) -> list[_Event]:
    cleaned = _CLEANER.clean(html)
    if len(cleaned) > _MOST_GROWTH * (len(html) + _MOST_TAGS):
        cleaned = _CLEANER.clean(_bare_paragraphs(html))
    return [_event(*found.groups()) for found in _TOKEN.finditer(cleaned)]


def _event(closing: str, tag: str, attributes: str, text: str | None) -> _Event:
    if text is not None:
        return _Event("", None, unescape(text))
    if closing:
        return _Event(tag, None)
    return _Event(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)})


def _is_word_processor(event: _Event) -> bool:
    if not event.attributes:
        return False
    return event.attributes.get("class", "").startswith("Mso") or "mso-" in _style(event.attributes)


def _style(attributes: dict[str, str]) -> str:
    return "".join(attributes.get("style", "").lower().split())


def _figure(attributes: dict[str, str], classes: list[str]) -> _Draft | None:
    provider = attributes.get("data-provider", "")
    image = attributes.get("data-image", "")
    if "embed" in classes and _PROVIDER.fullmatch(provider):
        return _Draft(Kind.EMBED, "figure", "", (*_EMBED, ("data-provider", provider)))
    if _IMAGE.fullmatch(image):
        return _Draft(Kind.FIGURE, "figure", "", (("data-image", image),))
    return None


def _marks(tag: str, style: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the marks that an element adds; a style outweighs the tag, as it does on a screen."""
    marks = {_MARK_ALIASES[tag]: ""} if tag in _MARK_ALIASES else {}
    if tag == "a" and (href := safe_href(attributes.get("href", ""))):
        marks["a"] = href
    if tag == "abbr" and (title := _one_line(attributes.get("title", ""))):
        marks["abbr"] = title[:_LONGEST_TITLE].rstrip()
    for pattern, mark, plain in (
        (_WEIGHT, "strong", {"normal", "lighter", "100", "200", "300", "400", "500"}),
        (_SLOPE, "em", {"normal"}),
    ):
        if not (found := pattern.search(style)):
            continue
        if found[1] not in plain:
            marks[mark] = ""
        else:
            marks.pop(mark, None)
    return marks


def _inline(runs: Iterable[_Run], *, without: str = "", leading: str = "") -> str:
    """
    Return runs as canonical inline HTML, without the mark ``without``.

    Spaces become one, and stand outside of marks unless both neighbours carry them. Characters of
    ``leading`` are dropped from the beginning.
    """
    pieces: list[_Run] = []
    gap: _Run | None = None
    for text, all_marks in runs:
        marks = frozenset(mark for mark in all_marks if mark[0] != without)
        for token in _GAPS.split(_clean(text)):
            if not token.strip(" \u00a0"):
                if token:
                    gap = (token, marks) if gap is None else (gap[0] + token, gap[1] & marks)
                continue
            word = token.lstrip(_NEEDS_A_LETTER if pieces else _NEEDS_A_LETTER + leading)
            if not word:
                continue
            if gap is not None and pieces:
                before, marks_before = pieces[-1]
                pieces.append((_space(before, gap[0], word), gap[1] & marks_before & marks))
            gap = None
            pieces.append((word, marks))
    return _serialise(_merged(pieces))


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_CHARACTERS))
    return unicodedata.normalize("NFC", _JOINERS.sub("", text))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _space(before: str, gap: str, after: str) -> str:
    # A no-break space holds a figure to its unit or sign ("5 km", "Rp 3"); others are layout.
    is_tied = gap == "\u00a0" and (before[-1].isdecimal() or after[0].isdecimal())
    return "\u00a0" if is_tied else " "


def _merged(pieces: Iterable[_Run]) -> Iterator[_Run]:
    texts: list[str] = []
    current = _NO_MARKS
    for text, marks in pieces:
        if texts and marks != current:
            yield unicodedata.normalize("NFC", "".join(texts)), current
            texts = []
        texts.append(text)
        current = marks
    if texts:
        yield unicodedata.normalize("NFC", "".join(texts)), current


def _serialise(runs: Iterable[_Run]) -> str:
    pieces: list[str] = []
    opened: list[tuple[str, str]] = []
    for text, marks in runs:
        wanted = sorted(marks, key=_nesting)
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        pieces.extend(f"</{tag}>" for tag, _ in reversed(opened[shared:]))
        pieces.extend(_mark_tag(tag, value) for tag, value in wanted[shared:])
        pieces.append(escape(text))
        opened = wanted
    pieces.extend(f"</{tag}>" for tag, _ in reversed(opened))
    return "".join(pieces)


def _nesting(mark: tuple[str, str]) -> int:
    return MARKS.index(mark[0])


def _mark_tag(tag: str, value: str) -> str:
    return f"<{tag}{_attribute(ALLOWED[tag].attributes[0], value)}>" if value else f"<{tag}>"


def _attribute(name: str, value: str) -> str:
    quoted = escape(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _inner(draft: _Draft) -> str:
    if draft.kind not in {Kind.QUOTE, Kind.NOTE}:
        return "".join(draft.parts)
    cite = f"<cite>{draft.cite}</cite>" if draft.cite else ""
    return "".join(f"<p>{part}</p>" for part in draft.parts) + cite


def _bids(drafts: Sequence[_Draft]) -> list[str]:
    """Return an id for each draft: its own where valid and not yet used, else a minted one."""
    taken: set[str] = set()
    kept: list[str] = []
    for draft in drafts:
        is_own = _BID.fullmatch(draft.bid) is not None and draft.bid not in taken
        kept.append(draft.bid if is_own else "")
        taken.add(kept[-1])
    return [
        bid or _mint(f"{place} {draft.tag} {_inner(draft)}", taken)
        for place, (bid, draft) in enumerate(zip(kept, drafts, strict=True))
    ]


def _mint(seed: str, taken: set[str]) -> str:
    attempt = seed
    while True:
        digest = hashlib.blake2s(attempt.encode(), digest_size=5).digest()
        bid = base64.b32encode(digest).decode().lower()
        if bid not in taken:
            taken.add(bid)
            return bid
        attempt = f"{attempt}+"
