"""Tags of the public pages' templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles import reading
from articles.public import wording
from articles.public.addresses import address as address_in

register = template.Library()

register.simple_tag(wording.site_name)
register.simple_tag(wording.tagline)
register.filter("day", wording.day)
register.filter("machine_time", wording.machine_time)


@register.filter
def date_of(value: date | datetime) -> str:
    return wording.day_of(value)


@register.filter
def moment(value: datetime) -> str:
    return wording.moment_of(value)


@register.simple_tag(takes_context=True)
def the_frame(context: Context) -> reading.Frame:
    """Return the view's frame; pages of other apps ask for it here. At most one query."""
    frame = context.get("frame")
    if isinstance(frame, reading.Frame):
        return frame
    return reading.frame(_language(), at=timezone.now())  # noqa: TID251 - as a view would


@register.simple_tag
def address(page: str, *parts: str) -> str:
    """Return the path of a page in the active language."""
    return address_in(page, _language(), *parts)


@register.simple_tag
def label_link(page: str, label: reading.Label) -> str:
    """Return a label as a link to its page, or as plain words if it has none."""
    if not label.slug:
        return format_html("{}", label.name)
    return format_html('<a href="{}">{}</a>', address(page, label.slug), label.name)


@register.simple_tag
def story_text(page: reading.ArticlePage) -> str:
    """Return a story's body, its dateline run into the first paragraph."""
    if not page.dateline:
        return SafeString(page.body)
    dateline = format_html('<span class="dateline">{}</span>', page.dateline)
    if page.body.startswith("<p>"):
        return SafeString(f"<p>{dateline} – {page.body.removeprefix('<p>')}")
    return SafeString(f"<p>{dateline}</p>{page.body}")


@register.simple_tag
def credit_line(page: reading.ArticlePage) -> str:
    """Return the words before the translators' names."""
    if page.translated_from not in {"", page.first_language}:
        return {
            "id": _("Translated from the Indonesian translation by"),
            "en": _("Translated from the English translation by"),
        }.get(page.translated_from, _("Translated by"))
    return {
        "id": _("Translated from Indonesian by"),
        "en": _("Translated from English by"),
        "ru": _("Translated from Russian by"),
    }.get(page.translated_from, _("Translated by"))


@register.simple_tag
def relation(origin: reading.Origin) -> str:
    """Return the words before the name of a story's source."""
    return {
        "republished": _("Republished from"),
        "translated": _("Translated from the story by"),
        "quoted": _("Quoted from"),
        "press_release": _("Press release of"),
        "paid": _("Paid content of"),
        "adapted": _("Adapted from"),
        "based_on": _("Based on reporting by"),
    }.get(origin.credit.relation, _("Source"))


@dataclass(frozen=True)
class Choice:
    """A language in the switcher; all its words are in that language."""

    code: str
    name: str
    words: str
    path: str
    is_current: bool = False

    @property
    def invitation(self) -> str:
        with translation.override(self.code):
            return {
                "id": _("Read this story in Indonesian"),
                "en": _("Read this story in English"),
            }.get(self.code, self.name)


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[Choice]:
    """
    Return a link for every language: to this page in it, or to its front page, saying so.

    ``versions`` in the context are the page's paths by language. A page that does not name
    any has no counterpart and no text that could be missing: plain links to the front pages.
    """
    versions = context.get("versions")
    current = _language()
    choices = []
    for code, _name in settings.LANGUAGES:
        name = get_language_info(code)["name_local"]
        if code == current:
            choices.append(Choice(code, name, name, "", is_current=True))
        elif isinstance(versions, Mapping) and code in versions:
            choices.append(Choice(code, name, name, versions[code]))
        else:
            words = name if versions is None else _not_available(code)
            choices.append(Choice(code, name, words, address_in("front", code)))
    return choices


def _not_available(code: str) -> str:
    with translation.override(code):
        return {
            "id": _("Not available in Indonesian"),
            "en": _("Not available in English"),
        }.get(code, _("Not available in this language"))


def _language() -> str:
    active = translation.get_language()
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
