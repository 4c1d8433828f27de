"""
All that readers may see; public pages, feeds and sitemaps know nothing else of a story.

Every function takes the language and the moment it answers for, and returns plain values read
from the published copy of that language: no draft, and no other language's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import (
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles import following, languages, richtext, searching
from articles.credit import Credit, Name, SourceCredit, Terms, credit_now, primary_attribution
from articles.credit import Picture as CreditedPicture
from articles.following import Severity
from articles.models import (
    Address,
    Article,
    Author,
    Byline,
    Edition,
    Notice,
    Publication,
    Revision,
    Section,
    Source,
    Topic,
    WorkingCopy,
)

STORIES_PER_PAGE = 20
STORIES_PER_FEED = 30
STORIES_ON_FRONT = 60
RELATED_STORIES = 4
# So many names of a byline or of translators are looked through for an author's page.
NAMES_LOOKED_THROUGH = 8

# Columns of the published copy: what is asked of every language (its address, whether it is live,
# whether it was changed), a card, a whole page.
_ADDRESS = (
    "slug",
    "first_published_at",
    "live_from",
    "live_until",
    "rights_from",
    "rights_until",
    "updated_at",
)
_CARD = ("slug", "headline", "standfirst", "image_alt", "credit", "first_published_at")
_PAGE = (*_CARD, "dateline", "body", "image_caption", "updated_at", "withdrawn_at")

_OFFLINE = ("offline_answer", "offline_leads_to")

# What the list of corrections is about.
_LISTED = (Notice.Kind.CORRECTION, Notice.Kind.CLARIFICATION, Notice.Kind.NOTE)

Stories = QuerySet[Article]


@dataclass(frozen=True)
class Label:
    """A name that stories are listed under; without ``slug`` it has no page in this language."""

    name: str
    slug: str = ""


@dataclass(frozen=True)
class Photo:
    """A picture as a page shows it; ``alt`` is empty for a decorative one."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Card:
    """A story as lists show it."""

    path: str
    headline: str
    standfirst: str
    section: Label
    published_at: datetime
    photo: Photo | None
    # In search results: the piece of the text that answers the query, as HTML.
    excerpt: str = ""


@dataclass(frozen=True)
class PublicNotice:
    """What readers are told about a story, such as a correction."""

    kind: str
    text: str
    at: datetime
    link: str = ""

    @property
    def title(self) -> str:
        return str(Notice.Kind(self.kind).label)

    @property
    def is_correction(self) -> bool:
        return self.kind == Notice.Kind.CORRECTION


@dataclass(frozen=True)
class Origin:
    """
    The source box: who the story comes from, and what it was there.

    ``original_title`` is empty where it is this page's own headline.
    """

    credit: SourceCredit
    original_title: str
    published_on: date | None

    @property
    def is_ours(self) -> bool:
        return self.credit.relation == "ours"

    @property
    def is_paid(self) -> bool:
        return self.credit.relation == "paid"

    @property
    def terms(self) -> Terms | None:
        return self.credit.terms

    @property
    def link(self) -> str:
        """Return the address the licence wants linked, empty if none."""
        wanted = self.terms.link if self.terms is not None else ""
        return {"home": self.credit.home_url, "article": self.credit.original_url}.get(wanted, "")

    @property
    def rel(self) -> str:
        """Return what a link to the source tells robots."""
        follow = self.terms is None or self.terms.link_follow
        return "noopener" if follow else "noopener nofollow"


