"""Counts that processes or machines share. While what they share fails, each process counts for itself."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

RESTS: Final = 5.0  # seconds that a Redis is left alone after it failed
TELLS_EVERY: Final = 60.0  # seconds between two lines that say the same of files
log = logging.getLogger(__name__)


class RedisCounts(BaseCache):
    """What django-axes and the API's limits ask of a cache, of a Redis first."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._shared = RedisCache(server, params)
        self._own = LocMemCache(f"instead of {params.get('KEY_PREFIX')}", {"MAX_ENTRIES": 10_000})
        self._rests_until = 0.0

    def add(self, *given: Any, **more: Any) -> bool:
        return bool(self._of_either("add", given, more))

    def get(self, *given: Any, **more: Any) -> Any:
        return self._of_either("get", given, more)

    def set(self, *given: Any, **more: Any) -> None:
        self._of_either("set", given, more)

    def touch(self, *given: Any, **more: Any) -> bool:
        return bool(self._of_either("touch", given, more))

    def delete(self, *given: Any, **more: Any) -> bool:
        return bool(self._of_either("delete", given, more))

    def incr(self, *given: Any, **more: Any) -> int:
        return int(self._of_either("incr", given, more))

    def clear(self) -> None:
        self._own.clear()  # the other is not ours alone

    def _of_either(self, name: str, given: tuple[Any, ...], more: dict[str, Any]) -> Any:
        if time.monotonic() >= self._rests_until:
            try:
                return self._done(self._shared, name, given, more)
            except ValueError:  # no such key, which says nothing about the server
                raise
            except Exception:  # what a Redis that is away raises is known to its own library only
                self._rests_until = time.monotonic() + RESTS
                log.exception("Redis does not answer; this process counts for itself.")
        return self._done(self._own, name, given, more)

    def _done(self, cache: BaseCache, name: str, given: tuple[Any, ...], more: dict[str, Any]) -> Any:
        asked: Callable[..., Any] = getattr(cache, name)
        return asked(*given, **more)


class FileCounts(FileBasedCache):
    """In files; in memory whatever cannot be written, as on a full disk: a guesser would have endless tries.

    What is in memory is newer than the file, which can often still be read.
    """

    _NOTHING: Final = object()

    def __init__(self, folder: Any, params: dict[str, Any]) -> None:
        self._own = LocMemCache(f"instead of {folder}", {"MAX_ENTRIES": 10_000})
        self._tells_at = 0.0
        try:
            super().__init__(folder, params)
        except OSError:
            self._tell()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        value = self._own.get(key, self._NOTHING, version)
        if value is not self._NOTHING:
            return value
        try:
            return super().get(key, default, version)
        except Exception:  # not only what cannot be opened: half a file, too
            self._tell()
            return default

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self.get(key, self._NOTHING, version) is not self._NOTHING

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError:
            self._tell()
            self._own.set(key, value, timeout, version)
        else:
            self._own.delete(key, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        value = self.get(key, self._NOTHING, version)
        if value is not self._NOTHING:
            self.set(key, value, timeout, version)
        return value is not self._NOTHING

    def delete(self, key: Any, version: int | None = None) -> bool:
        was_here = self._own.delete(key, version)
        try:
            return bool(super().delete(key, version)) or was_here
        except OSError:
            self._tell()
            return was_here

    def clear(self) -> None:
        self._own.clear()
        super().clear()

    def _tell(self) -> None:
        if time.monotonic() >= self._tells_at:
            self._tells_at = time.monotonic() + TELLS_EVERY
            log.exception("Counts cannot be kept in files; this process counts for itself.")
