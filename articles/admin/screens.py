"""A story as somebody has it on the screen: one edition, where it stands, and the forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles import languages, permissions, publishing, takedowns, waiting
from articles.actions import Situation
from articles.admin.access import person_of
from articles.admin.marks import marks
from articles.forms import ActForm, FactsForm, TextForm, facts_of, initial_facts
from articles.models import Article, Edition, Revision, WorkingCopy
from articles.permissions import Person
from articles.publishing import Stop
from articles.questions import Question
from articles.standing import Public, Standing, edition_in, standings


@runtime_checkable
class KnowsTheDesk(Protocol):
    """An admin site of a newsroom with a translation desk."""

    def desk_address(self, edition: Edition) -> str:
        """Return where an edition's translation is worked on; empty if nowhere."""

    def assign_address(self, edition: Edition) -> str:
        """Return where it is said who translates an edition."""

    def questions(self, edition: Edition) -> Sequence[Question]:
        """Return what translators ask about a source text and is not settled, oldest first."""


@dataclass(frozen=True)
class Tab:
    """One language of the story."""

    language: str
    name: str
    address: str
    marks: SafeString
    is_current: bool


@dataclass(frozen=True)
class Screen:
    """What one request sees of a story, and what was typed into it."""

    site: AdminSite
    request: HttpRequest
    situation: Situation
    facts_form: FactsForm | None = None
    text_form: TextForm | None = None
    answers: dict[str, ActForm] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        return self.situation.article

    @property
    def edition(self) -> Edition:
        return self.situation.edition

    @property
    def language(self) -> str:
        return self.edition.language

    @property
    def text(self) -> WorkingCopy | Revision | None:
        """What this page shows: the working copy, or what readers get."""
        return self.situation.copy or self.edition.live_revision


def story_for(person: Person, pk: int, *, at: datetime) -> Article:
    """Return a story with its editions, or 404 where this person may not know of it."""
    stories = takedowns.with_deadlines(Article.objects.filter(pk=pk))
    found = waiting.with_whole_editions(stories).first()
    if found is None or not permissions.may_see_article(person, found, at=at):
        raise Http404
    return found


def open_screen(request: HttpRequest, pk: int, language: str, *, site: AdminSite) -> Screen:
    """
    Return a story in a language, with where it stands and what stands in its way.

    Without a language, that of the screen if the story is told in it, else its first.
    """
    screen = look_at(request, pk, language, site=site)
    now = screen.situation
    found = _obstacles(screen.edition, now.standing, at=now.at)
    return replace(screen, situation=replace(now, obstacles=found))


def look_at(request: HttpRequest, pk: int, language: str, *, site: AdminSite) -> Screen:
    """Return the same without what stands in its way, for pages where nothing is done."""
    person, at = person_of(request), timezone.now()
    story = story_for(person, pk, at=at)
    edition = edition_in(story, language)
    if edition is None:
        if language:
            raise Http404
        edition = edition_in(story, story.origin_language)
    if edition is None:
        raise Http404
    situation = Situation(
        article=story,
        edition=edition,
        standing=standings(story, at=at)[edition.language],
        obstacles=[],
        person=person,
        at=at,
    )
    return Screen(site=site, request=request, situation=situation)


def _obstacles(edition: Edition, standing: Standing, *, at: datetime) -> list[Stop]:
    """What keeps the open text from its readers, or the last one from coming back to them."""
    if standing.copy is not None:
        return publishing.obstacles(edition, at=at)
    if standing.public in {Public.OFFLINE, Public.RIGHTS_ENDED}:
        return publishing.obstacles_to_return(edition, at=at)
    return []


def with_empty_forms(screen: Screen) -> Screen:
    """Return the screen with forms as somebody first sees them; none where they only read."""
    person, now = screen.situation.person, screen.situation
    facts_form = text_form = None
    if permissions.may_edit_facts(person, screen.article):
        facts_form = FactsForm(initial=initial_facts(facts_of(screen.article)))
    is_open = now.copy is not None and now.copy.is_open_for_editing
    if now.copy is not None and is_open and permissions.may_edit(person, screen.edition):
        text_form = TextForm(
            instance=now.copy,
            initial={"version": now.copy.version, **_proposed(screen, now.copy)},
            language=screen.language,
        )
    return replace(screen, facts_form=facts_form, text_form=text_form)


def _proposed(screen: Screen, copy: WorkingCopy) -> dict[str, str]:
    """Propose the picture's own alternative text where the text has none: one must be there."""
    image = screen.article.image
    if image is None or image.decorative or copy.image_alt:
        return {}
    if screen.language not in languages.PUBLIC:
        return {}
    return {"image_alt": getattr(image, languages.column("alt", screen.language)) or ""}


def with_typed_forms(screen: Screen) -> Screen:
    """
    Return the screen with what was sent, as far as this person may change it.

    The text is taken even if it is closed by now: whoever typed it could not know, and the
    operation keeps it.
    """
    typed, person = screen.request.POST, screen.situation.person
    facts_form = text_form = None
    if "relation" in typed and permissions.may_edit_facts(person, screen.article):
        facts_form = FactsForm(typed, initial=initial_facts(facts_of(screen.article)))
    if "version" in typed and permissions.may_edit(person, screen.edition):
        text_form = TextForm(typed, language=screen.language)
    return replace(screen, facts_form=facts_form, text_form=text_form)


def tabs(screen: Screen, *, page: str = "change") -> list[Tab]:
    """Return the story's languages, its first one first."""
    found = standings(screen.article, at=screen.situation.at)
    first = screen.article.origin_language
    ordered = sorted(found, key=lambda language: (language != first, language))
    return [
        Tab(
            language=language,
            name=languages.name_of(language),
            address=_in_language(page, screen.article.pk, language),
            marks=marks(found[language]),
            is_current=language == screen.language,
        )
        for language in ordered
    ]


def address(page: str, *parts: object, lang: str = "") -> str:
    """Return the address of one of a story's pages."""
    found = reverse(f"admin:articles_article_{page}", args=parts)
    return f"{found}?{urlencode({'lang': lang})}" if lang else found


def _in_language(page: str, pk: int, language: str) -> str:
    return address(page, pk, lang=language) if page == "change" else address(page, pk, language)
