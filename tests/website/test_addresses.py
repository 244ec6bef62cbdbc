from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Article, HashtagAlias
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
from website.addresses import look_up

pytestmark = pytest.mark.django_db
FACTS = [CredentialFactory, PathwayFactory, ProviderFactory, RoleFactory, SkillFactory, TechnologyFactory]


def found(path):
    answer = look_up([path])[path]
    return answer.problem, answer.now_at


@pytest.fixture
def tagged():
    return ArticleFactory(hashtags=["Machine Learning"]).hashtags.get()


def rename(row, slug):
    row.slug = slug
    row.save()


@pytest.mark.parametrize("factory", [ArticleFactory, AuthorFactory, CategoryFactory, *FACTS])
def test_a_public_page_is_found(factory):
    assert found(factory().get_absolute_url()) == ("", "")


def test_a_hashtag_is_found_by_its_address_and_by_its_other_names(tagged):
    HashtagAlias.objects.create(name="ML", key="ml", hashtag=tagged)

    assert found(tagged.get_absolute_url()) == ("", "")
    assert found("/tag/ml/") == ("That is another name of this hashtag.", tagged.get_absolute_url())


def test_the_hashtag_of_a_draft_is_no_page():
    hashtag = DraftFactory(hashtags=["Secret"]).hashtags.get()

    assert found(hashtag.get_absolute_url())[0] == "Readers cannot see that page."


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/blog/", "/category/", "/tag/", "/archive/", "/careers/", "/careers/choose/", "/search/"),
        *("/careers/skills.csv", "/careers/changes/feed/", "/sitemap.xml", "/static/css/base.css"),
    ],
)
def test_a_page_that_is_always_there_is_found(path):
    assert found(path) == ("", "")


@pytest.mark.parametrize(
    "path",
    [
        *("/nowhere/", "/blog/nobody/", "/tag/nothing/", "/careers/roles/nobody/", "/archive/1999/"),
        *("/archive/1999/1/", "/careers/compare/a-vs-b/", "/media/pictures/none.jpg", "/blog/a/b/", "//x"),
    ],
)
def test_what_is_not_there_is_no_page(path):
    assert found(path) == ("There is no such page on this site.", "")


@pytest.mark.parametrize("state", ["a draft", "scheduled", "expired"])
def test_an_article_that_readers_cannot_see_is_no_page_for_them(state):
    now = timezone.now()
    article = {
        "a draft": lambda: DraftFactory(),
        "scheduled": lambda: ArticleFactory(published_at=now + timedelta(days=1)),
        "expired": lambda: ArticleFactory(expires_at=now - timedelta(days=1)),
    }[state]()

    assert found(article.get_absolute_url()) == ("Readers cannot see that page.", "")


@pytest.mark.parametrize("factory", FACTS)
def test_a_fact_that_is_a_draft_is_no_page(factory):
    assert found(factory(status=Status.DRAFT).get_absolute_url())[0] == "Readers cannot see that page."


def test_the_desk_is_no_page_for_readers():
    assert found("/admin/blog/article/")[0] == "It leads to the desk, which readers cannot open."


@pytest.mark.parametrize("factory", [ArticleFactory, CategoryFactory, AuthorFactory, RoleFactory])
def test_a_page_that_moved_is_found_at_its_new_address(factory):
    row = factory(slug="old")
    before = row.get_absolute_url()
    rename(row, "new")

    assert found(before) == ("That page has moved.", row.get_absolute_url())
    assert found(before.rstrip("/")) == ("That page has moved.", row.get_absolute_url())


def test_nothing_is_said_of_where_a_hidden_page_went():
    article = ArticleFactory(slug="old")
    rename(article, "new")
    Article.objects.filter(pk=article.pk).update(state="draft")

    assert found("/blog/old/") == ("There is no such page on this site.", "")


def test_an_address_without_its_last_stroke_takes_a_detour():
    article = ArticleFactory()
    path = article.get_absolute_url().rstrip("/")

    assert found(path) == ("It lacks the “/” at its end.", f"{path}/")


def test_an_address_without_its_last_stroke_that_leads_nowhere_is_no_page():
    assert found("/blog/nobody") == ("There is no such page on this site.", "")


def test_a_comparison_of_public_roles_is_found():
    RoleFactory(slug="a")
    RoleFactory(slug="b")
    RoleFactory(slug="hidden", status=Status.DRAFT)

    assert found("/careers/compare/a-vs-b/") == found("/careers/compare/a-vs-b.csv") == ("", "")
    assert found("/careers/compare/a-vs-hidden/")[0]


def test_an_archive_is_found_when_something_was_published_then():
    article = ArticleFactory()
    year, month = article.published_at.year, article.published_at.month

    assert found(f"/archive/{year}/") == found(f"/archive/{year}/{month}/") == ("", "")
    assert found(f"/archive/{year}/{month + 1}/")[0]


def test_ten_of_each_cost_what_two_of_each_cost():
    def addresses(number):
        rows = [factory() for factory in (ArticleFactory, AuthorFactory, *FACTS) for _ in range(number)]
        moved = [ArticleFactory() for _ in range(number)]
        paths = [row.get_absolute_url() for row in [*rows, *moved]]
        for row in moved:
            rename(row, f"{row.slug}-now")
        return [*paths, *(f"/tag/other-{n}/" for n in range(number)), "/archive/2026/"]

    def cost(number):
        paths = addresses(number)
        with CaptureQueriesContext(connection) as queries:
            look_up(paths)
        return len(queries)

    assert cost(10) == cost(2)


def test_the_site_names_this_as_its_finder():
    assert f"{look_up.__module__}.{look_up.__name__}" == settings.PAGE_FINDER
