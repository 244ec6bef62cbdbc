"""One spelling for one body, whatever wrote it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.canonical import canonical
from blog.sanitising import BodyTooComplex, clean

TOKEN = "0123456789abcdef" * 2
IMAGE = f'<img src="/media/pictures/{TOKEN}/800.jpg" alt="A" width="800" height="400">'
BLOCK = '<careers-block data-kind="comparison" data-ref="a,b"></careers-block>'


def stored(html):
    return canonical(clean(html))


CASES = {
    "one block stands on one line": ("<p>a</p><h2>b</h2><hr>c", "<p>a</p>\n<h2>b</h2>\n<hr>\n<p>c</p>"),
    "old names become new ones": (
        "<p><b>a</b> <i>b</i> <del>c</del></p>",
        "<p><strong>a</strong> <em>b</em> <s>c</s></p>",
    ),
    "headings fit below the page's own": (
        "<h1>a</h1><h5>b</h5><h6>c</h6>",
        "<h2>a</h2>\n<h4>b</h4>\n<h4>c</h4>",
    ),
    "empty blocks go": (
        "<p></p><p> <br></p><h2>&nbsp;</h2><ul><li></li></ul><blockquote></blockquote>x",
        "<p>x</p>",
    ),
    "boxes dissolve without gluing words": (
        "<div>a</div><section>b</section>c",
        "<p>a</p>\n<p>b</p>\n<p>c</p>",
    ),
    "terms and definitions become paragraphs": ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p>\n<p>b</p>"),
    "white space is single": ("<p>  a \n\t b  </p>", "<p>a b</p>"),
    "white space round a line break goes": ("<p>a <br> b<br></p>", "<p>a<br>b</p>"),
    "pasted no-break spaces are ordinary": ("<p>a&nbsp;b &nbsp; c&nbsp;</p>", "<p>a b c</p>"),
    "a no-break space before a unit stays": ("<p>10&nbsp;km, 50&nbsp;%</p>", "<p>10\xa0km, 50\xa0%</p>"),
    "formatting is joined and ordered": (
        '<p><b>a</b><b>b</b><i><b>c</b></i><b><a href="/x">d</a></b></p>',
        '<p><strong>ab<em>c</em></strong><a href="/x"><strong>d</strong></a></p>',
    ),
    "formatting round blocks reaches into them": (
        "<b><p>a</p><p>b</p></b>",
        "<p><strong>a</strong></p>\n<p><strong>b</strong></p>",
    ),
    "links without an address are text": ('<p><a href="javascript:x">a</a></p>', "<p>a</p>"),
    "a lone paragraph in an item is the item": ("<ul><li><p>a</p></li></ul>", "<ul>\n<li>a</li>\n</ul>"),
    "an item with two paragraphs keeps them": (
        "<ul><li><p>a</p><p>b</p></li></ul>",
        "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>",
    ),
    "a nested list stays in its item": (
        "<ol start=3><li><p>a</p><ul><li>b</li></ul></li></ol>",
        '<ol start="3">\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>',
    ),
    "a list straight in a list joins the item above": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>",
    ),
    "an item without a list gets one": ("<li>a</li>", "<ul>\n<li>a</li>\n</ul>"),
    "code keeps its language, spaces and first empty line": (
        '<pre>\n<code class="language-python">\n  a\n\tb\n\n</code></pre>',
        '<pre><code class="language-python">\n  a\n\tb</code></pre>',
    ),
    "code without an inner element gets one": ("<pre>a &lt; b</pre>", "<pre><code>a &lt; b</code></pre>"),
    "a line break in code is a line": ("<pre>a<br>b</pre>", "<pre><code>a\nb</code></pre>"),
    "a live block leaves the paragraph it was put in": (f"<p>a{BLOCK}b</p>", f"<p>a</p>\n{BLOCK}\n<p>b</p>"),
    "text in a live block follows it": (BLOCK.replace("></", ">a</"), f"{BLOCK}\n<p>a</p>"),
    "a live block without what it needs goes": (
        '<careers-block data-kind="certifications" data-ref="a"></careers-block>x',
        "<p>x</p>",
    ),
    "a block forgets what its kind has no use for": (
        BLOCK.replace(" data-ref", ' data-by="role" data-ref'),
        BLOCK,
    ),
    "a picture is a figure": (f"<p>a {IMAGE} b</p>", f"<p>a</p>\n<figure>{IMAGE}</figure>\n<p>b</p>"),
    "a figure keeps its caption": (
        f'<figure data-picture="{TOKEN}">{IMAGE}<figcaption><p>By <b>x</b></p></figcaption></figure>',
        f'<figure data-picture="{TOKEN}">{IMAGE}<figcaption>By <strong>x</strong></figcaption></figure>',
    ),
    "a caption without its picture is text": ("<figure><figcaption>a</figcaption></figure>", "<p>a</p>"),
    "a second picture gets its own figure": (
        f"<figure>{IMAGE}{IMAGE}</figure>",
        f"<figure>{IMAGE}</figure>\n<figure>{IMAGE}</figure>",
    ),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_every_spelling_is_stored_in_one_form_and_stays_so(html, expected):
    assert stored(html) == expected
    assert stored(expected) == expected


def test_a_table_from_the_editor_gets_its_head_back():
    html = (
        "<table><caption> Pay </caption><tbody><tr><th><p>Role</p></th><th><p>Pay</p></th></tr>"
        '<tr><td colspan="1" rowspan="2"><p>A</p></td><td></td></tr>'
        "<tr><td><p>b</p><p>c</p></td></tr></tbody></table>"
    )

    assert stored(html).splitlines() == [
        "<table>",
        "<caption>Pay</caption>",
        *["<thead>", "<tr>", "<th>Role</th>", "<th>Pay</th>", "</tr>", "</thead>"],
        "<tbody>",
        *["<tr>", '<td rowspan="2">A</td>', "<td></td>", "</tr>"],
        *["<tr>", "<td>", "<p>b</p>", "<p>c</p>", "</td>", "</tr>"],
        "</tbody>",
        "</table>",
    ]


def test_a_column_of_row_headings_is_not_a_head():
    lines = stored("<table><tr><th>a</th><td>1</td></tr></table>").splitlines()

    assert "<thead>" not in lines
    assert "<th>a</th>" in lines


def test_a_table_of_headings_only_has_one_head_row():
    assert (
        stored("<table><tr><th>a</th></tr><tr><th>b</th></tr></table>").count(
            "<thead>\n<tr>\n<th>a</th>\n</tr>"
        )
        == 1
    )


def test_a_table_without_rows_leaves_its_caption_behind():
    assert stored("<table><caption>a</caption></table>") == "<p>a</p>"


def test_a_change_of_one_word_is_a_change_of_one_line():
    before = "<h2>A</h2><p>one two</p><ul><li>x</li><li>y</li></ul>"
    old, new = stored(before).splitlines(), stored(before.replace("two", "three")).splitlines()

    assert len([1 for a, b in zip(old, new, strict=True) if a != b]) == 1


def test_nesting_beyond_sixty_levels_is_refused():
    with pytest.raises(BodyTooComplex):
        stored("<blockquote>" * 61 + "x" + "</blockquote>" * 61)


WORDS = st.text(alphabet="abc é漢&<>\"' \n\t\xa0", max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
BLOCK_TAGS = [
    "p",
    "h1",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "caption",
]
INLINE_TAGS = ["b", "strong", "i", "code", "sub", "span", 'a href="/x"', 'a href="https://x.y"']
OTHERS = [IMAGE, BLOCK, "<br>", "<hr>", "<figure>", "</figure>", "<figcaption>", "<careers-block>", "<thead>"]
SOUP = st.lists(
    WORDS | st.sampled_from(OTHERS + [f"<{t}>" for t in BLOCK_TAGS] + [f"</{t}>" for t in BLOCK_TAGS])
)


def wrapped(children):
    return st.tuples(st.sampled_from(BLOCK_TAGS + INLINE_TAGS), st.lists(children, max_size=4)).map(
        lambda parts: f"<{parts[0]}>{''.join(parts[1])}</{parts[0].split()[0]}>"
    )


HTML = st.recursive(WORDS | st.sampled_from(OTHERS), wrapped, max_leaves=25) | SOUP.map("".join)


@given(HTML)
def test_writing_it_again_changes_nothing(html):
    once = stored(html)

    assert stored(once) == once
    assert clean(once).replace("&nbsp;", "\xa0") == once


def letters(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", html))


@given(HTML)
def test_no_text_is_lost(html):
    assert sorted(letters(stored(html))) == sorted(letters(clean(html).replace("&nbsp;", "")))
