import pytest

from newsroom.models import User
from tests.builders import make_person


@pytest.fixture
def ani(db) -> User:
    """Ani edits."""
    return make_person("ani", "Editor")


@pytest.fixture
def dewi(db) -> User:
    """Dewi publishes."""
    return make_person("dewi", "Publisher")


@pytest.fixture
def wira(db) -> User:
    """Wira writes."""
    return make_person("wira", "Writer")


@pytest.fixture
def eko(db) -> User:
    """Eko is a stranger: a login without a role."""
    return make_person("eko")
