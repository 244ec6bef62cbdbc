"""What SQLite is told of the sizes of tables: those of a large site, on every site.

It plans a query by statistics that it never takes by itself. Without any, or with those of a new site, it
goes through all articles for the twelve of a list: with a hundred thousand, the page of a hashtag takes 68 ms
instead of 6, and 1.4 s by the statistics of fourteen. Taken anew they reach no connection that is open
already. So they are not taken but given, as its makers propose for plans that shall not change
(``sqlite.org/lang_analyze.html``, "Fixed Results Of ANALYZE"). On a small site any plan is quick.

``python -m benchmarks.statistics`` takes them from a synthetic site.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import connections, transaction

FILE: Final = Path(__file__).with_name("sqlite_statistics.json")
# A table, an index or None for the table itself, and rows, then rows for each value of the first columns.
Row = tuple[str, str | None, str]


def after_migrate(using: str, **kwargs: object) -> None:
    connection = connections[using]
    if connection.vendor == "sqlite":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            give(cursor)


def give(cursor: Any) -> None:
    """To this connection at once, and to others that are opened from now on."""
    indexes = set(cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'").fetchall())
    wanted = {row for row in known() if row[1] is None or row[:2] in indexes}
    tables = json.dumps(sorted({table for table, *_ in known()}))
    if set(given(cursor, tables)) == wanted:
        return
    cursor.execute("ANALYZE django_migrations")  # makes the table of statistics, which only SQLite can
    for statistics in _kept_in(cursor):
        ours = f"DELETE FROM {statistics} WHERE tbl IN (SELECT value FROM json_each(%s))"  # noqa: S608 -- its own two
        cursor.execute(ours, [tables])
    cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", list(wanted))
    cursor.execute("ANALYZE sqlite_schema")  # which reads them


@cache
def known() -> frozenset[Row]:
    found = json.loads(FILE.read_text())
    return frozenset(
        (table, index or None, stat) for table, indexes in found.items() for index, stat in indexes.items()
    )


def given(cursor: Any, tables: str) -> Iterator[Row]:
    """``tables``: their names, in JSON."""
    if "sqlite_stat1" in _kept_in(cursor):
        ours = "SELECT tbl, idx, stat FROM sqlite_stat1 WHERE tbl IN (SELECT value FROM json_each(%s))"
        yield from cursor.execute(ours, [tables]).fetchall()


def _kept_in(cursor: Any) -> list[str]:
    """Samples of values (``sqlite_stat4``) would count for more than what is given."""
    found = cursor.execute("SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')")
    return [name for (name,) in found.fetchall()]
