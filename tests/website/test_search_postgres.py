"""How PostgreSQL is asked for the newest first; and that what is found is so, on either database."""

import pytest
from django.db import connection

from website.models import SearchDocument
from website.search import matching, postgres
from website.search.matching import search
from website.search.words import parse

from .test_search import NOW, page

pytestmark = pytest.mark.django_db


def test_the_windows_name_each_thousand_once_and_then_all_others():
    *windows, rest = postgres._windows(250_400)

    named = [word for window in windows for word in window.strip("()").split(" | ")]
    assert named == [f"'#{250 - n}'" for n in range(sum(postgres.WINDOWS))]
    assert rest == f"!({' | '.join(named)})"


def test_a_small_table_has_no_older_windows():
    windows = postgres._windows(1_500)

    assert windows == ["('#1' | '#0')", *[None] * len(postgres.WINDOWS)]


@pytest.mark.parametrize("are_few", [True, False])
def test_pages_of_every_window_are_found_and_counted_once(monkeypatch, are_few):
    monkeypatch.setattr(postgres, "_are_few", lambda asked: are_few)
    numbers = [1, 999, 1_000, 2_500, 40_000, 90_000, 200_000]
    for number in numbers:
        row = page(f"Python {number}", body="snake")
        row.delete()
        row.pk = number
        row.save(force_insert=True)

    found = search("snake", now=NOW)

    assert SearchDocument.objects.count() == len(numbers)
    assert sorted(one.row for one in found.sample) == numbers
    assert found.total == len(numbers)


@pytest.mark.parametrize("are_few", [True, False])
def test_only_the_last_written_are_counted_when_there_are_more(monkeypatch, are_few):
    monkeypatch.setattr(postgres, "_are_few", lambda asked: are_few)
    monkeypatch.setattr(postgres, "MANY_WINDOWS", 0)
    monkeypatch.setattr(matching, "SAMPLE", 3)
    rows = [page(f"Python {number}", body="snake", age=number) for number in range(5)]

    found = search("snake", now=NOW)

    assert {one.row for one in found.sample} == {row.pk for row in rows[2:]}
    assert found.is_capped


def test_what_is_left_out_stays_out_of_a_common_words_titles(monkeypatch):
    monkeypatch.setattr(matching, "SAMPLE", 2)
    wanted = [page(f"Snake {number}") for number in range(3)]
    page("Snake venom", body="poison", age=1)

    found = search("snake -poison", now=NOW)

    assert {hit.ref for hit in found.hits} == {row.ref for row in wanted}


def test_of_many_titles_with_the_words_the_newest_come_first(monkeypatch):
    monkeypatch.setattr(matching, "SAMPLE", 4)
    monkeypatch.setattr(matching, "CAP", 2)
    rows = [page(f"Snake {number}", age=9 - number) for number in range(6)]

    assert [hit.ref for hit in search("snake", now=NOW).hits][:2] == [rows[5].ref, rows[4].ref]


@pytest.mark.postgresql
@pytest.mark.parametrize(("word", "are_few"), [("everywher", False), ("gneiss", True)])
def test_postgresql_knows_frequent_words_from_rare_ones(monkeypatch, word, are_few):
    for number in range(200):
        page(f"Page {number}", body="everywhere" if number else "everywhere gneiss")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE website_searchdocument")
    monkeypatch.setattr(postgres, "FEW", 100)

    assert postgres._are_few(f"'{word}'") is are_few


@pytest.mark.postgresql
def test_a_small_table_is_not_asked_how_many_there_are(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert postgres.sample(parse("python"), postgres.MANY_WINDOWS - 1, NOW)[0] == postgres.SAMPLE
    with django_assert_num_queries(1):
        assert postgres.sample(parse("python"), postgres.MANY_WINDOWS, NOW)[0] == postgres.SAMPLE_AT_ONCE
