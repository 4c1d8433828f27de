from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from newsroom.models import User
from tests.builders import make_person

PAIRS = (("id", "en"),)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read what screens say in English, also after the answer."""
    with translation.override("en"):
        yield


@pytest.fixture
def ani(db) -> User:
    """Ani edits."""
    return make_person("ani", "Editor")


@pytest.fixture
def budi(db) -> User:
    """Budi translates from Indonesian into English."""
    return make_person("budi", "Translator", pairs=PAIRS)


@pytest.fixture
def citra(db) -> User:
    """Citra translates the same pair, and reviews it."""
    return make_person("citra", "Translator", "Reviewer", pairs=PAIRS)


@pytest.fixture
def dewi(db) -> User:
    """Dewi reviews from Indonesian into English."""
    return make_person("dewi", "Reviewer", pairs=PAIRS)


@pytest.fixture
def eko(db) -> User:
    """Eko is a stranger: a login without a role."""
    return make_person("eko")


@pytest.fixture
def fajar(db) -> User:
    """Fajar translates another pair."""
    return make_person("fajar", "Translator", "Reviewer", pairs=(("en", "id"),))


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """Return a browser in which somebody is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
