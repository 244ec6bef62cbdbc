"""What a page costs that nobody has asked for yet: `python -m benchmarks.cold`.

Processor milliseconds of the whole WSGI application, called in this process as production has it but without
the page cache, over the demo and synthetic articles. Beside them the same of the bare response, how many
queries were asked, and what the page cache takes to find that a page from before a save is still right.
The quickest of several runs: what else a machine does only ever makes it slower.
``ARTICLES`` makes the site larger, ``DATABASE_URL`` takes it to PostgreSQL (an empty one), ``ONLY`` names
one page, whose profile is printed too. ``DATA_DIR`` keeps the site for the next time.
"""

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.corpus import HASHTAGS
from benchmarks.servers import ROOT, environment, prepare, run

ARTICLES = int(os.environ.get("ARTICLES", "1000"))
RUNS, REQUESTS = int(os.environ.get("RUNS", "5")), 30
ONE, TWO = (name.lower().replace(" ", "-") for name in HASHTAGS[:2])
PAGES = {
    "home": "/",
    "article": "/blog/synthetic-7/",
    "article of the demo": "/blog/generative-ai-engineer-vs-machine-learning-engineer/",
    "all articles": "/blog/",
    "category": "/category/tools/",
    "category, page 8": "/category/tools/?page=8",
    "hashtag": f"/tag/{ONE}/",
    "two hashtags": f"/tag/{ONE}+{TWO}/",
    "role": "/careers/roles/machine-learning-engineer/",
    "comparison": "/careers/compare/generative-ai-engineer-vs-machine-learning-engineer/",
    "certifications": "/careers/certifications/",
    "search": "/search/?q=retrieval+engineer",
    "feed": "/blog/feed/",
}
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def asked(application: Application, url: str) -> str:
    """The status of the answer, which is read to its end."""
    path, _, query = url.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    said: list[str] = []
    answer = application(environ, lambda status, headers, exc_info=None: said.append(status))
    b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return said[0]


def milliseconds(application: Application, url: str) -> float:
    assert asked(application, url) == "200 OK", url
    return min(_run(application, url) for _ in range(RUNS))


def _run(application: Application, url: str) -> float:
    began = time.process_time()
    for _ in range(REQUESTS):
        asked(application, url)
    return 1_000 * (time.process_time() - began) / REQUESTS


class Saving:
    """The application behind a page cache that is told before each request that somebody saved."""

    def __init__(self, application: Application) -> None:
        from website.pagecache.boundaries import horizon
        from website.pagecache.serving import copies
        from website.pagecache.wrapper import PageCache

        self.saves = 0
        self.cache = PageCache(application, tokens=self, horizon=horizon, limit=100_000_000, copies=copies())

    def read(self) -> int:
        return self.saves

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.saves += 1
        return self.cache(environ, start_response)


def bare() -> None:
    from benchmarks.bare import application

    print(milliseconds(application, "/"))


def site(base: float) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from website.wsgi import site as application  # not its makers, whose queries this thread does not hear

    only = os.environ.get("ONLY")
    print(f"{'bare':20} {base:7.3f} ms")
    for name, url in PAGES.items() if not only else [(only, PAGES[only])]:
        cost = milliseconds(application, url)
        with CaptureQueriesContext(connection) as capture:
            asked(application, url)
        queries = list(capture.captured_queries)  # the next request forgets them
        told = f"{cost:7.2f} ms {base / cost:8.3f} {len(queries):4} queries"
        still = milliseconds(Saving(application), url)
        print(f"{name:20} {told} {still:7.2f} ms when nothing changed", flush=True)
    if only:
        for query in queries:
            print(query["time"], query["sql"][:600])
        profiled(application, PAGES[only])


def profiled(application: Application, url: str) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(REQUESTS):
        asked(application, url)
    profile.disable()
    for order in ("tottime", "cumulative"):
        pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(60)


def prepared(env: dict[str, str]) -> None:
    prepare(env, ARTICLES)
    run("manage.py", "load_demo", env=env)
    run("manage.py", "rebuild_search", env=env)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="waymark-cold-") as folder:
        env = environment(os.environ.get("DATA_DIR") or folder, PAGE_CACHE="0")
        if not Path(env["DATA_DIR"], "static").exists():
            prepared(env)
        base = run("-m", "benchmarks.cold", "bare", env=env)
        subprocess.run([sys.executable, "-m", "benchmarks.cold", base], env=env, cwd=ROOT, check=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case [base]:
            site(float(base))
        case _:
            main()
