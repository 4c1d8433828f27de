"""
The newsroom's settings as mypy's Django plugin reads them.

modeltranslation puts manager classes of its own, made at run time, on the models it translates,
and the plugin can name none of them. Here the managers stay as the models write them.
"""

from django.apps import AppConfig
from modeltranslation.apps import ModeltranslationConfig

from newsroom.settings import *  # noqa: F403 - this is what the module is for

start = ModeltranslationConfig.ready


def start_without_managers(app: AppConfig) -> None:
    # Imported here: it reads the settings, and those are being read just now.
    from modeltranslation import translator  # noqa: PLC0415

    translator.add_manager = lambda model: None
    start(app)


ModeltranslationConfig.ready = start_without_managers
