import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.website.test_search_asked import TODAY, count
from website.search import trends
from website.search.trends import Trend

pytestmark = pytest.mark.django_db


def test_the_most_searched_come_first_with_how_it_was_before():
    count("python", 4, ago=0)
    count("python", 5, ago=6, in_vain=2)
    count("python", 3, ago=7)
    count("python", 100, ago=14)
    count("sql", 20, ago=3)

    assert trends.top(7, on=TODAY) == [Trend("sql", 20, 0, 0), Trend("python", 9, 3, 2)]
    assert trends.top(30, on=TODAY)[0] == Trend("python", 112, 0, 2)


def test_what_was_searched_once_is_not_shown():
    count("jane doe", 1)
    count("only before", 9, ago=8)

    assert trends.top(7, on=TODAY) == []
    assert trends.in_vain(7, on=TODAY) == []


def test_rising_is_what_gained_most_and_half_as_much_again_at_least():
    for text, now, before in [("new", 5, 0), ("more", 30, 10), ("steady", 12, 10), ("rare", 2, 0)]:
        count(text, now)
        if before:
            count(text, before, ago=8)

    assert [one.text for one in trends.rising(7, on=TODAY)] == ["more", "new"]


def test_the_list_of_what_was_in_vain_begins_with_what_was_so_most_often():
    count("a", 9, in_vain=2)
    count("b", 4, in_vain=4)
    count("found", 9)
    count("long ago", 9, in_vain=9, ago=8)

    assert [one.text for one in trends.in_vain(7, on=TODAY)] == ["b", "a"]


def test_one_search_is_counted_even_if_it_was_made_once():
    count("jane", 1, in_vain=1)

    assert trends.counted("jane", 7, on=TODAY) == Trend("jane", 1, 0, 1)
    assert trends.counted("never", 7, on=TODAY) == Trend("never", 0, 0, 0)


@pytest.mark.parametrize("name", trends.LISTS)
def test_a_list_is_one_query_and_bounded(name, monkeypatch):
    monkeypatch.setattr(trends, "SHOWN", 2)
    for number in range(4):
        count(f"word {number}", 5, in_vain=5)

    with CaptureQueriesContext(connection) as queries:
        found = trends.LISTS[name](7, on=TODAY)

    assert (len(found), len(queries)) == (2, 1)
