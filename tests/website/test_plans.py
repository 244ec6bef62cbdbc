"""SQLite plans as for a large site, whatever the site is."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.statistics import ARTICLE, LIKE_THE_DEMO, multiplied
from blog.models import Article, ArticleHashtag
from tests.factories import ArticleFactory
from website import plans

NOW = timezone.now()
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def given():
    yield
    plans.after_migrate("default")


def rows(sql):
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def told():
    return set(rows("SELECT tbl, idx, stat FROM sqlite_stat1")) & plans.known()


def without_statistics():
    rows("DELETE FROM sqlite_stat1")
    rows("ANALYZE sqlite_schema")


def of_these_articles():
    """As ANALYZE leaves them on a new site."""
    ArticleFactory.create_batch(3, hashtags=["Python"])
    rows("ANALYZE")


def plan_of_a_list():
    return Article.objects.public(NOW).filter(pk__in=range(1, 13)).order_by().explain()


def test_every_table_and_index_that_is_told_of_is_there():
    indexes = rows("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    tables = {(model._meta.db_table, None) for model in apps.get_models(include_auto_created=True)}

    assert {row[:2] for row in plans.known()} <= {*indexes, *tables}


@pytest.mark.parametrize("model", [Article, ArticleHashtag])
def test_every_index_of_the_largest_tables_is_told_of(model):
    """If a new one is not: python -m benchmarks.statistics."""
    names = {index.name for index in model._meta.indexes if not index.condition}

    assert names <= {index for _, index, _ in plans.known()}


def test_migrating_tells_all_of_it_and_a_second_time_writes_nothing():
    without_statistics()
    call_command("migrate", verbosity=0)
    assert told() == plans.known()

    with CaptureQueriesContext(connection) as queries:
        plans.after_migrate("default")

    assert {query["sql"].split()[0] for query in queries} == {"BEGIN", "SELECT", "COMMIT"}


@pytest.mark.parametrize("before", [without_statistics, of_these_articles])
def test_a_list_of_articles_is_found_by_its_keys_and_would_not_be_otherwise(before):
    before()
    assert "article_newest" in plan_of_a_list()

    plans.after_migrate("default")

    assert "PRIMARY KEY" in plan_of_a_list()


def test_statistics_of_other_tables_stay():
    rows("ANALYZE")
    theirs = rows("SELECT tbl FROM sqlite_stat1 WHERE tbl = 'auth_permission'")

    plans.after_migrate("default")

    assert theirs
    assert rows("SELECT tbl FROM sqlite_stat1 WHERE tbl = 'auth_permission'") == theirs


def test_the_file_is_as_json_writes_it():
    text = plans.FILE.read_text()

    assert json.dumps(json.loads(text), indent=1, sort_keys=True) + "\n" == text


@pytest.mark.parametrize(
    ("stat", "by_article", "expected"),
    [
        ("60 5 1", True, "600 5 1"),
        ("60 5 1", False, "600 50 1"),
        ("3 3 sz=9", False, "30 30 sz=9"),
    ],
)
def test_a_sample_is_multiplied_but_for_what_is_an_articles_own(stat, by_article, expected):
    assert multiplied(stat, 10, led_by_article=by_article) == expected


def test_what_is_multiplied_is_a_table_whose_rows_are_of_an_article():
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}

    assert {ARTICLE} == {tables[name]._meta.get_field("article").column for name in LIKE_THE_DEMO}
