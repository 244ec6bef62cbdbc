"""Counting in memory what readers ask for, to be written down now and then.

A visitor must not be able to make the site write with every request, nor make the page cache begin anew again
and again. So each process keeps its counts, and writes them when they are many or old, but not twice in ten
minutes; what it has not written when it is killed is lost, which is no harm.
"""

import logging
from collections import Counter
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from multiprocessing.util import Finalize
from threading import Lock
from typing import Generic, TypeVar

from django.db import DatabaseError, transaction

AT_ONCE = 1_000  # different things in memory before they are written
IN_MEMORY = 2_000  # and no more of them than this
AT_SOONEST = timedelta(minutes=10)
AT_LATEST = timedelta(minutes=30)

Key = TypeVar("Key", bound=Hashable)
log = logging.getLogger(__name__)


def at_the_end(write: Callable[[], None]) -> None:
    """Before this process ends in good order. A server's workers may end without hearing of ``atexit``."""
    Finalize(None, write, exitpriority=0)


class Tally(Generic[Key]):
    def __init__(self, write: Callable[[Counter[Key], datetime], None], *, of: str) -> None:
        """``write`` adds the counts to the database, in a fixed number of queries."""
        self._write, self._of = write, of
        self._times: Counter[Key] = Counter()
        self._since: datetime | None = None
        self._taken_at: datetime | None = None
        self._lock = Lock()

    def note(self, key: Key, *, now: datetime) -> None:
        if self.count(key, now=now):
            self.write_down(now=now)

    def count(self, key: Key, *, now: datetime) -> bool:
        """Whether it is time to write."""
        with self._lock:
            self._since = self._since or now
            if key in self._times or len(self._times) < IN_MEMORY:
                self._times[key] += 1
            waited = now - self._since
            is_soon = self._taken_at is not None and now - self._taken_at < AT_SOONEST
            return (len(self._times) >= AT_ONCE and not is_soon) or waited >= AT_LATEST

    def take(self, *, now: datetime | None = None) -> Counter[Key]:
        """All that was counted; the counting begins anew."""
        with self._lock:
            times, self._times, self._since, self._taken_at = self._times, Counter(), None, now
        return times

    def write_down(self, *, now: datetime) -> None:
        """A reader's page never fails over our counting."""
        times = self.take(now=now)
        if not times:
            return
        try:
            with transaction.atomic():
                self._write(times, now)
        except DatabaseError:
            log.warning("%s could not be written down; %s are forgotten.", self._of, len(times))
