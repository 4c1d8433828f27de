"""Pictures: taken in through one door, described in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import languages, licensing, permissions, pictures
from articles.admin.access import KeptByPredicate, person_of
from articles.admin.labels import in_every_language
from articles.forms import PictureForm
from articles.models import Image, Lease
from articles.permissions import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_REFUSALS: dict[type[Exception], Promise] = {
    pictures.TooLarge: gettext_lazy("The file is larger than 25 MB. Save it smaller."),
    pictures.TooManyPixels: gettext_lazy(
        "The picture has more than 60 million pixels. Save it smaller."
    ),
    pictures.NotAPicture: gettext_lazy(
        "This is not a JPEG, PNG, WebP or AVIF picture, or the file is damaged."
    ),
}


def words_in(language: str, *, heading: StrOrPromise) -> tuple[StrOrPromise, Any]:
    """Return the part of a form that describes a picture in one language."""
    names = tuple(languages.column(name, language) for name in ("caption", "alt"))
    return (heading, {"fields": names})


_IN_EVERY_LANGUAGE = tuple(
    words_in(code, heading=name) for code, name in languages.CHOICES if code in languages.PUBLIC
)


class LeaseInline(admin.StackedInline):  # type: ignore[type-arg]  # none at run time
    """From when until when a picture may be used; the publisher's matter."""

    model = Lease
    extra = 0
    fields = ("kind", "first_day", "last_day", "note")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_enter(person_of(request))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_keep_licences(person_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)


@admin.register(Image)
class ImageAdmin(KeptByPredicate):
    list_display = ("thumbnail", "words", "credit", "size", "stories", "taken_in_at")
    list_display_links = ("thumbnail", "words")
    list_per_page = 24
    search_fields = (*in_every_language("caption"), *in_every_language("alt"), "credit")
    search_help_text = gettext_lazy("Search captions, alternative texts and credits.")
    date_hierarchy = "uploaded_at"
    ordering = ("-uploaded_at", "-pk")
    show_full_result_count = False
    change_form_template = "admin/articles/image/change_form.html"
    readonly_fields = ("picture", "size", "taken_in")
    fieldsets = (
        (None, {"fields": ("picture", "credit", "decorative", "restriction")}),
        *_IN_EVERY_LANGUAGE,
        (gettext_lazy("File"), {"fields": ("size", "taken_in")}),
    )
    inlines = (LeaseInline,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Stay out of the settings: the head of every screen leads here."""
        return False

    def may_keep(self, person: Person) -> bool:
        return permissions.may_add_pictures(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        pictures: QuerySet[Image] = super().get_queryset(request)
        return pictures.annotate(stories_count=Count("articles"))

    def get_urls(self) -> list[Any]:
        thumbnail = path(
            "<int:pk>/file/",
            self.admin_site.admin_view(self.file_view),
            name="articles_image_file",
        )
        return [thumbnail, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the file of a picture that was just chosen on the article page."""
        return redirect(get_object_or_404(Image, pk=pk).file.url)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Take a picture in; what is wrong with the file is said beside it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PictureForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                image = pictures.add_picture(
                    form.cleaned_data["file"],
                    form.labels(),
                    by=person_of(request),
                    at=timezone.now(),
                )
            except tuple(_REFUSALS) as refusal:
                form.add_error("file", str(_REFUSALS[type(refusal)]))
            else:
                return self.added(request, image)
        return self.render_add_form(request, form)

    def added(self, request: HttpRequest, image: Image) -> HttpResponse:
        """Hand the picture to the page that asked for it, or show it."""
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, image)
        messages.success(request, _("The picture is here. You can choose it for a story."))
        return redirect("admin:articles_image_change", image.pk)

    def render_add_form(self, request: HttpRequest, form: PictureForm) -> HttpResponse:
        fieldsets = [(None, {"fields": ("file", "credit", "decorative")}), *_IN_EVERY_LANGUAGE]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add a picture"),
            "subtitle": None,
            "opts": self.opts,
            # Any form will do for these two, though they are made for forms of models.
            "adminform": helpers.AdminForm(form, fieldsets, {}, model_admin=self),  # type: ignore[arg-type]
            "errors": helpers.AdminErrorList(form, []),  # type: ignore[arg-type]
            "media": self.media + form.media,
            "has_file_field": True,
            "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
            "is_popup_var": IS_POPUP_VAR,
        }
        return TemplateResponse(request, "admin/articles/image/add_form.html", context)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: Any,  # of leases: the only ones here
        change: bool,  # noqa: FBT001
    ) -> None:
        kept = formset.save(commit=False)
        if kept or formset.deleted_objects:
            licensing.save_leases(
                form.instance,
                kept=kept,
                dropped=formset.deleted_objects,
                by=person_of(request),
                at=timezone.now(),
            )

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image: Image) -> SafeString:
        return format_html(
            '<img class="thumbnail" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
            image.file.url,
            image.width,
            image.height,
            image.alt or self.words(image),
        )

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, image: Image) -> SafeString:
        return format_html(
            '<img class="preview" src="{}" width="{}" height="{}" alt="{}">',
            image.file.url,
            image.width,
            image.height,
            image.alt or "",
        )

    @admin.display(description=gettext_lazy("caption"))
    def words(self, image: Image) -> str:
        return image.caption or image.alt or _("Without words")

    @admin.display(description=gettext_lazy("size"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description=gettext_lazy("stories"), ordering="stories_count")
    def stories(self, image: Image) -> int:
        return int(getattr(image, "stories_count", 0))

    @admin.display(description=gettext_lazy("taken in"), ordering="uploaded_at")
    def taken_in_at(self, image: Image) -> str:
        return date_format(timezone.localtime(image.uploaded_at), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("taken in"))
    def taken_in(self, image: Image) -> str:
        moment = date_format(timezone.localtime(image.uploaded_at), "SHORT_DATETIME_FORMAT")
        return f"{moment}, {image.uploaded_by}" if image.uploaded_by else moment
