"""Requests as fast as they are answered: with wrk where there is one, else with the standard library."""

import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

CONNECTIONS = 8
ENCODING = "gzip"  # as every browser
PATIENCE = 60  # seconds
TROUBLE = re.compile(r"Non-2xx|Socket errors: (?!connect 0, read 0, write 0)")
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


class Load(NamedTuple):
    per_second: float
    requests: int
    p50: float  # milliseconds, as the next
    p99: float


def put_on(url: str, seconds: float, connections: int = CONNECTIONS) -> Load:
    """For so long; longer where a page is so slow that nobody would have had an answer."""
    while seconds < PATIENCE:
        found = (with_wrk if shutil.which("wrk") else with_threads)(url, seconds, connections)
        if found.requests:
            return found
        seconds = max(1, 2 * seconds)
    raise RuntimeError(f"{url} did not answer in time")


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "http.client"


def with_wrk(url: str, seconds: float, connections: int = CONNECTIONS) -> Load:
    accepts = f"Accept-Encoding: {ENCODING}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    command += ["--latency", "--timeout", f"{PATIENCE}s", "-H", accepts, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return read(told, url)


def read(told: str, url: str) -> Load:
    """What wrk says in the end."""
    requests = re.search(r"(\d+) requests in", told)
    if TROUBLE.search(told) or not requests:
        raise RuntimeError(f"{url} did not answer well:\n{told}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    p50, p99 = (
        float(number) * UNITS[unit] for number, unit in re.findall(r"(?:50|99)%\s+([\d.]+)([a-z]+)", told)
    )
    return Load(rate, int(requests[1]), p50, p99)


def with_threads(url: str, seconds: float, connections: int = CONNECTIONS) -> Load:
    taken: list[float] = []
    failed = threading.Event()
    began = time.monotonic()
    given = (url, began + seconds, taken, failed)
    threads = [threading.Thread(target=ask, args=given) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed.is_set():
        raise RuntimeError(f"{url} did not answer well")
    rate = len(taken) / (time.monotonic() - began)
    return Load(rate, len(taken), percentile(taken, 50), percentile(taken, 99))


def one_after_the_other(url: str, seconds: float) -> Load:
    """By one reader, each answer as long as it took.

    wrk counts otherwise: a request that took long stands for all that would have been asked meanwhile, so
    that its p99 is about the time in which answers were slow.
    """
    parts = urlsplit(url)
    taken: list[float] = []
    with socket.create_connection((parts.hostname or "", parts.port or 80), PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        asked = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: {ENCODING}\r\n\r\n"
        stop = time.monotonic() + seconds
        while not taken or time.monotonic() < stop:
            began = time.monotonic()
            connection.sendall(asked.encode())
            hear(connection)
            taken.append(1e3 * (time.monotonic() - began))
    return Load(len(taken) / seconds, len(taken), percentile(taken, 50), percentile(taken, 99))


def hear(connection: socket.socket) -> None:
    """One good answer, to its end."""
    heard = b""
    while b"\r\n\r\n" not in heard or len(heard) < _whole(heard):
        more = connection.recv(65_536)
        if not more:
            raise RuntimeError("The connection ended within an answer")
        heard += more
    if not heard.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"No good answer: {heard[:100]!r}")


def _whole(heard: bytes) -> int:
    """How long the answer is, by its head."""
    head, _, _ = heard.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    return len(head) + 4 + int(length[1] if length else 0)


def percentile(values: list[float], share: int) -> float:
    """The least value that so many per cent do not exceed."""
    return sorted(values)[max(0, -(-share * len(values) // 100) - 1)]


def ask(url: str, stop: float, taken: list[float], failed: threading.Event) -> None:
    with connected(url) as answer:
        while not failed.is_set():
            began = time.monotonic()
            if answer() is None:
                failed.set()
                return
            taken.append(1e3 * (time.monotonic() - began))
            if time.monotonic() >= stop:
                return


def size(url: str) -> int:
    """The bytes of one answer, as they are sent to a browser."""
    with connected(url) as answer:
        found = answer()
    if found is None:
        raise RuntimeError(f"{url} did not answer well")
    return len(found)


@contextmanager
def connected(url: str) -> Iterator[Callable[[], bytes | None]]:
    """A way to ask again and again over one connection; None is no good answer."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    with closing(http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)) as connection:

        def answer() -> bytes | None:
            try:
                connection.request("GET", target, headers={"Accept-Encoding": ENCODING})
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException):
                return None
            return body if response.status == 200 else None

        yield answer
