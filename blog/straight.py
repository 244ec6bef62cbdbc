"""Questions straight to the driver: what Django does around each takes longer than most answers."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

Parameters = Mapping[str, Any] | tuple[Any, ...] | None
Rows = list[Any]


class Listener(Protocol):
    """An execute wrapper of Django's that need not be in between, if it is told."""

    def heard(self, sql: str, parameters: Parameters, rows: Rows | None) -> None:
        """``rows`` are all there are; None means that the question failed."""


def rows_of(connection: Any, sql: str, parameters: tuple[Any, ...]) -> Rows:
    """All of them. Raises Django's ``Error``.

    Whoever wants to be in between, or to write down what is asked, has it asked the usual way.
    """
    listeners: list[Listener] = connection.execute_wrappers
    if connection.queries_logged or not all(hasattr(one, "heard") for one in listeners):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            usual: Rows = cursor.fetchall()
            return usual
    rows = None
    try:
        rows = _straight(connection, sql, parameters)
        return rows
    finally:
        for listener in listeners:
            listener.heard(sql, parameters, rows)


def _straight(connection: Any, sql: str, parameters: tuple[Any, ...]) -> Rows:
    # As before any cursor of Django's: a connection that died is opened anew, and of a broken transaction
    # nothing is asked.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            answer = connection.connection.execute(for_sqlite(sql), parameters)
        else:
            answer = connection.create_cursor().execute(sql, parameters)
        rows: Rows = answer.fetchall()
        return rows


@lru_cache(maxsize=2000)
def for_sqlite(sql: str, names: tuple[str, ...] | None = None) -> str:
    """With SQLite's signs for parameters. Django writes them anew whenever it executes something."""
    convert: Any = SQLiteCursorWrapper.convert_query  # type: ignore[attr-defined]
    written: str = convert(None, sql, param_names=names)
    return written
