"""Public pages are the same for everybody: no cookie goes out with them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

STATE = "consent:state"
PER_READER = {"cookie", "accept-language"}


class PublicPages:
    """
    Take cookies, and what varies by cookie or language, off every answer marked ``public``.

    Stands outside everything that may touch a cookie. Django itself would add both to a public
    page for a reader whose ``csrftoken`` or ``sessionid`` is malformed, and a shared cache
    would hand that reader's cookie to the next one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.resolver_match is not None and request.resolver_match.view_name == STATE:
            # It differs per reader, but asking what one decided must give nobody a cookie.
            response.cookies.clear()
        if "public" in _words(response.get("Cache-Control", "")):
            response.cookies.clear()
            kept = [
                name for name in _words(response.get("Vary", "")) if name.lower() not in PER_READER
            ]
            if kept:
                response["Vary"] = ", ".join(kept)
            elif response.has_header("Vary"):
                del response["Vary"]
        return response


def _words(header: str) -> list[str]:
    return [word.strip() for word in header.split(",") if word.strip()]
