"""A copy of the database for reading (``REPLICA_URL``), asked only once it holds all that was committed.

The page cache keeps what is made under the primary's token, so a page of an old state must never be made:
where the replica is behind, or away, the primary answers, and nobody sees a difference.
"""

import logging
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

REPLICA: Final = "replica"
RESTS: Final = 5.0  # seconds that a replica is left alone after it failed
NEVER_READ_THERE: Final = ("/admin/", "/healthz", "/readyz", "/static/", "/media/")
# In this order: what counts as committed was written before, so it lies before that place in the log.
STATE_AND_LOG: Final = "SELECT pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text"
HAS_REPLAYED: Final = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
Answering = Callable[[HttpRequest], HttpResponse]

_reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)
log = logging.getLogger(__name__)


class Router:
    """Reads go to the replica only where the middleware said so, never around a write."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return REPLICA if _reads_there.get() and not _is_in_transaction() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        _reads_there.set(False)  # what was written is read where it was written
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # both databases hold the same rows

    def allow_migrate(self, alias: str, label: str, **hints: Any) -> bool:
        return alias == DEFAULT_DB_ALIAS


def _is_in_transaction() -> bool:
    return connections[DEFAULT_DB_ALIAS].in_atomic_block


class ReplicaMiddleware:
    def __init__(self, get_response: Answering, *, clock: Callable[[], float] = time.monotonic) -> None:
        if REPLICA not in connections:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._clock = clock
        self._rests_until = 0.0
        self._seen = ("", "")  # one tuple, so that threads see both or neither

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (may_read_there(request) and self._clock() >= self._rests_until and self._has_caught_up()):
            return self.get_response(request)
        reading = _reads_there.set(True)
        try:
            response = self.get_response(request)
        finally:
            _reads_there.reset(reading)
        if hasattr(request, "replica_failed"):
            return self.get_response(request)
        if response.status_code == 503:  # what failed between here and the view has been answered already
            self._rest()
            return self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Away in the middle of a page, or a query had to give way to the primary's changes: once more."""
        if not (_reads_there.get() and isinstance(exception, OperationalError | InterfaceError)):
            return None
        self._rest()
        request.replica_failed = True  # type: ignore[attr-defined]
        return HttpResponse(status=503)

    def _has_caught_up(self) -> bool:
        """Whether the replica holds all that anybody can have seen committed at the primary by now."""
        try:
            needed = self._needed()
        except (OperationalError, InterfaceError):
            return False  # that the primary is away is told by the page itself
        try:
            with connections[REPLICA].cursor() as cursor:
                cursor.execute(HAS_REPLAYED, [needed])
                return bool(cursor.fetchone()[0])
        except (OperationalError, InterfaceError):
            self._rest()
            return False

    def _needed(self) -> str:
        """How far the log had been written when the primary's present state was first seen."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(STATE_AND_LOG)
            state, written = cursor.fetchone()
        seen = self._seen
        if seen[0] != state:
            self._seen = seen = state, written
        return seen[1]

    def _rest(self) -> None:
        self._rests_until = self._clock() + RESTS
        log.error("The replica does not answer; the primary does.", exc_info=bool(sys.exc_info()[0]))


def may_read_there(request: HttpRequest) -> bool:
    """A visitor's reading. Whoever is logged in works on what is shown."""
    is_reading = request.method in ("GET", "HEAD")
    is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return is_reading and is_visitor and not request.path.startswith(NEVER_READ_THERE)
