"""Whether anybody is shown what was there before a publish: `python -m benchmarks.freshness [name]`.

Two server processes on one database, readers who ask both in turn, and a writer in a process of its own who
publishes one article again and again under a new number. An answer is stale if it has a smaller number than
was acknowledged before the reader asked. The control is the same site behind a cache that keeps pages for a
second. DATABASE_URL: an empty PostgreSQL database; otherwise SQLite. READS and READERS make it longer.
"""

import http.client
import multiprocessing
import os
import re
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlsplit

from benchmarks.report import keep, named
from benchmarks.servers import database, environment, granian, run

READS = int(os.environ.get("READS", "100000"))
READERS = int(os.environ.get("READERS", "3"))
PAUSE = 0.2  # seconds between a publish and the next, in which pages are read from memory
PAGES = ("/blog/fresh/", "/blog/", "/")
ONE_PROCESS = ("--workers", "1", "--blocking-threads", "16")
NUMBER = re.compile(rb"Fresh (\d+)")


def read(ports, acknowledged, reads, told):
    """What one reader sees, in a process of its own."""
    servers = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for port in ports]
    seen, versions = Counter(), set()
    for turn in range(reads):
        server, path = turn % len(ports), PAGES[turn // len(ports) % len(PAGES)]
        least = acknowledged.value
        servers[server].request("GET", path)
        answer = servers[server].getresponse()
        found = NUMBER.search(answer.read())
        if answer.status != 200 or not found:
            raise RuntimeError(f"{path} answered {answer.status}")
        seen["answers"] += 1
        seen["stale"] += int(found[1]) < least
        versions.add((server, path, int(found[1])))
    told.put((seen, versions))


def publish_on(article, acknowledged, readers):
    from django.utils import timezone

    from blog import publishing

    number = 0
    while any(reader.is_alive() for reader in readers):
        number += 1
        article.title = f"Fresh {number}"
        publishing.publish(article, by=None, reason="A measurement", now=timezone.now())
        acknowledged.value = number
        time.sleep(PAUSE)
    return number


def first_article():
    from django.utils import timezone

    from blog import publishing
    from blog.models import Article, Category
    from blog.snapshots import Related

    category, _ = Category.objects.get_or_create(name="Fresh", slug="fresh")
    article = Article.objects.filter(slug="fresh").first() or Article(slug="fresh", category=category)
    article.title, article.summary, article.body = "Fresh 0", "What is new.", "<p>Words.</p>"
    publishing.publish(article, by=None, reason="A measurement", now=timezone.now(), related=Related())
    return article


def measured(application, env):
    acknowledged, told = multiprocessing.Value("Q", 0), multiprocessing.Queue()
    article = first_article()
    with ExitStack() as stack:
        servers = [stack.enter_context(granian(application, env, *ONE_PROCESS)) for _ in range(2)]
        ports = [urlsplit(server.url).port for server in servers]
        given = (ports, acknowledged, READS // READERS, told)
        readers = [multiprocessing.Process(target=read, args=given) for _ in range(READERS)]
        began = time.monotonic()
        for reader in readers:
            reader.start()
        publishes = publish_on(article, acknowledged, readers)
        heard = [told.get(timeout=10) for _ in readers]
    versions = set().union(*(versions for _, versions in heard))
    total = sum((seen for seen, _ in heard), Counter())
    return {
        "answers": total["answers"],
        "stale": total["stale"],
        "publishes": publishes,
        "versions": len(versions),  # of each page in each process
        "seconds": round(time.monotonic() - began),
    }


def everything():
    with tempfile.TemporaryDirectory(prefix="waymark-fresh-") as folder:
        env = environment(folder)
        run("manage.py", "prepare", env=env)
        os.environ.update(env)
        import django

        django.setup()
        figures = {
            name: measured(application, env)
            for name, application in [
                ("ours", "website.wsgi:application"),
                ("kept for a second", "benchmarks.naive:application"),
            ]
        }
    return {"database": database().lower(), "processes": 2, **figures}


def table(figures):
    lines = [f"{figures['database']}, two server processes:"]
    for name in ("ours", "kept for a second"):
        one = figures[name]
        lines.append(
            f"{name:18} {one['stale']:>7,} of {one['answers']:,} answers stale; {one['publishes']:,}"
            f" publishes, {one['versions']:,} versions seen, {one['seconds']} s"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    result = everything()
    keep(result, table(result), named(f"latest-freshness-{result['database']}"))
