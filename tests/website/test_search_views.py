from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    DraftFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
)
from tests.website.test_search_anything import WILD
from website.search import index, rebuild

pytestmark = pytest.mark.django_db


NAMED = [(ArticleFactory, "title"), (RoleFactory, "name"), (SkillFactory, "name"), (CategoryFactory, "name")]


@pytest.fixture
def ask(client):
    def ask(query="", **parameters):
        return client.get(reverse("search"), {"q": query, **parameters})

    return ask


def indexed(*pages):
    for page in pages:
        index.index_pages(page._meta.label, [page.pk])
    return pages


def test_a_reader_finds_an_article_by_its_words_category_hashtag_and_author(ask):
    article = ArticleFactory(
        title="Learning the ropes",
        category=CategoryFactory(name="Sailing"),
        hashtags=["knots"],
        authors=[AuthorFactory(name="Harbour desk")],
        body="<p>About masts and hulls.</p>",
    )
    indexed(article)

    for word in ["rope", "sailing", "#knots", "harbour", "hull"]:
        assert article.get_absolute_url() in ask(word).text, word


def test_a_reader_finds_facts(ask):
    role, skill = RoleFactory(name="Rigger"), SkillFactory(name="Splicing", aliases=["Seizing"])
    version = ExamVersionFactory(exam_code="RIG-101")
    indexed(role, skill, version.credential)

    assert role.get_absolute_url() in ask("riggers").text
    assert skill.get_absolute_url() in ask("seizing").text
    assert version.credential.get_absolute_url() in ask("rig101").text


def test_a_hit_shows_its_kind_date_and_marked_words(ask):
    indexed(ArticleFactory(title="On knots", body="<p>A bowline is a knot.</p>"))
    page = ask("bowline").text

    assert "Article" in page
    assert "5 January 2026" in page
    assert "<mark>bowline</mark>" in page


def test_what_is_found_cannot_carry_markup(ask):
    title = "Knots <img src=x onerror=alert(1)> & <mark>"
    indexed(ArticleFactory(title=title, summary="<script>knots</script>", body="<p>knots</p>"))
    page = ask("knots").text

    assert "<img src=x" not in page
    assert "<script>" not in page
    assert "&lt;script&gt;<mark>knots</mark>&lt;/script&gt;" in page
    assert "<mark>Knots</mark> &lt;img" in page


def test_what_was_typed_cannot_carry_markup(ask):
    assert "<b>bold" not in ask('"><b>bold').text


def test_the_title_holds_the_query_and_robots_stay_out(ask):
    response = ask("bowline")

    assert "<title>bowline – search – Waymark</title>" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_empty_form_may_be_indexed(client, db):
    response = client.get("/search/")

    assert ("noindex" in response.text, "X-Robots-Tag" in response.headers) == (False, False)


def test_a_search_reads_no_session_and_sets_no_cookie(ask):
    response = ask("bowline")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_filter_counts_every_kind_and_keeps_the_query(ask):
    indexed(
        ArticleFactory(title="Knots one"), ArticleFactory(title="Knots two"), RoleFactory(name="Knots maker")
    )
    response = ask("knots", kind="role")

    assert [(choice["name"], choice["count"]) for choice in response.context["filters"]] == [
        ("", 3),
        ("article", 2),
        ("role", 1),
    ]
    assert "/search/?q=knots&amp;kind=article" in response.text
    assert [hit.kind.name for hit in response.context["results"].hits] == ["role"]


def test_results_go_on_over_pages_that_keep_query_and_kind(ask):
    indexed(*ArticleFactory.create_batch(12, title="C# knots"))
    first, second = ask("C# knots", kind="article"), ask("C# knots", kind="article", page="2")

    assert 'rel="next" href="/search/?q=C%23+knots&amp;kind=article&amp;page=2"' in first.text
    assert "12 results in articles, page 1 of 2" in first.text
    assert len(second.context["results"].hits) == 2
    assert 'rel="prev" href="/search/?q=C%23+knots&amp;kind=article"' in second.text


@pytest.mark.parametrize(
    "page", ["0", "-1", "2", "1.5", "abc", "", "٣", "01", "9" * 5000, "1e9", "\x00", "[]"]
)
def test_a_page_that_makes_no_sense_is_not_found(ask, page):
    assert ask("knots", page=page).status_code == 404


@pytest.mark.parametrize("kind", ["nonsense", "Article", "\x00", "x" * 5000])
def test_a_kind_that_does_not_exist_is_not_found(ask, kind):
    assert ask("knots", kind=kind).status_code == 404


@pytest.mark.parametrize("typed", WILD, ids=lambda typed: ascii(typed)[:20])
def test_whatever_is_typed_gets_a_page(ask, typed):
    indexed(ArticleFactory(title="Python and Java"))
    response = ask(typed.encode("utf-8", "replace").decode())

    assert response.status_code == 200
    assert len(response.content) < 30_000


@pytest.mark.parametrize(
    "raw", ["q=%FF%FE", "q=%00", "q=%ED%A0%80", "q", "q=a&q=b", "%00=1", "q[]=x", "q=%", "kind="]
)
def test_a_broken_address_gets_a_page(client, raw):
    assert client.get(f"/search/?{raw}").status_code == 200


