"""What goes straight to the driver is asked as Django would ask it, and whoever listens hears it."""

import pytest
from django.db import Error, connection, transaction
from django.db.transaction import TransactionManagementError

from blog.models import Category
from blog.straight import for_sqlite, rows_of
from tests.factories import CategoryFactory

pytestmark = pytest.mark.django_db

NAMES = "SELECT name FROM blog_category WHERE name LIKE %s ORDER BY name"


class Told:
    """Listens without being in between."""

    def __init__(self):
        self.of = []

    def heard(self, sql, parameters, rows):
        self.of.append((sql, parameters, rows))

    def __call__(self, execute, sql, params, many, context):
        self.of.append("in between")
        return execute(sql, params, many, context)


def told_of(ask):
    told = Told()
    with connection.execute_wrapper(told):
        ask()
    return told.of


def test_the_rows_are_those_of_a_cursor_of_django():
    CategoryFactory(name="100 % yours")
    sql = "SELECT id, name, description, name LIKE '100 %%' FROM blog_category WHERE name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, ["100 % yours"])
        expected = cursor.fetchall()

    assert [tuple(row) for row in rows_of(connection, sql, ("100 % yours",))] == expected
    assert len(expected) == 1


def test_whoever_listens_is_told_of_all_rows():
    CategoryFactory(name="One")
    CategoryFactory(name="Other")

    told = told_of(lambda: rows_of(connection, NAMES, ("O%",)))
    assert told == [(NAMES, ("O%",), [("One",), ("Other",)])]


def test_whoever_wants_to_be_in_between_is():
    seen = []

    def between(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        told = told_of(lambda: rows_of(connection, NAMES, ("O%",)))

    assert seen == [NAMES]
    assert told == ["in between"]


def test_what_is_asked_can_be_counted(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows_of(connection, NAMES, ("O%",))


def test_a_question_that_fails_is_an_error_of_django_and_told():
    def ask():
        with transaction.atomic(), pytest.raises(Error), transaction.atomic():
            rows_of(connection, "SELECT nothing FROM nowhere", ())

    assert ("SELECT nothing FROM nowhere", (), None) in told_of(ask)


def test_in_a_broken_transaction_nothing_is_asked():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            rows_of(connection, NAMES, ("O%",))


def test_a_connection_is_looked_at_before_it_is_used(monkeypatch):
    looked = []
    monkeypatch.setattr(connection, "close_if_health_check_failed", lambda: looked.append("health"))
    monkeypatch.setattr(connection, "ensure_connection", lambda: looked.append("there"))
    rows_of(connection, NAMES, ("O%",))

    assert looked == ["health", "there"]


@pytest.mark.postgresql  # in memory, SQLite's holds the database
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_is_opened():
    Category.objects.create(name="One", slug="one")
    connection.close()

    assert len(rows_of(connection, NAMES, ("One",))) == 1


@pytest.mark.parametrize(
    ("sql", "names", "expected"),
    [
        ("a = %s AND b = %s", None, "a = ? AND b = ?"),
        ("a LIKE '%%s' AND b = %s", None, "a LIKE '%s' AND b = ?"),
        ("a = %(one)s", ("one",), "a = :one"),
    ],
)
def test_sqlite_has_signs_of_its_own(sql, names, expected):
    assert for_sqlite(sql, names) == expected
