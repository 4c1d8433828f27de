"""
News pages of other papers, read into their parts.

Bytes in, a ``NewsPage`` out: the words of a plain-text or HTML page sorted into
headline, standfirst, byline, body and rights line, without the cookie notice, the
menus and the share buttons around them. What cannot be read is refused.
"""

import re
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Literal, get_args

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import _Element as Element

LARGEST_PAGE = 2 * 1024 * 1024
LONGEST_HEADLINE = 200
LONGEST_STANDFIRST = 200
LONGEST_MARKED_STANDFIRST = 600
LONGEST_ASIDE = 300

Kind = Literal["paragraph", "heading", "subheading", "quote", "bullet", "number"]


@dataclass(frozen=True)
class Block:
    """
    One piece of the body. ``html`` holds escaped text with strong, em, sub, sup and a.

    ``cite`` says whom a quote is by and is plain text; other kinds leave it empty.
    """

    kind: Kind
    html: str
    cite: str = ""


@dataclass(frozen=True)
class RightsLine:
    """Whose a page says it is: the line as printed, and the name in it."""

    text: str
    holder: str


@dataclass(frozen=True)
class NewsPage:
    """A page's words, sorted. What a page does not have is empty, or None."""

    language: str
    headline: str
    standfirst: str
    byline: tuple[str, ...]
    dateline: str
    blocks: tuple[Block, ...]
    rights_line: RightsLine | None


class Unreadable(Exception):
    """The bytes are no news page; nothing was made of them."""


class EmptyPage(Unreadable):
    """There is not a single letter in it."""


class TooLarge(Unreadable):
    """The page has more bytes than any news page."""

    def __init__(self, *, size: int) -> None:
        self.size = size
        self.largest = LARGEST_PAGE
        super().__init__(f"{size} bytes, at most {LARGEST_PAGE}")


class NotText(Unreadable):
    """The bytes are a picture, a document or a program, not text."""


class WrongEncoding(Unreadable):
    """The bytes are not text in the encoding that the page names, or in UTF-8 if it names none."""

    def __init__(self, *, encoding: str, position: int) -> None:
        self.encoding = encoding
        self.position = position
        super().__init__(f"not {encoding} from byte {position}")


class LostLetters(Unreadable):
    """Letters were lost before the page came here: it holds the sign that stands for them."""

    def __init__(self, *, near: str) -> None:
        self.near = near
        super().__init__(near)


class TooNested(Unreadable):
    """The page's elements stand in one another too deeply for all of its words to be read."""


class NoHeadline(Unreadable):
    """Nothing at the top of the page can be its headline."""


class HeadlineTooLong(Unreadable):
    """What stands at the top of the page is longer than any headline."""

    def __init__(self, *, headline: str) -> None:
        self.headline = headline
        self.longest = LONGEST_HEADLINE
        super().__init__(f"{len(headline)} letters")


class NoBody(Unreadable):
    """There is a headline, but no paragraph under it."""


class RightsLinesDisagree(Unreadable):
    """The page names more than one owner."""

    def __init__(self, *, holders: tuple[str, ...]) -> None:
        self.holders = holders
        super().__init__(", ".join(holders))


def read_page(raw: bytes, *, language: str) -> NewsPage:
    """
    Return the parts of a plain-text or HTML news page.

    ``language`` is the language the page is in. Raises an ``Unreadable`` that
    names what is in the way. The time grows with the size of the page only.
    """
    text = _decoded(raw)
    pieces = _html_pieces(text) if _LOOKS_LIKE_HTML.match(text) else _plain_pieces(text)
    return _page(pieces, language)


# From bytes to text

