"""What PostgreSQL needs so that it plans a query once and not each time it is asked."""

from typing import Any, Final

from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]
from psycopg import adapters
from psycopg.abc import PyFormat
from psycopg.adapt import Dumper
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import IntBinaryDumper

from blog.prepared import ONCE

SMALL: Final = 2**15
STATEMENTS: Final = 400  # kept by each connection, some 50 kB each; all public pages have about two hundred


# A migration made a column longer, or somebody in between took the session's plans away.
OUTDATED: Final = (FeatureNotSupported, InvalidSqlStatementName)


class Cursor(ServerBindingCursor):  # type: ignore[misc]
    """Has only those queries planned once that say they may be: the server's guess at values that it does not
    know has been a hundred times slower than what it plans for those that are asked for."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if not (type(query) is str and query.endswith(ONCE)):
            return super().execute(query, params, **{**options, "prepare": False})
        try:
            return super().execute(query, params, **options)
        except OUTDATED:
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")  # the driver forgets them, too
            return super().execute(query, params, **options)


class NumberDumper(IntBinaryDumper):
    """Whole numbers as ``integer`` also where they would fit into ``smallint``.

    Types are part of what a prepared statement is known by: with two sizes, a list of eight keys could have
    256 of them.
    """

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:
        return super().upgrade(SMALL if -SMALL <= obj < SMALL else obj, format)


def give_numbers_one_size() -> None:
    """On all connections to come."""
    adapters.register_dumper(int, NumberDumper)


def keep_statements(connection: Any, **kwargs: object) -> None:
    """Of a connection that was just made. The driver keeps a hundred, and plans anew what it let go."""
    if connection.vendor == "postgresql" and connection.connection.prepare_threshold is not None:
        connection.connection.prepared_max = STATEMENTS
        connection.connection.cursor_factory = Cursor
