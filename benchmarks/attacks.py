"""Whether readers are answered while somebody holds connections: `python -m benchmarks.attacks [name]`.

The server is the one of `make run`. Each attack opens its connections and keeps them as long as it can: with
headers or a body byte by byte, with answers that are not fetched, with nothing at all. Meanwhile readers
come, each on a new connection. ATTACKERS and VISITS make it longer, KINDS names the attacks.
"""

import http.client
import multiprocessing
import os
import resource
import socket
import tempfile
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from benchmarks.report import keep, named
from benchmarks.servers import SITE, environment, granian, prepare
from website.start import allow_many_connections

ATTACKERS = int(os.environ.get("ATTACKERS", "1500"))
VISITS = int(os.environ.get("VISITS", "400"))
SECONDS = int(os.environ.get("SECONDS", "40"))  # longer than the server waits for headers
PAGES = ("/", "/blog/", "/blog/synthetic-7/", "/careers/", "/sitemap.xml")
COOKIE = f"Cookie: csrftoken={'a' * 32}\r\n"  # or Django refuses the body before it reads it
BEGINNINGS = {
    "none": None,
    "idle": "",
    "slow headers": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "slow body": "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
    f"Content-Type: application/x-www-form-urlencoded\r\n{COOKIE}\r\n",
    "answers not fetched": "GET /blog/synthetic-7/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20,
}


KINDS = os.environ.get("KINDS", ",".join(BEGINNINGS)).split(",")


def attack(port, kind, held, is_over):
    """In a process of its own. A connection that the server has closed is opened again."""
    resource.setrlimit(resource.RLIMIT_NOFILE, [resource.getrlimit(resource.RLIMIT_NOFILE)[1]] * 2)
    beginning, connections = BEGINNINGS[kind].encode(), {}
    trickles = kind.startswith("slow")
    while not is_over.is_set():
        for number in range(ATTACKERS):
            if connections.get(number) is None:
                connections[number] = opened(port, beginning)
            elif trickles:
                connections[number] = fed(connections[number])
        held.value = sum(one is not None for one in connections.values())
        is_over.wait(0.5)


def opened(port, beginning):
    with suppress(OSError):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        one.settimeout(1)
        one.connect(("127.0.0.1", port))
        one.sendall(beginning)
        one.settimeout(0)
        return one
    return None


def fed(one):
    """Another byte; none if it was closed at the other end."""
    with suppress(BlockingIOError):
        try:
            one.send(b"x")
        except OSError:
            one.close()
            return None
    return one


def visit(port, number):
    """How long a reader waited for a whole page, who came for this only; None if there was none."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", PAGES[number % len(PAGES)], headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        whole = bool(answer.read()) and answer.status == 200
    except (OSError, http.client.HTTPException):
        whole = False
    finally:
        connection.close()
    return time.monotonic() - began if whole else None


@contextmanager
def under(kind, port):
    held, is_over = multiprocessing.Value("i", 0), multiprocessing.Event()
    if BEGINNINGS[kind] is None:
        yield held
        return
    attacker = multiprocessing.Process(target=attack, args=(port, kind, held, is_over))
    attacker.start()
    for _ in range(300):
        if held.value >= ATTACKERS:
            break
        time.sleep(0.1)
    yield held
    is_over.set()
    attacker.join(20)
    attacker.kill()


def measured(kind, port):
    with under(kind, port) as held:
        waits, most = [], 0
        for number in range(VISITS):
            waits.append(visit(port, number))
            if waits[-20:].count(None) == 20:
                break
            most = max(most, held.value)
            time.sleep(SECONDS / VISITS)
    answered = sorted(wait for wait in waits if wait is not None)
    return {
        "held": most,
        "visits": len(waits),
        "answered": len(answered),
        "median ms": round(1000 * answered[len(answered) // 2], 1) if answered else None,
        "p99 ms": round(1000 * answered[int(len(answered) * 0.99)], 1) if answered else None,
    }


def run():
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    allow_many_connections()
    with tempfile.TemporaryDirectory(prefix="waymark-attacks-") as folder:
        env = environment(folder)
        prepare(env, 60)
        with granian(SITE, env) as site:
            port = urlsplit(site.url).port
            return {kind: measured(kind, port) for kind in KINDS}


def table(figures):
    lines = [f"{'attack':22}{'held':>7}{'visits':>8}{'answered':>10}{'median ms':>11}{'p99 ms':>9}"]
    for kind, one in figures.items():
        cells = f"{one['held']:>7}{one['visits']:>8}{one['answered']:>10}"
        lines.append(f"{kind:22}{cells}{one['median ms'] or '–':>11}{one['p99 ms'] or '–':>9}")
    return "\n".join(lines)


if __name__ == "__main__":
    result = run()
    keep(result, table(result), named("latest-attacks"))
