"""A person's messages: how many are new, all of them, and which also come by e-mail."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsroom import telling, wording
from newsroom.audiences import readable_by
from newsroom.models import User
from newsroom.views import person_of

MESSAGES_PER_PAGE = 30


class MailForm(forms.ModelForm):  # type: ignore[type-arg]  # none at run time
    """Which messages come by e-mail too."""

    class Meta:
        model = User
        fields = ("mails_work", "mails_own", "mails_story")


class UpToForm(forms.Form):
    """The newest message on somebody's screen when they said that they have read all."""

    up_to = forms.IntegerField(min_value=0)


def unread(request: HttpRequest) -> dict[str, object]:
    """Let templates ask how many messages are new: one query where any does, none elsewhere."""
    return {"unread_messages": SimpleLazyObject(partial(count_unread, request))}


def count_unread(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return readable_by(request.user, at=timezone.now()).filter(read_at=None).count()


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a person's messages, the newest first."""
    found = readable_by(person_of(request), at=timezone.now()).order_by("-pk")
    page = Paginator(wording.with_words(found), MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    newest = next(iter(page), None)
    context = {
        **admin.site.each_context(request),
        "title": _("Messages"),
        "page": page,
        "shown": [wording.message_of(notification) for notification in page],
        "up_to": newest.pk if newest is not None and page.number == 1 else None,
    }
    return TemplateResponse(request, "newsroom/messages.html", context)


@require_POST
@login_required
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a message was opened, and lead to what it is about."""
    at = timezone.now()
    found = readable_by(person_of(request), at=at).select_related("activity__article", "person")
    notification = get_object_or_404(found, pk=pk)
    telling.mark_read(notification, at=at)
    return redirect(wording.address_for(notification, at=at))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that all messages on the screen, and all before them, have been read."""
    form = UpToForm(request.POST)
    if form.is_valid():
        number = telling.mark_all_read(
            person_of(request), up_to=form.cleaned_data["up_to"], at=timezone.now()
        )
        words = ngettext(
            "%(number)s message is marked as read.",
            "%(number)s messages are marked as read.",
            number,
        )
        messages.success(request, words % {"number": number})
    return redirect("messages")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_choices(request: HttpRequest) -> HttpResponse:
    """Let a person choose which messages come by e-mail too."""
    person = person_of(request)
    form = MailForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        person.save(update_fields=MailForm.Meta.fields)
        messages.success(request, _("Your choice of e-mails is saved."))
        return redirect("mail_choices")
    context = {
        **admin.site.each_context(request),
        "title": _("Messages by e-mail"),
        "form": form,
        "address": person.email,
    }
    return TemplateResponse(request, "newsroom/mail_choices.html", context)
