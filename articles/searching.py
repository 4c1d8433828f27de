"""
Finding stories by their words, alike on both databases.

Words are folded and cut to their stems here, in Python, when a story is published and when
a reader asks; SQLite's FTS5 and PostgreSQL's ``tsvector`` only keep them and look them up.
What is found comes in an order that both know: stories with all words in the headline
first, the newest first among them, then the others, likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import languages, richtext
from articles.models import Article
from articles.stemming import Term, query_terms, stem, word_spans, words

EXCERPT_LENGTH = 240
# PostgreSQL keeps no more: positions up to 16,383 and a megabyte of words for one story.
MOST_WORDS = 16_000
MOST_BYTES = 400_000
# Words as they are written stand behind this sign, for queries that give a beginning.
WRITTEN = "="


@dataclass(frozen=True)
class Results:
    """One page of what a query found: ``keys`` of stories, best first, and how many there are."""

    keys: Sequence[int]
    total: int


@dataclass(frozen=True)
class Entry:
    """The words of a text: ``stems`` in their order, ``written`` each once."""

    stems: Sequence[str]
    written: Sequence[str]


def search(query: str, *, language: str, at: datetime, limit: int, offset: int = 0) -> Results:
    """
    Return what readers of a language find at a moment, and nothing that is not live then.

    Every word and phrase of the query must be in the story. Two queries; none if the query
    holds no word.
    """
    terms = query_terms(query, language)
    if not terms:
        return Results(keys=[], total=0)
    engine = _engine()
    found = Article.objects.live(at=at, language=language).filter(
        pk__in=engine.matching("story", terms, language)
    )
    in_headline = models.Q(pk__in=engine.matching("headline", terms, language))
    ranked = found.annotate(rank=models.Case(models.When(in_headline, then=1), default=0)).order_by(
        "-rank", f"-{languages.column('first_published_at', language)}", "-pk"
    )
    keys = list(ranked.values_list("pk", flat=True)[offset : offset + limit])
    return Results(keys=keys, total=found.count())


def index(article: Article, language: str) -> None:
    """
    Make a story's published copy findable, or forget it if there is none.

    Belongs into the transaction that writes the copy. When it is live is asked at each search.
    """
    if article.published("live_from", language) is None:
        _engine().forget(article.pk, language)
        return
    headline = article.published("headline", language)
    parts = [
        headline,
        article.published("standfirst", language),
        article.published("dateline", language),
        richtext.plain_text(article.published("body", language)),
        article.published("image_caption", language),
    ]
    story = _entry("\n".join(part for part in parts if part), language)
    _engine().store(article.pk, language, _entry(headline, language), story)


def reindex() -> int:
    """Make every published copy findable anew and return their number; takes milliseconds each."""
    made = 0
    with transaction.atomic():
        _engine().forget_all()
        for language in languages.PUBLIC:
            published = {f"{languages.column('live_from', language)}__isnull": False}
            for article in Article.objects.filter(**published).order_by("pk").iterator(200):
                index(article, language)
                made += 1
    return made


def excerpt(text: str, query: str, language: str) -> SafeString:
    """
    Return the piece of a plain text that answers a query best, as HTML, its words marked.

    About 240 letters, cut at words. Without a hit the beginning of the text.
    """
    terms = query_terms(query, language)
    spans = list(word_spans(text))
    hits = [
        (start, end, found)
        for start, end, word in spans
        if (found := {at for at, term in enumerate(terms) if term.matches(word, language)})
    ]
    begin = _best_start(text, spans, hits)
    end = max((e for _s, e, _w in spans if e <= begin + EXCERPT_LENGTH), default=len(text))
    if all(e <= end for _s, e, _w in spans):
        end = len(text)
    pieces = []
    at = begin
    for start, stop, _found in hits:
        if begin <= start and stop <= end:
            pieces.append((text[at:start], text[start:stop]))
            at = stop
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    return format_html("{}{}{}{}", before, marked, text[at:end].rstrip(), after)


def _best_start(
    text: str, spans: Sequence[tuple[int, int, str]], hits: Sequence[tuple[int, int, set[int]]]
) -> int:
    """Where to begin so that most of the terms are in sight, at a sentence if one is near."""
    best, most = 0, 0
    for at, (start, _end, _found) in enumerate(hits):
        seen: set[int] = set()
        for _start, end, found in hits[at : at + EXCERPT_LENGTH // 4]:
            if end > start + EXCERPT_LENGTH * 2 // 3:
                break
            seen |= found
        if len(seen) > most:
            best, most = start, len(seen)
    if best < EXCERPT_LENGTH // 3:
        return 0
    near = range(best - EXCERPT_LENGTH // 3, best + 1)
    starts = [start for start, _end, _word in spans if start in near]
    sentences = [start for start in starts if text[:start].rstrip().endswith((".", "!", "?", "”"))]
    return (sentences or starts)[0]


def _entry(text: str, language: str) -> Entry:
    stems: list[str] = []
    written: dict[str, None] = {}
    size = 0
    for word in words(text)[:MOST_WORDS]:
        size += len(word.encode())
        if size > MOST_BYTES:
            break
        stems.append(stem(word, language))
        written[word] = None
    return Entry(stems, list(written))


# The two databases


class Engine(Protocol):
    """Keeps the words of stories and looks them up; ``column`` is ``headline`` or ``story``."""

    def store(self, key: int, language: str, headline: Entry, story: Entry) -> None: ...

    def forget(self, key: int, language: str) -> None: ...

    def forget_all(self) -> None: ...

    def matching(self, column: str, terms: Sequence[Term], language: str) -> RawSQL: ...


class Sqlite:
    """FTS5: one row of words for a row that says whose they are."""

    def store(self, key: int, language: str, headline: Entry, story: Entry) -> None:
        self.forget(key, language)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_search (article_id, language) VALUES (%s, %s)",
                [key, language],
            )
            cursor.execute(
                "INSERT INTO articles_search_words (rowid, headline, story) VALUES (%s, %s, %s)",
                [cursor.lastrowid, _as_text(headline), _as_text(story)],
            )

    def forget(self, key: int, language: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM articles_search_words WHERE rowid IN"
                " (SELECT id FROM articles_search WHERE article_id = %s AND language = %s)",
                [key, language],
            )
            cursor.execute(
                "DELETE FROM articles_search WHERE article_id = %s AND language = %s",
                [key, language],
            )

    def forget_all(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_search_words")
            cursor.execute("DELETE FROM articles_search")

    def matching(self, column: str, terms: Sequence[Term], language: str) -> RawSQL:
        asked = " AND ".join(map(self._term, terms))
        return RawSQL(
            "SELECT article_id FROM articles_search JOIN articles_search_words"
            " ON articles_search_words.rowid = articles_search.id"
            " WHERE articles_search_words MATCH %s AND language = %s",
            [f"{column} : ({asked})", language],
        )

    def _term(self, term: Term) -> str:
        # Every word is quoted: bare ones are operators to FTS5.
        phrase = f'"{" ".join(term.stems)}"'
        return f'({phrase} OR "{WRITTEN}{term.beginning}" *)' if term.beginning else phrase


class Postgresql:
    """Vectors made word by word, so that no parser or dictionary has a say in them."""

    def store(self, key: int, language: str, headline: Entry, story: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_search (article_id, language, headline, story)"
                " VALUES (%s, %s, %s::tsvector, %s::tsvector)"
                " ON CONFLICT (article_id, language)"
                " DO UPDATE SET headline = excluded.headline, story = excluded.story",
                [key, language, self._vector(headline), self._vector(story)],
            )

    def forget(self, key: int, language: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM articles_search WHERE article_id = %s AND language = %s",
                [key, language],
            )

    def forget_all(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_search")

    def matching(self, column: str, terms: Sequence[Term], language: str) -> RawSQL:
        asked = " & ".join(map(self._term, terms))
        return RawSQL(  # noqa: S611 - our own column; what a reader typed is a parameter
            f"SELECT article_id FROM articles_search WHERE {column} @@ %s::tsquery"  # noqa: S608
            " AND language = %s",
            [asked, language],
        )

    def _vector(self, entry: Entry) -> str:
        stems = [f"'{word}':{at}" for at, word in enumerate(entry.stems, start=1)]
        return " ".join([*stems, *(f"'{WRITTEN}{word}'" for word in entry.written)])

    def _term(self, term: Term) -> str:
        phrase = " <-> ".join(f"'{word}'" for word in term.stems)
        return f"({phrase} | '{WRITTEN}{term.beginning}':*)" if term.beginning else f"({phrase})"


def _engine() -> Engine:
    engines: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgresql()}
    return engines[connection.vendor]


def _as_text(entry: Entry) -> str:
    return " ".join([*entry.stems, *(WRITTEN + word for word in entry.written)])
