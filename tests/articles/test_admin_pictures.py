"""The picture pages: taking in, describing, choosing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.models import Image
from newsroom.models import User
from tests.articles.test_pictures import SVG, picture_file, png_of_claimed_size
from tests.builders import make_person

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_image_add")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk(ani) -> Client:
    return signed_in(ani)


def upload(content: bytes, name: str = "dermaga.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def send(client: Client, content: bytes, **sent: object):
    return client.post(ADD, {"file": upload(content), **sent})


def test_a_picture_is_taken_in_with_its_words(desk, ani):
    sent = {"credit": "Foto: Ani", "alt_ind": "Sebuah dermaga", "alt_en": "A pier"}

    response = send(desk, picture_file().getvalue(), **sent)

    image = Image.objects.get()
    assert response.url == reverse("admin:articles_image_change", args=[image.pk])
    assert (image.credit, image.alt_ind, image.alt_en) == ("Foto: Ani", "Sebuah dermaga", "A pier")
    assert image.uploaded_by == ani


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "This is not a JPEG, PNG, WebP or AVIF picture, or the file is damaged."),
        (SVG, "This is not a JPEG, PNG, WebP or AVIF picture, or the file is damaged."),
        (b"", "The submitted file is empty."),
        (
            png_of_claimed_size(12_000, 12_000).getvalue(),
            "The picture has more than 60 million pixels. Save it smaller.",
        ),
        (b"\xff" * (25 * 1024 * 1024 + 1), "The file is larger than 25 MB. Save it smaller."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_beside_it_and_the_words_are_kept(desk, content, words):
    response = send(desk, content, credit="Foto: Ani")

    form = response.context["adminform"].form
    with translation.override("en"):
        assert form.errors == {"file": [words]}
    assert form["credit"].value() == "Foto: Ani"
    assert words in response.content.decode()
    assert list(Image.objects.all()) == []


def test_the_form_sends_files(desk):
    assert 'enctype="multipart/form-data"' in desk.get(ADD).content.decode()


def test_no_file_at_all_is_said(desk):
    response = desk.post(ADD, {"credit": "Foto: Ani"})

    with translation.override("en"):
        assert response.context["adminform"].form.errors == {"file": ["Choose the picture's file."]}


def test_a_picture_taken_in_from_the_article_page_is_handed_back_to_it(desk):
    response = send(desk, picture_file().getvalue(), _popup="1", alt_ind="Dermaga")

    assert response.template_name == [
        "admin/articles/image/popup_response.html",
        "admin/articles/popup_response.html",
        "admin/popup_response.html",
    ]
    assert f"&quot;value&quot;: &quot;{Image.objects.get().pk}&quot;" in response.content.decode()


def test_the_words_of_a_picture_are_changed_in_both_languages(desk):
    send(desk, picture_file().getvalue())
    image = Image.objects.get()
    sent = {
        "credit": "Foto: B",
        "caption_ind": "Satu",
        "caption_en": "One",
        "alt_ind": "",
        "alt_en": "",
        "leases-TOTAL_FORMS": 0,
        "leases-INITIAL_FORMS": 0,
    }

    desk.post(reverse("admin:articles_image_change", args=[image.pk]), sent)

    image = Image.objects.get()
    assert (image.credit, image.caption_ind, image.caption_en) == ("Foto: B", "Satu", "One")


def test_the_list_shows_pictures_with_the_number_of_their_stories(desk, django_assert_num_queries):
    for width in (10, 20, 30):
        send(desk, picture_file(size=(width, 10)).getvalue())

    with django_assert_num_queries(8):
        page = desk.get(reverse("admin:articles_image_changelist")).content.decode()

    assert page.count('class="thumbnail"') == 3


def test_a_chosen_picture_is_led_to(desk):
    send(desk, picture_file().getvalue())
    image = Image.objects.get()

    assert desk.get(reverse("admin:articles_image_file", args=[image.pk])).url == image.file.url
    assert desk.get(reverse("admin:articles_image_file", args=[99])).status_code == 404


def test_pictures_are_taken_in_by_writers_and_the_desk(client, eko):
    for role in ("Writer", "Editor", "Publisher"):
        assert signed_in(make_person("", role)).get(ADD).status_code == 200
    for role in ("Translator", "Reviewer", "Administrator"):
        person = signed_in(make_person("", role))
        assert person.get(ADD).status_code == 403
        assert send(person, picture_file().getvalue()).status_code == 403
    assert client.get(ADD).url == f"{reverse('admin:login')}?next={ADD}"
    assert signed_in(eko).get(ADD).url == f"{reverse('admin:login')}?next={ADD}"
    assert list(Image.objects.all()) == []


def test_a_picture_is_not_deleted(desk):
    send(desk, picture_file().getvalue())
    page = reverse("admin:articles_image_delete", args=[Image.objects.get().pk])

    assert desk.post(page, {"post": "yes"}).status_code == 403
    assert Image.objects.count() == 1
