"""The exact words readers are shown, kept as proof of what they agreed to."""

import hashlib
import json
from collections import defaultdict
from datetime import datetime
from typing import TypedDict

from django.db.models import Model
from modeltranslation.utils import build_localized_fieldname

from consent.models import BannerText, CookieDeclaration, Notice, Purpose
from consent.offering import BANNER_WORDS


class CookieWords(TypedDict):
    """What readers are told about one cookie; ``kind`` is a ``CookieDeclaration.Kind``."""

    name: str
    kind: str
    provider: str
    domain: str
    why: str
    kept_for: str


class PurposeWords(TypedDict):
    """What readers are told about one purpose; ``legal_basis`` is a ``Purpose.LegalBasis``."""

    name: str
    required: bool
    title: str
    summary: str
    data_kinds: str
    retention: str
    legal_basis: str
    cookies: list[CookieWords]


class Snapshot(TypedDict):
    """All the words in one language, in the form that is kept as ``Notice.body``."""

    schema: int
    language: str
    banner: dict[str, str]
    purposes: list[PurposeWords]


def snapshot(language: str) -> Snapshot:
    """
    Return the banner's words and the register as readers of a language see them.

    Holds the necessary purposes and those on offer. Three queries.
    """
    banner = BannerText.objects.order_by("pk").first()
    cookies: defaultdict[int, list[CookieWords]] = defaultdict(list)
    for cookie in CookieDeclaration.objects.order_by("name", "domain", "pk"):
        cookies[cookie.cookiegroup_id].append(_cookie(cookie, language))
    purposes = Purpose.objects.order_by("-is_required", "ordering", "varname")
    return Snapshot(
        schema=1,
        language=language,
        banner={name: _said(banner, name, language) for name in BANNER_WORDS},
        purposes=[
            _purpose(each, cookies[each.pk], language)
            for each in purposes
            if each.is_required or (each.is_offered and cookies[each.pk])
        ],
    )


def _cookie(cookie: CookieDeclaration, language: str) -> CookieWords:
    return CookieWords(
        name=cookie.name,
        kind=cookie.kind,
        provider=cookie.provider,
        domain=cookie.domain,
        why=_said(cookie, "why", language),
        kept_for=_said(cookie, "kept_for", language),
    )


def _purpose(purpose: Purpose, cookies: list[CookieWords], language: str) -> PurposeWords:
    return PurposeWords(
        name=purpose.varname,
        required=purpose.is_required,
        title=_said(purpose, "title", language),
        summary=_said(purpose, "summary", language),
        data_kinds=_said(purpose, "data_kinds", language),
        retention=_said(purpose, "retention", language),
        legal_basis=purpose.legal_basis,
        cookies=cookies,
    )


def _said(row: Model | None, name: str, language: str) -> str:
    # By the column's own name: a missing translation stays empty, whatever falls back elsewhere.
    said = getattr(row, build_localized_fieldname(name, language), None)
    return str(said) if said else ""


def notice_for(language: str, *, at: datetime) -> Notice:
    """Return the wording shown now in a language, writing it down if it is new."""
    body = snapshot(language)
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    notice, _new = Notice.objects.get_or_create(
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        defaults={"language": language, "body": body, "created_at": at},
    )
    return notice
