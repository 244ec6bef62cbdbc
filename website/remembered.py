"""What takes long to gather from the database, kept while the database would still say the same."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Generic, TypeVar

from django.utils import timezone

from website.pagecache.evidence import Evidence, taken

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """``gather`` as a function that asks its questions of the database once more, and answers anew only if
    what it hears is not what it heard before.

    The last answer is kept in this process, for one key; nobody may change it.
    """

    def __init__(self, gather: Callable[[Key], Value], *, now: Callable[[], datetime] = timezone.now) -> None:
        self._gather, self._now = gather, now
        self._last: tuple[Key, Value, Evidence] | None = None

    def __call__(self, key: Key) -> Value:
        last = self._last
        if last and last[0] == key and last[2].stands(self._now()):
            return last[1]
        with taken(self._now) as evidence:
            value = self._gather(key)
        self._last = (key, value, evidence) if evidence.is_good else None
        return value

    def forget(self) -> None:
        self._last = None
