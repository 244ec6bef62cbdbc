from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.models import Status
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def entries(client):
    def entries():
        urls = ElementTree.fromstring(client.get(reverse("sitemap")).content)
        return {
            url[0].text.removeprefix(SITE): url[1].text if "lastmod" in url[1].tag else None
            for url in urls
            if len(url) > 1
        } | {url[0].text.removeprefix(SITE): None for url in urls if len(url) == 1}

    return entries


def test_every_public_page_is_listed(entries):
    article, _ = ArticleFactory.create_batch(2, hashtags=["knots"], authors=[AuthorFactory()])
    role = RoleFactory()
    listed = entries()

    for page in [article, article.category, article.authors.get(), article.hashtags.get(), role]:
        assert page.get_absolute_url() in listed
    assert {"/", "/blog/", "/careers/", "/careers/certifications/"} <= listed.keys()


def test_every_listed_page_is_there(client, entries):
    ArticleFactory(hashtags=["knots"], authors=[AuthorFactory()])
    RoleFactory()

    assert {path: client.get(path).status_code for path in entries()} == dict.fromkeys(entries(), 200)


def test_the_date_is_that_of_the_last_major_change(entries):
    old = ArticleFactory(first_published_at=datetime(2026, 2, 3, tzinfo=UTC))
    new = ArticleFactory(updated_at=datetime(2026, 4, 5, tzinfo=UTC))

    assert entries()[old.get_absolute_url()] == "2026-02-03"
    assert entries()[new.get_absolute_url()] == "2026-04-05"


def test_what_readers_may_not_see_and_empty_listings_are_not_listed(entries):
    now = timezone.now()
    DraftFactory(slug="draft", hashtags=["secret"], category=CategoryFactory(slug="unopened"))
    ArticleFactory(slug="scheduled", published_at=now + timedelta(days=1), hashtags=["tomorrow"])
    ArticleFactory(slug="expired", expires_at=now - timedelta(days=1))
    RoleFactory(slug="unborn", status=Status.DRAFT)
    AuthorFactory(slug="idle")
    listed = " ".join(entries())

    for hidden in ["draft", "secret", "unopened", "scheduled", "tomorrow", "expired", "unborn", "idle"]:
        assert hidden not in listed


def test_a_hashtag_of_one_article_is_not_listed(entries):
    now = timezone.now()
    ArticleFactory(hashtags=["thin", "waiting"])
    ArticleFactory(hashtags=["waiting"], published_at=now + timedelta(days=1))

    assert {path for path in entries() if path.startswith("/tag/")} == {"/tag/"}


def test_ten_rows_cost_what_two_cost(client):
    ArticleFactory.create_batch(2, hashtags=["a", "b"])
    with CaptureQueriesContext(connection) as two:
        client.get(reverse("sitemap"))
    ArticleFactory.create_batch(8, hashtags=["c", "d"])
    with CaptureQueriesContext(connection) as ten:
        client.get(reverse("sitemap"))

    assert len(two) == len(ten)


def test_the_texts_of_the_pages_stay_in_the_database(client):
    ArticleFactory(hashtags=["a"])

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("sitemap"))

    asked = " ".join(query["sql"] for query in queries)
    assert '"blog_article"."slug"' in asked
    assert '"blog_article"."body' not in asked


@pytest.mark.parametrize("page", ["0", "abc", "999", "\x00"])
def test_a_page_of_the_sitemap_that_makes_no_sense_is_not_found(client, page):
    assert client.get(reverse("sitemap"), {"p": page}).status_code == 404


def test_robots_are_told_where_not_to_go_and_where_the_map_is(client):
    response = client.get(reverse("robots"))

    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Allow: /search/$",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]
