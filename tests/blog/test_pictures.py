"""Uploaded pictures: what is refused, what is kept, and what is gone."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blog.models import Picture
from blog.picture_files import STEPS, all_names, avif_widths, jpeg_widths, sources
from blog.pictures import MAX_BYTES, make_picture, opened

SECRET = b"<script>alert('hidden')</script>"


def image_file(size=(900, 600), encoding="PNG", mode="RGB", colour="teal", **options):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, encoding, **options)
    return BytesIO(out.getvalue())


def png_claiming(width, height):
    """A PNG of a few bytes whose header promises a picture of that size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def made(file, **given):
    return make_picture(file=file, **{"title": "photo.png", "alt": "", "by": None} | given)


def stored_bytes(picture):
    for name in all_names(picture.token, picture.width):
        with default_storage.open(name) as file:
            yield file.read()


@pytest.mark.django_db
def test_a_picture_is_kept_in_every_width_it_has():
    picture = made(image_file((1300, 650)), title="Skyline.png", alt=" A skyline ")

    assert (picture.width, picture.height, picture.alt) == (1300, 650, "A skyline")
    assert sorted(all_names(picture.token, 1300)) == sorted(
        f"pictures/{picture.token}/{width}.{kind}"
        for width in (480, 800, 1200, 1300)
        for kind in ("avif", "jpg")
    )
    for name in all_names(picture.token, picture.width):
        with default_storage.open(name) as file, Image.open(file) as image:
            assert name.endswith(f"/{image.width}.{ {'JPEG': 'jpg', 'AVIF': 'avif'}[image.format] }")
            assert abs(image.height - image.width / 2) <= 1


@given(st.integers(1, 20_000))
def test_no_file_is_wider_than_the_picture_came(width):
    assert max(jpeg_widths(width)) == width
    assert all(step <= min(width, STEPS[-1]) for step in avif_widths(width))
    assert set(avif_widths(width)) <= set(jpeg_widths(width))


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_four_usual_formats_are_taken(encoding):
    assert opened(image_file((20, 10), encoding)).size == (20, 10)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"II*\x00",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"x",
    ],
    ids=["svg", "html", "pdf", "tiff", "wav", "text"],
)
def test_anything_else_is_refused_by_its_beginning_whatever_its_name(data):
    with pytest.raises(ValidationError, match="Only JPEG, PNG, WebP and GIF"):
        opened(BytesIO(data))


def test_an_empty_file_is_refused():
    with pytest.raises(ValidationError, match="empty"):
        opened(BytesIO(b""))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"x" * 50, b"\xff\xd8\xff\xe0", b"GIF89a"])
def test_a_damaged_file_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError, match="damaged"):
        opened(BytesIO(data))


def test_a_file_cut_short_is_refused():
    whole = image_file((600, 400), "JPEG", quality=95).getvalue()

    with pytest.raises(ValidationError, match="damaged"):
        opened(BytesIO(whole[: len(whole) // 2]))


def test_more_than_ten_megabytes_are_refused():
    with pytest.raises(ValidationError, match="10 MB"):
        opened(BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES)))


def test_no_more_is_read_of_a_file_than_tells_that_it_is_too_large():
    class Endless:
        def read(self, size=-1):
            assert 0 <= size <= MAX_BYTES + 1
            return bytes(size)

    with pytest.raises(ValidationError, match="10 MB"):
        opened(Endless())


@pytest.mark.parametrize("size", [(13_000, 13_000), (40_001, 1), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_header(size):
    began = time.process_time()

    with pytest.raises(ValidationError, match="million pixels"):
        opened(png_claiming(*size))

    assert time.process_time() - began < 0.5


def test_a_picture_taken_sideways_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert opened(image_file((40, 20), "JPEG", exif=exif)).size == (20, 40)


def test_transparency_becomes_white_paper():
    assert opened(image_file((2, 2), mode="RGBA", colour=(0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)


def test_sixteen_bit_greys_stay_grey():
    assert opened(image_file((2, 2), mode="I;16", colour=32_768)).getpixel((0, 0)) == (128, 128, 128)


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    red, _, blue = opened(BytesIO(out.getvalue())).getpixel((0, 0))
    assert red > 200 > blue


@pytest.mark.django_db
def test_nothing_hidden_in_a_file_reaches_the_disk():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    file = image_file((500, 300), "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 4)
    picture = made(BytesIO(file.getvalue() + SECRET))

    stored = list(stored_bytes(picture))

    assert len(stored) == 4
    assert not any(SECRET in data or b"Exif" in data for data in stored)


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["../../x.png", "CON", "a\x00b", "\u202egnp.exe", "x" * 500, "", "😀"])
def test_no_name_reaches_the_disk(title):
    picture = made(image_file((4, 4)), title=title)

    assert default_storage.exists(f"pictures/{picture.token}/4.jpg")
    assert picture.title
    assert len(picture.title) <= 200
    assert picture.title.isprintable()


@pytest.mark.django_db
def test_the_same_picture_twice_is_two_pictures():
    assert made(image_file((4, 4))).token != made(image_file((4, 4))).token


@pytest.mark.django_db
def test_a_picture_that_cannot_be_recorded_leaves_no_files(monkeypatch):
    seen = []

    def refuse(picture):
        seen.append(picture)
        raise RuntimeError("the database is away")

    monkeypatch.setattr(Picture, "save", refuse)

    with pytest.raises(RuntimeError):
        made(image_file((4, 4)))
    assert not any(default_storage.exists(name) for name in all_names(seen[0].token, 4))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "delete", [Picture.delete, lambda picture: Picture.objects.filter(pk=picture.pk).delete()]
)
def test_deleting_a_picture_removes_its_files_once_that_is_certain(
    delete, django_capture_on_commit_callbacks
):
    picture = made(image_file((4, 4)))
    names = all_names(picture.token, 4)

    with django_capture_on_commit_callbacks() as callbacks:
        delete(picture)
    assert all(default_storage.exists(name) for name in names)
    for callback in callbacks:
        callback()

    assert not any(default_storage.exists(name) for name in names)


def test_addresses_from_elsewhere_have_no_files_here():
    assert sources("https://elsewhere.example/pictures/x.jpg", 800) is None
    assert sources("/media/other/800.jpg", 800) is None


# --- In templates -----------------------------------------------------------


def shown(**context):
    template = "{% load pictures %}{% picture it alt=alt sizes='50vw' high=high %}"
    return Template(template).render(Context({"alt": "", "high": False} | context))


def test_a_picture_in_a_template_keeps_its_place_and_loads_late():
    html = shown(it=Picture(token="f" * 32, width=900, height=600), alt='A "b" <c>')

    assert f'<img src="/media/pictures/{"f" * 32}/800.jpg"' in html
    assert 'alt="A &quot;b&quot; &lt;c&gt;" width="900" height="600" loading="lazy"' in html
    assert f'/media/pictures/{"f" * 32}/900.avif 900w" sizes="50vw"' in html


def test_the_picture_a_page_shows_first_loads_first():
    html = shown(it=Picture(token="f" * 32, width=900, height=600), high=True)

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_no_picture_is_nothing():
    assert shown(it=None).strip() == ""
