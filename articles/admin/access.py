"""Who is let in where: our predicates instead of Django's permissions per model."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import translation

from articles import permissions
from articles.permissions import Person


def person_of(request: HttpRequest) -> Person:
    """Return who is asking; the admin site has turned everybody else away before."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


class KeptByPredicate(admin.ModelAdmin):  # type: ignore[type-arg]  # none at run time
    """
    A model that everybody with a role sees and that a predicate lets some people keep.

    Nothing that stories are filed under or credited to is deleted here: published pages name it.
    """

    def may_keep(self, person: Person) -> bool:
        return permissions.may_keep_labels(person)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show in the settings what this person may keep."""
        return self.has_add_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_enter(person_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_keep(person_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: ModelForm[Any],
        change: bool,  # noqa: FBT001
    ) -> None:
        """
        Save a row whose columns exist once per language.

        The column without a language takes what is said in the language active now: with the
        person's own it would say English beside unique Indonesian ones.
        """
        with translation.override(settings.LANGUAGE_CODE):
            super().save_model(request, obj, form, change)
