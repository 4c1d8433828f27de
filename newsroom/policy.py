"""What browsers may load and do on our pages."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse


class ContentPolicy(CSPMiddleware):
    """Send the content security policy of the settings with every answer."""


class PermissionsPolicy:
    """Switch off the browser's powers that no page of ours uses."""

    VALUE = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.VALUE)
        return response
