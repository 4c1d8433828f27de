"""A site of two pages, so that consent is tested without the newsroom's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

# The pages' own policy, stricter than the site's: consent must live with Trusted Types too.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)


def page(request: HttpRequest, language: str) -> HttpResponse:
    """Answer with a page any reader may get, as the public site does."""
    response = render(request, "consent_page.html")
    response["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    response["Content-Security-Policy"] = POLICY
    return response


def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<svg xmlns="http://www.w3.org/2000/svg"/>', content_type="image/svg+xml")


def counter(request: HttpRequest) -> HttpResponse:
    """Stand for a tool that counts visits: it says that it ran and leaves things behind."""
    script = (
        'document.documentElement.dataset.counted = "yes";'
        'document.cookie = "_count_1=here; Path=/";'
        'localStorage.setItem("_count_seen", "1");'
    )
    return HttpResponse(script, content_type="text/javascript")


urlpatterns = [
    path("icon.svg", icon, name="icon"),
    path("counter.js", counter, name="counter"),
    path("id/", page, {"language": "id"}),
    path("en/", page, {"language": "en"}),
    path("", include("consent.urls")),
]
