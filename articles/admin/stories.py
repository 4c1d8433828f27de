"""The list of articles: where every edition stands, and how to find a story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db import models
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from articles import languages, origins, permissions, takedowns, waiting
from articles.admin import article_page, history
from articles.admin.access import KeptByPredicate, person_of
from articles.admin.marks import headline_of, marks, second_look_mark
from articles.admin.screens import address
from articles.models import Article, Attribution, Section, Source
from articles.permissions import Person
from articles.standing import edition_in, standing
from articles.waiting import State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class StateFilter(SimpleListFilter):
    """Where one language's edition stands; one filter a language."""

    language: ClassVar[str]

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, StrOrPromise]]:
        return [(state.value, state.label) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        if value is None or value not in State.values:
            return queryset
        state = State(value)
        return queryset.filter(waiting.standing_in(state, self.language, at=timezone.now()))


def state_filter(language: str, name: StrOrPromise) -> type[StateFilter]:
    """Return the filter for one language."""
    attributes = {"title": name, "parameter_name": f"state_{language}", "language": language}
    return type(f"StateFilterIn{language.title()}", (StateFilter,), attributes)


class SectionFilter(SimpleListFilter):
    title = _("section")
    parameter_name = "section"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, str]]:
        sections = Section.objects.order_by("position", "pk")
        return [(str(section.pk), section.name) for section in sections]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return _narrowed(queryset, "section", self.value())


