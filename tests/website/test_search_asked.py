from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LONG_AGO
from website.models import SearchCount
from website.search import asked
from website.tally import AT_LATEST

pytestmark = pytest.mark.django_db

TODAY = LONG_AGO.date()
PAGE = "/search/"


def count(text, times, *, ago=0, in_vain=0):
    day = TODAY - timedelta(days=ago)
    return SearchCount.objects.create(text=text, day=day, times=times, in_vain=in_vain)


def texts():
    return sorted(set(SearchCount.objects.values_list("text", flat=True)))


def waiting():
    return {one.text: number for one, number in asked.tally.take().items()}


def test_a_search_writes_nothing_at_once(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE, {"q": "python"})

    assert not [query for query in queries if not query["sql"].lstrip().startswith(("SELECT", "WITH"))]
    assert waiting() == {"python": 1}


def test_spellings_that_differ_in_case_and_spaces_are_counted_as_one(client):
    for typed in ("Python  Guide", " python guide ", "ＰＹＴＨＯＮ guide"):
        client.get(PAGE, {"q": typed})

    assert waiting() == {"python guide": 3}


@pytest.mark.parametrize("more", [{"kind": "role"}, {"tag": "ai"}, {"page": "1", "year": "2026"}])
def test_narrowing_the_results_is_no_new_search(client, more):
    client.get(PAGE, {"q": "python"} | more)

    assert waiting() == {}


@pytest.mark.parametrize("number", [1, 0])
def test_an_answer_kept_in_memory_counts_as_the_first_one_did(number):
    asked.note("Python", found=number, now=LONG_AGO)
    asked.again(PAGE, "q=python", now=LONG_AGO)
    asked.again(PAGE, "page=1&q=+PYTHON&kind=", now=LONG_AGO)

    assert asked.tally.take() == {asked.Asking("python", TODAY, not number): 3}


@pytest.mark.parametrize(("zone", "days"), [("UTC", [1, 1, 2]), ("Asia/Kathmandu", [1, 2, 2])])
def test_a_kept_answer_counts_for_the_day_of_the_place_where_the_site_is(settings, zone, days):
    settings.TIME_ZONE = zone
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    asked.note("python", found=1, now=noon)
    asked.tally.take()
    nearly = timedelta(hours=6, minutes=14, seconds=59)  # before midnight in Kathmandu

    for wait in (nearly, nearly + timedelta(seconds=1), timedelta(hours=12)):
        asked.again(PAGE, "q=python", now=noon + wait)

    counted = [one.day.day for one, times in asked.tally.take().items() for _ in range(times)]
    assert counted == days


def test_a_search_from_memory_counts_for_those_who_read_markdown_too():
    asked.note("python", found=1, now=LONG_AGO)
    asked.again("/search.md", "q=python", now=LONG_AGO)

    assert waiting() == {"python": 2}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/search/suggest/", "q=python"),
        (PAGE, "q=python&kind=role"),
        (PAGE, "q=python&tag=ai"),
        (PAGE, "q=python&page=2"),
        (PAGE, "q=never+seen"),
        ("/search/feed/", "q=python"),
        (PAGE, "q="),
        (PAGE, "kind=role"),
        ("/blog/", "page=2"),
    ],
)
def test_what_was_no_search_is_none_the_second_time(path, query):
    asked.note("python", found=1, now=LONG_AGO)
    asked.tally.take()

    asked.again(path, query, now=LONG_AGO)

    assert waiting() == {}


def test_what_is_somebodys_own_is_not_counted_from_memory_because_it_begins_like_something_else():
    beginning = "word " * 30
    asked.note(beginning, found=1, now=LONG_AGO)
    asked.tally.take()

    asked.again(PAGE, f"q={beginning}jane@example.org", now=LONG_AGO)

    assert waiting() == {}


def test_a_search_repeated_from_memory_writes_nothing():
    """Were it to, the commit would empty the memory that answered."""
    asked.note("python", found=1, now=LONG_AGO)

    with CaptureQueriesContext(connection) as queries:
        asked.again(PAGE, "q=python", now=LONG_AGO + AT_LATEST)

    assert not queries.captured_queries
    assert waiting() == {"python": 2}