@dataclass(frozen=True)
class ArticlePage:
    """
    One story in one language, as its page shows it.

    ``versions`` are the paths of all live languages, this one's among them; ``first_language``
    is the one the story was written in. ``source_corrected_at`` is when the original was
    corrected, on a translation that should say so by now and does not; ``changes_at`` the moment
    at which it will have to be told. A preview has no moment of publication unless an
    earlier text of it is or was public.
    """

    key: int
    language: str
    first_language: str
    path: str
    headline: str
    standfirst: str
    dateline: str
    body: str
    photo: Photo | None
    section: Label
    byline: Sequence[Name]
    translators: Sequence[Name]
    translated_from: str
    origin: Origin | None
    published_at: datetime | None
    updated_at: datetime | None
    topics: Sequence[Label] = ()
    notices: Sequence[PublicNotice] = ()
    versions: dict[str, str] = field(default_factory=dict)
    related: Sequence[Card] = ()
    source_corrected_at: datetime | None = None
    changes_at: datetime | None = None
    is_preview: bool = False
    # What search engines are told, which dates are wrong in the original too, and when the
    # rights to the page end.
    is_listed: bool = True
    canonical: str = ""
    as_in_original: Sequence[str] = ()
    expires_at: datetime | None = None

    @property
    def modified_at(self) -> datetime | None:
        """The moment of the latest text: of its update, else of its publication."""
        return self.updated_at or self.published_at

    @property
    def original_path(self) -> str:
        """Where the language is that the story was written in, empty if it is not there."""
        return self.versions.get(self.first_language, "")


@dataclass(frozen=True)
class Moved:
    """The story has another address now."""

    path: str


@dataclass(frozen=True)
class Withdrawn:
    """The story is gone for good; readers are told why."""

    text: str
    at: datetime
    versions: dict[str, str]


@dataclass(frozen=True)
class RightsEnded:
    """The story may not be shown any more: nothing of it is said but when that was."""

    at: datetime
    versions: dict[str, str]


@dataclass(frozen=True)
class Gone:
    """The story is offline and its address says so; nothing of it is said."""

    versions: dict[str, str]


@dataclass(frozen=True)
class Led:
    """The story is offline, and its address leads to another one meanwhile."""

    path: str


@dataclass(frozen=True)
class Elsewhere:
    """The story is not there in this language, but in others."""

    versions: dict[str, str]


@dataclass(frozen=True)
class Frame:
    """What stands around every page; ``next_change`` is when time itself will change pages."""

    sections: Sequence[Label]
    next_change: datetime | None


@dataclass(frozen=True)
class Block:
    """A section's part of the front page."""

    section: Label
    cards: Sequence[Card]


@dataclass(frozen=True)
class FrontPage:
    """The front page: one lead, a few beside and below it, then section by section."""

    lead: Card | None
    beside: Sequence[Card]
    below: Sequence[Card]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Listing:
    """One page of a list of stories, newest first; pages are numbered from 1."""

    cards: Sequence[Card]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class ListPage:
    """The page of a section, topic, author or source; ``versions`` are its slugs by language."""

    label: Label
    about: str
    listing: Listing
    versions: dict[str, str]
    home_url: str = ""


@dataclass(frozen=True)
class ToldOf:
    """
    A notice in the list of all, with the story it is about.

    Of a withdrawn story the day of its publication alone: neither its headline nor its address,
    which is made of it, is shown any more.
    """

    notice: PublicNotice
    path: str
    headline: str
    published_at: datetime

    @property
    def is_withdrawal(self) -> bool:
        return self.notice.kind == Notice.Kind.WITHDRAWAL


@dataclass(frozen=True)
class Corrections:
    """One page of what readers were told about stories, the newest first."""

    entries: Sequence[ToldOf]
    number: int
    pages: int


@dataclass(frozen=True)
class Renamed:
    """The section or topic has this slug in this language."""

    slug: str


@dataclass(frozen=True)
class Feed:
    """The newest stories, whole; ``section`` is None for the whole paper."""

    section: Label | None
    pages: Sequence[ArticlePage]


@dataclass(frozen=True)
class Month:
    """A month of first publications, and when any story of it was changed last."""

    first_day: date
    modified_at: datetime


@dataclass(frozen=True)
class Entry:
    """A story's line in a sitemap."""

    path: str
    versions: dict[str, str]
    first_language: str
    modified_at: datetime
    photo: Photo | None


# Every page