_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    # Pages that say ISO 8859-1 mean Windows' superset of it; browsers read them so.
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
}
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NAMED_ENCODING = re.compile(
    rb"""<[^<>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_OTHER_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")


def _decoded(raw: bytes) -> str:
    if len(raw) > LARGEST_PAGE:
        raise TooLarge(size=len(raw))
    if raw.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf")):
        raise NotText
    text = _strictly_decoded(raw)
    if _NOT_TEXT.search(text):
        raise NotText
    text = _INVISIBLE.sub("", _OTHER_LINE_ENDS.sub("\n", text))
    if not any(sign.isalpha() for sign in text):
        raise EmptyPage
    return text


def _strictly_decoded(raw: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decoded_as(encoding, raw[len(mark) :])
    if b"\x00" in raw:
        raise NotText
    # UTF-8 comes first: other encodings hardly ever look like it, but pages often name
    # the encoding they had before they were saved again.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        named = _NAMED_ENCODING.search(raw[:4096])
        label = named.group(1).decode("ascii", "replace").lower() if named else "utf-8"
        return _decoded_as(_ENCODINGS.get(label, "utf-8"), raw)


def _decoded_as(encoding: str, raw: bytes) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as refusal:
        raise WrongEncoding(encoding=encoding, position=refusal.start) from refusal


# From text to pieces: what each paragraph is, in the page's order

Label = Kind | Literal["headline", "standfirst", "byline", "cite", "story", "endnote", "margin"]


@dataclass(frozen=True)
class _Piece:
    """A paragraph's words and what the page says it is."""

    label: Label
    html: str
    cite: str = ""

    @property
    def text(self) -> str:
        return _collapsed(unescape(_TAG.sub("", self.html)))


_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


# Plain text: empty lines part paragraphs; so do line ends that no lack of room explains.

_ITEM = re.compile(r"(?:[•*–-]|(\d{1,2})[.)])\s+(?=\S)")
_SIGNATURE = re.compile(r"(?:—|–|--)\s*(\S.{0,118})")
_OPENING_QUOTES = ('"', "“", "„", "«")
WIDEST_WRAPPED_LINE = 100


def _plain_pieces(text: str) -> list[_Piece]:
    lines = [_collapsed(line) for line in text.split("\n")]
    # Without empty lines there is nothing else that could part the paragraphs.
    is_wrapped = "" in lines[1:-1] and max(map(len, lines)) <= WIDEST_WRAPPED_LINE
    width = max(map(len, lines)) if is_wrapped else 0
    pieces: list[_Piece] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and not (line and _runs_on(paragraph[-1], line, width)):
            pieces.append(_plain_piece(paragraph))
            paragraph = []
        if line:
            paragraph.append(line)
    return _with_headings(pieces)


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether two lines are one paragraph; ``width`` is 0 where lines are never wrapped."""
    if _SIGNATURE.fullmatch(following):
        return line.startswith((*_OPENING_QUOTES, ">"))
    if line.startswith(">") or following.startswith(">"):
        return line[0] == following[0]
    first_word = following.split(" ", 1)[0]
    has_no_room = len(line) + 1 + len(first_word) > width > 0
    return has_no_room and not _ITEM.match(following)


def _plain_piece(lines: list[str]) -> _Piece:
    signature = _SIGNATURE.fullmatch(lines[-1]) if len(lines) > 1 else None
    cite = signature.group(1) if signature else ""
    words = lines[:-1] if signature else lines
    if signature or words[0].startswith(">"):
        quote = " ".join(line.removeprefix(">").strip() for line in words)
        return _Piece("quote", escape(quote, quote=False), cite)
    text = " ".join(words)
    if item := _ITEM.match(text):
        label: Kind = "number" if item.group(1) else "bullet"
        return _Piece(label, escape(text[item.end() :], quote=False))
    return _Piece("paragraph", escape(text, quote=False))


# After a whole word: "PT." and "A.S." end headlines too.
_FULL_STOP = re.compile(r"\w{4}\.$")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)]*$")


def _with_headings(pieces: list[_Piece]) -> list[_Piece]:
    """Take the first line for the headline, and short lines above whole sentences for headings."""
    marked = [piece for piece in pieces if not _is_junk(piece.text)]
    for at in range(2, len(marked) - 1):
        text = marked[at].text
        if (
            marked[at].label == "paragraph"
            and len(text) <= 80
            and not text.startswith(_OPENING_QUOTES)
            and not _SENTENCE_END.search(text)
            and _SENTENCE_END.search(marked[at + 1].text)
        ):
            marked[at] = replace(marked[at], label="heading")
    if marked and len(marked[0].text) <= LONGEST_HEADLINE and not _FULL_STOP.search(marked[0].text):
        marked[0] = replace(marked[0], label="headline")
    return marked


# HTML: one walk over the tree, in document order


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LOOKS_LIKE_HTML = re.compile(
    r"\s*<(?:!doctype|!--|\?xml|/?(?:html|head|body|main|article|header|section|div|h1|p|meta|title)\b)",
    re.IGNORECASE,
)
_DROPPED_TAGS = _words(
    """
    script style noscript template nav aside form button input select textarea label iframe
    object embed svg math canvas video audio figure picture img dialog head map
    """
)
_DROPPED_ROLES = _words(
    """
    navigation complementary search dialog alertdialog
    """
)
_DROPPED_WORDS = _words(
    """
    cookie cookies kuki consent gdpr share sharing social related breadcrumb breadcrumbs
    comment comments newsletter subscribe subscription promo advert advertisement ads banner
    nav navbar menu sidebar popup modal tag tags terkait bagikan iklan komentar
    """
)
_STANDFIRST_WORDS = _words(
    """
    standfirst lead lede deck dek subtitle summary ringkasan anons
    """
)
_BYLINE_WORDS = _words(
    """
    byline author authors penulis reporter
    """
)
_MARGIN_WORDS = _words(
    """
    footer copyright contentinfo
    """
)
_BLOCK_TAGS = _words(
    """
    address article blockquote body br center dd details div dl dt fieldset footer h1 h2 h3 h4 h5
    h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
    """
)
_LABELS: dict[str, Label] = {
    "blockquote": "quote",
    "li": "bullet",
    "h1": "heading",
    "h2": "heading",
    "h3": "subheading",
    "h4": "subheading",
    "h5": "subheading",
    "h6": "subheading",
    "footer": "margin",
}
_INLINE_TAGS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "sub": "sub",
    "sup": "sup",
}
_ATTRIBUTE_WORD = re.compile(r"[a-z]+")


def _html_pieces(text: str) -> list[_Piece]:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError as refusal:  # nothing but comments
        raise EmptyPage from refusal
    if any("depth" in entry.message for entry in parser.error_log):
        raise TooNested
    walk = _Walk(tree)
    walk.through(tree)
    return walk.pieces


class _Walk:
    """One pass over a page: collects its story, its headline, and what its margins say."""

    def __init__(self, tree: Element) -> None:
        self.pieces: list[_Piece] = []
        self._headline = next(tree.iter("h1"), None)
        self._story = _story(tree, self._headline)
        kept = [part for part in (self._story, self._headline) if part is not None]
        self._kept = {part for leaf in kept for part in (leaf, *leaf.iterancestors())}
        self._open: list[tuple[Element, Label]] = []
        self._marks: list[str] = []
        self._runs: list[tuple[str, tuple[str, ...]]] = []

    def through(self, tree: Element) -> None:
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._is_dropped(element):
                    walker.skip_subtree()
                else:
                    self._start(element)
            else:
                if not self._is_dropped(element):
                    self._end(element)
                self._add(element.tail or "")
        if self._headline is None and (title := _title(tree)):
            self.pieces.insert(0, _Piece("headline", escape(title, quote=False)))

    def _is_dropped(self, element: Element) -> bool:
        if element in self._kept:
            return False
        return (
            element.tag in _DROPPED_TAGS
            or element.get("role") in _DROPPED_ROLES
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _is_named(element, _DROPPED_WORDS)
        )

    def _start(self, element: Element) -> None:
        label = self._label(element)
        if element.tag == "br" and self._is_in("headline"):
            self._add(" ")
        elif label is not None or element.tag in _BLOCK_TAGS:
            self._close()
        if label is not None:
            self._open.append((element, label))
        if mark := _mark(element):
            self._marks.append(mark)
        self._add(element.text or "")

    def _end(self, element: Element) -> None:
        is_labelled = bool(self._open) and self._open[-1][0] is element
        if is_labelled or (element.tag in _BLOCK_TAGS and element.tag != "br"):
            self._close()
        if is_labelled:
            self._open.pop()
        if _mark(element):
            self._marks.pop()

    def _label(self, element: Element) -> Label | None:
        if element in self._kept:
            named: dict[Element | None, Label] = {self._story: "story", self._headline: "headline"}
            return named.get(element)
        if self._is_in("quote") and element.tag in {"cite", "footer"}:
            return "cite"
        if element.tag == "li" and _parent_tag(element) == "ol":
            return "number"
        return _LABELS.get(str(element.tag)) or _label_by_name(element)

    def _is_in(self, label: Label) -> bool:
        return any(opened == label for _element, opened in self._open)

    def _add(self, text: str) -> None:
        text = _SPACE.sub(" ", text)
        if not self._runs or self._runs[-1][0].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self._runs.append((text, tuple(self._marks)))

    def _close(self) -> None:
        """Make a piece of the words since the last one ended."""
        html = _marked_up(self._runs)
        self._runs = []
        if not html:
            return
        label = self._open[-1][1] if self._open else "paragraph"
        if label == "cite" and self.pieces and self.pieces[-1].label == "quote":
            cite = _collapsed(unescape(_TAG.sub("", html))).lstrip("—–- ")
            self.pieces[-1] = replace(self.pieces[-1], cite=cite)
        elif self._is_in("margin"):
            self.pieces.append(_Piece("endnote" if self._is_in("story") else "margin", html))
        elif self._is_in("story") or label in {"headline", "standfirst", "byline"}:
            self.pieces.append(_Piece("paragraph" if label in {"story", "cite"} else label, html))


def _story(tree: Element, headline: Element | None) -> Element:
    """Return the element that holds the story: the one around the headline, or the main one."""
    around = [] if headline is None else list(headline.iterancestors("article"))
    articles = list(tree.iter("article"))
    candidates = [*around[:1], *tree.iter("main"), *(articles if len(articles) == 1 else [])]
    found = next((part for part in candidates if next(part.iter("p"), None) is not None), None)
    return next(tree.iter("body"), tree) if found is None else found


def _title(tree: Element) -> str:
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:title":
            return _collapsed(meta.get("content") or "")
    title = next(tree.iter("title"), None)
    return "" if title is None else _collapsed(title.text or "")


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _is_named(element: Element, words: frozenset[str]) -> bool:
    """Whether a class or the id begins or ends with one of these words (``post-tags``)."""
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".lower().split():
        parts = _ATTRIBUTE_WORD.findall(name)
        # "has-sidebar" tells of a neighbour, not of the element itself.
        if parts and parts[0] not in {"has", "with", "no"} and {parts[0], parts[-1]} & words:
            return True
    return False


def _label_by_name(element: Element) -> Label | None:
    if element.tag in _INLINE_TAGS:
        return None
    if _is_named(element, _MARGIN_WORDS) or element.get("role") == "contentinfo":
        return "margin"
    if _is_named(element, _STANDFIRST_WORDS):
        return "standfirst"
    return "byline" if _is_named(element, _BYLINE_WORDS) else None


def _mark(element: Element) -> str:
    """Return the opening tag that an inline element keeps, or nothing."""
    if element.tag == "a":
        href = (element.get("href") or "").strip()
        is_whole = href.startswith(("https://", "http://")) and len(href) <= 2000
        return f'<a href="{escape(href)}">' if is_whole else ""
    tag = _INLINE_TAGS.get(str(element.tag))
    return f"<{tag}>" if tag else ""


def _marked_up(runs: list[tuple[str, tuple[str, ...]]]) -> str:
    while runs and not runs[-1][0].strip():
        runs.pop()
    if not runs:
        return ""
    runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    parts: list[str] = []
    opened: list[str] = []
    for text, marks in [*runs, ("", ())]:
        wanted = list(dict.fromkeys(marks))
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        parts.extend(f"</{_tag_name(mark)}>" for mark in reversed(opened[shared:]))
        parts.extend(wanted[shared:])
        opened = wanted
        parts.append(escape(text, quote=False))
    return "".join(parts)


def _tag_name(mark: str) -> str:
    return mark[1:].split(" ", 1)[0].rstrip(">")


# From pieces to the page


def _page(pieces: list[_Piece], language: str) -> NewsPage:
    top = next((at for at, piece in enumerate(pieces) if piece.label == "headline"), None)
    if top is None or not pieces[top].text:
        raise NoHeadline
    headline = pieces[top].text
    if len(headline) > LONGEST_HEADLINE:
        raise HeadlineTooLong(headline=headline)
    told = [piece for piece in pieces[top + 1 :] if not _is_junk(piece.text)]
    rights_line, told = _without_rights_lines(told)
    byline, told = _without_byline(told)
    standfirst, told = _without_standfirst(told)
    while told and told[-1].label in {"heading", "subheading"}:
        told.pop()
    if not any(piece.label == "paragraph" for piece in told):
        raise NoBody
    dateline, told = _without_dateline(told)
    for text in (headline, standfirst, *(piece.text for piece in told)):
        if "\ufffd" in text:
            at = text.index("\ufffd")
            raise LostLetters(near=text[max(at - 20, 0) : at + 20])
    blocks = tuple(_block(piece) for piece in told)
    return NewsPage(language, headline, standfirst, byline, dateline, blocks, rights_line)


_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


def _block(piece: _Piece) -> Block:
    return Block(_KINDS.get(piece.label, "paragraph"), piece.html, piece.cite)


# Rights lines

_YEARS = r"\d{4}(?:\s*[-–—]\s*\d{4})?"
_RIGHTS_WORD = (
    r"hak\s+cipta|copyright|©|\([cс]\)|авторск\w+\s+прав\w+|все\s+права|правообладател\w+"
)
_RIGHTS_OPENING = re.compile(
    rf"""(?:{_YEARS}\s*)?(?:{_RIGHTS_WORD}|all\s+rights)[\s:,]*
    (?:(?:{_RIGHTS_WORD})[\s:,]*|{_YEARS}[\s,.]*
    |(?:dipegang\s+oleh|ada\s+pada|milik|oleh|pada|belongs?\s+to|(?:is\s+|are\s+)?held\s+by|reserved\s+by|by
    |принадлежат|принадлежит|сохранены\s+за)\s+)*""",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHTS_CLOSING = re.compile(
    rf"""[\s.,;–—-]*(?:(?:all\s+rights\s+reserved|(?:semua|seluruh)\s+hak\s+(?:cipta\s+)?dilindungi
    |hak\s+cipta\s+dilindungi|все\s+права\s+(?:защищены|сохранены)).*|(?:©\s*)?{_YEARS}[\s.]*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_RIGHTS_WITHOUT_HOLDER = re.compile(
    r"dilindungi\b.*|reserved\.?|защищены\.?", re.IGNORECASE | re.DOTALL
)
_NAME_THEN_SIGN = re.compile(
    rf"(?P<name>[^©]{{2,80}}?)\s*(?:©|\([cс]\))\s*(?:{_YEARS})?\.?", re.IGNORECASE
)
_AFTER_THE_NAME = re.compile(r"\s[|·•]\s.*|(?<=[\w’»”\"]{4})\.\s.*", re.DOTALL)
_JOINING_WORDS = _words(
    """
    and atau da dan de di for für la of the van von и в на по
    """
)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_COMMON_HOLDERS = re.compile(r"(?:milik|the)\s+\w+\.?$", re.IGNORECASE)


def _without_rights_lines(pieces: list[_Piece]) -> tuple[RightsLine | None, list[_Piece]]:
    """Take out what says whose the page is; the margin counts if the story says nothing."""
    lines = [read_rights_line(piece.text) for piece in pieces]
    found = [(piece.label, line) for piece, line in zip(pieces, lines, strict=True) if line]
    named = [line for label, line in found if line.holder and label != "margin"]
    named = named or [line for label, line in found if line.holder]
    holders = {line.holder.casefold(): line.holder for line in named}
    if len(holders) > 1:
        raise RightsLinesDisagree(holders=tuple(holders.values()))
    told = [
        piece
        for piece, line in zip(pieces, lines, strict=True)
        if line is None and piece.label not in {"endnote", "margin"}
    ]
    return (named[0] if named else None), told


def read_rights_line(text: str) -> RightsLine | None:
    """Return what a line says about rights; the holder is empty where it names nobody."""
    if len(text) > LONGEST_ASIDE:
        return None
    opening = _RIGHTS_OPENING.match(text)
    if opening is None:
        signed = _NAME_THEN_SIGN.fullmatch(text)
        return RightsLine(text, signed["name"].strip(" ,–—-")) if signed else None
    rest = text[opening.end() :]
    if not rest or _RIGHTS_WITHOUT_HOLDER.fullmatch(rest):
        return RightsLine(text, "")
    while (shorter := _RIGHTS_CLOSING.sub("", rest)) != rest:
        rest = shorter
    holder = _AFTER_THE_NAME.sub("", rest).strip(" ,;:–—-")
    # The full stop ends the line, unless it belongs to an abbreviation ("Inc.", "Tbk.").
    holder = holder[:-1] if re.search(r"\w{4}[»”\"]?\.$", holder) else holder
    is_common = _COMMON_HOLDERS.search(text) is not None
    return RightsLine(text, holder) if is_common or _is_name(holder) else None


def _is_name(text: str) -> bool:
    """Whether a text is written as names are: every word that carries meaning stands out."""
    words = re.findall(r"[^\s/&+]+", text)
    names = [word for word in words if word.casefold() not in _JOINING_WORDS]
    if _CYRILLIC.search(text):
        # Russian names of papers go on in small letters: "Российская газета".
        names = names[:1]
    return 0 < len(words) <= 12 and bool(names) and all(map(_starts_like_a_name, names))


def _starts_like_a_name(word: str) -> bool:
    bare = word.lstrip("\"'“„«‘(")
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit() or "." in bare[:-1])


# What stands around a story: notices, buttons, menus, teasers

_ASIDES = re.compile(
    r"""(?:
    # cookie notices
    (?:situs|website|laman|halaman)(?:\s+web)?\s+(?:ini|kami)\s+(?:menggunakan|memakai)\s+(?:kuki|cookies?)\b.*
    |kami\s+(?:menggunakan|memakai)\s+(?:kuki|cookies?)\b.*
    |dengan\s+(?:melanjutkan|terus|tetap|menggunakan|mengunjungi)\b.*\b(?:kuki|cookies?)\b.*
    |(?:this|our)\s+(?:web)?\s?site\s+uses\s+cookies\b.*
    |we\s+(?:and\s+our\s+partners\s+)?use\s+cookies\b.*
    |by\s+(?:continuing|using|browsing|clicking)\b.*\bcookies\b.*
    |(?:наш\s+|этот\s+)?сайт\s+использует\s+(?:файлы\s+)?(?:cookies?|куки)\b.*
    |мы\s+используем\s+(?:файлы\s+)?(?:cookies?|куки)\b.*
    # their buttons
    |(?:ya,?\s+)?(?:saya\s+)?(?:terima|tolak|setujui?|izinkan|atur|kelola|pengaturan)(?:\s+semua)?(?:\s+(?:kuki|cookies?))?
    |(?:yes,?\s+)?(?:i\s+)?(?:accept|reject|decline|refuse|allow|agree|manage)(?:\s+all)?(?:\s+cookies?)?
    |cookies?\s+(?:settings|preferences|policy)|kebijakan\s+(?:kuki|cookies?|privasi)|privacy\s+policy
    |принять(?:\s+все)?(?:\s+(?:cookies?|куки))?|отклонить(?:\s+все)?|согласен|согласна
    |(?:klik\s+di\s+sini\s+untuk\s+)?(?:mem)?pelajari\s+lebih\s+lanjut|(?:click\s+here\s+to\s+)?learn\s+more
    |klik\s+di\s+sini\s+untuk\s+mempelajari\s+lebih\s+lanjut|подробнее|ok(?:e|ay)?|got\s+it
    # teasers
    |(?:baca|lihat|simak|tonton)\s+(?:juga|pula|selengkapnya|lainnya)\b.*
    |(?:read|see|watch)\s+(?:also|more|next)\b\s*:?.*|also\s+read\b.*
    |(?:читайте|смотрите)\s+(?:также|ещё|еще)\b.*
    |scroll\s+to\s+continue\b.*|gulir\s+untuk\s+(?:lanjut|melanjutkan)\b.*
    # menus and buttons
    |beranda|home|menu|cari|search|masuk|daftar|log\s?in|sign\s+(?:in|up)|register|langganan|berlangganan|subscribe
    |bagikan|share|cetak|print|salin\s+tautan|copy\s+link|komentar|comments?|iklan|advertisement|sponsored
    |facebook|twitter|x|whatsapp|telegram|instagram|youtube|linkedin|e-?mail|surel
    |skip\s+to\s+(?:main\s+)?content|langsung\s+ke\s+(?:isi|konten)|kembali\s+ke\s+atas|back\s+to\s+top
    |главная|поделиться|реклама|комментарии
    )[.!…»›→]*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PATH_SIGNS = re.compile(r"\s[›»>|·•/]\s")


def _is_junk(text: str) -> bool:
    """Whether a paragraph is none of the story's: a notice, a button, a menu, a teaser."""
    if len(text) > LONGEST_ASIDE:
        return False
    if _ASIDES.fullmatch(text):
        return True
    steps = _PATH_SIGNS.split(text)
    return len(steps) > 2 and all(len(step.split()) <= 3 for step in steps)


# The lines between headline and story

_BYLINE = re.compile(
    r"(?:oleh|by|penulis|reporter|автор|текст)\s*:?\s+(.{3,120}?)\.?", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s*,\s*|\s+(?:dan|and|и|&)\s+")
_MONTH = (
    r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
    r"|янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)\w*"
)
_TIMESTAMP = re.compile(
    rf"""(?:(?:diterbitkan|dipublikasikan|diperbarui|published|updated|опубликовано)\b[\s:]*(?:pada\s+|on\s+)?)?
    (?:\w{{2,11}},?\s+)?
    (?:\d{{1,2}}[\s./-]+(?:{_MONTH}|\d{{1,2}})[\s./,-]+\d{{2,4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)
    (?:[\s,|·•–—-]*(?:pukul\s+|at\s+|jam\s+)?\d{{1,2}}[.:]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?)?
    \s*(?:\(?(?:wib|wita|wit|gmt|utc|msk|мск)\)?[\s+\d:]*)?""",
    re.IGNORECASE | re.VERBOSE,
)
# How many paragraphs under the headline may be names and dates rather than text.
TOP_LINES = 4


def _without_byline(pieces: list[_Piece]) -> tuple[tuple[str, ...], list[_Piece]]:
    """Take out who wrote it and when it was printed."""
    names: list[str] = []
    told: list[_Piece] = []
    for at, piece in enumerate(pieces):
        found = _BYLINE.fullmatch(piece.text)
        if at < TOP_LINES and _TIMESTAMP.fullmatch(piece.text):
            continue
        if piece.label == "byline" or (at < TOP_LINES and found):
            listed = _BETWEEN_NAMES.split(found.group(1) if found else piece.text)
            if all(_is_name(name) and len(name.split()) <= 5 for name in listed):
                names.extend(listed)
                continue
        if piece.label != "byline":
            told.append(piece)
    return tuple(dict.fromkeys(names)), told


def _without_standfirst(pieces: list[_Piece]) -> tuple[str, list[_Piece]]:
    """Take out the marked standfirst, or a short first paragraph that a longer one follows."""
    marked = next((at for at, piece in enumerate(pieces) if piece.label == "standfirst"), None)
    if marked is not None and len(pieces[marked].text) <= LONGEST_MARKED_STANDFIRST:
        return pieces[marked].text, pieces[:marked] + pieces[marked + 1 :]
    if len(pieces) < 2:
        return "", pieces
    first, second = pieces[0], pieces[1]
    is_subtitle = first.label == "heading" and second.label == "paragraph"
    is_short = (
        first.label == second.label == "paragraph"
        and len(first.text) <= LONGEST_STANDFIRST
        and len(first.text) < len(second.text)
        and not _DATELINE.match(first.html)
    )
    return (first.text, pieces[1:]) if is_subtitle or is_short else ("", pieces)


# A place in capitals and a dash before the first words: "MOSKOW — …".
_DATELINE = re.compile(
    r"(?P<open><(?:strong|em)>)?(?P<place>[A-ZА-ЯЁ][A-ZА-ЯЁ .'’-]{1,40}[A-ZА-ЯЁ])"
    r"(?(open)\s*</(?:strong|em)>)"
    r"\s*(?:—|–|--|-)\s+"
)


def _without_dateline(pieces: list[_Piece]) -> tuple[str, list[_Piece]]:
    first = pieces[0]
    found = _DATELINE.match(first.html)
    if found is None or first.label != "paragraph":
        return "", pieces
    return found["place"], [replace(first, html=first.html[found.end() :]), *pieces[1:]]
