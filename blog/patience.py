"""How long somebody waits for the right to write: a save as long as the settings say, a reader less."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """SQLite has one writer at a time; on PostgreSQL ``lock_timeout`` is short for everyone."""
    if connection.vendor != "sqlite":
        yield
        return
    _wait(seconds)
    try:
        yield
    finally:
        _wait(connection.settings_dict["OPTIONS"].get("timeout", 5))


def _wait(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
