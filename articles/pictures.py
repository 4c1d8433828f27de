"""Taking in pictures: a file from outside is hostile until it has been decoded and made anew."""

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from articles import languages
from articles.models import Image
from articles.permissions import Person

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
WIDEST = 2000
# Told by what decodes the file, never by its name or by what the browser says.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_QUALITY = 85


class TooLarge(Exception):
    """The file has more bytes than we take."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"{size} bytes")


class TooManyPixels(Exception):
    """The picture would fill the memory once decoded."""


class NotAPicture(Exception):
    """The file is no JPEG, PNG, WebP or AVIF, or it is damaged."""


@dataclass(frozen=True)
class Words:
    """What a picture is said to show, in one language."""

    caption: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Labels:
    """What stands beside a picture: its credit, and words by language."""

    credit: str = ""
    decorative: bool = False
    words: dict[str, Words] = field(default_factory=dict)


def add_picture(upload: IO[bytes], labels: Labels, *, by: Person | None, at: datetime) -> Image:
    """
    Store a picture and return it; one that is here already is returned as it is.

    It is kept as a JPEG of our own making, at most 2,000 pixels wide, without the camera's
    notes on place and owner. Raises ``TooLarge``, ``TooManyPixels`` or ``NotAPicture``,
    storing nothing. Takes up to a second.
    """
    sent = upload.read(MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise TooLarge(len(sent))
    digest = hashlib.sha256(sent).hexdigest()
    known = Image.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    content, width, height = remade(sent)
    image = Image(
        sha256=digest,
        credit=labels.credit.strip(),
        decorative=labels.decorative,
        uploaded_by_id=by.pk if by is not None else None,
        uploaded_at=at,
    )
    for language, words in labels.words.items():
        setattr(image, languages.column("caption", language), words.caption.strip())
        setattr(image, languages.column("alt", language), words.alt.strip())
    image.file.save(f"{digest[:32]}.jpg", ContentFile(content), save=False)
    # Saving the file has emptied these: it measures what it has already read to the end.
    image.width, image.height = width, height
    try:
        # The columns without a language are Indonesian's twins, whatever the screen speaks.
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            image.save(force_insert=True)
    except IntegrityError:  # the same picture arrived twice at once
        image.file.delete(save=False)
        return Image.objects.get(sha256=digest)
    return image


def remade(sent: bytes) -> tuple[bytes, int, int]:
    """Return a picture as a JPEG of our own making, with its width and height in pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            return _encode(_decode(sent))
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as bomb:
        raise TooManyPixels from bomb
    # Decoders fail in as many ways as files are damaged.
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError) as damage:
        raise NotAPicture from damage


def _decode(sent: bytes) -> Pillow.Image:
    # Opening reads the header alone; nothing is decoded before the size is known.
    picture = Pillow.open(io.BytesIO(sent), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise TooManyPixels
    picture.draft("RGB", (WIDEST, WIDEST))
    picture.load()
    return ImageOps.exif_transpose(picture)


def _encode(picture: Pillow.Image) -> tuple[bytes, int, int]:
    picture = _in_screen_colours(picture)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        # JPEG has no transparency; what shone through becomes paper.
        layers = picture.convert("RGBA")
        picture = Pillow.new("RGB", layers.size, "white")
        picture.paste(layers, mask=layers.getchannel("A"))
    picture = picture.convert("RGB")
    if picture.width > WIDEST:
        height = max(1, round(picture.height * WIDEST / picture.width))
        picture = picture.resize((WIDEST, height), Pillow.Resampling.LANCZOS)
    plain = Pillow.new("RGB", picture.size)
    plain.paste(picture)
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return made.getvalue(), plain.width, plain.height


def _in_screen_colours(picture: Pillow.Image) -> Pillow.Image:
    """Translate a photographer's colour space into sRGB, which is all that browsers assume."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(picture, source, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return made or picture
