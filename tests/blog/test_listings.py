import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from blog import listings
from blog.listings import keys_of, page_number
from blog.models import Article, Category
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory


@pytest.mark.parametrize(
    "text",
    ["", "0", "01", "-1", "+1", "1.0", "1e3", " 1", "abc", "١", "²", "\x00", "9" * 7, "9" * 5000, "1;--"],
    ids=range(15),
)
def test_only_plain_digits_are_the_number_of_a_page(text):
    with pytest.raises(Http404):
        page_number(text)


def test_plain_digits_are_the_number_of_a_page():
    assert [page_number("1"), page_number("27")] == [1, 27]


def listing_page(request, rows, **how):
    def read(keys):
        found = rows.in_bulk(keys)
        return [found[key] for key in keys]

    return listings.listing_page(request, keys_of(rows), count=rows.count(), read=read, **how)


@pytest.mark.django_db
def test_a_listing_comes_in_pages_with_the_first_as_default(rf):
    CategoryFactory.create_batch(5)
    rows = Category.objects.order_by("pk")

    first = listing_page(rf.get("/"), rows, per_page=2)
    last = listing_page(rf.get("/?page=3"), rows, per_page=2)

    assert [len(first), first.has_previous(), first.has_next()] == [2, False, True]
    assert [len(last), last.has_previous(), last.has_next()] == [1, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "pages"), [(12, 1), (13, 1), (15, 1), (16, 2), (27, 2), (28, 3)])
def test_a_few_stragglers_do_not_get_a_page_of_their_own(rf, rows, pages):
    CategoryFactory.create_batch(rows)

    assert listing_page(rf.get("/"), Category.objects.order_by("pk")).paginator.num_pages == pages


@pytest.mark.django_db
def test_a_page_past_the_end_does_not_exist(rf):
    with pytest.raises(Http404):
        listing_page(rf.get("/?page=2"), Category.objects.order_by("pk"))


@pytest.mark.django_db
def test_an_empty_listing_still_has_its_first_page(rf):
    assert list(listing_page(rf.get("/?page=1"), Category.objects.order_by("pk"))) == []


@pytest.mark.django_db
def test_the_rows_of_the_pages_before_stay_in_the_database(rf):
    ArticleFactory.create_batch(9, hashtags=["a", "b"])
    rows = Article.objects.public().listed()
    with CaptureQueriesContext(connection) as queries:
        page = listing_page(rf.get("/?page=3"), rows, per_page=3)

    skipping = [query["sql"] for query in queries if "OFFSET" in query["sql"]]
    assert len(skipping) == 1
    assert "title" not in skipping[0]
    assert list(page) == list(rows[6:])


# --- On the pages ----------------------------------------------------------


@pytest.fixture(scope="module")
def many(for_the_module):
    for_the_module(publish_many)


def publish_many():
    category, author = CategoryFactory(name="Data", slug="data"), AuthorFactory(slug="data-desk")
    ArticleFactory.create_batch(28, category=category, authors=[author], hashtags=["Python"])


PAGED = [
    "/blog/",
    "/category/data/",
    "/author/data-desk/",
    "/tag/python/",
    "/archive/2026/",
    "/archive/2026/1/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGED)
def test_a_long_listing_has_pages_with_honest_heads(client, many, url):
    text = client.get(f"{url}?page=2").content.decode()

    assert "<title>Page 2 of 3 – " in text
    assert f'<link rel="canonical" href="http://testserver{url}?page=2">' in text
    assert f'<link rel="prev" href="{url}">' in text
    assert f'<link rel="next" href="{url}?page=3">' in text
    assert "Page 2 of 3" in text


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGED)
@pytest.mark.parametrize("page", ["0", "4", "abc", "-1", "", "1e1", "%00", "9" * 30])
def test_a_page_that_makes_no_sense_is_not_there(client, many, url, page):
    assert client.get(f"{url}?page={page}").status_code == 404
