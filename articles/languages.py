"""The languages of stories: those readers are shown, and those only translated from."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from modeltranslation.utils import build_localized_fieldname

PUBLIC: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
CHOICES: list[tuple[str, Any]] = [*settings.LANGUAGES, *settings.REFERENCE_LANGUAGES]


def column(name: str, language: str) -> str:
    """Return the name of a translated column (``headline``, ``id``: ``headline_ind``)."""
    return build_localized_fieldname(name, language)


def name_of(language: str) -> str:
    """Return a language's name in the active language of the screen."""
    return gettext(str(dict(CHOICES).get(language, language)))
