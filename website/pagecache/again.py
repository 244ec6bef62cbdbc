"""The same questions once more, as quickly as the driver takes them: without what Django does around each."""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import connection

from blog.straight import Parameters, for_sqlite

Question = tuple[str, Parameters, int]  # the last is how many rows matter


def answers(questions: Iterable[Question]) -> Generator[list[Any], None, None]:
    """Of the default database, one by one, as rows of the driver; more may come than matter.

    Raises Django's ``Error``. To be closed by who wants no more. On PostgreSQL all are sent at once, so that
    they cost one way there and back. Where somebody listens, as while a page is made, or writes down what is
    asked, they go the usual way.
    """
    if connection.execute_wrappers or connection.queries_logged:
        yield from _as_usual(questions)
        return
    with connection.cursor() as cursor, connection.wrap_database_errors:
        yield from _WAYS[connection.vendor](cursor.cursor, questions)


def _as_usual(questions: Iterable[Question]) -> Iterator[list[Any]]:
    for sql, parameters, rows in questions:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            yield cursor.fetchmany(rows)


def _of_sqlite(cursor: Any, questions: Iterable[Question]) -> Iterator[list[Any]]:
    for sql, parameters, rows in questions:
        if parameters is None:
            sqlite3.Cursor.execute(cursor, sql)
        else:
            names = tuple(parameters) if isinstance(parameters, Mapping) else None
            sqlite3.Cursor.execute(cursor, for_sqlite(sql, names), parameters)
        yield cursor.fetchmany(rows)


def _of_postgresql(first: Any, questions: Iterable[Question]) -> Iterator[list[Any]]:
    with first.connection.pipeline():
        asked = [(connection.create_cursor(), question) for question in questions]
        for cursor, (sql, parameters, _) in asked:
            cursor.execute(sql, parameters)
        for cursor, (_, _, rows) in asked:
            yield cursor.fetchmany(rows)


_WAYS: Final[dict[str, Callable[[Any, Iterable[Question]], Iterator[list[Any]]]]] = {
    "sqlite": _of_sqlite,
    "postgresql": _of_postgresql,
}
