"""Facts and links inside sentences: from what is written to what is kept, shown and found."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from blog.body_field import BodyField
from blog.canonical import canonical
from blog.inline_text import PLACE
from blog.rendering import block_problems, render_body, show_body, texts_in_full
from blog.sanitising import clean
from careers.models import Fee, Status
from tests.factories import ArticleFactory, ExamVersionFactory, RoleFactory

ON = date(2026, 11, 24)
FACT = '<careers-fact data-ref="gold" data-field="price"></careers-fact>'
LINK = '<careers-link data-ref="gold"></careers-link>'
CARD = '<careers-block data-kind="role-card" data-ref="engineer"></careers-block>'


def stored(html):
    return canonical(clean(html))


@pytest.fixture
def gold(db):
    version = ExamVersionFactory(
        credential__name="Gold", credential__slug="gold", credential__checked_on=date(2026, 9, 28)
    )
    Fee.objects.create(version=version, amount=300)
    return version.credential


# --- Kept ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"<p>It costs {FACT} now.</p>", f"<p>It costs {FACT} now.</p>"),
        (f"It costs{FACT}.", f"<p>It costs{FACT}.</p>"),
        (FACT, f"<p>{FACT}</p>"),
        (f"<p>  {FACT}  </p>", f"<p>{FACT}</p>"),
        (f"<p>{FACT}{FACT}</p>", f"<p>{FACT}{FACT}</p>"),
        (f"<ul><li>{FACT}</li></ul>", f"<ul>\n<li>{FACT}</li>\n</ul>"),
        (f"<h2>At {FACT}</h2>", f"<h2>At {FACT}</h2>"),
        (f"<p><b>{FACT}</b></p>", f"<p><strong>{FACT}</strong></p>"),
        (f'<p><a href="/x">{FACT}</a></p>', f'<p><a href="/x">{FACT}</a></p>'),
        (f'<p><a href="/x">{LINK}</a></p>', f"<p>{LINK}</p>"),
        (f'<p><a href="/x">a {LINK} b</a></p>', f'<p><a href="/x">a </a>{LINK}<a href="/x"> b</a></p>'),
    ],
)
def test_a_live_part_stays_where_it_stands(written, kept):
    assert stored(written) == kept
    assert stored(kept) == kept


@pytest.mark.parametrize(
    "incomplete",
    [
        '<careers-fact data-ref="gold"></careers-fact>',
        '<careers-fact data-field="price"></careers-fact>',
        '<careers-fact data-ref="a b" data-field="price"></careers-fact>',
        '<careers-fact data-ref="a,b" data-field="price"></careers-fact>',
        '<careers-fact data-ref="gold" data-field="PRICE"></careers-fact>',
        "<careers-link></careers-link>",
        '<careers-link data-ref="&quot;><script>"></careers-link>',
    ],
)
def test_a_live_part_that_says_too_little_goes_and_the_words_round_it_stay(incomplete):
    assert stored(f"<p>a {incomplete}b</p>") == "<p>a b</p>"


def test_what_else_is_written_on_a_live_part_goes():
    written = FACT.replace(" data-field", ' onclick="x" style="x" class="x" data-kind="x" data-field')

    assert stored(f"<p>{written}</p>") == f"<p>{FACT}</p>"


def test_words_inside_a_live_part_are_words_after_it():
    inside = FACT.replace("></", ">USD 300</")

    assert stored(f"<p>a {inside} b</p>") == f"<p>a {FACT}USD 300 b</p>"


def test_one_that_is_never_closed_swallows_no_text():
    assert stored('<p>a <careers-link data-ref="gold"> b</p><p>c</p>') == f"<p>a {LINK} b</p>\n<p>c</p>"


def test_code_holds_no_live_parts():
    assert stored(f"<pre><code>a{FACT}b</code></pre>") == "<pre><code>ab</code></pre>"


def test_nobody_writes_the_character_that_keeps_their_place():
    assert stored(f"<p>a{PLACE}b&#xfffc;c</p>") == "<p>abc</p>"


@given(
    st.lists(st.sampled_from([FACT, LINK, "a", " ", "<b>", "</b>", "<p>", "<br>", "&amp;", "<li>", "<h2>"]))
)
def test_the_canonical_form_is_stable_and_loses_no_live_part(parts):
    written = "".join(parts)
    kept = stored(written)

    assert stored(kept) == kept
    assert kept.count("<careers-") == written.count("<careers-")


def test_the_body_field_takes_them_and_sees_no_change_in_another_spelling(db):
    field = BodyField()

    assert field.clean(f"<p>It costs {FACT}.</p>") == f"<p>It costs {FACT}.</p>"
    assert not field.has_changed(f"<p>{FACT}</p>", f"<p>{FACT}</p><p></p>")


# --- Shown --------------------------------------------------------------------


def shown(source):
    body = render_body(source)
    return show_body(body.html, body.contents, on=ON)


def test_a_reader_reads_values_and_names_in_their_places(gold):
    page = shown(f"<p>{LINK} costs {FACT}.</p>")

    assert page.html == (
        '<p><span class="live-link"><a href="/careers/certifications/gold/">Gold</a></span> costs '
        '<span class="live-fact">USD 300 <span class="live-note">(checked 28 September 2026)</span>'
        "</span>.</p>"
    )
    assert page.problems == []


def test_blocks_and_parts_of_sentences_each_find_their_own(gold):
    RoleFactory(name="Engineer", slug="engineer")
    page = shown(
        f"<p>{FACT}</p><h2>At {FACT}, {LINK}</h2><ul><li>{LINK}</li></ul>{CARD}"
        f"<table><caption>For {FACT}</caption><tr><th>{FACT}</th></tr><tr><td>{LINK}</td></tr></table>"
        f"<h3>Then</h3>"
    )

    assert [entry["title"] for entry in page.contents] == ["At USD 300, Gold", "Engineer", "Then"]
    assert [set(entry) for entry in page.contents] == [{"level", "id", "title"}] * 3
    assert "<careers-" not in page.html
    assert page.html.count("USD 300") == 4
    assert page.html.count(">Gold</a>") == 3


def test_what_readers_cannot_see_leaves_a_sentence_and_a_problem(gold):
    gold.status = Status.DRAFT
    gold.save()
    page = shown(f"<p>{LINK} costs {FACT}.</p>")

    assert page.html == "<p>a certification not listed here costs not known.</p>"
    assert page.problems == ["The certification “Gold” is not published."] * 2


def test_a_catalogue_that_is_away_leaves_sentences_too(db, monkeypatch, caplog):
    def away(references, *, on):
        raise RuntimeError("away")

    monkeypatch.setattr("blog.rendering.fill", away)

    assert shown(f"<p>It costs {FACT}.</p>{CARD}").html == "<p>It costs not known.</p>\n"


def test_three_bodies_cost_as_many_queries_as_one(gold):
    bodies = [render_body(f"<p>{FACT} {LINK}</p>").html for _ in range(3)]

    def cost(count):
        with CaptureQueriesContext(connection) as queries:
            assert block_problems(bodies[:count], on=ON) == [[]] * count
        return len(queries)

    assert cost(3) == cost(1)


# --- Found --------------------------------------------------------------------


def test_the_plain_text_has_values_in_their_places_and_blocks_after_the_rest(gold):
    RoleFactory(name="Engineer", slug="engineer", main_focus="Building")
    body = render_body(f"<p>{LINK} costs {FACT}.</p>{CARD}<p>End.</p>")

    (text,) = texts_in_full([(body.html, body.text)], on=ON)

    assert text.startswith("Gold costs USD 300.\nEnd.\nEngineer\nBuilding")
    assert PLACE not in text


@pytest.mark.parametrize("text", ["no place", f"{PLACE}{PLACE}{PLACE} more places than parts"])
def test_text_and_parts_that_do_not_match_lose_no_words(gold, text):
    body = render_body(f"<p>{FACT}</p>")

    assert texts_in_full([(body.html, text)], on=ON)[0].endswith(text.replace(PLACE, ""))


def test_an_article_gives_search_what_readers_read(gold):
    article = ArticleFactory(body=f"<p>It costs {FACT}.</p>")

    assert article.search_text()["body"] == "It costs USD 300."
    assert article.word_count == 3
