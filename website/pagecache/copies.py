"""Copies of pages on disk, for readers while the database is away: also those that another process made, or
this one before it was started anew. Written in the background, whole or not at all.

A page that was withdrawn leaves a mark at its address; whatever was made before it is never shown again.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from .asking import as_text
from .entries import Entry
from .store import Key, is_made_up

DAY: Final = 24 * 3600.0
BETWEEN: Final = 1.0  # seconds in which what is to be written gathers
SWEPT_AFTER: Final = 500  # writings
MOST_WAITING: Final = 300  # pages; a disk that hangs must not fill the memory
MARK: Final = ".gone"
MADE_UP: Final = ".asked"  # put together by visitors
log = logging.getLogger(__name__)


class Copies:
    def __init__(self, folder: Path, limit: int, *, clock: Callable[[], float] = time.time) -> None:
        self.folder, self.limit = folder, limit
        self._clock = clock
        self._waiting: dict[Key, Entry] = {}
        self._since_sweep = SWEPT_AFTER
        self._wake = Event()
        self._starting = Lock()
        self._writer: Thread | None = None

    # --- Keeping ------------------------------------------------------------------------------------------

    def keep(self, key: Key, entry: Entry) -> None:
        """Soon, not now: a reader waits for no disk."""
        if len(self._waiting) < MOST_WAITING or key in self._waiting:
            self._waiting[key] = entry
        self._wake.set()
        if self._writer is None:
            self._begin()

    def _begin(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = Thread(target=self._write_on, name="page copies", daemon=True)
                self._writer.start()

    def _write_on(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(BETWEEN)
            self._wake.clear()
            try:
                self.flush()
            except Exception:  # nobody would start another one
                log.exception("Copies of pages could not be written.")

    def flush(self) -> None:
        try:
            while waiting := self._next():
                self._write(*waiting)
            if self._since_sweep >= SWEPT_AFTER:
                self._since_sweep = 0
                self.sweep()
        except OSError as error:
            self._waiting.clear()  # or they would gather for as long as the disk is full
            log.warning("Copies of pages could not be written: %s", error.strerror)

    def _next(self) -> tuple[Key, Entry] | None:
        try:
            return self._waiting.popitem()
        except KeyError:  # none, or none any more
            return None

    def _write(self, key: Key, entry: Entry) -> None:
        """Where the same lies there already, from whatever process, it only gets a new time."""
        file, packed = self._file(key), _packed(key, entry)
        with suppress(FileNotFoundError):  # also where another process takes it away in between
            if file.read_bytes() == packed:
                os.utime(file, (entry.made_at, entry.made_at))
                return
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f"new-{os.getpid()}-{file.name}")
        try:
            fresh.write_bytes(packed)
            os.utime(fresh, (entry.made_at, entry.made_at))  # before anybody can find it: it may be withdrawn
            fresh.replace(file)
        except OSError:
            fresh.unlink(missing_ok=True)  # a full disk keeps no halves
            raise
        self._since_sweep += 1

    def sweep(self) -> None:
        """Down to nine tenths of what is allowed; nothing older than a day.

        What visitors can make up goes first, then the oldest. Marks stay for their day, whatever the room.
        """
        found = sorted(self._all(), key=lambda one: (one[0].suffix != MADE_UP, one[1].st_mtime))
        total = sum(stat.st_size for _, stat in found)
        for path, stat in found:
            is_old = self._clock() - stat.st_mtime > DAY
            if is_old or (path.suffix != MARK and total > self.limit * 0.9):
                path.unlink(missing_ok=True)
                total -= stat.st_size

    def _all(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.glob("*/*"):
            try:
                yield path, path.stat()
            except FileNotFoundError:
                continue

    # --- Showing ------------------------------------------------------------------------------------------

    def made_at(self, key: Key) -> float:
        """When the page on disk was last known to be right; 0 where there is none."""
        try:
            return self._file(key).stat().st_mtime
        except OSError:
            return 0.0

    def read(self, key: Key) -> Entry | None:
        file = self._file(key)
        try:
            made_at = file.stat().st_mtime
            head, _, body = file.read_bytes().partition(b"\n")
            kept = json.loads(head)
        except (OSError, ValueError):
            return None
        if kept["key"] != list(key) or kept.get("length") != len(body):  # after a power cut, half a file
            return None
        headers = [(name, value) for name, value in kept["headers"]]
        return Entry(kept["status"], headers, body, made_at=made_at, ending=kept["ending"])

    # --- Withdrawing --------------------------------------------------------------------------------------

    def is_withdrawn(self, path: str, *, since: float) -> bool:
        try:
            return self._mark(path).stat().st_mtime >= since
        except OSError:
            return False

    def withdraw(self, path: str) -> None:
        """For all processes: what was made of this address until now is not to be shown again."""
        mark = self._mark(path)
        try:
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.touch()
            os.utime(mark, (self._clock(), self._clock()))
            for file in self._files_at(path):
                file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("A withdrawn page may come back while the database is away: %s", error.strerror)

    def has(self, path: str) -> bool:
        return any(True for _ in self._files_at(path))

    def drop(self, key: Key) -> None:
        self._waiting.pop(key, None)
        with suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def _files_at(self, path: str) -> Iterator[Path]:
        mark = self._mark(path)
        return (file for file in mark.parent.glob(f"{mark.stem}-*"))

    def _mark(self, path: str) -> Path:
        name = _digest(path)
        return self.folder / name[:2] / f"{name}{MARK}"

    def _file(self, key: Key) -> Path:
        mark = self._mark(as_text(key.path))
        return mark.with_name(f"{mark.stem}-{_digest(repr(tuple(key)))}{MADE_UP if is_made_up(key) else ''}")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _packed(key: Key, entry: Entry) -> bytes:
    head = {
        "key": list(key),
        "status": entry.status,
        "headers": entry.headers,
        "ending": entry.ending,
        "length": len(entry.body),
    }
    return json.dumps(head).encode() + b"\n" + entry.body
