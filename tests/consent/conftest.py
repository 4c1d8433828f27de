"""A site of two pages and readers' browsers for tests of consent."""

import copy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def two_pages(settings) -> None:
    """Serve tests/consent/site.py instead of the newsroom."""
    settings.ROOT_URLCONF = "tests.consent.site"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [TEMPLATES, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    # Counters of decisions outlive a test.
    cache.clear()


@pytest.fixture
def now() -> datetime:
    return datetime(2030, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def reader() -> Client:
    """Return a reader's browser: it keeps cookies and says where its requests come from."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
