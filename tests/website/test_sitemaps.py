from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Picture
from careers.models import Comparison, Status
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read(client, path, tag):
    """Address → element, as a search engine reads them."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    found = ElementTree.fromstring(response.content).findall(f"map:{tag}", NAMES)
    return {one.findtext("map:loc", namespaces=NAMES).removeprefix(SITE): one for one in found}


def day_of(element):
    return (element.findtext("map:lastmod", namespaces=NAMES) or "")[:10] or None


@pytest.fixture(autouse=True)
def one_part(monkeypatch):
    """Whatever numbers the tests before have used up: PostgreSQL does not give them back."""
    monkeypatch.setattr("website.sitemaps.LIMIT", 10**9)


@pytest.fixture
def parts(client):
    return lambda: read(client, "/sitemap.xml", "sitemap")


@pytest.fixture
def entries(client, parts):
    """``entries()``: every address in every part, with its day."""

    def entries():
        found = [read(client, part, "url") for part in parts()]
        addresses = [address for urls in found for address in urls]
        assert len(addresses) == len(set(addresses))
        return {address: day_of(url) for urls in found for address, url in urls.items()}

    return entries


def test_every_public_page_is_listed(entries):
    article, _ = ArticleFactory.create_batch(2, hashtags=["knots"], authors=[AuthorFactory()])
    role = RoleFactory()
    listed = entries()

    for page in [article, article.category, article.authors.get(), article.hashtags.get(), role]:
        assert page.get_absolute_url() in listed
    assert {"/", "/blog/", "/careers/", "/careers/certifications/"} <= listed.keys()


def compared(*roles, **said):
    comparison = Comparison.objects.create(key=Comparison.key_of(roles), **said)
    comparison.roles.set(roles)
    return comparison


def test_a_comparison_is_listed_if_the_desk_wrote_something_to_it_and_its_roles_are_public(entries):
    one, two, three = RoleFactory.create_batch(3)
    hidden = RoleFactory(status=Status.DRAFT)
    written = compared(one, two, verdict="Take the first.")
    compared(one, three)
    compared(two, three, intro="Soon.", status=Status.DRAFT)
    compared(one, hidden, intro="Both.")

    assert [path for path in entries() if "-vs-" in path] == [written.get_absolute_url()]


def test_ten_comparisons_cost_what_two_cost(client, count_queries):
    costs = []
    for more in (2, 8):
        for _ in range(more):
            compared(*RoleFactory.create_batch(2), intro="Both.")
        costs.append(count_queries(client, "/sitemap-comparisons.xml"))

    assert costs[0] == costs[1]


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
    DraftFactory(hashtags=["thin"])

    assert {path for path in entries() if path.startswith("/tag/")} == {"/tag/"}


def test_a_part_tells_of_its_last_change_and_a_listing_of_none(parts):
    ArticleFactory(first_published_at=datetime(2026, 2, 3, tzinfo=UTC))
    ArticleFactory(updated_at=datetime(2026, 4, 5, tzinfo=UTC))
    DraftFactory(updated_at=datetime(2026, 9, 9, tzinfo=UTC))
    found = parts()

    assert day_of(found["/sitemap-articles.xml"]) == "2026-04-05"
    assert day_of(found["/sitemap-categories.xml"]) is None
    assert day_of(found["/sitemap-pages.xml"]) is None


def test_a_section_that_is_too_long_is_cut_and_each_part_tells_of_its_own_changes(
    client, parts, entries, monkeypatch
):
    monkeypatch.setattr("website.sitemaps.LIMIT", 3)
    category = CategoryFactory(pk=4)
    for key, month in [(4, 1), (5, 9), (6, 2), (7, 3), (12, 4)]:
        first = datetime(2026, month, 1, tzinfo=UTC)
        ArticleFactory(pk=key, slug=f"one-{key}", category=category, first_published_at=first)
    DraftFactory(pk=1, category=category, first_published_at=datetime(2026, 1, 1, tzinfo=UTC))

    found = parts()

    cut = {path: day_of(part) for path, part in found.items() if "articles" in path}
    assert cut == {
        "/sitemap-articles.xml?p=2": "2026-09-01",
        "/sitemap-articles.xml?p=3": "2026-03-01",
        "/sitemap-articles.xml?p=4": "2026-04-01",
    }
    assert [path for path in found if "categories" in path] == ["/sitemap-categories.xml?p=2"]
    assert {f"/blog/one-{key}/" for key in (4, 5, 6, 7, 12)} <= entries().keys()
    assert list(read(client, "/sitemap-articles.xml?p=2", "url")) == [
        "/blog/one-4/",
        "/blog/one-5/",
        "/blog/one-6/",
    ]
    assert client.get("/sitemap-articles.xml").status_code == 404


def test_a_section_with_nothing_in_it_is_not_named(client, parts):
    assert "/sitemap-articles.xml" not in parts()
    assert client.get("/sitemap-articles.xml").status_code == 404


def test_the_pictures_that_a_page_shows_are_listed_with_it(client):
    cover, photo = (Picture.objects.create(token=sign * 32, width=1000, height=500) for sign in "ab")
    ArticleFactory(slug="pictured", cover=cover, authors=[AuthorFactory(slug="seen", photo=photo)])
    ArticleFactory(slug="plain")
    found = read(client, "/sitemap-articles.xml", "url") | read(client, "/sitemap-authors.xml", "url")

    pictures = {
        path: [loc.text for loc in url.findall("image:image/image:loc", NAMES)] for path, url in found.items()
    }
    assert pictures == {
        "/blog/pictured/": [f"{SITE}/media/pictures/{'a' * 32}/1000.jpg"],
        "/blog/plain/": [],
        "/author/seen/": [f"{SITE}/media/pictures/{'b' * 32}/1000.jpg"],
    }


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", *(f"/sitemap-{name}.xml" for name in ("articles", "hashtags"))]
)
def test_ten_rows_cost_what_two_cost(client, path):
    ArticleFactory.create_batch(2, hashtags=["a", "b"])
    with CaptureQueriesContext(connection) as two:
        client.get(path)
    ArticleFactory.create_batch(8, hashtags=["c", "d"])
    with CaptureQueriesContext(connection) as ten:
        client.get(path)

    assert len(two) == len(ten)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-articles.xml"])
def test_the_texts_of_the_pages_stay_in_the_database(client, path):
    ArticleFactory(hashtags=["a"])

    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    asked = " ".join(query["sql"] for query in queries)
    assert '"blog_article"."updated_at"' in asked
    assert '"blog_article"."body' not in asked
    assert '"blog_article"."plain_text' not in asked


def test_what_is_taken_down_is_taken_out_for_who_only_asks_what_is_new(client):
    _, other = ArticleFactory.create_batch(2)
    first = client.get("/sitemap-articles.xml")
    Article.objects.filter(pk=other.pk).update(state=Article.State.ARCHIVED)
    headers = {"If-Modified-Since": "Fri, 01 Jan 2027 00:00:00 GMT"}

    again = client.get("/sitemap-articles.xml", headers=headers)

    assert "Last-Modified" not in first.headers
    assert again.status_code == 200
    assert other.slug not in again.text


def test_a_map_is_not_itself_a_page_to_be_found(client):
    assert "noindex" in client.get("/sitemap.xml").headers["X-Robots-Tag"]


@pytest.mark.parametrize("part", ["0", "2", "01", "-1", "abc", "999", "\x00", ""])
def test_a_part_that_makes_no_sense_is_not_found(client, part):
    ArticleFactory()

    assert client.get("/sitemap-articles.xml").status_code == 200
    assert client.get("/sitemap-articles.xml", {"p": part}).status_code == 404


def test_a_section_that_makes_no_sense_is_not_found(client):
    assert client.get("/sitemap-nonsense.xml").status_code == 404


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
