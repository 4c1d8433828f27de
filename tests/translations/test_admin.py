import pytest
from django.urls import reverse

from tests.builders import make_person
from translations.models import WorkingPair

LIST = reverse("admin:translations_workingpair_changelist")
ADD = reverse("admin:translations_workingpair_add")


@pytest.fixture
def hadi(db):
    """Hadi keeps the people."""
    return make_person("hadi", "Administrator")


def test_an_administrator_gives_people_their_pairs(enter, hadi, budi):
    budi.working_pairs.all().delete()

    enter(hadi).post(ADD, {"person": budi.pk, "source_language": "ru", "target_language": "en"})

    assert [str(pair) for pair in WorkingPair.objects.all()] == ["ru → en"]


def test_a_pair_of_one_language_is_refused_in_the_form(enter, hadi, budi):
    response = enter(hadi).post(
        ADD, {"person": budi.pk, "source_language": "en", "target_language": "en"}
    )

    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert WorkingPair.objects.count() == 1


def test_nobody_else_sees_the_pairs(enter, hadi, budi, ani):
    browsers = [enter(person) for person in (hadi, budi, ani)]

    assert [browser.get(LIST).status_code for browser in browsers] == [200, 403, 403]
    assert [browser.get(ADD).status_code for browser in browsers] == [200, 403, 403]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_twelve_queries(enter, hadi, rows, django_assert_max_num_queries):
    for _row in range(rows):
        make_person(pairs=(("id", "en"),))
    browser = enter(hadi)

    with django_assert_max_num_queries(12):
        browser.get(LIST)
