"""What is kept in memory, bounded in bytes; what nobody asked for longest goes first."""

from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

from .entries import Entry

RARE: Final = 8  # one part in so many is for what visitors can make up without end
LARGEST: Final = 8  # an answer may take one part in so many of its share


class Key(NamedTuple):
    """All that an answer may depend on."""

    host: str
    path: str
    query: str
    scheme: str
    markdown: bool


def is_made_up(key: Key) -> bool:
    """What visitors can put together without end: parameters, hashtags, three roles or four."""
    return bool(key.query) or "+" in key.path or key.path.count("-vs-") > 1


class Share:
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self.entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Entry | None:
        entry = self.entries.get(key)
        if entry is not None:
            try:
                self.entries.move_to_end(key)
            except KeyError:  # another thread has just dropped it
                return entry
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        if entry.size > self.limit // LARGEST:
            self.drop(key)
            return
        with self._lock:
            self._remove(key)
            self.entries[key] = entry
            self.bytes += _weight(key, entry)
            while self.bytes > self.limit and self.entries:
                # In one step: readers move what they take to the end, and wait for no lock.
                oldest, old = self.entries.popitem(last=False)
                self.bytes -= _weight(oldest, old)

    def drop(self, key: Key) -> None:
        if key in self.entries:
            with self._lock:
                self._remove(key)

    def _remove(self, key: Key) -> None:
        old = self.entries.pop(key, None)
        if old is not None:
            self.bytes -= _weight(key, old)


def _weight(key: Key, entry: Entry) -> int:
    return entry.size + len(key.path) + len(key.query)


class Store:
    """Plain addresses in one share; in the other what visitors put together, and what is not there.

    So a visitor who makes up addresses drives out what others made up, and no page.
    """

    def __init__(self, limit: int) -> None:
        self.rare = Share(limit // RARE)
        self.pages = Share(limit - self.rare.limit)

    def get(self, key: Key) -> Entry | None:
        return self.pages.get(key) or self.rare.get(key)

    def put(self, key: Key, entry: Entry) -> None:
        is_rare = is_made_up(key) or not entry.is_page
        to, other = (self.rare, self.pages) if is_rare else (self.pages, self.rare)
        other.drop(key)
        to.put(key, entry)

    def drop(self, key: Key) -> None:
        self.pages.drop(key)
        self.rare.drop(key)

    def keys_at(self, path: str) -> list[Key]:
        return [key for share in (self.pages, self.rare) for key in list(share.entries) if key.path == path]

    @property
    def bytes(self) -> int:
        return self.pages.bytes + self.rare.bytes

    def __len__(self) -> int:
        return len(self.pages.entries) + len(self.rare.entries)
