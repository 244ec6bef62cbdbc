"""How fast the pages are, as ratios to the calibrator: `python -m benchmarks.pages [name]`.

An absolute figure says more about the machine and its mood than about us. So in every round the bare response
and each page are measured one after the other, and the ratio is taken within the round.
"""

import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.corpus import HASHTAGS
from benchmarks.load import generator, requests_per_second

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "benchmarks" / "figures"
ROUNDS, SECONDS, ARTICLES = 3, 2, 1000
PAGES = {
    "home": "/",
    "article": "/blog/synthetic-7/",
    "category": "/category/tools/",
    "hashtag": f"/tag/{HASHTAGS[0].lower().replace(' ', '-')}/",
    "search": "/search/?q=retrieval+engineer",
}
GRANIAN = ["granian", "--interface", "wsgi", "--workers", "2", "--backlog", "4096", "--log-level", "error"]
THREADS = ["--blocking-threads", "64", "--no-ws", "--workers-kill-timeout", "3"]
GUNICORN = ["gunicorn", "--workers", "2", "--worker-class", "sync", "--log-level", "error"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(command: list[str], env: dict[str, str], *, port: int):
    """A server in a session of its own, from its first answer until it has stopped."""
    server = subprocess.Popen([sys.executable, "-m", *command], env=env, cwd=ROOT, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if server.poll() is not None:
                raise RuntimeError(f"{url} never answered") from None
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{url} did not answer in time")


def environment(folder: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "website.settings.prod",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "DEMO": "0",
    }


def seeded(env: dict[str, str]) -> None:
    for command in (["manage.py", "prepare"], ["-m", "benchmarks.corpus", str(ARTICLES)]):
        subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True)


def measure(targets: dict[str, str]) -> list[dict[str, float]]:
    """One dictionary a round: requests per second by name. Every address is warmed up first."""
    for url in targets.values():
        requests_per_second(url, 1)
    return [{name: requests_per_second(url, SECONDS) for name, url in targets.items()} for _ in range(ROUNDS)]


def ratios(rounds: list[dict[str, float]], name: str, base: str) -> dict[str, float]:
    each = sorted(one[name] / one[base] for one in rounds)
    return {"median": round(statistics.median(each), 4), "low": round(each[0], 4), "high": round(each[-1], 4)}


def run() -> dict:
    ports = free_port(), free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder, ExitStack() as servers:
        env = environment(folder)
        seeded(env)
        site, under_gunicorn, under_granian = (
            servers.enter_context(served(command, env, port=port))
            for command, port in (
                ([*GRANIAN, *THREADS, "--port", str(ports[0]), "website.wsgi:application"], ports[0]),
                ([*GUNICORN, "--bind", f"127.0.0.1:{ports[1]}", "benchmarks.bare:application"], ports[1]),
                ([*GRANIAN, *THREADS, "--port", str(ports[2]), "benchmarks.bare:application"], ports[2]),
            )
        )
        targets = {"bare under gunicorn": f"{under_gunicorn}/", "bare under granian": f"{under_granian}/"}
        rounds = measure(targets | {name: site + path for name, path in PAGES.items()})
    return {
        "articles": ARTICLES,
        "rounds": ROUNDS,
        "seconds_each": SECONDS,
        "load": generator(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "requests_per_second": [{name: round(value, 1) for name, value in one.items()} for one in rounds],
        "to_bare_gunicorn": {name: ratios(rounds, name, "bare under gunicorn") for name in PAGES},
        "to_bare_granian": {name: ratios(rounds, name, "bare under granian") for name in PAGES},
    }


def table(figures: dict) -> str:
    lines = [f"{'page':10} {'to bare under gunicorn':>26} {'to bare under granian':>26}"]
    for name in PAGES:
        cells = (
            "{median:.3f} ({low:.3f}–{high:.3f})".format(**figures[base][name])
            for base in ("to_bare_gunicorn", "to_bare_granian")
        )
        lines.append(f"{name:10} " + " ".join(f"{cell:>26}" for cell in cells))
    return "\n".join(lines)


def keep(result, figures, otherwise):
    """Under the name the command line gives, or ``otherwise``."""
    FIGURES.mkdir(exist_ok=True)
    target = FIGURES / f"{sys.argv[1] if len(sys.argv) > 1 else otherwise}.json"
    target.write_text(json.dumps(result, indent=1) + "\n")
    print(figures)
    print(f"Written to {target.relative_to(ROOT)}")


if __name__ == "__main__":
    result = run()
    keep(result, table(result), "latest")
