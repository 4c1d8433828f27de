import pytest

from articles import permissions
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def test_an_administrator_keeps_the_cookie_consent_and_nothing_else_by_permission():
    administrator = make_person("admin", permissions.ADMINISTRATOR)

    assert administrator.has_perm("consent.change_purpose")
    assert administrator.has_module_perms("consent")
    assert not administrator.has_perm("articles.change_article")
    assert not administrator.has_module_perms("articles")


@pytest.mark.parametrize("role", sorted(permissions.EVERYONE - {permissions.ADMINISTRATOR}))
def test_nobody_else_does(role):
    person = make_person("person", role)

    assert not person.has_perm("consent.change_purpose")


def test_a_superuser_has_every_role():
    person = make_person("root")
    person.is_superuser = True
    person.save(update_fields=["is_superuser"])

    assert person.roles == permissions.EVERYONE
