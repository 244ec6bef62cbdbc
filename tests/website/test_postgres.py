"""What PostgreSQL plans once: the same statement, whatever the numbers in it."""

import pytest
from django.db import NotSupportedError, connection, transaction
from psycopg.types.numeric import IntBinaryDumper

from blog.models import Article
from blog.prepared import ONCE, Prepared
from blog.questions import KEY
from website.postgres import STATEMENTS, NumberDumper
from website.search.matching import search

from .test_search import NOW, page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NUMBERS = [1, 2**14, 2**15, 2**20, -1]


def statements_for(numbers) -> int:
    """How many statements are kept of one query that is asked with each of ``numbers`` often."""
    titles = Prepared(Article, lambda key: Article.objects.filter(pk=key).values_list("title"), key=KEY)
    for number in numbers:
        for _ in range(10):
            titles(key=number)
    return kept('%SELECT%"title"%')


def kept(like: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [like])
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def new_connection():
    """One that has planned nothing yet."""
    connection.close()
    connection.ensure_connection()


def test_a_query_is_planned_once_whatever_its_numbers():
    assert statements_for(NUMBERS) == 1


def test_with_numbers_as_the_driver_sends_them_it_is_planned_more_often():
    """The control."""
    adapters = connection.connection.adapters
    adapters.register_dumper(int, IntBinaryDumper)
    try:
        assert statements_for(NUMBERS) > 1
    finally:
        adapters.register_dumper(int, NumberDumper)


@pytest.mark.parametrize(("ending", "number"), [("", 0), (ONCE, 1)], ids=["any", "once"])
def test_only_what_says_so_is_planned_once(ending, number):
    with connection.cursor() as cursor:
        for _ in range(10):
            cursor.execute(f"SELECT 1 AS one_of_mine WHERE 1 = %s {ending}", [1])

    assert kept("%AS one_of_mine%") == number


def test_a_search_is_planned_for_its_words():
    page("Python")
    for _ in range(10):
        assert search("python", now=NOW).hits

    assert kept("%vector @@%") == 0


def test_a_connection_keeps_the_plans_of_all_public_pages():
    assert connection.connection.prepared_max == STATEMENTS


def test_numbers_of_every_size_arrive_as_they_are():
    numbers = [0, -(2**15), 2**15 - 1, 2**15, 2**31 - 1, 2**31, -(2**63), 2**63 - 1, 10**30]
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT %s::numeric::text", [number])
            assert cursor.fetchone()[0] == str(number)


# --- Plans that are out of date --------------------------------------------------


@pytest.fixture
def planned():
    """A question that is planned, of a table of its own; and another connection, as a migration has."""
    asked = f"SELECT word FROM planned {ONCE}"
    other = connection.copy()
    with other.cursor() as cursor, connection.cursor() as ours:
        cursor.execute("CREATE TABLE planned AS SELECT 'old'::varchar(5) AS word")
        for _ in range(10):
            ours.execute(asked)
        assert kept("%planned%") == 1
        yield asked, cursor
        cursor.execute("DROP TABLE planned")
    other.close()


LONGER = "ALTER TABLE planned ALTER COLUMN word TYPE varchar(9)"


def test_a_column_that_got_longer_meanwhile_is_planned_anew(planned):
    asked, migration = planned
    migration.execute(LONGER)

    with connection.cursor() as cursor:
        for _ in range(10):
            cursor.execute(asked)
            assert cursor.fetchall() == [("old",)]
    assert kept("%planned%") == 1


def test_plans_that_somebody_took_away_are_made_anew(planned):
    asked, _ = planned
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")

    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchall() == [("old",)]


def test_within_a_transaction_that_is_broken_already_nothing_is_tried_again(planned):
    asked, migration = planned
    migration.execute(LONGER)

    with pytest.raises(NotSupportedError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)

    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchall() == [("old",)]
