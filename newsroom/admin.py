"""Who works here: logins and roles, kept by administrators alone."""

# Form classes take their parameters only while types are checked.
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import permissions
from newsroom.models import User

# Roles are made by migration and mean something in the code: there is nothing to edit.
admin.site.unregister(Group)

ROLES: dict[str, Promise] = {
    permissions.WRITER: pgettext_lazy("role", "Writer: writes and submits own stories"),
    permissions.TRANSLATOR: pgettext_lazy("role", "Translator: translates in the desk"),
    permissions.REVIEWER: pgettext_lazy("role", "Reviewer: approves translations"),
    permissions.EDITOR: pgettext_lazy("role", "Editor: edits, approves and publishes"),
    permissions.PUBLISHER: pgettext_lazy("role", "Publisher: also forces and withdraws"),
    permissions.ADMINISTRATOR: pgettext_lazy("role", "Administrator: keeps people and labels"),
}


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # none at run time
    """Roles in the language of the screen; the groups' own names are the code's."""

    def label_from_instance(self, obj: Model) -> str:
        return str(ROLES.get(str(obj), obj))


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # none at run time
    list_display = ("username", "name", "role_names", "language", "is_active")
    list_filter = ("groups", "is_active", "language")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email", "language")}),
        (None, {"fields": ("groups",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email", "language")}),
        (None, {"fields": ("groups",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name"), ordering="first_name")
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def role_names(self, person: User) -> str:
        """Return the first words of a person's roles."""
        if person.is_superuser:
            return str(_("All roles"))
        groups = sorted(person.groups.all(), key=lambda group: list(ROLES).index(group.name))
        return ", ".join(str(ROLES[group.name]).partition(":")[0] for group in groups)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        """Offer the roles with what each may do, to be ticked."""
        if db_field.name == "groups":
            return RolesField(
                label=_("Roles"),
                queryset=Group.objects.filter(name__in=ROLES).order_by("pk"),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and permissions.may_keep_people(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Keep a superuser's login from everybody but superusers."""
        if isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser:
            return False
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Keep everybody: what they did stays signed. A person who leaves is made inactive."""
        return False
