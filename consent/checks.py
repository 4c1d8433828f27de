"""What can be wrong with consent, found before a reader meets it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import DatabaseError, models
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.urls import NoReverseMatch, reverse
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from consent.models import BannerText, CookieDeclaration, Purpose

OURS = "consent.public_pages.PublicPages"
TOUCH_COOKIES = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
LIBRARY_MIDDLEWARE = "cookie_consent.middleware.CleanCookiesMiddleware"
LOADS_LIBRARY_TAGS = re.compile(r"{%\s*load\b[^%]*\bcookie_consent_tags\b")


@register()
def settings_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check the settings, the middleware and the cache."""
    return [*_cookie_messages(), *_middleware_messages(), *_cache_messages()]


@register(Tags.security, deploy=True)
def cookie_travels_encrypted(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Check, for a deployment, that the consent cookie is never sent in the clear."""
    if settings.COOKIE_CONSENT_SECURE or settings.DEBUG:
        return []
    return [
        Warning(
            "The consent cookie is also sent over plain HTTP.",
            hint="Set COOKIE_CONSENT_SECURE = True once the site is served over HTTPS.",
            id="consent.W004",
        )
    ]


@register(Tags.urls)
def library_addresses_are_absent(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that nobody can reach the library's own pages."""
    try:
        reverse("cookie_consent_status")
    except NoReverseMatch:
        return []
    return [
        Warning(
            "django-cookie-consent's addresses are included.",
            hint="Remove include('cookie_consent.urls'); consent.urls does their work.",
            id="consent.W002",
        )
    ]


@register(Tags.templates)
def templates_leave_the_library_alone(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that no template asks the library about the reader: the page would differ."""
    return [
        Warning(
            f"{path} loads cookie_consent_tags.",
            hint="Their answer differs per reader, so the page cannot be cached. "
            "Use data-allows on <html> in CSS or script.",
            id="consent.W005",
        )
        for path in _own_templates()
        if LOADS_LIBRARY_TAGS.search(path.read_text(encoding="utf-8", errors="replace"))
    ]


@register(Tags.database)
def register_is_whole(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check purposes, cookies and words; runs with ``check --database`` and before a migrate."""
    if not databases:
        return []
    try:
        return [*_purposes_without_cookies(), *_missing_words()]
    except DatabaseError:
        # The tables, or the columns of a new language, come with the migration about to run.
        return []


def _cookie_messages() -> Iterator[CheckMessage]:
    if settings.COOKIE_CONSENT_HTTPONLY:
        yield Error(
            "Scripts cannot read the consent cookie, so the banner would never go.",
            hint="Set COOKIE_CONSENT_HTTPONLY = False.",
            id="consent.E002",
        )


def _middleware_messages() -> Iterator[CheckMessage]:
    chain = list(settings.MIDDLEWARE)
    first_cookie = min((chain.index(each) for each in TOUCH_COOKIES if each in chain), default=0)
    if OURS not in chain or chain.index(OURS) > first_cookie:
        yield Error(
            "Public pages may go out with somebody's cookie.",
            hint=f"Put {OURS} before everything that touches cookies.",
            id="consent.E004",
        )
    if LIBRARY_MIDDLEWARE in chain:
        yield Warning(
            "django-cookie-consent's middleware deletes cookies on cacheable pages.",
            hint=f"Remove {LIBRARY_MIDDLEWARE}; a cache would replay one reader's deletion.",
            id="consent.W001",
        )


def _cache_messages() -> Iterator[CheckMessage]:
    if not isinstance(caches[settings.COOKIE_CONSENT_CACHE_BACKEND], DummyCache):
        yield Warning(
            "django-cookie-consent keeps purposes for an hour, each process its own.",
            hint="Point COOKIE_CONSENT_CACHE_BACKEND at a dummy cache.",
            id="consent.W003",
        )


def _own_templates() -> Iterator[Path]:
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            for directory in engine.dirs:
                yield from sorted(Path(directory).rglob("*.html"))


def _purposes_without_cookies() -> Iterator[CheckMessage]:
    empty = Purpose.objects.filter(is_required=False, is_offered=True, cookie=None)
    for purpose in empty.order_by("varname"):
        yield Error(
            f"The purpose {purpose.varname} is offered but declares no cookie.",
            hint="Declare its cookies, or stop offering it.",
            id="consent.E001",
        )


def _missing_words() -> Iterator[CheckMessage]:
    rows: list[models.Model] = [
        *Purpose.objects.order_by("pk"),
        *CookieDeclaration.objects.order_by("pk"),
        *BannerText.objects.order_by("pk"),
    ]
    for row in rows:
        names = sorted(translator.get_options_for_model(type(row)).all_fields)
        missing = [
            f"{name} ({code})"
            for name in names
            for code, _language in settings.LANGUAGES
            if not getattr(row, build_localized_fieldname(name, code))
        ]
        if missing:
            yield Error(
                f"The {type(row).__name__} “{row}” has no text for {', '.join(missing)}.",
                hint="Write it in the admin, under cookie consent.",
                id="consent.E003",
            )
