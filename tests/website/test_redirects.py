"""That a changed address leaves one 301: no chains, no loops, nothing for what readers never saw."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Article
from careers.models import Status
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    PathwayFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)
from website.models import Redirect
from website.redirects import where_now

pytestmark = pytest.mark.django_db


def move(page, slug):
    page.slug = slug
    page.save()
    return page


@pytest.mark.parametrize(
    "factory",
    [
        ArticleFactory,
        CategoryFactory,
        AuthorFactory,
        RoleFactory,
        SkillFactory,
        TechnologyFactory,
        ProviderFactory,
        CredentialFactory,
        PathwayFactory,
    ],
)
def test_a_changed_address_leads_to_the_new_one(client, factory):
    page = factory(slug="old")
    old = page.get_absolute_url()
    response = client.get(f"{old}?page=2") if move(page, "new") else None

    assert response.status_code == 301
    assert response.headers["Location"] == page.get_absolute_url()
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_renamed_hashtag_leads_on(client):
    article = ArticleFactory(hashtags=["knots"])
    move(article.hashtags.get(), "bends")

    assert client.get("/tag/knots/").headers["Location"] == "/tag/bends/"


def test_two_moves_are_one_redirect_each_and_no_chain(client):
    article = move(move(ArticleFactory(slug="a"), "b"), "c")

    for old in ("/blog/a/", "/blog/b/"):
        assert client.get(old).headers["Location"] == article.get_absolute_url() == "/blog/c/"


def test_moving_back_removes_the_loop(client):
    move(move(ArticleFactory(slug="a"), "b"), "a")

    assert client.get("/blog/a/").status_code == 200
    assert client.get("/blog/b/").headers["Location"] == "/blog/a/"
    assert [row.old_path for row in Redirect.objects.all()] == ["/blog/b/"]


def test_an_old_address_without_its_slash_takes_one_step(client):
    move(ArticleFactory(slug="a"), "b")

    assert client.get("/blog/a").headers["Location"] == "/blog/b/"


def test_a_draft_that_was_never_published_leaves_nothing(client):
    move(DraftFactory(slug="a"), "b")

    assert not Redirect.objects.exists()
    assert client.get("/blog/a/").status_code == 404


def test_a_draft_fact_leaves_nothing():
    move(RoleFactory(slug="a", status=Status.DRAFT), "b")

    assert not Redirect.objects.exists()


def test_an_unpublished_page_gives_its_new_address_away_to_nobody(client):
    article = ArticleFactory(slug="a")
    article.state = Article.State.DRAFT
    move(article, "secret-plans")

    response = client.get("/blog/a/")
    assert response.status_code == 404
    assert "secret-plans" not in response.text

    article.state = Article.State.PUBLISHED
    article.save()
    assert client.get("/blog/a/").headers["Location"] == "/blog/secret-plans/"


def test_an_expired_page_gives_its_new_address_away_to_nobody(client):
    move(ArticleFactory(slug="a", expires_at=timezone.now() - timedelta(days=1)), "b")

    assert client.get("/blog/a/").status_code == 404


def test_an_address_taken_over_belongs_to_its_new_page(client):
    move(ArticleFactory(slug="a"), "b")
    ArticleFactory(slug="a", title="The second")

    assert "The second" in client.get("/blog/a/").text


def test_an_address_taken_over_and_left_leads_to_the_last_who_had_it(client):
    move(ArticleFactory(slug="a"), "b")
    move(ArticleFactory(slug="a"), "c")

    assert client.get("/blog/a/").headers["Location"] == "/blog/c/"


def test_a_deleted_page_takes_its_redirects_along(client):
    move(ArticleFactory(slug="a"), "b").delete()

    assert not Redirect.objects.exists()
    assert client.get("/blog/a/").status_code == 404


def test_a_save_that_keeps_the_address_leaves_nothing():
    article = ArticleFactory(slug="a")
    article.title = "Another title"
    article.save()
    article.slug = "b"
    article.save(update_fields=["title"])

    assert not Redirect.objects.exists()


def test_a_healthy_page_pays_nothing(client):
    move(ArticleFactory(slug="a"), "b")
    with CaptureQueriesContext(connection) as queries:
        client.get("/blog/b/")

    assert not any("website_redirect" in query["sql"] for query in queries)


def test_an_address_taken_over_leads_to_the_former_page_again_once_the_newcomer_is_deleted(client):
    former = move(ArticleFactory(slug="a"), "b")
    newcomer = move(ArticleFactory(slug="c"), "a")
    assert client.get("/blog/a/").status_code == 200

    newcomer.delete()

    assert client.get("/blog/a/").headers["Location"] == former.get_absolute_url()


def test_only_reading_is_redirected(client):
    move(RoleFactory(slug="a"), "b")

    assert client.post("/careers/roles/a/").status_code in (404, 405)
    assert client.head("/careers/roles/a/").status_code == 301


@pytest.mark.parametrize(
    "path",
    [
        "/blog/%00/",
        "/nowhere/" + "x" * 5000,
        "//evil.example/blog/a/",
        "/blog/%ff/",
        "/blog/a%0d%0aX:1/",
        "/%E2%80%AE/",
    ],
)
def test_a_wild_address_is_only_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_redirect_to_a_model_that_is_no_longer_public_is_none():
    Redirect.objects.create(old_path="/old/", target_model="auth.User", target_ref=1)

    assert where_now("/old/") is None