def test_what_this_process_remembers_is_bounded_and_the_oldest_goes_first(monkeypatch):
    monkeypatch.setattr(asked, "REMEMBERED", 2)
    monkeypatch.setattr(asked, "_in_vain", {})
    for text in ("a", "b", "a", "c"):
        asked.note(text, found=1, now=LONG_AGO)
    asked.tally.take()
    for text in ("a", "b", "c"):
        asked.again(PAGE, f"q={text}", now=LONG_AGO)

    assert waiting() == {"a": 1, "c": 1}


def test_what_was_counted_is_written_down_by_day_and_what_was_in_vain_is_told_apart():
    asked.note("a", found=0, now=LONG_AGO)
    asked.note("a", found=3, now=LONG_AGO)
    asked.write_down(now=LONG_AGO)
    asked.note("A", found=0, now=LONG_AGO)
    asked.note("a", found=0, now=LONG_AGO + timedelta(days=1))
    asked.note("b", found=1, now=LONG_AGO + timedelta(days=1))
    asked.write_down(now=LONG_AGO + timedelta(days=1))

    rows = SearchCount.objects.order_by("text", "day").values_list("text", "day", "times", "in_vain")
    tomorrow = TODAY + timedelta(days=1)
    assert list(rows) == [("a", TODAY, 3, 2), ("a", tomorrow, 1, 1), ("b", tomorrow, 1, 0)]


def test_ten_searches_cost_as_many_queries_to_write_down_as_two():
    def cost(number):
        for n in range(number):
            asked.note(f"words {number} {n}", found=1, now=LONG_AGO)
        with CaptureQueriesContext(connection) as queries:
            asked.write_down(now=LONG_AGO)
        return len(queries)

    assert cost(10) == cost(2)


@pytest.mark.parametrize(
    "typed",
    [
        "jane.doe@example.org",
        "mail to jane (at) example",
        "+49 30 1234567",
        "(020) 7946-0958",
        "٠٢٠٧٩٤٦٠٩٥٨",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "born 01.02.1990",
        "192.168.100.200",
        "fe80:0:0:0:1",
        "https://example.org/?token=1",
        "www.example.org/me",
        "sk-4f9a8b7c6d5e4f3a2b1c0d9e8f",
        "python \u202e",
        "word " * 30 + "jane@example.org",
        "word " * 300,
        "",
        "   ",
        "\x00",
    ],
)
def test_what_may_be_somebodys_own_is_not_kept(typed):
    asked.note(typed, found=1, now=LONG_AGO)

    assert waiting() == {}


@pytest.mark.parametrize(
    "typed", ["c++", "AZ-900", "220-1101", "1Z0-1085-24", "python 3.12", "what is node.js?", "größe", "IT"]
)
def test_what_readers_look_for_is_kept(typed):
    asked.note(typed, found=1, now=LONG_AGO)

    assert len(waiting()) == 1


def test_a_long_search_is_cut():
    asked.note("word " * 60, found=1, now=LONG_AGO)

    assert [len(text) for text in waiting()] == [79]


def test_what_is_rare_is_forgotten_after_a_month_and_everything_after_half_a_year():
    count("once", 1, ago=31)
    count("one day only", 90, ago=31)
    count("once and again", 1, ago=40)
    count("once and again", 1, ago=1)
    count("lately", 1, ago=29)
    for ago in (31, 32, 182):
        count("often", 9, ago=ago)

    asked.forget(on=TODAY)

    assert texts() == ["lately", "often", "once and again"]
    assert SearchCount.objects.filter(text="often").count() == 2
    assert SearchCount.objects.get(text="once and again").day == TODAY - timedelta(days=1)


def test_the_table_is_bounded_and_the_least_asked_for_goes_first(monkeypatch):
    monkeypatch.setattr(asked, "KEPT", 2)
    for text, times in [("often", 9), ("once", 1), ("twice", 2)]:
        count(text, times)

    asked.forget(on=TODAY)

    assert texts() == ["often", "twice"]


def test_what_somebody_saw_to_is_in_vain_no_more():
    count("python", 5, in_vain=5)

    asked.settle("Python ")

    assert SearchCount.objects.get().in_vain == 0


def test_nothing_of_who_asked_is_kept():
    fields = {field.name for field in SearchCount._meta.fields}

    assert fields == {"id", "text", "day", "times", "in_vain"}
