"""Which language a screen speaks: the address's, else the person's, else the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of_path(path: str) -> str | None:
    """Return the language a public address is in (``/en/…``: ``en``), or None."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else None


def is_newsroom_screen(path: str) -> bool:
    """Return whether an address is behind the login, not a reader's."""
    return path.startswith(("/admin/", "/desk/", "/start/", "/logout/"))


class InterfaceLanguage:
    """
    Activate the address's language on public pages and the browser's elsewhere.

    Django's own ``LocaleMiddleware`` lets a cookie or Accept-Language win over the address
    and marks every answer as varying by it, so that no cache could share a public page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_path(request.path_info) or translation.get_language_from_request(
            request
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PersonLanguage:
    """Let a signed-in person's own choice decide the language of the newsroom's screens."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only newsroom screens ask who is there: a public page must not touch the session.
        if is_newsroom_screen(request.path_info) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            response = self.get_response(request)
            response.headers["Content-Language"] = translation.get_language() or ""
            return response
        return self.get_response(request)
