"""The site on one page."""

import pytest
from django.urls import reverse

from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    DraftFactory,
    PathwayFactory,
    ProviderFactory,
    RoleFactory,
    SeriesFactory,
)
from website import sitemaps

pytestmark = pytest.mark.django_db
PAGE = "/site-map/"


def add(number):
    for each in range(number):
        article = ArticleFactory(authors=[AuthorFactory()], hashtags=[f"knot {number} {each}"])
        SeriesFactory(parts=[article])
        for factory in (RoleFactory, PathwayFactory, ProviderFactory):
            factory()


def test_everything_that_lists_something_is_on_the_site_map(client):
    article = ArticleFactory(authors=[AuthorFactory()], hashtags=["knots"])
    series = SeriesFactory(parts=[article])
    pages = [article.category, article.authors.get(), article.hashtags.get(), series]
    pages += [RoleFactory(), PathwayFactory(), ProviderFactory()]
    text = client.get(PAGE).content.decode()

    for page in pages:
        assert f'href="{page.get_absolute_url()}"' in text
    assert 'href="/archive/2026/"' in text


@pytest.mark.parametrize("name", sitemaps.FIXED)
def test_every_list_that_search_engines_are_told_of_is_on_the_site_map(client, name):
    ArticleFactory()
    SeriesFactory(parts=[ArticleFactory()])
    ProviderFactory()

    assert name == "careers:choose-how" or f'href="{reverse(name)}"' in client.get(PAGE).text


def test_every_page_leads_to_the_tools(client):
    text = client.get("/").text

    for name in ("choose", "compare", "pathway-list", "change-list"):
        assert f'href="{reverse(f"careers:{name}")}"' in text


def test_it_counts_what_readers_may_see(client):
    category = CategoryFactory(name="Counted")
    ArticleFactory(category=category)
    DraftFactory.create_batch(4, category=category, hashtags=["secret"], authors=[])
    text = client.get(PAGE).content.decode()

    assert "1<span" in text
    assert "5<span" not in text
    assert "secret" not in text


def test_every_page_leads_to_it(client):
    assert f'href="{PAGE}"' in client.get("/").content.decode()


def test_an_empty_site_has_one_too(client):
    assert client.get(PAGE).status_code == 200


def test_ten_of_everything_cost_what_two_cost(client, count_queries):
    add(2)
    two = count_queries(client, PAGE)
    add(8)

    assert count_queries(client, PAGE) == two
