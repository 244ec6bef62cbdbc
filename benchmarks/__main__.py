"""Everything that is measured, in one command: `python -m benchmarks [name]` (see benchmarks/README.md).

In each round a page is asked for right after the bare responses, made anew and from memory: whatever else the
machine does in these seconds, it does to all of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks import addresses, report
from benchmarks.load import Load, generator, one_after_the_other, put_on, size
from benchmarks.report import BARE_GRANIAN, CALIBRATOR, CONSTANT
from benchmarks.servers import (
    BARE,
    CONSTANT_BYTES,
    ROOT,
    SITE,
    Server,
    database,
    environment,
    granian,
    gunicorn,
    memory_per_worker,
    processor_seconds,
    run,
)

ARTICLES = [int(one) for one in os.environ.get("ARTICLES", "1000,20000,100000").split(",")]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS", "2"))
PAGES = os.environ.get("PAGES", "")
IMPORTED = 50
WHILE_PUBLISHING = ("home", "article")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measured(
    server: Server, path: str = "/", *, times: int = 1, ask: Callable[[str, float], Load] = put_on
) -> dict[str, float]:
    before = processor_seconds(server.leader)
    load = ask(server.url + path, SECONDS * times)
    spent = processor_seconds(server.leader) - before
    come_to_rest(server)
    return {
        "per_second": round(load.per_second, 2),
        "cpu": round(1e3 * spent / load.requests, 4),
        "p50": load.p50,
        "p99": load.p99,
    }


def come_to_rest(server: Server) -> None:
    """What it was still answering when nobody asked any more is not to slow down the next."""
    for _ in range(50):
        before = processor_seconds(server.leader)
        time.sleep(0.1)
        if processor_seconds(server.leader) - before < 0.02:
            return


def measure_pages(paths: dict[str, str], servers: dict[str, Server]) -> dict[str, dict[str, Any]]:
    found = {}
    for name, path in paths.items():
        found[name] = {"path": path, "bytes": size(servers["hot"].url + path), "rounds": []}
        for kind in ("cold", "hot"):
            put_on(servers[kind].url + path, 1)
            come_to_rest(servers[kind])
    for number in range(ROUNDS):
        for name, path in paths.items():
            asked = {kind: path if kind in ("cold", "hot") else "/" for kind in servers}
            one = {kind: measured(servers[kind], target) for kind, target in asked.items()}
            found[name]["rounds"].append(one)
            say(f"round {number + 1} of {ROUNDS}: {name}")
    return found


def while_publishing(
    paths: dict[str, str], servers: dict[str, Server], env: dict[str, str]
) -> dict[str, list[dict]]:
    """By as many readers as the machine can bear, and by one, who leaves it room. The constant tells what the
    editor takes from any reader by needing a processor, too."""
    asked = {name: (servers["hot"], paths[name]) for name in WHILE_PUBLISHING if name in paths}
    asked[CONSTANT] = servers[CONSTANT], "/"
    readers = {"": put_on, ", one reader": one_after_the_other}
    found: dict[str, list[dict]] = {f"{name}{kind}": [] for kind in readers for name in asked}
    for _ in range(ROUNDS):
        for kind, ask in readers.items():
            for name, (server, path) in asked.items():
                put_on(server.url + path, 1)
                quiet = measured(server, path, times=2, ask=ask)
                with editor(env):
                    busy = measured(server, path, times=2, ask=ask)
                found[f"{name}{kind}"].append({"quiet": quiet, "publishing": busy})
    return found


@contextmanager
def editor(env: dict[str, str]):
    """At work from the first publish on."""
    command = [sys.executable, "-m", "benchmarks.editor"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        if not process.stdout.readline():
            raise RuntimeError("The editor could not publish")
        yield
        if process.poll() is not None:
            raise RuntimeError("The editor stopped publishing")
        process.terminate()


def loaded(articles: int, env: dict[str, str]) -> float:
    began = time.monotonic()
    run("-m", "benchmarks.corpus", str(articles), env=env)
    return time.monotonic() - began


def counted(paths: dict[str, str], env: dict[str, str]) -> dict[str, int]:
    return json.loads(run("-m", "benchmarks.queries", *paths.values(), env=env | {"PAGE_CACHE": "0"}))


def of_size(articles: int, env: dict[str, str]) -> dict[str, Any]:
    say(f"{articles:,} articles on {database()}")
    taken, paths = loaded(articles, env), addresses.chosen(articles, PAGES)
    queries = counted(paths, env)
    with ExitStack() as stack:
        servers = {
            CALIBRATOR: stack.enter_context(gunicorn(BARE, env)),
            BARE_GRANIAN: stack.enter_context(granian(BARE, env)),
            CONSTANT: stack.enter_context(granian(CONSTANT_BYTES, env)),
            "cold": stack.enter_context(granian(SITE, env | {"PAGE_CACHE": "0"})),
            "hot": stack.enter_context(granian(SITE, env | {"PAGE_CACHE": "1"})),
        }
        pages = measure_pages(paths, servers)
        memory = memory_per_worker(servers["hot"].leader)
        publishing = while_publishing(paths, servers, env)
    for name, path in paths.items():
        pages[name]["queries"] = queries[path]
    return {
        "loaded in": round(taken),
        "started in": round(servers["hot"].started_in, 2),
        "memory": memory,
        "pages": pages,
        "publishing": publishing,
        "imported": float(run("-m", "benchmarks.importing", str(IMPORTED), env=env).split()[-1]),
    }


def everything(name: str) -> None:
    """Kept after each size: an hour's work is not to be lost with its last minute."""
    result: dict[str, Any] = {
        "date": report.today(),
        "database": database(),
        "machine": report.machine(),
        "load": generator(),
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "sizes": {},
    }
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        env = environment(folder)
        run("manage.py", "prepare", env=env)
        run("manage.py", "load_careers", env=env)
        for articles in sorted(ARTICLES):
            result["sizes"][str(articles)] = of_size(articles, env)
            report.keep(result, report.markdown(result), name, suffix="md")


if __name__ == "__main__":
    everything(report.named(f"latest-{database().lower()}"))