def frame(language: str, *, at: datetime) -> Frame:
    """Return the menu of sections that have something to read, and the next change. One query."""
    live = Article.objects.live(at=at, language=language).filter(section=OuterRef("pk"))
    moments = [
        languages.column(name, code)
        for code in languages.PUBLIC
        for name in ("live_from", "live_until", "rights_from", "rights_until")
    ]
    soonest = {
        f"next_{column}": Subquery(
            Article.objects.filter(**{f"{column}__gt": at}).order_by(column).values(column)[:1]
        )
        for column in (*moments, "embargo_until")
    }
    rows = Section.objects.annotate(has_stories=Exists(live), **soonest).order_by("position", "pk")
    sections, changes = [], []
    for row in rows:
        label = _label(row, language)
        if row.has_stories and label.slug:
            sections.append(label)
        changes = [moment for name in soonest if (moment := getattr(row, name)) is not None]
    return Frame(sections=sections, next_change=min(changes, default=None))


def newest(language: str, *, at: datetime, limit: int = 6) -> list[Card]:
    """Return the newest stories. One query."""
    stories = _cards_of(Article.objects.live(at=at, language=language), language)
    return [_card(article, language) for article in stories.newest_first(language)[:limit]]


# A story


def find(
    path: str, *, language: str, slug: str, at: datetime
) -> ArticlePage | Moved | Withdrawn | RightsEnded | Gone | Led | Elsewhere | None:
    """
    Return what stands at a story's address: ``path``, which ends in ``slug``.

    A former slug, another day and another language's slug are ``Moved`` to the story's address
    in this language. Nothing tells readers of a story that is not live in any language.
    """
    addresses = Address.objects.filter(slug=slug).select_related("article__section")
    found = {
        row.language: row.article
        for row in addresses.only(
            "language",
            *(f"article__{column}" for column in _columns((*_PAGE, *_OFFLINE), language)),
        )
    }
    article = found.get(language) or next(iter(found.values()), None)
    if article is None or article.is_embargoed(at=at):
        return None
    versions = _versions(article, at=at)
    if language in versions:
        if versions[language] != path:
            return Moved(versions[language])
        return article_page(article, language, at=at)
    if language in found and (why := _taken(article, language, versions, at=at)) is not None:
        return why
    return Elsewhere(versions) if versions else None


def _taken(
    article: Article, language: str, versions: dict[str, str], *, at: datetime
) -> Withdrawn | RightsEnded | Gone | Led | None:
    """Return what the address of a story says that was taken from its readers, if anything."""
    if article.published("withdrawn_at", language) is not None:
        return _withdrawn(article, language, versions)
    if (ended := article.rights_ended_at(language, at=at)) is not None:
        return RightsEnded(at=ended, versions=versions)
    if path := article.leads_to(language, at=at):
        return Led(path)
    if article.offline_answer_at(language, at=at) == Article.OfflineAnswer.GONE:
        return Gone(versions)
    return None


def article_page(article: Article, language: str, *, at: datetime) -> ArticlePage:
    """Return a live story's page. Three queries; four if its original was ever changed."""
    topics = list(article.topics.order_by(languages.column("name", language), "pk"))
    notices = article.notices.filter(language=language, at__lte=at)
    page = _page(article, language, at=at)
    missing = _missing_corrections(article, language, at=at)
    told_from = [(moment, moment + following.CLOCKS[Severity.CORRECTION]) for moment in missing]
    return replace(
        page,
        source_corrected_at=max((m for m, told in told_from if told <= at), default=None),
        changes_at=min((told for _m, told in told_from if told > at), default=None),
        topics=_labels(topics, language),
        notices=_notices(notices.order_by("-at", "-pk")),
        related=_related(article, topics, language, at=at),
    )


def owed_page(edition: Edition, credit: Credit) -> ArticlePage:
    """
    Return a page that says nothing of its own: the frame that a credit must fill. No query.

    Whatever name, notice or link its HTML holds comes from the credit.
    """
    return ArticlePage(
        key=edition.article_id,
        language=edition.language,
        first_language=edition.article.origin_language,
        path="",
        headline="",
        standfirst="",
        dateline="",
        body="",
        photo=None,
        section=Label(""),
        byline=credit.byline,
        translators=credit.translators,
        translated_from=credit.translated_from,
        origin=_origin(credit.source, ""),
        as_in_original=tuple(credit.as_in_original),
        published_at=None,
        updated_at=None,
        is_preview=True,
    )


