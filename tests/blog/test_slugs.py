import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.slugs import RESERVED, free_slug, is_numbered_form_of, numbered, slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("How to Become a Data Engineer", "how-to-become-a-data-engineer"),
        ("C++ or C#?", "c-plus-plus-or-c-sharp"),
        (".NET and Node.js", "dotnet-and-nodejs"),
        ("Women’s careers & pay", "womens-careers-and-pay"),
        ("Über die Größe", "uber-die-grosse"),
        ("Кем быть", "kem-byt"),
        ("Python 3.14", "python-3-14"),
    ],
)
def test_an_address_reads_like_its_title(text, slug):
    assert slug_of(text, max_length=80, fallback="article") == slug


def test_an_address_is_cut_at_a_word():
    assert slug_of("one two three four", max_length=20, fallback="article") == "one-two"
    assert slug_of("x" * 50, max_length=20, fallback="article") == "x" * 12


def test_a_number_is_added_within_the_length():
    assert numbered("abcdef", 12, max_length=6) == "abc-12"
    assert numbered("abc-def", 2, max_length=6) == "abc-2"


def test_the_first_free_number_is_taken():
    assert free_slug("a", set(), max_length=10) == "a"
    assert free_slug("a", {"a", "a-2"}, max_length=10) == "a-3"


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_what_a_listing_needs_is_never_free(word):
    assert free_slug(word, set(), max_length=20) == f"{word}-2"


@pytest.mark.parametrize(
    ("slug", "base", "follows"),
    [
        ("title", "title", True),
        ("title-2", "title", True),
        ("title-x", "title", False),
        ("other", "title", False),
        ("other-2", "title", False),
        ("top-10", "top-10", True),
    ],
)
def test_a_slug_made_from_a_title_is_known_again(slug, base, follows):
    assert is_numbered_form_of(slug, base) is follows


@given(st.text(max_size=200), st.integers(20, 120))
def test_every_text_makes_an_address_that_fits(text, length):
    slug = slug_of(text, max_length=length, fallback="article")

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= length


@given(st.text(min_size=1, max_size=60), st.integers(2, 99))
def test_a_numbered_address_is_known_as_a_form_of_its_base(text, number):
    base = slug_of(text, max_length=60, fallback="article")

    assert is_numbered_form_of(numbered(base, number, max_length=120), base)
