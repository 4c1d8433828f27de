"""The addresses of public pages: each language has words of its own in them."""

from django.conf import settings
from django.urls import reverse

# A language without a word of its own takes the English one.
WORDS = {
    "section": {"id": "rubrik", "en": "section"},
    "topic": {"id": "topik", "en": "topic"},
    "author": {"id": "penulis", "en": "author"},
    "source": {"id": "sumber", "en": "source"},
    "search": {"id": "cari", "en": "search"},
    "corrections": {"id": "koreksi", "en": "corrections"},
}


def word(page: str, language: str) -> str:
    """Return the fixed word in the address of a kind of page."""
    return WORDS[page].get(language, WORDS[page]["en"])


def address(page: str, language: str, *parts: str) -> str:
    """Return the path of a page, such as ``section`` with its slug."""
    return reverse(f"public-{language}:{page}", args=parts)


def absolute(path: str) -> str:
    """Return the address with the site's own host; one that has a host already is kept."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
