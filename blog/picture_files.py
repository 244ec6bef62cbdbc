"""Where the files of a picture lie: names that can be told from its token and width alone, with no query."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage

STEPS: Final = (480, 800, 1200, 1600)
_NAME: Final = re.compile(r"pictures/(?P<token>[0-9a-f]{32})/(?P<width>\d{1,5})\.(?P<extension>jpg|avif)")
_ANYWHERE: Final = re.compile(r'src="[^"]*pictures/([0-9a-f]{32})/\d+\.jpg"')
_FIGURE: Final = re.compile(
    r'<figure(?: data-picture="[0-9a-f]{32}")?><img src="[^"]*pictures/(?P<token>[0-9a-f]{32})/\d+\.jpg"'
    r'(?P<alt> alt="[^"]*")?(?: width="\d+")?(?: height="\d+")?>'
)


@dataclass(frozen=True)
class Sources:
    """The same picture in several widths, as ``srcset`` wants them."""

    avif: str
    jpeg: str
    fallback: str


def widths(width: int) -> list[int]:
    """Never wider than the picture came; wider than the last step helps nobody's screen."""
    steps = [step for step in STEPS if step < width]
    return [*steps, width] if width <= STEPS[-1] else steps


def file_name(token: str, width: int, extension: str) -> str:
    return f"pictures/{token}/{width}.{extension}"


def all_names(token: str, width: int) -> list[str]:
    return [file_name(token, step, kind) for kind in ("avif", "jpg") for step in widths(width)]


def remove_files(token: str) -> None:
    """Whatever the folder of this picture holds, and the folder. A bucket has names only, and no folders."""
    folder = f"pictures/{token}"
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def address(token: str, width: int, extension: str = "jpg") -> str:
    return f"{settings.MEDIA_URL}{file_name(token, width, extension)}"


def picture_sources(token: str, width: int) -> Sources:
    steps = widths(width)
    return Sources(
        avif=", ".join(f"{address(token, step, 'avif')} {step}w" for step in steps),
        jpeg=", ".join(f"{address(token, step)} {step}w" for step in steps),
        fallback=address(token, nearest(800, width)),
    )


def nearest(wanted: int, width: int) -> int:
    """The smallest file at least ``wanted`` wide, or the widest there is."""
    steps = widths(width)
    return next((step for step in steps if step >= wanted), steps[-1])


def parts_of(name: str) -> tuple[str, int, str] | None:
    """Token, width and extension, for what is the name of a picture's file."""
    match = _NAME.fullmatch(name)
    return (match["token"], int(match["width"]), match["extension"]) if match else None


def token_of(src: str) -> str | None:
    """The picture behind an address in a body; none for what is not from the library."""
    parts = parts_of(src.removeprefix(str(settings.MEDIA_URL)))
    return parts[0] if parts else None


def sources(src: str, width: int) -> Sources | None:
    token = token_of(src)
    return picture_sources(token, width) if token and width else None


# --- In a body ------------------------------------------------------------


def tokens_in(body: str) -> set[str]:
    return set(_ANYWHERE.findall(body))


def with_names_of_today(body: str, today: Mapping[str, tuple[str, int, int]]) -> str:
    """A canonical body in which each picture has the token and the size given for the token it has there."""

    def named_anew(match: re.Match[str]) -> str:
        if match["token"] not in today:
            return match[0]
        token, width, height = today[match["token"]]
        source = escape(address(token, nearest(800, width)))
        size = f'width="{width}" height="{height}"'
        return f'<figure data-picture="{token}"><img src="{source}"{match["alt"] or ""} {size}>'

    return _FIGURE.sub(named_anew, body)
