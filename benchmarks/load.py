"""Requests as fast as they are answered: with wrk where there is one, else with the standard library."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from urllib.parse import urlsplit

CONNECTIONS = 8
ENCODING = "gzip"  # as every browser


def requests_per_second(url: str, seconds: float) -> float:
    return (with_wrk if shutil.which("wrk") else with_threads)(url, seconds)


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "http.client"


def with_wrk(url: str, seconds: float) -> float:
    accepts = f"Accept-Encoding: {ENCODING}"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-H", accepts, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors: connect" in told:
        raise RuntimeError(f"{url} did not answer well:\n{told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def with_threads(url: str, seconds: float) -> float:
    counts, stop = [], time.monotonic() + seconds
    threads = [threading.Thread(target=ask, args=(url, stop, counts)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < CONNECTIONS:
        raise RuntimeError(f"{url} did not answer well")
    return sum(counts) / seconds


def ask(url: str, stop: float, counts: list[int]) -> None:
    parts, answered = urlsplit(url), 0
    connection = http.client.HTTPConnection(parts.netloc)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    while time.monotonic() < stop:
        connection.request("GET", target, headers={"Accept-Encoding": ENCODING})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            return
        answered += 1
    counts.append(answered)
