"""What pages with counts cost with 1,000 articles and with 100,000, on the database of DATABASE_URL.

``python -m benchmarks.listings`` fills a test database with articles of one paragraph. Of each page it prints
how long the quickest of several askings took, made anew each time, and how many times as long with a hundred
times as many. ``EXPLAIN=1`` prints how the database answers each of its slow questions.
"""

import os
import random
from datetime import UTC, datetime, timedelta

import django

from benchmarks.search import few_and_many, keep, test_database

ROUNDS = 7
SLOW = 0.003  # seconds
NOW = datetime(2026, 6, 1, tzinfo=UTC)
BODY = "<p>" + "A sentence of a body that is never read here. " * 40 + "</p>"
PAGES = {
    "home": "/",
    "article": "/blog/article-500/",
    "all articles": "/blog/",
    "all articles, page 70": "/blog/?page=70",
    "categories": "/category/",
    "category": "/category/category-1/",
    "authors": "/author/",
    "author": "/author/author-1/",
    "hashtags": "/tag/",
    "a frequent hashtag": "/tag/tag-0/",
    "a rare hashtag": "/tag/tag-300/",
    "two hashtags": "/tag/tag-0+tag-1/",
    "archive": "/archive/",
    "a year": "/archive/2026/",
    "a month": "/archive/2026/5/",
    "site map": "/site-map/",
    "sitemap.xml": "/sitemap.xml",
    "series": "/series/",
    "a role": "/careers/roles/role-0/",
    "two roles": "/careers/compare/role-0-vs-role-1/",
    "search in vain": "/search/?q=nothinglikeit",
}


def fill(start: int, end: int) -> None:
    from blog.models import Article, ArticleAuthor, ArticleHashtag, Author, Category, Hashtag
    from careers.models import Role
    from careers.models.publishable import Status

    chance = random.Random(start)
    if not start:
        Category.objects.bulk_create(Category(name=f"Category {n}", slug=f"category-{n}") for n in range(8))
        Author.objects.bulk_create(Author(name=f"Author {n}", slug=f"author-{n}") for n in range(6))
        Hashtag.objects.bulk_create(
            Hashtag(name=f"tag {n}", slug=f"tag-{n}", key=f"tag{n}") for n in range(400)
        )
        Role.objects.bulk_create(
            Role(name=f"Role {n}", slug=f"role-{n}", status=Status.PUBLISHED, main_focus="One line.")
            for n in range(20)
        )
    roles = list(Role.objects.order_by("pk"))
    about = Article.roles.through
    categories, authors = list(Category.objects.all()), list(Author.objects.all())
    hashtags = list(Hashtag.objects.order_by("pk"))
    often = [1 / (rank + 2) for rank in range(len(hashtags))]
    for first in range(start, end, 1_000):
        rows = [row(n, chance, categories) for n in range(first, min(first + 1_000, end))]
        rows = Article.objects.bulk_create(rows)
        bylines = [ArticleAuthor(article=a, author=chance.choice(authors)) for a in rows]
        ArticleAuthor.objects.bulk_create(bylines)
        ArticleHashtag.objects.bulk_create(
            ArticleHashtag(content_object=a, tag=tag)
            for a in rows
            for tag in set(chance.choices(hashtags, often, k=6))
        )
        about._default_manager.bulk_create(
            about(article=a, role=role) for a in rows[::10] for role in chance.sample(roles, 2)
        )


def row(number: int, chance: random.Random, categories: list):
    from blog.models import Article

    published = NOW - timedelta(minutes=50 * number + 1)
    return Article(
        title=f"An article {number}",
        slug=f"article-{number}",
        summary="One sentence.",
        body=BODY,
        body_html=BODY,
        plain_text=BODY[3:-4],
        word_count=400,
        category=chance.choice(categories),
        state=Article.State.PUBLISHED,
        published_at=published,
        first_published_at=published,
    )


def measured() -> dict[str, float]:
    from django.test import Client

    client, found = Client(), {}
    for _ in range(ROUNDS):
        for name, url in PAGES.items():
            keep(found, name, lambda url=url: client.get(url).status_code == 200)
    return found


def explained() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    words = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    for name, url in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            Client().get(url)
        for query in queries.captured_queries:
            if float(query["time"]) >= SLOW:
                print(f"\n{name}: {query['time']} s\n{query['sql']}")
                with connection.cursor() as cursor:
                    cursor.execute(f"{words} {query['sql']}".replace("%", "%%"))
                    print(*(line[-1] for line in cursor.fetchall()), sep="\n")


def main() -> None:
    with test_database():
        few_and_many(fill, measured)
        if os.environ.get("EXPLAIN"):
            explained()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.test")
    django.setup()
    main()
