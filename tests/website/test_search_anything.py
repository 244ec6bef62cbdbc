"""Whatever is typed has an answer, on whichever database the tests run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.test_search import NOW, page
from website.search import words
from website.search.matching import search

pytestmark = pytest.mark.django_db

WILD = [
    '"' * 50_000,
    "x" * 100_000,
    "word " * 1000,
    "a-b" * 30_000,
    "NEAR(python java, 5)",
    "python NEAR",
    "NOT",
    "AND OR NOT",
    "title_words : python",
    "{title_words} : python",
    "^python",
    "python*" * 50,
    "py*thon *",
    "- -- ---",
    "-python",
    '"unclosed phrase',
    '-"unclosed',
    "';--",
    "%s %(match)s %",
    "' & | ! <-> :*",
    "python\x00java",
    "\x00",
    "\ud800",
    "python \udfff",
    "\u202e\u200b\ufeff",
    "🚀 🧠",
    "İstanbul ẞ ﬁ ℌ ²³ ½ Ⅷ ෴",
    "a" * 39 + "é" * 9,
    "1e5 0x1f 12abc 3.14.15 -5 +7",
    "\\ / ' \" ` \\' \\\\",
    "' OR 1=1 --",
    "a" * 40 + "*",
]


@pytest.mark.parametrize("typed", WILD, ids=lambda typed: ascii(typed)[:20])
def test_whatever_is_typed_has_an_answer(typed):
    page("Python and Java")

    assert search(typed, now=NOW).total in (0, 1)


# Scripts that both databases have known for long; SQLite stays with Unicode 6.1.
SCRIPTS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F),
    st.characters(min_codepoint=0x391, max_codepoint=0x3C9),
    st.characters(min_codepoint=0x400, max_codepoint=0x45F),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9F00),
)


@given(st.text(max_size=60), st.text(alphabet="\"-*()^:&|!'<>{}+#./ abcNEAR", max_size=40))
@settings(max_examples=60)
def test_no_text_breaks_a_query(some, wild):
    assert search(some, now=NOW).total == 0
    assert search(wild + some, now=NOW).total == 0


@given(st.text(alphabet=SCRIPTS, min_size=1, max_size=30))
@settings(max_examples=60)
def test_the_database_keeps_the_words_it_is_given(text):
    """A word of our making is one word to the database too: asked for a page's title, it finds the page."""
    row = page(text)
    query = words.parse(text)
    if query.wanted and not query.excluded and not query.is_shortened and '"' not in text:
        assert search(text, now=NOW).total >= 1, words.index_words(text)
    row.delete()
