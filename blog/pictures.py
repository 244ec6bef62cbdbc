"""Uploaded pictures: checked by their header, decoded within limits, written anew without anything hidden."""

import secrets
import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from PIL import Image, ImageOps

from .models import Article, Picture
from .picture_files import avif_widths, file_name, jpeg_widths, remove_files

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_SIDE: Final = 20_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_PAPER: Final = (255, 255, 255)
_WRONG_FORMAT: Final = "Only JPEG, PNG, WebP and GIF pictures can be used."
# From 0 (slow) to 10: at 9 a large photograph takes about a second, at 6 four, for files a tenth smaller.
_AVIF_SPEED: Final = 9


def make_picture(
    *, file: "BinaryIO | File[bytes]", title: str, alt: str, by: AbstractBaseUser | AnonymousUser | None
) -> Picture:
    """Store ``file`` in every width readers need. Raises ValidationError with a sentence for the editor."""
    picture = Picture(title=_title(title), alt=alt.strip()[:300])
    picture.uploaded_by = by if by is not None and by.pk else None  # type: ignore[assignment]
    keep(picture, opened(file))
    return picture


def articles_showing(pictures: Iterable[Picture]) -> QuerySet[Article]:
    """Those whose body holds one of them; covers are protected by the database itself."""
    is_shown = Q(pk__in=[])
    for picture in pictures:
        is_shown |= Q(body__contains=picture.token)
    return Article.objects.filter(is_shown)


def keep(picture: Picture, image: Image.Image) -> None:
    """Save a new picture with its files; both or neither."""
    picture.token = secrets.token_hex(16)
    picture.width, picture.height = image.size
    try:
        _store(image, picture.token)
        picture.save()
    except Exception:
        remove_files(picture.token, image.width)
        raise


def opened(file: "BinaryIO | File[bytes]") -> Image.Image:
    """The picture upright, opaque and alone: first frame, no metadata."""
    data = file.read(MAX_BYTES + 1)
    image = _header(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()  # of an animation, the first frame only: no number of frames can hurt
            return _opaque(ImageOps.exif_transpose(image))
    except Exception as error:  # a decoder may fail in any way over a damaged file
        raise _damaged() from error


# --- Before decoding ------------------------------------------------------


def _header(data: bytes) -> Image.Image:
    """Open without decoding: a file of 20 kB can hold a picture that fills the memory."""
    if len(data) > MAX_BYTES:
        raise ValidationError("The picture is larger than 10 MB. Please make it smaller.", code="bytes")
    if not data:
        raise ValidationError("The file is empty.", code="empty")
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if not is_webp and not data.startswith(_BEGINNINGS):
        raise ValidationError(_WRONG_FORMAT, code="format")
    image = _opened_lazily(data)
    _check_size(image)
    return image


def _opened_lazily(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes: checked below, with a sentence
            return Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise _damaged() from error


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()


def _damaged() -> ValidationError:
    return ValidationError("The picture is damaged and cannot be read.", code="damaged")


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        "The picture has more than 40 million pixels. Please make it smaller.", code="pixels"
    )


# --- Writing --------------------------------------------------------------


def _opaque(image: Image.Image) -> Image.Image:
    """On white paper: JPEG knows no transparency, and a diagram drawn for a light page stays legible."""
    if image.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would turn white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGB", layered.size, _PAPER)
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _store(image: Image.Image, token: str) -> None:
    avif, jpeg = set(avif_widths(image.width)), jpeg_widths(image.width)
    smaller = image
    for width in sorted(jpeg, reverse=True):  # each from the one above: quicker, and as good
        smaller = _resized(smaller, width, image)
        _write(smaller, file_name(token, width, "jpg"), "JPEG", quality=82, progressive=True, optimize=True)
        if width in avif:
            _write(smaller, file_name(token, width, "avif"), "AVIF", quality=60, speed=_AVIF_SPEED)


def _resized(image: Image.Image, width: int, original: Image.Image) -> Image.Image:
    if image.width == width:
        return image
    height = max(1, round(original.height * width / original.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _write(image: Image.Image, name: str, encoding: str, **options: Any) -> None:
    clean = Image.new("RGB", image.size)  # new: nothing that hung on the old one (profiles, EXIF) is written
    clean.paste(image)
    out = BytesIO()
    clean.save(out, encoding, **options)
    default_storage.save(name, ContentFile(out.getvalue()))


def _title(title: str) -> str:
    """What the file was called, as a caption for finding it; never part of a path."""
    readable = "".join(char if char.isprintable() else " " for char in title)
    return " ".join(readable.split())[:200] or "Untitled"