def test_a_long_query_is_answered_and_says_that_it_was_cut(ask):
    indexed(ArticleFactory(title="Word"))
    response = ask("word " * 1000)

    assert "we used the first 12 words" in response.text
    assert response.context["results"].total == 1


def test_an_empty_search_offers_ways_on(ask):
    article = ArticleFactory(hashtags=["knots"])
    role = RoleFactory()
    page = ask().text

    for link in [article.category.get_absolute_url(), "/tag/knots/", role.get_absolute_url()]:
        assert f'href="{link}"' in page
    assert "<title>Search – Waymark</title>" in page


def test_nothing_found_is_never_an_empty_page(ask):
    article = ArticleFactory(hashtags=["knots"])
    page = ask("xylophone").text

    assert "Nothing found" in page
    assert article.category.get_absolute_url() in page


def test_nothing_in_a_kind_names_the_kinds_that_have_something(ask):
    indexed(ArticleFactory(title="Knots"))
    page = ask("knots", kind="skill").text

    assert "Nothing in skills" in page
    assert "/search/?q=knots&amp;kind=article" in page


def test_only_leaving_out_is_explained(ask):
    assert "only what to leave out" in ask("-python").text


def test_ways_on_lead_to_no_empty_listing(ask):
    DraftFactory(hashtags=["secret"], category=CategoryFactory(name="Unopened"))
    ArticleFactory(hashtags=["tomorrow"], published_at=timezone.now() + timedelta(days=1))
    page = ask().text

    for hidden in ["secret", "Unopened", "tomorrow"]:
        assert hidden not in page


def test_only_get_and_head_are_answered(client):
    assert client.post(reverse("search")).status_code == 405
    assert client.head(reverse("search")).status_code == 200


@pytest.mark.parametrize("query", ["knots", "", "xylophone"])
def test_a_search_costs_the_same_with_two_rows_and_with_ten(ask, query):
    ArticleFactory.create_batch(2, title="Knots", hashtags=["one", "two"])
    list(rebuild())
    with CaptureQueriesContext(connection) as few:
        ask(query)
    ArticleFactory.create_batch(8, title="Knots", hashtags=["one", "two", "three", "four"])
    RoleFactory.create_batch(8)
    list(rebuild())
    with CaptureQueriesContext(connection) as many:
        ask(query)

    assert len(few) == len(many) <= 14


@pytest.mark.parametrize("query", ["python", "nothing like it"])
def test_ten_hits_of_each_kind_cost_what_two_cost(client, count_queries, query):
    costs = []
    for count in (2, 8):
        rows = [make(**{name: f"Python {count} {n}"}) for n in range(count) for make, name in NAMED]
        indexed(*rows)
        costs.append(count_queries(client, reverse("search") + f"?q={query}"))

    assert costs[0] == costs[1]


def test_results_are_narrowed_by_what_the_address_says_and_widened_by_a_link(ask):
    data, other = CategoryFactory(name="Data", slug="data"), CategoryFactory(name="Other", slug="other")
    one, two = ArticleFactory(title="Knots", category=data), ArticleFactory(title="Knots too", category=other)
    indexed(one, two)

    html = ask("knots", category="data").text

    assert f'href="{one.get_absolute_url()}"' in html
    assert f'href="{two.get_absolute_url()}"' not in html
    assert "Category: Data" in html
    assert 'href="/search/?q=knots"' in html
    assert '<input type="hidden" name="category" value="data">' in html


@pytest.mark.parametrize(("facet", "value"), [("category", "no such"), ("tag", "\x00"), ("year", "<b>")])
def test_a_value_that_cannot_be_one_is_no_page(ask, facet, value):
    assert ask("knots", **{facet: value}).status_code == 404


def test_a_value_that_nothing_has_is_said_and_can_be_removed(ask):
    indexed(ArticleFactory(title="Knots"))

    html = ask("knots", tag="nowhere").text

    assert "There is nothing with all of that chosen" in html
    assert "Hashtag: nowhere" in html


def test_a_passage_says_the_heading_that_it_is_under_and_leads_there(ask):
    article = ArticleFactory(title="Ropes", body="<p>Some.</p><h2>On hitches</h2><p>The bowline holds.</p>")
    indexed(article)

    assert f'<a href="{article.get_absolute_url()}#s-on-hitches">On hitches</a>' in ask("bowline").text


def test_a_correction_is_told_with_its_count(ask):
    indexed(ArticleFactory(title="Bowlines"))

    html = ask("bowlnies").text

    assert "Nothing found for" in html
    assert "1 result for" in html


def test_suggestions_are_ten_at_most_and_those_that_begin_so_first(client):
    indexed(*ArticleFactory.create_batch(11, title="About splicing"), SkillFactory(name="Splicing"))

    response = client.get(reverse("search-suggest"), {"q": "splic"})

    assert len(response.json()["suggestions"]) == 10
    assert response.json()["suggestions"][0]["title"] == "Splicing"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_suggestions_never_name_what_readers_may_not_see(client):
    indexed(DraftFactory(title="Splicing canary"))

    assert client.get(reverse("search-suggest"), {"q": "splic"}).json() == {"suggestions": []}


@pytest.mark.parametrize("query", ["", '"', "-x", "\x00", b"\xed\xa0\x80", "a" * 9_000])
def test_suggestions_answer_anything(client, query):
    assert client.get(reverse("search-suggest"), {"q": query}).status_code == 200
