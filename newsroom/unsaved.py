"""What was typed comes back to its writer when it could not be saved: nobody's words are lost."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.richtext import Html
from newsroom.language import is_newsroom_screen

# The words of our forms; what is chosen from a list is quickly chosen again.
_NAMES: dict[str, Promise] = {
    "dateline": _("Dateline"),
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "body": _("Body"),
    "image_caption": _("Picture caption"),
    "image_alt": _("Alternative text"),
    "target": _("Translation"),
    "note": _("Note"),
    "reason": _("Reason"),
    "text": _("What the notice says"),
}
_RICH = frozenset({"body", "target"})


@dataclass(frozen=True)
class Typed:
    """One input with what was typed into it; ``html`` is empty for plain words."""

    name: Promise
    words: str
    html: Html


class SignedOut:
    """
    Hand back what was typed, where a signed-out person's form would lead to the login page.

    Django's own answer drops what was sent, and after the login leads to an address that only
    takes forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method == "POST"
            and is_newsroom_screen(request.path_info)
            and _leads_to_login(response)
            and not request.user.is_authenticated
        ):
            return _handed_back(
                request,
                title=_("You are signed out"),
                words=_("Nothing was saved. Sign in again; what you typed is here to be copied."),
            )
        return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the browser's: mostly one from before a new sign-in."""
    return _handed_back(
        request,
        title=_("This form is out of date"),
        words=_(
            "Nothing was saved: somebody signed in anew after this page was opened, or the browser"
            " keeps no cookies. Open the page again; what you typed is here to be copied."
        ),
    )


def _leads_to_login(response: HttpResponse) -> bool:
    """Return whether somebody is asked to sign in; who has just signed out is not asked back."""
    address = urlsplit(response.headers.get("Location", ""))
    is_login = address.path in {resolve_url(settings.LOGIN_URL), reverse("admin:login")}
    return is_login and REDIRECT_FIELD_NAME in parse_qs(address.query)


def _handed_back(request: HttpRequest, *, title: Promise, words: Promise) -> HttpResponse:
    page, login = _page_of(request), reverse("login")
    context = {
        **admin.site.each_context(request),
        "title": title,
        "words": words,
        "typed": typed_into(request),
        "page": page,
        "login": f"{login}?{urlencode({REDIRECT_FIELD_NAME: page})}",
    }
    response = render(request, "newsroom/unsaved.html", context, status=403)
    response.headers["Content-Language"] = translation.get_language() or ""
    add_never_cache_headers(response)
    return response


def _page_of(request: HttpRequest) -> str:
    """Return the page a form was on, as far as the browser says; else the start page."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    path = urlsplit(came_from)
    if not is_ours or not is_newsroom_screen(path.path):
        return reverse("start")
    return f"{path.path}?{path.query}" if path.query else path.path


def typed_into(request: HttpRequest) -> list[Typed]:
    """Return the words that came with a form, in the order of the page."""
    found = []
    for field, value in request.POST.items():
        words = str(value)
        # Some forms put the name of what they do before the input's: “send_back-note”.
        name = _NAMES.get(field.rpartition("-")[2])
        if name is not None and words.strip():
            html = richtext.public_html(richtext.sanitise(words)) if field in _RICH else Html("")
            found.append(Typed(name, words, html))
    return found
