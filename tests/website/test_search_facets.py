from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, CredentialFactory
from website.search import sqlite, words
from website.search.facets import Sampled, Value, counted, kinds_counted, label_of, lines, needle

DATA, AI = Value("category", "data", "Data"), Value("category", "ai", "AI")
SQL = Value("tag", "sql", "#SQL")
WITH_SQL = f"{needle('tag', 'sql')}#SQL\n"
ROWS = [
    Sampled("article", f"{needle('category', 'data')}Data\n{WITH_SQL}"),
    Sampled("article", f"{needle('category', 'ai')}AI\n{WITH_SQL}"),
    Sampled("role"),
]


def test_a_row_is_read_as_it_was_written():
    text = f"{needle('tag', 'sql')}#SQL\n{needle('year', '2026')}2026\n"

    assert Sampled("article", text).values == (SQL, Value("year", "2026", "2026"))
    assert Sampled("role").values == ()


def test_no_value_asks_for_nothing():
    assert needle("tag", "") == ""


def test_a_value_is_not_found_by_its_beginning():
    assert needle("tag", "sq") not in f"{needle('tag', 'sql')}#SQL\n"


def test_each_facet_is_counted_under_the_others_only():
    found = counted(ROWS, {"category": "data"})

    assert found["category"] == {DATA: 1, AI: 1}
    assert found["tag"] == {SQL: 1}


def test_kinds_are_counted_under_the_facets():
    assert kinds_counted(ROWS, {}) == {"article": 2, "role": 1}
    assert kinds_counted(ROWS, {"category": "ai", "kind": "role"}) == {"article": 1}


def test_a_choice_is_called_what_a_page_that_has_it_calls_it():
    assert label_of(ROWS, "category", "ai") == "AI"
    assert label_of(ROWS, "category", "a") == "a"


@pytest.mark.django_db
def test_an_article_has_its_category_hashtags_authors_and_year():
    article = ArticleFactory(
        category=CategoryFactory(name="Data", slug="data"),
        hashtags=["SQL"],
        authors=[AuthorFactory(name="A\ndesk", slug="desk")],
        published_at=datetime(2025, 3, 1, tzinfo=UTC),
    )
    values = Sampled("article", lines("blog.Article", article)).values

    assert values == (DATA, SQL, Value("author", "desk", "A desk"), Value("year", "2025", "2025"))


@pytest.mark.django_db
def test_a_certification_has_its_level_and_provider_and_a_skill_has_nothing():
    credential = CredentialFactory(level="associate")
    values = Sampled("certification", lines("careers.Credential", credential)).values

    assert values[0] == Value("level", "associate", "Associate")
    assert values[1].value == credential.provider.slug
    assert lines("careers.Skill", object()) == ""


@pytest.mark.django_db
def test_counting_reads_an_index_and_not_the_texts():
    """In SQLite, where the facets of a page stand behind its texts."""
    if connection.vendor == "sqlite":
        sql, asked = sqlite.sample(words.parse("python"), 0, datetime(2026, 6, 1, tzinfo=UTC))
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", asked | {"sample": 500})
            plan = str(cursor.fetchall())

        assert "SEARCH d USING COVERING INDEX website_search_sampled" in plan
