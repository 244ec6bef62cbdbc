import re
from io import BytesIO

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PIL import Image

from blog.templatetags.blog import TERRAINS
from blog.templatetags.blog import TONES as TONES_OF_CATEGORIES
from website.poster_drawing import (
    FONTS,
    HEIGHT,
    OF_THE_CATALOGUE,
    SERIF,
    SIZES,
    TEXT_WIDTH,
    TITLE_BOTTOM,
    TITLE_TOP,
    TONES,
    WIDTH,
    Poster,
    draw,
    drawable,
    face_for,
    paths,
    set_title,
)

LONG = (
    "How to choose between the AWS Certified Machine Learning Specialty, the Google Professional ML Engineer"
)
GERMAN = "Rechtsschutzversicherungsgesellschaften im Überblick der Donaudampfschifffahrt"
HOSTILE = [
    "",
    " ",
    "\x00\x07",
    "🚀🚀",
    "机器学习工程师",
    "مهندس التعلم الآلي",
    "\u202egnissecorp",
    "Z͑ͫa̴l͈g͟o" * 20,
    "👩‍👩‍👧‍👦 family",
    "\ud800 alone",
    "W" * 200,
    "a " * 100,
    "\u2028\u2029",
    "</script><script>alert(1)</script>",
    "{{7}}{% x %}",
    "%s%d\\n",
]


def poster(title="A title", **others):
    return Poster(**{"title": title, "kicker": "Tools", "site": "Waymark", "tone": 0, "terrain": 0} | others)


def pixels(drawn):
    return Image.open(BytesIO(drawn)).convert("RGB")


def test_a_poster_is_a_picture_of_the_size_that_link_previews_want():
    picture = Image.open(BytesIO(draw(poster())))

    assert picture.format == "PNG"
    assert picture.size == (WIDTH, HEIGHT) == (1200, 630)


def test_it_is_light_enough_for_any_messenger():
    assert max(len(draw(poster(LONG, terrain=terrain))) for terrain in range(TERRAINS)) < 100_000


def test_the_same_words_are_drawn_alike_and_others_differently():
    first = draw(poster())

    assert draw(poster()) == first
    others = [{"kicker": "Else"}, {"site": "Else"}, {"tone": 1}, {"terrain": 1}]
    assert all(draw(poster(**other)) != first for other in [*others, {"title": "Another title"}])


@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_no_text_keeps_a_poster_from_being_drawn(title):
    assert pixels(draw(poster(title, kicker=title, site=title))).size == (WIDTH, HEIGHT)


@effort(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_title_has_room(title):
    text = drawable(title)
    lines, face, step = set_title(text) if text else ([], None, 0)

    assert all(face.getlength(line) <= TEXT_WIDTH + 2 for line in lines)
    assert TITLE_TOP + len(lines) * step <= TITLE_BOTTOM + step / 2


@pytest.mark.parametrize("title", ["RAG", LONG, GERMAN])
def test_a_title_is_drawn_whole(title):
    lines, _, _ = set_title(title)

    assert " ".join(lines) == title


def test_a_short_title_is_larger_than_a_long_one():
    sizes = [set_title(title)[1].size for title in ("RAG", LONG)]

    assert sizes[0] == SIZES[0] > sizes[1] > SIZES[-1]


def test_a_long_word_makes_the_letters_smaller_before_it_is_broken():
    lines, face, _ = set_title(GERMAN)

    assert lines[0] == GERMAN.split()[0]
    assert face.size < SIZES[0]


def test_what_has_no_room_at_all_says_that_there_is_more():
    lines, _, _ = set_title("W" * 500)

    assert lines[-1].endswith("…")
    assert "".join(lines).startswith("W" * 100)


def test_lines_are_about_as_long_as_each_other():
    lines, face, _ = set_title("Generative AI engineer vs machine learning engineer: which is for you now")
    lengths = [face.getlength(line) for line in lines]

    assert len(lines) > 1
    assert min(lengths) > max(lengths) / 2


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("🚀 Ten tools", "Ten tools"),
        ("Cafe\u0301 \u202eau\x00 lait", "Café au lait"),
        ("two\n lines", "two lines"),
        ("Łódź, người học, İstanbul", "Łódź, người học, İstanbul"),
        ("C++, C# & .NET: 3 < 4", "C++, C# & .NET: 3 < 4"),
        ("机器学习 ML", ""),
        ("🚀", ""),
    ],
)
def test_what_no_font_has_is_left_out_and_the_whole_where_nothing_is_left_to_read(text, drawn):
    assert drawable(text) == drawn


def test_where_nothing_can_be_read_the_site_stands_for_the_title():
    assert draw(poster("机器学习工程师")) == draw(poster("Waymark"))
    assert draw(poster("机器学习工程师")) != draw(poster("Another"))


@pytest.mark.parametrize("text", ["Łódź", "a < b"])
def test_a_font_draws_only_what_it_has(text):
    plain, special = (face_for(words, SERIF, 40).getname() for words in ("plain", text))

    assert plain != special


def test_the_colours_are_those_of_the_site():
    css = (settings.BASE_DIR / "static" / "css" / "covers.css").read_text()
    found = re.findall(r"\.tone-\d \{\s+--tone: [^;]+;\s+--ground: (\S+);\s+--contour: (\S+);", css)

    assert tuple(found) == TONES[:TONES_OF_CATEGORIES]
    assert OF_THE_CATALOGUE == TONES_OF_CATEGORIES


@pytest.mark.parametrize("tone", range(len(TONES)))
def test_a_poster_has_the_ground_of_its_category(tone):
    ground = tuple(int(TONES[tone][0][place : place + 2], 16) for place in (1, 3, 5))
    count, most = max(pixels(draw(poster(tone=tone))).getcolors(WIDTH * HEIGHT))

    assert count > WIDTH * HEIGHT / 2
    assert all(abs(a - b) < 12 for a, b in zip(most, ground, strict=True))


@pytest.mark.parametrize("terrain", range(TERRAINS))
def test_the_landscape_is_the_one_of_the_site_and_leaves_nothing_of_it_out(terrain):
    text = (settings.BASE_DIR / "static" / "img" / f"contours-{terrain}.svg").read_text()
    drawn = paths(terrain)

    assert len(drawn) == len(re.findall(r"M-?\d", text))
    assert sum(len(path) - 1 for path in drawn) == 4 * len(re.findall(r"Q-?\d", text))


@pytest.mark.parametrize("name", sorted(path.name for path in FONTS.glob("*.woff2")))
def test_every_font_comes_with_its_licence(name):
    family = re.match(r"newsreader|instrument-sans", name)[0]

    assert "SIL Open Font License, Version 1.1" in (FONTS / f"{family}.LICENSE.txt").read_text()
