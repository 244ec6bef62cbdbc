"""What readers wait while an editor publishes every half second: `python -m benchmarks.publishing [name]`.

The server of `make run`, readers in processes of their own, each on one connection, and an editor in another
process. Rounds without and with publishing take turns; the ratio of their p99 is taken within the round, once
for readers of one article and once for readers of several kinds of pages.
"""

import http.client
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.freshness import first_article
from benchmarks.pages import ROOT, environment, free_port, keep, served
from website.start import SERVER

ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "5")), int(os.environ.get("SECONDS", "8"))
READERS = int(os.environ.get("READERS", "4"))
PAUSE = 0.5
PAGES = {
    "one article": ("/blog/synthetic-7/",),
    "five pages": ("/", "/blog/", "/blog/synthetic-7/", "/category/tools/", "/careers/"),
}


def read(port, pages, told):
    connection, waits = http.client.HTTPConnection("127.0.0.1", port, timeout=30), []
    until = time.monotonic() + SECONDS
    while (began := time.monotonic()) < until:
        connection.request("GET", pages[len(waits) % len(pages)], headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        waits.append(time.monotonic() - began)
    told.put(waits)


def waits(port, pages, article):
    """In milliseconds. The editor publishes if there is an article to publish."""
    from django.utils import timezone

    from blog import publishing

    told = multiprocessing.Queue()
    readers = [multiprocessing.Process(target=read, args=(port, pages, told)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    until, published = time.monotonic() + SECONDS - PAUSE, 0
    while article and time.monotonic() < until:
        published += 1
        article.title = f"Fresh {published}, {until}"
        publishing.publish(article, by=None, reason="A measurement", now=timezone.now())
        time.sleep(PAUSE)
    all_waits = sorted(wait * 1000 for _ in readers for wait in told.get(timeout=60))
    return {
        "answers": len(all_waits),
        "median": round(statistics.median(all_waits), 2),
        "p99": round(all_waits[int(len(all_waits) * 0.99)], 2),
        "longest": round(all_waits[-1], 1),
        "publishes": published,
    }


def run():
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="waymark-publishing-") as folder:
        env = environment(folder)
        if "DATABASE_URL" in os.environ:
            env["DATABASE_URL"] = os.environ["DATABASE_URL"]
        for command in (["manage.py", "prepare"], ["-m", "benchmarks.corpus", "200"]):
            subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True)
        os.environ.update(env)
        import django

        django.setup()
        article = first_article()
        command = ["granian", *SERVER, "--port", str(port), "website.wsgi:application"]
        with served(command, env, port=port):
            waits(port, PAGES["five pages"], None)
            return {name: rounds(port, pages, article) for name, pages in PAGES.items()}


def rounds(port, pages, article):
    both = [(waits(port, pages, None), waits(port, pages, article)) for _ in range(ROUNDS)]
    ratios = [with_publishing["p99"] / without["p99"] for without, with_publishing in both]
    return {
        "without": [without for without, _ in both],
        "with": [with_publishing for _, with_publishing in both],
        "ratio of p99": {"median": round(statistics.median(ratios), 2), "most": round(max(ratios), 2)},
    }


def table(figures):
    lines = []
    for name, one in figures.items():
        p99 = [statistics.median(each["p99"] for each in one[kind]) for kind in ("without", "with")]
        ratio = one["ratio of p99"]
        lines.append(
            f"{name}: p99 {p99[0]:.1f} ms without, {p99[1]:.1f} ms with publishing;"
            f" ratio {ratio['median']} (≤ {ratio['most']})"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    result = run()
    keep(result, table(result), "latest-publishing")
