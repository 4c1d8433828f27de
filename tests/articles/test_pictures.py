"""Pictures from outside: taken in anew, or refused by name."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageCms

from articles import pictures
from articles.models import Image
from articles.pictures import Labels, NotAPicture, TooLarge, TooManyPixels, Words
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def picture_file(
    form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> io.BytesIO:
    file = io.BytesIO()
    Pillow.new(mode, size, 1 if mode == "1" else None).save(file, form, **options)
    file.seek(0)
    return file


def png_of_claimed_size(width: int, height: int) -> io.BytesIO:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0")), chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def stored(image: Image) -> Pillow.Image:
    with default_storage.open(image.file.name) as file:
        picture = Pillow.open(io.BytesIO(file.read()))
        picture.load()
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_kept_as_a_jpeg_with_what_stands_beside_it(form, ani):
    words = {"id": Words("Dermaga", "Sebuah dermaga"), "en": Words("Pier", "A pier")}
    labels = Labels(credit=" Foto: Ani ", decorative=True, words=words)

    image = pictures.add_picture(picture_file(form), labels, by=ani, at=NOW)

    image = Image.objects.get(pk=image.pk)
    assert (image.credit, image.decorative) == ("Foto: Ani", True)
    assert (image.caption_ind, image.alt_ind) == ("Dermaga", "Sebuah dermaga")
    assert (image.caption_en, image.alt_en) == ("Pier", "A pier")
    assert (image.width, image.height) == (40, 30)
    assert (image.uploaded_by, image.uploaded_at) == (ani, NOW)
    assert stored(image).format == "JPEG"
    assert Path(image.file.name).suffix == ".jpg"


def test_a_wide_picture_is_made_2000_pixels_wide(ani):
    image = pictures.add_picture(picture_file(size=(3000, 1500)), Labels(), by=ani, at=NOW)

    assert stored(image).size == (image.width, image.height) == (2000, 1000)


def test_the_camera_s_notes_are_dropped_and_its_turn_is_applied(ani):
    notes = Pillow.Exif()
    notes[0x0112] = 6  # turned by a quarter
    notes[0x013B] = "A name"
    notes.get_ifd(0x8825)[1] = "S"  # a place
    file = picture_file(size=(40, 30), exif=notes)

    image = pictures.add_picture(file, Labels(), by=ani, at=NOW)

    assert stored(image).size == (30, 40)
    assert dict(stored(image).getexif()) == {}
    assert "exif" not in stored(image).info


def test_colours_of_another_space_are_translated_and_the_profile_is_dropped(ani):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = picture_file(icc_profile=profile)
    assert "icc_profile" in Pillow.open(file).info
    file.seek(0)

    image = pictures.add_picture(file, Labels(), by=ani, at=NOW)

    assert "icc_profile" not in stored(image).info


def test_a_damaged_colour_profile_does_not_keep_a_picture_out(ani):
    file = picture_file(icc_profile=b"no profile at all")

    image = pictures.add_picture(file, Labels(), by=ani, at=NOW)

    assert stored(image).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_colour_model_are_taken(mode, ani):
    image = pictures.add_picture(picture_file("PNG", mode=mode), Labels(), by=ani, at=NOW)

    assert stored(image).mode == "RGB"


def test_what_shines_through_becomes_white(ani):
    file = io.BytesIO()
    Pillow.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    file.seek(0)

    image = pictures.add_picture(file, Labels(), by=ani, at=NOW)

    assert stored(image).getpixel((1, 1)) == (255, 255, 255)


def test_the_same_file_twice_is_one_picture(ani):
    first = pictures.add_picture(picture_file(), Labels(credit="Foto: A"), by=ani, at=NOW)
    second = pictures.add_picture(picture_file(), Labels(credit="Foto: B"), by=ani, at=NOW)

    assert first == second
    assert [image.credit for image in Image.objects.all()] == ["Foto: A"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WHOLE_JPEG = picture_file(size=(400, 300)).getvalue()


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", NotAPicture),
        (b"not a picture", NotAPicture),
        (SVG, NotAPicture),
        (b"<html><img src=x onerror=alert(1)></html>", NotAPicture),
        (picture_file("GIF", mode="P").getvalue(), NotAPicture),
        (picture_file("BMP").getvalue(), NotAPicture),
        (picture_file("TIFF").getvalue(), NotAPicture),
        (WHOLE_JPEG[: len(WHOLE_JPEG) // 2], NotAPicture),
        (WHOLE_JPEG[:20], NotAPicture),
        (png_of_claimed_size(40, 30).getvalue(), NotAPicture),
        (png_of_claimed_size(12_000, 12_000).getvalue(), TooManyPixels),
        (png_of_claimed_size(60_000, 60_000).getvalue(), TooManyPixels),
        (b"\xff" * (pictures.MOST_BYTES + 1), TooLarge),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_and_nothing_is_stored(sent, refusal, ani):
    with pytest.raises(refusal):
        pictures.add_picture(io.BytesIO(sent), Labels(), by=ani, at=NOW)

    assert list(Image.objects.all()) == []
