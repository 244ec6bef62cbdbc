"""The page cache: answers a reader from memory while nothing has changed, and keeps nothing a moment longer.

An entry belongs to a generation: one state of the database, until its content changes by the clock. A page is
kept only if the token after it was made is the token from before, so nothing is kept that was made while
somebody saved.
"""

import os
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Lock
from typing import Any, Final

from django.core.signals import request_finished, request_started
from django.db import Error
from django.utils import timezone

from website.twins import with_twin

from .asking import Asking, Environ, as_text
from .boundaries import Horizon
from .copies import DAY, Copies
from .entries import Entry, Headers
from .evidence import taken
from .store import Key, Store
from .tokens import PATIENCE, Tokens, Unavailable

Application = Callable[[Environ, Any], Iterable[bytes]]

BRIEFLY: Final = 10.0  # seconds for what is not there
WAITS_AGAIN: Final = 3  # times, for one that nobody overtakes
INEXACT: Final = 0.001  # seconds, as times of files are
WAITS: Final = 10.0  # seconds for somebody else's rendering of the same page
KEPT: Final = ("200", "301")
KEPT_BRIEFLY: Final = ("404", "410")
MAY_VARY_BY: Final = {"accept", "accept-encoding", ""}


@dataclass(eq=False, slots=True)
class Generation:
    """One state of the database. Without a horizon nothing is kept yet."""

    token: Hashable
    born_at: float = 0.0
    horizon: Horizon | None = None
    seen_at: float = 0.0  # when the database last said that it stands
    flights: dict[Key, "Flight"] = field(default_factory=dict)

    def stands(self, token: Hashable, now: float) -> bool:
        return token == self.token and (self.horizon is None or now < self.horizon.until)


@dataclass(eq=False, slots=True)
class Flight:
    """Somebody makes the page; whoever wants the same waits."""

    landed: Event = field(default_factory=Event)
    has_failed: bool = False
    was_overtaken: bool = False  # somebody saved meanwhile, so that it could not be kept


@dataclass(slots=True)
class Counts:
    """Of this process. Threads may lose one now and then, which is cheaper than a lock for each reader."""

    hits: int = 0
    confirmed: int = 0  # made for an earlier state, and right for this one
    misses: int = 0
    passed: int = 0  # not for the cache
    waits: int = 0
    copies: int = 0  # shown while the database was away


