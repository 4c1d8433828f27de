"""Where the newsroom keeps the register, the banner's words and the proof."""

# Form classes take their parameters only while types are checked.
from __future__ import annotations

import json

# The library registers two pages of its own; ours replace them, whichever app is listed first.
import cookie_consent.admin  # noqa: F401
from cookie_consent.models import Cookie, CookieGroup
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm, Textarea, TextInput
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from consent.models import BannerText, CookieDeclaration, Decision, Notice, Purpose
from consent.offering import ask_again

admin.site.unregister([Cookie, CookieGroup])


SHORT = Textarea(attrs={"rows": 3})


class PurposeForm(ModelForm):  # type: ignore[type-arg]  # none at run time
    """A purpose; the library's own labels have no Indonesian, so they are ours."""

    class Meta:
        labels = {
            "varname": _("Short name"),
            "is_required": _("Always on"),
            "ordering": _("Place on the page"),
        }
        help_texts = {
            "varname": _("Stands in readers' cookies and in the proof; it cannot be changed."),
            "is_required": _("Readers cannot refuse what the site cannot do without."),
        }
        widgets = {"summary": SHORT, "data_kinds": SHORT}


class CookieForm(ModelForm):  # type: ignore[type-arg]  # none at run time
    """A cookie; labelled as the purpose is."""

    class Meta:
        labels = {"name": _("Name"), "domain": _("Domain"), "path": _("Path")}
        help_texts = {"name": _("A star at the end stands for any ending, as in _ga*.")}
        widgets = {"why": SHORT, "path": TextInput}


class BannerForm(ModelForm):  # type: ignore[type-arg]  # none at run time
    """The banner's words."""

    class Meta:
        widgets = {"purposes": SHORT}


class CookieFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # none at run time
    """The cookies of a purpose; one that is offered needs at least one."""

    def clean(self) -> None:
        super().clean()
        declared = [
            form
            for form in self.forms
            if form.has_changed() or form.instance.pk
            if not form.cleaned_data.get("DELETE")
        ]
        if self.instance.is_offered and not self.instance.is_required and not declared:
            raise ValidationError(
                _("Declare at least one cookie, or stop offering this purpose to readers.")
            )


class CookieInline(TranslationStackedInline[CookieDeclaration, Purpose]):
    model = CookieDeclaration
    form = CookieForm
    formset = CookieFormSet
    fields = (("name", "kind"), ("provider", "domain", "path"), "why", "kept_for")
    extra = 0


@admin.register(Purpose)
class PurposeAdmin(TranslationAdmin[Purpose]):
    form = PurposeForm
    list_display = ("title", "short_name", "is_always_on", "is_offered", "off_on_gpc")
    ordering = ("ordering", "varname")
    fieldsets = (
        (None, {"fields": ("varname", "is_required", "is_offered", "off_on_gpc", "ordering")}),
        (
            _("What readers are told"),
            {"fields": ("title", "summary", "data_kinds", "retention", "legal_basis")},
        ),
    )
    inlines = (CookieInline,)
    actions = ("ask_readers_again",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Keep the name of an existing purpose: readers' cookies and the proof use it."""
        return ["varname"] if obj else []

    def save_model(
        self,
        request: HttpRequest,
        obj: Purpose,
        form: ModelForm[Purpose],
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Save a purpose, with the library's own label beside our translated title."""
        obj.name = obj.varname
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm[Purpose],
        formsets: list[BaseModelFormSet[Model, ModelForm[Model]]],
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Save the cookies; a purpose that is offered from now on is a new question."""
        super().save_related(request, form, formsets, change)
        if change and "is_offered" in form.changed_data and form.instance.is_offered:
            ask_again(form.instance, at=timezone.now())

    @admin.display(description=_("Short name"), ordering="varname")
    def short_name(self, purpose: Purpose) -> str:
        """Return the name that stands in cookies."""
        return purpose.varname

    @admin.display(description=_("Always on"), ordering="is_required", boolean=True)
    def is_always_on(self, purpose: Purpose) -> bool:
        """Tell whether readers cannot refuse it."""
        return purpose.is_required

    @admin.action(description=_("Ask all readers again"), permissions=["change"])
    def ask_readers_again(self, request: HttpRequest, queryset: QuerySet[Purpose]) -> None:
        """Ask every reader about the chosen purposes anew."""
        purposes = list(queryset)
        for purpose in purposes:
            ask_again(purpose, at=timezone.now())
        message = ngettext(
            "Readers will be asked about %(count)d purpose again.",
            "Readers will be asked about %(count)d purposes again.",
            len(purposes),
        )
        self.message_user(request, message % {"count": len(purposes)})


@admin.register(BannerText)
class BannerTextAdmin(TranslationAdmin[BannerText]):
    list_display = ("lead", "accept", "reject")
    form = BannerForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse a second banner: there is one, and it came with the installation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Keep the only banner."""
        return False


class ProofAdmin(admin.ModelAdmin[Model]):
    """Proof is looked at, never written by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse proof that no reader gave."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse to rewrite what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Leave deletion to prune_consent, which knows the periods."""
        return False


@admin.register(Notice)
class NoticeAdmin(ProofAdmin):
    list_display = ("sha256", "language", "created_at")
    list_filter = ("language",)
    ordering = ("-created_at", "-pk")
    fields = ("sha256", "language", "created_at", "wording")
    readonly_fields = ("wording",)

    @admin.display(description=_("wording"))
    def wording(self, notice: Notice) -> SafeString:
        """Return the wording with one fact a line."""
        return format_html("<pre>{}</pre>", json.dumps(notice.body, ensure_ascii=False, indent=2))


@admin.register(Decision)
class DecisionAdmin(ProofAdmin):
    list_display = ("at", "consent_id", "said_yes", "said_no", "source", "gpc")
    list_filter = ("source", "gpc")
    list_select_related = ("notice",)
    search_fields = ("=consent_id",)
    search_help_text = _("Search for a reader's consent number; it stands on their cookie page.")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    show_full_result_count = False
    fields = ("consent_id", "at", "said_yes", "said_no", "source", "gpc", "notice")
    readonly_fields = ("said_yes", "said_no")

    @admin.display(description=_("yes to"))
    def said_yes(self, decision: Decision) -> str:
        """Return the purposes the reader agreed to."""
        return ", ".join(decision.choices["yes"])

    @admin.display(description=_("no to"))
    def said_no(self, decision: Decision) -> str:
        """Return the purposes the reader refused."""
        return ", ".join(decision.choices["no"])
