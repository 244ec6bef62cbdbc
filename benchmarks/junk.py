"""Whether somebody who makes up addresses can drive pages out of memory: `python -m benchmarks.junk [name]`.

100,000 different addresses, paths and parameters, are asked for in one process behind the page cache, and a
reader's page between them, one time in ten. JUNK makes it shorter. DATABASE_URL takes an empty PostgreSQL
database; on a server where others write, their commits begin the memory anew.
"""

import os
import tempfile
import time
from io import BytesIO
from pathlib import Path

from benchmarks.report import keep, named
from benchmarks.servers import environment, prepare

JUNK = int(os.environ.get("JUNK", "100000"))
MEGABYTES = 16  # less than by default, so that junk alone would fill it
TOP = ["/", "/blog/", "/careers/", "/search/", "/sitemap.xml", *(f"/blog/synthetic-{n}/" for n in range(15))]
# How many of fifty: what is not there and searches cost most, and are enough to fill their share many times.
SHARES = {
    "/?{}=1": 10,
    "/blog/?utm_source={}": 10,
    "/blog/synthetic-7/?x={}": 10,
    "/careers/?{}": 10,
    "/{}.php": 5,
    "/blog/?page={}": 2,
    "/careers/roles/{}/": 1,
    "/no-such-{}/": 1,
    "/search/?q={}": 1,
}
KINDS = [kind for kind, share in SHARES.items() for _ in range(share)]


def asked(application, target):
    path, _, query = target.partition("?")
    request = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    parts = application(request, lambda *said: None)
    b"".join(parts)
    getattr(parts, "close", lambda: None)()


def resident_megabytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def measured():
    import django

    django.setup()
    from website.pagecache import serving
    from website.wsgi import application

    cache = serving.current
    for target in TOP * 2:
        asked(application, target)
    hits = asks = 0
    resident, kept, began = [], 0, time.monotonic()
    for number in range(JUNK):
        asked(application, KINDS[number % len(KINDS)].format(f"made-up-{number}"))
        kept = max(kept, cache.store.bytes)
        if number % 10 == 0:
            before = cache.counts.hits
            asked(application, TOP[number // 10 % len(TOP)])
            hits, asks = hits + cache.counts.hits - before, asks + 1
        if number % (JUNK // 20) == 0:
            resident.append(resident_megabytes())
    return {
        "junk": JUNK,
        "top pages from memory": round(hits / asks, 4),
        "megabytes allowed": MEGABYTES,
        "megabytes kept at most": round(kept / 1024 / 1024, 1),
        "resident megabytes, from first to last": resident,
        "seconds": round(time.monotonic() - began),
    }


def run():
    with tempfile.TemporaryDirectory(prefix="waymark-junk-", ignore_cleanup_errors=True) as folder:
        env = environment(folder, PAGE_CACHE_MEGABYTES=str(MEGABYTES), PAGE_COPIES_MEGABYTES="20")
        prepare(env, 40)
        os.environ.update(env)
        result = measured()
        copies = sum(file.stat().st_size for file in Path(folder, "pages").glob("*/*"))
        return result | {"megabytes of copies on disk, of 20": round(copies / 1024 / 1024, 1)}


if __name__ == "__main__":
    result = run()
    keep(result, "\n".join(f"{name}: {value}" for name, value in result.items()), named("latest-junk"))
