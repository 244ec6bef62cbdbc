import pytest

from blog.importing.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** *b* `c` ~~d~~", "<p><strong>a</strong> <em>b</em> <code>c</code> <s>d</s></p>\n"),
        ("A List<String> is one", "<p>A List&lt;String> is one</p>\n"),
        ("Press <kbd>Ctrl</kbd><br>now", "<p>Press <kbd>Ctrl</kbd><br>now</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
    ],
)
def test_markdown_is_read_by_the_standard(text, html):
    assert to_html(text, is_plain=False) == html


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "[note]: a reference", "A line\n\n    set in", "&amp; stays", "a_b_c"]
)
def test_plain_text_keeps_what_only_markdown_would_take(text):
    html = to_html(text, is_plain=True)

    assert "<b>" not in html
    assert "<pre>" not in html
    assert html.count("<p>") == text.count("\n\n") + 1
