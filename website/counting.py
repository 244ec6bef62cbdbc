"""Counts that several machines share. While Redis is away, each process counts for itself."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

RESTS: Final = 5.0  # seconds that a Redis is left alone after it failed
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
