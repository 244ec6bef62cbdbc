"""What is refused before anything is decoded: by its beginning, its header, what it hides."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from blog.picture_headers import MAX_BYTES, MAX_FRAMES, opened_lazily
from blog.pictures import opened

from . import hostile_files as files
from .hostile_files import chunk, gif, image_file, packed_text, png, polyglots, refused

# Runs every hostile file through the checks in a process of its own, whose memory nothing else has grown.
MEASURE = """
import json, resource, sys
from django.conf import settings
settings.configure()
from django.core.exceptions import ValidationError
from blog.picture_headers import opened_lazily
from tests.blog.hostile_files import image_file, refused

peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
files = {name: data for name, (data, _) in refused().items()}
opened_lazily(image_file((2, 2)).getvalue())
grown = {}
for name, data in files.items():
    before = peak()
    try:
        opened_lazily(data)
    except ValidationError:
        grown[name] = peak() - before
json.dump(grown, sys.stdout)
"""


@pytest.mark.parametrize("kind", refused())
def test_a_hostile_file_is_refused_with_its_own_sentence_and_never_decoded(kind, monkeypatch):
    data, sentence = refused()[kind]
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("decoded"))

    with pytest.raises(ValidationError) as refusal:
        opened_lazily(data)

    assert refusal.value.messages == [sentence]


def test_refusing_takes_less_than_sixty_megabytes_whatever_a_file_claims():
    """The largest alone would take 800 MB; half a gigabyte of it is there when it is decoded."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    grown = json.loads(done.stdout)

    assert grown.keys() == refused().keys()
    assert {kind: size for kind, size in grown.items() if size > 60} == {}


@pytest.mark.parametrize("kind", polyglots())
def test_a_picture_that_is_something_else_besides_is_taken_for_the_picture(kind):
    assert opened_lazily(polyglots()[kind]).size in {(40, 30), (1, 1)}


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_four_usual_formats_are_taken(encoding):
    assert opened_lazily(image_file((20, 10), encoding).getvalue()).size == (20, 10)


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_with_transparency_is_taken(lossless):
    assert opened_lazily(image_file((20, 10), "WEBP", mode="RGBA", lossless=lossless).getvalue()).size == (
        20,
        10,
    )


def test_a_short_animation_is_taken():
    assert opened_lazily(gif(4, 4, MAX_FRAMES)).size == (4, 4)


def test_a_real_animation_is_counted_as_its_maker_counts_it():
    frames = [Image.new("P", (8, 8), number % 250) for number in range(MAX_FRAMES + 1)]
    for frame in frames:
        frame.putpalette([part for grey in range(256) for part in (grey, grey, grey)])
    for encoding in ("GIF", "PNG"):
        for number, verdict in ((MAX_FRAMES, "taken"), (MAX_FRAMES + 1, files.FRAMES)):
            out = files.BytesIO()
            frames[0].save(out, encoding, save_all=True, append_images=frames[1:number])
            assert verdict_of(out.getvalue()) == verdict, (encoding, number)


def verdict_of(data):
    try:
        opened_lazily(data)
    except ValidationError as refusal:
        return refusal.messages[0]
    return "taken"


def test_what_a_png_says_in_few_words_may_be_packed():
    assert opened_lazily(png(10, 10, chunk(b"iTXt", packed_text(1000)))).size == (10, 10)


def test_no_more_is_read_of_a_file_than_tells_that_it_is_too_large():
    class Endless:
        def read(self, size=-1):
            assert 0 <= size <= MAX_BYTES + 1
            return bytes(size)

    with pytest.raises(ValidationError, match="10 MB"):
        opened(Endless())


beginnings = [
    files.PNG,
    b"GIF89a",
    b"\xff\xd8\xff",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"RIFF\0\0\0\0WEBPVP8L",
    png(3, 3)[:33],
]


@given(st.sampled_from(beginnings), st.binary(max_size=300))
def test_nothing_a_file_holds_is_worse_than_a_refusal(beginning, rest):
    assert verdict_of(beginning + rest)


@given(
    st.sampled_from(
        [gif(4, 4, 3), png(3, 3, chunk(b"iTXt", packed_text(9))), image_file((9, 9), "WEBP").getvalue()]
    ),
    st.data(),
)
def test_a_file_cut_or_changed_anywhere_is_at_most_refused(whole, data):
    cut = data.draw(st.integers(0, len(whole)))
    byte = data.draw(st.binary(max_size=4))

    assert verdict_of(whole[:cut])
    assert verdict_of(whole[:cut] + byte + whole[cut + len(byte) :])
