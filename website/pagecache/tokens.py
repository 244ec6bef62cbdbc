"""What tells exactly, and cheaply, whether anything was committed since: the version token of each database.

Two equal tokens mean that whoever reads between them reads one and the same state, whoever writes elsewhere.
"""

import mmap
import os
import select
import sqlite3
import struct
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol
from urllib.parse import quote

from django.db.backends.base.base import BaseDatabaseWrapper

from . import replaced

PATIENCE: Final = 0.5  # seconds that a reader waits for the database to say whether a page is still right
RESTS: Final = 1.0  # seconds that a database is left alone after it let a reader wait in vain
LOOKS_EVERY: Final = 1.0  # seconds after which it is looked at whether a database's file is still the same
CONNECT_TIMEOUT: Final = 2  # seconds; libpq takes no fewer


class Unavailable(Exception):
    """The database does not say; what it held last is the best there is."""


class Tokens(Protocol):
    def read(self) -> Hashable: ...


def tokens_of(connection: BaseDatabaseWrapper) -> Tokens:
    if connection.vendor == "sqlite":
        return SqliteTokens(str(connection.settings_dict["NAME"]), on_replaced=replaced.leave_all)
    parameters = connection.get_connection_params()
    is_prepared = parameters.get("prepare_threshold") is not None
    return PostgresTokens(_connection_line(parameters), is_prepared=is_prepared)


@dataclass(slots=True)
class Index:
    """``known``: what was read last, and the token made of it."""

    shared: mmap.mmap
    opened: int
    known: tuple[bytes, Hashable] = (b"", None)


class SqliteTokens:
    """The header of the index of SQLite's log, which every commit changes, read where SQLite keeps it.

    The format is published (sqlite.org/walformat.html) and holds two copies, which differ only while one is
    being written. Where it cannot be had, ``PRAGMA data_version`` says the same for fifteen times the price.
    """

    HEADER: Final = 48
    VERSION: Final = 3007000

    def __init__(
        self,
        path: str,
        *,
        on_replaced: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._on_replaced, self._clock = on_replaced, clock
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._index: Index | None = None
        self._file: tuple[int, int] | None = None
        self._opened = 0  # two files that nobody has written to yet have the same header
        self._looks_at = 0.0

    def read(self) -> Hashable:
        if self._clock() >= self._looks_at:
            self._look()
        index = self._index
        if index is None:
            version = self._asked()  # which may have found the index
            index = self._index
            if index is None:
                return version
        both, (known, token) = index.shared[: 2 * self.HEADER], index.known
        return token if both == known else self._token_of(both, index)

    def _token_of(self, both: bytes, index: "Index") -> Hashable:
        first = both[: self.HEADER]
        if first != both[self.HEADER :]:
            return self._asked()
        token = first, index.opened
        index.known = both, token
        return token

    def _look(self) -> None:
        """Whether another file lies there by now, as after a restore: this one would never change again."""
        with self._lock:
            self._looks_at = self._clock() + LOOKS_EVERY
            if self._connection is None or self._file == self._identity():
                return
            _HELD.append(self._connection)  # closing it would tidy up beside the new file
            self._on_replaced()  # before anyone can get a token of the new one
            self._connection = self._index = None

    def _identity(self) -> tuple[int, int]:
        try:
            stat = Path(self.path).stat()
        except OSError as error:
            self._looks_at = 0.0
            raise Unavailable from error
        return stat.st_dev, stat.st_ino

    def _asked(self) -> Hashable:
        """Of one connection that never writes: it sees the commits of all others, and numbers them."""
        try:
            with self._lock:
                connection = self._connection or self._open()
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                return "data_version", version, self._opened
        except sqlite3.Error as error:
            raise Unavailable from error

    def _open(self) -> sqlite3.Connection:
        """Kept for good: while it is open, nobody takes the index away."""
        self._file = self._identity()
        uri = f"file:{quote(self.path)}?mode=ro"
        connection = sqlite3.connect(
            uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._opened += 1
        self._index = self._mapped()
        self._connection = connection
        return connection

    def _mapped(self) -> "Index | None":
        """Never closed: closing any handle of a file gives up all locks that a process has on it."""
        try:
            handle = os.open(f"{self.path}-shm", os.O_RDONLY)
            _HELD.append(handle)
            index = mmap.mmap(handle, 2 * self.HEADER, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None
        _HELD.append(index)
        (version,) = struct.unpack_from("=I", index, 0)
        return Index(index, self._opened) if version == self.VERSION and index[12] == 1 else None


_HELD: list[Any] = []


class PostgresTokens:
    """``pg_current_snapshot()``: which transactions count as over. It changes with every commit, of anyone.

    One connection for a process. Those who wait for it share the answer to one question, if it was put after
    they had come: so that a question serves many when there are many. ``is_prepared``: whether nobody stands
    between who could give each question to another session, which does not know what was prepared.
    """

    QUESTION: Final = b"SELECT pg_current_snapshot()::text"

    def __init__(
        self, line: str, *, is_prepared: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.line = line.encode()
        self._is_prepared, self._clock = is_prepared, clock
        self._lock = Lock()
        self._connection: Any = None
        self._opened = self._put = self._answered = 0
        self._answer: Hashable = None
        self._rests_until = 0.0

    def read(self) -> Hashable:
        came = self._put
        if not self._lock.acquire(timeout=PATIENCE):
            raise Unavailable
        try:
            if self._answered <= came:
                self._answer, self._answered = self._ask(), self._put
            return self._answer
        finally:
            self._lock.release()

    def _ask(self) -> Hashable:
        if self._clock() < self._rests_until:
            raise Unavailable
        self._put += 1
        is_old = self._connection is not None
        try:
            snapshot = self._snapshot()
        except Exception as error:
            self._forget()
            if is_old and not isinstance(error, TimeoutError):  # an idle connection may have been closed
                return self._ask()
            if isinstance(error, TimeoutError):
                self._rests_until = self._clock() + RESTS
            raise Unavailable from error
        return snapshot, self._opened

    def _snapshot(self) -> bytes:
        connection = self._connection or self._open()
        if self._is_prepared:
            connection.send_query_prepared(b"token", None)
        else:
            connection.send_query_params(self.QUESTION, None)
        connection.flush()
        until = self._clock() + PATIENCE
        while True:
            if not self._poll.poll(max(0, until - self._clock()) * 1000):
                raise TimeoutError
            connection.consume_input()
            if not connection.is_busy():
                break
        result = connection.get_result()
        value = result.get_value(0, 0)
        while connection.get_result():
            pass
        if not value:
            raise ConnectionError(result.error_message)
        return bytes(value)

    def _open(self) -> Any:
        from psycopg import pq

        began = self._clock()
        connection = pq.PGconn.connect(self.line)
        if connection.status != pq.ConnStatus.OK:
            slow = self._clock() - began > PATIENCE
            raise TimeoutError if slow else ConnectionError(connection.error_message)
        if self._is_prepared:
            connection.prepare(b"token", self.QUESTION)
        self._poll = select.poll()
        self._poll.register(connection.socket, select.POLLIN)
        self._connection = connection
        self._opened += 1
        return connection

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.finish()
        self._connection = None


def _connection_line(parameters: dict[str, Any]) -> str:
    """As Django connects, without what only its own connections understand."""
    from psycopg.conninfo import make_conninfo

    ours = ("cursor_factory", "context", "prepare_threshold", "pool")
    known = {name: value for name, value in parameters.items() if name not in ours}
    return make_conninfo(**{"connect_timeout": CONNECT_TIMEOUT, **known})