def preview_page(edition: Edition, text: WorkingCopy | Revision, *, at: datetime) -> ArticlePage:
    """
    Return a text that is not public as its page would show it, with today's credits.

    For the newsroom's eyes alone. Labels of a language that is only translated from stand in
    the first public language.
    """
    article, language = edition.article, edition.language
    shown_in = language if language in languages.PUBLIC else settings.LANGUAGE_CODE
    public = language in languages.PUBLIC
    credit = credit_now(edition, text, attribution=primary_attribution(article))
    topics = article.topics.order_by(languages.column("name", shown_in), "pk")
    return ArticlePage(
        key=article.pk,
        language=language,
        first_language=article.origin_language,
        path="",
        headline=text.headline,
        standfirst=text.standfirst,
        dateline=text.dateline,
        body=richtext.public_html(text.body),
        photo=_photo(credit.image, alt=text.image_alt, caption=text.image_caption),
        section=_label(article.section, shown_in),
        byline=credit.byline,
        translators=credit.translators,
        translated_from=credit.translated_from,
        origin=_origin(credit.source, text.headline),
        is_listed=credit.listed,
        canonical=credit.canonical,
        as_in_original=tuple(credit.as_in_original),
        published_at=article.published("first_published_at", language) if public else None,
        updated_at=article.published("updated_at", language) if public else None,
        topics=_labels(topics, shown_in),
        notices=_notices(
            article.notices.filter(language=language, at__lte=at).order_by("-at", "-pk")
        ),
        is_preview=True,
    )


# Lists


def front_page(language: str, *, at: datetime) -> FrontPage:
    """
    Return the front page; the newest story with a picture leads. One query.

    Among the newest three, that is: an older one does not lead for its picture alone.
    """
    cards = newest(language, at=at, limit=STORIES_ON_FRONT)
    leads = [*(card for card in cards[:3] if card.photo is not None), *cards[:1]]
    if leads:
        cards.remove(leads[0])
        cards.insert(0, leads[0])
    by_section: dict[Label, list[Card]] = {}
    for card in cards[8:]:
        by_section.setdefault(card.section, []).append(card)
    return FrontPage(
        lead=cards[0] if cards else None,
        beside=cards[1:4],
        below=cards[4:8],
        blocks=[Block(section, found[:4]) for section, found in by_section.items()],
    )


def section_page(
    slug: str, *, language: str, number: int, at: datetime
) -> ListPage | Renamed | None:
    """Return a page of a section's stories; a section may be empty. Three queries."""
    row = _with_slug(Section.objects.all(), slug, language)
    if row is None:
        return None
    label = _label(row, language)
    if label.slug != slug:
        return Renamed(label.slug) if label.slug else None
    stories = Article.objects.live(at=at, language=language).filter(section=row)
    listing = _listing(stories, language, number)
    if listing is None:
        return None
    versions = {code: _label(row, code).slug for code in languages.PUBLIC}
    return ListPage(label, "", listing, _first_only(versions, number))


def topic_page(slug: str, *, language: str, number: int, at: datetime) -> ListPage | Renamed | None:
    """Return a page of a topic's stories, None while it has none. Four queries."""
    row = _with_slug(Topic.objects.all(), slug, language)
    if row is None:
        return None
    label = _label(row, language)
    live = {
        code: Article.objects.live(at=at, language=code).filter(topics=row)
        for code in languages.PUBLIC
    }
    listing = _listing(live[language], language, number)
    if listing is None or not listing.cards:
        return None
    if label.slug != slug:
        return Renamed(label.slug) if label.slug else None
    slugs = {code: _label(row, code).slug for code in languages.PUBLIC}
    return ListPage(label, "", listing, _filled(slugs, live, language, number))


