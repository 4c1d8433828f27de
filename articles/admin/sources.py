"""Who stories come from, and under what terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import licensing, permissions
from articles.admin.access import person_of
from articles.admin.labels import LabelAdmin, columns, in_every_language
from articles.forms import ZONES, LanguagesField
from articles.models import Licence, Source
from articles.permissions import Person
from articles.translation import LicenceColumns


@admin.register(Source)
class SourceAdmin(LabelAdmin):
    list_display = ("name", "kind", *columns("notice"), "active")
    search_fields = (*in_every_language("name"), "name_original", "code")
    list_filter = ("active", "kind")
    ordering = ("name", "pk")
    readonly_fields = ("licences",)
    actions = ("print_credits_anew",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "name_original",
                    "legal_name",
                    "code",
                    "kind",
                    "home_url",
                    "default_language",
                    "active",
                )
            },
        ),
        (_("What its stories owe it"), {"fields": ("licences", "notice", "rights_email")}),
        (
            _("What readers and editors should know"),
            {"fields": ("disclosure", "state_link", "state_link_url", "advisory_internal")},
        ),
    )

    @admin.display(description=_("licences"))
    def licences(self, source: Source) -> SafeString | str:
        """Return the source's licences as links, the newest first, and the way to a new one."""
        if source.pk is None:
            return gettext("Save the source first; then add the licence its stories stand under.")
        rows = format_html_join(
            "",
            '<li><a href="{}">{}</a> {}</li>',
            (
                (
                    reverse("admin:articles_licence_change", args=[licence.pk]),
                    licence,
                    days_of(licence),
                )
                for licence in source.licences.order_by("-pk")
            ),
        )
        add = f"{reverse('admin:articles_licence_add')}?{urlencode({'source': source.pk})}"
        return format_html(
            '<ul class="licences">{}<li><a href="{}">{}</a></li></ul>',
            rows,
            add,
            gettext("Add a licence"),
        )

    def has_print_permission(self, request: HttpRequest) -> bool:
        return permissions.may_keep_licences(person_of(request))

    @admin.action(description=_("Print the credit of their stories anew"), permissions=["print"])
    def print_credits_anew(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        for source in queryset.order_by("pk"):
            done, refused = licensing.restamp_source(
                source, by=person_of(request), at=timezone.now()
            )
            words = ngettext(
                "%(source)s: the credit of %(number)s story is printed anew.",
                "%(source)s: the credit of %(number)s stories is printed anew.",
                done,
            )
            messages.success(request, words % {"source": source.name, "number": done})
            if refused:
                words = ngettext(
                    "%(source)s: %(number)s story lacks something it owes. Open it to see.",
                    "%(source)s: %(number)s stories lack something they owe. Open them to see.",
                    refused,
                )
                messages.warning(request, words % {"source": source.name, "number": refused})


@admin.register(Licence)
class LicenceAdmin(LabelAdmin):
    list_display = ("source", "type", "rights_holder", "days", "translation", "version")
    list_display_links = ("source", "type")
    list_select_related = ("source",)
    list_filter = ("type",)
    search_fields = ("rights_holder", "evidence", *in_every_language("credit_line"))
    ordering = ("source__name", "-pk")
    readonly_fields = ("version",)
    fieldsets = (
        (None, {"fields": ("source", "type", "rights_holder", "evidence", "version")}),
        (_("Days"), {"fields": ("valid_from", "valid_until", "zone", "max_live_days")}),
        (
            _("What it allows"),
            {
                "fields": (
                    "may_republish",
                    "may_translate",
                    "languages",
                    "edits",
                    "wait_days",
                    "max_stories_a_month",
                    "full_text_in_feeds",
                )
            },
        ),
        (
            _("What it asks for"),
            {
                "fields": (
                    "copyright_notice",
                    "credit_line",
                    "usage_terms",
                    "licence_url",
                    "acquire_url",
                    "owes_byline",
                    "owes_title",
                    "owes_date",
                    "link",
                    "link_follow",
                    "robots",
                    "canonical",
                    "takedown_hours",
                )
            },
        ),
    )

    def may_keep(self, person: Person) -> bool:
        return permissions.may_keep_licences(person)

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if db_field.name == "zone":
            return forms.ChoiceField(label=_("By the clock of"), choices=ZONES)
        if db_field.name == "languages":
            return LanguagesField()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: ModelForm[Any],
        change: bool,  # noqa: FBT001
    ) -> None:
        """Store what was changed; pages follow the days at once."""
        assert isinstance(obj, Licence)  # the model of this admin  # noqa: S101
        # The columns without a language are Indonesian's twins and go along.
        changed = [*form.changed_data, *LicenceColumns.fields]
        licensing.save_licence(obj, changed=changed, by=person_of(request), at=timezone.now())

    @admin.display(description=_("days"), ordering="valid_until")
    def days(self, licence: Licence) -> str:
        return days_of(licence)

    @admin.display(description=_("may be translated"), boolean=True, ordering="may_translate")
    def translation(self, licence: Licence) -> bool:
        return licence.may_translate


def days_of(licence: Licence) -> str:
    """Return from when until when a licence holds, in words; dates as machines write them."""
    if licence.valid_from is None and licence.valid_until is None:
        return gettext("without an end")
    return f"{licence.valid_from or '…'} – {licence.valid_until or '…'}"
