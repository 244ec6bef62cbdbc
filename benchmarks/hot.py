"""How fast pages are that somebody has seen already: `python -m benchmarks.hot [name]`.

Beside requests per second, which on a busy machine are as much the load generator's as ours, the processor
time that the server spends on one: of all its processes, by the kernel's count.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.corpus import HASHTAGS
from benchmarks.load import generator, requests_per_second
from benchmarks.pages import GRANIAN, GUNICORN, ROOT, THREADS, environment, free_port, keep, served

ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "5")), 2
ARTICLES = int(os.environ.get("ARTICLES", "1000"))
PAGES = {
    "home": "/",
    "article": "/blog/synthetic-7/",
    "category": "/category/tools/",
    "hashtag": f"/tag/{HASHTAGS[0].lower().replace(' ', '-')}/",
    "search": "/search/?q=retrieval+engineer",
    "certifications": "/careers/certifications/",
    "feed": "/blog/feed/",
    "site map": "/sitemap.xml",
}
TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(leader: int) -> float:
    """Of all processes of a server's session."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def measured(url: str, leader: int) -> dict[str, float]:
    before = processor_seconds(leader)
    rate = requests_per_second(url, SECONDS)
    spent = processor_seconds(leader) - before
    return {"per_second": round(rate), "microseconds": round(spent / (rate * SECONDS) * 1e6, 1)}


def leaders(ports: list[int]) -> list[int]:
    """The processes that were started last, by the port in their command line."""
    found = {}
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = line.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        for port in ports:
            if any(part.endswith(str(port)) for part in command):
                found.setdefault(port, []).append(int(line.parent.name))
    return [min(found[port]) for port in ports]


def run() -> dict:
    ports = [free_port() for _ in range(3)]
    with tempfile.TemporaryDirectory(prefix="waymark-hot-") as folder, ExitStack() as servers:
        env = environment(folder)
        if "DATABASE_URL" in os.environ:
            env["DATABASE_URL"] = os.environ["DATABASE_URL"]
        for command in (["manage.py", "prepare"], ["-m", "benchmarks.corpus", str(ARTICLES)]):
            subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True)
        commands = (
            [*GRANIAN, *THREADS, "--port", str(ports[0]), "website.wsgi:application"],
            [*GRANIAN, *THREADS, "--port", str(ports[1]), "benchmarks.bare:application"],
            [*GUNICORN, "--bind", f"127.0.0.1:{ports[2]}", "benchmarks.bare:application"],
        )
        site, granian, gunicorn = (
            servers.enter_context(served(command, env, port=port))
            for command, port in zip(commands, ports, strict=True)
        )
        ours, *bare = leaders(ports)
        targets = {"bare under granian": (f"{granian}/", bare[0]), "calibrator": (f"{gunicorn}/", bare[1])}
        targets |= {name: (site + path, ours) for name, path in PAGES.items()}
        for url, _ in targets.values():
            requests_per_second(url, 1)
        rounds = [
            {name: measured(url, leader) for name, (url, leader) in targets.items()} for _ in range(ROUNDS)
        ]
    return {
        "articles": ARTICLES,
        "database": "postgresql" if "DATABASE_URL" in os.environ else "sqlite",
        "load": generator(),
        "processors": os.cpu_count(),
        "rounds": rounds,
        "ratios": {name: {base: ratios(rounds, name, base) for base in list(targets)[:2]} for name in PAGES},
    }


def ratios(rounds: list[dict], name: str, base: str) -> dict[str, float]:
    """Of requests per second and of processor time, each within its round: at least, and usually."""
    speed = [one[name]["per_second"] / one[base]["per_second"] for one in rounds]
    work = [one[base]["microseconds"] / one[name]["microseconds"] for one in rounds]
    return {
        "least": round(min(speed), 2),
        "median": round(statistics.median(speed), 2),
        "least by processor time": round(min(work), 2),
        "median by processor time": round(statistics.median(work), 2),
    }


def table(figures: dict) -> str:
    lines = [f"{'page':15} " + "".join(f"{base:>36}" for base in ("bare under granian", "calibrator"))]
    for name, bases in figures["ratios"].items():
        cells = (
            f"{one['median']:.1f} (≥ {one['least']:.1f}), time {one['median by processor time']:.1f}"
            f" (≥ {one['least by processor time']:.1f})"
            for one in bases.values()
        )
        lines.append(f"{name:15} " + "".join(f"{cell:>36}" for cell in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    result = run()
    keep(result, table(result), "latest-hot")
