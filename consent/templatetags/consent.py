"""What public templates include; see docs/explanation/consent.md."""

from typing import TypedDict

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language

from consent.models import CookieDeclaration
from consent.offering import Item, Offer, OfferedPurpose, offer

register = template.Library()


class HeadContext(TypedDict):
    """``register`` is what both scripts read; None when there is nothing to ask."""

    register: dict[str, object] | None


class BannerContext(TypedDict):
    """``offer`` is falsy when there is nothing to ask; ``next`` is the page's own path."""

    offer: Offer | None
    language: str
    settings_url: str
    next: str


@register.inclusion_tag("consent/head.html", takes_context=True)
def consent_head(context: Context) -> HeadContext:
    """Put the register, the first script and the banner's style into the page's head."""
    asked = _offer(context)
    return {"register": _for_scripts(asked.purposes) if asked else None}


@register.inclusion_tag("consent/banner.html", takes_context=True)
def consent_banner(context: Context) -> BannerContext:
    """Put the banner into the page; it comes right after the skip link."""
    language = _language()
    request = context.get("request")
    return {
        "offer": None if context.get("consent_is_settings_page") else _offer(context),
        "language": language,
        "settings_url": consent_settings_url(),
        "next": request.path if isinstance(request, HttpRequest) else f"/{language}/",
    }


@register.simple_tag
def consent_settings_url() -> str:
    """Return the address of the cookie page in the active language."""
    return reverse("consent:settings", kwargs={"language": _language()})


def _language() -> str:
    active = get_language()
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _offer(context: Context) -> Offer:
    """Return the offer in the active language, asked once a request: a page pays one query."""
    request = context.get("request")
    language = _language()
    if not isinstance(request, HttpRequest):
        return offer(language)
    key = f"consent.offer.{language}"
    if key not in request.META:
        request.META[key] = offer(language)
    kept: Offer = request.META[key]
    return kept


def _for_scripts(purposes: tuple[OfferedPurpose, ...]) -> dict[str, object]:
    return {
        "cookie": settings.COOKIE_CONSENT_NAME,
        "purposes": [
            {
                "name": purpose.question.name,
                "version": purpose.question.version,
                "asked": purpose.question.asked_at,
                "gpc": purpose.question.off_on_gpc,
                "items": [_item(item) for item in purpose.items if _is_ours_to_delete(item)],
            }
            for purpose in purposes
        ],
    }


def _item(item: Item) -> dict[str, str]:
    return {"kind": item.kind, "name": item.name, "path": item.path, "domain": item.domain}


def _is_ours_to_delete(item: Item) -> bool:
    return item.kind != CookieDeclaration.Kind.ELSEWHERE