class PageCache:
    def __init__(
        self,
        application: Application,
        *,
        tokens: Tokens,
        horizon: Callable[[datetime], Horizon],
        limit: int,
        copies: Copies,
        on_missing: Callable[[str], object] = lambda path: None,
        on_asked: Callable[[str, str], object] = lambda path, query: None,
        made_by: Callable[[Callable[[], Any]], Any] = lambda work: work(),
        clock: Callable[[], float] = time.time,
        now: Callable[[], datetime] = timezone.now,
    ) -> None:
        self.application = application
        self.store = Store(limit)
        self.copies = copies
        self.counts = Counts()
        self.began_at = clock()
        self._asking = Asking()
        self._tokens, self._horizon, self._clock, self._now = tokens, horizon, clock, now
        self._on_missing, self._on_asked = on_missing, on_asked
        self._generation = Generation(object(), clock())
        self._turning = Lock()
        self._made_by = made_by

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        key = self._asking.key_of(environ)
        if key is None:
            self.counts.passed += 1
            return self.application(environ, start_response)
        if self._asking.is_personal(environ):
            return self._answered_personally(key, environ, start_response)
        try:
            token = self._tokens.read()
        except Unavailable:
            copy = self._copy(key)
            return copy(environ, start_response) if copy else self.application(environ, start_response)
        generation, entry, now = self._generation, self.store.get(key), self._clock()
        if entry and entry.generation is generation and generation.token == token and now < entry.until:
            generation.seen_at = now
            return self._hit(key, entry, environ, start_response)
        return self._missed(key, self._turned(token, now), environ, start_response)

    def _hit(self, key: Key, entry: Entry, environ: Environ, start_response: Any) -> Iterable[bytes]:
        self.counts.hits += 1
        if not entry.is_page and environ.get("QUERY_STRING", "") != key.query:
            # Where it leads, or what is missing, may name all that was asked for.
            return self.application(environ, start_response)
        if entry.status.startswith("404"):
            self._on_missing(as_text(key.path))
        elif key.query:
            self._on_asked(as_text(key.path), key.query)
        return entry.answer(environ, start_response)

    def _answered_personally(self, key: Key, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Live; but whoever is logged in can read, too, while the database is away."""
        self.counts.passed += 1
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        entry = self._asked(environ, then=lambda made: None)
        copy = self._copy(key) if entry.is_error else None
        if copy:
            return copy(environ, start_response)
        start_response(entry.status, entry.headers)
        return [entry.body]

    def _turned(self, token: Hashable, now: float) -> Generation:
        """The generation of ``token`` at ``now``: the present one, or a new one in its place."""
        with self._turning:
            if not self._generation.stands(token, now):
                self._generation = Generation(token, now)
            return self._generation

    # --- Making a page ------------------------------------------------------------------------------------

    def _missed(
        self,
        key: Key,
        generation: Generation,
        environ: Environ,
        start_response: Any,
        again: int = WAITS_AGAIN,
    ) -> Iterable[bytes]:
        mine = Flight()
        flight = generation.flights.setdefault(key, mine)
        if flight is not mine:
            return self._waited(flight, key, generation, environ, start_response, again)
        try:
            if entry := self._made_by_now(key, generation):
                return self._hit(key, entry, environ, start_response)
            answer: Iterable[bytes] = self._made_by(
                lambda: self._made(key, generation, mine, environ, start_response)
            )
            return answer
        finally:
            del generation.flights[key]
            mine.landed.set()

    def _made_by_now(self, key: Key, generation: Generation) -> Entry | None:
        entry = self.store.get(key)
        return entry if entry and entry.generation is generation and self._clock() < entry.until else None

    def _waited(
        self,
        flight: Flight,
        key: Key,
        generation: Generation,
        environ: Environ,
        start_response: Any,
        again: int,
    ) -> Iterable[bytes]:
        """What the other has made; after a save meanwhile, what the first of those who waited makes anew."""
        self.counts.waits += 1
        flight.landed.wait(WAITS)
        if entry := self._made_by_now(key, generation):
            return self._hit(key, entry, environ, start_response)
        if flight.was_overtaken and again:
            with suppress(Unavailable):
                present = self._turned(self._tokens.read(), self._clock())
                return self._missed(key, present, environ, start_response, again - 1)
        copy = self._copy(key) if flight.has_failed else None
        return copy(environ, start_response) if copy else self.application(environ, start_response)

    def _made(
        self, key: Key, generation: Generation, flight: Flight, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        if entry := self._confirmed(key, generation, flight, environ):
            return self._hit(key, entry, environ, start_response)
        if flight.has_failed and (copy := self._copy(key)):
            return copy(environ, start_response)  # to make the page would have the reader wait as long again
        self.counts.misses += 1
        since = self._clock()
        entry = self._asked(
            self._asking.stripped(environ, key), then=lambda made: self._keep(key, made, generation, since)
        )
        if entry.is_error:
            flight.has_failed = True
            if copy := self._copy(key):
                return copy(environ, start_response)
        is_everyones = entry.is_page and is_for_everyone(entry)
        flight.was_overtaken = is_everyones and entry.generation is None
        if not is_everyones and not entry.is_error and self._asking.is_stripped(environ, key):
            return self.application(environ, start_response)
        return entry.answer(environ, start_response)

    def _confirmed(self, key: Key, generation: Generation, flight: Flight, environ: Environ) -> Entry | None:
        """The page of an earlier state, if all that it was made of is the same in this one."""
        entry, since = self.store.get(key), self._clock()
        if entry is None or entry.evidence is None or since >= entry.until:
            return None
        # As around a request: connections that are too old are opened anew, and given back.
        request_started.send(sender=self.__class__, environ=environ)
        try:
            if not entry.evidence.stands(self._now()):
                return None
            horizon = self._horizon_of(generation)
        except Error:
            flight.has_failed = self._clock() - since >= PATIENCE
            return None
        finally:
            request_finished.send(sender=self.__class__)
        self.counts.confirmed += 1
        flight.was_overtaken = horizon is None  # and the page no less right than one made meanwhile
        if horizon is not None:
            self._settle(key, entry, generation, since, until=min(entry.until, horizon.until))
        return entry

    def _asked(self, environ: Environ, *, then: Callable[[Entry], None]) -> Entry:
        """The whole answer of the application. ``then`` sees it while its connections are still open."""
        said: list[Any] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            said[:] = status, headers

        parts: Iterable[bytes] = ()
        try:
            with taken(self._now) as evidence:
                parts = self.application(environ, start_response)
                body = b"".join(parts)
            entry = Entry(said[0], list(said[1]), body)
            entry.evidence = evidence if entry.is_page and evidence.is_good else None
            then(entry)
        finally:
            getattr(parts, "close", lambda: None)()
        return entry

    def _keep(self, key: Key, entry: Entry, generation: Generation, since: float) -> None:
        """Only what is everyone's, and only if nothing was saved since before it was made."""
        is_brief = entry.status[:3] in KEPT_BRIEFLY
        if is_brief or entry.status.startswith("301"):
            self._gone(key)
        if not is_for_everyone(entry) or key.host != key.host.lower():
            return
        if horizon := self._horizon_of(generation):
            until = min(horizon.until, since + BRIEFLY) if is_brief else horizon.until
            self._settle(key, entry, generation, since, until=until)

    def _horizon_of(self, generation: Generation) -> Horizon | None:
        """None if it is over. What has come since its beginning must have ended it, too."""
        horizon = generation.horizon or self._horizon(datetime.fromtimestamp(generation.born_at, UTC))
        try:
            if self._tokens.read() != generation.token or self._clock() >= horizon.until:
                return None
        except Unavailable:
            return None
        generation.horizon = generation.horizon or horizon
        return generation.horizon

    def _settle(self, key: Key, entry: Entry, generation: Generation, since: float, *, until: float) -> None:
        entry.until, entry.made_at = until, since
        entry.ending = generation.horizon.ending.get(as_text(key.path)) if generation.horizon else None
        entry.generation = generation  # last: from now on others show it
        self.store.put(key, entry)
        if entry.is_page:
            self.copies.keep(key, entry)

    # --- For the staff ------------------------------------------------------------------------------------

    def age_of(self, path: str) -> float | None:
        """How long ago the oldest page that readers get at ``path`` was made, in seconds."""
        kept = [self.store.get(key) for key in self.store.keys_at(path.encode().decode("latin-1"))]
        made = [entry.made_at for entry in kept if entry and entry.generation is self._generation]
        return self._clock() - min(made) if made else None

    def figures(self) -> list[tuple[str, str]]:
        counts, answered = self.counts, self.counts.hits + self.counts.misses
        return [
            ("Answered from memory", f"{counts.hits}"),
            ("Of these, still right after a save", f"{counts.confirmed}"),
            ("Made anew", f"{counts.misses}"),
            ("Share from memory", f"{100 * counts.hits / answered:.1f} %" if answered else "–"),
            ("Waited for another's page", f"{counts.waits}"),
            ("Not for the cache", f"{counts.passed}"),
            ("Copies shown while the database was away", f"{counts.copies}"),
            ("Pages in memory", f"{len(self.store)}"),
            ("Memory for pages", f"{self.store.bytes / 1_000_000:.1f} MB"),
            ("Age of the present state", f"{self._clock() - self._generation.born_at:.0f} seconds"),
            ("Process", f"{os.getpid()}, for {self._clock() - self.began_at:.0f} seconds"),
        ]

    # --- While the database is away -----------------------------------------------------------------------

    def _copy(self, key: Key) -> Callable[[Environ, Any], Iterable[bytes]] | None:
        """The page as it last was, if that is no longer ago than a day and it was not withdrawn since."""
        entry = self._newest(key)
        if entry is None or not entry.is_page:
            return None
        now, good_at = self._clock(), entry.made_at
        if entry.generation is self._generation:
            good_at = max(good_at, self._generation.seen_at)
        has_ended = entry.ending is not None and now >= entry.ending
        if now - good_at > DAY or has_ended:
            return None
        if self.copies.is_withdrawn(as_text(key.path), since=entry.made_at):
            return None
        self.counts.copies += 1
        age = ("Age", str(max(1, int(now - good_at))))
        return lambda environ, start_response: entry.answer(environ, start_response, [age])

    def _newest(self, key: Key) -> Entry | None:
        """Of what this process has in memory, and what lies on disk: another one may have made it since."""
        entry = self.store.get(key)
        if entry is None or entry.made_at + INEXACT < self.copies.made_at(key):
            return self.copies.read(key) or entry
        return entry

    def _gone(self, key: Key) -> None:
        """What is not there now, or has moved, must not come back as a copy; nor must its twin."""
        if key.query:
            self.copies.drop(key)
            return
        for path in with_twin(as_text(key.path)):
            known = self.store.get(key._replace(path=path.encode().decode("latin-1")))
            if (known and known.is_page) or self.copies.has(path):
                self.withdraw(path)

    def withdraw(self, path: str) -> None:
        self.copies.withdraw(path)
        for key in self.store.keys_at(path.encode().decode("latin-1")):
            self.store.drop(key)


def is_for_everyone(entry: Entry) -> bool:
    """By what the answer says of itself."""
    code = entry.status[:3]
    if code not in KEPT + KEPT_BRIEFLY or entry.header("set-cookie"):
        return False
    control = {part.strip().lower() for part in entry.header("cache-control").split(",")}
    if control & {"private", "no-store", "no-cache"} or ("public" not in control and code != "404"):
        return False
    return {name.strip().lower() for name in entry.header("vary").split(",")} <= MAY_VARY_BY
