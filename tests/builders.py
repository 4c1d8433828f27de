"""Builders: plain functions with defaults; what a test does not say does not matter to it."""

from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.models import Group

from articles import correcting, editing, publishing, reviewing
from articles.correcting import Kind, Told
from articles.editing import Facts
from articles.models import Article, Attribution, Edition, Licence, Section, Source
from articles.recording import Draft
from newsroom.models import User
from translations.models import WorkingPair

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

_numbers = count(1)


def make_person(
    username: str = "", *roles: str, pairs: tuple[tuple[str, str], ...] = (), language: str = "en"
) -> User:
    """Make somebody with a login; the password is ``secret``."""
    person = User(username=username or f"person-{next(_numbers)}", language=language)
    person.set_password("secret")
    person.save()
    person.groups.set(Group.objects.filter(name__in=roles))
    WorkingPair.objects.bulk_create(
        WorkingPair(person=person, source_language=source, target_language=target)
        for source, target in pairs
    )
    return person


def make_draft(**changes: str) -> Draft:
    words = {
        "headline": f"Kapal baru tiba di Makassar {next(_numbers)}",
        "standfirst": "Warga menyambut di dermaga.",
        "body": "<p>Kapal itu tiba pada Selasa pagi.</p><p>Muatannya kopi.</p>",
    }
    return Draft(**{**words, **changes})


def make_facts(**changes: object) -> Facts:
    facts = {
        "section": Section.objects.get(slug_ind="politik"),
        "source": Source.objects.get(code="rossiyskaya-gazeta"),
        "relation": Attribution.Relation.REPUBLISHED,
    }
    return Facts(**{**facts, **changes})


def make_licence(source: Source, **facts: object) -> Licence:
    """Let a source's stories be used; what a test does not say is allowed."""
    defaults = {
        "type": Licence.Type.CONTRACT,
        "rights_holder": source.name,
        "evidence": "Perjanjian 1/2026",
        "edits": Licence.Edits.FREE,
    }
    return Licence.objects.create(source=source, **{**defaults, **facts})


def make_article(
    *,
    language: str = "id",
    draft: Draft | None = None,
    facts: Facts | None = None,
    by: User | None = None,
    at: datetime = NOW,
) -> Article:
    """Start a story; its first working copy is a draft."""
    return editing.start_article(
        language=language,
        facts=facts or make_facts(),
        draft=draft or make_draft(),
        by=by or make_person(),
        at=at,
    )


def edition_of(article: Article, language: str = "id") -> Edition:
    """Fetch an edition afresh."""
    return Edition.objects.select_related("article").get(article=article, language=language)


def approve_article(article: Article, language: str = "id", *, at: datetime = NOW) -> Edition:
    """Submit and approve the working copy of an edition, by two other people."""
    edition = edition_of(article, language)
    revision = reviewing.submit(edition, by=make_person(), at=at)
    reviewing.approve(edition, revision=revision, by=make_person(), at=at)
    return edition_of(article, language)


def publish_article(
    article: Article, language: str = "id", *, at: datetime = NOW, told: Told | None = None
) -> Article:
    """Bring an edition's working copy before readers; a change is an update if not told else."""
    edition = approve_article(article, language, at=at)
    told = told or told_of(edition)
    publishing.publish(edition, by=make_person(), at=at, told=told)
    return Article.objects.get(pk=article.pk)


def told_of(edition: Edition) -> Told | None:
    """Return what any publish of an edition must say: nothing of the first, else an update."""
    return Told(Kind.UPDATE, "Ada yang baru.") if correcting.was_shown(edition) else None


def change_article(
    article: Article, language: str = "id", *, at: datetime = NOW, **changes: str
) -> Edition:
    """Open a working copy if need be and save other words."""
    edition = edition_of(article, language)
    person = make_person()
    copy = editing.open_working_copy(edition, by=person, at=at)
    draft = Draft(**{**vars(Draft.of(copy)), **changes})
    editing.save_working_copy(edition, draft, based_on=copy.version, by=person, at=at)
    return edition_of(article, language)
