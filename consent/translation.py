"""Which words of the register and of the banner exist once per language."""

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from consent.models import BannerText, CookieDeclaration, Purpose

# Readers of every language are owed every word: consent to half a text is none.
EVERY_LANGUAGE = tuple(code for code, _name in settings.LANGUAGES)


@register(Purpose)
class PurposeColumns(TranslationOptions):
    fields = ("title", "summary", "data_kinds", "retention")
    required_languages = EVERY_LANGUAGE


@register(CookieDeclaration)
class CookieDeclarationColumns(TranslationOptions):
    fields = ("why", "kept_for")
    required_languages = EVERY_LANGUAGE


@register(BannerText)
class BannerTextColumns(TranslationOptions):
    fields = ("lead", "link", "purposes", "accept", "reject", "choose")
    required_languages = EVERY_LANGUAGE
