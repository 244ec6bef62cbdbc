import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.canonical import canonical, read
from blog.importing.manuscripts import read_manuscript
from blog.importing.markdown import to_html
from blog.markdown import body_as_markdown, one_line, page_as_markdown, to_markdown
from blog.sanitising import clean
from blog.transfer import read_manuscripts


def exported(html):
    return to_markdown(read(clean(html)))


def back(text):
    return canonical(clean(to_html(text, is_plain=False)))


ALPHABET = st.sampled_from([*"ab1 *_`#<>&|~[]()!\\-+=.:é\"'\u2003\xa0", "<b>", "&amp;", "http://a.b", "C#"])
TEXT = st.lists(ALPHABET, min_size=1, max_size=12).map(
    lambda parts: "".join(parts).replace("&", "&amp;").replace("<", "&lt;")
)
INLINE = st.recursive(
    TEXT,
    lambda inner: (
        st.tuples(
            st.sampled_from(["strong", "em", "s", "sub", "code", 'a href="/?a=1&amp;b=2"', 'a href="/y/"']),
            inner,
        ).map(lambda pair: f"x <{pair[0]}>{pair[1]}</{pair[0].split()[0]}> y")
        | st.tuples(inner, inner).map("<br>".join)
    ),
    max_leaves=4,
)
CODE = st.text(st.sampled_from("a`~\n <&|\t"), min_size=1, max_size=12).map(
    lambda code: code.replace("&", "&amp;").replace("<", "&lt;")
)
PARAGRAPH = st.tuples(st.sampled_from(["p", "h2", "h3", "h4"]), INLINE).map(
    lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"
)
LEAF = PARAGRAPH | CODE.map("<pre><code>x{}y</code></pre>".format) | st.just("<hr>")
FLOW = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda b: f"<blockquote>{''.join(b)}</blockquote>")
        | st.tuples(st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda p: f"<{p[0]}>{''.join(f'<li>{one}</li>' for one in p[1])}</{p[0]}>"
        )
        | st.lists(inner, min_size=2, max_size=2).map(
            lambda b: f"<table><tr><th>a</th><th>b</th></tr><tr><td>{b[0]}</td><td>{b[1]}</td></tr></table>"
        )
    ),
    max_leaves=6,
)


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(FLOW, min_size=1, max_size=4).map("".join))
def test_what_goes_out_comes_back_the_same(html):
    body = canonical(clean(html))

    assert back(exported(body)) == body


@pytest.mark.parametrize("number", range(3))
def test_a_whole_article_comes_back_through_the_import(number):
    body = canonical(clean(read_manuscripts()[number].body))

    made = read_manuscript(f"# A title\n\n{exported(body)}\n", name="article.md")

    assert made.body == body


def test_a_simple_table_reads_as_markdown():
    table = (
        "<table><tr><th>Role</th><th>Pay</th></tr>"
        "<tr><td>Data | AI</td><td><strong>much</strong></td></tr></table>"
    )

    assert exported(table) == "| Role | Pay |\n| --- | --- |\n| Data \\| AI | **much** |"


def test_a_live_block_reads_as_markdown_though_its_rows_have_headers():
    block = (
        '<p>Before.</p>\n<section class="live-block live-block--comparison"><h2>Two</h2>'
        "<table><caption>C</caption><tr><td></td><th>A</th></tr><tr><th>Pay</th><td>1</td></tr></table>"
        "<p>Facts checked.</p></section><p>After.</p>"
    )

    assert body_as_markdown(block).split("\n\n") == [
        "Before.",
        "## Two",
        "**C**",
        "|  | A |\n| --- | --- |\n| Pay | 1 |",
        "Facts checked.",
        "After.",
    ]


@pytest.mark.parametrize(("words", "begins"), [("", "- ### [On knots]"), ("A bowline", "- <figure>")])
def test_a_list_of_articles_reads_as_markdown_without_pictures_that_say_nothing(words, begins):
    source = f"/media/pictures/{'a' * 32}/800.jpg"
    picture = f'<figure><img src="{source}" alt="{words}" width="9" height="9"></figure>'
    article = f'<li>{picture}<h3><a href="/blog/knots/">On knots</a></h3><p>How to tie them.</p></li>'

    text = page_as_markdown(f"<ul>{article}</ul>")

    assert text.startswith(begins)
    assert text.endswith("### [On knots](/blog/knots/)\n\n  How to tie them.")


def test_an_address_with_parameters_is_an_address_in_markdown():
    link = '<p><a href="/?q=a&amp;copy=b&amp;amp;c">all</a></p>'

    assert exported('<p><a href="/?q=a&amp;tag=b">all</a></p>') == "[all](/?q=a&tag=b)"
    assert back(exported(link)) == canonical(clean(link))


def test_hostile_words_stay_words():
    assert page_as_markdown("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><script>alert(2)</script>") == (
        "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    assert one_line("[x](javascript:1)\n# <b>") == "\\[x\\](javascript:1) \\# &lt;b&gt;"
