from pathlib import Path

import pytest


@pytest.fixture
def stored(settings, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.jpg").write_bytes(b"\xff\xd8 picture")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return "/media/pictures/a.jpg"


def test_a_picture_is_served_for_ever_and_without_a_cookie(client, stored):
    answer = client.get(stored)

    assert b"".join(answer.streaming_content) == b"\xff\xd8 picture"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/media/pictures/b.jpg", "/media/", "/media/pictures/"])
@pytest.mark.django_db
def test_what_is_not_there_is_a_404(client, stored, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/media/../secret.txt", "/media/%2e%2e/secret.txt"])
@pytest.mark.django_db
def test_nothing_outside_the_folder_is_served(client, stored, path):
    answer = client.get(path)

    assert answer.status_code in {400, 404}
    assert b"secret" not in answer.content


def test_a_picture_is_not_posted_to(client, stored):
    assert client.post(stored).status_code == 405
