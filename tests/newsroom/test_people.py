"""Logins and roles: kept by administrators, and by nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from newsroom.models import User
from tests.builders import make_person

pytestmark = pytest.mark.django_db

LIST = reverse("admin:newsroom_user_changelist")
ADD = reverse("admin:newsroom_user_add")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def adi() -> User:
    """Adi administers."""
    return make_person("adi", "Administrator")


def change(person: User) -> str:
    return reverse("admin:newsroom_user_change", args=[person.pk])


def test_an_administrator_adds_a_person_with_roles(adi):
    roles = Group.objects.filter(name__in=["Writer", "Editor"])
    sent = {
        "username": "baru",
        "usable_password": "true",
        "password1": "kata-sandi-panjang",
        "password2": "kata-sandi-panjang",
        "first_name": "Baru",
        "language": "id",
        "groups": [role.pk for role in roles],
    }

    signed_in(adi).post(ADD, sent)

    person = User.objects.get(username="baru")
    assert person.roles == frozenset({"Writer", "Editor"})
    assert person.check_password("kata-sandi-panjang")
    assert (person.first_name, person.language, person.is_staff) == ("Baru", "id", False)


def test_the_list_shows_names_under_their_own_word(adi):
    ani = make_person("ani", "Editor")
    User.objects.filter(pk=ani.pk).update(first_name="Ani", last_name="Rahmawati")

    page = signed_in(adi).get(LIST).content.decode()

    assert '<td class="field-name">Ani Rahmawati</td>' in page
    assert "Get full name" not in page


def test_the_list_names_roles_in_a_fixed_number_of_queries(adi, django_assert_num_queries):
    make_person("ani", "Writer", "Publisher")
    client = signed_in(adi)

    with django_assert_num_queries(9):
        page = client.get(LIST).content.decode()

    assert "Writer, Publisher" in page


@pytest.mark.parametrize("role", ["Writer", "Translator", "Reviewer", "Editor", "Publisher"])
def test_others_see_and_change_no_logins(role):
    client, other = signed_in(make_person("", role)), make_person("other")

    for page in (LIST, ADD, change(other)):
        assert client.get(page).status_code == 403
    assert client.post(change(other), {"username": "stolen"}).status_code == 403
    assert not User.objects.filter(username="stolen").exists()


def test_nobody_is_sent_to_sign_in(client):
    assert client.get(LIST).url == f"{reverse('admin:login')}?next={LIST}"


def test_a_superuser_is_changed_by_superusers_alone(adi):
    root = make_person("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    password = reverse("admin:auth_user_password_change", args=[root.pk])

    client = signed_in(adi)
    assert client.post(change(root), {"username": "stolen"}).status_code == 403
    assert client.get(password).status_code == 403
    assert signed_in(User.objects.get(pk=root.pk)).get(change(root)).status_code == 200


def test_no_form_makes_a_superuser(adi):
    sent = {"username": "adi", "language": "id", "is_superuser": "on", "is_active": "on"}

    signed_in(adi).post(change(adi), sent)

    assert not User.objects.filter(is_superuser=True).exists()


def test_people_are_made_inactive_and_not_deleted(adi):
    other = make_person("other")
    page = reverse("admin:newsroom_user_delete", args=[other.pk])

    assert signed_in(adi).post(page, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=other.pk).exists()


def test_roles_themselves_are_not_edited(adi):
    root = make_person("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)

    assert signed_in(User.objects.get(pk=root.pk)).get("/admin/auth/group/").status_code == 404
