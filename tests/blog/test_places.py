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
    assert places.of_all(NOW)(PLACES) == keys_of(Article.objects.public(NOW))


def test_of_a_category(stories):
    category = Category.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(category=category)

    assert places.of_category(category, NOW)(PLACES) == keys_of(every)


@pytest.fixture(params=[300, 6], ids=["few", "many"])
def either_way(request, monkeypatch):
    """Nine are sorted, or met on the way from the newest."""
    monkeypatch.setattr("blog.counting.MANY", request.param)


def test_of_an_author(stories, either_way):
    author = Author.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(bylines__author=author)

    assert places.of_author(author, 9, NOW)(PLACES) == keys_of(every)


def test_of_two_hashtags(stories, either_way):
    one, two = Hashtag.objects.order_by("pk")
    both = Article.objects.public(NOW).filter(hashtags=one).filter(hashtags=two)

    assert places.of_hashtags([one, two], 9, NOW)(PLACES) == keys_of(both)
    assert len(places.of_hashtags([one], 10, NOW)(range(20))) == 10


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [(301, 100_000, True), (300, 100_000, False), (261, 1_000, True), (60, 1_000, False), (40, 41, False)],
)
def test_of_many_the_newest_are_met_soon(monkeypatch, count, of, expected):
    monkeypatch.setattr(counting, "number", lambda now: of)

    assert counting.are_many(count, NOW) is expected


def test_both_ways_count_who_carries_two_hashtags(stories):
    hashtags = list(Hashtag.objects.order_by("pk"))

    assert counting.number_with(counting.counted(hashtags, NOW), NOW).value == 9


def test_a_query_is_written_once_for_all_pages(stories):
    with CaptureQueriesContext(connection) as queries:
        pages = [places.of_all(NOW)(range(start, start + 4)) for start in (0, 4, 8)]

    assert [len(page) for page in pages] == [4, 4, 2]
    assert [key for page in pages for key in page] == every_key(Article.objects.public(NOW))
    assert len(places._all._written) == 1
    assert len(queries) == 3


def test_of_no_places_nothing_is_asked(stories):
    with CaptureQueriesContext(connection) as queries:
        assert places.of_all(NOW)(range(0)) == []

    assert len(queries) == 0
