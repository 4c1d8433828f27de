"""Every address of the site; the apps know their own."""

from django.contrib import admin
from django.urls import include, path

from newsroom import media

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("newsroom.screens")),
    path("media/<path:path>", media.picture),
    path("desk/", include("translations.urls")),
    path("", include("consent.urls")),
    path("", include("articles.public.urls")),
]

handler403 = "newsroom.views.not_allowed"
handler404 = "newsroom.views.not_found"
handler500 = "articles.public.views.server_error"
