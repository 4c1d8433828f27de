"""What stories are filed under, signed with and credited to, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model, QuerySet, URLField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from modeltranslation.admin import TranslationAdmin
from modeltranslation.fields import TranslationField

from articles import languages
from articles.admin.access import KeptByPredicate
from articles.models import Author, Section, Topic


def in_every_language(name: str) -> tuple[str, ...]:
    """Return the columns of a translated field: search must look into all of them."""
    return tuple(languages.column(name, language) for language in languages.PUBLIC)


def columns(name: str) -> tuple[Callable[[Model], str], ...]:
    """Return a list's columns for a translated field, one a language."""
    return tuple(_column(name, language) for language in languages.PUBLIC)


def _column(name: str, language: str) -> Callable[[Model], str]:
    held_in = languages.column(name, language)

    @admin.display(description=dict(languages.CHOICES)[language], ordering=held_in)
    def column(label: Model) -> str:
        return getattr(label, held_in) or ""

    column.__name__ = held_in
    return column


class LabelAdmin(KeptByPredicate, TranslationAdmin):  # type: ignore[type-arg]  # none at run time
    """A label with a column for each language, named as people name languages."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, TranslationField) and field is not None:
            field.label = _named(db_field.translated_field.verbose_name, db_field.language)
            field.widget.attrs["lang"] = db_field.language
        return field


class SluggedAdmin(LabelAdmin):
    """A label with a page of its own: each language's name makes its address."""

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        """Propose an address once; a label that has pages keeps its addresses."""
        if obj is not None:
            return {}
        pairs = zip(in_every_language("slug"), in_every_language("name"), strict=True)
        return {slug: (name,) for slug, name in pairs}


@admin.register(Section)
class SectionAdmin(SluggedAdmin):
    list_display = (*columns("name"), "position")
    ordering = ("position", "pk")
    fields = ("name", "slug", "position")


@admin.register(Topic)
class TopicAdmin(SluggedAdmin):
    list_display = columns("name")
    search_fields = in_every_language("name")
    ordering = ("name", "pk")
    fields = ("name", "slug")


@admin.register(Author)
class AuthorAdmin(LabelAdmin):
    list_display = ("name", "user")
    search_fields = ("name",)
    ordering = ("name", "pk")
    fields = ("name", "slug", "user", "bio")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return super().get_queryset(request).select_related("user")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        """Propose an address once; an author who has pages keeps theirs."""
        return {"slug": ("name",)} if obj is None else {}


def _named(what: str | Promise, language: str) -> str:
    return f"{capfirst(str(what))} ({capfirst(languages.name_of(language))})"
