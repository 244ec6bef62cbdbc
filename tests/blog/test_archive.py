from datetime import UTC, date, datetime

import pytest
from django.http import Http404
from django.utils import timezone

from blog import archive


def test_months_are_gathered_into_their_years():
    months = [(date(2026, 3, 1), 2), (date(2026, 1, 1), 1), (date(2025, 12, 1), 4)]

    years = archive.years(months)

    assert [(year.number, year.count, len(year.months)) for year in years] == [(2026, 3, 2), (2025, 4, 1)]


def test_no_months_make_no_years():
    assert archive.years([]) == []


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