class SourceFilter(SimpleListFilter):
    title = _("source")
    parameter_name = "source"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, str]]:
        return [(str(source.pk), source.name) for source in Source.objects.order_by("name", "pk")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        key = self.value()
        if key is None or not key.isdecimal():
            return queryset
        credited = Attribution.objects.filter(source=int(key), primary=True)
        return queryset.filter(pk__in=credited.values("article"))


class OriginFilter(SimpleListFilter):
    title = _("first written in")
    parameter_name = "origin"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, StrOrPromise]]:
        return list(languages.CHOICES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(origin_language=self.value()) if self.value() else queryset


class SecondLookFilter(SimpleListFilter):
    title = _("published without review")
    parameter_name = "second_look"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, StrOrPromise]]:
        return [("yes", _("Awaits a second look"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=waiting.for_second_look().values("article"))


class Deadline(models.TextChoices):
    """What somebody outside did that must be answered in time."""

    TAKEDOWN = "takedown", _("Takedown request")
    ORIGIN = "origin", _("Original changed")


class DeadlineFilter(SimpleListFilter):
    title = _("to be answered in time")
    parameter_name = "deadline"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Article]
    ) -> list[tuple[str, StrOrPromise]]:
        return list(Deadline.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        wanted = self.value()
        if wanted == Deadline.TAKEDOWN and permissions.may_record_takedowns(person_of(request)):
            asked = takedowns.open_requests().order_by()
            return queryset.filter(pk__in=asked.values("article"))
        if wanted == Deadline.ORIGIN:
            changed = origins.to_follow(at=timezone.now()).order_by()
            return queryset.filter(pk__in=changed.values("article"))
        return queryset


def _narrowed(queryset: QuerySet[Article], name: str, key: str | None) -> QuerySet[Article]:
    """Narrow to one row of a label; what is no number of one changes nothing."""
    return queryset.filter(**{name: int(key)}) if key and key.isdecimal() else queryset


def state_column(language: str, name: StrOrPromise) -> Callable[[Article], SafeString]:
    """Return the list's column for one language."""

    @admin.display(description=name)
    def column(article: Article) -> SafeString:
        edition = edition_in(article, language)
        if edition is None:
            return format_html("{}", "—")
        edition.article = article
        shown = format_html(
            '<span class="cell-name">{}</span> {}',
            capfirst(str(name)),
            marks(standing(edition, at=timezone.now())),
        )
        if getattr(edition, "awaits_second_look", False):
            shown = format_html("{} {}", shown, second_look_mark())
        return shown

    column.__name__ = f"state_{language}"
    return column


_PUBLIC = [(code, name) for code, name in languages.CHOICES if code in languages.PUBLIC]


@admin.register(Article)
class ArticleAdmin(KeptByPredicate):
    """The list is Django's; the pages of a story are ours (``article_page``, ``history``)."""

    list_display = (
        "title",
        *(state_column(code, name) for code, name in _PUBLIC),
        "section",
        "origin",
        "source",
        "latest_activity",
    )
    list_display_links = None
    list_filter = (
        SectionFilter,
        *(state_filter(code, name) for code, name in _PUBLIC),
        OriginFilter,
        SourceFilter,
        SecondLookFilter,
        DeadlineFilter,
    )
    list_per_page = 50
    search_fields = (
        *(languages.column("headline", language) for language in languages.PUBLIC),
        "editions__working_copy__headline",
    )
    search_help_text = _("Search headlines in both languages, drafts too.")
    date_hierarchy = "created_at"
    sortable_by = ("section", "origin", "latest_activity")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Stay out of the settings: the head of every screen leads here."""
        return False

    def may_keep(self, person: Person) -> bool:
        return permissions.may_start_articles(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the stories this person may know about, with what the list shows."""
        primary = Attribution.objects.filter(article=OuterRef("pk"), primary=True)
        stories = Article.objects.filter(waiting.visible_to(person_of(request), at=timezone.now()))
        return (
            waiting.with_editions(stories)
            .select_related("section")
            .annotate(
                latest=waiting.newest_activity(),
                source_name=Subquery(primary.values(f"source__{_name_column()}")[:1]),
            )
            .order_by(*self.get_ordering(request))
        )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Put the story first that something was done to last."""
        return ("-latest", "-pk")

    def get_urls(self) -> list[Any]:
        """Return the list and the pages of a story; nothing of a story is deleted here."""
        site = self.admin_site

        def page(address: str, view: Callable[..., HttpResponse], name: str) -> Any:
            return path(
                address,
                site.admin_view(partial(view, site=site)),
                name=f"articles_article_{name}",
            )

        return [
            path("", site.admin_view(self.changelist_view), name="articles_article_changelist"),
            page("add/", article_page.start, "add"),
            page("<int:pk>/change/", article_page.article, "change"),
            page("<int:pk>/activity/", history.activity, "activity"),
            path(
                "<int:pk>/<slug:language>/autosave/",
                # Answers in JSON to everybody, also to those whose session has ended.
                partial(article_page.autosave, site=site),
                name="articles_article_autosave",
            ),
            page("<int:pk>/<slug:language>/preview/", article_page.preview, "preview"),
            page("<int:pk>/<slug:language>/history/", history.history, "history"),
            page("<int:pk>/<slug:language>/restore/<int:number>/", history.restore, "restore"),
            page("<int:pk>/<slug:language>/kept/<int:number>/", history.kept, "kept"),
            page("<int:pk>/<slug:language>/waive/<slug:key>/", article_page.waive, "waive"),
            page("<int:pk>/<slug:language>/<slug:action>/", article_page.act, "act"),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no to Django's own change form: the pages of a story ask for themselves."""
        return False

    @admin.display(description=_("headline"))
    def title(self, article: Article) -> SafeString:
        headline, language = headline_of(article)
        return format_html(
            '<a class="headline" href="{}" lang="{}">{}</a>{}',
            address("change", article.pk),
            language,
            headline or gettext("Without a headline"),
            _story_note(article),
        )

    @admin.display(description=_("origin"), ordering="origin_language")
    def origin(self, article: Article) -> str:
        return languages.name_of(article.origin_language)

    @admin.display(description=_("source"))
    def source(self, article: Article) -> str:
        return getattr(article, "source_name", None) or "—"

    @admin.display(description=_("last activity"), ordering="latest")
    def latest_activity(self, article: Article) -> SafeString | str:
        at: datetime | None = getattr(article, "latest", None)
        if at is None:
            return "—"
        local = timezone.localtime(at)
        return format_html(
            '<time datetime="{}">{} <br>{}</time>',
            at.isoformat(),
            date_format(local, "SHORT_DATE_FORMAT"),
            date_format(local, "TIME_FORMAT"),
        )


def _story_note(article: Article) -> SafeString:
    """Return what holds for the whole story: that it was stopped, and its embargo."""
    stopped: SafeString | str = ""
    if article.status != Article.Status.ACTIVE:
        stopped = format_html(
            ' <span class="mark mark--{}">{}</span>', article.status, article.get_status_display()
        )
    return format_html("{}{}", stopped, _embargo_note(article))


def _embargo_note(article: Article) -> SafeString | str:
    until = article.embargo_until
    if until is None or not article.is_embargoed(at=timezone.now()):
        return ""
    local = timezone.localtime(until)
    words = gettext("Embargo until %(moment)s") % {
        "moment": date_format(local, "SHORT_DATETIME_FORMAT")
    }
    return format_html(' <span class="mark mark--embargoed">{}</span>', words)


def _name_column() -> str:
    language = get_language()
    return languages.column("name", language if language in languages.PUBLIC else "id")
