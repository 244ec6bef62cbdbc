"""Pages are made by one or two threads of each process, whoever asks for them.

Of the 64 that wait for visitors each would have a connection of its own with nothing in its memory, and those
that compute at once take the processor from each other: eight readers got a fifth to a quarter less of it.
Whoever wants a page that is kept is answered by the own thread.
"""

import time
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Lock, Thread, get_ident
from typing import Any, Final, Generic, TypeVar

from django.conf import settings
from django.db import close_old_connections, connection

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Made = TypeVar("Made")

# On PostgreSQL one page is computed while another waits for its answers.
AT_ONCE: Final = {"sqlite": 1, "postgresql": 2}
LONG: Final = 0.1  # seconds without a beginning after which all of them seem to wait for something


class Task(Generic[Made]):
    """``begun`` is taken by whoever does it, and ``done`` free only when that is over."""

    def __init__(self, work: Callable[[], Made]) -> None:
        self.work = work
        self.begun, self.done = Lock(), Lock()
        self.done.acquire()
        self.failed: BaseException | None = None

    def do(self) -> None:
        try:
            self.made = self.work()
        except BaseException as error:  # raised where it is awaited
            self.failed = error
        finally:
            self.done.release()

    def result(self) -> Made:
        """Once: whoever made it elsewhere may leave the task in the queue for long."""
        if self.failed is not None:
            raise self.failed
        made = self.made
        del self.made, self.work
        return made


class Makers:
    def __init__(
        self, at_once: int, *, long: float = LONG, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once, self._long, self._clock = at_once, long, clock
        self._tasks: SimpleQueue[Task[Any]] = SimpleQueue()
        self._starting = Lock()
        self._started = 0
        self._at_work: set[int] = set()  # threads that are making something
        self._begun_at = 0.0

    def __call__(self, work: Callable[[], Made]) -> Made:
        """What ``work`` returns or raises, done by one of them."""
        if get_ident() in self._at_work:
            return work()
        self._start()
        task = Task(work)
        self._tasks.put(task)
        while not task.done.acquire(timeout=self._long):
            if self._clock() - self._begun_at >= self._long and task.begun.acquire(blocking=False):
                self._do(task)  # in the own thread, as nobody comes to it
        return task.result()

    def _do(self, task: Task[Any]) -> None:
        self._at_work.add(get_ident())
        try:
            task.do()
        finally:
            self._at_work.discard(get_ident())

    def _start(self) -> None:
        """Only when there is something to do: a process that is forked has none of these threads."""
        if self._started < self._at_once:
            with self._starting:
                while self._started < self._at_once:
                    Thread(target=self._work, name="maker", daemon=True).start()
                    self._started += 1

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task.begun.acquire(blocking=False):
                self._begun_at = self._clock()
                self._do(task)
                # The end of the answer is told elsewhere. Whatever fails here, a maker lives on.
                Task(close_old_connections).do()


def makers() -> Makers:
    """Of this process, as many as its database bears if the settings leave it open."""
    return Makers(settings.PAGE_MAKERS or AT_ONCE[connection.vendor])


def made_by(makers: Makers, application: Application) -> Application:
    """Who sends something may do so byte by byte, and is read by the own thread."""

    def made(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or sends_something(environ):
            return application(environ, start_response)
        return makers(lambda: application(environ, start_response))

    return made


def sends_something(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
