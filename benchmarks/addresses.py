"""The site's addresses and one more: a view that does nothing, to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.urls import handler403, handler404, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500"]


def minimal(request: HttpRequest) -> HttpResponse:
    return HttpResponse("minimal")


urlpatterns = [path("minimal/", minimal), *urlpatterns]
