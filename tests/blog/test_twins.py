from datetime import date

import pytest

from blog.importing.manuscripts import read_manuscript
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db

BODY = "<h2>Why</h2>\n<p>Knots <strong>hold</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"


def test_a_twin_comes_back_through_the_import_with_its_fields(client):
    article = ArticleFactory(
        title="On knots: all of them",
        slug="knots",
        body=BODY,
        summary="What every knot is for, and how to tie it in the dark.",
        category=CategoryFactory(name="Ropes"),
        authors=[AuthorFactory(name="Ada Lane"), AuthorFactory(name="Bo Reed")],
        hashtags=["knots", "C++"],
    )

    made = read_manuscript(client.get("/blog/knots.md").content.decode(), name="knots.md")

    assert made.body == article.body
    assert (made.title, made.summary, made.category) == (article.title, article.summary, "Ropes")
    assert made.authors == ["Ada Lane", "Bo Reed"]
    assert made.published == article.published_at.date()
    assert made.hashtags == "knots, C++"


def test_a_live_block_is_filled_and_says_when_it_was_checked(client):
    RoleFactory(name="Rigger", slug="rigger", checked_on=date(2026, 3, 1))
    ArticleFactory(slug="two", body='<careers-block data-kind="role-card" data-ref="rigger"></careers-block>')

    text = client.get("/blog/two.md").content.decode()

    assert "Rigger](/careers/roles/rigger/)" in text
    assert "1 March 2026" in text


def test_nobody_sees_the_twin_of_a_draft(client):
    DraftFactory(slug="secret")

    assert client.get("/blog/secret.md").status_code == 404


def test_hostile_words_are_only_words(client):
    ArticleFactory(slug="bad", title="<script>alert(1)</script>\n---\nx: y")

    answer = client.get("/blog/bad.md")

    assert "# &lt;script&gt;alert(1)&lt;/script&gt; --- x: y" in answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_twin_costs_as_much_with_ten_hashtags_as_with_two(client, count_queries):
    ArticleFactory(slug="few", hashtags=["a", "b"], authors=[AuthorFactory()])
    ArticleFactory(slug="many", hashtags=list("abcdefghij"), authors=AuthorFactory.create_batch(5))

    assert count_queries(client, "/blog/few.md") == count_queries(client, "/blog/many.md")
