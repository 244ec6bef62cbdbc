"""Lists page by page."""

from datetime import timedelta

import pytest

from blog.models import Article
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, RoleFactory
from tests.website.test_bad_input import NONSENSE

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows(for_the_module):
    return for_the_module(make_rows)


def make_rows():
    """Seven articles, of which three appeared in one and the same moment; and three roles."""
    category = CategoryFactory(slug="data")
    for slug, days in [("g", 0), ("c", 1), ("b", 1), ("a", 1), ("d", 2), ("f", 3), ("e", 4)]:
        at = LONG_AGO + timedelta(days=days, microseconds=7)
        ArticleFactory(slug=slug, category=category, published_at=at)
    for slug in ("one", "two", "three"):
        RoleFactory(slug=slug)


def slugs_of_pages(client, address):
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([item["slug"] for item in answer["items"]])
        address = answer["next"]
        assert len(pages) < 20
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_every_row_comes_once_whatever_the_length_of_a_page(client, rows, limit):
    pages = slugs_of_pages(client, f"/api/articles?limit={limit}")

    assert [slug for page in pages for slug in page] == ["e", "f", "d", "a", "b", "c", "g"]
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_the_next_page_is_narrowed_as_this_one_is(client, rows):
    ArticleFactory(slug="elsewhere", published_at=LONG_AGO)

    pages = slugs_of_pages(client, "/api/articles?category=data&limit=3")

    assert [slug for page in pages for slug in page] == ["e", "f", "d", "a", "b", "c", "g"]


def test_what_comes_or_goes_meanwhile_moves_no_row(client, rows):
    first = client.get("/api/articles?limit=4").json()
    ArticleFactory(slug="new", published_at=LONG_AGO + timedelta(days=9))
    Article.objects.filter(slug="a").update(state=Article.State.ARCHIVED)

    rest = client.get(first["next"]).json()

    assert [item["slug"] for item in rest["items"]] == ["b", "c", "g"]


def test_other_lists_go_by_slug(client, rows):
    assert slugs_of_pages(client, "/api/roles?limit=2") == [["one", "three"], ["two"]]


def test_a_deep_page_costs_as_many_queries_as_the_first(client, rows, count_queries):
    first = client.get("/api/articles?limit=3").json()

    assert count_queries(client, first["next"]) == count_queries(client, "/api/articles?limit=3")


TIMES = ["2026-01-05T09:00:00", "2026-01-05T09:00:00,", "2026-01-05T09:00:00,a%00b"]
TIMES += ["2026-01-05T09:00:00%2B01:00,a", "0001-01-01T00:00:00,a", "9999-12-31T23:59:59,a"]


@pytest.mark.parametrize("cursor", [*NONSENSE.values(), *TIMES])
def test_a_cursor_of_one_s_own_making_is_refused(client, rows, cursor):
    answer = client.get(f"/api/articles?cursor={cursor}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("cursor", ["a%00b", "a b", "%25_", "..%2f", "%ff", "a" * 121, "a" * 100_000])
def test_so_is_one_that_no_slug_can_be(client, rows, cursor):
    assert client.get(f"/api/roles?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("limit", [*NONSENSE.values(), "101", "1.5", "1e1"])
def test_a_page_has_one_to_a_hundred_rows(client, limit):
    assert client.get(f"/api/articles?limit={limit}").status_code == 400


@pytest.mark.parametrize(
    "since", [*NONSENSE.values(), "1969-12-31", "9999-01-01", "2026-02-30", "2026-01-31T25:00", "yesterday"]
)
def test_a_date_that_is_none_is_refused(client, since):
    (fault,) = client.get(f"/api/roles?updated_after={since}").json()["errors"]

    assert fault["parameter"] == "updated_after"
    assert "Write a date as 2026-01-31" in fault["message"]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("2026-01-08", "ef"),
        ("2026-01-08T09:00:00Z", "ef"),
        ("2026-01-08T09:00:01Z", "e"),
        ("2026-01-08T10:00:00%2B01:00", "ef"),
    ],
)
def test_a_day_or_a_moment_may_be_said_in_the_ways_there_are(client, rows, since, found):
    answer = client.get(f"/api/articles?updated_after={since}").json()

    assert "".join(item["slug"] for item in answer["items"]) == found
