"""Each listing's query that is written once finds what one that is built for the occasion does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import counting, places
from blog.models import Article, Author, Category, Hashtag
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PLACES = range(3, 7)


@pytest.fixture
def stories():
    author, category = AuthorFactory(), CategoryFactory()
    ArticleFactory.create_batch(9, hashtags=["AI", "Python"], authors=[author], category=category)
    ArticleFactory(hashtags=["AI"])
    ArticleFactory(hashtags=["AI", "Python"], authors=[author], category=category, state=Article.State.DRAFT)


def every_key(rows):
    return list(rows.values_list("pk", flat=True))


def keys_of(rows):
    return every_key(rows)[PLACES.start : PLACES.stop]


def test_of_all_articles(stories):
    assert places.of_all(PLACES, now=NOW) == keys_of(Article.objects.public(NOW))


def test_of_a_category(stories):
    category = Category.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(category=category)

    assert places.of_category(PLACES, now=NOW, category=category.pk) == keys_of(every)


@pytest.mark.parametrize("are_many", [True, False])
def test_of_an_author(stories, are_many):
    author = Author.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(bylines__author=author)

    assert places.of_author[are_many](PLACES, now=NOW, first=author.pk) == keys_of(every)


@pytest.mark.parametrize("are_many", [True, False])
def test_of_two_hashtags(stories, are_many):
    one, two = Hashtag.objects.order_by("pk").values_list("pk", flat=True)
    both = Article.objects.public(NOW).filter(hashtags=one).filter(hashtags=two)
    found = places.of_hashtags[are_many](PLACES, now=NOW, first=one, second=two)

    assert found == keys_of(both)
    assert len(places.of_hashtags[are_many](range(20), now=NOW, first=one)) == 10


def test_both_ways_count_who_carries_two_hashtags(stories):
    hashtags = list(Hashtag.objects.order_by("pk"))

    assert counting.number_with(counting.counted(hashtags, NOW), NOW).value == 9


def test_a_query_is_written_once_for_all_pages(stories):
    with CaptureQueriesContext(connection) as queries:
        pages = [places.of_all(range(start, start + 4), now=NOW) for start in (0, 4, 8)]

    assert [len(page) for page in pages] == [4, 4, 2]
    assert [key for page in pages for key in page] == every_key(Article.objects.public(NOW))
    assert len(places.of_all._written) == 1
    assert len(queries) == 3


def test_of_no_places_nothing_is_asked(stories):
    with CaptureQueriesContext(connection) as queries:
        assert places.of_all(range(0), now=NOW) == []

    assert len(queries) == 0
