from django.apps import AppConfig

# Imported by its module: a second configuration in this one's namespace would be a candidate
# for the app "newsroom" itself.
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        # Registering is what importing it does; models are not there before.
        from newsroom import checks  # noqa: F401, PLC0415


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our own rule about who may enter it."""

    default = False
    default_site = "newsroom.admin_site.NewsroomAdminSite"
