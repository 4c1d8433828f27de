"""Bringing in a page of another paper: its words become a draft, its owner the attribution."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from articles import languages, richtext
from articles.editing import Facts, start_article
from articles.models import Activity, Article, Attribution, Author, Section, Source
from articles.newspage import Block, NewsPage, read_rights_line
from articles.permissions import Person
from articles.recording import Draft
from articles.stemming import words

_KINDS = {
    "paragraph": richtext.Kind.PARAGRAPH,
    "heading": richtext.Kind.HEADING,
    "subheading": richtext.Kind.SUBHEADING,
    "quote": richtext.Kind.QUOTE,
    "bullet": richtext.Kind.LIST_ITEM,
    "number": richtext.Kind.LIST_ITEM,
}
# Words around a paper's name that say what it is, not which one.
_GENERIC = frozenset(
    words("the PT Tbk CV harian surat kabar redaksi Inc Ltd LLC ФГБУ ООО АО редакция редакции")
)


class RightsLineNamesAnotherSource(Exception):
    """The page belongs to somebody else than the source it was said to come from."""

    def __init__(self, *, holder: str, source: Source) -> None:
        self.holder = holder
        self.source = source
        super().__init__(f"{holder!r} is not {source.code}")


class AlreadyIngested(Exception):
    """This page was brought in before; ``article`` is what became of it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__(f"article {article.pk}")


@transaction.atomic
def ingest(
    page: NewsPage,
    *,
    source: Source,
    section: Section,
    published_on: date,
    by: Person | None,
    at: datetime,
) -> Article:
    """
    Start a story from a news page, credited to its source, and return it as a draft.

    ``published_on`` is the day the source printed it. Names of the byline become authors.
    Raises ``RightsLineNamesAnotherSource`` and ``AlreadyIngested``, storing nothing.
    """
    if page.rights_line is not None and not _names(page.rights_line.holder, source):
        raise RightsLineNamesAnotherSource(holder=page.rights_line.holder, source=source)
    before = Attribution.objects.filter(
        source=source,
        original_title=page.headline,
        original_language=page.language,
        original_published_on=published_on,
    ).select_related("article")
    if (known := before.order_by("pk").first()) is not None:
        raise AlreadyIngested(known.article)
    body = richtext.body_from(_part(block) for block in page.blocks)
    facts = Facts(
        section=section,
        authors=[_author(name) for name in page.byline],
        source=source,
        relation=Attribution.Relation.REPUBLISHED,
        original_title=page.headline,
        original_language=page.language,
        original_published_on=published_on,
        original_byline=", ".join(page.byline),
        reference_text=richtext.plain_text(richtext.sanitise(body)),
    )
    draft = Draft(
        dateline=page.dateline,
        headline=page.headline,
        standfirst=page.standfirst,
        body=body,
    )
    return start_article(
        language=page.language,
        facts=facts,
        draft=draft,
        by=by,
        at=at,
        verb=Activity.Verb.INGESTED,
    )


def _part(block: Block) -> richtext.Part:
    return richtext.Part(
        kind=_KINDS[block.kind],
        html=block.html,
        cite=richtext.escape(block.cite),
        ordered=block.kind == "number",
    )


def _author(name: str) -> Author:
    known = Author.objects.filter(name=name).order_by("pk").first()
    if known is not None:
        return known
    base = slugify(name) or "author"
    taken = set(Author.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return Author.objects.create(name=name, slug=slug)


def _names(holder: str, source: Source) -> bool:
    """Whether a rights line's holder is this source, in any of its languages."""
    said = words(holder)
    return any(_same(said, words(name)) for name in _known_names(source) if name)


def _known_names(source: Source) -> list[str]:
    names = [source.name_original]
    for language in languages.PUBLIC:
        names.append(getattr(source, languages.column("name", language)) or "")
        notice = read_rights_line(getattr(source, languages.column("notice", language)) or "")
        names.append(notice.holder if notice is not None else "")
    return names


def _same(said: Sequence[str], known: Sequence[str]) -> bool:
    for candidate in (said, [word for word in said if word not in _GENERIC]):
        if len(candidate) == len(known) and all(map(_same_word, candidate, known)):
            return True
    return False


def _same_word(said: str, known: str) -> bool:
    """Compare words; Russian ones may differ in their endings: rights lines decline names."""
    if said == known:
        return True
    shared = 0
    while shared < min(len(said), len(known)) and said[shared] == known[shared]:
        shared += 1
    is_cyrillic = "а" <= known[0] <= "я"
    return is_cyrillic and shared >= max(4, max(len(said), len(known)) - 3)
