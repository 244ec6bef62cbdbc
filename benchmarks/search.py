"""What a page of results costs with 1,000 articles and with 100,000, on the database of DATABASE_URL.

``python -m benchmarks.search`` fills the index of a test database as if the articles were there, and prints
in milliseconds the quickest of many askings, of the search and of the whole page, and how many times as much
it costs with a hundred times as many. The quickest: what else a machine does only ever makes it slower.
"""

import math
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

SIZES = (1_000, 100_000)
ROUNDS = 25
NOW = datetime(2026, 6, 1, tzinfo=UTC)
QUERIES = {
    "a word in 80 % of them": "common",
    "a word in 10 % of them": "frequent",
    "a word in one of them": "number77",
    "two words": "common frequent",
    "a mistyped word": "freqeunt",
}
ENDS = ("a", "ex", "on", "um", "y")
WORDS = [f"{a}{b}{c}" for a in "bdfgklmn" for b in ("ar", "en", "il", "ot") for c in ENDS]


def fill(start: int, end: int) -> None:
    from website.models import SearchDocument

    chance = random.Random(start)
    for first in range(start, end, 1_000):
        SearchDocument.objects.bulk_create(row(n, chance) for n in range(first, min(first + 1_000, end)))


def row(number: int, chance: random.Random):
    from website.models import SearchDocument

    words = chance.choices(WORDS, k=150)
    words[7] = "common" if number % 5 else "rare"
    summary = "frequent" if number % 10 == 1 else "seldom"
    title, body = f"{' '.join(chance.choices(WORDS, k=6))} number{number}", " ".join(words)
    tags = "".join(f"\ntag:{tag}\t#{tag}\n" for tag in chance.sample(WORDS[:40], 5))
    return SearchDocument(
        kind="article",
        ref=number + 1,
        weight=5,
        url=f"/blog/synthetic-{number}/",
        names="||",
        visible_from=NOW - timedelta(minutes=7 * number + 1),
        title=title,
        summary=summary,
        body=body,
        title_words=title,
        summary_words=summary,
        body_words=body,
        facets=f"\ncategory:{WORDS[number % 8]}\t{WORDS[number % 8]}\n{tags}",
        headings=[],
    )


def analysed() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as by itself after a while; else no index answers by itself


def measured() -> dict[str, float]:
    from django.test import Client

    from website.search import search

    page = Client()
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, query in QUERIES.items():
            keep(found, name, lambda query=query: search(query, now=NOW).hits)
            keep(found, f"{name}, page", lambda query=query: page.get("/search/", {"q": query}).content)
    return found


def keep(found: dict[str, float], name: str, ask: Callable[[], Any]) -> None:
    began = time.perf_counter()
    assert ask(), name
    found[name] = min(found.get(name, math.inf), 1_000 * (time.perf_counter() - began))


@contextmanager
def test_database() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(folder) / "benchmark.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def few_and_many(fill: Callable[[int, int], None], measured: Callable[[], dict[str, float]]) -> None:
    """Prints what each costs on the smaller and the larger site, which grows from the smaller."""
    from django.db import connection

    figures, filled = [], 0
    for size in SIZES:
        fill(filled, size)
        filled = size
        analysed()
        figures.append(measured())
    for name, few in figures[0].items():
        many = figures[1][name]
        print(f"{connection.vendor:10} {name:30} {few:7.1f} ms {many:7.1f} ms  × {many / few:.1f}")


def main() -> None:
    with test_database():
        few_and_many(fill, measured)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.test")
    django.setup()
    main()
