from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "consent"
    verbose_name = _("Cookie consent")

    def ready(self) -> None:
        from consent import checks  # noqa: F401, PLC0415 - registers itself; needs the models
