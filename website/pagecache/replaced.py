"""A database's file that another was put in place of: who still reads the old one is to open the new one."""

from threading import Lock
from typing import Any
from weakref import WeakSet

from django.db.backends.base.base import BaseDatabaseWrapper

_open: WeakSet[BaseDatabaseWrapper] = WeakSet()
_lock = Lock()


def after_connecting(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        with _lock:
            _open.add(connection)


def leave_all() -> None:
    """Each thread closes its own before its next request, as one that has been open for long enough."""
    with _lock:
        for connection in _open:
            connection.close_at = 0
