"""Uploaded pictures: decoded within limits, written anew without anything hidden, and written over."""

import secrets
import warnings
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from .models import Article, FormerPictureName, Picture
from .picture_files import STEPS, file_name, remove_files, widths, with_names_of_today
from .picture_headers import MAX_BYTES, damaged, opened_lazily

_PAPER: Final = (255, 255, 255)
# From 0 (slow) to 10: at 9 a large photograph takes about a second, at 6 four, for files a tenth smaller.
_AVIF_SPEED: Final = 9


def make_picture(
    *,
    file: "BinaryIO | File[bytes]",
    title: str,
    alt: str,
    by: AbstractBaseUser | AnonymousUser | None,
    is_decorative: bool = False,
) -> Picture:
    """Store ``file`` in every width readers need. Raises ValidationError with a sentence for the editor."""
    picture = Picture(title=title_from(title), alt=alt.strip()[:300], is_decorative=is_decorative)
    picture.uploaded_by = by if by is not None and by.pk else None  # type: ignore[assignment]
    keep(picture, opened(file))
    return picture


def keep(picture: Picture, image: Image.Image) -> None:
    """Save a new picture with its files; both or neither."""
    picture.token = secrets.token_hex(16)
    picture.width, picture.height = image.size
    try:
        _store(image, picture.token)
        picture.save()
    except Exception:
        remove_files(picture.token)
        raise


def replace(picture: Picture, image: Image.Image) -> None:
    """Another file for the same picture, under new names, so that no cache shows the old one.

    All texts that show it are written anew. The old files go once that is certain; who asks for them
    afterwards is led to the new ones.
    """
    before = picture.token
    try:
        with transaction.atomic():
            FormerPictureName.objects.create(token=before, picture=picture)
            keep(picture, image)
            in_texts = picture.uses.filter(place="body").values("article")
            for article in Article.objects.select_for_update().filter(pk__in=in_texts).order_by("pk"):
                _show_anew(article, before, picture)
            transaction.on_commit(partial(remove_files, before))
    except Exception:
        if picture.token != before:
            remove_files(picture.token)
        raise


def _show_anew(article: Article, before: str, picture: Picture) -> None:
    """Past ``save``: nobody edited the article, and who does so at this moment is in no conflict."""
    article.body = with_names_of_today(article.body, {before: picture.names})
    article.render()
    changed = {name: getattr(article, name) for name in ("body", *Article.RENDERED_FIELDS)}
    Article.objects.filter(pk=article.pk).update(**changed)


def opened(file: "BinaryIO | File[bytes]") -> Image.Image:
    """The picture upright, opaque, alone and no wider than it is shown: first frame, no metadata."""
    image = opened_lazily(file.read(MAX_BYTES + 1))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.draft(None, (STEPS[-1], STEPS[-1]))  # JPEG: decode it smaller
            image.load()  # of an animation, the first frame only
            ImageOps.exif_transpose(image, in_place=True)
            return _resized(_opaque(image), min(image.width, STEPS[-1]))
    except Exception as error:  # a decoder may fail in any way over a damaged file
        raise damaged() from error


# --- Writing --------------------------------------------------------------


def _opaque(image: Image.Image) -> Image.Image:
    """On white paper: JPEG knows no transparency, and a diagram drawn for a light page stays legible.

    A large picture is copied no more often than it must.
    """
    if image.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would turn white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    layered = image if image.mode == "RGBA" else image.convert("RGBA")
    paper = Image.new("RGB", layered.size, _PAPER)
    paper.paste(layered, mask=layered)
    return paper


def _store(image: Image.Image, token: str) -> None:
    smaller = image
    for width in sorted(widths(image.width), reverse=True):  # each from the one above: quicker, and as good
        smaller = _resized(smaller, width)
        _write(smaller, file_name(token, width, "jpg"), "JPEG", quality=82, progressive=True, optimize=True)
        _write(smaller, file_name(token, width, "avif"), "AVIF", quality=60, speed=_AVIF_SPEED)


def _resized(image: Image.Image, width: int) -> Image.Image:
    if image.width == width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _write(image: Image.Image, name: str, encoding: str, **options: Any) -> None:
    clean = Image.new("RGB", image.size)  # new: nothing that hung on the old one (profiles, EXIF) is written
    clean.paste(image)
    out = BytesIO()
    clean.save(out, encoding, **options)
    default_storage.save(name, ContentFile(out.getvalue()))


def title_from(title: str) -> str:
    """What the file was called, as a caption for finding it; never part of a path."""
    readable = "".join(char if char.isprintable() else " " for char in title)
    return " ".join(readable.split())[:200] or "Untitled"
