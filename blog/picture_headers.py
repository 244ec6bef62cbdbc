"""What a file says of itself, read before decoding: 20 kB can hold a picture that fills the memory."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from django.core.exceptions import ValidationError
from PIL import Image

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_SIDE: Final = 20_000
MAX_FRAMES: Final = 200
MAX_HIDDEN: Final = 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
ACCEPTED: Final = "image/jpeg,image/png,image/webp,image/gif"
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_GIF_IMAGE, _GIF_EXTENSION = 0x2C, 0x21


def opened_lazily(data: bytes) -> Image.Image:
    """Open without decoding. Raises ValidationError with a sentence for the editor."""
    _check_beginning(data)
    _check_size(*_webp_size(data))  # of WebP, even opening makes room for the whole picture
    _check_hidden(data)
    image = _opened(data)
    _check_size(*image.size)
    _check_frames(image, data)
    return image


def damaged() -> ValidationError:
    return ValidationError("The picture is damaged and cannot be read.", code="damaged")


def _check_beginning(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise ValidationError("The picture is larger than 10 MB. Please make it smaller.", code="bytes")
    if not data:
        raise ValidationError("The file is empty.", code="empty")
    if not _is_webp(data) and not data.startswith(_BEGINNINGS):
        raise ValidationError("Only JPEG, PNG, WebP and GIF pictures can be used.", code="format")


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes: checked here, with a sentence
            return Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise damaged() from error


# --- Size -----------------------------------------------------------------


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        "The picture has more than 40 million pixels. Please make it smaller.", code="pixels"
    )


def _webp_size(data: bytes) -> tuple[int, int]:
    """Nought by nought of what is no WebP, or too short to tell."""
    if not _is_webp(data) or len(data) < 30:
        return 0, 0
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


# --- Frames ---------------------------------------------------------------


def _check_frames(image: Image.Image, data: bytes) -> None:
    """Only the first is used, but nobody sends a film by intention."""
    frames = _gif_frames(data) if image.format == "GIF" else getattr(image, "n_frames", 1)
    if frames > MAX_FRAMES:
        text = f"This is an animation of more than {MAX_FRAMES} pictures. Please send the one to be shown."
        raise ValidationError(text, code="frames")


def _gif_frames(data: bytes) -> int:
    """Counted as far as it matters, from block to block: Pillow would unpack them."""
    frames, place = 0, 13 + _colours(data, 10)
    while frames <= MAX_FRAMES and place < len(data):
        if data[place] == _GIF_IMAGE:
            frames += 1
            place += 11 + _colours(data, place + 9)
        elif data[place] == _GIF_EXTENSION:
            place += 2
        else:
            break
        place = _after_parts(data, place)
    return frames


def _colours(data: bytes, place: int) -> int:
    """The length of the table of colours announced there."""
    flags = data[place] if place < len(data) else 0
    return int(3 * 2 ** ((flags & 7) + 1)) if flags & 0x80 else 0


def _after_parts(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += data[place] + 1
    return place + 1


# --- What is hidden -------------------------------------------------------


def _check_hidden(data: bytes) -> None:
    """Texts and profiles in a PNG are packed; none of them is kept, so none needs to be large."""
    hidden = 0
    for packed in _packed_parts(data):
        hidden += _unpacked_length(packed, MAX_HIDDEN + 1)
        if hidden > MAX_HIDDEN:
            text = "The picture hides more than 1 MB of text. Please save it again without."
            raise ValidationError(text, code="hidden")


def _packed_parts(data: bytes) -> Iterator[bytes]:
    for kind, content in _png_chunks(data):
        _, _, rest = content.partition(b"\0")
        if kind in (b"zTXt", b"iCCP"):
            yield rest[1:]
        elif kind == b"iTXt" and rest[:1] == b"\1":
            yield rest[2:].split(b"\0", 2)[-1]


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Those that can be long when unpacked; the picture itself is skipped."""
    place = 8 if data.startswith(b"\x89PNG") else len(data)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind in (b"zTXt", b"iCCP", b"iTXt"):
            yield kind, data[place + 8 : place + 8 + length]
        place += 12 + length


def _unpacked_length(packed: bytes, limit: int) -> int:
    try:
        return len(zlib.decompressobj().decompress(packed, limit))
    except zlib.error:
        return 0  # whether it matters, Pillow says
