from django.conf import settings
from django.urls import path

from consent import views

app_name = "consent"

# The address is a word of the language, so each language has its own.
SETTINGS_WORDS = {"id": "kuki", "en": "cookies"}

urlpatterns = [
    path("consent/decide/", views.decide, name="decide"),
    path("consent/state.css", views.state, name="state"),
    path(".well-known/gpc.json", views.gpc_support, name="gpc"),
    *(
        path(
            f"{code}/{SETTINGS_WORDS.get(code, 'cookies')}/",
            views.settings_page,
            {"language": code},
            name="settings",
        )
        for code, _name in settings.LANGUAGES
    ),
]
