"""Whether a decision comes from our own pages, without a token in them."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, RejectRequest


def is_ours(request: HttpRequest) -> bool:
    """
    Tell whether a POST was sent from a page of this site.

    Pages are the same bytes for everybody, so they carry no token. The browser's own words
    count: ``Sec-Fetch-Site``, else ``Origin``. A browser that says neither must bring a token,
    which only the confirmation step of the settings page gives out.
    """
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    if (origin := request.headers.get("Origin")) is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return _Token(_nowhere).is_good(request)


class _Token(CsrfViewMiddleware):
    def is_good(self, request: HttpRequest) -> bool:
        try:
            self._check_token(request)  # type: ignore[attr-defined]  # not in the stubs
        except RejectRequest:
            return False
        return True


def _nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)
