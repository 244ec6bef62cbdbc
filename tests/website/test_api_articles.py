"""Articles as programs read them."""

from datetime import timedelta

import pytest

from blog.models import Article, Series, SeriesPart
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)
from tests.website.test_bad_input import NONSENSE

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
BODY = (
    '<h2>Here</h2><p><a href="/careers/">way</a></p>'
    '<careers-block data-kind="role-card" data-ref="tester"></careers-block>'
    '<careers-block data-kind="role-card" data-ref="secret"></careers-block>'
)


@pytest.fixture(scope="module")
def article(for_the_module):
    return for_the_module(publish)


def publish():
    """One with everything, and one with nothing that a filter could ask for."""
    authors = [AuthorFactory(name="Ann & Co", slug="ann"), AuthorFactory(name="Bob", slug="bob")]
    article = ArticleFactory(
        title="<b>All</b> of it",
        slug="all",
        body=BODY,
        category=CategoryFactory(name="Data", slug="data"),
        authors=authors,
        hashtags=["Python", "AI"],
        updated_at=LONG_AGO + timedelta(days=3),
    )
    article.roles.add(RoleFactory(name="Tester", slug="tester"), RoleFactory(slug="secret", status="draft"))
    provider = ProviderFactory(slug="provider")
    article.credentials.add(CredentialFactory(name="Tested", slug="tested", provider=provider))
    SkillFactory(slug="testing")
    for by, ref in [("skill", "testing"), ("provider", "provider")]:
        listed = f'data-kind="certifications" data-by="{by}" data-ref="{ref}"'
        article.body += f"<careers-block {listed}></careers-block>"
    article.save()
    SeriesPart.objects.create(series=Series.objects.create(name="Path", slug="path"), article=article)
    ArticleFactory(slug="plain")
    DraftFactory(slug="draft", hashtags=["Python"])
    return article


def items(client, query=""):
    return client.get(f"/api/articles{query}").json()["items"]


def test_a_line_tells_what_it_is_where_it_is_and_whose(client, article):
    line = next(item for item in items(client) if item["slug"] == "all")

    assert line == {
        "slug": "all",
        "title": "<b>All</b> of it",
        "summary": "What this article is about.",
        "url": f"{SITE}/blog/all/",
        "api_url": f"{SITE}/api/articles/all",
        "markdown_url": f"{SITE}/blog/all.md",
        "published_at": "2026-01-05T09:00:00Z",
        "updated_at": "2026-01-08T09:00:00Z",
        "reading_minutes": 1,
        "category": {"slug": "data", "name": "Data", "url": f"{SITE}/category/data/"},
        "authors": [
            {"slug": "ann", "name": "Ann & Co", "url": f"{SITE}/author/ann/"},
            {"slug": "bob", "name": "Bob", "url": f"{SITE}/author/bob/"},
        ],
        "hashtags": [
            {"slug": "python", "name": "Python", "url": f"{SITE}/tag/python/"},
            {"slug": "ai", "name": "AI", "url": f"{SITE}/tag/ai/"},
        ],
        "picture": None,
    }


def test_in_full_it_has_its_text_with_live_blocks_and_addresses_that_lead_back(client, article):
    found = client.get("/api/articles/all").json()

    assert f'<a href="{SITE}/careers/">way</a>' in found["body_html"]
    assert f'<a href="{SITE}/careers/roles/tester/">Tester</a>' in found["body_html"]
    assert "careers-block" not in found["body_html"]
    assert found["canonical_url"] == found["url"] == f"{SITE}/blog/all/"
    assert found["words"] == 2


def test_it_tells_of_no_subject_that_readers_cannot_see(client, article):
    found = client.get("/api/articles/all").json()

    assert [role["slug"] for role in found["roles"]] == ["tester"]
    assert [row["slug"] for row in found["certifications"]] == ["tested"]
    assert "secret" not in str(found)


def test_its_addresses_are_there(client, article):
    line = next(item for item in items(client) if item["slug"] == "all")

    for address in (line["url"], line["api_url"], line["markdown_url"]):
        assert client.get(address).status_code == 200


def test_an_article_that_is_published_elsewhere_names_that_address(client, article):
    Article.objects.filter(pk=article.pk).update(canonical_url="https://example.org/first")

    assert client.get("/api/articles/all").json()["canonical_url"] == "https://example.org/first"


@pytest.mark.parametrize(
    "query",
    [
        "hashtag=python",
        "category=data",
        "author=bob",
        "role=tester",
        "certification=tested",
        "skill=testing",
        "provider=provider",
        "series=path",
    ],
)
def test_lists_are_narrowed(client, article, query):
    assert [item["slug"] for item in items(client, f"?{query}")] == ["all"]


@pytest.mark.parametrize("query", ["hashtag=python&author=x", "role=secret", "hashtag=nowhere", "skill=x"])
def test_nothing_answers_to_what_is_not_there_or_not_to_be_seen(client, article, query):
    assert client.get(f"/api/articles?{query}").json() == {"items": [], "next": None}


@pytest.mark.parametrize(("since", "found"), [("2026-01-07", ["all"]), ("2026-01-09", [])])
def test_what_was_changed_since_is_found(client, article, since, found):
    assert [item["slug"] for item in items(client, f"?updated_after={since}")] == found


@pytest.mark.parametrize("name", ["hashtag", "category", "role", "provider", "series"])
def test_a_name_that_no_slug_can_be_is_refused_and_none_fails(client, name):
    answers = {client.get(f"/api/articles?{name}={nonsense}").status_code for nonsense in NONSENSE.values()}

    assert answers == {200, 400}
    assert client.get(f"/api/articles?{name}=a%00b").status_code == 400


def test_ten_articles_cost_as_many_queries_as_two(client, article, count_queries):
    shared = {"category": article.category, "authors": list(article.authors.all()), "hashtags": ["AI"]}
    two = count_queries(client, "/api/articles?hashtag=ai")
    ArticleFactory.create_batch(9, **shared)

    assert count_queries(client, "/api/articles?hashtag=ai") == two


def test_a_draft_is_nothing(client, article):
    assert "draft" not in str(items(client))
    assert client.get("/api/articles/draft").status_code == 404
