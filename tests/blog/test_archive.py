from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import archive
from blog.models import Article, Category
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, DraftFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def published(*days):
    for day in days:
        ArticleFactory(published_at=datetime.fromisoformat(day))


def told(years):
    return [(year.number, year.count, [(m.first_day, m.count) for m in year.months]) for year in years]


@pytest.mark.django_db
def test_articles_are_gathered_into_months_and_years_newest_first():
    DraftFactory(published_at=LONG_AGO)
    published(
        "2026-03-31T23:59:59Z",
        "2026-03-01T00:00Z",
        "2026-01-05T09:00Z",
        "2025-12-31T23:59Z",
        "2023-02-01T00:00Z",
    )

    assert told(archive.years(NOW)) == [
        (2026, 3, [(date(2026, 3, 1), 2), (date(2026, 1, 1), 1)]),
        (2025, 1, [(date(2025, 12, 1), 1)]),
        (2023, 1, [(date(2023, 2, 1), 1)]),
    ]


@pytest.mark.django_db
def test_without_articles_there_are_no_years():
    assert archive.years(NOW) == []


@pytest.mark.django_db
def test_a_month_is_that_of_the_place_where_the_site_is():
    published("2026-02-28T18:30Z", "2025-12-31T18:29Z")

    with timezone.override("Asia/Kolkata"):
        assert told(archive.years(NOW)) == [
            (2026, 1, [(date(2026, 3, 1), 1)]),
            (2025, 1, [(date(2025, 12, 1), 1)]),
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "queries"), [("UTC", 2), ("Asia/Kolkata", 3), ("America/New_York", 3)])
def test_thirty_years_cost_as_many_questions_as_one_month(django_assert_num_queries, zone, queries):
    published("2026-03-01T00:00Z", "2026-04-01T00:00Z", "2026-02-28T23:00Z")
    with timezone.override(zone), django_assert_num_queries(queries):
        archive.years(NOW)

    published("1998-03-01T00:00Z", "2001-05-01T00:00Z", "2026-05-01T00:00Z", "0202-03-01T00:00Z")
    with timezone.override(zone), django_assert_num_queries(queries):
        assert len(archive.years(NOW)) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_the_ends_of_the_calendar_are_dates_too(zone):
    published("0001-01-01T00:00Z", "9999-12-31T23:59Z")

    with timezone.override(zone):
        assert [year.number for year in archive.years(END)] == [9999, 1]


NEAR_A_MONTHS_END = st.builds(
    lambda year, month, minutes: datetime(year, month, 1, tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from([2, 1969, 2009, 2025]),
    st.integers(1, 12),
    st.integers(-15 * 60, 15 * 60),
)
# The last but one set its clocks back to the day before at a minute past midnight, on 1 November 2009.
ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Europe/Berlin"]


@pytest.mark.django_db
@settings(max_examples=40)
@given(st.lists(st.tuples(NEAR_A_MONTHS_END, st.booleans()), max_size=12), st.sampled_from(ZONES))
def test_every_public_article_is_counted_in_its_month_wherever_the_site_is(moments, zone):
    with transaction.atomic(), timezone.override(zone):
        months = Counter(timezone.localtime(at).date().replace(day=1) for at, public in moments if public)
        write(moments)
        found = {m.first_day: m.count for year in archive.years(NOW) for m in year.months}
        in_2009 = {m.first_day: m.count for m in archive.months_of(2009, NOW)}
        transaction.set_rollback(True)

    assert found == months
    assert in_2009 == {month: number for month, number in months.items() if month.year == 2009}


def write(moments):
    category = Category.objects.first() or CategoryFactory()
    Article.objects.bulk_create(
        Article(
            title="One",
            slug=f"one-{number}",
            category=category,
            published_at=moment,
            state=Article.State.PUBLISHED if is_public else Article.State.ARCHIVED,
        )
        for number, (moment, is_public) in enumerate(moments)
    )


@pytest.mark.django_db
def test_a_minute_that_came_twice_is_in_the_month_that_the_clock_showed():
    """In Newfoundland 1 November 2009 began, and a minute later it was the last hour of October again."""
    published("2009-11-01T02:30:30Z", "2009-11-01T02:31:30Z", "2009-11-01T03:30:00Z")

    with timezone.override("America/St_Johns"):
        assert told(archive.years(NOW)) == [
            (2009, 3, [(date(2009, 11, 1), 2), (date(2009, 10, 1), 1)]),
        ]


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


@pytest.mark.django_db
def test_a_month_with_a_nought_leads_to_its_one_address(client):
    answer = client.get("/archive/2026/03/")

    assert (answer.status_code, answer["Location"]) == (301, "/archive/2026/3/")
