"""What of an article's page goes into a feed, and what its addresses become."""

import pytest

from website.feeds.content import read_elsewhere

PAGE = "https://example.org/blog/one/"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="/careers/">x</a>', '<a href="https://example.org/careers/">x</a>'),
        ('<a href="#s-here">x</a>', '<a href="https://example.org/blog/one/#s-here">x</a>'),
        ('<a href="https://other.example/">x</a>', '<a href="https://other.example/">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href="//other.example/x">x</a>', '<a href="https://other.example/x">x</a>'),
        ('<img src="/media/p.jpg" alt="Two">', '<img src="https://example.org/media/p.jpg" alt="Two">'),
    ],
)
def test_every_address_leads_back_from_anywhere(written, read):
    assert read_elsewhere(written, page=PAGE) == read


def test_a_picture_in_several_formats_becomes_the_one_every_reader_knows():
    formats = '<source srcset="/m/p.avif 1x"><img src="/m/p.jpg" alt="" srcset="/m/p.jpg 2x">'

    found = read_elsewhere(f"<picture>{formats}</picture>", page=PAGE)

    assert found == '<img src="https://example.org/m/p.jpg" alt="">'


def test_what_only_our_own_pages_understand_is_left_out():
    page = (
        '<section class="x" id="block-1" aria-labelledby="y"><h2 tabindex="-1">Way</h2>'
        "<svg><text>drawn</text></svg></section>"
    )

    assert read_elsewhere(page, page=PAGE) == "<h2>Way</h2>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>*{}</style>",
        '<img src="x" onerror="alert(1)" alt="">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://[broken">x</a>',
        "<iframe src=/></iframe>",
        '<form action="/"><button formaction="javascript:alert(1)">x</button></form>',
    ],
)
def test_nothing_runs_even_if_it_had_come_past_the_sanitiser(hostile):
    found = read_elsewhere(hostile, page=PAGE)

    assert not any(word in found for word in ("alert", "script", "<iframe", "<form", "{}"))


def test_code_and_tables_stay_what_they_are():
    table = '<table><tbody><tr><th scope="row">x</th></tr></tbody></table>'
    page = f"<pre><code>a &lt; b\n  c</code></pre>{table}"

    assert read_elsewhere(page, page=PAGE) == page
