import pytest

from blog.importing.documents import ITEM, read_document

from . import handed_in


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>a<span style='font-weight:700'>b</span></p>", "<p>a<span><strong>b</strong></span></p>"),
        ("<p><span style='font-style:italic'>b</span></p>", "<p><span><em>b</em></span></p>"),
        ("<b style='font-weight:normal'><p>a</p></b>", "<span><p>a</p></span>"),
        ("<p class=MsoTitle>a</p>", "<h1>a</h1>"),
        ("<thead><td>a</td></thead>", "a"),
        (
            "<table><thead><tr><td>a</td></tr></thead></table>",
            "<table><thead><tr><th>a</th></tr></thead></table>",
        ),
        ("<p>a<o:p></o:p></p>", "<p>a</p>"),
        ("<p>a<![if !supportLists]>b<![endif]></p>", "<p>ab</p>"),
        ("<p>a<script>b</script><svg>c</svg></p>", "<p>ac</p>"),
        (
            "<pre><code class=language-python>a</code></pre>",
            '<pre><code class="language-python">a</code></pre>',
        ),
    ],
)
def test_a_look_becomes_what_it_was_meant_to_be(html, written):
    assert read_document(html).html.replace("<p></p>", "") == written


def test_the_page_round_a_text_is_left_out_and_told():
    document = read_document("<header>A</header><nav><p>B<p>C</nav><p>D</p><footer>E</footer>")

    assert document.html == "<p>D</p>"
    assert document.skipped == ["header", "nav", "footer"]


def test_the_head_of_an_article_belongs_to_it():
    assert "Title" in read_document("<article><header><h1>Title</h1></header></article>").html


def test_a_page_says_who_wrote_it_and_when():
    assert read_document(handed_in.HTML).details == {
        "title": f"{handed_in.TITLE} | Example Blog",
        "author": "Robin Field",
        "published": "2026-03-04T09:00:00Z",
        "hashtags": "Data, Python",
    }


def test_word_s_items_are_marked_with_their_level():
    assert f"{ITEM}2<span>·" in read_document(handed_in.word_item("x", level=2)).html
    assert f"{ITEM}1" in read_document("<p class=MsoListParagraphCxSpFirst>· x</p>").html
