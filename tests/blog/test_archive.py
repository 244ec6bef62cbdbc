from datetime import UTC, date, datetime

import pytest
from django.http import Http404
from django.utils import timezone

from blog import archive
from blog.models import Article
from tests.factories import LONG_AGO, ArticleFactory, DraftFactory


def published(*days):
    for day in days:
        ArticleFactory(published_at=datetime.fromisoformat(day))
    return Article.objects.public()


def told(years):
    return [(year.number, year.count, [(m.first_day, m.count) for m in year.months]) for year in years]


@pytest.mark.django_db
def test_articles_are_gathered_into_months_and_years_newest_first():
    DraftFactory(published_at=LONG_AGO)
    articles = published(
        "2026-03-31T23:59:59Z",
        "2026-03-01T00:00Z",
        "2026-01-05T09:00Z",
        "2025-12-31T23:59Z",
        "2023-02-01T00:00Z",
    )

    assert told(archive.years(articles)) == [
        (2026, 3, [(date(2026, 3, 1), 2), (date(2026, 1, 1), 1)]),
        (2025, 1, [(date(2025, 12, 1), 1)]),
        (2023, 1, [(date(2023, 2, 1), 1)]),
    ]


@pytest.mark.django_db
def test_without_articles_there_are_no_years():
    assert archive.years(Article.objects.public()) == []


@pytest.mark.django_db
def test_a_month_is_that_of_the_place_where_the_site_is():
    articles = published("2026-02-28T18:30Z", "2025-12-31T18:29Z")

    with timezone.override("Asia/Kolkata"):
        assert told(archive.years(articles)) == [
            (2026, 1, [(date(2026, 3, 1), 1)]),
            (2025, 1, [(date(2025, 12, 1), 1)]),
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "queries"), [("UTC", 1), ("Asia/Kolkata", 2), ("America/New_York", 2)])
def test_thirty_years_cost_as_many_questions_as_one_month(django_assert_num_queries, zone, queries):
    articles = published("2026-03-01T00:00Z", "2026-04-01T00:00Z", "2026-02-28T23:00Z")
    with timezone.override(zone), django_assert_num_queries(queries):
        archive.years(articles)

    published("1998-03-01T00:00Z", "2001-05-01T00:00Z", "2026-05-01T00:00Z", "0202-03-01T00:00Z")
    with timezone.override(zone), django_assert_num_queries(queries):
        assert len(archive.years(articles)) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_the_ends_of_the_calendar_are_dates_too(zone):
    published("0001-01-01T00:00Z", "9999-12-31T23:59Z")

    with timezone.override(zone):
        assert [year.number for year in archive.years(Article.objects.all())] == [9999, 1]


def test_a_december_ends_where_the_next_january_begins():
    assert archive.month_span(2025, 12) == (
        datetime(2025, 12, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_year_spans_its_twelve_months():
    assert archive.year_span(2026) == (archive.month_span(2026, 1)[0], archive.month_span(2026, 12)[1])


def test_a_month_begins_at_midnight_where_the_site_is():
    with timezone.override("Asia/Kolkata"):
        start, _ = archive.month_span(2026, 3)

    assert start.astimezone(UTC) == datetime(2026, 2, 28, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(("year", "month"), [(0, 1), (1, 1), (9999, 1), (10**20, 1), (2026, 0), (2026, 13)])
def test_a_month_outside_the_calendar_does_not_exist(year, month):
    with pytest.raises(Http404):
        archive.month_span(year, month)


@pytest.mark.parametrize("year", [0, 1, 9998, 9999, 10**20])
def test_a_year_at_the_edge_of_the_calendar_does_not_exist(year):
    with pytest.raises(Http404):
        archive.year_span(year)
