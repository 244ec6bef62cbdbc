"""From an author's HTML to what readers see."""

import time
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from blog import rendering
from blog.models import Article
from blog.rendering import render_body, show_body
from blog.sanitising import BodyTooComplex
from careers.blocks import Filled
from tests.blog.test_canonical import HTML
from tests.factories import ArticleFactory, RoleFactory

TODAY = date(2026, 3, 1)
TOKEN = "0123456789abcdef" * 2
CARD = '<careers-block data-kind="role-card" data-ref="{}"></careers-block>'


def html_of(source):
    return render_body(source).html


def test_headings_get_stable_ids_of_their_own():
    html = html_of("<h2>Pay</h2><h3>Pay</h3><h1>Größe &amp; C++</h1><h2>!?</h2>")

    assert html.splitlines() == [
        '<h2 id="s-pay">Pay</h2>',
        '<h3 id="s-pay-2">Pay</h3>',
        '<h2 id="s-größe-c">Größe &amp; C++</h2>',
        '<h2 id="s-section">!?</h2>',
    ]


def test_a_heading_that_reads_like_another_s_id_gets_its_own():
    html = html_of("<h2>Pay</h2><h2>Pay 2</h2><h2>Pay</h2><h2>Pay</h2>")

    assert [f'id="{name}"' in html for name in ("s-pay", "s-pay-2", "s-pay-3", "s-pay-4")] == [True] * 4


def test_thousands_of_equal_headings_take_no_time():
    began = time.process_time()

    html_of("<h2>Pay</h2>" * 4000)

    assert time.process_time() - began < 4


def test_the_contents_list_headings_of_two_levels_and_the_places_of_blocks():
    body = render_body(f"<h2>A <em>b</em></h2><h3>C</h3><h4>D</h4>{CARD.format('x')}<h2>E</h2>")

    assert body.contents == [
        {"level": 2, "id": "s-a-b", "title": "A b"},
        {"level": 3, "id": "s-c", "title": "C"},
        {"block": 0},
        {"level": 2, "id": "s-e", "title": "E"},
    ]


def test_a_table_scrolls_in_a_region_named_by_its_caption():
    html = html_of(
        "<table><caption>Pay</caption><tr><th>Role</th><th>Pay</th></tr><tr><th>A</th><td>1</td></tr></table>"
    )

    assert '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="table-1"><table>' in html
    assert '<caption id="table-1">Pay</caption>' in html
    assert '<th scope="col">Role</th>' in html
    assert '<th scope="row">A</th>' in html


def test_tables_without_captions_are_told_apart_by_number():
    html = html_of("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>")

    assert 'aria-label="Table 1"' in html
    assert 'aria-label="Table 2"' in html


def test_a_heading_over_two_columns_speaks_for_both():
    html = html_of("<table><tr><th colspan=2>a</th></tr><tr><td>b</td><td>c</td></tr></table>")

    assert '<th colspan="2" scope="colgroup">a</th>' in html


def test_code_is_coloured_by_classes_and_says_its_language():
    html = html_of('<pre><code class="language-python">def f():\n    return "&lt;b&gt;"\n</code></pre>')

    assert html.startswith('<pre tabindex="0" data-language="Python"><code class="language-python">')
    assert '<span class="hl-k">def</span>' in html
    assert "&lt;b&gt;" in html
    assert "style=" not in html


@pytest.mark.parametrize("language", ["klingon", "text"])
def test_code_in_a_language_nobody_knows_is_shown_plainly(language):
    html = html_of(f'<pre><code class="language-{language}">a &lt; b</code></pre>')

    assert html.endswith(">a &lt; b</code></pre>")


def test_code_too_long_to_colour_is_shown_plainly():
    code = "x = 1\n" * 20_000

    assert "<span" not in html_of(f'<pre><code class="language-python">{code}</code></pre>')


def test_links_to_other_sites_say_so_to_the_browser():
    html = html_of('<p><a href="https://x.org/">a</a> <a href="//x.org">b</a> <a href="/blog/">c</a></p>')

    assert html == (
        '<p><a href="https://x.org/" rel="noopener">a</a> <a href="//x.org" rel="noopener">b</a> '
        '<a href="/blog/">c</a></p>'
    )


def test_a_picture_comes_in_the_widths_it_has_and_keeps_its_place():
    html = html_of(
        f'<figure><img src="/media/pictures/{TOKEN}/800.jpg" alt="A &quot;b&quot;" width="1000" height="500">'
        "<figcaption>By <em>x</em></figcaption></figure>"
    )

    assert f'<source type="image/avif" srcset="/media/pictures/{TOKEN}/480.avif 480w, ' in html
    assert f"/media/pictures/{TOKEN}/1000.jpg 1000w" in html
    assert "1200" not in html
    assert 'alt="A &quot;b&quot;" width=' in html
    assert 'width="1000" height="500" loading="lazy" decoding="async"' in html
    assert html.endswith("</picture><figcaption>By <em>x</em></figcaption></figure>")


def test_a_picture_of_our_own_pages_is_shown_as_it_is():
    assert html_of('<img src="/static/img/a.png" alt="A">') == (
        '<figure><img src="/static/img/a.png" alt="A" loading="lazy" decoding="async"></figure>'
    )


