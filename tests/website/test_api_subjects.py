"""Hashtags, categories and authors as programs read them."""

import pytest

from blog.models import AuthorLink, Hashtag, HashtagAlias
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture(scope="module")
def rows(for_the_module):
    for_the_module(make_rows)


def make_rows():
    category = CategoryFactory(name="Data", slug="data", description="Of numbers.")
    author = AuthorFactory(name="Ann", slug="ann", short_bio="Writes.", bio="Writes much.")
    AuthorLink.objects.create(author=author, label="Site", url="https://example.org/")
    shared = {"category": category, "authors": [author]}
    ArticleFactory(hashtags=["Machine learning", "AI"], **shared)
    ArticleFactory(hashtags=["AI"], **shared)
    DraftFactory(hashtags=["AI", "Secret"], **shared)
    ai = Hashtag.objects.get(name="AI")
    Hashtag.objects.filter(pk=ai.pk).update(description="Of thinking machines.")
    HashtagAlias.objects.create(name="Artificial intelligence", hashtag=ai)


def test_hashtags_come_with_how_many_articles_readers_can_see(client, rows):
    items = client.get("/api/hashtags").json()["items"]

    assert [(item["slug"], item["article_count"]) for item in items] == [("ai", 2), ("machine-learning", 1)]
    assert items[0] == {
        "slug": "ai",
        "name": "AI",
        "url": f"{SITE}/tag/ai/",
        "api_url": f"{SITE}/api/hashtags/ai",
        "articles": f"{SITE}/api/articles?hashtag=ai",
        "article_count": 2,
    }


@pytest.mark.parametrize(
    ("address", "further"),
    [
        ("hashtags/ai", {"description": "Of thinking machines.", "other_names": ["Artificial intelligence"]}),
        ("categories/data", {"description": "Of numbers."}),
        (
            "authors/ann",
            {
                "short_bio": "Writes.",
                "bio": "Writes much.",
                "links": [{"label": "Site", "url": "https://example.org/"}],
            },
        ),
    ],
)
def test_each_has_more_to_tell_by_itself(client, rows, address, further):
    found = client.get(f"/api/{address}").json()

    assert {name: found[name] for name in further} == further
    assert found["article_count"] == 2


@pytest.mark.parametrize("plural", ["hashtags", "categories", "authors"])
def test_each_leads_to_its_page_and_to_its_articles(client, rows, plural):
    item = client.get(f"/api/{plural}").json()["items"][0]

    assert client.get(item["url"]).status_code == client.get(item["api_url"]).status_code == 200
    assert len(client.get(item["articles"]).json()["items"]) == item["article_count"]


def test_a_hashtag_of_drafts_only_is_nothing(client, rows):
    assert client.get("/api/hashtags/secret").status_code == 404


@pytest.mark.parametrize("plural", ["hashtags", "categories", "authors"])
def test_ten_cost_as_many_queries_as_two(client, rows, count_queries, plural):
    before = count_queries(client, f"/api/{plural}")
    for n in range(8):
        ArticleFactory(hashtags=[f"Tag {n}"], authors=[AuthorFactory()])

    assert count_queries(client, f"/api/{plural}") == before
