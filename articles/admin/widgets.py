"""Inputs of the article page that need the admin: choices found by typing, with “add” beside."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)

from articles.models import Article


class SelectMultiple(AutocompleteSelectMultiple):
    """Several choices, each with its own way out: a button for all would break the list."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class OrderedSelectMultiple(SelectMultiple):
    """Several choices in the order they were made."""

    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        places = {str(key): place for place, key in enumerate(value)}
        for _label, options, _index in groups:
            options.sort(key=lambda option: places.get(str(option["value"]), len(places)))
        return groups


def dress(
    form: forms.Form, site: AdminSite, *, may_add_labels: bool, may_add_pictures: bool
) -> None:
    """Give the facts their inputs: found by typing, with a way to add what is missing."""
    kinds: dict[str, type[AutocompleteSelect | SelectMultiple]] = {
        "topics": SelectMultiple,
        "authors": OrderedSelectMultiple,
        "image": AutocompleteSelect,
    }
    for name, kind in kinds.items():
        field = form.fields[name]
        relation = Article._meta.get_field(name)  # noqa: SLF001 - Django documents it
        may = may_add_pictures if name == "image" else may_add_labels
        widget = RelatedFieldWidgetWrapper(
            kind(relation, site),
            relation.remote_field,  # type: ignore[arg-type]  # a relation to many is one too
            site,
            can_add_related=may,
            can_change_related=may and name == "image",
        )
        widget.is_required = field.required
        field.widget = widget
        # The wrapper hands the rows on to the input it wraps.
        widget.choices = field.choices  # type: ignore[attr-defined]  # chosen fields have them