def test_plain_text_glues_no_words_and_counts_them():
    body = render_body(
        "<h2>One</h2><ul><li>two<ul><li>three</li></ul></li></ul><table><caption>four</caption>"
        "<tr><td>five</td><td>six</td></tr></table><pre>seven\neight</pre><p>nine<br>ten</p>"
    )

    assert body.text.split() == [
        "One",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
    assert body.words == 10


def test_an_empty_body_is_an_empty_page():
    body = render_body("<p></p>")

    assert (body.source, body.html, body.contents, body.text, body.words) == ("", "", [], "", 0)


class Shape(HTMLParser):
    """Fails on markup that does not close what it opened."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in ("br", "hr", "img", "source"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(HTML)
def test_rendering_what_was_stored_gives_the_same_page(html):
    once = render_body(html)

    assert render_body(once.source) == once


@given(HTML)
def test_every_page_is_well_formed_and_no_id_comes_twice(html):
    shape = Shape(html_of(html))

    assert shape.open == []
    assert len(shape.ids) == len(set(shape.ids))


@given(st.text(max_size=300))
def test_any_text_can_be_shown(text):
    assert "<script" not in html_of(text)


# --- Shown with its live blocks --------------------------------------------


@pytest.mark.django_db
def test_live_blocks_are_filled_when_the_body_is_shown():
    role = RoleFactory(name="Data Engineer", slug="data-engineer")
    body = render_body(f"<h2>A</h2>{CARD.format(role.slug)}<h2>B</h2>")

    shown = show_body(body.html, body.contents, on=TODAY)

    assert "Data Engineer" in shown.html
    assert "<careers-block" not in shown.html
    assert [entry["title"] for entry in shown.contents] == ["A", "Data Engineer", "B"]
    assert f'id="{shown.contents[1]["id"]}"' in shown.html
    assert shown.problems == []


@pytest.mark.django_db
def test_a_block_with_nothing_to_say_leaves_no_trace_but_a_problem():
    body = render_body(f"<p>a</p>{CARD.format('nobody')}")

    shown = show_body(body.html, body.contents, on=TODAY)

    assert shown.html.strip() == "<p>a</p>"
    assert shown.contents == []
    assert len(shown.problems) == 1


def test_a_body_without_blocks_asks_nothing_of_the_database():
    body = render_body("<p>a</p>")

    assert show_body(body.html, body.contents, on=TODAY).html == "<p>a</p>"


def test_a_block_written_about_in_code_is_not_a_block():
    body = render_body(f"<pre>{CARD.format('x').replace('<', '&lt;')}</pre>")

    assert "&lt;careers-block" in show_body(body.html, body.contents, on=TODAY).html


def test_a_failure_of_the_catalogue_fails_no_reader(monkeypatch, caplog):
    def broken(references, *, on):
        raise RuntimeError("the catalogue is away")

    monkeypatch.setattr(rendering, "fill", broken)
    body = render_body(f"<p>a</p>{CARD.format('x')}<p>b</p>")

    shown = show_body(body.html, body.contents, on=TODAY)

    assert shown.html == "<p>a</p>\n\n<p>b</p>"
    assert len(shown.problems) == 1
    assert "could not be filled" in caplog.text


def test_what_a_block_says_is_never_read_as_a_pattern(monkeypatch):
    monkeypatch.setattr(
        rendering, "fill", lambda references, on: [Filled(html=r"<p>\1 \g<0></p>", heading="", anchor="")]
    )
    body = render_body(CARD.format("x"))

    assert show_body(body.html, body.contents, on=TODAY).html == r"<p>\1 \g<0></p>"


def test_own_headings_of_blocks_arrive_as_they_were_written(monkeypatch):
    asked = []
    monkeypatch.setattr(
        rendering, "fill", lambda references, on: asked.extend(references) or [Filled() for _ in references]
    )
    body = render_body(
        '<careers-block data-kind="certifications" data-by="role" data-ref="x" '
        'data-heading="A &quot;b&quot; &amp; &lt;c&gt;"></careers-block>'
    )

    show_body(body.html, body.contents, on=TODAY)

    assert [(a.kind, a.by, a.ref, a.heading) for a in asked] == [
        ("certifications", "role", "x", 'A "b" & <c>')
    ]


# --- Stored with the article ------------------------------------------------


@pytest.mark.django_db
def test_saving_an_article_keeps_only_what_was_cleaned():
    article = ArticleFactory(body="<h2>A</h2><p onclick=x>b <script>alert(1)</script>c\x00</p>")

    article.refresh_from_db()
    assert article.body == "<h2>A</h2>\n<p>b c</p>"
    assert article.body_html == '<h2 id="s-a">A</h2>\n<p>b c</p>'
    assert article.contents == [{"level": 2, "id": "s-a", "title": "A"}]
    assert article.plain_text == "A\nb c"
    assert article.word_count == 3


@pytest.mark.django_db
def test_saving_only_other_fields_leaves_the_body_alone():
    article = ArticleFactory()
    article.body, article.title = "<p>new words</p>", "New"

    article.save(update_fields=["title"])

    article.refresh_from_db()
    assert (article.title, article.plain_text) == ("New", "A short body.")


@pytest.mark.django_db
def test_saving_only_the_body_saves_what_is_made_from_it():
    article = ArticleFactory()
    article.body = "<p>new words</p>"

    article.save(update_fields=["body"])

    article.refresh_from_db()
    assert (article.body_html, article.word_count) == ("<p>new words</p>", 2)


@pytest.mark.django_db
def test_a_body_nobody_can_have_meant_is_a_message_on_its_field():
    article = Article(title="x", slug="x", body="<div>" * 1000)

    with pytest.raises(BodyTooComplex):
        article.save()
    with pytest.raises(ValidationError, match="levels deep"):
        article.clean()
