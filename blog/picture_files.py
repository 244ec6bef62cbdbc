"""Where the files of a picture lie: names that can be told from its token and width alone, with no query."""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage

STEPS: Final = (480, 800, 1200, 1600)
_NAME: Final = re.compile(r"pictures/(?P<token>[0-9a-f]{32})/\d+\.jpg")


@dataclass(frozen=True)
class Sources:
    """The same picture in several widths, as ``srcset`` wants them."""

    avif: str
    jpeg: str
    fallback: str


def avif_widths(width: int) -> list[int]:
    """Never wider than the picture came; wider than the last step helps nobody's screen."""
    steps = [step for step in STEPS if step < width]
    return [*steps, width] if width <= STEPS[-1] else steps


def jpeg_widths(width: int) -> list[int]:
    """As AVIF, and the full width for those who want to see it all."""
    return [*(step for step in STEPS if step < width), width]


def file_name(token: str, width: int, extension: str) -> str:
    return f"pictures/{token}/{width}.{extension}"


def all_names(token: str, width: int) -> list[str]:
    names = [file_name(token, step, "avif") for step in avif_widths(width)]
    return names + [file_name(token, step, "jpg") for step in jpeg_widths(width)]


def remove_files(token: str, width: int) -> None:
    for name in all_names(token, width):
        default_storage.delete(name)


def address(token: str, width: int, extension: str = "jpg") -> str:
    return f"{settings.MEDIA_URL}{file_name(token, width, extension)}"


def picture_sources(token: str, width: int) -> Sources:
    widths = avif_widths(width)
    return Sources(
        avif=", ".join(f"{address(token, step, 'avif')} {step}w" for step in widths),
        jpeg=", ".join(f"{address(token, step)} {step}w" for step in widths),
        fallback=address(token, nearest(800, width)),
    )


def nearest(wanted: int, width: int) -> int:
    """The smallest file at least ``wanted`` wide, or the widest there is."""
    return next((step for step in jpeg_widths(width) if step >= wanted), width)


def token_of(src: str) -> str | None:
    """The picture behind an address in a body; none for what is not from the library."""
    match = _NAME.fullmatch(src.removeprefix(str(settings.MEDIA_URL)))
    return match["token"] if match else None


def sources(src: str, width: int) -> Sources | None:
    token = token_of(src)
    return picture_sources(token, width) if token and width else None