def author_page(slug: str, *, language: str, number: int, at: datetime) -> ListPage | None:
    """
    Return a page of what somebody wrote or translated, None while there is nothing.

    Goes by the names the pages were published with. Four queries.
    """
    row = Author.objects.filter(slug=slug).first()
    if row is None:
        return None
    live = {
        code: Article.objects.live(at=at, language=code).filter(_signed_by(row, code))
        for code in languages.PUBLIC
    }
    listing = _listing(live[language], language, number)
    if listing is None or not listing.cards:
        return None
    about = getattr(row, languages.column("bio", language)) or ""
    slugs = dict.fromkeys(languages.PUBLIC, row.slug)
    versions = _filled(slugs, live, language, number)
    return ListPage(Label(row.name, row.slug), about, listing, versions)


def source_page(code: str, *, language: str, number: int, at: datetime) -> ListPage | None:
    """
    Return a page of the stories from a source, None while there are none.

    Goes by the credit the pages were published with. Four queries.
    """
    row = Source.objects.filter(code=code).first()
    if row is None:
        return None
    live = {
        tag: Article.objects.live(at=at, language=tag).filter(
            # The join finds them by an index; the frozen credit decides.
            attributions__source=row,
            **{f"{languages.column('credit', tag)}__source__code": row.code},
        )
        for tag in languages.PUBLIC
    }
    listing = _listing(live[language], language, number)
    if listing is None or not listing.cards:
        return None
    name = getattr(row, languages.column("name", language)) or row.name_original
    about = getattr(row, languages.column("disclosure", language)) or ""
    versions = _filled(dict.fromkeys(languages.PUBLIC, row.code), live, language, number)
    return ListPage(Label(name, row.code), about, listing, versions, home_url=row.home_url)


