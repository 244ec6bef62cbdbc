"""The first page of a listing is asked for in a way of its own, and shows what the general way would."""

import pytest
from django.utils import timezone

from blog import counting, firsts
from blog.listings import FIRST, PER_PAGE, listing_page
from blog.models import Article, Author, Category, Hashtag
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def stories():
    author, category = AuthorFactory(), CategoryFactory()
    ArticleFactory.create_batch(FIRST + 2, hashtags=["AI", "Python"], authors=[author], category=category)
    ArticleFactory(hashtags=["AI"])
    ArticleFactory(hashtags=["AI", "Python"], authors=[author], category=category, state=Article.State.DRAFT)


def keys_of(rows):
    return list(rows.values_list("pk", flat=True)[:FIRST])


def test_of_all_articles(stories):
    assert firsts.of_all(now=NOW) == keys_of(Article.objects.public(NOW))


def test_of_a_category(stories):
    category = Category.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(category=category)

    assert firsts.of_category(now=NOW, category=category.pk) == keys_of(every)


@pytest.mark.parametrize("are_many", [True, False])
def test_of_an_author(stories, are_many):
    author = Author.objects.order_by("pk").first()
    every = Article.objects.public(NOW).filter(bylines__author=author)

    assert firsts.of_author[are_many](now=NOW, first=author.pk) == keys_of(every)


@pytest.mark.parametrize("are_many", [True, False])
def test_of_two_hashtags(stories, are_many):
    one, two = Hashtag.objects.order_by("pk").values_list("pk", flat=True)
    both = Article.objects.public(NOW).filter(hashtags=one).filter(hashtags=two)
    found = firsts.of_hashtags[are_many](now=NOW, first=one, second=two)

    assert found == keys_of(both)
    assert len(firsts.of_hashtags[are_many](now=NOW, first=one)) == FIRST


@pytest.mark.parametrize(("per_page", "rows"), [(12, n) for n in (0, 1, 12, 15, 16)] + [(20, 25), (20, 26)])
def test_a_first_page_is_as_long_as_if_it_were_asked_for_like_any_other(rf, per_page, rows):
    CategoryFactory.create_batch(rows)
    every = Category.objects.order_by("pk")
    ways = [None, lambda: list(every.values_list("pk", flat=True)[:FIRST])]
    pages = [
        listing_page(rf.get("/"), lambda: every, first=first, count=rows, read=list, per_page=per_page)
        for first in ways
    ]

    assert list(pages[0]) == list(pages[1])
    assert len(pages[0]) == (rows if pages[0].paginator.num_pages == 1 else per_page)


def test_a_later_page_goes_on_where_the_first_has_ended(rf):
    CategoryFactory.create_batch(FIRST + 1)
    every = Category.objects.order_by("pk")
    page = listing_page(rf.get("/?page=2"), lambda: every, first=list, count=FIRST + 1, read=list)

    assert page.object_list == list(every.values_list("pk", flat=True))[PER_PAGE:]


def test_both_ways_count_who_carries_two_hashtags(stories):
    hashtags = list(Hashtag.objects.order_by("pk"))

    assert counting.number_with(counting.counted(hashtags, NOW), NOW).value == FIRST + 2
