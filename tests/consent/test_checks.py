import pytest
from django.core.checks import run_checks
from django.urls import include, path

from consent.models import BannerText, CookieDeclaration, Purpose
from consent.urls import urlpatterns as consent_urls

LOCMEM = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def test_a_fresh_site_has_no_complaint(db):
    assert complaints() == []


def test_an_offered_purpose_without_cookies_is_reported(db):
    Purpose.objects.filter(varname="analytics").update(is_offered=True)

    assert complaints() == [
        ("consent.E001", "The purpose analytics is offered but declares no cookie.")
    ]


def test_a_consent_cookie_that_scripts_cannot_read_is_reported(db, settings):
    settings.COOKIE_CONSENT_HTTPONLY = True

    assert [each for each, _text in complaints()] == ["consent.E002"]


def test_every_missing_translation_is_reported(db):
    Purpose.objects.filter(varname="embeds").update(title_en="", summary_ind=None)
    CookieDeclaration.objects.filter(name="YSC").update(why_en=None)
    BannerText.objects.update(reject_ind="")

    assert complaints() == [
        ("consent.E003", "The Purpose “embeds” has no text for summary (id), title (en)."),
        ("consent.E003", "The CookieDeclaration “YSC” has no text for why (en)."),
        (
            "consent.E003",
            "The BannerText “Situs ini menggunakan kuki.” has no text for reject (id).",
        ),
    ]


@pytest.mark.parametrize("place", ["absent", "last"])
def test_public_pages_without_their_guard_are_reported(db, settings, place):
    others = [each for each in settings.MIDDLEWARE if not each.startswith("consent.")]
    ours = ["consent.public_pages.PublicPages"] if place == "last" else []
    settings.MIDDLEWARE = [*others, *ours]

    assert [each for each, _text in complaints()] == ["consent.E004"]


def test_the_library_s_middleware_is_reported(db, settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "cookie_consent.middleware.CleanCookiesMiddleware",
    ]

    assert [each for each, _text in complaints()] == ["consent.W001"]


def test_the_library_s_addresses_are_reported(db, settings):
    settings.ROOT_URLCONF = __name__

    assert [each for each, _text in complaints()] == ["consent.W002"]


urlpatterns = [
    path("cookies/", include("cookie_consent.urls")),
    path("", include((consent_urls, "consent"))),
]


def test_a_cache_that_keeps_purposes_is_reported(db, settings):
    settings.CACHES = {**settings.CACHES, "keeps": LOCMEM}
    settings.COOKIE_CONSENT_CACHE_BACKEND = "keeps"

    assert [each for each, _text in complaints()] == ["consent.W003"]


@pytest.mark.parametrize(("secure", "expected"), [(False, ["consent.W004"]), (True, [])])
def test_a_deployment_that_sends_the_cookie_in_the_clear_is_reported(
    db, settings, secure, expected
):
    settings.COOKIE_CONSENT_SECURE = secure

    found = run_checks(include_deployment_checks=True)

    assert [each.id for each in found if (each.id or "").startswith("consent.")] == expected


def test_a_template_that_asks_the_library_is_reported(db, settings, tmp_path):
    (tmp_path / "article.html").write_text("{% load i18n cookie_consent_tags %}")
    (tmp_path / "other.html").write_text("{% load consent %} cookie_consent_tags")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    assert complaints() == [
        ("consent.W005", f"{tmp_path / 'article.html'} loads cookie_consent_tags.")
    ]


def complaints():
    return [
        (each.id, each.msg)
        for each in run_checks(databases=["default"])
        if (each.id or "").startswith("consent.")
    ]
