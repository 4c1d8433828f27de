"""Who translates and reviews in which direction: kept by those who keep people."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from articles.permissions import may_keep_people
from translations.models import Team, WorkingPair


class KeptWithPeople:
    """Rows that say who does what: those who keep people keep them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and may_keep_people(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)


@admin.register(WorkingPair)
class WorkingPairAdmin(KeptWithPeople, admin.ModelAdmin[WorkingPair]):
    list_display = ("person", "source_language", "target_language")
    list_filter = ("source_language", "target_language")
    list_select_related = ("person",)
    search_fields = ("person__username", "person__first_name", "person__last_name")
    autocomplete_fields = ("person",)
    ordering = ("person__username", "source_language", "target_language")


@admin.register(Team)
class TeamAdmin(KeptWithPeople, admin.ModelAdmin[Team]):
    list_display = ("name",)
    search_fields = ("name",)
    autocomplete_fields = ("members",)
