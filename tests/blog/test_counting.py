from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import counting
from blog.models import Article, ArticleCount, Author, Category, Hashtag, Series, SeriesPart
from tests.factories import LONG_AGO, ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = LONG_AGO + 30 * DAY


@pytest.fixture
def joined():
    """Two public articles of each, and one of every kind of hidden ones."""
    shared = {"category": CategoryFactory(), "authors": [AuthorFactory()], "hashtags": ["Python"]}
    series = Series.objects.create(name="Path", slug="path")
    articles = [
        *ArticleFactory.create_batch(2, **shared),
        DraftFactory(**shared),
        DraftFactory(**shared, state=Article.State.ARCHIVED, published_at=LONG_AGO),
        DraftFactory(**shared, state=Article.State.BIN, published_at=LONG_AGO),
        ArticleFactory(**shared, published_at=NOW + DAY),
        ArticleFactory(**shared, expires_at=NOW),
        # Of two ways to be hidden, to be taken off once.
        DraftFactory(**shared, published_at=LONG_AGO, expires_at=NOW - DAY),
    ]
    for article in articles:
        SeriesPart.objects.create(series=series, article=article)


@pytest.mark.parametrize("model", [Category, Author, Hashtag, Series])
def test_only_what_readers_see_at_that_moment_is_counted(joined, model):
    (row,) = counting.counted(model.objects.all(), NOW)
    assert row.article_count == 2

    (row,) = counting.counted(model.objects.all(), NOW - DAY)
    assert row.article_count == 3  # one that ends later

    (row,) = counting.counted(model.objects.all(), NOW + DAY)
    assert row.article_count == 3  # and one that begins


@pytest.mark.parametrize("model", [Category, Author, Hashtag, Series])
def test_of_nothing_nothing_is_counted(model, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert counting.counted(model.objects.all(), NOW) == []


def test_a_category_without_articles_counts_none():
    CategoryFactory()

    assert counting.counted(Category.objects.all(), NOW)[0].article_count == 0


def test_counted_rows_keep_their_order():
    last, first = CategoryFactory(name="A", order=2), CategoryFactory(name="B", order=1)

    assert counting.counted(Category.objects.all(), NOW) == [first, last]


def test_a_hashtag_only_drafts_carry_is_not_used_at_all(joined):
    DraftFactory(hashtags=["Secret"])

    (used,) = counting.used(Hashtag, Hashtag.objects.all(), NOW)

    assert (used.name, used.article_count) == ("Python", 2)
    assert [tag.name for tag in Hashtag.objects.public(NOW)] == ["Python"]


def test_popular_hashtags_come_by_their_public_articles_then_by_the_alphabet():
    ArticleFactory(hashtags=["zebra", "apple", "Banana"])
    ArticleFactory(hashtags=["zebra"])
    DraftFactory(hashtags=["apple"])

    found = counting.popular(NOW, 9)

    assert [(tag.name, tag.article_count) for tag in found] == [("zebra", 2), ("apple", 1), ("Banana", 1)]
    assert [tag.name for tag in counting.popular(NOW, 2)] == ["zebra", "apple"]


def test_popular_is_what_the_newest_articles_carry(monkeypatch):
    """Looked at are so many, however many there are."""
    monkeypatch.setattr(counting, "LATELY", 2)
    monkeypatch.setattr(counting._ranked, "_written", {})
    for days, hashtags in [(9, ["old"]), (8, ["old", "both"]), (2, ["new", "both"]), (1, ["new"])]:
        ArticleFactory(hashtags=hashtags, published_at=NOW - days * DAY)

    found = counting.popular(NOW, 9)

    assert [(tag.name, tag.article_count) for tag in found] == [("both", 2), ("new", 2)]


@pytest.mark.parametrize(
    ("names", "number"), [(["python"], 3), (["python", "ai"], 2), (["python", "ai", "rust"], 1)]
)
def test_a_combination_is_counted_as_what_is_listed_of_it(names, number):
    ArticleFactory(hashtags=["python", "ai", "rust"])
    ArticleFactory(hashtags=["python", "ai"])
    ArticleFactory(hashtags=["python"])
    ArticleFactory(hashtags=["ai"])
    DraftFactory(hashtags=["python", "ai", "rust"])
    hashtags = [Hashtag.objects.get(name=name) for name in names]

    assert counting.number_with(counting.counted(hashtags, NOW), NOW) == counting.Number(number)


@pytest.fixture
def count_no_more_than(monkeypatch):
    def set_to(number):
        monkeypatch.setattr(counting, "MOST_WITH", number)
        monkeypatch.setattr(counting._with_all, "_written", {})

    return set_to


@pytest.mark.parametrize(("most", "number"), [(3, counting.Number(3)), (2, counting.Number(2, is_all=False))])
def test_of_very_many_with_both_no_more_are_counted_than_anyone_reads(count_no_more_than, most, number):
    for _ in range(3):
        ArticleFactory(hashtags=["python", "ai"])
    count_no_more_than(most)

    assert counting.number_with(counting.counted(Hashtag.objects.all(), NOW), NOW) == number


def test_what_is_hidden_is_no_part_of_a_number_that_is_not_all(count_no_more_than):
    for _ in range(3):
        ArticleFactory(hashtags=["python", "ai"])
    DraftFactory(hashtags=["python", "ai"])
    count_no_more_than(3)

    found = counting.number_with(counting.counted(Hashtag.objects.all(), NOW), NOW)

    assert (found.value <= 3, found.is_all) == (True, False)


@pytest.mark.parametrize("model", [Author, Hashtag])
def test_many_are_listed_as_few_are(joined, model):
    row = model.objects.get()
    few, many = (
        counting.joined(Article.objects.public(NOW), type(row), [row.pk], are_many=are_many)
        for are_many in (False, True)
    )

    assert len(few) == 2
    assert list(few) == list(many)


def test_counting_ten_costs_as_many_queries_as_two():
    def cost(number):
        CategoryFactory.create_batch(number)
        with CaptureQueriesContext(connection) as queries:
            counting.counted(Category.objects.all(), NOW)
        return len(queries)

    assert cost(2) == cost(8) == 3


@pytest.mark.parametrize(
    "address", ["/tag/python/", "/archive/", "/category/", "/author/", "/sitemap.xml", "/"]
)
def test_numbers_that_are_kept_wrong_make_no_page_fail(client, address):
    """As after tables were loaded past the triggers, until ``count_articles`` has counted anew."""
    ArticleFactory(hashtags=["Python"], authors=[AuthorFactory()])
    ArticleCount.objects.update(number=-5)

    assert client.get(address).status_code == 200
