"""Labels: kept by the desk and administrators, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.models import Author, Section, Source, Topic
from newsroom.models import User
from tests.builders import make_article, make_person

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def labels_of(response) -> list[str]:
    form = response.context["adminform"].form
    return [str(field.label) for name, field in form.fields.items() if name != "position"]


def test_a_section_is_shown_in_both_languages_by_their_names(ani):
    section = Section.objects.get(slug_ind="politik")

    response = signed_in(ani).get(reverse("admin:articles_section_change", args=[section.pk]))

    assert labels_of(response) == [
        "Name (Indonesian)",
        "Name (English)",
        "Slug (Indonesian)",
        "Slug (English)",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_topic_is_made_in_both_languages_whatever_the_screen_speaks(language):
    client = signed_in(make_person("", "Editor", language=language))
    sent = {"name_ind": "Laut", "name_en": "Sea", "slug_ind": "laut", "slug_en": "sea"}

    client.post(reverse("admin:articles_topic_add"), sent)

    # The columns without a language are Indonesian's twins.
    assert Topic.objects.rewrite(mode=False).filter(name="Laut", slug="laut").exists()
    topic = Topic.objects.get()
    assert (topic.name_ind, topic.name_en) == ("Laut", "Sea")
    assert (topic.slug_ind, topic.slug_en) == ("laut", "sea")


def test_a_topic_without_a_name_in_one_language_is_refused_beside_it(ani):
    sent = {"name_ind": "Laut", "name_en": "", "slug_ind": "laut", "slug_en": ""}

    response = signed_in(ani).post(reverse("admin:articles_topic_add"), sent)

    form = response.context["adminform"].form
    assert sorted(form.errors) == ["name_en", "slug_en"]
    assert form["name_ind"].value() == "Laut"
    assert list(Topic.objects.all()) == []


def test_an_address_is_proposed_for_a_new_label_alone(ani):
    section = Section.objects.get(slug_ind="politik")
    client = signed_in(ani)

    new = client.get(reverse("admin:articles_section_add")).content.decode()
    old = client.get(reverse("admin:articles_section_change", args=[section.pk])).content.decode()

    assert "slug_ind" in new.partition("data-prepopulated-fields=")[2].partition('"')[2]
    assert 'data-prepopulated-fields="[]"' in old


def test_search_looks_into_both_languages_whatever_the_screen_speaks(ani):
    Topic.objects.create(name_ind="Laut", name_en="Sea", slug_ind="laut", slug_en="sea")
    Topic.objects.create(name_ind="Gunung", name_en="Peak", slug_ind="gunung", slug_en="peak")
    topics = reverse("admin:articles_topic_changelist")

    for query in ("laut", "sea"):
        for language in ("id", "en"):
            client = signed_in(make_person("", "Editor", language=language))
            found = client.get(topics, {"q": query}).context["cl"].queryset
            assert [topic.slug_en for topic in found] == ["sea"]


@pytest.mark.parametrize("label", ["section", "topic", "author", "source"])
def test_labels_are_kept_by_the_desk_and_administrators(label):
    for role in ("Editor", "Publisher", "Administrator"):
        client = signed_in(make_person("", role))
        assert client.get(reverse(f"admin:articles_{label}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:articles_{label}_add")).status_code == 200
    for role in ("Writer", "Translator", "Reviewer"):
        client = signed_in(make_person("", role))
        assert client.get(reverse(f"admin:articles_{label}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:articles_{label}_add")).status_code == 403


@pytest.mark.parametrize("label", ["section", "topic", "author", "source"])
def test_strangers_and_nobody_see_no_labels(label, client, eko):
    page = reverse(f"admin:articles_{label}_changelist")

    assert client.get(page).url == f"{reverse('admin:login')}?next={page}"
    assert signed_in(eko).get(page).url == f"{reverse('admin:login')}?next={page}"


def test_a_source_that_pages_name_is_not_deleted(ani):
    source = Source.objects.get(code="rossiyskaya-gazeta")
    make_article()

    page = reverse("admin:articles_source_delete", args=[source.pk])
    assert signed_in(ani).post(page, {"post": "yes"}).status_code == 403
    assert Source.objects.filter(pk=source.pk).exists()


def test_authors_are_found_by_typing(ani):
    author = Author.objects.create(name="Sri Wahyuni", slug="sri-wahyuni")
    Author.objects.create(name="Lev Orlov", slug="lev-orlov")
    asked = {
        "app_label": "articles",
        "model_name": "article",
        "field_name": "authors",
        "term": "wah",
    }

    answer = signed_in(ani).get(reverse("admin:autocomplete"), asked).json()

    assert answer["results"] == [{"id": str(author.pk), "text": "Sri Wahyuni"}]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_settings_list_what_this_person_may_keep(language):
    def listed(*roles: str) -> list[str]:
        client = signed_in(make_person("", *roles, language="en"))
        apps = client.get(reverse("admin:index")).context["app_list"]
        return [model["object_name"] for app in apps for model in app["models"]]

    with translation.override(language):
        assert listed("Editor") == ["Author", "Section", "Source", "Topic"]
        assert "User" in listed("Administrator")
        assert listed("Translator") == []
