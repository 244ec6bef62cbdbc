"""Servers that are measured: how they are started, and what the kernel says of their processes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from website.start import SERVER

ROOT = Path(__file__).resolve().parent.parent
SITE, BARE = "website.wsgi:application", "benchmarks.bare:application"
CONSTANT_BYTES = "benchmarks.constant:application"
GRANIAN = ("granian", *SERVER)  # as `make run` has it
GUNICORN = ("gunicorn", "--workers", "2", "--worker-class", "sync", "--log-level", "error")
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds until a first answer


class Server(NamedTuple):
    url: str
    leader: int  # the first process of its session
    started_in: float  # seconds from the command to the first answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def granian(application: str, env: dict[str, str], *options: str):
    port = free_port()
    return served([*GRANIAN, *options, "--port", str(port), application], env, port=port)


def gunicorn(application: str, env: dict[str, str]):
    port = free_port()
    return served([*GUNICORN, "--bind", f"127.0.0.1:{port}", application], env, port=port)


@contextmanager
def served(command: list[str], env: dict[str, str], *, port: int) -> Iterator[Server]:
    """A server in a session of its own, from its first answer until it has stopped."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", *command], env=env, cwd=ROOT, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=PATIENCE).close()
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"{url} never answered") from None
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{url} did not answer in time")


def environment(folder: str, **more: str) -> dict[str, str]:
    """Of a site of its own; on the database of DATABASE_URL, if there is one."""
    return {
        **os.environ,
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "website.settings.prod",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "DEMO": "0",
        **more,
    }


def database() -> str:
    return "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"


def run(*arguments: str, env: dict[str, str]) -> str:
    """What a Python command of this project prints."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def prepare(env: dict[str, str], articles: int) -> None:
    """The tables, and so many synthetic articles."""
    run("manage.py", "prepare", env=env)
    run("-m", "benchmarks.corpus", str(articles), env=env)


def processes(leader: int) -> Iterator[tuple[int, list[str]]]:
    """All of a server's session, with what the kernel counts of each (``man proc_pid_stat``, from state)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            yield int(stat.parent.name), fields


def processor_seconds(leader: int) -> float:
    return sum(int(fields[11]) + int(fields[12]) for _, fields in processes(leader)) / TICK


def memory_per_worker(leader: int) -> list[float]:
    """Megabytes that each worker takes, its share of what it shares with others included; the largest first.

    Granian's first process only watches; beside the workers there can be small ones of Python's own.
    """
    taken = (proportional(process) for process, _ in processes(leader) if process != leader)
    return sorted(taken, reverse=True)[:2]


def proportional(process: int) -> float:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
