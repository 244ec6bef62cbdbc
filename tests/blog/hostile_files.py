"""Files that are not what they seem, made when they are needed: each is small, whatever it claims."""

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

SECRET = b"<script>alert('hidden')</script>"
PNG = b"\x89PNG\r\n\x1a\n"

FORMAT = "Only JPEG, PNG, WebP and GIF pictures can be used."
DAMAGED = "The picture is damaged and cannot be read."
PIXELS = "The picture has more than 40 million pixels. Please make it smaller."
FRAMES = "This is an animation of more than 200 pictures. Please send the one to be shown."
HIDDEN = "The picture hides more than 1 MB of text. Please save it again without."
BYTES = "The picture is larger than 10 MB. Please make it smaller."
EMPTY = "The file is empty."


def image_file(size=(900, 600), encoding="PNG", mode="RGB", colour="teal", **options):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, encoding, **options)
    return BytesIO(out.getvalue())


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *others, bits=8, colours=2, data=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0))
    return PNG + header + b"".join(others) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def gif(width, height, frames):
    """Each frame says that it is as large as the whole, and has two bytes of picture."""
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00"
    return screen + frame * frames + b"\x3b"


def webp(kind, content):
    body = b"WEBP" + kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_canvas(width, height):
    return webp(
        b"VP8X", bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + bytes(9)
    )


def webp_lossless(width, height):
    bits = (width - 1) | (height - 1) << 14
    return webp(b"VP8L", b"\x2f" + bits.to_bytes(4, "little") + bytes(20))


def webp_lossy(width, height):
    return webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(20))


def packed_text(length):
    return b"Comment\0\1\0en\0\0" + zlib.compress(bytes(length))


def jar():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Main-Class: Trap\n" + SECRET.decode())
    return out.getvalue()


def with_exif(encoding="JPEG"):
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    return image_file((40, 30), encoding, exif=exif).getvalue()


@cache
def refused():
    """By what it is: the bytes, and the sentence that answers them."""
    return {
        "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', FORMAT),
        "xml": (b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>', FORMAT),
        "html": (b"<!doctype html>" + SECRET, FORMAT),
        "xhtml": (b'<html xmlns="http://www.w3.org/1999/xhtml">' + SECRET + b"</html>", FORMAT),
        "pdf": (b"%PDF-1.7", FORMAT),
        "zip": (jar(), FORMAT),
        "tiff": (b"II*\x00", FORMAT),
        "sound": (b"RIFF\x00\x00\x00\x00WAVEfmt ", FORMAT),
        "empty": (b"", EMPTY),
        "gif with a script for a picture": (b"GIF89a/*" + b" " * 20 + b"*/=1;alert(1)//", DAMAGED),
        "png that is noise": (PNG + b"x" * 50, DAMAGED),
        "png of 13,000 by 13,000": (
            png(13_000, 13_000, bits=1, colours=0, data=bytes(1626 * 13_000)),
            PIXELS,
        ),
        "png of 60,000 by 60,000": (png(60_000, 60_000), PIXELS),
        "png of a long line": (png(40_001, 1), PIXELS),
        "webp of 16,000 by 16,000": (webp_canvas(16_000, 16_000), PIXELS),
        "lossless webp of 16,000 by 16,000": (webp_lossless(16_000, 16_000), PIXELS),
        "lossy webp of 16,000 by 16,000": (webp_lossy(16_000, 16_000), PIXELS),
        "gif of 2,000 frames": (gif(4000, 4000, 2000), FRAMES),
        "png of 2,000 frames": (
            png(10, 10, chunk(b"acTL", struct.pack(">II", 2000, 0)), data=bytes(310)),
            FRAMES,
        ),
        "png with 50 MB of text": (png(10, 10, chunk(b"iTXt", packed_text(50_000_000))), HIDDEN),
        "png with many texts": (
            png(10, 10, *[chunk(b"zTXt", b"A\0\0" + zlib.compress(bytes(900_000)))] * 50),
            HIDDEN,
        ),
        "png with a huge profile": (
            png(10, 10, chunk(b"iCCP", b"A\0\0" + zlib.compress(bytes(30_000_000)))),
            HIDDEN,
        ),
        "more than 10 MB": (PNG + bytes(10 * 1024 * 1024), BYTES),
    }


@cache
def polyglots():
    """Pictures that are something else besides: they are taken, and only the picture is kept."""
    picture = image_file((40, 30)).getvalue()
    return {
        "png with a page behind it": picture + SECRET,
        "png with a text": png(1, 1, chunk(b"tEXt", b"Comment\0" + SECRET), data=bytes(4)),
        "gif with a program behind it": image_file((40, 30), "GIF", comment=SECRET).getvalue() + jar(),
        "jpeg that tells of itself": with_exif() + SECRET,
        "webp that tells of itself": with_exif("WEBP"),
        "png that tells of itself": with_exif("PNG"),
        "jpeg with a comment": image_file(
            (40, 30), "JPEG", comment=SECRET, icc_profile=SECRET * 4
        ).getvalue(),
    }