def search_page(words: str, *, language: str, number: int, at: datetime) -> Listing | None:
    """Return a page of the stories that have all these words, best first. Three queries."""
    found = searching.search(
        words,
        language=language,
        at=at,
        limit=STORIES_PER_PAGE,
        offset=max(number - 1, 0) * STORIES_PER_PAGE,
    )
    pages = max(-(-found.total // STORIES_PER_PAGE), 1)
    if not 1 <= number <= pages:
        return None
    columns = _card_columns((*_CARD, "body"), language)
    rows = Article.objects.select_related("section").only(*columns).in_bulk(found.keys)
    cards = [_found_card(rows[key], words, language) for key in found.keys]
    return Listing(cards, number, pages, found.total)


def corrections(language: str, *, number: int, at: datetime) -> Corrections | None:
    """
    Return a page of what readers were told was wrong, unclear or gone; None for no such page.

    Of stories they can read, and of withdrawn ones. Updates are not among them: nothing was
    wrong. Two queries.
    """
    withdrawn = languages.column("withdrawn_at", language)
    live = Article.objects.live(at=at, language=language)
    gone = Article.objects.filter(
        Q(embargo_until=None) | Q(embargo_until__lte=at), **{f"{withdrawn}__lte": at}
    )
    rows = Notice.objects.filter(
        Q(kind__in=_LISTED, article__in=live)
        | Q(kind=Notice.Kind.WITHDRAWAL, article__in=gone.exclude(pk__in=live.values("pk"))),
        language=language,
        at__lte=at,
    )
    pages = max(-(-rows.count() // STORIES_PER_PAGE), 1)
    if not 1 <= number <= pages:
        return None
    start = (number - 1) * STORIES_PER_PAGE
    columns = [languages.column(name, language) for name in ("headline", *_ADDRESS)]
    page = (
        rows.select_related("article")
        .only("kind", "text", "link", "at", *(f"article__{column}" for column in columns))
        .order_by("-at", "-pk")[start : start + STORIES_PER_PAGE]
    )
    return Corrections([_told_of(row, language) for row in page], number, pages)


# Feeds and sitemaps


def feed(language: str, *, at: datetime, section: str = "") -> Feed | None:
    """Return the newest stories, of one section or all; None if there is no such section."""
    stories = Article.objects.live(at=at, language=language)
    label = None
    if section:
        row = Section.objects.filter(**{languages.column("slug", language): section}).first()
        if row is None:
            return None
        label = _label(row, language)
        stories = stories.filter(section=row)
    told = Notice.objects.filter(language=language, at__lte=at).order_by("-at", "-pk")
    topics = Topic.objects.order_by(languages.column("name", language), "pk")
    rows = (
        stories.select_related("section")
        .only(*_columns(_PAGE, language))
        .prefetch_related(Prefetch("topics", topics), Prefetch("notices", told))
        .newest_first(language)[:STORIES_PER_FEED]
    )
    pages = [
        replace(
            _page(article, language, at=at),
            topics=_labels(article.topics.all(), language),
            notices=_notices(article.notices.all()),
        )
        for article in rows
    ]
    return Feed(section=label, pages=pages)


def sections(language: str, *, at: datetime) -> list[dict[str, str]]:
    """Return the slugs, by language, of the sections that have something to read. One query."""
    live = Article.objects.live(at=at, language=language).filter(section=OuterRef("pk"))
    rows = Section.objects.filter(Exists(live)).order_by("position", "pk")
    slugs = [{code: _label(row, code).slug for code in languages.PUBLIC} for row in rows]
    return [
        {code: slug for code, slug in found.items() if slug} for found in slugs if found[language]
    ]


def months(language: str, *, at: datetime) -> list[Month]:
    """Return the months that have stories for search engines, oldest first. One query."""
    first = languages.column("first_published_at", language)
    rows = (
        Article.objects.live(at=at, language=language)
        .filter(_listed(language))
        .annotate(month=TruncMonth(first, tzinfo=timezone.get_default_timezone()))
        .values("month")
        .annotate(modified_at=Max(_modified(language)))
        .order_by("month")
    )
    return [Month(row["month"].date(), row["modified_at"]) for row in rows]


def month_entries(language: str, first_day: date, *, at: datetime) -> list[Entry]:
    """
    Return the live stories first published in a month, oldest first. One query.

    Without those that search engines are told not to list.
    """
    zone = timezone.get_default_timezone()
    begins = datetime(first_day.year, first_day.month, 1, tzinfo=zone)
    ends = datetime(
        first_day.year + first_day.month // 12, first_day.month % 12 + 1, 1, tzinfo=zone
    )
    first = languages.column("first_published_at", language)
    rows = (
        Article.objects.live(at=at, language=language)
        .filter(_listed(language), **{f"{first}__gte": begins, f"{first}__lt": ends})
        .select_related("section")
        .only(*_columns((*_CARD, "updated_at"), language))
        .order_by(first, "pk")
    )
    return [_entry(article, language, at=at) for article in rows]


def _listed(language: str) -> Q:
    return ~Q(**{f"{languages.column('credit', language)}__listed": False})


# Which columns


def _columns(names: Iterable[str], language: str) -> list[str]:
    """The columns to load of a story and its section: the words of one language alone."""
    found = [languages.column(name, language) for name in names]
    found += [languages.column(name, code) for code in languages.PUBLIC for name in _ADDRESS]
    found += ["status", "held_at", "embargo_until", "origin_language", "section"]
    found += [f"section__{languages.column(name, language)}" for name in ("name", "slug")]
    return list(dict.fromkeys(found))


def _cards_of(stories: Any, language: str) -> Any:  # a queryset of articles, and the same
    return stories.select_related("section").only(*_card_columns(_CARD, language))


def _card_columns(names: Iterable[str], language: str) -> list[str]:
    columns = [languages.column(name, language) for name in names]
    labels = [f"section__{languages.column(name, language)}" for name in ("name", "slug")]
    return ["section", *columns, *labels]


def _modified(language: str) -> Coalesce:
    return Coalesce(
        languages.column("updated_at", language),
        languages.column("first_published_at", language),
        output_field=DateTimeField(),
    )


# Rows into values


def _label(row: Section | Topic, language: str) -> Label:
    name = getattr(row, languages.column("name", language)) or ""
    return Label(name, (getattr(row, languages.column("slug", language)) or "") if name else "")


def _labels(rows: Iterable[Topic], language: str) -> list[Label]:
    """Labels with a name in this language; a topic without one is not shown in it."""
    return [label for row in rows if (label := _label(row, language)).name]


def _versions(article: Article, *, at: datetime) -> dict[str, str]:
    return {code: article.path(code) for code in languages.PUBLIC if article.is_live(code, at=at)}


def _photo(picture: CreditedPicture | None, *, alt: str, caption: str = "") -> Photo | None:
    if picture is None:
        return None
    return Photo(
        url=default_storage.url(picture.file),
        width=picture.width,
        height=picture.height,
        alt=alt,
        caption=caption,
        credit=picture.credit,
    )


def _origin(source: SourceCredit | None, headline: str) -> Origin | None:
    if source is None:
        return None
    title, day = source.original_title, source.original_published_on
    return Origin(
        credit=source,
        original_title="" if title == headline else title,
        published_on=date.fromisoformat(day) if day else None,
    )


def _card(article: Article, language: str) -> Card:
    credit = Credit.of_json(article.published("credit", language))
    return Card(
        path=article.path(language),
        headline=article.published("headline", language),
        standfirst=article.published("standfirst", language),
        section=_label(article.section, language),
        published_at=article.published("first_published_at", language),
        photo=_photo(credit.image, alt=article.published("image_alt", language)),
    )


def _found_card(article: Article, words: str, language: str) -> Card:
    body = richtext.plain_text(article.published("body", language))
    text = f"{article.published('standfirst', language)}\n\n{body}"
    excerpt = searching.excerpt(text, words, language)
    return replace(_card(article, language), excerpt=excerpt)


def _page(article: Article, language: str, *, at: datetime) -> ArticlePage:
    words = {
        name: article.published(name, language)
        for name in ("headline", "standfirst", "dateline", "updated_at")
    }
    credit = Credit.of_json(article.published("credit", language))
    return ArticlePage(
        **words,
        key=article.pk,
        language=language,
        first_language=article.origin_language,
        path=article.path(language),
        body=richtext.public_html(article.published("body", language)),
        photo=_photo(
            credit.image,
            alt=article.published("image_alt", language),
            caption=article.published("image_caption", language),
        ),
        section=_label(article.section, language),
        byline=credit.byline,
        translators=credit.translators,
        translated_from=credit.translated_from,
        origin=_origin(credit.source, words["headline"]),
        is_listed=credit.listed,
        canonical=credit.canonical,
        as_in_original=tuple(credit.as_in_original),
        expires_at=article.published("rights_until", language),
        published_at=article.published("first_published_at", language),
        versions=_versions(article, at=at),
    )


def _notices(rows: Iterable[Notice]) -> list[PublicNotice]:
    return [_notice(row) for row in rows if row.kind != Notice.Kind.WITHDRAWAL]


def _notice(row: Notice) -> PublicNotice:
    return PublicNotice(kind=row.kind, text=row.text, at=row.at, link=row.link)


def _told_of(row: Notice, language: str) -> ToldOf:
    article, notice = row.article, _notice(row)
    published_at = article.published("first_published_at", language)
    if row.kind == Notice.Kind.WITHDRAWAL:
        return ToldOf(notice, "", "", published_at)
    headline = article.published("headline", language)
    return ToldOf(notice, article.path(language), headline, published_at)


def _withdrawn(article: Article, language: str, versions: dict[str, str]) -> Withdrawn:
    notice = (
        article.notices.filter(language=language, kind=Notice.Kind.WITHDRAWAL)
        .order_by("-at", "-pk")
        .first()
    )
    at = article.published("withdrawn_at", language)
    return Withdrawn(text=notice.text if notice is not None else "", at=at, versions=versions)


def _entry(article: Article, language: str, *, at: datetime) -> Entry:
    credit = Credit.of_json(article.published("credit", language))
    first = article.published("first_published_at", language)
    return Entry(
        path=article.path(language),
        versions=_versions(article, at=at),
        first_language=article.origin_language,
        modified_at=article.published("updated_at", language) or first,
        photo=_photo(credit.image, alt=""),
    )


# Choosing


def _missing_corrections(article: Article, language: str, *, at: datetime) -> list[datetime]:
    """When a translation's original was corrected since the text it says. At most one query."""
    others = [code for code in languages.PUBLIC if code != language]
    if all(article.published("updated_at", code) is None for code in others):
        return []
    said = Edition.objects.filter(article=article.pk, language=language)
    source_revision, source_hash = (
        Subquery(said.values(f"live_revision__source_revision{name}")[:1])
        for name in ("", "__text_hash")
    )
    rows = Publication.objects.filter(
        edition__article=article.pk,
        edition__language=Subquery(said.values("source_language")[:1]),
        kind__in=following.kinds_of(Severity.CORRECTION),
        revision__gt=source_revision,
        at__lte=at,
    ).exclude(edition__live_revision__text_hash=source_hash)
    return list(rows.order_by("at", "pk").values_list("at", flat=True))


def _related(
    article: Article, topics: Sequence[Topic], language: str, *, at: datetime
) -> list[Card]:
    """Stories that share a topic, then those of the same section, newest first. One query."""
    others = Article.objects.live(at=at, language=language).exclude(pk=article.pk)
    ids = [topic.pk for topic in topics]
    # Twice as many links as stories: one story may come up once for each topic.
    by_topic = others.filter(topics__in=ids).newest_first(language)
    by_section = others.filter(section=article.section_id).newest_first(language)
    near = by_topic.values("pk")[: RELATED_STORIES * max(len(ids), 1)]
    same_section = by_section.values("pk")[:RELATED_STORIES]
    links = Article.topics.through.objects.filter(article=OuterRef("pk"), topic__in=ids)
    rows = (
        _cards_of(others, language)
        .filter(Q(pk__in=near) | Q(pk__in=same_section))
        .annotate(shares_topic=Exists(links))
        .order_by(
            F("shares_topic").desc(),
            f"-{languages.column('first_published_at', language)}",
            "-pk",
        )
    )
    return [_card(row, language) for row in rows[:RELATED_STORIES]]


def _listing(stories: Any, language: str, number: int) -> Listing | None:
    """Return one page of a list, None for a number that there is not. Two queries."""
    total = stories.count()
    pages = max(-(-total // STORIES_PER_PAGE), 1)
    if not 1 <= number <= pages:
        return None
    start = (number - 1) * STORIES_PER_PAGE
    rows = _cards_of(stories, language).newest_first(language)[start : start + STORIES_PER_PAGE]
    return Listing([_card(row, language) for row in rows], number, pages, total)


def _with_slug(rows: Any, slug: str, language: str) -> Any:
    """The row with this slug in this language, else in another one."""
    columns = {code: languages.column("slug", code) for code in languages.PUBLIC}
    named = Q()
    for column in columns.values():
        named |= Q(**{column: slug})
    found = list(rows.filter(named).order_by("pk"))
    own = [row for row in found if getattr(row, columns[language]) == slug]
    return next(iter([*own, *found]), None)


def _signed_by(author: Author, language: str) -> Q:
    """Stories whose page names an author, or names them as its translator."""
    column = languages.column("credit", language)
    translated = Edition.objects.filter(
        article=OuterRef("pk"), language=language, live_revision__authors__author=author
    )
    # Both finds go by an index; the frozen credit decides.
    named = Q()
    for role in ("byline", "translators"):
        for place in range(NAMES_LOOKED_THROUGH):
            named |= Q(**{f"{column}__{role}__{place}__slug": author.slug})
    signed = Byline.objects.filter(article=OuterRef("pk"), author=author)
    return (Exists(signed) | Exists(translated)) & named


def _first_only(versions: dict[str, str], number: int) -> dict[str, str]:
    """Only the first page of a list has the other language's first page as its counterpart."""
    return {code: slug for code, slug in versions.items() if slug} if number == 1 else {}


def _filled(
    slugs: dict[str, str], live: dict[str, Any], language: str, number: int
) -> dict[str, str]:
    """Keep the languages in which this list is not empty. A query for each other one."""
    return {
        code: slug
        for code, slug in _first_only(slugs, number).items()
        if code == language or live[code].exists()
    }
